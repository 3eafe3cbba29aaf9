"""RMSprop: a learning rate for each parameter, from a running mean of its squared gradients."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.descent.common import EPS, exercise, optimizers, parameters_and_gradient, squares
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Step = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    theta, grad = parameters_and_gradient(draw)
    return theta, grad, squares(draw, grad), draw.choice((0.5, 0.1)), draw.choice((0.75, 0.9, 0.99)), 1e-8


def _tiny(draw: Draw) -> Arguments:
    """Gradients beside which the default eps counts."""
    theta, grad = parameters_and_gradient(draw)
    return theta, 1e-9 * grad, np.zeros_like(grad)


_TINY = np.array([1e-3, -2e-3])


@exercise(
    points=1,
    at_home=True,
    lecture="003, Extensions and variants of SGD: RMSProp",
    concepts=(20,),
    draw=_case,
    edges=(
        Case((np.array([1.0, -2.0, 3.0]), np.array([0.5, -4.0, 2.0]), np.zeros(3), 0.5, 0.9, 1e-8)),
        Case((np.array([1.0, -2.0]), _TINY, np.zeros(2), 0.5, 0.75, 0.01), "eps"),
        Case((np.array([1.0, -2.0]), np.zeros(2), np.zeros(2), 0.5, 0.75, 1e-8), "eps"),
        Case((np.array([1.0, -2.0]), np.array([0.5, -4.0]), np.ones(2)), "defaults"),
        Drawn(_tiny, "defaults"),
    ),
    aspects=EPS,
    forbidden=optimizers("RMSprop"),
)
def rmsprop_step(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    """square_avg = alpha * square_avg + (1 - alpha) * grad²; theta = theta - lr * grad / (sqrt(square_avg) + eps).

    shapes: `theta`, `grad` and `square_avg` have the same shape; the result is (theta, square_avg).
    worked: theta = [1], grad = [4], square_avg = [2], lr = 0.1, alpha = 0.5: square_avg = 0.5 * 2 + 0.5 * 16 = 9, theta
    = 1 - 0.1 * 4 / 3 = 0.8667
    """
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake("Some libraries add eps under the root; PyTorch does not. When do you take the root?")
def eps_inside_the_root(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / np.sqrt(square_avg + eps), square_avg


@rmsprop_step.mistake("What is 0 / 0? A parameter may have had no gradient so far.")
def eps_forgotten(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / np.sqrt(square_avg), square_avg


@rmsprop_step.mistake(
    "alpha = 0.99 should mean a long memory. Which of your terms does it multiply?",
    name="alpha and 1 - alpha exchanged",
)
def alpha_and_1_alpha_exchanged(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    return rmsprop_step(theta, grad, square_avg, lr, 1 - alpha, eps)


@rmsprop_step.mistake("This is Adagrad: your sum only grows. What should fade with time?")
def sum_instead_of_mean(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = square_avg + grad**2
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake(
    "If all gradients were 1, what should the mean of their squares be? What does yours tend to?",
    name="1 - alpha forgotten",
)
def rmsprop_weight_forgotten(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + grad**2
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake("If all gradients were ten times as large, should the steps be smaller, larger or the same?")
def root_forgotten(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (square_avg + eps), square_avg


@rmsprop_step.mistake("Is the newest gradient in the mean by which you divide?")
def old_mean(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    return theta - lr * grad / (np.sqrt(square_avg) + eps), alpha * square_avg + (1 - alpha) * grad**2


@rmsprop_step.mistake("Which mean does the next step start from?")
def mean_not_stored(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    return rmsprop_step(theta, grad, square_avg, lr, alpha, eps)[0], square_avg


@rmsprop_step.mistake("A mean of what is under the root?")
def gradients_not_squared(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * np.abs(grad)
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake("What is squared: the gradient, or (1 - alpha) times it?")
def weight_squared_too(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + ((1 - alpha) * grad) ** 2
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake("Do you go with the gradient, or against it?")
def uphill(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    return rmsprop_step(theta, grad, square_avg, -lr, alpha, eps)


@rmsprop_step.alternative
def rmsprop_towards(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Any:
    mean = square_avg + (1 - alpha) * (np.square(grad) - square_avg)
    return [theta - lr / (mean**0.5 + eps) * grad, mean]


@rmsprop_step.alternative
def rmsprop_in_place(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    theta, square_avg = theta.copy(), square_avg.copy()
    square_avg *= alpha
    square_avg += (1 - alpha) * grad * grad
    theta -= lr * grad / (eps + np.sqrt(square_avg))
    return theta, square_avg


@rmsprop_step.mistake("Which of the two is stored for the next step: the mean, or its root?")
def root_stored(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    new, square_avg = rmsprop_step(theta, grad, square_avg, lr, alpha, eps)
    return new, np.sqrt(square_avg)


@rmsprop_step.mistake("Each parameter has a mean of its own. Over what does yours run?")
def one_mean_for_all(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * np.mean(grad**2)
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake(
    "How long is a step where the gradient is small, and where it is large? What does the root divide?"
)
def sign_of_the_gradient(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * np.sign(grad), square_avg


@rmsprop_step.mistake("The mean starts at 0 and is small at first. Does RMSprop make up for it, or is this Adam?")
def starts_at_the_first_square(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = np.where(square_avg == 0, grad**2, alpha * square_avg + (1 - alpha) * grad**2)
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg


@rmsprop_step.mistake("What stands under the root: the mean of the squares, or that less something?")
def centred(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (np.sqrt(np.abs(square_avg - ((1 - alpha) * grad) ** 2)) + eps), square_avg


@rmsprop_step.mistake("Does lr multiply the whole quotient, or does it stand under the root too?")
def learning_rate_under_the_root(
    theta: Array, grad: Array, square_avg: Array, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> Step:
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (np.sqrt(lr * square_avg) + eps), square_avg
