"""Every concept of the lectures has an exercise, and every exercise belongs to a concept."""

import pytest

from tplib.exercises.coverage import CONCEPTS, Concept
from tplib.graders import exercises

BY_NAME = {exercise.name: exercise for exercise in exercises()}


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: f"{concept.number}-{concept.title}")
def test_concept_has_an_exercise_with_a_reference_and_a_passage(concept: Concept) -> None:
    assert concept.exercises
    for name in concept.exercises:
        assert BY_NAME[name].reference is not None
        assert BY_NAME[name].lecture


def test_exercise_belongs_to_a_concept() -> None:
    assert set(BY_NAME) == {name for concept in CONCEPTS for name in concept.exercises}
