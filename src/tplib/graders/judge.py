"""Judge an answer: right values first, then the finer aspects; then name the mistake and shrink the failure."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from tplib.graders import aspects, registry, universal
from tplib.graders.answer import Answer, CheckFailedError, LocalAnswer, Look
from tplib.graders.compare import agree, difference
from tplib.graders.counterexample import counterexample
from tplib.graders.draw import Arguments
from tplib.graders.exercise import CORE, Case, Exercise, Misconception
from tplib.graders.facts import Facts
from tplib.graders.later import look_only
from tplib.graders.observe import Observation, observe, plain
from tplib.graders.patience import TooLongError, too_late
from tplib.graders.smallest import size, smallest
from tplib.graders.verdict import Counterexample, Verdict

NOT_ATTEMPTED = "Replace `raise NotImplementedError` by your code, run the cell, then run this check again."


class Judged(NamedTuple):
    case: Case
    expected: Observation
    obtained: Observation
    right: bool


Finer = Callable[[], list[Judged]]  # the cases of the finer aspects, on which the reference runs only if they count


def grade(name: str, candidate: Any, *, seed: int | None = None) -> Verdict:
    """Judge `candidate` as an answer to the exercise `name`.

    seed: draws the cases; None draws the public ones, the same at each call.
    Raises TplibError for an unknown exercise; whatever a candidate does becomes a verdict.
    """
    return judge(registry.find(name), candidate, seed)


def judge(exercise: Exercise, candidate: Any, seed: int | None = None, *, shrink: bool = True) -> Verdict:
    if exercise.judged_later:
        return look_only(exercise, candidate)
    return judge_answer(exercise, LocalAnswer(candidate), seed, shrink=shrink)


def judge_answer(exercise: Exercise, answer: Answer, seed: int | None = None, *, shrink: bool = True) -> Verdict:
    """Judge an answer wherever it is: only what it is observed to give counts.

    shrink: look for a smallest failing input, which changes neither score nor name and takes most of the time.
    """
    try:
        cases = list(exercise.cases(seed))
    except Exception as error:
        why = f"its inputs cannot be drawn ({type(error).__name__}: {error})"
        raise CheckFailedError(f"{exercise.name} cannot be checked: {why}") from error
    try:
        return _judge(exercise, answer, cases, shrink)
    except TooLongError as late:
        return _verdict(exercise, 0.0, too_late(late), hints=exercise.ladder(None))


def _judge(exercise: Exercise, answer: Answer, cases: list[Case], shrink: bool) -> Verdict:
    with contextlib.suppress(CheckFailedError):  # told below, to who has an answer
        _expected(exercise, cases[0].args)  # the first time it imports packages: seconds that are not the answer's
    seen = answer.look(exercise, cases[0].args)
    if seen.kind == "missing":
        message = f"`{exercise.name}` is not defined yet. {NOT_ATTEMPTED}"
        return _verdict(exercise, 0.0, message, hints=exercise.ladder(None), attempted=False)
    if problem := _unfit(exercise, seen):
        return _verdict(exercise, 0.0, problem)
    assert seen.first is not None
    if not seen.first.attempted:
        return _verdict(exercise, 0.0, NOT_ATTEMPTED, hints=exercise.ladder(None), attempted=False)
    if seen.library_call:
        message = f"Your code calls `{seen.library_call}`, which does the work of this exercise. "
        message += "Write the computation yourself."
        return _verdict(exercise, 0.0, message, name="library call", hints=exercise.ladder(None))
    core, finer = _judged(exercise, answer, cases)
    if not all(j.right for j in core):
        return _wrong(exercise, answer, core, finer, shrink)
    return _partial_or_right(exercise, seen, [*core, *finer()])


def on_public_cases(exercise: Exercise, answer: Answer) -> list[Judged]:
    """The answer on those public cases that tell one mistake from another; observed in one go."""
    return _telling(_judged(exercise, answer, [case for case in exercise.cases() if case.aspect == CORE])[0])


def _wrong(exercise: Exercise, answer: Answer, core: list[Judged], finer: Finer, shrink: bool) -> Verdict:
    mistake = _name(exercise, core, finer) or _unsteady(exercise, answer, core)
    failing = min((j for j in core if not j.right), key=lambda j: size(j.case.args))

    def fails(cases: list[Arguments]) -> list[bool]:
        pairs = [
            (_expected(exercise, args), o) for args, o in zip(cases, _obtained(exercise, answer, cases), strict=True)
        ]
        return [not agree(e, o, exercise.tolerance) for e, o in pairs]

    args = smallest(exercise, fails, failing.case.args) if shrink else failing.case.args
    expected, obtained = _expected(exercise, args), _obtained(exercise, answer, [args])[0]
    found = difference(expected, obtained, exercise.tolerance)
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
        counterexample(exercise, args, expected, obtained),
        hints,
    )


def _partial_or_right(exercise: Exercise, seen: Look, judged: list[Judged]) -> Verdict:
    missed: dict[str, tuple[str, Judged | None]] = {}
    for j in _counted([j for j in judged if not j.right]):
        if j.case.aspect not in missed:
            missed[j.case.aspect] = (aspects.sentence(exercise, j.case, j.obtained), j)
    if changed := [position for j in judged for position in j.obtained.mutated]:
        missed["mutation"] = (
            aspects.SENTENCES["mutation"].format(argument=f"`{exercise.label(changed[0])}`"),
            None,
        )
    if not all(j.obtained.lasting for j in judged):
        missed["lasting"] = (aspects.SENTENCES["lasting"], None)
    if seen.data:
        missed["globals"] = (aspects.SENTENCES["globals"].format(argument=f"`{seen.data}`"), None)
    if seen.first and not agree(
        _measured(exercise, seen.first, judged[0].case.args), judged[0].obtained, exercise.tolerance
    ):
        missed["repeatable"] = (aspects.SENTENCES["repeatable"], None)
    if not missed:
        return _verdict(exercise, 1.0, "")
    telling = _soonest(judged)
    mistake = next((m for m in exercise.misconceptions if _matches(exercise, m, telling)), None)
    aspect, (said, failed) = next(iter(missed.items()))
    found = difference(failed.expected, failed.obtained, exercise.tolerance) if failed else None
    message = " ".join([sentence for sentence, _ in missed.values()] + ([found.sentence] if found else []))
    return _verdict(
        exercise,
        0.5 ** len(missed),
        message,
        mistake.name if mistake else aspects.name(aspect, said),
        counterexample(exercise, failed.case.args, failed.expected, failed.obtained) if failed else None,
        exercise.ladder(mistake),
    )


def _counted(failed: list[Judged]) -> list[Judged]:
    """Those that cost: where an error leaves nothing to watch, it counts only if no other case has shown it."""
    counted: list[Judged] = []
    for j in sorted(failed, key=lambda j: aspects.shows_nothing(j.case, j.obtained)):
        told = j.obtained.error in {one.obtained.error for one in counted}
        if not (told and aspects.shows_nothing(j.case, j.obtained)):
            counted.append(j)
    return counted


def _name(exercise: Exercise, core: list[Judged], finer: Finer) -> Misconception | universal.Pattern | None:
    """The one misconception of the exercise that gives the same results on all telling cases; else a general pattern.

    Where two explain the answer equally well, the other cases decide; if these do not, neither is proven.
    """
    telling = _soonest(_telling(core))
    same = [m for m in exercise.misconceptions if _same(exercise, m, telling)]
    if not same:
        return universal.recognise(exercise, [j[:3] for j in core])
    if len(same) > 1:
        others = [j for j in (*core, *finer()) if not any(j is told for told in telling)]
        same = [m for m in same if _same(exercise, m, others)]
    return same[0] if len(same) == 1 else None


def _unsteady(exercise: Exercise, answer: Answer, core: list[Judged]) -> universal.Pattern | None:
    """Whether a wrong answer gives other results when it is asked the same a second time."""
    known = [j for j in core if agree(j.obtained, j.obtained, exercise.tolerance)]  # foreign objects equal nothing
    again = _obtained(exercise, answer, [j.case.args for j in known])
    steady = all(agree(j.obtained, second, exercise.tolerance) for j, second in zip(known, again, strict=True))
    return None if steady else universal.UNSTEADY


def fitting(exercise: Exercise, judged: list[Judged]) -> list[str]:
    """The names of the exercise's own mistakes that give the same results; where there are several, none is proven."""
    return [m.name for m in exercise.misconceptions if _same(exercise, m, judged)]


