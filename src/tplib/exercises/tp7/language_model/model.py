"""The exercise RNNLanguageModel of TP7-LSTM/4_language_model: scores of the next character at every place of a text."""

from typing import Any

import torch
from torch import Tensor, nn

from tplib.exercises.tp7.language_model import observers
from tplib.exercises.tp7.language_model.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def case(draw: Draw, b: int, t: int, cell: str | None) -> Arguments:
    V, H = draw.choice([5, 7, 9]), draw.size(2, 4)
    E = draw.choice([e for e in (1, 2, 3, 4) if e != H])  # so that no two parameters have the same shape
    shapes = observers.shapes_of(V, E, H, cell)
    parameters = {
        name: draw.array(*shape, low=-1.5, high=1.5) for name, shape in zip(observers.PARAMETERS, shapes, strict=True)
    }
    return V, E, H, cell, parameters, draw.integers(0, V, b, t)


def _lm_case(draw: Draw) -> Arguments:
    return case(draw, draw.size(1, 3), draw.size(1, 5), draw.choice(["lstm", "rnn"]))


def _of(b: int, t: int, cell: str | None, *aspect: str) -> Drawn:
    return Drawn(lambda draw: case(draw, b, t, cell), *aspect)


def _looking(look: str, cell: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*case(draw, 2, 3, cell), look), look)


@exercise(
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    points=4,
    lecture="003, Language Modeling and RNNs",
    concepts=(40,),
    inputs=("num_chars", "embedding_dim", "hidden_size", "cell", "parameters", "x"),
    signature='RNNLanguageModel(num_chars, embedding_dim, hidden_size, cell="lstm")',
    draw=_lm_case,
    edges=(
        _of(3, 3, "lstm"),
        _of(3, 3, "rnn"),
        _of(1, 1, "lstm"),
        _of(1, 5, "rnn"),
        _of(4, 2, "lstm"),
        _of(2, 3, None, "defaults"),
        _looking("gradients", "lstm"),
        _looking("gradients", "rnn"),
        _looking("input", "lstm"),
    ),
    aspects={
        "defaults": "Right where the cell is named. Without it, the cell is an LSTM.",
        "gradients": "Right scores, but they do not give every parameter its gradient: the network cannot learn.",
        "input": "Right scores, but your code changes the characters that it is given. Work on a copy.",
    },
    observe=observers.language_model,
)
class RNNLanguageModel(nn.Module):
    """scores = h W^T + b at every place, where h is what the recurrent layer gives after that character and all before.

    shapes: x (B, T) -> embedded (B, T, E) -> outputs (B, T, H) -> scores (B, T, V); `batch_first=True`.
    worked: `model(x[:, :3])` gives 3 scores and a state; `model(x[:, 3:], state)` gives the others.
    """

    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__()
        layer = {"rnn": nn.RNN, "lstm": nn.LSTM}[cell]
        self.embedding = nn.Embedding(num_chars, embedding_dim)
        self.recurrent = layer(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_chars)

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(outputs), state


@RNNLanguageModel.alternative
class TimeFirst(nn.Module):
    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__()
        self.head = nn.Linear(hidden_size, num_chars)
        if cell == "rnn":
            self.layer: nn.Module = nn.RNN(embedding_dim, hidden_size)
        else:
            self.layer = nn.LSTM(embedding_dim, hidden_size)
        self.table = nn.Embedding(num_chars, embedding_dim)

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        outputs, state = self.layer(self.table(x).transpose(0, 1), state)
        return self.head(outputs).transpose(0, 1), state


@RNNLanguageModel.alternative
class CellByCell(nn.Module):
    def __init__(self, num_chars: int, embedding_dim: int, hidden_size: int, cell: str = "lstm") -> None:
        super().__init__()
        self.embedding = nn.Embedding(num_chars, embedding_dim)
        self.cell = (nn.LSTMCell if cell == "lstm" else nn.RNNCell)(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_chars)

    def forward(self, x: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        scores = []
        for column in x.unbind(1):
            state = self.cell(self.embedding(column), state)
            scores.append(self.linear(state[0] if isinstance(state, tuple) else state))
        return torch.stack(scores, 1), state
