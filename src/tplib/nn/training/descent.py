"""Batch, stochastic and mini-batch gradient descent (lecture 003, Algorithm 4; lecture 000), and random search (004).

They differ in how many examples a step looks at: all n, one, or m. Each takes `model`, a function or module of the
inputs; `loss_fn(output, y)`, a mean over the examples; and arrays `x` and `y` with one row per example. They change the
model's parameters and return the losses, one per step. The model and the loss see the rows as Tensors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tplib.nn.arguments import checked_function
from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import no_grad
from tplib.nn.graph.tensor import Tensor
from tplib.nn.module import Module
from tplib.nn.optim import SGD

Rng = np.random.Generator | int | None


@checked_function
def minibatches(
    *arrays: Array, batch_size: int, rng: Rng = None, shuffle: bool = True, drop_last: bool = False
) -> Iterator[tuple[Any, ...]]:
    """One epoch: every example once, in random order, `batch_size` at a time.

    The last batch may be smaller; with `drop_last` it is then left out.

    `arrays` have one length n along axis 0; each batch holds the same rows of all of them. Source: lecture 003,
    Algorithm 4, line 4, "with no replacement".
    """
    check_batch_size("minibatches", batch_size)
    arrays = tuple(map(_by_place, arrays))
    lengths = {len(a) for a in arrays}
    if len(lengths) != 1:
        raise ValueError(f"minibatches: expected arrays of one length, got {[len(a) for a in arrays]}")
    (n,) = lengths
    order = np.random.default_rng(rng).permutation(n) if shuffle else np.arange(n)
    for start in range(0, n - n % batch_size if drop_last else n, batch_size):
        rows = order[start : start + batch_size] if shuffle else slice(start, start + batch_size)
        yield tuple(a[rows] for a in arrays)


def check_batch_size(name: str, batch_size: int) -> None:
    if batch_size < 1:
        raise ValueError(f"{name}: expected a batch_size of at least 1, got {batch_size}")


def _by_place(data: Any) -> Any:
    """Rows that a number finds by their place: those of a pandas object it would find by their label."""
    return np.asarray(data) if isinstance(data, list | tuple) or hasattr(data, "iloc") else data


def tensors(*parts: Any) -> list[Any]:
    """Arrays of numbers as Tensors, so that a model and a loss compute the same as in a loop by hand.

    Rows that share memory with the data are copied: a layer may work in place.
    """
    return [_tensor(part) for part in parts]


def _tensor(part: Any) -> Any:
    if type(part) is not np.ndarray:
        if not isinstance(part, Tensor | np.ndarray) or getattr(part, "requires_grad", False):
            return part
        part = np.asarray(part)
    if part.dtype.kind not in "biufc":
        return part
    return Tensor(part if part.base is None else part.copy())


@checked_function
def minibatch_gradient_descent(
    model: Module,
    loss_fn: Callable[..., Any],
    x: Array,
    y: Array,
    *,
    lr: float,
    epochs: int,
    batch_size: int,
    rng: Rng = None,
) -> list[float]:
    """theta = theta - lr times the mean gradient over m = `batch_size` examples; n / m steps per epoch."""
    rng = np.random.default_rng(rng)
    optimizer = SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        for inputs, targets in minibatches(x, y, batch_size=batch_size, rng=rng, shuffle=batch_size < len(x)):
            optimizer.zero_grad()
            inputs, targets = tensors(inputs, targets)
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def batch_gradient_descent(
    model: Module, loss_fn: Callable[..., Any], x: Array, y: Array, *, lr: float, epochs: int
) -> list[float]:
    """One step per epoch, along the gradient of the whole training set."""
    return minibatch_gradient_descent(model, loss_fn, x, y, lr=lr, epochs=epochs, batch_size=max(len(x), 1))


def stochastic_gradient_descent(
    model: Module, loss_fn: Callable[..., Any], x: Array, y: Array, *, lr: float, epochs: int, rng: Rng = None
) -> list[float]:
    """One step per example, in a new random order each epoch."""
    return minibatch_gradient_descent(model, loss_fn, x, y, lr=lr, epochs=epochs, batch_size=1, rng=rng)


@checked_function
def random_search(
    model: Module,
    loss_fn: Callable[..., Any],
    x: Array,
    y: Array,
    *,
    trials: int = 1000,
    std: float = 1e-4,
    rng: Rng = None,
) -> list[float]:
    """Draw all parameters from a Gaussian `trials` times, and leave the best draw in the model.

    Returns the best loss so far after each trial: it only ever falls. Source: lecture 004, "Really bad idea: random
    search" (1,000 trials, std 0.0001).
    """
    if trials < 1:
        raise ValueError(f"random_search: expected at least 1 trial, got {trials}")
    rng = np.random.default_rng(rng)
    parameters = list(model.parameters())
    best_loss, best = np.inf, [p.data.copy() for p in parameters]
    losses = []
    for _ in range(trials):
        with no_grad():
            for p in parameters:
                p.copy_(std * rng.standard_normal(p.shape, np.float32 if p.dtype == np.float32 else np.float64))
            (rows,) = minibatches(x, y, batch_size=max(len(x), 1), shuffle=False)
            inputs, targets = tensors(*rows)
            loss = loss_fn(model(inputs), targets).item()
        if loss < best_loss:
            best_loss, best = loss, [p.data.copy() for p in parameters]
        losses.append(float(best_loss))
    with no_grad():
        for p, values in zip(parameters, best, strict=True):
            p.copy_(values)
    return losses
