"""Children that another process forks: they are like a process's own, whatever becomes of them or of that process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import psutil
import pytest

from tplib.autograde.child_forkserver import ChildForkserver
from tplib.autograde.limited import Bounds, LimitedChild, StoppedError
from tplib.autograde.processes import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="this platform has no limited children")
BOUNDS = Bounds(processor=1, clock=20, memory=64 << 20)


def work(question: bytes, handles) -> bytes:
    """`pid`: of this process and its parent; `read`: what the open file holds; else how it ends."""
    if question == b"pid":
        return b"%d %d" % (os.getpid(), os.getppid())
    if question == b"read":
        with os.fdopen(handles[0]) as file:
            return file.read().encode()
    if question == b"loop":
        while True:
            pass
    if question == b"grow":
        return bytes(1 << 30)
    if question == b"abort":
        os.kill(os.getpid(), signal.SIGKILL)
    raise KeyError(question)


@pytest.fixture
def server():
    with contextlib.closing(ChildForkserver(work)) as server:
        yield server


def test_children_are_the_servers_and_each_is_a_new_one(server):
    pids = set()
    for _ in range(3):
        child = LimitedChild(work, BOUNDS, server)
        pid, parent = map(int, child.ask(b"pid", 20).split())
        assert (pid, parent) == (child.pid, server.pid)
        assert child.ask(b"pid", 20).split()[0] == b"%d" % pid
        pids.add(pid)
        child.close()
        assert not psutil.pid_exists(pid)
    assert len(pids) == 3


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (b"loop", "it takes more than 1 s of computing"),
        (b"grow", "it takes more than 64 MiB of memory"),
        (b"abort", "its process ended (SIGKILL)"),
        (b"else", "KeyError: b'else'"),
    ],
)
def test_what_takes_too_much_is_stopped_and_said_and_the_next_child_knows_nothing_of_it(server, question, reason):
    for _ in range(2):
        with pytest.raises(StoppedError) as stopped:
            LimitedChild(work, BOUNDS, server).ask(question, 20)
        assert str(stopped.value) == reason
    child = LimitedChild(work, BOUNDS, server)
    assert child.ask(b"pid", 20)
    child.close()


def test_an_open_file_goes_with_a_question_and_no_other(server, tmp_path):
    child = LimitedChild(work, BOUNDS, server)
    for text in ("one", "two"):
        (tmp_path / text).write_text(text)
        with open(tmp_path / text) as file:
            assert child.ask(b"read", 20, handles=[file.fileno()]).decode() == text
    with pytest.raises(StoppedError, match="IndexError"):
        child.ask(b"read", 20)


def test_where_the_server_was_killed_this_process_forks_its_children_itself(server):
    busy = LimitedChild(work, BOUNDS, server)
    os.kill(server.pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(busy.pid)], timeout=10)
    with pytest.raises(StoppedError, match="SIGKILL"):
        busy.ask(b"pid", 20)
    child = LimitedChild(work, BOUNDS, server)
    assert int(child.ask(b"pid", 20).split()[1]) == os.getpid()
    child.close()


def test_all_end_with_the_process_that_asks(tmp_path):
    code = """
import os, signal
from tplib.autograde.child_forkserver import ChildForkserver
from tplib.autograde.limited import Bounds, LimitedChild
server = ChildForkserver(lambda question, _: b"%d" % os.getpid())
child = LimitedChild(server, Bounds(5, 60, 1 << 30), server)
print(server.pid, child.ask(b"", 20).decode(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=60, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    for pid in map(int, done.stdout.split()):
        with contextlib.suppress(psutil.NoSuchProcess):
            gone = psutil.Process(pid)
            psutil.wait_procs([gone], timeout=10)
            assert not gone.is_running() or gone.status() == psutil.STATUS_ZOMBIE
