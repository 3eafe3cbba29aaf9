"""Mistakes in measuring the spread of activations."""

import numpy as np

from tplib.exercises.tp6.generalise.spread import Array, Curve, activation_std


def _activations(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    activations = []
    for W in weights:
        x = g(x @ W)
        activations.append(x)
    return activations


def _identity(z: Array) -> Array:
    return z


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


@activation_std.mistake(
    "What does the first layer get, and what do you measure before it? The last layer's spread is missing."
)
def measured_before_the_layer(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [x.std(), *activation_std(x, weights, g)[:-1]]


@activation_std.mistake("Each layer has its g, the last one too. Where does your code leave it out?")
def last_layer_without_g(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    *hidden, _ = activation_std(x, weights, g)
    return [*hidden, ([x, *_activations(x, weights[:-1], g)][-1] @ weights[-1]).std()]


@activation_std.mistake("Which comes first in a layer: the weights or g?")
def g_before_the_weights(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    stds = []
    for W in weights:
        x = g(x) @ W
        stds.append(x.std())
    return stds


@activation_std.mistake("h is g(z) already. How often do you apply g before you measure?")
def g_twice(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [g(h).std() for h in _activations(x, weights, g)]


@activation_std.mistake("Does your result change with g?")
def tanh_whatever_g_is(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return activation_std(x, weights, np.tanh)


@activation_std.mistake(
    "PyTorch stores W the other way round. Here a layer computes h @ W: is there a transpose in yours?"
)
def weights_transposed(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return activation_std(x, [W.T for W in weights], g)


@activation_std.mistake("To which layer does the first number of your list belong?")
def last_layer_first(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return activation_std(x, weights, g)[::-1]


@activation_std.mistake("How many numbers has your list, and how many layers are there?")
def list_of_the_last_layer_only(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return activation_std(x, weights, g)[-1:]


@activation_std.mistake("Over how many examples do you measure?")
def first_example_only(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h[0].std() for h in _activations(x, weights, g)]


@activation_std.mistake("*All* activations count. What about those that are 0?")
def zeros_left_out(x: Array, weights: list[Array], g: Curve) -> list[Array]:
    return [h[h != 0].std() if h.any() else np.zeros(()) for h in _activations(x, weights, g)]
