"""Losses over classes: NLL, cross-entropy and the multi-class hinge (lectures 003, "Loss for Multi-class", and 004).

Each works on rows of scores (M, K): the class axis, 1 in (N, K, d1, ...), goes last and the others become one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.indexing import Place
from tplib.nn.graph.second_order import refuse
from tplib.nn.graph.softmax import log_softmax_of, row_sums
from tplib.nn.losses.nodes import reduce, share


def to_rows(x: Array) -> Array:
    """(K,), (N, K) or (N, K, d1, ...) -> (M, K)."""
    if x.ndim == 2:
        return x
    return x.reshape(1, -1) if x.ndim == 1 else np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])


def from_rows(rows: Array, shape: tuple[int, ...]) -> Array:
    """The inverse of `to_rows`."""
    if len(shape) <= 2:
        return rows.reshape(shape)
    return np.moveaxis(rows.reshape(shape[0], *shape[2:], shape[1]), -1, 1)


class Labels:
    """Class indices (M,) with what each row counts: its class's weight, or 0 where the index is `ignore_index`."""

    __slots__ = ("classes", "counts", "ignored", "rows", "total")

    def __init__(self, name: str, target: Array, classes: int, weight: Array | None, ignore_index: int | None) -> None:
        self.classes = target.reshape(-1)  # (M,)
        self.rows = np.arange(self.classes.size)
        self.counts: Array | None = None  # None stands for all ones
        self.ignored: Array | None = None  # None stands for no row
        # Seen as unsigned numbers, negative ones are huge: one comparison finds both kinds of outsiders.
        unsigned = self.classes.astype(np.uintp, copy=False)
        if (ignore_index is not None and 0 <= ignore_index < classes) or (
            unsigned.size and np.maximum.reduce(unsigned) >= classes
        ):
            ignored = self.classes == ignore_index
            wrong = ~ignored & ((self.classes < 0) | (self.classes >= classes))
            if wrong.any():
                raise IndexError(
                    f"{name}: target {self.classes[wrong][0]} is not a class; expected 0 to {classes - 1}"
                    + ("" if ignore_index is None else f", or ignore_index {ignore_index}")
                )
            self.counts, self.ignored = 1.0 - ignored, ignored
            self.classes = np.where(ignored, 0, self.classes)
        if weight is not None:
            own = weight[self.classes]
            self.counts = own if self.counts is None else own * self.counts.astype(weight.dtype)
        self.total = float(self.classes.size if self.counts is None else self.counts.sum())

    def weigh(self, values: Array) -> Array:
        values = self.drop(values)
        return values if self.counts is None else values * self.counts.astype(values.dtype, copy=False)

    def drop(self, values: Array) -> Array:
        """The values (M, ...) with those of ignored rows set to 0, also where they are inf or nan."""
        if self.ignored is not None:
            values[self.ignored] = 0
        return values

    def spread(self, grad: Array, reduction: str) -> Array:
        """dl/d(each row's weighted loss), (M,) or (1,), from dl/d(the reduced loss); 0 for ignored rows."""
        each = np.asarray(share(grad, reduction, self.total)).reshape(-1)
        if self.counts is None:
            return each
        return np.where(self.counts == 0, 0, each * self.counts.astype(each.dtype, copy=False))


class NLL(Function):
    """Minus the log-probability of the right class."""

    __slots__ = ("labels", "reduction", "shape")
    piecewise = True
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array, target: Array, weight: Array | None, ignore_index: int, reduction: str) -> Any:
        rows = to_rows(x)  # (M, K)
        labels = Labels("nll_loss", target, rows.shape[1], weight, ignore_index)
        ctx.saved, ctx.labels, ctx.reduction, ctx.shape = (labels.classes,), labels, reduction, x.shape
        losses = labels.weigh(-rows[labels.rows, labels.classes])
        return reduce(losses.reshape(target.shape), reduction, labels.total)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        labels, shape = ctx.labels, ctx.shape
        classes = shape[0] if len(shape) == 1 else shape[1]
        dx = np.zeros((labels.rows.size, classes), grad.dtype)
        dx[labels.rows, labels.classes] = -labels.spread(grad, ctx.reduction)
        return from_rows(dx, shape), None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        labels, shape = ctx.labels, ctx.shape
        each, classes = _spread_again(labels, grad, ctx.reduction), shape[0] if len(shape) == 1 else shape[1]
        dx = Place.apply(-each, (labels.rows, labels.classes), (labels.rows.size, classes))
        return _from_rows_again(dx, shape), None, None, None, None


