"""Run a notebook's cells in this process, in an IPython shell without a kernel, and record what nbclient would."""

from __future__ import annotations

import base64
import builtins
import contextlib
import io
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from IPython.core.autocall import ExitAutocall
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.events import EventManager, available_events
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.dir2 import get_real_method
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

STREAM_CAP = 1 << 20
RICH_CAP = 8 << 20
INLINE_BACKEND = "matplotlib_inline.backend_inline"

Output = dict[str, Any]


class CellTimeoutError(KeyboardInterrupt):
    """Raised in a cell that is over its time; a KeyboardInterrupt, so that `except Exception` does not swallow it."""


class StdinNotImplementedError(NotImplementedError):
    """Raised by `input()`: nobody is there to answer while a notebook is graded."""


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Recorder:
    """The outputs of every cell so far, in nbformat's shape, each cell's size capped."""

    def __init__(self) -> None:
        self.outputs: dict[int, list[Output]] = {}
        self.cell = -1
        self.changed: set[int] = set()
        self.cut = False
        self._displays: dict[str, list[tuple[int, Output]]] = {}
        self._begin(-1)

    def _begin(self, cell: int) -> None:
        self.cell = cell
        self.outputs[cell] = []
        self._stream_left, self._rich_left = STREAM_CAP, RICH_CAP
        self._clear_on_next = False
        self.timed_out = False

    def begin(self, cell: int) -> None:
        self._begin(cell)
        self.changed = {cell}

    def _append(self, output: Output) -> None:
        if self._clear_on_next:
            self.clear(wait=False)
        self.outputs[self.cell].append(output)

    def stream(self, name: str, text: str) -> None:
        if not text or self._stream_left <= 0:
            return
        text = clean_text(text)
        if len(text) > self._stream_left:
            text = text[: self._stream_left] + "\n... output cut: a cell may print 1 MiB ...\n"
            self._stream_left, self.cut = 0, True
        else:
            self._stream_left -= len(text)
        outputs = self.outputs[self.cell]
        last = outputs[-1] if outputs and not self._clear_on_next else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self._append({"output_type": "stream", "name": name, "text": text})

    def _bundle(self, data: dict[str, Any]) -> dict[str, Any]:
        kept = {}
        for mime, value in data.items():
            if isinstance(value, bytes):
                value = base64.b64encode(value).decode("ascii")
            value = clean_text(value) if isinstance(value, str) else json.loads(clean_text(_json(value)))
            size = 200 + len(value if isinstance(value, str) else _json(value))
            if size > self._rich_left:
                self.cut = True
                if mime != "text/plain":
                    continue
                value = value[:1000] + " ... output cut"
            self._rich_left -= min(size, self._rich_left)
            kept[mime] = value
        return kept

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None, **extra: Any) -> None:
        display_id = extra.pop("display_id", None)
        output = {
            "output_type": kind,
            "data": self._bundle(data),
            "metadata": json.loads(_json(metadata or {})),
            **extra,
        }
        self._append(output)
        if display_id is not None:
            self._displays.setdefault(display_id, []).append((self.cell, output))

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any] | None) -> None:
        for cell, output in self._displays.get(display_id, []):
            output["data"], output["metadata"] = self._bundle(data), json.loads(_json(metadata or {}))
            self.changed.add(cell)

    def error(self, ename: str, evalue: str, traceback: list[str]) -> None:
        if ename == CellTimeoutError.__name__:
            if self.timed_out:
                return  # a further interrupt, while the first was being shown
            self.timed_out = True
        self._append(
            {
                "output_type": "error",
                "ename": clean_text(ename),
                "evalue": clean_text(evalue)[:STREAM_CAP],
                "traceback": [clean_text(line)[:STREAM_CAP] for line in traceback[:200]],
            }
        )

    def clear(self, wait: bool) -> None:
        if wait:
            self._clear_on_next = True
        else:
            self.outputs[self.cell].clear()
            self._clear_on_next = False


def _json(value: Any) -> str:
    return json.dumps(value, default=lambda item: item.item() if hasattr(item, "item") else str(item))


class OutStream(io.TextIOBase):
    """What `sys.stdout` and `sys.stderr` are while a cell runs."""

    def __init__(self, recorder: Recorder, name: str, fd: int) -> None:
        self._recorder, self.name, self._fd = recorder, name, fd

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "UTF-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._fd

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._recorder.stream(self.name, text)
        return len(text)


