"""weighted_pool2d: the average of each window, weighted by the distance from its middle."""

from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp7.convolution.common import POOLINGS, POOLS, exercise, pool_sizes, windows
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray


def _case(draw: Draw, sizes: tuple[int, ...] = ()) -> Arguments:
    B, C, H, W, k, stride = sizes or pool_sizes(draw)
    return draw.array(B, C, H, W), k, stride, draw.choice((1.5, 0.7, 2.5))


def _white(draw: Draw) -> Arguments:
    """An image of one colour stays as it is."""
    return np.full((1, 2, 6, 7), draw.choice((1.0, -2.0, 0.5))), draw.choice((2, 3, 4)), 1, draw.choice((0.7, 1.5))


@exercise(
    points=2,
    at_home=True,
    lecture="003, Pooling",
    concepts=(32,),
    draw=_case,
    edges=(
        *(Drawn(partial(_case, sizes=sizes)) for sizes in POOLS),
        Drawn(partial(_case, sizes=(2, 2, 7, 6, 4, 2))),
        Drawn(partial(_case, sizes=(1, 3, 6, 8, 5, 1))),
        Drawn(_white),
        Drawn(lambda draw: _case(draw, (2, 2, 5, 7, 3, 1))[:2], "defaults"),
    ),
    forbidden=POOLINGS,
)
def weighted_pool2d(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    """weight(u, v) = exp(-d² / (2 sigma²)), d² = (u - m)² + (v - m)², m = (kernel_size - 1) / 2, divided by the sum of
    all weights of the window; z = the sum of weight * pixel.

    shapes: weights (kernel_size, kernel_size), x (B, C, H, W) -> z (B, C, Ho, Wo), as in max_pool2d.
    worked: kernel_size = 2: all four pixels are equally far from the middle, so each weighs 1/4.
    """
    stride = kernel_size if stride is None else stride
    squares = (np.arange(kernel_size) - (kernel_size - 1) / 2) ** 2
    weights = np.exp(-(squares[:, None] + squares) / (2 * sigma**2))
    weights = weights / weights.sum()
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        z[:, :, i, j] = (window * weights).sum(axis=(2, 3))
    return z


def pooled(x: Array, weights: Array, stride: int | None) -> Array:
    return np.einsum("bcijuv,uv->bcij", windows(x, *weights.shape, stride=stride or len(weights)), weights)


def bell(kernel_size: int, sigma: float, middle: float | None = None) -> Array:
    """exp(-d² / (2 sigma²)) for each pixel of a window."""
    m = (kernel_size - 1) / 2 if middle is None else middle
    line = np.exp(-((np.arange(kernel_size) - m) ** 2) / (2 * sigma**2))
    return np.outer(line, line)


def _normalised(weights: Array) -> Array:
    return weights / weights.sum()


@weighted_pool2d.mistake("Pool an image of ones. Does it stay as bright?")
def weights_do_not_add_up_to_1(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, bell(kernel_size, sigma), stride)


@weighted_pool2d.mistake(
    "The Gaussian density has its own factor. Does it make the weights of a small window add up to 1?"
)
def divided_by_2_pi_sigma_squared(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, bell(kernel_size, sigma) / (2 * np.pi * sigma**2), stride)


@weighted_pool2d.mistake(
    "The weights of the whole window add up to 1. What do the weights of each row add up to in yours?"
)
def each_row_adds_up_to_1(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    weights = bell(kernel_size, sigma)
    return pooled(x, weights / weights.sum(axis=1, keepdims=True), stride)


@weighted_pool2d.mistake("The weights of the whole window add up to 1. By how many numbers do you divide them?")
def mean_of_the_weighted_pixels(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, bell(kernel_size, sigma) / kernel_size**2, stride)


@weighted_pool2d.mistake("Where is the middle of 2 pixels: on the second one, or between them?")
def middle_on_a_pixel(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, _normalised(bell(kernel_size, sigma, kernel_size // 2)), stride)


@weighted_pool2d.mistake("Which pixel weighs most: the one in the middle, or the one in the corner?")
def distance_from_the_corner(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, _normalised(bell(kernel_size, sigma, 0.0)), stride)


@weighted_pool2d.mistake(
    "There is a 2 in the formula. Where is it in your code?", name="2 forgotten in 2 sigma squared"
)
def without_2(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, _normalised(bell(kernel_size, sigma / np.sqrt(2))), stride)


@weighted_pool2d.mistake("Is sigma squared in the formula?")
def sigma_not_squared(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, _normalised(bell(kernel_size, np.sqrt(sigma))), stride)


@weighted_pool2d.mistake("d or d squared: which one stands in the exponent?")
def distance_not_squared(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    place = np.arange(kernel_size) - (kernel_size - 1) / 2
    distance: Any = np.hypot(place[:, None], place)
    return pooled(x, _normalised(np.exp(-distance / (2 * sigma**2))), stride)


@weighted_pool2d.mistake("The weights fall like a bell. Where is the exponential function in yours?")
def inverse_of_the_distance(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    place = np.arange(kernel_size) - (kernel_size - 1) / 2
    return pooled(x, _normalised(1 / (1 + np.hypot(place[:, None], place) / sigma)), stride)


@weighted_pool2d.mistake("Are all pixels of the window equally far from the middle?")
def plain_average(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return pooled(x, np.full((kernel_size, kernel_size), 1 / kernel_size**2), stride)


@weighted_pool2d.mistake("By how much does the window move if no stride is given?")
def stride_1_by_default(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    return weighted_pool2d(x, kernel_size, 1 if stride is None else stride, sigma)


@weighted_pool2d.mistake("Each channel is pooled by itself. What happened to the channels?")
def channels_mixed(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    z = weighted_pool2d(x, kernel_size, stride, sigma)
    return np.repeat(z.mean(axis=1, keepdims=True), x.shape[1], axis=1)


@weighted_pool2d.alternative
def outer_product(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    line = np.exp(-((np.arange(kernel_size) - (kernel_size - 1) / 2) ** 2) / (2 * sigma**2))
    line /= line.sum()
    return pooled(x, np.outer(line, line), stride)


@weighted_pool2d.alternative
def np_average(x: Array, kernel_size: int, stride: int | None = None, sigma: float = 1.0) -> Array:
    if stride is None:
        stride = kernel_size
    weights = np.zeros((kernel_size, kernel_size))
    for u in range(kernel_size):
        for v in range(kernel_size):
            d2 = (u - (kernel_size - 1) / 2) ** 2 + (v - (kernel_size - 1) / 2) ** 2
            weights[u, v] = np.exp(-d2 / (2 * sigma**2))
    views = windows(x, kernel_size, kernel_size, stride)
    return np.average(views.reshape(*views.shape[:4], -1), axis=-1, weights=weights.ravel())
