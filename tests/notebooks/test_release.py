"""What is committed in `source/` and `release/`: up to date, and nothing in it that students should not see."""

import json
import shutil
import subprocess
from pathlib import Path

import jupytext
import nbformat
import pytest

from tplib.course.compare import check_course
from tplib.course.layout import Course
from tplib.graders import exercises

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)
PAGES = COURSE.pages() if any((ROOT / "course").glob("*/*.py")) else []
STUBS = {"# YOUR CODE HERE", "raise NotImplementedError", "YOUR ANSWER HERE"}

pytestmark = pytest.mark.skipif(not PAGES, reason="course/ holds no notebook")
each_page = pytest.mark.parametrize("page", PAGES, ids=str)


def committed(stage, page):
    return nbformat.read(COURSE.generated(stage, page), as_version=nbformat.NO_CONVERT)


def lines_of_script(page):
    """(shown, hidden): the lines of a percent script that students get, and those that they must not."""
    shown, hidden = set(), set()
    for cell in jupytext.reads(COURSE.script(page).read_text(encoding="utf-8"), fmt="py:percent").cells:
        written = "written" in cell.metadata.get("tags", []) and "BEGIN SOLUTION" not in cell.source
        inside = False
        for line in map(str.strip, cell.source.splitlines()):
            if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
                inside = "BEGIN SOLUTION" in line
            elif line:
                (hidden if inside or written else shown).add(line)
    return shown, hidden


def test_source_and_release_are_what_course_makes():
    assert check_course(ROOT, exercises()) == PAGES


@each_page
def test_release_holds_no_line_of_a_solution(page):
    shown = set.union(STUBS, *(lines_of_script(other)[0] for other in PAGES))
    hidden = lines_of_script(page)[1] - shown
    assert hidden, "the notebook has no solution at all"
    for other in PAGES:
        released = [line.strip() for cell in committed("release", other).cells for line in cell.source.splitlines()]
        leaked = hidden & set(released)
        leaked |= {line for line in hidden if len(line) > 24 and any(line in shown_line for shown_line in released)}
        assert not leaked, f"release/{other}.ipynb shows {sorted(leaked)} of course/{page}.py"


@each_page
def test_release_holds_no_marks_outputs_or_execution_counts(page):
    text = COURSE.generated("release", page).read_text(encoding="utf-8")
    for mark in ("BEGIN SOLUTION", "END SOLUTION", "MARK SCHEME", "HIDDEN TESTS"):
        assert mark not in text
    for cell in json.loads(text)["cells"]:
        assert not cell.get("outputs"), cell["id"]
        assert cell.get("execution_count") is None, cell["id"]


@each_page
def test_source_has_been_run_to_the_end(page):
    code = [cell for cell in committed("source", page).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


@each_page
@pytest.mark.parametrize("stage", ["source", "release"])
def test_points_in_the_cells_are_the_points_of_the_registry(page, stage):
    graded = {
        cell.metadata.nbgrader.grade_id.removeprefix("check-"): cell.metadata.nbgrader.points
        for cell in committed(stage, page).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
    }
    registry = {e.name: e.points for e in exercises() if (e.assignment, e.notebook) == (page.assignment, page.notebook)}
    assert graded == registry


@pytest.mark.parametrize("stage", ["source", "release"])
def test_every_cell_id_is_used_once_in_the_whole_course(stage):
    ids = [cell.id for page in PAGES for cell in committed(stage, page).cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("stage", ["source", "release"])
def test_there_is_no_stray_file(stage):
    expected = {COURSE.generated(stage, page).relative_to(ROOT).as_posix() for page in PAGES}
    for assignment in COURSE.assignments():
        expected |= {f"{stage}/{assignment}/{file.as_posix()}" for file in COURSE.supporting_files(assignment)}
    if stage == "source":  # with what the exercises were when their notebooks ran
        expected |= {f"source/.judged-by/{assignment}.json" for assignment in COURSE.assignments()}
    assert set(files_of(stage)) == expected


def files_of(stage):
    """What a clone would hold: git's files where there is git, else what is on the disk."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", stage]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        return [name for name in listed.split("\0") if name and (ROOT / name).exists()]
    return [path.relative_to(ROOT).as_posix() for path in (ROOT / stage).rglob("*") if path.is_file()]
