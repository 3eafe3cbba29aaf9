"""A gradebook in PostgreSQL, on a private server: the same as in SQLite, also for a run that was killed and resumed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.reports.report import write_report

USER = "postgres"  # Debian's; the server refuses root
PROGRAM = """
import os, signal, sys
from pathlib import Path
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment

def die(done, total, failed):
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)

grade_assignment(open_course(Path(sys.argv[1])), "ps1", workers=1, on_progress=die)
"""


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs: Debian keeps them off PATH."""
    found = shutil.which("initdb")
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin")), *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def can_change_user() -> bool:
    try:
        return os.geteuid() != 0 or bool(pwd.getpwnam(USER))
    except KeyError:
        return False


pytestmark = [
    pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed (Debian: postgresql)"),
    pytest.mark.skipif(not can_change_user(), reason=f"this is root, and there is no user {USER} to run the server"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of an empty database on a server of its own, reached by a Unix socket."""
    bin_folder = programs()
    as_user: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="tp-pg-", dir="/tmp"))  # a socket's path may have 107 bytes
    if as_user:
        shutil.chown(folder, USER)
    try:
        init = [bin_folder / "initdb", "-D", folder / "data", "-U", "tp", "-A", "trust", "-E", "UTF8", "--no-locale"]
        subprocess.run([*init, "--no-sync"], check=True, capture_output=True, timeout=120, cwd=folder, **as_user)
        options = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"]
        command = [bin_folder / "postgres", "-D", folder / "data", *options]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **as_user)
        try:
            ask = [bin_folder / "pg_isready", "-q", "-h", folder, "-U", "tp", "-d", "postgres"]
            until = time.monotonic() + 60
            while subprocess.run(ask, timeout=30).returncode:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            yield f"postgresql+psycopg://tp@/postgres?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def grades(root: Path) -> dict[str, Any]:
    """What the gradebook says on every graded cell and comment."""
    directory = open_course(root).directory
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        submissions = gradebook.assignment_submissions("ps1")
        notebooks = [notebook for submission in submissions for notebook in submission.notebooks]
        cells = {
            f"{notebook.student.id}/{notebook.name}/{item.name}": (
                item.auto_score,
                item.manual_score,
                item.needs_manual_grade,
            )
            for notebook in notebooks
            for item in notebook.grades
        }
        comments = {
            f"{notebook.student.id}/{item.name}": item.auto_comment
            for notebook in notebooks
            for item in notebook.comments
        }
        times = {submission.student.id: str(submission.timestamp) for submission in submissions}
    return {"cells": cells, "comments": comments, "times": times}


def make(build: Any, right: dict[str, str], root: Path, db_url: str | None = None) -> Any:
    course = build(root, "first")
    if db_url is not None:
        with (root / "nbgrader_config.py").open("a") as config:
            config.write(f"c.CourseDirectory.db_url = {db_url!r}\n")
    course.hand_in("ada", right)
    course.hand_in("bob", {**right, "half": "def half(x):\n    return 1"})
    course.hand_in("eve", {})
    (course.hand_in("zoë", right) / "timestamp.txt").write_text("2025-01-02 10:00:00 UTC")
    return course


def test_gradebook_equals_sqlites_when_killed_and_resumed(tmp_path, build, right, server):
    there = make(build, right, tmp_path / "there", server)
    killed = subprocess.run([sys.executable, "-c", PROGRAM, there.root], timeout=120, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    resumed = grade_assignment(open_course(there.root), "ps1", workers=1)
    assert sum(result.state == "already graded" for result in resumed.results) >= 2
    here = make(build, right, tmp_path / "here")
    undisturbed = grade_assignment(open_course(here.root), "ps1", workers=1)
    assert {result.student: result.score for result in resumed.results} == {
        result.student: result.score for result in undisturbed.results
    }
    assert grades(there.root) == grades(here.root)
    assert not (there.root / "gradebook.db").exists()

    directory = open_course(there.root).directory
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        text = gradebook.find_grade("why", "first", "ps1", "ada")
        text.manual_score, text.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    [again] = grade_assignment(open_course(there.root), "ps1", workers=1, students=["ada"], force=True).results
    assert again.score == undisturbed.results[0].score + 2.5
    assert "zoë" in write_report(there.root, "ps1").path.read_text(encoding="utf-8")


def test_server_that_does_not_answer_is_a_sentence(tmp_path, build, right):
    course = make(build, right, tmp_path / "course", f"postgresql+psycopg://tp:secret@/postgres?host={tmp_path}")
    with pytest.raises(TplibError, match=r"the gradebook postgresql\+psycopg://tp:\*\*\*@.* cannot be used: ") as said:
        grade_assignment(open_course(course.root), "ps1", workers=1)
    assert "secret" not in str(said.value)


def test_missing_driver_is_a_sentence(tmp_path, build, right, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    course = make(build, right, tmp_path / "course", "postgresql+psycopg://tp@localhost/grades")
    with pytest.raises(TplibError, match=r"needs a driver .* run `pip install 'tplib\[postgresql\]'`"):
        grade_assignment(open_course(course.root), "ps1", workers=1)
