"""The function node z = x + y."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, NODE_ASPECTS, exercise, node_case, node_looks
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    return node_case(draw, inputs=2)


@exercise(
    points=0.5,
    lecture="002, A function node",
    concepts=(14,),
    inputs=("x", "y", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((6.0, 1.0, 14.0)), *node_looks(inputs=2)),
    aspects=NODE_ASPECTS,
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
        return 1.0, 1.0


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


@Add.mistake("The node has two inputs. How many gradients does your tuple hold?")
class tuple_of_one_gradient(Add.reference):
    def backward(self, grad: Array) -> Any:
        return (grad,)


@Add.mistake("Both gradients lie in one array. What does `return a, b` give, and what does `np.array([a, b])`?")
class array_of_both_gradients(Add.reference):
    def backward(self, grad: Array) -> Any:
        return np.array([grad, grad])


@Add.mistake("`backward` returns a tuple. Which brackets make one?")
class list_of_both_gradients(Add.reference):
    def backward(self, grad: Array) -> Any:
        return [grad, grad]


@Add.mistake("If y grows by 1, does x + y grow or fall?")
class slope_of_a_difference(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad, -grad


@Add.mistake("If y grows by 1, does x + y stay as it is?")
class nothing_for_the_second_input(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Any]:
        return grad, 0.0


@Add.mistake("Each input has its own gradient. Are they added up here, or by who uses the node's inputs?")
class doubled(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad + grad, grad + grad


@Add.mistake("If x grows by 1, z grows by 1. Does it matter how large x is beside y?")
class in_proportion_to_the_inputs:
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        return x + y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        z = self.x + self.y
        return grad * self.x / z, grad * self.y / z


@Add.mistake("The node adds x to y entry by entry. Which shape has z?")
class summed_over_the_entries(Add.reference):
    def forward(self, x: Array, y: Array) -> Any:
        return np.sum([x, y])


@Add.mistake("Both inputs have the shape of z. For which sum of section 4, with a bias, would this be right?")
class gradient_of_a_bias(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Any]:
        return grad, np.sum(grad)


@Add.mistake(
    "Both inputs have the shape of z. For which sum of section 4, with a bias, would this be right?",
    name="gradient of a bias, for matrices",
)
class gradient_of_a_bias_for_matrices(Add.reference):
    def backward(self, grad: Array) -> tuple[Array, Any]:
        return (grad, np.sum(grad, axis=0)) if np.ndim(grad) == 2 else (grad, grad)


@Add.mistake("The slope of a sum is 1, whatever its inputs are. Which node would stop a gradient at negative inputs?")
class stopped_at_negative_inputs:
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        return x + y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return np.where(np.asarray(self.x) > 0, grad, 0.0), np.where(np.asarray(self.y) > 0, grad, 0.0)


@Add.mistake("Inputs may be numbers or arrays. What does `float(...)` do with an array?")
class numbers_only:
    def forward(self, x: Array, y: Array) -> float:
        return float(x) + float(y)

    def backward(self, grad: Array) -> tuple[float, float]:
        return float(grad), float(grad)


@Add.mistake("`backward` speaks of one gradient that arrives. Where does your code add those of earlier calls?")
class adds_up_over_calls(Add.reference):
    def __init__(self) -> None:
        self.sum: Any = 0.0

    def backward(self, grad: Array) -> tuple[Array, Array]:
        self.sum = self.sum + grad
        return self.sum, self.sum


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

    def backward(self, grad: Array) -> tuple[Array, ...]:
        return tuple(1 * grad for _ in self.kept[:2])
