"""Mistakes in the backward pass of a convolution."""

import numpy as np

from tplib.exercises.tp7.convolution.backward import Gradients, conv2d_backward, inside, spread
from tplib.exercises.tp7.convolution.multichannel import bordered

Array = np.ndarray


@conv2d_backward.mistake("The kernel is used on every image of the batch. Which images take part in your dweight?")
def weights_of_the_last_image_only(
    grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, _, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return dx, conv2d_backward(grad[-1:], x[-1:], weight, stride, padding)[1], d_bias


@conv2d_backward.mistake("`grad` is the gradient of the loss already. Is there anything left to divide by?")
def mean_over_the_batch(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    dx, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return dx, d_weight / len(x), d_bias / len(x)


@conv2d_backward.mistake("dx must have the shape of x. What is left to cut off?")
def padding_left_in_dx(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    _, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return spread(grad, x, weight, stride, padding), d_weight, d_bias


@conv2d_backward.mistake(
    "A pixel lies in several windows. What happens to the gradient that another window left there?"
)
def overlaps_overwritten(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    _, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    kh, kw = weight.shape[2:]
    d_padded = np.zeros_like(bordered(x, padding))
    for i, j in np.ndindex(grad.shape[2:]):
        d_window = np.tensordot(grad[:, :, i, j], weight, axes=1)
        d_padded[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] = d_window
    return inside(d_padded, x, padding), d_weight, d_bias


@conv2d_backward.mistake("Take stride 2. From which pixel did grad(1, 1) come?")
def stride_forgotten(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    return conv2d_backward(grad, x, weight, 1, padding)


@conv2d_backward.mistake("Which number of the kernel was multiplied by the pixel at the top left of the window?")
def kernel_flipped_in_dx(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    _, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    dx = conv2d_backward(grad, x, weight[:, :, ::-1, ::-1], stride, padding)[0]
    return dx, d_weight, d_bias


@conv2d_backward.mistake("dweight(0, 0) collects products with pixels at the top left of the windows. Does yours?")
def dweight_flipped(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    dx, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return dx, d_weight[:, :, ::-1, ::-1], d_bias


@conv2d_backward.mistake("bias(o) is added at every place of every map o. Over which axes must you sum?")
def bias_not_summed_over_the_batch(
    grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, d_weight, _ = conv2d_backward(grad, x, weight, stride, padding)
    return dx, d_weight, grad.sum(axis=(2, 3))


@conv2d_backward.mistake(
    "bias(o) is added at every place of every map o. Do its gradients add up, or is it their mean?"
)
def mean_for_the_bias(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    dx, d_weight, _ = conv2d_backward(grad, x, weight, stride, padding)
    return dx, d_weight, grad.mean(axis=(0, 2, 3))


@conv2d_backward.mistake("A pixel goes into the maps of all filters. Which filters send a gradient back to it?")
def dx_of_the_last_filter_only(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    _, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return conv2d_backward(grad[:, -1:], x, weight[-1:], stride, padding)[0], d_weight, d_bias


@conv2d_backward.mistake("weight is (O, C, kh, kw). In which order do the axes of your dweight stand?")
def channels_of_dweight_exchanged(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    dx, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return dx, d_weight.swapaxes(0, 1), d_bias


@conv2d_backward.mistake("Did the forward pass multiply the weights by x, or by x with its border of zeros?")
def windows_of_the_image_without_its_padding(
    grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, _, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    shifted = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return dx, conv2d_backward(grad, shifted, weight, stride)[1], d_bias


@conv2d_backward.mistake("A weight is used at every place of the map. Do you write or add?")
def weights_of_the_last_place_only(
    grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0
) -> Gradients:
    dx, _, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    last = np.zeros_like(grad)
    last[:, :, -1, -1] = grad[:, :, -1, -1]
    return dx, conv2d_backward(last, x, weight, stride, padding)[1], d_bias


@conv2d_backward.mistake("What is `a[0:-0]`? Take padding 0.", name="nothing left of dx without padding")
def cut_by_minus_padding(grad: Array, x: Array, weight: Array, stride: int = 1, padding: int = 0) -> Gradients:
    _, d_weight, d_bias = conv2d_backward(grad, x, weight, stride, padding)
    return spread(grad, x, weight, stride, padding)[:, :, padding:-padding, padding:-padding], d_weight, d_bias
