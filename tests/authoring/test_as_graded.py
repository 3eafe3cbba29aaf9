"""What passes `tp prove` is graded: it is judged there with what grading has, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tplib.autograde.processes import can_fork
from tplib.course.layout import Course
from tplib.course.public_file import PublicFile

EXERCISES = """
from pathlib import Path

import numpy as np

from tplib.graders.exercise import exercises_of

exercise = exercises_of("Session1", "1_first")
OUTSIDE = Path(__file__).resolve().parents[1] / "course/table.txt"
"""
ONE = '''

@exercise(points=1, draw=lambda draw: (draw.size(1, 9),))
def {name}(x):
    """f

    shapes: a number; the result is one.
    worked: it is one more
    """
    {line}


@{name}.mistake("Which number is it?")
def same(x):
    return x
'''
LINES = {
    "outside": "return x + float(OUTSIDE.read_text())",
    "beside": 'return x + float(Path("beside.txt").read_text())',
    "inside": 'return x + float((Path(__file__).parent / "data" / "table.txt").read_text())',
    "large": "return x + np.empty(2**28).size / 2**28",  # 2 GiB
}


@pytest.mark.skipif(not can_fork(), reason="there are no limits on this system")
def test_what_grading_does_not_have_is_told(
    tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    Path("exercises/data").mkdir()
    for file in ("course/table.txt", "beside.txt", "exercises/data/table.txt"):
        Path(file).write_text("1")
    Path("exercises/some.py").write_text(
        EXERCISES + "".join(ONE.format(name=n, line=line) for n, line in LINES.items())
    )
    proven = tp(f"prove {' '.join(LINES)} --no-mutants --draws 1")
    assert proven.exit_code == 1
    told = " ".join(proven.stdout.split())
    assert "1 of 4 proven; to be mended: outside, beside, large" in told
    assert "grading: it is right here, but cannot be judged where `tp grade` judges" in told
    assert "course/table.txt' (line" in told
    assert "No such file or directory: 'beside.txt'" in told
    assert "MiB" in told.partition("large (")[2] or "memory" in told.partition("large (")[2]


def test_what_takes_long_is_said_before_it_is_done(
    tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "range_of: a call takes 1.5 s, so that each check takes 12 s or more for the 8 inputs that it draws."
    for place in ("tplib.graders.slow", "tplib.authoring.proof", "tplib.course.public_file"):
        monkeypatch.setattr(f"{place}.seconds_of_a_call", lambda exercise: 1.5)
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    proven = " ".join(tp("prove --no-mutants").stdout.split())
    assert proven.startswith(said)
    assert "Its proof takes about 22 min; --draws 1 and --no-mutants make that shorter. ✓ range_of" in proven
    file = PublicFile(Course(here / "stats"), "Session1")
    assert any(note.startswith(said) for note in file.put(())[1])


def test_a_course_without_exercises_lists_none(
    tp: Callable[[str], Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tp("new-course stats")
    monkeypatch.chdir(here / "stats")
    Path("exercises/range_of.py").unlink()
    listed = tp("exercises")
    assert listed.exit_code == 0
    assert "This course has no exercises of its own yet: `tp new-exercise NAME` writes one." in listed.stdout
    assert "softmax" not in listed.stdout
