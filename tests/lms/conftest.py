"""A course of two notebooks."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from platforms import NOTEBOOKS, notebook


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making one starts a program, which takes longer than the rest of a test."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}", "nlp").close()
    return path


@pytest.fixture
def course(tmp_path: Path, empty_gradebook: Path) -> Path:
    root = tmp_path / "course"
    folder = root / "source" / "TP6"
    folder.mkdir(parents=True)
    for name in NOTEBOOKS:
        (folder / f"{name}.ipynb").write_bytes(notebook("source"))
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'nlp'\n")
    shutil.copy(empty_gradebook, root)
    return root
