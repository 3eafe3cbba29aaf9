"""What a wrong answer without a name does on the public cases, so that the class report can compare it with others'.

A student's own cases are secret and drawn for them alone: results on these say nothing about another student's.
"""

from __future__ import annotations

from typing import Any

from tplib.autograde.examiner.remote_answer import TIMEOUT, RemoteAnswer
from tplib.errors import TplibError
from tplib.graders.behaviour import behaviour, rows
from tplib.graders.exercise import Exercise
from tplib.graders.verdict import Verdict

SECONDS = 2.0  # and no more than the judge left of a cell's time


def observe_unnamed(exercise: Exercise, answer: RemoteAnswer, verdict: Verdict) -> dict[str, Any]:
    """Entries for the verdict's data; none where it has a name, where nothing can be told, or in case of trouble.

    Raises CandidateDiedError and WireError.
    """
    if verdict.status != "wrong" or verdict.misconception is not None or verdict.counterexample is None:
        return {}
    answer.hurry(SECONDS)
    try:
        found = behaviour(exercise, answer)
    except TplibError:  # an exercise that fails on its own cases: no fault of the answer
        return {}
    if found is None or any(case.get("error") == TIMEOUT for case in found[0]):
        return {}
    return {"behaviour": found[0], "fitting": found[1], "counterexample": rows(verdict.counterexample)}
