"""numerical_gradient: slopes by central differences, one entry after the other."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Function = Callable[[Array], Any]


def _draw(draw: Draw) -> Arguments:
    f = draw.choice(list(observers.FUNCTIONS))
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((D,), (B, D)))
    return f, draw.array(*shape), draw.choice((0.5, 0.1, 0.01))


def _of_the_shape(draw: Draw, *shape: int) -> Arguments:
    """A function that hangs on the shape of x."""
    return "np.sum(np.cumsum(x, axis=0)**2)", draw.array(*shape), draw.choice((0.5, 0.1))


def _zero(draw: Draw) -> Arguments:
    f, x, eps = _of_the_shape(draw, 2, 3)
    x[draw.integers(0, 2), draw.integers(0, 3)] = 0.0
    return f, x, eps


@exercise(
    points=2,
    at_home=True,
    lecture="004, Problem: how to compute gradients",
    concepts=(17,),
    draw=_draw,
    edges=(
        Drawn(lambda draw: _of_the_shape(draw, 3)),
        Drawn(lambda draw: _of_the_shape(draw, 2, 3)),
        Drawn(lambda draw: _of_the_shape(draw, 2, 3, 2)),
        Drawn(lambda draw: ("np.sin(x).sum() * x.sum()", draw.array(2, 2), 0.5)),
        Drawn(_zero),
        Case(("np.sum(x**3)", np.array([1.0, -2.0, 0.5])), "defaults"),
        Drawn(lambda draw: (*_of_the_shape(draw, 2, 3), "transposed"), "view or copy"),
    ),
    aspects={
        "view or copy": "Right, but not for a transposed array: there `ravel` and `reshape(-1)` give a copy, "
        "and what is written into a copy is lost."
    },
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
