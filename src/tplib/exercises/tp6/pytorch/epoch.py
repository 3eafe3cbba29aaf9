"""The exercise train_epoch of TP6-TrainFFNN/6_pytorch: one pass over the data, one update for each batch."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Batches = Iterable[tuple[Tensor, Tensor]]
Loss = Callable[[Tensor, Tensor], Tensor]
Optimizer = torch.optim.Optimizer


def _update(model: nn.Module, x: Tensor, y: Tensor, optimizer: Optimizer, loss_fn: Loss) -> float:
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*_train_case(draw), look), look)


def _train_case(draw: Draw, full_batches: int | None = None) -> Arguments:
    d, k, b = draw.size(1, 3), draw.size(2, 3), draw.size(2, 4)
    loss_fn = draw.choice(["cross_entropy", "mse_loss"])
    sizes = [b] * (full_batches or draw.size(1, 2)) + [draw.size(1, b - 1)]  # the last batch is smaller
    batches = [
        (draw.array(n, d), draw.integers(0, k, n) if loss_fn == "cross_entropy" else draw.array(n, k)) for n in sizes
    ]
    optimizer = {"lr": draw.choice([0.5, 0.1]), "momentum": draw.choice([0.0, 0.9])}
    return {"weight": draw.array(k, d), "bias": draw.array(k)}, batches, optimizer, loss_fn


def _train_edge(loss_fn: str, *look: str) -> Arguments:
    model = {"weight": np.array([[0.5, -1.0], [1.0, 0.25]]), "bias": np.array([0.0, 0.5])}
    x = [np.array([[1.0, 2.0], [-1.0, 0.5], [0.5, -2.0]]), np.array([[2.0, 1.0]])]
    y = [np.array([0, 1, 1]), np.array([0])]
    if loss_fn == "mse_loss":
        y = [np.array([[1.0, 0.0], [0.5, 2.0], [-1.0, 1.0]]), np.array([[3.0, -1.0]])]
    return model, list(zip(x, y, strict=True)), {"lr": 0.5, "momentum": 0.0}, loss_fn, *look


@exercise(
    lecture="002, An example in pytorch",
    concepts=(29,),
    points=4,
    draw=_train_case,
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    edges=(
        Case(_train_edge("cross_entropy")),
        Drawn(lambda draw: _train_case(draw, full_batches=2)),
        Case(_train_edge("mse_loss")),
        Case(_train_edge("cross_entropy", "mode"), "mode"),
        Case(_train_edge("cross_entropy", "type"), "type"),
        _looking("old gradients"),
        _looking("state"),
    ),
    aspects={
        "old gradients": "Right, but not where gradients from before are left in the parameters: clear them before the "
        "first `backward`, too.",
        "state": "Right values, but your function does not leave PyTorch, the model and the batches as it should.",
        "mode": "Right values, but the model stayed in evaluation mode, as `evaluate` leaves it: no dropout.",
        "type": "Right values, but the loss should be a plain number, not a tensor.",
    },
    observe=observers.training,
)
def train_epoch(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    """for each batch: loss = loss_fn(model(x), y), zero_grad, backward, step; returned: sum(B_i * loss_i) / sum(B_i).

    shapes: x (B, D) -> scores (B, K); `loss_fn` gives the mean over the B examples of the batch, shape ().
    worked: two batches of 3 and 1 examples with mean losses 0.4 and 0.8: (3 * 0.4 + 1 * 0.8) / 4 = 0.5, not 0.6.
    """
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("`backward` adds to `.grad`. What does the second batch find there?")
def gradients_accumulate(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("The parameters after the epoch are those from before. When `step` is called, what is in `.grad`?")
def never_updated(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("When `step` is called for a batch, whose gradient does it use?")
def step_before_backward(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("Which batches does the loss that you return know?")
def loss_of_the_last_batch(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    return [_update(model, x, y, optimizer, loss_fn) for x, y in batches][-1]


@train_epoch.mistake("The last batch is smaller. Should its examples weigh more than the others?")
def mean_over_batches(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    return float(np.mean([_update(model, x, y, optimizer, loss_fn) for x, y in batches]))


@train_epoch.mistake("Does your loss double when the data are cut into half as large batches?")
def sum_over_batches(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    return sum(_update(model, x, y, optimizer, loss_fn) for x, y in batches)


@train_epoch.mistake("Which loss does your code use when the caller asks for another?", name="loss_fn ignored")
def loss_fn_ignored(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    def cross_entropy(scores: Tensor, y: Tensor) -> Tensor:
        return F.cross_entropy(scores, y)

    return train_epoch(model, batches, optimizer, cross_entropy)


@train_epoch.mistake("`evaluate` has called `model.eval()`. Who switches dropout on again?")
def evaluation_mode_left_on(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    losses = [(_update(model, x, y, optimizer, loss_fn), len(x)) for x, y in batches]
    return sum(loss * size for loss, size in losses) / sum(size for _, size in losses)


@train_epoch.mistake("What does a sum of tensors remember of how it was made? What gives the plain number?")
def loss_keeps_its_graph(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> Any:
    model.train()
    total: Any = 0.0
    count = 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss * len(x)
        count += len(x)
    return total / count


@train_epoch.alternative
def weighted(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    losses, sizes = [], []
    for inputs, targets in batches:
        optimizer.zero_grad()
        scores = model(inputs)
        loss = loss_fn(scores, targets)
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
        sizes.append(inputs.shape[0])
    return float(np.average(losses, weights=sizes))


@train_epoch.alternative
def detached(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train(True)
    seen, running = 0, torch.zeros(())
    for x, y in batches:
        loss = loss_fn(model(x), y)
        for parameter in model.parameters():
            parameter.grad = None
        loss.backward()
        optimizer.step()
        running += loss.detach() * y.shape[0]
        seen += y.shape[0]
    return running.item() / seen
