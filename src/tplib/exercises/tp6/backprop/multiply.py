"""The function node z = x y."""

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
    points=1,
    lecture="002, A function node",
    concepts=(14,),
    inputs=("x", "y", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((2.0, 3.0, 14.0)), *node_looks(inputs=2)),
    aspects=NODE_ASPECTS,
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


@Multiply.mistake("One of your two gradients is right. Which input does the slope in y depend on?")
class same_gradient_for_both(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.y


@Multiply.mistake("The node has two inputs. How many gradients does your tuple hold?")
class tuple_of_one_gradient(Multiply.reference):
    def backward(self, grad: Array) -> Any:
        return (grad * self.y + grad * self.x,)


@Multiply.mistake("Both gradients lie in one array. What does `return a, b` give, and what does `np.array([a, b])`?")
class array_of_both_gradients(Multiply.reference):
    def backward(self, grad: Array) -> Any:
        return np.array([grad * self.y, grad * self.x])


@Multiply.mistake("`forward` must hand its result on to the next node. Where is its `return`?")
class forward_returns_nothing:
    def forward(self, x: Array, y: Array) -> None:
        self.x, self.y = x, y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.x


@Multiply.mistake("The node works on each entry by itself. What does `np.dot` or `@` do with the entries of arrays?")
class dot_product(Multiply.reference):
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        return np.dot(x, y)


@Multiply.mistake("The node works on each entry by itself. Is a matrix product right here, or is it for whole layers?")
class backward_of_a_layer(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        if np.ndim(grad) == 2:
            return grad @ np.transpose(self.y), np.transpose(self.x) @ grad
        return grad * self.y, grad * self.x


@Multiply.mistake("The node works on each entry by itself. Which shape has the gradient of an array?")
class summed_over_the_entries(Multiply.reference):
    def backward(self, grad: Array) -> tuple[Array, Array]:
        return np.sum(grad * self.y), np.sum(grad * self.x)


@Multiply.mistake("`x *= y` writes z into the array that you have kept as x. How do you compute z without it?")
class writes_the_result_into_x(Multiply.reference):
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x, y
        x *= y
        return x


@Multiply.mistake("Is z / x always y? What if x is 0? Which values can `forward` keep instead?")
class finds_y_by_a_division:
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.z = x, np.multiply(x, y)
        return self.z

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.z / self.x, grad * self.x


@Multiply.mistake("Is z / x always y? What if one of them is 0? Which values can `forward` keep instead?")
class finds_both_by_a_division:
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y, self.z = x, y, np.multiply(x, y)
        return self.z

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.z / self.x, grad * self.z / self.y


@Multiply.mistake("Inputs may be numbers or arrays. What does `float(...)` or `math` do with an array?")
class numbers_only:
    def forward(self, x: Array, y: Array) -> float:
        self.x, self.y = float(x), float(y)
        return self.x * self.y

    def backward(self, grad: Array) -> tuple[float, float]:
        return float(grad) * self.y, float(grad) * self.x


@Multiply.mistake("Inputs may be numbers or arrays. Has the number 2.0 a `.copy()` or a `.shape`?")
class arrays_only(Multiply.reference):
    def forward(self, x: Array, y: Array) -> Array:
        self.x, self.y = x.copy(), y.copy()
        return self.x * self.y


@Multiply.mistake("Your result has no decimals. Is there an `int`, an integer array or `//`?")
class decimals_cut(Multiply.reference):
    def forward(self, x: Array, y: Array) -> Any:
        self.x, self.y = x, y
        return np.array(x * y, dtype=int)


@Multiply.mistake("`backward` returns a tuple. Which brackets make one?")
class list_of_both_gradients(Multiply.reference):
    def backward(self, grad: Array) -> Any:
        return [grad * self.y, grad * self.x]


@Multiply.mistake("The node may be used again with other inputs. When does your code replace what it has kept?")
class keeps_the_first_inputs:
    def forward(self, x: Array, y: Array) -> Array:
        if not hasattr(self, "x"):
            self.x, self.y = x, y
        return x * y

    def backward(self, grad: Array) -> tuple[Array, Array]:
        return grad * self.y, grad * self.x


@Multiply.mistake("`backward` speaks of one gradient that arrives. Where does your code add those of earlier calls?")
class adds_up_over_calls(Multiply.reference):
    def __init__(self) -> None:
        self.sum_x: Any = 0.0
        self.sum_y: Any = 0.0

    def backward(self, grad: Array) -> tuple[Array, Array]:
        self.sum_x = self.sum_x + grad * self.y
        self.sum_y = self.sum_y + grad * self.x
        return self.sum_x, self.sum_y


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
class MultiplyKeepsAll:
    def forward(self, *inputs: Array) -> Array:
        self.inputs = inputs
        x, y = inputs
        self.z = x * y
        return self.z

    def backward(self, grad: Array) -> tuple[Array, ...]:
        x, y = self.inputs
        return (y * grad, x * grad)
