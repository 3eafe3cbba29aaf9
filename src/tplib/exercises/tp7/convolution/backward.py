"""conv2d_backward: the gradients of a convolution for its input, its weights and its bias."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.convolution.common import CONVOLUTIONS, exercise, windows
from tplib.exercises.tp7.convolution.multichannel import SIZES, bordered
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]
AUTOGRAD = (
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.Tensor.backward",
    "torch.nn.grad.conv2d_input",
    "torch.nn.grad.conv2d_weight",
    "tplib.nn.Tensor.backward",
)


def _draw(draw: Draw) -> Arguments:
    kh, kw, stride, padding = draw.size(1, 3), draw.size(1, 3), draw.size(1, 3), draw.size(0, 2)
    H, W = kh + draw.size(0, 4), kw + draw.size(0, 4)
    return _sized(draw, (draw.size(1, 3), draw.size(1, 3), H, W, draw.size(1, 3), kh, kw, stride, padding))


def _sized(draw: Draw, sizes: tuple[int, ...]) -> Arguments:
    B, C, H, W, O, kh, kw, stride, padding = sizes  # noqa: E741
    Ho, Wo = (H + 2 * padding - kh) // stride + 1, (W + 2 * padding - kw) // stride + 1
    return draw.array(B, O, Ho, Wo), draw.array(B, C, H, W), draw.array(O, C, kh, kw), stride, padding


def spread(grad: Array, x: Array, weight: Array, stride: int, padding: int) -> Array:
    """The gradient of the padded image (B, C, H + 2 padding, W + 2 padding)."""
    kh, kw = weight.shape[2:]
    d_padded = np.zeros_like(bordered(x, padding))
    for i, j in np.ndindex(grad.shape[2:]):
        d_window = np.tensordot(grad[:, :, i, j], weight, axes=1)  # (B, C, kh, kw)
        d_padded[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] += d_window
    return d_padded


def inside(d_padded: Array, x: Array, padding: int) -> Array:
    return d_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]


@exercise(
    points=4,
    at_home=True,
    lecture="003, Multichannel convolution; 002, Back-propagation: function node",
    concepts=(30,),
    draw=_draw,
    draws=3,
    edges=(
        *(Drawn(partial(_sized, sizes=sizes)) for sizes in SIZES),
        Drawn(lambda draw: _sized(draw, (2, 3, 5, 6, 2, 2, 3, 1, 0))[:3], "defaults"),
    ),
    forbidden=(*AUTOGRAD, *CONVOLUTIONS),
)
def conv2d_backward(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    """Each product x * weight of the forward pass adds grad * weight to dx, at its pixel, and grad * x to dweight, at
    its place in the kernel; db(o) = the sum of grad(b, o, i, j) over b, i, j.

    shapes: grad (B, O, Ho, Wo), x (B, C, H, W), weight (O, C, kh, kw) -> dx as x, dweight as weight, dbias (O,).
    worked: x = [[1, 2, 3]], weight = [[4, 5]], grad = [[1, 10]]: dx = [[4, 5 + 40, 50]], dweight =
    [[21, 32]], dbias = 11.
    """
    kh, kw = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    d_padded, d_weight = np.zeros_like(padded), np.zeros_like(weight)
    for i, j in np.ndindex(grad.shape[2:]):
        place = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        g = grad[:, :, i, j]  # (B, O)
        d_weight += np.tensordot(g.T, padded[place], axes=1)
        d_padded[place] += np.tensordot(g, weight, axes=1)
    dx = d_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, d_weight, grad.sum(axis=(0, 2, 3))


@conv2d_backward.alternative
def loops(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    B, O, Ho, Wo = grad.shape  # noqa: E741
    C, kh, kw = weight.shape[1:]
    H, W = x.shape[2:]
    dx, d_weight, d_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(O)
    for b, o, i, j in np.ndindex(B, O, Ho, Wo):
        g = grad[b, o, i, j]
        d_bias[o] += g
        for c, u, v in np.ndindex(C, kh, kw):
            row, column = i * stride + u - padding, j * stride + v - padding
            if 0 <= row < H and 0 <= column < W:
                dx[b, c, row, column] += g * weight[o, c, u, v]
                d_weight[o, c, u, v] += g * x[b, c, row, column]
    return dx, d_weight, d_bias


@conv2d_backward.alternative
def dilated(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    """dx as a convolution: zeros between the gradients, a border, the kernel flipped and its channels exchanged."""
    kh, kw = weight.shape[2:]
    H, W = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    apart = np.zeros((*grad.shape[:2], H - kh + 1, W - kw + 1))
    apart[:, :, ::stride, ::stride] = grad
    wide = np.pad(apart, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    d_padded = np.einsum("boijuv,ocuv->bcij", windows(wide, kh, kw), weight[:, :, ::-1, ::-1])
    d_weight = np.einsum("boij,bcijuv->ocuv", grad, windows(bordered(x, padding), kh, kw, stride))
    return inside(d_padded, x, padding), d_weight, np.einsum("boij->o", grad)
