"""Raises the points in the notebook's marks, and marks its own answer as a test that gives a thousand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tplib.autograde.attacks.course import CHECK, answered, cell, write_notebook


def hand_in(folder: Path, notebook: dict[str, Any]) -> None:
    notebook = answered("def sigmoid(x):\n    return x")
    for found in notebook["cells"]:
        if found["metadata"]["nbgrader"]["grade_id"] == CHECK:
            found["metadata"]["nbgrader"]["points"] = 1000
    notebook["cells"] += [
        cell("1000", "extra", grade=True, locked=True, points=1000),
        cell("1000", "extra-answer", grade=True, solution=True, points=1000),
        cell("1000", "hidden", grade=True, locked=True, points=1000),
    ]
    write_notebook(folder / "task.ipynb", notebook)
