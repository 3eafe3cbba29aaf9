"""The L1 penalty and its gradient."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise.common import Array, Layers, exercise, network, several_layers
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Penalty = tuple[Any, list[Array]]


def _draw(draw: Draw) -> Arguments:
    return network(draw), draw.choice((0.5, 0.25, 2.0, 1.0))


def _small(draw: Draw) -> Arguments:
    """Weights from a thousandth to a millionth, of both signs, on the way to 0."""
    W = draw.choice((1e-6, 1e-5, 1e-4)) * np.where(draw.integers(0, 2, 2, 3) == 1, 1.0, -1.0)
    return [(W * draw.array(2, 3, low=1.0, high=5.0), draw.array(3))], draw.choice((0.5, 2.0))


_W = np.array([[1.0, -2.0], [0.5, -0.25], [-3.0, 1.5]])


@exercise(
    points=1,
    at_home=True,
    lecture="003, Penalized empirical risk (L1 regularization); 000, Regularization",
    concepts=(23,),
    draw=_draw,
    draws=6,
    edges=(
        Case(([(_W, np.array([1.0, -4.0])), (np.array([[2.0], [-0.5]]), np.array([3.0]))], 0.5)),
        Case(([(_W.T, np.array([1.0, -4.0, 0.5]))], 3.0)),
        Case(([(_W, np.array([1.0, -4.0]))], 0.0)),
        Drawn(several_layers),
        Drawn(_small, "small"),
        Case(([(np.array([[2.0, 0.0], [-1.0, 0.0]]), np.zeros(2))], 0.5), "zero"),
    ),
    aspects={
        "small": "Right for large weights. But L1 pulls at a small one as hard, until it is exactly 0.",
        "zero": "Right for weights other than 0. For a weight of exactly 0 take the slope 0.",
    },
)
def l1_penalty(layers: Layers, lam: float) -> Penalty:
    """penalty = lambda · sum of |w| over all weights of all layers; its gradient is lambda · sign(W).

    shapes: A number, and a list with one array for each layer, of the shape of its W; sign(0) = 0.
    worked: W = [[2, -3]], lambda = 0.1: penalty 0.1 · (2 + 3) = 0.5, gradient [[0.1, -0.1]]
    """
    penalty = lam * sum(np.abs(W).sum() for W, b in layers)
    return penalty, [lam * np.sign(W) for W, b in layers]


@l1_penalty.mistake("For a matrix `np.linalg.norm(W, 1)` is the largest sum of a column. Which sum is asked for?")
def matrix_norm(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.linalg.norm(W, 1) for W, b in layers), [lam * np.sign(W) for W, b in layers]


@l1_penalty.mistake("L1 or L2: which of the two adds up squares?")
def squares(layers: Layers, lam: float) -> Penalty:
    return lam * sum((W**2).sum() for W, b in layers), [2 * lam * W for W, b in layers]


@l1_penalty.mistake("Should a network with twice as many weights be penalised more? Is it a sum or a mean?")
def mean_instead_of_sum(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.abs(W).mean() for W, b in layers), [lam * np.sign(W) / W.size for W, b in layers]


@l1_penalty.mistake("What does your penalty give for weights of 5 and -5?")
def absolute_value_forgotten(layers: Layers, lam: float) -> Penalty:
    return lam * sum(W.sum() for W, b in layers), [lam * np.ones_like(W) for W, b in layers]


@l1_penalty.mistake("Weights of 5 and -5 cancel in your sum. Which comes first?")
def sum_before_the_absolute_value(layers: Layers, lam: float) -> Penalty:
    return lam * sum(abs(W.sum()) for W, b in layers), [lam * np.sign(W) for W, b in layers]


@l1_penalty.mistake("If a negative weight grows, what happens to |w|? Which sign has the slope there?")
def gradient_without_a_sign(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * np.ones_like(W) for W, b in layers]


@l1_penalty.mistake("|w| is a V. Is its slope larger far from 0?")
def gradient_is_the_absolute_value(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * np.abs(W) for W, b in layers]


@l1_penalty.mistake("Your penalty is L1. Of which penalty is lambda · W the gradient?", name="gradient of L2")
def gradient_of_l2(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * W for W, b in layers]


@l1_penalty.mistake("A negative weight: how hard does your gradient pull at it?")
def positive_weights_only(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * (W > 0) for W, b in layers]


@l1_penalty.mistake(
    "Which penalty has two weights of 5 and -5 in your code? The gradient that you return says another."
)
def absolute_value_forgotten_in_the_penalty(layers: Layers, lam: float) -> Penalty:
    return lam * sum(W.sum() for W, b in layers), l1_penalty(layers, lam)[1]


@l1_penalty.mistake(
    "Should a network with twice as many weights be penalised more? The gradient that you return says so."
)
def mean_in_the_penalty(layers: Layers, lam: float) -> Penalty:
    return lam * sum(np.abs(W).mean() for W, b in layers), l1_penalty(layers, lam)[1]


@l1_penalty.mistake("The factor 1/2 is for squares. Is there one in the L1 penalty, and in its gradient?")
def penalty_halved(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam / 2)[0], l1_penalty(layers, lam)[1]


@l1_penalty.mistake("How hard does your gradient pull at a weight of 0.0005? L1 pulls until the weight *is* 0.")
def small_weights_left_alone(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * np.sign(W) * (np.abs(W) > 1e-3) for W, b in layers]


@l1_penalty.mistake("The factor 1/2 is for squares. Is there one in the L1 penalty?")
def halved(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam / 2)


@l1_penalty.mistake("What is W / |W| for a weight of 0? Which NumPy function gives -1, 0 or 1?")
def division_by_0(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [lam * W / np.abs(W) for W, b in layers]


@l1_penalty.mistake(
    "Your gradient moves weights that are 0 already. What should the slope be there?",
    name="0 counted as positive",
)
def l1_0_counted_as_positive(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [np.where(W >= 0, lam, -lam) for W, b in layers]


@l1_penalty.mistake(
    "Your gradient moves weights that are 0 already. What should it be there?",
    name="0 counted as negative",
)
def l1_0_counted_as_negative(layers: Layers, lam: float) -> Penalty:
    return l1_penalty(layers, lam)[0], [np.where(W > 0, lam, -lam) for W, b in layers]


@l1_penalty.alternative
def l1_loop(layers: Layers, lam: float) -> Penalty:
    penalty, gradients = 0.0, []
    for W, _ in layers:
        penalty += lam * abs(W).sum()
        gradients.append(np.where(W > 0, lam, np.where(W < 0, -lam, 0.0)))
    return penalty, gradients


@l1_penalty.alternative
def l1_one_vector(layers: Layers, lam: float) -> Penalty:
    everything = np.concatenate([W.ravel() for W, _ in layers])
    return float(lam * np.linalg.norm(everything, 1)), [lam * ((W > 0) * 1.0 - (W < 0)) for W, _ in layers]
