"""The affine map as a function."""

from __future__ import annotations

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.linear.nodes import Linear


def linear(input: TensorLike, weight: TensorLike, bias: TensorLike | None = None) -> Tensor:
    """x W' + b: input (..., in), weight (out, in), bias (out,) -> (..., out) (lecture 003, "Multilayer perceptron").

    A weight (in,) gives one output, without an axis: (...).
    """
    x, w, b = as_tensor(input), as_tensor(weight), None if bias is None else as_tensor(bias)
    if w.ndim == 1:
        z = Linear.apply(x, w.reshape(1, -1), None).squeeze(-1)
        return z if b is None else z + b
    return Linear.apply(x, w, b)
