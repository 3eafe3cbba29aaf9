"""Submissions are graded when they arrive, whole, and once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from tplib.autograde.bridge.course import open_course
from tplib.autograde.commands.watching import Arrivals
from tplib.autograde.coordinator.journal import Journal
from tplib.cli import app


@pytest.fixture
def course(tmp_path, build):
    return build(tmp_path / "course", "second")


def test_arrivals_are_told_when_nothing_more_is_written(course):
    arrivals = Arrivals(open_course(course.root), "ps1")
    assert arrivals.look() == []
    course.hand_in("ada")
    assert arrivals.look() == []  # new: it may still be on its way
    assert arrivals.look() == ["ada"]
    arrivals.graded(["ada"])
    assert arrivals.look() == []
    (course.folder("ada") / "notes.txt").write_text("half of")
    assert arrivals.look() == []
    (course.folder("ada") / "notes.txt").write_text("half of it, and the rest")
    assert arrivals.look() == []
    assert arrivals.look() == ["ada"]


def test_what_changes_while_it_is_graded_is_graded_again(course):
    course.hand_in("ada")
    arrivals = Arrivals(open_course(course.root), "ps1")
    arrivals.look()
    assert arrivals.look() == ["ada"]
    (course.folder("ada") / "notes.txt").write_text("written meanwhile")
    arrivals.graded(["ada"])
    arrivals.look()
    assert arrivals.look() == ["ada"]


def tp(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_once_grades_all_that_lies_there_and_ends(course):
    course.hand_in("ada")
    course.hand_in("bob", {"answer": "answer = 41"})
    done = tp("watch", "ps1", "--once", "--every", "0.2", "--course", course.root)
    assert done.exit_code == 0, done.stderr
    assert "ada  " in done.stdout
    assert (course.root / "feedback/bob/ps1/second.html").exists()
    assert ("Stopped" in done.stdout, "Done: nothing in submitted/ waits any more." in done.stdout) == (False, True)


def test_once_waits_for_another_grading(course, monkeypatch):
    course.hand_in("ada")
    at_work = Journal(course.root, "ps1")
    asked = []

    def sleep(seconds):
        asked.append(seconds)
        if len(asked) == 3:
            at_work.__exit__(None, None, None)

    monkeypatch.setattr("tplib.autograde.commands.watching.time.sleep", sleep)
    done = tp("watch", "ps1", "--once", "--no-feedback", "--course", course.root)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.count("another `tp grade` or `tp watch` is at work on ps1") == 1
    assert "ada  " in done.stdout


def test_unknown_assignment(course):
    done = tp("watch", "sp1", "--course", course.root)
    assert done.exit_code == 1
    assert "did you mean ps1?" in " ".join(done.stderr.split())


@pytest.mark.slow
def test_watches_until_it_is_interrupted(course):
    course.hand_in("ada")
    watching = subprocess.Popen(
        [sys.executable, "-m", "tplib.cli", "watch", "ps1", "--every", "0.3"],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        pages = course.root / "feedback"
        for student in ("ada", "bob"):
            course.hand_in(student)
            until = time.monotonic() + 240
            while not (pages / student / "ps1/second.html").exists() and time.monotonic() < until:
                assert watching.poll() is None
                time.sleep(0.1)
        watching.send_signal(signal.SIGINT)
        said, wrong = watching.communicate(timeout=60)
    finally:
        watching.kill()
    assert "Stopped: what was graded is kept." in said
    assert "Traceback" not in wrong
    assert said.count("ada  ") == said.count("bob  ") == 1
