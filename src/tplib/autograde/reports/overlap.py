"""Which students' answers hold the same code, as copydetect tells: what was released, or what many write, left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

SECONDS = 180  # a class of 300 with six notebooks takes a tenth of it
LONGEST = 50_000  # characters of a student's answers in a notebook


@dataclass(frozen=True)
class Overlap:
    """Two students, and how much of a notebook they share: characters, and a part of what both answered."""

    notebook: str
    students: tuple[str, str]
    shared: int
    share: float


@dataclass(frozen=True)
class Overlaps:
    """What was found; or why nothing was compared."""

    found: list[Overlap]
    reason: str = ""


def overlaps(answers: dict[str, dict[str, dict[str, str]]], released: dict[str, str]) -> Overlaps:
    """Compare answers. answers: by notebook, student and exercise; released: by notebook, what was given.

    In a process of its own, with a limit on time: strangers' text is taken apart there. Python's hashes, which
    copydetect uses, are the same in each run of it.
    """
    asked = {
        "released": released,
        "answers": {
            notebook: {student: shortened(texts) for student, texts in by_student.items()}
            for notebook, by_student in answers.items()
        },
    }
    command = [sys.executable, "-m", "tplib.autograde.reports.overlap_process"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
    question = json.dumps(asked).encode()
    try:
        done = subprocess.run(
            command, input=question, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Overlaps([], f"it took more than {SECONDS} s")
    except OSError as error:
        return Overlaps([], error.strerror or str(error))
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["its process ended"])[-1]
        return Overlaps([], last)
    found = [
        Overlap(notebook, (one, other), shared, share)
        for notebook, pairs in json.loads(done.stdout).items()
        for one, other, shared, share in pairs
    ]
    return Overlaps(found)


def shortened(texts: dict[str, str]) -> dict[str, str]:
    """The first answers, as many as have LONGEST characters together."""
    lengths = accumulate(map(len, texts.values()))
    return {name: text for (name, text), length in zip(texts.items(), lengths, strict=True) if length <= LONGEST}


def released_code(folder: Path) -> dict[str, str]:
    """By notebook, the code cells of the notebooks in `folder`. One that cannot be read gives nothing."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_bytes())["cells"]
            found[path.stem] = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found
