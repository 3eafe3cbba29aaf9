"""clip_by_norm and clip_by_value: two ways to keep a gradient from exploding."""

from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp7.recurrent.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Arrays = list[Array]
Clipped = tuple[Arrays, float]

SHAPES: tuple[tuple[tuple[int, ...], ...], ...] = (((2, 3), (3,)), ((3,),), ((2,), (3, 2), (2, 2)), ((1, 2), (2,)))


def _norm(grads: Arrays) -> float:
    return float(np.sqrt(sum(np.sum(grad**2) for grad in grads)))


def _grads(draw: Draw) -> Arrays:
    grads = [draw.array(*shape) for shape in draw.choice(SHAPES)]
    grads[0][(0,) * grads[0].ndim] = draw.choice((2.0, -2.5))  # never all zeros
    return grads


def _case(draw: Draw, factor: tuple[float, float]) -> Arguments:
    """The limit is the norm times a number drawn between the two of `factor`."""
    grads = _grads(draw)
    return grads, _norm(grads) * float(draw.array(1, low=factor[0], high=factor[1])[0])


def _usual(draw: Draw) -> Arguments:
    return _case(draw, draw.choice(((0.1, 0.7), (1.2, 3.0), (0.3, 0.9))))


def _zeros(draw: Draw) -> Arguments:
    return [np.zeros((2, 2)), np.zeros(3)], float(draw.array(1, low=0.5, high=2)[0])


def _below_one(draw: Draw) -> Arguments:
    """A norm below 1, and a limit below the norm."""
    return [draw.array(2, low=0.1, high=0.4), draw.array(1, 2, low=-0.4, high=-0.1)], draw.choice((0.05, 0.1))


def _one_large(draw: Draw) -> Arguments:
    """One array far below the limit, one far above."""
    small, large = draw.array(3, low=0.01, high=0.1), draw.array(2, 2, low=5, high=9)
    return [small, large], 2.0


def _jointly_above(draw: Draw) -> Arguments:
    """Each array is below the limit, all together are above."""
    grads = [draw.array(2, low=0.9, high=1.1), draw.array(2, low=-1.1, high=-0.9), draw.array(2, low=0.9, high=1.1)]
    return grads, 1.8


@exercise(
    points=1,
    lecture="003, Gradient instability: others improvements (gradient clipping)",
    concepts=(26,),
    draw=_usual,
    edges=(
        Drawn(partial(_case, factor=(0.05, 0.3))),
        Drawn(partial(_case, factor=(2.0, 5.0))),
        Drawn(_zeros),
        Drawn(_below_one),
        Drawn(_one_large),
        Drawn(_jointly_above),
    ),
    rtol=1e-5,
    at_home=True,
)
def clip_by_norm(grads: Arrays, limit: float) -> Clipped:
    """norm = root of the sum of all squares, over all arrays; if norm > limit, every array times limit / norm

    shapes: a list of arrays of any shapes -> a list of the same shapes, and one number
    worked: grads = [[3], [4]], limit = 1: norm = 5, the result [[0.6], [0.8]] and 5
    """
    norm = _norm(grads)
    factor = min(1.0, limit / norm) if norm > 0 else 1.0
    return [grad * factor for grad in grads], norm


@clip_by_norm.alternative
def flat(grads: Arrays, limit: float) -> Clipped:
    norm = float(np.linalg.norm(np.concatenate([grad.ravel() for grad in grads])))
    if norm <= limit:
        return grads, norm
    return [grad / norm * limit for grad in grads], norm


@clip_by_norm.alternative
def as_pytorch(grads: Arrays, limit: float) -> Clipped:
    norm = float(np.linalg.norm([np.linalg.norm(grad) for grad in grads]))
    return [grad * np.minimum(1, limit / (norm + 1e-6)) for grad in grads], norm


@clip_by_norm.mistake("One norm for all arrays together. How many norms does your code compute?")
def a_norm_for_each_array(grads: Arrays, limit: float) -> Clipped:
    return [clip_by_norm([grad], limit)[0][0] for grad in grads], _norm(grads)


@clip_by_norm.mistake("What happens to a gradient that is short already?")
def always_rescaled(grads: Arrays, limit: float) -> Clipped:
    norm = _norm(grads)
    return [grad * limit / norm if norm else grad for grad in grads], norm


@clip_by_norm.mistake("Clipping by norm keeps the direction. Does yours?")
def entries_clipped(grads: Arrays, limit: float) -> Clipped:
    return [np.clip(grad, -limit, limit) for grad in grads], _norm(grads)


@clip_by_norm.mistake("How long should a clipped gradient be: 1, or limit?")
def rescaled_to_length_one(grads: Arrays, limit: float) -> Clipped:
    norm = _norm(grads)
    return [grad / norm if norm > limit else grad for grad in grads], norm


@clip_by_norm.mistake("A norm is a root of a sum of squares. Where is your root?")
def no_root(grads: Arrays, limit: float) -> Clipped:
    norm = _norm(grads) ** 2
    return [grad * min(1.0, limit / norm) if norm else grad for grad in grads], norm


@clip_by_norm.mistake("The squares of all arrays add up, then comes one root. What do you add up?")
def norms_added(grads: Arrays, limit: float) -> Clipped:
    norm = float(sum(np.linalg.norm(grad) for grad in grads))
    return [grad * min(1.0, limit / norm) if norm else grad for grad in grads], norm


