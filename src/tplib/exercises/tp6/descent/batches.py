"""One epoch of mini-batch descent: what must hold of it is observed, whatever the way of shuffling."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.descent import observers
from tplib.exercises.tp6.descent.common import exercise, optimizers
from tplib.exercises.tp6.descent.observers import EPOCHS, FIRST
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Gradient = Callable[[Array, Array, Array], Array]
Rng = np.random.Generator


def _examples(n: int, feature: Array) -> tuple[Array, Array]:
    """Inputs (n, 2) that begin with the number of their example, and targets (n,) that tell it too."""
    return np.column_stack([np.arange(n), feature]), FIRST + np.arange(n)


def _case(draw: Draw) -> Arguments:
    n = draw.size(7, 11)  # so many that no order comes about by chance
    batch_size = draw.choice((2, 3, 4))
    lr = draw.choice((0.5, 0.25))
    return draw.array(2), *_examples(n, draw.array(n)), "as observed", lr, batch_size, draw.size(0, 100)


def _measure(watched: Any, theta: Array, x: Array, y: Array, how: str, lr: float, batch_size: int, seed: int) -> Any:
    """What holds of three epochs in a row, and of the first of them."""
    if not isinstance(watched, list):
        return watched
    inputs = [[[int(i) for i in batch[:, 0]] for _, batch, _ in calls] for _, calls in watched]
    targets = [[[int(t - FIRST) for t in batch] for _, _, batch in calls] for _, calls in watched]
    orders = [[i for batch in batches for i in batch] for batches in inputs]
    first, again = orders[:EPOCHS], orders[EPOCHS:]
    seen = {
        "batch sizes": [len(batch) for batch in inputs[0]],
        "each example once in an epoch": all(sorted(order) == list(range(len(x))) for order in first),
        "x and y belong together": inputs == targets,
        "each step, in units of -lr * gradient": _steps(watched[0][0], watched[0][1], lr),
        "the same rng gives the same order": first == again,
    }
    if len(x) > 1:
        seen["the order is shuffled"] = any(order != sorted(order) for order in first)
        seen["the next epoch has another order"] = any(order != first[0] for order in first)
    return seen


def _steps(result: Array, calls: list[tuple[Array, Array, Array]], lr: float) -> Array:
    """Each step of an epoch as a multiple of -lr * gradient; nan if it goes another way."""
    moves = np.diff([*(theta for theta, _, _ in calls), result], axis=0)
    multiples = []
    for move, (theta, x, _) in zip(moves, calls, strict=True):
        gradient = observers.batch_gradient(theta, x)
        multiple = float(move @ gradient / (-lr * gradient @ gradient))
        along = np.allclose(move, -multiple * lr * gradient, rtol=1e-6, atol=1e-9)
        multiples.append(multiple if along else np.nan)
    return np.array(multiples)


_ELEVEN = _examples(11, np.linspace(-2.0, 2.0, 11))


@exercise(
    points=3,
    lecture="003, Algorithm 4 (SGD), lines 3 to 6; 000, Type of Gradient Descent",
    concepts=(18,),
    inputs=("theta", "x", "y", "gradient", "lr", "batch_size", "seed of rng"),
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0]), *_ELEVEN, "as observed", 0.5, 4, 0)),
        Case((np.array([1.0, -2.0]), *_ELEVEN, "as observed", 0.25, 20, 1)),
        Case((np.array([1.0, -2.0]), *_ELEVEN, "as observed", 0.25, 1, 2)),
        Case((np.array([1.0, -2.0]), *_examples(7, np.ones(7)), "as observed", 0.5, 3, 5)),
        Case((np.array([1.0, -2.0]), *_examples(8, np.ones(8)), "as observed", 0.5, 4, 3)),
        Case((np.array([1.0, -2.0]), *_examples(1, np.ones(1)), "as observed", 0.5, 4, 4)),
    ),
    draws=4,
    observe=observers.epochs,
    measure=_measure,
    forbidden=("tplib.nn.minibatches", "tplib.nn.minibatch_gradient_descent", *optimizers("SGD")),
)
def sgd_epoch(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    """order = rng.permutation(len(x)); for each run of batch_size numbers of it, `rows`: theta = theta - lr *
    gradient(theta, x[rows], y[rows]).

    shapes: `x` is (n, D), `y` is (n,); a batch is (m, D) and (m,), the last one with fewer rows; `gradient(...)` has
    the shape of theta.
    worked: n = 5, batch_size = 2, order [3, 0, 4, 1, 2]: three steps, with the rows [3, 0], [4, 1] and [2]
    """
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta


@sgd_epoch.alternative
def shuffle(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    rows = list(range(len(x)))
    rng.shuffle(rows)
    theta = theta.copy()
    while rows:
        batch, rows = rows[:batch_size], rows[batch_size:]
        theta -= lr * gradient(theta, x[batch], y[batch])
    return theta


@sgd_epoch.alternative
def sorted_keys(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    order = np.argsort(rng.random(len(x)))
    x, y = x[order], y[order]
    for i in range(-(-len(x) // batch_size)):
        batch = slice(i * batch_size, (i + 1) * batch_size)
        theta = theta + -lr * gradient(theta, x[batch], y[batch])
    return theta


@sgd_epoch.alternative
def choice(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    order = rng.choice(len(x), size=len(x), replace=False)
    for rows in np.split(order, range(batch_size, len(x), batch_size)):
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta
