"""An instructor's own preprocessors run where the configuration puts them: before the notebook does, or after it."""

from __future__ import annotations

import sqlite3

import pytest
from nbformat.v4 import new_markdown_cell
from plain_course import cells_of

CONFIG = """
c = get_config()
c.Autograde.autograde_preprocessors = [
    "mine.Before", "nbgrader.preprocessors.Execute", "mine.After", "nbgrader.preprocessors.SaveAutoGrades"
]
"""
MINE = """
from nbgrader.preprocessors import NbGraderPreprocessor

class Before(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        nb.cells[0].source = "answer = 42"
        return nb, resources

class After(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        assert nb.cells[1].outputs[0].text == "42\\n"
        nb.cells[2].outputs = []
        return nb, resources
"""


def test_an_own_preprocessor_changes_what_is_run_and_another_what_came_of_it(plain):
    (plain.root / "nbgrader_config.py").write_text(CONFIG)
    (plain.root / "mine.py").write_text(MINE)
    plain.source(p=cells_of("answer = 0", "print(answer)", "# test 1\nassert False", "# test 1\nassert answer == 42"))
    plain.hand_in()
    graded = plain.grade()
    assert graded.exit_code == 0, graded.output
    assert plain.scores() == {"test-2": 1, "test-3": 1}


GIVES = """
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

class Bonus(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        place = resources["nbgrader"]["notebook"], resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        with Gradebook(resources["nbgrader"]["db_url"]) as book:
            book.find_grade("test-1", *place).extra_credit = 0.25
            book.find_comment("essay", *place).manual_comment = "Well done"
            book.find_grade("essay", *place).manual_score = 1.5
            book.db.commit()
        return nb, resources
"""


def test_what_an_own_preprocessor_gives_stands_in_the_gradebook(plain, tmp_path):
    """As with nbgrader alone: extra credit, manual points and manual comments."""
    (plain.root / "giving.py").write_text(GIVES)
    steps = '"nbgrader.preprocessors.Execute", "nbgrader.preprocessors.SaveAutoGrades", "giving.Bonus"'
    (plain.root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Autograde.autograde_preprocessors = [{steps}]\n"
    )
    essay = new_markdown_cell("Because.")
    essay.metadata["nbgrader"] = {"grade_id": "essay", "grade": True, "solution": True, "locked": False, "task": False}
    essay.metadata["nbgrader"] |= {"points": 2, "schema_version": 3, "cell_type": "markdown"}
    plain.source(p=cells_of("answer = 42", "# test 1\nassert answer == 42", essay))
    plain.hand_in()
    for _ in range(2):
        graded = plain.grade("--force")
        assert graded.exit_code == 0, graded.output
        with sqlite3.connect(plain.root / "gradebook.db") as database:
            grades = database.execute("select auto_score, manual_score, extra_credit from grade").fetchall()
            comments = database.execute("select manual_comment from comment").fetchall()
        assert sorted(grades, key=str) == [(1.0, None, 0.25), (None, 1.5, None)]
        assert ("Well done",) in comments


@pytest.mark.parametrize("option", ["sanitize_preprocessors", "autograde_preprocessors"])
def test_a_preprocessor_that_cannot_be_imported_is_a_sentence(plain, option):
    (plain.root / "nbgrader_config.py").write_text(f'c = get_config()\nc.Autograde.{option} = ["nowhere.Nothing"]\n')
    plain.source(p=cells_of("answer = 42", "# test 1\nassert answer == 42"))
    plain.hand_in()
    graded = plain.grade()
    assert graded.exit_code == 1
    assert f"c.Autograde.{option} of the configuration names what cannot be imported: No module named" in graded.output
