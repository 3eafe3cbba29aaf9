"""Mistakes in an epoch of training: in the order of the steps, in what is averaged, in what is used."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch.epoch import train_epoch

Batches = Iterable[tuple[Tensor, Tensor]]
Loss = Callable[[Tensor, Tensor], Tensor]
Optimizer = torch.optim.Optimizer


def _update(model: nn.Module, x: Tensor, y: Tensor, optimizer: Optimizer, loss_fn: Loss) -> float:
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


@train_epoch.mistake(
    "Your `zero_grad` comes last. What does the very first `backward` find, if somebody left gradients?"
)
def cleared_after_the_step(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("`backward` adds to `.grad`. You cleared it before the first batch: and before the second?")
def cleared_once(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("How many updates does an epoch of three batches have? And yours?")
def one_step_for_all_batches(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    optimizer.zero_grad()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    optimizer.step()
    return total / count


@train_epoch.mistake(
    "The sizes weigh the losses that you return. Do they belong into the loss of which `backward` starts?"
)
def size_in_the_gradient(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, lambda scores, y: loss_fn(scores, y) * len(y))
        count += len(x)
    return total / count


@train_epoch.mistake("`loss_fn` gives the mean of a batch. By which number do you multiply it before you add?")
def batch_means_over_the_number_of_examples(
    model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss
) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, loss_fn)
        count += len(x)
    return total / count


@train_epoch.mistake("Which batch is smaller than the first? By its own size it must be weighted.")
def size_of_the_first_batch(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count, size = 0.0, 0, 0
    for x, y in batches:
        size = size or len(x)
        total += _update(model, x, y, optimizer, loss_fn) * size
        count += len(x)
    return total / count


@train_epoch.mistake("How many numbers has x, and how many examples? The mean is over examples.")
def divided_by_all_numbers_of_x(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, loss_fn) * len(x)
        count += x.numel()
    return total / count


@train_epoch.mistake("How far is `return` indented? Which batches does the model see?")
def first_batch_only(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    for x, y in batches:
        return _update(model, x, y, optimizer, loss_fn)
    return 0.0


@train_epoch.mistake("Each batch trains the model once. Which one do you leave out?")
def smaller_batches_left_out(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count, size = 0.0, 0, 0
    for x, y in batches:
        size = size or len(x)
        if len(x) == size:
            total += _update(model, x, y, optimizer, loss_fn) * size
            count += size
    return total / count


@train_epoch.mistake(
    "The loss of a batch comes from the forward pass of step 1. When do you compute the one that you return?"
)
def loss_after_the_update(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        _update(model, x, y, optimizer, loss_fn)
        with torch.no_grad():
            total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("`loss_fn` takes scores. What do you give to it?")
def softmax_before_the_loss(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, lambda scores, y: loss_fn(scores.softmax(dim=1), y)) * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("The caller hands you an optimiser, with its rate and its memory. Which one makes your steps?")
def optimiser_of_its_own(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> float:
    model.train()
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, adam, loss_fn) * len(x)
        count += len(x)
    return total / count


@train_epoch.mistake("`evaluate` has left evaluation mode on. When does your first batch meet training mode?")
def training_mode_after_the_first_batch(
    model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss
) -> float:
    total, count = 0.0, 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, loss_fn) * len(x)
        count += len(x)
        model.train()
    return total / count


@train_epoch.mistake("A tensor without its graph is a tensor still. What gives the plain number?")
def loss_is_a_tensor(model: nn.Module, batches: Batches, optimizer: Optimizer, loss_fn: Loss) -> Tensor:
    model.train()
    total, count = torch.zeros(()), 0
    for x, y in batches:
        total += _update(model, x, y, optimizer, loss_fn) * len(x)
        count += len(x)
    return total / count
