"""A kernel that is not installed is no student's mistake: nobody gets a grade, and the command fails."""

from __future__ import annotations

import nbformat
import pytest
from typer.testing import CliRunner

from tplib.autograde.commands.grading import app


@pytest.mark.parametrize("sandbox", ["auto", "off"])
def test_a_kernel_that_is_not_installed_gives_no_grade(sandbox, tmp_path, build, monkeypatch):
    course = build(tmp_path / "course", "second")
    monkeypatch.setattr("tplib.autograde.sandbox.policy.problem", lambda _=None: None)
    source = course.root / "source/ps1/second.ipynb"
    notebook = nbformat.read(source, 4)
    notebook.metadata["kernelspec"] = {"name": "ir44", "display_name": "R 4.4", "language": "R"}
    nbformat.write(notebook, source)
    course.hand_in("amy")
    done = CliRunner().invoke(app, ["grade", "ps1", "--course", str(course.root), "--sandbox", sandbox])
    assert done.exit_code == 1
    assert "ir44" in done.output
    assert not (course.root / "autograded/amy").exists()
