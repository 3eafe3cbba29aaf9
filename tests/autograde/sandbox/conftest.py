"""Runs code in candidates: each scene is a process of its own, as this user and, where that is root, as another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tplib
from tplib.autograde.sandbox import problem

SOURCE = str(Path(tplib.__file__).parents[1])
DRIVER = Path(__file__).with_name("driver.py").read_text()
ORDINARY = 64321


def python_for(user: int) -> str:
    """An interpreter that this user may read: root's own may lie in a closed folder."""
    for python in (sys.executable, "/usr/bin/python3"):
        command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", python, "-c"]
        # setpriv can start what the user cannot read: then Python finds another one's library.
        check = "import os, sys; sys.exit(sys.version_info < (3, 11) or not os.path.exists(sys.executable))"
        if shutil.which(python) and subprocess.run([*command, check], capture_output=True).returncode == 0:
            return python
    pytest.skip("no interpreter (3.11 or later) that an ordinary user can read")


@pytest.fixture(params=["own", "ordinary"])
def as_user(request: pytest.FixtureRequest) -> list[str]:
    """The command that starts Python as the user of the test."""
    if request.param == "own":
        return [sys.executable]
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("the tests run as an ordinary user already")
    return ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups", python_for(ORDINARY)]


@pytest.fixture
def launch() -> Callable[..., subprocess.CompletedProcess[str]]:
    def start(command: list[str], code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PYTHONPATH": SOURCE, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        environment["OMP_NUM_THREADS"] = "1"
        return subprocess.run(
            [*command, "-c", code, *arguments], env=environment, cwd="/", capture_output=True, text=True, timeout=120
        )

    return start


@pytest.fixture
def sandbox() -> None:
    reason = problem()
    if reason is not None:
        pytest.skip(reason)


@pytest.fixture
def scene(sandbox: None, as_user: list[str], launch: Callable[..., Any]) -> Callable[..., Any]:
    """`scene(code)`: run `code`, which may call `run(candidate's code)`, in a forkserver; return its `result`."""

    def play(code: str, hidden: tuple[Path, ...] = (), readable: tuple[Path, ...] = ()) -> Any:
        lists = [json.dumps([str(path) for path in paths]) for paths in (hidden, readable)]
        done = launch(as_user, DRIVER, *lists, textwrap.dedent(code))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return play


@pytest.fixture
def candidate(scene: Callable[..., Any]) -> Callable[..., Any]:
    """`candidate(code)`: what one candidate that runs `code` answers."""

    def play(code: str, limits: str = "", **view: tuple[Path, ...]) -> Any:
        return scene(f"result = run({textwrap.dedent(code)!r}, {limits})", **view)

    return play
