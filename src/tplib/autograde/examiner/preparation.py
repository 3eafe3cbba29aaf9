"""What a new candidate gets before any code of the notebook runs in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tplib.autograde.examiner.remote_answer import observer_of, observer_source
from tplib.autograde.messages.execution import NotebookRun
from tplib.autograde.messages.protocol import Blobs, Message
from tplib.graders.exercise import Exercise


def preparation(run: NotebookRun, exercises: Iterable[Exercise], calls: list[Any]) -> tuple[Message, Blobs]:
    """The message with the functions that observe, the files of the working folder, and the calls that did not end."""
    blobs, files = Blobs(), []
    folder = run.folder
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            blobs.add(data)
            files.append([str(path.relative_to(folder)), len(data), path.stat().st_mode & 0o777])
    sources = {observer_of(exercise): observer_source(exercise) for exercise in exercises}
    observers = [[*name, text] for name, text in sources.items()]
    message = {"do": "prepare", "observers": observers, "files": files, "calls": calls}
    left = {"links": run.links, "folders": run.folders}
    return {**message, **left, "course_modules": run.course_modules}, blobs
