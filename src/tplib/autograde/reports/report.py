"""One self-contained HTML page on a class's results."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tplib.autograde.bridge.course import open_course, require_assignment
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.reports.attention import by_hand, who_needs_help
from tplib.autograde.reports.results import STATUSES, Exercise, SharedProblem, Summary, shared_problems
from tplib.autograde.reports.summary import summarise
from tplib.autograde.reports.templates import environment
from tplib.autograde.reports.words import plural
from tplib.errors import TplibError
from tplib.files import READABLE, not_written, write_atomically

if TYPE_CHECKING:
    pass

BINS = 10
WEAK, WEAKEST = 0.6, 3  # exercises that earned less than this share of their points; how many stand at the top
SHOWN, UNNAMED_SHOWN = 15, 3  # rows and mistakes that are seen at once; the others unfold
SECTIONS = (
    ("scores", "Scores"),
    ("exercises", "Exercises"),
    ("misconceptions", "Misconceptions"),
    ("unnamed", "Mistakes that nobody listed"),
    ("help", "Who needs help"),
    ("by-hand", "To look at by hand"),
    ("alike", "Answers that are alike"),
    ("grading", "Grading"),
    ("students", "Every student"),
)


class Report(NamedTuple):
    path: Path
    summary: Summary


def write_report(folder: Path, assignment: str, output: Path | None = None) -> Report:
    """Write the report on `assignment`, by default to reports/ASSIGNMENT.html in the course folder."""
    course = open_course(folder)
    require_assignment(course, assignment)
    with nbgrader_at_work():
        summary = summarise(course, assignment)
    path = (output or course.root / "reports" / f"{assignment}.html").resolve()
    write_page(path, render(summary, course.directory.course_id))
    return Report(path, summary)


def write_page(path: Path, page: str) -> None:
    """Raises TplibError where it cannot be written."""
    try:
        write_atomically(path, page.encode(errors="replace"), mode=READABLE)
    except OSError as error:
        raise TplibError(f"the report {not_written(path, error, 'choose another place with --output')}") from error


def render(summary: Summary, course: str = "") -> str:
    """The page on one assignment."""
    scores = summary.scores
    mean = statistics.fmean(scores)
    waiting = by_hand(summary)
    held = [found for found in summary.misconceptions if found.holders]
    timed = sorted((student for student in summary.students if student.seconds), key=lambda one: -(one.seconds or 0.0))
    most_frequent: dict[tuple[str, str], Any] = {}
    for found in held:
        most_frequent.setdefault((found.notebook, found.exercise), found)
    return (
        environment(summary.zone)
        .get_template("class.html.j2")
        .render(
            summary=summary,
            course=course,
            sections=SECTIONS,
            anchor=anchors(summary),
            statuses=[status for status in STATUSES if any(exercise.counts[status] for exercise in summary.exercises)],
            histogram=histogram(scores, summary.max_score),
            mean=mean,
            median=statistics.median(scores),
            spread=statistics.stdev(scores) if len(scores) > 1 else 0.0,
            share=lambda score: f"{100 * score / summary.max_score if summary.max_score else 0:.0f}",
            by_notebook=by_notebook(summary),
            weakest=weakest(summary),
            weak_count=len(weak(summary)),
            weak_at=f"{100 * WEAK:.0f}",
            waiting=waiting,
            look_at=look_at(summary, sum(count for _, count in waiting)),
            helped=who_needs_help(summary),
            common=[found for found in held if len(found.holders) > 1],
            single=[found for found in held if len(found.holders) == 1],
            gone=[found for found in summary.misconceptions if not found.holders],
            several_attempts=any(len(student.scores) > 1 for student in summary.students),
            most_frequent=most_frequent,
            any_time=any(student.handed_in for student in summary.students),
            failures=failures(summary),
            problems=problems_by_kind(summary),
            timed=timed,
            usual_seconds=statistics.median(student.seconds or 0.0 for student in timed) if timed else 0.0,
            shown=SHOWN,
            unnamed_shown=UNNAMED_SHOWN,
        )
    )


def anchors(summary: Summary) -> Callable[[str], str]:
    return anchors_of([*(student.name for student in summary.students), *summary.missing, *summary.ungraded])


def anchors_of(names: list[str]) -> Callable[[str], str]:
    """What gives the id of a student's row: names may hold any character."""
    ids = {name: f"s{place}" for place, name in enumerate(names, start=1)}
    return lambda name: ids.get(name, "students")


