"""Dropout: judged by what many masks are like, as the same mask may be drawn in several ways."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.generalise import observers
from tplib.exercises.tp6.generalise.common import Array, exercise, near, nonzero
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Generator = np.random.Generator
Masked = tuple[Array, Array]


def _draw(draw: Draw) -> Arguments:
    x = nonzero(draw.array(draw.size(2, 4), draw.size(2, 4)))
    return x, draw.choice((0.25, 0.2, 0.75, 0.5, 0.0)), draw.size(0, 9), draw.choice((True, True, False))


def _measure(found: dict[str, Array], x: Array, p: float, seed: int, training: bool = True) -> dict[str, Any]:
    """What many calls have in common. Four numbers, 100 times: their share of zeros is known to 0.15."""
    outs, masks, again = found["outs"], found["masks"], found["again"]
    off = masks == 0
    values = np.unique(masks.round(9))
    return {
        "share of units dropped": near(float(off.mean()), (p if training else 0.0, p, 1 - p, 0.0, 1.0), 0.15),
        "values in the mask": values if len(values) <= 2 else values[[0, -1]],
        "out": "x * mask" if np.allclose(outs, x * masks, equal_nan=True) else "not x * mask",
        "units are dropped": _together(off),
        "next call with the same generator": "the same mask" if np.all(off == off[0]) else "another mask",
        "new generator with the same seed": "the same masks" if np.array_equal(again, masks[:20]) else "other masks",
    }


def _together(off: Array) -> str:
    """Whether the units (CALLS, B, H) are dropped one by one; in 100 calls chance looks like nothing else."""
    if np.all(off == off[:1, :1, :1]):
        return "all or none"
    if np.all(off == off[:, :1, :]):
        return "in all examples at once"
    if np.all(off == off[:, :, :1]):
        return "together with the whole example"
    if np.ptp(off.sum(axis=(1, 2))) == 0:
        return "always the same number of them"
    return "one by one"


_x = np.array([[1.0, -2.0, 0.5, 3.0], [4.0, 1.5, -1.0, 2.0], [-0.5, 1.0, 2.5, -3.0]])


@exercise(
    points=2,
    lecture="003, Regularization: dropout; 000, Regularization using dropout training; 002, Dropout - implementation",
    inputs=("x", "p", "seed of rng", "training"),
    draw=_draw,
    draws=3,
    edges=(
        Case((_x, 0.25, 1, True)),
        Case((_x, 0.75, 2, True)),
        Case((_x, 0.0, 3, True)),
        Case((_x, 0.25, 4, False)),
        Case((_x, 0.25, 5), "defaults"),
    ),
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


@dropout_forward.mistake(
    "A unit gives 1 and is dropped half of the time. What does the next layer get on average in training, "
    "and what in evaluation?"
)
def not_inverted(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake("p = 0 drops nothing. What does your evaluation mode make of x then?", name="the slide's p")
def the_slide_s_p(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.full_like(x, p)
    return x * mask, mask


@dropout_forward.mistake(
    "Multiplying by 1 - p in evaluation is right, but not what is asked: inverted dropout scales in training. "
    "By which factor?"
)
def scaled_in_evaluation(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.full_like(x, 1 - p)
    return x * mask, mask


@dropout_forward.mistake("Training is scaled already. What is left to do in evaluation mode?")
def scaled_twice(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) / (1 - p) if training else np.full_like(x, 1 - p)
    return x * mask, mask


@dropout_forward.mistake(
    "With p = 0.2, how many units in ten are off in your mask? p is the probability to be dropped."
)
def p_kept(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) < p) / (1 - p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Your code is right for another p: the probability to keep a unit. Which one is meant here and in PyTorch?"
)
def p_is_the_keep_probability(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) < p) / np.float64(p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake("Which share of the units is left: p or 1 - p? By which of the two must you divide?")
def divided_by_p(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) / np.float64(p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Fewer units are left, so the sum of the layer is too small. Should those that are left shrink or grow?",
    name="multiplied by 1 - p",
)
def multiplied_by_1_p(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * (1 - p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Two calls in evaluation mode should give the same result. Where does your code look at `training`?"
)
def dropped_in_evaluation(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask


@dropout_forward.mistake("In each training example other units are off. What is the shape of your random numbers?")
def one_mask_for_the_whole_batch(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = np.tile((rng.random(x.shape[1]) >= p) / (1 - p), (len(x), 1)) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Your mask drops whole rows, that is, whole examples. What is the shape of your random numbers?"
)
def whole_examples_dropped(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = np.repeat((rng.random((len(x), 1)) >= p) / (1 - p), x.shape[1], axis=1) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "The backward pass gets nothing but the mask. Which factor will it miss? out should be x * mask."
)
def scale_not_in_the_mask(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.ones_like(x)
    return (x * mask / (1 - p) if training else x), mask


@dropout_forward.mistake("Each unit is dropped independently of the others. Can your mask drop one more by chance?")
def a_fixed_number_of_units(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    if not training:
        return x, np.ones_like(x)
    order = rng.permutation(x.size).reshape(x.shape)
    mask = (order >= round(p * x.size)) / (1 - p)
    return x * mask, mask


@dropout_forward.mistake("Two generators with the same seed should give the same mask. Does your code use `rng`?")
def not_from_the_generator_given(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (np.random.random(x.shape) >= p) / (1 - p) if training else np.ones_like(x)  # noqa: NPY002
    return x * mask, mask


@dropout_forward.mistake(
    "Each call of yours drops the same units: so they are never trained. Where does the generator come from?"
)
def a_new_generator_at_each_call(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (np.random.default_rng(0).random(x.shape) >= p) / (1 - p) if training else np.ones_like(x)
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
