"""Notebooks of another environment or language run in their own kernel, inside the sandbox as all others."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.messages.execution import Limits
from tplib.autograde.sandbox import problem
from tplib.autograde.worker.kernel_trial import try_kernel
from tplib.autograde.worker.kernelspecs import describe, environments, foreign_kernel, prefix

LIMITS = Limits(cell=2.0, notebook=60)
SHOUT = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class Shout(Kernel):
    implementation = implementation_version = banner = "shout"
    language_info = {"name": "shout", "mimetype": "text/plain", "file_extension": ".txt"}

    def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **_):
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": code.upper()})
        good = {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}
        bad = {"status": "error", "ename": "Quiet", "evalue": "too quiet", "traceback": []}
        self.quiet = "quiet" in code or getattr(self, "quiet", False)
        return bad if self.quiet else good


IPKernelApp.launch_instance(kernel_class=Shout)
"""

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")


def install(folder: Path, name: str, argv: list[str], language: str, **more: Any) -> dict[str, str]:
    """Put a kernel where Jupyter finds it, and return what a notebook of it says."""
    place = folder / "jupyter/kernels" / name
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": name, "language": language, **more}), encoding="utf-8"
    )
    return {"name": name, "display_name": name, "language": language}


def marked(source: str, grade_id: str, **flags: Any) -> Any:
    cell = new_code_cell(source)
    values = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "cell_type": "code", **values}
    return cell


@pytest.fixture
def kernels(tmp_path, monkeypatch) -> dict[str, dict[str, str]]:
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    other = tmp_path / "other/bin/python"
    other.parent.mkdir(parents=True)
    other.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')  # not this Python, as far as the file goes
    other.chmod(0o755)
    script = tmp_path / "shout.py"
    script.write_text(SHOUT)
    start = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return {
        "other": install(tmp_path, "other", [str(other), *start], "python", env={"FROM_SPEC": "spec of $HOME"}),
        "shout": install(tmp_path, "shout", [sys.executable, str(script), "-f", "{connection_file}"], "shout"),
        "dead": install(tmp_path, "dead", ["/bin/sh", "-c", "echo no such engine >&2; exit 3"], "dead"),
    }


def grade(build: Any, root: Path, cells: list[Any], kernelspec: dict[str, str], students: dict[str, Any]) -> Any:
    course = build(root, "second")
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    course.notebooks["second"] = notebook
    nbformat.write(notebook, root / "source/ps1/second.ipynb")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("c.ClearSolutions.code_stub = dict.fromkeys(['absent', 'dead', 'python', 'shout'], 'to do')\n")
    for name, answers in students.items():
        course.hand_in(name, answers)
    run = grade_assignment(open_course(root), "ps1", workers=1, limits=LIMITS, sandbox=True)
    return {result.student: result for result in run.results}


def read(root: Path, student: str) -> Any:
    return nbformat.read(root / f"autograded/{student}/ps1/second.ipynb", as_version=4)


def test_another_environment(tmp_path, build, kernels):
    (tmp_path / "secret.txt").write_text("seen")
    cells = [
        marked("### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION", "answer", solution=True),
        marked("assert answer == 42", "check-answer", grade=True, locked=True, points=2),
        marked("import os\nos.environ['FROM_SPEC']", "spec", locked=True),
        marked("0.5 * (1 + 1 == 2)", "check-half", grade=True, locked=True, points=1),
    ]
    nosy = f"""import os, sys, socket
print(os.path.exists({str(tmp_path / "secret.txt")!r}), sorted(os.listdir('.')))
try:
    socket.create_connection(("127.0.0.1", 1))
except OSError as error:
    print(error)
answer = 42"""
    results = grade(
        build,
        tmp_path / "course",
        cells,
        kernels["other"],
        {
            "right": {"answer": nosy},
            "wrong": {"answer": "answer = 41"},
            "endless": {"answer": "while True: pass"},
            "exits": {"answer": "import os\nos._exit(3)"},
        },
    )
    assert {name: result.score for name, result in results.items()} == {
        "right": 2.5,
        "wrong": 0.5,
        "endless": 0.5,
        "exits": 0.5,
    }
    assert {problem.kind for problem in results["endless"].problems} == {"time limit"}
    assert {problem.kind for problem in results["exits"].problems} == {"crash"}
    graded = read(tmp_path / "course", "right")
    assert graded.metadata.tplib.sandbox is True
    assert graded.cells[0].outputs[0].text.splitlines() == [
        "False ['helper.py', 'second.ipynb']",
        "[Errno 1] Operation not permitted",
    ]
    assert graded.cells[2].outputs[0].data["text/plain"] == "'spec of /home/student'"


