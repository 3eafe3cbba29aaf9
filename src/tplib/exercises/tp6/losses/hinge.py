"""The max-margin loss, or hinge loss, of several classes."""

import numpy as np

from tplib.exercises.tp6.losses.common import exercise, library, scores_and_classes
from tplib.graders.exercise import Case

Array = np.ndarray


def _lead(scores: Array, y: Array) -> Array:
    """s_j - s_y (B, K)."""
    return scores - scores[np.arange(len(y)), y][:, None]


def _others(scores: Array, y: Array) -> Array:
    return np.arange(scores.shape[1]) != y[:, None]


@exercise(
    points=2,
    at_home=True,
    lecture="004, Loss: max-margin loss (SVM)",
    draw=scores_and_classes,
    edges=(
        Case((np.array([[3.0, 2.5, -1.0], [0.0, 2.0, 0.5], [1.0, 1.5, 1.25]]), np.array([0, 2, 1]))),
        Case((np.array([[0.0, 3.0, -2.0]]), np.array([1]))),
        Case((np.array([[0.5, 1.0, 2.0, -3.0]]), np.array([0]))),
        Case((np.array([[1000.0, -1000.0, 999.5], [0.0, 1000.0, 0.0]]), np.array([0, 0]))),
    ),
    forbidden=(*library("multi_margin_loss", "MultiMarginLoss"), "sklearn.metrics.hinge_loss"),
)
def hinge_loss(scores: Array, y: Array) -> Array:
    """L = mean over i of sum over j ≠ y_i of max(0, s_ij - s_iy + 1), with s_iy the score of the right class.

    shapes: `scores` is (B, K); the scores of the right classes, as a column, are (B, 1); the losses are (B,).
    worked: scores = [[3, 2.5, 0]], y = [0]: max(0, 2.5 - 3 + 1) + max(0, 0 - 3 + 1) = 0.5 + 0 = 0.5
    """
    terms = np.maximum(_lead(scores, y) + 1, 0)  # (B, K)
    return (terms * _others(scores, y)).sum(axis=1).mean()


@hinge_loss.mistake("For j = y the term is max(0, 0 + 1) = 1. Can your loss ever be 0?")
def right_class_counted(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) + 1, 0).sum(axis=1).mean()


@hinge_loss.mistake("PyTorch's `multi_margin_loss` divides by K. Does the lecture's sum?")
def divided_by_the_number_of_classes(scores: Array, y: Array) -> Array:
    return hinge_loss(scores, y) / scores.shape[1]


@hinge_loss.mistake("If the right class wins by 0.1, the loss should still be 0.9. What is yours?")
def margin_forgotten(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y), 0).sum(axis=1).mean()


@hinge_loss.mistake("If the right class wins by 0.1, the loss should still be 0.9. Is 1 added or subtracted?")
def sign_of_the_margin(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) - 1, 0).sum(axis=1).mean()


@hinge_loss.mistake("If the score of the right class rises, should the loss rise or fall?")
def scores_exchanged(scores: Array, y: Array) -> Array:
    return (np.maximum(1 - _lead(scores, y), 0) * _others(scores, y)).sum(axis=1).mean()


@hinge_loss.mistake("Two wrong classes come too close. How many of them does your loss count?")
def strongest_rival_only(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) * _others(scores, y)).max(axis=1).mean()


@hinge_loss.mistake("There is a squared hinge too. Does the formula above have a square?")
def squared(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) ** 2 * _others(scores, y)).sum(axis=1).mean()


@hinge_loss.mistake("Is a prediction with a huge margin rewarded by a negative loss? What stops at 0?")
def maximum_forgotten(scores: Array, y: Array) -> Array:
    return ((_lead(scores, y) + 1) * _others(scores, y)).sum(axis=1).mean()


@hinge_loss.mistake("One wrong class far behind makes up for one in front. Which comes first: the maximum, or the sum?")
def maximum_of_the_sum(scores: Array, y: Array) -> Array:
    return np.maximum(((_lead(scores, y) + 1) * _others(scores, y)).sum(axis=1), 0).mean()


@hinge_loss.mistake("Your result has one number per example. Which one number is the loss of the batch?")
def mean_forgotten(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0) * _others(scores, y)).sum(axis=1)


@hinge_loss.alternative
def minus_one(scores: Array, y: Array) -> Array:
    return np.maximum(_lead(scores, y) + 1, 0).sum(axis=1).mean() - 1


@hinge_loss.alternative
def set_to_zero(scores: Array, y: Array) -> Array:
    rows = np.arange(len(scores))
    terms = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + 1)
    terms[rows, y] = 0
    return terms.sum() / len(scores)


@hinge_loss.alternative
def loop(scores: Array, y: Array) -> float:
    total = 0.0
    for row, k in zip(scores, y, strict=True):
        for j in range(len(row)):
            if j != k:
                total += max(0.0, row[j] - row[k] + 1)
    return total / len(y)
