"""Hands in a notebook whose metadata are nested a hundred, and whose file is nested a hundred thousand levels deep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    nested: Any = "deep"
    for _ in range(100):
        nested = {"deeper": [nested]}
    notebook["metadata"]["deep"] = nested
    notebook["cells"][1]["metadata"]["deep"] = nested
    notebook["cells"][1]["attachments"] = nested
    (folder / "task.ipynb").write_text(json.dumps(notebook))
    (folder / "copy.ipynb").write_text("[" * 100_000 + "]" * 100_000)
