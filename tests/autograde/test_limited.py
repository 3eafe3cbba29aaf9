"""Work in a limited child: what it gives, and each way in which it can fail, is known here; nothing of it stays."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import time

import psutil
import pytest

from tplib.autograde.limited import Bounds, LimitedChild, StoppedError, in_child
from tplib.autograde.processes import can_fork

BOUNDS = Bounds(processor=1, clock=20, memory=64 << 20)
needs_fork = pytest.mark.skipif(not can_fork(), reason="this platform has no limited children")


def endless() -> bytes:
    while True:
        pass


def raised() -> bytes:
    raise KeyError("a\nb")


@needs_fork
def test_a_child_gives_bytes_and_changes_nothing_here():
    seen: list[int] = []

    def work() -> bytes:
        seen.append(os.getpid())
        return str(os.getpid()).encode() + bytes(1 << 20)

    pid = in_child(work, BOUNDS).rstrip(b"\0")
    assert int(pid) != os.getpid()
    assert seen == []


@needs_fork
@pytest.mark.parametrize(
    ("work", "bounds", "reason"),
    [
        (endless, BOUNDS, "it takes more than 1 s of computing"),
        (lambda: signal.pause() or b"", Bounds(1, 0.2, 64 << 20), "it takes more than 0.2 s, or gives too much"),
        (lambda: bytes(1 << 30), BOUNDS, "it takes more than 64 MiB of memory"),
        (lambda: os.abort() or b"", BOUNDS, "its process ended (SIGABRT)"),
        (lambda: os._exit(0) or b"", BOUNDS, "its process ended (code 0)"),
    ],
)
def test_what_takes_too_much_is_stopped_and_said(work, bounds, reason):
    before = psutil.Process().children()
    with pytest.raises(StoppedError) as stopped:
        in_child(work, bounds)
    assert (str(stopped.value), stopped.value.limit) == (reason, True)
    assert psutil.Process().children() == before


def test_an_exception_is_said_on_one_line():
    with pytest.raises(StoppedError, match=r"^KeyError: 'a\\nb'$") as stopped:
        in_child(raised, BOUNDS)
    assert not stopped.value.limit


def busy(question: bytes) -> bytes:
    until = time.process_time() + float(question)
    while time.process_time() < until:
        pass
    return b"done"


@needs_fork
def test_each_question_has_the_whole_of_the_processors_time_and_of_the_memory():
    child = LimitedChild(lambda question, _: busy(question) if question else bytes(40 << 20), BOUNDS)
    try:
        assert [child.ask(b"0.6", 20) for _ in range(3)] == [b"done"] * 3  # more than 1 s in all
        with pytest.raises(StoppedError, match="more than 1 s of computing"):
            child.ask(b"30", 60)
        assert child.ended
    finally:
        child.close()


@needs_fork
def test_a_child_that_keeps_much_memory_is_replaced():
    kept: list[mmap.mmap] = []  # not bytes: malloc may have room from earlier

    def keep(question: bytes, _: object) -> bytes:
        kept.append(mmap.mmap(-1, int(question)))
        return b"kept"

    child = LimitedChild(keep, BOUNDS)
    assert child.ask(b"1000", 20) == b"kept"
    assert not child.ended
    assert child.ask(str(30 << 20).encode(), 20) == b"kept"
    assert child.ended
    assert kept == []


@needs_fork
def test_a_child_that_waits_ends_with_its_parent(tmp_path):
    code = f"""
import os, signal
from tplib.autograde.limited import Bounds, in_child
def work():
    open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()
in_child(work, Bounds(5, 60, 1 << 30))
"""
    import sys

    done = subprocess.run([sys.executable, "-c", code], timeout=60)
    assert done.returncode == -signal.SIGKILL
    pid = int((tmp_path / "pid").read_text())
    for _ in range(1000):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except (FileNotFoundError, ProcessLookupError):
            return
        signal.sigtimedwait([], 0.01)
    pytest.fail("it lives on")
