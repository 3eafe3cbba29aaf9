"""train_two_layer: lecture 004's network, trained from scratch in about 20 lines."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Trained = tuple[Array, Array, list[float]]


def _draw(draw: Draw) -> Arguments:
    B, D, H, K = draw.size(1, 4), draw.size(1, 3), draw.size(1, 3), draw.size(1, 2)
    x, y = draw.array(B, D, low=-2.0, high=2.0), draw.array(B, K, low=-2.0, high=2.0)
    W1, W2 = draw.array(D, H, low=-2.0, high=2.0), draw.array(H, K, low=-2.0, high=2.0)
    return x, y, W1, W2, draw.size(1, 3), draw.choice((0.05, 0.02))


def _edge(B: int, D: int, H: int, K: int, steps: int) -> Arguments:
    rng = np.random.default_rng(6)
    shapes = (B, D), (B, K), (D, H), (H, K)
    return *(rng.uniform(-1, 1, shape) for shape in shapes), steps, 0.05


def _gradients(x: Array, y: Array, W1: Array, W2: Array) -> tuple[Array, Array, float]:
    h = 1 / (1 + np.exp(-(x @ W1)))
    error = h @ W2 - y
    dW1 = x.T @ (2 * error @ W2.T * h * (1 - h))
    return dW1, h.T @ (2 * error), (error**2).sum()


@exercise(
    points=2,
    at_home=True,
    lecture="004, Full implementation of training a 2-layer neural network from scratch in 20 lines of code",
    draw=_draw,
    draws=6,
    edges=(Case(_edge(5, 3, 4, 2, 3)), Case(_edge(1, 2, 3, 1, 1)), Case(_edge(3, 2, 2, 3, 2))),
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


@train_two_layer.mistake(
    "`W1 -= ...` writes into the caller's array. What does a second call with the same W1 start from?"
)
def changes_the_given_weights(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake(
    "The gradient of h goes back through W2. Through the W2 of the forward pass, or a new one?",
    name="updated W2 too early",
)
def updated_w2_too_early(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        W2 = W2 - learning_rate * h.T @ (2 * error)
        W1 = W1 - learning_rate * x.T @ (2 * error @ W2.T * h * (1 - h))
    return W1, W2, losses


@train_two_layer.mistake("Between x W1 and h stands a sigmoid. Where is its slope in the gradient of W1?")
def slope_of_the_sigmoid_forgotten(
    x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float
) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        dW1, dW2 = x.T @ (2 * error @ W2.T), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("h is the value of the sigmoid already. What is its slope, written with h?")
def sigmoid_applied_twice(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        s = 1 / (1 + np.exp(-h))
        dW1, dW2 = x.T @ (2 * error @ W2.T * s * (1 - s)), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("What is the derivative of a square?")
def factor_2_forgotten(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return train_two_layer(x, y, W1, W2, steps, learning_rate / 2)


@train_two_layer.mistake("The gradient points to where the loss rises. Do your steps go with it, or against it?")
def climbs(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return train_two_layer(x, y, W1, W2, steps, -learning_rate)


@train_two_layer.mistake("The lecture's loss is the sum over all examples and outputs. By what do you divide?")
def mean_instead_of_sum(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss / y.size)
        W1, W2 = W1 - learning_rate / y.size * dW1, W2 - learning_rate / y.size * dW2
    return W1, W2, losses


@train_two_layer.mistake("The weights are right. Is the loss that you return a sum, as in the lecture, or a mean?")
def mean_of_the_losses(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    W1, W2, losses = train_two_layer(x, y, W1, W2, steps, learning_rate)
    return W1, W2, [loss / y.size for loss in losses]


@train_two_layer.mistake("The first loss should be that of the given weights. When do you compute it?")
def loss_after_the_step(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, _loss = _gradients(x, y, W1, W2)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
        losses.append(_gradients(x, y, W1, W2)[2])
    return W1, W2, losses


@train_two_layer.mistake("One loss for each step is asked for. How many do you return?")
def last_loss_only(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Any:
    W1, W2, losses = train_two_layer(x, y, W1, W2, steps, learning_rate)
    return W1, W2, losses[-1]


@train_two_layer.mistake("Your W1 never changes. How does the gradient get from h to W1?")
def first_layer_not_trained(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        _, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W2 = W2 - learning_rate * dW2
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
