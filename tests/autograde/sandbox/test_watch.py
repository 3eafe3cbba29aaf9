"""The memory of a candidate's processes together."""

from __future__ import annotations

from tplib.autograde.sandbox import Limits, Usage

LOOK = """
import os, time
from tplib.autograde.sandbox import MemoryWatch
pid, read = start(CODE, Limits(memory=1 << 30))
other, _ = start("import time; time.sleep(20)")
watch = MemoryWatch()
watch.add(pid)
watch.add(other)
for _ in range(100):
    time.sleep(0.05)
    usage = watch.sample()[pid]
    if usage.memory >> 20 >= ENOUGH:
        break
result = [usage.memory >> 20, usage.processes, watch.sample()[other].memory >> 20, usage.unreadable]
for each in (pid, other):
    os.kill(each, 9)
    os.waitpid(each, 0)
result.append(watch.sample())
"""


def look(scene, code: str, enough: int):
    return scene(LOOK.replace("CODE", repr(code)).replace("ENOUGH", str(enough)))


def test_many_processes_together_are_seen(scene):
    code = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        data = b"x" * (20 << 20)
        time.sleep(20)
time.sleep(20)
"""
    memory, processes, other, unreadable, after = look(scene, code, 80)
    assert 80 <= memory <= 160
    assert processes == 5
    assert other < 40
    assert not unreadable
    assert after == {}


def test_memory_shared_by_a_fork_counts_once(scene):
    code = "import os, time\ndata = b'x' * (60 << 20)\nos.fork()\nos.fork()\ntime.sleep(20)"
    memory, *_ = look(scene, code, 60)
    assert 60 <= memory <= 110


def test_anonymous_shared_memory_is_counted_though_it_is_not_resident(scene):
    code = (
        "import mmap, time\nm = mmap.mmap(-1, 64 << 20)\nm.write(b'x' * (64 << 20))\n"
        "m.madvise(mmap.MADV_DONTNEED)\ntime.sleep(20)"
    )
    memory, *_ = look(scene, code, 64)
    assert 64 <= memory <= 160


def test_a_process_cannot_hide_from_the_watch(candidate):
    answer = candidate(
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        answer = [libc.prctl(4, 0, 0, 0, 0), ctypes.get_errno(), libc.prctl(3, 0, 0, 0, 0)]
        """
    )
    assert answer == [-1, 1, 1]


def test_over_names_the_limit_that_is_passed():
    limits = Limits(memory=1 << 30, processes=4)
    assert Usage(1 << 30, 4).over(limits) is None
    assert "more than 1 GiB of memory" in Usage(2 << 30, 1).over(limits)
    assert "more than 4 processes" in Usage(0, 5).over(limits)
    assert "hid its memory" in Usage(0, 1, unreadable=True).over(limits)
    assert Usage(1 << 50, 1).over(Limits(memory=None)) is None


def test_page_tables_count(scene):
    code = """
import mmap, time
m = mmap.mmap(-1, 64 << 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)
m.madvise(15)  # small pages: one page table for each touch
for at in range(0, 64 << 30, 2 << 20):
    m[at]
time.sleep(20)
"""
    memory, *_ = look(scene, code, 128)
    assert 128 <= memory <= 200


def test_what_waits_in_sockets_counts(scene):
    code = "import socket, time\npairs = [socket.socketpair() for _ in range(100)]\ntime.sleep(20)"
    memory, *_ = look(scene, code, 80)
    assert 80 <= memory <= 130


MANY_MAPPINGS = """
import mmap, time
m = mmap.mmap(-1, 25_000 * 8192)
for at in range(0, 25_000 * 8192, 8192):
    m.madvise(mmap.MADV_DONTDUMP, at, 4096)  # each its own mapping
time.sleep(60)
"""


def test_a_memory_in_too_many_pieces_is_not_measured_to_its_end(scene):
    answer = scene(
        f"""
        import os, time
        from tplib.autograde.sandbox import MemoryWatch
        pid, read = start({MANY_MAPPINGS!r})
        watch, reason = MemoryWatch(), None
        watch.add(pid)
        for _ in range(1000):
            time.sleep(0.05)
            if reason := watch.sample()[pid].over(Limits()):
                break
        result = reason
        os.kill(pid, 9)
        """
    )
    assert answer == "its memory lies in too many pieces to be measured"


def test_the_watch_process_names_who_is_over_and_ends_with_its_maker(scene):
    answer = scene(
        """
        import os, select, time
        from tplib.autograde.sandbox import WatchProcess
        limits = Limits(memory=64 << 20)
        watch = WatchProcess()
        quiet, _ = start("import time; time.sleep(20)", limits)
        greedy, _ = start(
            "import os, time\\nfor _ in range(8):\\n    if os.fork() == 0:\\n"
            "        data = b'x' * (50 << 20)\\n        time.sleep(20)\\ntime.sleep(20)", limits)
        watch.add(quiet, limits)
        watch.add(greedy, limits)
        heard = watch.heard()
        more = bool(select.select([watch], [], [], 1)[0])
        for pid in (quiet, greedy):
            watch.remove(pid)
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        watch.socket.close()
        result = [heard[0] == greedy, heard[1], more, os.waitstatus_to_exitcode(os.wait()[1])]
        """
    )
    assert answer == [True, "its processes together used more than 0.0625 GiB of memory", False, 0]
