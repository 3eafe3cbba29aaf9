"""Each right and wrong answer of the registry, as text in an empty notebook, gets the verdict of the object itself."""

import pytest

from tplib.demo.answers import answer_text
from tplib.graders import Exercise, exercises, grade

ANSWERS = [
    pytest.param(e, candidate, id=f"{e.name}-{candidate.__name__}")
    for e in exercises()
    for candidate in (*[m.candidate for m in e.misconceptions], *e.alternatives)
]


@pytest.mark.parametrize(("exercise", "candidate"), ANSWERS)
def test_text_is_the_answer(exercise: Exercise, candidate: object) -> None:
    scope: dict = {"__name__": "__main__"}
    exec(answer_text(candidate, exercise.name), scope)
    verdict, direct = grade(exercise.name, scope[exercise.name]), grade(exercise.name, candidate)
    assert (verdict.score, verdict.misconception) == (direct.score, direct.misconception)
