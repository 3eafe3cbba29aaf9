"""Runs of `tp grade` on a course that was graded before, or is graded in part: what is kept, what is done again."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.coordinator.run_results import Run
from tplib.autograde.messages.execution import Limits

LIMITS = Limits(cell=1.0, notebook=20)


def grade(root: Path, **options: Any) -> Run:
    return grade_assignment(open_course(root), "ps1", **{"workers": 2, "limits": LIMITS, **options})


@pytest.fixture
def small(tmp_path, build):
    course = build(tmp_path / "course", "second")
    for student in ("ada", "bob"):
        course.hand_in(student)
    return course


def test_newer_submission_is_graded_again(small):
    assert {result.score for result in grade(small.root).results} == {1.0}
    path = small.hand_in("bob", {"answer": "answer = 41"}) / "second.ipynb"
    later = time.time() + 10
    os.utime(path, (later, later))
    states = {result.student: (result.state, result.score) for result in grade(small.root).results}
    assert states == {"ada": ("already graded", 1.0), "bob": ("graded", 0.0)}


def test_newer_timestamp_is_graded_again(small):
    for day in (1, 2):
        (small.folder("bob") / "timestamp.txt").write_text(f"2025-01-0{day} 10:00:00 UTC")
        os.utime(small.folder("bob") / "timestamp.txt", (0, 0))
        run = grade(small.root)
    assert {result.student: result.state for result in run.results} == {"ada": "already graded", "bob": "graded"}


def test_force_keeps_the_old_copy_until_the_new_one_is_whole(small, monkeypatch):
    from tplib.autograde.coordinator import gradebook_writer as writer

    grade(small.root)
    old = (small.root / "autograded/ada/ps1/second.ipynb").read_bytes()

    def explode(new, final, scratch):
        assert (small.root / "autograded/ada/ps1/second.ipynb").read_bytes() == old
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "install", explode)
        with pytest.raises(TplibError, match="there is no room left on the disk"):
            grade(small.root, force=True)
    assert (small.root / "autograded/ada/ps1/second.ipynb").read_bytes() == old
    assert {result.state for result in grade(small.root, force=True).results} == {"graded"}


def test_interrupted_run_keeps_what_is_done_and_goes_on_later(small):
    import signal

    for number in range(6):
        small.hand_in(f"more-{number}")

    def stop_after_two(done: int, total: int, failed: int) -> None:
        if done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    run = grade(small.root, workers=1, on_progress=stop_after_two)
    assert run.interrupted
    assert 2 <= len(run.results) < 8
    assert run.left == 8 - len(run.results)
    again = grade(small.root)
    assert not again.interrupted
    assert len(again.results) == 8
    assert {result.score for result in again.results} == {1.0}
    assert sum(result.state == "already graded" for result in again.results) == len(run.results)


def test_copy_moved_away_by_a_killed_run_is_put_back(small):
    grade(small.root)
    final = small.root / "autograded/ada/ps1"
    replaced = small.root / ".tp-grade-x" / "replaced-y"
    replaced.mkdir(parents=True)
    (replaced.parent / "lock").touch()  # which nobody holds
    (replaced / "path").write_text(str(final))
    final.rename(replaced / "old")
    run = grade(small.root)
    assert {result.state for result in run.results} == {"already graded"}
    assert not replaced.exists()


def test_only_the_students_asked_for(small):
    run = grade(small.root, students=["bob"])
    assert [result.student for result in run.results] == ["bob"]
    with pytest.raises(TplibError, match="no submission of ps1 by eve; there is one by: ada, bob"):
        grade(small.root, students=["eve"])


def test_late_penalty_as_nbgrader_has_it(small):
    (small.root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'tiny'\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    grade(small.root)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{small.root / 'gradebook.db'}", "tiny") as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate="2025-01-01 00:00:00 UTC")
    (small.folder("bob") / "timestamp.txt").write_text("2025-01-02 00:00:00 UTC")
    results = {result.student: result.score for result in grade(small.root, force=True).results}
    assert results == {"ada": 1.0, "bob": 0.0}


def test_manual_grades_survive_a_forced_run(tmp_path, build):
    from nbgrader.api import Gradebook

    course = build(tmp_path / "course", "first")
    course.hand_in("ada")
    [result] = grade(course.root).results
    assert (result.score, result.notebooks["first"].needs_manual) == (5.5, True)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
        grade_of_text = gradebook.find_grade("why", "first", "ps1", "ada")
        grade_of_text.manual_score, grade_of_text.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    [result] = grade(course.root, force=True).results
    assert result.score == 8.0


def test_a_new_hand_in_with_old_times_is_graded_again(small):
    path = small.folder("bob") / "second.ipynb"
    os.utime(path, (1e9, 1e9))
    grade(small.root)
    small.hand_in("bob", {"answer": "answer = 41"})
    for changed in (path, path.parent):
        os.utime(changed, (1e9, 1e9))  # as out of an archive
    states = {result.student: (result.state, result.score) for result in grade(small.root).results}
    assert states == {"ada": ("already graded", 1.0), "bob": ("graded", 0.0)}
    assert {result.state for result in grade(small.root).results} == {"already graded"}


def test_the_same_files_again_with_old_times_are_not(small):
    grade(small.root)
    path = small.folder("bob") / "second.ipynb"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    for changed in (path, path.parent, path.parent.parent):
        os.utime(changed, (1e9, 1e9))
    assert {result.state for result in grade(small.root).results} == {"already graded"}


def test_points_that_nbgrader_itself_took_over_from_source_make_everyone_due(small, monkeypatch):
    from nbgrader.apps import NbGraderAPI

    everyone = {result.student: result.score for result in grade(small.root).results}
    path = small.root / "source/ps1/second.ipynb"
    path.write_text(path.read_text().replace('"points": 1', '"points": 4'))
    with monkeypatch.context() as patch:
        patch.chdir(small.root)
        assert NbGraderAPI(open_course(small.root).directory).generate_assignment("ps1")["success"]
    results = grade(small.root).results
    assert {result.state for result in results} == {"graded"}
    assert {result.student: result.score for result in results} == {name: 4 * score for name, score in everyone.items()}
    assert {result.state for result in grade(small.root).results} == {"already graded"}


@pytest.mark.parametrize("stopped", ["by Ctrl-C", "by an error", "before it began"])
def test_whom_a_forced_run_did_not_reach_is_graded_by_the_next_one(small, monkeypatch, stopped):
    """What is new in source/ counts from the start of such a run: old points beside a new maximum must not stay."""
    import signal

    for number in range(4):
        small.hand_in(f"more-{number}")
    everyone = {result.student for result in grade(small.root).results}

    def stop_after_two(done: int, total: int, failed: int) -> None:
        if stopped == "by Ctrl-C" and done == 2:
            os.kill(os.getpid(), signal.SIGINT)
        elif stopped == "by an error" and done == 2:
            raise ValueError("broken terminal")

    with monkeypatch.context() as patch:
        if stopped == "before it began":
            patch.setattr("tplib.autograde.coordinator.run.make_setup", lambda *_, **__: 1 / 0)
        try:
            run = grade(small.root, force=True, workers=1, on_progress=stop_after_two)
            done = {result.student for result in run.results if result.state == "graded"}
            begin = f"{run.left} are left: `tp grade ps1 --course {small.root}` without --force goes on"
            assert run.stopped.startswith(begin)
            assert all(name in run.stopped for name in run.cut_off)
            assert ("nothing is kept" in run.stopped) == bool(run.cut_off)
            assert not done & {*run.cut_off}
        except ZeroDivisionError:
            done = set()
        except ValueError:
            done = None
    states = {result.student: result.state for result in grade(small.root).results}
    again = {student for student, state in states.items() if state == "graded"}
    assert again == everyone - done if done is not None else len(everyone - again) == 2
    assert {result.state for result in grade(small.root).results} == {"already graded"}
