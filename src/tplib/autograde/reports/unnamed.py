"""Mistakes that nobody listed: wrong answers without a name, grouped by what they do on the public cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tplib.autograde.reports.paste import Paste, defines, paste, shown, visible
from tplib.errors import TplibError
from tplib.graders import registry
from tplib.graders.behaviour import read, same_mistake, unnameable
from tplib.graders.exercise import Exercise
from tplib.graders.observe import Observation

Rows = tuple[tuple[str, str], ...]  # of a counter-example: what it is, its value


@dataclass(frozen=True)
class WrongAnswer:
    student: str
    source: str
    does: list[Observation]
    rows: Rows = ()
    fitting: tuple[str, ...] = ()
    unnameable: str = ""


@dataclass(frozen=True)
class Mistake:
    """What one or more students do; `answer` and `paste` are the shortest of their answers.

    fitting: the exercise's own mistakes that do the same; where there are several, none of them is proven.
    unnameable: the type of an object that they return, where it cannot be compared: then there is nothing to paste.
    """

    notebook: str
    exercise: str
    students: tuple[str, ...]
    answer: str
    rows: Rows
    paste: Paste | None = None
    fitting: tuple[str, ...] = ()
    unnameable: str = ""


@dataclass(frozen=True)
class Unnamed:
    """Mistakes that two or more share, the most frequent first; those of one student; how many cannot be compared."""

    shared: list[Mistake] = field(default_factory=list)
    alone: list[Mistake] = field(default_factory=list)
    not_compared: int = 0


Same = Callable[[list[Observation], list[Observation]], bool]


def group(answers: Iterable[WrongAnswer], name: str, same: Same) -> list[list[WrongAnswer]]:
    """Groups of answers to the exercise `name` that do the same, the largest first; in each, the shortest answer first.

    Equality within a tolerance does not carry on from one answer to the next, so a group is all that equals its first
    answer: from the shortest to the longest, each joins the first group whose first answer does what it does.
    """
    groups: list[list[WrongAnswer]] = []
    for answer in sorted(answers, key=lambda found: shortness(found, name)):
        for found in groups:
            if same(found[0].does, answer.does):
                found.append(answer)
                break
        else:
            groups.append([answer])
    return sorted(groups, key=lambda found: -len(found))


def shortness(answer: WrongAnswer, name: str) -> tuple[bool, int, str, str]:
    """A cell that does not hold the answer (its student moved it) comes after all that do."""
    return not defines(answer.source, name), len(answer.source), answer.source, answer.student


class Collector:
    """Takes every student's verdicts and tells afterwards which mistakes without a name they share."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], list[WrongAnswer]] = defaultdict(list)
        self.not_compared = 0

    def add(self, student: str, notebook: str, verdict: dict[str, Any], source: str) -> None:
        """Take a verdict that was made outside of the student's process; only wrong ones without a name count."""
        if verdict.get("status") != "wrong" or verdict.get("misconception"):
            return
        try:
            does = read(verdict["behaviour"])
            rows = tuple((visible(str(label)), visible(str(value))) for label, value in verdict["counterexample"])
            fitting = tuple(map(str, verdict["fitting"]))
            other = visible(unnameable(verdict["behaviour"]))
        except (KeyError, TypeError, ValueError):
            self.not_compared += 1
            return
        answer = WrongAnswer(student, source, does, rows, fitting, other)
        self.answers[notebook, str(verdict.get("exercise"))].append(answer)

    def unnamed(self) -> Unnamed:
        mistakes, not_compared = [], self.not_compared
        for (notebook, name), answers in sorted(self.answers.items()):
            try:
                exercise = registry.find(name)
            except TplibError:
                not_compared += len(answers)
                continue
            mistakes += mistakes_in(notebook, exercise, answers)
        mistakes.sort(key=lambda found: -len(found.students))
        shared = [found for found in mistakes if len(found.students) > 1]
        return Unnamed(shared, mistakes[len(shared) :], not_compared)


def mistakes_in(notebook: str, exercise: Exercise, answers: list[WrongAnswer]) -> list[Mistake]:
    def same(shown_does: list[Observation], does: list[Observation]) -> bool:
        return same_mistake(exercise, shown_does, does)

    return [
        Mistake(
            notebook,
            exercise.name,
            tuple(sorted(answer.student for answer in found)),
            shown(found[0].source),
            min((answer.rows for answer in found), key=length),
            None if found[0].unnameable else paste(exercise, found[0].source),
            found[0].fitting,
            found[0].unnameable,
        )
        for found in group(answers, exercise.name, same)
    ]


def length(rows: Rows) -> tuple[int, Rows]:
    return sum(len(value) for _, value in rows), rows
