"""output_size: at how many places a kernel fits along one axis."""

import math
from functools import partial
from typing import Any

from tplib.exercises.tp7.convolution import observers
from tplib.exercises.tp7.convolution.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _draw(draw: Draw) -> Arguments:
    kernel, stride, padding = draw.size(1, 7), draw.size(1, 4), draw.size(0, 3)
    return max(kernel - 2 * padding, 1) + draw.size(0, 30), kernel, stride, padding


def _left_over(draw: Draw, most: bool) -> Arguments:
    """One pixel is left over at the end, or as many as can be: less than half of a stride, or more."""
    stride, kernel, padding = draw.size(3, 5), draw.size(2, 5), draw.size(1, 2)
    way = stride * draw.size(3, 9) + (stride - 1 if most else 1)
    return way + kernel - 2 * padding, kernel, stride, padding


def _default(draw: Draw) -> Arguments:
    """Without stride and padding: as many pixels as the kernel has, or more."""
    kernel = draw.size(1, 7)
    return kernel + draw.size(3, 30), kernel


def _exact(draw: Draw) -> Arguments:
    stride, kernel, padding = draw.size(2, 5), draw.size(2, 5), draw.size(1, 2)
    return stride * draw.size(3, 9) + kernel - 2 * padding, kernel, stride, padding


def _one(draw: Draw) -> Arguments:
    """The kernel covers the padded input: one place."""
    kernel, padding = draw.size(5, 9), draw.size(0, 2)
    return kernel - 2 * padding, kernel, draw.size(1, 4), padding


@exercise(
    points=1,
    observe=observers.whole,
    lecture="003, Padding",
    concepts=(31,),
    draw=_draw,
    edges=(
        Case((28, 5, 1, 0)),
        Case((32, 3, 2, 1)),
        Case((224, 7, 2, 3)),
        Drawn(partial(_left_over, most=False)),
        Drawn(partial(_left_over, most=True)),
        Drawn(_exact),
        Drawn(_one),
        Drawn(_default, "defaults"),
    ),
)
def output_size(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    """floor((size + 2 padding - kernel_size) / stride) + 1

    shapes: four whole numbers in, one out, for one axis of the image.
    worked: output_size(7, 3, 2, 1) = floor((7 + 2 - 3) / 2) + 1 = 4: the windows begin at 0, 2, 4 and 6 of 9 pixels.
    """
    return (size + 2 * padding - kernel_size) // stride + 1


@output_size.mistake("A window that hangs over the end does not count. Do you round down or up?")
def rounded_up(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return math.ceil((size + 2 * padding - kernel_size) / stride) + 1


@output_size.mistake("May a kernel of 5 begin at the last pixel?")
def kernel_left_out(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return (size + 2 * padding - 1) // stride + 1


@output_size.mistake("On how many sides do the zeros stand?")
def padding_on_one_side(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return (size + padding - kernel_size) // stride + 1


@output_size.mistake("Can there be half a place? Which division rounds down?")
def division_without_rounding(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> float:
    return (size + 2 * padding - kernel_size) / stride + 1


@output_size.mistake("The kernel is as large as the input. At how many places does it fit?")
def first_place_not_counted(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return (size + 2 * padding - kernel_size) // stride


@output_size.mistake("Is the + 1 inside the bracket that is divided, or behind it?")
def bracket_in_the_wrong_place(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return (size + 2 * padding - kernel_size + 1) // stride


@output_size.mistake("Down or to the nearest: what does `round` do with 2.7?")
def rounded_to_the_nearest(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return round((size + 2 * padding - kernel_size) / stride) + 1


@output_size.mistake("A stride of 2 halves the output, roughly. By what must you still allow for the kernel?")
def size_over_stride(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return size // stride


@output_size.mistake("Do the zeros make room for the kernel, or take it away?")
def padding_subtracted(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return (size - 2 * padding - kernel_size) // stride + 1


@output_size.alternative
def by_counting(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    return len(range(0, size + 2 * padding - kernel_size + 1, stride))


@output_size.alternative
def by_floor(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> Any:
    return math.floor((size - kernel_size + 2 * padding) / stride + 1)


@output_size.alternative
def as_a_float(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> float:
    return 1.0 + (size + 2.0 * padding - kernel_size) // stride
