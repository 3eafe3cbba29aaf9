"""TextCNN: filters over the words of a text, the strongest answer of each, a linear layer."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.exercises.tp7.convolution import observers
from tplib.exercises.tp7.convolution.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray


def _layers(array: Callable[..., Array], sizes: tuple[int, int, int, list[int], int]) -> list[dict[str, Array]]:
    """Embedding, one convolution for each kernel size, linear layer; word 0 is padding."""
    V, D, filters, kernel_sizes, K = sizes
    table = array(V, D)
    table[0] = 0
    convolutions = [{"weight": array(filters, D, k), "bias": array(filters)} for k in kernel_sizes]
    return [{"weight": table}, *convolutions, {"weight": array(K, filters * len(kernel_sizes)), "bias": array(K)}]


def _sized(draw: Draw, sizes: tuple[int, int, int, list[int], int], B: int, T: int, *look: str) -> Arguments:
    array = partial(draw.array, low=-1.0, high=1.0)
    return sizes, _layers(array, sizes), draw.integers(1, sizes[0], B, T), *look


def _draw(draw: Draw) -> Arguments:
    kernel_sizes = draw.choice(([2, 3], [2], [1, 3], [3, 2, 4]))
    sizes = 5 + draw.size(0, 4), draw.size(2, 4), draw.size(2, 3), kernel_sizes, draw.size(2, 3)
    B, T = draw.size(1, 3), max(kernel_sizes) + draw.size(0, 4)
    return _padded(_sized(draw, sizes, B, T), draw)


def _padded(case: Arguments, draw: Draw) -> Arguments:
    """Some texts end early: word 0 stands behind them."""
    words = case[2].copy()
    for row in words:
        row[draw.size(1, len(row)) :] = 0
    return *case[:2], words, *case[3:]


def _square(draw: Draw, *look: str) -> Arguments:
    """As many words as numbers in an embedding: exchanged axes raise no error."""
    return _sized(draw, (9, 4, 3, [2, 3], 2), 3, 4, *look)


def _short(draw: Draw, length: int) -> Arguments:
    return _sized(draw, (8, 3, 2, [2, 4], 3), 2, length)


def _falling(draw: Draw, length: int) -> Arguments:
    """The longest kernel first: neither the order of the features nor the filling hangs on rising sizes."""
    return _sized(draw, (9, 3, 2, [4, 1, 3], 2), 2, length)


def _long(draw: Draw) -> Arguments:
    return _sized(draw, (12, 3, 3, [1, 2, 3], 2), 4, 9)


def _quiet(draw: Draw) -> Arguments:
    """Biases far below 0: no filter answers, and only ReLU makes a 0 of it."""
    sizes, layers, words = _sized(draw, (8, 3, 2, [2, 3], 2), 3, 6)
    for layer in layers[1:-1]:
        layer["bias"] -= 9.0
    return sizes, layers, words


@exercise(
    points=4,
    lecture="003, CNN architectures; Parameter sharing for sequential data",
    concepts=(33,),
    inputs=("sizes", "layers", "words"),
    draw=_draw,
    draws=3,
    rtol=1e-4,
    atol=1e-4,
    edges=(
        Drawn(_square),
        Drawn(_long),
        Drawn(_quiet),
        Drawn(partial(_falling, length=6)),
        Drawn(partial(_sized, sizes=(7, 2, 3, [3], 3), B=1, T=3)),
        Drawn(partial(_short, length=1), "short"),
        Drawn(partial(_short, length=3), "short"),
        Drawn(partial(_falling, length=3), "short"),
        Drawn(lambda draw: _padded(_square(draw, "gradients"), draw), "gradients"),
        Drawn(lambda draw: _square(draw, "padding"), "padding"),
        Drawn(lambda draw: (*_short(draw, 5), "words"), "words"),
    ),
    aspects={
        "short": "Right for texts as long as the longest kernel. Shorter ones are to be filled up with word 0.",
        "gradients": "Right scores, but not every parameter gets its gradient, or word 0, which is padding, gets one.",
        "padding": "Right scores, but the embedding of word 0, the padding, does not start at 0.",
        "words": "Right scores, but your code changes the words that it is given.",
    },
    observe=observers.text_cnn,
)
class TextCNN(nn.Module):
    """e = embedding(words); for each kernel size: f = relu(conv(e)), then its largest over time; all joined; linear.

    shapes: words (B, T) -> e (B, T, D) -> transposed (B, D, T) -> f (B, F, T - k + 1) -> largest (B, F)
    -> joined (B, F * n) -> scores (B, K).
    worked: TextCNN(1000, 32, 16, [2, 3], 2) on 20 words: maps (B, 16, 19) and (B, 16, 18), joined (B, 32).
    """

    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__()
        self.longest = max(kernel_sizes)
        self.embedding = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convolutions = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes)
        self.linear = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def embedded(self, words: Tensor) -> Tensor:
        missing = self.longest - words.shape[1]
        return self.embedding(F.pad(words, (0, missing)) if missing > 0 else words)  # (B, T, D)

    def forward(self, words: Tensor) -> Tensor:
        e = self.embedded(words).transpose(1, 2)  # (B, D, T)
        strongest = [torch.relu(convolution(e)).max(dim=2).values for convolution in self.convolutions]
        return self.linear(torch.cat(strongest, dim=1))


@TextCNN.alternative
class TextCNNInSequence(nn.Module):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__()
        self.output = nn.Linear(len(kernel_sizes) * num_filters, num_classes)
        self.words = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.branches = nn.ModuleList()
        for k in kernel_sizes:
            self.branches.append(
                nn.Sequential(
                    nn.Conv1d(embedding_dim, num_filters, k), nn.ReLU(), nn.AdaptiveMaxPool1d(1), nn.Flatten()
                )
            )
        self.kernel_sizes = list(kernel_sizes)

    def forward(self, words: Tensor) -> Tensor:
        while words.size(1) < max(self.kernel_sizes):
            words = torch.cat([words, words.new_zeros(len(words), 1)], dim=1)
        x = self.words(words).permute(0, 2, 1)
        return self.output(torch.cat([branch(x) for branch in self.branches], 1))


@TextCNN.alternative
class TextCNNByName(nn.Module):
    def __init__(
        self, num_words: int, embedding_dim: int, num_filters: int, kernel_sizes: Sequence[int], num_classes: int
    ) -> None:
        super().__init__()
        self.sizes = kernel_sizes
        self.table = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        for i, k in reversed(list(enumerate(kernel_sizes))):
            self.add_module(f"conv{i}", nn.Conv1d(embedding_dim, num_filters, kernel_size=k))
        self.fc = nn.Linear(num_filters * len(kernel_sizes), num_classes)

    def forward(self, words: Tensor) -> Tensor:
        B, T = words.shape
        wide = torch.zeros(B, max(T, *self.sizes, 0), dtype=words.dtype)
        wide[:, :T] = words
        e = torch.einsum("btd->bdt", self.table(wide))
        maxima = []
        for i in range(len(self.sizes)):
            z = self._modules[f"conv{i}"](e)
            maxima.append(F.relu(F.max_pool1d(z, z.shape[2]).squeeze(2)))
        return self.fc(torch.hstack(maxima))
