"""The exercise Seq2Seq of TP8-HFTrain/2_attention: an encoder, a decoder, and attention between them."""

import math
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tplib.exercises.tp8.attention import observers
from tplib.exercises.tp8.attention.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _case(
    draw: Draw, lengths: list[int] | None = None, T: int = 0, attention: bool | None = True, wider: int = 0
) -> Arguments:
    """Sources whose padding is any character: it is the lengths that tell what counts."""
    V, W, H = draw.choice([5, 7]), draw.choice([4, 8]), draw.size(2, 4)
    E = draw.choice([e for e in (1, 3, 5) if e != H])  # so that no two parameters that differ share a shape
    shapes = observers.shapes_of(V, W, E, H, attention is not False)
    parameters = {name: _numbers(draw, shape) for name, shape in shapes.items()}
    lengths = lengths or [draw.size(1, 5) for _ in range(draw.choice([2, 1, 3]))]
    B, S, T = len(lengths), max(lengths) + wider, T or draw.size(1, 4)
    source, target = draw.integers(0, V, B, S), draw.integers(0, W, B, T)
    source[:, 0] = draw.integers(1, V, B)  # a reader for whom number 0 is padding finds something in each
    return (V, W, E, H), attention, parameters, source, np.array(lengths), target


def _numbers(draw: Draw, shape: tuple[int, ...]) -> np.ndarray:
    """Positive and negative, none near 0: the least inputs, too, are such that mistakes show."""
    return draw.array(*shape, low=0.25, high=1.5) * (1 - 2 * draw.integers(0, 2, *shape))


def _usual(draw: Draw) -> Arguments:
    return _case(draw, attention=draw.choice([True, False]))


def _edge(lengths: list[int], T: int, attention: bool | None, *aspect: str) -> Drawn:
    return Drawn(partial(_case, lengths=lengths, T=T, attention=attention), *aspect)


def _looking(look: str, attention: bool) -> Drawn:
    """A drawn case of which `look` is reported, as an aspect of that name."""

    def case(draw: Draw) -> Arguments:
        arguments = _case(draw, [2, 4, 3], 3, attention)
        arguments[3][0, 1] = arguments[5][0, 0] = 0  # number 0 is a character like any other
        return *arguments, look

    return Drawn(case, look)


@exercise(
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    points=4,
    lecture="003, Encoder - Decoder network; Take home message (attention mechanism)",
    concepts=(43,),
    inputs=("sizes", "attention", "parameters", "source", "lengths", "target"),
    signature="Seq2Seq(num_source, num_target, embedding_dim, hidden_size, attention=True)",
    draw=_usual,
    edges=(
        _edge([2, 5, 3], 4, True),
        _edge([2, 5, 3], 4, False),
        _edge([4, 4], 3, True),
        _edge([3, 1, 4], 1, True),
        _edge([1], 3, True),
        _edge([5], 2, False),
        _edge([3, 2, 4, 1], 4, True),
        Drawn(partial(_case, lengths=[2, 3], T=2, wider=2), "wide"),
        _edge([3, 5], 3, None, "defaults"),
        _looking("gradients", True),
        _looking("gradients", False),
        _looking("input", True),
    ),
    aspects={
        "wide": "Right where the longest source fills the batch. Where all are shorter, there are still S weights.",
        "defaults": "Right where `attention` is given. Without it, there is attention.",
        "gradients": "Right scores, but they do not give every parameter its gradient: not all of it can learn.",
        "input": "Right scores, but your code changes the numbers that it is given. Work on a copy.",
    },
    observe=observers.seq2seq,
)
class Seq2Seq(nn.Module):
    """h = the decoder's states, from the encoder's last state; weights = softmax over the real characters of
    h K^T / sqrt(H), K the encoder's states; scores = Linear([h, weights K]), or Linear(h) without attention

    shapes: K (B, S, H), h (B, T, H), weights (B, T, S), weights @ K (B, T, H), both side by side (B, T, 2 H)
    worked: lengths [2, 3], S = 3: weights[0, :, 2] is 0; the first decoder starts from the state after character 2 of 3
    """

    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__()
        self.attention = attention
        self.source_embedding = nn.Embedding(num_source, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.target_embedding = nn.Embedding(num_target, embedding_dim)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(2 * hidden_size if attention else hidden_size, num_target)

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> tuple[Tensor, Tensor | None]:
        packed = pack_padded_sequence(self.source_embedding(source), lengths, batch_first=True, enforce_sorted=False)
        outputs, state = self.encoder(packed)
        h, _ = self.decoder(self.target_embedding(target), state)
        if not self.attention:
            return self.linear(h), None
        K, _ = pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])
        scores = h @ K.transpose(1, 2) / math.sqrt(K.shape[2])  # (B, T, S)
        padding = torch.arange(source.shape[1]) >= lengths[:, None]  # (B, S)
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.linear(torch.cat([h, weights @ K], dim=-1)), weights


