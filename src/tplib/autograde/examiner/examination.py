"""The examiner: has a candidate run a notebook's cells, and judges its answers out here, where the references are."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import replace
from typing import Any

from tplib.autograde.examiner.interfaces import CandidateDiedError, Executor, NotStartedError, Process, TamperingError
from tplib.autograde.examiner.remote_answer import RemoteAnswer
from tplib.autograde.examiner.untrusted_outputs import clean_outputs, put_back_pictures
from tplib.autograde.messages.execution import CellOutcome, Job, Outcome
from tplib.autograde.messages.protocol import (
    Blobs,
    ClosedError,
    LateError,
    MalformedError,
    Message,
    WireError,
)
from tplib.errors import TplibError
from tplib.graders import registry
from tplib.graders.exercise import Exercise
from tplib.graders.judge import judge_answer
from tplib.graders.notebook import Checked
from tplib.graders.verdict import Verdict

GRACE = 3.0  # seconds between the interrupt of a cell and the kill of its process
RESTARTS = 5  # candidates that may die on one notebook before it is given up
NOTEBOOK_CAP = 48 << 20


class Examination:
    """One notebook, from its first cell to its last.

    When a candidate dies, another one runs the cells before that one again and goes on after it.
    """

    def __init__(self, job: Job, executor: Executor) -> None:
        self.job, self.executor = job, executor
        self.outcome = Outcome(job)
        self.process: Process | None = None
        self.lethal: set[int] = set()
        self.count = 0
        self.size = 0
        limit = job.limits.notebook
        self.deadline = time.monotonic() + limit if limit is not None else None
        self.started = time.monotonic()

    def run(self) -> Outcome:
        index = -1
        try:
            for index, cell in enumerate(self.job.notebook["cells"]):
                if cell["cell_type"] != "code" or not cell["source"].strip():
                    continue
                if index in self.job.checks:
                    self.check(index)
                else:
                    self.run_cell(index)
                if len(self.lethal) > RESTARTS:
                    self.stop(index + 1, f"{len(self.lethal)} cells ended the Python process")
                    break
            self.finish()
        except TamperingError as error:
            self.outcome.tampering.append(str(error))
            self.stop(index, f"the notebook interfered with its grading ({error})")
        except CandidateDiedError as death:  # the notebook's time is over, or no candidate can be had
            self.stop(index, self.process.end(death.killed) if self.process else "no process could be started")
            self.process = None
        finally:
            if self.process is not None:
                self.process.end(None)
        self.outcome.seconds = round(time.monotonic() - self.started, 3)
        return self.outcome

    def stop(self, index: int, reason: str) -> None:
        self.outcome.stopped_at, self.outcome.reason = index, reason

    def finish(self) -> None:
        """What the whole notebook tells at its end."""
        if self.process is None:
            return
        try:
            what = "modules" if self.job.learn else "language"
            reply, _ = self.ask({"do": what}, Blobs(), 30.0)
        except CandidateDiedError:
            return
        if self.job.learn:  # the instructor's own notebook
            self.outcome.modules = list(reply["modules"])
        info = reply.get("language_info")
        if isinstance(info, dict):
            self.outcome.language_info = clean_language(info)

    # Cells

    def run_cell(self, index: int) -> None:
        """Run a cell; when it ends its process, its exercise is lost and the rest of the notebook goes on."""
        self.count += 1
        self.outcome.cells[index] = CellOutcome([], self.count)
        try:
            self.ready(index)
            records = self.run_in_candidate(index, self.count)
        except CandidateDiedError as death:
            self.bury(index, death)
            return
        for record in records:
            self.take(index, record)
        if self.is_grade_cell(index):
            self.outcome.unprotected.append(index)

    def is_grade_cell(self, index: int) -> bool:
        marks = self.job.notebook["cells"][index]["metadata"].get("nbgrader", {})
        return bool(marks.get("grade")) and not marks.get("solution")

    def run_in_candidate(self, index: int, count: int) -> list[Any]:
        source = self.job.notebook["cells"][index]["source"]
        limit = self.job.limits.cell
        reply, _ = self.ask(
            {
                "do": "run",
                "cell": index,
                "source": source,
                "count": count,
                "seconds": limit,
                "draw": index not in self.job.spared,
            },
            Blobs(),
            limit,
        )
        records = reply.get("records")
        if not isinstance(records, list) or len(records) > index + 2:
            raise TamperingError("a cell's outputs have the wrong form")
        return records

    def take(self, index: int, record: Any) -> None:
        """Keep the outputs of the cell that ran, and of earlier ones whose displays it updated."""
        cell = record.get("cell") if isinstance(record, dict) else None
        if type(cell) is not int or not (cell == index or cell in self.outcome.cells) or cell in self.job.checks:
            return
        outputs, size = clean_outputs(record.get("outputs"), self.outcome.cells[cell].count)
        if cell in self.job.spared:
            put_back_pictures(outputs, self.job.spared[cell])
        self.size += size
        cut = bool(record.get("cut"))
        if self.size > NOTEBOOK_CAP:
            outputs, cut = [output for output in outputs if output["output_type"] == "error"], True
        late = bool(record.get("timed_out")) if cell == index else self.outcome.cells[cell].timed_out
        self.outcome.cells[cell] = CellOutcome(outputs, self.outcome.cells[cell].count, late)
        self.outcome.cut |= cut

    def bury(self, index: int, death: CandidateDiedError) -> None:
        """Note why the candidate died in this cell. Raises `death` again when the whole notebook is out of time."""
        if self.process is None or self.out_of_time():
            raise death
        reason = self.process.end(death.killed)
        self.process = None
        self.lethal.add(index)
        self.outcome.crashed[index] = reason
        if death.killed == "cell":
            self.outcome.cells[index].timed_out = True
        message = f"not finished: {reason}"
        self.outcome.cells[index].outputs = [
            {
                "output_type": "error",
                "ename": "NotFinished",
                "evalue": message,
                "traceback": [f"NotFinished: {message}"],
            }
        ]

    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline

    # The candidate

    def ready(self, index: int) -> None:
        """Have a candidate that has run all cells before `index`, except for checks and for what ended others."""
        if self.process is not None:
            return
        self.process = self.executor.start(self.job)
        blobs, files = Blobs(), []
        for path in sorted(self.job.folder.rglob("*")) if self.job.folder.is_dir() else []:
            if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
                data = path.read_bytes()
                blobs.add(data)
                files.append([str(path.relative_to(self.job.folder)), len(data)])
        try:
            self.ask({"do": "files", "files": files}, blobs, 60.0)
        except CandidateDiedError as death:  # before any code of the notebook ran in it
            if self.out_of_time():
                raise
            reason = self.process.end(death.killed)
            self.process = None
            raise NotStartedError(f"no process to run the notebook can be started: {reason}") from death
        count = 0
        for earlier in range(index):
            if earlier in self.outcome.cells and earlier not in self.job.checks:
                count = self.outcome.cells[earlier].count or count
                if earlier not in self.lethal:
                    self.run_in_candidate(earlier, count)

    def ask(self, message: Message, blobs: Blobs, seconds: float | None) -> tuple[Message, memoryview]:
        """Send a message and get its own reply, within `seconds` (and some grace) and the notebook's time."""
        process = self.process
        assert process is not None
        if not process.idle():
            raise TamperingError("it spoke when it was not asked")
        own = time.monotonic() + seconds + GRACE if seconds is not None else None
        deadline = min((end for end in (own, self.deadline) if end is not None), default=None)
        name = secrets.token_hex(8)
        try:
            process.send({"id": name, **message}, blobs, deadline)
            reply, blob = process.receive(deadline)
        except LateError:
            raise CandidateDiedError("notebook" if deadline == self.deadline else "cell") from None
        except ClosedError:
            raise CandidateDiedError from None
        except MalformedError as error:
            raise TamperingError(str(error)) from None
        if reply.get("id") != name:
            raise TamperingError("it answered another question")
        return reply, blob

    # Answers

    def check(self, index: int) -> None:
        """Judge an answer and write the verdict into its check cell."""
        self.count += 1
        name = self.job.checks[index]
        self.outcome.cells[index] = CellOutcome([], self.count)
        try:
            exercise = registry.find(name)
            self.ready(index)
            answer = RemoteAnswer(self)
            verdict = judge_answer(exercise, answer, self.job.seeds.get(name))
            if answer.late and verdict.score < 1:
                self.outcome.cells[index].timed_out = True
                if verdict.score == 0:
                    verdict = stopped(exercise, f"it was stopped after {answer.limit:g} s")
        except CandidateDiedError as death:
            self.bury(index, death)
            verdict = stopped(exercise, self.outcome.crashed[index])
        except WireError as error:
            raise TamperingError(str(error)) from None
        except TplibError as error:
            verdict = Verdict(name, 0.0, "wrong", str(error), 0.0)
        points = self.job.notebook["cells"][index]["metadata"].get("nbgrader", {}).get("points")
        if points is not None:
            verdict = replace(verdict, max_points=float(points))
        self.outcome.verdicts[index] = verdict.as_dict()
        self.outcome.cells[index].outputs = [
            {
                "output_type": "execute_result",
                "data": Checked(verdict)._repr_mimebundle_(),
                "metadata": {},
                "execution_count": self.count,
            }
        ]

    def sources(self) -> list[str]:
        """All code that was run so far: what a reader of the notebook sees."""
        cells = self.job.notebook["cells"]
        return [cells[i]["source"] for i in sorted(self.outcome.cells) if i not in self.job.checks]


def stopped(exercise: Exercise, reason: str) -> Verdict:
    return Verdict(exercise.name, 0.0, "wrong", f"Your code did not get to its end: {reason}.", exercise.points)


def clean_language(info: Message) -> Message:
    """The few short words that nbclient writes about the language; pages are made after them."""
    clean: Message = {key: value for key, value in info.items() if key in LANGUAGE and is_word(value)}
    mode = info.get("codemirror_mode")
    if isinstance(mode, dict):
        clean["codemirror_mode"] = {"name": mode["name"]} if is_word(mode.get("name")) else {}
        if type(mode.get("version")) is int:
            clean["codemirror_mode"]["version"] = mode["version"]
    return clean if "name" in clean else {}


def is_word(value: Any) -> bool:
    return isinstance(value, str) and WORD.fullmatch(value) is not None


WORD = re.compile(r"[\w.+ -]{1,40}(/[\w.+-]{1,40})?")
LANGUAGE = ("codemirror_mode", "file_extension", "mimetype", "name", "nbconvert_exporter", "pygments_lexer", "version")
