"""The examiner and candidates that die, are late, or lie: what it asks of whom, and what becomes of the notebook."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tplib.autograde.candidate.candidate import load_observers
from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.conversation import GRACE
from tplib.autograde.examiner.examination import END_SECONDS, RESTARTS, START_SECONDS, Examination
from tplib.autograde.examiner.interfaces import NotGradableError
from tplib.autograde.examiner.judging import JUDGE, judge_answer_of
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.examiner.remote_answer import observer_source
from tplib.autograde.limited import SeveralWorks
from tplib.autograde.messages.execution import Limits, NotebookOutcome, NotebookRun
from tplib.autograde.messages.protocol import (
    Blobs,
    ClosedError,
    Decoder,
    LateError,
    MalformedError,
    Message,
    encode_observation,
)
from tplib.autograde.processes import can_fork
from tplib.autograde.worker.execution_problems import execution_problems
from tplib.graders import registry
from tplib.graders.observe import observe

LOOP = "def sigmoid(x):\n    while True:\n        "
needs_fork = pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")
Act = Callable[[Message], Any]


def cells(*sources: str) -> dict[str, Any]:
    return {
        "cells": [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for source in sources
        ]
    }


class Actor:
    """A candidate played by `acts`: for a cell's source, or a kind of message, what it replies or how it fails."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre, self.blobs = theatre, Blobs()
        self.asked: list[Message] = []
        self.sent: list[Message] = []
        self.deadlines: list[float | None] = []
        self.ended: list[str | None] = []
        self.chatty = self.ended_at_limit = False

    def send(self, message: Message, blobs: Blobs, deadline: float | None) -> None:
        self.asked.append(message)
        self.sent.append({**message, "blob": b"".join(blobs.parts)})

    def receive(self, deadline: float | None) -> tuple[Message, memoryview]:
        self.deadlines.append(deadline)
        message, self.blobs = self.sent[-1], Blobs()
        act = self.theatre.acts.get(message.get("source", message["do"]))
        reply = {} if act is None else act(message)
        if isinstance(reply, Exception):
            raise reply
        if message["do"] == "run" and "records" not in reply:
            output = {"output_type": "stream", "name": "stdout", "text": message["source"]}
            reply = {**reply, "records": [{"cell": message["cell"], "outputs": [output]}]}
        if message["do"] == "files" and not reply:
            reply = {"files": [], "removed": [], "left_out": 0}
        return {"id": message["id"], **reply}, memoryview(b"".join(self.blobs.parts))

    def pending(self) -> bool:
        return self.chatty

    def handles(self) -> list[int]:
        return []

    def end(self, killed: str | None) -> str:
        self.ended.append(killed)
        self.ended_at_limit = self.theatre.at_limit
        return f"ended for {killed}"

    def times(self) -> tuple[float, float] | None:
        return self.theatre.times


class Theatre:
    """Where the candidates come from."""

    def __init__(self, **acts: Act) -> None:
        self.acts: dict[str, Act] = acts
        self.actors: list[Actor] = []
        self.times: tuple[float, float] | None = None
        self.at_limit = False
        self.child = SeveralWorks({JUDGE: lambda data, _: judge_answer_of(self.actors[-1], json.loads(data))})

    def start(self, run: NotebookRun) -> Actor:
        self.child.close()  # the next one knows the new actor
        self.actors.append(Actor(self))
        return self.actors[-1]

    def conduct(self, *sources: str, limits: Limits | None = None, **more: Any) -> NotebookOutcome:
        run = NotebookRun("ada/1", cells(*sources), self.folder, limits or Limits(cell=2, notebook=60), **more)
        with contextlib.closing(self.child):
            outcome = Examination(run, self, self.child).conduct()
        assert all(len(actor.ended) == 1 for actor in self.actors)
        return outcome

    def ran(self) -> list[list[tuple[str, int]]]:
        """The cells that each candidate ran, and as the how manieth."""
        return [[(m["source"], m["count"]) for m in actor.asked if m["do"] == "run"] for actor in self.actors]


