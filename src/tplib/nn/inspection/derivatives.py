"""Closed-form derivatives on arrays, off the graph: what a backward pass by hand needs (lecture 003, Algorithm 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tplib.nn.graph.graph import Array
from tplib.nn.graph.softmax import softmax_of
from tplib.nn.graph.unary import sigmoid_of


def sigmoid_grad(input: ArrayLike) -> Array:
    """The derivative of sigmoid at each value, s (1 - s): at most 1/4, so depth makes gradients vanish."""
    z = sigmoid_of(np.asarray(input))
    return z * (1 - z)


def tanh_grad(input: ArrayLike) -> Array:
    """The derivative of tanh at each value, 1 - tanh^2."""
    z = np.tanh(np.asarray(input))
    return 1 - z * z


def hardtanh_grad(input: ArrayLike, min_val: float = -1.0, max_val: float = 1.0) -> Array:
    """1 strictly between the two limits, 0 elsewhere."""
    x = np.asarray(input)
    return ((x > min_val) & (x < max_val)).astype(x.dtype)


def relu_grad(input: ArrayLike) -> Array:
    """1 where the value is positive, 0 elsewhere (and at 0, by convention)."""
    x = np.asarray(input)
    return (x > 0).astype(x.dtype)


def leaky_relu_grad(input: ArrayLike, negative_slope: float = 0.01) -> Array:
    """1 where the value is positive, `negative_slope` elsewhere."""
    x = np.asarray(input)
    return np.where(x > 0, 1, negative_slope).astype(x.dtype)


def elu_grad(input: ArrayLike, alpha: float = 1.0) -> Array:
    """1 where the value is positive, alpha exp(x) elsewhere."""
    x = np.asarray(input)
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))).astype(x.dtype)


def softmax_jacobian(input: ArrayLike) -> Array:
    """d softmax(z)_i / d z_j = s_i ([i = j] - s_j), for scores (..., K): shape (..., K, K).

    Source: lecture 003, "Softmax" (softmax is not element-wise: its derivative is a matrix).
    """
    x = np.asarray(input)
    if x.ndim == 0:
        raise ValueError("softmax_jacobian: expected scores of shape (K,) or (B, K), got a single number")
    s = softmax_of(x, -1)
    return s[..., :, None] * (np.eye(x.shape[-1], dtype=s.dtype) - s[..., None, :])  # (..., K, K)
