"""Gradient descent: a number of steps against the gradient."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp6.descent import observers
from tplib.exercises.tp6.descent.common import exercise, optimizers, parameters_and_gradient
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray
Gradient = Callable[[Array], Array]


def _case(draw: Draw) -> Arguments:
    theta, curvature = parameters_and_gradient(draw)
    return theta, curvature, draw.choice((0.5, 0.1, 0.25)), draw.size(2, 4)


def _gradient_descent(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return theta


def _descent_copy(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    theta = theta.copy()
    for _ in range(steps):
        theta -= lr * gradient(theta)
    return theta


def _descent_recursive(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta if steps == 0 else _descent_recursive(theta - lr * gradient(theta), gradient, lr, steps - 1)


def _descent_path(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    path = [theta]
    while len(path) <= steps:
        path.append(path[-1] + lr * -gradient(path[-1]))
    return path[-1]


def _descent_uphill(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, -lr, steps)


def _descent_one_gradient(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta - steps * lr * gradient(theta)


def _descent_one_step(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta - lr * gradient(theta)


def _descent_without_lr(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, 1.0, steps)


def _descent_lr_twice(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, lr**2, steps)


def _descent_lr_divided(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, lr / steps if steps else lr, steps)


def _descent_one_step_too_few(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, lr, steps - 1)


def _descent_one_step_too_many(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return _gradient_descent(theta, gradient, lr, steps + 1)


def _descent_unit_steps(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        g = gradient(theta)
        theta = theta - lr * g / np.linalg.norm(g)
    return theta


def _descent_signs(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        theta = theta - lr * np.sign(gradient(theta))
    return theta


def _descent_forgets_theta(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        theta = -lr * gradient(theta)
    return theta


gradient_descent = exercise(
    name="gradient_descent",
    points=1,
    lecture="004, Alternatives to random search: gradient descent",
    signature="gradient_descent(theta, gradient, lr, steps)",
    inputs=("theta", "curvature", "lr", "steps"),
    draw=_case,
    edges=(
        Case((np.array([2.0, -1.0]), np.array([1.0, 2.0]), 0.25, 0)),
        Case((np.array([2.0]), np.array([4.0]), 0.25, 1)),
        Case((np.array([[3.0, 0.0, -2.0]]), np.array([[1.0, 0.5, 2.0]]), 0.1, 10)),
    ),
    observe=observers.descent,
    reference=_gradient_descent,
    misconceptions=(
        Misconception(
            "uphill", _descent_uphill, "The gradient points to where the loss grows. Which way do you want to go?"
        ),
        Misconception(
            "one gradient for all steps",
            _descent_one_gradient,
            "After the first step you stand somewhere else. What is the gradient there?",
        ),
        Misconception("one step", _descent_one_step, "How often does your update run when steps is 3?"),
        Misconception("learning rate forgotten", _descent_without_lr, "Does your result change with lr?"),
        Misconception("learning rate twice", _descent_lr_twice, "By what is the gradient multiplied, in all?"),
        Misconception(
            "learning rate divided by steps",
            _descent_lr_divided,
            "Should each step get shorter because many of them are to come?",
        ),
        Misconception(
            "one step too few", _descent_one_step_too_few, "How many times does your loop run when steps is 1?"
        ),
        Misconception(
            "one step too many", _descent_one_step_too_many, "How many times does your loop run when steps is 0?"
        ),
        Misconception(
            "steps of one length",
            _descent_unit_steps,
            "Near the minimum the gradient is small, and so should the step be. Is yours?",
        ),
        Misconception(
            "sign of the gradient", _descent_signs, "Does a steep direction make a longer step than a flat one?"
        ),
        Misconception(
            "position forgotten", _descent_forgets_theta, "A step starts from where you are. Where is theta in yours?"
        ),
    ),
    alternatives=(_descent_copy, _descent_recursive, _descent_path),
    forbidden=optimizers("SGD"),
    formula="steps times: theta = theta - lr * gradient(theta).",
    shapes="`theta` may have any shape; `gradient(theta)` has the same, and so has the result.",
    worked="theta = [3], gradient(theta) = 2 (theta - 1), lr = 0.25: 3 - 0.25 * 4 = 2, then 2 - 0.25 * 2 = 1.5",
)