@pytest.fixture
def theatre(tmp_path):
    theatre = Theatre()
    theatre.folder = tmp_path
    return theatre


def dies(message: Message) -> Exception:
    return ClosedError()


def late(message: Message) -> Exception:
    return LateError()


def printed(outcome: NotebookOutcome, cell: int) -> str:
    return "".join(output.get("text", "") for output in outcome.cells[cell].outputs)


def test_after_a_death_the_next_candidate_runs_all_but_the_deadly_cell_again(theatre):
    theatre.acts = {"b": dies, "d": dies}
    outcome = theatre.conduct("a", "b", "", "c", "d", "e")
    assert theatre.ran() == [
        [("a", 1), ("b", 2)],
        [("a", 1), ("c", 3), ("d", 4)],
        [("a", 1), ("c", 3), ("e", 5)],
    ]
    assert [actor.asked[0]["do"] for actor in theatre.actors] == ["prepare"] * 3
    assert outcome.crashed == {1: "ended for None", 4: "ended for None"}
    assert outcome.stopped_at is None
    assert [printed(outcome, index) for index in (0, 3, 5)] == ["a", "c", "e"]
    assert outcome.cells[1].outputs == [
        {
            "output_type": "error",
            "ename": "NotFinished",
            "evalue": "not finished: ended for None",
            "traceback": ["NotFinished: not finished: ended for None"],
        }
    ]


def test_a_notebook_that_ends_candidate_after_candidate_is_given_up(theatre):
    theatre.acts = {"x": dies}
    outcome = theatre.conduct("a", *["x"] * (RESTARTS + 3), "z")
    assert len(theatre.actors) == RESTARTS + 1
    assert outcome.stopped_at == RESTARTS + 2
    assert outcome.reason == f"{RESTARTS + 1} cells ended the Python process"
    assert RESTARTS + 2 not in outcome.cells


def test_a_candidate_that_dies_before_any_code_ran_is_no_fault_of_the_notebook(theatre):
    theatre.acts = {"prepare": dies}
    with pytest.raises(NotGradableError, match="no process to run the notebook can be started: ended for None"):
        theatre.conduct("a")


@pytest.mark.parametrize(
    ("limits", "seconds"),
    [
        (Limits(cell=2, notebook=60), {"prepare": 60, "a": 2 + GRACE, "b": 2 + GRACE, "language": END_SECONDS + GRACE}),
        (Limits(cell=30, notebook=5), {"prepare": 5, "a": 5, "b": 5, "language": 5}),
        (Limits(None, None), {"prepare": START_SECONDS + GRACE, "a": None, "b": None, "language": END_SECONDS + GRACE}),
    ],
)
def test_each_cell_has_its_own_time_and_all_together_have_the_notebooks(theatre, limits, seconds):
    started = time.monotonic()
    theatre.conduct("a", "b", limits=limits)
    seconds = seconds | {"files": seconds["language"]}
    [actor] = theatre.actors
    kinds = [message.get("source", message["do"]) for message in actor.asked]
    left = [end if end is None else end - started for end in actor.deadlines]
    assert dict(zip(kinds, left, strict=True)) == {
        kind: limit if limit is None else pytest.approx(limit, abs=1) for kind, limit in seconds.items()
    }


def test_a_cell_that_outlives_its_interrupt_costs_itself_only(theatre):
    theatre.acts = {"b": late}
    outcome = theatre.conduct("a", "b", "c")
    assert theatre.actors[0].ended == ["cell"]
    assert outcome.crashed == {1: "ended for cell"}
    assert [outcome.cells[index].timed_out for index in range(3)] == [False, True, False]
    [problem] = execution_problems("1", outcome)
    assert problem.kind == "time limit"