def _telling(core: list[Judged]) -> list[Judged]:
    """What an empty input gives, often an error, tells no mistake from another, unless all else is right."""
    telling = [j for j in core if universal.filled(j.expected.value)]
    return core if all(j.right for j in telling) else telling


def _soonest(judged: list[Judged]) -> list[Judged]:
    """The cases on which a mistake is compared, those first that exclude most mistakes in the least time."""
    return sorted(judged, key=lambda j: (j.right, size(j.case.args)))


def _same(exercise: Exercise, misconception: Misconception, judged: list[Judged]) -> bool:
    return all(agree(_wrong_way(exercise, misconception, j), j.obtained, exercise.tolerance) for j in judged)


def _matches(exercise: Exercise, misconception: Misconception, judged: list[Judged]) -> bool:
    """Whether a partly right misconception misses the same aspects in the same way."""
    ways = ((_wrong_way(exercise, misconception, j), j.obtained) for j in judged)
    return all(agree(a, b, exercise.tolerance) and bool(a.mutated) == bool(b.mutated) for a, b in ways)


def _wrong_way(exercise: Exercise, misconception: Misconception, judged: Judged) -> Observation:
    args = judged.case.args
    return _measured(exercise, observe(exercise.observe, misconception.candidate, args), args)


def _expected(exercise: Exercise, args: Arguments) -> Observation:
    expected = observe(exercise.observe, exercise.reference, args)
    if expected.error:
        failed = CheckFailedError(
            f"The check of {exercise.name} could not be done ({expected.raised}); this says nothing of your answer. "
            "Restart the kernel and run the cells again"
        )
        given = ", ".join(f"{name} = {value!r}" for name, value in exercise.named(args).items())
        failed.to_author = f"the reference raised {expected.raised} on {given[:300]}"
        raise failed
    found = _measured(exercise, expected, args)
    return replace(found, value=Facts(found.value)) if exercise.watched and type(found.value) is dict else found


