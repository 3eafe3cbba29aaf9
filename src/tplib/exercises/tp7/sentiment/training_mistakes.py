"""Mistakes in the training loop: each replaces one of its steps."""

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp7.sentiment.training import Batches, fit

Optimizer = torch.optim.Optimizer


State = dict[str, Tensor]


def _norm(model: nn.Module, max_norm: float) -> None:
    nn.utils.clip_grad_norm_(model.parameters(), max_norm)


def update_once(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    _norm(model, max_norm)
    optimizer.step()


def accuracy_of(model: nn.Module, validation: Batches) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in validation:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    return right / count


def copy_of(model: nn.Module) -> State:
    return {name: value.clone() for name, value in model.state_dict().items()}


def first_best(accuracies: list[float]) -> int:
    return accuracies.index(max(accuracies))


def training(
    update: Callable[..., None] = update_once,
    accuracy: Callable[[nn.Module, Batches], Any] = accuracy_of,
    copy: Callable[[nn.Module], State] = copy_of,
    choose: Callable[[list[float]], int] = first_best,
    loss_fn: Callable[[Tensor, Tensor], Tensor] = F.cross_entropy,
    start: Callable[[nn.Module], Any] = nn.Module.train,
    result: Callable[[list[float]], Any] = list,
) -> Callable[..., Any]:
    def train_so(
        model: nn.Module,
        train: Batches,
        validation: Batches,
        optimizer: Optimizer,
        epochs: int,
        max_norm: float = 1.0,
    ) -> Any:
        accuracies: list[float] = []
        states = []
        for _ in range(epochs):
            start(model)
            for x, y in train:
                update(model, loss_fn(model(x), y), optimizer, max_norm)
            accuracies.append(accuracy(model, validation))
            states.append(copy(model))
        model.load_state_dict(states[choose(accuracies)])
        return result(accuracies)

    return train_so


def mistake(name: str, question: str, **wrong: Any) -> None:
    fit.mistake(question, name=name)(training(**wrong))


def _clip_each(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    for parameter in model.parameters():
        nn.utils.clip_grad_norm_([parameter], max_norm)
    optimizer.step()


def _clip_values(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_value_(model.parameters(), max_norm)
    optimizer.step()


def _clip_by_the_largest(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm, norm_type=torch.inf)
    optimizer.step()


def _rescale(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    gradients = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    norm = torch.stack([gradient.pow(2).sum() for gradient in gradients]).sum().sqrt()
    for gradient in gradients:
        gradient *= max_norm / (norm + 1e-6)
    optimizer.step()


def _clip_to_one(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    update_once(model, loss, optimizer, 1.0)


def _unclipped(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    update_once(model, loss, optimizer, float("inf"))


def _no_clearing(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    loss.backward()
    _norm(model, max_norm)
    optimizer.step()


def _clear_at_the_end(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    _no_clearing(model, loss, optimizer, max_norm)
    optimizer.zero_grad()


def _no_step(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    _norm(model, max_norm)


def _summed(scores: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(scores, y, reduction="sum")


def _softmax_twice(scores: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(scores.softmax(dim=1), y)


def _clear_for_the_epoch(model: nn.Module) -> None:
    model.train()
    model.zero_grad()


def _left_in_evaluation(model: nn.Module) -> None:
    """The mode is whatever it was."""


mistake(
    "each parameter clipped by itself",
    "Is the norm that of each parameter, or of all gradients together? Which of the two keeps the direction?",
    update=_clip_each,
)


mistake(
    "clipped by value",
    "Clipping by value changes the direction. Which clipping does the text ask for?",
    update=_clip_values,
)


mistake(
    "largest entry in place of the norm",
    "A norm is computed from all entries. How many of them count in yours?",
    update=_clip_by_the_largest,
)


mistake("short gradients made longer", "What happens to a gradient whose norm is below `max_norm`?", update=_rescale)


mistake("max norm ignored", "Is `max_norm` always 1? Where does your code use it?", update=_clip_to_one)


mistake(
    "step with gradients that are not clipped",
    "Gradients are there after `backward`, and used in `step`. Where do you clip?",
    update=_unclipped,
)


mistake(
    "gradients never cleared", "`backward` adds to the gradients that are there. Who clears them?", update=_no_clearing
)


mistake(
    "gradients cleared once an epoch",
    "To what does the backward pass of the second batch add its gradients?",
    start=_clear_for_the_epoch,
    update=_no_clearing,
)


mistake(
    "gradients cleared after the step only",
    "What does your first backward pass add to, if somebody left gradients in the parameters?",
    update=_clear_at_the_end,
)


mistake("no step", "Which call changes the parameters?", update=_no_step)


mistake("summed loss", "Is the loss of a batch the mean or the sum over its examples?", loss_fn=_summed)


mistake(
    "softmax before the loss",
    "`cross_entropy` takes scores. How often is softmax applied with yours?",
    loss_fn=_softmax_twice,
)


mistake(
    "training mode never set",
    "The model comes in evaluation mode. Who puts it into training mode, in each epoch?",
    start=_left_in_evaluation,
)


@fit.mistake("`model.train()` stands before the loop. In which mode is the model after the first validation?")
def training_mode_set_once(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    model.train()
    return training(start=_left_in_evaluation)(model, train, validation, optimizer, epochs, max_norm)


@fit.mistake("How many epochs does your loop run? How far is `return` indented?")
def one_epoch_only(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return training()(model, train, validation, optimizer, 1, max_norm)  # type: ignore[no-any-return]
