"""What students get of a course's exercises: the check works with it, and no reference is in it."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tplib import TplibError
from tplib.graders import check, course_folder, grade, registry
from tplib.graders.exercise import Exercise, exercises_of
from tplib.graders.judge import judge
from tplib.graders.observe import same
from tplib.graders.public_part import FILE, NotStorableError, decode, encode, later_because, read, write

NAMES = ["relu", "softmax", "neuron", "collapse_linear", "one_hot", "encode", "Square"]
OURS = [registry.find(name) for name in NAMES]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=9,
)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exercise]:
    """Our exercises as a student of another course would have them."""
    path = tmp_path_factory.mktemp("public") / FILE
    path.write_bytes(write(OURS))
    return {exercise.name: exercise for exercise in read(path)}


@pytest.mark.parametrize("ours", OURS, ids=lambda e: e.name)
def test_the_check_says_there_what_it_says_here(ours: Exercise, there: dict[str, Exercise]) -> None:
    public = there[ours.name]
    answers = [ours.reference, *ours.alternatives, *(m.candidate for m in ours.misconceptions)]
    for answer in answers:
        verdict, same_here = judge(public, answer), judge(ours, answer, shrink=False)
        assert (verdict.status, verdict.score) == (same_here.status, same_here.score), answer
        if not same_here.score:  # mistakes that are partly right by changing an argument are not told apart there
            assert verdict.misconception == same_here.misconception
    wrong = judge(public, ours.misconceptions[0].candidate)
    assert wrong.counterexample is not None or wrong.score
    assert public.ladder(None) == ours.ladder(None)


def test_no_reference_and_no_mistake_is_in_the_file() -> None:
    text = write(OURS).decode()
    for exercise in OURS:
        for answer in (exercise.reference, *(m.candidate for m in exercise.misconceptions)):
            lines = [line.strip() for line in inspect.getsource(answer).splitlines() if "return " in line]
            assert not [line for line in lines if len(line) > 12 and line in text]


def test_it_is_the_same_at_each_build() -> None:
    assert write(OURS) == write(OURS)


@given(VALUES)
def test_values_come_back(value: Any) -> None:
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "bool", "uint8"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 3), (1, 0, 2)])
def test_arrays_come_back_with_shape_and_dtype(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    back = decode(encode(array))
    assert same(back, array)
    assert back.dtype == array.dtype
    assert back.shape == shape


def test_what_a_file_cannot_hold_is_judged_later() -> None:
    with pytest.raises(NotStorableError, match="cannot hold an object of type Generator"):
        encode([np.random.default_rng(0)])
    assert (
        later_because(registry.find("glorot_uniform")) == "a property of its result is measured, not the result itself"
    )
    assert later_because(registry.find("relu")) == ""
    unfinished = replace(registry.find("relu"), draw=lambda draw: 1 / 0)
    assert later_because(unfinished) == "its inputs cannot be drawn (ZeroDivisionError: division by zero)"
    assert b'"check"' not in write([unfinished])


# Private exercises

exercise = exercises_of("Stats", "1_describe", points=2, private=True)


@exercise(draw=lambda draw: ([draw.size(1, 9)],))
def secret_mean(values: Any) -> Any:
    """The sum by the number.

    shapes: a list in, a number out.
    worked: the mean of 1 and 3 is 2.
    """
    return sum(values) / len(values)


@secret_mean.mistake("A telling question?")
def the_sum(values: Any) -> Any:
    return sum(values)


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A student's folder, in which notebooks run: the file with the public part is beside them, and nothing else."""
    (tmp_path / FILE).write_bytes(write([secret_mean]))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(course_folder.VARIABLE, raising=False)
    course_folder.look_around()
    yield tmp_path
    course_folder.look_around()


def test_a_private_exercise_keeps_all_but_its_name_signature_and_hints(student: Path) -> None:
    text = (student / FILE).read_text()
    assert "secret_mean(values)" in text
    assert "the mean of 1 and 3 is 2" in text
    assert "the sum" not in text
    assert "telling" not in text
    assert "cases" not in text
    assert registry.find("secret_mean").judged_later


def good(values: list[float]) -> float:
    return 0.0


def too_many(values: list[float], weights: list[float]) -> float:
    return 0.0


def untouched(values: list[float]) -> float:
    # YOUR CODE HERE
    raise NotImplementedError


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (good, "later", "Judged when you hand it in: what it is tried on is with your teacher."),
        (
            too_many,
            "wrong",
            "`secret_mean` should be called as `secret_mean(values)`; yours takes `(values: list[float]",
        ),
        (untouched, "not attempted", "Replace `raise NotImplementedError` by your code. Judged when you hand it in"),
        (3, "wrong", "`secret_mean` should be a function, yours is of type `int`."),
        (None, "not attempted", "`secret_mean` is not defined yet. Judged when you hand it in"),
    ],
)
def test_its_check_says_that_it_is_judged_when_handed_in(
    student: Path, answer: Callable[..., Any] | int | None, status: str, message: str
) -> None:
    verdict = grade("secret_mean", answer)
    assert (verdict.status, verdict.score) == (status, 0)
    assert message in verdict.message
    assert verdict.hints[0] == "The sum by the number."


def test_the_notebook_shows_it_with_its_totals(student: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret_mean = good  # noqa: F841  what the check looks at
    shown = check("secret_mean")
    assert repr(shown) == "0.0"
    assert "→ secret_mean: judged later · 2 points to be had" in capsys.readouterr().out
    html = shown._repr_mimebundle_()["text/html"]
    assert "Judged later" in html
    assert "This notebook: 0 of 2 points (1 judged later)" in html


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2, "exercises": []}', '{"format": 1, "exercises": [{"name": 1}]}']
)
def test_a_spoiled_file_gets_a_sentence(student: Path, text: str) -> None:
    (student / FILE).write_text(text)
    with pytest.raises(TplibError, match=r"tp-exercises.json cannot be read \(.*get it again from where"):
        course_folder.loaders(student / FILE).__next__()()
