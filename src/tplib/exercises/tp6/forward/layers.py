"""One unit, one layer."""

import numpy as np

from tplib.exercises.tp6.forward.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _sigmoid(z: Array) -> Array:
    return np.exp(-np.logaddexp(0, -z))


def _neuron_case(draw: Draw) -> Arguments:
    D = draw.size(1, 4)
    return draw.array(D), draw.array(D), draw.choice((0.0, 1.0, -0.5, 2.0))


def _neuron(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x @ w + b)


def _neuron_loop(x: Array, w: Array, b: float) -> float:
    z = b
    for x_i, w_i in zip(x, w, strict=True):
        z += x_i * w_i
    return 0.5 * (1 + np.tanh(z / 2))


def _neuron_no_activation(x: Array, w: Array, b: float) -> Array:
    return x @ w + b


def _neuron_no_bias(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x @ w)


def _neuron_inputs_not_summed(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x * w + b)


def _neuron_activation_before_the_sum(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x * w).sum() + b


def _neuron_bias_added_for_each_input(x: Array, w: Array, b: float) -> Array:
    return _sigmoid((x * w + b).sum())


def _neuron_sign_of_the_exponent(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(-(x @ w + b))


def _neuron_1_exp(x: Array, w: Array, b: float) -> Array:
    return 1 / (1 - np.exp(-(x @ w + b)))


def _neuron_by_logaddexp(x: Array, w: Array, b: float) -> Array:
    return np.exp(-np.logaddexp(0, -(np.sum(x * w) + b)))


def _neuron_plain_float(x: Array, w: Array, b: float) -> float:
    return float(1 / (1 + np.exp(-np.dot(w, x) - b)))


neuron = exercise(
    name="neuron",
    points=1,
    lecture="003, Artificial Neuron",
    signature="neuron(x, w, b)",
    draw=_neuron_case,
    edges=(
        Case((np.array([1.0, 2.0, -1.0]), np.array([0.5, -0.25, 1.0]), 0.75)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 1.5]), 0.0)),
    ),
    reference=_neuron,
    misconceptions=(
        Misconception(
            "no activation",
            _neuron_no_activation,
            "A weighted sum can be any number. What brings it between 0 and 1?",
        ),
        Misconception(
            "no bias",
            _neuron_no_bias,
            "Your unit answers 0.5 whenever x is 0. Which parameter should be able to change that?",
        ),
        Misconception(
            "inputs not summed",
            _neuron_inputs_not_summed,
            "A unit gives one number. What happens to the D products of inputs and weights?",
        ),
        Misconception(
            "activation before the sum",
            _neuron_activation_before_the_sum,
            "Which comes first: the sum over the inputs, or the activation function?",
        ),
        Misconception(
            "bias added for each input",
            _neuron_bias_added_for_each_input,
            "How many times does the bias of one unit count?",
        ),
        Misconception(
            "sign of the exponent",
            _neuron_sign_of_the_exponent,
            "Should a larger weighted sum raise or lower the output? Look at the sign in the exponent.",
        ),
        Misconception(
            "1 - exp",
            _neuron_1_exp,
            "What does your formula give for a weighted sum of 0?",
        ),
    ),
    alternatives=(
        _neuron_loop,
        _neuron_by_logaddexp,
        _neuron_plain_float,
    ),
    formula="z = x_1 w_1 + ... + x_D w_D + b, then y = 1 / (1 + exp(-z)).",
    shapes="`x` and `w` are (D,), `b` is a number, and so is the result.",
    worked="x = [1, 2], w = [3, -1], b = -1: z = 3 - 2 - 1 = 0, and y = 1 / (1 + 1) = 0.5",
)


def _dense_case(draw: Draw) -> Arguments:
    B, D, H = draw.size(1, 4), draw.size(1, 4), draw.size(1, 4)
    return draw.array(B, D), draw.array(D, H), draw.array(H)


def _dense(x: Array, W: Array, b: Array) -> Array:
    return x @ W + b


def _dense_augmented(x: Array, W: Array, b: Array) -> Array:
    ones = np.ones((len(x), 1), dtype=x.dtype)
    return np.hstack([x, ones]) @ np.vstack([W, b])


def _dense_no_bias(x: Array, W: Array, b: Array) -> Array:
    return x @ W


def _dense_weights_first(x: Array, W: Array, b: Array) -> Array:
    return W @ x + b


def _dense_transposed_weights(x: Array, W: Array, b: Array) -> Array:
    return x @ W.T + b


def _dense_product_of_numbers(x: Array, W: Array, b: Array) -> Array:
    return x * W + b


def _dense_bias_as_a_column(x: Array, W: Array, b: Array) -> Array:
    return x @ W + b[:, None]


def _dense_activation_included(x: Array, W: Array, b: Array) -> Array:
    return _sigmoid(x @ W + b)


def _dense_by_einsum(x: Array, W: Array, b: Array) -> Array:
    return np.einsum("bd,dh->bh", x, W) + b


def _dense_by_columns(x: Array, W: Array, b: Array) -> Array:
    return (W.T @ x.T + b[:, None]).T


dense = exercise(
    name="dense",
    points=1,
    lecture="004, Single-layer neural network (perceptron)",
    signature="dense(x, W, b)",
    draw=_dense_case,
    edges=(
        Case((np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.5]]), np.array([0.5, -2.0]))),
        Case((np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.5, -2.0]))),
        Case((np.zeros((0, 3)), np.ones((3, 2)), np.array([0.5, -2.0]))),
    ),
    reference=_dense,
    misconceptions=(
        Misconception(
            "no bias",
            _dense_no_bias,
            "What should your layer give for an input full of zeros?",
        ),
        Misconception(
            "weights first",
            _dense_weights_first,
            "One row of `x` is one example. On which side of `x` must `W` stand so that each row is transformed?",
        ),
        Misconception(
            "transposed weights",
            _dense_transposed_weights,
            "`W` is (D, H) here: one column per unit. Does it need to be transposed?",
        ),
        Misconception(
            "product of numbers",
            _dense_product_of_numbers,
            "`*` multiplies number by number. Which operator multiplies matrices?",
        ),
        Misconception(
            "bias as a column",
            _dense_bias_as_a_column,
            "What is the shape of your bias? Which axis of (B, H) does each of its H numbers belong to?",
        ),
        Misconception(
            "activation included",
            _dense_activation_included,
            "This function stops before the activation. Can its result be larger than 1?",
        ),
    ),
    alternatives=(
        _dense_augmented,
        _dense_by_einsum,
        _dense_by_columns,
    ),
    forbidden=("torch.nn.functional.linear", "torch.nn.Linear", "torch.addmm", "torch.Tensor.addmm"),
    formula="z = x W + b: row by row, z_h = sum over d of x_d W_dh, plus b_h.",
    shapes="`x` is (B, D), `W` (D, H), `b` (H,): the product is (B, H), and `b` is added to each of its rows.",
    worked="[[1, 2]] @ [[1], [10]] + [100] = [[1 + 20 + 100]] = [[121]]",
)
