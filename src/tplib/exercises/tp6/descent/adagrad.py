"""Adagrad: a learning rate for each parameter, from the sum of its squared gradients."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import EPS, exercise, optimizers, parameters_and_gradient, squares
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray
Step = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    return theta, grad, squares(draw, grad), draw.choice((0.5, 0.1)), 1e-10


def _adagrad_step(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


def _adagrad_rates(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Any:
    total = state_sum + np.square(grad)
    rates = lr / (total**0.5 + eps)
    return [theta - rates * grad, total]


def _adagrad_in_place(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    theta, state_sum = theta.copy(), state_sum.copy()
    state_sum += grad * grad
    step = np.sqrt(state_sum)
    step += eps
    theta -= lr * (grad / step)
    return theta, state_sum


def _adagrad_eps_in_root(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / np.sqrt(state_sum + eps), state_sum


def _adagrad_no_eps(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / np.sqrt(state_sum), state_sum


def _adagrad_no_root(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / (state_sum + eps), state_sum


def _adagrad_not_squared(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + np.abs(grad)
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum


def _adagrad_old_sum(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum + grad**2


def _adagrad_not_stored(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(state_sum + grad**2) + eps), state_sum


def _adagrad_no_sum(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    return theta - lr * grad / (np.sqrt(grad**2) + eps), grad**2


def _adagrad_one_rate(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(np.sum(state_sum)) + eps), state_sum


def _adagrad_multiplied(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta - lr * grad * np.sqrt(state_sum), state_sum


def _adagrad_uphill(theta: Array, grad: Array, state_sum: Array, lr: float = 0.01, eps: float = 1e-10) -> Step:
    state_sum = state_sum + grad**2
    return theta + lr * grad / (np.sqrt(state_sum) + eps), state_sum


_TINY = np.array([1e-3, -2e-3])

adagrad_step = exercise(
    name="adagrad_step",
    points=1,
    at_home=True,
    lecture="003, Extensions and variants of SGD: AdaGrad",
    signature="adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10)",
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0, 3.0]), np.array([0.5, -4.0, 2.0]), np.zeros(3), 0.5, 1e-10)),
        Case((np.array([1.0, -2.0]), _TINY, np.zeros(2), 0.5, 0.01), "eps"),
        Case((np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), 0.5, 1e-10), "eps"),
        Case((np.array([1.0, -2.0]), np.array([0.5, -4.0]), np.ones(2)), "defaults"),
    ),
    aspects=EPS,
    reference=_adagrad_step,
    misconceptions=(
        Misconception(
            "eps inside the root",
            _adagrad_eps_in_root,
            "Take a gradient of 0.001 and eps = 0.01: what is added to what, and when is the root taken?",
        ),
        Misconception("eps forgotten", _adagrad_no_eps, "What is 0 / 0? A parameter may have had no gradient so far."),
        Misconception(
            "root forgotten",
            _adagrad_no_root,
            "If all gradients were ten times as large, should the steps be smaller, larger or the same?",
        ),
        Misconception("gradients not squared", _adagrad_not_squared, "What is summed: gradients, or their squares?"),
        Misconception(
            "old sum", _adagrad_old_sum, "Is the newest gradient in the sum by which you divide? At the first step?"
        ),
        Misconception("sum not stored", _adagrad_not_stored, "Which sum does the next step start from?"),
        Misconception("sum forgotten", _adagrad_no_sum, "Do earlier gradients slow your parameter down?"),
        Misconception(
            "one rate for all",
            _adagrad_one_rate,
            "Adagrad gives each parameter its own rate. Over what does your sum run?",
        ),
        Misconception(
            "multiplied by the root", _adagrad_multiplied, "Should parameters with large gradients get longer steps?"
        ),
        Misconception("uphill", _adagrad_uphill, "Do you go with the gradient, or against it?"),
    ),
    alternatives=(_adagrad_rates, _adagrad_in_place),
    forbidden=optimizers("Adagrad"),
    formula="state_sum = state_sum + grad²; theta = theta - lr * grad / (sqrt(state_sum) + eps).",
    shapes="`theta`, `grad` and `state_sum` have the same shape: nothing is summed over parameters.",
    worked="theta = [1], grad = [3], state_sum = [16], lr = 0.1: state_sum = 16 + 9 = 25, "
    "theta = 1 - 0.1 * 3 / 5 = 0.94",
)
