"""The examination of one notebook: a candidate runs its cells, and its answers are judged here, by the references."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from tplib.autograde.examiner.conversation import Conversation
from tplib.autograde.examiner.failed_definitions import failed_definition
from tplib.autograde.examiner.interfaces import (
    Candidate,
    CandidateDiedError,
    CandidateSource,
    NotGradableError,
    TamperingError,
)
from tplib.autograde.examiner.judging import Judge, NotJudgeableError, not_judged, shown_data, stopped, verdict_output
from tplib.autograde.examiner.language import clean_language
from tplib.autograde.examiner.preparation import preparation
from tplib.autograde.examiner.remote_answer import find_exercises
from tplib.autograde.examiner.shared_limits import SharedLimits, shortage
from tplib.autograde.examiner.untrusted_outputs import clean_outputs, put_back_pictures
from tplib.autograde.examiner.written_files import WRITTEN, take_written
from tplib.autograde.limited import SeveralWorks, StoppedError
from tplib.autograde.messages.execution import (
    CellOutcome,
    NotebookOutcome,
    NotebookRun,
    error_output,
)
from tplib.autograde.messages.protocol import Blobs, Message
from tplib.graders.exercise import Exercise
from tplib.mime import VERDICT

START_SECONDS = 60.0  # for a new candidate to take its files
END_SECONDS = 30.0  # for it to say what it knows at the end
RESTARTS = 5  # candidates that may die on one notebook before it is given up
NOTEBOOK_CAP = 48 << 20


class Examination:
    """One notebook, from its first cell to its last.

    When a candidate dies, another one runs the cells before that one again and goes on after it. child: where answers
    are judged.
    """

    def __init__(self, run: NotebookRun, source: CandidateSource, child: SeveralWorks | None = None) -> None:
        self.run, self.source = run, source
        self.outcome = NotebookOutcome(run)
        self.limits = SharedLimits(self.outcome)
        self.candidate: Candidate | None = None
        self.conversation: Conversation | None = None
        self.judges = Judge(child)
        self.exercises: dict[int, Exercise] = {}
        self.lethal: set[int] = set()
        self.calls: list[Any] = []  # those that did not end
        self.count = 0
        self.size = 0
        limit = run.limits.notebook
        self.started = time.monotonic()
        self.deadline = self.started + limit if limit is not None else None

    def conduct(self) -> NotebookOutcome:
        """Run and judge the notebook. Raises NotGradableError where it cannot be graded and is not to blame."""
        self.exercises = find_exercises(self.run)
        index = -1
        try:
            for index, cell in enumerate(self.run.notebook["cells"]):
                if cell["cell_type"] != "code" or not cell["source"].strip() or index in self.run.skipped:
                    continue
                if index in self.run.checks:
                    self.check(index)
                else:
                    self.run_cell(index)
                if len(self.lethal) > RESTARTS:
                    self.stop(index + 1, f"{len(self.lethal)} cells ended the Python process")
                    break
                if len(self.outcome.unjudged) > RESTARTS:
                    self.stop(index + 1, f"{len(self.outcome.unjudged)} answers could not be judged")
                    break
            self.finish()
        except TamperingError as error:
            self.outcome.tampering.append(str(error))
            self.stop(index, f"the notebook interfered with its grading ({error})")
        except CandidateDiedError as death:  # the notebook's time is over, or no candidate can be started
            self.stop(index, self.end_of_death(death) if self.candidate else "no process could be started")
        finally:
            if self.candidate is not None:
                self.end_candidate(None)
            self.judges.close()
        self.outcome.seconds = round(time.monotonic() - self.started, 3)
        return self.outcome

    def stop(self, index: int, reason: str) -> None:
        self.outcome.stopped_at, self.outcome.reason = index, reason

    def finish(self) -> None:
        """Ask for what the whole notebook shows at its end."""
        if self.candidate is None:
            return
        try:
            reply, _ = self.ask({"do": "modules" if self.run.learn else "language"}, Blobs(), END_SECONDS)
        except CandidateDiedError:
            return
        if self.run.learn:  # the instructor's own notebook
            self.outcome.modules = list(reply["modules"])
        info = reply.get("language_info")
        if isinstance(info, dict):
            self.outcome.language_info = clean_language(info)
        if not self.run.learn:
            self.take_files()

    def take_files(self) -> None:
        """Take what the notebook's code wrote into its working folder."""
        with contextlib.suppress(CandidateDiedError):
            take_written(self.outcome, *self.ask(WRITTEN, Blobs(), END_SECONDS))

    # Cells

    def run_cell(self, index: int) -> None:
        """Run a cell. When it ends its process, its own points are lost and the rest of the notebook goes on."""
        self.count, self.limits.cell = self.count + 1, self.run.limit_of(index)
        self.outcome.cells[index] = CellOutcome([], self.count)
        try:
            self.ready(index)
            records = self.run_in_candidate(index, self.count)
        except CandidateDiedError as death:
            self.bury(index, death)
            return
        for record in records:
            self.take(index, record)
        if self.run.is_test(index):
            self.outcome.unprotected.append(index)

    def run_in_candidate(self, index: int, count: int) -> list[Any]:
        """The records of the outputs that running the cell changed."""
        limit = self.run.limit_of(index)
        question = {
            "do": "run",
            "cell": index,
            "source": self.run.notebook["cells"][index]["source"],
            "count": count,
            "seconds": limit,
            "draw": index not in self.run.kept_pictures,
        }
        reply, _ = self.ask(question, Blobs(), limit)
        records = reply.get("records")
        if not isinstance(records, list) or len(records) > index + 2:
            raise TamperingError("a cell's outputs have the wrong form")
        return records

    def take(self, index: int, record: Any) -> None:
        """Keep the outputs of the cell that ran, and of earlier ones whose displays it updated."""
        cell = record.get("cell") if isinstance(record, dict) else None
        if type(cell) is not int or not (cell == index or cell in self.outcome.cells) or cell in self.run.checks:
            return
        outputs, size = clean_outputs(record.get("outputs"), self.outcome.cells[cell].count)
        if cell in self.run.kept_pictures:
            put_back_pictures(outputs, self.run.kept_pictures[cell])
        self.size += size
        cut = bool(record.get("cut"))
        if self.size > NOTEBOOK_CAP:
            outputs, cut = [output for output in outputs if output["output_type"] == "error"], True
        late = bool(record.get("timed_out")) if cell == index else self.outcome.cells[cell].timed_out
        waits = self.conversation.waits if self.conversation and cell == index else self.outcome.cells[cell].waits
        self.limits.note_late(self.candidate, "cell" if late and cell == index else None, waits)
        self.limits.note_shortage(outputs)
        self.outcome.cells[cell] = CellOutcome(outputs, self.outcome.cells[cell].count, late, waits)
        self.outcome.cut |= cut

    def bury(self, index: int, death: CandidateDiedError) -> None:
        """Note why the candidate died in this cell. Raises `death` again when the whole notebook is out of time."""
        if self.candidate is None or self.out_of_time():
            raise death
        reason = self.end_of_death(death)
        self.lethal.add(index)
        self.outcome.crashed[index] = reason = str(death.waits or reason)
        if death.killed == "cell":
            self.outcome.cells[index].timed_out, self.outcome.cells[index].waits = True, death.waits
        self.outcome.cells[index].outputs = [error_output(f"not finished: {reason}")]

    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline

    # The candidate

    def ready(self, index: int) -> None:
        """Have a candidate that has run all cells before `index`, except for checks and for what ended others."""
        if self.candidate is not None:
            return
        self.candidate = self.source.start(self.run)
        self.conversation = Conversation(self.candidate, self.deadline, self.calls)
        self.prepare_candidate()
        count = 0
        for earlier in range(index):
            if earlier in self.outcome.cells and earlier not in self.run.checks:
                count = self.outcome.cells[earlier].count or count
                if earlier not in self.lethal:
                    self.run_in_candidate(earlier, count)

    def prepare_candidate(self) -> None:
        """Give the candidate its observers and files. No code of the notebook has run in it: a failure is ours."""
        message, blobs = preparation(self.run, self.exercises.values(), self.calls)
        try:
            reply, _ = self.ask(message, blobs, START_SECONDS)
        except CandidateDiedError as death:
            if self.out_of_time():
                raise
            reason = self.end_candidate(death.killed)
            raise NotGradableError(f"no process to run the notebook can be started: {reason}") from death
        if reply.get("failed") is not None:
            raise NotGradableError(f"the place where notebooks run is not ready: {reply['failed']}")
        self.outcome.set_aside = list(reply.get("set_aside") or [])

    def end_candidate(self, killed: str | None) -> str:
        """End the candidate and say why it ended."""
        assert self.candidate is not None
        assert self.conversation is not None
        self.calls = self.known_calls()
        candidate, self.candidate, self.conversation = self.candidate, None, None
        return candidate.end(killed)

    def known_calls(self) -> list[Any]:
        """The calls that did not end: whoever heard it last knows all."""
        assert self.conversation is not None
        return max(self.conversation.calls, self.judges.calls, key=len)

    def end_of_death(self, death: CandidateDiedError) -> str:
        """End a candidate that died, or that was too late, and say why. The machine's limits may have a share in it."""
        candidate = self.candidate
        assert candidate is not None
        self.limits.note_late(candidate, death.killed, death.waits)
        reason = self.limits.own_words(self.end_candidate(death.killed), death.killed)
        self.limits.note(reason if candidate.ended_at_limit else None)
        return reason

    def ask(self, message: Message, blobs: Blobs, seconds: float | None) -> tuple[Message, memoryview]:
        assert self.conversation is not None
        return self.conversation.ask(message, blobs, seconds)

    # Answers

    def check(self, index: int) -> None:
        """Judge an answer and write the verdict into its check cell."""
        self.count, self.limits.cell = self.count + 1, self.run.limit_of(index)
        exercise = self.exercises[index]
        self.outcome.cells[index] = CellOutcome([], self.count)
        points = self.run.notebook["cells"][index]["metadata"].get("nbgrader", {}).get("points")
        try:
            shown = self.run.kept_verdicts.get(index)
            if shown is None:
                self.ready(index)
                shown = self.judge(index, exercise, points)
        except CandidateDiedError as death:
            self.bury(index, death)
            shown = shown_data(stopped(exercise, self.outcome.crashed[index]), points)
        self.outcome.verdicts[index] = shown[VERDICT]
        self.outcome.cells[index].outputs = [verdict_output(shown, self.count)]

    def judge(self, index: int, exercise: Exercise, points: float | None) -> dict[str, Any]:
        """The verdict as data of an output. Raises CandidateDiedError, TamperingError and NotGradableError."""
        assert self.candidate is not None
        assert self.conversation is not None
        ran = [i for i in sorted(self.outcome.cells) if i not in self.run.checks]
        question = {
            "sources": [self.run.notebook["cells"][i]["source"] for i in ran],  # what a reader of the answer sees
            "limit": self.limits.cell,
            "deadline": self.conversation.deadline,
            "calls": self.known_calls(),
            "seed": self.run.seeds.get(exercise.name),
            "points": points,
            "failed": failed_definition(self.outcome, index, exercise.name),
            "earlier": self.outcome.statuses(),
        }
        try:
            found = self.judges.ask(exercise, question, self.limits.cell, self.candidate.handles())
        except NotJudgeableError as error:
            raise NotGradableError(f"a check cannot be judged here: {error}") from error
        except StoppedError as error:  # it costs this exercise, and no other
            self.limits.note(str(error) if error.limit else None)
            self.end_candidate(None)
            self.outcome.unjudged[index] = str(error)
            return shown_data(not_judged(exercise, str(error)), points)
        self.outcome.cells[index].timed_out, self.outcome.cells[index].waits = found["late"], found["waits"]
        self.limits.note_late(self.candidate, "cell" if found["late"] else None, found["waits"])
        seconds, died = found["beside"]
        if self.deadline is not None:  # the search costs neither marks nor the notebook's time
            self.deadline += seconds
            self.conversation.deadline = self.deadline
        if died:
            self.end_candidate("cell")
        shown: dict[str, Any] = found["shown"]
        self.limits.note(shortage(shown[VERDICT].get("message")))
        return shown
