"""A test, points, a cell or a notebook changed in source/ after the first grading."""

from __future__ import annotations

import json
import sqlite3

from nbformat.v4 import new_markdown_cell
from plain_course import cells_of

ANSWER = "answer = 42"


def by_hand() -> object:
    cell = new_markdown_cell("Why?")
    cell.metadata["nbgrader"] = {"grade_id": "why", "schema_version": 3, "cell_type": "markdown", "points": 3.0} | {
        "grade": True,
        "solution": True,
        "locked": False,
        "task": False,
    }
    return cell


def graded(plain):
    plain.source(p=cells_of(ANSWER, "# test\nassert answer == 42", by_hand()))
    folder = plain.hand_in()
    notebook = json.loads((folder / "p.ipynb").read_text())
    notebook["cells"][2]["source"] = "Because."
    (folder / "p.ipynb").write_text(json.dumps(notebook))
    assert "Note:" not in plain.grade().stdout
    with sqlite3.connect(plain.root / "gradebook.db") as gradebook:
        gradebook.execute("UPDATE grade SET manual_score = 2.5 WHERE auto_score IS NULL")


def manual(plain) -> list[float]:
    with sqlite3.connect(plain.root / "gradebook.db") as gradebook:
        return [row[0] for row in gradebook.execute("SELECT manual_score FROM grade WHERE manual_score IS NOT NULL")]


def test_a_corrected_test_and_points_are_taken_over_by_force(plain):
    graded(plain)
    plain.source(p=cells_of(ANSWER, "# test 4\nassert answer != 42", by_hand()))
    told = plain.grade()
    assert "p.ipynb: test-1 is worth 4 and not 1" in told.stdout
    assert "tp grade ps1 --force" in told.stdout
    assert plain.scores()["test-1"] == 1.0
    assert "Note:" not in plain.grade("--force").stdout
    assert plain.scores()["test-1"] == 0.0
    plain.source(p=cells_of(ANSWER, "# test 4\nassert answer == 42", by_hand()))
    assert "p.ipynb: test-1 has another text" in plain.grade().stdout
    plain.grade("--force")
    assert plain.scores()["test-1"] == 4.0
    assert manual(plain) == [2.5]


def test_a_new_cell_and_a_new_notebook_are_taken_over_by_force(plain):
    graded(plain)
    plain.source(
        p=cells_of(ANSWER, "# test\nassert answer == 42", by_hand(), "# test 2\nassert answer > 0"),
        q=cells_of("# test 5\nassert True"),
    )
    told = plain.grade()
    assert "p.ipynb has the new cell test-3; q.ipynb is new" in told.stdout
    folder = plain.root / "submitted/amy/ps1"
    (folder / "q.ipynb").write_bytes((plain.root / "source/ps1/q.ipynb").read_bytes())
    again = plain.grade("--force")
    assert again.exit_code == 0
    assert {key: plain.scores()[key] for key in ("test-0", "test-1", "test-3")} == {
        "test-0": 5.0,
        "test-1": 1.0,
        "test-3": 2.0,
    }
    assert manual(plain) == [2.5]
    assert "Note:" not in plain.grade().stdout


def test_what_is_gone_from_source_is_named_with_what_to_do(plain):
    graded(plain)
    plain.source(p=cells_of(ANSWER, "# test\nassert answer == 42"))
    for options in ((), ("--force",)):
        told = plain.grade(*options)
        assert "no longer has: the cell why of p.ipynb" in told.stdout
        assert "nbgrader db assignment remove ps1 --force" in told.stdout
    assert manual(plain) == [2.5]
