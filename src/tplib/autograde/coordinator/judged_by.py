"""By which state of the exercises each student's answers were judged: a changed one is told."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterable
from pathlib import Path

from tplib.autograde.coordinator.secret import FOLDER
from tplib.autograde.messages.grading import SubmissionTask
from tplib.autograde.messages.plan import NotebookPlan
from tplib.graders.sources import fingerprints, origin
from tplib.sentences import proposed


class JudgedBy:
    """For each student and exercise, a fingerprint of the exercise as it was at the last grading.

    It lies beside the journal, one line an entry; of an exercise a student's last entry counts. Where it is lost,
    nothing is told. plans: of the notebooks that are graded; without them it tells of all that was judged.
    """

    def __init__(self, root: Path, assignment: str, plans: dict[str, NotebookPlan]) -> None:
        self.root, self.assignment, self.plans = root, assignment, plans
        self.path = root / FOLDER / "judged-by" / f"{assignment}.jsonl"
        self.known: dict[str, dict[str, str]] = {}
        self.under_way: dict[str, dict[str, str]] = {}
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError), self.path.open("rb") as lines:
            for line in lines:
                student, found = json.loads(line)
                self.known.setdefault(student, {}).update(found)

    @functools.cached_property
    def now(self) -> dict[str, str]:
        """The fingerprints of the exercises as they are when the first one is asked for: workers start meanwhile."""
        names = {name for plan in self.plans.values() for name in plan.checks.values()}
        return fingerprints(names if self.plans else {name for was in self.known.values() for name in was})

    def begin(self, task: SubmissionTask) -> None:
        """Note which exercises are judged of a submission."""
        judged = {
            exercise
            for name, plan in task.chosen(self.plans).items()
            for cell, exercise in plan.checks.items()
            if cell not in task.kept.get(name, {})
        }
        self.under_way[task.student] = {name: self.now[name] for name in sorted(judged & self.now.keys())}

    def enter(self, student: str) -> None:
        """Note that they were judged. Raises OSError."""
        found, known = self.under_way.pop(student, {}), self.known.setdefault(student, {})
        if found.items() <= known.items():
            return
        known |= found
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([student, found]) + "\n")

    def sentences(self, students: Iterable[str]) -> list[str]:
        """What the instructor should know of exercises that have changed since these students were graded."""
        known = [self.known.get(student, {}) for student in students]
        counts = {name: sum(was.get(name, now) != now for was in known) for name, now in self.now.items()}
        changed = {name: count for name, count in sorted(counts.items()) if count}
        if not changed:
            return []
        told = ", ".join(f"{name} ({count} student{'' if count == 1 else 's'})" for name, count in changed.items())
        places = sorted({origin(name) for name in changed})
        options = [word for name in changed for word in ("--only", name)]
        again = proposed(self.root, "grade", self.assignment, *options)
        return [
            f"{' and '.join(places)} {'have' if len(places) > 1 else 'has'} changed since these answers were judged: "
            f"{told}. Their grades are of before. `{again}` judges them anew, and nothing else."
        ]
