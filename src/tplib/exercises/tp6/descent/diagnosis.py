"""Reading loss curves: what was wrong with the training?"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tplib.exercises.tp6.descent.common import exercise
from tplib.exercises.tp6.descent.curves import KINDS, curves, make
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

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


_DICE, _NOISE = np.array([0.5, 0.25, 0.5]), np.array([0.5, -1.0, 1.0, -0.5] * 3)
_FLAT = np.full(8, 2.25)
_SETTLED = np.array([4.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
_KNOWN = (
    _FLAT,  # flat: too low, neither diverged nor good
    np.array([4.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0]),  # the last fall is just within the last quarter
    np.array([4.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0]),  # just before it
    np.array([11.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0]),  # a tenth of the fall is in the last quarter
    np.array([4.0, 2.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0]),  # the rises are half of the fall
    np.array([2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0]),  # back where it began
    np.array([4.0, 3.0, 2.0, 3.0, 2.5, 2.5, 2.5, 1.0]),  # the fall ends with the last value, not before
    np.array([11.5, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0]),  # less than a tenth of the fall is in the last quarter
)


def _falling(n: int) -> Array:
    """Validation losses of which no rule says anything."""
    return np.linspace(3.0, 1.0, n)


def _not_finite_for_a_while(value: float) -> Callable[[Draw], Arguments]:
    def curve(draw: Draw) -> Arguments:
        n = draw.size(8, 16)
        train, validation = make("good", n, _DICE, np.zeros(n))
        train[draw.size(2, len(train) - 3)] = value
        return train, validation

    return curve


def _not_finite_at_the_end(value: float) -> Callable[[Draw], Arguments]:
    def curve(draw: Draw) -> Arguments:
        n = draw.size(8, 16)
        train = np.linspace(2.0, 1.0, n)
        train[-draw.size(1, 3) :] = value
        return train, _falling(n)

    return curve


def _settled(at: float, after: int) -> Callable[[Draw], Arguments]:
    """A long curve that falls for the first values only, and ends high or low."""

    def curve(draw: Draw) -> Arguments:
        n = draw.size(after + 12, after + 18)
        train = np.full(n, at)
        train[:after] = at + np.linspace(2.0, 1.0, after)
        return train, _falling(n)

    return curve


def _settled_of_late(draw: Draw) -> Arguments:
    """The last fall is before the last quarter, but within the last ten values."""
    n = 4 * draw.size(5, 7)
    train = np.full(n, 2.25)
    train[0], train[-9:] = 4.0, 0.25
    return train, _falling(n)


def _high_validation_losses(draw: Draw) -> Arguments:
    """The last one is more than 0.2, but less than a fifth, above the lowest."""
    return _SETTLED, np.array([30.0, 20.0, 15.0, 15.0, 10.0, 10.0, 10.0, 10 + 0.25 * draw.size(1, 7)])


def _low_validation_losses(draw: Draw) -> Arguments:
    """The last one is more than a fifth, but less than 0.2, above the lowest."""
    return _SETTLED, np.array([0.3, 0.2, 0.15, 0.15, 0.1, 0.1, 0.1, 0.13 + 0.01 * draw.size(0, 15)])


def _last_fall(within: bool, multiple_of_4: bool) -> Callable[[Draw], Arguments]:
    """A curve whose last fall is just within the last quarter, or just before it."""

    def curve(draw: Draw) -> Arguments:
        n = 4 * draw.size(2, 5) + (0 if multiple_of_4 else draw.size(1, 3))
        train = np.full(n, 2.0)
        train[0], train[-(n // 4) - (not within) :] = 4.0, 1.0
        return train, _falling(n)

    return curve


def _rises_first(beyond: float) -> Callable[[Draw], Arguments]:
    """The first value is not the highest: a tenth of the fall from one is not a tenth of the fall from the other."""

    def curve(draw: Draw) -> Arguments:
        n = 4 * draw.size(2, 5)
        train = np.full(n, 1 + beyond)
        train[:3], train[-2:] = (3.0, 3.9, 2.0), 1.0
        return train, _falling(n)

    return curve


def _lowest_before_the_end(draw: Draw) -> Arguments:
    """The last value is not the lowest; the rises lie between half of the fall and half of the fall to the lowest."""
    low = 0.25 * draw.size(1, 3)
    return np.array([low + 3.0, low + 1.0, low, low, low, low, low, low + 1.25]), _falling(8)


@exercise(
    points=3,
    at_home=True,
    lecture="003, SGD: learning rate (the effects of different learning rates); 000, Learning rate: Does it work?",
    concepts=(19,),
    draw=curves,
    draws=12,
    edges=(
        *(Case(make(kind, n, _DICE, _NOISE[:n])) for kind in KINDS for n in (12, 11)),
        *(Case((losses, np.array([3.0, 2.0, 1.5, 1.5, 1.0, 1.0, 1.0, 1.0]))) for losses in _KNOWN),
        *(Case((_SETTLED, np.array([3.0, 2.0, 1.5, 1.5, 1.0, 1.0, 1.0, last]))) for last in (1.2, 1.5)),
        # The lowest losses of the two curves are at different places, and neither is the first or the last.
        Case(
            (
                np.array([4.0, 1.5, 1.0, 1.125, 1.125, 1.125, 1.125, 1.125]),
                np.array([3.0, 2.0, 1.0, 0.5, 1.0, 1.0, 1.5, 2.0]),
            )
        ),
        *(Drawn(_not_finite_for_a_while(value)) for value in (np.nan, np.inf)),
        *(Drawn(_not_finite_at_the_end(value)) for value in (np.nan, np.inf)),
        *(Drawn(_settled(at, after=4)) for at in (0.125, 1.5)),
        Drawn(_settled_of_late),
        Drawn(_high_validation_losses),
        Drawn(_low_validation_losses),
        *(Drawn(_last_fall(within, multiple)) for within in (True, False) for multiple in (True, False)),
        *(Drawn(_rises_first(beyond)) for beyond in (0.17, 0.23, 0.33)),
        Drawn(_lowest_before_the_end),
        Case((np.array([2.0, 1.0, 1.0, np.inf, np.inf, np.inf, np.inf, np.inf]), _FLAT)),
        Case((np.array([2.0, 1.5, 1.0, 0.5, 1.0, 1.5, 2.0, 2.5]), _FLAT)),
    ),
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
