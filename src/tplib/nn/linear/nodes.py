"""The affine layer's node, x W' + b (lecture 003, Algorithm 3: lines 4, 5 and 7 are its backward)."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import in_order
from tplib.nn.graph.products import product


class Linear(Function):
    __slots__ = ()
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Array, weight: Array, bias: Array | None) -> Any:
        if weight.ndim != 2 or x.ndim == 0 or x.shape[-1] != weight.shape[1]:
            raise ValueError(f"linear: expected input (..., in) and weight (out, in), got {x.shape} and {weight.shape}")
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ValueError(f"linear: expected a bias of shape {weight.shape[:1]}, got {bias.shape}")
        ctx.saved = x, weight
        # (..., in) @ (in, out) -> (..., out)
        z = product(x, weight.T) if x.ndim == 2 else in_order(x @ weight.T)
        if bias is None:
            return z
        if bias.dtype is not z.dtype:
            return z + bias
        z += bias
        return z

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (x, weight), (to_x, to_weight, to_bias) = ctx.saved, ctx.edges
        if x.ndim == 2:
            rows, inputs = grad, x
        else:
            m = prod(grad.shape[:-1])
            rows = grad.reshape(m, weight.shape[0])  # (..., out) -> (M, out)
            inputs = x.reshape(m, weight.shape[1])  # (..., in) -> (M, in)
        return (
            None if to_x is None else product(rows, weight).reshape(x.shape),
            None if to_weight is None else product(rows.T, inputs),
            None if to_bias is None else np.add.reduce(rows, axis=0),
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        x, weight = (ctx.argument(i, array) for i, array in enumerate(ctx.saved))
        number = prod(grad.shape[:-1])
        rows, inputs = grad.reshape(number, weight.shape[0]), x.reshape(number, weight.shape[1])
        return (grad @ weight).reshape(x.shape), rows.T @ inputs, rows.sum(0)
