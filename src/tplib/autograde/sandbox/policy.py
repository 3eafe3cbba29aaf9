"""Whether students' code must be shut in: always, unless TPLIB_SANDBOX (or --sandbox) says off."""

from __future__ import annotations

import os

from tplib.autograde.sandbox.capabilities import problem
from tplib.errors import TplibError

VARIABLE = "TPLIB_SANDBOX"


def sandbox_wanted() -> bool:
    """What the environment says. Raises TplibError where it says something else than auto or off."""
    value = os.environ.get(VARIABLE, "auto")
    if value not in ("auto", "off"):
        raise TplibError(f"{VARIABLE} is {value!r}: expected auto or off")
    return value == "auto"


def require_sandbox() -> None:
    """Raise TplibError, with the way out, where students' code cannot be shut in."""
    if (reason := problem()) is not None:
        raise TplibError(reason)
