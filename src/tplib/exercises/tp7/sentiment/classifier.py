"""The exercise LSTMClassifier of TP7-LSTM/3_sentiment: embeddings, an LSTM over packed texts, a linear layer."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence, unpack_sequence

from tplib.exercises.tp7.sentiment import observers
from tplib.exercises.tp7.sentiment.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _with(lengths: list[int]) -> Drawn:
    return Drawn(lambda draw: observers.classifier_case(draw, lengths))


def _looking(look: str) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""
    return Drawn(lambda draw: (*observers.classifier_case(draw, [2, 5, 3]), look), look)


def _learning(draw: Draw) -> Arguments:
    return *_every_word(draw), "gradients"


def _every_word(draw: Draw) -> Arguments:
    """All word numbers, 0 included, in texts of rising lengths."""
    *first, _ = observers.classifier_case(draw, [1])
    V = first[0]
    return *first, [[0], [V - 1, 0], list(range(V))]


@exercise(
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    points=4,
    lecture="003, Embedding of words; Memory cell",
    concepts=(39,),
    inputs=("num_words", "embedding_dim", "hidden_size", "num_classes", "parameters", "texts"),
    draw=observers.classifier_case,
    edges=(
        _with([2, 5, 3, 4]),
        _with([4, 4, 4]),
        _with([1, 3]),
        _with([1]),
        _with([6]),
        Drawn(_every_word),
        Drawn(_learning, "gradients"),
        _looking("input"),
    ),
    aspects={
        "gradients": "Right scores, but they do not give every parameter its gradient: the network cannot learn.",
        "input": "Right scores, but your code changes the words that it is given. Work on a copy.",
    },
    observe=observers.classifier,
)
class LSTMClassifier(nn.Module):
    """scores = h_T W^T + b, where h_T is the hidden state of the LSTM after the last word of each text.

    shapes: packed.data (N,) -> embedded (N, E) -> h_n (1, B, H) -> h_n[-1] (B, H) -> scores (B, K); N is the number of
    words of all texts.
    worked: texts of 2 and 3 words: N = 5 embeddings, two states h, two rows of scores, the first for the first text.
    """

    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed: PackedSequence) -> Tensor:
        embedded = packed._replace(data=self.embedding(packed.data))
        _, (h, _) = self.lstm(embedded)
        return self.linear(h[-1])


@LSTMClassifier.alternative
class LastRealOutput(LSTMClassifier.reference):
    """Pads again, embeds, and picks the output at the last real word."""

    def forward(self, packed: PackedSequence) -> Tensor:
        words, lengths = pad_packed_sequence(packed, batch_first=True)
        outputs, _ = self.lstm(self.embedding(words).transpose(0, 1))  # (T, B, H)
        return self.linear(outputs[lengths - 1, torch.arange(len(lengths))])


@LSTMClassifier.alternative
class TextByText(nn.Module):
    def __init__(self, num_words: int, embedding_dim: int, hidden_size: int, num_classes: int) -> None:
        super().__init__()
        self.head = nn.Linear(hidden_size, num_classes)
        self.words = nn.Embedding(num_words, embedding_dim)
        self.cell = nn.LSTMCell(embedding_dim, hidden_size)

    def forward(self, packed: PackedSequence) -> Tensor:
        rows = []
        for text in unpack_sequence(packed):
            state: Any = None
            for vector in self.words(text):
                state = self.cell(vector[None], state)
            rows.append(self.head(state[0])[0])
        return torch.stack(rows)


@LSTMClassifier.alternative
class Rebuilt(LSTMClassifier.reference):
    def forward(self, packed: PackedSequence) -> Tensor:
        vectors = PackedSequence(
            self.embedding(packed.data), packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices
        )
        outputs, lengths = pad_packed_sequence(self.lstm(vectors)[0], batch_first=True)
        at = (lengths - 1)[:, None, None].expand(-1, 1, outputs.shape[2])
        return self.linear(outputs.gather(1, at).squeeze(1))
