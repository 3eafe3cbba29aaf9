"""Elastic net: a mixture of both penalties."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    lam, l1_ratio = draw.choice(((0.5, 0.25), (3.0, 0.7), (0.25, 0.9), (2.0, 0.0), (0.5, 1.0)))
    return layers(draw), lam, l1_ratio


def _l1(layers: Layers) -> Any:
    return sum(np.abs(W).sum() for W, b in layers)


def _l2(layers: Layers) -> Any:
    return sum((W**2).sum() for W, b in layers) / 2


def _elastic(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) * _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * W) for W, b in layers]


def _elastic_two_lambdas(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    lam1, lam2 = lam * l1_ratio, lam * (1 - l1_ratio)
    gradients = [lam1 * np.sign(W) + lam2 * W for W, _ in layers]
    return lam1 * _l1(layers) + lam2 * _l2(layers), gradients


def _elastic_loop(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    total, gradients = 0.0, []
    for W, _ in layers:
        total += np.sum(l1_ratio * abs(W) + 0.5 * (1 - l1_ratio) * W * W)
        gradients.append(lam * l1_ratio * np.sign(W) + lam * (1 - l1_ratio) * W)
    return float(lam * total), gradients


def _elastic_exchanged(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return _elastic(layers, lam, 1 - l1_ratio)


def _elastic_half_forgotten(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + (1 - l1_ratio) * 2 * _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + 2 * (1 - l1_ratio) * W) for W, b in layers]


def _elastic_half_of_both(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam / 2 * (l1_ratio * _l1(layers) + (1 - l1_ratio) * 2 * _l2(layers))
    return penalty, [lam * (l1_ratio / 2 * np.sign(W) + (1 - l1_ratio) * W) for W, b in layers]


def _elastic_ratio_ignored(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return lam * (_l1(layers) + _l2(layers)), [lam * (np.sign(W) + W) for W, b in layers]


def _elastic_whole_l2(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * (l1_ratio * _l1(layers) + _l2(layers))
    return penalty, [lam * (l1_ratio * np.sign(W) + W) for W, b in layers]


def _elastic_lambda_once(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    penalty = lam * l1_ratio * _l1(layers) + (1 - l1_ratio) * _l2(layers)
    return penalty, [lam * l1_ratio * np.sign(W) + (1 - l1_ratio) * W for W, b in layers]


def _elastic_biases_too(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    everything = [array for layer in layers for array in layer]
    l1, l2 = sum(np.abs(a).sum() for a in everything), sum((a**2).sum() for a in everything) / 2
    return lam * (l1_ratio * l1 + (1 - l1_ratio) * l2), _elastic(layers, lam, l1_ratio)[1]


def _elastic_gradient_without_lambda(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return _elastic(layers, lam, l1_ratio)[0], _elastic(layers, 1.0, l1_ratio)[1]


def _elastic_gradient_of_l1_only(layers: Layers, lam: float, l1_ratio: float) -> Penalty:
    return _elastic(layers, lam, l1_ratio)[0], [lam * l1_ratio * np.sign(W) for W, b in layers]


_layers = [(np.array([[1.0, -2.0], [0.5, -3.0]]), np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))]

elastic_net = exercise(
    name="elastic_net",
    points=1,
    at_home=True,
    lecture="000, Regularization: L1, L2, elastic-net",
    signature="elastic_net(layers, lam, l1_ratio)",
    draw=_draw,
    draws=6,
    edges=(
        Case((_layers, 0.5, 0.25)),
        Case((_layers, 0.25, 0.8)),
        Case(([(np.array([[2.0, 0.0], [-1.0, 0.0]]), np.zeros(2))], 0.5, 0.25), "zero"),
    ),
    aspects={"zero": "Right for weights other than 0. For a weight of exactly 0 take the slope 0 of |w|."},
    keeps_dtype=False,
    reference=_elastic,
    misconceptions=(
        Misconception(
            "ratio exchanged", _elastic_exchanged, "With l1_ratio = 1, which penalty should be left: L1 or L2?"
        ),
        Misconception(
            "1/2 forgotten", _elastic_half_forgotten, "Which factor stands before the squares in your `l2_penalty`?"
        ),
        Misconception(
            "1/2 of both", _elastic_half_of_both, "With l1_ratio = 1 the result should be your `l1_penalty`. Is it?"
        ),
        Misconception(
            "ratio ignored", _elastic_ratio_ignored, "With l1_ratio = 0, does an L1 part remain? Where is the ratio?"
        ),
        Misconception(
            "the whole L2", _elastic_whole_l2, "With l1_ratio = 1, does an L2 part remain? The two shares add up to 1."
        ),
        Misconception(
            "lambda once",
            _elastic_lambda_once,
            "With lambda = 0 the result should be 0. Do your brackets reach both parts?",
        ),
        Misconception(
            "biases penalised",
            _elastic_biases_too,
            "Does your penalty change with b? A bias makes no function steep: which parameters are to be small?",
        ),
        Misconception(
            "gradient without lambda",
            _elastic_gradient_without_lambda,
            "If you double lambda, the penalty doubles. And its gradient?",
        ),
        Misconception(
            "gradient of one part",
            _elastic_gradient_of_l1_only,
            "The penalty has two parts. How many does its gradient have?",
        ),
    ),
    alternatives=(_elastic_two_lambdas, _elastic_loop),
    formula="lambda · (r · sum of |w| + (1 - r) / 2 · sum of w²); gradient lambda · (r · sign(W) + (1 - r) · W).",
    shapes="A number, and a list with one array for each layer, of the shape of its W.",
    worked="W = [[2, -3]], lambda = 0.1, r = 0.5: 0.1 · (0.5 · 5 + 0.25 · 13) = 0.575, gradient [[0.15, -0.2]]",
)
