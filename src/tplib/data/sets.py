"""The data sets as arrays and strings, each with its fixed split: `load("digits").train.x`."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, overload

import numpy as np

from tplib.data.cache import path, verify
from tplib.data.registry import info
from tplib.errors import TplibError

NEUTRAL = 0.5  # ratings nearer to 0 than this are neither positive nor negative


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


AnySet: TypeAlias = ImageSet | TextSet | ReviewSet | WordVectors | Book
ImageName = Literal["digits", "mnist-5k", "mnist"]


@overload
def load(name: ImageName, split: None = None) -> ImageSet: ...
@overload
def load(name: ImageName, split: str) -> Images: ...
@overload
def load(name: Literal["snippets"], split: None = None) -> TextSet: ...
@overload
def load(name: Literal["snippets"], split: str) -> Texts: ...
@overload
def load(name: Literal["avis-fr"], split: None = None) -> ReviewSet: ...
@overload
def load(name: Literal["avis-fr"], split: str) -> Reviews: ...
@overload
def load(name: Literal["word2vec"], split: None = None) -> WordVectors: ...
@overload
def load(name: Literal["shakespeare"], split: None = None) -> Book: ...
@overload
def load(name: Literal["shakespeare"], split: str) -> str: ...
@overload
def load(name: str, split: str | None = None) -> AnySet | Images | Texts | Reviews | str: ...
def load(name: str, split: str | None = None) -> AnySet | Images | Texts | Reviews | str:
    """A data set from the cache, or one split of it ("train", "test", "all"); never touches the network.

    `train, test = load("digits")` and `x, y = load("digits", "train")` both work. Raises TplibError for an unknown
    name or split, and for a set that is not in the cache: the message says which command pulls it.
    """
    info(name)
    folder = path(name)
    try:
        loaded = _LOADERS[name](folder)
    except Exception:
        if faults := verify(name):
            raise TplibError(faults[0]) from None
        raise
    if split is None:
        return loaded
    if isinstance(loaded, WordVectors):
        raise TplibError(f"The data set {name!r} has no splits: it is used as a whole, as load({name!r}) gives it.")
    parts = vars(loaded)
    if split not in parts:
        raise TplibError(f"The data set {name!r} has no split {split!r}; it has {', '.join(map(repr, parts))}.")
    part: Images | Texts | Reviews | str = parts[split]
    return part


def _digits(folder: Path) -> ImageSet:
    with np.load(folder / "digits.npz", allow_pickle=False) as stored:
        return _stratified(stored["x"], stored["y"], scale=16)


def _mnist_5k(folder: Path) -> ImageSet:
    text = gzip.decompress((folder / "mnist_5k.csv.gz").read_bytes()).replace(b"\n", b",").rstrip(b",")
    table = np.fromstring(text.decode("ascii"), dtype=np.int64, sep=",").reshape(-1, 785)
    return _stratified(table[:, :-1].astype(np.uint8), table[:, -1], scale=255)


def _mnist(folder: Path) -> ImageSet:
    images = [_idx(folder / f"{part}-images-idx3-ubyte", 16).reshape(-1, 784) for part in ("train", "t10k")]
    y = np.concatenate([_idx(folder / f"{part}-labels-idx1-ubyte", 8) for part in ("train", "t10k")]).astype(np.int64)
    x = np.concatenate(images).astype(np.float32)
    x /= 255
    n = len(images[0])
    return ImageSet(Images(x, y), Images(x[:n], y[:n]), Images(x[n:], y[n:]))


def _idx(file: Path, header: int) -> np.ndarray:
    return np.fromfile(file, dtype=np.uint8, offset=header)


def _stratified(pixels: np.ndarray, classes: np.ndarray, scale: int, share: float = 0.2) -> ImageSet:
    """A fifth of each class to test: the images whose bytes have the lowest CRC-32, which no generator can change."""
    code = np.array([zlib.crc32(row) for row in np.ascontiguousarray(pixels)])
    x, y = pixels.astype(np.float32) / scale, classes.astype(np.int64)
    test = np.zeros(len(y), dtype=bool)
    for k in np.unique(y):
        members = np.flatnonzero(y == k)
        test[members[np.argsort(code[members], kind="stable")[: round(share * len(members))]]] = True
    return ImageSet(Images(x, y), Images(x[~test], y[~test]), Images(x[test], y[test]))


def _snippets(folder: Path) -> TextSet:
    lines = (folder / "movieReviewSnippets_GroundTruth.txt").read_bytes().decode("utf-8").split("\r\n")
    rows = [line.split("\t") for line in lines]
    texts = [row[2].strip() for row in rows]
    ratings = np.array([float(row[1]) for row in rows])
    labels = np.where(np.abs(ratings) < NEUTRAL, -1, ratings > 0).astype(np.int64)
    # the split follows the text alone, so that a text published twice lies in one split
    code = np.array([zlib.crc32(_plain(text).encode()) for text in texts])
    clear, test = labels >= 0, code % 5 == 0

    def part(mask: np.ndarray) -> Texts:
        return Texts([texts[i] for i in np.flatnonzero(mask)], ratings[mask], labels[mask])

    return TextSet(Texts(texts, ratings, labels), part(clear & ~test), part(clear & test), part(~clear))


def _plain(text: str) -> str:
    folded = text.casefold()
    return " ".join(folded.split()) if "  " in folded else folded


def _avis_fr(folder: Path, share: float = 0.2) -> ReviewSet:
    with (folder / "avis-fr.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    labels = np.array([int(row["label"]) for row in rows], dtype=np.int64)
    code = np.array([zlib.crc32(row["text"].encode()) for row in rows])
    test = np.zeros(len(rows), dtype=bool)
    for k in (0, 1):
        members = np.flatnonzero(labels == k)
        test[members[np.argsort(code[members])[: round(share * len(members))]]] = True

    def part(mask: np.ndarray) -> Reviews:
        chosen = [rows[i] for i in np.flatnonzero(mask)]
        return Reviews([row["text"] for row in chosen], labels[mask], [row["topic"] for row in chosen])

    return ReviewSet(part(np.ones_like(test)), part(~test), part(test))


def _word2vec(folder: Path) -> WordVectors:
    """word2vec's binary format: a line with V and E, then for each word its name, a space and E float32."""
    raw = (folder / "GoogleNews-vectors-negative300-bolukbasi.bin").read_bytes()
    V, E = map(int, raw[: raw.index(b"\n")].split())
    at = raw.index(b"\n") + 1
    words, vectors = [], np.empty((V, E), dtype=np.float32)
    for i in range(V):
        space = raw.index(b" ", at)
        words.append(raw[at:space].decode("utf-8"))
        vectors[i] = np.frombuffer(raw, dtype="<f4", count=E, offset=space + 1)
        at = space + 1 + 4 * E
    return WordVectors(words, vectors)


def _shakespeare(folder: Path) -> Book:
    """The plays one after the other, without spaces at the ends of lines; the last one is the test."""
    plays = []
    for file in info("shakespeare").files:
        lines = (folder / file.name).read_bytes().decode("ascii").splitlines()
        plays.append("\n".join(line.rstrip() for line in lines).strip() + "\n\n\n")
    return Book("".join(plays), "".join(plays[:-1]), plays[-1])


_LOADERS: dict[str, Callable[[Path], AnySet]] = {
    "digits": _digits,
    "snippets": _snippets,
    "mnist-5k": _mnist_5k,
    "mnist": _mnist,
    "avis-fr": _avis_fr,
    "word2vec": _word2vec,
    "shakespeare": _shakespeare,
}
