"""Activations, losses and layers as functions: `torch.nn.functional`'s names, argument order and defaults.

Each takes Tensors or arrays and returns a Tensor; the `*_grad` functions and `softmax_jacobian` return arrays.
"""

from __future__ import annotations

import warnings

import numpy as np

from tplib.nn.activations import nodes as activations
from tplib.nn.activations.derivatives import (
    elu_grad,
    hardtanh_grad,
    leaky_relu_grad,
    relu_grad,
    sigmoid_grad,
    softmax_jacobian,
    tanh_grad,
)
from tplib.nn.attention.attention import scaled_dot_product_attention
from tplib.nn.embedding.functions import embedding, embedding_bag
from tplib.nn.graph.arithmetic import Mul
from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.linear.node import Linear
from tplib.nn.losses.divergences import kl_div, kl_divergence_normal, kl_sparsity, vae_loss
from tplib.nn.losses.functions import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    gaussian_nll_loss,
    mse_loss,
    multi_margin_loss,
    nll_loss,
)
from tplib.nn.losses.negative_sampling import sgns_loss
from tplib.nn.losses.penalties import elastic_net_penalty, l1_penalty, l2_penalty
from tplib.nn.normalisation.batch_norm import batch_norm
from tplib.nn.normalisation.layer_norm import layer_norm
from tplib.nn.spatial.convolution import conv1d, conv2d
from tplib.nn.spatial.pooling_functions import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    avg_pool1d,
    avg_pool2d,
    global_avg_pool,
    global_max_pool,
    lp_pool1d,
    lp_pool2d,
    max_pool1d,
    max_pool2d,
    weighted_pool1d,
    weighted_pool2d,
)

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "avg_pool1d",
    "avg_pool2d",
    "batch_norm",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "conv1d",
    "conv2d",
    "cross_entropy",
    "dropout",
    "elastic_net_penalty",
    "elu",
    "elu_grad",
    "embedding",
    "embedding_bag",
    "gaussian_nll_loss",
    "gelu",
    "global_avg_pool",
    "global_max_pool",
    "hardtanh",
    "hardtanh_grad",
    "kl_div",
    "kl_divergence_normal",
    "kl_sparsity",
    "l1_penalty",
    "l2_penalty",
    "layer_norm",
    "leaky_relu",
    "leaky_relu_grad",
    "linear",
    "log_softmax",
    "lp_pool1d",
    "lp_pool2d",
    "max_pool1d",
    "max_pool2d",
    "maxout",
    "mse_loss",
    "multi_margin_loss",
    "nll_loss",
    "relu",
    "relu_grad",
    "scaled_dot_product_attention",
    "scaled_dropout",
    "sgns_loss",
    "sigmoid",
    "sigmoid_grad",
    "softmax",
    "softmax_jacobian",
    "softplus",
    "tanh",
    "tanh_grad",
    "vae_loss",
    "weighted_pool1d",
    "weighted_pool2d",
]


def sigmoid(input: TensorLike) -> Tensor:
    """1 / (1 + exp(-x)), any shape (lecture 004, "Sigmoid")."""
    return activations.Sigmoid.apply(as_tensor(input))


def tanh(input: TensorLike) -> Tensor:
    """The hyperbolic tangent, any shape (lecture 004, "tanh")."""
    return activations.Tanh.apply(as_tensor(input))


def hardtanh(input: TensorLike, min_val: float = -1.0, max_val: float = 1.0) -> Tensor:
    """x cut off at `min_val` and `max_val`, any shape (lecture 000, "Hard-tanh")."""
    if min_val > max_val:
        raise ValueError(f"hardtanh: min_val {min_val} is larger than max_val {max_val}")
    return activations.Hardtanh.apply(as_tensor(input), min_val, max_val)


def relu(input: TensorLike) -> Tensor:
    """max(0, x), any shape (lecture 004, "ReLU"); its gradient at 0 is 0."""
    return activations.ReLU.apply(as_tensor(input))


def leaky_relu(input: TensorLike, negative_slope: float = 0.01) -> Tensor:
    """x where positive, `negative_slope` x elsewhere, any shape (lecture 004, "Leaky ReLU", with slope 0.1)."""
    return activations.LeakyReLU.apply(as_tensor(input), negative_slope)


def elu(input: TensorLike, alpha: float = 1.0) -> Tensor:
    """x where positive, `alpha` (exp(x) - 1) elsewhere, any shape (lecture 004, "ELU")."""
    return activations.ELU.apply(as_tensor(input), alpha)


