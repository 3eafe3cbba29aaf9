"""The exercise BagOfNgrams of TP6-TrainFFNN/6_pytorch: averaged embeddings of hashed words and bigrams."""

import numpy as np
import torch
from torch import Tensor, nn

from tplib.exercises.tp6.pytorch import observers
from tplib.exercises.tp6.pytorch.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case


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
    inputs=("num_buckets", "embedding_dim", "num_classes", "table", "weight", "bias", "words"),
    draw=_bag_case,
    edges=(
        Case(_bag_edge([[3, 8, 5, -1], [0, 4, 6, 9], [2, 1, -1, -1]])),
        Case(_bag_edge([[5, -1, -1], [12, 0, -1]])),
        Case(_bag_edge([[9], [4]])),
        Case(_bag_edge([[9, 2], [-1, -1]]), "empty text"),
    ),
    aspects={"empty text": "Right for texts with words. A text without any word should get the bias alone, not nan."},
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


@BagOfNgrams.mistake("How does your sentence vector grow when a text is written twice? Should it?")
class sum_instead_of_mean(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1)
        return self.linear((self.embedding(buckets) * real[:, :, None]).sum(dim=1))


@BagOfNgrams.mistake("Does the score of a text change when you add padding to its row? Which numbers stand for words?")
class padding_counted(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        return self.linear(self.embedding(buckets).mean(dim=1))


@BagOfNgrams.mistake("You leave padding out of the sum. By how many n-grams do you divide?")
class divided_by_the_padded_length(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1)
        return self.linear((self.embedding(buckets) * real[:, :, None]).mean(dim=1))


@BagOfNgrams.mistake('Do "not good" and "good not" get different scores from your model?')
class bigrams_missing(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        real = words >= 0
        total = (self.embedding(words % self.num_buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


@BagOfNgrams.mistake(
    "A text of 3 words has 2 bigrams. How many do you count, and what is the second word of the last one?"
)
class bigram_across_the_end(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words >= 0, words[:, :-1] >= 0], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


@BagOfNgrams.mistake('Which bucket does "good not" get, and which "not good"? Where is the 31?')
class order_lost_in_the_bigram(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


@BagOfNgrams.mistake("Can a word have the number 0? Which number marks the places after the end of a text?")
class zero_taken_for_padding(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words > 0, (words[:, :-1] > 0) & (words[:, 1:] > 0)], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))


@BagOfNgrams.mistake("What is 0 / 0? How small may the number that you divide by become?")
class empty_text_gives_nan(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        buckets = torch.cat([words, 31 * words[:, :-1] + words[:, 1:]], dim=1) % self.num_buckets
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1)
        total = (self.embedding(buckets) * real[:, :, None]).sum(dim=1)
        return self.linear(total / real.sum(dim=1, keepdim=True))


@BagOfNgrams.mistake(
    "`nn.CrossEntropyLoss` takes scores and applies log-softmax itself. How often is it applied with yours?"
)
class softmax_in_the_model(BagOfNgrams.reference):
    def forward(self, words: Tensor) -> Tensor:
        return torch.softmax(super().forward(words), dim=-1)


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
