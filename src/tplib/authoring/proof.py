"""Is the grader of an exercise right? Every listed wrong answer must be rejected and named, every right one accepted.

This is what the tests of tplib's own exercises hold, said in sentences to the author of an exercise.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tplib.errors import TplibError
from tplib.graders import course_folder
from tplib.graders.answer import LocalAnswer
from tplib.graders.compare import difference
from tplib.graders.exercise import CORE, Case, Exercise, Misconception
from tplib.graders.judge import fitting, judge, on_public_cases
from tplib.graders.observe import foreign_type, observe, plain
from tplib.graders.patience import SECONDS
from tplib.graders.slow import seconds_of_a_call, sentence
from tplib.graders.verdict import Verdict

DRAWS = 10
FEWEST = 3  # cases that count for the values
COMPARED = (
    "a result is a number, a text, None, an array, or a list, tuple, dictionary or set of these. Return that, or give "
    "with observe= what is compared"
)
EMPTY = {"", "..."}  # what stands in a skeleton's docstring


@dataclass(frozen=True)
class Fault:
    """What is wrong with a grader. kind: a word for it; sentence: what, where, and what to do; more: further lines."""

    kind: str
    sentence: str
    more: tuple[str, ...] = ()


def course_exercises(root: Path) -> list[Exercise]:
    """The exercises in the folder beside `root`'s nbgrader_config.py. TplibError where a file cannot be used."""
    course_folder.use_course(root)
    folder = course_folder.current()
    return [one for path in course_folder.files(folder) for one in course_folder.load(folder, path)] if folder else []


def prove(exercise: Exercise, draws: int = DRAWS) -> list[Fault]:
    """What is wrong with an exercise's grader, on the inputs of the notebook's check and on `draws` others."""
    if unfinished := [*_unfinished(exercise)]:
        return unfinished
    seeds: list[int | None] = [None, *range(1, draws + 1)]
    if (seconds := seconds_of_a_call(exercise)) * exercise.draws > SECONDS:
        return [Fault("slow", sentence(exercise, seconds))]
    if faults := [*_reference(exercise, seeds)]:
        return faults  # all else would follow from it
    return [*_oracles(exercise, seeds), *_right(exercise, seeds), *_wrong(exercise, seeds), *_thoughtless(exercise)]


def _unfinished(exercise: Exercise) -> Iterator[Fault]:
    """What a skeleton still lacks."""
    missing = [step for step in ("formula", "shapes", "worked") if getattr(exercise, step).strip() in EMPTY]
    if missing:
        where = place(exercise.reference)
        yield Fault("unfinished", f"the docstring {where} lacks what students read as hints: {', '.join(missing)}")
    if exercise.points <= 0:
        yield Fault("unfinished", f"it is worth {exercise.points:g} points: give it some with points=")
    for mistake in exercise.misconceptions:
        if mistake.question.strip() in EMPTY:
            yield Fault("unfinished", f"the mistake {mistake.name!r} {place(mistake.candidate)} has no question yet")
    if not exercise.misconceptions:
        yield Fault("unfinished", f"it names no mistake: add one with @{exercise.name}.mistake(...)")
    try:
        cases = list(exercise.cases())
    except Exception as error:
        yield Fault("unfinished", f"its inputs cannot be drawn ({type(error).__name__}: {error}): see `draw=`")
        return
    yield from _unsendable(exercise, cases)
    if cases and cases[0].args and not exercise.labels:
        text = "its inputs have no names, which students read beside a wrong result: give them with inputs=(...), one "
        yield Fault("unfinished", f"{text}for each argument that `draw` gives")
    core = [case for case in cases if case.aspect == CORE]
    if len(core) < FEWEST:
        few = f" (it draws {exercise.draws}: see draws=)" if exercise.draws < FEWEST else ""
        yield Fault("unfinished", f"only {len(core)} of its inputs give all arguments{few}: at least {FEWEST} should")
    answers = [("reference", exercise.reference)]
    answers += [(f"mistake {m.name!r}", m.candidate) for m in exercise.misconceptions]
    answers += [(f"alternative {answer.__name__}", answer) for answer in exercise.alternatives]
    for what, answer in answers if cases else ():
        if not observe(exercise.observe, answer, cases[0].args).attempted:
            yield Fault("unfinished", f"the {what} {place(answer)} is still to be written")


