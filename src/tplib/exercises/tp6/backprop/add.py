"""The function node z = x + y."""

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
    points=0.5,
    lecture="002, A function node",
    inputs=("x", "y", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((6.0, 1.0, 14.0)), Case((-2.0, 0.5, -3.0))),
    observe=observers.observe_node,
    forbidden=AUTOGRAD,
)
class Add:
    """z = x + y, so dz/dx = 1 and dz/dy = 1; returned: (dl/dz, dl/dz), with dl/dz = grad.

    shapes: x, y, z, grad and both gradients have one shape.
    worked: x = 6, y = 1, grad = 14: z = 7, and backward returns (14 * 1, 14 * 1) = (14, 14).
    """

    def forward(self, x: Array, y: Array) -> Array:
        return x + y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad, grad


@Add.mistake("1 and 1 are the local gradients. By what does the chain rule multiply them?")
class incoming_gradient_forgotten(Add.reference):
    def backward(self, grad: Array) -> Any:
        return 1, 1


@Add.mistake("Ones are the local gradients. By what does the chain rule multiply them?")
class incoming_gradient_replaced_by_ones(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return np.ones_like(grad), np.ones_like(grad)


@Add.mistake("If x grows by 1, by how much does x + y grow? Does that depend on y?")
class slopes_of_a_product:
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        return x + y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.x


@Add.mistake("If x grows by 1, by how much does x + y grow? Does that depend on x?")
class multiplied_by_its_own_input(slopes_of_a_product):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.x, grad * self.y


@Add.mistake("If x grows by 1 and y stays, z grows by 1, not by one half. What is then the slope in x?")
class gradient_shared_out(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad / 2, grad / 2


@Add.mistake("The node has two inputs, which lie in different places of the graph. How many gradients must it return?")
class one_gradient(Add.reference):
    def backward(self, grad: Array) -> Any:
        return grad


@Add.alternative
class AddOnes:
    def forward(self, x: Array, y: Array) -> Array:
        self.slope_x, self.slope_y = 1, 1
        return np.add(x, y)

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.slope_x, grad * self.slope_y


@Add.alternative
class AddKeepsAll:
    def __init__(self) -> None:
        self.kept: tuple[Any, ...] = ()

    def forward(self, x: Array, y: Array) -> Array:
        self.kept = (x, y, x + y)
        return self.kept[2]

    def backward(self, grad: Array) -> list[Array]:
        return [1 * grad for _ in self.kept[:2]]
