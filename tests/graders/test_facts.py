"""No verdict speaks of the checker's own entries, whatever an answer gives or fails to give."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tplib.graders import Exercise, Verdict, exercises, grade
from tplib.graders.observe import observe

OWN = {"backward", "compute_metrics", "sweep", "tokenize_batch"}  # an observer hands the student's own dictionary on


def told_in_words(verdict: Verdict) -> bool:
    return not any(words in verdict.message for words in ("the entries [", "did not find in yours", "`result["))


def returning(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What makes a wrong answer of a right one: what it returns, or its class's `forward`, is changed."""

    def broken(right: Any) -> Any:
        if not isinstance(right, type):
            return lambda *args, **kwargs: change(right(*args, **kwargs))

        def method(name: str) -> Callable[..., Any]:
            return lambda self, *args, **kwargs: change(getattr(right, name)(self, *args, **kwargs))

        named = ("forward", "encode", "decode", "step", "backward")
        members = {name: method(name) for name in named if hasattr(right, name)}
        return type(right.__name__, (right,), members)

    return broken


def without_its_last_parameter(right: Any) -> Any:
    """A class whose models lose a parameter; one that is no module stays as it is."""

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        right.__init__(self, *args, **kwargs)
        names = [name for name, _ in getattr(self, "named_parameters", lambda: [])()]
        if names:
            *path, last = names[-1].split(".")
            owner = self
            for part in path:
                owner = getattr(owner, part)
            setattr(owner, last, None)

    return type(right.__name__, (right,), {"__init__": init}) if isinstance(right, type) else right


def with_a_layer_too_much(right: Any) -> Any:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        right.__init__(self, *args, **kwargs)
        if hasattr(self, "add_module"):
            import torch

            self.add_module("spare", torch.nn.Linear(11, 13))

    return type(right.__name__, (right,), {"__init__": init}) if isinstance(right, type) else right


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list | tuple) and value else value


def detached(value: Any) -> Any:
    return value.detach() if hasattr(value, "detach") else value


def twice(value: Any) -> Any:
    return (value, value)


BROKEN = [
    *(returning(change) for change in (lambda value: None, lambda value: "text", lambda value: {}, lambda value: 0.25)),
    *map(returning, (first, twice, detached, lambda value: [value], lambda value: np.zeros((2, 3)))),
    without_its_last_parameter,
    with_a_layer_too_much,
]


WATCHED = [exercise for exercise in exercises() if exercise.watched and exercise.name not in OWN]
HOW_MANY = len(BROKEN) if os.environ.get("TPLIB_LONG") else 2  # of each exercise: all take a minute and a half


@pytest.mark.usefixtures("no_shrinking")
@pytest.mark.parametrize(("place", "exercise"), [*enumerate(WATCHED)], ids=[e.name for e in WATCHED])
def test_what_a_check_saw_of_a_broken_answer_is_told_in_words(place: int, exercise: Exercise) -> None:
    for k in range(HOW_MANY):
        answer = BROKEN[(place + 5 * k) % len(BROKEN)](exercise.reference)
        verdict = grade(exercise.name, answer)
        assert told_in_words(verdict), str(verdict)


@pytest.mark.usefixtures("no_shrinking")
def test_an_argument_that_is_left_to_its_default_is_shown_as_left_out() -> None:
    def without_noise_by_default(x: Any, kind: str, amount: float, training: bool = False) -> Any:
        return by_name["add_noise"].reference(x, kind, amount, training)

    by_name = {exercise.name: exercise for exercise in exercises()}
    verdict = grade("add_noise", without_noise_by_default)
    assert (verdict.status, dict(verdict.rows())["training"]) == ("partial", "left out")


@pytest.mark.usefixtures("no_shrinking")
def test_an_input_is_shown_in_the_shape_in_which_the_answer_gets_it() -> None:
    shapes = []

    def watched(mu: Any, log_var: Any) -> Any:
        shapes.append(tuple(mu.shape))
        return mu

    shown = dict(grade("reparameterize", watched).rows())["mu"]
    assert any(f"shape {shape}" in shown for shape in shapes)


def test_a_line_of_an_observer_is_no_line_of_the_students(tmp_path: Path) -> None:
    """The observers of a course lie in no package of ours."""
    text = "def half(answer, x):\n    return answer(x) / 2\n"
    module: dict[str, Any] = {"__name__": "exercises.observers"}
    exec(compile(text, str(tmp_path / "observers.py"), "exec"), module)
    assert observe(module["half"], lambda x: "text", (1.0,)).place == ""
    student: dict[str, Any] = {"__name__": "__main__"}
    exec(compile("def f(x):\n    return x / 0\n", str(tmp_path / "cell.py"), "exec"), student)
    assert observe(module["half"], student["f"], (1.0,)).place == "line 2 of f"
