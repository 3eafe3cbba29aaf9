"""Two linear layers are one."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _two_layers(draw: Draw) -> Arguments:
    D, H, K = draw.size(1, 3), draw.size(1, 3), draw.size(1, 3)
    return draw.array(D, H), draw.array(H), draw.array(H, K), draw.array(K)


def _sizes(D: int, H: int, K: int) -> Drawn:
    return Drawn(lambda draw: (draw.array(D, H), draw.array(H), draw.array(H, K), draw.array(K)))


def _negative_bias(draw: Draw) -> Arguments:
    return draw.array(2, 3), -draw.array(3, low=0.5), draw.array(3, 2), draw.array(2)


@exercise(
    points=2,
    at_home=True,
    lecture="000, Activation functions: combining two linear functions",
    concepts=(8,),
    draw=_two_layers,
    edges=(
        Case(
            (
                np.array([[1.0, 2.0], [0.0, -1.0]]),
                np.array([1.0, -1.0]),
                np.array([[0.5, 1.0], [3.0, -2.0]]),
                np.array([10.0, 20.0]),
            )
        ),
        *(_sizes(*sizes) for sizes in ((2, 2, 2), (2, 3, 2), (3, 2, 2), (2, 2, 3), (4, 3, 2))),
        Drawn(_negative_bias),
    ),
)
def collapse_linear(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """(x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2).

    shapes: `W1` is (D, H), `b1` (H,), `W2` (H, K), `b2` (K,): the result is a pair, `W` of (D, K) and `b` of (K,).
    worked: W1 = [[2]], b1 = [1], W2 = [[3]], b2 = [4]: 3 (2x + 1) + 4 = 6x + 7, so W = [[6]] and b = [7]
    """
    return W1 @ W2, b1 @ W2 + b2


@collapse_linear.mistake("What do the two layers give for x = 0? Follow `b1` through the second layer.")
def first_bias_lost(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b2)


@collapse_linear.mistake("What do the two layers give for x = 0? What does the second layer add at the end?")
def second_bias_lost(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b1 @ W2)


@collapse_linear.mistake("`b1` is added before the second layer. What does that layer do to it?")
def first_bias_not_transformed(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b1 + b2)


@collapse_linear.mistake("`b2` is added last. Does it pass through `W2`?")
def both_biases_transformed(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, (b1 + b2) @ W2)


@collapse_linear.mistake("`b1` is a row, like x. On which side of it does `W2` stand?")
def bias_on_the_wrong_side(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, W2 @ b1 + b2)


@collapse_linear.mistake("A bias has one axis, (K,). How many has yours?")
def bias_with_two_axes(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, b1[None, :] @ W2 + b2)


@collapse_linear.mistake("What does your layer give for x = 0? Is the bias added twice for any other x?")
def bias_counted_in_the_weights(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2 + b1 @ W2 + b2, b1 @ W2 + b2)


@collapse_linear.mistake("`b1` is added once to each example. Is it multiplied by the inputs?")
def first_bias_added_to_the_weights(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return ((W1 + b1) @ W2, b2)


@collapse_linear.mistake("There is no activation function here. What becomes of a negative number in `b1`?")
def activation_between_the_layers(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 @ W2, np.maximum(b1, 0) @ W2 + b2)


@collapse_linear.mistake("x meets W1 first. With rows as examples, is that x W1 W2 or x W2 W1?")
def order_reversed(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W2 @ W1, b1 @ W2 + b2)


@collapse_linear.mistake(
    "The lecture writes A x + b, with x a column. Our x is a row: what becomes of the order and of the shapes?"
)
def column_convention(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W2.T @ W1.T, W2.T @ b1 + b2)


@collapse_linear.mistake("One layer follows the other. Does that add their matrices, or multiply them?")
def weights_added(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 + W2, b1 + b2)


@collapse_linear.mistake("`*` multiplies number by number. Which operator multiplies matrices?")
def product_of_numbers(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (W1 * W2, b1 * W2 + b2)


@collapse_linear.mistake("In which order are the weights and the bias asked for?")
def pair_swapped(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (b1 @ W2 + b2, W1 @ W2)


@collapse_linear.mistake("A layer has weights and a bias. Which of them do you return?")
def weights_only(W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    return W1 @ W2


@collapse_linear.alternative
def collapse_by_probing(W1: Array, b1: Array, W2: Array, b2: Array) -> list[Array]:
    probes = np.vstack([np.zeros((1, len(W1))), np.eye(len(W1))]).astype(W1.dtype)
    out = (probes @ W1 + b1) @ W2 + b2  # row 0 is the bias, row i the bias plus row i of the weights
    return [out[1:] - out[0], out[0]]


@collapse_linear.alternative
def by_einsum(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (np.einsum("dh,hk->dk", W1, W2), (b1[None, :] @ W2)[0] + b2)


@collapse_linear.alternative
def by_sums(W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    return (np.dot(W1, W2), np.sum(b1[:, None] * W2, axis=0) + b2)
