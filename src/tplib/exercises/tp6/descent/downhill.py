"""Gradient descent: a number of steps against the gradient."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp6.descent import observers
from tplib.exercises.tp6.descent.common import exercise, optimizers, parameters_and_gradient
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Gradient = Callable[[Array], Array]


def _case(draw: Draw) -> Arguments:
    theta, curvature = parameters_and_gradient(draw)
    return theta, (curvature, 1.0), draw.choice((0.5, 0.1, 0.25)), draw.size(2, 4)


def _near_the_minimum(draw: Draw) -> Arguments:
    """Where gradients are small, steps are still asked for."""
    theta, curvature = parameters_and_gradient(draw)
    return 1e-9 * theta, (np.abs(curvature) / 4, 0.0), 0.5, draw.size(2, 4)


def _no_step(draw: Draw) -> Arguments:
    theta, curvature = parameters_and_gradient(draw)
    return theta, (curvature, 1.0), 0.25, 0


@exercise(
    points=1,
    lecture="004, Alternatives to random search: gradient descent",
    concepts=(18,),
    inputs=("theta", "c and m of gradient(t) = c (t - m) + (mean of t - m) / 4", "lr", "steps"),
    draw=_case,
    edges=(
        Drawn(_near_the_minimum),
        Drawn(_no_step),
        Case((np.array([2.0]), (np.array([4.0]), 1.0), 0.25, 1)),
        Case((np.array([[3.0, 0.0, -2.0]]), (np.array([[1.0, 0.5, 2.0]]), 1.0), 0.1, 10)),
        Case((np.array([[3.0, 0.0], [5.0, -2.0]]), (np.array([[1.0, 0.5], [2.0, 0.25]]), 1.0), 0.5, 3)),
    ),
    atol=1e-15,
    observe=observers.descent,
    forbidden=optimizers("SGD"),
)
def gradient_descent(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    """steps times: theta = theta - lr * gradient(theta).

    shapes: `theta` may have any shape; `gradient(theta)` has the same, and so has the result.
    worked: theta = [3], gradient(theta) = 2 (theta - 1), lr = 0.25: 3 - 0.25 * 4 = 2, then 2 - 0.25 * 2 = 1.5
    """
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return theta


@gradient_descent.mistake("The gradient points to where the loss grows. Which way do you want to go?")
def uphill(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, -lr, steps)


@gradient_descent.mistake("After the first step you stand somewhere else. What is the gradient there?")
def one_gradient_for_all_steps(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta - steps * lr * gradient(theta)


@gradient_descent.mistake("How often does your update run when steps is 3?")
def one_step(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta - lr * gradient(theta)


@gradient_descent.mistake("Does your result change with lr?")
def learning_rate_forgotten(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, 1.0, steps)


@gradient_descent.mistake("By what is the gradient multiplied, in all?")
def learning_rate_twice(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, lr**2, steps)


@gradient_descent.mistake("Should each step get shorter because many of them are to come?")
def learning_rate_divided_by_steps(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, lr / steps if steps else lr, steps)


@gradient_descent.mistake("How many times does your loop run when steps is 1?")
def one_step_too_few(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, lr, steps - 1)


@gradient_descent.mistake("How many times does your loop run when steps is 0?")
def one_step_too_many(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, lr, steps + 1)


@gradient_descent.mistake("Near the minimum the gradient is small, and so should the step be. Is yours?")
def steps_of_one_length(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        g = gradient(theta)
        theta = theta - lr * g / np.linalg.norm(g)
    return theta


@gradient_descent.mistake("Does a steep direction make a longer step than a flat one?")
def sign_of_the_gradient(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        theta = theta - lr * np.sign(gradient(theta))
    return theta


@gradient_descent.mistake("A step starts from where you are. Where is theta in yours?")
def position_forgotten(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        theta = -lr * gradient(theta)
    return theta


@gradient_descent.alternative
def descent_copy(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    theta = theta.copy()
    for _ in range(steps):
        theta -= lr * gradient(theta)
    return theta


@gradient_descent.alternative
def descent_recursive(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return theta if steps == 0 else descent_recursive(theta - lr * gradient(theta), gradient, lr, steps - 1)


@gradient_descent.alternative
def descent_path(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    path = [theta]
    while len(path) <= steps:
        path.append(path[-1] + lr * -gradient(path[-1]))
    return path[-1]


@gradient_descent.mistake("How many steps do you make when steps is 0?")
def at_least_one_step(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, lr, max(steps, 1))


@gradient_descent.mistake("Where does your `return` stand: inside the loop, or after it?")
def return_in_the_loop(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array | None:
    return theta - lr * gradient(theta) if steps else None


@gradient_descent.mistake("Is a step longer or shorter with a larger lr?")
def divided_by_the_learning_rate(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, gradient, 1 / lr, steps)


@gradient_descent.mistake("Your steps get shorter by themselves. Which rate does the text use in each step?")
def learning_rate_divided_by_the_step(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for step in range(1, steps + 1):
        theta = theta - lr / step * gradient(theta)
    return theta


@gradient_descent.mistake("A large gradient makes a long step. Do you cut it off?")
def gradient_clipped(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    return gradient_descent(theta, lambda place: np.clip(gradient(place), -1, 1), lr, steps)


@gradient_descent.mistake(
    "Which gradients move theta in your third step: the one at its place, or those of all steps so far?"
)
def gradients_added_up(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    total = np.zeros_like(theta)
    for _ in range(steps):
        total = total + gradient(theta)
        theta = theta - lr * total
    return theta


@gradient_descent.mistake("What do you return: where you stand, or how steep it is there?")
def gradient_returned(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    slope = gradient(theta)
    for _ in range(steps):
        slope = gradient(theta)
        theta = theta - lr * slope
    return slope


@gradient_descent.mistake("How many steps are asked for? A small gradient ends nothing.")
def ends_when_the_gradient_is_small(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    for _ in range(steps):
        if np.abs(gradient(theta)).max() < 1e-6:
            break
        theta = theta - lr * gradient(theta)
    return theta


@gradient_descent.mistake(
    "Do all entries of theta move at once? The gradient of the second must not see the new first one."
)
def one_entry_after_the_other(theta: Array, gradient: Gradient, lr: float, steps: int) -> Array:
    theta = theta.copy()
    for _ in range(steps):
        for place in np.ndindex(theta.shape):
            theta[place] -= lr * gradient(theta)[place]
    return theta
