"""The table of TP7-LSTM/3_sentiment: accuracies on the film sentences over seeds.

Run with `python benchmarks/sentiment.py [seeds]`, about half a minute for each seed. Every network chooses its epoch on
1,500 validation sentences and is measured once on the test set.
"""

import math
import re
import sys
import time
import zlib
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_sequence

from tplib import data
from tplib.exercises.tp6.pytorch import BagOfNgrams
from tplib.exercises.tp7.sentiment import LSTMClassifier, fit

HELD_OUT, SIZE = 1500, 64
Batches = list[tuple[PackedSequence | Tensor, Tensor]]


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+(?:['-]\w+)*|[?!]", text.lower())


class LastOutput(nn.Module):
    """An LSTM that reads the padding as well: what it says after the last column decides."""

    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, words: Tensor) -> Tensor:
        return self.linear(self.lstm(self.embedding(words))[0][:, -1])


def batches(texts: list[Tensor], labels: Tensor, join: Callable[[list[Tensor]], PackedSequence | Tensor]) -> Batches:
    order = torch.randperm(len(texts))
    return [(join([texts[i] for i in rows]), labels[rows]) for rows in order.split(SIZE)]


def share(model: nn.Module, parts: Batches) -> float:
    model.eval()
    with torch.no_grad():
        return sum((model(x).argmax(1) == y).sum().item() for x, y in parts) / sum(len(y) for _, y in parts)


def hashed(text: str) -> Tensor:
    return torch.tensor([zlib.crc32(token.encode()) for token in tokens(text)] or [0])


def interval(values: list[float]) -> str:
    """Mean, standard deviation, and the 95 % interval of the mean (Student's t for 5 runs)."""
    n, mean, std = len(values), float(np.mean(values)), float(np.std(values, ddof=1))
    t = {3: 4.303, 5: 2.776, 10: 2.262}.get(n, 2.0)
    return f"{100 * mean:.1f} % (single runs ± {100 * std:.1f}), mean within ± {100 * t * std / math.sqrt(n):.1f}"


def one_seed(seed: int, train: data.Texts, test: data.Texts, found: dict[str, list[float]]) -> None:
    """Train each network with this seed; adds its test accuracy to `found`."""
    order = torch.randperm(len(train.texts), generator=torch.Generator().manual_seed(seed)).tolist()
    labels, test_labels = torch.from_numpy(train.labels), torch.from_numpy(test.labels)
    first, rest = order[:HELD_OUT], order[HELD_OUT:]
    counts: dict[str, int] = {}
    for i in rest:
        for token in tokens(train.texts[i]):
            counts[token] = counts.get(token, 0) + 1
    known = {token: number for number, token in enumerate(sorted(t for t, c in counts.items() if c > 1), 2)}

    def numbers(text: str) -> Tensor:
        return torch.tensor([known.get(token, 1) for token in tokens(text)] or [1])

    def padded(texts: list[Tensor]) -> Tensor:
        return pad_sequence(texts, batch_first=True)

    def run(
        name: str,
        model: nn.Module,
        read: Callable[[str], Tensor],
        join: Callable[[list[Tensor]], PackedSequence | Tensor],
        epochs: int,
        lr: float,
    ) -> None:
        start = time.process_time()
        texts = [read(text) for text in train.texts]

        def pick(rows: list[int]) -> tuple[list[Tensor], Tensor]:
            return [texts[i] for i in rows], labels[rows]

        validation = batches(*pick(first), join)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        accuracies = fit.reference(model, batches(*pick(rest), join), validation, optimizer, epochs)
        score = share(model, batches([read(text) for text in test.texts], test_labels, join))
        found.setdefault(name, []).append(score)
        curve = " ".join(f"{100 * a:.1f}" for a in accuracies)
        print(f"seed {seed} {name}: {100 * score:.1f} ({curve}) {time.process_time() - start:.0f} s", flush=True)

    torch.manual_seed(seed)
    bag = BagOfNgrams.reference(2**16, 4, 2)
    with torch.no_grad():
        for parameter in bag.parameters():
            parameter *= 0.1  # vectors of words that training never meets stay small
    run("averaged n-grams", bag, hashed, lambda t: pad_sequence(t, batch_first=True, padding_value=-1), 6, 0.03)
    size = len(known) + 2
    run(
        "LSTM, packed",
        LSTMClassifier.reference(size, 64, 64, 2),
        numbers,
        lambda t: pack_sequence(t, enforce_sorted=False),
        6,
        0.003,
    )
    small = LSTMClassifier.reference(size, 64, 64, 2)
    with torch.no_grad():
        small.embedding.weight *= 0.1
    run(
        "LSTM, packed, small start",
        small,
        numbers,
        lambda texts: pack_sequence(texts, enforce_sorted=False),
        6,
        0.003,
    )
    run("LSTM, last output of the padded batch", LastOutput(size, 64, 64, 2), numbers, padded, 6, 0.003)


def main(seeds: int) -> None:
    torch.set_num_threads(1)
    train, test = data.load("snippets")
    tfidf = make_pipeline(
        TfidfVectorizer(tokenizer=tokens, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=10),
    )
    found: dict[str, list[float]] = {}
    baseline = tfidf.fit(train.texts, train.labels).score(test.texts, test.labels)
    print(f"TF-IDF of words and pairs: {100 * baseline:.1f} % of {len(test.texts)} test sentences", flush=True)
    for seed in range(seeds):
        one_seed(seed, train, test, found)
    for name, values in found.items():
        print(f"{name}: {interval(values)}")
    for name, other in pairwise(found):
        gaps = [a - b for a, b in zip(found[name], found[other], strict=True)]
        print(f"{name} less {other}: {interval(gaps)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
