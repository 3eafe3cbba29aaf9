"""How this project's own processes start and end without delay."""

from __future__ import annotations

import atexit
import contextlib
import gc
import sys
from collections.abc import Iterator


def leave_out_slow_imports() -> None:
    """Have jsonschema do without its check of internationalised addresses, which no notebook has.

    It is optional there, and building its parser at import takes a second: more than everything else in nbgrader.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # an import then raises ImportError


def end_quickly() -> None:
    """At its end, spare the process the collection of garbage, which takes longer the more is imported."""
    atexit.register(gc.freeze)


@contextlib.contextmanager
def lasting_imports() -> Iterator[None]:
    """What is imported here stays: no garbage collection looks at it, now or later.

    Processes forked later share more of its memory, too.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
