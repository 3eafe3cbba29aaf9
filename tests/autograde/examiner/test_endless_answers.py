"""An answer that does not end is waited for once; what only looks like it keeps its points."""

from __future__ import annotations

import json
import os

import pytest

from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.conversation import clean_calls, clean_waits
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.execution_problems import execution_problems

pytestmark = pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")
LIMIT = 2.0
LEAST = "from tplib.autograde.candidate import endless_calls\nendless_calls.LEAST = 0.4\n"  # else it takes minutes


@pytest.fixture(scope="module")
def launcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("candidates")
    (folder / "short_looks.py").write_text(LEAST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep))
        server = CandidateServer(folder)
    server.preload(["short_looks"])
    assert server.modules == ["short_looks"]
    with Launcher(server) as launcher:
        yield launcher
    server.close()


@pytest.fixture
def conduct(launcher, tmp_path):
    def conduct(*sources: str, checks: dict[int, str] | None = None) -> NotebookOutcome:
        cells = [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for source in sources
        ]
        run = NotebookRun("ada/1", {"cells": cells}, tmp_path / "work", Limits(cell=LIMIT), checks=checks or {})
        return launcher.run(run)

    return conduct


@pytest.mark.parametrize(
    ("body", "deaths"),
    [
        ("pass", 0),
        ("time.sleep(10**6)", 0),
        ("lock = threading.Lock(); lock.acquire(); lock.acquire()", 0),
        ("subprocess.run(['sleep', '1000000'])", 0),
        ("try:\n            time.sleep(10**6)\n        except:\n            continue", 3),
    ],
    ids=["busy", "asleep", "deadlocked", "waiting for a program", "catching each interrupt"],
)
def test_an_answer_that_does_not_end_costs_one_limit(conduct, body, deaths):
    outcome = conduct(
        "import time, threading, subprocess\nimport numpy as np\n\ndef relu(x):\n    return x * sigmoid(x)\n\n"
        f"def sigmoid(x):\n    while True:\n        {body}",
        "check('sigmoid')",
        "relu(np.ones(50))",
        "check('relu')",
        "print('on')",
        checks={1: "sigmoid", 3: "relu"},
    )
    assert [(cell.timed_out, cell.waits and cell.waits.function) for cell in outcome.cells.values()] == [
        (False, None),
        (True, None),
        (True, "sigmoid"),
        (True, "sigmoid"),
        (False, None),
    ]
    assert len(outcome.crashed) == deaths
    assert outcome.cells[4].outputs[0]["text"] == "on\n"
    assert [outcome.verdicts[cell]["points"] for cell in (1, 3)] == [0, 0]
    assert "it waits for sigmoid, which did not end before" in outcome.cells[2].outputs[-1]["evalue"]
    assert "it waits for sigmoid, which did not end before" in outcome.verdicts[3]["message"]
    first, second = execution_problems("1", outcome)
    assert "the answer that cell 2 (counted from the top) calls was stopped after 2 s" in first.reason
    assert "because sigmoid did not end before: cell 3 (counted from the top) (1 s), cell 4" in second.reason
    assert second.hint == "Make sigmoid end, and look at these cells again"


def test_a_slow_function_is_not_taken_for_an_endless_one(conduct):
    """A call on less, another function of the same name, a helper made faster: each gets the time that it needs."""
    outcome = conduct(
        "import time\ndef wait(n):\n    time.sleep(n)\n    return n\n\ndef step(): time.sleep(0.05)\n\n"
        "def train(n):\n    for _ in range(n):\n        step()\n    return n",
        "wait(1000)",
        "train(1000)",
        "wait(1)",
        "def step(): pass\ntrain(2000)",
        "train(3000)",
        "wait(1000)",
        "def wait(n):\n    time.sleep(1)\n    return n\nwait(2000)",
    )
    assert [cell.timed_out for cell in outcome.cells.values()] == [False, True, True, False, False, False, True, False]
    assert [outcome.cells[cell].waits is None for cell in (2, 6)] == [True, False]
    shown = {cell: outcome.cells[cell].outputs[0]["data"]["text/plain"] for cell in (3, 4, 5, 7)}
    assert shown == {3: "1", 4: "2000", 5: "3000", 7: "2000"}


def test_a_new_process_knows_what_did_not_end_in_the_one_before(conduct):
    outcome = conduct(
        "def f(x):\n    y = 3\n    while True: pass",
        "z = 5\nf(1)",
        "import os\nos._exit(0)",
        "z",
        "os._exit(0)",
        "z",
    )
    assert [outcome.cells[cell].outputs[0]["data"]["text/plain"] for cell in (3, 5)] == ["5", "5"]
    assert outcome.cells[1].waits is None


@pytest.mark.parametrize(
    "calls",
    [
        *("text", [1], [["f"]], [["f", 2]], [["f", "p", "size"]], [["f", "p", ["int", "5"]]], [["f", "p" * 300]]),
        [["f", "p"]] * 30,
        [["f", "p", *([["int", 1]] * 300)]],
    ],
)
def test_calls_in_a_wrong_form_reach_no_other_candidate(calls):
    assert clean_calls(json.loads(json.dumps(calls))) == []


def test_what_a_cell_waited_for_is_a_name_and_a_number():
    assert clean_waits(["f", 5]) == ("f", 5)
    for waits in (None, "f", ["f"], ["f", "5"], ["f" * 300, 5], [5, 5], ["f", 5.0]):
        assert clean_waits(waits) is None
