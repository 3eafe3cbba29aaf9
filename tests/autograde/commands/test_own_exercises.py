"""Courses with exercises of their own in exercises/, graded for real."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from plain_course import PlainCourse, cells_of
from typer.testing import CliRunner

from tplib.cli import app
from tplib.graders import course_folder, registry

HEAD = """
from tplib.graders.exercise import Case, exercises_of

exercise = exercises_of("ps1", "p")
"""

TWICE = '''
@exercise(points=1, draw=lambda draw: (draw.size(1, 9),))
def {name}(x):
    """2 x

    shapes: a number; the result is one.
    worked: {name}(2) = 4
    """
    return 2 * x
'''

OBSERVER = """
def with_table(answer, sectors, wages):
    import pandas as pd

    return answer(pd.DataFrame({"sector": sectors, "wage": wages}))
"""

PANDAS = (
    HEAD
    + '''
import pandas as pd

from .observers import with_table


def inputs(draw):
    n = draw.size(1, 6)
    sectors = [draw.choice(("agriculture", "bank", "care")) for _ in range(n)]
    return sectors, draw.array(n, low=1, high=50)


@exercise(points=1, draw=inputs, observe=with_table, inputs=("sectors", "wages"))
def top(table):
    """the largest sum of the wages of one sector

    shapes: a table; one number.
    worked: top(a table with the wages 1 and 3) = 3
    """
    return float(table.groupby("sector")["wage"].sum().max())


# Its table is made where answers are judged: pandas came before the limits, and what Arrow reserves comes after them.
@exercise(points=1, draw=lambda draw: (draw.array(draw.size(1, 6)),))
def largest(x):
    """the largest of some numbers

    shapes: an array; one number.
    worked: largest([1, 3]) = 3
    """
    return float(pd.DataFrame({"x": x})["x"].max())
'''
)


@pytest.fixture
def own(plain: PlainCourse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., PlainCourse]]:
    """Writes the files of exercises/. No course's exercises are known before or after."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # files change within a second
    (plain.root / "exercises").mkdir()

    def write(**files: str) -> PlainCourse:
        for name, text in files.items():
            (plain.root / "exercises" / f"{name}.py").write_text(text)
        registry.forget()
        return plain

    yield write
    course_folder.look_around()
    registry.forget()


def checking(**answers: str) -> NotebookNode:
    """A notebook with these answers by the names of their exercises, each with its check."""
    notebook = cells_of("from tplib.graders import check")
    for name, text in answers.items():
        answer, test = new_code_cell(text), new_code_cell(f'check("{name}")')
        flags = {"schema_version": 3, "cell_type": "code", "task": False}
        answer.metadata["nbgrader"] = {"grade_id": f"answer-{name}", "grade": False, "solution": True, "locked": False}
        test.metadata["nbgrader"] = {"grade_id": f"check-{name}", "grade": True, "solution": False, "locked": True}
        test.metadata["nbgrader"]["points"] = 1.0
        for cell in (answer, test):
            cell.metadata["nbgrader"] |= flags
            notebook.cells.append(cell)
    return notebook


def test_exercises_on_tables_of_pandas_are_graded(own):
    pytest.importorskip("pandas")
    course = own(tables=PANDAS, observers=OBSERVER)
    course.source(
        p=checking(
            top="def top(table):\n    return table.groupby('sector').wage.sum().max()",
            largest="def largest(x):\n    return max(x)",
        )
    )
    (course.root / "source/ps1/tp-exercises.json").write_text("{}")
    (course.root / "source/ps1/figure.svg").write_text("<svg/>")
    course.hand_in()
    told = course.grade()
    assert told.exit_code == 0, told.stdout
    assert course.scores() == {"check-top": 1.0, "check-largest": 1.0}
    assert course.tp("feedback", "ps1", "--course", course.root).exit_code == 0
    pages = {path.name for path in (course.root / "feedback/amy/ps1").iterdir()}
    assert {"p.html", "figure.svg"} <= pages
    assert "tp-exercises.json" not in pages


def answers(*names: str) -> NotebookNode:
    return checking(**{name: f"def {name}(x):\n    return x + x" for name in names})


