"""Try each part of the sandbox in a child of its own: `python -m tplib.autograde.sandbox.probe` prints the offers."""

from __future__ import annotations

import os
import resource
import signal
import socket
import tempfile
from collections.abc import Callable

from tplib.autograde.sandbox import libc, seccomp
from tplib.autograde.sandbox.capabilities import Offer, as_json
from tplib.autograde.sandbox.libc import SandboxError, mount, unshare
from tplib.autograde.sandbox.limits import Limits, confine, counts_per_namespace
from tplib.autograde.sandbox.namespaces import enter, fork, is_privileged, write_maps
from tplib.autograde.sandbox.view import default_view
from tplib.autograde.sandbox.watch import MemoryWatch, measure

USER = libc.CLONE_NEWUSER
NAMESPACES = {
    "mount namespaces": libc.CLONE_NEWNS,
    "process namespaces": libc.CLONE_NEWPID,
    "network namespaces": libc.CLONE_NEWNET,
    "IPC namespaces": libc.CLONE_NEWIPC,
}
TRIAL_SECONDS = 20


def tried(name: str, trial: Callable[[], str]) -> Offer:
    """Run `trial` in a child. The detail is what it returns, or the sentence that it raises."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        signal.alarm(TRIAL_SECONDS)
        try:
            answer = "+" + trial()
        except (SandboxError, OSError) as error:
            answer = "-" + str(error)
        except BaseException as error:
            answer = f"-{type(error).__name__}: {error}"
        os.write(write, answer.encode()[:4000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        answer = file.read().decode(errors="replace")
    os.waitpid(pid, 0)
    if not answer:
        return Offer(name, False, f"the trial ended without an answer (within {TRIAL_SECONDS} s)")
    return Offer(name, answer[0] == "+", answer[1:])


def become_nobody() -> None:
    """Enter a user namespace where this user's own number is mapped. Root needs none for the trials."""
    if not is_privileged():
        uid, gid = os.geteuid(), os.getegid()
        unshare(USER, "a user namespace")
        write_maps(os.open("/proc/self", os.O_PATH | os.O_DIRECTORY), uid, gid)


def user_namespaces() -> str:
    unshare(USER, "a user namespace")
    return "can be made"


def namespace(kind: int) -> str:
    become_nobody()
    unshare(kind, "the namespace")
    return "can be made"


def in_mount_namespace() -> None:
    become_nobody()
    unshare(libc.CLONE_NEWNS | libc.CLONE_NEWPID, "mount and process namespaces")
    mount("none", "/", flags=libc.MS_REC | libc.MS_PRIVATE)


def tmpfs() -> str:
    in_mount_namespace()
    mount("tmpfs", tempfile.gettempdir(), "tmpfs", options="size=1m")
    return "can be mounted with a size"


def pivot() -> str:
    in_mount_namespace()
    mount("tmpfs", "/tmp", "tmpfs", options="size=1m")
    os.chdir("/tmp")
    libc.pivot_root(".", ".")
    libc.unmount(".")
    return "the root folder can be changed"


def fresh_proc() -> str:
    in_mount_namespace()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            mount("proc", "/proc", "proc")
            os.write(write, b"+")
        except SandboxError as error:
            os.write(write, str(error).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    answer = os.read(read, 1000).decode()
    if answer != "+":
        raise SandboxError(
            f"{answer} A container that covers parts of /proc forbids a fresh one: start it with "
            "--security-opt systempaths=unconfined (Docker) or --security-opt unmask=ALL (Podman)."
        )
    return "a fresh one can be mounted"


def system_call_filter() -> str:
    seccomp.install()
    try:
        socket.socket(socket.AF_INET)
    except PermissionError:
        return f"{len(seccomp.program(libc.MACHINE))} instructions for {libc.MACHINE}; denied calls are refused"
    raise SandboxError("A system call filter was installed but filters nothing.")


def no_new_privileges() -> str:
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1, what="give up gaining privileges")
    return "can be set"


def limits() -> str:
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    low = 1 << 20 if allowed == resource.RLIM_INFINITY else min(1 << 20, allowed)
    resource.setrlimit(resource.RLIMIT_FSIZE, (low, low))
    if counts_per_namespace():
        return "memory, files, CPU; processes are counted for each candidate"
    return "memory, files, CPU; this kernel (before 5.14) counts a user's processes all together: the watch ends bombs"


def who() -> str:
    if is_privileged():
        return "root: candidates run as an unprivileged user that no account has"
    return f"an ordinary user ({os.geteuid()}): candidates run as the same user, in a user namespace"


def whole() -> str:
    """Enter, fork, confine and watch, as for a notebook."""
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        os.waitpid(pid, 0)
        with os.fdopen(read) as file:
            answer = file.read()
        if answer != "++":
            raise SandboxError(answer.lstrip("+") or "The trial ended without an answer.")
        return "a process was confined and watched"
    os.close(read)
    try:
        enter(default_view())
        go_read, go_write = os.pipe()
        candidate = fork()
        if candidate == 0:
            try:
                confine(Limits(), keep=(write, go_read))
                os.read(go_read, 1)
                os.write(write, b"+")
            except BaseException as error:
                os.write(write, str(error).encode())
            os._exit(0)
        os.close(go_read)
        watch = MemoryWatch()
        watch.add(candidate)
        os.write(go_write, b".")
        os.waitpid(candidate, 0)
        os.write(write, b"+")
    except BaseException as error:
        os.write(write, str(error).encode())
    os._exit(0)


def memory_watch() -> str:
    usage = measure([os.getpid()])
    if not usage.memory:
        raise SandboxError("This kernel does not tell the memory of a process (smaps_rollup).")
    return f"memory of all processes of a candidate; of this one {usage.memory / (1 << 20):.0f} MiB"


def main() -> None:
    offers = [tried("user namespaces", user_namespaces)]
    offers += [tried(name, lambda kind=kind: namespace(kind)) for name, kind in NAMESPACES.items()]  # type: ignore[misc]
    offers += [
        tried("tmpfs", tmpfs),
        tried("pivot_root", pivot),
        tried("/proc", fresh_proc),
        tried("system call filter", system_call_filter),
        tried("no new privileges", no_new_privileges),
        tried("limits", limits),
        tried("user", who),
        tried("memory watch", memory_watch),
        tried("all together", whole),
    ]
    print(as_json(offers))


if __name__ == "__main__":
    main()
