"""The size of the gradient at each layer."""

from itertools import pairwise
from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Arrays = list[Array]
Numbers = list[Any]


def _draw(draw: Draw) -> Arguments:
    sizes = [draw.size(2, 3) for _ in range(draw.size(2, 4))]
    B = draw.size(2, 4)
    weights = [draw.array(d, h, low=-1.5, high=2.0) for d, h in pairwise(sizes)]
    biases = [draw.array(h, low=-1.0, high=1.0) for h in sizes[1:]]
    return draw.array(B, sizes[0]), draw.integers(0, sizes[-1], B), weights, biases


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _softmax(scores: Array) -> Array:
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def _forward(x: Array, weights: Arrays, biases: Arrays) -> tuple[Arrays, Array]:
    """x and the activations of the hidden layers, and the probabilities."""
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        hs.append(_sigmoid(hs[-1] @ W + b))
    return hs, _softmax(hs[-1] @ weights[-1] + biases[-1])


def _deltas(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Arrays:
    """The gradients of the weighted sums (B, H), from the first layer to the last."""
    hs, p = _forward(x, weights, biases)
    deltas = [(p - np.eye(p.shape[1])[y]) / len(y)]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        deltas.append(deltas[-1] @ W.T * h * (1 - h))
    return deltas[::-1]


_x = np.array([[1.0, -2.0], [0.5, 1.5], [-1.0, 1.0]])
_W = np.array([[0.5, -1.0], [1.5, 0.25]])
_b = np.array([0.5, -0.25])


@exercise(
    points=3,
    at_home=True,
    lecture="002, Vanishing gradient issue: Intuitive explanation",
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, np.array([0, 1, 1]), [_W, _W.T, 2 * _W], [_b, -_b, 2 * _b])),
        Case((_x, np.array([2, 0, 2]), [_W, np.array([[1.0, -1.0, 0.5], [0.25, 2.0, -1.5]])], [_b, np.ones(3)])),
        Case((_x, np.array([1, 0, 1]), [_W], [_b])),
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
    hs, p = _forward(x, weights, biases)
    delta = p
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(reversed(weights[1:]), reversed(hs[1:]), strict=True):
        delta = delta @ W.T * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake(
    "The loss is a mean over the batch. Does your gradient double when the same examples come twice?"
)
def batch_size_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [len(y) * norm for norm in layer_gradient_norms(x, y, weights, biases)]


@layer_gradient_norms.mistake("How often does your code divide by B? `mean` does it too.")
def divided_by_the_batch_size_twice(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta.mean(axis=0)) for delta in _deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake(
    "The gradient of b is the sum of the rows of delta. Do you add the examples up before you take the norm?"
)
def norm_before_the_sum(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta) for delta in _deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("Backpropagation meets the last layer first. In which order is the result asked for?")
def last_layer_first(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, biases)[::-1]


@layer_gradient_norms.mistake(
    "On its way back the gradient passes the sigmoid of each hidden layer. Where is its slope?"
)
def slope_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    delta = _deltas(x, y, weights, biases)[-1]
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W in weights[:0:-1]:
        delta = delta @ W.T
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake(
    "h is a sigmoid already. With h at hand, what is its slope? How many sigmoids are in yours?"
)
def sigmoid_of_the_activation(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = _forward(x, weights, biases)
    delta = _deltas(x, y, weights, biases)[-1]
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        s = _sigmoid(h)
        delta = delta @ W.T * s * (1 - s)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake("The slope of the sigmoid is at most 1/4. And the factor that you use?")
def activation_instead_of_its_slope(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = _forward(x, weights, biases)
    delta = _deltas(x, y, weights, biases)[-1]
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        delta = delta @ W.T * h
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake(
    "W is (H_l, H_(l+1)), delta is (B, H_(l+1)). Which of W and its transpose brings it back to (B, H_l)?"
)
def weights_not_transposed(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = _forward(x, weights, biases)
    delta = _deltas(x, y, weights, biases)[-1]
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        delta = delta @ W * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake("The lecture's sum is for the biases. Where does the input of the layer enter in yours?")
def gradients_of_the_weights(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = _forward(x, weights, biases)
    deltas = _deltas(x, y, weights, biases)
    return [np.linalg.norm(h.T @ delta) for h, delta in zip(hs, deltas, strict=True)]


@layer_gradient_norms.mistake("A norm is a length. Where is the square root?")
def squared(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [norm**2 for norm in layer_gradient_norms(x, y, weights, biases)]


@layer_gradient_norms.mistake("The Euclidean norm of [3, 4] is 5. And in your code?")
def sum_of_absolute_values(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.abs(delta.sum(axis=0)).sum() for delta in _deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake(
    "What is the gradient of the cross-entropy with respect to the scores? Does yours depend on y?"
)
def label_not_subtracted(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = _forward(x, weights, biases)
    delta = p / len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        delta = delta @ W.T * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.mistake(
    "p - y is already the gradient with respect to the scores, softmax included. Which factor is too many?"
)
def slope_of_the_output(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = _forward(x, weights, biases)
    delta = (p - np.eye(p.shape[1])[y]) / len(y) * p * (1 - p)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        delta = delta @ W.T * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]


@layer_gradient_norms.alternative
def norms_by_index(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Array:
    L = len(weights)
    h: Arrays = [x]
    for i in range(L - 1):
        h.append(_sigmoid(h[i] @ weights[i] + biases[i]))
    error = _softmax(h[-1] @ weights[-1] + biases[-1]) - np.eye(weights[-1].shape[1])[y]
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
        for total, delta in zip(totals, _deltas(x[i : i + 1], y[i : i + 1], weights, biases), strict=True):
            total += delta[0]
    return [float(np.linalg.norm(total)) / len(x) for total in totals]
