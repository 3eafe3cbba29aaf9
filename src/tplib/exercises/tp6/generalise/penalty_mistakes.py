"""Mistakes that all penalties invite: which arrays are counted, and what is given back."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers
from tplib.exercises.tp6.generalise.elastic import elastic_net
from tplib.exercises.tp6.generalise.l1 import l1_penalty
from tplib.exercises.tp6.generalise.l2 import l2_penalty
from tplib.graders.exercise import Exercise

Strength = float  # lambda, and the ratio of an elastic net


def declare(right: Exercise) -> None:
    """Each mistake is a step away from the right penalty, `right(layers, *strength)`."""

    @right.mistake("Does your penalty change with b? A bias makes no function steep: which parameters are to be small?")
    def biases_penalised(layers: Layers, *strength: Strength) -> Any:
        everything = [(array, array) for layer in layers for array in layer]
        return right(everything, *strength)[0], right(layers, *strength)[1]

    @right.mistake("A list with one array for each W: how many arrays does yours have for one layer?")
    def gradients_of_the_biases_too(layers: Layers, *strength: Strength) -> Any:
        everything = [(array, array) for layer in layers for array in layer]
        return right(layers, *strength)[0], right(everything, *strength)[1]

    @right.mistake(
        "Biases are not penalised, neither in the penalty nor in the list of gradients. Where do you leave them out?"
    )
    def biases_penalised_with_gradients(layers: Layers, *strength: Strength) -> Any:
        return right([(array, array) for layer in layers for array in layer], *strength)

    @right.mistake("Is the gradient of a bias asked for? The list has one array for each W.")
    def zeros_for_the_biases(layers: Layers, *strength: Strength) -> Any:
        penalty, gradients = right(layers, *strength)
        pairs = zip(gradients, layers, strict=True)
        return penalty, [array for dW, (_, b) in pairs for array in (dW, np.zeros_like(b))]

    @right.mistake("Is the gradient of a bias asked for? The list has one array for each W, and no pairs.")
    def pairs_of_gradients(layers: Layers, *strength: Strength) -> Any:
        penalty, gradients = right(layers, *strength)
        return penalty, [(dW, np.zeros_like(b)) for dW, (_, b) in zip(gradients, layers, strict=True)]

    @right.mistake("How many layers does your penalty look at?")
    def last_layer_only(layers: Layers, *strength: Strength) -> Any:
        return right(layers[-1:], *strength)

    @right.mistake("How many layers does your code look at? Does its `return` stand inside the loop?")
    def first_layer_only(layers: Layers, *strength: Strength) -> Any:
        return right(layers[:1], *strength)

    @right.mistake("How many layers does your penalty look at: is it `=` or `+=`?")
    def penalty_of_the_last_layer(layers: Layers, *strength: Strength) -> Any:
        return right(layers[-1:], *strength)[0], right(layers, *strength)[1]

    @right.mistake("Your code is written for two layers. How many may there be?")
    def two_layers(layers: Layers, *strength: Strength) -> Any:
        (W1, b1), (W2, b2) = layers
        return right([(W1, b1), (W2, b2)], *strength)

    @right.mistake("Layers have different shapes. Does one NumPy array hold them all?")
    def one_array_for_all_layers(layers: Layers, *strength: Strength) -> Any:
        return right([(W, W) for W in np.array([W for W, _ in layers])], *strength)

    @right.mistake("To which W does the first gradient of your list belong?")
    def gradients_from_last_to_first(layers: Layers, *strength: Strength) -> Any:
        penalty, gradients = right(layers, *strength)
        return penalty, gradients[::-1]

    @right.mistake("The penalty is one number. Over which axes does your sum go?")
    def sum_of_the_rows_only(layers: Layers, *strength: Strength) -> Any:
        """What `sum(W)` leaves: a number for each column."""
        return sum(_by_column(right, W, strength) for W, _ in layers), right(layers, *strength)[1]

    @right.mistake("If you double lambda, the penalty doubles. And its gradient?")
    def gradient_without_lambda(layers: Layers, *strength: Strength) -> Any:
        return right(layers, *strength)[0], right(layers, 1.0, *strength[1:])[1]

    @right.mistake("If you double lambda, the gradient doubles. And the penalty?")
    def penalty_without_lambda(layers: Layers, *strength: Strength) -> Any:
        return right(layers, 1.0, *strength[1:])[0], right(layers, *strength)[1]

    @right.mistake("Does your result depend on lambda?")
    def lambda_forgotten(layers: Layers, *strength: Strength) -> Any:
        return right(layers, 1.0, *strength[1:])

    @right.mistake("If you double lambda, does your result double, or become four times as large?")
    def lambda_twice(layers: Layers, *strength: Strength) -> Any:
        return right(layers, strength[0] ** 2, *strength[1:])

    @right.mistake(
        "The gradient points to where the penalty grows. Is that towards 0? The step takes the minus sign later."
    )
    def gradient_negated(layers: Layers, *strength: Strength) -> Any:
        return right(layers, *strength)[0], [-dW for dW in right(layers, *strength)[1]]


def _by_column(right: Exercise, W: Array, strength: tuple[Strength, ...]) -> Array:
    return np.array([right([(W[:, [j]], W)], *strength)[0] for j in range(W.shape[1])])


for penalty in (l2_penalty, l1_penalty, elastic_net):
    declare(penalty)
