"""Text of students, made fit for files."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

SIGN = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """`text` on one line, without what a terminal or a page could obey: each such character becomes a sign for it.

    These are controls, marks that turn the direction of writing or do not show, lone surrogates, and ends of lines.
    """
    if text.isprintable():
        return text
    kinds = {"Zs": " "}
    return "".join(
        letter if letter.isprintable() else " " if letter in "\n\t" else kinds.get(unicodedata.category(letter), SIGN)
        for letter in text
    )


def fit_for_files(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def json_fit_for_files(value: Any) -> Any:
    """The same for JSON, with all texts and keys in it; it must not be nested too deeply for `json`."""
    return json.loads(fit_for_files(json.dumps(value, ensure_ascii=False)))


def number(value: float) -> str:
    """Points without trailing zeros, of two digits at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
