"""How probable a causal language model finds a sentence: the log-likelihood of its tokens, summed or per token.

    log p(sentence) = sum over t of log p(token t | start token, tokens before t)

Published systems differ in four silent choices, which move measures of bias by several points: the start token (which
one, or none: then the first token of the sentence has no probability and is lost), the sum or the mean over tokens,
padding, and the space before the first word. Here the start is an argument without a default.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from tplib.errors import TplibError

Array = np.ndarray
Reduction = Literal["sum", "mean"]


def token_log_likelihoods(
    model: Any, tokenizer: Any, sentences: Iterable[str], *, start: str | None, batch_size: int = 16
) -> list[Array]:
    """For each sentence the log-probability (T,) of each of its tokens, natural logarithm, given those before it.

    start: the token before each sentence, such as "<|endoftext|>", whose own probability is not asked for. None:
    nothing stands before; the first token has no probability then, and T is one less.
    Sentences are cut into tokens as they stand, without a space before the first word or further special tokens.
    The model answers in evaluation mode and is left in the mode in which it came.
    """
    encoded = _encoded(tokenizer, sentences, start)
    found: list[Array] = [np.empty(0)] * len(encoded)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))  # like lengths together: little padding
    for at in range(0, len(order), batch_size):
        chosen = order[at : at + batch_size]
        for i, values in zip(chosen, _batch(model, [encoded[i] for i in chosen]), strict=True):
            found[i] = values
    return found


def sentence_log_likelihood(
    model: Any,
    tokenizer: Any,
    sentences: Iterable[str],
    *,
    start: str | None,
    reduction: Reduction = "sum",
    batch_size: int = 16,
) -> Array:
    """The log-likelihood (N,) of each sentence: the "sum" over its tokens, or the "mean" per token.

    A sum falls with every further token, so that it prefers short sentences; a mean does not, but is no probability of
    the sentence any more. Compare sentences whose numbers of tokens differ with both.
    """
    return reduced(token_log_likelihoods(model, tokenizer, sentences, start=start, batch_size=batch_size), reduction)


def reduced(tokens: Iterable[Array], reduction: Reduction) -> Array:
    """The sum, or the mean, of each sentence's tokens (N,)."""
    if reduction not in ("sum", "mean"):
        raise TplibError(f"reduction must be 'sum' or 'mean', but is {reduction!r}.")
    return np.array([values.sum() if reduction == "sum" else values.mean() for values in tokens])


def perplexity(tokens: Iterable[Array]) -> float:
    """exp of minus the mean over all tokens of all sentences."""
    return math.exp(-float(np.concatenate(list(tokens)).mean()))


def _encoded(tokenizer: Any, sentences: Iterable[str], start: str | None) -> list[list[int]]:
    if isinstance(sentences, str):
        raise TplibError(f"sentences must be a list of texts, but is one text: {sentences!r}. Put it into a list.")
    before = [] if start is None else [_number(tokenizer, start)]
    encoded = []
    for sentence in sentences:
        tokens = list(tokenizer(sentence, add_special_tokens=False)["input_ids"])
        if len(before) + len(tokens) < 2:
            lost = "no token" if not tokens else "one token only, and without a start it has no probability"
            raise TplibError(f"The sentence {sentence!r} has {lost}.")
        encoded.append(before + tokens)
    return encoded


def _number(tokenizer: Any, start: str) -> int:
    number = tokenizer.get_vocab().get(start)
    if number is None:
        raise TplibError(
            f"The start {start!r} is no token of this tokenizer. Its special tokens are: "
            f"{', '.join(map(repr, tokenizer.all_special_tokens))}."
        )
    return int(number)


def _batch(model: Any, rows: list[list[int]]) -> list[Array]:
    """Padded on the right, where a causal model's answers for what stands before do not change."""
    import torch

    device = next(model.parameters()).device
    lengths = [len(row) for row in rows]
    ids = torch.zeros(len(rows), max(lengths), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)], mask[i, : len(row)] = torch.tensor(row), 1
    ids, mask = ids.to(device), mask.to(device)
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            scores = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float()  # (B, T-1, V)
            chosen = scores.gather(-1, ids[:, 1:, None])[..., 0] - scores.logsumexp(-1)  # (B, T-1)
    finally:
        model.train(training)
    values = chosen.double().cpu().numpy()
    return [row[: length - 1].copy() for row, length in zip(values, lengths, strict=True)]
