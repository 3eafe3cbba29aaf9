"""conv2d: many filters on images of many channels, with padding and stride."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import CONVOLUTIONS, exercise, windows
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
SIZES = (  # B, C, H, W, O, kh, kw, stride, padding
    (1, 1, 4, 5, 1, 2, 2, 1, 0),
    (2, 3, 5, 6, 2, 2, 3, 1, 0),
    (2, 2, 6, 7, 3, 3, 2, 2, 0),
    (1, 2, 4, 4, 2, 3, 3, 1, 1),
    (3, 1, 5, 4, 2, 2, 3, 2, 1),
    (2, 3, 7, 8, 2, 3, 3, 3, 2),
    (1, 3, 5, 5, 2, 1, 1, 2, 0),
    (2, 2, 3, 4, 3, 5, 4, 1, 2),
    (2, 2, 6, 6, 2, 3, 3, 1, 0),
)


def _draw(draw: Draw) -> Arguments:
    kh, kw = draw.size(1, 3), draw.size(1, 3)
    stride, padding = draw.size(1, 3), draw.size(0, 2)
    H, W = kh + draw.size(0, 4), kw + draw.size(0, 4)
    return _sized(draw, (draw.size(1, 2), draw.size(1, 3), H, W, draw.size(1, 3), kh, kw, stride, padding))


def _sized(draw: Draw, sizes: tuple[int, ...]) -> Arguments:
    B, C, H, W, O, kh, kw, stride, padding = sizes  # noqa: E741
    return draw.array(B, C, H, W), draw.array(O, C, kh, kw), draw.array(O), stride, padding


def bordered(x: Array, padding: int) -> Array:
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def without_bias(x: Array, weight: Array, stride: int) -> Array:
    return np.einsum("bcijuv,ocuv->boij", windows(x, *weight.shape[2:], stride=stride), weight)


@exercise(
    points=3,
    lecture="003, Multichannel convolution; Padding",
    concepts=(30,),
    draw=_draw,
    edges=tuple(Drawn(partial(_sized, sizes=sizes)) for sizes in SIZES),
    forbidden=CONVOLUTIONS,
)
def conv2d(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    """z(b, o, i, j) = bias(o) + the sum over all c, u, v of x(b, c, s i + u, s j + v) * weight(o, c, u, v), s = stride,
    where x has `padding` zeros on all four sides.

    shapes: x (B, C, H, W), weight (O, C, kh, kw), bias (O,) -> z (B, O, Ho, Wo), Ho from H:
    (H + 2 padding - kh) // stride + 1.
    worked: one pixel x = 2 with padding 1 is 3 x 3 with 2 in the middle; a kernel of nine ones gives 2 + bias.
    """
    B, _, H, W = x.shape
    O, _, kh, kw = weight.shape  # noqa: E741
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho, Wo = (H + 2 * padding - kh) // stride + 1, (W + 2 * padding - kw) // stride + 1
    z = np.empty((B, O, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]  # (B, C, kh, kw)
        z[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3])) + bias
    return z


@conv2d.alternative
def einsum_of_windows(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return without_bias(bordered(x, padding), weight, stride) + bias[:, None, None]


@conv2d.alternative
def loops(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    B, C, H, W = x.shape
    O, _, kh, kw = weight.shape  # noqa: E741
    padded = np.zeros((B, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    Ho = int((H + 2 * padding - kh) / stride) + 1
    Wo = int((W + 2 * padding - kw) / stride) + 1
    z = np.zeros((B, O, Ho, Wo))
    for b in range(B):
        for o in range(O):
            for i in range(Ho):
                for j in range(Wo):
                    top, left = i * stride, j * stride
                    z[b, o, i, j] = (padded[b, :, top : top + kh, left : left + kw] * weight[o]).sum() + bias[o]
    return z


@conv2d.alternative
def rows_of_patches(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    patches = windows(bordered(x, padding), *weight.shape[2:], stride=stride)  # (B, C, Ho, Wo, kh, kw)
    B, _, Ho, Wo = patches.shape[:4]
    rows = patches.transpose(0, 2, 3, 1, 4, 5).reshape(B * Ho * Wo, -1)
    z = rows @ weight.reshape(len(weight), -1).T + bias
    return z.reshape(B, Ho, Wo, -1).transpose(0, 3, 1, 2)
