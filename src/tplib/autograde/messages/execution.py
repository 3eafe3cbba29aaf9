"""One notebook to run, its limits, and what became of it."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "NBGRADER_EXECUTION": "autograde"}
STREAM_CAP = 1 << 20  # characters that one cell may print
STREAM_CUT = "\n... output cut: a cell may print 1 MiB ...\n"
WRITTEN_CAP = 24 << 20  # bytes of all files that a submission's code writes and that are kept
WRITTEN_COUNT = 1000  # files
MODE = 0o644  # permissions of a file, where nothing is said of them
RICH_CAP = 8 << 20  # characters of all figures and tables of one cell

Output = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """Seconds for one cell and for one notebook, bytes of private memory; None means no limit.

    by_function: a function of the configuration says the seconds of each cell.
    """

    cell: float | None = 30
    notebook: float | None = 600
    memory: int | None = 4 << 30
    by_function: bool = False

    def with_cell(self, cell: float | None) -> Limits:
        """The same with another limit for a cell. The notebook's limit leaves room for twenty such cells."""
        return replace(self, cell=cell, by_function=False, notebook=None if cell is None else max(600.0, 20 * cell))


@dataclass
class NotebookRun:
    """One notebook to run: nbformat 4 JSON, and the folder with the files beside it.

    checks         for the index of a check cell that the examiner judges: its exercise
    seeds          for an exercise: the seed that draws its cases (none: the public ones)
    kept_pictures  for the index of a cell whose pictures are not drawn again: those that were handed in
    kernel         what to start inside the sandbox, as `kernelspecs.describe` says it, where this Python cannot run it
    kept_verdicts  for the index of a check cell that is not judged again: what its output shows
    skipped        indices of cells that are not run: those with nbclient's tag for it
    learn          also note which modules the notebook imports
    cell_limits    for the index of a cell its own limit in seconds, where it is not that of all
    course_modules modules of the course in the folder that are imported in the place of installed ones
    links          symbolic links that an earlier notebook made in the folder: they are made anew inside the sandbox
    folders        the folders that it left there, be they empty
    """

    name: str
    notebook: dict[str, Any]
    folder: Path
    limits: Limits
    learn: bool = False
    checks: dict[int, str] = field(default_factory=dict)
    seeds: dict[str, int] = field(default_factory=dict)
    kept_pictures: dict[int, list[str]] = field(default_factory=dict)
    kept_verdicts: dict[int, dict[str, Any]] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    kernel: dict[str, Any] | None = None
    course_modules: list[str] = field(default_factory=list)
    cell_limits: dict[int, float | None] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)

    def limit_of(self, index: int) -> float | None:
        """Seconds for a cell."""
        return self.cell_limits.get(index, self.limits.cell)

    def is_test(self, index: int) -> bool:
        """Whether a cell gives points for what it finds, not for what it is."""
        marks = self.notebook["cells"][index]["metadata"].get("nbgrader", {})
        return bool(marks.get("grade")) and not marks.get("solution")


class Waits(NamedTuple):
    """The function that a cell waited for when it was stopped before its limit, and the seconds that it had run."""

    function: str
    seconds: int

    def __str__(self) -> str:
        return f"it was stopped after {self.seconds} s, for it waits for {self.function}, which did not end before"


@dataclass
class CellOutcome:
    outputs: list[Output]
    count: int | None = None
    timed_out: bool = False
    waits: Waits | None = None


@dataclass
class NotebookOutcome:
    """What became of a run: its finished cells by index, and where and why the notebook ended if it ended early.

    crashed      for a cell that ended its process: why
    unjudged     for a check cell whose answer could not be judged, and so scores 0: why
    unprotected  grade cells that ran inside the candidate
    verdicts     for a check cell: what the examiner says of the answer
    tampering    what only a tampered candidate does
    files        what the notebook's code wrote into its working folder, by path
    modes        permissions of files there that are not what they were, or not the usual ones
    links        what each symbolic link there says; none is ever made on the trusted side
    folders      all folders there (None: the files stand in the folder of the run itself)
    removed      which of the files there it removed
    left_out     how many of the files that it wrote are too many or too large
    set_aside    modules in the folder that no import finds, because installed ones of that name were there before
    limited      what it met that may be a limit of the machine, in which others had a share: time, memory, processes
    sandboxed    whether the candidate ran in the sandbox (None: nobody can say)
    failed       why there is no grade although the notebook is not to blame (no process could start, the disk is full,
                 an exercise is unknown here): never a reason for fewer points
    """

    run: NotebookRun
    cells: dict[int, CellOutcome] = field(default_factory=dict)
    stopped_at: int | None = None
    reason: str | None = None
    cut: bool = False
    seconds: float = 0.0
    language_info: dict[str, Any] | None = None
    modules: list[str] = field(default_factory=list)
    crashed: dict[int, str] = field(default_factory=dict)
    unjudged: dict[int, str] = field(default_factory=dict)
    unprotected: list[int] = field(default_factory=list)
    verdicts: dict[int, dict[str, Any]] = field(default_factory=dict)
    tampering: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    modes: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folders: list[str] | None = None
    removed: list[str] = field(default_factory=list)
    left_out: int = 0
    set_aside: list[str] = field(default_factory=list)
    limited: str | None = None
    sandboxed: bool | None = None
    failed: str | None = None

    def statuses(self) -> dict[str, str]:
        """The status of each answer judged so far."""
        return {str(verdict["exercise"]): str(verdict["status"]) for verdict in self.verdicts.values()}


def error_output(message: str) -> Output:
    """The output of a cell that did not finish, or whose result is no score."""
    return {"output_type": "error", "ename": "NotFinished", "evalue": message, "traceback": [f"NotFinished: {message}"]}


def explain(code: int, killed: str | None, limits: Limits) -> str:
    """Say in a few words why a process did not get to the end of its notebook."""
    if killed == "cell":
        return "the cell did not stop" + ("" if limits.cell is None else f" after {limits.cell:g} s")
    if killed == "notebook":
        return f"the notebook took longer than {limits.notebook:g} s"
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        causes = {"SIGSEGV": "a crash in compiled code", "SIGKILL": "killed, perhaps out of memory"}
        return f"the Python process died ({name}: {causes.get(name, 'ended by a signal')})"
    return f"the code ended its Python process (exit code {code})"
