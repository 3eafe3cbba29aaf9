"""Pooling nodes: a summary of the values in each window (lecture 003, "Pooling")."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import in_order
from tplib.nn.graph.second_order import Adjoint, through
from tplib.nn.graph.selecting import ScatterAdd
from tplib.nn.graph.storage import changed_since
from tplib.nn.spatial.windows import Windows

BLOCK_BYTES = 1 << 20
FEW_MAXIMA, MANY_TAPS = 1 << 11, 9  # for these a copy of all windows is quicker than a pass for each tap; measured


class MaxPool(Function):
    """The largest value of each window; the first of equal ones gets the gradient, or the last nan if there is one."""

    __slots__ = ("windows",)
    piecewise = True
    fresh = True
    read_for = ((0,), ())  # the result may be changed in place: then it is computed again

    @staticmethod
    def forward(ctx: Any, x: Array, windows: Windows) -> Any:
        blocks = _blocks(x)
        if len(blocks) == 1:
            z = in_order(maxima(x, windows))
        else:
            z = np.empty((*x.shape[:-2], *windows.out), x.dtype)
            for images in blocks:
                z[images] = maxima(x[images], windows)
        ctx.saved, ctx.windows = (x, z), windows
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, z), windows = MaxPool.as_it_was(ctx), ctx.windows
        dx = np.zeros(x.shape, grad.dtype)
        pixels = windows.size[0] * windows.size[1]
        for images in _blocks(x):
            places = places_of(x[images], z[images], windows).reshape(-1, windows.positions)
            places += np.arange(0, len(places) * pixels, pixels)[:, None]
            flat, values = dx[images].reshape(-1), grad[images].reshape(-1)
            if windows.disjoint:
                flat[places.reshape(-1)] = values
            else:
                np.add.at(flat, places.reshape(-1), values)
        return dx, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x, z), windows = MaxPool.as_it_was(ctx), ctx.windows
        return put_back(grad, places_of(x, z, windows), x.shape), None

    @staticmethod
    def as_it_was(ctx: Any) -> tuple[Array, Array]:
        x, z = ctx.saved
        return x, maxima(x, ctx.windows) if changed_since((z,), ctx.order) else z


def maxima(x: Array, windows: Windows) -> Array:
    """The largest value of each window: (..., H, W) -> (..., Ho, Wo)."""
    # The largest of each column of a window, then the largest of those: kh + kw passes instead of kh kw.
    tops = _largest(windows.rows(windows.pad(x, -np.inf)))  # (..., Ho, Wp)
    return _largest(windows.columns(tops))


def places_of(x: Array, z: Array, windows: Windows) -> Array:
    """Where in its image, counted along the rows, the largest value of each window is: (..., Ho, Wo)."""
    padded = windows.pad(x, -np.inf)
    reads, corners = _reads(windows)
    if z.size <= FEW_MAXIMA and len(reads) >= MANY_TAPS:
        tap = windows.patches(padded).reshape(*z.shape[:-2], len(reads), *z.shape[-2:]).argmax(-3)
        has_nan = np.isnan(z).any()
    else:
        # The number of the tap that reads it is that of the taps before it, which all differ: bytes are quick to count.
        tap = np.zeros(z.shape, np.int8 if len(reads) < 128 else np.intp)
        differ, here = np.ones(z.shape, bool), np.empty(z.shape, bool)
        ones = differ.view(np.int8)
        for pixel in windows.taps(padded):
            differ &= np.not_equal(pixel, z, out=here)
            tap += ones
        has_nan = differ.any()  # a nan differs from itself
    if has_nan:  # the last one counts
        for number, pixel in enumerate(windows.taps(padded)):
            np.copyto(tap, number, where=np.isnan(pixel))
    places = reads.take(tap)
    places += corners
    if padded is not x:  # from places in the padded image to those in the image
        size = windows.size
        rows, columns = (
            # Padding is the largest where all is -inf: then it counts as the first pixel that the window reads.
            np.minimum(np.where(pixels < 0, pixels % gap, pixels), n - 1)
            for pixels, n, gap in (
                (np.arange(all_) - before, n, gap)
                for all_, before, n, gap in zip(windows.padded, windows.before, size, windows.gap, strict=True)
            )
        )
        places = (rows[:, None] * size[1] + columns).reshape(-1).take(places)
    return places


@lru_cache(16)
def _reads(windows: Windows) -> tuple[Array, Array]:
    """How far each tap lies from its window's corner, (kh kw,), and where the corners are, (Ho, Wo), along the rows."""
    pitch, (down, across), (height, width) = windows.padded[1], windows.gap, windows.step
    rows, columns = np.arange(windows.kernel[0]) * down * pitch, np.arange(windows.kernel[1]) * across
    top, left = np.arange(windows.out[0]) * height * pitch, np.arange(windows.out[1]) * width
    return np.add.outer(rows, columns).reshape(-1), np.add.outer(top, left)


def put_back(values: Any, places: Array, shape: tuple[int, ...]) -> Any:
    """Tensor values (..., Ho, Wo) added up at their places in images of zeros of `shape` (..., H, W)."""
    lead = shape[:-2]
    flat, index = values.reshape(*lead, -1), places.reshape(*lead, places.shape[-2] * places.shape[-1])
    return ScatterAdd.apply(flat, index, len(lead), (*lead, shape[-2] * shape[-1])).reshape(shape)


