"""Loss curves on the borders of the rules of `diagnose_curve`."""

from collections.abc import Callable

import numpy as np

from tplib.exercises.tp6.descent.curves import KINDS, make
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray

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


EDGES = (
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
)
