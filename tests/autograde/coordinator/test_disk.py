"""Full disks, read-only folders and locked gradebooks: a sentence and exit code 1, and the next run goes on."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tplib import TplibError
from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment

SPACES = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]

# Runs in a mount namespace of its own: course and temporary files each lie on a small disk that grows later.
PROGRAM = """
import contextlib, io, json, os, subprocess, sys, tempfile, traceback
from pathlib import Path
base, course, temporary, course_size, temporary_size = sys.argv[1:]
for place, size in ((course, course_size), (temporary, temporary_size)):
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place], check=True)
subprocess.run(["cp", "-r", f"{base}/.", course], check=True)
os.environ["TMPDIR"] = tempfile.tempdir = temporary
from typer.testing import CliRunner
from tplib.autograde.commands.grading import app
def grade():
    done = CliRunner().invoke(app, ["grade", "ps1", "--course", course, "--workers", "2", "--sandbox", "off"])
    return done.exit_code, done.output
full = grade()
for place in (course, temporary):
    subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
roomy = grade()
import sqlite3
rows = sqlite3.connect(f"{course}/gradebook.db").execute(
    "SELECT student_id, c.name, auto_score FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id "
    "JOIN submitted_assignment a ON a.id = n.assignment_id JOIN base_cell c ON c.id = g.cell_id").fetchall()
files = [str(path.relative_to(course)) for path in Path(course, "autograded").rglob("*") if path.is_file()]
left = [str(path) for path in Path(temporary).iterdir()]
print("\\n" + json.dumps([full, roomy, sorted(rows), sorted(files), left]))
"""


def has_mounts() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    return subprocess.run([*SPACES, "true"], capture_output=True).returncode == 0


@pytest.fixture
def course(tmp_path, build):
    course = build(tmp_path / "course", "second")
    for number in range(6):
        noise = f"print('{'x' * 30_000}')\n" if number % 2 else ""  # so that the disk fills
        course.hand_in(f"s{number}", {"answer": f"{noise}answer = {42 - number % 3}"})
    return course


EXPECTED = [[f"s{n}", "check-answer", float(n % 3 == 0)] for n in range(6)]
FILES = sorted(f"autograded/s{n}/ps1/{name}" for n in range(6) for name in ("helper.py", "second.ipynb"))


@pytest.mark.slow
@pytest.mark.skipif(not has_mounts(), reason="small disks need mount namespaces")
@pytest.mark.parametrize(
    ("course_size", "temporary_size", "words"),
    [
        ("312k", "64m", ["full", "no room left"]),  # there is no room to enter the assignment
        ("440k", "64m", ["make room", "no room left"]),
        ("64m", "4k", ["Make room where temporary files go"]),
        ("64m", "100k", ["Make room where temporary files go"]),
    ],
)
def test_full_disk_is_a_sentence_and_the_next_run_completes(
    tmp_path_factory, course, course_size, temporary_size, words
):
    places = [tmp_path_factory.mktemp(name) for name in "dt"]  # short, for the names of sockets
    done = subprocess.run(
        [*SPACES, sys.executable, "-c", PROGRAM, course.root, *places, course_size, temporary_size],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (code, output), (code_after, output_after), rows, files, left = json.loads(done.stdout.splitlines()[-1])
    assert code == 1, output
    assert any(word in " ".join(output.split()) for word in words), output
    assert "Traceback" not in output
    assert code_after == 0, output_after
    assert sorted(rows) == EXPECTED
    assert files == FILES
    assert left == []


def test_folder_that_cannot_be_written_is_a_sentence(course):
    if os.geteuid() == 0:
        (course.root / "autograded").write_text("in the way")  # nothing stops root but this
    else:
        course.root.chmod(0o500)
    with pytest.raises(TplibError, match=r"results go there: .*(a file, not a folder|you may not write in)"):
        grade_assignment(open_course(course.root), "ps1", workers=1)
    course.root.chmod(0o700)


def test_gradebook_locked_for_long_is_a_sentence_and_nothing_is_graded_twice(course, monkeypatch):
    monkeypatch.setattr("tplib.autograde.coordinator.gradebook_writer.LOCKED_SECONDS", 0.2)
    with contextlib.closing(sqlite3.connect(course.root / "gradebook.db", isolation_level=None)) as other:

        def lock(done: int, total: int, failed: int) -> None:
            if done == 2:
                other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(TplibError, match="is locked: another program is writing to it"):
            grade_assignment(open_course(course.root), "ps1", workers=1, on_progress=lock)
        other.execute("ROLLBACK")
    run = grade_assignment(open_course(course.root), "ps1", workers=1)
    states = {found.student: found.state for found in run.results}
    assert [states[f"s{n}"] for n in range(6)] == ["already graded"] * 3 + ["graded"] * 3
    assert {found.student: found.score for found in run.results} == {row[0]: row[2] for row in EXPECTED}
    assert Path(course.root / "autograded/s2/ps1/second.ipynb").is_file()
