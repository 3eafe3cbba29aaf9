"""`tp grade` under settings that cron, daemons, schedulers and hardened machines leave to what they start."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.sandbox import problem

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")
GRADE = f"{sys.executable} -m tplib.cli grade ps1"
DEAF = f"""{sys.executable} -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "-m", "tplib.cli", "grade", "ps1"])'"""


@pytest.fixture
def course(tmp_path, build):
    course = build(tmp_path / "course", "second")
    course.hand_in("ada", {"answer": "answer = 42"})
    course.hand_in("bob", {"answer": "answer = 41"})
    return course


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(f"umask 077; {GRADE}", id="nobody else may read"),
        pytest.param(f"umask 026; {GRADE}", id="others may not write, some not read"),
        pytest.param(DEAF, id="SIGCHLD is ignored"),
        pytest.param(f"{GRADE} <&- >&- 2>&-", id="all streams are closed"),
        pytest.param(f"ulimit -f 1000; {GRADE}", id="small files only"),
        pytest.param(f"ulimit -v 2000000; {GRADE}", id="little address space"),
        pytest.param(f"env -i PATH=$PATH HOME=$HOME {GRADE}", id="an empty environment"),
    ],
)
def test_everybody_is_graded(course, tmp_path, command):
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for _ in range(2):  # the second run starts its candidate server early
        done = subprocess.run(
            ["bash", "-c", command], cwd=course.root, env=environment, text=True, capture_output=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with sqlite3.connect(course.root / "gradebook.db") as database:
            assert sorted(database.execute("select auto_score from grade where auto_score is not null")) == [
                (0.0,),
                (1.0,),
            ]
        for student in ("ada", "bob"):
            os.rename(course.root / "autograded" / student, tmp_path / f"graded-{student}-{os.urandom(4).hex()}")


def test_a_folder_that_may_not_be_read_costs_the_others_nothing(course, monkeypatch):
    """Root may read all, so what the system would say is said here."""
    closed, access = course.root / "submitted" / "ada" / "ps1", os.access
    monkeypatch.setattr(os, "access", lambda path, *how, **named: path != closed and access(path, *how, **named))
    ada, bob = grade_assignment(open_course(course.root), "ps1", workers=1).results
    assert (ada.state, bob.state) == ("failed", "graded")
    assert "you may not read the folder submitted/ada/ps1" in str(ada.problems)


def test_where_no_thread_can_be_started_the_run_ends(course, monkeypatch):
    def refuse(timer: threading.Timer) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", refuse)
    results = grade_assignment(open_course(course.root), "ps1", workers=2).results
    assert [result.state for result in results] == ["failed", "failed"]
    assert "can't start new thread" in str(results[0].problems)


def test_too_few_open_files_is_a_sentence(course, tmp_path):
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        ["bash", "-c", f"ulimit -n 8; {GRADE}"],
        cwd=course.root,
        env=environment,
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Too many files are open" in done.stderr
    assert "Traceback" not in done.stderr
