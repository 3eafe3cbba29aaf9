"""Every instructor notebook runs again, and its marked cells give what is stored: `pytest --nbval source/`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tplib.course.execute import kernel_environment
from tplib.course.layout import Course

ROOT = Path(__file__).parents[2]
PAGES = Course(ROOT).pages() if any((ROOT / "course").glob("*/*.py")) else []


@pytest.mark.slow
@pytest.mark.skipif(not PAGES, reason="course/ holds no notebook")
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_notebook_gives_its_stored_outputs(page, tmp_path):
    path = Course(ROOT).generated("source", page).relative_to(ROOT)
    command = [sys.executable, "-m", "pytest", "--nbval", str(path), "-o", "addopts=", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        command, cwd=ROOT, env=kernel_environment(str(tmp_path)), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)
