"""A plug-in of the configuration that fails: the instructor is told where, and that running again does not help."""

from plain_course import cells_of

CONFIGURATION = """
c = get_config()
c.AssignLatePenalties.plugin_class = "late.Half"
"""
PLUGIN = """
from nbgrader.plugins import BasePlugin


class Half(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        raise RuntimeError("no table of penalties")
"""


def test_the_file_and_line_of_a_plugin_that_fails_are_told(plain):
    (plain.root / "nbgrader_config.py").write_text(CONFIGURATION)
    (plain.root / "late.py").write_text(PLUGIN)
    plain.source(p=cells_of("# test\nassert True"))
    (plain.hand_in() / "timestamp.txt").write_text("2026-10-25 09:00 UTC")
    result = plain.grade("--due", "2026-10-24 18:00 UTC")
    told = " ".join((result.stdout + result.stderr).split())
    assert result.exit_code == 1, told
    assert "RuntimeError: no table of penalties, in the configuration's own code, late.py, line 7" in told
    assert "Correct that file, then run the same command again" in told


OWN_CLASS = """
from nbgrader.preprocessors import NbGraderPreprocessor


class Fails(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        raise ValueError("no such cell")


c = get_config()
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.Execute", Fails]
"""


def test_so_are_those_of_a_class_in_the_configuration_file_itself(plain):
    (plain.root / "nbgrader_config.py").write_text(OWN_CLASS)
    plain.source(p=cells_of("# test\nassert True"))
    plain.hand_in()
    result = plain.grade()
    told = " ".join((result.stdout + result.stderr).split())
    assert result.exit_code == 1, told
    assert "ValueError: no such cell, in the configuration's own code, nbgrader_config.py, line 7" in told
    assert "Correct that file, then run the same command again" in told
