"""course/schedule.md, the notebooks' sections and the registry say the same; and the code fits the page."""

import ast
import functools
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tplib.course.dialect import read_script
from tplib.course.layout import Course
from tplib.graders import exercises

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
PAGES = COURSE.pages() if any((ROOT / "course").glob("*/*.py")) else []
PLAN = ROOT / "course" / "schedule.md"
ROW = re.compile(r"^\| `(\w+)` \| (.*) \| (\d+) \| (.*) \| (\d+) \|$", re.MULTILINE)
SUM = re.compile(r"^\| \*\*together\*\* \| \| \*\*(\d+)\*\* \| \| \*\*(\d+)\*\* \|$", re.MULTILINE)
HEADING = re.compile(r"^(#{2,3}) (.*)$", re.MULTILINE)
NUMBERED, PROSE = re.compile(r"\d+[.)] "), re.compile(r"(?!\d+[.)] )\S")
WIDEST = 95  # characters that a code cell shows in a JupyterLab page of 1,280 pixels

pytestmark = pytest.mark.skipif(not PAGES, reason="course/ holds no notebook")
each_page = pytest.mark.parametrize("page", PAGES, ids=str)


def plan(assignment):
    """Notebook -> (exercises and minutes in the session, exercises and minutes at home), and the row of sums."""
    (section,) = (text for text in PLAN.read_text().split("\n## ") if text.startswith(assignment))
    rows = {
        notebook: ({*re.findall(r"`(\w+)`", now)} & names(), int(minutes), {*re.findall(r"`(\w+)`", later)}, int(more))
        for notebook, now, minutes, later, more in ROW.findall(section)
    }
    return rows, tuple(map(int, SUM.search(section).groups()))


def names():
    return {exercise.name for exercise in exercises()}


@functools.cache
def cells(page):
    """The notebook that the build makes of a script."""
    return read_script(
        COURSE.script(page).read_text(encoding="utf-8"), page.assignment, page.notebook, exercises()
    ).cells


def code_cells(page):
    """(source, whether it is for home): a section's mark holds for all that is in it."""
    section = part = False
    for cell in cells(page):
        if cell.cell_type == "code":
            yield cell.source, section or part
            continue
        for level, text in HEADING.findall(cell.source):
            marked = "at home" in text.lower()
            section, part = (marked, False) if level == "##" else (section, marked)


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_minutes_add_up_and_the_session_fits(assignment):
    rows, together = plan(assignment)
    assert list(rows) == [page.notebook for page in PAGES if page.assignment == assignment]
    assert together == (sum(row[1] for row in rows.values()), sum(row[3] for row in rows.values()))
    assert together[0] <= 175


@each_page
def test_notebook_plan_and_registry_agree(page):
    now, minutes, later, more = plan(page.assignment)[0][page.notebook]
    marked = {
        match[1]: home
        for source, home in code_cells(page)
        if (match := re.fullmatch(r'check\("(\w+)"\)', source.strip()))
    }
    assert now == {name for name, home in marked.items() if not home}
    assert later & names() >= {name for name, home in marked.items() if home}
    assert not later & now

    owned = [e for e in exercises() if (e.assignment, e.notebook) == (page.assignment, page.notebook)]
    assert {e.name: e.at_home for e in owned} == marked
    points = {e.name: e.points for e in owned}
    text = " ".join(word for cell in cells(page) if cell.cell_type == "markdown" for word in cell.source.split())
    assert f"**Time.** {minutes} minutes in the session, {more} at home." in text
    in_class = sum(points[name] for name in now)
    rest = sum(points.values()) - in_class
    assert f"{sum(points.values()):g} points" in text
    assert (f": {in_class:g} in the session, {rest:g} at home." if rest else ", all in the session.") in text


@each_page
def test_the_session_needs_no_answer_from_home(page):
    at_home = {name for source, home in code_cells(page) if home for name in defined(source)} & names()
    for source, home in code_cells(page):
        if not home:
            assert not at_home & used_at_once(source), source


def defined(source):
    return {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def used_at_once(source):
    """Names that a cell needs when it runs; what its functions need is known when they are called."""
    body = [node for node in ast.parse(source).body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return {node.id for statement in body for node in ast.walk(statement) if isinstance(node, ast.Name)}


@each_page
def test_no_line_of_code_is_wider_than_the_page(page):
    wide = [line for source, _ in code_cells(page) for line in source.splitlines() if len(line) > WIDEST]
    assert not wide


@each_page
def test_no_line_within_a_paragraph_reads_as_the_first_of_a_list(page):
    # Markdown makes a list of a line that begins with "1. ", wherever it stands.
    lines = [
        pair for cell in cells(page) if cell.cell_type == "markdown" for pair in pairwise(cell.source.splitlines())
    ]
    assert not [line for before, line in lines if NUMBERED.match(line) and PROSE.match(before)]
