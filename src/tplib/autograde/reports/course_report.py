"""The page on a whole course: its assignments side by side, who falls behind, which misconceptions come back."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tplib.autograde.bridge.course import Course, open_course
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.reports.attention import who_needs_help
from tplib.autograde.reports.report import anchors_of, render, weakest, write_page
from tplib.autograde.reports.results import Exercise, Misconception, Summary
from tplib.autograde.reports.summary import summarise
from tplib.autograde.reports.templates import environment
from tplib.autograde.reports.words import plural
from tplib.errors import TplibError
from tplib.sentences import proposed

FELL = 0.25  # of the points: so much less than in the assignments before is a reason
SHOWN = 20  # rows that are seen at once


class CourseReport(NamedTuple):
    path: Path
    summaries: list[Summary]


@dataclass(frozen=True)
class Row:
    """An assignment in the table."""

    summary: Summary
    link: str
    mean: float
    weakest: Exercise | None
    misconception: Misconception | None
    helped: int


@dataclass(frozen=True)
class Person:
    """A student over the course. shares: of the points of each assignment, None where nothing was handed in."""

    name: str
    full_name: str
    shares: tuple[float | None, ...]
    reasons: tuple[str, ...]

    @property
    def mean(self) -> float:
        """What was not handed in counts as 0."""
        return statistics.fmean(share or 0.0 for share in self.shares)


@dataclass(frozen=True)
class Returning:
    """A misconception of one name in several assignments, with how many held it in each."""

    name: str
    counts: tuple[int, ...]


def write_course_report(folder: Path, output: Path | None = None) -> CourseReport:
    """Write the page of the course, by default to reports/course.html, and beside it those of all assignments."""
    course = open_course(folder)
    path = (output or course.root / "reports" / "course.html").resolve()
    with nbgrader_at_work():
        summaries = [summarise(course, name) for name in graded_assignments(course)]
    if not summaries:
        first = proposed(course.root, "grade", "ASSIGNMENT")
        raise TplibError(f"nobody is graded in {course.root} yet: run `{first}` first")
    for summary in summaries:
        write_page(path.parent / f"{summary.assignment}.html", render(summary, course.directory.course_id))
    write_page(path, render_course(summaries, course.directory.course_id))
    return CourseReport(path, summaries)


def graded_assignments(course: Course) -> list[str]:
    """Those with a grade, in the order of their due dates, then of their names."""
    import nbgrader.api as api
    from sqlalchemy import select

    assignment, submission = api.Assignment.__table__, api.SubmittedAssignment.__table__
    with course.gradebook() as gradebook:
        used = set(gradebook.db.scalars(select(submission.c.assignment_id)))
        rows = [row for row in gradebook.db.execute(select(assignment)) if row.id in used]
    return [row.name for row in sorted(rows, key=lambda row: (row.duedate is None, row.duedate, row.name))]


def render_course(summaries: list[Summary], course: str = "") -> str:
    """The page on all assignments."""
    people = everybody(summaries)
    return (
        environment()
        .get_template("course.html.j2")
        .render(
            course=course,
            rows=[row_of(summary) for summary in summaries],
            people=people,
            helped=sorted((one for one in people if one.reasons), key=lambda one: (one.mean, one.name)),
            returning=returning(summaries),
            anchor=anchors_of([one.name for one in people]),
            shown=SHOWN,
        )
    )


def row_of(summary: Summary) -> Row:
    mean = statistics.fmean(summary.scores) / summary.max_score if summary.max_score else 0.0
    common = next((found for found in summary.misconceptions if len(found.holders) > 1), None)
    worst = next(iter(weakest(summary)), None)
    return Row(summary, f"{summary.assignment}.html", mean, worst, common, len(who_needs_help(summary)))


def everybody(summaries: list[Summary]) -> list[Person]:
    """All students of all assignments, by name."""
    shares: dict[str, list[float | None]] = {}
    names: dict[str, str] = {}
    help_in: dict[str, int] = {}
    for place, summary in enumerate(summaries):
        names |= summary.people
        for student in summary.students:
            row = shares.setdefault(student.name, [None] * len(summaries))
            row[place] = summary.share(student)
        for name in (*summary.missing, *summary.ungraded):
            shares.setdefault(name, [None] * len(summaries))
        for one in who_needs_help(summary):
            help_in[one.student.name] = help_in.get(one.student.name, 0) + 1
    return [
        Person(name, names.get(name, ""), tuple(row), reasons_of(row, help_in.get(name, 0)))
        for name, row in sorted(shares.items())
    ]


def reasons_of(shares: list[float | None], helped: int) -> tuple[str, ...]:
    """Why somebody may need help: work that is missing, a fall, or reasons in several assignments."""
    reasons = []
    if absent := sum(share is None for share in shares):
        reasons.append(f"handed in nothing in {absent} of {plural(len(shares), 'assignment')}")
    *before, last = shares
    earlier = [share for share in before if share is not None]
    if earlier and last is not None and statistics.fmean(earlier) - last >= FELL:
        reasons.append(f"{100 * last:.0f} % in the last, {100 * statistics.fmean(earlier):.0f} % before")
    if helped > 1:
        reasons.append(f"stands out in {helped} assignments")
    return tuple(reasons)


def returning(summaries: list[Summary]) -> list[Returning]:
    """Misconceptions of one name that somebody holds in more than one assignment, the most frequent first."""
    holders: dict[str, list[set[str]]] = {}
    for place, summary in enumerate(summaries):
        for found in summary.misconceptions:
            if found.holders:
                sets = holders.setdefault(found.title, [set() for _ in summaries])
                sets[place].update(found.holders)
    rows = [Returning(name, tuple(map(len, sets))) for name, sets in holders.items() if sum(map(bool, sets)) > 1]
    return sorted(rows, key=lambda row: (-sum(row.counts), row.name))