@clip_by_norm.mistake("A norm is computed from all entries. How many of them count in yours?")
def largest_entry_as_norm(grads: Arrays, limit: float) -> Clipped:
    norm = float(max(np.abs(grad).max() for grad in grads))
    return [grad * min(1.0, limit / norm) if norm else grad for grad in grads], norm


@clip_by_norm.mistake("Which norm do you return: that before clipping, or that after?")
def norm_after_clipping(grads: Arrays, limit: float) -> Clipped:
    clipped, _ = clip_by_norm(grads, limit)
    return clipped, _norm(clipped)


@clip_by_norm.mistake("Two things are asked for: the arrays, and the norm before clipping.")
def norm_not_returned(grads: Arrays, limit: float) -> Any:
    return clip_by_norm(grads, limit)[0]


@clip_by_norm.mistake("Which gradients are too long: those above the limit, or those below?")
def short_gradients_made_longer(grads: Arrays, limit: float) -> Clipped:
    norm = _norm(grads)
    return [grad * limit / norm if 0 < norm < limit else grad for grad in grads], norm


@clip_by_norm.mistake("A norm is the root of the sum of the squares. Do you take their sum, or their mean?")
def root_of_the_mean_square(grads: Arrays, limit: float) -> Clipped:
    norm = _norm(grads) / float(np.sqrt(sum(grad.size for grad in grads)))
    return [grad * min(1.0, limit / norm) if norm else grad for grad in grads], norm


def _values(draw: Draw, low: float = 0.3, high: float = 2.5) -> Arguments:
    return _grads(draw), float(draw.array(1, low=low, high=high)[0])


@exercise(
    points=1,
    lecture="003, Gradient instability: others improvements (gradient clipping)",
    concepts=(26,),
    draw=_values,
    edges=(
        Drawn(partial(_values, low=4.0, high=6.0)),
        Drawn(partial(_values, low=0.05, high=0.2)),
        Drawn(_zeros),
        Drawn(_one_large),
        Drawn(lambda draw: ([draw.array(3, low=-9, high=-5), draw.array(2, 2)], 1.0)),
    ),
    at_home=True,
)
def clip_by_value(grads: Arrays, limit: float) -> Arrays:
    """every entry below -limit becomes -limit, every entry above limit becomes limit, the others stay

    shapes: a list of arrays of any shapes -> a list of the same shapes
    worked: grads = [[3, -4, 0.5]], limit = 1: [[1, -1, 0.5]]
    """
    return [np.clip(grad, -limit, limit) for grad in grads]


@clip_by_value.alternative
def by_minimum(grads: Arrays, limit: float) -> Arrays:
    return [np.maximum(np.minimum(grad, limit), -limit) for grad in grads]


@clip_by_value.alternative
def by_sign(grads: Arrays, limit: float) -> Arrays:
    return [np.where(np.abs(grad) > limit, np.sign(grad) * limit, grad) for grad in grads]


@clip_by_value.mistake("What should become of an entry of -10?")
def only_from_above(grads: Arrays, limit: float) -> Arrays:
    return [np.minimum(grad, limit) for grad in grads]


@clip_by_value.mistake("May the sign of an entry change?")
def sign_lost(grads: Arrays, limit: float) -> Arrays:
    return [np.minimum(np.abs(grad), limit) for grad in grads]


@clip_by_value.mistake("Can clipping give a negative entry? What should become of -0.1?")
def negative_entries_become_zero(grads: Arrays, limit: float) -> Arrays:
    return [np.clip(grad, 0, limit) for grad in grads]


@clip_by_value.mistake("What should become of an entry that is too large: 0, or the limit?")
def large_entries_become_zero(grads: Arrays, limit: float) -> Arrays:
    return [np.where(np.abs(grad) > limit, 0.0, grad) for grad in grads]


@clip_by_value.mistake("Each entry is clipped by itself. Why does an entry of 0.1 change in yours?")
def divided_by_the_largest_entry(grads: Arrays, limit: float) -> Arrays:
    largest = max(np.abs(grad).max() for grad in grads)
    return [grad * min(1.0, limit / largest) if largest else grad for grad in grads]


@clip_by_value.mistake("Is there a norm in clipping by value?")
def by_the_norm(grads: Arrays, limit: float) -> Arrays:
    return clip_by_norm(grads, limit)[0]


@clip_by_value.mistake("What happens to an entry that is small already?")
def all_entries_at_the_limit(grads: Arrays, limit: float) -> Arrays:
    return [np.sign(grad) * limit for grad in grads]


@clip_by_value.mistake("An entry between the limits stays as it is. Does one of 0.5 stay in yours?")
def soft_limit_by_tanh(grads: Arrays, limit: float) -> Arrays:
    return [limit * np.tanh(grad / limit) for grad in grads]


@clip_by_value.mistake("A `return` inside of a loop ends it. How many arrays come out?")
def first_array_only(grads: Arrays, limit: float) -> Arrays:
    return clip_by_value(grads[:1], limit)  # type: ignore[no-any-return]


@clip_by_value.mistake("Is the limit always 1? Where does your code use it?")
def limit_ignored(grads: Arrays, limit: float) -> Arrays:
    return [np.clip(grad, -1.0, 1.0) for grad in grads]


@clip_by_value.mistake("How many arrays come in, and of which shapes? How many come out?")
def one_flat_array_of_all(grads: Arrays, limit: float) -> Arrays:
    return [np.clip(np.concatenate([grad.ravel() for grad in grads]), -limit, limit)]
