"""How the forkserver enters the sandbox, and forks candidates there, each in a pid namespace of its own."""

from __future__ import annotations

import os
import resource
import select
import signal
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tplib.autograde.processes import end_with_parent
from tplib.autograde.sandbox import layers, mounts
from tplib.autograde.sandbox.libc import (
    CLONE_NEWCGROUP,
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    LIBC,
    MACHINE,
    NUMBERS,
    PR_SET_DUMPABLE,
    SandboxError,
    effective_capabilities,
    prctl,
    setns,
    unshare,
)
from tplib.autograde.sandbox.view import View

INNER_ID = 1000  # "student" of the made-up /etc/passwd
# Whom root becomes outside, another for each candidate: some of the kernel's quotas count by user. No account has
# these numbers, and any container's map includes them.
OUTER_IDS = range(65520, 65534)
CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 6, 7, 21
NEW_NAMESPACES = (
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP
)


@dataclass
class _Entered:
    pid_namespace: int
    users: int  # how many candidates can each be a user of their own outside
    kept: list[Path]
    hidden_proc: list[str]


_entered: _Entered | None = None


def entered() -> _Entered:
    if _entered is None:
        raise SandboxError("This process is not in the sandbox: call enter(view) first.")
    return _entered


def enter(view: View) -> None:
    """Move this process, which will fork candidates, into the sandbox for good.

    It must have one thread and no open folder. The function returns in a child of the calling process. The caller only
    waits for the child and ends with its status; each of the two dies when the other does. Open files stay open.

    Raises SandboxError, in that one of the two processes which cannot go on.
    """
    global _entered
    _require_fit_process()
    os.umask(0o022)  # what is built here is for another user, however private the caller's own files are
    # Looked at here: inside, the paths of the mounts and the files are others.
    kept, hidden = mounts.inside_places(view), layers.identities(view)
    covered = [layer.path for layer in layers.layers(view) if not layer.shown]
    if is_privileged():
        # Binds are made before the change of user: root's folders may be closed to the one whom it becomes.
        os.setgroups([])
        unshare(CLONE_NEWNS, "a mount namespace")
        mounts.build_root(view)
        users = len(OUTER_IDS)
        _become(OUTER_IDS)
    else:
        _require_no_root()
        users = 1
        uid, gid = os.geteuid(), os.getegid()
        unshare(NEW_NAMESPACES, "namespaces")
        write_maps(os.open("/proc/self", os.O_PATH | os.O_DIRECTORY), uid, gid)
        mounts.build_root(view)
    alive, closed_at_death = os.pipe()
    pid = os.fork()
    if pid:
        _stand_guard(pid, closed_at_death)
    os.close(closed_at_death)
    # A change of user forbids it: others of this user may look at the process, and so may the memory watch.
    prctl(PR_SET_DUMPABLE, 1)
    end_with_parent(signal.SIGKILL)
    if select.select([alive], [], [], 0)[0]:
        os._exit(1)  # the outer process died before it could be tied to this one
    os.close(alive)
    mounts.enter_root(kept)
    layers.require_hidden(hidden, [*view.hidden, *covered])
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    _entered = _Entered(own, users, kept, mounts.hidden_proc())


def close_all_but(kept: Iterable[int]) -> None:
    """Close every open file of this process but `kept`."""
    start = 0
    for fd in sorted(set(kept)):
        if start < fd:  # an empty range that begins with 0 would mean all
            os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def fork() -> int:
    """Fork as os.fork does. The child is the first process of a pid namespace and of a session of its own.

    Returns 0 in the child and its pid in the parent, which is inside the sandbox and has one thread. To kill that pid
    ends all that descends from it.
    """
    own = entered().pid_namespace
    unshare(CLONE_NEWPID, "a process namespace")
    try:
        pid = os.fork()
    except OSError as error:
        setns(own, CLONE_NEWPID)
        raise SandboxError(f"The sandbox could not fork: {error.strerror}.", error.errno) from error
    if pid == 0:
        os.close(own)
        os.setsid()  # a signal to its process group must not reach the parent
        return 0
    setns(own, CLONE_NEWPID)
    return pid


