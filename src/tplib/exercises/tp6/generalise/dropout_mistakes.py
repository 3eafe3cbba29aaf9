"""Mistakes in dropout, forward."""

import numpy as np

from tplib.exercises.tp6.generalise.dropout import Array, Generator, Masked, dropout_forward


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
    mask = (rng.random(x.shape) < p) / p if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake("Which share of the units is left: p or 1 - p? By which of the two must you divide?")
def divided_by_p(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) / p if training else np.ones_like(x)
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
    "Each call of yours drops the same units: so they are never trained. Is each mask drawn from `rng` anew?",
    name="the same mask at each call",
)
def a_new_generator_at_each_call(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (np.random.default_rng(0).random(x.shape) >= p) / (1 - p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Each example has its own luck. Can your mask drop one unit more in one example than in another?"
)
def a_fixed_number_in_each_example(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = np.ones(x.shape)
    if training:
        mask /= 1 - p
        for row in mask:
            row[rng.choice(len(row), size=round(p * len(row)), replace=False)] = 0
    return x * mask, mask


@dropout_forward.mistake(
    "Each number of the mask is drawn by itself. How many random numbers do you draw, and how many has the mask?"
)
def random_numbers_used_again(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    half = rng.random((len(x), (x.shape[1] + 1) // 2))
    numbers = np.concatenate([half, half[:, ::-1]], axis=1)[:, : x.shape[1]]
    mask = (numbers >= p) / (1 - p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake("With p = 0.25, how many units in a hundred are off in your mask?")
def a_coin_whatever_p_is(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = rng.integers(0, 2, x.shape) / (1 - p) if training else np.ones_like(x)
    return x * mask, mask


@dropout_forward.mistake(
    "Divide by 1 - p, the probability to be left. Which share do you divide by: does it depend on luck?"
)
def divided_by_the_share_that_is_left(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.ones_like(x)
    mask = mask / max(mask.mean(), 1 / mask.size)
    return x * mask, mask


@dropout_forward.mistake("Which comes first in the result, out or mask?")
def mask_first(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    return dropout_forward(x, p, rng, training)[::-1]


@dropout_forward.mistake("Your mask is 1 where a unit was dropped. What is x * mask there, and what should it be?")
def mask_of_the_dropped_units(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    out, mask = dropout_forward(x, p, rng, training)
    return out, (mask == 0) * 1.0 if training else mask


@dropout_forward.mistake("In evaluation the mask is all ones, of which shape?")
def no_array_of_ones_in_evaluation(x: Array, p: float, rng: Generator, training: bool = True) -> Masked:
    return dropout_forward(x, p, rng) if training else (x, 1.0)  # type: ignore[return-value]
