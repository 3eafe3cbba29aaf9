"""Right, in a notebook of an old nbgrader, without the schema's version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered(RIGHT)
    for cell in notebook["cells"]:
        for key in ("schema_version", "task", "cell_type"):
            cell["metadata"]["nbgrader"].pop(key)
    write_notebook(folder / "task.ipynb", notebook)
