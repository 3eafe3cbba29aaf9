"""Is an exercise judged where grading judges: by a copy of exercises/ alone, in an empty folder, within limits?

A process of its own, `python -m tplib.authoring.as_graded`, has what a worker of `tp grade` has, and judges the
reference in the same kind of limited child: what passes here is graded.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tplib.authoring.proof import Fault, for_author
from tplib.autograde.coordinator.setup import exercise_files
from tplib.autograde.examiner.judging import MEMORY, PROCESSOR, SLOW
from tplib.autograde.limited import Bounds, StoppedError, in_child
from tplib.autograde.processes import ONE_THREAD
from tplib.autograde.sandbox import SandboxError
from tplib.autograde.worker.course_folder import hide_course
from tplib.autograde.worker.files import place_exercises
from tplib.errors import TplibError
from tplib.graders import course_folder, registry
from tplib.graders.answer import LocalAnswer
from tplib.graders.exercise import Exercise
from tplib.graders.judge import judge_answer

SEEDS = (None, 1)  # the public inputs, and others
HIDDEN = ("source", "release", "submitted", "autograded", "feedback", ".tplib", "gradebook.db")
ADVICE = (
    "There only the files in exercises/ are at hand, also those that are no Python (`Path(__file__).with_name(...)` "
    f"finds one), and judging may take {MEMORY >> 30} GiB of memory and {PROCESSOR:g} s of computing"
)


def prove_as_graded(exercise: Exercise) -> list[Fault]:
    """What keeps an exercise of a course's own folder from being judged at grading."""
    folder = course_folder.current()
    own = [one for load in (course_folder.loaders(folder) if folder else ()) for one in load()]
    if folder is None or not any(one is exercise for one in own):
        return []
    files = {name: content.hex() for name, content in exercise_files().items()}
    asked = {"root": str(folder.parent), "name": exercise.name, "files": files}
    with tempfile.TemporaryDirectory(prefix="tp-as-graded-") as empty:
        done = subprocess.run(
            [sys.executable, "-m", "tplib.authoring.as_graded"],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            cwd=empty,
            env=os.environ | ONE_THREAD,
        )
    try:
        trouble = str(json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError):
        trouble = (done.stderr.strip().splitlines() or [f"its process ended with code {done.returncode}"])[-1]
    text = "it is right here, but cannot be judged where `tp grade` judges, and nobody's answer would be graded"
    return [Fault("grading", f"{text}: {trouble}. {ADVICE}")] if trouble else []


def main() -> None:
    """Print why the exercise that standard input names cannot be judged here; an empty text where it can be."""
    asked = json.load(sys.stdin)
    with contextlib.suppress(SandboxError, OSError):
        hide_course(asked["root"], [str(Path(asked["root"], name)) for name in HIDDEN])
    place_exercises(
        Path.cwd() / "exercises", {name: bytes.fromhex(content) for name, content in asked["files"].items()}
    )
    working = Path.cwd() / "empty"
    working.mkdir()
    os.chdir(working)
    print(json.dumps(_trouble(asked["name"])))


def _trouble(name: str) -> str:
    try:
        exercise = registry.find(name)
    except TplibError as error:
        return str(error)

    def work() -> bytes:
        for seed in SEEDS:
            try:
                verdict = judge_answer(exercise, LocalAnswer(exercise.reference), seed)
            except TplibError as error:
                return for_author(error).encode("utf-8", "replace")
            if verdict.status != "right":
                return f"its reference is not right there: {verdict.message}".encode("utf-8", "replace")
        return b""

    try:
        return in_child(work, Bounds(PROCESSOR, SLOW * PROCESSOR, MEMORY)).decode()
    except (StoppedError, OSError) as error:
        return str(error)


if __name__ == "__main__":
    main()
