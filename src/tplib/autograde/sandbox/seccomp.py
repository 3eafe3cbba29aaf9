"""The system call filter of a candidate: a small assembler of classic BPF, and what it denies.

Denied calls fail with EPERM, as in a container, so that a library that merely tries one goes on. The candidate's
namespaces and missing capabilities already make most of them useless; the filter keeps them from reaching the kernel.
"""

from __future__ import annotations

import ctypes
import errno
import struct

from tplib.autograde.sandbox import libc
from tplib.autograde.sandbox.syscalls import ARGUMENT_CHECKED, DENIED, IGNORED, LAST_KNOWN

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000

RET_KILL_PROCESS, RET_ERRNO, RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
DENY = RET_ERRNO | errno.EPERM
ABSENT = RET_ERRNO | errno.ENOSYS
UNSUPPORTED = RET_ERRNO | errno.EOPNOTSUPP
IGNORE = RET_ERRNO  # error number 0: the call returns as if it had been done

# Of struct seccomp_data: the number, the architecture, and the low halves of the (little-endian) arguments.
NUMBER, ARCHITECTURE = 0, 4
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

SET_MODE_FILTER, FLAG_SPEC_ALLOW = 1, 4

NEW_NAMESPACES = 0x7E020080  # all CLONE_NEW* bits
AF_UNIX, AF_NETLINK = 1, 16
TERMINAL_INJECTION = (0x5412, 0x541C, 0x541D, 0x5423)  # TIOCSTI, TIOCLINUX, TIOCCONS, TIOCSETD
PERSONALITY_QUERY = 0xFFFFFFFF

Instruction = tuple[int, int, int, int]  # operation, jump if true, jump if false, operand


def argument(index: int) -> int:
    return 16 + 8 * index


def unless(test: int, operand: int, action: int) -> list[Instruction]:
    """Return `action` where the test holds, else go on behind it."""
    return [(test, 0, 1, operand), (RETURN, 0, 0, action)]


def _argument_rules(name: str) -> list[Instruction]:
    """What follows once the number of `name` has matched; the accumulator may be overwritten."""
    if name == "clone":
        return [(LOAD, 0, 0, argument(0)), *unless(ANY_BIT, NEW_NAMESPACES, DENY)]
    if name == "socket":
        # ZeroMQ, in kernels, asks for the network's interfaces, and aborts at any other refusal than this one.
        interfaces = unless(EQUAL, AF_NETLINK, UNSUPPORTED)
        return [(LOAD, 0, 0, argument(0)), *interfaces, (EQUAL, 1, 0, AF_UNIX), (RETURN, 0, 0, DENY)]
    if name == "ioctl":
        rules: list[Instruction] = [(LOAD, 0, 0, argument(1))]
        for request in TERMINAL_INJECTION:
            rules += unless(EQUAL, request, DENY)
        return rules
    if name == "prctl":  # a process that cannot be looked at would escape the memory watch
        return [(LOAD, 0, 0, argument(0)), *unless(EQUAL, libc.PR_SET_DUMPABLE, DENY)]
    if name == "personality":
        return [
            (LOAD, 0, 0, argument(0)),
            (EQUAL, 2, 0, PERSONALITY_QUERY),
            (EQUAL, 1, 0, 0),
            (RETURN, 0, 0, DENY),
        ]
    raise ValueError(f"seccomp: no rule for the arguments of {name}")


def program(machine: str) -> list[Instruction]:
    """Build the filter for `machine` ("x86_64" or "aarch64")."""
    code: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, AUDIT_ARCH[machine]),
        (RETURN, 0, 0, RET_KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        code += unless(AT_LEAST, X32_BIT, RET_KILL_PROCESS)
    # A call that is newer than this list cannot have been judged; programs have a way without it.
    code += unless(AT_LEAST, LAST_KNOWN + 1, ABSENT)
    column = list(AUDIT_ARCH).index(machine)
    for name, numbers in ARGUMENT_CHECKED.items():
        rules = [*_argument_rules(name), (RETURN, 0, 0, RET_ALLOW)]
        code += [(EQUAL, 0, len(rules), numbers[column]), *rules]
    for numbers in IGNORED.values():
        code += unless(EQUAL, numbers[column], IGNORE)
    for name, either in DENIED.items():
        number = either[column]
        if number is not None:
            # glibc falls back from clone3, whose flags lie where a filter cannot look, to clone.
            code += unless(EQUAL, number, ABSENT if name == "clone3" else DENY)
    return [*code, (RETURN, 0, 0, RET_ALLOW)]


def install() -> None:
    """Filter this process and all its descendants from now on."""
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program(libc.MACHINE))
    instructions = ctypes.create_string_buffer(code, len(code))
    block = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions)), 16)
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1, what="give up gaining privileges")
    what = "install its system call filter"
    try:
        # Without this flag older kernels slow every branch of the candidate down, against a threat within one process.
        libc.system_call(what, "seccomp", SET_MODE_FILTER, FLAG_SPEC_ALLOW, block)
    except libc.SandboxError as error:
        if error.errno != errno.EINVAL:
            raise
        libc.system_call(what, "seccomp", SET_MODE_FILTER, 0, block)
