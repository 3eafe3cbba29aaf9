"""Adagrad: a learning rate for each parameter, from the sum of its squared gradients."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import EPS, exercise, optimizers, parameters_and_gradient, squares
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Step = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    return theta, grad, squares(draw, grad), draw.choice((0.5, 0.1)), 1e-10


def _tiny(draw: Draw) -> Arguments:
    """Gradients beside which the default eps counts."""
    theta, grad = parameters_and_gradient(draw)
    return theta, 1e-9 * grad, np.zeros_like(grad)


_TINY = np.array([1e-3, -2e-3])


@exercise(
    points=1,
    at_home=True,
    lecture="003, Extensions and variants of SGD: AdaGrad",
    concepts=(20,),
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0, 3.0]), np.array([0.5, -4.0, 2.0]), np.zeros(3), 0.5, 1e-10)),
        Case((np.array([1.0, -2.0]), _TINY, np.zeros(2), 0.5, 0.01), "eps"),
        Case((np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), 0.5, 1e-10), "eps"),
        Case((np.array([1.0, -2.0]), np.array([0.5, -4.0]), np.ones(2)), "defaults"),
        Drawn(_tiny, "defaults"),
    ),
    aspects=EPS,
    forbidden=optimizers("Adagrad"),
)
def adagrad_step(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    """state_sum = state_sum + grad²; theta = theta - lr * grad / (sqrt(state_sum) + eps).

    shapes: `theta`, `grad` and `state_sum` have the same shape: nothing is summed over parameters.
    worked: theta = [1], grad = [3], state_sum = [16], lr = 0.1: state_sum = 16 + 9 = 25, theta = 1 - 0.1 * 3 / 5 = 0.94
    """
    state_sum = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Take a gradient of 0.001 and eps = 0.01: what is added to what, and when is the root taken?")
def eps_inside_the_root(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / np.sqrt(state_sum + eps), state_sum


@adagrad_step.mistake("What is 0 / 0? A parameter may have had no gradient so far.")
def eps_forgotten(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / np.sqrt(state_sum), state_sum


@adagrad_step.mistake("If all gradients were ten times as large, should the steps be smaller, larger or the same?")
def root_forgotten(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / (state_sum + eps), state_sum


@adagrad_step.mistake("What is summed: gradients, or their squares?")
def gradients_not_squared(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + np.abs(grad)
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Is the newest gradient in the sum by which you divide? At the first step?")
def old_sum(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum + grad**2


@adagrad_step.mistake("Which sum does the next step start from?")
def sum_not_stored(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(state_sum + grad**2) + eps), state_sum


@adagrad_step.mistake("Do earlier gradients slow your parameter down?")
def sum_forgotten(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(grad**2) + eps), grad**2


@adagrad_step.mistake("Adagrad gives each parameter its own rate. Over what does your sum run?")
def one_rate_for_all(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(np.sum(state_sum)) + eps), state_sum


@adagrad_step.mistake("Should parameters with large gradients get longer steps?")
def multiplied_by_the_root(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad * np.sqrt(state_sum), state_sum


@adagrad_step.mistake("Do you go with the gradient, or against it?")
def uphill(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta + lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.alternative
def adagrad_rates(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Any:
    total = state_sum + np.square(grad)
    rates = lr / (total**0.5 + eps)
    return [theta - rates * grad, total]


@adagrad_step.alternative
def adagrad_in_place(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    theta, state_sum = theta.copy(), state_sum.copy()
    state_sum += grad * grad
    step = np.sqrt(state_sum)
    step += eps
    theta -= lr * (grad / step)
    return theta, state_sum


@adagrad_step.mistake("What is summed: the gradients themselves, or their squares? Can your sum fall?")
def gradients_summed(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Does an old gradient still count as much as a new one? Adagrad's sum forgets nothing.")
def a_mean_that_forgets(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = 0.9 * state_sum + 0.1 * grad**2
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Which of the two is stored for the next step: the sum, or its root?")
def root_stored(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    new, state_sum = adagrad_step(theta, grad, state_sum, lr, eps)
    return new, np.sqrt(state_sum)


@adagrad_step.mistake("Is lr part of what is summed?")
def learning_rate_in_the_sum(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + (lr * grad) ** 2
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Which way does theta go when its gradient is negative?")
def sign_of_gradient_lost(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    new, state_sum = adagrad_step(theta, np.abs(grad), state_sum, lr, eps)
    return new, state_sum


@adagrad_step.mistake("Each parameter has a sum of its own. Over what does yours run?")
def one_sum_for_all(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + np.sum(grad**2)
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


@adagrad_step.mistake("Absolute values are added and no root is taken: what belongs together, squares or sizes?")
def sizes_summed(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + np.abs(grad)
    return theta - lr * grad / (state_sum + eps), state_sum
