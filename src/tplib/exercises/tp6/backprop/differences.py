"""numerical_gradient: slopes by central differences, one entry after the other."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Function = Callable[[Array], Any]


def _draw(draw: Draw) -> Arguments:
    f = draw.choice(list(observers.FUNCTIONS))
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((D,), (B, D)))
    return f, draw.array(*shape), draw.choice((0.5, 0.1, 0.01))


@exercise(
    points=2,
    at_home=True,
    lecture="004, Problem: how to compute gradients",
    draw=_draw,
    edges=(
        Case(("np.sum(x**3)", np.array([[1.0, -2.0, 0.5], [3.0, 0.1, -1.3]]), 0.1)),
        Case(("np.sin(x).sum() * x.sum()", np.array([[0.3, -1.2], [2.0, 0.7]]), 0.5)),
        Case(("np.sum(x**3)", np.array([1.0, -2.0, 0.5])), "defaults"),
    ),
    observe=observers.observe_slopes,
    forbidden=(*AUTOGRAD, "scipy.optimize.approx_fprime", "tplib.nn.gradcheck", "tplib.nn.step_errors"),
)
def numerical_gradient(f: Function, x: Array, eps: float = 1e-6) -> Array:
    """for each entry i: (f(x + eps e_i) - f(x - eps e_i)) / (2 eps), where e_i is 1 at entry i and 0 elsewhere.

    shapes: x and the result have one shape; `np.ndindex(x.shape)` goes through all places of an array of any shape.
    worked: f(x) = sum of x^3, x = [1, 2], eps = 0.1: first entry ((1.331 + 8) - (0.729 + 8)) / 0.2 = 3.01.
    """
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        grad[place] = (f(up) - f(down)) / (2 * eps)
    return grad


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


@numerical_gradient.mistake(
    "In floats, is x + eps - 2 eps + eps the same as x to the last digit? Is there a way that is sure?"
)
def entries_not_put_back_exactly(f: Function, x: Array, eps: float = 1e-6) -> Array:
    grad = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        below = f(x)
        x[place] += eps
        grad[place] = (above - below) / (2 * eps)
    return grad


@numerical_gradient.mistake("Where does your code use `eps`?")
def step_ignored(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return numerical_gradient(f, x, 1e-6)


@numerical_gradient.mistake("If f rises with x, is f(x + eps) - f(x - eps) positive or negative?")
def sign(f: Function, x: Array, eps: float = 1e-6) -> Array:
    return -numerical_gradient(f, x, eps)


@numerical_gradient.alternative
def put_back(f: Function, x: Array, eps: float = 1e-6) -> Array:
    x = x.copy()
    grad = np.empty(x.shape)
    for place, value in np.ndenumerate(x):
        x[place] = value + eps
        above = f(x)
        x[place] = value - eps
        below = f(x)
        x[place] = value
        grad[place] = (above - below) / eps / 2
    return grad


@numerical_gradient.alternative
def directions(f: Function, x: Array, eps: float = 1e-6) -> Array:
    moves = eps * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [0.5 * (f(x + move) - f(x - move)) / eps for move in moves]
    return np.array(slopes).reshape(x.shape)


@numerical_gradient.alternative
def flat(f: Function, x: Array, eps: float = 1e-6) -> Array:
    flat = x.flatten()
    slopes = np.zeros(x.size)
    for i in range(x.size):
        old = flat[i]
        values = []
        for step in (-eps, eps):
            flat[i] = old + step
            values.append(f(flat.reshape(x.shape)))
        flat[i] = old
        slopes[i] = (values[1] - values[0]) / (2 * eps)
    return slopes.reshape(x.shape)
