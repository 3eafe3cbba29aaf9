"""Every finer rule that an answer can miss has a name in words, and no name is that of a group of cases."""

import inspect
import re

import pytest

from tplib.graders import exercises
from tplib.graders.aspects import NAMES, SENTENCES
from tplib.graders.exercise import CORE, Exercise

USED = {aspect for exercise in exercises() for aspect in exercise.aspects} | set(SENTENCES)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda e: e.name)
def test_each_rule_of_an_exercise_has_a_name_and_a_sentence(exercise: Exercise) -> None:
    for aspect in {case.aspect for case in exercise.cases()} - {CORE}:
        assert aspect in exercise.aspects or aspect in SENTENCES
        assert aspect in NAMES


def test_names_are_words_and_none_is_kept_in_vain() -> None:
    assert all(len(name.split()) >= 2 and name != aspect for aspect, name in NAMES.items())
    assert set(NAMES) == USED


@pytest.mark.parametrize("exercise", exercises(), ids=lambda e: e.name)
def test_a_mistakes_name_writes_an_argument_as_the_exercise_does(exercise: Exercise) -> None:
    """`u by the state after` would name no argument where there is only U."""
    arguments = set(inspect.signature(exercise.reference).parameters)
    for mistake in exercise.misconceptions:
        for letter in set(re.findall(r"\b[a-z]\b", mistake.name)) - {"a"}:
            assert letter in arguments or letter.upper() not in arguments, mistake.name
