"""A candidate server that was started early is used where nothing differs from the last run, and ended elsewhere."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tplib.autograde.sandbox import problem
from tplib.autograde.worker.early_start import Start, load_start, start_of

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")
PROGRAM = """
import json, os, sys
from dataclasses import replace
from pathlib import Path
from tplib.autograde.worker.early_start import EarlyStart, Start

path, folder, change = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
stored = Start(**json.loads(Path(path).read_text()))
early = EarlyStart(Path(path), Path(folder))
begun = early.server
found = {"begun": begun is not None, "seen": os.listdir(stored.hidden[0]) if stored.hidden else None}
found["hidden"] = early.has_hidden(stored.root, stored.hidden)
server = early.take(replace(stored, **change))
found["taken"] = server is not None
if begun is not None:
    found["ended"] = begun.process.poll() is not None
    begun.close()
early.close()
print(json.dumps(found))
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course" / "submitted" / "ada").mkdir(parents=True)
    return tmp_path / "course"


def stored(course: Path, **other: Any) -> Path:
    from tplib.autograde.examiner.candidate_server import sandbox_view

    hidden = [str(course / "submitted")]
    start = start_of(str(course), hidden, sandbox_view(hidden=[str(course), *hidden]), ["json", "wave"], [])
    path = course.parent / "start.json"
    path.write_text(json.dumps({**vars(start), **other}))
    return path


def tried(path: Path, **change: Any) -> dict[str, Any]:
    (path.parent / "scratch").mkdir(exist_ok=True)
    command = [sys.executable, "-c", PROGRAM, str(path), str(path.parent / "scratch"), json.dumps(change)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_same_start_is_taken_and_the_course_was_hidden_before(course):
    found = tried(stored(course))
    assert found == {"begun": True, "seen": [], "hidden": True, "taken": True, "ended": False}


@pytest.mark.parametrize("change", [{"modules": ["json"]}, {"root": "/elsewhere"}, {"view": {}}, {"there": [False]}])
def test_another_start_ends_it(course, change):
    found = tried(stored(course), **change)
    assert (found["begun"], found["taken"], found["ended"]) == (True, False, True)


def test_where_a_folder_is_gone_nothing_is_started(course):
    path = stored(course)
    (course / "submitted" / "ada").rmdir()
    (course / "submitted").rmdir()
    path.write_text(json.dumps({**json.loads(path.read_text()), "hidden": [str(course / "submitted")]}))
    assert load_start(path) == Start(**json.loads(path.read_text()))
    program = PROGRAM.replace("os.listdir(stored.hidden[0]) if stored.hidden else None", "None")
    command = [sys.executable, "-c", program, str(path), str(course.parent), "{}"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout)
    assert (found["begun"], found["hidden"], found["taken"]) == (False, False, False)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"modules": [1]}', '{"modules": ["json"]}', "\0"])
def test_a_damaged_file_starts_nothing(tmp_path, text):
    (tmp_path / "start.json").write_text(text)
    assert load_start(tmp_path / "start.json") is None
    assert load_start(tmp_path / "nothing.json") is None
