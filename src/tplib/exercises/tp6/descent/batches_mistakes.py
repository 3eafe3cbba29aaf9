"""Mistakes in one epoch of mini-batch descent."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp6.descent.batches import sgd_epoch

Array = np.ndarray
Gradient = Callable[[Array, Array, Array], Array]
Rng = np.random.Generator


def _batches(order: Array, batch_size: int) -> list[Array]:
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def _descend(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batches: list[Array]) -> Array:
    for rows in batches:
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta


@sgd_epoch.mistake(
    "You draw each batch anew from all examples. What keeps one from coming twice, and another from never?"
)
def drawn_with_replacement(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    sizes = [min(batch_size, len(x) - start) for start in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, [rng.integers(0, len(x), size) for size in sizes])


@sgd_epoch.mistake(
    "You draw each batch anew from all examples. How many examples does your epoch see, and how often each?",
    name="drawn with replacement, batches always full",
)
def always_full(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    batches = [rng.choice(len(x), batch_size) for _ in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, batches)


@sgd_epoch.mistake("11 examples in batches of 4: who trains on the last 3?")
def last_batch_dropped(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    full = len(x) - len(x) % batch_size
    return _descend(theta, x, y, gradient, lr, _batches(rng.permutation(len(x))[:full], batch_size))


@sgd_epoch.mistake("If the file is sorted by class, what is in your batches? What is `rng` for?")
def not_shuffled(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.arange(len(x)), batch_size))


@sgd_epoch.mistake("You put x into another order. Does y[i] still belong to x[i]?")
def y_left_behind(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    x = x[rng.permutation(len(x))]
    return _descend(theta, x, y, gradient, lr, _batches(np.arange(len(x)), batch_size))


@sgd_epoch.mistake("Call your function twice: does the second epoch see another order? Which generator shuffles?")
def the_same_order_in_each_epoch(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.random.default_rng(0).permutation(len(x)), batch_size))


@sgd_epoch.mistake("Start twice from the same seed: do you get the same result? Which generator shuffles?")
def own_generator(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(np.random.default_rng().permutation(len(x)), batch_size))


@sgd_epoch.mistake("Which examples has your epoch seen when it returns?")
def one_step(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, lr, [rng.permutation(len(x))[:batch_size]])


@sgd_epoch.mistake("Does batch_size change your result?")
def whole_set_as_one_batch(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    return _descend(theta, x, y, gradient, lr, [rng.permutation(len(x))])


@sgd_epoch.mistake("Where does your second batch compute its gradient: at the start, or where the first step led?")
def gradient_at_the_old_theta(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    new = theta
    for rows in _batches(rng.permutation(len(x)), batch_size):
        new = new - lr * gradient(theta, x[rows], y[rows])
    return new


@sgd_epoch.mistake("By what is the gradient multiplied, in all?")
def learning_rate_twice(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    return _descend(theta, x, y, gradient, lr * lr, _batches(rng.permutation(len(x)), batch_size))


@sgd_epoch.mistake("`gradient` already gives the mean over its batch. By what do you divide it once more?")
def mean_twice(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * gradient(theta, x[rows], y[rows]) / len(rows)
    return theta


@sgd_epoch.mistake(
    "`gradient` gives the mean over its batch, and so does Algorithm 4. Where does your factor come from?"
)
def sum_over_the_batch(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * len(rows) * gradient(theta, x[rows], y[rows])
    return theta


@sgd_epoch.mistake("Do you go with the gradient, or against it?")
def uphill(theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng) -> Array:
    return _descend(theta, x, y, gradient, -lr, _batches(rng.permutation(len(x)), batch_size))


@sgd_epoch.mistake("How many examples does one of your steps look at?")
def one_example_at_a_time(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    return _descend(theta, x, y, gradient, lr, _batches(rng.permutation(len(x)), 1))


@sgd_epoch.mistake("7 examples with batch_size 3 make batches of 3, 3 and 1. How large are yours?")
def batches_of_equal_size(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    batches = np.array_split(rng.permutation(len(x)), -(-len(x) // batch_size))
    return _descend(theta, x, y, gradient, lr, batches)


@sgd_epoch.mistake("You shuffle anew before each batch. How often does each example come in an epoch?")
def a_new_order_for_each_batch(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    starts = range(0, len(x), batch_size)
    return _descend(
        theta, x, y, gradient, lr, [rng.permutation(len(x))[start : start + batch_size] for start in starts]
    )


@sgd_epoch.mistake("Which examples does the gradient of one step look at: those of the batch, or all?")
def gradient_of_all_examples(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    return _descend(theta, x, y, gradient, lr, [rng.permutation(len(x)) for _ in range(0, len(x), batch_size)])


@sgd_epoch.mistake("Two neighbours of the file: may they be in different batches, or always in the same one?")
def batches_shuffled_not_examples(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    batches = _batches(np.arange(len(x)), batch_size)
    return _descend(theta, x, y, gradient, lr, [batches[i] for i in rng.permutation(len(batches))])


@sgd_epoch.mistake("The last batch may be shorter. With which examples do you fill it up, and how often do these come?")
def last_batch_filled_up(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    order = rng.permutation(len(x))
    return _descend(
        theta, x, y, gradient, lr, _batches(np.resize(order, -(-len(x) // batch_size) * batch_size), batch_size)
    )


@sgd_epoch.mistake(
    "`order[start : start + batch_size]` ends before `start + batch_size`. How many examples has your batch?"
)
def batches_overlap(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    order = rng.permutation(len(x))
    batches = [order[start : start + batch_size + 1] for start in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, batches)


@sgd_epoch.mistake("Which examples lie between the end of one batch and the start of the next?")
def examples_between_batches_left_out(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    order = rng.permutation(len(x))
    batches = [order[start : start + batch_size - 1] for start in range(0, len(x), batch_size)]
    return _descend(theta, x, y, gradient, lr, [rows for rows in batches if len(rows)])


@sgd_epoch.mistake("`range(0, n - m, m)` ends before n - m. What becomes of the last batch?")
def last_batch_lost(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    order = rng.permutation(len(x))
    starts = range(0, len(x) - batch_size, batch_size)
    return _descend(theta, x, y, gradient, lr, [order[start : start + batch_size] for start in starts])


@sgd_epoch.mistake("Is a step shorter because its batch is?")
def short_batch_counts_less(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * len(rows) / batch_size * gradient(theta, x[rows], y[rows])
    return theta


@sgd_epoch.mistake("What do you return: where the epoch ends, or the mean of where it passed?")
def mean_of_the_epoch(
    theta: Array, x: Array, y: Array, gradient: Gradient, lr: float, batch_size: int, rng: Rng
) -> Array:
    path = []
    for rows in _batches(rng.permutation(len(x)), batch_size):
        theta = theta - lr * gradient(theta, x[rows], y[rows])
        path.append(theta)
    return np.mean(path, axis=0)
