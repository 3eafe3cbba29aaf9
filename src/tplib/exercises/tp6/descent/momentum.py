"""Gradient descent with momentum, in PyTorch's form."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import exercise, optimizers, parameters_and_gradient
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Step = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    buffer = draw.array(*grad.shape)
    return theta, grad, np.where(buffer == 0, 0.5, buffer), draw.choice((0.5, 0.1, 0.01)), draw.choice((0.75, 0.9))


def _no_memory(draw: Draw) -> Arguments:
    """momentum 0 is a number like any other."""
    return *_case(draw)[:4], 0.0


@exercise(
    points=1,
    at_home=True,
    lecture="003, Extensions and variants of SGD: Momentum",
    concepts=(20,),
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.zeros(2), 0.5, 0.75)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.array([-1.0, 2.0]), 0.5, 0.0)),
        Drawn(_no_memory),
        Case((np.array([1.0, -2.0]), np.array([0.5, 4.0]), np.array([-1.0, 2.0]), 0.5), "defaults"),
    ),
    forbidden=optimizers("SGD"),
)
def momentum_step(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    """buffer = momentum * buffer + grad; theta = theta - lr * buffer.

    shapes: `theta`, `grad` and `buffer` have the same shape; the result is (theta, buffer).
    worked: theta = [1], grad = [2], buffer = [4], lr = 0.1, momentum = 0.5: buffer = 0.5 * 4 + 2 = 4, theta = 1 - 0.1 *
    4 = 0.6
    """
    buffer = momentum * buffer + grad
    return theta - lr * buffer, buffer


@momentum_step.mistake("This is the lecture's form. In PyTorch's the buffer holds gradients: where does lr come in?")
def learning_rate_in_the_buffer(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + lr * grad
    return theta - buffer, buffer


@momentum_step.mistake("By what is a new gradient multiplied before it reaches theta?")
def learning_rate_twice(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + lr * grad
    return theta - lr * buffer, buffer


@momentum_step.mistake("Two minus signs: one in the buffer, one in the step. Which way does the gradient push theta?")
def gradient_subtracted_twice(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer - grad
    return theta - lr * buffer, buffer


@momentum_step.mistake("Two equal gradients in a row should make a longer step. Do they in yours?")
def momentum_subtracted(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = grad - momentum * buffer
    return theta - lr * buffer, buffer


@momentum_step.mistake("The buffer is a sum of gradients. Which way lies the descent?")
def uphill(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta + lr * buffer, buffer


@momentum_step.mistake("Many books keep a velocity, -lr times the gradients. What does PyTorch's buffer hold?")
def velocity_with_a_minus(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer - lr * grad
    return theta + buffer, buffer


@momentum_step.mistake("Which factor has the new gradient in the formula? 1 - momentum belongs to Adam.")
def a_mean_of_gradients(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + (1 - momentum) * grad
    return theta - lr * buffer, buffer


@momentum_step.mistake("You look one step ahead. Which vector is multiplied by lr in the formula?", name="Nesterov")
def nesterov(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta - lr * (grad + momentum * buffer), buffer


@momentum_step.mistake("Which of the two should fade with time: the past or the present?")
def momentum_on_the_gradient(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = buffer + momentum * grad
    return theta - lr * buffer, buffer


@momentum_step.mistake("Does your step know the gradient that was just computed?")
def old_buffer(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * buffer, momentum * buffer + grad


@momentum_step.mistake("Which buffer does the next step start from?")
def buffer_not_stored(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * (momentum * buffer + grad), buffer


@momentum_step.mistake("You keep a buffer. Does theta ever feel it?")
def step_with_the_gradient_alone(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * grad, momentum * buffer + grad


@momentum_step.mistake("Which comes first: theta, or the buffer?")
def results_exchanged(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return buffer, theta - lr * buffer


@momentum_step.alternative
def momentum_expanded(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * grad - lr * momentum * buffer, grad + momentum * buffer


@momentum_step.alternative
def momentum_in_place(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Any:
    theta, buffer = theta.copy(), buffer.copy()
    buffer *= momentum
    buffer += grad
    theta -= lr * buffer
    return [theta, buffer]


@momentum_step.mistake("What is left of the earlier gradients in your buffer?")
def no_memory(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return theta - lr * grad, grad.copy()


@momentum_step.mistake("Earlier gradients should fade. By which factor does your buffer shrink at each step?")
def nothing_fades(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return momentum_step(theta, grad, buffer, lr, 1.0)


@momentum_step.mistake("What does momentum multiply: the buffer alone, or the new gradient too?")
def momentum_on_both(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * (buffer + grad)
    return theta - lr * buffer, buffer


@momentum_step.mistake("The buffer holds the new gradient already. How often does it move theta?")
def gradient_counted_twice(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer + grad
    return theta - lr * (buffer + grad), buffer


@momentum_step.mistake("Is 0 a missing value, or a number like any other?", name="0 taken for not given")
def zero_taken_for_not_given(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return momentum_step(theta, grad, buffer, lr, momentum or 0.9)


@momentum_step.mistake("Each parameter has a buffer of its own. Over what do you sum, or take the mean?")
def one_buffer_for_all(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    return momentum_step(theta, grad, np.full_like(buffer, buffer.sum()), lr, momentum)


@momentum_step.mistake("Which sign has your buffer? In the formula it is the sum of the gradients themselves.")
def buffer_with_sign_of_the_step(theta: Array, grad: Array, buffer: Array, lr: float, momentum: float = 0.9) -> Step:
    buffer = momentum * buffer - grad
    return theta + lr * buffer, buffer
