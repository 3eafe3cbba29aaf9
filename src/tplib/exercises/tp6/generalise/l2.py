"""The L2 penalty and its gradient."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, network, several_layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    return network(draw), draw.choice((0.5, 0.25, 3.0, 1.0))


_W = np.array([[1.0, -2.0], [0.5, -0.25], [-3.0, 1.5]])


@exercise(
    points=1,
    at_home=True,
    lecture="002, Regularization l2 or gaussian prior or weight decay; 003, Penalized empirical risk",
    concepts=(23,),
    draw=_draw,
    draws=6,
    edges=(
        Case(([(_W, np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))], 0.5)),
        Case(([(_W.T, np.array([1.0, -4.0, 0.5]))], 3.0)),
        Case(([(_W, np.array([1.0, -4.0]))], 0.0)),
        Drawn(several_layers),
    ),
)
def l2_penalty(layers: Layers, lam: float) -> Penalty:
    """penalty = lambda / 2 · sum of w² over all weights of all layers; its gradient is lambda · W.

    shapes: A number, and a list with one array for each layer, of the shape of its W.
    worked: W = [[2, -3]], lambda = 0.1: penalty 0.05 · (4 + 9) = 0.65, gradient [[0.2, -0.3]]
    """
    penalty = lam / 2 * sum((W**2).sum() for W, b in layers)
    return penalty, [lam * W for W, b in layers]


@l2_penalty.mistake(
    "Lecture 003 leaves the 1/2 out, lecture 002 and we keep it. What becomes of penalty and gradient?",
    name="without the 1/2",
)
def without_the_1_2(layers: Layers, lam: float) -> Penalty:
    return lam * sum((W**2).sum() for W, b in layers), [2 * lam * W for W, b in layers]


@l2_penalty.mistake(
    "Differentiate your penalty. Is the result the gradient that you return?",
    name="1/2 forgotten in the penalty",
)
def l2_half_forgotten(layers: Layers, lam: float) -> Penalty:
    return 2 * l2_penalty(layers, lam)[0], [lam * W for W, b in layers]


@l2_penalty.mistake("The square gives a factor 2. What does the 1/2 in front of it do?")
def gradient_twice_too_large(layers: Layers, lam: float) -> Penalty:
    return l2_penalty(layers, lam)[0], [2 * lam * W for W, b in layers]


@l2_penalty.mistake("The derivative of w² is 2 w. Where is its 2?")
def gradient_half_too_small(layers: Layers, lam: float) -> Penalty:
    return l2_penalty(layers, lam)[0], [lam / 2 * W for W, b in layers]


@l2_penalty.mistake("The length of W, or the square of its length: which of them is the sum of w²?")
def norm_not_squared(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(np.linalg.norm(W) for W, b in layers), [lam * W for W, b in layers]


@l2_penalty.mistake("Weights of 5 and -5: which comes first, the square or the sum?")
def square_of_the_sum(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(W.sum() ** 2 for W, b in layers), [lam * W for W, b in layers]


@l2_penalty.mistake("Should a network with twice as many weights be penalised more? Is it a sum or a mean?")
def mean_instead_of_sum(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum((W**2).mean() for W, b in layers), [lam * W / W.size for W, b in layers]


@l2_penalty.mistake("With lambda = 0.5, what is `lam // 2`?")
def whole_division(layers: Layers, lam: float) -> Penalty:
    return lam // 2 * sum((W**2).sum() for W, b in layers), [lam * W for W, b in layers]


@l2_penalty.mistake("Two layers of length 3 and 4: the squares add up to 25. And in your code?")
def lengths_added_before_the_square(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(np.linalg.norm(W) for W, b in layers) ** 2, [lam * W for W, b in layers]


@l2_penalty.mistake("For a matrix `np.linalg.norm(W, 2)` is not the length of all its numbers. Which sum is asked for?")
def matrix_norm(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum(np.linalg.norm(W, 2) ** 2 for W, b in layers), [lam * W for W, b in layers]


@l2_penalty.mistake(
    "Should a network with twice as many weights be penalised more? The gradient that you return says so."
)
def mean_in_the_penalty(layers: Layers, lam: float) -> Penalty:
    return lam / 2 * sum((W**2).mean() for W, b in layers), [lam * W for W, b in layers]


@l2_penalty.mistake("L1 or L2: which of the two adds up squares?")
def absolute_values(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.abs(W).sum() for W, b in layers), [lam * np.sign(W) for W, b in layers]


@l2_penalty.mistake("If you double lambda, does your penalty double, or become four times as large?")
def lambda_squared(layers: Layers, lam: float) -> Penalty:
    return sum(((lam * W) ** 2).sum() for W, b in layers) / 2, [lam * W for W, b in layers]


@l2_penalty.alternative
def l2_norms(layers: Layers, lam: float) -> Penalty:
    return sum(0.5 * lam * np.linalg.norm(W) ** 2 for W, _ in layers), [W * lam for W, _ in layers]


@l2_penalty.alternative
def l2_loop(layers: Layers, lam: float) -> Penalty:
    total, gradients = 0.0, []
    for W, _ in layers:
        for w in W.ravel():
            total += w * w
        gradients.append(lam * W)
    return lam * total / 2, gradients
