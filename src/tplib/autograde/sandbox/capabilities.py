"""What this machine offers of the sandbox: each part is tried in a process of its own."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tplib.autograde.processes import hear_of_children
from tplib.autograde.sandbox.libc import MACHINE, NUMBERS

TRIAL_SECONDS = 60.0
WAY_OUT = (
    "Grade in a container or virtual machine that allows it, or, only if you trust every student, with --sandbox off."
)
# Where administrators refuse user namespaces: the value that does, and the one that allows them.
SWITCHES = {
    "kernel.unprivileged_userns_clone": (0, 1),
    "user.max_user_namespaces": (0, 10000),
    "kernel.apparmor_restrict_unprivileged_userns": (1, 0),
}


@dataclass(frozen=True)
class Offer:
    """A part of the sandbox, whether this machine offers it, and what the trial showed."""

    name: str
    ok: bool
    detail: str


def begin_trial() -> subprocess.Popen[str]:
    """Begin to try each part of the sandbox, in a process of its own, which `offers` will ask."""
    hear_of_children()
    source = str(Path(__file__).parents[3])
    command = [sys.executable, "-S", "-m", "tplib.autograde.sandbox.probe"]
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}
    null, pipe = subprocess.DEVNULL, subprocess.PIPE
    return subprocess.Popen(command, env=environment, cwd="/", text=True, stdin=null, stdout=pipe, stderr=pipe)


def offers(trial: subprocess.Popen[str] | None = None) -> list[Offer]:
    """Try each part of the sandbox, or wait for a `trial` that has begun. The last offer is all of them together."""
    if sys.platform != "linux":
        return [Offer("Linux", False, f"this is {sys.platform}: the sandbox is made of Linux namespaces")]
    if not NUMBERS:
        return [Offer("processor", False, f"this is {MACHINE}: the system call filter knows x86_64 and aarch64")]
    with trial or begin_trial() as process:
        try:
            said, errors = process.communicate(timeout=TRIAL_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    try:
        return [Offer(**offer) for offer in json.loads(said)]
    except ValueError:
        lines = errors.strip().splitlines() or [f"exit code {process.returncode}"]
        return [Offer("trial", False, f"the trial itself failed: {lines[-1]}")]


@functools.cache
def problem(trial: subprocess.Popen[str] | None = None) -> str | None:
    """A sentence on why there is no sandbox here, with what to do; None where there is one.

    trial: one that has begun.
    """
    missing = [offer for offer in offers(trial) if not offer.ok]
    if not missing:
        return None
    first = missing[0]
    cause = f"The sandbox cannot be had on this machine ({first.name}: {first.detail.rstrip('.')})."
    if first.name in ("Linux", "processor"):
        return f"{cause} {WAY_OUT}"
    settings = [f"`sysctl -w {name}={good}`" for name, (bad, good) in SWITCHES.items() if _sysctl(name) == bad]
    if settings:
        return f"{cause} An administrator can allow it: {' and '.join(settings)}. {WAY_OUT}"
    return f"{cause} {WAY_OUT}"


def _sysctl(name: str) -> int | None:
    try:
        return int(Path("/proc/sys", *name.split(".")).read_text())
    except (OSError, ValueError):
        return None


def as_json(offers: list[Offer]) -> str:
    return json.dumps([asdict(offer) for offer in offers])
