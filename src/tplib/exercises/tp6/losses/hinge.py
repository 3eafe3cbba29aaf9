"""The max-margin loss, or hinge loss, of several classes."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library, scores_and_classes
from tplib.graders.exercise import Case, Misconception

Array = np.ndarray


def _lead(scores: Array, y: Array) -> Array:
    """s_j - s_y (B, K)."""
    return scores - scores[np.arange(len(y)), y][:, None]


def _others(scores: Array, y: Array) -> Array:
    return np.arange(scores.shape[1]) != y[:, None]


def _hinge_loss(scores: Array, y: Array) -> Array:
    terms = np.maximum(_lead(scores, y) + 1, 0)  # (B, K)
    return (terms * _others(scores, y)).sum(axis=1).mean()


def _hinge_loss_minus_one(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) + 1, 0).sum(axis=1).mean() - 1


def _hinge_loss_set_to_zero(scores: Array, y: Array) -> Array:
    rows = np.arange(len(scores))
    terms = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + 1)
    terms[rows, y] = 0
    return terms.sum() / len(scores)


def _hinge_loss_loop(scores: Array, y: Array) -> float:
    total = 0.0
    for row, k in zip(scores, y, strict=True):
        for j in range(len(row)):
            if j != k:
                total += max(0.0, row[j] - row[k] + 1)
    return total / len(y)


def _hinge_loss_right_class_counted(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) + 1, 0).sum(axis=1).mean()


def _hinge_loss_divided_by_the_number_of_classes(scores: Array, y: Array) -> Array:
    return _hinge_loss(scores, y) / scores.shape[1]


def _hinge_loss_margin_forgotten(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y), 0).sum(axis=1).mean()


def _hinge_loss_sign(scores: Array, y: Array) -> Array:
    return (np.maximum(1 - _lead(scores, y), 0) * _others(scores, y)).sum(axis=1).mean()


def _hinge_loss_margin_subtracted(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) - 1, 0).sum(axis=1).mean()


def _hinge_loss_strongest_rival_only(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) * _others(scores, y)).max(axis=1).mean()


def _hinge_loss_squared(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) ** 2 * _others(scores, y)).sum(axis=1).mean()


def _hinge_loss_maximum_forgotten(scores: Array, y: Array) -> Array:
    return ((_lead(scores, y) + 1) * _others(scores, y)).sum(axis=1).mean()


def _hinge_loss_maximum_of_the_sum(scores: Array, y: Array) -> Array:
    return np.maximum(((_lead(scores, y) + 1) * _others(scores, y)).sum(axis=1), 0).mean()


def _hinge_loss_mean_forgotten(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) * _others(scores, y)).sum(axis=1)


hinge_loss = exercise(
    name="hinge_loss",
    points=2,
    at_home=True,
    lecture="004, Loss: max-margin loss (SVM)",
    signature="hinge_loss(scores, y)",
    draw=scores_and_classes,
    edges=(
        Case((np.array([[3.0, 2.5, -1.0], [0.0, 2.0, 0.5], [1.0, 1.5, 1.25]]), np.array([0, 2, 1]))),
        Case((np.array([[0.0, 3.0, -2.0]]), np.array([1]))),
        Case((np.array([[0.5, 1.0, 2.0, -3.0]]), np.array([0]))),
        Case((np.array([[1000.0, -1000.0, 999.5], [0.0, 1000.0, 0.0]]), np.array([0, 0]))),
    ),
    reference=_hinge_loss,
    misconceptions=(
        Misconception(
            "right class counted",
            _hinge_loss_right_class_counted,
            "For j = y the term is max(0, 0 + 1) = 1. Can your loss ever be 0?",
        ),
        Misconception(
            "divided by the number of classes",
            _hinge_loss_divided_by_the_number_of_classes,
            "PyTorch's `multi_margin_loss` divides by K. Does the lecture's sum?",
        ),
        Misconception(
            "margin forgotten",
            _hinge_loss_margin_forgotten,
            "If the right class wins by 0.1, the loss should still be 0.9. What is yours?",
        ),
        Misconception(
            "sign of the margin",
            _hinge_loss_margin_subtracted,
            "If the right class wins by 0.1, the loss should still be 0.9. Is 1 added or subtracted?",
        ),
        Misconception(
            "scores exchanged",
            _hinge_loss_sign,
            "If the score of the right class rises, should the loss rise or fall?",
        ),
        Misconception(
            "strongest rival only",
            _hinge_loss_strongest_rival_only,
            "Two wrong classes come too close. How many of them does your loss count?",
        ),
        Misconception(
            "squared",
            _hinge_loss_squared,
            "There is a squared hinge too. Does the formula above have a square?",
        ),
        Misconception(
            "maximum forgotten",
            _hinge_loss_maximum_forgotten,
            "Is a prediction with a huge margin rewarded by a negative loss? What stops at 0?",
        ),
        Misconception(
            "maximum of the sum",
            _hinge_loss_maximum_of_the_sum,
            "One wrong class far behind makes up for one in front. Which comes first: the maximum, or the sum?",
        ),
        Misconception(
            "mean forgotten",
            _hinge_loss_mean_forgotten,
            "Your result has one number per example. Which one number is the loss of the batch?",
        ),
    ),
    alternatives=(_hinge_loss_minus_one, _hinge_loss_set_to_zero, _hinge_loss_loop),
    forbidden=(*library("multi_margin_loss", "MultiMarginLoss"), "sklearn.metrics.hinge_loss"),
    formula="L = mean over i of sum over j ≠ y_i of max(0, s_ij - s_iy + 1), with s_iy the score of the right class.",
    shapes="`scores` is (B, K); the scores of the right classes, as a column, are (B, 1); the losses are (B,).",
    worked="scores = [[3, 2.5, 0]], y = [0]: max(0, 2.5 - 3 + 1) + max(0, 0 - 3 + 1) = 0.5 + 0 = 0.5",
)
