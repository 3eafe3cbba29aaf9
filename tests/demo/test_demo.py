"""`tp demo` from its first line to its last, with nothing remembered from earlier runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tplib.autograde.bridge.course import open_course
from tplib.autograde.reports.summary import summarise
from tplib.data.cache import cache_folder
from tplib.demo.classroom import Classroom
from tplib.demo.cli import ASSIGNMENT, NOTEBOOKS
from tplib.graders import exercises

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_demo_grades_its_class_to_the_end(tmp_path):
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "TPLIB_DATA": str(cache_folder()),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "COLUMNS": "160",
    }
    command = [sys.executable, "-m", "tplib.cli", "demo", "--no-open", "--folder", str(tmp_path / "demo")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    scores = dict(re.findall(r"│ (\w+) +│ +([\d.]+) / 36 │", done.stdout))
    assert len(scores) == 24
    assert {scores[name] for name in ("ada", "blaise", "emmy", "florence")} == {"36"}
    assert {scores[name] for name in ("olga", "rosalind", "sophie", "victor")} == {"0"}
    assert {scores[name] for name in ("theo", "ursula", "wanda")} == {"20"}
    assert 0 < float(scores["abel"]) < 20
    assert "abel: 1_forward.ipynb" in done.stdout
    assert len(list((tmp_path / "demo/feedback").glob("*/*/*.html"))) == 3 * 24  # two notebooks, and a page over both
    assert (tmp_path / "demo/reports/TP6-TrainFFNN.html").is_file()

    chosen = [e for e in exercises() if e.assignment == ASSIGNMENT and e.notebook in NOTEBOOKS]
    folders = (tmp_path / "demo" / step / ASSIGNMENT for step in ("release", "source"))
    dealt = Classroom(*folders, chosen).dealt()
    summary = summarise(open_course(tmp_path / "demo"), ASSIGNMENT)
    mistakes = {student.name: student.mistakes for student in summary.students}
    for student, expected in dealt.items():  # what a student misunderstood comes back by its name
        told = {name: found for (_, name), found in mistakes[student].items()}
        assert {name: told.get(name) for name in expected} == {name: made.name for name, made in expected.items()}
    assert len(summary.misconceptions[0].holders) >= 4
    assert summary.missing == ["yvonne"]
    assert [student.name for student in summary.late] == ["quentin", "pierre"]
    assert summary.like_groups[0].students == ["katherine", "leonhard"]

