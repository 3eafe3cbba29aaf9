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
import json, os, sys, time
from multiprocessing import Pipe
from pathlib import Path
from dataclasses import replace
from tplib.autograde.coordinator.worker_process import run_module
from tplib.autograde.worker.early_start import EarlyServer, Start
import psutil

path, folder, change = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
ours, theirs = Pipe()
keeper = run_module("early_start", theirs, path)
stored = Start(**json.loads(Path(path).read_text()))
early = EarlyServer(Path(path), ours)
while not (begun := psutil.Process(keeper.pid).children()) and keeper.poll() is None:
    time.sleep(0.01)
found = {"begun": bool(begun)}
if begun and stored.hidden:
    found["seen"] = os.listdir(f"/proc/{keeper.pid}/root{stored.hidden[0]}")
server = early.take(replace(stored, **change), Path(folder))
found["taken"] = server is not None
if server is not None:
    found["modules"], found["alive"] = server.modules, os.path.exists(server.address)
early.close()
keeper.wait(20)
found["ended"] = not any(each.is_running() for each in begun)
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


def test_the_same_start_is_taken_its_keeper_has_hidden_the_course_and_ends_it(course):
    found = tried(stored(course))
    expected = {"begun": True, "seen": [], "taken": True, "modules": ["json", "wave"], "alive": True, "ended": True}
    assert found == expected


@pytest.mark.parametrize("change", [{"modules": ["json"]}, {"root": "/elsewhere"}, {"view": {}}, {"there": [False]}])
def test_another_start_ends_it(course, change):
    found = tried(stored(course), **change)
    assert (found["begun"], found["taken"], found["ended"]) == (True, False, True)


def test_where_a_folder_is_gone_nothing_is_started(course):
    path = stored(course)
    (course / "submitted" / "ada").rmdir()
    (course / "submitted").rmdir()
    path.write_text(json.dumps({**json.loads(path.read_text()), "hidden": [str(course / "submitted")]}))
    assert load_start(path.read_text()) == Start(**json.loads(path.read_text()))
    found = tried(path)
    assert (found["begun"], found["taken"]) == (False, False)


FULL = {"root": "", "hidden": [], "there": [], "view": {}, "modules": [], "never": []}
DAMAGED = ["", "[]", "{}", '{"modules": [1]}', '{"modules": ["json"]}', "\0", "[" * 100_000]
DAMAGED += [json.dumps({**FULL, name: value}) for name, value in (("root", {}), ("hidden", [3]), ("never", [None]))]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_file_starts_nothing(text):
    assert load_start(text) is None
