"""Mistakes in one epoch of mini-batch descent."""

from collections.abc import Callable

import numpy as np

from tplib.graders.exercise import Misconception

Array = np.ndarray
Gradient = Callable[[Array, Array, Array], Array]
Rng = np.random.Generator


def _batches(order: Array, batch_size: int) -> list[Array]:
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def _descend(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batches: list[Array]) -> Array:
    for rows in batches:
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta


def _replacement(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    sizes = [min(batch_size, len(x) - start) for start in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, [rng.integers(0, len(x), size) for size in sizes])


def _always_full(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    batches = [rng.choice(len(x), batch_size) for _ in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, batches)


def _last_dropped(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    full = len(x) - len(x) % batch_size
    return _descend(theta, x, y, gradient, lr, _batches(rng.permutation(len(x))[:full], batch_size))


def _not_shuffled(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.arange(len(x)), batch_size))


def _y_left_behind(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    x = x[rng.permutation(len(x))]
    return _descend(theta, x, y, gradient, lr, _batches(np.arange(len(x)), batch_size))


def _same_order(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.random.default_rng(0).permutation(len(x)), batch_size))


def _own_generator(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.random.default_rng().permutation(len(x)), batch_size))


def _one_step(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, [rng.permutation(len(x))[:batch_size]])


def _full_batch(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, [rng.permutation(len(x))])


def _old_theta(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    new = theta
    for rows in _batches(rng.permutation(len(x)), batch_size):
        new = new - lr * gradient(theta, x[rows], y[rows])
    return new


def _lr_twice(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr * lr, _batches(rng.permutation(len(x)), batch_size))


def _mean_twice(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * gradient(theta, x[rows], y[rows]) / len(rows)
    return theta


def _sum(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * len(rows) * gradient(theta, x[rows], y[rows])
    return theta


def _uphill(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, -lr, _batches(rng.permutation(len(x)), batch_size))


def _one_by_one(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(rng.permutation(len(x)), 1))


def _equal_parts(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    batches = np.array_split(rng.permutation(len(x)), -(-len(x) // batch_size))
    return _descend(theta, x, y, gradient, lr, batches)


MISTAKES = (
    Misconception(
        "drawn with replacement",
        _replacement,
        "You draw each batch anew from all examples. What keeps one from coming twice, and another from never?",
    ),
    Misconception(
        "drawn with replacement, batches always full",
        _always_full,
        "You draw each batch anew from all examples. How many examples does your epoch see, and how often each?",
    ),
    Misconception(
        "last batch dropped",
        _last_dropped,
        "11 examples in batches of 4: who trains on the last 3?",
    ),
    Misconception(
        "not shuffled",
        _not_shuffled,
        "If the file is sorted by class, what is in your batches? What is `rng` for?",
    ),
    Misconception(
        "y left behind",
        _y_left_behind,
        "You put x into another order. Does y[i] still belong to x[i]?",
    ),
    Misconception(
        "the same order in each epoch",
        _same_order,
        "Call your function twice: does the second epoch see another order? Which generator shuffles?",
    ),
    Misconception(
        "own generator",
        _own_generator,
        "Start twice from the same seed: do you get the same result? Which generator shuffles?",
    ),
    Misconception("one step", _one_step, "Which examples has your epoch seen when it returns?"),
    Misconception("whole set as one batch", _full_batch, "Does batch_size change your result?"),
    Misconception(
        "gradient at the old theta",
        _old_theta,
        "Where does your second batch compute its gradient: at the start, or where the first step led?",
    ),
    Misconception("learning rate twice", _lr_twice, "By what is the gradient multiplied, in all?"),
    Misconception(
        "mean twice",
        _mean_twice,
        "`gradient` already gives the mean over its batch. By what do you divide it once more?",
    ),
    Misconception(
        "sum over the batch",
        _sum,
        "`gradient` gives the mean over its batch, and so does Algorithm 4. Where does your factor come from?",
    ),
    Misconception("uphill", _uphill, "Do you go with the gradient, or against it?"),
    Misconception("one example at a time", _one_by_one, "How many examples does one of your steps look at?"),
    Misconception(
        "batches of equal size",
        _equal_parts,
        "7 examples with batch_size 3 make batches of 3, 3 and 1. How large are yours?",
    ),
)
