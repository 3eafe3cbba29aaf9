"""Text of students, made fit for files."""

from __future__ import annotations

import json
from typing import Any


def fit_for_files(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def json_fit_for_files(value: Any) -> Any:
    """The same for JSON, with all texts and keys in it; it must not be nested too deeply for `json`."""
    return json.loads(fit_for_files(json.dumps(value, ensure_ascii=False)))