def test_at_the_end_of_its_time_the_whole_notebook_ends(theatre):
    def slow(message: Message) -> Exception:
        time.sleep(0.3)
        return LateError()

    theatre.acts = {"b": slow}
    outcome = theatre.conduct("a", "b", "c", limits=Limits(cell=30, notebook=0.2))
    assert len(theatre.actors) == 1
    assert theatre.actors[0].ended == ["notebook"]
    assert (outcome.stopped_at, outcome.reason) == (1, "ended for notebook")
    assert sorted(outcome.cells) == [0, 1]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"id": "of another question"}, "it answered another question"),
        ({"records": "none"}, "a cell's outputs have the wrong form"),
        ({"records": [{}] * 9}, "a cell's outputs have the wrong form"),
        (MalformedError("a message is not JSON"), "a message is not JSON"),
    ],
)
def test_what_only_a_tampered_candidate_says_ends_the_notebook(theatre, reply, said):
    theatre.acts = {"b": lambda message: reply}
    outcome = theatre.conduct("a", "b", "c")
    assert outcome.tampering == [said]
    assert (outcome.stopped_at, outcome.reason) == (1, f"the notebook interfered with its grading ({said})")
    assert 2 not in outcome.cells


def test_speaking_without_being_asked_is_tampering(theatre):
    def chat(message: Message) -> Message:
        theatre.actors[-1].chatty = True
        return {}

    theatre.acts = {"a": chat}
    assert theatre.conduct("a", "b").tampering == ["it spoke when it was not asked"]


def test_records_of_cells_that_have_not_run_and_of_checks_are_left_out(theatre):
    def lie(message: Message) -> Message:
        text = [{"output_type": "stream", "name": "stdout", "text": "lie"}]
        return {"records": [{"cell": place, "outputs": text} for place in (5, 0)]}

    theatre.acts = {"b": lie}
    outcome = theatre.conduct("check('sigmoid')", "a", "b", "c", checks={0: "sigmoid"})
    assert "lie" not in str(outcome.cells)


# Checks


def answer(theatre: Theatre, function: Callable[..., Any]) -> None:
    """Have candidates answer as honest ones do whose notebook defines `function`."""

    def look(message: Message) -> Message:
        args = Decoder(message["blob"]).decode(message["args"])
        first = encode_observation(observe(call, function, args), theatre.actors[-1].blobs)
        return {"kind": "function", "described": "a function", "signature": "(x)", "takes": True, "first": first}

    def cases(message: Message) -> Message:
        decoded = Decoder(message["blob"]).decode(message["cases"])
        return {
            "observations": [
                encode_observation(observe(call, function, args), theatre.actors[-1].blobs) for args in decoded
            ]
        }

    def call(function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    theatre.acts |= {"look": look, "observe": cases}


def right(x: np.ndarray) -> np.ndarray:
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e).astype(x.dtype) / (1 + e)


def test_an_answer_is_judged_by_what_comes_back(theatre):
    run = {"checks": {1: "sigmoid"}, "seeds": {"sigmoid": 5}}
    answer(theatre, right)
    outcome = theatre.conduct("def sigmoid", "check('sigmoid')", **run)
    assert (outcome.verdicts[1]["status"], outcome.verdicts[1]["score"]) == ("right", 1.0)
    answer(theatre, np.tanh)
    outcome = theatre.conduct("def sigmoid", "check('sigmoid')", **run)
    assert outcome.verdicts[1]["score"] == 0


def test_an_answer_that_calls_a_wrong_one_is_told_so(theatre):
    answer(theatre, np.tanh)
    first, own, other = (
        "def sigmoid(x):\n    f(x)",
        "def sigmoid_grad(x):\n    f(x)",
        "def sigmoid_grad(x):\n    sigmoid(x)",
    )
    for last, told in ((own, False), (other, True)):
        checks = {1: "sigmoid", 3: "sigmoid_grad"}
        verdict = theatre.conduct(first, "check('sigmoid')", last, "check('sigmoid_grad')", checks=checks).verdicts[3]
        assert verdict["message"].startswith("`sigmoid`, which your code calls, is not right yet") is told
        assert verdict["score"] == 0


