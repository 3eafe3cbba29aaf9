"""Each reference is compared with an independent truth: the exercise's own oracle, or one in its notebook's tests."""

import re
from pathlib import Path

import pytest

from tplib.authoring.proof import prove
from tplib.graders import Exercise, exercises

TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("tp*/test_*.py"))
WITH_ORACLE = [exercise for exercise in exercises() if exercise.oracles]


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.name)
def test_there_is_one(exercise: Exercise) -> None:
    assert exercise.oracles or re.search(rf"\b{exercise.name}\b", TESTS), (
        f"nothing says that the reference of {exercise.name} is right: declare a truth that was found without it, such "
        f"as PyTorch's function, with @{exercise.name}.oracle"
    )


@pytest.mark.parametrize("exercise", WITH_ORACLE, ids=lambda exercise: exercise.name)
def test_the_reference_is_what_it_gives(exercise: Exercise) -> None:
    assert [fault.sentence for fault in prove(exercise, draws=1) if fault.kind == "oracle"] == []
