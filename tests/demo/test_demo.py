"""`tp demo` from its first line to its last, with nothing remembered from earlier runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tplib.data.cache import cache_folder

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_demo_grades_its_class_to_the_end(tmp_path):
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "TPLIB_DATA": str(cache_folder()),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "COLUMNS": "160",
    }
    command = [sys.executable, "-m", "tplib.cli", "demo", "--no-open", "--folder", str(tmp_path / "demo")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    scores = dict(re.findall(r"│ (\w+) +│ +([\d.]+) / 36 │", done.stdout))
    assert len(scores) == 24
    assert {scores[name] for name in ("ada", "blaise", "emmy", "florence")} == {"36"}
    assert {scores[name] for name in ("olga", "rosalind", "sophie", "victor")} == {"0"}
    assert {scores[name] for name in ("theo", "ursula", "wanda")} == {"20"}
    assert 0 < float(scores["abel"]) < 20
    assert "abel: 1_forward.ipynb" in done.stdout
    assert len(list((tmp_path / "demo/feedback").glob("*/*/*.html"))) == 2 * 24
    assert (tmp_path / "demo/reports/TP6-TrainFFNN.html").is_file()
