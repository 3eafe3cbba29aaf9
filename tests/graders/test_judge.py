"""Verdicts on one exercise, softmax, for every way to be wrong that holds for all."""

from collections.abc import Callable

import numpy as np
import pytest
import scipy.special
import torch
from torch.nn.functional import softmax as torch_softmax

from tplib import TplibError
from tplib.graders import grade
from tplib.graders.observe import none_yet, observe

Array = np.ndarray
offset = np.copy(np.zeros(1))  # data, not a constant that is written out


def right(s: Array) -> Array:
    exps = np.exp(s - s.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def changes_argument(s: Array) -> Array:
    s -= s.max(axis=-1, keepdims=True)
    return right(s)


def reads_global(s: Array) -> Array:
    return right(s) + offset.astype(s.dtype)


def one_buffer(s: Array, kept: dict[object, Array] = {}) -> Array:  # noqa: B006
    buffer = kept.setdefault((s.shape, s.dtype), np.empty_like(s))
    buffer[...] = right(s)
    return buffer


calls = 0


def remembers(s: Array) -> Array:
    global calls
    calls += 1
    return right(s) * (2 if calls == 1 else 1)


def adds_up(s: Array, seen: list[float] = []) -> Array:  # noqa: B006
    seen.append(float(s.sum()))
    return s / sum(seen)


def late_import(s: Array) -> Array:
    from scipy.special import softmax

    return softmax(s, axis=-1)


def by_getattr(s: Array) -> Array:
    return getattr(torch.as_tensor(s), "soft" + "max")(-1).numpy()


def helper(s: Array) -> Array:
    return torch.softmax(torch.as_tensor(s), -1).numpy()


def through_helper(s: Array) -> Array:
    return helper(s)


def test_right() -> None:
    verdict = grade("softmax", right)
    assert (verdict.status, verdict.score, verdict.points, verdict.counterexample) == ("right", 1.0, 2, None)


@pytest.mark.parametrize(
    ("candidate", "name"),
    [
        (lambda s: None, "missing return"),
        (lambda s: right(s).tolist(), "list instead of array"),
        (lambda s: torch.as_tensor(right(s)), "tensor instead of array"),
        (lambda s: right(s).astype(np.float32), "wrong dtype"),
        (lambda s: right(s).astype(np.float16).astype(np.float64), None),
        (lambda s: -right(s), "negated"),
        (lambda s: right(s).T, "transposed"),
        (lambda s: right(s)[..., None], "wrong shape"),
        (lambda s: right(s) * len(s), "sum instead of mean"),
        (lambda s: right(s) / max(len(s), 1), "mean instead of sum"),
        (lambda s: np.floor(right(s)), "integer division"),
        (lambda s: s, "returns its argument"),
        (lambda s: 0.5, "constant"),
        (lambda s: s[99], None),
        (lambda s: right(s) + 1e-3, None),
    ],
)
def test_wrong_everywhere(candidate: Callable[[Array], object], name: str | None) -> None:
    verdict = grade("softmax", candidate)
    assert (verdict.status, verdict.score, verdict.misconception) == ("wrong", 0.0, name)
    assert verdict.counterexample is not None
    assert verdict.counterexample.input["scores"].size <= 2


@pytest.mark.parametrize(
    ("candidate", "name"),
    [
        (changes_argument, "changes its argument"),
        (reads_global, "depends on a global variable"),
        (one_buffer, "earlier result overwritten"),
        (lambda s: right(s).astype(np.float64), "wrong dtype"),
        (lambda s: np.exp(s) / np.exp(s).sum(axis=-1, keepdims=True), "unstable"),
    ],
)
def test_partly_right(candidate: Callable[[Array], Array], name: str) -> None:
    verdict = grade("softmax", candidate)
    assert (verdict.status, verdict.score, verdict.misconception) == ("partial", 0.5, name)
    assert verdict.points == 1


@pytest.mark.parametrize(
    "candidate",
    [
        lambda s: scipy.special.softmax(s, axis=-1),
        lambda s: torch_softmax(torch.as_tensor(s), dim=-1).numpy(),
        lambda s: torch.as_tensor(s).softmax(-1).numpy(),
        late_import,
        by_getattr,
        through_helper,
    ],
)
def test_library_call(candidate: Callable[[Array], Array]) -> None:
    verdict = grade("softmax", candidate)
    assert (verdict.status, verdict.score, verdict.misconception) == ("wrong", 0.0, "library call")
    assert "softmax" in verdict.message


def test_hidden_state() -> None:
    global calls
    calls = 0
    verdict = grade("softmax", remembers)
    assert (verdict.status, verdict.misconception) == ("partial", "not repeatable")


def test_wrong_by_what_is_left_of_earlier_calls() -> None:
    verdict = grade("softmax", adds_up)
    assert (verdict.status, verdict.misconception) == ("wrong", "not repeatable")
    assert "from one call to the next" in verdict.message
    assert grade("softmax", lambda s: 1j).misconception is None  # no value of ours, the same at each call


def test_wrong_signature_and_type() -> None:
    assert "softmax(scores)" in grade("softmax", lambda s, axis: s).message
    assert "function" in grade("softmax", 3).message
    assert "class" in grade("softmax", int).message


def test_error_names_the_students_line() -> None:
    def broken(s: Array) -> Array:
        return s / undefined  # type: ignore[name-defined] # noqa: F821

    message = grade("softmax", broken).message
    assert "NameError" in message
    assert "return s / undefined" in message


def test_pytorchs_own_not_implemented_is_an_attempt() -> None:
    verdict = grade("softmax", lambda s: torch.zeros(2, dtype=torch.int64).softmax(0))
    assert verdict.status == "wrong"


def test_unknown_exercise_suggests() -> None:
    with pytest.raises(TplibError, match="Did you mean softmax"):
        grade("sofmax", right)


def test_same_verdict_each_time() -> None:
    wrong = lambda s: right(s) + 1e-3  # noqa: E731
    assert str(grade("softmax", wrong)) == str(grade("softmax", wrong))


def test_prints_and_warnings_of_the_answer_are_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    def loud(s: Array) -> Array:
        print("debug")
        np.log(np.array(-1.0))
        return right(s)

    assert grade("softmax", loud).status == "right"
    assert capsys.readouterr() == ("", "")


def test_a_number_too_large_for_numpy_is_wrong_like_any_other() -> None:
    assert grade("class_balance", lambda *args: 10**30).status == "wrong"
    assert grade("build_vocabulary", lambda *args: 10**30).status == "wrong"
    assert grade("drop_duplicates", lambda *args: [10**30]).status == "wrong"


def test_an_answer_that_is_nan_twice_overwrites_nothing():
    earlier = none_yet()
    for answer in (lambda x: np.float64(np.nan), lambda x: [float("nan")], lambda x: np.array([np.nan])):
        for _ in range(2):
            assert observe(lambda c, *args: c(*args), answer, (1.0,), earlier).lasting
    assert observe(lambda c, *args: c(*args), len, ([float("nan")],)).mutated == ()


def test_a_comma_that_makes_a_tuple_is_told():
    comma = grade("relu", lambda x: (np.maximum(x, 0),))
    assert (comma.status, "a comma at the end makes a tuple" in comma.message) == ("wrong", True), comma.message
    assert "comma" not in grade("relu", lambda x: (x + 1,)).message
