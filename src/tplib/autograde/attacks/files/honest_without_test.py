"""Right, with the test cell deleted by accident."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import RIGHT, answered, write_notebook

HONEST = True


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered(RIGHT)
    del notebook["cells"][2]
    write_notebook(folder / "task.ipynb", notebook)
