"""The L2 penalty and its gradient."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    return layers(draw), draw.choice((0.5, 0.25, 3.0))


def _l2(layers: Layers, lam: float) -> Penalty:
    penalty = lam / 2 * sum((W**2).sum() for W, b in layers)
    return penalty, [lam * W for W, b in layers]


def _l2_norms(layers: Layers, lam: float) -> Penalty:
    return sum(0.5 * lam * np.linalg.norm(W) ** 2 for W, _ in layers), [W * lam for W, _ in layers]


def _l2_loop(layers: Layers, lam: float) -> Penalty:
    total, gradients = 0.0, []
    for W, _ in layers:
        for w in W.ravel():
            total += w * w
        gradients.append(lam * W)
    return lam * total / 2, gradients


def _l2_lecture_003(layers: Layers, lam: float) -> Penalty:
    return lam * sum((W**2).sum() for W, b in layers), [2 * lam * W for W, b in layers]


def _l2_half_forgotten(layers: Layers, lam: float) -> Penalty:
    return 2 * _l2(layers, lam)[0], [lam * W for W, b in layers]


def _l2_gradient_twice(layers: Layers, lam: float) -> Penalty:
    return _l2(layers, lam)[0], [2 * lam * W for W, b in layers]


def _l2_gradient_halved(layers: Layers, lam: float) -> Penalty:
    return _l2(layers, lam)[0], [lam / 2 * W for W, b in layers]


def _l2_biases_too(layers: Layers, lam: float) -> Penalty:
    penalty = lam / 2 * sum((W**2).sum() + (b**2).sum() for W, b in layers)
    return penalty, [lam * W for W, b in layers]


def _l2_norm_not_squared(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(np.linalg.norm(W) for W, b in layers), [lam * W for W, b in layers]


def _l2_square_of_the_sum(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(W.sum() ** 2 for W, b in layers), [lam * W for W, b in layers]


def _l2_mean(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum((W**2).mean() for W, b in layers), [lam * W / W.size for W, b in layers]


def _l2_absolute_values(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.abs(W).sum() for W, b in layers), [lam * np.sign(W) for W, b in layers]


def _l2_gradient_without_lambda(layers: Layers, lam: float) -> Penalty:
    return _l2(layers, lam)[0], [W.copy() for W, b in layers]


def _l2_gradient_negated(layers: Layers, lam: float) -> Penalty:
    return _l2(layers, lam)[0], [-lam * W for W, b in layers]


def _l2_lambda_squared(layers: Layers, lam: float) -> Penalty:
    return sum(((lam * W) ** 2).sum() for W, b in layers) / 2, [lam * W for W, b in layers]


def _l2_last_layer_only(layers: Layers, lam: float) -> Penalty:
    W, _ = layers[-1]
    return lam / 2 * (W**2).sum(), [lam * W]


_W = np.array([[1.0, -2.0], [0.5, -0.25], [-3.0, 1.5]])

l2_penalty = exercise(
    name="l2_penalty",
    points=1,
    at_home=True,
    lecture="002, Regularization l2 or gaussian prior or weight decay; 003, Penalized empirical risk",
    signature="l2_penalty(layers, lam)",
    draw=_draw,
    draws=6,
    edges=(Case(([(_W, np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))], 0.5)),),
    keeps_dtype=False,
    reference=_l2,
    misconceptions=(
        Misconception(
            "without the 1/2",
            _l2_lecture_003,
            "Lecture 003 leaves the 1/2 out, lecture 002 and we keep it. What becomes of penalty and gradient?",
        ),
        Misconception(
            "1/2 forgotten in the penalty",
            _l2_half_forgotten,
            "Differentiate your penalty. Is the result the gradient that you return?",
        ),
        Misconception(
            "gradient twice too large",
            _l2_gradient_twice,
            "The square gives a factor 2. What does the 1/2 in front of it do?",
        ),
        Misconception(
            "gradient half too small",
            _l2_gradient_halved,
            "The derivative of w² is 2 w. Where is its 2?",
        ),
        Misconception(
            "biases penalised",
            _l2_biases_too,
            "Does your penalty change with b? A bias makes no function steep: which parameters are to be small?",
        ),
        Misconception(
            "norm not squared",
            _l2_norm_not_squared,
            "The length of W, or the square of its length: which of them is the sum of w²?",
        ),
        Misconception(
            "square of the sum",
            _l2_square_of_the_sum,
            "Weights of 5 and -5: which comes first, the square or the sum?",
        ),
        Misconception(
            "mean instead of sum",
            _l2_mean,
            "Should a network with twice as many weights be penalised more? Is it a sum or a mean?",
        ),
        Misconception("absolute values", _l2_absolute_values, "L1 or L2: which of the two adds up squares?"),
        Misconception(
            "gradient without lambda",
            _l2_gradient_without_lambda,
            "If you double lambda, the penalty doubles. And its gradient?",
        ),
        Misconception(
            "gradient negated",
            _l2_gradient_negated,
            "The gradient points to where the penalty grows. Is that towards 0? The step takes the minus sign later.",
        ),
        Misconception(
            "lambda squared",
            _l2_lambda_squared,
            "If you double lambda, does your penalty double, or become four times as large?",
        ),
        Misconception("last layer only", _l2_last_layer_only, "How many layers does your penalty look at?"),
    ),
    alternatives=(_l2_norms, _l2_loop),
    formula="penalty = lambda / 2 · sum of w² over all weights of all layers; its gradient is lambda · W.",
    shapes="A number, and a list with one array for each layer, of the shape of its W.",
    worked="W = [[2, -3]], lambda = 0.1: penalty 0.05 · (4 + 9) = 0.65, gradient [[0.2, -0.3]]",
)
