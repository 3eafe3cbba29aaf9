"""The function node z = x y."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, exercise, node_case
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    return node_case(draw, inputs=2)


@exercise(
    points=1,
    lecture="002, A function node",
    inputs=("x", "y", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((3.0, 2.0, 1.0)), Case((2.0, -1.5, 14.0))),
    observe=observers.observe_node,
    forbidden=AUTOGRAD,
)
class Multiply:
    """z = x y, so dz/dx = y and dz/dy = x; returned: (dl/dz * y, dl/dz * x), with dl/dz = grad.

    shapes: x, y, z, grad and both gradients have one shape.
    worked: x = 2, y = 3, grad = 14: z = 6, and backward returns (14 * 3, 14 * 2) = (42, 28).
    """

    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        return x * y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.x


@Multiply.mistake("If x grows by 1, by how much does x y grow? Is it x, or y?")
class gradients_swapped(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.x, grad * self.y


@Multiply.mistake("You return the local gradients. By what does the chain rule multiply them?")
class incoming_gradient_forgotten(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return self.y, self.x


@Multiply.mistake("You pass the gradient on unchanged. Is this right for a product, or for a sum?")
class local_gradients_forgotten(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad, grad


@Multiply.mistake("The chain rule combines the incoming gradient with the local one. By a sum, or by a product?")
class gradients_added(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad + self.y, grad + self.x


@Multiply.mistake("The slope in x is y. Which values must `forward` keep for that: z, or x and y?")
class keeps_the_result_only:
    def forward(self, x: Array, y: Array) -> Array:
        self.z = x * y
        return self.z

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.z, grad * self.z


@Multiply.mistake(
    "The node has two inputs, which lie in different places of the graph. How many gradients must it return?"
)
class one_gradient(Multiply.reference):
    def backward(self, grad: Array) -> Any:
        return grad * self.y + grad * self.x


@Multiply.mistake("Two nodes in one graph: does each keep its own x and y, or do you store them in one place for all?")
class memory_shared_by_all_nodes:
    x: Any = None
    y: Any = None

    def forward(self, x: Array, y: Array) -> Array:
        type(self).x, type(self).y = x, y
        return x * y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.x


@Multiply.alternative
class MultiplyKeepsItsSlopes:
    def __init__(self) -> None:
        self.slopes: tuple[Any, ...] = ()

    def forward(self, x: Array, y: Array) -> Array:
        self.slopes = (y, x)
        return np.multiply(x, y)

    def backward(self, grad: Array) -> tuple[Array, ...]:
        return tuple(slope * grad for slope in self.slopes)


@Multiply.alternative
class MultiplyList:
    def forward(self, *inputs: Array) -> Array:
        self.inputs = inputs
        x, y = inputs
        self.z = x * y
        return self.z

    def backward(self, grad: Array) -> list[Array]:
        x, y = self.inputs
        return [y * grad, x * grad]
