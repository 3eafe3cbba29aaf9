"""Kullback-Leibler divergences, each in one node, and what autoencoders (variational, sparse) make of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.arithmetic import quiet, unbroadcast
from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.losses.functions import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    check_no_pairs,
    mse_loss,
)
from tplib.nn.losses.nodes import reduce, share


class KLDiv(Function):
    """t (log t - x) for log-probabilities x and probabilities t, or their logarithms."""

    __slots__ = ("how",)
    fresh = True
    read_for = ((1,),)
    expects = "input and target of shapes that broadcast together"

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Array, target: Array, log_target: bool, reduction: str) -> Any:
        t, log_t = (np.exp(target), target) if log_target else (target, np.log(target))
        losses = np.where(t == 0, 0, t * log_t) - t * x
        number = losses.size
        if reduction == "batchmean":
            reduction, number = "mean", len(x) if x.ndim else 1
        ctx.saved, ctx.how = (x, t, log_t, target), (log_target, reduction, number)
        return reduce(losses, reduction, number)

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (x, t, log_t, target), (log_target, reduction, number) = ctx.saved, ctx.how
        to_x, to_target, *_ = ctx.edges
        each = share(grad, reduction, number)
        local = log_t - x + 1  # (the shape that both broadcast to)
        d_target = each * (t * local if log_target else np.where(t == 0, 0, local))
        return (
            None if to_x is None else unbroadcast(np.multiply(t, -each, out=np.empty_like(local)), x.shape),
            None if to_target is None else unbroadcast(np.asarray(d_target), target.shape),
            None,
            None,
        )

    @staticmethod
    def again(ctx: Any, grad: Any) -> Any:
        (x, _, _, target), (log_target, reduction, number) = ctx.saved, ctx.how
        to_target, each = ctx.argument(1, target), share(grad, reduction, number)
        never = np.zeros(target.shape, bool) if log_target else target == 0
        t, log_t = (to_target.exp(), to_target) if log_target else (to_target, to_target.masked_fill(never, 1.0).log())
        local = log_t - ctx.argument(0, x) + 1
        d_target = each * (t * local if log_target else local.masked_fill(never, 0.0))
        d_x = (each * -t).expand(local.shape)
        return unbroadcast(d_x, x.shape), unbroadcast(d_target, target.shape), None, None


class NormalKL(Function):
    """KL(N(mu, exp(log_var)) || N(0, 1)) = 1/2 (mu^2 + exp(log_var) - 1 - log_var), summed over the last axis."""

    __slots__ = ("reduction",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, mu: Array, log_var: Array, reduction: str) -> Any:
        var = np.exp(log_var)
        ctx.saved, ctx.reduction = (mu, var), reduction
        return reduce(0.5 * (mu * mu + var - 1 - log_var).sum(-1), reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        mu, var = ctx.saved
        each = share(grad, ctx.reduction, mu.size // max(mu.shape[-1], 1))[..., None]
        return each * mu, each * (0.5 * (var - 1)), None


class BernoulliKL(Function):
    """Sum over units of KL(rho || r) = rho log(rho / r) + (1 - rho) log((1 - rho) / (1 - r)), r the unit's mean."""

    __slots__ = ("rho",)
    fresh = True

    @staticmethod
    @quiet
    def forward(ctx: Any, activations: Array, rho: float) -> Any:
        r = activations.mean(0)  # (B, H) -> (H,)
        ctx.saved, ctx.rho = (activations, r), rho
        return (rho * np.log(rho / r) + (1 - rho) * np.log((1 - rho) / (1 - r))).sum()

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (activations, r), rho = ctx.saved, ctx.rho
        d_mean = grad * ((1 - rho) / (1 - r) - rho / r)  # (H,)
        return np.broadcast_to(d_mean / len(activations), activations.shape).copy(), None


