"""Grading again without writing anything: which cells would get another score than the gradebook holds."""

from __future__ import annotations

from dataclasses import dataclass

from tplib.autograde.messages.grading import GradingResult

SAME = 1e-6  # points


@dataclass(frozen=True)
class Difference:
    """A cell whose automatic score is another now. None: no score, a human gives it."""

    student: str
    notebook: str
    cell: str
    before: float | None
    now: float | None

    def __str__(self) -> str:
        return (
            f"{self.student}, {self.notebook}.ipynb, {self.cell}: {shown(self.before)} in the gradebook, now "
            + shown(self.now)
        )


def shown(score: float | None) -> str:
    return "no score" if score is None else f"{score:g}"


Scores = dict[tuple[str, str], float | None]  # by notebook and cell


def differences(result: GradingResult, before: Scores) -> list[Difference]:
    """The cells of one submission whose score is another than `before`."""
    now: Scores = {
        (notebook, cell): score
        for notebook, scores in result.notebooks.items()
        for cell, (score, _) in scores.grades.items()
    }
    found = []
    for place in sorted(now.keys() | before.keys()):
        old, new = before.get(place), now.get(place)
        if (old is None) != (new is None) or (old is not None and new is not None and abs(old - new) > SAME):
            found.append(Difference(result.student, *place, old, new))
    return found
