"""The README's table of sessions says what the schedule and the registry say."""

import re
from pathlib import Path

from tplib.graders import exercises

ROOT = Path(__file__).parents[2]


def test_the_table_of_sessions_is_that_of_the_schedule() -> None:
    plan = {}
    for section in re.split(r"^(?=## TP)", (ROOT / "course" / "schedule.md").read_text(encoding="utf-8"), flags=re.M)[
        1:
    ]:
        assignment = section[3 : section.index(":")]
        notebooks = re.findall(r"^\| (`\w+`)", section, re.M)
        minutes = re.search(r"\*\*together\*\* \| \| \*\*(\d+)\*\* \| \| \*\*(\d+)", section)
        assert minutes
        count = sum(exercise.assignment == assignment for exercise in exercises())
        plan[assignment] = (", ".join(notebooks), str(count), ", ".join(minutes.groups()))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (TP\d-\w+).*? \| (.+?) \| (\d+) \| (\d+, \d+) \|$", readme, re.M)
    assert {assignment: tuple(rest) for assignment, *rest in rows} == plan
