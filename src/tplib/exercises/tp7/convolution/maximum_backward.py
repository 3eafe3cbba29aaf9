"""max_pool2d_backward: the gradient goes to the first largest value of each window."""

from collections.abc import Callable
from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.backward import AUTOGRAD
from tplib.exercises.tp7.convolution.common import POOLINGS, POOLS, exercise, pool_sizes
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _case(draw: Draw, sizes: tuple[int, ...] = (), *, tied: bool = False) -> Arguments:
    B, C, H, W, k, stride = sizes or pool_sizes(draw)
    Ho, Wo = (H - k) // stride + 1, (W - k) // stride + 1
    x = draw.integers(0, 2, B, C, H, W).astype(np.float64) if tied else draw.array(B, C, H, W)
    return draw.array(B, C, Ho, Wo, low=0.5, high=3.0), x, k, stride


def _flat(draw: Draw, sizes: tuple[int, ...]) -> Arguments:
    """All values are equal, as on the black border of a digit."""
    grad, x, k, stride = _case(draw, sizes)
    return grad, np.full(x.shape, draw.choice((0.0, -1.5, 2.0))), k, stride


def _default_stride(draw: Draw) -> Arguments:
    """Windows that touch: no stride is given."""
    k = draw.choice((2, 3))
    return _case(draw, (2, 2, 6, 7, k, k))[:3]


def _near(draw: Draw) -> Arguments:
    """Values that differ by a millionth are no tie, and the larger one is not the first."""
    B, C, H, W, k, stride = POOLS[2]
    grad, _, _, _ = _case(draw, POOLS[2])
    x = 1 + 1e-6 * (np.arange(H * W).reshape(H, W) + 0 * draw.array(B, C, 1, 1))
    return grad, x, k, stride


@exercise(
    points=3,
    at_home=True,
    lecture="003, Pooling; 002, Back-propagation: function node",
    concepts=(32,),
    draw=_case,
    draws=4,
    edges=(
        *(Drawn(partial(_case, sizes=sizes)) for sizes in POOLS),
        *(Drawn(partial(_case, sizes=sizes, tied=True)) for sizes in ((2, 2, 4, 6, 2, 2), (1, 2, 7, 7, 3, 2))),
        Drawn(partial(_flat, sizes=(1, 1, 4, 6, 2, 2))),
        Drawn(partial(_flat, sizes=(1, 2, 5, 6, 3, 1))),
        Drawn(_near),
        Drawn(_default_stride, "defaults"),
        Drawn(_default_stride, "defaults"),
        Case((np.array([[[[1.0, 10.0]]]]), np.array([[[[1.0, 5.0, 2.0], [4.0, 5.0, 5.0]]]]), 2, 1)),
    ),
    forbidden=(*AUTOGRAD, *POOLINGS, "torch.nn.functional.max_unpool2d"),
)
def max_pool2d_backward(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    """dx = 0; for each window, add its gradient at the first place, row by row, that holds the window's largest value.

    shapes: grad (B, C, Ho, Wo) as z, x (B, C, H, W) -> dx (B, C, H, W).
    worked: x = [[1, 5, 2], [4, 5, 5]], window 2, stride 1, grad = [[1, 10]]: both take the 5 above: 1 + 10 = 11.
    """
    stride = kernel_size if stride is None else stride
    dx = np.zeros_like(x)
    for b, c, i, j in np.ndindex(grad.shape):
        top, left = i * stride, j * stride
        window = x[b, c, top : top + kernel_size, left : left + kernel_size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[b, c, top + u, left + v] += grad[b, c, i, j]
    return dx


def spread(
    grad: Array,
    x: Array,
    kernel_size: int,
    stride: int | None,
    share: Callable[[Array], Array],
    add: bool = True,
) -> Array:
    """dx where share(window) says how much of a window's gradient each of its pixels gets."""
    step = kernel_size if stride is None else stride
    dx = np.zeros_like(x)
    for b, c, i, j in np.ndindex(grad.shape):
        place = np.s_[b, c, i * step : i * step + kernel_size, j * step : j * step + kernel_size]
        part = share(x[place])
        dx[place] = grad[b, c, i, j] * part + (dx[place] if add else np.where(part == 0, dx[place], 0))
    return dx


def first(window: Array) -> Array:
    return np.asarray(np.arange(window.size) == window.argmax()).reshape(window.shape).astype(float)


@max_pool2d_backward.mistake("Two pixels hold the largest value. Does the gradient go to both, whole?")
def every_tie_gets_the_gradient(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: (window == window.max()).astype(float))


@max_pool2d_backward.mistake("Two pixels hold the largest value. PyTorch does not share. Who gets all?")
def ties_share_the_gradient(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    def share(window: Array) -> Array:
        largest = window == window.max()
        return largest / largest.sum()

    return spread(grad, x, kernel_size, stride, share)


@max_pool2d_backward.mistake("Two pixels hold the largest value. Which one comes first, row by row?")
def last_of_the_ties(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: first(window[::-1, ::-1])[::-1, ::-1])


@max_pool2d_backward.mistake("Which comes first, row by row: the pixel to the right, or the pixel below?")
def ties_column_by_column(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: first(np.ascontiguousarray(window.T)).T)


@max_pool2d_backward.mistake("Windows overlap: one pixel may be the largest of several. Do you write or add?")
def overlaps_overwritten(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, first, add=False)


@max_pool2d_backward.mistake("A pixel below the largest moves a little. Does z move?")
def gradient_spread_over_the_window(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: np.full(window.shape, 1 / window.size))


@max_pool2d_backward.mistake("A pixel below the largest moves a little. Does z move?")
def every_pixel_gets_the_gradient(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, np.ones_like)


@max_pool2d_backward.mistake("What arrives at the pixel: the value of the maximum, or the gradient that came back?")
def value_instead_of_the_gradient(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(np.ones_like(grad), x, kernel_size, stride, lambda window: window * first(window))


@max_pool2d_backward.mistake("z = x at the largest pixel. What is its slope?")
def multiplied_by_the_value(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: window * first(window))


@max_pool2d_backward.mistake("1.000001 is larger than 1. Is it for `np.isclose`?")
def near_ties_get_the_gradient(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    def share(window: Array) -> Array:
        close = np.isclose(window, window.max())
        return np.asarray(np.arange(window.size) == close.argmax()).reshape(window.shape).astype(float)

    return spread(grad, x, kernel_size, stride, share)


@max_pool2d_backward.mistake("A window holds -3 and 2. Which of them is z?")
def largest_without_its_sign(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, lambda window: first(np.abs(window)))


@max_pool2d_backward.mistake("By how much does the window move if no stride is given?")
def stride_1_by_default(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return max_pool2d_backward(grad, x, kernel_size, 1 if stride is None else stride)


@max_pool2d_backward.alternative
def by_shares(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    return spread(grad, x, kernel_size, stride, first)


@max_pool2d_backward.alternative
def searched(grad: Array, x: Array, kernel_size: int, stride: int | None = None) -> Array:
    if stride is None:
        stride = kernel_size
    dx = np.zeros(x.shape)
    for b in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(grad.shape[2]):
                for j in range(grad.shape[3]):
                    best = (i * stride, j * stride)
                    for u in range(i * stride, i * stride + kernel_size):
                        for v in range(j * stride, j * stride + kernel_size):
                            if x[b, c, u, v] > x[b, c][best]:
                                best = (u, v)
                    dx[b, c][best] += grad[b, c, i, j]
    return dx
