"""Reading loss curves: what was wrong with the training?"""

from itertools import pairwise

import numpy as np

from tplib.exercises.tp6.descent.common import exercise
from tplib.exercises.tp6.descent.curves import curves
from tplib.exercises.tp6.descent.diagnosis_edges import EDGES

Array = np.ndarray


def last_over_lowest(losses: Array) -> float:
    return losses[-1] / min(losses)


def _without_divergence(train: Array, validation: Array) -> str:
    fall, changes = train[0] - train[-1], np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    return "too low" if train[-1 - len(train) // 4] - train[-1] >= fall / 10 else "good"


@exercise(
    points=3,
    at_home=True,
    lecture="003, SGD: learning rate (the effects of different learning rates); 000, Learning rate: Does it work?",
    concepts=(19,),
    draw=curves,
    draws=12,
    edges=EDGES,
)
def diagnose_curve(train: Array, validation: Array) -> str:
    """fall = train[0] - train[-1]. In this order: not finite or fall < 0; sum of the rises > fall / 2; validation[-1] >
    1.2 * min(validation); train[-1 - n // 4] - train[-1] >= fall / 10.

    shapes: `train` and `validation` are (n,), n at least 4; the result is one of the five texts.
    worked: train = [4, 2, 3, 1]: fall 3, the rises add up to 1, which is not more than 1.5: not too high
    """
    fall = train[0] - train[-1]
    changes = np.diff(train)
    quarter = len(train) // 4
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - quarter] - train[-1] >= fall / 10:
        return "too low"
    return "good"


@diagnose_curve.mistake("What is `nan > 2`? And `nan < 2`? Which function tells you that a number is nan or infinite?")
def nan_compares_as_nothing(train: Array, validation: Array) -> str:
    if not np.isfinite(train).all():
        return "good"
    return diagnose_curve(train, validation)


@diagnose_curve.mistake(
    "A loss that ends ten times as high as it began is a finite number. What would you call such a training?"
)
def only_nan_diverges(train: Array, validation: Array) -> str:
    if not np.isfinite(train).all():
        return "diverges"
    return _without_divergence(train, validation)


@diagnose_curve.mistake(
    "A mini-batch curve is never quite smooth. How much does it rise in all, compared with its fall?"
)
def any_rise_is_too_high(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    return "too high" if found != "diverges" and (np.diff(train) > 0).any() else found


@diagnose_curve.mistake("You count how often the loss rises. One single leap may be worse than ten small ones.")
def number_of_rises(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found == "diverges":
        return found
    if np.mean(np.diff(train) > 0) > 0.5:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    fall = train[0] - train[-1]
    return "too low" if train[-1 - len(train) // 4] - train[-1] >= fall / 10 else "good"


@diagnose_curve.mistake(
    "A gap between the curves is usual. What does the *validation* curve do when a network overfits?"
)
def gap_taken_for_overfitting(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found in ("diverges", "too high"):
        return found
    if validation[-1] > 1.2 * train[-1]:
        return "overfits"
    fall = train[0] - train[-1]
    return "too low" if train[-1 - len(train) // 4] - train[-1] >= fall / 10 else "good"


@diagnose_curve.mistake(
    "An overfitted network is still better than an untrained one. With which value should the end be compared?"
)
def validation_compared_with_its_start(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found in ("diverges", "too high"):
        return found
    if validation[-1] > 1.2 * validation[0]:
        return "overfits"
    fall = train[0] - train[-1]
    return "too low" if train[-1 - len(train) // 4] - train[-1] >= fall / 10 else "good"


@diagnose_curve.mistake("Is the end of the validation curve *clearly* above its lowest point? By how much must it be?")
def any_rise_of_the_validation_loss(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    return "overfits" if found in ("too low", "good") and validation[-1] > validation.min() else found


@diagnose_curve.mistake("Both may hold: training still falls, and validation rises. Which rule comes first?")
def overfits_tested_last(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    fall = train[0] - train[-1]
    still = train[-1 - len(train) // 4] - train[-1] >= fall / 10
    return "too low" if found == "overfits" and still else found


@diagnose_curve.mistake("When the loss jumps up and down, so does the validation loss. Which rule comes first?")
def overfits_tested_before_too_high(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    return "overfits" if found == "too high" and validation[-1] > 1.2 * validation.min() else found


@diagnose_curve.mistake("With what do you compare the fall in the last quarter: with the loss, or with the whole fall?")
def share_of_the_loss(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found not in ("too low", "good"):
        return found
    quarter = len(train) // 4
    return "too low" if train[-1 - quarter] - train[-1] >= train[-1 - quarter] / 2 else "good"


@diagnose_curve.mistake("A hard problem has a high loss at its best. Is your curve still falling?")
def a_high_loss_taken_for_a_low_rate(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found not in ("too low", "good"):
        return found
    return "too low" if train[-1] > 0.5 else "good"


@diagnose_curve.mistake("Nearly every curve falls at first. What tells you that it has not arrived?")
def first_quarter(train: Array, validation: Array) -> str:
    found = diagnose_curve(train, validation)
    if found not in ("too low", "good"):
        return found
    return "too low" if train[0] - train[len(train) // 4] < (train[0] - train[-1]) / 10 else "good"


@diagnose_curve.mistake("The loss has not moved at all. Would you call this a good training?")
def flat_is_good(train: Array, validation: Array) -> str:
    return "good" if train[0] == train[-1] else diagnose_curve(train, validation)


@diagnose_curve.mistake("Which rate makes the loss jump, and which makes it creep?")
def too_low_and_too_high_exchanged(train: Array, validation: Array) -> str:
    exchanged = {"too low": "too high", "too high": "too low"}
    found = diagnose_curve(train, validation)
    return exchanged.get(found, found)


@diagnose_curve.alternative
def diagnose_loops(train: Array, validation: Array) -> str:
    up = 0.0
    for before, after in pairwise(train):
        if not after < float("inf"):
            return "diverges"
        up += max(after - before, 0)
    first, last = train[0], train[-1]
    if last > first:
        return "diverges"
    if 2 * up > first - last:
        return "too high"
    if last_over_lowest(validation) > 1.2:
        return "overfits"
    earlier = train[len(train) - 1 - len(train) // 4]
    return "too low" if 10 * (earlier - last) >= first - last else "good"


@diagnose_curve.alternative
def diagnose_from_the_end(train: Array, validation: Array) -> str:
    fall = train[0] - train[-1]
    found = "good"
    if train[-(len(train) // 4) - 1] - train[-1] >= 0.1 * fall:
        found = "too low"
    if (validation[-1] - validation.min()) / validation.min() > 0.2:
        found = "overfits"
    if np.maximum(np.diff(train), 0).sum() > 0.5 * fall:
        found = "too high"
    if not np.all(np.isfinite(train)) or fall < 0:
        found = "diverges"
    return found