class RecordingDisplayHook(DisplayHook):
    recorder = AnyTrait()

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.recorder.rich("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class RecordingDisplayPublisher(DisplayPublisher):
    recorder = AnyTrait()

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        if update:
            self.recorder.update(display_id, data, metadata)
        else:
            self.recorder.rich("display_data", data, metadata, display_id=display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.recorder.clear(wait)


class Undrawn:
    """In the place of IPython's formatter of pictures: an empty one for whatever has a picture."""

    def __init__(self, formatter: Any) -> None:
        self.formatter = formatter

    def __call__(self, shown: Any) -> str | None:
        with contextlib.suppress(KeyError):
            self.formatter.lookup(shown)
            return ""
        return None if get_real_method(shown, "_repr_png_") is None else ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.formatter, name)


class FiguresFirst(EventManager):
    """Lets the inline backend show and close figures before pyplot's own hook draws them, in vain, once more."""

    def register(self, event: str, function: Callable[..., Any]) -> None:
        super().register(event, function)
        if function.__module__ == INLINE_BACKEND:
            self.callbacks[event].sort(key=lambda found: found.__module__ != INLINE_BACKEND)


class RecordingShell(InteractiveShell):
    displayhook_class = Type(RecordingDisplayHook)
    display_pub_class = Type(RecordingDisplayPublisher)
    recorder = AnyTrait()

    def init_events(self) -> None:
        super().init_events()
        registered = self.events.callbacks
        self.events = FiguresFirst(self, available_events)
        self.events.callbacks = registered

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def ask_exit(self) -> None:
        """Ignore `exit` in a notebook: the cells after it are graded all the same."""

    def init_environment(self) -> None:
        os.environ.update(TERM="xterm-color", CLICOLOR="1", FORCE_COLOR="1", PAGER="cat", GIT_PAGER="cat")

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.recorder.error(etype.__name__, str(evalue), list(stb))


def make_shell(recorder: Recorder) -> RecordingShell:
    """Create the shell, with what ipykernel sets: inline figures, no history file, `input()` refused."""
    config = Config()
    config.HistoryManager.enabled = False  # its writer thread is of no use here
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.tqdm = "set"  # tqdm looks for this key to tell a notebook from a terminal
    os.environ.setdefault("MPLBACKEND", f"module://{INLINE_BACKEND}")
    # The inline backend hooks itself into the shell when it is imported: it must be imported after the shell exists.
    sys.modules.pop(INLINE_BACKEND, None)
    shell = RecordingShell.instance(config=config, recorder=recorder)
    shell.displayhook.recorder = recorder
    shell.display_pub.recorder = recorder
    shell.exiter = ExitAutocall(shell)

    def refuse_input(*_: object, **__: object) -> str:
        raise StdinNotImplementedError("input() was called, but nobody can answer while a notebook is graded")

    builtins.input = refuse_input
    return shell


class Runner:
    """Runs cells one after the other and returns, for each cell whose outputs changed, one JSON-ready record.

    `captured` are the files (stdout, stderr) behind file descriptors 1 and 2, for what programs and C code print.
    """

    def __init__(self, captured: dict[str, int]) -> None:
        self.limit: float | None = None
        self.captured = captured
        self.recorder = Recorder()
        self.shell = make_shell(self.recorder)
        self.png = self.shell.display_formatter.formatters["image/png"]
        self._armed = False
        sys.stdout = OutStream(self.recorder, "stdout", 1)
        sys.stderr = OutStream(self.recorder, "stderr", 2)
        signal.signal(signal.SIGALRM, self._on_alarm)

    def _on_alarm(self, signum: int, frame: FrameType | None) -> None:
        if self._armed:
            raise CellTimeoutError(f"the cell did not finish within {self.limit:g} s")

    @contextlib.contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """Raise CellTimeoutError in the code inside when it has run for `seconds`."""
        self.limit = seconds
        try:
            self._arm()
            yield
        finally:
            self._disarm()

    def run(self, index: int, source: str, count: int, draw: bool = True) -> list[dict[str, Any]]:
        """Run cell `index` as the `count`-th of the notebook; without `draw`, pictures are empty."""
        self.shell.display_formatter.formatters["image/png"] = self.png if draw else Undrawn(self.png)
        self.recorder.begin(index)
        self.shell.execution_count = count
        started = time.monotonic()
        try:
            self._arm()
            result = self.shell.run_cell(source, store_history=True)
            self._armed = False
            self._require_error(result.error_before_exec or result.error_in_exec)
        except BaseException as error:  # whatever gets past the shell must not end the notebook
            self._armed = False
            self.recorder.error(type(error).__name__, str(error), [f"{type(error).__name__}: {error}"])
        finally:
            self._disarm()
        seconds = time.monotonic() - started
        if self.limit is not None and seconds > self.limit and not self.recorder.timed_out:
            message = f"the cell took {seconds:.0f} s; the limit is {self.limit:g} s"
            self.recorder.error(CellTimeoutError.__name__, message, [f"CellTimeoutError: {message}"])
        self._collect_captured()
        records = []
        for cell in sorted(self.recorder.changed):
            record: dict[str, Any] = {"cell": cell, "outputs": self.recorder.outputs[cell]}
            if cell == index:
                record.update(timed_out=self.recorder.timed_out, cut=self.recorder.cut)
            records.append(record)
        return records

    def _require_error(self, error: BaseException | None) -> None:
        """A cell that failed has an error among its outputs, whatever the shell was told to show."""
        if error is None:
            return
        name = type(error).__name__
        if not any(output.get("ename") == name for output in self.recorder.outputs[self.recorder.cell]):
            self.recorder.error(name, str(error), [f"{name}: {error}"])

    def _arm(self) -> None:
        if self.limit is not None:
            self._armed = True
            # A loop that swallows the first interrupt gets others until the hard limit.
            signal.setitimer(signal.ITIMER_REAL, self.limit, 0.5)

    def _disarm(self) -> None:
        self._armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)

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
