"""Text of students, made fit for files."""

from __future__ import annotations


def fit_for_files(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
