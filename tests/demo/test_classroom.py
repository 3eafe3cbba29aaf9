"""The demo's class: 24 students, of each exercise nine misconceptions, and the troublemakers as announced."""

import json
from pathlib import Path

from tplib.graders.answer_text import answer_text
from tplib.demo.classroom import BROKEN, DELETED, DUPLICATED, UNTOUCHED, Classroom
from tplib.demo.cli import ASSIGNMENT, NOTEBOOKS
from tplib.graders import exercises

ROOT = Path(__file__).parents[2]


def test_class_of_24() -> None:
    chosen = [e for e in exercises() if e.assignment == ASSIGNMENT and e.notebook in NOTEBOOKS]
    classroom = Classroom(ROOT / "release" / ASSIGNMENT, ROOT / "source" / ASSIGNMENT, chosen)
    classroom.release = {name: classroom.release[name] for name in NOTEBOOKS}
    handed_in = dict(classroom.submissions())
    assert len(handed_in) == 24

    sources = {
        student: [["".join(cell["source"]) for cell in json.loads(text)["cells"]] for text in files.values()]
        for student, files in handed_in.items()
        if student != BROKEN
    }
    answers = {cell for notebooks in sources.values() for cells in notebooks for cell in cells}
    assert all(answer_text(m.candidate, e.name) in answers for e in chosen for m in e.misconceptions[:9])

    released = [[cell["source"] for cell in classroom.release[name]["cells"]] for name in NOTEBOOKS]
    assert all(sources[student] == released for student in UNTOUCHED)
    assert len(sources[DUPLICATED][0]) == len(released[0]) + 2
    assert len(sources[DELETED][0]) == len(released[0]) - 1