def weakest(summary: Summary) -> list[Exercise]:
    """The exercises of which the class earned least, where that is little: the first of them."""
    return weak(summary)[:WEAKEST]


def weak(summary: Summary) -> list[Exercise]:
    """All of which the class earned little, the least first. What waits for a human or is not graded is no failure."""
    done = [exercise for exercise in summary.exercises if exercise.points and exercise.earned]
    done = [exercise for exercise in done if not exercise.counts["to grade by hand"]]
    return sorted((one for one in done if one.success < WEAK), key=lambda one: one.success)


def by_notebook(summary: Summary) -> list[tuple[str, float, float, int]]:
    """For each notebook the mean score, the greatest, and how many did not hand it in."""
    rows = []
    for name in summary.notebooks:
        scores = [student.notebooks[name] for student in summary.students if name in student.notebooks]
        scores = [score for score in scores if score.graded]
        cells = {exercise.name for exercise in summary.exercises if exercise.notebook == name}
        absent = sum(
            bool(cells) and all(student.statuses.get((name, cell)) == "not handed in" for cell in cells)
            for student in summary.students
        )
        if scores:
            rows.append((name, statistics.fmean(one.score for one in scores), scores[0].max_score, absent))
    return rows


def look_at(summary: Summary, waiting: int) -> list[tuple[str, str]]:
    """What needs the instructor's own eyes: a sentence, and the section that says more."""
    broken = [student for student in summary.students if any(not problem.repaired for problem in student.problems)]
    tampering = [student for student in summary.students if student.tampering]
    counts = (
        (waiting, "answer", "to mark", "by-hand"),
        (again(summary), "answer", "changed after the mark by hand, which counts until you look again", "by-hand"),
        (len(broken), "submission", "with problems", "problems"),
        (len(summary.failures), "submission", "that could not be graded", "by-hand"),
        (len(summary.graded_in_part), "submission", "of which notebooks are not graded yet", "ungraded"),
        (len(summary.ungraded), "submission", "without a grade yet", "ungraded"),
        (len(summary.changed), "submission", "handed in again since the last grading", "changed"),
        (len(summary.outdated), "submission", "graded by other tests or points than those of now", "outdated"),
        (len(tampering), "submission", "with signs of tampering", "conduct"),
        (len(summary.outside), "submission", "graded without a sandbox", "conduct"),
        (len(summary.like_groups), "group", "with answers alike", "alike"),
    )
    return [(f"{plural(count, thing)} {what}", target) for count, thing, what, target in counts if count]


def again(summary: Summary) -> int:
    """How many answers changed after they were marked by hand."""
    return sum(exercise.again for exercise in summary.exercises)


def failures(summary: Summary) -> list[tuple[str, list[str]]]:
    """Each reason once, with all whose grading failed for it."""
    found: dict[str, list[str]] = {}
    for student, reason in summary.failures.items():
        found.setdefault(reason, []).append(student)
    return sorted(found.items(), key=lambda item: -len(item[1]))


def problems_by_kind(summary: Summary) -> list[tuple[str, bool, int, list[SharedProblem]]]:
    """Each kind of problem with the number of students, and its problems; those that were not repaired first."""
    kinds: dict[tuple[str, bool], list[SharedProblem]] = {}
    for one in shared_problems(summary.students):
        kinds.setdefault((one.problem.kind, one.problem.repaired), []).append(one)
    rows = [
        (kind, repaired, len({student for one in ones for student in one.students}), ones)
        for (kind, repaired), ones in kinds.items()
    ]
    return sorted(rows, key=lambda row: (row[1], -row[2], row[0]))


def histogram(scores: list[float], max_score: float) -> list[dict[str, Any]]:
    """Bars of the score histogram: label, count and geometry in a 100 x 40 box."""
    counts = [0] * BINS
    for score in scores if max_score else []:
        counts[min(BINS - 1, max(0, int(BINS * score / max_score)))] += 1
    highest = max(counts) or 1
    width = 100 / BINS
    return [
        {
            "count": count,
            "low": max_score * number / BINS,
            "high": max_score * (number + 1) / BINS,
            "percent": 100 * number // BINS,
            "edge": number * width,
            "x": number * width + 0.5,
            "width": width - 1,
            "height": 34 * count / highest,
            "y": 40 - 34 * count / highest,
        }
        for number, count in enumerate(counts)
    ]
