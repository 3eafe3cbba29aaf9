"""One exercise judged anew: its verdict is what a full run gives, and the others stay as they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.coordinator.run_results import Run
from tplib.autograde.messages.execution import Limits
from tplib.mime import VERDICT

SOFTMAX = "def softmax(s):\n    e = np.exp(s - s.max(-1, keepdims=True))\n    return e / e.sum(-1, keepdims=True)"
RELU = "def relu(x):\n    return x * (x > 0)"
WRONG = "def relu(x):\n    return abs(x)"
CLASS = {"ada": (SOFTMAX, RELU), "bob": (SOFTMAX, WRONG), "eve": ("import os\nos._exit(1)", RELU)}


def marked(source: str, grade_id: str, **flags: Any) -> Any:
    values = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": grade_id, "cell_type": "code", **values}})


def notebook(softmax: str, relu: str) -> Any:
    cells = [
        marked("import numpy as np\nfrom tplib.graders import check", "imports", locked=True),
        marked(softmax, "answer-softmax", solution=True),
        marked('check("softmax")', "check-softmax", grade=True, locked=True, points=2),
        marked(relu, "answer-relu", solution=True),
        marked('check("relu")', "check-relu", grade=True, locked=True, points=1),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("only") / "course"
    (root / "source/ps1").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
    solved = (f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION" for answer in (SOFTMAX, RELU))
    nbformat.write(notebook(*solved), root / "source/ps1/first.ipynb")
    for student, answers in CLASS.items():
        hand_in(root, student, *answers)
    return root


def hand_in(root: Path, student: str, softmax: str, relu: str) -> None:
    folder = root / "submitted" / student / "ps1"
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(softmax, relu), folder / "first.ipynb")


def grade(root: Path, **options: Any) -> Run:
    return grade_assignment(open_course(root), "ps1", workers=2, limits=Limits(cell=20, notebook=120), **options)


def graded(root: Path, student: str) -> Path:
    return root / "autograded" / student / "ps1/first.ipynb"


def spoil(path: Path) -> None:
    """Make both verdicts of a graded notebook say 0 points, as if other references had judged it."""
    content = json.loads(path.read_text())
    for cell in content["cells"]:
        for output in cell.get("outputs", []):
            if VERDICT in output.get("data", {}):
                output["data"]["text/plain"] = "0.0"
                output["data"][VERDICT] |= {"points": 0.0, "score": 0.0, "status": "wrong"}
    path.write_text(json.dumps(content))


def cells(page: bytes) -> list[dict[str, Any]]:
    """The cells without their ids: that of a note is drawn anew."""
    return [{key: value for key, value in cell.items() if key != "id"} for cell in json.loads(page)["cells"]]


def scores(run: Run) -> dict[str, float]:
    return {result.student: result.score for result in run.results}


def test_only_one_exercise_is_judged_and_the_outcome_is_that_of_a_full_run(root):
    full = grade(root)
    pages = {student: graded(root, student).read_bytes() for student in CLASS}
    assert scores(full) == {"ada": 3.0, "bob": 2.0, "eve": 1.0}
    again = grade(root, only=["relu"])
    assert {result.state for result in again.results} == {"graded"}
    assert scores(again) == scores(full)
    for student, page in pages.items():
        assert cells(graded(root, student).read_bytes()) == cells(page)
    assert [result.problems for result in again.results] == [result.problems for result in full.results]

    for student in CLASS:
        spoil(graded(root, student))
    assert scores(grade(root, only=["relu"])) == {"ada": 1.0, "bob": 0.0, "eve": 1.0}  # softmax was not judged
    assert scores(grade(root, only=["softmax"])) == {"ada": 3.0, "bob": 2.0, "eve": 1.0}

    spoil(graded(root, "ada"))
    hand_in(root, "ada", SOFTMAX, WRONG)
    changed = grade(root, only=["relu"])  # what has changed is judged whole
    assert scores(changed) == {"ada": 2.0, "bob": 2.0, "eve": 1.0}
    assert scores(grade(root, force=True)) == scores(changed)


def test_an_exercise_that_nobody_checks_is_named(root):
    with pytest.raises(TplibError, match=r"judges sofmax; its exercises: relu, softmax"):
        grade(root, only=["sofmax"])
