"""In the sandbox, matplotlib knows the fonts that it has looked for outside: it does not look again at each start."""

from __future__ import annotations

import pytest

from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.sandbox import problem

pytestmark = pytest.mark.skipif(problem() is not None, reason=f"no sandbox here: {problem()}")
CELL = """
import os
from matplotlib import font_manager
print(font_manager.fontManager.defaultFamily["ttf"], os.environ.get("MPLCONFIGDIR"))
"""


def test_fonts_are_known_inside(tmp_path, monkeypatch):
    from matplotlib import font_manager

    known = font_manager.FontManager.__new__(font_manager.FontManager)
    vars(known).update(vars(font_manager.fontManager), defaultFamily={"ttf": "Known Before", "afm": "Helvetica"})
    (tmp_path / "fonts").mkdir()
    font_manager.json_dump(known, tmp_path / "fonts" / f"fontlist-v{font_manager.FontManager.__version__}.json")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "fonts"))
    server = CandidateServer(tmp_path, sandbox_view())
    server.preload(["matplotlib.font_manager"])
    cell = {"cell_type": "code", "source": CELL, "metadata": {}, "outputs": [], "execution_count": None}
    with Launcher(server) as launcher:
        outcome = launcher.run(NotebookRun("ada/1", {"cells": [cell]}, tmp_path / "work", Limits(cell=20)))
    server.close()
    assert outcome.cells[0].outputs[0]["text"] == "Known Before None\n"
