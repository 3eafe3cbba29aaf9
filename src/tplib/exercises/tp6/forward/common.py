"""What the exercises of 1_forward share: their notebook, and inputs for functions that act number by number."""

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP6-TrainFFNN", "1_forward", keeps_dtype=True)

SAME_SHAPE = "`x` may have any shape; the result has the same shape and the same dtype."
AUTOGRAD = ("torch.autograd.grad", "torch.autograd.backward", "torch.Tensor.backward", "torch.func.grad")

KINKS = np.array([[-2.0, -1.0, -0.5, 0.0], [0.5, 1.0, 2.0, 3.0]])
BESIDE_KINKS = np.array([[-2.0, -1.0, -0.5, -0.25], [0.25, 0.5, 1.0, 2.0]])
AT_THE_KINK = np.zeros((1, 2))
EMPTY = np.zeros((0, 3))
LARGE = np.array([-1000.0, 1000.0])


def pytorch(name: str) -> tuple[str, ...]:
    """The names under which PyTorch offers an activation function."""
    return tuple(f"{place}.{name}" for place in ("torch", "torch.nn.functional", "torch.Tensor"))


def numbers(draw: Draw) -> Arguments:
    """A vector, or a batch of them."""
    n, m = draw.size(1, 4), draw.size(1, 3)
    shape: tuple[int, ...] = draw.choice(((n,), (n, m)))
    return (draw.array(*shape),)


def nonzero(draw: Draw) -> Arguments:
    """The same without 0, where a function with a kink has no derivative."""
    (x,) = numbers(draw)
    return (np.where(x == 0, 1.0, x),)
