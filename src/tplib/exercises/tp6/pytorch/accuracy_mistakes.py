"""Mistakes in the measure of accuracy: in what is counted, by what it is divided, in what is left behind."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch.accuracy import evaluate

Batches = Iterable[tuple[Tensor, Tensor]]


def _right(model: nn.Module, x: Tensor, y: Tensor) -> int:
    return int((model(x).argmax(dim=1) == y).sum().item())


def _share(model: nn.Module, batches: Batches, predict: Callable[[Tensor], Tensor]) -> float:
    """The share of right predictions, by whatever rule they are made from the scores."""
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in batches:
            right += int((predict(model(x)) == y).sum().item())
            count += len(y)
    return right / count


def _argmax(scores: Tensor) -> Tensor:
    return scores.argmax(dim=1)


@evaluate.mistake("Which batches does your accuracy know? How far is `return` indented?")
def first_batch_only(model: nn.Module, batches: Batches) -> float:
    for x, y in batches:
        return _share(model, [(x, y)], _argmax)
    return 0.0


@evaluate.mistake("A share lies between 0 and 1. Where does the 100 come from?")
def per_cent(model: nn.Module, batches: Batches) -> float:
    return 100 * _share(model, batches, _argmax)


@evaluate.mistake("A model that is always right has accuracy 1. Do you count what is right, or what is wrong?")
def share_of_errors(model: nn.Module, batches: Batches) -> float:
    return 1 - _share(model, batches, _argmax)


@evaluate.mistake("The batches differ in size. By how many examples do you divide?")
def all_batches_as_large_as_the_first(model: nn.Module, batches: Batches) -> float:
    sizes = [len(y) for _, y in batches]
    return _share(model, batches, _argmax) * sum(sizes) / (len(sizes) * sizes[0])


@evaluate.mistake("What is `12 // 23`? Which division keeps the decimals?")
def whole_division(model: nn.Module, batches: Batches) -> float:
    return float(_share(model, batches, _argmax) // 1)


@evaluate.mistake("How many decimals has your accuracy? The text does not ask you to round.")
def rounded_to_two_decimals(model: nn.Module, batches: Batches) -> float:
    return round(_share(model, batches, _argmax), 2)


@evaluate.mistake("Is a score of -5 larger than one of 3?")
def largest_absolute_score(model: nn.Module, batches: Batches) -> float:
    return _share(model, batches, lambda scores: scores.abs().argmax(dim=1))


@evaluate.mistake("Which classes can your prediction be? The scores are (B, K).")
def first_two_classes_only(model: nn.Module, batches: Batches) -> float:
    return _share(model, batches, lambda scores: (scores[:, 1] > scores[:, 0]).long())


@evaluate.mistake("Is the largest score always above 0? Which classes can your prediction be?")
def score_of_class_1_above_0(model: nn.Module, batches: Batches) -> float:
    return _share(model, batches, lambda scores: (scores[:, 1] > 0).long())


@evaluate.mistake("Which shape has `predictions == y` in your code? Each prediction belongs to one example.")
def every_prediction_with_every_class(model: nn.Module, batches: Batches) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in batches:
            hits = _argmax(model(x)) == y[:, None]
            right += int(hits.sum().item())
            count += hits.numel()
    return right / count


@evaluate.mistake("`model.training = False` speaks to the model alone. Who tells the layers in it?")
def layers_left_in_training_mode(model: nn.Module, batches: Batches) -> float:
    model.training = False
    with torch.no_grad():
        right, count = 0, 0
        for x, y in batches:
            right += _right(model, x, y)
            count += len(y)
    return right / count


@evaluate.mistake("`set_grad_enabled(False)` holds until somebody switches it back. Can the next cell train?")
def gradients_left_off(model: nn.Module, batches: Batches) -> float:
    model.eval()
    torch.set_grad_enabled(False)
    right, count = 0, 0
    for x, y in batches:
        right += _right(model, x, y)
        count += len(y)
    return right / count


@evaluate.mistake("After your measure no parameter takes gradients any more. Can the next epoch train the model?")
def parameters_left_frozen(model: nn.Module, batches: Batches) -> float:
    model.eval().requires_grad_(False)
    right, count = 0, 0
    for x, y in batches:
        right += _right(model, x, y)
        count += len(y)
    return right / count


@evaluate.mistake("A sum of tensors divided by a number is a tensor. What gives the plain number?")
def accuracy_is_a_tensor(model: nn.Module, batches: Batches) -> Tensor:
    return torch.tensor(_share(model, batches, _argmax))
