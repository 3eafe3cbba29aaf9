"""nbgrader's own tests, which its package brings, pass with the engine on. Where they do not, the docs say why.

Every third of them is run, and all that fail on purpose; with TPLIB_LONG=1 all are.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import nbgrader.tests.apps
import pytest

from tplib.autograde.sandbox import problem

pytestmark = pytest.mark.slow

GRADING = Path(__file__).parents[3] / "docs/grading.md"
# The form grader's API takes no configuration file in these tests.
PLUGIN = """
import os
import pytest
from nbgrader.apps.api import NbGraderAPI
from tplib.autograde import enable


@pytest.fixture(autouse=True)
def engine_on(monkeypatch):
    def start(api, *args, start=NbGraderAPI.__init__, **kwargs):
        enable(kwargs.setdefault("config", None) or api.config)
        start(api, *args, **kwargs)

    monkeypatch.setattr(NbGraderAPI, "__init__", start)


def pytest_collection_modifyitems(items):
    if not os.environ.get("TPLIB_LONG"):
        differ = os.environ["TPLIB_DIFFER"].split()
        items[:] = [item for number, item in enumerate(items) if number % 3 == 0 or item.originalname in differ]
"""
# By nbgrader's module: what fails there, on purpose. docs/grading.md has a row for each, with the reason.
DIFFERENCES = {
    "test_nbgrader_autograde": {
        "test_grade_empty_timestamp",
        "test_grade_missing_notebook",
        "test_handle_failure",
        "test_handle_failure_single_notebook",
        "test_missing_files",
        "test_missing_source_kernelspec",
    },
    "test_nbgrader_generate_feedback": set(),
    "test_nbgrader_export": set(),
    "test_nbgrader_validate": set(),
    "test_api": {"test_autograde", "test_filter_existing_notebooks", "test_get_student_notebook_submissions"},
}


@pytest.mark.parametrize("module", DIFFERENCES)
def test_nbgraders_tests_pass_with_the_engine_on(module, tmp_path):
    (tmp_path / "config").mkdir()
    text = "c = get_config()\nfrom tplib.autograde import enable\nenable(c)\n"
    (tmp_path / "config/nbgrader_config.py").write_text(text)
    (tmp_path / "engine_on.py").write_text(PLUGIN)
    report = tmp_path / "report.xml"
    options = [
        "-p",
        "engine_on",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        "-W",
        "ignore",
    ]
    tests = Path(nbgrader.tests.apps.__file__).with_name(f"{module}.py")
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
        "TPLIB_DIFFER": " ".join(DIFFERENCES[module]),
        "TPLIB_SANDBOX": "auto" if problem() is None else "off",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, f"--junitxml={report}", f"{tests}"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1500,
    )
    assert report.exists(), done.stdout + done.stderr
    failed = {
        case.attrib["name"]: done.stdout
        for case in ET.parse(report).iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    }
    assert failed.keys() == DIFFERENCES[module], done.stdout[-20_000:]


def test_each_difference_has_its_reason_in_the_docs():
    rows = [line for line in GRADING.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    named = {name for row in rows for name in re.findall(r"`(test_\w+)`", row)}
    assert named == set().union(*DIFFERENCES.values())
