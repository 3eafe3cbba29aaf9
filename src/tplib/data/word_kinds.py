"""What `load` gives for words: vectors, what they are tried on, and the lists of measures of bias."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np


@dataclass(frozen=True)
class WordVectors:
    """Word vectors that others have trained: `vectors` (V, E) float32, row i for `words[i]`."""

    words: list[str]
    vectors: np.ndarray

    @cached_property
    def index(self) -> dict[str, int]:
        """The row of each word."""
        return {word: i for i, word in enumerate(self.words)}

    def __contains__(self, word: object) -> bool:
        return word in self.index

    def __getitem__(self, word: str) -> np.ndarray:
        """The vector (E,) of a word; KeyError if it has none."""
        row: np.ndarray = self.vectors[self.index[word]]
        return row

    def __len__(self) -> int:
        return len(self.words)

    def __repr__(self) -> str:
        return f"WordVectors({len(self.words):,} words, vectors: float32 {self.vectors.shape})"


class RatedPairs(NamedTuple):
    """Pairs of words, and how near to each other people find them: `ratings` (N,) float64 in 0..10."""

    pairs: list[tuple[str, str]]
    ratings: np.ndarray

    def __repr__(self) -> str:
        return f"RatedPairs({len(self.pairs):,} pairs)"


@dataclass(frozen=True)
class WordTests:
    """What word vectors are tried on.

    analogies  by kind, questions (a, b, c, d): a is to b as c is to d
    related    pairs rated by how related they are (WordSim-353)
    similar    pairs rated by how similar they are, relatedness apart (SimLex-999)
    """

    analogies: dict[str, list[tuple[str, str, str, str]]]
    related: RatedPairs
    similar: RatedPairs

    def __repr__(self) -> str:
        questions = sum(map(len, self.analogies.values()))
        return f"WordTests({questions:,} analogies of {len(self.analogies)} kinds, {self.related}, {self.similar})"


@dataclass(frozen=True)
class AssociationTest:
    """Two lists of target words, `x` and `y`, and two of attributes, `a` and `b`, each list with its name in `names`.

    published: the effect size of the paper's column for word2vec, nan if there is none
    """

    number: int
    names: tuple[str, str, str, str]
    x: tuple[str, ...]
    y: tuple[str, ...]
    a: tuple[str, ...]
    b: tuple[str, ...]
    published: float

    def __repr__(self) -> str:
        x, y, a, b = self.names
        return f"AssociationTest({self.number}: {x} and {y}, {a} and {b})"


@dataclass(frozen=True)
class BiasWords:
    """The word lists of published measures of bias in word vectors.

    tests: WEAT 1 to 10. pairs: (female, male) words that define a direction. equalize: pairs to be made equal.
    professions: word -> how female (-1) or male (1) it is by definition, and by stereotype. specific: words that speak
    of gender by definition. women: occupation -> percentage of women among those who have it. similar: (word, word,
    mean judgement of people from 0 to 10).
    """

    tests: tuple[AssociationTest, ...]
    pairs: tuple[tuple[str, str], ...]
    equalize: tuple[tuple[str, str], ...]
    professions: dict[str, tuple[float, float]]
    specific: tuple[str, ...]
    women: dict[str, float]
    similar: tuple[tuple[str, str, float], ...]

    def __repr__(self) -> str:
        return f"BiasWords({len(self.tests)} tests, {len(self.pairs)} pairs, {len(self.professions)} professions)"
