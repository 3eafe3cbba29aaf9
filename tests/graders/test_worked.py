"""Results that were found by hand, against the reference, in whichever form they are written."""

from typing import Any

import numpy as np
import pytest

from tplib.graders.compare import USUAL, difference
from tplib.graders.exercise import Exercise, exercises_of
from tplib.graders.observe import Observation
from tplib.graders.worked import mismatch


def giving(result: Any) -> Exercise:
    def same(x: Any) -> Any:
        """same(x) = the result

        shapes: any.
        worked: itself.
        """
        return result

    return exercises_of("A", "1")(points=1, draw=lambda draw: (1,))(same)


@pytest.mark.parametrize(
    ("ours", "written", "other"),
    [
        (6.5 + 1e-9, 6.5, 6.4),
        (np.float64(5), 5, 4),
        (np.array([1.0, 2.0]), [1, 2], [1, 3]),
        ((1.0, ["a", ("b", 2.0)]), (1, ["a", ("b", 2)]), (1, ["a", ("b", 3)])),
        ([[1.0, 2.0], [3.0]], [[1, 2], [3]], [[1, 2], [4]]),
        ("text", "text", "Text"),
        (None, None, 0),
        ({1, "a"}, {"a", 1}, {"a"}),
        ({"m": np.array([1.0])}, {"m": [1]}, {"m": [2]}),
    ],
)
def test_a_result_written_by_hand(ours: Any, written: Any, other: Any) -> None:
    assert mismatch(giving(ours), (1,), written) == ""
    assert mismatch(giving(ours), (1,), other) != ""


def test_the_place_in_a_nested_result() -> None:
    def told(expected: Any, obtained: Any) -> str:
        found = difference(Observation(expected), Observation(obtained), USUAL)
        assert found is not None
        return found.sentence

    assert told(((1, 2), 3), ((1, 5), 3)).startswith("`result[0][1]` should be 2")
    assert told([{"a": ["x"]}], [{"a": ["y"]}]).startswith("`result[0]['a'][0]` should be 'x'")
    assert told((1, 2), (1, 3)).startswith("Part 2 of the result should be 2")