def test_a_death_while_it_is_observed_costs_this_exercise_only(theatre):
    answer(theatre, right)
    theatre.acts["observe"] = dies
    outcome = theatre.conduct("def sigmoid", "check('sigmoid')", "after", checks={1: "sigmoid"})
    assert outcome.verdicts[1]["score"] == 0
    assert outcome.verdicts[1]["message"] == "Your code did not get to its end: ended for None."
    assert theatre.ran() == [[("def sigmoid", 1)], [("def sigmoid", 1), ("after", 3)]]


@pytest.mark.parametrize("observations", [None, [], [{"value": None}], [{"attempted": True, "mutated": [7]}]])
def test_malformed_observations_are_tampering(theatre, observations):
    answer(theatre, right)
    theatre.acts["observe"] = lambda message: {"observations": observations}
    outcome = theatre.conduct("def sigmoid", "check('sigmoid')", checks={1: "sigmoid"})
    assert len(outcome.tampering) == 1
    assert outcome.verdicts == {}


# What is no fault of the notebook


def test_an_unknown_exercise_is_a_failure_of_the_grading(theatre):
    with pytest.raises(NotGradableError, match=r"no exercise called 'sigmoyd'.*Did you mean"):
        theatre.conduct("a", "check('sigmoyd')", checks={1: "sigmoyd"})
    assert theatre.actors == []


def test_observers_are_loaded_before_any_code_of_the_notebook(theatre):
    theatre.conduct("a", "check('sigmoid')", checks={1: "sigmoid"})
    assert theatre.actors[0].asked[0]["observers"] == [["tplib.graders.exercise", "call", None]]
    assert theatre.actors[0].asked[0]["do"] == "prepare"


def test_an_observer_that_cannot_be_loaded_is_a_failure_of_the_grading(theatre):
    theatre.acts = {"prepare": lambda message: {"failed": "ImportError: No module named 'torch'"}}
    with pytest.raises(NotGradableError, match="the place where notebooks run is not ready: ImportError: No module"):
        theatre.conduct("a", "check('sigmoid')", checks={1: "sigmoid"})
    assert theatre.ran() == [[]]


def test_observers_come_from_modules_or_as_text():
    text = "import math\n\n\ndef rounded(answer, x):\n    return math.floor(answer(x))\n"
    loaded = load_observers([("math", "floor", None), ("of.the.exercise", "rounded", text)])
    assert loaded["math", "floor"](2.5) == 2
    assert loaded["of.the.exercise", "rounded"](lambda x: x + 0.5, 2) == 2
    for missing in (("no_such_module", "f", None), ("math", "no_such_function", None), ("text", "f", "import nothing")):
        with pytest.raises((ImportError, AttributeError)):
            load_observers([missing])


# With real candidates


@pytest.fixture(scope="module")
def launcher(tmp_path_factory):
    server = CandidateServer(tmp_path_factory.mktemp("candidates"))
    with Launcher(server) as launcher:
        yield launcher
    server.close()


@needs_fork
@pytest.mark.parametrize("body", ["pass", "try:\n            while True: pass\n        except BaseException: pass"])
def test_a_loop_that_only_the_examiner_meets_is_named_with_what_to_do(tmp_path, launcher, body):
    notebook = cells(LOOP + body, "check('sigmoid')", "print('on')")
    notebook["cells"][1]["metadata"] = {"nbgrader": {"grade_id": "check-sigmoid", "points": 4.0}}
    outcome = launcher.run(NotebookRun("ada/1", notebook, tmp_path / "work", Limits(cell=1), checks={1: "sigmoid"}))
    assert outcome.verdicts[1]["points"] == 0
    assert "did not get to its end" in outcome.verdicts[1]["message"]
    [problem] = execution_problems("1", outcome)
    assert problem.kind == "time limit"
    assert "the answer that the cell check-sigmoid calls was stopped after 1 s" in problem.reason
    assert "endless loop" in problem.hint
    assert outcome.cells[2].outputs[0]["text"] == "on\n"


