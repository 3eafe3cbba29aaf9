"""The mean squared error."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B, D = draw.size(1, 4), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((B,), (B, D)))
    return draw.array(*shape), draw.array(*shape)


def _mse_loss(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target) ** 2)


def _mse_loss_sum_over_size(prediction: Array, target: Array) -> Array:
    error = prediction - target
    return (error * error).sum() / error.size


def _mse_loss_dot(prediction: Array, target: Array) -> Array:
    error = (target - prediction).ravel()
    return error @ error / len(error)


def _mse_loss_loop(prediction: Array, target: Array) -> float:
    total = 0.0
    for p, t in zip(prediction.ravel(), target.ravel(), strict=True):
        total += (p - t) ** 2
    return total / prediction.size


def _mse_loss_sum_of_squares(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).sum()


def _mse_loss_sum_over_the_features(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).sum() / len(prediction)


def _mse_loss_absolute_error(prediction: Array, target: Array) -> Array:
    return np.abs(prediction - target).mean()


def _mse_loss_square_forgotten(prediction: Array, target: Array) -> Array:
    return np.mean(prediction - target)


def _mse_loss_square_of_the_mean(prediction: Array, target: Array) -> Array:
    return np.mean(prediction - target) ** 2


def _mse_loss_root(prediction: Array, target: Array) -> Array:
    return np.sqrt(np.mean((prediction - target) ** 2))


def _mse_loss_half(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target) ** 2) / 2


def _mse_loss_difference_of_squares(prediction: Array, target: Array) -> Array:
    return np.mean(prediction**2 - target**2)


def _mse_loss_one_mean_per_feature(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target) ** 2, axis=0)


def _mse_loss_mean_forgotten(prediction: Array, target: Array) -> Array:
    return (prediction - target) ** 2


mse_loss = exercise(
    name="mse_loss",
    points=1,
    at_home=True,
    lecture="003, Loss for regression",
    signature="mse_loss(prediction, target)",
    draw=_draw,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.0]))),
        Case((np.array([[1.0, 3.0], [-1.0, 0.5], [2.0, 2.5]]), np.array([[2.0, 1.5], [-1.0, 2.5], [0.0, 2.0]]))),
        Case((np.array([-2.0]), np.array([1.0]))),
    ),
    reference=_mse_loss,
    misconceptions=(
        Misconception(
            "sum of squares",
            _mse_loss_sum_of_squares,
            "Does your loss double when the same examples come twice? A mean would not.",
        ),
        Misconception(
            "sum over the features",
            _mse_loss_sum_over_the_features,
            "The mean is over all numbers of the array, (B, D) or (B,). By how many do you divide?",
        ),
        Misconception(
            "absolute error",
            _mse_loss_absolute_error,
            "An error of 10 should cost 100 times as much as an error of 1. In yours?",
        ),
        Misconception(
            "square forgotten",
            _mse_loss_square_forgotten,
            "Errors of 5 and -5 cancel in your loss. What keeps them from doing so?",
        ),
        Misconception(
            "square of the mean",
            _mse_loss_square_of_the_mean,
            "Which comes first: the square of each error, or the mean?",
        ),
        Misconception(
            "square root taken",
            _mse_loss_root,
            "The root of the mean squared error has its uses and its own name, RMSE. Is there a root in MSE?",
        ),
        Misconception(
            "divided by 2",
            _mse_loss_half,
            "Some books put a factor 1/2 in front. Does PyTorch's formula above?",
        ),
        Misconception(
            "difference of squares",
            _mse_loss_difference_of_squares,
            "Which comes first: the difference, or the square? A prediction of -2 for 2 is not perfect.",
        ),
        Misconception(
            "one mean per feature",
            _mse_loss_one_mean_per_feature,
            "Along which axes does your mean go? The loss is one number.",
        ),
        Misconception(
            "mean forgotten",
            _mse_loss_mean_forgotten,
            "Your result has one number per error. Which one number is the loss?",
        ),
    ),
    alternatives=(_mse_loss_sum_over_size, _mse_loss_dot, _mse_loss_loop),
    forbidden=(*library("mse_loss", "MSELoss"), "sklearn.metrics.mean_squared_error"),
    formula="L = mean of (prediction - target)², over all numbers of the arrays.",
    shapes="`prediction` and `target` have the same shape, (B,) or (B, D); the loss is a number.",
    worked="prediction = [1, 4], target = [2, 2]: L = ((-1)² + 2²) / 2 = 2.5",
)
