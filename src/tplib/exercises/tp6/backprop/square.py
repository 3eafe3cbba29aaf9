"""The function node z = x^2."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise, node_case
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    return node_case(draw, inputs=1)


@exercise(
    points=0.5,
    lecture="002, A function node",
    inputs=("x", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((7.0, 1.0)), Case((-2.0, 0.5))),
    observe=observers.observe_node,
    forbidden=AUTOGRAD,
)
class Square:
    """z = x^2, so dz/dx = 2 x; returned: (2 x * dl/dz,), a tuple of one, with dl/dz = grad.

    shapes: x, z, grad and the gradient in the tuple have one shape.
    worked: x = 7, grad = 1: z = 49, and backward returns (2 * 7 * 1,) = (14,).
    """

    def forward(self, x: Array) -> Array:
        self.x = x
        return x**2

    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * self.x * grad,)


@Square.mistake("What is the derivative of x squared?")
class factor_2_forgotten(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (self.x * grad,)


@Square.mistake("2 x is the local gradient. By what does the chain rule multiply it?")
class incoming_gradient_forgotten(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * self.x,)


@Square.mistake("The slope of x squared is taken at the input. Which value did your `forward` keep?")
class slope_at_the_result:
    def forward(self, x: Array) -> Array:
        self.z = x**2
        return self.z

    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * self.z * grad,)


@Square.mistake("The node squares its input. Does its slope square the gradient, or multiply it by 2 x?")
class gradient_squared(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (grad**2,)


@Square.mistake("`backward` returns a tuple with one gradient per input, here one. What does `(g,)` make of g?")
class no_tuple(Square.reference):
    def backward(self, grad: Array) -> Any:
        return 2 * self.x * grad


@Square.mistake("The node has one input. How many gradients does the tuple hold?")
class one_gradient_for_each_factor(Square.reference):
    def backward(self, grad: Array) -> Any:
        return self.x * grad, self.x * grad


@Square.mistake("Two nodes in one graph: does each keep its own x, or do you store it in one place for all?")
class memory_shared_by_all_nodes:
    x: Any = None

    def forward(self, x: Array) -> Array:
        type(self).x = x
        return x**2

    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * self.x * grad,)


@Square.alternative
class SquareProduct:
    def forward(self, x: Array) -> Array:
        self.x = x
        return x * x

    def backward(self, grad: Array) -> list[Array]:
        return [self.x * grad + grad * self.x]


@Square.alternative
class SquareKeepsItsSlope:
    def __init__(self) -> None:
        self.slope: Any = None

    def forward(self, x: Array) -> Array:
        self.slope = x + x
        return np.square(x)

    def backward(self, grad: Array) -> tuple[Array]:
        return (np.multiply(grad, self.slope),)