def test_a_change_in_an_exercise_that_comes_with_tplib_is_told_too(own):
    course = own()
    course.source(p=checking(relu="import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)"))
    course.hand_in("amy")
    course.hand_in("bob")
    assert "has changed" not in course.grade().stdout
    record = course.root / ".tplib/judged-by/ps1.jsonl"
    first, second = record.read_text().splitlines()
    student, found = json.loads(first)
    record.write_text(json.dumps([student, found | {"relu": "as another version of tplib had it"}]) + f"\n{second}\n")

    told = " ".join(course.grade().stdout.split())
    assert "tplib has changed since these answers were judged: relu (1 student)." in told
    where = ["--course", str(course.root), "-o", str(course.root / "m.csv")]
    exported = CliRunner().invoke(app, ["export", "ps1", *where])
    assert "tplib has changed since these answers were judged" in " ".join(exported.stdout.split())
    then = re.search("`tp ([^`]*)` judges them anew", told)
    assert "has changed" not in course.tp(*shlex.split(then[1])).stdout
    assert "has changed" not in course.grade().stdout


def test_an_exercise_that_was_renamed_and_named_back_leaves_nothing(own):
    course = own(one=HEAD + TWICE.format(name="double_it"))
    course.source(p=answers("double_it"))
    course.hand_in()
    assert course.grade().exit_code == 0

    own(one=HEAD + TWICE.format(name="twice_it"))
    course.source(p=answers("twice_it"))
    told = course.grade("--force")
    assert told.exit_code == 1
    assert "exercises/ has no exercise double_it any more" in " ".join(told.stdout.split())
    assert "Was it renamed? Name it back" in " ".join(told.stdout.split())
    assert course.scores() == {"check-double_it": 1.0}

    own(one=HEAD + TWICE.format(name="double_it"))
    course.source(p=answers("double_it"))
    told = course.grade("--force")
    assert told.exit_code == 0, told.stdout
    assert "answer-twice_it of p.ipynb, check-twice_it of p.ipynb" in " ".join(told.stdout.split())
    assert "1 / 1" in told.stdout
    assert course.scores() == {"check-double_it": 1.0}


def test_an_exercise_that_was_taken_out_stops_nobody(own):
    both = HEAD + TWICE.format(name="double_it") + TWICE.format(name="twice_it")
    course = own(one=both)
    course.source(p=answers("double_it", "twice_it"))
    course.hand_in("amy")
    assert course.grade().exit_code == 0

    own(one=HEAD + TWICE.format(name="double_it"))
    course.source(p=answers("double_it"))
    course.hand_in("bob")
    told = course.grade()
    then = re.search("Was it taken out[?] `tp ([^`]*)` drops", " ".join(told.stdout.split()))
    told = course.tp(*shlex.split(then[1]))  # as it is pasted
    assert told.exit_code == 0, told.stdout
    assert course.scores("amy") == course.scores("bob") == {"check-double_it": 1.0}


def test_an_exercise_that_changed_after_the_grading_is_told_until_it_is_judged_anew(own):
    both = HEAD + TWICE.format(name="double_it") + TWICE.format(name="twice_it")
    course = own(one=both)
    course.source(p=answers("double_it", "twice_it"))
    course.hand_in("amy")
    course.hand_in("bob")
    first = course.grade()
    assert first.exit_code == 0, first.stdout
    assert "has changed" not in first.stdout

    own(one=both.replace("return 2 * x", "return 2 * x + 1", 1))
    course.hand_in("eve")
    told = " ".join(course.grade().stdout.split())
    assert "exercises/ has changed since these answers were judged: double_it (2 students)." in told
    then = re.search("`tp ([^`]*)` judges them anew", told)
    assert course.scores("amy") == {"check-double_it": 1.0, "check-twice_it": 1.0}

    where = ["--course", str(course.root), "-o", str(course.root / "marks.csv")]
    exported = CliRunner().invoke(app, ["export", "ps1", *where])
    assert "has changed since these answers were judged: double_it (2 students)" in " ".join(exported.stdout.split())

    assert "--only double_it" in then[1]
    assert "has changed" not in course.tp(*shlex.split(then[1])).stdout  # as it is pasted
    for student in ("amy", "bob", "eve"):
        assert course.scores(student) == {"check-double_it": 0.0, "check-twice_it": 1.0}
    assert "has changed" not in course.grade().stdout


def test_an_input_that_cannot_be_sent_costs_nobody_a_point(own):
    drawn = TWICE.format(name="double_it").replace("(draw.size(1, 9),)", "(object(),)").replace("2 * x", "2")
    course = own(one=HEAD + drawn)
    course.source(p=answers("double_it"))
    course.hand_in()
    told = course.grade()
    assert told.exit_code == 1
    assert "its input `x` holds an object of type object, which cannot be sent" in " ".join(told.stdout.split())
    assert not (course.root / "autograded/amy").exists()
