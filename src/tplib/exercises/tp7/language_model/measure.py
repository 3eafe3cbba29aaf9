"""The exercise perplexity of TP7-LSTM/4_language_model: how many characters a model hesitates between."""

import math
from collections.abc import Iterable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp7.language_model import observers
from tplib.exercises.tp7.language_model.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Batches = Iterable[tuple[Tensor, Tensor]]
NONE = -100


def _batches(draw: Draw, V: int, sizes: list[tuple[int, int]], hidden: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches (x, y); the last `hidden` places of the first row of each have no next character."""
    made = []
    for b, t in sizes:
        x, y = draw.integers(0, V, b, t), draw.integers(0, V, b, t)
        y[0, max(1, t - hidden) if hidden else t :] = NONE
        made.append((x, y))
    return made


def _case(draw: Draw, hidden: int) -> Arguments:
    V = draw.size(2, 5)
    sizes = [(draw.size(2, 3), draw.size(2, 4)) for _ in range(draw.size(1, 2))] + [(1, draw.size(1, 2))]
    return draw.array(V, V), _batches(draw, V, sizes, hidden)


def _perplexity_case(draw: Draw) -> Arguments:
    return _case(draw, draw.choice([0, 1, 2]))


def _padded(draw: Draw) -> Arguments:
    """Rows of 1, 3 and 4 characters in one batch, then a batch of one: weights by rows or places are wrong."""
    V = 4
    y = draw.integers(0, V, 3, 4)
    y[0, 1:], y[1, 3:] = NONE, NONE
    first = draw.integers(0, V, 3, 4), y
    return draw.array(V, V), [first, (draw.integers(0, V, 1, 1), draw.integers(0, V, 1, 1))]


def _no_target(draw: Draw) -> Arguments:
    """One of the batches has no next character at all."""
    table, batches = _padded(draw)
    return table, [*batches, (draw.integers(0, 4, 2, 2), np.full((2, 2), NONE))]


def _uniform(draw: Draw) -> Arguments:
    V = draw.size(2, 9)
    return np.zeros((V, V)), _batches(draw, V, [(2, 3), (1, 2)], 0)


def _perfect(draw: Draw) -> Arguments:
    x = draw.integers(0, 3, 2, 4)
    return 1000 * np.eye(3)[[1, 2, 0]], [(x, (x + 1) % 3)]


def _impossible(draw: Draw) -> Arguments:
    """A character of probability 0 comes: the logarithm is that of 0."""
    x = draw.integers(0, 3, 2, 4)
    table = draw.array(3, 3)
    table[x[1, 2], 1] = -np.inf
    y = np.zeros_like(x)
    y[1, 2] = 1
    return table, [(x, y)]


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_perplexity_case(draw), look), look)


@exercise(
    draws=4,
    rtol=1e-4,
    atol=1e-4,
    points=3,
    lecture="003, Language Modeling and RNNs",
    concepts=(40,),
    inputs=("table", "batches"),
    signature="perplexity(model, batches)",
    draw=_perplexity_case,
    edges=(
        Case((np.log(np.array([[0.5, 0.5], [0.25, 0.75]])), [(np.array([[0, 1]]), np.array([[1, 0]]))])),
        Drawn(_padded),
        Drawn(_no_target),
        Drawn(_uniform),
        Drawn(_perfect),
        Drawn(_impossible, "impossible"),
        _looking("mode"),
        _looking("graph"),
        _looking("state"),
        _looking("type"),
    ),
    aspects={
        "impossible": "Right, but not where a character comes that the model gave probability 0: there it is inf.",
        "mode": "Right number, but the model was not in evaluation mode.",
        "graph": "Right number, but PyTorch recorded a graph for a backward pass that never comes.",
        "state": "Right number, but your function does not leave PyTorch, the parameters and the batches as it should.",
        "type": "Right number, but it should be a plain one, not a tensor.",
    },
    observe=observers.measured,
)
def perplexity(model: nn.Module, batches: Batches) -> float:
    """perplexity = exp(-(1/N) sum of log p(y)) over the N places of all batches where y is not -100.

    shapes: scores (B, T, V) -> flattened (B*T, V), y (B*T,): `cross_entropy(..., ignore_index=-100, reduction="sum")`.
    worked: two characters with probabilities 1/2 and 1/4: exp((ln 2 + ln 4) / 2) = sqrt(8) = 2.83.
    """
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores, _ = model(x)
            total += F.cross_entropy(scores.flatten(0, 1), y.flatten(), reduction="sum").item()
            count += int((y != NONE).sum())
    return math.exp(total / count)


@perplexity.alternative
def by_gathering(model: nn.Module, batches: Batches) -> float:
    model.eval()
    found = []
    for x, y in batches:
        with torch.no_grad():
            log_p = model(x)[0].log_softmax(dim=-1)
        real = y != NONE
        found.append(log_p.gather(-1, y.clamp(min=0)[..., None])[..., 0][real])
    return float(np.exp(-torch.cat(found).double().mean().item()))


@perplexity.alternative
def character_by_character(model: nn.Module, batches: Batches) -> float:
    logs: list[float] = []
    with torch.no_grad():
        for x, y in batches:
            scores = model.eval()(x)[0].double()
            for b in range(x.shape[0]):
                for t in range(x.shape[1]):
                    if y[b, t] >= 0:
                        row = scores[b, t]
                        logs.append((row[y[b, t]] - torch.logsumexp(row, dim=0)).item())
    return math.exp(-sum(logs) / len(logs))
