"""The README's table of sessions says what the schedule and the registry say."""

import re
import shlex
import shutil
from pathlib import Path

from typer.testing import CliRunner

from tplib.cli import app
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


def test_the_commands_for_students_work_as_they_stand(tmp_path: Path, monkeypatch) -> None:
    """In a copy of the course, one after the other; the data are taken to be there, and no package is installed."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Students\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.partition("#")[0].strip() for line in section.splitlines() if line.startswith("    ")]
    commands = [shlex.split(line) for line in lines]
    shutil.copytree(ROOT / "release" / "TP6-TrainFFNN", tmp_path / "release" / "TP6-TrainFFNN")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tplib.data.cli.pull", lambda name: tmp_path)
    monkeypatch.setattr("tplib.data.cache.is_cached", lambda name: True)
    monkeypatch.setattr("tplib.student.saving._servers", list)
    ran = []
    for program, *words in commands:
        if program == "tp":
            options = ["--no-grading"] if words[0] == "doctor" else []
            result = CliRunner().invoke(app, [*words, *options])
            ran.append((words[0], result.exit_code))
        elif program == "jupyter":
            assert Path(words[-1], "1_forward.ipynb").is_file()
    # untouched notebooks: `tp submit` asks whether this is the folder
    assert ran == [("doctor", 0), ("new", 0), ("data", 0), ("submit", 1)]
    assert Path("TP6-TrainFFNN.zip").is_file()
    assert {word for line in re.findall(r"`tp (.+?)`", section) for word in shlex.split(line) if word[:2] == "--"} == {
        "--fresh",
        "--check",
    }
