"""What a new candidate gets before any code of the notebook runs in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.examiner.remote_answer import observer_of, observer_source
from tplib.autograde.messages.protocol import Blobs, Message
from tplib.graders.exercise import Exercise


def preparation(folder: Path, exercises: Iterable[Exercise]) -> tuple[Message, Blobs]:
    """The message with the functions that observe, and the files of the working folder."""
    blobs, files = Blobs(), []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            blobs.add(data)
            files.append([str(path.relative_to(folder)), len(data)])
    observers = {observer_of(exercise): observer_source(exercise) for exercise in exercises}
    return {"do": "prepare", "observers": [[*name, text] for name, text in observers.items()], "files": files}, blobs
