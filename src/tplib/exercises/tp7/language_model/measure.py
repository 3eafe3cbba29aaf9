"""The exercise perplexity of TP7-LSTM/4_language_model: how many characters a model hesitates between."""

import math
from collections.abc import Iterable
from typing import Any

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


def _sums(model: nn.Module, batches: Batches) -> list[tuple[float, int, int]]:
    """The summed loss, the number of next characters and the number of places of each batch."""
    model.eval()
    rows = []
    with torch.no_grad():
        for x, y in batches:
            scores = model(x)[0].flatten(0, 1)
            loss = F.cross_entropy(scores, y.flatten(), reduction="sum").item()
            rows.append((loss, int((y != NONE).sum()), y.numel()))
    return rows


def _mean(model: nn.Module, batches: Batches) -> float:
    rows = _sums(model, batches)
    return sum(row[0] for row in rows) / sum(row[1] for row in rows)


@perplexity.mistake("Your number is a mean loss, in nats. Which function makes a perplexity of it?")
def loss_instead_of_perplexity(model: nn.Module, batches: Batches) -> float:
    return _mean(model, batches)


@perplexity.mistake("The loss is in nats, by the natural logarithm. Which base belongs to it: 2, or e?")
def base_two(model: nn.Module, batches: Batches) -> float:
    return float(2 ** _mean(model, batches))


@perplexity.mistake("The batches differ in size. How much weighs a character of a small batch in yours?")
def mean_loss_of_batches(model: nn.Module, batches: Batches) -> float:
    return math.exp(np.mean([loss / max(count, 1) for loss, count, _ in _sums(model, batches)]))


@perplexity.mistake(
    "Is the mean of two perplexities the perplexity of the whole? Where do you average: before or after exp?"
)
def mean_of_perplexities(model: nn.Module, batches: Batches) -> float:
    return float(np.mean([math.exp(loss / max(count, 1)) for loss, count, _ in _sums(model, batches)]))


@perplexity.mistake("A place with -100 has no next character. Is it counted among those by which you divide?")
def places_without_a_target_counted(model: nn.Module, batches: Batches) -> float:
    rows = _sums(model, batches)
    return math.exp(sum(row[0] for row in rows) / sum(row[2] for row in rows))


@perplexity.mistake(
    "`cross_entropy` gives the mean of a batch. Over how many characters, and with which weight do you add it?"
)
def batches_weighted_by_their_places(model: nn.Module, batches: Batches) -> float:
    rows = [row for row in _sums(model, batches) if row[1]]
    return math.exp(sum(loss / count * places for loss, count, places in rows) / sum(row[2] for row in rows))


@perplexity.mistake("You weight by rows (sentences). What does the text count?")
def batches_weighted_by_their_rows(model: nn.Module, batches: Batches) -> float:
    rows = [
        (loss / max(count, 1), len(y)) for (loss, count, _), (_, y) in zip(_sums(model, batches), batches, strict=True)
    ]
    return math.exp(sum(loss * n for loss, n in rows) / sum(n for _, n in rows))


@perplexity.mistake("A batch without any next character has a mean loss of 0 / 0. What does it add to your sum?")
def nan_of_a_batch_without_target(model: nn.Module, batches: Batches) -> float:
    total = sum((loss / count if count else math.nan) * count for loss, count, _ in _sums(model, batches))
    return math.exp(total / sum(count for _, count, _ in _sums(model, batches)))


@perplexity.mistake("You exponentiate a sum. By what should it be divided first?")
def exponential_of_the_sum(model: nn.Module, batches: Batches) -> float:
    return float(np.exp(np.float64(min(sum(loss for loss, *_ in _sums(model, batches)), 700))))


@perplexity.mistake("Can a perplexity be less than 1? Which sign has a log-probability?")
def sign_forgotten(model: nn.Module, batches: Batches) -> float:
    return math.exp(-_mean(model, batches))


@perplexity.mistake("Which batches does your number know? How far is `return` indented?")
def first_batch_only(model: nn.Module, batches: Batches) -> float:
    return math.exp(_mean(model, list(batches)[:1]))


@perplexity.mistake("Which batches does your number know? Where do you set the sum to 0?")
def last_batch_only(model: nn.Module, batches: Batches) -> float:
    rows = [row for row in _sums(model, batches) if row[1]]
    return math.exp(rows[-1][0] / rows[-1][1])


@perplexity.mistake("Each batch begins a text of its own. Which state do you hand to the model?")
def state_carried_to_other_texts(model: nn.Module, batches: Batches) -> float:
    model.eval()
    total, count, state = 0.0, 0, None
    with torch.no_grad():
        for x, y in batches:
            scores, state = model(x, state)
            total += F.cross_entropy(scores.flatten(0, 1), y.flatten(), reduction="sum").item()
            count += int((y != NONE).sum())
    return math.exp(total / count)


@perplexity.mistake("`cross_entropy` takes scores. How often is softmax applied with yours?")
def softmax_before_the_loss(model: nn.Module, batches: Batches) -> float:
    def softened(x: Tensor) -> tuple[Tensor, Any]:
        return model(x)[0].softmax(-1), None

    model.eval()
    with torch.no_grad():
        pairs = [
            (F.cross_entropy(softened(x)[0].flatten(0, 1), y.flatten(), reduction="sum").item(), y) for x, y in batches
        ]
    return math.exp(sum(loss for loss, _ in pairs) / sum(int((y != NONE).sum()) for _, y in pairs))


@perplexity.mistake("What should the model guess: the character that it has just read, or the next one?")
def probability_of_the_character_just_read(model: nn.Module, batches: Batches) -> float:
    return math.exp(_mean(model, [(x, torch.where(y == NONE, y, x)) for x, y in batches]))


@perplexity.mistake("You take the mean of the probabilities, then the logarithm. In which order does the formula go?")
def mean_of_the_probabilities(model: nn.Module, batches: Batches) -> float:
    model.eval()
    found = []
    with torch.no_grad():
        for x, y in batches:
            p = model(x)[0].softmax(-1).gather(-1, y.clamp(min=0)[..., None])[..., 0]
            found.append(p[y != NONE])
    return 1 / torch.cat(found).mean().item()


@perplexity.mistake("In which mode does your model answer? What does dropout do in that mode?")
def training_mode_left_on(model: nn.Module, batches: Batches) -> float:
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="sum").item()
            count += int((y != NONE).sum())
    return math.exp(total / count)


@perplexity.mistake("Who needs the graph here? Which context switches its recording off?")
def gradients_recorded(model: nn.Module, batches: Batches) -> float:
    model.eval()
    total, count = 0.0, 0
    for x, y in batches:
        total += F.cross_entropy(model(x)[0].flatten(0, 1), y.flatten(), reduction="sum").item()
        count += int((y != NONE).sum())
    return math.exp(total / count)


@perplexity.mistake("`torch.exp` of a tensor is a tensor. What gives the plain number?")
def perplexity_is_a_tensor(model: nn.Module, batches: Batches) -> Tensor:
    return torch.tensor(math.exp(_mean(model, batches)))


@perplexity.mistake("A small number added to the probability hides what the text wants to see: what is -log 0?")
def probabilities_kept_above_0(model: nn.Module, batches: Batches) -> float:
    model.eval()
    found = []
    with torch.no_grad():
        for x, y in batches:
            p = model(x)[0].softmax(-1).gather(-1, y.clamp(min=0)[..., None])[..., 0]
            found.append(p[y != NONE].clamp(min=1e-10))
    return math.exp(-torch.cat(found).log().mean().item())
