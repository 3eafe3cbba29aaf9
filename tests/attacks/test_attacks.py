"""Hostile submissions, one file each: none gains a point, reads what it must not, harms another or stops the run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tplib.autograde.executor import Executor, Zygote, sandbox_view
from tplib.autograde.jobs import Job, Limits, Outcome
from tplib.autograde.sandbox import problem

SUBMISSIONS = sorted((Path(__file__).parent / "submissions").glob("*.py"))
HONEST = "import numpy as np\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-np.asarray(x)))"
STABLE = """
import numpy as np

def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e).astype(x.dtype) / (1 + e)
"""
CANARY = "a secret of the host"

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    zygote = Zygote(tmp_path_factory.mktemp("attacks"), sandbox_view())
    try:
        zygote.preload(["numpy", "IPython"])
        with Executor(zygote) as executor:
            yield executor
    finally:
        zygote.close()


def examine(executor: Executor, folder: Path, *cells: str) -> Outcome:
    """Run the cells, the last of which is the check of `sigmoid`."""
    sources = [*cells, "check('sigmoid')"]
    notebook: dict[str, Any] = {
        "cells": [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for source in sources
        ]
    }
    limits = Limits(cell=3, notebook=60, memory=512 << 20)
    (folder / "work").mkdir(exist_ok=True)
    job = Job("student/1", notebook, folder / "work", folder / "control", limits, checks={len(cells): "sigmoid"})
    job.seeds["sigmoid"] = 20
    return executor.run(job)


def score(outcome: Outcome) -> float:
    """What the examiner gave; a check that was never reached earns nothing."""
    [found] = outcome.verdicts.values() or [{"score": 0.0}]
    return found["score"]


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: path.stem)
def test_attack_gains_nothing(executor: Executor, tmp_path: Path, path: Path) -> None:
    canary = Path(__file__).parent / "CANARY.txt"
    canary.write_text(CANARY)
    try:
        outcome = examine(executor, tmp_path, path.read_text(encoding="utf-8"))
    finally:
        canary.unlink()
    assert score(outcome) == 0
    shown = str([cell.outputs for cell in outcome.cells.values()])
    assert CANARY not in shown
    assert "REACHED" not in shown
    assert len(shown) < 16 << 20
    honest = examine(executor, tmp_path, STABLE)
    assert (score(honest), honest.reason, honest.tampering) == (1.0, None, [])


def test_each_file_says_what_it_tries() -> None:
    assert all(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) for path in SUBMISSIONS)


def test_the_rest_of_a_notebook_is_graded_after_a_crash(executor: Executor, tmp_path: Path) -> None:
    outcome = examine(executor, tmp_path, "import os\nos._exit(1)", STABLE)
    assert score(outcome) == 1
    assert outcome.crashed == {0: "the code ended its Python process (exit code 1)"}


def test_an_honest_answer_may_be_only_partly_right(executor: Executor, tmp_path: Path) -> None:
    assert 0 < score(examine(executor, tmp_path, HONEST)) <= 1


def test_a_failure_of_the_examiner_ends_one_notebook_not_the_run(
    executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr("tplib.autograde.examiner.judge_answer", fail)
        outcome = examine(executor, tmp_path, STABLE)
    assert "the grading itself failed (RuntimeError: out of order)" in str(outcome.reason)
    assert score(examine(executor, tmp_path, STABLE)) == 1
