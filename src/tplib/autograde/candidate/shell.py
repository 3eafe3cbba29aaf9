"""ipykernel's shell without a kernel: it hands what it shows to a recorder."""

from __future__ import annotations

import builtins
import contextlib
import functools
import getpass
import inspect
import linecache
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.events import EventManager, available_events
from IPython.utils.dir2 import get_real_method
from traitlets import Any as AnyTrait
from traitlets import Bool, Type
from traitlets.config import Config

from tplib.autograde.candidate.cell_text import QuickTransformerManager, may_await
from tplib.autograde.candidate.kernel import NotebookKernel
from tplib.autograde.candidate.recorder import Recorder

INLINE_BACKEND = "matplotlib_inline.backend_inline"


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
    """In the place of IPython's formatter of pictures: gives an empty picture for whatever has one."""

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
    """Lets the inline backend show and close figures first: pyplot's own hook would draw them again, for nothing."""

    def register(self, event: str, function: Callable[..., Any]) -> None:
        super().register(event, function)
        if function.__module__ == INLINE_BACKEND:
            self.callbacks[event].sort(key=lambda callback: callback.__module__ != INLINE_BACKEND)


class RecordingShell(ZMQInteractiveShell):
    displayhook_class = Type(RecordingDisplayHook)
    display_pub_class = Type(RecordingDisplayPublisher)
    recorder = AnyTrait()
    shown: tuple[BaseException, list[str]] | None = None  # the last error, with its traceback
    at_home = Bool(
        True
    )  # whether this process is the notebook's; else all that hangs on place and process waits for `settle`

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        if self.at_home:
            super().init_ipython_dir(ipython_dir)

    def init_profile_dir(self, profile_dir: Any) -> None:
        if self.at_home:
            super().init_profile_dir(profile_dir)

    def init_virtualenv(self) -> None:
        if self.at_home:
            super().init_virtualenv()

    def init_sys_modules(self) -> None:
        if self.at_home:
            super().init_sys_modules()

    def settle(self) -> None:
        """Do what waited, in the notebook's own process, in the working folder."""
        self.at_home = True
        self.init_ipython_dir(None)
        self.init_profile_dir(None)
        self.init_environment()
        self.init_virtualenv()
        self.save_sys_module_state()
        self.init_sys_modules()
        self.init_pushd_popd_magic()
        self.starting_dir = os.getcwd()
        self.history_manager.dir_hist[:] = [Path.cwd()]

    def init_events(self) -> None:
        super().init_events()
        registered = self.events.callbacks
        self.events = FiguresFirst(self, available_events)
        self.events.callbacks = registered

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def set_parent(self, parent: dict[str, Any]) -> None:
        """Ignore whose request something is shown for: one recorder gets all that a cell shows."""

    def ask_exit(self) -> None:
        """Ignore `exit` in a notebook: the cells after it are graded too."""

    def init_environment(self) -> None:
        if self.at_home:
            super().init_environment()
            os.environ["JPY_PARENT_PID"] = str(os.getppid())  # a usual sign of a notebook

    def showtraceback(self, *args: Any, **named: Any) -> None:
        """Show an error. Cells lie in no module: for each line of theirs, Python would search all modules again."""
        for name in linecache.cache:
            if name.startswith("<ipython-input-"):
                inspect.modulesbyfile.setdefault(os.path.normcase(os.path.abspath(name)), "")
        super().showtraceback(*args, **named)

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.recorder.error(etype.__name__, str(evalue), list(stb))
        self._last_traceback = stb
        self.shown = evalue, stb

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **how: Any) -> bool:
        """As IPython's, which compiles the cell to find out."""
        return may_await(transformed_cell) and super().should_run_async(
            raw_cell, transformed_cell=transformed_cell, **how
        )

    def _format_exception_for_storage(self, exception: BaseException, *args: Any, **named: Any) -> dict[str, Any]:
        """What IPython keeps of an error: its traceback as it was shown. To make it anew takes as long again."""
        if self.shown is None or self.shown[0] is not exception:
            kept: dict[str, Any] = super()._format_exception_for_storage(exception, *args, **named)
            return kept
        return {"ename": type(exception).__name__, "evalue": str(exception), "traceback": list(self.shown[1])}


# Notebooks look at the name of the shell's class, to tell whether they run in Jupyter.
for part in ("__name__", "__qualname__", "__module__"):
    setattr(RecordingShell, part, getattr(ZMQInteractiveShell, part))


@functools.cache
def shell_made_ahead() -> RecordingShell:
    """The shell of all notebooks that this process will fork: to make one takes as long as to run a few cells."""
    return new_shell(at_home=False)


def new_shell(**options: Any) -> RecordingShell:
    shell = RecordingShell.instance(config=configuration(), **options)
    shell.extension_manager.load_extension("storemagic")  # `%store`, which each kernel has
    return shell


def configuration() -> Config:
    config = Config()
    config.HistoryManager.enabled = False  # its writer thread is of no use here
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.tqdm = "set"  # tqdm looks for this key to tell a notebook from a terminal
    return config


def make_shell(recorder: Recorder) -> RecordingShell:
    """Create the shell, with what ipykernel sets: inline figures, no history file, `input()` refused."""
    os.environ.setdefault("MPLBACKEND", f"module://{INLINE_BACKEND}")
    # The inline backend hooks itself into the shell when it is imported: it must be imported after the shell exists.
    sys.modules.pop(INLINE_BACKEND, None)
    if RecordingShell.initialized():
        shell = shell_made_ahead()
        shell.settle()
    else:
        shell = new_shell()
    shell.recorder = recorder
    shell.displayhook.recorder = recorder
    shell.display_pub.recorder = recorder
    shell.kernel = NotebookKernel(shell)
    shell.input_transformer_manager = QuickTransformerManager()

    builtins.input = refusing("input")
    getpass.getpass = refusing("getpass")
    sys.breakpointhook = lambda *_, **__: None  # as in a kernel, while no debugger is attached
    return shell


def refusing(name: str) -> Callable[..., str]:
    """A function in the place of one that would ask somebody."""

    def refuse(*_: object, **__: object) -> str:
        raise StdinNotImplementedError(f"{name}() was called, but nobody can answer while a notebook is graded")

    return refuse
