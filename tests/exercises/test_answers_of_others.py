"""Answers written from the released text alone: right ones score 1, wrong ones less (`benchmarks/fairness.py`)."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest


def _fairness() -> Any:
    path = Path(__file__).parents[2] / "benchmarks" / "fairness.py"
    spec = importlib.util.spec_from_file_location("fairness", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["fairness"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FAIRNESS = _fairness()
ANSWERS = [pytest.param(answer, id=f"{answer.exercise.name}-{answer.slug}") for answer in FAIRNESS.written()]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.usefixtures("no_shrinking")
def test_is_judged_as_its_writer_means_it(answer: Any) -> None:
    for seed in (None, 1):
        verdict = answer.verdict(seed)
        assert (verdict.score == 1) is answer.right, str(verdict)
