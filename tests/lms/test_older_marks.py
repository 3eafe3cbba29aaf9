"""The platform's table and the zip of feedback tell the same marks: those of the gradebook, of the newest work."""

from __future__ import annotations

import os
import re
import time
import zipfile
from datetime import datetime

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from platforms import archive
from typer.testing import CliRunner

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.newer_work import Older, find_older
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.reports.report import write_report
from tplib.cli import app
from tplib.lms.collect import collect
from tplib.lms.marks import marks

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def marked(grade_id, kind, points=None, solution=False):
    marks = {"grade_id": grade_id, "schema_version": 3, "cell_type": kind, "grade": points is not None}
    marks |= {"solution": solution, "locked": not solution, "task": False}
    return {"nbgrader": marks | ({"points": points} if points is not None else {})}


def notebook(answer="y = 4", prose="because", points=2.0):
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [
        new_code_cell(answer, metadata=marked("answer", "code", solution=True)),
        new_code_cell("assert y == 4", metadata=marked("test", "code", points)),
        new_markdown_cell(prose, metadata=marked("why", "markdown", 3.0, solution=True)),
    ]
    return nbformat.writes(new_notebook(metadata={"kernelspec": python}, cells=cells)).encode()


@pytest.fixture
def platform(course, tmp_path):
    """A course whose students Ada and Bob came from Moodle, and are graded."""
    for path in (course / "source/TP6").iterdir():
        path.unlink()
    (course / "source/TP6/p.ipynb").write_bytes(notebook())
    hand_in(course, tmp_path, {"Ada": notebook(), "Bob": notebook("y = 5")})
    grade(course)
    return course


def hand_in(course, tmp_path, work):
    folder = tmp_path / f"archive-{time.monotonic_ns()}"
    for number, (name, content) in enumerate(sorted(work.items()), 1):
        place = folder / f"{name} X_{number}_assignsubmission_file_"
        place.mkdir(parents=True)
        (place / "p.ipynb").write_bytes(content)
    collect(course, "TP6", folder, None)


def grade(course, **options):
    return grade_assignment(open_course(course), "TP6", workers=1, sandbox=False, **options)


def give(course, student, points):
    with open_course(course).gradebook() as gradebook:
        mark = gradebook.find_grade("why", "p", "TP6", student)
        mark.manual_score, mark.needs_manual_grade = points, False
        gradebook.db.commit()


