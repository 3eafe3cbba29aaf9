"""Processes: who sees, signals, outlives and waits for whom."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

ENTER = "import os, signal, sys, time\nfrom tplib.autograde.sandbox import *\nenter(default_view())\n"


def test_others_are_neither_seen_nor_signalled(scene):
    answer = scene(
        """
        import os
        waiting = start("import time; time.sleep(20)")
        attack = '''
        import os, signal
        answer = [os.getpid(), os.getppid(), os.getpgrp() == os.getpid()]
        for target in (0, -1):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            try:
                os.kill(target, signal.SIGTERM)
            except OSError as error:
                answer.append(error.errno)
        for pid in range(2, 400):
            try:
                os.kill(pid, signal.SIGKILL)
                answer.append(pid)
            except ProcessLookupError:
                pass
        '''
        import textwrap
        result = [run(textwrap.dedent(attack))]
        result.append(os.waitpid(waiting[0], os.WNOHANG)[0])
        os.kill(waiting[0], 9)
        """
    )
    esrch = 3
    assert answer[0][:3] == [1, 0, True]
    assert set(answer[0][3:]) <= {esrch}
    assert answer[1] == 0


def test_the_end_of_a_candidate_is_the_end_of_its_descendants(scene):
    answer = scene(
        """
        import os, signal, time
        code = '''
        import os, signal, time
        for _ in range(5):
            if os.fork() == 0:
                os.setsid()
                if os.fork():
                    os._exit(0)
                signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 60))
                time.sleep(60)
        time.sleep(60)
        '''
        import textwrap
        pid, read = start(textwrap.dedent(code))
        count = lambda: sum(name.isdecimal() for name in os.listdir("/proc"))
        before = 0
        for _ in range(100):
            before = max(before, count())
            if before >= 7:
                break
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        result = [before, count()]
        """
    )
    assert answer[0] >= 7
    assert answer[1] == 1


def test_200_forks_leave_nothing_behind(scene):
    answer = scene(
        """
        import os
        def state():
            mounts = open("/proc/self/mountinfo").read().count("\\n")
            processes = sum(name.isdecimal() for name in os.listdir("/proc"))
            back = os.readlink("/proc/self/ns/pid") == os.readlink("/proc/self/ns/pid_for_children")
            return [len(os.listdir("/proc/self/fd")), mounts, processes, len(os.listdir("/tmp")), back]
        before = state()
        answers = {run("answer = 'fine'") for _ in range(200)}
        result = [before == state(), before[-1], sorted(answers)]
        """
    )
    assert answer == [True, True, ["fine"]]


def test_there_is_no_network(candidate):
    answer = candidate(
        """
        import errno, os, socket
        answer = []
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
            try:
                socket.socket(family, socket.SOCK_DGRAM)
                answer.append(family)
            except OSError as error:
                answer.append(error.errno)
        try:
            socket.getaddrinfo("example.org", 80)
            answer.append("resolved")
        except OSError:
            pass
        interfaces = [line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]]
        answer.append(interfaces)
        """
    )
    assert set(answer[:-1]) == {1, 95}  # EPERM, and EOPNOTSUPP for AF_NETLINK
    assert set(answer[-1]) <= {"lo", "sit0", "tunl0", "ip6tnl0"}


def test_abstract_sockets_of_others_cannot_be_reached(scene):
    answer = scene(
        """
        import socket
        server = socket.socket(socket.AF_UNIX)
        server.bind("\\0meeting")
        server.listen()
        result = run("import socket; socket.socket(socket.AF_UNIX).connect('\\\\0meeting'); answer = 'connected'")
        """
    )
    assert "ConnectionRefusedError" in answer


def test_no_new_namespaces_and_no_way_back_to_the_old(candidate):
    answer = candidate(
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        answer = []
        for flag in (0x20000, 0x10000000, 0x20000000, 0x40000000, 0x10020000):
            answer.append([libc.unshare(flag), ctypes.get_errno()])
            pid = libc.syscall(56 if os.uname().machine == "x86_64" else 220, flag | 17, 0, 0, 0, 0)
            if pid == 0:
                os._exit(0)
            answer.append([pid, ctypes.get_errno()])
        """
    )
    assert answer == [[-1, 1]] * 10


@pytest.fixture
def started(as_user, sandbox):
    """Start code in an entered process; gives the (outer) process."""
    processes = []

    def start(code: str) -> subprocess.Popen[str]:
        import tplib

        environment = {"PYTHONPATH": str(os.path.dirname(os.path.dirname(tplib.__file__)))}
        process = subprocess.Popen(
            [*as_user, "-c", ENTER + code],
            env=environment | {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(("code", "status"), [("sys.exit(7)", 7), ("pass", 0), ("os.kill(os.getpid(), 9)", None)])
def test_the_outer_process_ends_as_the_inner_one(started, code, status):
    process = started(code)
    if status is None:  # the first process of a namespace cannot kill itself, and goes on
        status = 0
    assert process.wait(20) == status


def test_the_death_of_the_outer_process_is_the_death_of_all(started):
    process = started("if fork() == 0:\n    print('there', flush=True)\n    time.sleep(60)\ntime.sleep(60)")
    assert process.stdout.readline() == "there\n"
    process.kill()
    process.wait(20)
    # The candidate held this end of the pipe open.
    assert process.stdout.read() == ""


def test_open_files_go_on_working(started):
    process = started("print(sys.stdin.readline().strip(), flush=True)\nprint(os.getcwd(), os.getuid())")
    process.stdin.write("hello\n")
    process.stdin.flush()
    assert process.stdout.read() == "hello\n/ 1000\n"
    assert process.wait(20) == 0


def test_a_listening_socket_can_be_reached_from_outside(started, tmp_path):
    import socket

    import tplib

    path = tmp_path / "s"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()
    code = ENTER.replace("enter(", "import socket\ns = socket.socket(fileno=int(sys.argv[1]))\nenter(")
    code += "connection, _ = s.accept()\nconnection.sendall(str(os.path.exists(sys.argv[2])).encode())\n"
    with server:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(server.fileno()), str(path)],
            pass_fds=[server.fileno()],
            env={"PYTHONPATH": os.path.dirname(os.path.dirname(tplib.__file__))},
            cwd="/",
        )
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            assert client.recv(100) == b"False"
        assert process.wait(20) == 0


def test_a_process_with_threads_cannot_enter(sandbox, as_user, launch):
    code = (
        "import threading\nfrom tplib.autograde.sandbox import *\nthreading.Thread(target=input, daemon=True).start()\n"
        "import time\nthreading.Thread(target=time.sleep, args=(5,), daemon=True).start()\n"
        "try:\n    enter(default_view())\nexcept SandboxError as error:\n    print(error)"
    )
    assert "more than one thread" in launch(as_user, code).stdout


def test_fork_before_enter_is_refused():
    from tplib.autograde.sandbox import Limits, SandboxError, confine, fork

    with pytest.raises(SandboxError, match=r"call enter\(view\) first"):
        fork()
    with pytest.raises(SandboxError, match=r"call enter\(view\) first"):
        confine(Limits())


def test_nothing_is_left_of_a_run(scene):
    before = time.time()
    scene('result = run(\'open("/tmp/x", "w").write("x")\')')
    left = [name for name in os.listdir("/tmp") if name == "x" and os.stat("/tmp/x").st_mtime > before]
    assert left == []
