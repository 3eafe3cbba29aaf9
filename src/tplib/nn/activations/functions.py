"""The activations as functions: `torch.nn.functional`'s names, argument order and defaults.

With `inplace`, the result is written into the input, which is returned.
"""

from __future__ import annotations

import warnings

from numpy.typing import DTypeLike

from tplib.nn.activations import nodes
from tplib.nn.graph import unary
from tplib.nn.graph.graph import Function
from tplib.nn.graph.softmax import LogSoftmax, Softmax
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor


def sigmoid(input: TensorLike) -> Tensor:
    """1 / (1 + exp(-x)), any shape (lecture 004, "Sigmoid")."""
    return unary.Sigmoid.apply(as_tensor(input))


def tanh(input: TensorLike) -> Tensor:
    """The hyperbolic tangent, any shape (lecture 004, "tanh")."""
    return unary.Tanh.apply(as_tensor(input))


def hardtanh(input: TensorLike, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    """x cut off at `min_val` and `max_val`, any shape (lecture 000, "Hard-tanh")."""
    if min_val > max_val:
        raise ValueError(f"hardtanh: min_val {min_val} is larger than max_val {max_val}")
    return _apply(nodes.Hardtanh, input, min_val, max_val, inplace=inplace)


def relu(input: TensorLike, inplace: bool = False) -> Tensor:
    """max(0, x), any shape (lecture 004, "ReLU"); its gradient at 0 is 0."""
    return _apply(unary.ReLU, input, inplace=inplace)


def leaky_relu(input: TensorLike, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """x where positive, `negative_slope` x elsewhere, any shape (lecture 004, "Leaky ReLU", with slope 0.1)."""
    return _apply(nodes.LeakyReLU, input, negative_slope, inplace=inplace)


def elu(input: TensorLike, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """x where positive, `alpha` (exp(x) - 1) elsewhere, any shape (lecture 004, "ELU")."""
    return _apply(nodes.ELU, input, alpha, inplace=inplace)


def gelu(input: TensorLike, approximate: str = "none") -> Tensor:
    """x Phi(x) with the normal distribution function Phi, any shape; `approximate="tanh"` is the formula with tanh.

    Source: Hendrycks and Gimpel 2016, the activation of most Transformers.
    """
    if approximate not in ("none", "tanh"):
        raise ValueError(f'gelu: expected approximate "none" or "tanh", got {approximate!r}')
    return nodes.GELU.apply(as_tensor(input), approximate)


def silu(input: TensorLike, inplace: bool = False) -> Tensor:
    """x sigmoid(x), also called swish, any shape (Elfwing et al. 2017)."""
    return _apply(nodes.SiLU, input, inplace=inplace)


def softplus(input: TensorLike, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """log(1 + exp(beta x)) / beta, a smooth ReLU, any shape; x itself where beta x > `threshold`."""
    return nodes.Softplus.apply(as_tensor(input), beta, threshold)


def maxout(input: TensorLike, pieces: int = 2, dim: int = -1) -> Tensor:
    """The largest of each group of `pieces` neighbours along `dim`: (..., H * pieces, ...) -> (..., H, ...).

    Source: lecture 004, "Maxout": max(w1 x + b1, w2 x + b2), the linear maps being done before.
    """
    x = as_tensor(input)
    dim = _axis("maxout", x, dim)
    if pieces < 1 or x.shape[dim] % pieces:
        raise ValueError(f"maxout: axis {dim} of shape {x.shape} cannot be cut into groups of {pieces}")
    return nodes.Maxout.apply(x, pieces, dim)


def softmax(input: TensorLike, dim: int | None = None, *, dtype: DTypeLike | None = None) -> Tensor:
    """exp(x) / sum of exp(x) along `dim`, exact for any finite scores (lecture 003, "Softmax")."""
    x = as_tensor(input) if dtype is None else as_tensor(input).to(dtype)
    return Softmax.apply(x, _axis("softmax", x, dim))


def log_softmax(input: TensorLike, dim: int | None = None, *, dtype: DTypeLike | None = None) -> Tensor:
    """log softmax(x) along `dim`, exact where the softmax itself would round to 0."""
    x = as_tensor(input) if dtype is None else as_tensor(input).to(dtype)
    return LogSoftmax.apply(x, _axis("log_softmax", x, dim))


def _apply(node: type[Function], input: TensorLike, *options: float, inplace: bool) -> Tensor:
    x = as_tensor(input)
    return x.copy_(node.apply(x.clone(), *options)) if inplace else node.apply(x, *options)


def _axis(name: str, x: Tensor, dim: int | None) -> int:
    """`dim` counted from the front; without one, PyTorch's implicit choice and its warning."""
    if dim is None:
        dim = 0 if x.ndim in (0, 1, 3) else 1
        warnings.warn(f"{name}: the axis is a guess, give dim explicitly (here dim={dim})", UserWarning, stacklevel=3)
    if not -max(x.ndim, 1) <= dim < max(x.ndim, 1):
        raise IndexError(f"{name}: dim {dim} is not an axis of shape {x.shape}")
    return dim % x.ndim if x.ndim else 0
