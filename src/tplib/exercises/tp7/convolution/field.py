"""receptive_field: how many pixels one unit of the last layer sees along one axis."""

import math

from tplib.exercises.tp7.convolution import observers
from tplib.exercises.tp7.convolution.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Layers = list[tuple[int, int]]


def _layers(draw: Draw, number: int, least_stride: int = 1) -> Layers:
    return [(draw.size(2, 7), draw.size(least_stride, 3)) for _ in range(number)]


def _draw(draw: Draw) -> Arguments:
    return (_layers(draw, draw.size(1, 5)),)


def _strides(draw: Draw) -> Arguments:
    """Strides above 1 everywhere, kernels that tell the layers apart."""
    kernels = [draw.choice((2, 3)), draw.choice((4, 5)), draw.choice((6, 7)), draw.choice((8, 9))]
    return ([(kernel, draw.size(2, 4)) for kernel in kernels],)


def _larger_first(draw: Draw) -> Arguments:
    (layers,) = _strides(draw)
    return (layers[::-1],)


def _points(draw: Draw) -> Arguments:
    """Kernels of 1 between others: they see nothing more, but their strides count."""
    return ([(draw.size(2, 5), 2), (1, draw.size(2, 3)), (draw.size(2, 5), 1), (1, 1)],)


@exercise(
    points=2,
    observe=observers.whole,
    at_home=True,
    lecture="003, Receptive field of the units in the deeper layer",
    concepts=(31,),
    draw=_draw,
    edges=(
        Case(([],)),
        Case(([(3, 1), (3, 1), (3, 1)],)),
        Case(([(3, 2), (3, 2), (3, 1)],)),
        Drawn(_strides),
        Drawn(_larger_first),
        Drawn(_points),
    ),
)
def receptive_field(layers: Layers) -> int:
    """1 + the sum over the layers of (kernel size - 1) * the product of the strides of all layers before.

    shapes: `layers` is a list of pairs (kernel size, stride), the layer next to the image first.
    worked: [(3, 2), (3, 1)]: 1 + 2 * 1 + 2 * 2 = 7.
    """
    field, step = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step *= stride
    return field


@receptive_field.mistake("With stride 2, by how many pixels do two neighbours of the next layer lie apart?")
def strides_forgotten(layers: Layers) -> int:
    return 1 + sum(kernel - 1 for kernel, _ in layers)


@receptive_field.mistake("Neighbours share pixels. By how much does a kernel of 3 widen the view: by 3, or by 2?")
def kernels_added_up(layers: Layers) -> int:
    return 1 + sum(kernel * math.prod(s for _, s in layers[:i]) for i, (kernel, _) in enumerate(layers))


@receptive_field.mistake("A layer's own stride moves its window. Does it change what one of its units sees?")
def own_stride_counted(layers: Layers) -> int:
    return 1 + sum((kernel - 1) * math.prod(s for _, s in layers[: i + 1]) for i, (kernel, _) in enumerate(layers))


@receptive_field.mistake("Two layers of 3: does a unit see 9 pixels, or 5?")
def kernels_multiplied(layers: Layers) -> int:
    return math.prod(kernel for kernel, _ in layers)


@receptive_field.mistake(
    "The strides of which layers stand between a unit and the image: those before it or behind it?"
)
def strides_of_the_layers_behind(layers: Layers) -> int:
    return receptive_field(layers[::-1])


@receptive_field.mistake("How many layers does your sum have?")
def last_layer_forgotten(layers: Layers) -> int:
    return receptive_field(layers[:-1])


@receptive_field.mistake("How many layers does your sum have? What does the one next to the image add?")
def first_layer_forgotten(layers: Layers) -> int:
    return receptive_field(layers) - (layers[0][0] - 1 if layers else 0)


@receptive_field.mistake("The whole width is asked for: both sides, and the pixel in the middle.")
def one_side_only(layers: Layers) -> float:
    return (receptive_field(layers) - 1) / 2


@receptive_field.mistake("A pixel sees itself. With how many pixels do you start?")
def started_at_0(layers: Layers) -> int:
    return receptive_field(layers) - 1


@receptive_field.mistake("The strides of all layers before: do their factors multiply, or add up?")
def stride_of_the_layer_before_only(layers: Layers) -> int:
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step = stride
    return field


@receptive_field.mistake("The list may be empty. Which line gives the result its first value then?")
def no_answer_without_layers(layers: Layers) -> int:
    for i in range(len(layers)):
        field = receptive_field(layers[: i + 1])
    return field


@receptive_field.mistake("Without layers a pixel sees itself. How many pixels are that?")
def nothing_without_layers(layers: Layers) -> int:
    return receptive_field(layers) if layers else 0


@receptive_field.alternative
def backwards(layers: Layers) -> int:
    """One unit needs (n - 1) s + k of the layer below to see n."""
    field = 1
    for kernel, stride in reversed(layers):
        field = (field - 1) * stride + kernel
    return field


@receptive_field.alternative
def as_a_sum(layers: Layers) -> float:
    return 1.0 + sum((kernel - 1) * math.prod(s for _, s in layers[:i]) for i, (kernel, _) in enumerate(layers))


@receptive_field.alternative
def recursive(layers: Layers) -> int:
    if len(layers) == 0:
        return 1
    kernel, stride = layers[0]
    return (recursive(layers[1:]) - 1) * stride + kernel
