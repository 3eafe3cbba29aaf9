"""Pooling to an output of fixed size from an input of any size (lecture 003, "Pooling allows to handle inputs ...")."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.second_order import Adjoint
from tplib.nn.spatial.pooling_nodes import put_back
from tplib.nn.spatial.windows import Pair


def bins(size: int, number: int) -> list[slice]:
    """`number` stretches that cover an axis of `size`, of equal length up to one; neighbours may share a pixel."""
    return [slice(i * size // number, -(-(i + 1) * size // number)) for i in range(number)]


class AdaptiveAvgPool(Function):
    """The mean of each of Ho x Wo regions: shares (Ho, H) times the image (H, W) times shares (W, Wo)."""

    __slots__ = ("shape", "shares")
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, out: Pair) -> Any:
        ctx.shape = x.shape
        *lead, height, width = x.shape
        if out == (1, 1):  # all pixels are one region: a plain mean, without a product per image
            ctx.shares = None, _shares(height * width, 1, x.dtype)
            return (x.reshape(math.prod(lead), height * width) @ ctx.shares[1].T).reshape(*lead, 1, 1)
        ctx.shares = down, across = _shares(height, out[0], x.dtype), _shares(width, out[1], x.dtype)
        with np.errstate(invalid="ignore"):
            rows = x.reshape(math.prod(lead) * height, width) @ across.T  # (... H, Wo)
            z = down @ rows.reshape(*lead, height, out[1])  # (..., Ho, Wo)
        if not np.isfinite(z).all():  # in a product, 0 times nan is nan: it would reach regions that it is not in
            for i, some in enumerate(bins(height, out[0])):
                for j, others in enumerate(bins(width, out[1])):
                    z[..., i, j] = x[..., some, others].mean(axis=(-2, -1))
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (down, across), width = ctx.shares, grad.shape[-1]
        if down is None:  # all pixels of a region get the same share
            pixels = across.shape[1]
            return np.repeat(grad.reshape(-1) * (1 / pixels), pixels).reshape(ctx.shape), None
        with np.errstate(invalid="ignore"):
            d_rows = down.T @ grad  # (..., H, Wo)
            dx = (d_rows.reshape(d_rows.size // width, width) @ across).reshape(ctx.shape)
        if not np.isfinite(dx).all():
            dx = np.zeros(ctx.shape, grad.dtype)
            for i, some in enumerate(bins(ctx.shape[-2], grad.shape[-2])):
                for j, others in enumerate(bins(ctx.shape[-1], width)):
                    part = dx[..., some, others]
                    part += grad[..., i, j, None, None] / (part.shape[-2] * part.shape[-1])
        return dx, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Adjoint.apply(grad, ctx, grad.shape[-2:]), None


def _shares(size: int, number: int, dtype: Any) -> Array:
    """(number, size): each row averages one stretch."""
    shares = np.zeros((number, size), dtype)
    for row, stretch in zip(shares, bins(size, number), strict=True):
        row[stretch] = 1 / (stretch.stop - stretch.start)
    return shares


class AdaptiveMaxPool(Function):
    """The largest value of each of Ho x Wo regions; the first of equal ones gets the gradient, or the last nan."""

    __slots__ = ("best", "shape")
    piecewise = True
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, out: Pair) -> Any:
        ctx.shape = x.shape
        z = np.empty((*x.shape[:-2], *out), x.dtype)
        ctx.best = np.empty(z.shape, np.intp)  # each maximum's index in its region
        for i, rows in enumerate(bins(x.shape[-2], out[0])):
            for j, columns in enumerate(bins(x.shape[-1], out[1])):
                region = x[..., rows, columns]
                region = region.reshape(*x.shape[:-2], region.shape[-2] * region.shape[-1])
                ctx.best[..., i, j] = best = region.argmax(-1)
                z[..., i, j] = np.take_along_axis(region, best[..., None], -1)[..., 0]
        if np.isnan(z).any():
            AdaptiveMaxPool.take_last_nan(ctx.best, x, z, out)
        return z

    @staticmethod
    def take_last_nan(best: Array, x: Array, z: Array, out: Pair) -> None:
        """Let `best` name the last nan of each region that has one."""
        for i, rows in enumerate(bins(x.shape[-2], out[0])):
            for j, columns in enumerate(bins(x.shape[-1], out[1])):
                bad = np.isnan(x[..., rows, columns])
                bad = bad.reshape(*x.shape[:-2], bad.shape[-2] * bad.shape[-1])
                last = bad.shape[-1] - 1 - bad[..., ::-1].argmax(-1)
                best[..., i, j] = np.where(np.isnan(z[..., i, j]), last, best[..., i, j])

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        height, width = ctx.shape[-2:]
        dx = np.zeros(ctx.shape, grad.dtype).reshape(-1, height, width)
        dz, best = grad.reshape(-1, *grad.shape[-2:]), ctx.best.reshape(-1, *grad.shape[-2:])
        every = np.arange(len(dx))
        for i, rows in enumerate(bins(height, grad.shape[-2])):
            for j, columns in enumerate(bins(width, grad.shape[-1])):
                down, across = np.divmod(best[:, i, j], columns.stop - columns.start)
                dx[every, rows.start + down, columns.start + across] += dz[:, i, j]
        return dx.reshape(ctx.shape), None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return put_back(grad, places_in_bins(ctx.best, ctx.shape), ctx.shape), None


def places_in_regions(x: Array, out: Pair) -> Array:
    """Where in its image, counted along the rows, the largest value of each of Ho x Wo regions is."""
    ctx: Any = AdaptiveMaxPool()
    AdaptiveMaxPool.forward(ctx, x, out)
    return places_in_bins(ctx.best, x.shape)


def places_in_bins(best: Array, shape: tuple[int, ...]) -> Array:
    """Where in its image, counted along the rows, is what has the index `best` in its region."""
    height, width = shape[-2:]
    places = np.empty(best.shape, np.int64)
    for i, rows in enumerate(bins(height, best.shape[-2])):
        for j, columns in enumerate(bins(width, best.shape[-1])):
            down, across = np.divmod(best[..., i, j], columns.stop - columns.start)
            places[..., i, j] = (rows.start + down) * width + columns.start + across
    return places
