"""Data sets that work offline once pulled: `load("digits").train.x`, `load("snippets").test.texts`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from tplib.data.cache import cache_folder, is_cached, path, verify
from tplib.data.registry import info, names
from tplib.data.sources import DataSet

if TYPE_CHECKING:
    from pathlib import Path

    from tplib.data.kinds import (
        Book,
        Corpus,
        Images,
        ImageSet,
        Model,
        Reviews,
        ReviewSet,
        Table,
        TableSet,
        Texts,
        TextSet,
    )
    from tplib.data.multilingual import SentenceEncoder
    from tplib.data.sets import load
    from tplib.data.stereotypes import Nouns, Question, Questions, StereoSet, Triple
    from tplib.data.word_kinds import RatedPairs, WordTests, WordVectors

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


def __getattr__(name: str) -> Any:
    """What data sets are made of, from the modules that need NumPy: `tp` shows and pulls data sets without it."""
    if name in __all__:
        for module in ("sets", "kinds", "word_kinds", "stereotypes", "multilingual"):
            found = vars(importlib.import_module(f"{__name__}.{module}"))
            if name in found:
                globals()[name] = found[name]
                return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
