"""How the answers of TP7-LSTM/4_language_model are watched: arrays in, arrays out; nothing here tells what is right.

`look` says what of an answer to report; "values" is what it computes.
"""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from tplib.graders import modules

Batches = list[tuple[np.ndarray, np.ndarray]]
PARAMETERS = ("table", "w_ih", "w_hh", "b_ih", "b_hh", "weight", "bias")


def shapes_of(num_chars: int, embedding_dim: int, hidden_size: int, cell: str | None) -> list[tuple[int, ...]]:
    V, E, H, gates = num_chars, embedding_dim, hidden_size, 1 if cell == "rnn" else 4
    return [(V, E), (gates * H, E), (gates * H, H), (gates * H,), (gates * H,), (V, H), (V,)]


def language_model(
    candidate: Any,
    num_chars: int,
    embedding_dim: int,
    hidden_size: int,
    cell: str | None,
    parameters: dict[str, np.ndarray],
    x: np.ndarray,
    look: str = "values",
) -> Any:
    """The scores of a text read at once, and of the same text in two pieces; cell None leaves it to its default."""
    with modules.repeatable():
        more = () if cell is None else (cell,)
        model = modules.built(candidate, num_chars, embedding_dim, hidden_size, *more)
        loaded = modules.load(model.parameters(), list(parameters.values()))
        given = modules.tensor(x)
        if not loaded:
            return {"parameters": modules.shapes(model), "scores": "not computed"}
        found = model(given)
        if not isinstance(found, tuple | list) or len(found) != 2:
            return {"parameters": modules.shapes(model), "forward returns": modules.parts(found)}
        scores, state = found
        if look == "input":
            return {"x afterwards": "as it was" if np.array_equal(modules.array(given), x) else "changed"}
        if look == "gradients":
            backward(scores)
            by_shape: dict[Any, list[Any]] = {}
            for parameter, gradient in zip(model.parameters(), modules.gradients(model.parameters()), strict=True):
                by_shape.setdefault(tuple(parameter.shape), []).append(gradient)
            return {f"gradient of {name}": by_shape[np.shape(a)].pop(0) for name, a in parameters.items()}
        half = (x.shape[1] + 1) // 2
        state = model(given[:, :half])[1]
        rest = given[:, half:] if x.shape[1] > 1 else given
        return {
            "parameters": modules.shapes(model),
            "forward returns": modules.parts(found),
            "scores": modules.array(scores),
            "state after the first half": "none" if state is None else "handed out",
            "scores of the second half, after the state of the first": modules.array(model(rest, state)[0]),
        }


def backward(output: Any) -> None:
    """A backward pass from weights of the outputs of which no two are equal; none where nothing was recorded."""
    if isinstance(output, Tensor) and output.requires_grad:
        output.backward(torch.linspace(-1, 1, output.numel(), dtype=output.dtype).reshape(output.shape))


class Noting(nn.Module):
    """A model that notes in which mode each call found it and its dropout, and if a graph was recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(1.0)
        self.modes: list[str] = []
        self.recorded: list[bool] = []

    def noted(self, scores: Tensor) -> Tensor:
        self.modes.append("training" if self.training or self.dropout.training else "evaluation")
        self.recorded.append(scores.requires_grad)
        return scores


class Pairs(Noting):
    """The scores of the next character follow from the last one alone, and from how often the state was handed on."""

    def __init__(self, table: np.ndarray) -> None:
        super().__init__()
        self.table = nn.Parameter(modules.tensor(table))

    def forward(self, x: Tensor, state: float | None = None) -> tuple[Tensor, float]:
        scores = self.table[x] * (1 - 0.3 * (state or 0.0))  # (B, T, V)
        return self.noted(self.dropout(scores)), (state or 0.0) + 1


class History(Noting):
    """A recurrent model: h = tanh(A h + E[x]), scores = W h."""

    def __init__(self, E: np.ndarray, A: np.ndarray, W: np.ndarray) -> None:
        super().__init__()
        self.E, self.A, self.W = (nn.Parameter(modules.tensor(array)) for array in (E, A, W))

    def forward(self, x: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
        h = torch.zeros(x.shape[0], self.A.shape[0]) if state is None else state
        outputs = []
        for t in range(x.shape[1]):
            h = torch.tanh(h @ self.A.T + self.E[x[:, t]])
            outputs.append(h @ self.W.T)
        return self.noted(self.dropout(torch.stack(outputs, dim=1))), h


def about(model: Noting, look: str) -> Any:
    """What a model noted of its calls."""
    if look == "graph":
        return {"graph recorded": any(model.recorded)}
    return {"mode of the model in your calls": sorted(set(model.modes))}


def number(value: Any) -> Any:
    """A tensor of one value as a Python number; anything else as it is."""
    return value.item() if isinstance(value, Tensor) and value.numel() == 1 else value


def kind(value: Any) -> str:
    return "a tensor" if isinstance(value, Tensor) else "a plain number"


def measured(candidate: Any, table: np.ndarray, batches: Batches, look: str = "values") -> Any:
    """The perplexity of a model that comes in training mode."""
    with modules.repeatable():
        model = Pairs(table).train()
        given = [(modules.tensor(x), modules.tensor(y)) for x, y in batches]
        found = candidate(model, given)
        on = torch.is_grad_enabled() and all(parameter.requires_grad for parameter in model.parameters())
    if look in ("mode", "graph"):
        return about(model, look)
    if look == "state":
        kept = modules.same_batches(given, batches)
        return {
            "gradients afterwards": "on" if on else "off",
            "batches afterwards": "as they were" if kept else "changed",
        }
    return {"the perplexity is": kind(found)} if look == "type" else number(found)


def sampled(
    candidate: Any,
    model: dict[str, np.ndarray],
    start: list[int],
    length: int,
    seed: int,
    temperature: float | None,
    look: str = "values",
) -> Any:
    """The characters that a model in training mode goes on with; temperature None leaves it to its default."""
    with modules.repeatable():
        history = History(**model).train()
        given = list(start)
        more = () if temperature is None else (temperature,)
        found = candidate(history, given, length, np.random.default_rng(seed), *more)
        on = torch.is_grad_enabled() and all(parameter.requires_grad for parameter in history.parameters())
    if look in ("mode", "graph"):
        return about(history, look)
    if look == "state":
        return {"gradients afterwards": "on" if on else "off"}
    if look == "input":
        return {"start afterwards": "as it was" if given == start else "changed"}
    if look == "type":
        return {"characters are": sorted({kind(value) for value in found})}
    return [number(value) for value in found] if isinstance(found, list | tuple) else found
