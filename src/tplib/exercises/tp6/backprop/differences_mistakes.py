"""Mistakes in taking slopes by central differences."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.differences import numerical_gradient

Array = np.ndarray
Function = Callable[[Array], Any]


def _right(f: Function, x: Array, eps: float) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + move) - f(x - move)) / (2 * eps) for move in moves]).reshape(x.shape)


@numerical_gradient.mistake("You compare with f(x) itself. Which two points lie on the two sides of x?")
def forward_difference(f: Function, x: Array, eps: float = 1e-6) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + move) - f(x)) / eps for move in moves]).reshape(x.shape)


@numerical_gradient.mistake("How far are x + eps and x - eps from each other?")
def divided_by_one_step(f: Function, x: Array, eps: float = 1e-6) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + move) - f(x - move)) / eps for move in moves]).reshape(x.shape)


@numerical_gradient.mistake("A slope is a rise divided by a distance. What is the distance?")
def not_divided(f: Function, x: Array, eps: float = 1e-6) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([f(x + move) - f(x - move) for move in moves]).reshape(x.shape)


@numerical_gradient.mistake("Python computes from left to right: what does `a / 2 * eps` divide by?", name="/ 2 * eps")
def precedence(f: Function, x: Array, eps: float = 1e-6) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + move) - f(x - move)) / 2 * eps for move in moves]).reshape(x.shape)


@numerical_gradient.mistake("A partial derivative moves one entry and leaves the others. How many does `x + eps` move?")
def all_entries_moved_at_once(f: Function, x: Array, eps: float = 1e-6) -> Any:
    return (f(x + eps) - f(x - eps)) / (2 * eps)


@numerical_gradient.mistake(
    "A partial derivative moves one entry and leaves the others. How many does `x + eps` move?",
    name="all entries moved at once, for each entry",
)
def all_entries_moved_at_once_for_each_entry(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return np.full(x.shape, (f(x + eps) - f(x - eps)) / (2 * eps))


@numerical_gradient.mistake("When it is the second entry's turn, is the first one back in its place?")
def entries_not_put_back(f: Function, x: Array, eps: float = 1e-6) -> Array:
    x = x.copy()
    grad = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        below = f(x)
        grad[place] = (above - below) / (2 * eps)
    return grad


@numerical_gradient.mistake("Where does your code use `eps`?")
def step_ignored(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return _right(f, x, 1e-6)


@numerical_gradient.mistake("If f rises with x, is f(x + eps) - f(x - eps) positive or negative?")
def sign(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return -_right(f, x, eps)


@numerical_gradient.mistake("When it is the second entry's turn, is the first one back in its place?")
def copies_made_once(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    up, down = x.copy(), x.copy()
    for place in np.ndindex(x.shape):
        up[place] += eps
        down[place] -= eps
        grad[place] = (f(up) - f(down)) / (2 * eps)
    return grad


@numerical_gradient.mistake("You move x itself, if only for a while. What does an f see that looks at x?")
def moves_x_itself(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    for place, old in np.ndenumerate(x.copy()):
        x[place] = old + eps
        above = f(x)
        x[place] = old - eps
        below = f(x)
        x[place] = old
        grad[place] = (above - below) / (2 * eps)
    return grad


@numerical_gradient.mistake("Two names for one array: where does x + eps go when you subtract from x - eps?")
def both_moves_in_one_copy(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return np.zeros(x.shape)


@numerical_gradient.mistake("How far is each of your two points from x: eps, or half of it?")
def half_of_the_step(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return _right(f, x, eps / 2)


@numerical_gradient.mistake("`eps` is the size of the step for every entry. How long is yours where x is 0?")
def step_in_proportion_to_the_entry(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        move = np.zeros(x.shape)
        step = move[place] = eps * np.abs(x[place])
        grad[place] = (f(x + move) - f(x - move)) / (2 * step)
    return grad


@numerical_gradient.mistake("Has f no slope where x is 0? Which entries does your loop go through?")
def zeros_left_out(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return np.where(x == 0, 0.0, _right(f, x, eps))


@numerical_gradient.mistake("What does `x[i]` move if x is a matrix: an entry, or a row? Which loop finds every entry?")
def whole_rows_moved(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        grad[i] = (f(up) - f(down)) / (2 * eps)
    return grad


@numerical_gradient.mistake(
    "x has any shape. How many loops would an array with three axes need? Which loop needs one?"
)
def matrices_only(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            up, down = x.copy(), x.copy()
            up[i, j] += eps
            down[i, j] -= eps
            grad[i, j] = (f(up) - f(down)) / (2 * eps)
    return grad


@numerical_gradient.mistake("f takes an array of the shape of x. Which shape do you give it?")
def f_of_a_flat_array(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return _right(f, x.flatten(), eps).reshape(x.shape)


@numerical_gradient.mistake("`np.ndindex` goes along the rows. Along what does your `reshape` put the slopes?")
def put_down_column_by_column(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return _right(f, x, eps).reshape(-1).reshape(x.shape, order="F")


@numerical_gradient.mistake("What does `ravel` of a transposed array give: the array itself, or a copy?")
def written_into_a_copy(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros_like(x)
    flat = grad.ravel()
    flat[:] = _right(f, x, eps).ravel()
    return grad
