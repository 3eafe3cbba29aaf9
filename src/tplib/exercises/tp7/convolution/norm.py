"""lp_pool2d: the p-norm of each window."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import POOLINGS, POOLS, exercise, pool_sizes, windows
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
NORMS = (2.0, 1.0, 3.0, 2.5, 4.0)


def _case(draw: Draw, sizes: tuple[int, ...] = (), norm: float = 0.0) -> Arguments:
    B, C, H, W, k, stride = sizes or pool_sizes(draw)
    return draw.array(B, C, H, W), norm or draw.choice(NORMS), k, stride


@exercise(
    points=1,
    at_home=True,
    lecture="003, Pooling",
    concepts=(32,),
    draw=_case,
    edges=(
        *(
            Drawn(partial(_case, sizes=sizes, norm=p))
            for sizes, p in zip(POOLS, (2.0, 1.0, 3.0, 2.0, 4.0), strict=False)
        ),
        Drawn(partial(_case, sizes=(2, 3, 5, 6, 3, 1), norm=2.5)),
        Drawn(partial(_case, sizes=(2, 2, 6, 6, 2, 2), norm=1.0)),
        Drawn(lambda draw: _case(draw, (2, 2, 5, 7, 2, 1), 2.0)[:3], "defaults"),
        Case((np.zeros((1, 1, 4, 4)), 2.0, 2, 2)),
    ),
    forbidden=POOLINGS,
)
def lp_pool2d(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    """z = (the sum of |x| ** p over the window) ** (1 / p), p = norm_type.

    shapes: x (B, C, H, W) -> z (B, C, Ho, Wo), as in max_pool2d.
    worked: a window that holds -3, 4 and zeros: p = 2 gives (9 + 16) ** 0.5 = 5, p = 1 gives 3 + 4 = 7.
    """
    stride = kernel_size if stride is None else stride
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size]
        z[:, :, i, j] = (np.abs(window) ** norm_type).sum(axis=(2, 3)) ** (1 / norm_type)
    return z


def _views(x: Array, kernel_size: int, stride: int | None) -> Array:
    return windows(x, kernel_size, kernel_size, stride or kernel_size)


@lp_pool2d.mistake("What is (-3) ** 3, and what is the norm of a window that holds only -3?")
def absolute_values_forgotten(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return (_views(x, kernel_size, stride) ** norm_type).sum(axis=(-2, -1)) ** (1 / norm_type)


@lp_pool2d.mistake("The length of (3, 4) is 5, not 25. What is missing?")
def root_forgotten(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return lp_pool2d(x, norm_type, kernel_size, stride) ** norm_type


@lp_pool2d.mistake("Sum or mean under the root?")
def mean_under_the_root(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return lp_pool2d(x, norm_type, kernel_size, stride) / kernel_size ** (2 / norm_type)


@lp_pool2d.mistake("Which root belongs to p = 3?")
def always_the_square_root(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return np.sqrt((np.abs(_views(x, kernel_size, stride)) ** norm_type).sum(axis=(-2, -1)))


@lp_pool2d.mistake("Where does your code use `norm_type`?")
def always_the_2_norm(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return lp_pool2d(x, 2.0, kernel_size, stride)


@lp_pool2d.mistake("By how much does the window move if no stride is given?")
def stride_1_by_default(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return lp_pool2d(x, norm_type, kernel_size, 1 if stride is None else stride)


@lp_pool2d.mistake("First the absolute value of each pixel, or first the sum?")
def absolute_value_of_the_sum(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return np.abs((_views(x, kernel_size, stride) ** norm_type).sum(axis=(-2, -1))) ** (1 / norm_type)


@lp_pool2d.mistake("What is the norm of a window of zeros? And in yours?")
def something_added_under_the_root(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    return (lp_pool2d(x, norm_type, kernel_size, stride) ** norm_type + 1e-6) ** (1 / norm_type)


@lp_pool2d.alternative
def by_norm(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    views = _views(x, kernel_size, stride)
    return np.linalg.norm(views.reshape(*views.shape[:4], -1), ord=norm_type, axis=-1)


@lp_pool2d.alternative
def powers_first(x: Array, norm_type: float, kernel_size: int, stride: int | None = None) -> Array:
    if stride is None:
        stride = kernel_size
    powers = np.abs(x) ** norm_type
    Ho, Wo = (x.shape[2] - kernel_size) // stride + 1, (x.shape[3] - kernel_size) // stride + 1
    total = np.zeros((*x.shape[:2], Ho, Wo))
    for u, v in np.ndindex(kernel_size, kernel_size):
        total += powers[:, :, u::stride, v::stride][:, :, :Ho, :Wo]
    return np.power(total, 1 / norm_type)
