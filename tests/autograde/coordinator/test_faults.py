"""Killed at any moment, or without room on the disk, a run loses nothing: the next one completes what was graded."""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
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
from tplib.autograde.coordinator.history import read_history
from tplib.autograde.coordinator.journal import Journal
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.messages.execution import Limits
from tplib.autograde.messages.grading import pack
from tplib.autograde.reports.feedback import write_feedback
from tplib.autograde.sandbox import problem

KILLS = int(os.environ.get("TPLIB_KILLS", "2"))
PROGRAM = """
import sys
from pathlib import Path
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
grade_assignment(open_course(Path(sys.argv[1])), "ps1", workers=2, sandbox=sys.argv[2] == "True", force=True)
"""


def dump(root: Path) -> dict[str, Any]:
    """The whole gradebook and all files in autograded/, without the names that each run draws by lot."""
    found: dict[str, Any] = {}
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:  # no row more and none less, also of those that nothing below refers to
            rows = database.execute(f"SELECT * FROM {table}")
            found[table] = sorted(re.sub(r"[0-9a-f]{32}", "*", repr(row)) for row in rows)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny") as gradebook:
        for submission in gradebook.assignment_submissions("ps1"):
            found[submission.student.id] = submission.timestamp
            for notebook in submission.notebooks:
                place = f"{submission.student.id}/{notebook.name}"
                found[place] = notebook.score, notebook.max_score, notebook.late_submission_penalty
                for item in notebook.grades:
                    given = (item.auto_score, item.manual_score, item.extra_credit, item.needs_manual_grade)
                    found[f"{place}/{item.name}"] = given
                for item in notebook.comments:
                    found[f"{place}/{item.name}/comment"] = item.auto_comment, item.manual_comment
    for path in sorted((root / "autograded").rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            found[str(path.relative_to(root))] = re.sub(r'"id": "[0-9a-f]{8}"', '"id": "*"', text)
    return found


def pages(root: Path) -> dict[str, str]:
    write_feedback(root, "ps1", workers=1)
    found = (root / "feedback").rglob("*.html")
    return {
        str(path.relative_to(root)): re.sub(r"(cell-id=)[0-9a-f]{8}", r"\1*", path.read_text(encoding="utf-8"))
        for path in sorted(found)
    }


def make(build, root: Path, count: int = 6):
    course = build(root, "second")
    for number in range(count):
        course.hand_in(f"s{number}", {"answer": f"answer = {41 + number % 2}"})
    return course


def troubled(build, right, root: Path):
    """Honest, wrong, late, broken and repaired submissions of two notebooks."""
    course = build(root)
    wrong = {**right, "double": "def double(x):\n    return x"}
    for number in range(3):
        course.hand_in(f"right-{number}", right)
    course.hand_in("wrong", wrong)
    (course.hand_in("timed", right) / "timestamp.txt").write_text("2025-01-31 23:59:00 UTC")
    (course.hand_in("broken", right) / "second.ipynb").write_text('{"cells": [')
    course.hand_in("deleted", right, edit=lambda notebook: notebook.cells.pop(3))
    course.hand_in("crash", {**right, "half": "import os\nos._exit(3)"})
    (root / ".tplib").mkdir()
    (root / ".tplib/secret").write_text("5" * 64)
    return course


def children(pid: int) -> set[int]:
    """All processes that `pid` has started, and those that they have."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those of `pids` that run: neither gone nor waiting for a parent to notice."""
    found = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX":
                found.add(pid)
    return found


@pytest.fixture
def temporary(monkeypatch) -> Iterator[Path]:
    """Where temporary files go, also those of the processes that are started; its path is short, as a socket's is."""
    with tempfile.TemporaryDirectory(prefix="tp-test-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc")
def test_killed_at_random_moments_and_resumed(tmp_path, build, right, temporary):
    """The coordinator alone, or with all that it started, in a first run or in one that grades everybody again."""
    sandbox = problem() is None
    undisturbed = troubled(build, right, tmp_path / "undisturbed")
    started = time.monotonic()
    grade_assignment(open_course(undisturbed.root), "ps1", workers=2, sandbox=sandbox)
    seconds = time.monotonic() - started
    shutil.copytree(undisturbed.root, graded := tmp_path / "graded")
    expected, expected_pages = dump(undisturbed.root), pages(undisturbed.root)
    assert len(expected_pages) == 24  # of two notebooks and over both
    assert (expected["right-0/first"][0], expected["wrong/first"][0], expected["crash/second"][0]) == (5.5, 3.5, 1.0)
    generator = random.Random(1)
    for number in range(KILLS):
        root = tmp_path / f"killed-{number}"
        if number % 3 == 2:
            shutil.copytree(graded, root)
        else:
            troubled(build, right, root)
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, root, str(sandbox)], stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(generator.uniform(0.1, 1.2) * seconds)
        orphans = children(process.pid)
        process.kill()
        process.wait()
        if number % 4 == 3:
            for pid in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        run = grade_assignment(open_course(root), "ps1", workers=2, sandbox=sandbox)
        assert {found.state for found in run.results} <= {"graded", "already graded"}
        assert dump(root) == expected
        assert sorted(entry.student for entry in read_history(root, "ps1")) == sorted(r.student for r in run.results)
        assert pages(root) == expected_pages
        assert not list(root.glob(".tp-grade-*"))
        until = time.monotonic() + 30
        while alive(orphans) and time.monotonic() < until:
            time.sleep(0.05)
        assert not alive(orphans)
        assert not list(temporary.iterdir())
        shutil.rmtree(root)


