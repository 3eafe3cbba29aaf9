"""Embedding nodes: rows of a table, one by one or summed over bags of words (lecture 003, "Embedding of words")."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.second_order import Adjoint, refuse
from tplib.nn.graph.sparse_rows import SparseRows, sum_rows


class Embedding(Function):
    """weight[ids]; the gradient of a row is the sum over the places where its id stands, 0 for `padding_idx`."""

    __slots__ = ("how",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, weight: Array, ids: Array, padding: int | None, by_frequency: bool, sparse: bool) -> Any:
        ctx.saved, ctx.how = (ids,), (weight.shape, padding, by_frequency, sparse)
        return weight.take(ids, axis=0)  # (...) -> (..., D)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (ids,), ((number, width), padding, by_frequency, sparse) = ctx.saved, ctx.how
        ids, rows = ids.reshape(-1), grad.reshape(ids.size, width)  # (N,), (N, D)
        if sparse:
            if padding is not None:
                kept = ids != padding
                ids, rows = ids[kept], rows[kept]
            return SparseRows(ids, rows.copy(), (number, width)), None, None, None, None
        d_weight = sum_rows(ids, rows, number)
        if by_frequency:
            d_weight /= np.maximum(np.bincount(ids, minlength=number), 1).astype(grad.dtype)[:, None]
        if padding is not None:
            d_weight[padding] = 0
        return d_weight, None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (ids,), (_, padding, by_frequency, sparse) = ctx.saved, ctx.how
        if by_frequency or sparse:
            refuse(ctx, "with scale_grad_by_freq or sparse")
        if padding is not None:
            grad = grad.masked_fill((ids == padding)[..., None], 0.0)
        return Adjoint.apply(grad, ctx, ids, None, False, False), None, None, None, None


class EmbeddingBag(Function):
    """Z = S weight, where row b of the sparse S (B, V) holds the factors of the words of bag b: 1, 1/count, or given.

    Word n of `ids` (N,) belongs to the bag b with starts[b] <= n < starts[b + 1]; `factors` is (N,).
    """

    __slots__ = ("how",)
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(
        ctx: Any, weight: Array, factors: Array, ids: Array, starts: Array, by_frequency: bool, sparse: bool
    ) -> Any:
        from scipy.sparse import csr_array

        S = csr_array((factors, ids, starts), shape=(len(starts) - 1, len(weight)))
        ctx.saved, ctx.how = (weight, factors, ids, starts, S), (by_frequency, sparse)
        return S @ weight if weight.size else np.zeros((len(starts) - 1, weight.shape[1]), weight.dtype)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (weight, factors, ids, starts, S), (by_frequency, sparse) = ctx.saved, ctx.how
        to_weight, to_factors, *_ = ctx.edges
        d_weight: Any = None
        d_factors = None
        bag = np.repeat(np.arange(len(starts) - 1), np.diff(starts))  # (N,)
        if to_weight is not None and sparse:
            d_weight = SparseRows(ids, factors[:, None] * grad[bag], weight.shape)
        elif to_weight is not None:
            d_weight = S.T @ grad if weight.size else np.zeros_like(weight)
            if by_frequency:
                d_weight /= np.maximum(np.bincount(ids, minlength=len(weight)), 1).astype(grad.dtype)[:, None]
        if to_factors is not None:
            d_factors = np.einsum("nd,nd->n", weight[ids], grad[bag])
        return d_weight, d_factors, None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (_, factors, ids, starts, _), (by_frequency, sparse) = ctx.saved, ctx.how
        if by_frequency or sparse or ctx.edges[1] is not None:
            refuse(ctx, "with scale_grad_by_freq, sparse or weights that learn")
        return Adjoint.apply(grad, ctx, factors, ids, starts, False, False), *(None,) * 5


class EmbeddingBagMax(Function):
    """The largest value of each column over a bag's rows, 0 for an empty bag; the first of equals gets the gradient."""

    __slots__ = ("shape",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, weight: Array, ids: Array, starts: Array) -> Any:
        lengths = np.diff(starts)
        best = np.full((len(lengths), weight.shape[1]), -1)  # (B, D): the word that each value comes from
        z = np.zeros(best.shape, weight.dtype)
        for place in range(lengths.max(initial=0)):
            bags = np.flatnonzero(lengths > place)
            words = ids[starts[bags] + place][:, None]  # (bags, 1)
            rows, so_far = weight[words[:, 0]], z[bags]
            larger = (rows > so_far) | (place == 0)
            z[bags] = np.where(larger, rows, so_far)
            best[bags] = np.where(larger, words, best[bags])
        ctx.saved, ctx.shape = (best,), weight.shape
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (best,) = ctx.saved
        d_weight = np.zeros(ctx.shape, grad.dtype)
        bag, column = np.nonzero(best >= 0)
        np.add.at(d_weight.reshape(-1), best[bag, column] * ctx.shape[1] + column, grad[bag, column])
        return d_weight, None, None
