"""Hostile submissions: none gains a point, reads what it must not, harms another or stops the run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tplib.autograde.attacks import Attack, Row, attacks, run_attacks
from tplib.autograde.attacks.course import RIGHT, WRONG
from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.examiner.remote_answer import RemoteAnswer
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.sandbox import problem
from tplib.autograde.worker.execution_problems import execution_problems
from tplib.graders.answer import Answer
from tplib.graders.exercise import Exercise
from tplib.graders.judge import judge_answer
from tplib.graders.verdict import Verdict

OTHERS = "(the others)"
ORDINARY = 64321
# Where it matters who grades: what belongs to root is open to root's own sandbox only.
FOR_ANOTHER_USER = (
    *(
        "changed_library",
        "course_on_the_disk",
        "endless_watch",
        "fork_bomb",
        "honest_tools",
        "kernel_settings",
        "killed_others",
        "leftover_process",
        "lying_observer",
    ),
    *("memory_bomb", "namespaces_again", "network", "other_memory", "other_roots", "pinned_memory", "planted_startup"),
    *("shared_quotas", "stolen_processor", "swapped_folder", "symbolic_link"),
)

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All of them in one class, graded in one run."""
    return {row.name: row for row in run_attacks(workers=2)}


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.name)
def test_attack_gains_nothing(rows: dict[str, Row], attack: Attack) -> None:
    assert rows[attack.name].withstood, rows[attack.name].outcome


def test_the_others_are_not_harmed(rows: dict[str, Row]) -> None:
    assert rows[OTHERS].withstood, rows[OTHERS].outcome


def test_each_says_what_it_tries() -> None:
    assert len(attacks()) >= 40
    assert all(attack.tries.endswith(".") for attack in attacks())


@pytest.mark.skipif(os.geteuid() != 0, reason="the attacks above ran as an ordinary user")
def test_attacks_on_an_ordinary_user() -> None:
    home = tempfile.mkdtemp(prefix="tp-attacks-")  # pytest's own folders are closed to others
    os.chown(home, ORDINARY, ORDINARY)
    code = "import dataclasses, json, sys; from tplib.autograde.attacks import run_attacks"
    code += "; print(json.dumps([dataclasses.asdict(row) for row in run_attacks(sys.argv[1:], workers=1)]))"
    try:
        done = subprocess.run(
            [*as_ordinary_user(), "-c", code, *FOR_ANOTHER_USER],
            env={**environment(), "HOME": home},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=300,
        )
    finally:
        shutil.rmtree(home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert {row["name"] for row in found} == {*FOR_ANOTHER_USER, OTHERS}
    assert [row for row in found if not row["withstood"]] == []


@pytest.mark.parametrize("place", ["/usr/src", sys.prefix], ids=["the system's programs", "this Python"])
def test_a_course_below_a_folder_that_is_shown_is_not_seen(place: str) -> None:
    """In containers, courses often lie in /usr/src/app."""
    if not os.access(place, os.W_OK):
        pytest.skip(f"{place} cannot be written")
    rows = run_attacks(["course_on_the_disk", "read_course"], folder=Path(place), workers=1)
    assert [row for row in rows if not row.withstood] == []


def as_ordinary_user() -> list[str]:
    """The command for a Python of this version that such a user can read; it takes its packages from here."""
    user = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups"]
    # setpriv can start what the user cannot read: then Python cannot start itself.
    check = "import numpy, os, sys; "
    check += f"sys.exit(sys.version_info[:2] != {sys.version_info[:2]} or not os.path.exists(sys.executable))"
    for python in (sys.executable, "/usr/bin/python3"):
        command = [*user, python]
        if all(map(shutil.which, (user[0], python))):
            tried = subprocess.run([*command, "-c", check], env=environment(), cwd="/", capture_output=True)
            if tried.returncode == 0:
                return command
    pytest.skip("no Python of this version, with these packages, that an ordinary user can read")


def environment() -> dict[str, str]:
    packages = os.pathsep.join(path for path in sys.path if "site-packages" in path or path.endswith("/src"))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": packages,
        "JUPYTER_PATH": os.path.join(sys.prefix, "share", "jupyter"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }


# One candidate, without a course around it.


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    server = CandidateServer(tmp_path_factory.mktemp("attacks"), sandbox_view())
    try:
        server.preload(["numpy", "IPython"])
        with Launcher(server) as launcher:
            yield launcher
    finally:
        server.close()


def examine(launcher: Launcher, folder: Path, *cells: str) -> NotebookOutcome:
    """Run the cells, the last of which is the check of `sigmoid`."""
    sources = ["import numpy as np", *cells, "check('sigmoid')"]
    notebook: dict[str, Any] = {
        "cells": [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for source in sources
        ]
    }
    limits = Limits(cell=3, notebook=60, memory=512 << 20)
    (folder / "work").mkdir(exist_ok=True)
    last = len(sources) - 1
    run = NotebookRun("student/1", notebook, folder / "work", limits, checks={last: "sigmoid"})
    run.seeds["sigmoid"] = 20
    return launcher.run(run)


def score(outcome: NotebookOutcome) -> float:
    """What the examiner gave; a check that was never reached earns nothing."""
    [found] = outcome.verdicts.values() or [{"score": 0.0}]
    return found["score"]


def test_the_rest_of_a_notebook_is_graded_after_a_crash(launcher: Launcher, tmp_path: Path) -> None:
    outcome = examine(launcher, tmp_path, "import os\nos._exit(1)", RIGHT)
    assert score(outcome) == 1
    assert outcome.crashed == {1: "the code ended its Python process (exit code 1)"}


def test_a_wrong_answer_has_no_points(launcher: Launcher, tmp_path: Path) -> None:
    assert score(examine(launcher, tmp_path, WRONG)) == 0


def test_a_foreign_object_is_a_wrong_answer_and_ends_no_process(launcher: Launcher, tmp_path: Path) -> None:
    outcome = examine(launcher, tmp_path, "def sigmoid(x):\n    return object()")
    assert score(outcome) == 0
    assert outcome.crashed == {}


def test_an_answer_that_cannot_be_judged_costs_its_own_exercise(
    launcher: Launcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(exercise: Exercise, answer: Answer, seed: int | None) -> Verdict:
        if isinstance(answer, RemoteAnswer):
            raise OverflowError("too large")
        return judge_answer(exercise, answer, seed)

    monkeypatch.setattr("tplib.autograde.examiner.judging.judge_answer", fail)
    outcome = examine(launcher, tmp_path, RIGHT)
    assert score(outcome) == 0
    assert (outcome.failed, outcome.tampering, outcome.stopped_at) == (None, [], None)
    assert [problem.kind for problem in execution_problems("1", outcome)] == ["not judged"]


def test_a_failure_of_the_examiner_ends_one_notebook_not_the_run(
    launcher: Launcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr("tplib.autograde.examiner.judging.judge_answer", fail)
        outcome = examine(launcher, tmp_path, RIGHT)
    assert outcome.failed == "a check cannot be judged here: sigmoid: RuntimeError: out of order"
    assert score(examine(launcher, tmp_path, RIGHT)) == 1
