"""`tp grade --compare`: the engine against a gradebook that nbgrader filled."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

from plain_course import cells_of


def content(root) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file() and ".tplib" not in path.parts
    }


def nbgrader(root, *arguments: str) -> None:
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
    )


def test_it_tells_each_cell_that_differs_from_nbgraders_and_writes_nothing(plain):
    plain.source(
        p=cells_of(
            "def f():\n    return 1",
            "# test\nassert f() == 1",
            "# test\nimport sys\nprint('careful', file=sys.stderr)",
            "# test 2\n0.5",
        )
    )
    plain.hand_in("amy")
    plain.hand_in("bob")
    nbgrader(plain.root, "generate_assignment", "ps1")
    nbgrader(plain.root, "autograde", "ps1")
    plain.hand_in("cleo")
    before = content(plain.root)
    result = plain.grade("--compare")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:3] == [
        "amy, p.ipynb, test-2: 0 in the gradebook, now 1",
        "bob, p.ipynb, test-2: 0 in the gradebook, now 1",
    ]
    assert "2 compared, nothing was written: 2 cells of 2 students differ." in result.stdout
    assert content(plain.root) == before
    plain.grade("--force")
    same = plain.grade("--compare")
    assert same.exit_code == 0
    assert "3 compared, nothing was written: all scores are equal." in same.stdout


def test_without_a_gradebook_there_is_nothing_to_compare_with(plain):
    plain.source(p=cells_of("# test\nassert True"))
    plain.hand_in()
    result = plain.grade("--compare")
    assert result.exit_code == 1
    assert "there is nothing to compare with" in result.stderr
    assert not (plain.root / "gradebook.db").exists()
