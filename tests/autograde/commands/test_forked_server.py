"""`tp grade` as a program of its own: the worker forkserver is forked from it, and its death costs nobody anything."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tplib.autograde.sandbox import problem

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")
STUDENTS = "abcdefgh"


@pytest.fixture
def course(tmp_path, build):
    course = build(tmp_path / "course", "second")
    for student in STUDENTS:
        course.hand_in(student, {"answer": "import time\ntime.sleep(0.3)\nanswer = 42"})
    return course


def begun(root: Path, cache: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tplib.cli", "grade", "ps1", "--course", str(root), "--workers", "1"]
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    usual = {name: value for name, value in os.environ.items() if name not in threads}  # users set none of these
    environment = usual | {"XDG_CACHE_HOME": str(cache)}
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def family(pid: int) -> dict[str, list[psutil.Process]]:
    """The processes below `tp grade`, by what they are."""
    found: dict[str, list[psutil.Process]] = {"forkserver": [], "keeper": [], "all": []}
    for process in psutil.Process(pid).children(recursive=True):
        words = process.cmdline()
        found["all"].append(process)
        if process.ppid() == pid and "tplib.cli" in words:
            found["forkserver"].append(process)
        elif "tplib.autograde.worker.early_start" in words:
            found["keeper"].append(process)
    return found


def graded(root: Path) -> int:
    return len(list((root / "autograded").glob("*/ps1")))


def points(root: Path) -> list[float]:
    query = "select grade.auto_score from grade where grade.auto_score is not null"
    with sqlite3.connect(root / "gradebook.db") as database:
        return [score for (score,) in database.execute(query)]


@pytest.mark.parametrize("victim", ["forkserver", "keeper", "nothing"])
def test_a_second_run_in_which_a_process_is_killed_grades_all_the_same(course, tmp_path, victim):
    first = begun(course.root, tmp_path / "cache")
    first.communicate(timeout=300)
    assert first.returncode == 0
    expected = points(course.root)
    assert expected == [1.0] * len(STUDENTS)
    for student in STUDENTS:  # handed in again
        course.hand_in(student, {"answer": "import time\ntime.sleep(0.31)\nanswer = 42"})
    for folder in (course.root / "autograded").iterdir():
        os.rename(folder, tmp_path / f"before-{folder.name}")
    run = begun(course.root, tmp_path / "cache")
    until = time.monotonic() + 120
    while graded(course.root) < 2 and run.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    found = family(run.pid)
    assert (len(found["forkserver"]), len(found["keeper"])) == (1, 1)
    for process in found.get(victim, []):
        process.send_signal(signal.SIGKILL)
    said = run.communicate(timeout=300)[0]
    assert run.returncode == 0, said
    assert f"{len(STUDENTS)} graded" in said
    assert points(course.root) == expected
    _, alive = psutil.wait_procs(found["all"], timeout=20)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE], said


def test_where_tp_grade_is_killed_nothing_of_it_stays(course, tmp_path):
    run = begun(course.root, tmp_path / "cache")
    until = time.monotonic() + 120
    while graded(course.root) < 1 and run.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    found = family(run.pid)
    run.kill()
    run.communicate(timeout=60)
    _, alive = psutil.wait_procs(found["all"], timeout=20)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    again = begun(course.root, tmp_path / "cache")
    said = again.communicate(timeout=300)[0]
    assert again.returncode == 0, said
    assert points(course.root) == [1.0] * len(STUDENTS)
