"""Mistakes in scaled dot-product attention: in the scale, the softmax, the mask, and in what is returned."""

import math
from typing import Any

import numpy as np

from tplib.exercises.tp8.attention.common import Array, softmax
from tplib.exercises.tp8.attention.product import (
    Mask,
    Result,
    hidden,
    read,
    scaled_dot_product_attention,
    scores_of,
)

mistake = scaled_dot_product_attention.mistake


@mistake("How large do products of long vectors become? Which factor keeps them moderate?")
def not_scaled(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(Q @ np.swapaxes(K, -1, -2), mask)), V)


@mistake("The scores are divided by the root of d, or by d itself?", name="divided by d")
def divided_by_d(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K) / math.sqrt(Q.shape[-1]), mask)), V)


@mistake("Is the root of d divided by, or multiplied with?", name="multiplied by the root of d")
def multiplied_by_the_root_of_d(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K) * Q.shape[-1], mask)), V)


@mistake("d is the number of features of a key. Which axis do you take it from?", name="root of the number of keys")
def root_of_the_number_of_keys(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(Q @ np.swapaxes(K, -1, -2) / math.sqrt(K.shape[-2]), mask)), V)


@mistake("d is the number of features of a key. Of which array do you take it?", name="root of the values' features")
def root_of_the_values_features(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(Q @ np.swapaxes(K, -1, -2) / math.sqrt(V.shape[-1]), mask)), V)


@mistake("Softmax goes first in the formula, or the division? What does the division do to weights that sum to 1?")
def weights_divided_instead_of_scores(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(Q @ np.swapaxes(K, -1, -2), mask)) / math.sqrt(Q.shape[-1]), V)


@mistake("Each query shares out a weight of 1 among the keys. Along which axis do your weights sum to 1?")
def softmax_over_the_queries(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K), mask), axis=-2), V)


@mistake("Each query shares out a weight of 1. How much do all weights of one text sum to in yours?")
def softmax_over_queries_and_keys(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = hidden(scores_of(Q, K), mask)
    return read(softmax(scores.reshape(*scores.shape[:-2], -1)).reshape(scores.shape), V)


@mistake("The weights of a query should sum to 1. Do they? Which function comes after the scores?")
def no_softmax(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = scores_of(Q, K)
    return read(scores if mask is None else np.where(mask, scores, 0), V)


@mistake("What is averaged: the keys, or the values?")
def weights_times_keys(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K), mask)), K)


@mistake("A row of weights should sum to 1 after masking too. Do you mask before or after the softmax?")
def mask_after_the_softmax(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(scores_of(Q, K)) * (1 if mask is None else mask), V)


@mistake("What is exp(0)? Does a score of 0 hide a key?")
def hidden_scores_set_to_0(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = scores_of(Q, K)
    return read(softmax(scores if mask is None else np.where(mask, scores, 0)), V)


@mistake("True is 1 and False is 0. Does adding them to the scores hide anything?")
def mask_added_as_0_and_1(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(scores_of(Q, K) + (0 if mask is None else mask)), V)


@mistake("True means that a key may be read. What does it mean in your code?")
def mask_read_the_other_way_round(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K), None if mask is None else ~mask)), V)


@mistake("True means that a key may be read. What does it mean in your code?", name="True taken for hidden, with nan")
def true_taken_for_hidden_with_nan(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = hidden(scores_of(Q, K), None if mask is None else ~mask)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return read(powers / powers.sum(axis=-1, keepdims=True), V)


@mistake(
    "True means that a key may be read. What does it mean in your code?", name="True taken for hidden, by a number"
)
def true_taken_for_hidden_by_a_number(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = scores_of(Q, K)
    return read(softmax(scores if mask is None else np.where(mask, -1e30, scores)), V)


@mistake("A score may be below your number. Which number is below every score?")
def hidden_by_a_number_that_scores_reach(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = scores_of(Q, K)
    if mask is None:
        return read(softmax(scores), V)
    return read(softmax(np.where(mask, scores, -1e4)) * mask.any(axis=-1, keepdims=True), V)


@mistake("Where does your code use `mask`?")
def mask_ignored(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(scores_of(Q, K)), V)


@mistake("The softmax of nothing but -inf is 0/0. What should a query get that may read nothing?")
def nan_where_nothing_can_be_read(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = hidden(scores_of(Q, K), mask)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return read(powers / powers.sum(axis=-1, keepdims=True), V)


@mistake("If all scores are equally low, what does the softmax make of them? Which keys does a blind query read then?")
def all_keys_read_where_none_may_be(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = scores_of(Q, K)
    return read(softmax(scores if mask is None else np.where(mask, scores, -1e9)), V)


@mistake("What is exp(1000)? Which number may be subtracted from all scores of a query?")
def exponentials_overflow(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    powers = np.exp(hidden(scores_of(Q, K), mask))
    total = powers.sum(axis=-1, keepdims=True)
    return read(powers / np.where(total == 0, 1, total), V)


@mistake("One maximum for everything: what is left of a query whose scores are all far below it?")
def largest_of_all_subtracted(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    scores = hidden(scores_of(Q, K), mask)
    powers = np.exp(scores - scores.max())
    total = powers.sum(axis=-1, keepdims=True)
    return read(powers / np.where(total == 0, 1, total), V)


@mistake("Two things are returned. Which comes first?")
def weights_before_output(Q: Array, K: Array, V: Array, mask: Mask = None) -> Result:
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    return weights, output


@mistake("How many things should be returned?")
def output_without_weights(Q: Array, K: Array, V: Array, mask: Mask = None) -> Array:
    return scaled_dot_product_attention(Q, K, V, mask)[0]  # type: ignore[no-any-return]


@mistake("Two things are returned: weights, and what else?")
def weights_without_output(Q: Array, K: Array, V: Array, mask: Mask = None) -> Array:
    return scaled_dot_product_attention(Q, K, V, mask)[1]  # type: ignore[no-any-return]


@mistake("Scores are returned in the place of weights. What has the softmax made of them?")
def scores_instead_of_weights(Q: Array, K: Array, V: Array, mask: Mask = None) -> Result:
    return scaled_dot_product_attention(Q, K, V, mask)[0], hidden(scores_of(Q, K), mask)


@mistake("`K.T` turns all axes round. Which two does the formula exchange?", name="all axes of K reversed")
def all_axes_of_k_reversed(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(Q @ K.T / math.sqrt(Q.shape[-1]), mask)), V)


@mistake("With leading axes, axis 1 is no longer that of the keys. Which number counts from the end?")
def softmax_along_axis_1(Q: Array, K: Array, V: Array, mask: Mask = None) -> Any:
    return read(softmax(hidden(scores_of(Q, K), mask), axis=1), V)