def kl_div(input: TensorLike, target: TensorLike, *, reduction: str = "mean", log_target: bool = False) -> Tensor:
    """t (log t - x) for log-probabilities x and probabilities t (with `log_target` their logarithms) of shapes that
    broadcast.

    `reduction` "batchmean" divides the sum by the first axis, which makes it the mean divergence; "mean" divides by
    the number of values, as in PyTorch.
    """
    if reduction not in ("none", "mean", "sum", "batchmean"):
        raise ValueError(f'kl_div: expected reduction "none", "mean", "sum" or "batchmean", got {reduction!r}')
    x, t = as_tensor(input), as_tensor(target)
    check_no_pairs("kl_div", x, t)
    return KLDiv.apply(x, t, log_target, reduction)


def kl_divergence_normal(mu: TensorLike, log_var: TensorLike, *, reduction: str = "mean") -> Tensor:
    """KL(N(mu, exp(log_var)) || N(0, 1)) of codings (..., L): summed over L, then the mean (or sum) over the rest.

    Source: Kingma and Welling 2014, appendix B; lecture 003, "Variational Autoencoders".
    """
    m, v = as_tensor(mu), as_tensor(log_var)
    if m.shape != v.shape or not m.ndim:
        raise ValueError(
            f"kl_divergence_normal: expected mu and log_var of one shape (..., L), got {m.shape} and {v.shape}"
        )
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f'kl_divergence_normal: expected reduction "none", "mean" or "sum", got {reduction!r}')
    return NormalKL.apply(m, v, reduction)


def vae_loss(
    reconstruction: TensorLike,
    target: TensorLike,
    mu: TensorLike,
    log_var: TensorLike,
    *,
    likelihood: str = "bernoulli",
    beta: float = 1.0,
    reduction: str = "mean",
) -> Tensor:
    """Minus the evidence lower bound: -log p(target | coding) + beta KL(N(mu, exp(log_var)) || N(0, 1)).

    Both terms are summed over an example's values, then averaged (or summed) over the batch. `likelihood` says what
    `reconstruction` (B, ...) holds: "bernoulli" probabilities, "bernoulli_logits" their scores, "gaussian" means (the
    term is then half the squared error). Source: Kingma and Welling 2014, equation 10; beta: Higgins et al. 2017.
    """
    x, t, m = as_tensor(reconstruction), as_tensor(target), as_tensor(mu)
    if reduction not in ("mean", "sum"):
        raise ValueError(f'vae_loss: expected reduction "mean" or "sum", got {reduction!r}')
    if x.shape != t.shape or m.ndim != 2 or x.shape[:1] != m.shape[:1]:
        raise ValueError(
            "vae_loss: expected reconstruction and target of one shape (B, ...), mu and log_var (B, L), "
            f"got {x.shape}, {t.shape}, {m.shape}"
        )
    if likelihood == "bernoulli":
        error = binary_cross_entropy(x, t, reduction="sum")
    elif likelihood == "bernoulli_logits":
        error = binary_cross_entropy_with_logits(x, t, reduction="sum")
    elif likelihood == "gaussian":
        error = mse_loss(x, t, reduction="sum") * 0.5
    else:
        raise ValueError(
            f'vae_loss: expected likelihood "bernoulli", "bernoulli_logits" or "gaussian", got {likelihood!r}'
        )
    if reduction == "mean":
        error = error * (1 / max(x.shape[0], 1))
    return error + kl_divergence_normal(m, log_var, reduction=reduction) * beta


def kl_sparsity(activations: TensorLike, rho: float = 0.05) -> Tensor:
    """How far each unit's mean activation is from `rho`: the sum over units of KL(rho || mean), of (B, H) in 0..1.

    A penalty that keeps most units silent for most inputs. Source: Ng 2011, "Sparse autoencoder".
    """
    a = as_tensor(activations)
    if a.ndim != 2 or not 0 < rho < 1:
        raise ValueError(f"kl_sparsity: expected activations (B, H) and rho between 0 and 1, got {a.shape} and {rho}")
    if a.data.size and not (a.data.min() >= 0 and a.data.max() <= 1):
        raise ValueError("kl_sparsity: expected activations between 0 and 1, such as those of a sigmoid")
    return BernoulliKL.apply(a, rho)
