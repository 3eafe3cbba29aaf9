"""Hands in a notebook that is nothing but a hundred thousand opening brackets in the place of its metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook["metadata"] = "here"
    depth = 100_000
    nested = '{"a":' * depth + "1" + "}" * depth
    (folder / "task.ipynb").write_text(json.dumps(notebook).replace('"here"', nested))
