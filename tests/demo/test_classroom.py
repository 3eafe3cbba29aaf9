"""The demo's class: 24 students, misconceptions that several share, and the troublemakers as announced."""

import json
from collections import Counter
from pathlib import Path

from tplib.graders.answer_text import answer_text
from tplib.demo.classroom import (
    BROKEN,
    DELETED,
    DUPLICATED,
    FRIENDS,
    HURRIED,
    MISTAKEN,
    UNTOUCHED,
    Classroom,
)
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
    dealt = classroom.dealt()
    assert dealt.keys() == {*MISTAKEN, HURRIED}
    for student, mistakes in dealt.items():
        mine = "\n".join(cell for cells in sources[student] for cell in cells)
        assert all(answer_text(mistake.candidate, name) in mine for name, mistake in mistakes.items())
    held = Counter((name, mistake.name) for mistakes in dealt.values() for name, mistake in mistakes.items())
    assert {name for name, _ in held} == {e.name for e in chosen}  # every exercise is misunderstood by somebody,
    assert sum(count >= 4 for count in held.values()) >= 4  # a few things by many,
    assert sum(count == 1 for count in held.values()) >= 20  # and many by one
    assert dealt[FRIENDS[0]] == dealt[FRIENDS[1]]

    released = [[cell["source"] for cell in classroom.release[name]["cells"]] for name in NOTEBOOKS]
    assert all(sources[student] == released for student in UNTOUCHED)
    assert len(sources[DUPLICATED][0]) == len(released[0]) + 2
    assert len(sources[DELETED][0]) == len(released[0]) - 1
