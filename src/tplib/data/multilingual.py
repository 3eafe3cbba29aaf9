"""The multilingual sentence encoder on NumPy: word pieces -> convolutions over their neighbours -> mean -> network.

Each piece has an embedding. Three branches look at windows of 2, 3 and 5 pieces, each with two convolutions that add
to their input (residual connections). All is normalised, summed over the pieces and sent through a small network.
B texts, N pieces in all of them, E = 512 numbers for a piece, C = 256 channels of a branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tplib.data.sentencepiece import read_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CHUNKS = 17  # piece i is row i // 17 of table i % 17, and each table has a scale of its own
WINDOWS = {2: 0, 3: 1, 5: 2}  # width of a window -> how many of its pieces lie before the middle one
TEXTS = 64  # in one pass


class SentenceEncoder:
    """Vectors of sentences in 16 languages: sentences of like meaning lie near each other, whatever their languages.

    encode(texts) gives (B, 512) float32, each row of length 1, so that products of rows are cosines.
    """

    def __init__(self, tokenizer: Tokenizer, weights: dict[str, np.ndarray]) -> None:
        self.tokenizer = tokenizer
        self._w = weights
        rows, E = weights["q1"].shape
        self._table = np.empty((CHUNKS * rows, E), dtype=np.uint8)
        for i in range(CHUNKS):
            self._table[i::CHUNKS] = weights.pop(f"q{i + 1}")
        self._eps = float(weights["eps"])

    @classmethod
    def read(cls, folder: Path) -> SentenceEncoder:
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights = {name: stored[name] for name in stored.files}
        return cls(read_tokenizer(folder / "sp.model"), weights)

    def __repr__(self) -> str:
        return f"SentenceEncoder({self.tokenizer.get_vocab_size():,} word pieces -> {self._w['d3'].shape[1]} numbers)"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """The vectors (B, 512) of B texts; TypeError where they are one text, which is a sequence of letters."""
        if isinstance(texts, str):
            raise TypeError("encode: expected a list of texts, got one text. Write encode([text])")
        parts = [self._encode(texts[at : at + TEXTS]) for at in range(0, len(texts), TEXTS)]
        return np.concatenate(parts) if parts else np.empty((0, self._w["d3"].shape[1]), dtype=np.float32)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        pieces = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        lengths = np.array([len(ids) for ids in pieces])
        x = self._embed(np.concatenate(pieces))  # (N, E)
        features = np.concatenate([x, *(self._branch(x, n, lengths) for n in WINDOWS)], axis=1)  # (N, E + 3C)
        features = self._normalise(features, self._w["ln_g"], self._w["ln_b"])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        sums = np.add.reduceat(features @ self._w["cnn_W"] + self._w["cnn_b"], starts)  # (B, 512)
        return self._network(sums / np.sqrt(lengths, dtype=np.float32)[:, None])

    def _embed(self, ids: np.ndarray) -> np.ndarray:
        """The embeddings (N, E), kept as bytes: a table's numbers are its lowest plus steps of its scale."""
        table = ids % CHUNKS
        numbers: np.ndarray = self._table[ids] * self._w["scale"][table, None] + self._w["lo"][table, None]
        return numbers

    def _branch(self, x: np.ndarray, n: int, lengths: np.ndarray) -> np.ndarray:
        """What windows of n pieces say, (N, C)."""
        w = self._w
        x = self._normalise(x @ w[f"proj{n}"] + w[f"proj_b{n}"], w[f"ln_g{n}"], w[f"ln_b{n}"])  # (N, C)
        for layer in ("1", "2"):
            x = x + np.maximum(_windows(x, n, lengths) @ w[f"w{layer}_{n}"] + w[f"b{layer}_{n}"], 0)
        return x

    def _normalise(self, x: np.ndarray, scale: np.ndarray, shift: np.ndarray) -> np.ndarray:
        x = x - x.mean(axis=1, keepdims=True)
        normalised: np.ndarray = x / np.sqrt((x**2).mean(axis=1, keepdims=True) + self._eps) * scale + shift
        return normalised

    def _network(self, x: np.ndarray) -> np.ndarray:
        w = self._w
        h = np.maximum(x @ w["p1"] + np.maximum(x @ w["d0"], 0) @ w["d1"], 0)  # (B, 320)
        z = np.tanh(h @ w["p3"] + np.maximum(h @ w["d2"], 0) @ w["d3"])  # (B, 512)
        vectors: np.ndarray = z / np.sqrt(np.maximum((z**2).sum(axis=1, keepdims=True), self._eps))
        return vectors


def _windows(x: np.ndarray, n: int, lengths: np.ndarray) -> np.ndarray:
    """The n neighbours of each piece side by side, (N, C) -> (N, nC); zeros beyond the ends of its text."""
    ends = np.cumsum(lengths)
    first, last = np.repeat(ends - lengths, lengths), np.repeat(ends, lengths)
    at = np.arange(len(x))[:, None] + np.arange(n) - WINDOWS[n]  # (N, n)
    inside = (at >= first[:, None]) & (at < last[:, None])
    padded = np.concatenate([x, np.zeros_like(x[:1])])
    return padded[np.where(inside, at, len(x))].reshape(len(x), -1)
