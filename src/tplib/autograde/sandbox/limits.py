"""A candidate's limits and its confinement: a forked child, which has rights inside the sandbox, gives them all up."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tplib.autograde.processes import end_with_parent
from tplib.autograde.sandbox import mounts, seccomp
from tplib.autograde.sandbox.libc import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    PR_SET_DUMPABLE,
    drop_capabilities,
    prctl,
    unshare,
)
from tplib.autograde.sandbox.namespaces import INNER_ID, close_all_but, entered, write_maps

# The kernel counts these by user, on the whole machine. In a namespace they have bounds of their own (/proc/sys/user).
COUNTED_BY_USER = {
    **{"max_inotify_instances": 16, "max_inotify_watches": 4096},
    **dict.fromkeys(("max_user_namespaces", "max_mnt_namespaces", "max_pid_namespaces", "max_net_namespaces"), 0),
}
NPROC_PER_NAMESPACE = (5, 14)  # before this Linux RLIMIT_NPROC counts all processes of the user, everywhere


@dataclass(frozen=True)
class Limits:
    """What a candidate may use. None means no limit of ours.

    cpu         seconds of each process
    memory      bytes of private memory beyond the forkserver's
    processes   processes and threads together
    files       bytes of all its files together
    open_files  of each process
    """

    cpu: int | None = None
    memory: int | None = 4 << 30
    processes: int = 64
    files: int = 512 << 20
    open_files: int = 256


def confine(limits: Limits, keep: Iterable[int] | None = None, number: int = 0, core: int | None = None) -> Path:
    """Take every right from this child of `fork` before a student's code runs in it. Returns its working folder.

    The child gets a network of its own (without a connection), IPC objects, a user namespace and writable folders, all
    empty. keep: open files that stay open. All others are closed, and 0, 1 and 2 become /dev/null: a file of the host
    that is open can be reached through /proc.

    number: counts the candidates that run at the same time; where root grades, each is another user outside, so that
    what the kernel counts by user is not shared. core: the processor that all its processes stay on.

    Raises SandboxError. The caller must then end the process.
    """
    state = entered()
    if keep is not None:
        _close_others(set(keep))
    unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS, "network and IPC namespaces")
    user = INNER_ID + number % state.users
    if user != INNER_ID:
        _change_user(user)
    process, quotas = mounts.mount_candidate(limits.files, state.kept, state.hidden_proc)
    # A user namespace of its own, for a count of processes of its own; it owns none of the other namespaces.
    unshare(CLONE_NEWUSER, "a user namespace")
    write_maps(process, user, user)
    _set_quotas(quotas)
    drop_capabilities()
    _set_limits(limits)
    if core is not None:
        os.sched_setaffinity(0, {core})
    os.chdir(mounts.WORKING_FOLDER)
    os.umask(0o022)
    seccomp.install()
    return mounts.WORKING_FOLDER


def _change_user(user: int) -> None:
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # A change of user takes both away: to be looked at by the memory watch, and to end with the forkserver.
    prctl(PR_SET_DUMPABLE, 1)
    end_with_parent(signal.SIGKILL)


def _set_quotas(folder: int) -> None:
    """Lower what this user namespace may have of the user's quotas, through the open folder /proc/sys/user."""
    for name, most in COUNTED_BY_USER.items():
        try:
            file = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
        except OSError:
            continue  # this kernel does not count it
        os.write(file, str(most).encode())
        os.close(file)
    os.close(folder)


def _close_others(kept: set[int]) -> None:
    null = os.open("/dev/null", os.O_RDWR)
    for fd in {0, 1, 2} - kept - {null}:
        os.dup2(null, fd)
    close_all_but(kept | {0, 1, 2})


def counts_per_namespace() -> bool:
    version = os.uname().release.split(".")
    return (int(version[0]), int(version[1].split("-")[0])) >= NPROC_PER_NAMESPACE


def _set_limits(limits: Limits) -> None:

    def limit(kind: int, value: int) -> None:
        allowed = resource.getrlimit(kind)[1]
        value = value if allowed == resource.RLIM_INFINITY else min(value, allowed)
        resource.setrlimit(kind, (value, value))

    if limits.cpu is not None:
        limit(resource.RLIMIT_CPU, limits.cpu)
    if limits.memory is not None:
        limit(resource.RLIMIT_DATA, limits.memory + data_size())
    if counts_per_namespace():
        limit(resource.RLIMIT_NPROC, limits.processes)
    limit(resource.RLIMIT_FSIZE, limits.files)
    limit(resource.RLIMIT_NOFILE, limits.open_files)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_MEMLOCK, 64 << 10)
    limit(resource.RLIMIT_MSGQUEUE, 0)
    limit(resource.RLIMIT_SIGPENDING, 1024)
    # A write beyond the limit fails with a sentence instead of ending the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def data_size() -> int:
    """Bytes of data and stack that this process has already."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
