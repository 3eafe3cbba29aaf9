"""Courses of one notebook, as others write them, graded through `tp grade`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.bridge.course import open_course

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cells_of(*sources: str | NotebookNode) -> NotebookNode:
    """A notebook of code cells. One that begins with `# test` or `# test POINTS` is a test cell."""
    notebook = new_notebook(metadata={"kernelspec": PYTHON})
    for number, source in enumerate(sources):
        cell = source if isinstance(source, NotebookNode) else new_code_cell(source)
        if cell.source.startswith("# test"):
            points = cell.source.splitlines()[0].removeprefix("# test")
            marks = {"grade": True, "solution": False, "locked": True, "task": False, "points": float(points or 1)}
            cell.metadata["nbgrader"] = {
                "grade_id": f"test-{number}",
                "schema_version": 3,
                "cell_type": "code",
                **marks,
            }
        notebook.cells.append(cell)
    return notebook


class PlainCourse:
    """A course whose students hand in the instructor's notebooks as they are, unless told otherwise."""

    def __init__(self, root: Path, tp: Callable[..., Any]) -> None:
        self.root, self.tp = root, tp
        (root / "source/ps1").mkdir(parents=True)
        (root / "nbgrader_config.py").write_text("c = get_config()\n")

    def source(self, **notebooks: NotebookNode) -> None:
        for name, notebook in notebooks.items():
            nbformat.write(notebook, self.root / "source/ps1" / f"{name}.ipynb")

    def hand_in(self, student: str = "amy", **notebooks: NotebookNode) -> Path:
        folder = self.root / "submitted" / student / "ps1"
        folder.mkdir(parents=True, exist_ok=True)
        for path in (self.root / "source/ps1").iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        for name, notebook in notebooks.items():
            (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
        return folder

    def grade(self, *options: str) -> Any:
        return self.tp("grade", "ps1", "--course", self.root, "--workers", 1, *options)

    def scores(self, student: str = "amy") -> dict[str, float | None]:
        """A student's automatic scores in the gradebook, by cell."""
        with open_course(self.root).gradebook() as gradebook:
            submission = gradebook.find_submission("ps1", student)
            return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}

    def autograded(self, name: str = "p", student: str = "amy") -> NotebookNode:
        return nbformat.read(self.root / f"autograded/{student}/ps1/{name}.ipynb", 4)