def write_maps(process: int, uid: int, gid: int, count: int = 1) -> None:
    """Map the inner user and group to `uid` and `gid` through `process`, its open /proc folder, and close that.

    count: map so many that follow, too. Only who has rights outside may have more than one.
    """
    try:
        # The kernel wants "deny" before the map: leaving a group may gain what the group is refused.
        lines = {"setgroups": "deny", "uid_map": f"{INNER_ID} {uid} {count}", "gid_map": f"{INNER_ID} {gid} {count}"}
        for name, text in lines.items():
            file = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=process)
            try:
                os.write(file, text.encode())
            finally:
                os.close(file)
    except OSError as error:
        raise SandboxError(f"The sandbox could not set up its user: {error.strerror}.", error.errno) from error
    finally:
        os.close(process)


def is_privileged() -> bool:
    """Whether this is root who may mount and become somebody else."""
    needed = 1 << CAP_SETGID | 1 << CAP_SETUID | 1 << CAP_SYS_ADMIN
    if os.geteuid() != 0 or effective_capabilities() & needed != needed:
        return False
    with open("/proc/self/uid_map", encoding="ascii") as file:
        ranges = [tuple(map(int, line.split())) for line in file]
    return any(first <= OUTER_IDS.start and OUTER_IDS.stop <= first + count for first, _, count in ranges)


def _require_no_root() -> None:
    with open("/proc/self/uid_map", encoding="ascii") as file:
        inside, outside, _ = map(int, file.readline().split())
    if os.geteuid() == 0 and inside == outside == 0:
        raise SandboxError(
            "This is root without the capabilities SYS_ADMIN, SETUID and SETGID, who cannot become an ordinary user: "
            "run as an ordinary user."
        )


def _require_fit_process() -> None:
    if LIBC is None or not NUMBERS:
        raise SandboxError(f"The sandbox needs Linux on x86_64 or aarch64; this machine is {MACHINE}.")
    if _entered is not None:
        raise SandboxError("This process is in the sandbox already.")
    if len(os.listdir("/proc/self/task")) > 1:
        raise SandboxError("A process with more than one thread cannot enter the sandbox: enter before any import.")
    for name in os.listdir("/proc/self/fd"):
        try:
            mode = os.fstat(int(name)).st_mode
        except OSError:
            continue  # the listing's own
        if stat.S_ISDIR(mode):
            path = os.readlink(f"/proc/self/fd/{name}")
            raise SandboxError(f"File descriptor {name} is the open folder {path}: a way out of the sandbox. Close it.")


def _become(outer: range) -> None:
    """Enter new namespaces as the inner user, who is the first of `outer` outside, with the others mapped behind it.

    A process that stays outside has to write the map.
    """
    start_read, start_write = os.pipe()
    process = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    helper = os.fork()
    if helper == 0:
        status = 1
        try:
            os.close(start_write)
            if os.read(start_read, 1):
                write_maps(process, outer.start, outer.start, len(outer))
                status = 0
        finally:
            os._exit(status)
    os.close(start_read)
    os.close(process)
    try:
        unshare(NEW_NAMESPACES, "namespaces")
        os.write(start_write, b".")
    finally:
        os.close(start_write)
        _, status = os.waitpid(helper, 0)
    if status != 0:
        raise SandboxError("The sandbox could not set up its user: the map was refused.")
    os.setresgid(INNER_ID, INNER_ID, INNER_ID)
    os.setresuid(INNER_ID, INNER_ID, INNER_ID)


def _stand_guard(pid: int, liveness: int) -> NoReturn:
    """Wait for the forkserver and end as it ended. When this process ends first, the kernel ends the forkserver."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the forkserver too, which decides
    # A reader of the forkserver's output must see its end at once.
    close_all_but([liveness])
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 1)
