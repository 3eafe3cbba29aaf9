"""An answer that calls an earlier one which is not right yet: the verdict says so, and gives no name."""

from dataclasses import replace

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from tplib.graders import earlier, notebook, registry
from tplib.graders.judge import grade
from tplib.mime import VERDICT

RIGHT = "def cosine_similarity(x, y):\n    return x @ y.T / np.outer(*(np.linalg.norm(z, axis=1) for z in (x, y)))"
WRONG = "def cosine_similarity(x, y):\n    return x @ y.T"
STUB = "def cosine_similarity(x, y):\n    raise NotImplementedError"
HELPER = "def mean(w, a):\n    return cosine_similarity(w, a).mean(axis=1)"
ANSWER = "def association(w, a, b):\n    return mean(w, a) - mean(w, b)"
NAMES = ["cosine_similarity", "association"]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    monkeypatch.setattr(notebook, "_verdicts", {})
    shell.run_cell("import numpy as np\nfrom tplib.graders import check")
    yield shell
    InteractiveShell.clear_instance()


def checked(shell: InteractiveShell, *cells: str) -> dict:
    with capture_output():
        for cell in cells:
            shell.run_cell(cell)
        value = shell.run_cell('check("association")').result
    return shell.display_formatter.format(value)[0][VERDICT]


@pytest.mark.parametrize(
    ("first", "status", "says"),
    [
        (RIGHT, "right", ""),
        (WRONG, "wrong", "is not right yet"),
        (STUB, "not attempted", "written yet"),
    ],
)
def test_the_check_says_which_answer_is_to_be_mended_first(shell, first, status, says):
    verdict = checked(shell, first, HELPER, ANSWER)
    assert verdict["status"] == status
    assert says in verdict["message"]
    assert says == "" or verdict["message"].startswith("`cosine_similarity`, which your code calls, ")
    assert verdict["misconception"] is None


def test_a_mistake_of_the_answer_itself_keeps_its_name(shell):
    verdict = checked(shell, RIGHT, HELPER, "def association(w, a, b):\n    return mean(w, b) - mean(w, a)")
    assert verdict["misconception"]
    assert "which your code calls" not in verdict["message"]


def test_names_are_read_from_the_text_as_from_the_function():
    cells = [WRONG, HELPER, "1 +", ANSWER]
    assert earlier.written(cells, "association", NAMES[:1]) == NAMES[:1]
    assert earlier.written(cells, "cosine_similarity", NAMES) == []
    scope: dict = {"__name__": "there"}
    for cell in (WRONG, HELPER, ANSWER):
        exec(cell, scope)
    assert earlier.called(scope["association"], NAMES[:1]) == NAMES[:1]
    assert earlier.called(scope["cosine_similarity"], NAMES[:1]) == []


def test_a_name_of_its_own_calls_nothing():
    cells = [
        "x = cosine_similarity(w, a)",
        "w = 3",
        "def association(x, w, b):\n    a = x + 1\n    return [w for w in a]",
    ]
    assert earlier.written([*cells, "a = cosine_similarity"], "association", NAMES[:1]) == []
    assert earlier.written([*cells, "association = lambda x: x"], "association", NAMES[:1]) == []
    assert earlier.written([*cells, "association = lambda x: cosine_similarity(x)"], "association", NAMES) == NAMES[:1]
    assert earlier.written([WRONG, "class association:\n    f = cosine_similarity"], "association", NAMES) == NAMES[:1]
    assert earlier.written(["def association(x):\n    return x\n" * 2 + "break"], "association", NAMES) == []


def test_only_what_is_not_right_is_told():
    exercise = registry.find("association")
    verdict = grade("association", exercise.misconceptions[0].candidate)
    assert earlier.noted(exercise, verdict, {"cosine_similarity": "right"}) is verdict
    told = earlier.noted(exercise, verdict, {"cosine_similarity": "partial"})
    assert (told.score, told.misconception) == (verdict.score, None)
    assert exercise.misconceptions[0].question not in (told.message, *told.hints)
    waits = replace(verdict, status="not attempted", misconception=None)
    assert earlier.noted(exercise, waits, {"cosine_similarity": "wrong"}) is waits