def _unsendable(exercise: Exercise, cases: Sequence[Case]) -> Iterator[Fault]:
    """Inputs that cannot reach the student's process at grading."""
    for case in cases:
        for position, value in enumerate(case.args):
            if kind := foreign_type(plain(value)):
                name = exercise.label(position)
                text = (
                    f"its input `{name}` holds an object of type {kind}, which cannot be sent to a student's answer at "
                )
                text += "grading: draw numbers, texts, arrays or collections of these, and make the object of them in "
                yield Fault("inputs", f"{text}observe= (a random generator: draw its seed)")
                return


def _reference(exercise: Exercise, seeds: Sequence[int | None]) -> Iterator[Fault]:
    for case in exercise.cases() if exercise.measure is None else ():
        if name := foreign_type(observe(exercise.observe, exercise.reference, case.args).value):
            text = f"the reference {place(exercise.reference)} gives an object of type {name}, which cannot be compared"
            yield Fault("reference", f"{text}: {COMPARED}")
            return
    for seed in seeds:
        try:
            verdict = judge(exercise, exercise.reference, seed, shrink=False)
        except TplibError as error:
            yield Fault(
                "reference", f"the reference {place(exercise.reference)} fails on {drawn(seed)}: {for_author(error)}"
            )
            return
        if verdict.status != "right":
            text = f"the reference {place(exercise.reference)} is not accepted by its own check on {drawn(seed)}"
            yield Fault("reference", text, told(verdict))
            return


def _oracles(exercise: Exercise, seeds: Sequence[int | None]) -> Iterator[Fault]:
    for oracle in exercise.oracles:
        for case in (case for seed in seeds for case in exercise.cases(seed)):
            truth = observe(exercise.observe, oracle, case.args)
            ours = observe(exercise.observe, exercise.reference, case.args)
            if found := difference(truth, ours, exercise.tolerance):
                given = ", ".join(f"{n} = {v!r}" for n, v in exercise.named(case.args).items())
                text = f"the reference is not what {oracle.__name__} {place(oracle)} gives"
                sentence = found.sentence.replace("Your code", "the reference").replace("yours", "the reference's")
                yield Fault("oracle", text, (given[:300], sentence))
                break


def _right(exercise: Exercise, seeds: Sequence[int | None]) -> Iterator[Fault]:
    for answer in exercise.alternatives:
        refused = [seed for seed in seeds if judge(exercise, answer, seed, shrink=False).score < 1]
        if refused:
            verdict = judge(exercise, answer, refused[0])
            text = f"the alternative {answer.__name__} {place(answer)} is refused on {among(refused, seeds)}: it earns "
            text += f"{verdict.earned}. Is it right? Then widen what is accepted (rtol=, measure=). Else take it out"
            yield Fault("refused", text, told(verdict))


def _wrong(exercise: Exercise, seeds: Sequence[int | None]) -> Iterator[Fault]:
    pairs: set[frozenset[str]] = set()
    for mistake in exercise.misconceptions:
        where = f"the mistake {mistake.name!r} {place(mistake.candidate)}"
        verdicts = {seed: judge(exercise, mistake.candidate, seed, shrink=False) for seed in seeds}
        accepted = [seed for seed, verdict in verdicts.items() if verdict.status == "right"]
        if accepted:
            text = f"{where} is accepted on {among(accepted, seeds)}: no input there tells it from the reference. "
            yield Fault("accepted", text + _against(exercise))
            continue
        if any(verdict.status == "not attempted" for verdict in verdicts.values()):
            yield Fault("not named", f"{where} counts as not attempted: it raises NotImplementedError")
            continue
        others = {
            seed: verdict.misconception for seed, verdict in verdicts.items() if verdict.misconception != mistake.name
        }
        if others:
            yield from _confused(exercise, mistake, where, others, seeds, pairs)


def _against(exercise: Exercise) -> str:
    """What to do about a mistake that is accepted."""
    results = [observe(exercise.observe, exercise.reference, case.args).value for case in exercise.cases()]
    if exercise.measure is None and all(value is None for value in results):
        return "Both return None, and what an answer prints is not compared: have it return what it prints"
    return "Draw wider, or add an input on which they differ with edges=(Case((...)),)"


