"""multi_head_attention: several attentions side by side, each on its own projection."""

from functools import partial

import numpy as np

from tplib.exercises.tp8.attention.common import LIBRARY, Array, exercise, readable
from tplib.exercises.tp8.attention.product import scaled_dot_product_attention
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Mask = Array | None
Sizes = tuple[int, int, int, int, int, int, int]  # B, L, S, E, M, heads, features of a head


def _inputs(draw: Draw, sizes: Sizes, mask: str = "none", scale: float = 1.0) -> Arguments:
    """x (B, L, E), memory (B, S, M), W_Q (E, D), W_K and W_V (M, D), W_O (D, E) with D = heads times features.

    scale: of W_Q, and so of the scores.
    """
    B, L, S, E, M, heads, d = sizes
    D = heads * d
    x, memory = draw.array(B, L, E, low=-2, high=2), draw.array(B, S, M, low=-2, high=2)
    weights = [draw.array(*shape, low=-1, high=1) for shape in ((E, D), (M, D), (M, D), (D, E))]
    weights[0] *= scale
    shape = {"none": None, "one for all": (L, S), "each its own": (B, L, S)}[mask]
    return x, memory, *weights, heads, readable(draw, *shape) if shape else None


def _usual(draw: Draw) -> Arguments:
    B, L, S, E, M = (draw.size(1, 3) for _ in range(5))
    mask = draw.choice(("none", "one for all", "each its own"))
    return _inputs(draw, (B, L, S, E, M, draw.size(1, 3), draw.size(1, 3)), mask)


def _edge(sizes: Sizes, mask: str = "none") -> Drawn:
    return Drawn(partial(_inputs, sizes=sizes, mask=mask))


@exercise(
    points=3,
    at_home=True,
    lecture="003, Take home message (the Transformer)",
    concepts=(44,),
    forbidden=LIBRARY,
    draw=_usual,
    edges=(
        _edge((2, 3, 4, 5, 6, 2, 3)),
        _edge((2, 3, 3, 4, 4, 2, 2), "one for all"),
        _edge((2, 4, 3, 6, 5, 2, 2), "each its own"),
        _edge((3, 3, 4, 4, 3, 2, 2), "each its own"),
        _edge((2, 3, 4, 3, 4, 3, 1), "each its own"),
        _edge((3, 3, 4, 4, 4, 3, 2), "each its own"),
        _edge((2, 2, 3, 4, 3, 4, 1), "one for all"),
        _edge((1, 3, 4, 4, 5, 2, 2), "each its own"),
        _edge((3, 3, 3, 3, 3, 3, 1), "each its own"),
        _edge((2, 1, 3, 2, 4, 1, 3)),
        _edge((2, 4, 1, 3, 2, 2, 3)),
        Drawn(partial(_inputs, sizes=(2, 3, 4, 3, 4, 2, 2), scale=5000.0), "stability"),
    ),
    aspects={"stability": "Right for moderate scores, but large ones overflow in exp."},
)
def multi_head_attention(
    x: Array, memory: Array, W_Q: Array, W_K: Array, W_V: Array, W_O: Array, num_heads: int, mask: Mask = None
) -> Array:
    """Q = x W_Q, K = memory W_K, V = memory W_V; head h attends with columns h d ... (h + 1) d - 1 of each; the heads'
    outputs side by side, times W_O

    shapes: (B, L, D) -> reshape (B, L, H, d) -> swap axes (B, H, L, d); back the same way to (B, L, D), then (B, L, E)
    worked: D = 4, 2 heads: d = 2; head 0 has columns 0 and 1 of Q, K and V, head 1 columns 2 and 3; scores / sqrt(2)
    """

    def split(z: Array) -> Array:
        return z.reshape(*z.shape[:2], num_heads, -1).swapaxes(1, 2)  # (B, T, D) -> (B, H, T, d)

    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]  # (B, 1, L, S)
    output, _ = scaled_dot_product_attention(split(x @ W_Q), split(memory @ W_K), split(memory @ W_V), mask)
    return output.swapaxes(1, 2).reshape(*x.shape[:2], -1) @ W_O


@multi_head_attention.alternative
def head_by_head(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):  # type: ignore[no-untyped-def]
    d = W_Q.shape[1] // num_heads
    outputs = []
    for h in range(num_heads):
        own = slice(h * d, (h + 1) * d)
        outputs.append(
            scaled_dot_product_attention(x @ W_Q[:, own], memory @ W_K[:, own], memory @ W_V[:, own], mask)[0]
        )
    return np.concatenate(outputs, axis=-1) @ W_O


@multi_head_attention.alternative
def sum_over_heads(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):  # type: ignore[no-untyped-def]
    """Each head times its own rows of W_O, added up; the softmax written out."""
    parts = zip(*(np.split(W, num_heads, axis=1) for W in (W_Q, W_K, W_V)), np.split(W_O, num_heads), strict=True)
    total = np.zeros((*x.shape[:2], W_O.shape[1]))
    for Q, K, V, O in parts:  # noqa: E741
        scores = np.einsum("ble,ed,bsm,md->bls", x, Q, memory, K) / np.sqrt(Q.shape[1])
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True)) * (1 if mask is None else mask)
        total += powers / powers.sum(axis=-1, keepdims=True) @ (memory @ V) @ O
    return total
