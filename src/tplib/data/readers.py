"""The files of each data set, read from its folder into arrays and strings; the splits are made here."""

from __future__ import annotations

import csv
import gzip
import tarfile
import zlib
from pathlib import Path

import numpy as np

from tplib.data.kinds import Book, Corpus, Images, ImageSet, Model, Reviews, ReviewSet, Table, TableSet, Texts, TextSet
from tplib.data.multilingual import SentenceEncoder
from tplib.data.registry import info
from tplib.data.word_kinds import RatedPairs, WordTests, WordVectors

NEUTRAL = 0.5  # ratings nearer to 0 than this are neither positive nor negative


def digits(folder: Path) -> ImageSet:
    with np.load(folder / "digits.npz", allow_pickle=False) as stored:
        return _stratified(stored["x"], stored["y"], scale=16)


def mnist_5k(folder: Path) -> ImageSet:
    text = gzip.decompress((folder / "mnist_5k.csv.gz").read_bytes()).replace(b"\n", b",").rstrip(b",")
    table = np.fromstring(text.decode("ascii"), dtype=np.int64, sep=",").reshape(-1, 785)
    return _stratified(table[:, :-1].astype(np.uint8), table[:, -1], scale=255)


def mnist(folder: Path) -> ImageSet:
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


def snippets(folder: Path) -> TextSet:
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


def avis_fr(folder: Path, share: float = 0.2) -> ReviewSet:
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


def word2vec(folder: Path) -> WordVectors:
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


def shakespeare(folder: Path) -> Book:
    """The plays one after the other, without spaces at the ends of lines; the last one is the test."""
    plays = []
    for file in info("shakespeare").files:
        lines = (folder / file.name).read_bytes().decode("ascii").splitlines()
        plays.append("\n".join(line.rstrip() for line in lines).strip() + "\n\n\n")
    return Book("".join(plays), "".join(plays[:-1]), plays[-1])


COMPAS_COLUMNS = {
    "sex": str,
    "age": np.int64,
    "race": str,
    "priors_count": np.int64,
    "c_charge_degree": str,
    "decile_score": np.int64,
    "two_year_recid": np.int64,
}


def compas(folder: Path) -> Table:
    """What a course needs of the file: no names, no dates."""
    with (folder / "compas-scores-two-years.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    # two titles stand twice (the second time for the scores of violence); the first is the one that is meant
    return Table(
        {
            name: np.array([row[header.index(name)] for row in rows]).astype(kind)
            for name, kind in COMPAS_COLUMNS.items()
        }
    )


ADULT_COLUMNS = (
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship"),
    *("race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "income"),
)
ADULT_NUMBERS = {"age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"}


def adult(folder: Path) -> TableSet:
    """UCI's own split; `income` is 1 above 50,000 dollars, else 0; "?" stays what it is, a missing answer."""

    def part(name: str) -> Table:
        lines = (folder / name).read_text(encoding="ascii").splitlines()
        rows = [line.rstrip(".").split(", ") for line in lines if line.count(",") == len(ADULT_COLUMNS) - 1]
        columns: dict[str, np.ndarray] = {}
        for i, column in enumerate(ADULT_COLUMNS):
            values = np.array([row[i] for row in rows])
            columns[column] = values.astype(np.int64) if column in ADULT_NUMBERS else values
        columns["income"] = (columns["income"] == ">50K").astype(np.int64)
        return Table(columns)

    train, test = part("adult.data"), part("adult.test")
    both = {name: np.concatenate([train[name], test[name]]) for name in ADULT_COLUMNS}
    return TableSet(Table(both), train, test)


GENRES = {
    "a": "press: reportage",
    "b": "press: editorial",
    "c": "press: reviews",
    "d": "religion",
    "e": "skills and hobbies",
    "f": "popular lore",
    "g": "belles lettres",
    "h": "government",
    "j": "learned",
    "k": "general fiction",
    "l": "mystery",
    "m": "science fiction",
    "n": "adventure",
    "p": "romance",
    "r": "humor",
}


def brown(folder: Path) -> Corpus:
    """A file for each text, named by its genre ("ca01"); each line a sentence of words with their tags: "jury/nn"."""
    sentences, genres = [], []
    with tarfile.open(folder / info("brown").files[0].name) as archive:
        texts = {Path(member.name).name: member for member in archive.getmembers() if member.isfile()}
        for name in sorted(name for name in texts if len(name) == 4 and name[0] == "c" and name[2:].isdigit()):
            stream = archive.extractfile(texts[name])
            assert stream is not None
            lines = stream.read().decode("ascii").splitlines()
            found = [[token.rpartition("/")[0] for token in line.split()] for line in lines if line.strip()]
            sentences += found
            genres += [GENRES[name[1]]] * len(found)
    return Corpus(sentences, genres)


def word_tests(folder: Path) -> WordTests:
    analogies: dict[str, list[tuple[str, str, str, str]]] = {}
    kind = ""
    for line in (folder / "questions-words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(":"):
            kind = line.removeprefix(":").strip()
            analogies[kind] = []
        elif line.strip():
            a, b, c, d = line.split()
            analogies[kind].append((a, b, c, d))
    return WordTests(analogies, _rated(folder / "wordsim353.tsv"), _rated(folder / "simlex999.txt"))


def _rated(file: Path) -> RatedPairs:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    rows = [line.split("\t")[:3] for line in lines]
    return RatedPairs([(a, b) for a, b, _ in rows], np.array([float(rating) for _, _, rating in rows]))


def model(folder: Path) -> Model:
    return Model(folder)


def use_multilingual(folder: Path) -> SentenceEncoder:
    return SentenceEncoder.read(folder)
