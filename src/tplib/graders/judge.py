"""Judge an answer: right values first, then the finer aspects; then name the mistake and shrink the failure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from tplib.graders import registry, universal
from tplib.graders.answer import Answer, LocalAnswer, Look
from tplib.graders.compare import agree, difference
from tplib.graders.draw import Arguments
from tplib.graders.exercise import CORE, Case, Exercise, Misconception
from tplib.graders.observe import Observation, observe
from tplib.graders.smallest import size, smallest
from tplib.graders.verdict import Counterexample, Raised, Verdict

NOT_ATTEMPTED = "Replace `raise NotImplementedError` by your code, run the cell, then run this check again."

ASPECTS: Mapping[str, str] = {
    "defaults": "Right when all arguments are given, but the default values are not those of the notebook.",
    "dtype": "Right for float64, but a float32 input should give a float32 result.",
    "mutation": "Right values, but your code changes its argument {argument}. Work on a copy.",
    "globals": "Right here, but it reads the notebook's variable {argument} instead of an argument.",
    "repeatable": "Right, but not at each call: the same input gave another result the first time.",
}
ASPECT_NAMES: Mapping[str, str] = {
    "defaults": "wrong default value",
    "dtype": "wrong dtype",
    "mutation": "changes its argument",
    "globals": "depends on a global variable",
    "repeatable": "not repeatable",
}


class Judged(NamedTuple):
    case: Case
    expected: Observation
    obtained: Observation
    right: bool


def grade(name: str, candidate: Any, *, seed: int | None = None) -> Verdict:
    """Judge `candidate` as an answer to the exercise `name`.

    seed: draws the cases; None draws the public ones, the same at each call.
    Raises TplibError for an unknown exercise; whatever a candidate does becomes a verdict.
    """
    return judge(registry.find(name), candidate, seed)


def judge(exercise: Exercise, candidate: Any, seed: int | None = None) -> Verdict:
    return judge_answer(exercise, LocalAnswer(candidate), seed)


def judge_answer(exercise: Exercise, answer: Answer, seed: int | None = None) -> Verdict:
    """Judge an answer wherever it is: only what it is observed to give counts."""
    cases = list(exercise.cases(seed))
    seen = answer.look(exercise, cases[0].args)
    if seen.kind == "missing":
        return _verdict(exercise, 0.0, f"`{exercise.name}` is not defined yet. {NOT_ATTEMPTED}", attempted=False)
    if problem := _unfit(exercise, seen):
        return _verdict(exercise, 0.0, problem)
    assert seen.first is not None
    if not seen.first.attempted:
        return _verdict(exercise, 0.0, NOT_ATTEMPTED, attempted=False)
    if seen.library_call:
        message = f"Your code calls `{seen.library_call}`, which does the work of this exercise. "
        message += "Write the computation yourself."
        return _verdict(exercise, 0.0, message, name="library call", hints=exercise.ladder(None))
    obtained = _obtained(exercise, answer, [case.args for case in cases])
    judged = [_judged(exercise, case, found) for case, found in zip(cases, obtained, strict=True)]
    core = [j for j in judged if j.case.aspect == CORE]
    if not all(j.right for j in core):
        return _wrong(exercise, answer, core, judged)
    return _partial_or_right(exercise, seen, judged)


def _wrong(exercise: Exercise, answer: Answer, core: list[Judged], judged: list[Judged]) -> Verdict:
    mistake = _name(exercise, core, judged)
    failing = min((j for j in core if not j.right), key=lambda j: size(j.case.args))

    def fails(cases: list[Arguments]) -> list[bool]:
        pairs = [
            (_expected(exercise, args), o) for args, o in zip(cases, _obtained(exercise, answer, cases), strict=True)
        ]
        return [e.error is None and not agree(e, o, exercise.rtol, exercise.atol) for e, o in pairs]

    args = smallest(exercise, fails, failing.case.args)
    expected, obtained = _expected(exercise, args), _obtained(exercise, answer, [args])[0]
    found = difference(expected, obtained, exercise.rtol, exercise.atol)
    message = found.sentence if found else "The result is not the expected one."
    hints = exercise.ladder(mistake if isinstance(mistake, Misconception) else None)
    if mistake:
        message = f"{mistake.question} {message}"
        hints = tuple(hint for hint in hints if hint != mistake.question)
    return _verdict(
        exercise,
        0.0,
        message,
        mistake.name if mistake else None,
        _counterexample(exercise, args, expected, obtained),
        hints,
    )


def _partial_or_right(exercise: Exercise, seen: Look, judged: list[Judged]) -> Verdict:
    missed: dict[str, tuple[str, Judged | None]] = {}
    for j in judged:
        if not j.right and j.case.aspect not in missed:
            sentence = exercise.aspects.get(j.case.aspect) or ASPECTS[j.case.aspect]
            missed[j.case.aspect] = (sentence, j)
    if changed := [position for j in judged for position in j.obtained.mutated]:
        missed["mutation"] = (ASPECTS["mutation"].format(argument=f"`{exercise.parameters[changed[0]]}`"), None)
    if seen.data:
        missed["globals"] = (ASPECTS["globals"].format(argument=f"`{seen.data}`"), None)
    if seen.first and not agree(
        _measured(exercise, seen.first, judged[0].case.args), judged[0].obtained, exercise.rtol, exercise.atol
    ):
        missed["repeatable"] = (ASPECTS["repeatable"], None)
    if not missed:
        return _verdict(exercise, 1.0, "")
    mistake = next((m for m in exercise.misconceptions if _matches(exercise, m, judged)), None)
    aspect, (_, failed) = next(iter(missed.items()))
    found = difference(failed.expected, failed.obtained, exercise.rtol, exercise.atol) if failed else None
    message = " ".join([sentence for sentence, _ in missed.values()] + ([found.sentence] if found else []))
    return _verdict(
        exercise,
        0.5 ** len(missed),
        message,
        mistake.name if mistake else ASPECT_NAMES.get(aspect, aspect),
        _counterexample(exercise, failed.case.args, failed.expected, failed.obtained) if failed else None,
        exercise.ladder(mistake),
    )


def _name(exercise: Exercise, core: list[Judged], judged: list[Judged]) -> Misconception | universal.Pattern | None:
    """The exercise's own misconception that gives the same wrong results; else a general pattern."""
    # What an empty input gives, often an error, tells no mistake from another.
    telling = [j for j in core if universal.filled(j.expected.value)]
    if all(j.right for j in telling):
        telling = core
    same = [m for m in exercise.misconceptions if _same(exercise, m, telling)]
    for m in same:
        if _same(exercise, m, judged):
            return m
    return same[0] if same else universal.recognise(exercise, [j[:3] for j in core])


