"""train_two_layer: lecture 004's network, trained from scratch in about 20 lines."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Trained = tuple[Array, Array, list[float]]


def _draw(draw: Draw) -> Arguments:
    B, D, H, K = draw.size(1, 4), draw.size(1, 3), draw.size(1, 3), draw.size(1, 2)
    x, y = draw.array(B, D, low=-2.0, high=2.0), draw.array(B, K, low=-2.0, high=2.0)
    W1, W2 = draw.array(D, H, low=-2.0, high=2.0), draw.array(H, K, low=-2.0, high=2.0)
    return x, y, W1, W2, draw.size(1, 3), draw.choice((0.05, 0.02))


def _sized(draw: Draw, sizes: tuple[int, ...], steps: int, learning_rate: float = 0.05) -> Arguments:
    B, D, H, K = sizes
    shapes = (B, D), (B, K), (D, H), (H, K)
    return *(draw.array(*shape, low=-1.0, high=1.0) for shape in shapes), steps, learning_rate


def _rising(draw: Draw) -> Arguments:
    """Steps that are too long: the loss rises from the first to the second, and the training goes on."""
    *arrays, steps, learning_rate = _sized(draw, (4, 2, 3, 2), 4, 0.5)
    while True:
        losses = train_two_layer(*arrays, steps, learning_rate)[2]
        if losses[1] > losses[0]:
            return *arrays, steps, learning_rate
        learning_rate *= 2


@exercise(
    points=2,
    at_home=True,
    lecture="004, Full implementation of training a 2-layer neural network from scratch in 20 lines of code",
    concepts=(13,),
    draw=_draw,
    draws=6,
    edges=(
        Drawn(lambda draw: _sized(draw, (5, 3, 4, 2), 3)),
        Drawn(lambda draw: _sized(draw, (1, 2, 3, 1), 1)),
        Drawn(lambda draw: _sized(draw, (3, 2, 2, 3), 2)),
        Drawn(lambda draw: _sized(draw, (3, 2, 3, 2), 2, 0.0)),
        Drawn(_rising),
    ),
    observe=observers.observe_training,
    forbidden=AUTOGRAD,
)
def train_two_layer(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    """h = sigmoid(x W1), y_pred = h W2, loss = sum of (y_pred - y)^2; G = 2 (y_pred - y), dW2 = h^T G, dW1 = x^T ((G
    W2^T) * h * (1 - h)); then both W = W - learning_rate * dW.

    shapes: x (B, D), W1 (D, H), h (B, H), W2 (H, K), G and y (B, K); each gradient has the shape of its W.
    worked: x = [[0]], W1 = [[5]], W2 = [[2]], y = [[0]]: h = 0.5, y_pred = 1, loss 1, G = 2, dW2 = 1, dW1 = 0.
    """
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        dscores = 2 * error
        dW2 = h.T @ dscores
        dW1 = x.T @ (dscores @ W2.T * h * (1 - h))
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.alternative
def copies(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    w1, w2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-x.dot(w1)))
        y_pred = h.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = h.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T)
        grad_w1 = x.T.dot(grad_h * h * (1 - h))
        w1 -= learning_rate * grad_w1
        w2 -= learning_rate * grad_w2
    return w1, w2, losses


@train_two_layer.alternative
def functions(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Any:
    def sigmoid(z: Array) -> Array:
        return (np.tanh(z / 2) + 1) / 2

    losses = np.zeros(steps)
    for step in range(steps):
        z = x @ W1
        G = sigmoid(z) @ W2 - y
        losses[step] = np.sum(G * G)
        below = (G @ W2.T) * sigmoid(z) * sigmoid(-z)
        W2 = W2 - 2 * learning_rate * sigmoid(z).T @ G
        W1 = W1 - 2 * learning_rate * x.T @ below
    return [W1, W2, losses]
