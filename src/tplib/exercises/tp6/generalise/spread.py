"""The standard deviation of the activations, layer by layer."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Curve = Callable[[Array], Array]


def _draw(draw: Draw) -> Arguments:
    sizes = [draw.size(2, 4) for _ in range(draw.size(2, 4))]
    weights = [draw.array(d, h, low=-1.0, high=2.0) for d, h in pairwise(sizes)]
    return draw.array(draw.size(2, 5), sizes[0]), weights, draw.choice(("tanh", "relu", "sigmoid"))


def _activations(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    activations = []
    for W in weights:
        x = g(x @ W)
        activations.append(x)
    return activations


def _identity(z: Array) -> Array:
    return z


_x = np.array([[1.0, -2.0, 0.5], [0.0, 1.5, 1.0], [2.0, 1.0, -1.0]])
_W = np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5], [-0.25, 1.5, 1.0]])


@exercise(
    points=1,
    at_home=True,
    lecture="003, Gradient instability: use Glorot (Xavier) Initialization (variance of activations)",
    draw=_draw,
    draws=6,
    edges=(
        Case((_x, [_W, 2 * _W], "sigmoid")),
        Case((_x, [_W, _W, _W.T], "tanh")),
        Case((_x, [_W[:, :2]], "relu")),
    ),
    observe=observers.activations,
)
def activation_std(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    """h_0 = x; layer by layer h_l = g(h_(l-1) W_l), and its standard deviation over all its numbers.

    shapes: h is (B, H); `h.std()` without an axis is one number. The result is a list of L numbers, one a layer.
    worked: x = [[1], [3]], W = [[1, -1]], g = relu: h = [[1, 0], [3, 0]], mean 1, squares 0, 1, 4, 1: std = sqrt(6 / 4)
    = 1.225
    """
    h, stds = x, []
    for W in weights:
        h = g(h @ W)
        stds.append(h.std())
    return stds


@activation_std.mistake("Do you measure z, before the activation function, or h, after it?")
def weighted_sums(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    inputs = [x, *_activations(x, weights, g)[:-1]]
    return [(h @ W).std() for h, W in zip(inputs, weights, strict=True)]


@activation_std.mistake("Which power of h does your number have? And h itself?")
def variance(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h.var() for h in _activations(x, weights, g)]


@activation_std.mistake(
    "`axis=0` compares the examples unit by unit. Over which numbers of h (B, H) is the spread asked for?",
    name="wrong axis: mean over the units",
)
def wrong_axis_mean_over_the_units(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h.std(axis=0).mean() for h in _activations(x, weights, g)]


@activation_std.mistake(
    "`axis=1` compares the units example by example. Over which numbers of h (B, H) is the spread asked for?",
    name="wrong axis: mean over the examples",
)
def wrong_axis_mean_over_the_examples(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h.std(axis=1).mean() for h in _activations(x, weights, g)]


@activation_std.mistake("Your result has H numbers for each layer. How many should one layer have?")
def one_number_per_unit(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h.std(axis=0) for h in _activations(x, weights, g)]


@activation_std.mistake(
    "By what do you divide: by the number of values, as `np.std` does, or by one less?",
    name="n - 1",
)
def n_1(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h.std(ddof=1) for h in _activations(x, weights, g)]


@activation_std.mistake("All activations of a layer are 0.5. How far do they spread? What does your code say?")
def not_centred(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [np.sqrt(np.mean(h**2)) for h in _activations(x, weights, g)]


@activation_std.mistake("Where does your code call g? Can your spread exceed 1?")
def no_activation(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [z.std() for z in _activations(x, weights, _identity)]


@activation_std.mistake("You measure g(z). What does the next layer get in your code: g(z) or z?")
def sums_passed_on(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [g(z).std() for z in _activations(x, weights, _identity)]


@activation_std.mistake("How many layers are there, and how many numbers do you return? Is x a layer?")
def inputs_counted(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [x.std(), *activation_std(x, weights, g)]


@activation_std.mistake("What is the input of the second layer: x, or what the first one gives?")
def every_layer_reads_x(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [g(x @ W).std() for W in weights]


@activation_std.mistake("Does your result change with x? It is the activations whose spread counts.")
def spread_of_the_weights(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [W.std() for W in weights]


@activation_std.mistake("One number for each layer: where do you keep them?")
def last_layer_only(x: Array, weights: list[Array], g: Curve) -> Array:
    return activation_std(x, weights, g)[-1]


@activation_std.alternative
def by_formula(x: Array, weights: list[Array], g: Curve) -> list[float]:
    stds = []
    for W in weights:
        x = g(np.dot(x, W))
        stds.append(float(np.sqrt(np.mean((x - x.mean()) ** 2))))
    return stds


@activation_std.alternative
def array(x: Array, weights: list[Array], g: Curve) -> Array:
    activations: list[Array] = []
    for W in weights:
        activations.append(g((activations[-1] if activations else x) @ W))
    return np.array([np.var(h) ** 0.5 for h in activations])
