"""The graders are graded: each mistake is rejected and named, each right answer accepted; `tp prove` says more."""

from pathlib import Path

import pytest

from tplib.authoring import course_exercises, prove

EXERCISES = course_exercises(Path(__file__).parents[1])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_grader_is_right(exercise):
    assert [fault.sentence for fault in prove(exercise)] == []
