"""What the exercises of 1_word2vec share: their notebook, the calls that give them away, and sentences to draw from."""

from collections.abc import Sequence
from typing import Any

from tplib.graders.draw import Draw
from tplib.graders.exercise import exercises_of

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

exercise = exercises_of("TP8-HFTrain", "1_word2vec", forbidden=LIBRARY)

WORDS = ("the", "cat", "saw", "a", "dog")


def sentence(draw: Draw, low: int, high: int, words: Sequence[Word] = WORDS) -> list[Any]:
    """A list of low to high words, which often repeat."""
    return [words[i] for i in draw.integers(0, len(words), draw.size(low, high))]