def export(course, tmp_path):
    target = tmp_path / "feedback.zip"
    options = ["--course", str(course), "--feedback", str(target), "-o", str(tmp_path / "t.csv")]
    result = CliRunner().invoke(app, ["export", "TP6", *options], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(target) as file:
        pages = {name.split(" ")[0]: file.read(name).decode() for name in file.namelist() if name.endswith("p.html")}
    return pages, result.output


def total(page, score, points):
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    return re.search(rf"\b{re.escape(score)} (of|/) {points}\b", words)


def test_pages_older_than_the_marks_are_made_anew(platform, tmp_path):
    ids = {name[:3]: name for name in os.listdir(platform / "submitted")}
    pages, said = export(platform, tmp_path)  # without `tp feedback` before
    assert sorted(pages) == ["Ada", "Bob"]
    assert "made anew" in said
    assert "to be marked" in pages["Ada"]
    assert "made anew" not in export(platform, tmp_path)[1]
    give(platform, ids["ada"], 2.5)
    pages, said = export(platform, tmp_path)
    assert total(pages["Ada"], "4.5", "5")
    assert f"made anew: {ids['ada']}" in said
    assert ids["bob"] not in said
    (platform / "source/TP6/p.ipynb").write_bytes(notebook(points=7.0))
    grade(platform, force=True)
    assert sorted(export(platform, tmp_path)[0]) == ["Ada", "Bob"]
    assert total(export(platform, tmp_path)[0]["Ada"], "9.5", "10")


def test_marks_of_earlier_work_are_named(platform, tmp_path):
    ids = {name[:3]: name for name in os.listdir(platform / "submitted")}
    assert "handed in again" not in export(platform, tmp_path)[1]
    hand_in(platform, tmp_path, {"Ada": notebook(), "Bob": notebook("y = 4"), "Eve": notebook()})
    eve = next(name for name in os.listdir(platform / "submitted") if name.startswith("eve"))
    said = export(platform, tmp_path)[1]
    assert f"{ids['bob']}: handed in again since" in said
    assert f"{eve}: handed in, and not graded" in said
    grade(platform)
    assert "\n! " not in export(platform, tmp_path)[1]


def test_a_forced_run_that_was_stopped_is_gone_on_with(platform, tmp_path):
    ids = {name[:3]: name for name in os.listdir(platform / "submitted")}
    (platform / "source/TP6/p.ipynb").write_bytes(notebook(points=7.0))

    import signal

    def stop(done, total, failed):
        if done == 1:
            os.kill(os.getpid(), signal.SIGINT)

    run = grade(platform, force=True, on_progress=stop)
    assert run.left == 1
    left = (set(ids.values()) - {result.student for result in run.results}).pop()
    assert f"{left}: graded by other tests or points" in export(platform, tmp_path)[1]
    states = {result.student: result.state for result in grade(platform).results}
    assert states[left] == "graded"
    assert sorted(states.values()) == ["already graded", "graded"]
    assert "other tests" not in export(platform, tmp_path)[1]


def test_only_a_changed_answer_is_looked_at_again_and_its_mark_counts(platform, tmp_path):
    ids = {name[:3]: name for name in os.listdir(platform / "submitted")}
    for student in ids.values():
        give(platform, student, 1.5)
    [*scores] = [result.notebooks["p"] for result in grade(platform, force=True).results]
    assert [(score.needs_manual, score.again) for score in scores] == [(False, False)] * 2
    hand_in(platform, tmp_path, {"Ada": notebook(prose="since"), "Bob": notebook("y = 4")})
    results = {result.student: result.notebooks["p"] for result in grade(platform).results}
    ada, bob = results[ids["ada"]], results[ids["bob"]]
    assert (ada.score, ada.needs_manual, ada.again) == (3.5, False, True)
    assert (bob.score, bob.needs_manual, bob.again) == (3.5, False, False)
    pages, _ = export(platform, tmp_path)
    assert "mark of your earlier answer" in pages["Ada"]
    assert "to be marked" not in pages["Ada"]
    assert "earlier answer" not in pages["Bob"]
    found = marks(open_course(platform), "TP6")
    assert [(found[ids[one]].unfinished, found[ids[one]].again) for one in ("ada", "bob")] == [
        (False, True), (False, False)
    ]  # fmt: skip
    path, summary = write_report(platform, "TP6")
    page = path.read_text("utf-8")
    assert "count as 0 so far" not in page
    assert "counts as 0 so far" not in page
    assert "1 answer changed after the mark by hand" in page
    assert not any(exercise.counts["to grade by hand"] for exercise in summary.exercises)


def zipped(course, tmp_path):
    """What lies in submitted/, as an archive that says 15:04 without a zone."""
    works = {
        f"{name} X_{number}_assignsubmission_file_/p.ipynb": (
            course / f"submitted/{name.lower()}-x/TP6/p.ipynb"
        ).read_bytes()
        for number, name in enumerate(("Ada", "Bob"), 1)
    }
    return archive(tmp_path / "x.zip", works)


def test_times_that_are_put_right_grade_nobody_again(platform, tmp_path):
    give(platform, "ada-x", 2.5)
    options = ["--course", str(platform), "--timezone", "Europe/Paris"]
    told = CliRunner().invoke(
        app, ["collect", "TP6", str(zipped(platform, tmp_path)), *options], env={"COLUMNS": "200"}
    )
    assert "2 as before, but for the time of handing in, which is put right now: ada-x, bob-x" in told.output
    assert find_older(open_course(platform), "TP6") == Older()
    assert {result.state for result in grade(platform).results} == {"already graded"}
    with open_course(platform).gradebook() as gradebook:
        assert gradebook.find_submission("TP6", "ada-x").timestamp == datetime(2026, 11, 12, 14, 4)
    again = collect(platform, "TP6", zipped(platform, tmp_path), timezone="Europe/Paris")
    assert (len(again.unchanged), again.timed) == (2, [])
    (platform / "submitted/bob-x/TP6/p.ipynb").write_bytes(notebook("y = 4"))  # other work is graded all the same
    collect(platform, "TP6", zipped(platform, tmp_path), timezone="UTC")
    assert find_older(open_course(platform), "TP6").replaced == ["bob-x"]


def test_times_that_change_a_penalty_are_followed_by_grading(platform, tmp_path):
    collect(platform, "TP6", zipped(platform, tmp_path), timezone="Europe/Paris")  # 14:04 UTC
    with (platform / "nbgrader_config.py").open("a") as config:
        config.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    grade(platform, due_date="2026-11-12 14:30 UTC")
    assert marks(open_course(platform), "TP6")["ada-x"].score == 2
    collected = collect(platform, "TP6", zipped(platform, tmp_path), timezone="UTC")
    assert (collected.timed, sorted(collected.penalised)) == (["ada-x", "bob-x"], ["ada-x", "bob-x"])
    older = find_older(open_course(platform), "TP6")
    assert (older.times, older.replaced) == (["ada-x", "bob-x"], [])
    grade(platform)
    assert marks(open_course(platform), "TP6")["ada-x"].score == 0
    assert find_older(open_course(platform), "TP6") == Older()
