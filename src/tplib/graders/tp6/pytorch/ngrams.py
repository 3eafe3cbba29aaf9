"""The exercise BagOfNgrams of TP6-TrainFFNN/6_pytorch: averaged embeddings of hashed words and bigrams."""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from tplib.graders import modules
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Exercise, Misconception


class _BagOfNgrams(nn.Module):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        bigrams = 31 * words[:, :-1] + words[:, 1:]  # (B, T-1)
        buckets = torch.cat([words, bigrams], dim=1) % self.num_buckets  # (B, 2T-1)
        real = torch.cat([position < lengths[:, None], position[1:] < lengths[:, None]], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)  # (B, H)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


class _BagOfNgramsLoop(nn.Module):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.table = nn.Embedding(num_buckets, embedding_dim)
        self.out = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        rows = []
        for row, length in zip(words, lengths.tolist(), strict=True):
            unigrams = row[:length]
            bigrams = unigrams[:-1] * 31 + unigrams[1:]
            vectors = self.table(torch.cat([unigrams, bigrams]) % self.table.num_embeddings)
            rows.append(vectors.mean(dim=0) if length else torch.zeros(self.table.embedding_dim))
        return self.out(torch.stack(rows))


class _BagOfNgramsFlat(nn.Module):
    def __init__(self, num_buckets: int, embedding_dim: int, num_classes: int) -> None:
        super().__init__()
        self.num_buckets = num_buckets
        self.bag = nn.EmbeddingBag(num_buckets, embedding_dim, mode="mean")
        self.linear = nn.Linear(embedding_dim, num_classes)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        texts = [row[:length] for row, length in zip(words, lengths, strict=True)]
        bags = [torch.cat([text, text[:-1] * 31 + text[1:]]) % self.num_buckets for text in texts]
        ends = torch.tensor([len(bag) for bag in bags]).cumsum(0)
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), ends[:-1]])
        return self.linear(self.bag(torch.cat(bags), offsets))


class _BagSummed(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([position < lengths[:, None], position[1:] < lengths[:, None]], dim=1)
        return self.linear((self.embedding(buckets) * real[:, :, None]).sum(dim=1))


class _BagWithPadding(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        return self.linear(self.embedding(buckets).mean(dim=1))


class _BagPaddedLength(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([position < lengths[:, None], position[1:] < lengths[:, None]], dim=1)
        return self.linear((self.embedding(buckets) * real[:, :, None]).mean(dim=1))


class _BagOfWords(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        real = torch.arange(words.shape[1]) < lengths[:, None]
        total = (self.embedding(words % self.num_buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / lengths[:, None].clamp(min=1))


class _BagLastBigram(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([position < lengths[:, None], position[:-1] < lengths[:, None]], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


class _BagUnordered(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        buckets = torch.cat([words, words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([position < lengths[:, None], position[1:] < lengths[:, None]], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


class _BagZeroIsPadding(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words != 0, (words[:, :-1] != 0) & (words[:, 1:] != 0)], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


class _BagEmptyText(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        position = torch.arange(words.shape[1])
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([position < lengths[:, None], position[1:] < lengths[:, None]], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True))


class _BagSoftmax(_BagOfNgrams):
    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        return torch.softmax(super().forward(words, lengths), dim=-1)


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
        draw.integers(0, 40, b, t),
        draw.integers(1, t + 1, b),
    )


def _bag_edge(words: list[list[int]], lengths: list[int]) -> Arguments:
    table = np.array([[0.0, 1.0], [2.0, -1.0], [-3.0, 0.5], [1.5, 2.5], [-0.5, -2.0], [4.0, 0.25], [-1.0, 3.0]])
    weight, bias = np.array([[0.5, -0.5], [0.25, 0.75]]), np.array([0.25, -0.125])
    return 7, 2, 2, table, weight, bias, np.array(words), np.array(lengths)


def _observe_bag(
    candidate: Any,
    num_buckets: int,
    embedding_dim: int,
    num_classes: int,
    table: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    words: np.ndarray,
    lengths: np.ndarray,
) -> dict[str, Any]:
    with modules.repeatable():
        model = modules.built(candidate, num_buckets, embedding_dim, num_classes).eval()
        loaded = modules.load(model, [table, weight, bias])
        output = modules.array(model(modules.tensor(words), modules.tensor(lengths))) if loaded else "not computed"
        return {"parameters": modules.shapes(model), "scores": output}


BagOfNgrams = Exercise(
    name="BagOfNgrams",
    assignment="TP6-TrainFFNN",
    notebook="6_pytorch",
    kind="class",
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    keeps_dtype=False,
    points=4,
    lecture="003, Embedding for text classification",
    signature="BagOfNgrams(num_buckets, embedding_dim, num_classes)",
    inputs=("num_buckets", "embedding_dim", "num_classes", "table", "weight", "bias", "words", "lengths"),
    draw=_bag_case,
    edges=(
        Case(_bag_edge([[3, 8, 5, 0], [0, 4, 6, 9], [2, 1, 0, 0]], [3, 4, 2])),
        Case(_bag_edge([[5, 0, 0], [12, 3, 0]], [1, 2])),
        Case(_bag_edge([[9], [4]], [1, 1])),
        Case(_bag_edge([[9, 2], [0, 0]], [2, 0]), "empty text"),
    ),
    aspects={"empty text": "Right for texts with words. A text without any word should get the bias alone, not nan."},
    observe=_observe_bag,
    reference=_BagOfNgrams,
    misconceptions=(
        Misconception(
            "sum instead of mean",
            _BagSummed,
            "How does your sentence vector grow when a text is written twice? Should it?",
        ),
        Misconception(
            "padding counted",
            _BagWithPadding,
            "Does the score of a text change when you add padding to its row? Which columns are real, given `lengths`?",
        ),
        Misconception(
            "divided by the padded length",
            _BagPaddedLength,
            "You leave padding out of the sum. By how many n-grams do you divide?",
        ),
        Misconception(
            "bigrams missing", _BagOfWords, 'Do "not good" and "good not" get different scores from your model?'
        ),
        Misconception(
            "bigram across the end",
            _BagLastBigram,
            "A text of 3 words has 2 bigrams. How many do you count, and what is the second word of the last one?",
        ),
        Misconception(
            "order lost in the bigram",
            _BagUnordered,
            'Which bucket does "good not" get, and which "not good"? Where is the 31?',
        ),
        Misconception(
            "zero taken for padding",
            _BagZeroIsPadding,
            "Can a real word have the number 0? What says where a text ends: its numbers or `lengths`?",
        ),
        Misconception(
            "empty text gives nan",
            _BagEmptyText,
            "What is 0 / 0? How small may the number that you divide by become?",
        ),
        Misconception(
            "softmax in the model",
            _BagSoftmax,
            "`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied with yours?",
        ),
    ),
    alternatives=(_BagOfNgramsLoop, _BagOfNgramsFlat),
    formula="h = mean of E[bucket] over the n words and the n - 1 bigrams, scores = h W^T + b; "
    "a word's bucket is `word % num_buckets`, a bigram's `(31 * first + second) % num_buckets`.",
    shapes="`words` (B, T), bigrams (B, T-1), together (B, 2T-1); embedded (B, 2T-1, H); summed over axis 1 (B, H); "
    "scores (B, K). Position t is a real word if t < length, a real bigram if t + 1 < length.",
    worked="words [3, 8, 0] of length 2, 7 buckets: words 3 and 8 % 7 = 1, bigram (31*3 + 8) % 7 = 3, "
    "so h = (E[3] + E[1] + E[3]) / 3.",
)
