"""The system call filter: by an interpreter of its own program, by the kernel's headers, and in a candidate."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from tplib.autograde.sandbox import seccomp
from tplib.autograde.sandbox.syscalls import ARGUMENT_CHECKED, DENIED, IGNORED, LAST_KNOWN

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, DONE, KILL, EPERM, ENOSYS = (
    0x7FFF0000,
    0x00050000,
    0x80000000,
    0x00050000 + errno.EPERM,
    0x00050000 + errno.ENOSYS,
)
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def judge(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel would return for a call: classic BPF in a few lines."""
    data = number.to_bytes(4, "little") + (architecture or MACHINES[machine]).to_bytes(4, "little") + bytes(8)
    data += b"".join(value.to_bytes(8, "little") for value in (*arguments, *[0] * (6 - len(arguments))))
    code, at, value = seccomp.program(machine), 0, 0
    while True:
        operation, if_true, if_false, operand = code[at]
        at += 1
        if operation == 0x06:
            return operand
        if operation == 0x20:
            value = int.from_bytes(data[operand : operand + 4], "little")
            continue
        holds = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[operation]
        at += if_true if holds else if_false


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_is_judged_as_listed(machine):
    column = list(MACHINES).index(machine)
    denied = {numbers[column]: name for name, numbers in DENIED.items()}
    ignored = {numbers[column] for numbers in IGNORED.values()}
    checked = {numbers[column] for numbers in ARGUMENT_CHECKED.values()}
    for number in range(LAST_KNOWN + 40):
        if number in checked:
            continue
        if number > LAST_KNOWN:
            expected = ENOSYS
        elif number in ignored:
            expected = DONE
        elif number in denied:
            expected = ENOSYS if denied[number] == "clone3" else EPERM
        else:
            expected = ALLOW
        assert judge(machine, number) == expected, number


@pytest.mark.parametrize("machine", MACHINES)
def test_another_architecture_or_its_32_bit_calls_kill(machine):
    assert judge(machine, 0, architecture=0x40000003) == KILL
    other = next(value for name, value in MACHINES.items() if name != machine)
    assert judge(machine, 0, architecture=other) == KILL
    if machine == "x86_64":
        assert judge(machine, 0x40000000 | 1) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_arguments(machine):
    def call(name, *arguments):
        return judge(machine, ARGUMENT_CHECKED[name][list(MACHINES).index(machine)], *arguments)

    threads, sigchld = 0x003D0F00, 17
    assert call("clone", threads) == call("clone", sigchld) == call("clone", 0x4111) == ALLOW
    for bit in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert call("clone", sigchld | bit) == EPERM
    assert call("socket", 1) == call("socket", 0xFFFFFFFF_00000001) == ALLOW
    assert {call("socket", family) for family in (0, 2, 10, 17, 38, 40)} == {EPERM}
    assert call("socket", 16) == 0x00050000 + errno.EOPNOTSUPP
    assert call("ioctl", 0, 0x5401) == call("ioctl", 0, 0x5413) == ALLOW
    assert {call("ioctl", 0, request) for request in (0x5412, 0xFFFFFFFF_00005412, 0x541C)} == {EPERM}
    assert call("prctl", 15) == call("prctl", 1) == ALLOW
    assert call("prctl", 4, 0) == EPERM
    assert call("personality", 0xFFFFFFFF) == call("personality", 0) == ALLOW
    assert call("personality", 0x0040000) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_those_of_the_kernel(machine):
    header = HEADERS[machine]
    if not header.is_file():
        pytest.skip(f"no {header}")
    text = header.read_text()
    real = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    column = list(MACHINES).index(machine)
    listed = {name: numbers[column] for name, numbers in {**DENIED, **ARGUMENT_CHECKED, **IGNORED}.items()}
    newer = {"statmount", "listmount"}
    assert {name: number for name, number in listed.items() if name not in newer} == {
        name: real.get(name) for name in listed if name not in newer
    }


def test_each_denied_call_is_refused_in_a_candidate(candidate):
    answer = candidate(
        """
        import ctypes, os
        from tplib.autograde.sandbox.syscalls import DENIED
        libc = ctypes.CDLL(None, use_errno=True)
        column = ["x86_64", "aarch64"].index(os.uname().machine)
        answer = {}
        for name, numbers in DENIED.items():
            if numbers[column] is not None:
                result = libc.syscall(*(ctypes.c_long(n) for n in (numbers[column], 0, 0, 0, 0, 0, 0)))
                answer[name] = [result, ctypes.get_errno()]
        """
    )
    assert answer.pop("clone3") == [-1, errno.ENOSYS]
    assert len(answer) > 70
    assert {name: result for name, result in answer.items() if result != [-1, errno.EPERM]} == {}
