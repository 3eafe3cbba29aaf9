"""Two results beside each other: what differs is marked in the text itself, and enough digits tell it."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tplib.graders.compare import USUAL, Tolerance
from tplib.graders.side_by_side import SIGN, side_by_side
from tplib.graders.verdict import Counterexample, Verdict
from tplib.graders.verdict_html import verdict_html


def verdict(expected, obtained, tolerance=USUAL):
    example = Counterexample({"x": 1}, expected, obtained, tolerance)
    return Verdict("example", 0.0, "wrong", "It is wrong.", 1, None, example)


def test_a_vector_in_text():
    assert str(verdict(np.array([0.25, 0.5, 1]), np.array([0.25, 0.75, 1]))).splitlines()[-3:] == [
        "  expected    [0.25   0.5 1]   shape (3,), float64",
        "  yours       [0.25 ≠0.75 1]   shape (3,), float64",
        "  difference  by 0.25, 50 % of the right value, at index 1",
    ]


def test_a_matrix_as_tables_with_headers():
    html = verdict_html(verdict(np.eye(2), np.ones((2, 2))))
    assert html.count("<caption") == 2
    assert html.count('scope="col"') == 4
    assert len(re.findall(r'scope="row"[^>]*>\d<', html)) == 4
    assert len(re.findall(r"font-weight:bold[^>]*>≠1<", html)) == 2


@given(
    hnp.arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 3)), elements=st.floats(-1e6, 1e6)),
    st.floats(1e-5, 10) | st.floats(-10, -1e-5),
)
def test_no_marked_entry_reads_like_the_right_one(expected, change):
    """1.0000 beside 1.0000 never, whatever the size of the numbers."""
    obtained = expected + change * (np.arange(expected.size).reshape(expected.shape) % 2 == 0)
    found = side_by_side(expected, obtained, Tolerance(1e-12, 1e-12))
    assert found is not None
    for one, other, marks in zip(found.expected, found.yours, found.differs, strict=True):
        for right, yours, differs in zip(one, other, marks, strict=True):
            assert differs == yours.startswith(SIGN)
            assert not differs or yours.removeprefix(SIGN) != right
    np.testing.assert_array_equal(found.differs, obtained != expected)


def test_what_the_tolerance_lets_through_is_not_marked():
    found = side_by_side(np.array([1.0, 2.0]), np.array([1.001, 3.0]), Tolerance(1e-2))
    assert found.differs == [[False, True]]
    assert side_by_side(np.array([1.0]), np.array([1.001]), Tolerance(1e-2)) is None


def test_numbers_that_are_none():
    found = side_by_side(np.array([np.nan, 1.0, np.inf]), np.array([np.nan, np.nan, 2.0]), USUAL)
    assert found.differs == [[False, True, True]]
    assert found.distance == ""


def test_whole_numbers_truth_values_and_words():
    whole = side_by_side(np.array([1, 2]), np.array([1, 4]), USUAL)
    assert whole.distance == "by 2, 100 % of the right value, at index 1"
    assert side_by_side(np.array([True, False]), np.array([True, True]), USUAL).yours == [["True", "≠True"]]
    assert side_by_side(["a", "b", 3], ["a", "c", 3], USUAL).yours == [["'a'", "≠'c'", "3"]]
    assert side_by_side([10**25, "a"], [0.5, "a"], USUAL).differs == [[True, False]]


def test_the_first_part_that_differs_is_shown():
    right, wrong = {"W": np.ones(2), "b": np.zeros(2)}, {"W": np.ones(2), "b": np.ones(2)}
    found = side_by_side((3.0, right), [3.0, wrong], USUAL)
    assert found.lines()[0][0] == "expected, part 2, `b`"


def test_a_large_matrix_has_a_map_of_what_differs():
    right = np.zeros((12, 9))
    wrong = right.copy()
    wrong[3, 4] = 1
    found = side_by_side(right, wrong, USUAL)
    assert found.where[3] == "····✗····"
    assert "".join(found.where).count("✗") == 1
    assert "····✗····" in str(verdict(right, wrong))
    assert "1 entry, marked ✗" in verdict_html(verdict(right, wrong))


@pytest.mark.parametrize(
    ("expected", "obtained"),
    [
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), None),
        (np.zeros((2, 2, 2)), np.ones((2, 2, 2))),
        (np.zeros(11), np.ones(11)),
        (np.array(["a"]), np.array(["b"])),
        (["a" * 50], ["b" * 50]),
        ([[1]], [[2]]),
        (["a"], ["a", "b"]),
        (1.0, 2.0),
        (np.zeros((0, 2)), np.zeros((0, 2))),
    ],
)
def test_all_else_is_text_as_before(expected, obtained):
    assert side_by_side(expected, obtained, USUAL) is None
    assert verdict_html(verdict(expected, obtained)).count("expected</th>") == 1
