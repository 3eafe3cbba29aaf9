"""Whether students' code must run in the sandbox: always, unless TPLIB_SANDBOX (or --sandbox) says off."""

from __future__ import annotations

import os
import subprocess

from tplib.autograde.sandbox.capabilities import problem
from tplib.errors import TplibError

VARIABLE = "TPLIB_SANDBOX"


def sandbox_wanted() -> bool:
    """Whether the environment wants the sandbox. Raises TplibError where it says neither auto nor off."""
    value = os.environ.get(VARIABLE, "auto")
    if value not in ("auto", "off"):
        raise TplibError(f"{VARIABLE} is {value!r}: expected auto or off")
    return value == "auto"


def require_sandbox(trial: subprocess.Popen[str] | None = None) -> None:
    """Raise TplibError, with what to do, where there is no sandbox. trial: one that has begun."""
    if (reason := problem(trial)) is not None:
        raise TplibError(reason)
