"""One self-contained HTML page on a class's results."""

from __future__ import annotations

import datetime
import statistics
from pathlib import Path
from typing import Any, NamedTuple

from tplib.autograde.bridge.course import open_course, require_assignment
from tplib.autograde.bridge.patches import nbgrader_at_work
from tplib.autograde.reports.summary import STATUSES, Summary, summarise
from tplib.errors import TplibError
from tplib.files import READABLE, write_atomically

BINS = 10


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
    page = render(summary, course.directory.course_id)
    try:
        write_atomically(path, page.encode(), mode=READABLE)
    except OSError as error:
        raise TplibError(
            f"cannot write the report to {path} ({error.strerror}): choose another place with --output"
        ) from error
    return Report(path, summary)


def render(summary: Summary, course: str = "") -> str:
    """The page. The template escapes everything that comes from a submission."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tplib.autograde.reports", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:.2f}".rstrip("0").rstrip(".")
    scores = summary.scores
    return environment.get_template("report.html.j2").render(
        summary=summary,
        course=course,
        statuses=[status for status in STATUSES if any(exercise.counts[status] for exercise in summary.exercises)],
        slug=lambda status: status.replace(" ", "-"),
        histogram=histogram(scores, summary.max_score),
        mean=statistics.fmean(scores),
        median=statistics.median(scores),
        spread=statistics.stdev(scores) if len(scores) > 1 else 0.0,
        by_hand=sum(any(score.needs_manual for score in student.notebooks.values()) for student in summary.students),
        made=datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
    )


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
