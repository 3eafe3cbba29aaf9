"""Mistakes in validation: what is measured, in which mode, and which epoch's parameters are kept."""

import torch
import torch.nn.functional as F
from torch import nn

from tplib.exercises.tp7.sentiment.training import Batches, fit
from tplib.exercises.tp7.sentiment.training_mistakes import (
    Optimizer,
    accuracy_of,
    copy_of,
    first_best,
    mistake,
    training,
    update_once,
)


def _mean_of_batches(model: nn.Module, validation: Batches) -> float:
    shares = [accuracy_of(model, [batch]) for batch in validation]
    return sum(shares) / len(shares)


def _in_training_mode(model: nn.Module, validation: Batches) -> float:
    right, count = 0, 0
    with torch.no_grad():
        for x, y in validation:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    return right / count


def _recorded(model: nn.Module, validation: Batches) -> float:
    model.eval()
    pairs = [(model(x).argmax(dim=1) == y) for x, y in validation]
    return float(torch.cat(pairs).float().mean())


def _loss_instead(model: nn.Module, validation: Batches) -> float:
    model.eval()
    with torch.no_grad():
        losses = [F.cross_entropy(model(x), y, reduction="sum") for x, y in validation]
    return -sum(loss.item() for loss in losses) / sum(len(y) for _, y in validation)


def _per_cent(model: nn.Module, validation: Batches) -> float:
    return 100 * accuracy_of(model, validation)


def _last_best(accuracies: list[float]) -> int:
    return len(accuracies) - 1 - accuracies[::-1].index(max(accuracies))


mistake(
    "parameters of the last of equally good epochs",
    "Two epochs are equally good. Which one does the text keep? (`>` or `>=`?)",
    choose=_last_best,
)


mistake(
    "an accuracy of 0 never kept",
    "Your best accuracy starts at 0, and `>` asks for more. Which epoch do you keep if none gets anything right?",
    choose=lambda accuracies: accuracies.index(max(accuracies)) if any(accuracies) else len(accuracies) - 1,
)


mistake(
    "parameters of the worst epoch",
    "You look for the smallest number. Is it a loss?",
    choose=lambda accuracies: accuracies.index(min(accuracies)),
)


mistake("parameters of the first epoch", "When do you compare with the best so far?", choose=lambda accuracies: 0)


mistake(
    "mean over batches",
    "The last batch is smaller. Should its examples weigh more than the others?",
    accuracy=_mean_of_batches,
)


mistake(
    "validation in training mode", "In which mode does your model answer in validation?", accuracy=_in_training_mode
)


mistake(
    "graph recorded in validation",
    "Who needs the graph in validation? Which context switches it off?",
    accuracy=_recorded,
)


mistake(
    "loss instead of accuracy",
    "Which number do you return for each epoch: a loss, or a share of right answers?",
    accuracy=_loss_instead,
)


mistake("per cent", "A share lies between 0 and 1. Where does the 100 come from?", accuracy=_per_cent)


mistake(
    "best accuracy only",
    "How many epochs are there, and how many numbers do you return?",
    result=lambda accuracies: max(accuracies),
)


mistake(
    "accuracies as tensors",
    "Which call makes a plain number of a tensor?",
    result=lambda found: [torch.tensor(a) for a in found],
)


@fit.mistake(
    "Which parameters has your model at the end? `state_dict()` hands out the tensors themselves: what do they hold "
    "after the next epoch?"
)
def parameters_of_the_last_epoch(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return training(choose=lambda accuracies: len(accuracies) - 1)(
        model, train, validation, optimizer, epochs, max_norm
    )


@fit.mistake("What is validation for? Which call in it changes gradients that the next step may use?")
def trained_on_the_validation_set(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return training()(model, [*train, *validation], validation, optimizer, epochs, max_norm)


@fit.mistake("On which batches do you measure: those that were trained on, or those that were not?")
def accuracy_of_the_training_set(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return training()(model, train, train, optimizer, epochs, max_norm)  # type: ignore[no-any-return]


@fit.mistake("You stop when the accuracy falls. How many epochs does the text ask for?")
def stopped_at_the_first_fall(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    found: list[float] = []
    states = []
    for _ in range(epochs):
        model.train()
        for x, y in train:
            update_once(model, F.cross_entropy(model(x), y), optimizer, max_norm)
        found.append(accuracy_of(model, validation))
        states.append(copy_of(model))
        if len(found) > 1 and found[-1] < found[-2]:
            break
    model.load_state_dict(states[first_best(found)])
    return found
