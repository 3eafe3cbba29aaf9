"""The size of the gradient at each layer."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Arrays = list[Array]
Numbers = list[Any]
Slope = Callable[[Array], Array]


def _draw(draw: Draw) -> Arguments:
    sizes = [draw.size(2, 3) for _ in range(draw.size(2, 4))]
    B = draw.size(2, 4)
    weights = [draw.array(d, h, low=-1.5, high=2.0) for d, h in pairwise(sizes)]
    biases = [draw.array(h, low=-1.0, high=1.0) for h in sizes[1:]]
    return draw.array(B, sizes[0]), draw.integers(0, sizes[-1], B), weights, biases


def _last_class_missing(draw: Draw) -> Arguments:
    D, H, K, B = draw.size(2, 3), draw.size(2, 3), 3, draw.size(2, 4)
    weights = [draw.array(D, H, low=-1.5, high=2.0), draw.array(H, K, low=-1.5, high=2.0)]
    return draw.array(B, D), draw.integers(0, K - 1, B), weights, [draw.array(H), draw.array(K)]


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def softmax(scores: Array) -> Array:
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def forward(x: Array, weights: Arrays, biases: Arrays) -> tuple[Arrays, Array]:
    """x and the activations of the hidden layers, and the probabilities."""
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        hs.append(sigmoid(hs[-1] @ W + b))
    return hs, softmax(hs[-1] @ weights[-1] + biases[-1])


def backwards(delta: Array, hs: Arrays, weights: Arrays, slope: Slope) -> Arrays:
    """The gradients of the weighted sums (B, H), from the first layer to the last, whose own is `delta`."""
    deltas = [delta]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        deltas.append(deltas[-1] @ W.T * slope(h))
    return deltas[::-1]


def sigmoid_slope(h: Array) -> Array:
    return h * (1 - h)


def deltas(x: Array, y: Array, weights: Arrays, biases: Arrays, slope: Slope = sigmoid_slope) -> Arrays:
    hs, p = forward(x, weights, biases)
    return backwards((p - np.eye(p.shape[1])[y]) / len(y), hs, weights, slope)


_x = np.array([[1.0, -2.0], [0.5, 1.5], [-1.0, 1.0]])
_W = np.array([[0.5, -1.0], [1.5, 0.25]])
_b = np.array([0.5, -0.25])


@exercise(
    points=3,
    at_home=True,
    lecture="002, Vanishing gradient issue: Intuitive explanation",
    concepts=(22,),
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, np.array([0, 1, 1]), [_W, _W.T, 2 * _W], [_b, -_b, 2 * _b])),
        Case((_x, np.array([2, 0, 2]), [_W, np.array([[1.0, -1.0, 0.5], [0.25, 2.0, -1.5]])], [_b, np.ones(3)])),
        Case((_x, np.array([1, 0, 1]), [_W], [_b])),
        Drawn(_last_class_missing),
    ),
    observe=observers.norms,
    forbidden=("torch.autograd.grad", "torch.autograd.backward", "torch.Tensor.backward", "tplib.nn.Tensor.backward"),
)
def layer_gradient_norms(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    """delta_L = (p - one-hot(y)) / B; delta_l = (delta_(l+1) W_(l+1)^T) * h_l (1 - h_l); the gradient of b_l is the sum
    of the rows of delta_l.

    shapes: delta_l is (B, H_l), the sum over the batch (H_l,), its norm a number; the result is a list of L numbers.
    worked: One example, one layer, p = [0.7, 0.3], y = 0: delta = [-0.3, 0.3], so the norm is sqrt(0.18) = 0.424
    """
    hs, p = forward(x, weights, biases)
    delta = p
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(reversed(weights[1:]), reversed(hs[1:]), strict=True):
        delta = delta @ W.T * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.alternative
def norms_by_index(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Array:
    L = len(weights)
    h: Arrays = [x]
    for i in range(L - 1):
        h.append(sigmoid(h[i] @ weights[i] + biases[i]))
    error = softmax(h[-1] @ weights[-1] + biases[-1]) - np.eye(weights[-1].shape[1])[y]
    found = np.zeros(L)
    for i in range(L - 1, -1, -1):
        found[i] = np.sqrt(np.sum(error.mean(axis=0) ** 2))
        if i > 0:
            error = (error @ weights[i].T) * (h[i] - h[i] ** 2)
    return found


@layer_gradient_norms.alternative
def norms_example_by_example(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    totals = [np.zeros(len(b)) for b in biases]
    for i in range(len(x)):
        for total, delta in zip(totals, deltas(x[i : i + 1], y[i : i + 1], weights, biases), strict=True):
            total += delta[0]
    return [float(np.linalg.norm(total)) / len(x) for total in totals]
