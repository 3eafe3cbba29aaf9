"""What a worker sees of the course, and where it may write."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tplib
from tplib.autograde.sandbox import problem
from tplib.autograde.worker.course_folder import holds_ourselves

LOOK = """
import json, os, sys
from tplib.autograde.worker.course_folder import hide_course

root, *hidden = sys.argv[1:]
before = os.getcwd()
hide_course(root, hidden)
os.chdir("/")
found = {"folders": sorted(os.listdir(root)), "hidden": [], "written": []}
for place in hidden:
    found["hidden"].append(os.listdir(place) if os.path.isdir(place) else open(place).read())
inside = [root + "/" + name for name in ("new", "notes.txt", "submitted/ada/work.txt", "submitted/new")]
for path in (*inside, "/tmp/tp-new"):
    try:
        open(path, "a").close()
        found["written"].append(path)
    except OSError:
        pass
found["notes"] = open(root + "/notes.txt").read()
os.unlink("/tmp/tp-new")
print(json.dumps(found))
"""


@pytest.mark.parametrize("user", ["own", "ordinary"])
def test_the_course_is_read_only_and_its_private_places_are_empty(user, tmp_path):
    if (reason := problem()) is not None:
        pytest.skip(reason)
    command = [sys.executable]
    if user == "ordinary":
        if os.geteuid() != 0 or not shutil.which("setpriv") or not shutil.which("/usr/bin/python3"):
            pytest.skip("the tests run as an ordinary user already, or there is no Python for one")
        command = ["setpriv", "--reuid=64321", "--regid=64321", "--clear-groups", "/usr/bin/python3"]
    for folder in [tmp_path, *tmp_path.parents[: len(tmp_path.parts) - 3]]:
        folder.chmod(0o755)
    root = tmp_path / "course"
    (root / "submitted/ada").mkdir(parents=True)
    (root / "submitted/ada/work.txt").write_text("mine")
    (root / "notes.txt").write_text("read me")
    (root / "gradebook.db").write_text("marks")
    for path in [root, *root.rglob("*")]:
        path.chmod(0o777)
    arguments = [str(root), str(root / "submitted"), str(root / "gradebook.db")]
    environment = {"PYTHONPATH": str(Path(tplib.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["TMPDIR"] = "/var/tmp"
    done = subprocess.run([*command, "-c", LOOK, *arguments], env=environment, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "folders": ["gradebook.db", "notes.txt", "submitted"],
        "hidden": [[], ""],
        "written": ["/tmp/tp-new"],
        "notes": "read me",
    }
    assert (root / "submitted/ada/work.txt").read_text() == "mine"
    assert (root / "gradebook.db").read_text() == "marks"


def test_what_a_worker_runs_on_is_never_hidden(tmp_path):
    assert holds_ourselves(sys.prefix)
    assert holds_ourselves("/")
    assert not holds_ourselves(str(tmp_path / "submitted"))
