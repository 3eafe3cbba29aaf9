"""What the exercises of 3_backprop share: their notebook, their inputs, and the calls that give them away."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn, exercises_of

exercise = exercises_of("TP6-TrainFFNN", "3_backprop")

AUTOGRAD = (
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.autograd.functional.jacobian",
    "torch.Tensor.backward",
    "torch.func.grad",
    "tplib.nn.Tensor.backward",
)

Layers = list[tuple[np.ndarray, np.ndarray]]


def node_case(draw: Draw, inputs: int) -> Arguments:
    """The inputs of a node and the gradient that comes back to it: arrays of one shape, or numbers."""
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((B,), (), (B, D)))
    return node_of_shape(draw, inputs, shape)


def node_of_shape(draw: Draw, inputs: int, shape: tuple[int, ...], look: str = "") -> Arguments:
    values = [draw.array(*shape) for _ in range(inputs + 1)]
    return (*(values if shape else map(float, values)), *([look] if look else []))


def node_zeros(draw: Draw, inputs: int, place: int = 0) -> Arguments:
    """One input holds zeros."""
    case = tuple(draw.array(3, low=0.5) for _ in range(inputs + 1))
    case[place][draw.integers(0, 3)] = 0.0
    return case


def node_looks(inputs: int) -> tuple[Drawn, ...]:
    """What is stated of all nodes: numbers as well as arrays, zeros too; a tuple; and a node that is used again."""
    return (
        *(Drawn(partial(node_of_shape, inputs=inputs, shape=shape)) for shape in ((), (3,), (2, 3))),
        *(Drawn(partial(node_zeros, inputs=inputs, place=place)) for place in range(inputs)),
        *(Drawn(partial(node_of_shape, inputs=inputs, shape=(3,), look=look), look) for look in ("tuple", "again")),
    )


NODE_ASPECTS = {
    "tuple": "Right gradients, but not in a tuple. `backward` returns a tuple with one gradient per input.",
    "again": "Right at the first use of a node, but not at the next. `backward` belongs to the last `forward` alone.",
}


def layers(draw: Draw, widths: Sequence[int]) -> Layers:
    """The weights and biases of a perceptron with these widths, input and output included."""
    return [(draw.array(d, h, low=-1.5, high=1.5), draw.array(h, low=-1.5, high=1.5)) for d, h in pairwise(widths)]


def widths(draw: Draw) -> list[int]:
    """Widths of a perceptron of one to three layers."""
    return [draw.size(1, 3) for _ in range(1 + draw.size(1, 3))]


SIZES = (  # batch, then widths: square layers, other shapes, many layers, one layer, one example, one unit
    (3, 3, 3, 3, 3),
    (2, 2, 4, 3, 1),
    (4, 2, 3, 2, 3, 2),
    (4, 3, 2),
    (1, 2, 3, 2),
    (3, 2, 1, 2),
)
