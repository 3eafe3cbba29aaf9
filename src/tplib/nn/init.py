"""Initialisers: they fill a Tensor (or an array) in place and return it (lecture 003, "use Glorot Initialization").

Random ones draw from `generator`; without one, from a fresh `numpy.random.default_rng()`.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor

T = TypeVar("T", Tensor, Array)
Generator = np.random.Generator


def _fill(tensor: T, values: Array | float) -> T:
    array = tensor.data if isinstance(tensor, Tensor) else tensor
    array[...] = values
    if isinstance(tensor, Tensor):
        tensor._changed()
    return tensor


def constant_(tensor: T, val: float) -> T:
    return _fill(tensor, val)


def zeros_(tensor: T) -> T:
    """All zeros: right for biases, wrong for weights (all units then stay equal)."""
    return _fill(tensor, 0.0)


def ones_(tensor: T) -> T:
    return _fill(tensor, 1.0)


def uniform_(tensor: T, a: float = 0.0, b: float = 1.0, generator: Generator | None = None) -> T:
    """Uniform on [a, b)."""
    return _fill(tensor, np.random.default_rng(generator).uniform(a, b, tensor.shape))


def normal_(tensor: T, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None) -> T:
    """Gaussian."""
    return _fill(tensor, np.random.default_rng(generator).normal(mean, std, tensor.shape))


def xavier_uniform_(tensor: T, gain: float = 1.0, generator: Generator | None = None) -> T:
    """Glorot: uniform on [-c, c], c = gain sqrt(6 / (fan_in + fan_out)), which keeps the activations' variance."""
    bound = gain * math.sqrt(6 / sum(_fans("xavier_uniform_", tensor)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: T, gain: float = 1.0, generator: Generator | None = None) -> T:
    """Glorot: Gaussian of standard deviation gain sqrt(2 / (fan_in + fan_out))."""
    return normal_(tensor, 0.0, gain * math.sqrt(2 / sum(_fans("xavier_normal_", tensor))), generator)


def kaiming_uniform_(
    tensor: T,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> T:
    """He: uniform with standard deviation gain / sqrt(fan), for rectifiers; `a` is the negative slope."""
    if 0 in tensor.shape:
        return tensor
    bound = math.sqrt(3) * _he_std("kaiming_uniform_", tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: T,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> T:
    """He: Gaussian of standard deviation gain / sqrt(fan), for rectifiers; `a` is the negative slope."""
    if 0 in tensor.shape:
        return tensor
    return normal_(tensor, 0.0, _he_std("kaiming_normal_", tensor, a, mode, nonlinearity), generator)


def trunc_normal_(
    tensor: T, mean: float = 0.0, std: float = 1.0, a: float = -2.0, b: float = 2.0, generator: Generator | None = None
) -> T:
    """Gaussian, cut off outside [a, b]: the quantiles of uniform values between those of a and b."""
    from scipy.special import ndtr, ndtri

    if std <= 0 or a >= b:
        raise ValueError(f"trunc_normal_: expected std above 0 and a below b, got std={std}, a={a}, b={b}")
    low, high = ndtr((a - mean) / std), ndtr((b - mean) / std)
    quantiles = np.random.default_rng(generator).uniform(low, high, tensor.shape)
    return _fill(tensor, np.clip(mean + std * ndtri(quantiles), a, b))


def orthogonal_(tensor: T, gain: float = 1, generator: Generator | None = None) -> T:
    """Orthonormal rows or columns, of whichever are fewer, times `gain`: for a weight (out, in, ...) seen as a matrix.

    Each orthogonal matrix is equally likely. Source: Saxe, McClelland and Ganguli 2014; used for recurrent weights.
    """
    if tensor.ndim < 2:
        raise ValueError(f"orthogonal_: expected a weight of shape (out, in, ...), got {tensor.shape}")
    if 0 in tensor.shape:
        return tensor
    rows, columns = tensor.shape[0], math.prod(tensor.shape[1:])
    q, r = np.linalg.qr(np.random.default_rng(generator).normal(size=(max(rows, columns), min(rows, columns))))
    q *= np.sign(np.diag(r))  # QR alone favours some orthogonal matrices
    return _fill(tensor, gain * (q.T if rows < columns else q).reshape(tensor.shape))


def eye_(tensor: T) -> T:
    """The identity, for a weight (out, in)."""
    if tensor.ndim != 2:
        raise ValueError(f"eye_: expected a matrix, got shape {tensor.shape}")
    return _fill(tensor, np.eye(tensor.shape[0], tensor.shape[1]))


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """The factor by which an activation shrinks the standard deviation of its input, inverted (PyTorch's table)."""
    gains = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2), "selu": 3 / 4}
    gains |= {f"{name}{dims}d": 1.0 for name in ("conv", "conv_transpose") for dims in (1, 2, 3)}
    if nonlinearity == "leaky_relu":
        if isinstance(param, str):
            raise TypeError(f"calculate_gain: expected the slope of leaky_relu, a number, got {param!r}")
        return math.sqrt(2 / (1 + (0.01 if param is None else param) ** 2))
    if nonlinearity not in gains:
        raise ValueError(
            f"calculate_gain: unknown nonlinearity {nonlinearity!r}; known: leaky_relu, {', '.join(gains)}"
        )
    return gains[nonlinearity]


def _fans(name: str, tensor: Tensor | Array) -> tuple[int, int]:
    """(fan_in, fan_out): the inputs of one unit and the units that one input feeds, for a weight (out, in, ...)."""
    if tensor.ndim < 2:
        raise ValueError(f"{name}: expected a weight of shape (out, in, ...), got {tensor.shape}")
    field = math.prod(tensor.shape[2:])
    return tensor.shape[1] * field, tensor.shape[0] * field


def _he_std(name: str, tensor: Tensor | Array, a: float, mode: str, nonlinearity: str) -> float:
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f'{name}: expected mode "fan_in" or "fan_out", got {mode!r}')
    fan_in, fan_out = _fans(name, tensor)
    return calculate_gain(nonlinearity, a) / math.sqrt(fan_in if mode == "fan_in" else fan_out)
