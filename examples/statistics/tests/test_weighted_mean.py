"""The reference of `weighted_mean` against results found without it: by hand, in a book, by another program."""

import numpy as np
import pytest

from tplib.graders import registry
from tplib.graders.worked import mismatch

WORKED = [  # ((arguments,), result)
    ((np.array([2, 8]), np.array([1, 3])), 6.5),
    ((np.array([5.0]), np.array([0.1])), 5),
]


def test_there_are_results_to_compare_with():
    assert WORKED


@pytest.mark.parametrize(("arguments", "result"), WORKED)
def test_the_reference_gives_the_result(arguments, result):
    assert mismatch(registry.find("weighted_mean"), arguments, result) == ""
