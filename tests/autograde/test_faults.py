"""Killed at any moment, or without room on the disk, a run loses nothing: the next one completes what was graded."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from tplib import TplibError
from tplib.autograde.course import open_course
from tplib.autograde.executor import Executor, Zygote
from tplib.autograde.grade import grade_assignment
from tplib.autograde.jobs import Job, Limits
from tplib.autograde.journal import Journal
from tplib.autograde.results import execution_problems
from tplib.autograde.secret import course_secret, seeds

KILLS = int(os.environ.get("TPLIB_KILLS", "2"))
PROGRAM = """
import sys
from pathlib import Path
from tplib.autograde.course import open_course
from tplib.autograde.grade import grade_assignment
grade_assignment(open_course(Path(sys.argv[1])), "ps1", workers=2)
"""


def dump(root: Path) -> dict[str, Any]:
    """Everything that the gradebook and autograded/ say on who was graded."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny") as gradebook:
        rows = {
            f"{submission.student.id}/{item.name}": (item.auto_score, item.manual_score, item.needs_manual_grade)
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for item in notebook.grades
        }
    folders = (root / "autograded").glob("*/ps1")
    files = {str(path.relative_to(root)) for folder in folders for path in folder.iterdir()}
    return {"grades": rows, "files": sorted(files)}


def make(build, root: Path, count: int = 6):
    course = build(root, "second")
    for number in range(count):
        course.hand_in(f"s{number}", {"answer": f"answer = {41 + number % 2}"})
    return course


def test_killed_at_random_moments_and_resumed(tmp_path, build):
    undisturbed = make(build, tmp_path / "undisturbed")
    started = time.monotonic()
    grade_assignment(open_course(undisturbed.root), "ps1", workers=2)
    seconds = time.monotonic() - started
    expected = dump(undisturbed.root)
    generator = random.Random(1)
    for number in range(KILLS):
        course = make(build, tmp_path / f"killed-{number}")
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, course.root], stderr=subprocess.DEVNULL)
        try:
            process.wait(generator.uniform(0.2, 1.2) * seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        run = grade_assignment(open_course(course.root), "ps1", workers=2)
        assert len(run.results) == 6
        assert dump(course.root) == expected
        assert not list(course.root.glob(".tp-grade-*"))


def test_result_in_the_journal_is_entered_not_graded_again(tmp_path, build, monkeypatch):
    course = make(build, tmp_path / "course", 2)
    from tplib.autograde.writer import Writer

    with monkeypatch.context() as patch:

        def die(self, result):
            raise KeyboardInterrupt

        patch.setattr(Writer, "enter", die)
        with pytest.raises(KeyboardInterrupt):
            grade_assignment(open_course(course.root), "ps1", workers=1)
    states = [found.state for found in grade_assignment(open_course(course.root), "ps1", workers=1).results]
    assert sorted(states) == ["already graded", "graded"]


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
        with pytest.raises(TplibError, match="another `tp grade` is at work on ps1"):
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
            with pytest.raises(TplibError, match=r"cannot be written to .*make room"):
                journal.append(b"x" * 10_000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        journal.append(b"second")
        assert list(journal.pending()) == [b"first", b"second"]


def test_lost_workers_are_replaced_and_then_named(tmp_path, build):
    course = make(build, tmp_path / "course", 2)
    config = course.root / "nbgrader_config.py"
    deadly = "def hook(student, **_):\n    import os\n    if student == 's1': os._exit(9)\n"
    config.write_text(config.read_text() + deadly + "c.Autograde.pre_convert_hook = hook\n")
    results = {found.student: found for found in grade_assignment(open_course(course.root), "ps1", workers=1).results}
    assert results["s0"].state == "graded"
    assert results["s1"].state == "failed"
    assert "3 times" in results["s1"].problems[-1].reason


def test_any_bytes_for_a_notebook_get_a_verdict_or_a_reason(tmp_path, build):
    course = build(tmp_path / "course", "second")
    generator = random.Random(2)
    whole = json.dumps(course.released("second")).encode()
    for number in range(12):
        data = bytearray(whole)
        for _ in range(generator.randint(1, 8)):
            place = generator.randrange(len(data))
            data[place : place + generator.randint(0, 40)] = generator.randbytes(generator.randint(0, 5))
        (course.folder(f"s{number:02}") / "second.ipynb").write_bytes(bytes(data))
    run = grade_assignment(open_course(course.root), "ps1", workers=2)
    assert len(run.results) == 12
    assert all(found.state == "graded" for found in run.results), [found.problems for found in run.results]


def test_seeds_are_a_students_own_and_stay(tmp_path):
    secret = course_secret(tmp_path)
    assert course_secret(tmp_path) == secret
    assert (tmp_path / ".tplib/secret").stat().st_mode & 0o777 == 0o600
    mine, yours = seeds(secret, "ada", ["softmax", "relu"]), seeds(secret, "bob", ["softmax", "relu"])
    assert len({*mine.values(), *yours.values()}) == 4
    assert seeds(secret, "ada", ["softmax"])["softmax"] == mine["softmax"]


LOOP = "def sigmoid(x):\n    while True:\n        "


@pytest.mark.parametrize("body", ["pass", "try:\n            while True: pass\n        except BaseException: pass"])
def test_a_loop_that_only_the_examiner_meets_is_named_with_what_to_do(tmp_path, body):
    zygote = Zygote(tmp_path)
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in (LOOP + body, "check('sigmoid')", "print('on')")
    ]
    cells[1]["metadata"] = {"nbgrader": {"grade_id": "check-sigmoid", "points": 4.0}}
    try:
        with Executor(zygote) as executor:
            job = Job("ada/1", {"cells": cells}, tmp_path / "work", tmp_path, Limits(cell=1), checks={1: "sigmoid"})
            outcome = executor.run(job)
    finally:
        zygote.close()
    assert outcome.verdicts[1]["points"] == 0
    assert "did not get to its end" in outcome.verdicts[1]["message"]
    [problem] = execution_problems("1", outcome)
    assert problem.kind == "time limit"
    assert "the answer that the cell check-sigmoid calls was stopped after 1 s" in problem.reason
    assert "endless loop" in problem.hint
    assert outcome.cells[2].outputs[0]["text"] == "on\n"
