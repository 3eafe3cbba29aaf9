"""How this project's own processes start, fork and end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib.util
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from typing import NoReturn

ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # PyArrow, and with it pandas and scikit-learn
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own pools reserve a gigabyte, which the limit on memory counts
}
PR_SET_PDEATHSIG = 1
NOT_WRITTEN = 120  # Python's exit code where what was printed could not be written


def leave_out_slow_imports() -> None:
    """Before nbgrader is imported: what it does not need for grading is left out, or imported when it is used.

    jsonschema skips its optional checks of dates and addresses, which no notebook has: importing their parsers takes
    longer than everything else in nbgrader. Requests asks JupyterHub who takes a course; soupsieve reads CSS.
    """
    for name in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # an import then raises ImportError
    if not any(isinstance(finder, WhenUsed) for finder in sys.meta_path):
        sys.meta_path.insert(0, WhenUsed({"requests", "soupsieve"}))


class WhenUsed:
    """A finder of modules: what is called one of `names` is executed when anything of it is asked for."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name not in self.names:
            return None
        self.names.remove(name)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def end_quickly() -> None:
    """Let this process end without a last collection of garbage, which takes longer the more is imported."""
    atexit.register(gc.freeze)


def end_at_once(code: int = 0) -> NoReturn:
    """End this process, which has tidied up, without taking its modules apart: that takes longer than the rest."""
    whole = flush()
    os._exit(code if whole else code or NOT_WRITTEN)


def flush() -> bool:
    """Have all that was printed written; whether that was possible. A stream that was closed has nothing."""
    whole = True
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            whole = False
    return whole


def hear_of_children() -> None:
    """Let this process be told how its children ended: some programs start others with that switched off."""
    ignored = hasattr(signal, "SIGCHLD") and signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    if ignored and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


@contextlib.contextmanager
def ending_at_once() -> Iterator[None]:
    """Around a whole program: it ends where this does, with its exit code, after all that is to be done at the end."""
    code = 0
    try:
        yield
    except SystemExit as end:
        if isinstance(end.code, str):
            raise
        code = int(end.code or 0)
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, as Python does at the end
    atexit._run_exitfuncs()
    end_at_once(code & 0xFF)


class ForkedProcess:
    """A child that this process forked, with what subprocess.Popen says and does of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # somebody else waited for it
                pid, status = self.pid, 0
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code. Raises subprocess.TimeoutExpired."""
        handle = os.pidfd_open(self.pid) if self.poll() is None else None
        if handle is not None:
            ended = select.select([handle], [], [], timeout)[0]
            os.close(handle)
            if not ended:
                raise subprocess.TimeoutExpired("a forked process", timeout or 0)
        return self.poll() or 0

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


@contextlib.contextmanager
def lasting_imports() -> Iterator[None]:
    """Around imports that stay: the garbage collector does not look at them, now or later.

    Processes that are forked later share more memory with this one.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def can_fork() -> bool:
    """Whether this platform forks safely after large imports: macOS does not, Windows cannot."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def one_thread() -> bool:
    """Whether this process has one thread: then it can fork a process that goes on with all that is imported."""
    return can_fork() and len(os.listdir("/proc/self/task")) == 1


def end_with_parent(number: int) -> None:
    """On Linux, have the kernel send this process the signal `number` when its parent ends. Raises OSError."""
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number):
            raise OSError(ctypes.get_errno(), "the parent-death signal cannot be set")


def path_with_own_programs() -> str:
    """PATH with this Python's own programs first: nbgrader calls alembic by its bare name."""
    return os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
