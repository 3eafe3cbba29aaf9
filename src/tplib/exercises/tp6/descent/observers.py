"""How answers to the exercises of 4_descent that take functions are watched."""

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray

EPOCHS = 3
FIRST = 100.0  # the target of example 0; the others follow


def search(candidate: Callable[..., Any], draws: Array, centre: Array, trials: int, look: str = "values") -> Any:
    """What is found in given draws (or, by `look`, at what cost); the loss is the squared distance from `centre`."""
    used, computed = 0, 0

    def draw() -> Array:
        nonlocal used
        used += 1
        return draws[used - 1].copy()

    def loss(theta: Array) -> float:
        nonlocal computed
        computed += 1
        return float(np.sum((theta - centre) ** 2))

    result = candidate(draw, loss, trials)
    if look == "budget":
        return {"losses computed": computed}
    if not isinstance(result, tuple | list) or len(result) != 2:
        return result
    return {"theta": result[0], "loss": result[1], "draws": used}


def descent(candidate: Callable[..., Any], theta: Array, bowl: tuple[Array, float], lr: float, steps: int) -> Any:
    """The descent in a tilted bowl, in which each entry of the gradient hangs on all entries of theta."""
    curvature, centre = bowl

    def gradient(position: Array) -> Array:
        if np.shape(position) != theta.shape:
            raise ValueError(f"gradient was called with shape {np.shape(position)}, theta has {theta.shape}")
        return curvature * (position - centre) + (np.mean(position) - centre) / 4

    return candidate(theta, gradient, lr, steps)


def batch_gradient(theta: Array, x: Array) -> Array:
    """A gradient (2,) that differs from batch to batch and from step to step."""
    return theta + x.mean(axis=0) + np.array([1.0, 2.0])


def epochs(
    candidate: Callable[..., Any], theta: Array, x: Array, y: Array, how: str, lr: float, batch_size: int, seed: int
) -> Any:
    """Three epochs in a row, and the same again from the same seed.

    Of each epoch: the parameters that it returned, and of each call of `gradient` the parameters, x and y.
    """
    watched: list[tuple[Array, list[tuple[Array, Array, Array]]]] = []
    kept = theta.copy(), x.copy(), y.copy()
    for start in (theta, kept[0]):
        rng, position = np.random.default_rng(seed), start
        for _ in range(EPOCHS):
            calls: list[tuple[Array, Array, Array]] = []

            def gradient(theta: Array, x: Array, y: Array, calls: list[Any] = calls) -> Array:
                x, y = np.atleast_2d(x), np.atleast_1d(y)
                calls.append((np.array(theta), np.array(x), np.array(y)))
                return batch_gradient(theta, x)

            # What one call does to its arguments is nothing that the next one sees.
            data = [kept[1].copy(), kept[2].copy()] if watched else [x, y]
            result = candidate(position, *data, gradient, lr, batch_size, rng)
            if np.shape(result) != theta.shape or np.asarray(result).dtype.kind != "f":
                return result
            position = result
            watched.append((np.array(result), calls))
    return watched