def _confused(
    exercise: Exercise,
    mistake: Misconception,
    where: str,
    others: dict[int | None, str | None],
    seeds: Sequence[int | None],
    pairs: set[frozenset[str]],
) -> Iterator[Fault]:
    """Why a mistake is not called by its name: another one does the same, or something else explains it."""
    own = {one.name for one in exercise.misconceptions}
    alike = set(fitting(exercise, on_public_cases(exercise, LocalAnswer(mistake.candidate)))) - {mistake.name}
    alike |= {name for name in others.values() if name in own}
    for other in sorted(name for name in alike if name is not None):
        if (pair := frozenset((mistake.name, other))) not in pairs:
            pairs.add(pair)
            text = f"the mistakes {mistake.name!r} and {other!r} cannot be told apart on {among(list(others), seeds)}: "
            text += "neither is proven, and students get no name. Add an input on which they differ, or take one out"
            yield Fault("confused", text)
    if not alike:
        name = next(iter(others.values()))
        text = f"{where} is rejected on {among(list(others), seeds)}, but "
        text += f"called {name!r}" if name else f"not named: {_why_not(exercise, mistake)}"
        yield Fault("not named", text)


def _why_not(exercise: Exercise, mistake: Misconception) -> str:
    for case in exercise.cases():
        if name := foreign_type(observe(exercise.observe, mistake.candidate, case.args).value):
            return f"it returns an object of type {name}, and such objects cannot be compared. Take it out"
    return "it gives other results at each call, or errors of other kinds"


def _thoughtless(exercise: Exercise) -> Iterator[Fault]:
    """Answers that can be given without reading the exercise."""

    def always_one_half(*args: Any, **kwargs: Any) -> float:
        return 0.5

    def its_first_argument(*args: Any, **kwargs: Any) -> Any:
        return args[0] if args else None

    def untouched(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    for answer in (always_one_half, its_first_argument):
        if exercise.kind == "function" and judge(exercise, answer, shrink=False).score:
            name = answer.__name__.replace("_", " ")
            yield Fault("accepted", f"an answer that gives {name} earns points: its inputs are too few or too alike")
    candidate: Callable[..., Any] = untouched
    if exercise.kind == "class":
        candidate = type(exercise.name, (), {"__init__": untouched})
    if judge(exercise, candidate, shrink=False).status != "not attempted":
        text = "the released cell does not count as not attempted: does `observe=` catch NotImplementedError?"
        yield Fault("refused", text)


def for_author(error: TplibError) -> str:
    """What an error says to who wrote the exercise, not to a student."""
    return getattr(error, "to_author", "") or str(error)


def place(answer: Any) -> str:
    """Where an answer is written: `(exercises/describe.py, line 12)`."""
    try:
        code = inspect.unwrap(answer)
        path, line = inspect.getsourcefile(code), inspect.getsourcelines(code)[1]
    except (OSError, TypeError):
        return "(written elsewhere)"
    try:
        shown = Path(os.path.relpath(str(path))).as_posix()
    except ValueError:  # on another drive
        shown = str(path)
    return f"({path if shown.startswith('..') else shown}, line {line})"


def drawn(seed: int | None) -> str:
    return "the inputs of the notebook's check" if seed is None else f"draw {seed}"


def among(failing: Sequence[int | None], seeds: Sequence[int | None]) -> str:
    """On how many draws, and whether the notebook's check is one of them."""
    if len(failing) == len(seeds):
        return "every draw"
    notebook = "the notebook's check and " if None in failing and len(failing) > 1 else ""
    if list(failing) == [None]:
        return "the inputs of the notebook's check"
    return f"{notebook}{len(failing) - (None in failing)} of {len(seeds) - 1} draws"


def told(verdict: Verdict) -> tuple[str, ...]:
    """What a student would read: the message, then the input on which it fails."""
    lines = verdict.message.split("\n") if verdict.message else []
    for label, value in verdict.rows():
        lines += [f"{label}: {value}".replace("\n", "\n  ")]
    return tuple(line for text in lines for line in text.split("\n"))