def _spread_again(labels: Labels, grad: Any, reduction: str) -> Any:
    """`Labels.spread`, recorded."""
    each = share(grad, reduction, labels.total).reshape(-1)
    if labels.counts is None:
        return each * np.ones(labels.rows.size, each.dtype)
    return (each * labels.counts.astype(each.dtype)).masked_fill(labels.counts == 0, 0.0)


def _from_rows_again(rows: Any, shape: tuple[int, ...]) -> Any:
    """`from_rows`, recorded."""
    if len(shape) <= 2:
        return rows.reshape(shape)
    last = len(shape) - 1
    return rows.reshape(shape[0], *shape[2:], shape[1]).permute(0, last, *range(1, last))


SAFE = 30.0  # exp(60) = 1e26: also a sum of many over one such number is far from the largest float32


class CrossEntropy(Function):
    """Softmax and minus the log-probability of the right class in one node: the gradient is softmax(x) - e(y).

    Source: lecture 003, Algorithm 3, line 1.
    """

    __slots__ = ("labels", "reduction", "shape")
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, target: Array, weight: Array | None, ignore_index: int, reduction: str) -> Any:
        rows = to_rows(x)  # (M, K)
        labels = Labels("cross_entropy", target, rows.shape[1], weight, ignore_index)
        right = labels.rows * rows.shape[1] + labels.classes  # where the right classes' scores are
        if rows.dtype.itemsize >= 4 and rows.size and rows.max() < SAFE and rows.min() > -SAFE:
            exps = np.exp(rows)  # no ratio of two overflows: the search for each row's largest would cost as much again
            sums = row_sums(exps, 1)[:, 0]  # (M,)
            losses = np.log(sums / exps.take(right))
        else:
            exps = rows - np.maximum.reduce(rows, axis=1, keepdims=True, initial=-np.inf)
            losses = -exps.take(right)
            np.exp(exps, out=exps)
            sums = row_sums(exps, 1)[:, 0]
            losses += np.log(sums)
        ctx.saved, ctx.labels, ctx.reduction, ctx.shape = (exps, sums, labels.classes), labels, reduction, x.shape
        losses = labels.weigh(losses)
        return reduce(losses.reshape(target.shape), reduction, labels.total)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (exps, sums, _), labels = ctx.saved, ctx.labels
        each = labels.spread(grad, ctx.reduction)  # (M,) or (1,)
        dx = exps * (each / sums)[:, None]
        dx[labels.rows, labels.classes] -= each
        return from_rows(labels.drop(dx), ctx.shape), None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        exps, labels = ctx.saved[0], ctx.labels
        # Scores are known but for a number per row, of which the softmax does not depend.
        with np.errstate(divide="ignore"):
            scores = np.log(exps)
        x = ctx.argument(0, from_rows(scores, ctx.shape))
        order = (0, *range(2, x.ndim), 1)
        rows = x.reshape(1, -1) if x.ndim == 1 else x.permute(order).reshape(exps.shape)
        if labels.ignored is not None:
            rows = rows.masked_fill(labels.ignored[:, None], 0.0)
        each = _spread_again(labels, grad, ctx.reduction)
        right = Place.apply(each, (labels.rows, labels.classes), exps.shape)
        return _from_rows_again(rows.softmax(1) * each.reshape(-1, 1) - right, ctx.shape), None, None, None, None


