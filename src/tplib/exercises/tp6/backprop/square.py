"""The function node z = x^2."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, NODE_ASPECTS, exercise, node_case, node_looks
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _draw(draw: Draw) -> Arguments:
    return node_case(draw, inputs=1)


@exercise(
    points=0.5,
    lecture="002, A function node",
    concepts=(14,),
    inputs=("x", "grad"),
    draw=_draw,
    draws=5,
    edges=(Case((7.0, 1.0)), Case((-2.0, 0.5)), *node_looks(inputs=1)),
    aspects=NODE_ASPECTS,
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


@Square.mistake("What is the slope of x squared at x = -3? Which sign has yours?")
class sign_of_x_lost(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * np.abs(self.x) * grad,)


@Square.mistake("Is the parabola x squared equally steep everywhere? Where does your slope depend on x?")
class slope_2_everywhere(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * grad,)


@Square.mistake("The chain rule combines the incoming gradient with the local one. By a sum, or by a product?")
class gradients_added(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (grad + 2 * self.x,)


@Square.mistake("`x *= x` writes z into the array that you have kept as x. How do you compute z without it?")
class writes_the_result_into_x(Square.reference):
    def forward(self, x: Array) -> Array:
        self.x = x
        x *= x
        return x


@Square.mistake("What is 2 z / x where x is 0? Which value can `forward` keep instead?")
class slope_by_a_division:
    def forward(self, x: Array) -> Array:
        self.x, self.z = x, np.square(x)
        return self.z

    def backward(self, grad: Array) -> tuple[Array]:
        return (grad * 2 * self.z / self.x,)


@Square.mistake("The node works on each entry by itself. What does `np.dot` or `@` do with the entries of arrays?")
class dot_product(Square.reference):
    def forward(self, x: Array) -> Array:
        self.x = x
        return np.dot(x, x)


@Square.mistake("`forward` gives 2 x. What is x squared?")
class doubles(Square.reference):
    def forward(self, x: Array) -> Array:
        self.x = x
        return x * 2


@Square.mistake("The node works on each entry by itself. Which shape has the gradient of an array?")
class summed_over_the_entries(Square.reference):
    def backward(self, grad: Array) -> tuple[Array]:
        return (np.sum(2 * self.x * grad),)


@Square.mistake("Inputs may be numbers or arrays. What does `float(...)` or `math` do with an array?")
class numbers_only:
    def forward(self, x: Array) -> float:
        self.x = float(x)
        return self.x**2

    def backward(self, grad: Array) -> tuple[float]:
        return (2 * self.x * float(grad),)


@Square.mistake("`backward` returns a tuple. Which brackets make one?")
class list_of_one_gradient(Square.reference):
    def backward(self, grad: Array) -> Any:
        return [2 * self.x * grad]


@Square.mistake("The node may be used again with another input. When does your code replace what it has kept?")
class keeps_the_first_input:
    def __init__(self) -> None:
        self.kept: list[Array] = []

    def forward(self, x: Array) -> Array:
        self.kept.append(x)
        return x**2

    def backward(self, grad: Array) -> tuple[Array]:
        return (2 * self.kept[0] * grad,)


@Square.mistake("`backward` speaks of one gradient that arrives. Where does your code add those of earlier calls?")
class adds_up_over_calls(Square.reference):
    def __init__(self) -> None:
        self.sum: Any = 0.0

    def backward(self, grad: Array) -> tuple[Array]:
        self.sum = self.sum + 2 * self.x * grad
        return (self.sum,)


@Square.alternative
class SquareProduct:
    def forward(self, x: Array) -> Array:
        self.x = x
        return x * x

    def backward(self, grad: Array) -> tuple[Array]:
        return (self.x * grad + grad * self.x,)


@Square.alternative
class SquareKeepsItsSlope:
    def __init__(self) -> None:
        self.slope: Any = None

    def forward(self, x: Array) -> Array:
        self.slope = x + x
        return np.square(x)

    def backward(self, grad: Array) -> tuple[Array]:
        return (np.multiply(grad, self.slope),)