def test_another_language_and_one_that_does_not_start(tmp_path, build, kernels):
    cells = [
        marked("### BEGIN SOLUTION\nhello\n### END SOLUTION", "answer", solution=True),
        marked("test it", "check-answer", grade=True, locked=True, points=2),
    ]
    students = {"right": {"answer": "good morning"}, "wrong": {"answer": "quiet"}}
    results = grade(build, tmp_path / "course", cells, kernels["shout"], students)
    assert {name: result.score for name, result in results.items()} == {"right": 2.0, "wrong": 0.0}
    graded = read(tmp_path / "course", "wrong")
    assert [output.output_type for output in graded.cells[0].outputs] == ["stream", "error"]
    assert graded.cells[1].outputs[0].text == "TEST IT"
    assert graded.cells[1].outputs[1].evalue == "too quiet"
    assert graded.metadata.language_info.name == "shout"

    [dead] = grade(build, tmp_path / "dead", cells, kernels["dead"], {"right": {}}).values()
    assert dead.state == "failed"  # no student is to blame, so nobody gets a 0
    assert "the kernel dead did not start in the sandbox: no such engine" in dead.problems[0].reason


def test_what_a_kernel_needs_to_see(tmp_path, kernels, monkeypatch):
    assert describe("nothing of this name") is None
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / "bin/engine").touch()
    (home / "pyvenv.cfg").touch()
    assert environments(home / "bin/engine") == [home]
    monkeypatch.setenv("HOME", str(home))
    assert environments(home / "bin/engine") == [home / "bin/engine"]
    assert os.path.dirname(describe("shout")["readable"][-1]) == str(tmp_path)


def test_a_kernel_that_is_not_installed_here_costs_nobody_a_point(tmp_path, build, kernels):
    cells = [marked("test it", "check-answer", grade=True, locked=True, points=2)]
    absent = {"name": "absent", "display_name": "absent", "language": "absent"}
    [result] = grade(build, tmp_path / "course", cells, absent, {"right": {}}).values()
    assert result.state == "failed"
    assert "the kernel absent of second.ipynb is not installed where notebooks are graded" in result.problems[-1].reason


def test_the_doctor_starts_a_kernel_in_the_sandbox(kernels):
    assert [try_kernel(name).state for name in ("shout", "dead", "nothing")] == ["ok", "optional", "optional"]
    assert "no such engine" in try_kernel("dead").seen


def test_virtual_environments_of_one_base_are_not_the_same(tmp_path, kernels):
    """Both links lead to one program, which finds its packages by the link that it was started as."""
    for name in ("a", "b"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
        (tmp_path / name / "pyvenv.cfg").touch()
    first, second = tmp_path / "a" / "bin" / "python", tmp_path / "b" / "bin" / "python"
    assert os.path.samefile(first, second)
    assert prefix(first) != prefix(second)
    assert prefix(Path(sys.executable)) == os.path.realpath(sys.prefix)
    spec = install(tmp_path, "venv", [str(first), "-m", "ipykernel_launcher", "-f", "{connection_file}"], "python")
    assert foreign_kernel(json.dumps(spec)) == "venv"
    own = install(tmp_path, "own", [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "python")
    assert foreign_kernel(json.dumps(own)) is None
