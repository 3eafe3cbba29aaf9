"""Feedback pages: everyone's, with the note on top, whatever happens to one of them."""

from __future__ import annotations

import errno
import os
import re
import shutil

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from typer.testing import CliRunner

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.commands.grading import app
from tplib.autograde.limited import Bounds
from tplib.autograde.reports.feedback import write_feedback


@pytest.fixture
def graded(tmp_path, classroom):
    """A few of the class, copied with their gradebook."""
    root = tmp_path / "course"
    shutil.copytree(classroom.root, root, symlinks=True)
    for folder in (root / "autograded").iterdir():
        if folder.name not in {"right", "broken", "partial"}:
            shutil.rmtree(folder)
    return root


def test_everyone_graded_has_pages_with_score_and_note(graded):
    result = write_feedback(graded, "ps1", workers=1)
    assert (result.written, result.failed) == (["broken", "partial", "right"], {})
    page = (graded / "feedback/broken/ps1/first.html").read_text()
    assert "A note from grading" in page
    assert "is not valid JSON" in page
    assert "(Score: 0 / 8.5)" in page
    page = (graded / "feedback/partial/ps1/first.html").read_text()
    assert "A note from grading" not in page
    assert "<b>The sign of 0 is 0.</b>" in page
    assert "(Score: 3.5 / 8.5)" in page
    assert not list(graded.glob(".tp-grade-*"))


def test_a_full_disk_is_named_in_a_sentence(graded, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html")

    monkeypatch.setattr("nbconvert.writers.FilesWriter.write", full)
    told = CliRunner().invoke(app, ["feedback", "ps1", "--course", str(graded), "--workers", "1"])
    assert told.exit_code == 1
    assert "broken, partial, right: no feedback: there is no room left on the disk" in told.stdout
    assert not list(graded.glob("feedback/*"))


def test_one_failure_stops_nobody_and_keeps_the_old_page(graded):
    write_feedback(graded, "ps1", workers=1)
    before = (graded / "feedback/broken/ps1/first.html").read_text()
    path = graded / "autograded/broken/ps1/first.ipynb"
    path.chmod(0o644)
    path.write_text("{")
    result = write_feedback(graded, "ps1", workers=1)
    assert result.written == ["partial", "right"]
    assert "broken" in result.failed
    assert (graded / "feedback/broken/ps1/first.html").read_text() == before


def test_work_that_the_gradebook_no_longer_knows_is_told_with_what_helps(graded):
    with open_course(graded).gradebook() as gradebook:
        gradebook.remove_student("partial")
    told = " ".join(CliRunner().invoke(app, ["feedback", "ps1", "--course", str(graded)]).stdout.split())
    assert (
        f"partial: no feedback: the gradebook has no grade of this work; `tp grade ps1 --force --course {graded}`"
        in told
    )
    assert "MissingEntry" not in told


def test_no_block_of_a_student_paints_outside_of_itself(graded):
    write_feedback(graded, "ps1", workers=1, students=["partial"])
    page = (graded / "feedback/partial/ps1/first.html").read_text()
    for text in ("<b>The sign of 0 is 0.</b>", "<p>Because."):
        assert page[: page.index(text)].rstrip().endswith('<div style="contain: paint; overflow: auto hidden">')


def test_contents_name_each_exercise_and_what_is_to_be_marked(graded):
    write_feedback(graded, "ps1", workers=1, students=["partial"])
    page = (graded / "feedback/partial/ps1/first.html").read_text()
    contents = [re.sub("<[^>]*>|\\s+", " ", row).split() for row in page.partition("</tbody>")[0].split("<tr>")[2:6]]
    assert [" ".join(words) for words in contents] == [
        "Exercises: check-double 2 / 2",
        "Exercises: check-half 0.5 / 1.5",
        "Exercises: check-sign 1 / 2",
        "Exercises: why to be marked (3 points)",
    ]
    assert "1 answer to be marked:" in page
    assert "Test cell" not in page


def test_one_page_over_all_notebooks(graded):
    write_feedback(graded, "ps1", workers=1, students=["partial"])
    folder = graded / "feedback/partial/ps1"
    page = (folder / "index.html").read_text()
    assert "ps1: feedback for partial" in page
    assert "<strong>4.5 of 9.5 points</strong>" in page
    for link in re.findall('href="([^"]*)"', page):
        file, _, place = link.partition("#")
        assert not place or f'id="{place}"' in (folder / file).read_text()


def test_titles_are_the_instructors_words_or_text(tmp_path):
    from tplib.autograde.bridge.feedback_contents import label_of, title_of

    assert label_of("# <b>A</b> `x` $y$ #\n\n**Question 2 (3 points).** Why?") == "Question 2"
    assert label_of("## Sums & <script>alert(1)</script>") == "Sums & alert(1)"
    assert label_of("no heading") == ""
    assert title_of(new_code_cell("check('softmax')"), "check-1", "Part 3") == ("softmax", True)
    assert title_of(new_code_cell("assert x"), "check_1", "Part 3") == ("Part 3: check 1", False)
    assert title_of(new_markdown_cell(""), "written-the_mean", "") == ("the mean", False)


@pytest.mark.slow
def test_several_processes_write_the_same_pages(graded, monkeypatch):
    monkeypatch.setattr("tplib.autograde.reports.feedback.MANY", 2)
    assert write_feedback(graded, "ps1", workers=2).written == ["broken", "partial", "right"]


def test_only_whom_asked_for(graded):
    assert write_feedback(graded, "ps1", students=["right"], workers=1).written == ["right"]
    with pytest.raises(TplibError, match="eve: not graded in ps1; graded are broken, partial, right"):
        write_feedback(graded, "ps1", students=["eve"])


def test_a_page_without_end_costs_itself_and_no_other(graded, monkeypatch):
    """The first page of one student never ends; the second one's, and all others', are there."""
    from nbgrader.converters import GenerateFeedback

    convert = GenerateFeedback.convert_single_notebook

    def endless(converter, notebook):
        while "partial" in notebook and "first" in notebook:
            pass
        convert(converter, notebook)

    monkeypatch.setattr(GenerateFeedback, "convert_single_notebook", endless)
    monkeypatch.setattr("tplib.autograde.bridge.pages.PAGE", Bounds(1, 60, 1 << 30))
    result = write_feedback(graded, "ps1", workers=1)
    assert result.written == ["broken", "partial", "right"]
    assert result.failed == {"partial": "first.ipynb: it takes more than 1 s of computing"}
    page = (graded / "feedback/partial/ps1/first.html").read_text()
    assert "The page of first.ipynb could not be made" in page
    assert "(Score: " in (graded / "feedback/partial/ps1/second.html").read_text()
