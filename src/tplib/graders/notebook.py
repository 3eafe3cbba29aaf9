"""`check("name")`: the last line of a check cell."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import FrameType, TracebackType
from typing import Any

from tplib.errors import TplibError
from tplib.graders import earlier, failed_cells, registry, slips
from tplib.graders.exercise import Exercise
from tplib.graders.judge import grade, judge
from tplib.graders.progress import Stored, notebook_file, progress_html, stored_verdicts
from tplib.graders.record import Record, record_of
from tplib.graders.verdict import Verdict
from tplib.graders.verdict_html import inline
from tplib.mime import VERDICT

PLAIN = "border-left:4px solid #66707a;padding:.4em .9em;margin:.2em 0;max-width:48em"


class Checked:
    """A verdict shown in a notebook. Its plain text is the points, which is what nbgrader reads.

    record: of the way to this answer, this check included; below: HTML that follows the verdict.
    """

    def __init__(self, verdict: Verdict, record: Record | None = None, below: str = "") -> None:
        self.verdict, self.record, self.below = verdict, record, below

    def __repr__(self) -> str:
        return repr(self.verdict.points)

    def __float__(self) -> float:
        return self.verdict.points

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        about = self.verdict.as_dict() | (self.record.as_dict() if self.record else {})
        return {"text/plain": repr(self), "text/html": self.verdict._repr_html_() + self.below, VERDICT: about}


class NothingChecked(Checked):
    """A sentence in the place of a verdict: no exercise has that name, or its check could not be done."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(Verdict(name, 0.0, "not attempted", sentence, 0.0))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = f'<div style="{PLAIN}">{inline(self.verdict.message)}</div>'
        return {"text/plain": repr(self), "text/html": html}


class CheckInterrupt(KeyboardInterrupt):
    """An interrupt of a check: a notebook shows where the student's code was, without our frames."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


_verdicts: dict[str, Stored] = {}  # of this kernel, and before its first check those that the notebook stores
_read: set[str] = set()
_failed = failed_cells.watch()


def check(name: str) -> Checked:
    """Check the caller's `name` on the public cases and show the verdict; the value is the points earned."""
    caller = sys._getframe(1)
    try:
        exercise = registry.find_as_typed(name)
        name = exercise.name
        candidate = caller.f_locals.get(name, caller.f_globals.get(name))
        with _no_exit():
            verdict = grade(name, candidate)
            with suppress(TplibError):  # an earlier answer that cannot be checked stands in no way
                verdict = _with_earlier(verdict, exercise, candidate, caller.f_globals)
    except TplibError as error:
        if not _rich():
            print(error)
        return NothingChecked(str(name), str(error))
    except KeyboardInterrupt as stopped:
        at = _own_line(stopped.__traceback__, caller)
        raise CheckInterrupt(f"The check of {name} was stopped{at}. Nothing was judged.") from None
    if verdict.status == "not attempted":
        verdict = _with_slip(verdict, exercise, candidate, caller.f_globals)
    if _failed is not None and name in _failed.errors:
        verdict = _with_failure(verdict, _failed.errors[name])
    if not _rich():
        print(verdict)
    if (path := notebook_file(caller.f_globals)) and path not in _read:
        _read.add(path)
        _verdicts.update({**stored_verdicts(path), **_verdicts})
    record = record_of(_verdicts.get(name)).after(verdict, _failed.cells.get(name) if _failed is not None else None)
    _verdicts[name] = verdict.as_dict() | record.as_dict()
    return Checked(verdict, record, progress_html(registry.beside(exercise), _verdicts))


def _with_slip(verdict: Verdict, exercise: Exercise, candidate: Any, scope: dict[str, Any]) -> Verdict:
    """Name what stands in the way of an answer that is there."""
    if slips.left_in(candidate):
        return replace(verdict, message=slips.LEFT_IN)
    if candidate is None:
        exercises = {one.name for one in registry.beside(exercise)}
        if other := slips.other_name(exercise.name, slips.own_definitions(scope) - exercises):
            message = f"This notebook {slips.misnamed(exercise.name, other)}, and that is not defined yet. "
            return replace(verdict, message=f"{message}Give it that name, run its cell, then run this check again.")
    return verdict


def _with_earlier(verdict: Verdict, exercise: Exercise, candidate: Any, scope: dict[str, Any]) -> Verdict:
    """Say of the other answers that this one calls which of them are not right yet, or not written."""
    if verdict.score == 1:
        return verdict
    others = [one.name for one in registry.beside(exercise) if one is not exercise and not one.judged_later]
    called = [name for name in earlier.called(candidate, others) if name in scope]
    if not called or slips.left_in(candidate):
        return verdict
    found = {name: judge(registry.find(name), scope[name], shrink=False).status for name in called}
    return earlier.noted(exercise, verdict, found)


def _with_failure(verdict: Verdict, error: str) -> Verdict:
    """Say that the answer's cell failed: what is judged was there before."""
    if verdict.status == "not attempted" and "not defined yet" in verdict.message:
        message = f"The cell that defines `{verdict.exercise}` failed ({error}). Correct it, run it, then check again."
        return replace(verdict, message=message)
    note = f"The cell that defines `{verdict.exercise}` failed ({error}): this judges the earlier definition."
    return replace(verdict, message=f"{note}\n{verdict.message}".rstrip())


def _own_line(trace: TracebackType | None, caller: FrameType) -> str:
    """Where the student's code was: the deepest line of the notebook below the check."""
    line = ""
    while trace:
        frame = trace.tb_frame
        if frame.f_globals is caller.f_globals and frame is not caller:
            line = f" in line {trace.tb_lineno} of `{frame.f_code.co_name}`"
        trace = trace.tb_next
    return line


@contextmanager
def _no_exit() -> Iterator[None]:
    """Have the `exit()` and `quit()` of a notebook raise SystemExit, as Python's do: else they end the kernel."""
    shell = _shell()

    def leave(*_: Any) -> None:
        raise SystemExit

    if shell is None:
        yield
        return
    before = vars(shell).get("ask_exit")
    shell.ask_exit = leave
    try:
        yield
    finally:
        if before is None:
            del shell.ask_exit
        else:
            shell.ask_exit = before


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _rich() -> bool:
    """Whether the caller's front end shows HTML: any IPython shell but the terminal's."""
    shell = _shell()
    return shell is not None and type(shell).__name__ != "TerminalInteractiveShell"
