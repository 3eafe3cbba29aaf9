"""What a grading run gives: each student's scores and problems, for the table, the report and the next run."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tplib.autograde.coordinator.comparison import Difference
from tplib.autograde.messages.departures import Departure
from tplib.autograde.messages.problems import Problem
from tplib.autograde.notebook_files import load
from tplib.autograde.submissions.lateness import Lateness
from tplib.sentences import proposed

if TYPE_CHECKING:
    from nbgrader.api import SubmittedNotebook


@dataclass
class Score:
    """The points of a notebook. graded: whether it has been; else nothing in it waits for a human either.

    needs_manual: an answer waits for its mark. again: one changed after it was marked by hand; that mark counts.
    """

    score: float
    max_score: float
    needs_manual: bool = False
    graded: bool = True
    again: bool = False

    @classmethod
    def of(cls, notebook: SubmittedNotebook) -> Score:
        """The score of a submitted notebook in the gradebook, late penalty taken off."""
        score = notebook.score - (notebook.late_submission_penalty or 0.0)
        return cls(max(0.0, score), notebook.max_score, bool(notebook.needs_manual_grade))


@dataclass
class Graded:
    """One line of the table: a student's scores and problems, from this run or from an earlier one."""

    student: str
    state: str  # "graded", "already graded" or "failed"
    notebooks: dict[str, Score] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    departures: dict[str, list[Departure]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def score(self) -> float:
        return sum(score.score for score in self.notebooks.values())

    @property
    def max_score(self) -> float:
        return sum(score.max_score for score in self.notebooks.values())


NAMED = 4  # of those whose grading was cut off


@dataclass
class Run:
    """A grading run: what it graded, what it left, and what the instructor should know besides.

    forced: whether it was to grade again what was graded already. root: the course's folder. cut_off: whom it was
    grading when it was stopped.
    """

    assignment: str
    results: list[Graded]
    interrupted: bool = False
    left: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    different: list[Difference] = field(default_factory=list)
    lateness: Lateness = field(default_factory=Lateness)
    forced: bool = False
    root: Path = Path()
    cut_off: list[str] = field(default_factory=list)

    def proposed(self, *words: str) -> str:
        """A command on the course of this run, which can be typed as it is."""
        return proposed(self.root, *words)

    @property
    def stopped(self) -> str:
        """What to say of a run that was stopped: who is left, and how to go on."""
        alone = f"`{self.proposed('grade', self.assignment)}` without --force goes on"
        how = alone if self.forced else "the same command goes on"
        named, more = self.cut_off[:NAMED], len(self.cut_off) - NAMED
        who = ", ".join(named) + (f" and {more} more" if more > 0 else "")
        lost = f". Of {who}, whose grading had begun, nothing is kept" if named else ""
        return f"{self.left} are left: {how}{lost}"


def read_departures(path: Path) -> list[Departure]:
    """The cells of a graded notebook whose points plain nbgrader would give otherwise."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return [Departure.from_dict(values) for values in load(path).metadata["tplib"]["departures"]]
    return []


def read_problems(path: Path) -> list[Problem]:
    """The problems that a graded notebook carries."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        notebook = load(path)
        return [Problem.from_dict(values) for values in notebook.metadata["tplib"]["problems"]]
    return []
