"""A class of which some notebooks only are graded: what is left is graded by the next run, and told until then."""

from __future__ import annotations

import os

from plain_course import cells_of
from typer.testing import CliRunner

from tplib.autograde.bridge.course import open_course
from tplib.autograde.reports.attention import who_needs_help
from tplib.autograde.reports.report import by_notebook
from tplib.autograde.reports.summary import summarise
from tplib.cli import app
from tplib.lms.marks import marks


def three(plain):
    one, two = cells_of("# test 1\nassert True"), cells_of("x = 2", "# test 1\nassert x == 2")
    plain.source(first=one, second=two, third=two)


def test_the_notebooks_that_an_earlier_run_left_out_are_graded_by_the_next(plain):
    three(plain)
    folder = plain.hand_in("amy")
    plain.hand_in("bob")
    (plain.root / "submitted/bob/ps1/third.ipynb").unlink()
    told = plain.grade("--notebook", "first").stdout
    assert told.count("not graded yet │") == 4
    assert f"! second, third are not graded yet: run `tp grade ps1 --course {plain.root}`." in told
    assert "by hand" not in told
    with open_course(plain.root).gradebook() as gradebook:  # a human looks at it, and gives less
        grade = gradebook.find_grade("test-0", "first", "ps1", "amy")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.db.commit()
    before = (plain.root / "autograded/amy/ps1/first.ipynb").read_bytes()
    assert "2 graded in" in plain.grade().stdout
    assert {path.stem for path in (plain.root / "autograded/amy/ps1").glob("*.ipynb")} == {"first", "second", "third"}
    assert (plain.root / "autograded/amy/ps1/first.ipynb").read_bytes() == before
    with open_course(plain.root).gradebook() as gradebook:
        submission = gradebook.find_submission("ps1", "amy")
        assert submission.score == 2.5
        assert not submission.needs_manual_grade
        assert gradebook.find_submission("ps1", "bob").score == 2.0
        assert not gradebook.find_submission("ps1", "bob").needs_manual_grade
    again = plain.grade().stdout
    assert "0 graded in" in again
    assert "not graded yet" not in again
    for path in folder.iterdir():
        os.utime(path)
    assert "1 graded in" in plain.grade().stdout


def test_another_hand_in_of_which_some_is_graded_is_graded_whole_though_its_files_are_old(plain):
    three(plain)
    folder = plain.hand_in("amy")
    assert plain.grade().exit_code == 0
    for name in ("first", "second"):
        (folder / f"{name}.ipynb").write_text((folder / f"{name}.ipynb").read_text().replace("x = 2", "x = 3"))
        os.utime(folder / f"{name}.ipynb", (1e9, 1e9))
    assert plain.grade("--notebook", "first").exit_code == 0
    assert "1 graded in" in plain.grade().stdout
    with open_course(plain.root).gradebook() as gradebook:
        assert gradebook.find_submission("ps1", "amy").score == 2.0


def test_what_is_not_graded_yet_is_told_everywhere_and_counts_in_no_mean(plain, tmp_path):
    three(plain)
    plain.hand_in("amy")
    assert plain.grade("--notebook", "first").exit_code == 0
    for command in ("feedback", "report"):
        assert plain.tp(command, "ps1", "--course", plain.root).exit_code == 0
    index = (plain.root / "feedback/amy/ps1/index.html").read_text()
    assert "not graded yet: second, third</strong>" in index
    page = (plain.root / "reports/ps1.html").read_text()
    assert "Not graded yet: second, third" in page
    assert "1 submission of which notebooks are not graded yet" in page
    assert "to grade by hand" not in page
    assert "second, third not handed in" not in page
    summary = summarise(open_course(plain.root), "ps1")
    assert who_needs_help(summary) == []
    assert [row[:2] for row in by_notebook(summary)] == [("first", 1.0)]
    assert (summary.scores, summary.max_score, summary.share(summary.students[0])) == ([1.0], 1.0, 1.0)
    mark = marks(open_course(plain.root), "ps1")["amy"]
    assert (mark.score, mark.unfinished, mark.ungraded) == (1.0, False, ("second", "third"))
    exported = CliRunner().invoke(app, ["export", "ps1", "--course", str(plain.root), "-o", str(tmp_path / "a.csv")])
    assert exported.exit_code == 0
    assert "! second, third are not graded yet: run `tp grade ps1 --course " in exported.stdout
