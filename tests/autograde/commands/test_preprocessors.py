"""An instructor's own preprocessors run where the configuration puts them: before the notebook does, or after it."""

from __future__ import annotations

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
