"""Mistakes in multi-head attention: in how heads are split and put together, in the mask, in the projections."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.exercises.tp8.attention.common import Array, softmax
from tplib.exercises.tp8.attention.heads import Mask, multi_head_attention
from tplib.exercises.tp8.attention.product import hidden


def split(z: Array, heads: int) -> Array:
    return z.reshape(*z.shape[:2], heads, -1).swapaxes(1, 2)  # (B, T, D) -> (B, H, T, d)


def split_without_swap(z: Array, heads: int) -> Array:
    return z.reshape(len(z), heads, z.shape[1], -1)


def split_in_turns(z: Array, heads: int) -> Array:
    return np.moveaxis(z.reshape(*z.shape[:2], -1, heads), 3, 1)


def joined(z: Array) -> Array:
    return z.swapaxes(1, 2).reshape(len(z), z.shape[2], -1)  # (B, H, L, d) -> (B, L, D)


def averaged(z: Array) -> Array:
    """The mean over the heads, as often as there are heads."""
    return np.tile(z.mean(axis=1), z.shape[1])


def joined_without_swap(z: Array) -> Array:
    return z.reshape(len(z), z.shape[2], -1)


def of_each_example(mask: Mask, heads: int) -> Mask:
    return mask[:, None] if mask is not None and mask.ndim == 3 else mask


def as_it_is(mask: Mask, heads: int) -> Mask:
    return mask


def ignored(mask: Mask, heads: int) -> Mask:
    return None


def hidden_where_true(mask: Mask, heads: int) -> Mask:
    return None if mask is None else of_each_example(~mask, heads)


def repeated_in_the_wrong_order(mask: Mask, heads: int) -> Mask:
    """Over examples times heads, the heads should come inside."""
    if mask is None or mask.ndim == 2:
        return mask
    return np.tile(mask, (heads, 1, 1)).reshape(len(mask), heads, *mask.shape[1:])


def _heads(
    cut: Callable[[Array, int], Array] = split,
    paste: Callable[[Array], Array] = joined,
    masked: Callable[[Mask, int], Mask] = of_each_example,
    width: Callable[[Array, Array], int] = lambda Q, x: Q.shape[-1],
    axis: int = -1,
    end: Callable[[Array, Array, Array], Array] = lambda z, W_O, x: z @ W_O,
    scores_of: Callable[[Array], Array] = lambda scores: scores,
    sources: Callable[[Array, Array], tuple[Array, Array, Array]] = lambda x, memory: (x, memory, memory),
    weights: Callable[[Array, Array, Array], tuple[Array, Array, Array]] = lambda q, k, v: (q, k, v),
    heads_of: Callable[[int], int] = lambda heads: heads,
) -> Callable[..., Any]:
    def attend(
        x: Array, memory: Array, W_Q: Array, W_K: Array, W_V: Array, W_O: Array, num_heads: int, mask: Mask = None
    ) -> Any:
        heads = heads_of(num_heads)
        pairs = zip(sources(x, memory), weights(W_Q, W_K, W_V), strict=True)
        Q, K, V = (cut(source @ W, heads) for source, W in pairs)
        scores = scores_of(Q @ K.swapaxes(-1, -2) / math.sqrt(width(Q, x)))
        return end(paste(softmax(hidden(scores, masked(mask, heads)), axis) @ V), W_O, x)

    return attend


def _mistake(name: str, question: str, **wrong: Any) -> None:
    multi_head_attention.mistake(question, name=name)(_heads(**wrong))


_mistake(
    "split without swapping axes",
    "(B, T, D) reshaped to (B, H, T, d): whose features are in head 0 then? Reshape to (B, T, H, d) first.",
    cut=split_without_swap,
)
_mistake(
    "put together without swapping axes",
    "After attention the axes are (B, H, L, d). What must be swapped before a reshape to (B, L, D)?",
    paste=joined_without_swap,
)
_mistake(
    "split and put together without swapping axes",
    "(B, T, D) reshaped to (B, H, T, d): whose features are in head 0 then? Reshape to (B, T, H, d) first.",
    cut=split_without_swap,
    paste=joined_without_swap,
)
_mistake(
    "mean of the heads in the place of each",
    "How are the heads put together: side by side, or as a mean?",
    paste=averaged,
)
_mistake(
    "columns dealt out in turns",
    "Head 0 has the first d columns. Which ones has it in yours: every H-th?",
    cut=split_in_turns,
)
_mistake(
    "scaled by the width of the whole",
    "Each head's queries have d features. By the root of which number do you divide: d, or D?",
    width=lambda Q, x: Q.shape[1] * Q.shape[-1],
)
_mistake(
    "scaled by the width of x",
    "Each head's queries have d features. By the root of which number do you divide: d, or E?",
    width=lambda Q, x: x.shape[-1],
)
_mistake("not scaled", "Which factor keeps the products of long vectors moderate?", width=lambda Q, x: 1)
_mistake("one head only", "Where does your code use `num_heads`?", heads_of=lambda heads: 1)
_mistake(
    "no output projection",
    "What is done with the heads' outputs after they stand side by side?",
    end=lambda z, W_O, x: z,
)
_mistake(
    "output projection transposed",
    "W_O is (D, E). Which of its axes meets the features of the heads?",
    end=lambda z, W_O, x: z @ W_O.T,
)
_mistake(
    "input added at the end",
    "A residual connection belongs to the Transformer's block. Is it part of this function?",
    end=lambda z, W_O, x: z @ W_O + x,
)
_mistake("mask ignored", "Where does your code use `mask`?", masked=ignored)
_mistake(
    "mask read the other way round",
    "True means that a key may be read. What does it mean in your code?",
    masked=hidden_where_true,
)
_mistake(
    "mask of an example taken for that of a head",
    "A mask (B, L, S) meets scores (B, H, L, S). Which of their axes does NumPy put side by side?",
    masked=as_it_is,
)
_mistake(
    "mask repeated in the wrong order",
    "If examples and heads become one axis, which mask stands at the second place: that of the same example?",
    masked=repeated_in_the_wrong_order,
)
_mistake("softmax over the queries", "Along which axis should the weights of a query sum to 1?", axis=-2)
_mistake("softmax over the heads", "Along which axis should the weights of a query sum to 1?", axis=1)
_mistake(
    "one attention for all heads",
    "Each head has its own weights. Do yours differ from head to head?",
    scores_of=lambda scores: np.broadcast_to(scores.mean(axis=1, keepdims=True), scores.shape),
)
_mistake(
    "keys and values from x",
    "Who is read: x itself, or the memory?",
    sources=lambda x, memory: (x, x, x),
)
_mistake("values from x", "What is averaged: the memory's values, or x?", sources=lambda x, memory: (x, memory, x))
_mistake(
    "queries from the memory",
    "Who asks, and who is read?",
    sources=lambda x, memory: (memory, x, x),
)
_mistake(
    "W_K and W_V exchanged",
    "Which matrix makes the keys?",
    weights=lambda q, k, v: (q, v, k),
)
_mistake("W_K for the values too", "Which matrix makes the values?", weights=lambda q, k, v: (q, k, k))
_mistake("W_Q for the keys too", "Which matrix makes the keys?", weights=lambda q, k, v: (q, q, v))


@multi_head_attention.mistake("How are the heads put together: side by side, or as a mean?")
def mean_of_the_heads(
    x: Array, memory: Array, W_Q: Array, W_K: Array, W_V: Array, W_O: Array, num_heads: int, mask: Mask = None
) -> Array:
    return np.asarray(multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask) / num_heads)
