"""The reference of `sample_variance` against results found without it: by hand, in a book, by another program."""

import numpy as np
import pytest

from tplib.graders import registry
from tplib.graders.worked import mismatch

WORKED = [  # ((arguments,), result)
    ((np.array([1, 3]),), 2),
    ((np.array([4.0, 7, 13, 16]),), 30),
]


def test_there_are_results_to_compare_with():
    assert WORKED


@pytest.mark.parametrize(("arguments", "result"), WORKED)
def test_the_reference_gives_the_result(arguments, result):
    assert mismatch(registry.find("sample_variance"), arguments, result) == ""
