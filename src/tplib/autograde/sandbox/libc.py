"""System calls that Python's standard library does not offer. Where the kernel refuses, each raises a sentence."""

from __future__ import annotations

import ctypes
import os
import struct
import sys

from tplib.errors import TplibError

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x1, 0x2, 0x4, 0x8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x20, 0x1000, 0x4000, 0x40000
MNT_DETACH = 2

MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV, MOUNT_ATTR_NOEXEC = 0x1, 0x2, 0x4, 0x8

PR_GET_DUMPABLE, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 3, 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4

AT_FDCWD, AT_RECURSIVE = -100, 0x8000

MACHINE = os.uname().machine if sys.platform == "linux" else sys.platform
# Calls that glibc wraps late or not at all, by their numbers.
NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126, "seccomp": 317, "mount_setattr": 442},
    "aarch64": {"pivot_root": 41, "capset": 91, "seccomp": 277, "mount_setattr": 442},
}.get(MACHINE, {})

LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class SandboxError(TplibError):
    """The kernel, or the machine's set-up, does not allow a part of the sandbox. `errno`: of the call that failed."""

    def __init__(self, message: str, errno: int | None = None) -> None:
        super().__init__(message)
        self.errno = errno


def _call(what: str, name: str, *arguments: object) -> int:
    if LIBC is None:
        raise SandboxError(f"The sandbox needs Linux; this is {sys.platform}.")
    result: int = getattr(LIBC, name)(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise SandboxError(f"The sandbox could not {what}: {os.strerror(number)}.", number)
    return result


def system_call(what: str, name: str, *arguments: int | bytes | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make the system call `name` of `NUMBERS`; integers are passed as C longs."""
    if name not in NUMBERS:
        raise SandboxError(f"The sandbox needs an x86_64 or aarch64 machine; this is {MACHINE}.")
    values = (ctypes.c_long(value) if isinstance(value, int) else value for value in arguments)
    return _call(what, "syscall", ctypes.c_long(NUMBERS[name]), *values)


def unshare(flags: int, what: str) -> None:
    _call(f"make {what}", "unshare", ctypes.c_int(flags))


def setns(fd: int, kind: int) -> None:
    _call("go back to its own namespace", "setns", ctypes.c_int(fd), ctypes.c_int(kind))


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, options: str | None = None) -> None:
    """mount(2); a bind mount has no `kind`."""
    _call(
        f"mount {kind or source} at {target}",
        "mount",
        os.fsencode(source),
        os.fsencode(target),
        kind and kind.encode(),
        ctypes.c_ulong(flags),
        options and options.encode(),
    )


def unmount(target: str) -> None:
    _call(f"unmount {target}", "umount2", os.fsencode(target), ctypes.c_int(MNT_DETACH))


def pivot_root(new: str, old: str) -> None:
    system_call("change its root folder", "pivot_root", os.fsencode(new), os.fsencode(old))


def mount_setattr(target: str, attributes: int, recursive: bool = False) -> None:
    """Add `attributes` (MOUNT_ATTR_*) to a mount, with `recursive` also to all below it (Linux 5.12)."""
    size = 32
    block = ctypes.create_string_buffer(struct.pack("QQQQ", attributes, 0, 0, 0), size)
    flags = AT_RECURSIVE if recursive else 0
    system_call(f"protect {target}", "mount_setattr", AT_FDCWD, os.fsencode(target), flags, block, size)


def prctl(option: int, first: int = 0, second: int = 0, what: str = "set a property of its process") -> int:
    longs = (ctypes.c_ulong(value) for value in (first, second, 0, 0))
    return _call(what, "prctl", ctypes.c_int(option), *longs)


def drop_capabilities() -> None:
    """Give up every capability for good: bounding, ambient, inheritable, permitted and effective."""
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability, what="drop its capabilities")
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, what="drop its ambient capabilities")
    version3 = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0), 8)
    none = ctypes.create_string_buffer(24)
    system_call("drop its capabilities", "capset", version3, none)


def effective_capabilities() -> int:
    """The effective capabilities of this process, as the bit mask of /proc/self/status."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("CapEff:"):
                return int(line.split()[1], 16)
    return 0
