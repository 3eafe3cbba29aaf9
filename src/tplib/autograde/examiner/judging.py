"""Judge answers in a child process with limits: what a student returns is compared, measured and shown there.

The child talks with the candidate over the examiner's own channel, which comes with each question. Its death leaves
the channel in the middle of a message: its candidate must end, too, and both are replaced.
"""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tplib.autograde.examiner.conversation import Conversation
from tplib.autograde.examiner.failed_definitions import with_failure
from tplib.autograde.examiner.interfaces import CandidateDiedError, TamperingError, Voice
from tplib.autograde.examiner.remote_answer import RemoteAnswer
from tplib.autograde.examiner.unnamed import observe_unnamed
from tplib.autograde.limited import Bounds, SeveralWorks, StoppedError, in_child, said
from tplib.autograde.messages.execution import Output, Waits
from tplib.autograde.messages.protocol import Channel, WireError
from tplib.errors import TplibError
from tplib.graders import earlier, registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.exercise import Exercise
from tplib.graders.judge import judge_answer
from tplib.graders.notebook import Checked
from tplib.graders.verdict import Verdict
from tplib.mime import VERDICT

JUDGE = "judge"
PROCESSOR = 20.0  # seconds to judge one answer, without what the answer itself takes
MEMORY = 1 << 30
SHOWN_CAP = 1 << 20  # characters of a verdict
SLOW = 10.0  # how many times longer a busy machine may make it

Judgement = dict[str, Any]
"""What the child says. One of these entries, and with `shown` the others:

shown       the verdict as the data of an output
late        whether the answer ran out of time
waits       for what, where it was stopped early
calls       the calls that did not end in the candidate
beside      seconds for the search of what a wrong answer without a name does, and whether the candidate died of it
died        the limit for which the candidate was ended, or None; beside it `waits` and `calls`
tampering   what only a tampered candidate does
failed      why nothing can be judged here, which is no fault of the answer
"""


class Judge:
    """Judges answers in `child`, which has the work JUDGE; in one of its own where none is given."""

    def __init__(self, child: SeveralWorks | None = None) -> None:
        self.child, self.owned = child or SeveralWorks({JUDGE: judge_question}), child is None
        self.calls: list[Any] = []  # those that did not end in the candidate, as the child has heard last

    def ask(
        self, exercise: Exercise, question: dict[str, Any], limit: float | None, handles: Sequence[int] = ()
    ) -> Judgement:
        """The judgement of one answer, which may take `limit` seconds itself. handles: of its candidate.

        Raises StoppedError where it cannot be judged within the limits, and NotJudgeableError where the reference
        cannot be, either; CandidateDiedError and TamperingError.
        """
        bounds = Bounds(PROCESSOR, SLOW * PROCESSOR, MEMORY)
        asking = replace(bounds, clock=None if limit is None else limit + SLOW * PROCESSOR)
        data = json.dumps({**question, "exercise": exercise.name}).encode()
        try:
            judgement: Judgement = json.loads(self.child.ask(JUDGE, data, asking, handles))
        except StoppedError:
            require_reference(exercise, question["seed"], bounds)
            raise
        self.calls = judgement.get("calls", self.calls)
        judgement["waits"] = waits = judgement.get("waits") and Waits(*judgement["waits"])
        if "died" in judgement:
            raise CandidateDiedError(judgement["died"], waits)
        if "tampering" in judgement:
            raise TamperingError(judgement["tampering"])
        if "failed" in judgement:
            raise NotJudgeableError(judgement["failed"])
        return judgement

    def close(self) -> None:
        if self.owned:
            self.child.close()


def judge_question(data: bytes, handles: Sequence[int]) -> bytes:
    """In a child: judge the answer that a question of `Examination.judge` is about. Its candidate is at handles[0]."""
    with contextlib.closing(Channel(socket.socket(fileno=handles[0]))) as channel:
        return judge_answer_of(channel, json.loads(data))


def judge_answer_of(candidate: Voice, question: dict[str, Any]) -> bytes:
    conversation = Conversation(candidate, question["deadline"], question["calls"])
    answer = RemoteAnswer(conversation, question["limit"], question["sources"])
    return judged(registry.find(question["exercise"]), answer, question)


def judged(exercise: Exercise, answer: RemoteAnswer, question: dict[str, Any]) -> bytes:
    known: dict[str, str] = question.get("earlier", {})
    names = earlier.written(answer.sources, exercise.name, known) if known else []
    called = {name: known[name] for name in names}
    return _judged(exercise, answer, question["seed"], question["points"], question.get("failed"), called)


class NotJudgeableError(Exception):
    """Not even the reference can be judged here: that is our failure, and never an answer's."""


def require_reference(exercise: Exercise, seed: int | None, bounds: Bounds) -> None:
    """Judge the reference within the same limits. Raises NotJudgeableError where that gives no full marks."""

    def work() -> bytes:
        return judge_answer(exercise, LocalAnswer(exercise.reference), seed).status.encode()

    try:
        status = in_child(work, bounds)
    except StoppedError as error:
        raise NotJudgeableError(f"{exercise.name}: {error}") from error
    if status != b"right":
        raise NotJudgeableError(f"{exercise.name}: its own reference is not right here")


def _judged(
    exercise: Exercise,
    answer: RemoteAnswer,
    seed: int | None,
    points: float | None,
    failed: str | None = None,
    called: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    judgement: Judgement = {"late": False, "waits": None}
    try:
        alone = judge_answer(exercise, answer, seed)
        verdict = with_failure(earlier.noted(exercise, alone, called), failed)
        if answer.late and verdict.score < 1:
            judgement["late"] = True
            judgement["waits"] = answer.waits
            if verdict.score == 0:
                verdict = stopped(exercise, str(answer.waits or f"it was stopped after {answer.limit:g} s"))
    except CandidateDiedError as death:
        return json.dumps({"died": death.killed, "waits": death.waits, "calls": answer.calls}).encode()
    except (TamperingError, WireError) as error:
        return json.dumps({"tampering": str(error)}).encode()
    except TplibError as error:
        return json.dumps({"failed": said(error)}).encode()
    shown = shown_data(verdict, points)
    started, died = time.monotonic(), False
    try:
        shown[VERDICT] |= observe_unnamed(exercise, answer, alone)
    except CandidateDiedError:  # the cells after this one get another
        died = True
    except (TamperingError, WireError) as error:
        return json.dumps({"tampering": str(error)}).encode()
    beside = [time.monotonic() - started, died]
    return json.dumps({**judgement, "shown": shown, "beside": beside, "calls": answer.calls}).encode()


def shown_data(verdict: Verdict, points: float | None) -> dict[str, Any]:
    """The verdict as the data of an output. points: what the cell is worth, where the notebook says so."""
    if points is not None:
        verdict = replace(verdict, max_points=float(points))
    shown = Checked(verdict)._repr_mimebundle_()
    if len(json.dumps(shown)) > SHOWN_CAP:
        verdict = replace(verdict, counterexample=None, message=f"{verdict.message[:1000]} ... (too long to be shown)")
        shown = Checked(verdict)._repr_mimebundle_()
    return shown


def verdict_output(shown: dict[str, Any], count: int) -> Output:
    """The output of a check cell."""
    return {"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": count}


def stopped(exercise: Exercise, reason: str) -> Verdict:
    return Verdict(exercise.name, 0.0, "wrong", f"Your code did not get to its end: {reason}.", exercise.points)


def not_judged(exercise: Exercise, reason: str) -> Verdict:
    return Verdict(exercise.name, 0.0, "wrong", f"What your code gives cannot be judged: {reason}.", exercise.points)
