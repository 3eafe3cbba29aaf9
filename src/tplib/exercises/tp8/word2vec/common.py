"""What the exercises of 1_word2vec share: their notebook, the calls that give them away, and sentences to draw from."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

Array = np.ndarray
Word = str | int
Sentences = list[list[Any]]  # lists of words

LIBRARY = (
    "tplib.nn.Word2Vec",
    "tplib.nn.SkipGram",
    "tplib.nn.CBOW",
    "tplib.nn.functional.sgns_loss",
    "tplib.nn.embedding.skipgram.skip_gram_pairs",
    "tplib.nn.embedding.skipgram.context_windows",
    "tplib.nn.losses.negative_sampling.sgns_loss",
    "tplib.nn.losses.negative_sampling.NoiseSampler",
    "tensorflow.keras.preprocessing.sequence.skipgrams",
    "keras.preprocessing.sequence.skipgrams",
)

AUTOGRAD = (
    "torch.autograd.grad",
    "torch.autograd.backward",
    "torch.autograd.functional.jacobian",
    "torch.Tensor.backward",
    "torch.func.grad",
    "tplib.nn.Tensor.backward",
)

exercise = exercises_of("TP8-HFTrain", "1_word2vec", forbidden=LIBRARY)

WORDS = ("the", "cat", "saw", "a", "dog")


def sentence(draw: Draw, low: int, high: int, words: Sequence[Word] = WORDS) -> list[Any]:
    """A list of low to high words, which often repeat."""
    return [words[i] for i in draw.integers(0, len(words), draw.size(low, high))]


SIZES = (  # B, K, D: all equal, where no shape can complain; all different; one pair, negative, dimension
    (3, 3, 3),
    (2, 4, 3),
    (4, 2, 5),
    (1, 3, 2),
    (2, 1, 3),
    (3, 2, 1),
)


def vectors(draw: Draw, sizes: tuple[int, int, int] | None = None, reach: float = 1.5) -> Arguments:
    """Centres (B, D), contexts (B, D) and negatives (B, K, D), with numbers from -reach to reach."""
    B, K, D = sizes or (draw.size(1, 4), draw.size(1, 4), draw.size(1, 4))
    return tuple(draw.array(*shape, low=-reach, high=reach) for shape in ((B, D), (B, D), (B, K, D)))


def scores(centers: Array, contexts: Array, negatives: Array) -> tuple[Array, Array]:
    """Scores (B,) of the true words and (B, K) of the negative ones."""
    return np.einsum("bd,bd->b", centers, contexts), np.einsum("bd,bkd->bk", centers, negatives)


def sigmoid(z: Array) -> Array:
    """The sigmoid that the notebook gives."""
    return (1 + np.tanh(z / 2)) / 2
