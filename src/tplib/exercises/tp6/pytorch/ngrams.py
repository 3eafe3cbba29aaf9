"""The exercise BagOfNgrams of TP6-TrainFFNN/6_pytorch: averaged embeddings of hashed words and bigrams."""

import numpy as np
import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _padded(words: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    return np.where(np.arange(words.shape[1]) < lengths[:, None], words, -1)


def _bag_case(draw: Draw) -> Arguments:
    num_buckets, embedding_dim, num_classes = draw.size(6, 12), draw.size(1, 3), draw.size(2, 4)
    b, t = draw.size(1, 4), draw.size(2, 5)
    return (
        num_buckets,
        embedding_dim,
        num_classes,
        draw.array(num_buckets, embedding_dim),
        draw.array(num_classes, embedding_dim),
        draw.array(num_classes),
        _padded(draw.integers(0, 40, b, t), draw.integers(1, t + 1, b)),
    )


def _without_padding(draw: Draw, low: int, high: int) -> Arguments:
    words = draw.integers(low, high, 3, 4)
    words[0, 1] += -words[0, 1] % 6  # of 6 buckets, that of the number 0 is used
    table, weight = draw.array(6, 2), draw.array(3, 2)
    return 6, 2, 3, table, weight, draw.array(3), words


def _learning(draw: Draw) -> Arguments:
    return *_without_padding(draw, 0, 40), "gradients"


def _large(draw: Draw) -> Arguments:
    """Numbers as `zlib.crc32` gives them; all of them here are above 2^31."""
    return _without_padding(draw, 2**31, 2**32)


def _again_and_again(draw: Draw) -> Arguments:
    """Few buckets, long texts: each bucket is met several times."""
    num_buckets, _, _, table, weight, bias, _ = _without_padding(draw, 0, 40)
    return num_buckets, 2, 3, table, weight, bias, _padded(draw.integers(0, 3, 3, 6), np.array([6, 4, 2]))


def _input(draw: Draw) -> Arguments:
    return *_bag_edge([[3, 8, -1, -1], [4, 6, 9, 2]]), "input"


def _bag_edge(words: list[list[int]]) -> Arguments:
    table = np.array([[0.0, 1.0], [2.0, -1.0], [-3.0, 0.5], [1.5, 2.5], [-0.5, -2.0], [4.0, 0.25], [-1.0, 3.0]])
    weight, bias = np.array([[0.5, -0.5], [0.25, 0.75]]), np.array([0.25, -0.125])
    return 7, 2, 2, table, weight, bias, np.array(words)


@exercise(
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    points=4,
    at_home=True,
    lecture="003, Embedding for text classification",
    concepts=(41,),
    inputs=("num_buckets", "embedding_dim", "num_classes", "table", "weight", "bias", "words"),
    draw=_bag_case,
    edges=(
        Case(_bag_edge([[3, 8, 5, -1], [0, 4, 6, 9], [2, 1, -1, -1]])),
        Case(_bag_edge([[5, -1, -1], [12, 0, -1]])),
        Case(_bag_edge([[9], [4]])),
        Drawn(_again_and_again),
        Case(_bag_edge([[9, 2], [-1, -1]]), "empty text"),
        Drawn(_large, "large numbers"),
        Drawn(_learning, "gradients"),
        Drawn(_input, "input"),
    ),
    aspects={
        "empty text": "Right for texts with words. A text without any word has h = 0: its scores are the bias.",
        "large numbers": "Right for small word numbers, but not for those of this notebook, which go up to 2^32.",
        "gradients": "Right scores, but they do not give every parameter its gradient.",
        "input": "Right scores, but your code changes the words that it is given. Work on a copy.",
    },
    observe=observers.bag,
)
class BagOfNgrams(nn.Module):
    """h = mean of E[bucket] over the n words and the n - 1 bigrams, scores = h W^T + b; a word's bucket is `word %
    num_buckets`, a bigram's `(31 * first + second) % num_buckets`.

    shapes: `words` (B, T), bigrams (B, T-1), together (B, 2T-1); embedded (B, 2T-1, H); summed over axis 1 (B, H);
    scores (B, K). A word is real if it is >= 0, a bigram if both of its words are.
    worked: words [3, 8, -1], 7 buckets: words 3 and 8 % 7 = 1, bigram (31*3 + 8) % 7 = 3, so h = (E[3] + E[1] + E[3]) /
    3.
    """

    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor) -> Tensor:
        bigrams = 31 * words[:, :-1] + words[:, 1:]  # (B, T-1)
        buckets = torch.cat([words, bigrams], dim=1) % self.num_buckets  # (B, 2T-1)
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)  # (B, H)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


@BagOfNgrams.alternative
class BagOfNgramsLoop(nn.Module):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.table = nn.Embedding(num_buckets, embedding_dim)
        self.out = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor) -> Tensor:
        rows = []
        for row in words:
            unigrams = row[row >= 0]
            bigrams = unigrams[:-1] * 31 + unigrams[1:]
            vectors = self.table(torch.cat([unigrams, bigrams]) % self.table.num_embeddings)
            rows.append(vectors.mean(dim=0) if len(vectors) else torch.zeros(self.table.embedding_dim))
        return self.out(torch.stack(rows))


@BagOfNgrams.alternative
class BagOfNgramsFlat(nn.Module):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.num_buckets = num_buckets
        self.bag = nn.EmbeddingBag(num_buckets, embedding_dim, mode="mean")
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor) -> Tensor:
        texts = [row[row >= 0] for row in words]
        bags = [torch.cat([text, text[:-1] * 31 + text[1:]]) % self.num_buckets for text in texts]
        ends = torch.tensor([len(bag) for bag in bags]).cumsum(0)
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), ends[:-1]])
        return self.linear(self.bag(torch.cat(bags), offsets))