def _blocks(x: Array) -> list[slice]:
    """Slices of the first axis of about BLOCK_BYTES each."""
    size = max(1, BLOCK_BYTES * len(x) // max(1, x.nbytes))
    return [slice(start, start + size) for start in range(0, len(x), size)]


def _largest(views: list[Array]) -> Array:
    z: Array = np.maximum(views[0], views[1]) if len(views) > 1 else views[0].copy()
    for view in views[2:]:
        np.maximum(z, view, out=z)
    return z


FEW, PIXELS = 36, 1 << 12  # windows, measured; and the pixels of an image, so that the matrices stay small


class WeightedPool(Function):
    """z(i, j) = scale(i, j) * sum over u, v of down(u) across(v) x(s i + d u, s j + d v).

    Ones with scale 1 / (kh kw) are the average; falling weights are the distance-weighted average. Few windows are
    computed as a product with a matrix of weights and zeros: pass after pass over rows of a few values is slow.
    """

    __slots__ = ("how",)
    piecewise = True
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, windows: Windows, down: Array, across: Array, scale: Array) -> Any:
        ctx.how = windows, down, across, scale
        z = None
        if _few(windows):
            matrix = _matrix(windows, down.tobytes(), across.tobytes(), x.dtype)  # (L, H W)
            z = (x.reshape(-1, matrix.shape[1]) @ matrix.T).reshape(*x.shape[:-2], *windows.out)
        if z is None or not np.isfinite(z).all():  # in a product, nan and inf would spread to other windows
            z = _gather(x, windows, down, across)
        z *= scale.astype(x.dtype)
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        windows, down, across, scale = ctx.how
        dz = grad * scale.astype(grad.dtype)
        if _few(windows) and np.isfinite(dz).all():
            matrix = _matrix(windows, down.tobytes(), across.tobytes(), dz.dtype)
            dx = (dz.reshape(-1, len(matrix)) @ matrix).reshape(*dz.shape[:-2], *windows.size)
        else:
            dx = _scatter(dz, windows, down, across)
        return dx, None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        return Adjoint.apply(grad, ctx, *ctx.how), None, None, None, None


class LPPool(Function):
    """z = (scale * sum of x^p in the window)^(1/p): the root of the sum of squares for p = 2."""

    __slots__ = ("how",)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, windows: Windows, p: float, scale: Array) -> Any:
        ones = [np.ones(k) for k in windows.kernel]
        total = in_order(_gather(x**p, windows, *ones))
        total *= scale.astype(x.dtype)
        ctx.saved, ctx.how = (x, total), (windows, p, scale, ones)
        return total ** (1 / p)

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, total), (windows, p, scale, ones) = ctx.saved, ctx.how
        # dz/dx = z^(1 - p) x^(p - 1); where z = 0 the gradient is taken as 0.
        d_total = np.where(total == 0, 0, grad * total ** (1 / p - 1)) * scale.astype(grad.dtype)
        return _scatter(d_total, windows, *ones) * x ** (p - 1), None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x, total), (windows, p, scale, ones) = ctx.saved, ctx.how

        def formula(x: Any) -> Any:
            sums = WeightedPool.apply(x**p, windows, *ones, scale)
            return sums.masked_fill(total == 0, 1.0) ** (1 / p)

        return through(formula, [ctx.argument(0, x)], grad)[0], None, None, None


def _gather(x: Array, windows: Windows, down: Array, across: Array) -> Array:
    """(..., H, W) -> (..., Ho, Wo), the weighted sum of each window: along its columns, then along its rows."""
    rows = _weighted(windows.rows(windows.pad(x)), down)  # (..., Ho, Wp)
    return _weighted(windows.columns(rows), across)  # (..., Ho, Wo)


def _scatter(dz: Array, windows: Windows, down: Array, across: Array) -> Array:
    """(..., Ho, Wo) -> (..., H, W), each value times the weights of its window's pixels."""
    d_rows = np.zeros((*dz.shape[:-1], windows.padded[1]), dz.dtype)
    for weight, d_column in zip(across, windows.columns(d_rows), strict=True):
        _add(d_column, dz, weight)
    dx = windows.blank(dz)
    for weight, d_row in zip(down, windows.rows(dx), strict=True):
        if windows.disjoint:
            np.multiply(d_rows, weight.astype(dz.dtype), out=d_row)
        else:
            _add(d_row, d_rows, weight)
    return windows.inside(dx)


def _few(windows: Windows) -> bool:
    return windows.positions <= FEW and windows.size[0] * windows.size[1] <= PIXELS


@lru_cache(16)
def _matrix(windows: Windows, down: bytes, across: bytes, dtype: np.dtype[Any]) -> Array:
    """(L, H W): what each pixel weighs in each window."""
    each = np.eye(windows.positions, dtype=dtype).reshape(-1, *windows.out)
    weights = _scatter(each, windows, np.frombuffer(down), np.frombuffer(across))
    return np.ascontiguousarray(weights).reshape(windows.positions, -1)


def _weighted(views: list[Array], weights: Array) -> Array:
    z: Array = views[0] * weights[0].astype(views[0].dtype)
    for view, weight in zip(views[1:], weights[1:], strict=True):
        _add(z, view, weight)
    return z


def _add(total: Array, x: Array, weight: Any) -> None:
    total += x if weight == 1 else x * weight.astype(x.dtype)
