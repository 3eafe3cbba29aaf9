"""The max-margin loss, or hinge loss, of several classes."""

import numpy as np

from tplib.exercises.tp6.losses.common import classes_of_unequal_size, exercise, library, scores_and_classes
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _ties(draw: Draw) -> Arguments:
    """In the first row a wrong class has the score of the right one; in the second it is exactly the margin behind."""
    a, b = draw.array(2)
    return np.array([[a, a, a - 0.5], [b - 1, b - 0.75, b]]), np.array([int(draw.integers(0, 2, 1)[0]), 2])


def _lead(scores: Array, y: Array) -> Array:
    """s_j - s_y (B, K)."""
    return scores - scores[np.arange(len(y)), y][:, None]


def _others(scores: Array, y: Array) -> Array:
    return np.arange(scores.shape[1]) != y[:, None]


@exercise(
    points=2,
    at_home=True,
    lecture="004, Loss: max-margin loss (SVM)",
    concepts=(11,),
    draw=scores_and_classes,
    edges=(
        Case((np.array([[3.0, 2.5, -1.0], [0.0, 2.0, 0.5], [1.0, 1.5, 1.25]]), np.array([0, 2, 1]))),
        Case((np.array([[0.0, 3.0, -2.0]]), np.array([1]))),
        Case((np.array([[0.5, 1.0, 2.0, -3.0]]), np.array([0]))),
        Drawn(_ties),
        Drawn(classes_of_unequal_size),
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


@hinge_loss.mistake(
    "A sum over the wrong classes, then a mean over the batch. Where does your division by K - 1 come from?"
)
def mean_over_the_wrong_classes(scores: Array, y: Array) -> Array:
    return hinge_loss(scores, y) / (scores.shape[1] - 1)


@hinge_loss.mistake("A wrong class may have the score of the right one. Does yours count it then?")
def ties_left_out(scores: Array, y: Array) -> Array:
    lead = _lead(scores, y)
    return np.where(lead != 0, np.maximum(lead + 1, 0), 0).sum(axis=1).mean()


@hinge_loss.mistake("The right class may win by 0.1 only. Is the margin of 1 kept then?")
def right_predictions_free(scores: Array, y: Array) -> Array:
    losses = (np.maximum(_lead(scores, y) + 1, 0) * _others(scores, y)).sum(axis=1)
    return np.where(scores.argmax(axis=1) == y, 0, losses).mean()


@hinge_loss.mistake("A wrong class that is 0.1 behind is too near, too. Which classes do you add?")
def classes_in_front_only(scores: Array, y: Array) -> Array:
    lead = _lead(scores, y)
    return np.where(lead > 0, lead + 1, 0).sum(axis=1).mean()


@hinge_loss.mistake(
    "Which entries does `terms[:, y] = 0` set to 0 in each row? How do you index pairs of row and class?"
)
def columns_of_all_right_classes_left_out(scores: Array, y: Array) -> Array:
    terms = np.maximum(_lead(scores, y) + 1, 0)
    terms[:, y] = 0
    return terms.sum(axis=1).mean()


@hinge_loss.mistake(
    "Is a class that is nearly far enough away as bad as one in front? What is missing to the margin counts."
)
def violations_counted(scores: Array, y: Array) -> Array:
    return np.sum((_lead(scores, y) + 1 > 0) & _others(scores, y)) / len(y)


@hinge_loss.mistake("Each example costs 1 too much with j = y in the sum. How often do you subtract that 1?")
def one_subtracted_once(scores: Array, y: Array) -> Array:
    return (np.maximum(_lead(scores, y) + 1, 0).sum() - 1) / len(y)


@hinge_loss.mistake("Your loop looks at the classes after the right one. And those before it?")
def classes_before_the_right_one_left_out(scores: Array, y: Array) -> Array:
    after = np.arange(scores.shape[1]) > y[:, None]
    return (np.maximum(_lead(scores, y) + 1, 0) * after).sum(axis=1).mean()


@hinge_loss.mistake("What does `break` do to the classes after the right one? Which word goes on with the next?")
def classes_after_the_right_one_left_out(scores: Array, y: Array) -> Array:
    before = np.arange(scores.shape[1]) < y[:, None]
    return (np.maximum(_lead(scores, y) + 1, 0) * before).sum(axis=1).mean()


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
