"""Skip-gram with negative sampling: words per second and loss of `Word2Vec` and of gensim's with one worker.

Run with `python benchmarks/word2vec.py`; it needs `pip install gensim`. Both read the movie-review snippets (lists of
words), with the same options, and take turns in one process. Only training is timed, not counting the words; a word is
one of the text, kept or not. The loss is measured by one function for both: the mean over the same pairs, with the same
noise words, of -log sigmoid(true) - sum of log sigmoid(-noise).
"""

from __future__ import annotations

import re
import sys
import time
from statistics import median
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from tplib import data
from tplib.nn.embedding.skipgram import keep_probability, skip_gram_pairs
from tplib.nn.embedding.word2vec import Word2Vec
from tplib.nn.functional import sgns_loss

RUNS, PAIRS = 5, 100_000
OPTIONS: dict[str, Any] = {"vector_size": 100, "window": 5, "min_count": 5, "negative": 5}


def sentences() -> list[list[str]]:
    return [re.findall(r"[a-z0-9']+", text.lower()) for text in data.load("snippets").all.texts]


def ours(text: list[list[str]], epochs: int, seed: int) -> tuple[float, Word2Vec]:
    model = Word2Vec(**OPTIONS, rng=np.random.default_rng(seed)).build_vocab(text)
    start = time.perf_counter()
    model.train(text, epochs)
    return time.perf_counter() - start, model


def gensims(text: list[list[str]], epochs: int, seed: int) -> tuple[float, Any]:
    from gensim.models import Word2Vec as Gensim

    model = Gensim(**OPTIONS, sg=1, workers=1, seed=seed)
    model.build_vocab(text)
    start = time.perf_counter()
    model.train(text, total_examples=len(text), epochs=epochs)
    return time.perf_counter() - start, model


class Judge:
    """The loss of two tables of vectors on pairs that are the same for all."""

    def __init__(self, text: list[list[str]]) -> None:
        model = Word2Vec(**OPTIONS).build_vocab(text)
        rng = np.random.default_rng(0)
        self.words = model.words
        keep = keep_probability(model.counts)
        ids = [np.array([model.index[w] for w in s if w in model.index], np.int64) for s in text]
        centers, contexts = skip_gram_pairs([s[rng.random(len(s)) < keep[s]] for s in ids], OPTIONS["window"], rng)
        chosen = rng.permutation(len(centers))[:PAIRS]
        self.pairs = centers[chosen], contexts[chosen], model.noise.draw((len(chosen), OPTIONS["negative"]), rng)

    def loss(self, vectors: np.ndarray, outputs: np.ndarray, index: dict[str, int]) -> float:
        rows = np.array([index[word] for word in self.words])
        center, context, noise = (rows[ids] for ids in self.pairs)
        return sgns_loss(vectors[center], outputs[context], outputs[noise]).item()


def compare(text: list[list[str]], judge: Judge, epochs: int) -> list[tuple[float, float, float, float]]:
    """Per run: seconds and loss, ours and gensim's."""
    results = []
    for seed in range(RUNS):
        seconds, model = ours(text, epochs, seed)
        loss = judge.loss(model.vectors, model.output_vectors, model.index)
        their_seconds, their = gensims(text, epochs, seed)
        results.append(
            (seconds, loss, their_seconds, judge.loss(their.wv.vectors, their.syn1neg, their.wv.key_to_index))
        )
    return results


def main() -> None:
    try:
        import gensim  # noqa: F401
    except ModuleNotFoundError:
        sys.exit("benchmarks/word2vec.py compares with gensim, which is not installed: pip install gensim")
    text = sentences()
    words, judge = sum(map(len, text)), Judge(text)
    table = Table(
        "epochs", "tplib.nn, words/s", "gensim, words/s", "times as fast", "loss", "gensim's loss", "loss ratio"
    )
    with threadpool_limits(1):
        for epochs in (5, 20):
            runs = compare(text, judge, epochs)
            seconds, loss, their_seconds, their_loss = (median(column) for column in zip(*runs, strict=True))
            faster = median(their / mine for mine, _, their, _ in runs)
            table.add_row(
                str(epochs),
                f"{epochs * words / seconds:,.0f}",
                f"{epochs * words / their_seconds:,.0f}",
                f"{faster:.2f}",
                f"{loss:.4f}",
                f"{their_loss:.4f}",
                f"{loss / their_loss:.4f}",
            )
    Console().print(table)


if __name__ == "__main__":
    main()
