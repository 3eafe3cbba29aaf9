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


def _update(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    _norm(model, max_norm)
    optimizer.step()


def _accuracy(model: nn.Module, validation: Batches) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in validation:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    return right / count


def _copy(model: nn.Module) -> State:
    return {name: value.clone() for name, value in model.state_dict().items()}


def _first_best(accuracies: list[float]) -> int:
    return accuracies.index(max(accuracies))


def _training(
    update: Callable[..., None] = _update,
    accuracy: Callable[[nn.Module, Batches], Any] = _accuracy,
    copy: Callable[[nn.Module], State] = _copy,
    choose: Callable[[list[float]], int] = _first_best,
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


def _mistake(name: str, question: str, **wrong: Any) -> None:
    fit.mistake(question, name=name)(_training(**wrong))


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


def _rescale(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    optimizer.zero_grad()
    loss.backward()
    gradients = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    norm = torch.stack([gradient.pow(2).sum() for gradient in gradients]).sum().sqrt()
    for gradient in gradients:
        gradient *= max_norm / (norm + 1e-6)
    optimizer.step()


def _clip_to_one(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    _update(model, loss, optimizer, 1.0)


def _unclipped(model: nn.Module, loss: Tensor, optimizer: Optimizer, max_norm: float) -> None:
    _update(model, loss, optimizer, float("inf"))


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


def _mean_of_batches(model: nn.Module, validation: Batches) -> float:
    shares = [_accuracy(model, [batch]) for batch in validation]
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
    return 100 * _accuracy(model, validation)


def _summed(scores: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(scores, y, reduction="sum")


def _softmax_twice(scores: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(scores.softmax(dim=1), y)


def _left_in_evaluation(model: nn.Module) -> None:
    """The mode is whatever it was."""


def _last_best(accuracies: list[float]) -> int:
    return len(accuracies) - 1 - accuracies[::-1].index(max(accuracies))


_mistake(
    "each parameter clipped by itself",
    "Is the norm that of each parameter, or of all gradients together? Which of the two keeps the direction?",
    update=_clip_each,
)
_mistake(
    "clipped by value",
    "Clipping by value changes the direction. Which clipping does the text ask for?",
    update=_clip_values,
)
_mistake("short gradients made longer", "What happens to a gradient whose norm is below `max_norm`?", update=_rescale)
_mistake("max norm ignored", "Is `max_norm` always 1? Where does your code use it?", update=_clip_to_one)
_mistake(
    "step with gradients that are not clipped",
    "Gradients are there after `backward`, and used in `step`. Where do you clip?",
    update=_unclipped,
)
_mistake(
    "gradients never cleared", "`backward` adds to the gradients that are there. Who clears them?", update=_no_clearing
)
_mistake(
    "gradients cleared after the step only",
    "What does your first backward pass add to, if somebody left gradients in the parameters?",
    update=_clear_at_the_end,
)
_mistake("no step", "Which call changes the parameters?", update=_no_step)
_mistake(
    "parameters of the last of equally good epochs",
    "Two epochs are equally good. Which one does the text keep? (`>` or `>=`?)",
    choose=_last_best,
)
_mistake(
    "parameters of the worst epoch",
    "You look for the smallest number. Is it a loss?",
    choose=lambda accuracies: accuracies.index(min(accuracies)),
)
_mistake("parameters of the first epoch", "When do you compare with the best so far?", choose=lambda accuracies: 0)
_mistake(
    "mean over batches",
    "The last batch is smaller. Should its examples weigh more than the others?",
    accuracy=_mean_of_batches,
)
_mistake(
    "validation in training mode", "In which mode does your model answer in validation?", accuracy=_in_training_mode
)
_mistake(
    "graph recorded in validation",
    "Who needs the graph in validation? Which context switches it off?",
    accuracy=_recorded,
)
_mistake(
    "loss instead of accuracy",
    "Which number do you return for each epoch: a loss, or a share of right answers?",
    accuracy=_loss_instead,
)
_mistake("per cent", "A share lies between 0 and 1. Where does the 100 come from?", accuracy=_per_cent)
_mistake(
    "best accuracy only",
    "How many epochs are there, and how many numbers do you return?",
    result=lambda accuracies: max(accuracies),
)
_mistake(
    "accuracies as tensors",
    "Which call makes a plain number of a tensor?",
    result=lambda found: [torch.tensor(a) for a in found],
)
_mistake("summed loss", "Is the loss of a batch the mean or the sum over its examples?", loss_fn=_summed)
_mistake(
    "softmax before the loss",
    "`cross_entropy` takes scores. How often is softmax applied with yours?",
    loss_fn=_softmax_twice,
)
_mistake(
    "training mode never set",
    "The model comes in evaluation mode. Who puts it into training mode, in each epoch?",
    start=_left_in_evaluation,
)


@fit.mistake(
    "Which parameters has your model at the end? `state_dict()` hands out the tensors themselves: what do they hold "
    "after the next epoch?"
)
def parameters_of_the_last_epoch(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return _training(choose=lambda accuracies: len(accuracies) - 1)(
        model, train, validation, optimizer, epochs, max_norm
    )


@fit.mistake("`model.train()` stands before the loop. In which mode is the model after the first validation?")
def training_mode_set_once(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    model.train()
    return _training(start=_left_in_evaluation)(model, train, validation, optimizer, epochs, max_norm)


@fit.mistake("What is validation for? Which call in it changes gradients that the next step may use?")
def trained_on_the_validation_set(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return _training()(model, [*train, *validation], validation, optimizer, epochs, max_norm)


@fit.mistake("How many epochs does your loop run? How far is `return` indented?")
def one_epoch_only(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return _training()(model, train, validation, optimizer, 1, max_norm)  # type: ignore[no-any-return]


@fit.mistake("On which batches do you measure: those that were trained on, or those that were not?")
def accuracy_of_the_training_set(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    return _training()(model, train, train, optimizer, epochs, max_norm)  # type: ignore[no-any-return]


@fit.mistake("You stop when the accuracy falls. How many epochs does the text ask for?")
def stopped_at_the_first_fall(
    model: nn.Module, train: Batches, validation: Batches, optimizer: Optimizer, epochs: int, max_norm: float = 1.0
) -> list[float]:
    found: list[float] = []
    states = []
    for _ in range(epochs):
        model.train()
        for x, y in train:
            _update(model, F.cross_entropy(model(x), y), optimizer, max_norm)
        found.append(_accuracy(model, validation))
        states.append(_copy(model))
        if len(found) > 1 and found[-1] < found[-2]:
            break
    model.load_state_dict(states[_first_best(found)])
    return found
