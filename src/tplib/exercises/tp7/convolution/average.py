"""avg_pool2d: the mean of each window, padding counted as zeros."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import POOLINGS, exercise, pool_sizes, windows
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
SIZES = (  # B, C, H, W, k, stride, padding
    (1, 1, 4, 6, 2, 2, 0),
    (2, 3, 5, 6, 3, 1, 1),
    (2, 2, 7, 8, 3, 2, 1),
    (1, 2, 5, 4, 4, 1, 2),
    (2, 1, 6, 5, 2, 3, 1),
    (3, 2, 7, 5, 3, 2, 0),
)


def _case(draw: Draw, sizes: tuple[int, ...] = ()) -> Arguments:
    B, C, H, W, k, stride, *rest = sizes or pool_sizes(draw)
    padding = rest[0] if rest else draw.size(0, k // 2)
    return draw.array(B, C, H, W), k, stride, padding


@exercise(
    points=1,
    at_home=True,
    lecture="003, Pooling",
    concepts=(32,),
    draw=_case,
    edges=(
        *(Drawn(partial(_case, sizes=sizes)) for sizes in SIZES),
        Drawn(lambda draw: _case(draw, (2, 2, 5, 7, 2, 1, 0))[:2], "defaults"),
    ),
    forbidden=POOLINGS,
)
def avg_pool2d(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    """z = the mean of the kernel_size ** 2 numbers in each window of x with `padding` zeros on all sides.

    shapes: x (B, C, H, W) -> z (B, C, Ho, Wo), Ho = (H + 2 padding - kernel_size) // stride + 1.
    worked: the corner of an image of ones, window 3, padding 1: four ones and five zeros: 4 / 9.
    """
    stride = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho, Wo = ((n - kernel_size) // stride + 1 for n in x.shape[2:])
    z = np.empty((*x.shape[:2], Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        z[:, :, i, j] = window.mean(axis=(2, 3))
    return z


def _views(x: Array, kernel_size: int, stride: int | None, padding: int, fill: float = 0.0) -> Array:
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return windows(np.pad(x, sides, constant_values=fill), kernel_size, kernel_size, stride or kernel_size)


@avg_pool2d.mistake("The text counts the zeros of the padding as pixels. By how many do you divide at the corner?")
def padding_not_counted(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return np.nanmean(_views(x, kernel_size, stride, padding, np.nan), axis=(-2, -1))


@avg_pool2d.mistake("How many pixels has a window of 3 rows and 3 columns?")
def divided_by_the_side(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return avg_pool2d(x, kernel_size, stride, padding) * kernel_size


@avg_pool2d.mistake("A window of twos: what is its average?")
def sum_of_the_window(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return avg_pool2d(x, kernel_size, stride, padding) * kernel_size**2


@avg_pool2d.mistake("By how much does the window move if no stride is given?")
def stride_1_by_default(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return avg_pool2d(x, kernel_size, 1 if stride is None else stride, padding)


@avg_pool2d.mistake("Each channel is pooled by itself. Over which axes does your mean go?")
def mean_over_the_channels(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return avg_pool2d(x, kernel_size, stride, padding).mean(axis=1, keepdims=True)


@avg_pool2d.mistake("What stands in the padding: zeros, or the pixels at the border once more?")
def border_repeated(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return avg_pool2d(np.pad(x, sides, mode="edge"), kernel_size, stride)


@avg_pool2d.mistake("A summary of the window: which one is asked for?")
def maximum(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return _views(x, kernel_size, stride, padding).max(axis=(-2, -1))


@avg_pool2d.mistake("Is the value in the middle of a sorted window its average?")
def median(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return np.median(_views(x, kernel_size, stride, padding), axis=(-2, -1))


@avg_pool2d.alternative
def by_views(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    return _views(x, kernel_size, stride, padding).sum(axis=(-2, -1)) / kernel_size**2


@avg_pool2d.alternative
def as_a_convolution(x: Array, kernel_size: int, stride: int | None = None, padding: int = 0) -> Array:
    step = kernel_size if stride is None else stride
    kernel = np.ones((kernel_size, kernel_size)) / (kernel_size * kernel_size)
    return np.einsum("bcijuv,uv->bcij", _views(x, kernel_size, step, padding), kernel)