@Seq2Seq.alternative
class OneStepAfterTheOther(nn.Module):
    """Cells, and attention at each step of the decoder."""

    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__()
        self.out = nn.Linear(hidden_size * (1 + attention), num_target)
        self.write, self.read = nn.GRUCell(embedding_dim, hidden_size), nn.GRUCell(embedding_dim, hidden_size)
        self.words, self.chars = nn.Embedding(num_source, embedding_dim), nn.Embedding(num_target, embedding_dim)
        self.looks = attention

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        h = torch.zeros(len(source), self.read.hidden_size)
        states = []
        for t in range(source.shape[1]):
            new = self.read(self.words(source[:, t]), h)
            h = torch.where((t < lengths)[:, None], new, h)
            states.append(h)
        K = torch.stack(states, dim=1)
        rows, maps = [], []
        real = torch.arange(source.shape[1])[None] < lengths[:, None]
        for t in range(target.shape[1]):
            h = self.write(self.chars(target[:, t]), h)
            if not self.looks:
                rows.append(self.out(h))
                continue
            z = (K * h[:, None]).sum(-1) / K.shape[-1] ** 0.5
            a = torch.exp(z - z.max()) * real
            a = a / a.sum(1, keepdim=True)
            rows.append(self.out(torch.cat([h, (a[..., None] * K).sum(1)], 1)))
            maps.append(a)
        return torch.stack(rows, 1), torch.stack(maps, 1) if self.looks else None


@Seq2Seq.alternative
class PickedFromThePadding(nn.Module):
    """The encoder reads on over the padding, but only real places are used."""

    def __init__(
        self, num_source: int, num_target: int, embedding_dim: int, hidden_size: int, attention: bool = True
    ) -> None:
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(n, embedding_dim) for n in (num_source, num_target)])
        self.layers = nn.ModuleList([nn.GRU(embedding_dim, hidden_size) for _ in range(2)])
        self.linear = nn.Linear(2 * hidden_size, num_target) if attention else nn.Linear(hidden_size, num_target)
        self.attention = attention

    def forward(self, source: Tensor, lengths: Tensor, target: Tensor) -> Any:
        outputs, _ = self.layers[0](self.tables[0](source.T))  # (S, B, H)
        last = outputs[lengths - 1, torch.arange(len(lengths))]
        h, _ = self.layers[1](self.tables[1](target.T), last[None])  # (T, B, H)
        if not self.attention:
            return self.linear(h).transpose(0, 1), None
        bias = torch.zeros(source.shape)
        bias[torch.arange(source.shape[1])[None] >= lengths[:, None]] = -1e9
        scores = torch.einsum("tbh,sbh->bts", h, outputs) / math.sqrt(h.shape[-1])
        weights = torch.softmax(scores + bias[:, None], -1)
        context = torch.einsum("bts,sbh->bth", weights, outputs)
        return self.linear(torch.cat((h.transpose(0, 1), context), -1)), weights
