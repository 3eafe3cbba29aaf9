"""What the exercises of 3_backprop share: their notebook, their inputs, and the calls that give them away."""

from itertools import pairwise
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

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
    """The inputs of a node and the gradient that comes back to it, all of one shape."""
    B, D = draw.size(1, 3), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((B,), (B, D)))
    return tuple(draw.array(*shape) for _ in range(inputs + 1))


def layers(draw: Draw, widths: list[int]) -> Layers:
    """The weights and biases of a perceptron with these widths, input and output included."""
    return [(draw.array(d, h, low=-1.5, high=1.5), draw.array(h, low=-1.5, high=1.5)) for d, h in pairwise(widths)]


def widths(draw: Draw) -> list[int]:
    """Widths of a perceptron of one to three layers."""
    return [draw.size(1, 3) for _ in range(1 + draw.size(1, 3))]


def single(value: Any) -> Any:
    """The same arrays in float32."""
    if isinstance(value, np.ndarray):
        return value.astype(np.float32)
    return type(value)(single(item) for item in value)
