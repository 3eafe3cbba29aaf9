"""Mistakes in the perplexity: what is counted, what comes first of mean and exponential, the mode of the model."""

import math
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp7.language_model.measure import NONE, Batches, perplexity


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