def _same(exercise: Exercise, misconception: Misconception, judged: list[Judged]) -> bool:
    return all(_alike(exercise, _wrong_way(exercise, misconception, j), j.obtained) for j in judged)


def _matches(exercise: Exercise, misconception: Misconception, judged: list[Judged]) -> bool:
    """Whether a partly right misconception misses the same aspects in the same way."""
    ways = [(_wrong_way(exercise, misconception, j), j.obtained) for j in judged]
    return all(_alike(exercise, a, b) and bool(a.mutated) == bool(b.mutated) for a, b in ways)


def _wrong_way(exercise: Exercise, misconception: Misconception, judged: Judged) -> Observation:
    args = judged.case.args
    return _measured(exercise, observe(exercise.observe, misconception.candidate, args), args)


def _alike(exercise: Exercise, a: Observation, b: Observation) -> bool:
    """The same result, or the same error for the same reason."""
    return agree(a, b, exercise.rtol, exercise.atol) and a.message == b.message


def _expected(exercise: Exercise, args: Arguments) -> Observation:
    return _measured(exercise, observe(exercise.observe, exercise.reference, args), args)


def _obtained(exercise: Exercise, answer: Answer, cases: list[Arguments]) -> list[Observation]:
    found = answer.observe(exercise, cases)
    return [_measured(exercise, observation, args) for observation, args in zip(found, cases, strict=True)]


def _measured(exercise: Exercise, observation: Observation, args: Arguments) -> Observation:
    """What is compared; a value of a form that cannot be measured stays as it is, and is wrong."""
    if exercise.measure is None or observation.error is not None:
        return observation
    try:
        return replace(observation, value=exercise.measure(observation.value, *args))
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        return observation


def _judged(exercise: Exercise, case: Case, obtained: Observation) -> Judged:
    expected = _expected(exercise, case.args)
    return Judged(case, expected, obtained, agree(expected, obtained, exercise.rtol, exercise.atol))


def _unfit(exercise: Exercise, seen: Look) -> str | None:
    """A sentence if the answer is of the wrong kind or does not take the stated arguments."""
    if seen.kind != exercise.kind:
        return f"`{exercise.name}` should be a {exercise.kind}, yours is {seen.described}."
    if not seen.takes:
        return f"`{exercise.name}` should be called as `{exercise.signature}`; yours takes `{seen.signature}`."
    return None


def _counterexample(
    exercise: Exercise, args: Arguments, expected: Observation, obtained: Observation
) -> Counterexample:
    yours = Raised(obtained.raised) if obtained.error else obtained.value
    return Counterexample(dict(zip(exercise.parameters, args, strict=False)), expected.value, yours)


def _verdict(
    exercise: Exercise,
    score: float,
    message: str,
    name: str | None = None,
    counterexample: Counterexample | None = None,
    hints: tuple[str, ...] = (),
    attempted: bool = True,
) -> Verdict:
    status = "right" if score == 1 else "partial" if score > 0 else "wrong" if attempted else "not attempted"
    return Verdict(exercise.name, score, status, message, exercise.points, name, counterexample, hints)  # type: ignore[arg-type]
