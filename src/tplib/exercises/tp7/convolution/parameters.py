"""count_parameters: what a convolution learns, against a dense layer between the same images."""

from tplib.exercises.tp7.convolution import observers
from tplib.exercises.tp7.convolution.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Pair = tuple[int, int]


def _draw(draw: Draw) -> Arguments:
    kh, kw = draw.size(1, 5), draw.size(1, 5)
    return draw.size(1, 8), draw.size(1, 8), (kh, kw), (kh + draw.size(0, 9), kw + draw.size(0, 9))


def _apart(draw: Draw) -> Arguments:
    """No two sizes are alike, and none is 1."""
    kh, kw = draw.choice(((2, 3), (3, 5), (5, 4)))
    return draw.size(6, 8), draw.size(9, 12), (kh, kw), (kh + draw.size(8, 12), kw + draw.size(14, 19))


@exercise(
    points=1,
    observe=observers.whole,
    lecture="003, Parameter sharing; Sparse interactions",
    concepts=(30,),
    draw=_draw,
    edges=(Case((1, 8, (3, 3), (28, 28))), Case((3, 64, (5, 5), (32, 32))), Drawn(_apart), Drawn(_apart)),
)
def count_parameters(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    """convolution: O * C * kh * kw + O; dense: inputs * outputs + outputs, inputs C * H * W, outputs O * Ho * Wo.

    shapes: weight (O, C, kh, kw) and bias (O,); the dense weight is (C*H*W, O*Ho*Wo), Ho = H - kh + 1, Wo = W - kw + 1.
    worked: C = O = 1, kernel 2 x 2, image 3 x 3: 4 + 1 = 5 for the convolution, 9 * 4 + 4 = 40 for the dense layer.
    """
    (kh, kw), (H, W) = kernel_size, image_size
    outputs = out_channels * (H - kh + 1) * (W - kw + 1)
    convolution = out_channels * in_channels * kh * kw + out_channels
    return convolution, in_channels * H * W * outputs + outputs


def _numbers(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> tuple[int, int, int]:
    """Weights of one filter, places of the kernel, outputs."""
    places = (image_size[0] - kernel_size[0] + 1) * (image_size[1] - kernel_size[1] + 1)
    return in_channels * kernel_size[0] * kernel_size[1], places, out_channels * places


@count_parameters.mistake("One set of weights serves all places. How often do you count it?")
def weights_of_every_place(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    one, _, outputs = _numbers(in_channels, out_channels, kernel_size, image_size)
    dense = count_parameters(in_channels, out_channels, kernel_size, image_size)[1]
    return one * outputs + out_channels, dense


@count_parameters.mistake("A filter looks at all channels of the input. Which shape has one filter?")
def input_channels_ignored(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    dense = count_parameters(in_channels, out_channels, kernel_size, image_size)[1]
    return out_channels * (kernel_size[0] * kernel_size[1] + 1), dense


@count_parameters.mistake("What does each filter, and each output, add besides its weights?")
def biases_forgotten(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    one, _, outputs = _numbers(in_channels, out_channels, kernel_size, image_size)
    return one * out_channels, in_channels * image_size[0] * image_size[1] * outputs


@count_parameters.mistake("Both layers have biases. How many has the dense one?")
def dense_biases_forgotten(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    convolution, dense = count_parameters(in_channels, out_channels, kernel_size, image_size)
    return convolution, dense - _numbers(in_channels, out_channels, kernel_size, image_size)[2]


@count_parameters.mistake("One number is added to a whole map. How many biases has the convolution?")
def biases_of_the_convolution_forgotten(
    in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair
) -> Pair:
    convolution, dense = count_parameters(in_channels, out_channels, kernel_size, image_size)
    return convolution - out_channels, dense


@count_parameters.mistake("All places of a map share their bias. How many biases has the convolution?")
def a_bias_for_every_place(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    one, _, outputs = _numbers(in_channels, out_channels, kernel_size, image_size)
    dense = count_parameters(in_channels, out_channels, kernel_size, image_size)[1]
    return one * out_channels + outputs, dense


@count_parameters.mistake("bias has the shape (O,). How many biases has one filter?")
def a_bias_for_every_channel(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    one, _, _ = _numbers(in_channels, out_channels, kernel_size, image_size)
    dense = count_parameters(in_channels, out_channels, kernel_size, image_size)[1]
    return one * out_channels + in_channels * out_channels, dense


@count_parameters.mistake("The dense layer gives as many numbers as the convolution. Is a map as large as the image?")
def dense_outputs_as_many_as_pixels(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    pixels = image_size[0] * image_size[1]
    outputs = out_channels * pixels
    convolution = count_parameters(in_channels, out_channels, kernel_size, image_size)[0]
    return convolution, in_channels * pixels * outputs + outputs


@count_parameters.mistake("In a dense layer every output has a bias of its own. How many outputs are there?")
def dense_bias_for_every_map(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    convolution, dense = count_parameters(in_channels, out_channels, kernel_size, image_size)
    outputs = _numbers(in_channels, out_channels, kernel_size, image_size)[2]
    return convolution, dense - outputs + out_channels


@count_parameters.mistake("A dense layer joins every output to every pixel of every channel. How many inputs is this?")
def dense_inputs_of_one_channel(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    convolution = count_parameters(in_channels, out_channels, kernel_size, image_size)[0]
    return convolution, count_parameters(1, out_channels, kernel_size, image_size)[1]


@count_parameters.mistake("A dense layer has one output for every number in every map. How many maps are there?")
def dense_outputs_of_one_map(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    convolution = count_parameters(in_channels, out_channels, kernel_size, image_size)[0]
    return convolution, count_parameters(in_channels, 1, kernel_size, image_size)[1]


@count_parameters.alternative
def by_filters(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> Pair:
    kh, kw = kernel_size
    H, W = image_size
    n_out = out_channels * (H - kh + 1) * (W - kw + 1)
    return out_channels * (in_channels * kh * kw + 1), n_out * (in_channels * H * W + 1)


@count_parameters.alternative
def by_shapes(in_channels: int, out_channels: int, kernel_size: Pair, image_size: Pair) -> list[int]:
    def product(*numbers: int) -> int:
        total = 1
        for number in numbers:
            total *= number
        return total

    maps = [out_channels, *(n - k + 1 for n, k in zip(image_size, kernel_size, strict=True))]
    dense = product(in_channels, *image_size, *maps) + product(*maps)
    return [product(out_channels, in_channels, *kernel_size) + out_channels, dense]
