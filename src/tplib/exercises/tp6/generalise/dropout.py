"""Dropout: judged by what many masks are like, as the same mask may be drawn in several ways."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import Array, exercise, near, nonzero, repeats
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Generator = np.random.Generator
Masked = tuple[Array, Array]

TOGETHER = ("all or none", "in all examples at once", "together with the whole example", "not independently")


def _draw(draw: Draw) -> Arguments:
    x = nonzero(draw.array(draw.size(2, 4), draw.size(2, 4)))
    return x, draw.choice((0.25, 0.3, 0.75, 0.5)), draw.size(0, 9), draw.choice((True, True, False))


def _measure(found: dict[str, Array], x: Array, p: float, seed: int, training: bool = True) -> dict[str, Any]:
    """What many calls have in common. A share is known as well as the numbers hang on each other."""
    outs, masks, again, large = found["outs"], found["masks"], found["again"], found["large: off"]
    off = masks == 0
    together, alike = _together(off, large), bool(np.all(off == off[0]))
    share, margin = (off.mean(), 0.15) if together in TOGETHER else (large.mean(), 0.05 if alike else 0.025)
    values = np.unique([*np.unique(masks.round(9)), *found["large: values"]])
    return {
        "share of units dropped": near(float(share), (p if training else 0.0, p, 1 - p, 0.0, 1.0, 0.5), margin),
        "different values in the mask": ("none", "one", "two", "many")[min(3, len(values))],
        "largest value in the mask": float(values[-1]) if len(values) <= 2 else None,
        "out": "x * mask" if np.allclose(outs, x * masks, equal_nan=True) else "not x * mask",
        "units are dropped": together,
        "next call with the same generator": "the same mask" if alike else "another mask",
        "new generator with the same seed": "the same masks" if np.array_equal(again, masks[:5]) else "other masks",
    }


def _together(off: Array, large: Array) -> str:
    """Whether units are dropped one by one; by chance, none of 3,375 units hangs on another, nor do 100 sums agree."""
    if large.all() or not large.any():
        return "always" if large.all() else "never"
    if np.all(large == large[0]):
        return "the same ones at each call"
    if np.all(large == large[:, :1, :1]):
        return "all or none"
    if np.all(large == large[:, :1, :]):
        return "in all examples at once"
    if np.all(large == large[:, :, :1]):
        return "together with the whole example"
    if repeats(large):
        return "not independently"
    if np.ptp(large.sum(axis=2)) == 0:
        return "always the same number of them in each example"
    return "always the same number of them" if np.ptp(off.sum(axis=(1, 2))) == 0 else "one by one"


_x = np.array([[1.0, -2.0, 0.5, 3.0], [4.0, 1.5, -1.0, 2.0], [-0.5, 1.0, 2.5, -3.0]])


@exercise(
    points=2,
    at_home=True,
    lecture="003, Regularization: dropout; 000, Regularization using dropout training; 002, Dropout - implementation",
    concepts=(24,),
    inputs=("x", "p", "seed of rng", "training"),
    draw=_draw,
    draws=3,
    edges=(
        Case((_x, 0.25, 1, True)),
        Case((_x, 0.75, 2, True)),
        Case((_x, 0.25, 4, False)),
        Case((_x, 0.0, 3, True), "nothing to drop"),
        Case((_x, 0.25, 5), "defaults"),
    ),
    aspects={"nothing to drop": "Right for p above 0. But with p = 0 no unit is dropped, and the mask is all ones."},
    observe=observers.masks,
    measure=_measure,
    forbidden=(
        "torch.nn.functional.dropout",
        "torch.nn.Dropout",
        "torch.dropout",
        "tplib.nn.functional.dropout",
        "tplib.nn.Dropout",
    ),
)
def dropout_forward(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    """Training: mask = 0 with probability p, else 1 / (1 - p), and out = x * mask. Evaluation: out = x.

    shapes: x, mask and out are (B, H). `rng.random(x.shape)` are uniform numbers from 0 to 1, one for each unit.
    worked: x = [[3, 8]], p = 0.25, random numbers [[0.1, 0.6]]: 0.1 < p drops the first, mask [[0, 1.333]], out [[0,
    10.667]]
    """
    if not training:
        return x, np.ones_like(x)
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask


@dropout_forward.alternative
def dropout_binomial(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = rng.binomial(1, 1 - p, x.shape) / (1 - p) if training else np.ones(x.shape)
    return mask * x, mask


@dropout_forward.alternative
def dropout_below_keep(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    keep = 1.0 if not training else 1 - p
    mask = np.where(rng.uniform(0, 1, size=x.shape) < keep, 1 / keep, 0.0)
    return x * mask, mask


@dropout_forward.alternative
def dropout_choice(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    p = p if training else 0.0
    mask = rng.choice([0.0, 1 / (1 - p)], size=x.shape, p=[p, 1 - p])
    return mask * x, mask
