"""A wrong answer without a name is observed on the public cases, and that costs it nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.execution_problems import execution_problems
from tplib.graders import registry
from tplib.graders.behaviour import read

pytestmark = pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")

PUBLIC = registry.find("softmax")
ENDINGS = ["os._exit(1)", "while True: pass", "raise SystemExit"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_answer_that_ends_badly_on_public_cases_has_its_verdict_but_no_behaviour(tmp_path, ending):
    first = float(next(iter(PUBLIC.cases())).args[0].sum())
    answer = f"""
import os
def softmax(s):
    if s.sum() == {first!r}:
        {ending}
    return s ** 2
"""
    outcome = examined(tmp_path, [answer, "check('softmax')", "print('on')"])
    verdict = outcome.verdicts[1]
    assert verdict["status"] == "wrong"
    assert "did not get to its end" not in verdict["message"]
    assert ("behaviour" in verdict) == (ending == "raise SystemExit")
    assert outcome.cells[2].outputs[0]["text"] == "on\n"
    assert not outcome.crashed
    assert execution_problems("1", outcome) == []


def test_what_a_wrong_answer_does_is_the_same_for_every_seed(tmp_path):
    cells = ["def softmax(s):\n    return s ** 2", "check('softmax')"]
    one, two = (examined(tmp_path / str(seed), cells, seed).verdicts[1] for seed in (1, 2))
    assert one["behaviour"] == two["behaviour"]
    assert one["counterexample"][-1] == ["yours", two["counterexample"][-1][1]]
    public = [case.args[0] for case in PUBLIC.cases() if case.aspect == "values" and case.args[0].size]
    for case, observation in zip(public, read(one["behaviour"]), strict=True):
        np.testing.assert_allclose(observation.value, case**2)


def examined(folder, sources, seed=5):
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in sources
    ]
    folder.mkdir(exist_ok=True)
    run = NotebookRun("ada/1", {"cells": cells}, folder / "work", Limits(cell=8), checks={1: "softmax"})
    run.seeds["softmax"] = seed
    server = CandidateServer(folder)
    try:
        with Launcher(server) as launcher:
            return launcher.run(run)
    finally:
        server.close()
