"""The averaged n-gram classifier, fastText's "bag of tricks" (lecture 003, "Embedding for text classification")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.embedding.modules import EmbeddingBag
from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor, TensorLike
from tplib.nn.linear.modules import Linear
from tplib.nn.module import Module

MIX = 116049371  # the factor with which fastText joins the hashes of an n-gram's words


@lru_cache(maxsize=1 << 16)
def hash_word(word: str) -> int:
    """The 32-bit FNV-1a hash of the word's UTF-8 bytes: the same on every machine and in every run."""
    h = 2166136261
    for byte in word.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return h


def hash_ngrams(words: Sequence[str], ngrams: int = 2, buckets: int = 1 << 17) -> Array:
    """The ids in 0..buckets - 1 of a text's words, pairs, ..., up to `ngrams` words in a row: (T + (T - 1) + ...,).

    No vocabulary is kept: n-grams that share a bucket share a vector. Source: Joulin et al. 2016, section 2.3.
    """
    if ngrams < 1 or buckets < 1:
        raise ValueError(f"hash_ngrams: expected ngrams and buckets of at least 1, got {ngrams} and {buckets}")
    single = np.array([hash_word(word) for word in words], np.uint64)
    joined = single
    ids = [joined % np.uint64(buckets)]
    for n in range(2, min(ngrams, len(words)) + 1):
        joined = joined[:-1] * np.uint64(MIX) + single[n - 1 :]  # wraps around at 2^64, as in fastText
        ids.append(joined % np.uint64(buckets))
    return np.concatenate(ids).astype(np.int64)


def bag_texts(texts: Sequence[Sequence[str]], ngrams: int = 2, buckets: int = 1 << 17) -> tuple[Array, Array]:
    """Texts as lists of words -> the ids (N,) of all their n-grams, and where each text starts (B,): a bag per text."""
    bags = [hash_ngrams(words, ngrams, buckets) for words in texts]
    lengths = np.array([len(bag) for bag in bags], np.int64)
    return np.concatenate([np.empty(0, np.int64), *bags]), np.cumsum(lengths) - lengths


class BagOfNgrams(Module):
    """The mean of the vectors of a text's n-grams, then a linear layer: ids (N,) and offsets (B,) -> scores (B, K).

    Ids come from `bag_texts`. With `sparse`, an SGD step changes only the rows in use. Source: Joulin et al. 2016.
    """

    def __init__(
        self,
        buckets: int,
        embedding_dim: int,
        num_classes: int,
        sparse: bool = False,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        super().__init__()
        rng = np.random.default_rng(rng)
        self.embedding = EmbeddingBag(buckets, embedding_dim, sparse=sparse, rng=rng, dtype=dtype)
        self.linear = Linear(embedding_dim, num_classes, rng=rng, dtype=dtype)

    def forward(self, input: TensorLike, offsets: TensorLike | None = None) -> Tensor:
        return self.linear(self.embedding(input, offsets))
