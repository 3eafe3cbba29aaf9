"""Gradient descent with momentum, in PyTorch's form."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import exercise, optimizers, parameters_and_gradient
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray
Step = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    buffer = draw.array(*grad.shape)
    return theta, grad, np.where(buffer == 0, 0.5, buffer), draw.choice((0.5, 0.1, 0.01)), draw.choice((0.75, 0.9))


def _momentum_step(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta - lr * buffer, buffer


def _momentum_expanded(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * grad - lr * momentum * buffer, grad + momentum * buffer


def _momentum_in_place(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Any:
    theta, buffer = theta.copy(), buffer.copy()
    buffer *= momentum
    buffer += grad
    theta -= lr * buffer
    return [theta, buffer]


def _momentum_lecture(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + lr * grad
    return theta - buffer, buffer


def _momentum_lr_twice(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + lr * grad
    return theta - lr * buffer, buffer


def _momentum_minus(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer - grad
    return theta - lr * buffer, buffer


def _momentum_subtracted(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = grad - momentum * buffer
    return theta - lr * buffer, buffer


def _momentum_uphill(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta + lr * buffer, buffer


def _momentum_velocity(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer - lr * grad
    return theta + buffer, buffer


def _momentum_mean(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + (1 - momentum) * grad
    return theta - lr * buffer, buffer


def _momentum_nesterov(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta - lr * (grad + momentum * buffer), buffer


def _momentum_on_the_gradient(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = buffer + momentum * grad
    return theta - lr * buffer, buffer


def _momentum_old_buffer(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * buffer, momentum * buffer + grad


def _momentum_not_stored(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * (momentum * buffer + grad), buffer


def _momentum_gradient_only(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * grad, momentum * buffer + grad


def _momentum_exchanged(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return buffer, theta - lr * buffer


momentum_step = exercise(
    name="momentum_step",
    points=1,
    at_home=True,
    lecture="003, Extensions and variants of SGD: Momentum",
    signature="momentum_step(theta, grad, buffer, lr, momentum=0.9)",
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.zeros(2), 0.5, 0.75)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.array([-1.0, 2.0]), 0.5, 0.0)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.array([-1.0, 2.0]), 0.5), "defaults"),
    ),
    reference=_momentum_step,
    misconceptions=(
        Misconception(
            "learning rate in the buffer",
            _momentum_lecture,
            "This is the lecture's form. In PyTorch's the buffer holds gradients: where does lr come in?",
        ),
        Misconception(
            "learning rate twice", _momentum_lr_twice, "By what is a new gradient multiplied before it reaches theta?"
        ),
        Misconception(
            "gradient subtracted twice",
            _momentum_minus,
            "Two minus signs: one in the buffer, one in the step. Which way does the gradient push theta?",
        ),
        Misconception(
            "momentum subtracted",
            _momentum_subtracted,
            "Two equal gradients in a row should make a longer step. Do they in yours?",
        ),
        Misconception("uphill", _momentum_uphill, "The buffer is a sum of gradients. Which way lies the descent?"),
        Misconception(
            "velocity with a minus",
            _momentum_velocity,
            "Many books keep a velocity, -lr times the gradients. What does PyTorch's buffer hold?",
        ),
        Misconception(
            "a mean of gradients",
            _momentum_mean,
            "Which factor has the new gradient in the formula? 1 - momentum belongs to Adam.",
        ),
        Misconception(
            "Nesterov", _momentum_nesterov, "You look one step ahead. Which vector is multiplied by lr in the formula?"
        ),
        Misconception(
            "momentum on the gradient",
            _momentum_on_the_gradient,
            "Which of the two should fade with time: the past or the present?",
        ),
        Misconception("old buffer", _momentum_old_buffer, "Does your step know the gradient that was just computed?"),
        Misconception("buffer not stored", _momentum_not_stored, "Which buffer does the next step start from?"),
        Misconception(
            "step with the gradient alone", _momentum_gradient_only, "You keep a buffer. Does theta ever feel it?"
        ),
        Misconception("results exchanged", _momentum_exchanged, "Which comes first: theta, or the buffer?"),
    ),
    alternatives=(_momentum_expanded, _momentum_in_place),
    forbidden=optimizers("SGD"),
    formula="buffer = momentum * buffer + grad; theta = theta - lr * buffer.",
    shapes="`theta`, `grad` and `buffer` have the same shape; the result is (theta, buffer).",
    worked="theta = [1], grad = [2], buffer = [4], lr = 0.1, momentum = 0.5: buffer = 0.5 * 4 + 2 = 4, "
    "theta = 1 - 0.1 * 4 = 0.6",
)
