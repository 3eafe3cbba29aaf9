"""Scaled dot-product attention in one node: a weighted mean of the values (lecture 003, "Take home message").

Letters: B batch, H heads, L queries, S keys, E features of queries and keys, F features of values.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.attention.masks import Masks, additive, check_mask
from tplib.nn.graph.arithmetic import quiet, unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.products import LEAST, product
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.row_blocks import row_blocks
from tplib.nn.graph.second_order import through
from tplib.nn.graph.softmax import SAFE
from tplib.nn.graph.storage import changed_since
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor

KEPT = 2  # weights are kept where there are at most so many times the values of queries and keys


class ScaledDotProductAttention(Function):
    """softmax(scale Q K' + mask) V, some heads at a time: their scores stay in the processor's cache.

    The scores lie with their keys first, (S, L): what is done for a query then runs along whole rows. A query whose
    keys are all masked reads 0, as in PyTorch. The weights are kept without their normalisation; `inverse` holds
    1 / (sum over keys), so that dividing costs (L, F) and not (S, L).
    """

    __slots__ = ("hides", "masks", "scale", "shapes")
    fresh = True
    read_for = (*(None,) * 5, ())  # the result may be changed in place: then it is computed again

    @staticmethod
    @quiet
    def forward(
        ctx: Any, q: Array, k: Array, v: Array, mask: Array | None, kept: Array | None, scale: float, hides: bool
    ) -> Any:
        lead = _common(q, k, v) if mask is None else np.broadcast_shapes(_common(q, k, v), mask.shape[:-2])
        ctx.shapes, ctx.scale = [None if x is None else x.shape for x in (q, k, v, mask)], q.dtype.type(scale)
        given = q, k, v, mask
        q, k, v = (_heads(x, lead) for x in (q, k, v))  # (..., L, E) -> (N, L, E)
        inverse = np.empty((len(q), q.shape[1], 1), q.dtype)  # (N, L, 1)
        z = np.empty((*q.shape[:2], v.shape[2]), q.dtype)  # (N, L, F)
        masks = None if mask is None else Masks(mask, lead, q.dtype, hides)
        ctx.hides = hides
        # Many weights are computed again on the way back, a block at a time, as in FlashAttention (Dao et al., 2022).
        few = k.shape[1] * q.shape[1] <= KEPT * (k.shape[1] + q.shape[1]) * q.shape[2]
        weights = None
        if few or kept is not None or ctx.edges[3] is not None:
            weights = np.empty((len(q), k.shape[1], q.shape[1]), q.dtype)  # (N, S, L)
        for heads in _blocks(q, k):
            a = _exponentials(q, k, heads, ctx.scale, masks, None if weights is None else weights[heads])
            total = np.ones(a.shape[1], a.dtype) @ a  # (n, L); a product with ones is a sum, and quicker
            if mask is not None or not a.size:
                total[total == 0] = np.inf
            np.divide(1, total, out=inverse[heads, :, 0])
            product((a if kept is None else a * kept[heads]).swapaxes(1, 2), v[heads], out=z[heads])
            z[heads] *= inverse[heads]
        ctx.masks = masks if weights is None else None
        ctx.saved = q, k, v, weights, inverse, z, kept, given
        return z.reshape(*lead, *z.shape[1:])

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        q, k, v, weights, inverse, z, kept, _ = ctx.saved
        to_mask, lead = ctx.edges[3], grad.shape[:-2]
        dz = grad.reshape(z.shape)
        changed = changed_since((z,), ctx.order)
        dq, dk, dv = np.empty_like(q), np.empty_like(k), np.empty_like(v)
        d_mask = None if to_mask is None else np.empty_like(weights)
        for heads in _blocks(q, k):
            a = _exponentials(q, k, heads, ctx.scale, ctx.masks, None) if weights is None else weights[heads]
            dz_n = dz[heads] * inverse[heads]
            product(a if kept is None else a * kept[heads], dz_n, out=dv[heads])
            ds = product(v[heads], _turned(dz_n, k.shape[1]))  # (n, S, F) @ (n, F, L)
            if kept is not None:
                ds *= kept[heads]
            # The softmax's diag(p) - p p': the sum over keys of p dp is dz . z.
            z_n = z[heads]
            if changed:
                z_n = product((a if kept is None else a * kept[heads]).swapaxes(1, 2), v[heads]) * inverse[heads]
            ds -= np.vecdot(dz_n, z_n)[:, None]
            ds *= a
            if d_mask is not None:
                d_mask[heads] = ds
            product(ds.swapaxes(1, 2), k[heads] * ctx.scale, out=dq[heads])
            product(ds, q[heads] * ctx.scale, out=dk[heads])
        if d_mask is not None:
            d_mask = d_mask.swapaxes(1, 2)
        return (
            *(
                None if d is None else unbroadcast(d.reshape(*lead, *d.shape[1:]), shape)
                for d, shape in zip((dq, dk, dv, d_mask), ctx.shapes, strict=True)
            ),
            None,
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        *_, kept, given = ctx.saved

        def formula(q: Any, k: Any, v: Any, mask: Any) -> Any:
            scores = (q * ctx.scale.item()) @ k.swapaxes(-1, -2)  # (..., L, S)
            if mask is not None:
                hides = ctx.hides  # what is a nan or infinite, too
                scores = scores.masked_fill(~mask.data, -np.inf) if hides else scores + additive(mask, scores.dtype)
            nothing = (scores.data == -np.inf).all(axis=-1, keepdims=True)  # a query whose keys are all masked
            weights = scores.masked_fill(nothing, 0.0).softmax(-1).masked_fill(nothing, 0.0)
            if kept is not None:
                weights = weights * kept.swapaxes(1, 2).reshape(weights.shape)
            return weights @ v

        inputs = [None if x is None else ctx.argument(i, x) for i, x in enumerate(given)]
        return *through(formula, inputs, grad), None, None, None


def _exponentials(q: Array, k: Array, heads: slice, scale: Any, masks: Masks | None, out: Array | None) -> Array:
    """exp(scale Q K' + mask), or a multiple of it for each query, of some heads: (n, S, L)."""
    a = product(k[heads], _turned(q[heads] * scale, k.shape[1]), out=out)
    if a.size and a.max() < SAFE and a.min() > -SAFE and (masks is None or masks.allowed is not None):
        np.exp(a, out=a)  # no value overflows: the search for each query's largest would cost as much again
        if masks is not None and masks.allowed is not None:
            a *= masks.of(heads, masks.allowed)
        return a
    if masks is not None:
        a += masks.of(heads, masks.added)
        if masks.hides and masks.allowed is not None:
            np.copyto(a, -np.inf, where=masks.of(heads, masks.allowed) == 0)
    highest = np.maximum.reduce(a, axis=1, keepdims=True, initial=-np.inf)
    highest[highest == -np.inf] = 0
    a -= highest
    return np.exp(a, out=a)


def _blocks(q: Array, k: Array) -> list[slice]:
    return row_blocks(len(q), k.shape[1] * q.shape[1] * q.itemsize)


def _turned(x: Array, rows: int) -> Array:
    """The last two axes swapped, to the right of so many rows; copied where `product` has quicker kernels then."""
    turned = x.swapaxes(-1, -2)
    return np.ascontiguousarray(turned) if rows * turned.shape[-2] * turned.shape[-1] >= LEAST else turned


def _common(q: Any, k: Any, v: Any) -> tuple[int, ...]:
    """The leading axes of the three, broadcast together."""
    lead: tuple[int, ...] = q.shape[:-2]
    return lead if k.shape[:-2] == lead == v.shape[:-2] else np.broadcast_shapes(lead, k.shape[:-2], v.shape[:-2])


def _heads(x: Array, lead: tuple[int, ...]) -> Array:
    """(..., L, E) repeated to the leading axes `lead`, as (N, L, E)."""
    if x.shape[:-2] != lead:
        x = np.broadcast_to(x, (*lead, *x.shape[-2:]))
    return x.reshape(math.prod(lead), *x.shape[-2:])


def scaled_dot_product_attention(
    query: TensorLike,
    key: TensorLike,
    value: TensorLike,
    attn_mask: TensorLike | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    *,
    rng: np.random.Generator | None = None,
) -> Tensor:
    """softmax(scale Q K' + mask) V: query (..., L, E), key (..., S, E), value (..., S, F) -> (..., L, F).

    `attn_mask` broadcasts to (..., L, S): True where a query may read a key, or a number that is added to the score.
    `is_causal` lets query i read keys 0 to i only. `scale` is 1 / sqrt(E) unless given. A share `dropout_p` of the
    weights, drawn from `rng`, is set to 0 (always: pass 0 in evaluation). Source: Vaswani et al. 2017, equation 1.
    """
    name = "scaled_dot_product_attention"
    q, k, v = as_tensor(query), as_tensor(key), as_tensor(value)
    if min(q.ndim, k.ndim, v.ndim) < 2 or q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError(
            f"{name}: expected query (..., L, E), key (..., S, E) and value (..., S, F), "
            f"got {q.shape}, {k.shape} and {v.shape}"
        )
    refuse_gradient(f"{name}: dropout_p", dropout_p)
    if not 0 <= dropout_p <= 1:
        raise ValueError(f"{name}: expected a probability dropout_p between 0 and 1, got {dropout_p}")
    if is_causal and attn_mask is not None:
        raise ValueError(f"{name}: give an attn_mask or is_causal=True, not both; put the triangle into the mask")
    L, S = q.shape[-2], k.shape[-2]
    mask = Tensor(np.tri(L, S, dtype=bool)) if is_causal else None if attn_mask is None else as_tensor(attn_mask)
    try:
        lead = _common(q, k, v)
        if mask is not None:
            if mask.dtype.kind != "b":
                check_mask(f"{name}: attn_mask", mask)
                mask = mask.to(q.dtype)
            mask = mask.reshape((1,) * (2 - mask.ndim) + mask.shape)
            if mask.shape != (L, S):
                lead = np.broadcast_shapes(lead, mask.shape[:-2])
                np.broadcast_to(mask.data, (*lead, L, S))
    except ValueError:
        masked = "" if mask is None else f", with a mask of shape {mask.shape} for {L} queries and {S} keys"
        raise ValueError(
            f"{name}: the leading axes of {q.shape}, {k.shape} and {v.shape} do not broadcast together{masked}"
        ) from None
    kept = None
    if dropout_p:
        rng = np.random.default_rng(rng)
        kept = (rng.random((math.prod(lead), S, L), np.float32) >= dropout_p).astype(q.dtype)
        kept *= 1 / (1 - dropout_p) if dropout_p < 1 else 0
    scale = 1 / math.sqrt(max(q.shape[-1], 1)) if scale is None else scale
    return ScaledDotProductAttention.apply(q, k, v, mask, kept, scale, is_causal and q.ndim == 4)
