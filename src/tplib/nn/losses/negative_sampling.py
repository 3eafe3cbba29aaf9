"""Negative sampling: k noise words in place of a softmax over the vocabulary (Mikolov et al. 2013, section 2.2)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor
from tplib.nn.graph.unary import sigmoid_of
from tplib.nn.losses.nodes import reduce, share

REDUCTIONS = ("none", "mean", "sum")


class NegativeSampling(Function):
    """-log sigmoid(c . p) - sum over k of log sigmoid(-c . n_k), for centres c, true contexts p and noise words n.

    Each of the 1 + K scores is a logistic regression: its gradient is sigmoid(score) minus 1 for p, minus 0 for n.
    """

    __slots__ = ("reduction",)
    fresh = True

    @staticmethod
    def forward(ctx: Any, c: Array, p: Array, n: Array, reduction: str) -> Any:
        true = np.einsum("bd,bd->b", c, p)  # (B,)
        noise = np.einsum("bd,bkd->bk", c, n)  # (B, K)
        ctx.saved, ctx.reduction = (c, p, n, true, noise), reduction
        return reduce(np.logaddexp(0, -true) + np.logaddexp(0, noise).sum(1), reduction)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        c, p, n, true, noise = ctx.saved
        each = share(grad, ctx.reduction, len(c))
        d_true = -sigmoid_of(-true) * each  # (B,)
        d_noise = sigmoid_of(noise) * np.reshape(each, (-1, 1))  # (B, K)
        dc = d_true[:, None] * p + np.einsum("bk,bkd->bd", d_noise, n)
        return dc, d_true[:, None] * c, d_noise[:, :, None] * c[:, None, :], None


def sgns_loss(center: TensorLike, context: TensorLike, negatives: TensorLike, *, reduction: str = "mean") -> Tensor:
    """Skip-gram's loss with negative sampling: vectors center (B, D), context (B, D), negatives (B, K, D).

    For CBoW, `center` is the mean of the context's vectors, `context` the vector of the word in the middle.
    Source: Mikolov et al. 2013, equation 4; lecture 003, "Learn embeddings from context: Skip Gram".
    """
    c, p, n = as_tensor(center), as_tensor(context), as_tensor(negatives)
    if reduction not in REDUCTIONS:
        raise ValueError(f'sgns_loss: expected reduction "none", "mean" or "sum", got {reduction!r}')
    if c.ndim != 2 or p.shape != c.shape or n.ndim != 3 or (n.shape[0], n.shape[2]) != c.shape:
        raise ValueError(
            f"sgns_loss: expected center (B, D), context (B, D) and negatives (B, K, D), "
            f"got {c.shape}, {p.shape} and {n.shape}"
        )
    return NegativeSampling.apply(c, p, n, reduction)


class NoiseSampler:
    """Draws words with probability proportional to count^exponent (`probabilities`, (V,)), in constant time per word.

    Alias method (Walker 1977): each of V equal columns holds one word and, above `cut`, a part of one other.
    Exponent 0.75 is word2vec's: rare words come a little more often than in the text.
    """

    def __init__(self, counts: ArrayLike, exponent: float = 0.75) -> None:
        counts = np.asarray(counts, np.float64)
        if counts.ndim != 1 or not len(counts) or counts.min() < 0 or not counts.any():
            raise ValueError("NoiseSampler: expected the count of each word, at least one above 0")
        weights = np.where(counts > 0, counts**exponent, 0)
        self.probabilities = weights / weights.sum()
        height = self.probabilities * len(counts)  # 1 on average
        self.cut, self.other = np.ones(len(counts), np.float32), np.arange(len(counts), dtype=np.int32)
        low, high = list(np.flatnonzero(height < 1)), list(np.flatnonzero(height >= 1))
        while low and high:
            short, tall = low.pop(), high[-1]
            self.cut[short], self.other[short] = height[short], tall
            height[tall] -= 1 - height[short]
            if height[tall] < 1:
                low.append(high.pop())

    def draw(self, size: int | tuple[int, ...], rng: np.random.Generator) -> Array:
        """Word ids, int32, in the shape `size`."""
        column = rng.integers(len(self.cut), size=size, dtype=np.int32)
        return np.where(rng.random(size, np.float32) < self.cut[column], column, self.other[column])
