"""The mean squared error."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    B, D = draw.size(1, 4), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((B,), (B, D)))
    return draw.array(*shape), draw.array(*shape)


@exercise(
    points=1,
    at_home=True,
    lecture="003, Loss for regression",
    concepts=(11,),
    draw=_draw,
    edges=(
        Case((np.array([1.0, 3.0, -1.0]), np.array([2.0, 1.5, -1.0]))),
        Case((np.array([[1.0, 3.0], [-1.0, 0.5], [2.0, 2.5]]), np.array([[2.0, 1.5], [-1.0, 2.5], [0.0, 2.0]]))),
        Case((np.array([-2.0]), np.array([1.0]))),
    ),
    forbidden=(*library("mse_loss", "MSELoss"), "sklearn.metrics.mean_squared_error"),
)
def mse_loss(prediction: Array, target: Array) -> Array:
    """L = mean of (prediction - target)², over all numbers of the arrays.

    shapes: `prediction` and `target` have the same shape, (B,) or (B, D); the loss is a number.
    worked: prediction = [1, 4], target = [2, 2]: L = ((-1)² + 2²) / 2 = 2.5
    """
    return np.mean((prediction - target) ** 2)


@mse_loss.mistake("Does your loss double when the same examples come twice? A mean would not.")
def sum_of_squares(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).sum()


@mse_loss.mistake("The mean is over all numbers of the array, (B, D) or (B,). By how many do you divide?")
def sum_over_the_features(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).sum() / len(prediction)


@mse_loss.mistake("An error of 10 should cost 100 times as much as an error of 1. In yours?")
def absolute_error(prediction: Array, target: Array) -> Array:
    return np.abs(prediction - target).mean()


@mse_loss.mistake("Errors of 5 and -5 cancel in your loss. What keeps them from doing so?")
def square_forgotten(prediction: Array, target: Array) -> Array:
    return np.mean(prediction - target)


@mse_loss.mistake("Which comes first: the square of each error, or the mean?")
def square_of_the_mean(prediction: Array, target: Array) -> Array:
    return np.mean(prediction - target) ** 2


@mse_loss.mistake("The root of the mean squared error has its uses and its own name, RMSE. Is there a root in MSE?")
def square_root_taken(prediction: Array, target: Array) -> Array:
    return np.sqrt(np.mean((prediction - target) ** 2))


@mse_loss.mistake("Some books put a factor 1/2 in front. Does PyTorch's formula above?")
def divided_by_2(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target) ** 2) / 2


@mse_loss.mistake("Which comes first: the difference, or the square? A prediction of -2 for 2 is not perfect.")
def difference_of_squares(prediction: Array, target: Array) -> Array:
    return np.mean(prediction**2 - target**2)


@mse_loss.mistake("Along which axes does your mean go? The loss is one number.")
def one_mean_per_feature(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target) ** 2, axis=0)


@mse_loss.mistake("Your result has one number per error. Which one number is the loss?")
def mean_forgotten(prediction: Array, target: Array) -> Array:
    return (prediction - target) ** 2


@mse_loss.mistake("`np.var` subtracts the mean error first. What does it say of predictions that are all wrong by 5?")
def mean_error_removed(prediction: Array, target: Array) -> Array:
    return np.var(prediction - target)


@mse_loss.mistake("A mean divides by the number of errors. Where does your - 1 come from?", name="n - 1")
def n_1(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).sum() / max(prediction.size - 1, 1)


@mse_loss.mistake("The norm is the root of the sum of squares. Which power of it does the loss need?")
def norm_not_squared(prediction: Array, target: Array) -> np.floating:
    return np.linalg.norm(prediction - target) / prediction.size


@mse_loss.mistake("Of a table, `np.linalg.norm(x, 2)` is the largest singular value. Which norm adds all squares?")
def spectral_norm(prediction: Array, target: Array) -> np.floating:
    return np.linalg.norm(prediction - target, 2) ** 2 / prediction.size


@mse_loss.mistake("Each prediction has one target. With how many targets do you compare it?")
def every_prediction_with_every_target(prediction: Array, target: Array) -> Array:
    return np.mean((prediction.ravel()[:, None] - target.ravel()) ** 2)


@mse_loss.mistake("(a - b)² is a² - 2ab + b². Is your 2 there?", name="2ab forgotten")
def product_counted_once(prediction: Array, target: Array) -> Array:
    return np.mean(prediction**2 - prediction * target + target**2)


@mse_loss.mistake("Change the first prediction: does your loss change? Where does the loop start?")
def first_error_left_out(prediction: Array, target: Array) -> Array:
    return np.square(prediction - target).ravel()[1:].sum() / prediction.size


@mse_loss.mistake("For tables (B, D) the mean is over all columns. Which ones do you look at?")
def first_column_only(prediction: Array, target: Array) -> Array:
    return np.mean((prediction - target).reshape(len(target), -1)[:, 0] ** 2)


@mse_loss.alternative
def sum_over_size(prediction: Array, target: Array) -> Array:
    error = prediction - target
    return (error * error).sum() / error.size


@mse_loss.alternative
def dot(prediction: Array, target: Array) -> Array:
    error = (target - prediction).ravel()
    return error @ error / len(error)


@mse_loss.alternative
def loop(prediction: Array, target: Array) -> float:
    total = 0.0
    for p, t in zip(prediction.ravel(), target.ravel(), strict=True):
        total += (p - t) ** 2
    return total / prediction.size
