"""The reference of `correlation` against results found without it: by hand, in a book, by another program."""

import numpy as np
import pytest

from tplib.graders import registry
from tplib.graders.worked import mismatch

WORKED = [  # ((arguments,), result)
    ((np.array([1, 2, 4]), np.array([8, 6, 2])), -1),
    ((np.array([1, 2, 3]), np.array([1, 3, 2])), 0.5),
]


def test_there_are_results_to_compare_with():
    assert WORKED


@pytest.mark.parametrize(("arguments", "result"), WORKED)
def test_the_reference_gives_the_result(arguments, result):
    assert mismatch(registry.find("correlation"), arguments, result) == ""
