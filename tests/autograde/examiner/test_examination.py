"""What a student reads of an answer that the examiner could not wait for."""

from __future__ import annotations

import pytest

from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.worker.execution_problems import execution_problems

LOOP = "def sigmoid(x):\n    while True:\n        "


@pytest.mark.parametrize("body", ["pass", "try:\n            while True: pass\n        except BaseException: pass"])
def test_a_loop_that_only_the_examiner_meets_is_named_with_what_to_do(tmp_path, body):
    server = CandidateServer(tmp_path)
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in (LOOP + body, "check('sigmoid')", "print('on')")
    ]
    cells[1]["metadata"] = {"nbgrader": {"grade_id": "check-sigmoid", "points": 4.0}}
    try:
        with Launcher(server) as launcher:
            run = NotebookRun("ada/1", {"cells": cells}, tmp_path / "work", Limits(cell=1), checks={1: "sigmoid"})
            outcome = launcher.run(run)
    finally:
        server.close()
    assert outcome.verdicts[1]["points"] == 0
    assert "did not get to its end" in outcome.verdicts[1]["message"]
    [problem] = execution_problems("1", outcome)
    assert problem.kind == "time limit"
    assert "the answer that the cell check-sigmoid calls was stopped after 1 s" in problem.reason
    assert "endless loop" in problem.hint
    assert outcome.cells[2].outputs[0]["text"] == "on\n"
