"""How this project's own processes start, fork and end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from collections.abc import Iterator

ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # PyArrow, and with it pandas and scikit-learn
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own pools reserve a gigabyte, which the limit on memory counts
}
PR_SET_PDEATHSIG = 1


def leave_out_slow_imports() -> None:
    """Make jsonschema skip its check of internationalised addresses, which no notebook has.

    The check is optional. Importing its parser takes a second: more than everything else in nbgrader.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # an import then raises ImportError


def end_quickly() -> None:
    """Let this process end without a last collection of garbage, which takes longer the more is imported."""
    atexit.register(gc.freeze)


@contextlib.contextmanager
def lasting_imports() -> Iterator[None]:
    """Around imports that stay: the garbage collector does not look at them, now or later.

    Processes that are forked later share more memory with this one.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def can_fork() -> bool:
    """Whether this platform forks safely after large imports: macOS does not, Windows cannot."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def end_with_parent(number: int) -> None:
    """On Linux, have the kernel send this process the signal `number` when its parent ends. Raises OSError."""
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number):
            raise OSError(ctypes.get_errno(), "the parent-death signal cannot be set")


def path_with_own_programs() -> str:
    """PATH with this Python's own programs first: nbgrader calls alembic by its bare name."""
    return os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")])
