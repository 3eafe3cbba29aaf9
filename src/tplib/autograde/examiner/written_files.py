"""The files that a notebook's code wrote, as a candidate hands them over: a stranger's names and bytes."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import Any

from tplib.autograde.examiner.interfaces import TamperingError
from tplib.autograde.messages.execution import WRITTEN_CAP, WRITTEN_COUNT, NotebookOutcome
from tplib.autograde.messages.protocol import Message

PATH_CAP = 500  # bytes
NAME_CAP = 255
WRITTEN: Message = {"do": "files", "room": WRITTEN_CAP, "count": WRITTEN_COUNT}  # the question


def take_written(outcome: NotebookOutcome, reply: Message, blob: memoryview) -> None:
    """Put what a candidate hands over into the outcome. Raises TamperingError."""
    outcome.files, outcome.removed, outcome.left_out = read_written(reply, blob)
    outcome.modes = read_modes(reply)
    outcome.links = read_links(reply)
    outcome.folders = safe_names(reply.get("folders"))


def read_written(reply: Message, blob: memoryview) -> tuple[dict[str, bytes], list[str], int]:
    """The files by name, the names of those that are gone, and how many were left out.

    Names that could lead out of the folder are left out. Raises TamperingError where the reply has another form.
    """
    files, removed, left_out = reply.get("files"), reply.get("removed"), reply.get("left_out")
    if not isinstance(files, list) or not isinstance(removed, list) or type(left_out) is not int or left_out < 0:
        raise TamperingError("its files have the wrong form")
    if len(files) > WRITTEN_COUNT or len(blob) > WRITTEN_CAP:
        raise TamperingError("it handed over more files than it may")
    written: dict[str, bytes] = {}
    at = 0
    for entry in files:
        name, size = entry if isinstance(entry, list) and len(entry) == 2 else (None, None)
        if type(size) is not int or size < 0 or at + size > len(blob):
            raise TamperingError("its files have the wrong form")
        if isinstance(name, str) and is_safe(name):
            written[name] = bytes(blob[at : at + size])
        else:
            left_out += 1
        at += size
    return written, safe_names(removed), left_out


def read_modes(reply: Message) -> dict[str, int]:
    """Permissions by name. No bit but those of reading, writing and executing is taken over."""
    return {name: mode & 0o777 for name, mode in pairs(reply.get("modes")) if type(mode) is int}


def read_links(reply: Message) -> dict[str, str]:
    """What symbolic links say. Only the next candidate makes them, in its own folder: they may say anything."""
    short = PATH_CAP // 4  # characters of up to four bytes
    found = pairs(reply.get("links"))
    return {name: to for name, to in found if isinstance(to, str) and len(to) <= short and is_text_of_a_path(to)}


def pairs(values: Any) -> list[tuple[str, Any]]:
    """The entries [name, value] of a list whose names are safe, as many as there may be files."""
    listed = values[:WRITTEN_COUNT] if isinstance(values, list) else []
    two = [entry for entry in listed if isinstance(entry, list) and len(entry) == 2]
    return [(entry[0], entry[1]) for entry in two if is_safe(entry[0])]


def safe_names(values: Any) -> list[str]:
    return [name for name in values[:WRITTEN_COUNT] if is_safe(name)] if isinstance(values, list) else []


def is_text_of_a_path(text: str) -> bool:
    try:
        return bool(text) and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def is_safe(name: Any) -> bool:
    """Whether a name means one file inside the folder that it is joined to."""
    if not isinstance(name, str) or not name or "\0" in name or "\\" in name:
        return False
    try:
        encoded = os.fsencode(name)
    except UnicodeEncodeError:
        return False
    parts = name.split("/")
    short = len(encoded) <= PATH_CAP and all(len(os.fsencode(part)) <= NAME_CAP for part in parts)
    return short and all(part not in ("", ".", "..") for part in parts) and not PurePosixPath(name).is_absolute()
