"""The due date: nbgrader's own, the configuration's, the option's; which counts, and what is told."""

from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.dbapp import DbAssignmentAddApp

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.bridge.due_date import enter_due, wanted_due


@pytest.fixture
def course(tmp_path, monkeypatch):
    (tmp_path / "source" / "ps1").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    def made(*lines):
        text = "\n".join(["c = get_config()", "c.NbGraderAPI.timezone = 'Europe/Paris'", *lines])
        (tmp_path / "nbgrader_config.py").write_text(text + "\n")
        return open_course(tmp_path)

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "tiny") as gradebook:
        gradebook.add_assignment("ps1", duedate="2026-11-01 12:00:00 UTC")
    return made


def due(opened):
    with opened.gradebook() as gradebook:
        return gradebook.find_assignment("ps1").duedate


def entered(opened, typed=None):
    return enter_due(opened, "ps1", wanted_due(opened, "ps1", typed))


def test_without_option_and_configuration_nbgraders_date_stays(course):
    opened = course()
    assert (entered(opened), due(opened)) == ([], datetime(2026, 11, 1, 12))


def test_nbgraders_own_command_sets_it(course):
    """As docs/grading.md has it; nbgrader takes a date without zone as UTC."""
    opened = course()
    app = DbAssignmentAddApp()
    app.initialize(["ps1", "--duedate=2026-11-12 23:59 Europe/Paris"])
    app.start()
    assert due(opened) == datetime(2026, 11, 12, 22, 59)


def test_the_configuration_sets_it_and_the_option_goes_before(course):
    opened = course("c.Assignments.due = {'ps1': '2026-11-12 23:59'}")
    (told,) = entered(opened)
    assert told == (
        "the due date is 2026-11-12 23:59 CET now, as c.Assignments.due['ps1'] says; it was 2026-11-01 13:00 CET"
    )
    assert (due(opened), entered(opened)) == (datetime(2026, 11, 12, 22, 59), [])
    assert "as --due says" in entered(opened, "2026-07-01 8:00")[0]
    assert due(opened) == datetime(2026, 7, 1, 6)
    assert "is none now" in entered(opened, "none")[0]
    assert due(opened) is None


@pytest.mark.parametrize(
    "typed", ["tomorrow", "12/11/2026", "2026-11-31", "2026-11-12 25:00", "2026-11-12 23:59 Paris"]
)
def test_what_is_no_date_is_a_sentence(course, typed):
    with pytest.raises(TplibError, match=r"--due: (.* is no date; write it as|there is no time zone 'Paris')"):
        wanted_due(course(), "ps1", typed)


def test_a_wrong_configuration_is_a_sentence(course):
    with pytest.raises(TplibError, match=r"c\.Assignments\.due should be a dictionary"):
        wanted_due(course("c.Assignments.due = '2026-11-12'"), "ps1", None)
