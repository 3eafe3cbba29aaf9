"""The standard deviation of the activations, layer by layer."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Curve = Callable[[Array], Array]


def _draw(draw: Draw) -> Arguments:
    sizes = [draw.size(2, 4) for _ in range(draw.size(2, 4))]
    weights = [draw.array(d, h, low=-1.0, high=2.0) for d, h in pairwise(sizes)]
    return draw.array(draw.size(2, 5), sizes[0]), weights, draw.choice(("tanh", "relu", "sigmoid"))


_x = np.array([[1.0, -2.0, 0.5], [0.0, 1.5, 1.0], [2.0, 1.0, -1.0]])
_W = np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5], [-0.25, 1.5, 1.0]])


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use Glorot (Xavier) Initialization (variance of activations)",
    concepts=(21,),
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, [_W, 2 * _W], "sigmoid")),
        Case((_x, [_W, _W, _W.T], "tanh")),
        Case((_x, [_W[:, :2]], "relu")),
    ),
    observe=observers.activations,
)
def activation_std(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    """h_0 = x; layer by layer h_l = g(h_(l-1) W_l), and its standard deviation over all its numbers.

    shapes: h is (B, H); `h.std()` without an axis is one number. The result is a list of L numbers, one a layer.
    worked: x = [[1], [3]], W = [[1, -1]], g = relu: h = [[1, 0], [3, 0]], mean 1, squares 0, 1, 4, 1: std = sqrt(6 / 4)
    = 1.225
    """
    h, stds = x, []
    for W in weights:
        h = g(h @ W)
        stds.append(h.std())
    return stds


@activation_std.alternative
def by_formula(x: Array, weights: list[Array], g: Curve) -> list[float]:
    stds = []
    for W in weights:
        x = g(np.dot(x, W))
        stds.append(float(np.sqrt(np.mean((x - x.mean()) ** 2))))
    return stds


@activation_std.alternative
def array(x: Array, weights: list[Array], g: Curve) -> Array:
    activations: list[Array] = []
    for W in weights:
        activations.append(g((activations[-1] if activations else x) @ W))
    return np.array([np.var(h) ** 0.5 for h in activations])
