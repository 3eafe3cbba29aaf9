"""One unit, one layer."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _sigmoid(z: Array) -> Array:
    return np.exp(-np.logaddexp(0, -z))


def _neuron_case(draw: Draw) -> Arguments:
    D = draw.size(1, 4)
    return draw.array(D), draw.array(D), draw.choice((0.0, 1.0, -0.5, 2.0))


def _dense_case(draw: Draw) -> Arguments:
    B, D, H = draw.size(1, 4), draw.size(1, 4), draw.size(1, 4)
    return draw.array(B, D), draw.array(D, H), draw.array(H)


@exercise(
    points=1,
    lecture="003, Artificial Neuron",
    draw=_neuron_case,
    edges=(
        Case((np.array([1.0, 2.0, -1.0]), np.array([0.5, -0.25, 1.0]), 0.75)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 1.5]), 0.0)),
    ),
)
def neuron(x: Array, w: Array, b: float) -> Array:
    """z = x_1 w_1 + ... + x_D w_D + b, then y = 1 / (1 + exp(-z)).

    shapes: `x` and `w` are (D,), `b` is a number, and so is the result.
    worked: x = [1, 2], w = [3, -1], b = -1: z = 3 - 2 - 1 = 0, and y = 1 / (1 + 1) = 0.5
    """
    return _sigmoid(x @ w + b)


@neuron.mistake("A weighted sum can be any number. What brings it between 0 and 1?")
def no_activation(x: Array, w: Array, b: float) -> Array:
    return x @ w + b


@neuron.mistake("Your unit answers 0.5 whenever x is 0. Which parameter should be able to change that?")
def no_bias(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x @ w)


@neuron.mistake("A unit gives one number. What happens to the D products of inputs and weights?")
def inputs_not_summed(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x * w + b)


@neuron.mistake("Which comes first: the sum over the inputs, or the activation function?")
def activation_before_the_sum(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x * w).sum() + b


@neuron.mistake("How many times does the bias of one unit count?")
def bias_added_for_each_input(x: Array, w: Array, b: float) -> Array:
    return _sigmoid((x * w + b).sum())


@neuron.mistake("Should a larger weighted sum raise or lower the output? Look at the sign in the exponent.")
def sign_of_the_exponent(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(-(x @ w + b))


@neuron.mistake("What does your formula give for a weighted sum of 0?", name="1 - exp")
def neuron_1_exp(x: Array, w: Array, b: float) -> Array:
    return 1 / (1 - np.exp(-(x @ w + b)))


@neuron.alternative
def loop(x: Array, w: Array, b: float) -> float:
    z = b
    for x_i, w_i in zip(x, w, strict=True):
        z += x_i * w_i
    return 0.5 * (1 + np.tanh(z / 2))


@neuron.alternative
def by_logaddexp(x: Array, w: Array, b: float) -> Array:
    return np.exp(-np.logaddexp(0, -(np.sum(x * w) + b)))


@neuron.alternative
def plain_float(x: Array, w: Array, b: float) -> float:
    return float(1 / (1 + np.exp(-np.dot(w, x) - b)))


@exercise(
    points=1,
    lecture="004, Single-layer neural network (perceptron)",
    draw=_dense_case,
    edges=(
        Case((np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.5]]), np.array([0.5, -2.0]))),
        Case((np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.5, -2.0]))),
        Case((np.zeros((0, 3)), np.ones((3, 2)), np.array([0.5, -2.0]))),
    ),
    forbidden=("torch.nn.functional.linear", "torch.nn.Linear", "torch.addmm", "torch.Tensor.addmm"),
)
def dense(x: Array, W: Array, b: Array) -> Array:
    """z = x W + b: row by row, z_h = sum over d of x_d W_dh, plus b_h.

    shapes: `x` is (B, D), `W` (D, H), `b` (H,): the product is (B, H), and `b` is added to each of its rows.
    worked: [[1, 2]] @ [[1], [10]] + [100] = [[1 + 20 + 100]] = [[121]]
    """
    return x @ W + b


@dense.mistake("What should your layer give for an input full of zeros?", name="no bias")
def dense_no_bias(x: Array, W: Array, b: Array) -> Array:
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


@dense.mistake("This function stops before the activation. Can its result be larger than 1?")
def activation_included(x: Array, W: Array, b: Array) -> Array:
    return _sigmoid(x @ W + b)


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
