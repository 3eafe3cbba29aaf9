"""The losses as functions, in PyTorch's signatures: they check shapes and hand over to the loss nodes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.losses import class_nodes as class_losses
from tplib.nn.losses import nodes as losses

REDUCTIONS = ("none", "mean", "sum")


def binary_cross_entropy(
    input: TensorLike, target: TensorLike, weight: TensorLike | None = None, *, reduction: str = "mean"
) -> Tensor:
    """-[t log x + (1 - t) log(1 - x)] of probabilities x and targets t of one shape; `weight` broadcasts.

    Source: lecture 003, "Loss for Binary Classification".
    """
    x = as_tensor(input)
    t = _like("binary_cross_entropy", x, target, reduction)
    if x.data.size and not (x.data.min() >= 0 and x.data.max() <= 1):
        raise ValueError(
            "binary_cross_entropy: expected probabilities between 0 and 1; for raw scores use "
            "binary_cross_entropy_with_logits"
        )
    _check_probabilities("binary_cross_entropy", t)
    return losses.BCE.apply(x, t, _constant("binary_cross_entropy: weight", weight, x), reduction)


def binary_cross_entropy_with_logits(
    input: TensorLike,
    target: TensorLike,
    weight: TensorLike | None = None,
    *,
    reduction: str = "mean",
    pos_weight: TensorLike | None = None,
) -> Tensor:
    """Binary cross-entropy of sigmoid(x) for scores x and targets t of one shape; exact for any finite score.

    `pos_weight` multiplies the loss of the positive part, `weight` all of it; both broadcast.
    """
    x = as_tensor(input)
    t = _like("binary_cross_entropy_with_logits", x, target, reduction)
    _check_probabilities("binary_cross_entropy_with_logits", t)
    name = "binary_cross_entropy_with_logits"
    w, positive = _constant(f"{name}: weight", weight, x), _constant(f"{name}: pos_weight", pos_weight, x)
    return losses.BCEWithLogits.apply(x, t, w, positive, reduction)


def mse_loss(
    input: TensorLike, target: TensorLike, *, reduction: str = "mean", weight: TensorLike | None = None
) -> Tensor:
    """(x - t)^2 for x and t of one shape, or one number t; with `weight`, the mean is the weighted one.

    Source: lecture 003, "Loss for regression".
    """
    x = as_tensor(input)
    check_reduction("mse_loss", reduction)
    t = float_like(target, x)
    if t.ndim:
        check_same_shape("mse_loss", x, t)
    return losses.MSE.apply(x, t, _constant("mse_loss: weight", weight, x), reduction)


def gaussian_nll_loss(
    input: TensorLike,
    target: TensorLike,
    var: TensorLike | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """Minus the log-likelihood of t under a Gaussian of mean x and variance `var` (at least `eps`).

    `var` has the input's shape, or lacks its last axis (one variance per row), or is one number; without `full`
    the constant 1/2 log(2 pi) is left out. Source: lecture 002, the regression with Gaussian noise (1/var = beta).
    """
    x = as_tensor(input)
    check_reduction("gaussian_nll_loss", reduction)
    v = float_like(np.full(x.shape, var) if isinstance(var, int | float) else var, x)
    if v.shape != x.shape and v.shape == x.shape[:-1]:
        v = v.unsqueeze(-1)
    elif not _fits(v.shape, x.shape):
        raise ValueError(f"gaussian_nll_loss: var of shape {v.shape} does not fit input of shape {x.shape}")
    if (v.data < 0).any():
        raise ValueError("gaussian_nll_loss: var has negative entries; a variance is at least 0")
    t = float_like(target, x)
    check_no_pairs("gaussian_nll_loss", x, t)
    return losses.GaussianNLL.apply(x, t, v, full, eps, reduction)


def nll_loss(
    input: TensorLike,
    target: TensorLike,
    weight: TensorLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> Tensor:
    """Minus the log-probability of the right class: input (K,), (N, K) or (N, K, d1, ...) log-probabilities,
    target () , (N,) or (N, d1, ...) class indices, `weight` (K,).

    Source: lecture 003, "Loss for Multi-class Classification".
    """
    x, t, w = _classes("nll_loss", input, target, weight, reduction)
    return class_losses.NLL.apply(x, t, w, ignore_index, reduction)


def cross_entropy(
    input: TensorLike,
    target: TensorLike,
    weight: TensorLike | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """nll_loss of log_softmax, in one node: input (K,), (N, K) or (N, K, d1, ...) scores, target class indices
    () , (N,) or (N, d1, ...), or probabilities of the input's shape; `weight` (K,).

    Source: lecture 003, "Loss for Multi-class Classification".
    """
    refuse_gradient("cross_entropy: label_smoothing", label_smoothing)
    if not 0 <= label_smoothing <= 1:
        raise ValueError(f"cross_entropy: expected label_smoothing between 0 and 1, got {label_smoothing}")
    x = as_tensor(input)
    probabilities = as_tensor(target)
    if probabilities.dtype.kind == "f" and probabilities.shape == x.shape and x.ndim:
        if ignore_index >= 0:
            raise ValueError("cross_entropy: ignore_index needs class indices, and the target holds probabilities")
        check_reduction("cross_entropy", reduction)
        t: Any = float_like(probabilities, x)
        w = _class_weight("cross_entropy", x, weight)
    else:
        x, t, w = _classes("cross_entropy", x, probabilities, weight, reduction)
        if not label_smoothing:
            return class_losses.CrossEntropy.apply(x, t, w, ignore_index, reduction)
    return class_losses.SoftCrossEntropy.apply(x, t, w, ignore_index, label_smoothing, reduction)


def multi_margin_loss(
    input: TensorLike,
    target: TensorLike,
    p: float = 1,
    margin: float = 1.0,
    weight: TensorLike | None = None,
    *,
    reduction: str = "mean",
) -> Tensor:
    """The mean over classes j, the right one y left out, of max(0, margin - x[y] + x[j])^p; `p` is 1 or 2.

    Input (K,) or (N, K), target () or (N,), `weight` (K,).
    """
    if p not in (1, 2):
        raise ValueError(f"multi_margin_loss: expected p = 1 or 2, got {p}")
    x, t, w = _classes("multi_margin_loss", input, target, weight, reduction)
    if x.ndim > 2:
        raise ValueError(f"multi_margin_loss: expected scores of shape (K,) or (N, K), got {x.shape}")
    return class_losses.MultiMargin.apply(x, t, p, margin, w, reduction)


def _fits(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the first is the other with some axes of length 1."""
    return len(shape) == len(other) and all(n in (1, m) for n, m in zip(shape, other, strict=True))