class SoftCrossEntropy(Function):
    """Cross-entropy with a distribution over the classes as the target: probabilities, or smoothed labels."""

    __slots__ = ("how",)
    fresh = True

    @staticmethod
    def forward(
        ctx: Any,
        x: Array,
        target: Array,
        weight: Array | None,
        ignore_index: int,
        smoothing: float,
        reduction: str,
    ) -> Any:
        log_p = log_softmax_of(to_rows(x), 1)  # (M, K)
        classes = log_p.shape[1]
        if target.shape == x.shape and target.dtype.kind == "f":
            wanted, number, shape = to_rows(target), float(log_p.shape[0]), x.shape[:1] + x.shape[2:]
            shape = () if x.ndim == 1 else shape
            wanted = wanted * (1 - smoothing) + smoothing / max(classes, 1)
        else:
            labels = Labels("cross_entropy", target, classes, weight, ignore_index)
            wanted, number, shape = np.full_like(log_p, smoothing / max(classes, 1)), labels.total, target.shape
            wanted[labels.rows, labels.classes] += 1 - smoothing
            wanted[target.reshape(-1) == ignore_index] = 0
            labels.drop(log_p)
        if weight is not None:
            wanted = wanted * weight
        ctx.saved, ctx.how = (x, log_p, wanted, weight), (number, smoothing, reduction)
        return reduce(-(wanted * log_p).sum(axis=1).reshape(shape), reduction, number)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, log_p, wanted, weight), (number, smoothing, reduction) = ctx.saved, ctx.how
        (to_x, to_target, *_) = ctx.edges
        each = np.asarray(share(grad, reduction, number)).reshape(-1, 1)  # (M, 1) or (1, 1)
        dx = d_target = None
        if to_x is not None:
            kept = wanted.any(axis=1, keepdims=True)
            rows = np.exp(log_p) * wanted.sum(axis=1, keepdims=True) - wanted
            dx = from_rows(rows * np.where(kept, each, 0), x.shape)
        if to_target is not None:
            d_rows = -(1 - smoothing) * each * (log_p if weight is None else log_p * weight)
            d_target = from_rows(d_rows, x.shape)
        return dx, d_target, None, None, None, None

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x_array, log_p_array, wanted, _), (number, _, reduction) = ctx.saved, ctx.how
        if ctx.edges[1] is not None:
            refuse(ctx, "with respect to target probabilities")
        each, x = share(grad, reduction, number).reshape(-1, 1), ctx.argument(0, x_array)
        order = (0, *range(2, x.ndim), 1)
        rows = x.reshape(1, -1) if x.ndim == 1 else x.permute(order).reshape(log_p_array.shape)
        dead = ~wanted.any(axis=1, keepdims=True)
        d_rows = (rows.masked_fill(dead, 0.0).softmax(1) * wanted.sum(axis=1, keepdims=True) - wanted) * each
        d_rows = d_rows.masked_fill(dead, 0.0)
        return _from_rows_again(d_rows, x_array.shape), None, None, None, None, None


class MultiMargin(Function):
    """Mean over the classes j of max(0, margin - x[y] + x[j])^p, j = y left out: Crammer and Singer's hinge."""

    __slots__ = ("how", "labels")
    fresh = True

    @staticmethod
    def forward(
        ctx: Any, x: Array, target: Array, p: float, margin: float, weight: Array | None, reduction: str
    ) -> Any:
        rows = to_rows(x)  # (M, K)
        labels = Labels("multi_margin_loss", target, rows.shape[1], weight, None)
        hinge = np.maximum(margin - rows[labels.rows, labels.classes][:, None] + rows, 0)  # (M, K)
        hinge[labels.rows, labels.classes] = 0
        ctx.saved, ctx.labels, ctx.how = (x, hinge, labels.classes), labels, (p, reduction)
        losses = labels.weigh((hinge if p == 1 else hinge * hinge).sum(axis=1) / rows.shape[1])
        return reduce(losses.reshape(target.shape), reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, hinge, _), labels, (p, reduction) = ctx.saved, ctx.labels, ctx.how
        each = labels.weigh(np.broadcast_to(share(grad, reduction, len(hinge)).reshape(-1), (len(hinge),)))
        local = (hinge > 0).astype(grad.dtype) if p == 1 else 2 * hinge
        rows = local * (each / hinge.shape[1])[:, None]
        rows[labels.rows, labels.classes] = -rows.sum(axis=1)
        return from_rows(rows, x.shape), None, None, None, None, None
