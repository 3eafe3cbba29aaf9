"""max_pool2d: the largest value of each window."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import POOL_CASES, POOLINGS, POOLS, exercise, pool_case, windows
from tplib.graders.draw import Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray


def _negative(draw: Draw) -> tuple[Array, int, int]:
    """No value above 0: a start at 0 would win."""
    x, k, stride = pool_case(draw, POOLS[2], low=-3.0, high=-0.5)
    return x, k, stride


@exercise(
    points=2,
    lecture="003, Pooling",
    concepts=(32,),
    draw=pool_case,
    edges=(
        *POOL_CASES,
        Drawn(lambda draw: pool_case(draw, (2, 2, 5, 7, 2, 1))[:2], "defaults"),
        Drawn(_negative),
        Drawn(partial(pool_case, sizes=(2, 2, 7, 6, 4, 1))),
    ),
    forbidden=POOLINGS,
)
def max_pool2d(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    """z(b, c, i, j) = the largest of x(b, c, s i + u, s j + v), 0 <= u, v < kernel_size; s = stride or kernel_size.

    shapes: x (B, C, H, W) -> z (B, C, Ho, Wo), Ho = (H - kernel_size) // stride + 1; Wo from W.
    worked: the row [1, 5, 2, 4, 3] in windows of 2 (of one row): stride 2 gives 5, 4; the last pixel has no window.
    """
    stride = kernel_size if stride is None else stride
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        z[:, :, i, j] = window.max(axis=(2, 3))
    return z


def _views(x: Array, kernel_size: int, stride: int | None) -> Array:
    return windows(x, kernel_size, kernel_size, stride or kernel_size)


@max_pool2d.mistake("By how much does the window move if no stride is given?")
def stride_1_by_default(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d(x, kernel_size, 1 if stride is None else stride)


@max_pool2d.mistake("Do windows always touch? Where does your code use a stride that is given?")
def stride_always_the_size_of_the_window(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d(x, kernel_size)


@max_pool2d.mistake("What is the largest of -3 and -1? With which number does your search begin?")
def never_below_0(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return np.maximum(max_pool2d(x, kernel_size, stride), 0)


@max_pool2d.mistake("Which is the largest of -5 and 4?")
def largest_absolute_value(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d(np.abs(x), kernel_size, stride)


@max_pool2d.mistake("Each channel is pooled by itself. Over which axes does your maximum go?")
def maximum_over_the_channels(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d(x, kernel_size, stride).max(axis=1, keepdims=True)


@max_pool2d.mistake("A window that hangs over the edge does not count. How many rows has z?")
def windows_over_the_edge(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    step = kernel_size if stride is None else stride
    more = [(-(n - kernel_size)) % step for n in x.shape[2:]]
    padded = np.pad(x, ((0, 0), (0, 0), (0, more[0]), (0, more[1])), constant_values=-np.inf)
    return max_pool2d(padded, kernel_size, step)


@max_pool2d.mistake("A window that begins behind the last pixel holds nothing. Down or up: how do you round?")
def windows_beyond_the_edge(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    step = kernel_size if stride is None else stride
    Ho, Wo = (-(-(n - kernel_size) // step) + 1 for n in x.shape[2:])
    z = np.empty((*x.shape[:2], Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * step : i * step + kernel_size, j * step : j * step + kernel_size]
        z[:, :, i, j] = window.max(axis=(2, 3))
    return z


@max_pool2d.mistake("A summary of the window: which one is asked for?")
def average(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return _views(x, kernel_size, stride).mean(axis=(-2, -1))


@max_pool2d.mistake("z has the right size. From which pixel does the window of z(1, 1) start?")
def stride_in_the_size_only(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    Ho, Wo = max_pool2d(x, kernel_size, stride).shape[2:]
    return max_pool2d(x, kernel_size, 1)[:, :, :Ho, :Wo]


@max_pool2d.mistake("A window has rows and columns. Over which of them does your maximum go?")
def first_row_of_each_window(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return _views(x, kernel_size, stride)[..., 0, :].max(axis=-1)


@max_pool2d.mistake("Take a window of 3 and stride 3 on 3 pixels. How many places are there?")
def last_row_and_column_missing(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d(x, kernel_size, stride)[:, :, :-1, :-1]


@max_pool2d.alternative
def by_views(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    stride = stride or kernel_size
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return views[:, :, ::stride, ::stride].max(axis=(4, 5))


@max_pool2d.alternative
def rows_then_columns(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    step = kernel_size if stride is None else stride
    down = np.stack([x[:, :, i : i + kernel_size].max(2) for i in range(0, x.shape[2] - kernel_size + 1, step)], 2)
    starts = range(0, x.shape[3] - kernel_size + 1, step)
    return np.stack([down[..., j : j + kernel_size].max(3) for j in starts], 3)


@max_pool2d.alternative
def shifted(x: Array, kernel_size: int, stride: int | None = None) -> Array:
    if stride is None:
        stride = kernel_size
    Ho, Wo = (x.shape[2] - kernel_size) // stride + 1, (x.shape[3] - kernel_size) // stride + 1
    z = np.full((*x.shape[:2], Ho, Wo), -np.inf)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(z, x[:, :, u::stride, v::stride][:, :, :Ho, :Wo], out=z)
    return z
