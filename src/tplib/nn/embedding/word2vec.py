"""Word2Vec: skip-gram and CBoW with negative sampling, trained in blocks of matrix products.

The text is one line of tokens, cut into chunks of `CHUNK`. A chunk's centres meet all tokens near them and `NOISE`
noise words in one product; a mask keeps the pairs inside the windows, and the noise words, which the chunk shares, are
weighted as if each pair had `negative` of its own. A step takes `STEP` tokens at the weights as they are, then adds up
their gradients. A word that fills much of a step (in a toy text, or where a text repeats itself) would overshoot: its
change is cut to what the curvature of its losses allows. Compare the loss before changing these numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import DTypeLike

from tplib.nn.embedding.skipgram import keep_probability
from tplib.nn.graph.graph import Array
from tplib.nn.graph.unary import sigmoid_of
from tplib.nn.losses.negative_sampling import NoiseSampler

CHUNK, NOISE, STEP = 16, 16, 512
LIMIT = 2.0  # on rate times curvature, for one word in one step: gradient descent diverges above it
Sentences = Sequence[Sequence[str]]


class Word2Vec:
    """Word vectors learned from sentences (lists of words), by plain SGD whose rate falls from `alpha` to `min_alpha`.

    `model` is "skip-gram" or "cbow"; words rarer than `min_count` are left out, frequent ones thinned to `sample`, each
    centre's window drawn from 1 to `window`. After `fit`: `words`, `index` and `counts` by frequency, `vectors` (V, D),
    `output_vectors` (V, D), and the mean loss of each epoch in `losses`, per pair or (CBoW) per centre.
    Source: Mikolov et al. 2013; lecture 003, "Learn word embeddings by predicting word contexts".
    """

    words: list[str]
    index: dict[str, int]

    def __init__(
        self,
        vector_size: int = 100,
        window: int = 5,
        min_count: int = 5,
        negative: int = 5,
        model: str = "skip-gram",
        sample: float = 1e-3,
        ns_exponent: float = 0.75,
        alpha: float | None = None,
        min_alpha: float = 1e-4,
        *,
        rng: np.random.Generator | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        if model not in ("skip-gram", "cbow"):
            raise ValueError(f'Word2Vec: expected model "skip-gram" or "cbow", got {model!r}')
        if min(vector_size, window, negative) < 1:
            raise ValueError(
                "Word2Vec: vector_size, window and negative must be at least 1, "
                f"got {vector_size}, {window} and {negative}"
            )
        self.vector_size, self.window, self.min_count, self.negative = vector_size, window, min_count, negative
        self.model, self.sample, self.ns_exponent = model, sample, ns_exponent
        # CBoW's mean divides the gradient among the contexts; a larger rate makes up for it (Irsoy et al. 2021).
        self.alpha = (0.025 if model == "skip-gram" else 0.075) if alpha is None else alpha
        self.min_alpha, self.dtype = min_alpha, np.dtype(dtype)
        self.rng = np.random.default_rng(rng)
        self.words, self.index = [], {}
        self.losses: list[float] = []

    def build_vocab(self, sentences: Sentences) -> Self:
        """Count the words, choose those to learn, and start their vectors anew."""
        if any(isinstance(sentence, str) for sentence in sentences):
            raise TypeError("Word2Vec: expected sentences as lists of words, got a string; split it first")
        found = Counter(chain.from_iterable(sentences))
        chosen = [(word, count) for word, count in found.most_common() if count >= self.min_count]
        if not chosen:
            raise ValueError(f"Word2Vec: no word occurs min_count={self.min_count} times; lower it or give more text")
        self.words = [word for word, _ in chosen]
        self.index = {word: i for i, word in enumerate(self.words)}
        self.counts = np.array([count for _, count in chosen])
        self.noise = NoiseSampler(self.counts, self.ns_exponent)
        shape = len(chosen), self.vector_size
        self.vectors = self.rng.uniform(-1, 1, shape).astype(self.dtype) / self.vector_size
        self.output_vectors = np.zeros(shape, self.dtype)
        self._slot = np.empty(len(chosen), np.int32)
        return self

    def fit(self, sentences: Sentences, epochs: int = 5, compute_loss: bool = True) -> Self:
        """Build the vocabulary if there is none, then train."""
        if not self.words:
            self.build_vocab(sentences)
        return self.train(sentences, epochs, compute_loss)

    def train(self, sentences: Sentences, epochs: int = 5, compute_loss: bool = False) -> Self:
        """Go through the sentences `epochs` times; the rate falls over all of them."""
        if not self.words:
            raise RuntimeError("Word2Vec: there is no vocabulary yet; call build_vocab(sentences) first, or fit")
        lengths = [len(sentence) for sentence in sentences]
        ids = np.fromiter((self.index.get(word, -1) for word in chain.from_iterable(sentences)), np.int32, sum(lengths))
        sentence = np.repeat(np.arange(len(lengths)), lengths)[ids >= 0]
        ids = ids[ids >= 0]
        chance = keep_probability(self.counts, self.sample)[ids]
        step: Callable[..., tuple[float, float]] = self._skip_gram if self.model == "skip-gram" else self._cbow
        fall = (self.alpha - self.min_alpha) / max(epochs, 1)
        for epoch in range(epochs):
            kept = self.rng.random(len(ids)) < chance
            tokens, near, length = self._lay_out(ids[kept], sentence[kept])
            losses = [
                step(*block, self.alpha - fall * (epoch + at / length), compute_loss)
                for at, block in self._blocks(tokens, near, length)
            ]
            if compute_loss:
                total, number = np.sum(losses, axis=0) if losses else (0.0, 0)
                self.losses.append(float(total / max(number, 1)))
        return self

    def _lay_out(self, ids: Array, sentence: Array) -> tuple[Array, Array, int]:
        """The line of tokens with room on both sides, and the columns [first, last] of its chunk that each may see."""
        n, w = len(ids), self.window
        length = -(-n // CHUNK) * CHUNK
        tokens = np.zeros(w + length + w, np.int32)
        tokens[w : w + n] = ids
        here = np.arange(n)
        edges = np.flatnonzero(np.diff(sentence, prepend=-1))  # where sentences start
        which = np.repeat(np.arange(len(edges)), np.diff(edges, append=n))
        radius = self.rng.integers(1, w + 1, n)
        near = np.zeros((2, length), np.int16)
        near[0] = 1  # beyond the end, last < first: nothing
        origin = here // CHUNK * CHUNK - w  # column 0 of a token's chunk
        near[0, :n] = np.maximum(here - radius, edges[which]) - origin
        near[1, :n] = np.minimum(here + radius, np.append(edges[1:], n)[which] - 1) - origin
        return tokens, near, length

    def _blocks(self, tokens: Array, near: Array, length: int) -> Any:
        """Step by step: its start, centres (N, C), tokens around (N, C + 2 w), and the mask of pairs."""
        w = self.window
        columns = np.arange(CHUNK + 2 * w, dtype=np.int16)
        other = columns != np.arange(CHUNK)[:, None] + w  # a word is not its own context
        for at in range(0, length, STEP):
            end = min(at + STEP, length)
            around = sliding_window_view(tokens[at : end + 2 * w], CHUNK + 2 * w)[::CHUNK]
            first, last = near[:, at:end].reshape(2, -1, CHUNK, 1)
            pairs = (columns >= first) & (columns <= last) & other
            yield at, (tokens[at + w : end + w].reshape(-1, CHUNK), around, pairs.astype(self.dtype))

    def _skip_gram(
        self, centers: Array, around: Array, pairs: Array, alpha: float, compute_loss: bool
    ) -> tuple[float, float]:
        noise = self.noise.draw((len(centers), NOISE), self.rng)
        contexts = np.concatenate([around, noise], axis=1)  # (N, A + NOISE)
        H, P = self.vectors[centers], self.output_vectors[contexts]  # (N, C, D), (N, A + NOISE, D)
        scores = H @ P.transpose(0, 2, 1)  # (N, C, A + NOISE)
        # A noise word counts `negative / NOISE` times for each pair of which it is not itself the context.
        share = pairs @ (around[:, :, None] != noise[:, None, :]).astype(self.dtype)  # (N, C, NOISE)
        share *= self.negative / NOISE
        weights = np.concatenate([pairs, share], axis=2)
        A = around.shape[1]
        loss = _loss(scores, weights, A) if compute_loss else 0.0
        error = sigmoid_of(scores)
        error[:, :, :A] -= 1
        error *= weights
        bend_centers, bend_contexts = _curvature(weights, H, P)
        self._subtract(self.vectors, centers, error @ P, bend_centers, alpha)
        self._subtract(self.output_vectors, contexts, error.transpose(0, 2, 1) @ H, bend_contexts, alpha)
        return loss, float(pairs.sum())

    def _cbow(
        self, centers: Array, around: Array, pairs: Array, alpha: float, compute_loss: bool
    ) -> tuple[float, float]:
        noise = self.noise.draw((len(centers), NOISE), self.rng)
        targets = np.concatenate([centers, noise], axis=1)  # (N, C + NOISE)
        number = pairs.sum(2, keepdims=True)  # (N, C, 1)
        mean = pairs / np.maximum(number, 1)  # (N, C, A)
        X, P = self.vectors[around], self.output_vectors[targets]  # (N, A, D), (N, C + NOISE, D)
        H = mean @ X  # (N, C, D): the mean of each centre's contexts
        scores = H @ P.transpose(0, 2, 1)  # (N, C, C + NOISE)
        some = number > 0
        own = np.eye(CHUNK, dtype=self.dtype) * some  # each mean has one true word, its centre
        share = ((centers[:, :, None] != noise[:, None, :]) & some).astype(self.dtype) * (self.negative / NOISE)
        weights = np.concatenate([own, share], axis=2)
        loss = _loss(scores, weights, CHUNK) if compute_loss else 0.0
        error = sigmoid_of(scores)
        error[:, :, :CHUNK] -= 1
        error *= weights
        bend_means, bend_targets = _curvature(weights, H, P)
        back = mean.transpose(0, 2, 1)  # (N, A, C)
        self._subtract(self.vectors, around, back @ (error @ P), back @ bend_means, alpha)
        self._subtract(self.output_vectors, targets, error.transpose(0, 2, 1) @ H, bend_targets, alpha)
        return loss, float(some.sum())

    def _subtract(self, table: Array, ids: Array, grads: Array, curvature: Array, alpha: float) -> None:
        """table[ids] -= alpha grads, adding up the gradients and curvatures of a word that occurs several times."""
        from scipy.sparse import csc_array

        ids, grads = ids.reshape(-1), grads.reshape(-1, self.vector_size)
        # Number the words of this step from 0: np.unique would sort, which costs more than the sums.
        n, slot = len(ids), self._slot
        order = np.arange(n, dtype=np.int32)
        slot[ids] = order
        rows = ids[slot[ids] == order]
        slot[rows] = order[: len(rows)]
        ends = np.arange(n + 1, dtype=np.int32)
        chosen = csc_array((np.full(n, -alpha, self.dtype), slot[ids], ends), shape=(len(rows), n))
        change = chosen @ grads
        steepness = alpha * np.bincount(slot[ids], curvature.reshape(-1))
        steep = np.flatnonzero(steepness > LIMIT)
        change[steep] *= (LIMIT / steepness[steep, None]).astype(self.dtype)
        table[rows] += change

    def vector(self, word: str) -> Array:
        """The vector (D,) of a word."""
        if word not in self.index:
            raise KeyError(f"Word2Vec: {word!r} is not in the vocabulary of {len(self.words)} words")
        return self.vectors[self.index[word]]

    def most_similar(self, word: str, topn: int = 10) -> list[tuple[str, float]]:
        """The words whose vectors have the largest cosine with the word's, and the cosines."""
        lengths = np.linalg.norm(self.vectors, axis=1)
        x = self.vector(word)
        cosine = self.vectors @ x / np.maximum(lengths * np.linalg.norm(x), 1e-12)
        best = [i for i in np.argsort(-cosine)[: topn + 1] if i != self.index[word]]
        return [(self.words[i], float(cosine[i])) for i in best[:topn]]


def _curvature(weights: Array, H: Array, P: Array) -> tuple[Array, Array]:
    """Bounds on the second derivative of the losses along each vector of H (N, C, D) and of P (N, M, D).

    That of -log sigmoid(h . p) in p is sigmoid' h h', at most 1/4 |h|^2.
    """
    of_h = 0.25 * np.vecdot(P, P)[:, :, None]
    of_p = 0.25 * np.vecdot(H, H)[:, :, None]
    return weights @ of_h, weights.transpose(0, 2, 1) @ of_p  # (N, C, 1), (N, M, 1)


def _loss(scores: Array, weights: Array, true: int) -> float:
    """The sum of -log sigmoid(score) over the first `true` columns, -log sigmoid(-score) over the others, weighted."""
    signed = scores.copy()
    signed[:, :, :true] *= -1
    return float((np.logaddexp(0, signed) * weights).sum(dtype=np.float64))
