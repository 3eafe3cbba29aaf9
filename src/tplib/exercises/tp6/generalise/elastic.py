"""Elastic net: a mixture of both penalties."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, network, several_layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    lam, l1_ratio = draw.choice(((0.5, 0.25), (3.0, 0.7), (0.25, 0.9), (2.0, 0.0), (0.5, 1.0)))
    return network(draw), lam, l1_ratio


def _several_layers(draw: Draw) -> Arguments:
    return *several_layers(draw), draw.choice((0.25, 0.7))


def _l1(layers: Layers) -> Any:
    return sum(np.abs(W).sum() for W, b in layers)


def _l2(layers: Layers) -> Any:
    return sum((W**2).sum() for W, b in layers) / 2


_layers = [(np.array([[1.0, -2.0], [0.5, -3.0]]), np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))]


@exercise(
    points=1,
    at_home=True,
    lecture="000, Regularization: L1, L2, elastic-net",
    concepts=(23,),
    draw=_draw,
    draws=6,
    edges=(
        Case((_layers, 0.5, 0.25)),
        Case((_layers, 0.25, 0.8)),
        Case((_layers[:1], 3.0, 0.6)),
        Case((_layers, 2.0, 0.0)),
        Case((_layers, 0.5, 1.0)),
        Drawn(_several_layers),
        Case(([(np.array([[2.0, 0.0], [-1.0, 0.0]]), np.zeros(2))], 0.5, 0.25), "zero"),
    ),
    aspects={"zero": "Right for weights other than 0. For a weight of exactly 0 take the slope 0 of |w|."},
)
def elastic_net(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    """lambda · (r · sum of |w| + (1 - r) / 2 · sum of w²); gradient lambda · (r · sign(W) + (1 - r) · W).

    shapes: A number, and a list with one array for each layer, of the shape of its W.
    worked: W = [[2, -3]], lambda = 0.1, r = 0.5: 0.1 · (0.5 · 5 + 0.25 · 13) = 0.575, gradient [[0.15, -0.2]]
    """
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) * _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * W) for W, b in layers]


@elastic_net.mistake("With l1_ratio = 1, which penalty should be left: L1 or L2?")
def ratio_exchanged(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return elastic_net(layers, lam, 1 - l1_ratio)


@elastic_net.mistake("Which factor stands before the squares in your `l2_penalty`?", name="1/2 forgotten")
def elastic_half_forgotten(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) * 2 * _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + 2 * (1 - l1_ratio) * W) for W, b in layers]


@elastic_net.mistake("With l1_ratio = 1 the result should be your `l1_penalty`. Is it?", name="1/2 of both")
def elastic_half_of_both(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam / 2 * (l1_ratio * _l1(layers) + (1 - l1_ratio) * 2 * _l2(layers))
    return penalty, [lam * (l1_ratio / 2 * np.sign(W) + (1 - l1_ratio) * W) for W, b in layers]


@elastic_net.mistake("With l1_ratio = 0, does an L1 part remain? Where is the ratio?")
def ratio_ignored(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return lam * (_l1(layers) + _l2(layers)), [lam * (np.sign(W) + W) for W, b in layers]


@elastic_net.mistake("With l1_ratio = 1, does an L2 part remain? The two shares add up to 1.", name="the whole L2")
def the_whole_l2(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + W) for W, b in layers]


@elastic_net.mistake("With lambda = 0 the result should be 0. Do your brackets reach both parts?")
def lambda_once(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * l1_ratio * _l1(layers) + (1 - l1_ratio) * _l2(layers)
    return penalty, [lam * l1_ratio * np.sign(W) + (1 - l1_ratio) * W for W, b in layers]


@elastic_net.mistake("Differentiate your penalty. Is the result the gradient that you return? Look at the squares.")
def half_forgotten_in_the_penalty(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) * 2 * _l2(layers))
    return penalty, elastic_net(layers, lam, l1_ratio)[1]


@elastic_net.mistake("The derivative of w² is 2 w. What is left of the 1/2 in front of it?")
def half_left_in_the_gradient(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    gradients = [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) / 2 * W) for W, b in layers]
    return elastic_net(layers, lam, l1_ratio)[0], gradients


@elastic_net.mistake("The square gives a factor 2. What does the 1/2 in front of it do?")
def gradient_of_the_squares_twice_too_large(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    gradients = [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * 2 * W) for W, b in layers]
    return elastic_net(layers, lam, l1_ratio)[0], gradients


@elastic_net.mistake("Your `l2_penalty` has its 1/2 already. How often do you halve?", name="1/2 twice")
def half_twice(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) / 2 * _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) / 2 * W) for W, b in layers]


@elastic_net.mistake("The two shares are r and 1 - r. Which number do you take from 1?", name="1 - lambda")
def one_minus_lambda(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * l1_ratio * _l1(layers) + l1_ratio * (1 - lam) * _l2(layers)
    return penalty, [lam * l1_ratio * np.sign(W) + l1_ratio * (1 - lam) * W for W, b in layers]


@elastic_net.mistake("Your penalty is mixed by the ratio. And its gradient?")
def gradient_not_mixed(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return elastic_net(layers, lam, l1_ratio)[0], [lam * (np.sign(W) + W) for W, b in layers]


@elastic_net.mistake("With l1_ratio = 0.6, is there an L2 part in your result? Elastic net is a mixture, not a choice.")
def one_or_the_other(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return elastic_net(layers, lam, float(l1_ratio >= 0.5))


@elastic_net.mistake("What does the L1 part of your penalty give for weights of 5 and -5?")
def absolute_value_forgotten(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * sum(W.sum() for W, b in layers) + (1 - l1_ratio) * _l2(layers))
    return penalty, elastic_net(layers, lam, l1_ratio)[1]


@elastic_net.mistake("What does `+` do with two lists? There should be one array for each W.")
def lists_put_together(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    l1, l2 = elastic_net(layers, lam * l1_ratio, 1.0), elastic_net(layers, lam * (1 - l1_ratio), 0.0)
    return l1[0] + l2[0], l1[1] + l2[1]


@elastic_net.mistake("The penalty has two parts. How many does its gradient have?")
def gradient_of_one_part(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return elastic_net(layers, lam, l1_ratio)[0], [lam * l1_ratio * np.sign(W) for W, b in layers]


@elastic_net.alternative
def elastic_two_lambdas(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    lam1, lam2 = lam * l1_ratio, lam * (1 - l1_ratio)
    gradients = [lam1 * np.sign(W) + lam2 * W for W, _ in layers]
    return lam1 * _l1(layers) + lam2 * _l2(layers), gradients


@elastic_net.alternative
def elastic_loop(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    total, gradients = 0.0, []
    for W, _ in layers:
        total += np.sum(l1_ratio * abs(W) + 0.5 * (1 - l1_ratio) * W * W)
        gradients.append(lam * l1_ratio * np.sign(W) + lam * (1 - l1_ratio) * W)
    return float(lam * total), gradients
