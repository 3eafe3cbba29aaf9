"""Two lines in any nbgrader_config.py: `nbgrader autograde` grades with the engine, and keeps nbgrader's scores."""

from __future__ import annotations

import subprocess
import sys

from nbgrader.api import Gradebook
from traitlets.config import Config

from tplib.autograde import enable
from tplib.autograde.course import open_course
from tplib.autograde.grade import grade_assignment


def test_lists_keep_what_the_instructor_put_there():
    config = Config()
    config.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.Execute", "nbgrader.preprocessors.LimitOutput"]
    enable(config)
    enable(config)
    names = [getattr(found, "__name__", found) for found in config.Autograde.autograde_preprocessors]
    assert names == ["RunNotebook", "nbgrader.preprocessors.LimitOutput"]
    cleaning = [found.__name__ for found in config.Autograde.sanitize_preprocessors]
    assert cleaning[:2] == ["RepairCells", "ClearOutput"]
    assert cleaning.count("RepairCells") == 1


def test_plain_nbgrader_autograde(tmp_path, build, right, index_of):
    course = build(tmp_path / "course", "first")
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "from tplib.autograde import enable\nenable(c)\n")
    course.hand_in("ada", {**right, "half": "import sys\ndef half(x):\n    print('hm', file=sys.stderr)\n    return 1"})

    def copy_check(notebook):
        notebook.cells.insert(0, notebook.cells[index_of(notebook, "check-double")])

    course.hand_in("bob", edit=copy_check)
    for command in ("generate_assignment", "autograde"):
        subprocess.run([sys.executable, "-m", "nbgrader", command, "ps1"], cwd=course.root, check=True, timeout=120)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "tiny") as gradebook:
        scores = {found.student.id: found.score for found in gradebook.assignment_submissions("ps1")}
    assert scores == {"ada": 4.5, "bob": 5.5}
    assert "has the cell check-double 2 times" in (course.root / "autograded/bob/ps1/first.ipynb").read_text()
    run = grade_assignment(open_course(course.root), "ps1", workers=1, force=True)
    assert {result.student: result.score for result in run.results} == scores
