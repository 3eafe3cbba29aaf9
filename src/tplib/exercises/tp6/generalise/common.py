"""What the exercises of 5_generalise share: their notebook, their inputs, and how a random draw is judged."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

Array = np.ndarray
Layers = list[tuple[Array, Array]]

exercise = exercises_of("TP6-TrainFFNN", "5_generalise")


def near(measured: float, candidates: Iterable[float], margin: float) -> float:
    """The first exact value that a measured one may stand for, else the measured one: chance decides no verdict."""
    return next((exact for exact in candidates if abs(measured - exact) <= margin), measured)


def repeats(drawn: Array) -> bool:
    """Whether numbers that should be drawn one by one, of shape (N, B, H), come twice: shifted, or turned over.

    They are correlated with themselves at all shifts; of 9,000 independent numbers or more, chance makes no tenth. An
    array that is turned over meets itself in one row or column of an odd number of them, in two of an even one.
    """
    B, H = drawn.shape[1:]
    centred = drawn - drawn.mean()
    S = np.fft.rfft2(centred)
    turned = S[:, -np.arange(B)]  # the spectrum of the same, its rows read from the last to the first
    for number, product in enumerate((S * S.conj(), S * turned.conj(), S * turned, S * S)):
        correlation = np.fft.irfft2(product.sum(axis=0), (B, H)) / np.sum(centred**2)
        if number == 0:
            correlation[0, 0] = 0.0  # each with itself
        if np.abs(correlation).max() > 0.1:
            return True
    return False


def nonzero(array: Array) -> Array:
    """The same without 0, where |w| has no derivative, and without what is near it."""
    return np.where(np.abs(array) < 0.01, 1.0, array)


def network(draw: Draw) -> Layers:
    """Weights (D, H) without a 0, and biases (H,), of one to three layers that fit together."""
    sizes = [draw.size(1, 3) for _ in range(draw.size(2, 4))]
    return [(nonzero(draw.array(d, h)), nonzero(draw.array(h))) for d, h in pairwise(sizes)]


def several_layers(draw: Draw) -> tuple[Layers, float]:
    """Three layers, of which none has the shape of another."""
    return [(nonzero(draw.array(d, d + 1)), nonzero(draw.array(d + 1))) for d in (3, 1, 2)], draw.choice((0.5, 2.0))
