"""The graders are graded: every declared wrong answer is rejected and named, every right one accepted.

`TPLIB_SEEDS=50 pytest tests/graders/test_exercises.py -k many_seeds` judges each on that many further draws of cases.
"""

import os
import re

import pytest

from tplib.graders import Exercise, Misconception, exercises, grade

SEEDS = [None, 1]
MORE_SEEDS = range(1000, 1000 + int(os.environ.get("TPLIB_SEEDS", "0")))
NOT_ASKED = pytest.param(None, id="none", marks=pytest.mark.skip(reason="TPLIB_SEEDS is not set to a number of seeds"))
ALL = exercises()
WRONG = [pytest.param(e, m, id=f"{e.name}-{m.name}") for e in ALL for m in e.misconceptions]
RIGHT = [pytest.param(e, a, id=f"{e.name}-{i}") for e in ALL for i, a in enumerate((e.reference, *e.alternatives))]
each_exercise = pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)


def constant(*args: object, **kwargs: object) -> float:
    return 0.5


def argument(*args: object, **kwargs: object) -> object:
    return args[0] if args else None


def stub(*args: object, **kwargs: object) -> object:
    raise NotImplementedError()


@each_exercise
def test_declares_all_that_hangs_on_it(exercise: Exercise) -> None:
    assert len(exercise.misconceptions) >= 3
    assert len(exercise.alternatives) >= 2
    assert len({m.name for m in exercise.misconceptions}) == len(exercise.misconceptions)
    assert exercise.points > 0
    assert exercise.lecture[:3] in {"000", "001", "002", "003", "004"}
    assert exercise.signature.startswith(exercise.name)
    core = [case for case in exercise.cases() if case.aspect == "values"]
    assert len(core) >= 3  # a case that leaves optional arguments out is about these only


def test_names_are_unique() -> None:
    assert len({e.name for e in ALL}) == len(ALL)


def test_names_of_mistakes_are_readable() -> None:
    """As people write them: a name that is made of a function's has lost capitals and apostrophes."""
    names = {f"{e.name}: {m.name}" for e in ALL for m in e.misconceptions}
    small = re.compile(r": .*\b(gru|lstm|rnn|gaussian|jacobian|numpy|pytorch|python)\b")
    without_apostrophe = re.compile(
        r": .*\b(encoder|decoder|student|slide|lecture|sum|input)s [a-z]*(order|part|norm|gradient)"
    )
    assert [name for name in names if small.search(name) or without_apostrophe.search(name)] == []


@pytest.mark.parametrize(("exercise", "misconception"), WRONG)
@pytest.mark.parametrize("seed", SEEDS)
def test_misconception_is_rejected_and_named(
    exercise: Exercise, misconception: Misconception, seed: int | None, request: pytest.FixtureRequest
) -> None:
    if seed is not None:  # the smallest failing input is most of a check's time: once is enough
        request.getfixturevalue("no_shrinking")
    verdict = grade(exercise.name, misconception.candidate, seed=seed)
    assert verdict.status in ("wrong", "partial")
    assert verdict.misconception == misconception.name
    assert verdict.score < 1
    assert verdict.counterexample or verdict.message


@pytest.mark.parametrize(("exercise", "candidate"), RIGHT)
@pytest.mark.parametrize("seed", SEEDS)
def test_right_answers_score_one(exercise: Exercise, candidate: object, seed: int | None) -> None:
    verdict = grade(exercise.name, candidate, seed=seed)
    assert (verdict.status, verdict.score, verdict.misconception) == ("right", 1.0, None), str(verdict)


@pytest.mark.parametrize("exercise", ALL if MORE_SEEDS else [NOT_ASKED], ids=lambda e: e.name)
def test_no_verdict_flips_over_many_seeds(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    # The smallest failing input is for the reader: it changes no verdict, and is most of a check's time.
    monkeypatch.setattr("tplib.graders.judge.smallest", lambda exercise, fails, known: known)
    wanted = [(m.candidate, m.name) for m in exercise.misconceptions]
    wanted += [(answer, None) for answer in (exercise.reference, *exercise.alternatives)]
    flips = []
    for candidate, name in wanted:
        for seed in MORE_SEEDS:
            verdict = grade(exercise.name, candidate, seed=seed)
            if verdict.misconception != name or (verdict.status == "right") != (name is None):
                flips.append(f"{candidate.__name__}, seed {seed}: {verdict.status}, {verdict.misconception}")
    assert not flips, "\n".join(flips)


@each_exercise
@pytest.mark.parametrize(
    "candidate", [constant, argument, print, 3, "text"], ids=lambda c: getattr(c, "__name__", str(c))
)
def test_thoughtless_answers_score_zero(exercise: Exercise, candidate: object) -> None:
    verdict = grade(exercise.name, candidate)
    assert (verdict.status, verdict.score) == ("wrong", 0.0)


@each_exercise
def test_untouched_is_not_attempted(exercise: Exercise) -> None:
    untouched_class = type(exercise.name, (), {"__init__": stub})
    candidate = untouched_class if exercise.kind == "class" else stub
    for untouched in (candidate, None):
        verdict = grade(exercise.name, untouched)
        assert (verdict.status, verdict.score, verdict.misconception) == ("not attempted", 0.0, None)
