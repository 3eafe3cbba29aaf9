"""The right and wrong answers of the registry, as text in an empty notebook, get the verdict of the objects themselves.

Every third is tried; with TPLIB_LONG=1 all are.
"""

import os
from importlib import import_module
from typing import Any

import pytest

from tplib.demo.cli import ASSIGNMENT, NOTEBOOKS
from tplib.graders import Exercise, exercises, grade
from tplib.graders.answer_text import answer_text

DEMO = [(ASSIGNMENT, notebook) for notebook in NOTEBOOKS]


def stands_alone(candidate: Any) -> bool:
    """Whether an answer is a statement of its module; some are made by a function, for several exercises at once."""
    return getattr(import_module(candidate.__module__), candidate.__name__, None) is candidate


ANSWERS = [
    pytest.param(e, candidate, id=f"{e.name}-{candidate.__name__}")
    for e in exercises()
    for candidate in (*[m.candidate for m in e.misconceptions], *e.alternatives)
    if stands_alone(candidate) or (e.assignment, e.notebook) in DEMO
][:: 1 if os.environ.get("TPLIB_LONG") else 3]


@pytest.mark.parametrize(("exercise", "candidate"), ANSWERS)
@pytest.mark.usefixtures("no_shrinking")
def test_text_is_the_answer(exercise: Exercise, candidate: object) -> None:
    scope: dict = {"__name__": "__main__"}
    exec(answer_text(candidate, exercise.name), scope)
    verdict, direct = grade(exercise.name, scope[exercise.name]), grade(exercise.name, candidate)
    assert (verdict.score, verdict.misconception) == (direct.score, direct.misconception)
