"""`import tplib` needs only NumPy and loads nothing heavy."""

import subprocess
import sys

import pytest

HEAVY = {"torch", "matplotlib", "pandas", "sklearn", "hypothesis", "nbgrader", "IPython", "nbconvert"}


@pytest.mark.parametrize("module", ["tplib", "tplib.nn", "tplib.graders", "tplib.data", "tplib.cli"])
def test_light(module: str) -> None:
    code = f"import {module}, sys; print(*{HEAVY!r} & set(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.split() == []


def test_the_command_starts_without_numpy() -> None:
    """NumPy starts threads, if nobody tells it not to: `tp grade` could no longer fork what it has imported."""
    code = "import sys, tplib.cli; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_keeper_of_an_early_candidate_server_needs_no_numpy() -> None:
    code = "import sys, tplib.autograde.worker.early_start; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_figures_come_without_scipy() -> None:
    """Each run of `tp grade` imports what notebooks do, so what no figure needs costs every start."""
    code = "import sys, tplib.plots, tplib.plots.explore; print('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_needs_only_numpy() -> None:
    code = """
import importlib.abc, sys
class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] not in sys.stdlib_module_names | {"tplib", "numpy"} and "numpy" not in name:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Block())
import tplib, tplib.nn, tplib.graders
"""
    subprocess.run([sys.executable, "-c", code], check=True)