def gelu(input: TensorLike, approximate: str = "none") -> Tensor:
    """x Phi(x) with the normal distribution function Phi, any shape; `approximate="tanh"` is the formula with tanh.

    Source: Hendrycks and Gimpel 2016, the activation of most Transformers.
    """
    if approximate not in ("none", "tanh"):
        raise ValueError(f'gelu: expected approximate "none" or "tanh", got {approximate!r}')
    return activations.GELU.apply(as_tensor(input), approximate)


def softplus(input: TensorLike, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """log(1 + exp(beta x)) / beta, a smooth ReLU, any shape; x itself where beta x > `threshold`."""
    return activations.Softplus.apply(as_tensor(input), beta, threshold)


def maxout(input: TensorLike, pieces: int = 2, dim: int = -1) -> Tensor:
    """The largest of each group of `pieces` neighbours along `dim`: (..., H * pieces, ...) -> (..., H, ...).

    Source: lecture 004, "Maxout": max(w1 x + b1, w2 x + b2), the linear maps being done before.
    """
    x = as_tensor(input)
    dim = _axis("maxout", x, dim)
    if pieces < 1 or x.shape[dim] % pieces:
        raise ValueError(f"maxout: axis {dim} of shape {x.shape} cannot be cut into groups of {pieces}")
    return activations.Maxout.apply(x, pieces, dim)


def softmax(input: TensorLike, dim: int | None = None) -> Tensor:
    """exp(x) / sum of exp(x) along `dim`, exact for any finite scores (lecture 003, "Softmax")."""
    x = as_tensor(input)
    return activations.Softmax.apply(x, _axis("softmax", x, dim))


def log_softmax(input: TensorLike, dim: int | None = None) -> Tensor:
    """log softmax(x) along `dim`, exact where the softmax itself would round to 0."""
    x = as_tensor(input)
    return activations.LogSoftmax.apply(x, _axis("log_softmax", x, dim))


def linear(input: TensorLike, weight: TensorLike, bias: TensorLike | None = None) -> Tensor:
    """x W' + b: input (..., in), weight (out, in), bias (out,) -> (..., out) (lecture 003, "Multilayer perceptron")."""
    return Linear.apply(as_tensor(input), as_tensor(weight), None if bias is None else as_tensor(bias))


def dropout(
    input: TensorLike, p: float = 0.5, training: bool = True, *, rng: np.random.Generator | None = None
) -> Tensor:
    """Each value becomes 0 with probability `p`, the others are divided by 1 - p; unchanged unless `training`.

    Source: lecture 003, "Regularization: dropout", in its inverted form.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"dropout: expected a probability p between 0 and 1, got {p}")
    x = as_tensor(input)
    if not training or p == 0:
        return x
    return Mul.apply(x, dropout_mask(x.data, p, rng))


def scaled_dropout(
    input: TensorLike, p: float = 0.5, training: bool = True, *, rng: np.random.Generator | None = None
) -> Tensor:
    """In training, each value becomes 0 with probability `p` and the others stay; else all are multiplied by 1 - p.

    Source: lecture 002, "Dropout": "At test time, use each neuron scaled down" (there p, the kept half, is 0.5).
    """
    if not 0 <= p <= 1:
        raise ValueError(f"scaled_dropout: expected a probability p between 0 and 1, got {p}")
    x = as_tensor(input)
    if not training:
        return Mul.apply(x, 1 - p)
    rng = np.random.default_rng() if rng is None else rng
    return Mul.apply(x, (rng.random(x.shape, np.float32) >= p).astype(x.dtype))


def dropout_mask(x: Array, p: float, rng: np.random.Generator | None) -> Array:
    """0 with probability `p`, else 1 / (1 - p), in the shape and dtype of `x`."""
    rng = np.random.default_rng() if rng is None else rng
    kept = rng.random(x.shape, np.float32) >= p
    return np.multiply(kept, 1 / (1 - p) if p < 1 else 0, dtype=x.dtype)


def _axis(name: str, x: Tensor, dim: int | None) -> int:
    """`dim` counted from the front; without one, PyTorch's implicit choice and its warning."""
    if dim is None:
        dim = 0 if x.ndim in (0, 1, 3) else 1
        warnings.warn(f"{name}: the axis is a guess, give dim explicitly (here dim={dim})", UserWarning, stacklevel=3)
    if not -max(x.ndim, 1) <= dim < max(x.ndim, 1):
        raise IndexError(f"{name}: dim {dim} is not an axis of shape {x.shape}")
    return dim % x.ndim if x.ndim else 0
