"""The course's secret, and the seeds of the examiner's cases that are derived from it."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from tplib.errors import TplibError
from tplib.files import not_written

FOLDER = ".tplib"


def course_secret(root: Path) -> bytes:
    """The secret in `.tplib/secret`, made at its first use; only its owner may read it."""
    path = root / FOLDER / "secret"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f"secret-{secrets.token_hex(8)}")
            opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(opened, "wb") as file:
                file.write(secrets.token_hex(32).encode())
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(fresh, path)  # fails where another run was first: then that one's counts
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        secret = path.read_bytes().strip()
    except OSError as error:
        raise TplibError(f"the course's secret {not_written(path, error)}") from error
    if len(secret) < 32:
        raise TplibError(f"the course's secret {path} is damaged: remove it, and the next run makes a new one")
    return secret


def seeds(secret: bytes, student: str, exercises: Iterable[str], handed_in: str = "") -> dict[str, int]:
    """A seed per exercise: the same whenever this is graded, another for every other student, and hand-in.

    handed_in: its digest. Without it a first hand-in could print its cases, and the second one answer just these.
    """

    def seed(exercise: str) -> int:
        text = "\0".join([student, exercise, handed_in] if handed_in else [student, exercise])
        return int.from_bytes(hmac.digest(secret, text.encode("utf-8", "surrogatepass"), "sha256")[:8])

    return {name: seed(name) for name in exercises}
