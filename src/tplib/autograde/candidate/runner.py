"""Run a notebook's cells in this process, each within its time, and record what nbclient would."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from types import FrameType
from typing import Any, TypeVar

from IPython.core.async_helpers import _asyncio_runner

from tplib.alt_texts import AltTexts
from tplib.autograde.candidate.endless_calls import EndlessCalls
from tplib.autograde.candidate.kernel import install_comms
from tplib.autograde.candidate.late_figures import LateFigures
from tplib.autograde.candidate.recorder import CellTimeoutError, OutStream, Recorder
from tplib.autograde.candidate.shell import Undrawn, make_shell
from tplib.autograde.messages.execution import STREAM_CAP

PAUSE = 0.1  # seconds at most that tasks in the background get after each cell
STOPS = 20  # times that a notebook may stop the loop under one cell
CANCEL = 1.0  # seconds for a late cell that awaits to end
AGAIN = 0.5  # seconds between two interrupts of a cell that is late
INTERRUPTS = 5  # that may be caught; the examiner kills a little later
Value = TypeVar("Value")


class Runner:
    """Runs cells one after the other, and returns a record, ready for JSON, for each cell whose outputs changed.

    As in Jupyter, everything runs in a running event loop.

    captured: the files (stdout, stderr) behind file descriptors 1 and 2, where programs and C code print.
    """

    def __init__(self, captured: dict[str, int]) -> None:
        self.limit: float | None = None
        self.calls = EndlessCalls()
        self.give_up: Callable[[], object] = lambda: None  # ends this process, with a word to the examiner
        self.captured = captured
        self.recorder = Recorder()
        self.shell = make_shell(self.recorder)
        self.widgets = install_comms(self.recorder, self.shell.kernel)
        # What a cell sets in its context, NumPy's print options say, the next one finds: as in Jupyter.
        self.context = contextvars.copy_context()
        self.outside: dict[contextvars.ContextVar[Any], Any] = dict(self.context)
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.late_figures = LateFigures(self.shell)
        self.png = self.shell.display_formatter.formatters["image/png"]
        self.waits: list[Any] | None = None  # the function that did not end before, and when this code was stopped
        self._armed, self._late, self._interrupts, self._started, self._until = False, "", 0, 0.0, 0.0
        sys.stdout = OutStream(self.recorder, "stdout", 1)
        sys.stderr = OutStream(self.recorder, "stderr", 2)
        signal.signal(signal.SIGALRM, self._on_alarm)

    def _on_alarm(self, signum: int, frame: FrameType | None) -> None:
        if not self._armed:
            return
        if not self._late and not self._is_late(frame):
            return
        signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)  # a loop that catches the first interrupt gets others
        self._interrupts += 1
        if self._interrupts > INTERRUPTS:
            self.give_up()
        raise CellTimeoutError(self._late)

    def _is_late(self, frame: FrameType | None) -> bool:
        """Whether the code is to be stopped: its time is over, or it waits for what has not ended before."""
        now, call = time.monotonic(), None
        with contextlib.suppress(Exception):  # the stack may be full
            call = self.calls.look(frame) if now < self._until else None
        if call is not None:
            self.waits = [call.function, round(now - self._started)]
            self._late = f"stopped after {self.waits[1]} s: it waits for {call.function}, which did not end before"
        elif now < self._until:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, min(self.calls.pause, self._until - now)), AGAIN)
        else:
            self.calls.stop(frame)
            self._late = f"the cell did not finish within {self._until - self._started:g} s"
        return bool(self._late)

    @contextlib.contextmanager
    def within(self, seconds: float | None, limit: float | None) -> Iterator[None]:
        """Raise CellTimeoutError in the code inside when it has run for `seconds`, which may be a part of `limit`."""
        self.limit = limit
        try:
            self._arm(seconds)
            yield
        finally:
            self._disarm()

    def run(self, index: int, source: str, count: int, draw: bool = True) -> list[dict[str, Any]]:
        """Run cell `index` as the `count`-th of the notebook.

        Without `draw`, pictures are empty, and no figures are built for them where nobody can tell.
        """
        self.shell.display_formatter.formatters["image/png"] = self.png if draw else Undrawn(self.png)
        self.recorder.begin(index)
        self.shell.kernel.begin(index)
        self.shell.execution_count = count
        if "tplib" in source:  # importing it describes figures from then on; here it was imported before the shell was
            AltTexts(self.shell)
        started = time.monotonic()
        try:
            self._arm(self.limit)
            result = self._in_loop(self._run_cell(source, draw))
            self._in_loop(self._pause())
            self._armed = False
            self.recorder.redirect_no_more()
            self._require_error(result.error_before_exec or result.error_in_exec)
        except BaseException as error:  # what the shell lets through must not end the notebook
            self._armed = False
            self.recorder.redirect_no_more()
            self.recorder.error(type(error).__name__, str(error), [f"{type(error).__name__}: {error}"])
        finally:
            self._disarm()
        seconds = time.monotonic() - started
        if self.limit is not None and seconds > self.limit and not self.recorder.timed_out:
            message = f"the cell took {seconds:.0f} s; the limit is {self.limit:g} s"
            self.recorder.error(CellTimeoutError.__name__, message, [f"CellTimeoutError: {message}"])
        self._collect_captured()
        for widget in self.widgets:
            widget.tell()
        records = []
        for cell in sorted(self.recorder.changed):
            record: dict[str, Any] = {"cell": cell, "outputs": self.recorder.outputs[cell]}
            if cell == index:
                record.update(timed_out=self.recorder.timed_out, cut=self.recorder.cut)
            records.append(record)
        return records

    async def _run_cell(self, source: str, draw: bool) -> Any:
        """Run a cell as ipykernel does: awaited where it awaits, else in one go, and in the loop either way."""
        shell, failure = self.shell, None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, failure = source, sys.exc_info()
        how: dict[str, Any] = {"transformed_cell": transformed, "preprocessing_exc_tuple": failure}
        if shell.loop_runner is not _asyncio_runner or not shell.should_run_async(source, **how):
            with contextlib.nullcontext() if draw else self.late_figures.recording(transformed):
                return shell.run_cell(source, store_history=True)
        result = None
        try:
            result = await shell.run_cell_async(source, store_history=True, **how)
        finally:
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result

    async def _pause(self) -> None:
        """Let tasks in the background go on, as between two cells in Jupyter."""
        await asyncio.sleep(0)
        if background := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(background, timeout=PAUSE)

    def call(self, function: Callable[[], Value]) -> Value:
        """The value of `function`, which is called in the loop. What it raises is raised here."""
        values: list[Value] = []
        failures: list[BaseException] = []

        async def call() -> None:
            try:
                values.append(function())
            except BaseException as error:  # a coroutine cannot raise each kind
                failures.append(error)

        self._in_loop(call())
        if failures:
            raise failures[0]
        return values[0]

    def _in_loop(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        """The value of `coroutine`. One that is interrupted while it waits is cancelled: it must not go on later."""
        if self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
        outside = dict(contextvars.copy_context())
        for variable, value in outside.items():  # what we set since, the cell that is run say, cells find, too
            if variable not in self.outside or self.outside[variable] is not value:
                self.context.run(variable.set, value)
        self.outside = outside
        task = self.loop.create_task(coroutine, context=self.context)
        try:
            for _ in range(STOPS):
                try:
                    return self.loop.run_until_complete(task)
                except RuntimeError:  # the loop was stopped
                    if task.done():
                        raise
            raise RuntimeError("the notebook's event loop was stopped again and again")
        finally:
            until = time.monotonic() + CANCEL
            while not task.done() and time.monotonic() < until:
                task.cancel()
                with contextlib.suppress(BaseException):
                    self.loop.run_until_complete(asyncio.wait([task], timeout=CANCEL))

    def _require_error(self, error: BaseException | None) -> None:
        """Give a cell that failed an error among its outputs, even where the shell was made to show none."""
        if error is None:
            return
        name = type(error).__name__
        if not any(output.get("ename") == name for output in self.recorder.outputs[self.recorder.cell]):
            self.recorder.error(name, str(error), [f"{name}: {error}"])

    def _arm(self, seconds: float | None) -> None:
        self.calls.start(self.limit)
        self.waits, self._late, self._interrupts, self._started = None, "", 0, time.monotonic()
        if seconds is not None:
            self._armed, self._until = True, self._started + seconds
            signal.setitimer(signal.ITIMER_REAL, min(seconds, self.calls.pause), AGAIN)

    def _disarm(self) -> None:
        self._armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.calls.frame = None

    def _collect_captured(self) -> None:
        for name, fd in self.captured.items():
            size = os.lseek(fd, 0, os.SEEK_END)
            if size:
                self.recorder.stream(name, os.pread(fd, 2 * STREAM_CAP, 0).decode("utf-8", "replace"))
                os.ftruncate(fd, 0)


def language_info() -> dict[str, Any]:
    """What nbclient writes into an executed notebook's metadata about the language."""
    version = platform.python_version()
    return {
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": version,
    }
