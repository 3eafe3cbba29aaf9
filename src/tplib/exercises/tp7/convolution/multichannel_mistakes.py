"""Mistakes in a convolution of many channels."""

import numpy as np

from tplib.exercises.tp7.convolution.common import windows
from tplib.exercises.tp7.convolution.multichannel import bordered, conv2d, without_bias

Array = np.ndarray


@conv2d.mistake("Which number of the kernel meets the pixel at the top left of the window?")
def kernel_flipped(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x, weight[:, :, ::-1, ::-1], bias, stride, padding)


@conv2d.mistake("How many maps does one filter give: one, or one for each channel of the input?")
def channels_not_summed(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    z = np.einsum("bcijuv,ocuv->bocij", windows(bordered(x, padding), *weight.shape[2:], stride=stride), weight)
    z += bias[:, None, None, None]
    return z.reshape(len(x), -1, *z.shape[3:])


@conv2d.mistake("An image has red, green and blue. Which of them does your filter see?")
def first_channel_only(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x[:, :1], weight[:, :1], bias, stride, padding)


@conv2d.mistake("The formula sums over the channels. What does your code divide by?")
def mean_over_the_channels(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x, weight / weight.shape[1], bias, stride, padding)


@conv2d.mistake("The output has the right size. From which pixel of the image does the window of z(1, 1) start?")
def stride_in_the_size_only(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    Ho, Wo = conv2d(x, weight, bias, stride, padding).shape[2:]
    return conv2d(x, weight, bias, 1, padding)[:, :, :Ho, :Wo]


@conv2d.mistake("The stride holds in both directions. Where does your code use it?")
def stride_for_the_rows_only(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x, weight, bias, 1, padding)[:, :, ::stride]


@conv2d.mistake("You made room for the padding. From which image do the windows read: with the zeros or without?")
def windows_of_the_image_without_its_padding(
    x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0
) -> Array:
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return conv2d(padded, weight, bias, stride)


@conv2d.mistake("Zeros on all four sides: how many rows does the padded image have?")
def padding_on_two_sides_only(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    padded = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    if min(np.subtract(padded.shape[2:], weight.shape[2:])) < 0:
        raise ValueError("the kernel is larger than the image")
    return conv2d(padded, weight, bias, stride)


@conv2d.mistake("What stands in the padding: zeros, or the pixels at the border once more?")
def border_repeated(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    return conv2d(padded, weight, bias, stride)


@conv2d.mistake("What does a filter give on an image of zeros?")
def bias_forgotten(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return without_bias(bordered(x, padding), weight, stride)


@conv2d.mistake("How often is the bias of a filter added to one number of its map?")
def bias_once_for_each_channel(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x, weight, bias * weight.shape[1], stride, padding)


@conv2d.mistake("How often is the bias of a filter added to one number of its map?")
def bias_once_for_each_weight(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return conv2d(x, weight, bias * weight[0].size, stride, padding)


@conv2d.mistake("`np.pad(x, 1)` pads every axis. How many images and channels has x afterwards?")
def images_and_channels_padded_too(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    return without_bias(np.pad(x, padding), weight, stride) + bias[:, None, None]