def test_result_in_the_journal_is_entered_not_graded_again(tmp_path, build, monkeypatch):
    course = make(build, tmp_path / "course", 2)
    from tplib.autograde.coordinator.gradebook_writer import Writer

    with monkeypatch.context() as patch:

        def die(self, result):
            raise KeyboardInterrupt

        patch.setattr(Writer, "enter", die)
        with pytest.raises(KeyboardInterrupt):
            grade_assignment(open_course(course.root), "ps1", workers=1)
    states = [found.state for found in grade_assignment(open_course(course.root), "ps1", workers=1).results]
    assert sorted(states) == ["already graded", "graded"]


def test_result_that_another_version_left_in_the_journal_is_graded_again(tmp_path, build):
    course = make(build, tmp_path / "course", 1)
    with Journal(course.root, "ps1") as journal:
        journal.append(b"not what this version writes")
        journal.append(pack({"student": "s0", "problems": [], "notebooks": {}, "of another version": 1}, {}))
    [found] = grade_assignment(open_course(course.root), "ps1", workers=1).results
    assert found.state == "graded"


def test_torn_end_of_the_journal_is_cut_off(tmp_path):
    with Journal(tmp_path, "ps1") as journal:
        for data in (b"one", b"two\n", b"three"):
            journal.append(data)
    path = tmp_path / ".tplib/journal/ps1.journal"
    path.write_bytes(path.read_bytes()[:-2])
    with Journal(tmp_path, "ps1") as journal:
        assert list(journal.pending()) == [b"one", b"two\n"]
        journal.append(b"four")
        assert list(journal.pending()) == [b"one", b"two\n", b"four"]
        with pytest.raises(TplibError, match="another `tp grade` or `tp watch` is at work on ps1"):
            Journal(tmp_path, "ps1")
        journal.entered(finished=True)
        assert list(journal.pending()) == []


def test_full_disk_is_a_sentence_and_loses_nothing(tmp_path):
    with Journal(tmp_path, "ps1") as journal:
        journal.append(b"first")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            with pytest.raises(
                TplibError,
                match=r"ps1.journal cannot be written: .*graded so far is kept",
            ):
                journal.append(b"x" * 10_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        journal.append(b"second")
        assert list(journal.pending()) == [b"first", b"second"]


def processes(kind: str) -> set[int]:
    """The engine's processes of this kind that this one has started, by what they run."""
    found = set()
    for pid in children(os.getpid()):
        with contextlib.suppress(OSError):
            if f"tplib.autograde.{kind}".encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.add(pid)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc")
@pytest.mark.parametrize(
    ("victims", "number"),
    [
        ("worker", signal.SIGKILL),
        ("worker forkserver", signal.SIGKILL),
        ("candidate forkserver", signal.SIGKILL),
        ("worker", signal.SIGSTOP),
    ],
)
def test_process_lost_in_the_middle_is_replaced_in_the_same_run(tmp_path, build, monkeypatch, victims, number):
    monkeypatch.setattr("tplib.autograde.coordinator.worker_process.EXTRA_SECONDS", 4.0)
    course = build(tmp_path / "course", "second")
    for student in "abcdef":
        course.hand_in(student, {"answer": "import time\ntime.sleep(0.3)\nanswer = 42"})
    hit: set[int] = set()

    def strike(done: int, total: int, failed: int) -> None:
        if done == 2 and not hit:
            alike = processes("worker.forkserver")  # the fork server, its workers, and what these judge in
            forkservers = alike - set().union(*map(children, alike))
            found = {
                "worker forkserver": forkservers,
                "worker": alike & set().union(*map(children, forkservers)),
                "candidate forkserver": processes("candidate.forkserver"),
            }
            hit.update(found[victims])
            for pid in hit:
                os.kill(pid, number)

    run = grade_assignment(
        open_course(course.root), "ps1", workers=1, limits=Limits(cell=2, notebook=4), on_progress=strike
    )
    assert hit
    assert {found.student: (found.state, found.score) for found in run.results} == dict.fromkeys(
        "abcdef", ("graded", 1.0)
    )
    assert not alive(hit)


def test_lost_workers_are_replaced_and_then_named(tmp_path, build):
    course = make(build, tmp_path / "course", 2)
    config = course.root / "nbgrader_config.py"
    deadly = "def hook(student, **_):\n    import os\n    if student == 's1': os._exit(9)\n"
    config.write_text(config.read_text() + deadly + "c.Autograde.pre_convert_hook = hook\n")
    results = {found.student: found for found in grade_assignment(open_course(course.root), "ps1", workers=1).results}
    assert results["s0"].state == "graded"
    assert results["s1"].state == "failed"
    assert "3 times" in results["s1"].problems[-1].reason
