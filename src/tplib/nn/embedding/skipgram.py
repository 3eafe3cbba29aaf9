"""Skip-gram and CBoW on the graph, and the pairs they learn from (lecture 003, "Learn embeddings from context").

For reading and for experiments; `Word2Vec` trains the same models hundreds of times faster.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn import init
from tplib.nn.embedding.modules import Embedding, EmbeddingBag
from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.losses.negative_sampling import sgns_loss
from tplib.nn.module import Module


class SkipGram(Module):
    """Two vectors per word, as a centre and as a context; the loss of predicting contexts from their centres.

    `center.weight` and `context.weight` (V, D). As in word2vec the first start uniform on [-1, 1] / D, the second at
    0. With `sparse`, only the rows in use get a gradient.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        sparse: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        rng = np.random.default_rng(rng)
        self.center = Embedding(num_embeddings, embedding_dim, sparse=sparse, rng=rng, dtype=dtype)
        self.context = Embedding(num_embeddings, embedding_dim, sparse=sparse, rng=rng, dtype=dtype)
        init.uniform_(self.center.weight, -1 / embedding_dim, 1 / embedding_dim, rng)
        init.zeros_(self.context.weight)

    def forward(self, center: TensorLike, context: TensorLike, negatives: TensorLike) -> Tensor:
        """The mean loss of pairs of word ids (B,), (B,) with noise words (B, K)."""
        return sgns_loss(self.center(center), self.context(context), self.context(negatives))


class CBOW(Module):
    """Continuous bag of words: predicts a word from the mean of its contexts' vectors.

    `context.weight` (V + 1, D) holds the word vectors and, last, the padding's 0; `center.weight` (V, D) what they are
    compared with.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        sparse: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        rng = np.random.default_rng(rng)
        self.padding_idx = num_embeddings
        self.context = EmbeddingBag(
            num_embeddings + 1, embedding_dim, sparse=sparse, padding_idx=num_embeddings, rng=rng, dtype=dtype
        )
        self.center = Embedding(num_embeddings, embedding_dim, sparse=sparse, rng=rng, dtype=dtype)
        init.uniform_(self.context.weight, -1 / embedding_dim, 1 / embedding_dim, rng)
        self.context.weight.data[num_embeddings] = 0
        init.zeros_(self.center.weight)

    def forward(self, contexts: TensorLike, center: TensorLike, negatives: TensorLike) -> Tensor:
        """The mean loss of contexts (B, C), filled up with `padding_idx`, centres (B,) and noise words (B, K)."""
        return sgns_loss(self.context(contexts), self.center(center), self.center(negatives))


def keep_probability(counts: Array, sample: float = 1e-3) -> Array:
    """The chance (V,) that an occurrence of each word is kept: 1 for rare ones, sqrt(s/f) + s/f at frequency f.

    Frequent words teach little per occurrence; dropping most of theirs also widens the windows. s = `sample`, or 0 to
    keep all. Source: the word2vec program (the paper, section 2.3, gives sqrt(s/f)).
    """
    frequency = np.maximum(counts, 1) / np.sum(counts)
    return np.minimum(np.sqrt(sample / frequency) + sample / frequency, 1) if sample else np.ones(len(counts))


def skip_gram_pairs(
    sentences: Sequence[Array], window: int = 5, rng: np.random.Generator | None = None
) -> tuple[Array, Array]:
    """All pairs (centre, context) of word ids at most `window` apart in a sentence: two arrays (N,).

    With `rng`, each centre's window is drawn from 1 to `window`, so that near words come more often, as in word2vec.
    """
    words, contexts = context_windows(sentences, window, rng)
    kept = contexts >= 0
    return np.repeat(words, kept.sum(1)), contexts[kept]


def context_windows(
    sentences: Sequence[Array], window: int = 5, rng: np.random.Generator | None = None
) -> tuple[Array, Array]:
    """Every word (N,), and the words around it in its sentence, (N, 2 window), -1 where there is none."""
    lengths = np.array([len(sentence) for sentence in sentences], np.int64)
    words = np.concatenate([np.asarray(s, np.int64) for s in sentences]) if len(lengths) else np.empty(0, np.int64)
    end = np.repeat(np.cumsum(lengths), lengths)  # (N,)
    start = end - np.repeat(lengths, lengths)
    here = np.arange(len(words))
    radius = np.full(len(words), window) if rng is None else rng.integers(1, window + 1, len(words))
    steps = np.array([*range(-window, 0), *range(1, window + 1)])
    at = here[:, None] + steps  # (N, 2 window)
    inside = (at >= start[:, None]) & (at < end[:, None]) & (np.abs(steps) <= radius[:, None])
    return words, np.where(inside, words[np.where(inside, at, 0)] if len(words) else -1, -1)