@needs_fork
def test_our_failures_are_never_marks(tmp_path, launcher, monkeypatch):
    def outcome(name: str) -> NotebookOutcome:
        notebook = cells("import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))", f"check({name!r})")
        return launcher.run(NotebookRun("ada/1", notebook, tmp_path / "work", Limits(cell=5), checks={1: name}))

    renamed = outcome("sigmoyd")
    assert "There is no exercise called 'sigmoyd'" in renamed.failed
    assert renamed.verdicts == {}
    with monkeypatch.context() as patch:
        patch.setattr("tplib.autograde.examiner.preparation.observer_of", lambda exercise: ("no_such_module", "f"))
        blind = outcome("sigmoid")
    assert "No module named 'no_such_module'" in blind.failed
    assert blind.verdicts == {}
    assert outcome("sigmoid").verdicts[1]["score"] > 0


@needs_fork
def test_a_student_who_breaks_the_observers_has_no_points_and_stops_nothing(tmp_path, launcher):
    hook = "import gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == 'Candidate':\n"
    hook += "        thing.observers.clear()"
    notebook = cells("def sigmoid(x):\n    return x", hook, "check('sigmoid')", "'after'")
    outcome = launcher.run(NotebookRun("ada/1", notebook, tmp_path / "work", Limits(cell=5), checks={2: "sigmoid"}))
    assert outcome.failed is None
    assert outcome.verdicts[2]["score"] == 0
    assert outcome.cells[3].outputs[0]["data"]["text/plain"] == "'after'"


def test_exercises_from_elsewhere_are_hidden_too_and_their_observers_come_as_text(tmp_path, monkeypatch):
    exercise = registry.find("sigmoid")
    assert observer_source(exercise) is None
    elsewhere = Path(exercise.observe.__code__.co_filename).parent
    monkeypatch.setattr(registry, "folders", lambda: [tmp_path, elsewhere])
    assert observer_source(exercise) == (elsewhere / "exercise.py").read_text(encoding="utf-8")
    assert {str(tmp_path), str(elsewhere)} <= set(sandbox_view()["hidden"])


@pytest.mark.parametrize(
    ("times", "limited"),
    [(None, "time"), ((0.1, 0.0), "time"), ((1.9, 1.5), "time"), ((2.0, 0.1), None)],
    ids=["not known", "it waited for something", "it waited for a processor", "it computed all the time"],
)
@pytest.mark.parametrize("how", ["interrupted", "killed", "answer"])
def test_a_limit_of_time_that_others_may_have_a_share_in_is_noted(theatre, times, limited, how):
    theatre.times = times
    late_record = {"records": [{"cell": 0, "outputs": [], "timed_out": True}]}
    theatre.acts = {"a": (lambda message: late_record) if how == "interrupted" else late}
    if how == "answer":
        theatre.acts = {"look": late}
        outcome = theatre.conduct("check('relu')", checks={0: "relu"})
    else:
        outcome = theatre.conduct("a")
    assert outcome.cells[0].timed_out
    assert outcome.limited == limited


@pytest.mark.parametrize("value", ["[Errno 11] Resource temporarily unavailable", "can't start new thread"])
def test_an_error_of_what_the_machine_has_no_more_of_is_noted(theatre, value):
    error = {"output_type": "error", "ename": "OSError", "evalue": value, "traceback": []}
    theatre.acts = {"a": lambda message: {"records": [{"cell": 0, "outputs": [error]}]}}
    assert theatre.conduct("a").limited in value
    error["evalue"] = "[Errno 2] No such file or directory"
    assert theatre.conduct("a").limited is None


def test_an_end_for_memory_is_noted_and_a_crash_is_not(theatre):
    theatre.acts = {"a": dies}
    assert theatre.conduct("a").limited is None
    theatre.at_limit = True
    assert theatre.conduct("a").limited == "ended for None"
    assert theatre.conduct("b").limited is None  # it was ended at the end, as all are
