"""Hands in Markdown that takes its readers hours: brackets, emphasis and formulas without end, each cell another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

TEXTS = (
    "![" * 20_000,
    "<b>" + "*a_" * 15_000,
    "<i>" + "[a](" * 12_000,
    "<p>" + "$x " * 16_000,
    "<u>" + "`" * 200 + "`a" * 20_000,
)


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    for text in TEXTS:
        notebook["cells"].append(
            {"cell_type": "markdown", "id": f"m{len(notebook['cells'])}", "metadata": {}, "source": text}
        )
    write_notebook(folder / "task.ipynb", notebook)
