"""The reference of `exact_p_value` against results found without it: by hand, in a book, by another program."""

import pytest

from tplib.graders import registry
from tplib.graders.worked import mismatch

WORKED = [  # ((arguments,), result)
    (([3, 4], [1, 2]), 1 / 6),
    (([3, 3], [3, 3]), 1),
]


def test_there_are_results_to_compare_with():
    assert WORKED


@pytest.mark.parametrize(("arguments", "result"), WORKED)
def test_the_reference_gives_the_result(arguments, result):
    assert mismatch(registry.find("exact_p_value"), arguments, result) == ""
