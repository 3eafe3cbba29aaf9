"""One unit."""

import numpy as np

from tplib.exercises.tp6.forward.common import SIGMOIDS, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _sigmoid(z: Array) -> Array:
    return np.exp(-np.logaddexp(0, -z))


def _inputs(draw: Draw) -> Arguments:
    D = draw.size(1, 4)
    return draw.array(D), draw.array(D), draw.choice((0.0, 1.0, -0.5, 2.0))


def _four_inputs(draw: Draw) -> Arguments:
    return draw.array(4, low=-1.0, high=1.0), draw.array(4, low=-1.0, high=1.0), draw.choice((1.0, -0.5, 2.0))


def _large_sum(draw: Draw) -> Arguments:
    return np.array([1000.0, -500.0]), np.array([draw.choice((1.0, -1.0)), 0.0]), draw.choice((0.0, 1.0))


@exercise(
    points=1,
    lecture="003, Artificial Neuron",
    concepts=(6,),
    draw=_inputs,
    edges=(
        Case((np.array([1.0, 2.0, -1.0]), np.array([0.5, -0.25, 1.0]), 0.75)),
        Case((np.array([1.0, -2.0]), np.array([0.5, 1.5]), 0.0)),
        Drawn(_four_inputs),
        Case((np.array([1000.0, 1.0]), np.array([1.0, 2.0]), 0.5), "stability"),
        Case((np.array([1000.0, 1.0]), np.array([-1.0, 2.0]), 0.5), "stability"),
        Drawn(_large_sum, "stability"),
    ),
    aspects={"stability": "Right for moderate sums, but not for z = 1000 or z = -1000."},
    forbidden=SIGMOIDS,
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


@neuron.mistake("The formula sums products. Do you multiply each input by its own weight before you sum?")
def sums_multiplied(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x.sum() * w.sum() + b)


@neuron.mistake("Is z the sum of the products, or their mean?")
def mean_of_the_products(x: Array, w: Array, b: float) -> Array:
    return _sigmoid((x * w).mean() + b)


@neuron.mistake("How many inputs does your unit read? There are D of them, and not always two.")
def two_inputs_only(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x[0] * w[0] + x[1] * w[1] + b)


@neuron.mistake("Count the products in your sum: is the last one among them?")
def last_input_forgotten(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x[:-1] @ w[:-1] + b)


@neuron.mistake("Does each turn of your loop add to the sum, or replace it?")
def last_product_only(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x[-1] * w[-1] + b)


@neuron.mistake("Should a larger weighted sum raise or lower the output? Look at the sign in the exponent.")
def sign_of_the_exponent(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(-(x @ w + b))


@neuron.mistake("Should a larger bias raise or lower the output? The minus in the exponent stands before all of z.")
def sign_of_the_bias(x: Array, w: Array, b: float) -> Array:
    return _sigmoid(x @ w - b)


@neuron.mistake("What does your formula give for a weighted sum of 0?", name="1 - exp")
def neuron_1_exp(x: Array, w: Array, b: float) -> Array:
    return 1 / (1 - np.exp(-(x @ w + b)))


@neuron.mistake("Which does Python do first in `1 / 1 + np.exp(-z)`: the division or the sum?")
def missing_parentheses(x: Array, w: Array, b: float) -> Array:
    return 1 / 1 + np.exp(-(x @ w + b))


@neuron.mistake("Can your unit answer anything between 0 and 1? Where do the decimals go?")
def rounded(x: Array, w: Array, b: float) -> Array:
    return np.round(_sigmoid(x @ w + b))


@neuron.mistake("What is `np.exp(1000)`, and what is that number divided by itself?")
def unstable(x: Array, w: Array, b: float) -> Array:
    return np.exp(x @ w + b) / (1 + np.exp(x @ w + b))


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
