"""What the exercises of 1_forward share: their notebook, and inputs for functions that act number by number."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn, exercises_of

exercise = exercises_of("TP6-TrainFFNN", "1_forward", keeps_dtype=True)

AUTOGRAD = ("torch.autograd.grad", "torch.autograd.backward", "torch.Tensor.backward", "torch.func.grad")

KINKS = np.array([[-2.0, -1.0, -0.5, 0.0], [0.5, 1.0, 2.0, 3.0]])
BESIDE_KINKS = np.array([[-2.0, -1.0, -0.5, -0.25], [0.25, 0.5, 1.0, 2.0]])
AT_THE_KINK = np.zeros((1, 2))
LARGE = np.array([-1000.0, 1000.0])


def pytorch(name: str) -> tuple[str, ...]:
    """The names under which PyTorch offers an activation function."""
    return tuple(f"{place}.{name}" for place in ("torch", "torch.nn.functional", "torch.Tensor"))


SIGMOIDS = (*pytorch("sigmoid"), "torch.special.expit", "scipy.special.expit")


def numbers(draw: Draw) -> Arguments:
    """A vector, a table, or an array of three axes."""
    n, m, k = draw.size(1, 4), draw.size(1, 3), draw.size(1, 2)
    shape: tuple[int, ...] = draw.choice(((n,), (n, m), (k, n, m)))
    return (draw.array(*shape),)


def nonzero(draw: Draw) -> Arguments:
    """The same without 0, where a function with a kink has no derivative."""
    (x,) = numbers(draw)
    return (np.where(x == 0, 1.0, x),)


def everywhere(*options: Sequence[float]) -> tuple[Drawn, ...]:
    """Cases of functions that act number by number, each with one of the `options` as a further argument.

    One number of either sign, one to three axes, only positive or negative numbers, numbers close to 0 and far from it.
    """

    def case(*shape: int, low: float = -3.0, high: float = 3.0, times: Any = 1.0) -> Drawn:
        return Drawn(
            lambda draw: (draw.array(*shape, low=low, high=high) * times, *(draw.choice(option) for option in options))
        )

    shapes = ((2,), (3,), (4,), (3, 2), (2, 3), (2, 2, 3))
    close = np.array([[-1.0, 1.0, -1.0, 1.0], [-1e-10, 1e-10, -1e-10, 1e-10]])
    return (
        *(case(n, low=0.1, times=side) for n in (1, 3) for side in (-1.0, 1.0)),
        *(case(*shape) for shape in shapes),
        case(2, 4, low=0.01, high=0.05, times=close),
        case(2, 2, low=4.0, high=8.0, times=np.array([[-1.0, 1.0], [1.0, -1.0]])),
    )


def large(draw: Draw) -> Arguments:
    """Numbers at which a careless exponential overflows, and some that are not quite so large."""
    a = float(draw.array(1, low=30.0, high=700.0)[0])
    return (np.array([-1000.0, -a, a, 1000.0]),)


STABLE = (Case((LARGE,), "stability"), Drawn(large, "stability"))
AT_1000 = {"stability": "Right for moderate inputs, but not for large ones such as 1000 or -1000."}


def with_option(cases: Sequence[Case | Drawn], option: float) -> tuple[Case | Drawn, ...]:
    """The same cases with one further argument."""

    def one_more(case: Case | Drawn) -> Case | Drawn:
        if isinstance(case, Case):
            return Case((*case.args, option), case.aspect)
        build = case.draw
        return Drawn(lambda draw: (*build(draw), option), case.aspect)

    return tuple(map(one_more, cases))