def _obtained(exercise: Exercise, answer: Answer, cases: list[Arguments]) -> list[Observation]:
    found = answer.observe(exercise, cases)
    return [_measured(exercise, observation, args) for observation, args in zip(found, cases, strict=True)]


def _measured(exercise: Exercise, observation: Observation, args: Arguments) -> Observation:
    """What is compared; a value of a form that cannot be measured stays as it is, and is wrong."""
    if exercise.measure is None or observation.error is not None:
        return observation
    try:
        value = exercise.measure(observation.value, *args)
        return replace(observation, value=plain(value) if isinstance(value, set | frozenset) else value)
    except Exception:  # what an answer can be has no end: an infinite number, a text, a list in a list
        return observation


def _judged(exercise: Exercise, answer: Answer, cases: list[Case]) -> tuple[list[Judged], Finer]:
    """The answer on the cases of the values, and on the others when asked for: a wrong answer rarely needs these.

    The reference goes first, so that no import of its is on the answer's clock.
    """
    core, finer = [c for c in cases if c.aspect == CORE], [c for c in cases if c.aspect != CORE]
    expected = [_expected(exercise, case.args) for case in core]
    obtained = _obtained(exercise, answer, [case.args for case in (*core, *finer)])

    def compared(cases: list[Case], right: list[Observation], found: list[Observation]) -> list[Judged]:
        return [Judged(c, e, o, agree(e, o, exercise.tolerance)) for c, e, o in zip(cases, right, found, strict=True)]

    def others() -> list[Judged]:
        return compared(finer, [_expected(exercise, case.args) for case in finer], obtained[len(core) :])

    return compared(core, expected, obtained[: len(core)]), others


def _unfit(exercise: Exercise, seen: Look) -> str | None:
    """A sentence if the answer is of the wrong kind or does not take the stated arguments."""
    if seen.kind != exercise.kind:
        return f"`{exercise.name}` should be a {exercise.kind}, yours is {seen.described}."
    missing = [
        name for name in exercise.defaults if seen.signature and not re.search(rf"\b{name}\b|\*\*", seen.signature)
    ]
    if not seen.takes or (missing and exercise.kind == "function"):
        return f"`{exercise.name}` should be called as `{exercise.signature}`; yours takes `{seen.signature}`."
    return None


def _verdict(
    exercise: Exercise,
    score: float,
    message: str,
    name: str | None = None,
    example: Counterexample | None = None,
    hints: tuple[str, ...] = (),
    attempted: bool = True,
) -> Verdict:
    status = "right" if score == 1 else "partial" if score > 0 else "wrong" if attempted else "not attempted"
    return Verdict(exercise.name, score, status, message, exercise.points, name, example, hints)  # type: ignore[arg-type]
