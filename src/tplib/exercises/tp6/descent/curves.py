"""Loss curves as training gives them, each clearly of one kind."""

import numpy as np

from tplib.graders.draw import Arguments, Draw

Array = np.ndarray

KINDS = (
    "good",
    "good with a bump",
    "good with a gap",
    "good, validation slightly up",
    "too low",
    "too low and straight",
    "too high",
    "too high after one leap",
    "diverges",
    "diverges to nan",
    "overfits",
    "overfits while training falls",
)


def curves(draw: Draw) -> Arguments:
    """Losses (n,) on training and validation data, well away from every threshold."""
    kind = draw.choice(KINDS)
    n = draw.size(8, 24)
    return make(kind, n, draw.array(3, low=0.0, high=1.0), draw.array(n, low=-1.0, high=1.0))


def make(kind: str, n: int, dice: Array, noise: Array) -> Arguments:
    """The curves of a kind. dice (3,) from 0 to 1 vary their shape, noise (n,) from -1 to 1 roughens them."""
    time, start = np.linspace(0, 1, n), 1.5 + 2 * dice[0]
    fall = 0.6 + 0.3 * dice[1]  # of the start
    quick = _falling(time, 4 + 6 * dice[2])
    train = start * (1 - fall * quick) * (1 + 0.003 * noise)
    validation = 1.1 * train + 0.05 * start
    if kind == "good with a bump":
        train[n // 2] += 0.3 * fall * start
    elif kind == "good with a gap":
        validation = train + 0.5 * start
    elif kind == "good, validation slightly up":
        validation = _turned(start, time, end=1.1)
    elif kind.startswith("too low"):
        train = start * (1 - 0.8 * fall * (time if "straight" in kind else _falling(time, 0.3 + 0.6 * dice[2])))
        validation = 1.1 * train
    elif kind == "too high":
        train = 0.5 * start * (1 + (0.25 + 0.15 * dice[1]) * (-1.0) ** np.arange(n) * (1 + 0.2 * noise))
        train[0] = start
        validation = 1.2 * train
    elif kind == "too high after one leap":
        train[n // 2] += (0.8 + 0.4 * dice[2]) * (train[0] - train[-1])
        validation = 1.2 * train
    elif kind.startswith("diverges"):
        train = start * (1.3 + dice[1]) ** np.arange(n)
        train[1] = 0.8 * start
        if "nan" in kind:
            train = start * (1 - 0.5 * time)
            train[n // 2 :] = np.nan
        validation = 1.1 * train
    elif kind.startswith("overfits"):
        if "falls" in kind:
            train = start * (1 - 0.8 * fall * _falling(time, 0.3 + 0.6 * dice[2]))
        validation = _turned(start, time, end=1.35 + 0.6 * dice[1])
    return train, validation


def _falling(time: Array, speed: float) -> Array:
    """From 0 to 1, quickly at first."""
    return (1 - np.exp(-speed * time)) / (1 - np.exp(-speed))


def _turned(start: float, time: Array, end: float) -> Array:
    """Down to a third of the start, then up to `end` times that."""
    lowest = start / 3
    down, up = np.minimum(time / 0.4, 1), np.maximum(time - 0.4, 0) / 0.6
    return start + (lowest - start) * down + (end - 1) * lowest * up
