"""What `load` gives: images, texts, reviews, books and tables with their splits; a corpus and models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from tplib.data.multilingual import SentenceEncoder
from tplib.data.stereotypes import Nouns, Questions, StereoSet
from tplib.data.word_kinds import BiasWords, WordTests, WordVectors


class Images(NamedTuple):
    """Images `x` (N, D) float32 in 0..1, one row per image, and classes `y` (N,) int64."""

    x: np.ndarray
    y: np.ndarray

    def __repr__(self) -> str:
        return f"Images(x: float32 {self.x.shape}, y: int64 {self.y.shape}, {len(np.unique(self.y))} classes)"


class Texts(NamedTuple):
    """Sentences, their mean human `ratings` (N,) float64 in -4..4, and `labels` (N,) int64.

    A label is 1 (positive), 0 (negative) or, for a rating between -0.5 and 0.5, -1 (neither).
    """

    texts: list[str]
    ratings: np.ndarray
    labels: np.ndarray

    def __repr__(self) -> str:
        positive, negative = np.sum(self.labels == 1), np.sum(self.labels == 0)
        return f"Texts({len(self.texts):,} texts, {positive:,} positive, {negative:,} negative)"


class Reviews(NamedTuple):
    """Reviews with `labels` (N,) int64, 1 (positive) or 0 (negative), and the `topics` that they are about."""

    texts: list[str]
    labels: np.ndarray
    topics: list[str]

    def __repr__(self) -> str:
        positive, negative = np.sum(self.labels == 1), np.sum(self.labels == 0)
        return f"Reviews({len(self.texts):,} texts, {positive:,} positive, {negative:,} negative)"


@dataclass(frozen=True)
class ImageSet:
    """A set of images: `all` of them, and the same ones as `train` and `test`, which share none."""

    all: Images
    train: Images
    test: Images

    @property
    def x(self) -> np.ndarray:
        return self.all.x

    @property
    def y(self) -> np.ndarray:
        return self.all.y

    def __iter__(self) -> Iterator[Images]:
        return iter((self.train, self.test))


@dataclass(frozen=True)
class TextSet:
    """Rated sentences: the clear ones in `train` and `test`, those labelled -1 in `unclear`, `all` in file order.

    No text is in two of `train`, `test` and `unclear`, whatever its capitals and spaces.
    """

    all: Texts
    train: Texts
    test: Texts
    unclear: Texts

    @property
    def texts(self) -> list[str]:
        return self.all.texts

    @property
    def ratings(self) -> np.ndarray:
        return self.all.ratings

    @property
    def labels(self) -> np.ndarray:
        return self.all.labels

    def __iter__(self) -> Iterator[Texts]:
        return iter((self.train, self.test))


@dataclass(frozen=True)
class ReviewSet:
    """Reviews: `all` in file order, topic by topic, and the same ones as `train` and `test`, which share none."""

    all: Reviews
    train: Reviews
    test: Reviews

    @property
    def texts(self) -> list[str]:
        return self.all.texts

    @property
    def labels(self) -> np.ndarray:
        return self.all.labels

    @property
    def topics(self) -> list[str]:
        return self.all.topics

    def __iter__(self) -> Iterator[Reviews]:
        return iter((self.train, self.test))


@dataclass(frozen=True)
class Book:
    """A long text, for models that predict the next character: `all` of it, and its parts `train` and `test`."""

    all: str
    train: str
    test: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.train, self.test))

    def __repr__(self) -> str:
        return f"Book({len(self.train):,} characters to train, {len(self.test):,} to test)"


@dataclass(frozen=True)
class Table:
    """Columns by name, arrays (N,) of numbers or of texts: `table["race"]`; `pandas.DataFrame(table.columns)` works."""

    columns: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        """A column; KeyError, with the names that there are, for another name."""
        if name not in self.columns:
            raise KeyError(f"there is no column {name!r}; there are {', '.join(self.columns)}")
        return self.columns[name]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def where(self, rows: np.ndarray) -> Table:
        """The rows of a mask (N,), or of places, as a table."""
        return Table({name: column[rows] for name, column in self.columns.items()})

    def __repr__(self) -> str:
        return f"Table({len(self):,} rows: {', '.join(self.columns)})"


@dataclass(frozen=True)
class TableSet:
    """A table and its fixed parts `train` and `test`."""

    all: Table
    train: Table
    test: Table

    def __iter__(self) -> Iterator[Table]:
        return iter((self.train, self.test))


@dataclass(frozen=True)
class Corpus:
    """Sentences, each a list of words and punctuation signs, in the order of the corpus, and the genre of each."""

    sentences: list[list[str]]
    genres: list[str]

    def __len__(self) -> int:
        return len(self.sentences)

    def __repr__(self) -> str:
        words = sum(map(len, self.sentences))
        return f"Corpus({len(self.sentences):,} sentences, {words:,} words and signs, {len(set(self.genres))} genres)"


@dataclass(frozen=True)
class Model:
    """A pretrained model of the library transformers: the `folder` that its `from_pretrained` reads."""

    folder: Path

    def __fspath__(self) -> str:
        return str(self.folder)


Unsplit: TypeAlias = (
    BiasWords | Corpus | Model | Nouns | Questions | SentenceEncoder | StereoSet | Table | WordTests | WordVectors
)
AnySet: TypeAlias = ImageSet | TextSet | ReviewSet | Book | TableSet | Unsplit
