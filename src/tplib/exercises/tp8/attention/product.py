"""scaled_dot_product_attention: a weighted mean of values, the weights from products of queries and keys."""

import math
from functools import partial
from typing import Any

import numpy as np

from tplib.exercises.tp8.attention.common import LIBRARY, Array, exercise, readable
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Result = tuple[Array, Array]
Mask = Array | None

LEADS: tuple[tuple[int, ...], ...] = ((), (2,), (1,), (3,), (2, 3))
MASKS = ("none", "one for all", "each its own", "keys of each")


def inputs(
    draw: Draw, lead: tuple[int, ...], sizes: tuple[int, int, int, int], mask: str = "none", scale: float = 1.0
) -> Arguments:
    """Q (*lead, L, d), K (*lead, S, d), V (*lead, S, F), and a mask of the kind named."""
    L, S, d, F = sizes
    Q, K, V = draw.array(*lead, L, d), scale * draw.array(*lead, S, d), draw.array(*lead, S, F)
    shapes: dict[str, tuple[int, ...]] = {
        "one for all": (L, S),
        "each its own": (*lead, L, S),
        "keys of each": (*lead, 1, S),
    }
    return Q, K, V, readable(draw, *shapes[mask]) if mask != "none" else None


def _usual(draw: Draw) -> Arguments:
    L, S, d, F = (draw.size(1, 4) for _ in range(4))
    return inputs(draw, draw.choice(LEADS), (L, S, d, F), draw.choice(MASKS))


def _blind(draw: Draw, lead: tuple[int, ...], mask: str) -> Arguments:
    """One query, or all, may read nothing."""
    Q, K, V, seen = inputs(draw, lead, (3, 4, 2, 5), mask)
    seen[..., draw.size(0, seen.shape[-2] - 1), :] = False
    return Q, K, V, seen


def _outweighed(draw: Draw) -> Arguments:
    """Each key that may be read scores far below those that are hidden."""
    Q, K, V, seen = inputs(draw, (2,), (3, 4, 2, 3), "keys of each")
    return np.abs(Q) + 0.5, K - 1e5 * np.swapaxes(seen, -1, -2), V, seen


def _edge(lead: tuple[int, ...], sizes: tuple[int, int, int, int], mask: str = "none") -> Drawn:
    return Drawn(partial(inputs, lead=lead, sizes=sizes, mask=mask))


@exercise(
    points=3,
    lecture="003, Take home message (attention mechanism)",
    concepts=(44,),
    forbidden=LIBRARY,
    draw=_usual,
    edges=(
        _edge((), (2, 3, 4, 5)),
        _edge((2,), (4, 3, 2, 5), "one for all"),
        _edge((2,), (3, 3, 3, 3), "one for all"),
        _edge((3,), (3, 3, 3, 3), "each its own"),
        _edge((2, 3), (2, 4, 3, 2), "each its own"),
        _edge((2, 2), (3, 4, 2, 1), "one for all"),
        _edge((3,), (2, 5, 3, 4), "keys of each"),
        _edge((), (3, 4, 2, 2), "one for all"),
        _edge((1,), (1, 3, 4, 2)),
        _edge((2,), (3, 1, 4, 2)),
        _edge((2,), (2, 3, 1, 4), "each its own"),
        Drawn(partial(_blind, lead=(2,), mask="each its own"), "nothing to read"),
        Drawn(partial(_blind, lead=(), mask="one for all"), "nothing to read"),
        Drawn(partial(_blind, lead=(3,), mask="keys of each"), "nothing to read"),
        Drawn(_outweighed, "stability"),
        Drawn(partial(inputs, lead=(2,), sizes=(3, 4, 3, 2), scale=1000.0), "stability"),
        Drawn(partial(inputs, lead=(2,), sizes=(3, 4, 3, 2), mask="each its own", scale=3000.0), "stability"),
    ),
    aspects={
        "nothing to read": "Right, but not for a query that may read nothing: its weights and its output are 0.",
        "stability": "Right for moderate scores, but large ones overflow in exp, or outweigh your mask.",
    },
)
def scaled_dot_product_attention(Q: Array, K: Array, V: Array, mask: Mask = None) -> Result:
    """weights = softmax over the keys of Q K^T / sqrt(d), with -inf in place of each hidden score; output = weights V

    shapes: (..., L, d) @ (..., d, S) -> scores and weights (..., L, S); weights @ (..., S, F) -> output (..., L, F)
    worked: Q = [[2]], K = [[0], [ln 3 / 2]], V = [[0], [4]]: scores [0, ln 3], weights [1/4, 3/4], output [[3]]
    """
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    highest = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(highest == -np.inf, 0, highest))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total == 0, 1, total)
    return weights @ V, weights


@scaled_dot_product_attention.alternative
def masked_afterwards(Q, K, V, mask=None):  # type: ignore[no-untyped-def]
    """The mask multiplies the powers, before they are divided by their sum."""
    scores = np.einsum("...ld,...sd->...ls", Q, K) * Q.shape[-1] ** -0.5
    seen = np.broadcast_to(True if mask is None else mask, scores.shape)
    lowered = np.where(seen, scores, scores.min(axis=-1, keepdims=True))
    powers = np.exp(lowered - lowered.max(axis=-1, keepdims=True)) * seen
    total = powers.sum(axis=-1, keepdims=True)
    weights = np.divide(powers, total, out=np.zeros_like(powers), where=total > 0)
    return np.einsum("...ls,...sf->...lf", weights, V), weights


@scaled_dot_product_attention.alternative
def query_by_query(Q, K, V, mask=None):  # type: ignore[no-untyped-def]
    """Loops over everything."""
    lead, (L, d), S = Q.shape[:-2], Q.shape[-2:], K.shape[-2]
    weights = np.zeros((*lead, L, S))
    seen = np.ones((*lead, L, S), bool) if mask is None else np.broadcast_to(mask, (*lead, L, S))
    for at in np.ndindex(*lead, L):
        keys = np.flatnonzero(seen[at])
        if len(keys):
            z = K[at[:-1]][keys] @ Q[at] / np.sqrt(d)
            p = np.exp(z - max(z))
            weights[at][keys] = p / p.sum()
    return np.matmul(weights, V), weights


def scores_of(Q: Array, K: Array) -> Array:
    return np.asarray(Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1]))


def hidden(scores: Array, mask: Mask) -> Array:
    return scores if mask is None else np.where(mask, scores, -np.inf)


def read(weights: Array, V: Array) -> Any:
    return weights @ V, weights
