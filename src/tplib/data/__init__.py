"""Data sets that work offline once pulled: `load("digits").train.x`, `load("snippets").test.texts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tplib.data.cache import cache_folder, is_cached, path, verify
from tplib.data.kinds import Book, Corpus, Images, ImageSet, Model, Reviews, ReviewSet, Table, TableSet, Texts, TextSet
from tplib.data.multilingual import SentenceEncoder
from tplib.data.registry import info, names
from tplib.data.sets import load
from tplib.data.sources import DataSet
from tplib.data.stereotypes import Nouns, Question, Questions, StereoSet, Triple
from tplib.data.word_kinds import RatedPairs, WordTests, WordVectors

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Book",
    "Corpus",
    "DataSet",
    "ImageSet",
    "Images",
    "Model",
    "Nouns",
    "Question",
    "Questions",
    "RatedPairs",
    "ReviewSet",
    "Reviews",
    "SentenceEncoder",
    "StereoSet",
    "Table",
    "TableSet",
    "TextSet",
    "Texts",
    "Triple",
    "WordTests",
    "WordVectors",
    "cache_folder",
    "info",
    "is_cached",
    "load",
    "names",
    "path",
    "pull",
    "verify",
]


def pull(name: str, *, quiet: bool = False) -> Path:
    """Make sure that a data set is in the cache and intact, downloading it if it is not; returns its folder.

    A bar shows bytes, rate and time left unless `quiet`. Raises TplibError, with nothing half-written, when no
    source can be reached, a checksum is wrong or the cache cannot be written.
    """
    from tplib.data.fetch import pull as fetch

    return fetch(name, quiet=quiet)
