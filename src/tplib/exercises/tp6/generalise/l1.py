"""The L1 penalty and its gradient."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    return layers(draw), draw.choice((0.5, 0.25, 2.0))


def _l1(layers: Layers, lam: float) -> Penalty:
    penalty = lam * sum(np.abs(W).sum() for W, b in layers)
    return penalty, [lam * np.sign(W) for W, b in layers]


def _l1_loop(layers: Layers, lam: float) -> Penalty:
    penalty, gradients = 0.0, []
    for W, _ in layers:
        penalty += lam * abs(W).sum()
        gradients.append(np.where(W > 0, lam, np.where(W < 0, -lam, 0.0)))
    return penalty, gradients


def _l1_one_vector(layers: Layers, lam: float) -> Penalty:
    everything = np.concatenate([W.ravel() for W, _ in layers])
    return float(lam * np.linalg.norm(everything, 1)), [lam * ((W > 0) * 1.0 - (W < 0)) for W, _ in layers]


def _l1_biases_too(layers: Layers, lam: float) -> Penalty:
    penalty = lam * sum(np.abs(W).sum() + np.abs(b).sum() for W, b in layers)
    return penalty, [lam * np.sign(W) for W, b in layers]


def _l1_matrix_norm(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.linalg.norm(W, 1) for W, b in layers), [lam * np.sign(W) for W, b in layers]


def _l1_squares(layers: Layers, lam: float) -> Penalty:
    return lam * sum((W**2).sum() for W, b in layers), [2 * lam * W for W, b in layers]


def _l1_mean(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.abs(W).mean() for W, b in layers), [lam * np.sign(W) / W.size for W, b in layers]


def _l1_absolute_value_forgotten(layers: Layers, lam: float) -> Penalty:
    return lam * sum(W.sum() for W, b in layers), [lam * np.ones_like(W) for W, b in layers]


def _l1_sum_before_the_absolute_value(layers: Layers, lam: float) -> Penalty:
    return lam * sum(abs(W.sum()) for W, b in layers), [lam * np.sign(W) for W, b in layers]


def _l1_gradient_without_sign(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam)[0], [lam * np.ones_like(W) for W, b in layers]


def _l1_gradient_is_the_absolute_value(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam)[0], [lam * np.abs(W) for W, b in layers]


def _l1_gradient_without_lambda(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam)[0], [np.sign(W) for W, b in layers]


def _l1_lambda_forgotten(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, 1.0)


def _l1_half(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam / 2)


def _l1_last_layer_only(layers: Layers, lam: float) -> Penalty:
    W, _ = layers[-1]
    return lam * np.abs(W).sum(), [lam * np.sign(W)]


def _l1_division_by_0(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam)[0], [lam * W / np.abs(W) for W, b in layers]


def _l1_0_counted_as_negative(layers: Layers, lam: float) -> Penalty:
    return _l1(layers, lam)[0], [np.where(W > 0, lam, -lam) for W, b in layers]


_W = np.array([[1.0, -2.0], [0.5, -0.25], [-3.0, 1.5]])

l1_penalty = exercise(
    name="l1_penalty",
    points=1,
    at_home=True,
    lecture="003, Penalized empirical risk (L1 regularization); 000, Regularization",
    signature="l1_penalty(layers, lam)",
    draw=_draw,
    draws=6,
    edges=(
        Case(([(_W, np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))], 0.5)),
        Case(([(np.array([[2.0, 0.0], [-1.0, 0.0]]), np.zeros(2))], 0.5), "zero"),
    ),
    aspects={"zero": "Right for weights other than 0. For a weight of exactly 0 take the slope 0."},
    keeps_dtype=False,
    reference=_l1,
    misconceptions=(
        Misconception(
            "biases penalised",
            _l1_biases_too,
            "Does your penalty change with b? A bias makes no function steep: which parameters are to be small?",
        ),
        Misconception(
            "matrix norm",
            _l1_matrix_norm,
            "For a matrix `np.linalg.norm(W, 1)` is the largest sum of a column. Which sum is asked for?",
        ),
        Misconception("squares", _l1_squares, "L1 or L2: which of the two adds up squares?"),
        Misconception(
            "mean instead of sum",
            _l1_mean,
            "Should a network with twice as many weights be penalised more? Is it a sum or a mean?",
        ),
        Misconception(
            "absolute value forgotten",
            _l1_absolute_value_forgotten,
            "What does your penalty give for weights of 5 and -5?",
        ),
        Misconception(
            "sum before the absolute value",
            _l1_sum_before_the_absolute_value,
            "Weights of 5 and -5 cancel in your sum. Which comes first?",
        ),
        Misconception(
            "gradient without a sign",
            _l1_gradient_without_sign,
            "If a negative weight grows, what happens to |w|? Which sign has the slope there?",
        ),
        Misconception(
            "gradient is the absolute value",
            _l1_gradient_is_the_absolute_value,
            "|w| is a V. Is its slope larger far from 0?",
        ),
        Misconception(
            "gradient without lambda",
            _l1_gradient_without_lambda,
            "If you double lambda, the penalty doubles. And its gradient?",
        ),
        Misconception("lambda forgotten", _l1_lambda_forgotten, "Does your result depend on lambda?"),
        Misconception("halved", _l1_half, "The factor 1/2 is for squares. Is there one in the L1 penalty?"),
        Misconception("last layer only", _l1_last_layer_only, "How many layers does your penalty look at?"),
        Misconception(
            "division by 0",
            _l1_division_by_0,
            "What is W / |W| for a weight of 0? Which NumPy function gives -1, 0 or 1?",
        ),
        Misconception(
            "0 counted as negative",
            _l1_0_counted_as_negative,
            "Your gradient moves weights that are 0 already. What should it be there?",
        ),
    ),
    alternatives=(_l1_loop, _l1_one_vector),
    formula="penalty = lambda · sum of |w| over all weights of all layers; its gradient is lambda · sign(W).",
    shapes="A number, and a list with one array for each layer, of the shape of its W; sign(0) = 0.",
    worked="W = [[2, -3]], lambda = 0.1: penalty 0.1 · (2 + 3) = 0.5, gradient [[0.1, -0.1]]",
)
