"""How the answers of TP9-Biais/2_language_models are watched: arrays in, arrays out; nothing here tells what is right.

The encoder and the language model are tiny and made on the spot. `look` says what of an answer to report; "values" is
what it computes.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

import numpy as np

from tplib.graders import modules

IMPORTED_LATE = ("torch",)
EMPTY = 8  # vectors for words that the table does not hold


def encoder(table: np.ndarray, words: list[str]) -> Any:
    """A function from sentences to vectors (N, E), which hang on each word and sign and on its place."""

    def vector(sentence: str) -> np.ndarray:
        total = np.zeros(table.shape[1])
        for place, token in enumerate(re.findall(r"\w+|[^\w\s]", sentence)):
            row = words.index(token) if token in words else len(words) + zlib.crc32(token.encode()) % EMPTY
            own = table[row] + 0.3 * np.cos(row + 2 * np.arange(table.shape[1]))  # no word is a vector of zeros
            total = np.tanh(0.7 * total + own * (1 + 0.2 * place))
        return 3 * total

    def encode(sentences: Any) -> np.ndarray:
        if isinstance(sentences, str):
            raise TypeError("encode takes a list of sentences, and got one text")
        return np.array([vector(sentence) for sentence in sentences])

    return encode


def sentences(
    candidate: Any,
    table: np.ndarray,
    x: list[str],
    y: list[str],
    a: list[str],
    b: list[str],
    templates: list[str],
) -> Any:
    """The effect size of an encoder whose table of vectors is given, a row for each word and some for all others."""
    words = [word for text in (*x, *y, *a, *b) for word in text.split()]
    return candidate(encoder(table, words), x, y, a, b, templates)


def tiny_causal(parameters: dict[str, np.ndarray]) -> Any:
    """A recurrent language model that is called as those of transformers, and notes how it was called.

    In training mode its dropout leaves nothing: all tokens become equally likely. A masked token before a real one is
    not read, as no token of a real model looks at it; of padding behind the last one no scores are asked.
    """
    import torch
    from torch import nn

    class Output(dict):  # type: ignore[type-arg]
        """What the library gives: fields by name, as attributes, and by their number."""

        def __getattr__(self, name: str) -> Any:
            try:
                return self[name]
            except KeyError:
                raise AttributeError(f"the output has no {name!r}") from None

        def __getitem__(self, key: Any) -> Any:
            return list(self.values())[key] if isinstance(key, int | slice) else super().__getitem__(key)

    class TinyCausal(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.dropout = nn.Dropout(1.0)
            self.E, self.A, self.W = (nn.Parameter(modules.tensor(parameters[name])) for name in ("E", "A", "W"))
            self.recorded = False

        @property
        def device(self) -> Any:
            return self.W.device

        def forward(self, input_ids: Any, attention_mask: Any = None, labels: Any = None, **ignored: Any) -> Any:
            if attention_mask is not None and attention_mask.shape != input_ids.shape:
                raise ValueError(
                    f"attention_mask has shape {tuple(attention_mask.shape)}, input_ids {tuple(input_ids.shape)}"
                )
            seen = torch.ones_like(input_ids) if attention_mask is None else (attention_mask != 0).long()
            passed = (seen == 0) & (seen.flip(1).cumsum(dim=1).flip(1) > 0)  # (B, T)
            h = torch.zeros(input_ids.shape[0], self.A.shape[0])
            outputs = []
            for t in range(input_ids.shape[1]):
                read = torch.tanh(h @ self.A.T + self.E[input_ids[:, t]])
                h = torch.where(passed[:, t, None], h, read)
                outputs.append(h)
            logits = self.dropout(torch.stack(outputs, dim=1)) @ self.W.T  # (B, T, V)
            self.recorded = self.recorded or logits.requires_grad
            if labels is None:
                return Output(logits=logits)
            loss = nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten())
            return Output(loss=loss, logits=logits)

    return TinyCausal().train()


def likelihoods(
    candidate: Any,
    parameters: dict[str, np.ndarray],
    input_ids: np.ndarray,
    attention_mask: np.ndarray,
    bos: int,
    per_token: bool | None,
    look: str = "values",
) -> Any:
    """The log-likelihoods of a batch, by a model in training mode; per_token None leaves it to its default."""
    with modules.repeatable():
        model = tiny_causal(parameters)
        ids, mask = modules.tensor(input_ids), modules.tensor(attention_mask)
        more = () if per_token is None else (per_token,)
        found = candidate(model, ids, mask, bos, *more)
    if look == "graph":
        return {"graph recorded": model.recorded}
    if look == "input":
        kept = np.array_equal(modules.array(ids), input_ids) and np.array_equal(modules.array(mask), attention_mask)
        return {"input_ids and attention_mask": "as they were" if kept else "changed"}
    if look == "type":
        return {"type of the result": "Tensor" if hasattr(found, "detach") else type(found).__name__}
    if isinstance(found, list | tuple):
        return np.array([np.asarray(modules.array(value)) for value in found])
    return modules.array(found)
