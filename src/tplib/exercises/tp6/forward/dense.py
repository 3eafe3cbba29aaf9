"""One layer."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _sigmoid(z: Array) -> Array:
    return np.exp(-np.logaddexp(0, -z))


def _layer(draw: Draw) -> Arguments:
    B, D, H = draw.size(1, 4), draw.size(1, 4), draw.size(1, 4)
    return draw.array(B, D), draw.array(D, H), draw.array(H)


def _sizes(B: int, D: int, H: int) -> Drawn:
    return Drawn(lambda draw: (draw.array(B, D), draw.array(D, H), draw.array(H)))


@exercise(
    points=1,
    lecture="004, Single-layer neural network (perceptron)",
    concepts=(6,),
    draw=_layer,
    edges=(
        Case((np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.5]]), np.array([0.5, -2.0]))),
        Case((np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.5, -2.0]))),
        *(_sizes(*sizes) for sizes in ((1, 2, 3), (3, 2, 1), (3, 2, 4), (2, 4, 3))),
    ),
    forbidden=("torch.nn.functional.linear", "torch.nn.Linear", "torch.addmm", "torch.Tensor.addmm"),
)
def dense(x: Array, W: Array, b: Array) -> Array:
    """z = x W + b: row by row, z_h = sum over d of x_d W_dh, plus b_h.

    shapes: `x` is (B, D), `W` (D, H), `b` (H,): the product is (B, H), and `b` is added to each of its rows.
    worked: [[1, 2]] @ [[1], [10]] + [100] = [[1 + 20 + 100]] = [[121]]
    """
    return x @ W + b


@dense.mistake("What should your layer give for an input full of zeros?")
def no_bias(x: Array, W: Array, b: Array) -> Array:
    return x @ W


@dense.mistake("One row of `x` is one example. On which side of `x` must `W` stand so that each row is transformed?")
def weights_first(x: Array, W: Array, b: Array) -> Array:
    return W @ x + b


@dense.mistake("`W` is (D, H) here: one column per unit. Does it need to be transposed?")
def transposed_weights(x: Array, W: Array, b: Array) -> Array:
    return x @ W.T + b


@dense.mistake("`*` multiplies number by number. Which operator multiplies matrices?")
def product_of_numbers(x: Array, W: Array, b: Array) -> Array:
    return x * W + b


@dense.mistake("What is the shape of your bias? Which axis of (B, H) does each of its H numbers belong to?")
def bias_as_a_column(x: Array, W: Array, b: Array) -> Array:
    return x @ W + b[:, None]


@dense.mistake("How many times does the bias count in one sum: once, or once for each input?")
def bias_added_for_each_input(x: Array, W: Array, b: Array) -> Array:
    return x @ W + len(W) * b


@dense.mistake("Is the bias multiplied by the inputs? In x W + b it is added after the product.")
def bias_added_to_the_weights(x: Array, W: Array, b: Array) -> Array:
    return x @ (W + b)


@dense.mistake("Is the bias added to the product or taken from it?")
def bias_subtracted(x: Array, W: Array, b: Array) -> Array:
    return x @ W - b


@dense.mistake("`b` holds one bias per unit. Which one does your second unit use?")
def first_bias_for_all_units(x: Array, W: Array, b: Array) -> Array:
    return x @ W + b[0]


@dense.mistake("`b` holds one bias per unit. Are they added to each other?")
def biases_summed(x: Array, W: Array, b: Array) -> Array:
    return x @ W + b.sum()


@dense.mistake("This function stops before the activation. Can its result be larger than 1?")
def activation_included(x: Array, W: Array, b: Array) -> Array:
    return _sigmoid(x @ W + b)


@dense.mistake("This function stops before the activation. Can its result be negative?", name="ReLU included")
def relu_included(x: Array, W: Array, b: Array) -> Array:
    return np.maximum(x @ W + b, 0)


@dense.mistake("`x` holds B examples. What becomes of the second row?")
def first_example_only(x: Array, W: Array, b: Array) -> Array:
    return x[:1] @ W + b


@dense.mistake("How many units has the layer: as many as `W` has rows, or columns? What is `len(W)`?")
def one_unit_for_each_input(x: Array, W: Array, b: Array) -> Array:
    return np.stack([x @ W[:, h] + b[h] for h in range(len(W))], axis=1)


@dense.mistake("What is in the last column of your result? Where does the loop over the units end?")
def last_unit_forgotten(x: Array, W: Array, b: Array) -> Array:
    z = x @ W + b
    z[:, -1] = 0
    return z


@dense.mistake("For one example the result is (1, H), not (H,). What drops the axis of length 1?")
def axes_of_length_1_dropped(x: Array, W: Array, b: Array) -> Array:
    return np.squeeze(x @ W + b)


@dense.alternative
def augmented(x: Array, W: Array, b: Array) -> Array:
    ones = np.ones((len(x), 1), dtype=x.dtype)
    return np.hstack([x, ones]) @ np.vstack([W, b])


@dense.alternative
def by_einsum(x: Array, W: Array, b: Array) -> Array:
    return np.einsum("bd,dh->bh", x, W) + b


@dense.alternative
def by_columns(x: Array, W: Array, b: Array) -> Array:
    return (W.T @ x.T + b[:, None]).T
