"""Whose line an error is told of: the student's, or, where none of theirs raised it, what the check did."""

from __future__ import annotations

import json
import linecache
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tplib.autograde.candidate.candidate import load_observers
from tplib.autograde.messages.protocol import Blobs, Decoder, decode_observation, encode_observation
from tplib.graders.compare import USUAL, difference
from tplib.graders.exercise import exercise
from tplib.graders.judge import judge
from tplib.graders.observe import Observation, observe
from tplib.graders.public_part import FILE, read, write

OBSERVERS = """
import json


def fit_predict(answer, x, new):
    return answer().fit(x).predict(new)


def both(answer, x):
    first, second = answer(x)
    return first + second


def with_callback(answer, x):
    return answer(lambda value: json.loads(value), x)


def with_table(answer, x):
    table = answer(x)
    return table.columns


def sized(answer, x):
    return answer().fit(x, x)
"""

ANSWERS = """
import json
import numpy as np


class Model:
    def fit(self, x):
        self.mean = sum(x) / len(x)


class Whole(Model):
    def fit(self, x):
        self.mean = 0.0
        return self

    def predict(self, new):
        return [self.mean for _ in new]


class Careless(Whole):
    def predict(self, new):
        return [self.mean / 0 for _ in new]


def one(x):
    return (1,)


def calls_back(f, x):
    return f("{")


def reads(f, x):
    return json.loads("{")


def lazy(x):
    return (1 / 0 for _ in range(2))


def compiled(x):
    return np.random.default_rng(0).integers(5, 1)
"""


@pytest.fixture
def observers() -> Callable[[str], Any]:
    """The functions that observe, as the student's process has them."""
    names = ("fit_predict", "both", "with_callback", "with_table", "sized")
    loaded = load_observers([("exercises_of_this_course.observers", name, OBSERVERS) for name in names])
    return lambda name: loaded["exercises_of_this_course.observers", name]


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The names that a student's cells define."""
    file, module = "<cell 3>", ModuleType("__main__")
    linecache.cache[file] = (len(ANSWERS), None, ANSWERS.splitlines(keepends=True), file)
    exec(compile(ANSWERS, file, "exec"), module.__dict__)
    return vars(module)


@pytest.mark.parametrize(
    ("observer", "answer", "args", "sentence"),
    [
        (
            "fit_predict",
            "Model",
            ([1, 2], [3]),
            "`Model().fit(x)` is None. The check then uses `.predict` of it, which it does not have.",
        ),
        (
            "both",
            "one",
            ([1, 2],),
            "The check could not go on with what your code gave (ValueError: not enough values to unpack "
            "(expected 2, got 1)). It does this: `first, second = one(x)`.",
        ),
        (
            "with_table",
            "one",
            ([1, 2],),
            "`table` is of type `tuple`. The check then uses `.columns` of it, which it does not have.",
        ),
        (
            "fit_predict",
            "Careless",
            ([1, 2], [3]),
            "Your code raised ZeroDivisionError: float division by zero "
            "(line 22 of <listcomp>: `return [self.mean / 0 for _ in new]`).",
        ),
        (
            "both",
            "lazy",
            ([1, 2],),
            "Your code raised ZeroDivisionError: division by zero (line 38 of <genexpr>: "
            "`return (1 / 0 for _ in range(2))`).",
        ),
        (
            "both",
            "compiled",
            (1,),
            "Your code raised ValueError: low >= high "
            "(line 42 of compiled: `return np.random.default_rng(0).integers(5, 1)`).",
        ),
        (
            "sized",
            "Model",
            ([1, 2],),
            "Your code raised TypeError: Model.fit() takes 2 positional arguments but 3 were given.",
        ),
        (
            "with_callback",
            "calls_back",
            ("",),
            "Your code raised JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 "
            '(char 1) (line 30 of calls_back: `return f("{")`).',
        ),
        (
            "with_callback",
            "reads",
            ("",),
            "Your code raised JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 "
            '(char 1) (line 34 of reads: `return json.loads("{")`).',
        ),
    ],
)
def test_an_error_is_told_of_who_made_it(
    observers: Callable[[str], Any], notebook: dict[str, Any], observer: str, answer: str, args: Any, sentence: str
) -> None:
    seen = observe(observers(observer), notebook[answer], args)
    blobs = Blobs()
    message = json.loads(json.dumps(encode_observation(seen, blobs)))
    back = decode_observation(message, Decoder(b""), len(args))
    found = difference(Observation(1.0), back, USUAL)
    assert found is not None
    # From Python 3.12 on, what stands in brackets has no frame of its own.
    assert found.sentence.replace("of predict:", "of <listcomp>:") == sentence


def test_on_a_students_machine_it_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "observers.py"
    file.write_text(OBSERVERS)
    module = ModuleType("observers")
    exec(compile(OBSERVERS, str(file), "exec"), module.__dict__)

    @exercise(
        name="Model",
        assignment="S",
        notebook="n",
        points=1,
        draw=lambda draw: (draw.array(3), draw.array(2)),
        observe=module.fit_predict,
        inputs=("x", "new"),
    )
    class Model:
        """f

        shapes: a
        worked: b
        """

        def fit(self, x: Any) -> Any:
            self.mean = float(np.mean(x))
            return self

        def predict(self, new: Any) -> Any:
            return np.full(len(new), self.mean)

    (tmp_path / FILE).write_bytes(write([Model]))
    (there,) = read(tmp_path / FILE)

    class Answer:
        def fit(self, x: Any) -> None:
            self.mean = 0.0

    Answer.__name__ = "Model"
    for one in (Model, there):
        verdict = judge(one, Answer)
        assert verdict.message == (
            "`Model().fit(x)` is None. The check then uses `.predict` of it, which it does not have."
        )
        assert verdict.rows()[-1] == ("yours", "nothing that the check can go on with")
