"""Stop an answer that does not end: in the notebook, where nobody else does it."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from tplib.graders.raised import place

SECONDS = 20.0  # for one check; right answers take milliseconds
AGAIN = 0.5  # seconds until the next interrupt of a loop that swallows one


class TooLongError(BaseException):
    """The code inside `within` ran out of time; not an Exception, so that a student's `except` lets it through."""

    seconds = SECONDS


def too_late(late: TooLongError) -> str:
    """What to say of an answer that was stopped, and in which of its lines."""
    where = f", in {at}" if (at := place(late)) else ""
    together = "which is for all inputs of the check together"
    return f"Your code did not get to its end: it was stopped after {late.seconds:g} s{where}, {together}."


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooLongError in the code inside when it has run for `seconds`.

    By an alarm where there is one and nobody else uses it; else another thread asks Python to raise it here. Code that
    does not come back to Python, such as one long call of NumPy, ends first.
    """
    with _alarm(seconds) if _can_alarm() else _asked_by_a_thread(seconds):
        yield


def _can_alarm() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


def _late(seconds: float) -> TooLongError:
    late = TooLongError(f"stopped after {seconds:g} s")
    late.seconds = seconds
    return late


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def on_alarm(signum: int, frame: FrameType | None) -> None:
        raise _late(seconds)

    before = signal.signal(signal.SIGALRM, on_alarm)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        while signal.getsignal(signal.SIGALRM) is on_alarm:
            with contextlib.suppress(TooLongError):  # an alarm that comes just now
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _asked_by_a_thread(seconds: float) -> Iterator[None]:
    here, ended, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()

    class Late(TooLongError):  # Python takes a class here, and makes the exception itself
        pass

    Late.seconds = seconds

    def watch() -> None:
        pause = seconds
        while not ended.wait(pause):
            with lock:
                if not ended.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(Late))
            pause = AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        while not ended.is_set():
            with contextlib.suppress(Late), lock:
                ended.set()
        # One that was asked for and has not come yet comes here. To call it off would leave Python 3.11's evaluation
        # loop waiting for it, for ever under a profiler.
        with contextlib.suppress(Late):
            for _ in range(1000):
                pass
