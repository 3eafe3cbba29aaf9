"""Mistakes recognised from the results alone, where the exercise declares none that explains them."""

from collections.abc import Callable

import numpy as np
import pytest

from tplib.graders import grade, registry

Array = np.ndarray
SOME_AXES = "some numbers of axes"


def vectors_only(x: Array) -> Array:
    return np.array([1 / (1 + np.exp(-v)) if v > 0 else 1 - 1 / (1 + np.exp(v)) for v in x], dtype=x.dtype)


def tables_only(x: Array) -> Array:
    rows, columns = x.shape
    return np.array([[1 / (1 + np.exp(-x[i, j])) for j in range(columns)] for i in range(rows)], dtype=x.dtype)


def not_for_tables(x: Array) -> Array:
    return 1 / (1 + np.exp(-x)) if x.ndim != 2 else np.full_like(x, 0.25)


def right_for_vectors_with_positive_numbers(x: Array) -> Array:
    return vectors_only(x) if np.all(x > 0) else np.full_like(x, 0.25)


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (vectors_only, SOME_AXES),
        (tables_only, SOME_AXES),
        (not_for_tables, SOME_AXES),
        (right_for_vectors_with_positive_numbers, None),
        (lambda x: np.ravel(1 / (1 + np.exp(-x))), "wrong shape"),  # right for vectors, too
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_right_for_some_numbers_of_axes_only(answer: Callable[[Array], Array], name: str | None, seed: int) -> None:
    verdict = grade("sigmoid", answer, seed=seed)
    assert (verdict.score, verdict.misconception) == (0, name)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("encode", lambda *args: [float(i) for i in registry.find("encode").reference(*args)]),
        ("one_hot", lambda *args: registry.find("one_hot").reference(*args).tolist()),
    ],
)
@pytest.mark.usefixtures("no_shrinking")
def test_the_same_numbers_in_another_form_are_no_lost_sign(name: str, answer: Callable[..., object]) -> None:
    verdict = grade(name, answer)
    named = {"encode": "decimal numbers", "one_hot": "list instead of array"}
    assert (verdict.score, verdict.misconception) == (0, named[name])
