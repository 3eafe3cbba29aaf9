"""The wheel works in an environment that has never seen the repository; the source archive holds what people wrote."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
USE = """
import numpy as np
import tplib, tplib.nn
from tplib import data
from tplib.graders import grade

assert tplib.__file__.startswith({home!r}), tplib.__file__
assert tplib.nn.Linear(3, 2)(tplib.nn.Tensor(np.ones((4, 3)))).shape == (4, 2)
print(grade("relu", lambda x: np.maximum(x, 0)).points, grade("relu", np.abs).points, len(data.load("digits").x))
"""

pytestmark = pytest.mark.slow


def built(kind: str, folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder], cwd=ROOT, check=True)
    (archive,) = folder.iterdir()
    return archive


def test_the_wheel_is_installed_and_used(tmp_path: Path) -> None:
    wheel = built("wheel", tmp_path / "dist")
    home = tmp_path / "home"
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    builder.create(home)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel]
    subprocess.run(install, check=True)

    def run(*command: str | Path) -> str:
        environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))  # its own .pth files are not read there
    about = home / "etc" / "jupyter" / "labconfig" / "page_config.d" / "tplib.json"
    assert "@jupyter/nbgrader:create-assignment" in about.read_text()  # students do not get the teachers' sidebar
    assert "feedback" in run(programs / "tp", "--help")
    assert run(python, "-W", "error", "-c", USE.format(home=str(home))).split() == ["1.0", "0.0", "1797"]


def test_the_source_archive_holds_no_generated_notebook(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"course/schedule.md", "src/tplib/py.typed", "src/tplib/data/embedded/avis-fr.csv"} <= names
    assert not [name for name in names if name.endswith(".ipynb") and not name.startswith("tests/")]
