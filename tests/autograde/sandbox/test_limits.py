"""Rights and limits of a candidate; every bomb has a bound of its own."""

from __future__ import annotations


def test_no_capabilities_and_no_new_privileges(candidate):
    answer = candidate(
        """
        import os
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        answer = [{int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0},
                  status["NoNewPrivs"].strip(), status["Seccomp"].strip(), os.getuid(), os.getgid()]
        """
    )
    assert answer == [True, "1", "2", 1000, 1000]


def test_a_candidate_is_never_root_outside(scene):
    answer = scene(
        """
        import os
        pid, read = start("import time; time.sleep(20)")
        result = [os.stat(f"/proc/{pid}").st_uid, open("/proc/self/uid_map").read().split()[1]]
        os.kill(pid, 9)
        """
    )
    assert answer[0] == 1000
    assert int(answer[1]) > 0


FORKS = """
import os, time
made = 0
try:
    for _ in range(300):
        if os.fork() == 0:
            time.sleep(SECONDS)
            os._exit(0)
        made += 1
except OSError as error:
    answer = [made, error.errno]
"""


def test_processes_are_limited(candidate):
    assert candidate(FORKS.replace("SECONDS", "20"), "processes=20") == [19, 11]


def test_threads_count_as_processes(candidate):
    answer = candidate(
        """
        import threading, time
        made = 0
        try:
            for _ in range(300):
                threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
                made += 1
        except RuntimeError as error:
            answer = [made, str(error)]
        """,
        "processes=20",
    )
    assert answer == [19, "can't start new thread"]


def test_a_fork_bomb_does_not_starve_another_candidate(scene):
    bomb = FORKS.replace("SECONDS", "20") + "\ntime.sleep(20)"
    answer = scene(
        f"""
        import os, time
        bombs = [start({bomb!r}, Limits(processes=30)) for _ in range(2)]
        for _ in range(200):
            if sum(name.isdecimal() for name in os.listdir("/proc")) >= 61:
                break
            time.sleep(0.02)
        result = run({FORKS.replace("SECONDS", "5")!r}, processes=30)
        for pid, read in bombs:
            os.kill(pid, 9)
        """
    )
    assert answer == [29, 11]


def test_memory_of_a_process_is_limited(candidate):
    answer = candidate(
        """
        held = []
        try:
            for _ in range(64):
                held.append(bytes(8 << 20))
        except MemoryError:
            answer = len(held)
        """,
        "memory=128 << 20",
    )
    assert 8 <= answer <= 16


def test_a_file_is_limited_without_ending_the_process(candidate):
    answer = candidate(
        """
        try:
            with open("/tmp/big", "wb", buffering=0) as file:
                file.truncate(1 << 40)
            answer = "no limit"
        except OSError as error:
            answer = error.errno
        """,
        "files=16 << 20",
    )
    assert answer == 27


def test_open_files_are_limited(candidate):
    answer = candidate(
        """
        held = []
        try:
            for _ in range(5000):
                held.append(open("/dev/null"))
        except OSError as error:
            answer = [len(held) < 64, error.errno]
        """,
        "open_files=64",
    )
    assert answer == [True, 24]


def test_cpu_time_is_limited(candidate):
    assert candidate("while True: pass", "cpu=1") == "ended"


def test_limits_cannot_be_raised(candidate):
    answer = candidate(
        """
        import resource
        answer = []
        for name in ("NPROC", "DATA", "FSIZE", "NOFILE", "CORE"):
            try:
                resource.setrlimit(getattr(resource, "RLIMIT_" + name), (-1, -1))
                answer.append(name)
            except (ValueError, OSError):
                pass
        """
    )
    assert answer == []


def test_keep_closes_what_is_not_kept(scene):
    answer = scene(
        """
        import json, os
        read, write = os.pipe()
        secret = os.open("/etc/passwd", os.O_RDONLY)
        pid = fork()
        if pid == 0:
            confine(Limits(), keep=(write,))
            files = [f"/proc/self/fd/{fd}" for fd in range(100)]
            found = {path.split("/")[-1]: os.readlink(path) for path in files if os.path.lexists(path)}
            os.write(write, json.dumps(found).encode())
            os._exit(0)
        os.waitpid(pid, 0)
        result = [json.loads(os.read(read, 10000)), str(write)]
        """
    )
    found, write = answer
    assert found.pop(write).startswith("pipe:")
    assert found == dict.fromkeys("012", "/dev/null")


PLACE = """
import os
from tplib.autograde.sandbox.namespaces import entered
read, write = os.pipe()
cores = sorted(os.sched_getaffinity(0))
for number in (0, 1):
    pid = fork()
    if pid == 0:
        confine(Limits(), (write,), number, cores[-1])
        os.sched_setaffinity(0, set(range(64)))
        outer = open("/proc/self/uid_map").read().split()[1]
        os.close(os.open("/home/student/file", os.O_CREAT | os.O_WRONLY))
        os.write(write, f"{os.getuid()} {outer} {os.sched_getaffinity(0) == {cores[-1]}};".encode())
        os._exit(0)
    os.waitpid(pid, 0)
result = [os.read(read, 1000).decode(), entered().users]
"""


def test_each_candidate_is_another_user_outside_where_that_can_be_and_stays_on_its_core(scene):
    answer, users = scene(PLACE)
    second = 1000 if users == 1 else 1001
    assert answer == f"1000 1000 True;1000 {second} True;"


def test_what_the_kernel_counts_by_user_has_a_bound_in_each_candidate(candidate):
    answer = candidate(
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        watchers = terminals = 0
        while libc.inotify_init1(0) >= 0:
            watchers += 1
        try:
            while True:
                os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
                terminals += 1
        except OSError as error:
            answer = [watchers, terminals, error.errno]
        """
    )
    assert answer == [16, 32, 28]