def check_reduction(name: str, reduction: str) -> None:
    if reduction not in REDUCTIONS:
        raise ValueError(f'{name}: expected reduction "none", "mean" or "sum", got {reduction!r}')


def float_like(value: Any, x: Tensor) -> Tensor:
    """A tensor of `value`, numbers that carry no gradient in the dtype of x."""
    if isinstance(value, Tensor) and (value.requires_grad or value.dtype == x.dtype):
        return value
    return Tensor(value, dtype=x.dtype if x.dtype.kind == "f" else None)


def _constant(what: str, value: TensorLike | None, x: Tensor) -> Array | None:
    refuse_gradient(what, value)
    return None if value is None else float_like(value, x).data


def _like(name: str, x: Tensor, target: TensorLike, reduction: str) -> Tensor:
    check_reduction(name, reduction)
    t = float_like(target, x)
    check_same_shape(name, x, t)
    return t


def check_same_shape(name: str, x: Tensor, target: Tensor) -> None:
    """Refuse a target of another shape: broadcast, (B, 1) and (B,) would be B x B pairs, and the mean a wrong one."""
    if target.shape != x.shape:
        raise ValueError(
            f"{name}: expected a target of the input's shape {x.shape}, got {target.shape}; give both one shape, "
            "e.g. with .reshape(-1)"
        )


def check_no_pairs(name: str, x: Tensor, target: Tensor) -> None:
    """Refuse shapes whose broadcast is larger than both, as (B, 1) and (B,) are."""
    try:
        shape = np.broadcast_shapes(x.shape, target.shape)
    except ValueError:
        return  # the node says what it expects
    if shape not in (x.shape, target.shape):
        check_same_shape(name, x, target)


def _check_probabilities(name: str, target: Tensor) -> None:
    t = target.data
    if t.size and not (t.min() >= 0 and t.max() <= 1):
        raise ValueError(f"{name}: expected targets between 0 and 1, got values from {t.min():g} to {t.max():g}")


def _class_weight(name: str, x: Tensor, weight: TensorLike | None) -> Array | None:
    if weight is None:
        return None
    w = _constant(f"{name}: weight", weight, x)
    assert w is not None
    classes = x.shape[0] if x.ndim == 1 else x.shape[1]
    if w.shape != (classes,):
        raise ValueError(f"{name}: expected one weight per class, shape ({classes},), got {w.shape}")
    return w


def _classes(
    name: str, input: TensorLike, target: TensorLike, weight: TensorLike | None, reduction: str
) -> tuple[Tensor, Array, Array | None]:
    check_reduction(name, reduction)
    x = as_tensor(input)
    t = as_tensor(target).data
    if x.ndim == 0:
        raise ValueError(f"{name}: expected scores of shape (K,) or (N, K), got a single number")
    if x.dtype.kind != "f":
        raise TypeError(
            f"{name}: expected floating-point scores, got dtype {x.dtype}; convert with .astype(np.float32)"
        )
    expected = () if x.ndim == 1 else x.shape[:1] + x.shape[2:]
    if t.shape != expected and not (x.ndim == 1 and t.shape == (1,) and name == "multi_margin_loss"):
        raise ValueError(
            f"{name}: for scores of shape {x.shape} expected class indices of shape {expected}, got {t.shape}"
        )
    if t.dtype.kind not in "iu":
        raise TypeError(f"{name}: expected integer class indices, got dtype {t.dtype}; convert with .astype(np.int64)")
    return x, t, _class_weight(name, x, weight)
