"""The table of TP7-LSTM/3_sentiment: accuracies on the film sentences over seeds.

    python benchmarks/sentiment.py               # all, five seeds: about half a minute for each seed
    python benchmarks/sentiment.py 5 small       # only the networks whose names hold "small"

Each network of each seed begins with that seed, so that a row does not hang on those above it. It chooses its epoch on
1,500 validation sentences, which the seed draws, and is measured once on the test set.
"""

import math
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

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

HELD_OUT, SIZE, EPOCHS = 1500, 64, 6
Join = Callable[[list[Tensor]], PackedSequence | Tensor]
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


def bag_of_ngrams(num_words: int) -> nn.Module:
    model = BagOfNgrams.reference(2**16, 4, 2)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter *= 0.1  # vectors of words that training never meets stay small
    return model


def lstm(num_words: int, start: float = 1.0) -> nn.Module:
    model = LSTMClassifier.reference(num_words, 64, 64, 2)
    with torch.no_grad():
        model.embedding.weight *= start
    return model


def padded_lstm(num_words: int) -> nn.Module:
    return LastOutput(num_words, 64, 64, 2)


class Network(NamedTuple):
    build: Callable[[int], nn.Module]
    join: Join  # texts of a batch
    lr: float
    hashed: bool = False  # whether words are numbered by a hash, or by the vocabulary


pack = partial(pack_sequence, enforce_sorted=False)
NETWORKS = {
    "averaged n-grams": Network(bag_of_ngrams, partial(pad_sequence, batch_first=True, padding_value=-1), 0.03, True),
    "LSTM, packed, small start": Network(partial(lstm, start=0.1), pack, 0.003),
    "LSTM, packed": Network(lstm, pack, 0.003),
    "LSTM, last output of the padded batch": Network(padded_lstm, partial(pad_sequence, batch_first=True), 0.003),
}


def batches(texts: list[Tensor], labels: Tensor, join: Join) -> Batches:
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


def vocabulary(texts: list[str]) -> dict[str, int]:
    """Numbers from 2 on of the words that occur twice or more."""
    counts = Counter(token for text in texts for token in tokens(text))
    return {token: number for number, token in enumerate(sorted(t for t, c in counts.items() if c > 1), 2)}


def accuracy(name: str, seed: int, train: data.Texts, test: data.Texts) -> float:
    """Train a network with this seed; its accuracy on the test set."""
    network, started = NETWORKS[name], time.process_time()
    order = torch.randperm(len(train.texts), generator=torch.Generator().manual_seed(seed)).tolist()
    first, rest = order[:HELD_OUT], order[HELD_OUT:]
    known = vocabulary([train.texts[i] for i in rest])

    def read(text: str) -> Tensor:
        return hashed(text) if network.hashed else torch.tensor([known.get(t, 1) for t in tokens(text)] or [1])

    texts, labels = [read(text) for text in train.texts], torch.from_numpy(train.labels)
    torch.manual_seed(seed)
    model = network.build(len(known) + 2)
    validation, training = (batches([texts[i] for i in rows], labels[rows], network.join) for rows in (first, rest))
    optimizer = torch.optim.Adam(model.parameters(), lr=network.lr)
    accuracies = fit.reference(model, training, validation, optimizer, EPOCHS)
    read_once = batches([read(text) for text in test.texts], torch.from_numpy(test.labels), network.join)
    score = share(model, read_once)
    curve = " ".join(f"{100 * a:.1f}" for a in accuracies)
    print(f"seed {seed} {name}: {100 * score:.1f} ({curve}) {time.process_time() - started:.0f} s", flush=True)
    return score


def main(seeds: int, asked: str) -> None:
    torch.set_num_threads(1)
    train, test = data.load("snippets")
    if not asked:
        tfidf = make_pipeline(
            TfidfVectorizer(
                tokenizer=tokens, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True
            ),
            LogisticRegression(C=10),
        )
        print(f"TF-IDF: {100 * tfidf.fit(train.texts, train.labels).score(test.texts, test.labels):.1f} %", flush=True)
    chosen = [name for name in NETWORKS if asked in name]
    found = {name: [accuracy(name, seed, train, test) for seed in range(seeds)] for name in chosen}
    for name, values in found.items():
        print(f"{name}: {interval(values)}")
    for name, other in pairwise(found):
        gaps = [a - b for a, b in zip(found[name], found[other], strict=True)]
        print(f"{name} less {other}: {interval(gaps)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, " ".join(sys.argv[2:]))
