"""A class is graded, each student on cases of their own; the report finds the mistakes that were planted in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from tplib.autograde.bridge.course import open_course
from tplib.autograde.commands.grading import app
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.messages.execution import Limits
from tplib.autograde.reports.report import write_report
from tplib.autograde.sandbox.capabilities import problem

pytestmark = pytest.mark.slow

SOFTMAX = """def softmax(scores):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)"""
RELU = "def relu(x):\n    return x * (x > 0)"

WARM = [  # a temperature of 2
    "def softmax(scores):\n    e = np.exp(scores / 2)\n    return e / e.sum(-1, keepdims=True)",
    "def softmax(s):\n    # <script>alert(1)</script> \u202e\n    half = 0.5 * (s - s.max(axis=-1, keepdims=True))\n"
    "    return np.exp(half) / np.sum(np.exp(half), axis=-1, keepdims=True)",
    "def root(s):\n    return np.sqrt(np.exp(s))\n\n"
    "def softmax(s):\n    total = root(s).sum(axis=-1)\n    return root(s) / total[..., None]",
    "def softmax(s):\n    log = s / 2 - np.log(np.exp(s / 2).sum(-1, keepdims=True))\n    return np.exp(log)",
]
SQUARES = [
    "def softmax(z):\n    return z**2 / (z**2).sum(-1, keepdims=True)",
    "def softmax(z):\n    z = np.abs(z)\n    z = z * z\n    return z / np.sum(z, axis=-1)[..., np.newaxis]",
    "def softmax(z):\n    squares = np.power(z, 2)\n    return squares / squares.sum(axis=-1, keepdims=True)",
]
SIX = [  # ReLU6
    "def relu(x):\n    return np.clip(x, 0, 6)",
    "def relu(x):\n    return np.minimum(np.maximum(x, 0), 6)",
    "def relu(x):\n    y = np.where(x > 0, x, 0)\n    y[y > 6] = 6\n    return y",
]
ALONE = "def relu(x):\n    return np.maximum(x, 0) ** 3"
ENDLESS = "def relu(x):\n    while True:\n        pass"
NAMED = (
    "def softmax(s):\n    return -np.exp(s) / np.exp(s).sum(-1, keepdims=True)",
    "def relu(x):\n    return np.abs(x)",
)

CLASS = {  # student: softmax, relu
    "ada": (SOFTMAX, RELU),
    "bob": (SQUARES[0], SIX[2]),
    "cay": (WARM[1], SIX[0]),
    "dan": NAMED,
    "eve": (WARM[0], RELU),
    "fay": (SQUARES[2], NAMED[1]),
    "gil": (SOFTMAX, SIX[1]),
    "hal": (WARM[3], ENDLESS),
    "ida": (SQUARES[1], RELU),
    "jan": (WARM[2], ALONE),
    "kim": (NAMED[0], RELU),
    "lea": ("def softmax(a, b):\n    return a", "raise NotImplementedError()"),
}


def marked(source: str, grade_id: str, **flags: object):
    cell = new_code_cell(source)
    values = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "cell_type": "code", **values}
    return cell


def notebook(softmax: str, relu: str):
    return new_notebook(
        cells=[
            marked("import numpy as np\nfrom tplib.graders import check", "imports", locked=True),
            marked(softmax, "answer-softmax", solution=True),
            marked('check("softmax")', "check-softmax", grade=True, locked=True, points=2),
            marked(relu, "answer-relu", solution=True),
            marked('check("relu")', "check-relu", grade=True, locked=True, points=1),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unnamed") / "course"
    (root / "source/ps1").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'tiny'\n")
    solution = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    nbformat.write(notebook(solution.format(SOFTMAX), solution.format(RELU)), root / "source/ps1/first.ipynb")
    for student, answers in CLASS.items():
        folder = root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        nbformat.write(notebook(*answers), folder / "first.ipynb")
    run = grade_assignment(
        open_course(root), "ps1", workers=2, limits=Limits(cell=3, notebook=60), sandbox=problem() is None
    )
    assert [result.student for result in run.results if result.state != "graded"] == []
    return root


def verdicts(course: Path, student: str) -> dict[str, dict]:
    cells = json.loads((course / "autograded" / student / "ps1/first.ipynb").read_text())["cells"]
    shown = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    found = [data["application/vnd.tplib.verdict+json"] for data in shown]
    return {verdict["exercise"]: verdict for verdict in found}


def test_groups_are_those_that_were_planted(course):
    summary = write_report(course, "ps1").summary
    found = {(mistake.exercise, mistake.students) for mistake in summary.unnamed.shared}
    assert found == {
        ("softmax", ("cay", "eve", "hal", "jan")),
        ("softmax", ("bob", "fay", "ida")),
        ("relu", ("bob", "cay", "gil")),
    }
    assert [(mistake.exercise, mistake.students) for mistake in summary.unnamed.alone] == [("relu", ("jan",))]
    assert summary.unnamed.not_compared == 2  # hal's endless loop; lea's two arguments
    answers = [mistake.answer for mistake in summary.unnamed.shared]
    assert answers == [WARM[0], SQUARES[0], SIX[0]] or answers == [WARM[0], SIX[0], SQUARES[0]]
    for mistake in summary.unnamed.shared:
        assert mistake.paste.lines.startswith(f"@{mistake.exercise}.mistake(")
        assert [label for label, _ in mistake.rows][1:] == ["expected", "yours"]


def test_behaviour_is_kept_for_wrong_answers_without_a_name_only(course):
    for student, wrong in {
        "ada": set(),
        "dan": set(),
        "lea": set(),
        "jan": {"softmax", "relu"},
        "hal": {"softmax"},
    }.items():
        found = verdicts(course, student)
        assert {name for name, verdict in found.items() if "behaviour" in verdict} == wrong, student


def test_the_page_shows_strangers_text_as_text(course):
    page = write_report(course, "ps1").path.read_text(encoding="utf-8")
    assert "4 students share a mistake that has no name" in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert "@softmax.mistake(&#34;" in page
    assert re.search(r"1\s+wrong answers? without a name", page)


def test_the_terminal_has_one_line_for_each_large_group(course, tmp_path):
    done = CliRunner().invoke(app, ["report", "ps1", "--course", str(course), "--output", str(tmp_path / "page.html")])
    assert done.exit_code == 0, done.output
    lines = [line for line in done.output.splitlines() if "no name" in line]
    assert sorted(lines) == [
        "3 students share a mistake that has no name: relu (first)",
        "3 students share a mistake that has no name: softmax (first)",
        "4 students share a mistake that has no name: softmax (first)",
    ]
