"""Three students' prose is marked in the real form grader: by clicks, by keys, and with the bank of comments."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe import findings
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect
from serving import serve_form_grader

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.marking.comments import read_comments
from tplib.autograde.reports.feedback import write_feedback

pytestmark = pytest.mark.browser

CONFIG = """
from tplib.autograde import enable
c = get_config()
c.CourseDirectory.course_id = "tiny"
enable(c)
"""
SCHEME = """The mean of $t$.

### BEGIN MARK SCHEME
- 0.5: the **mean** at each $x$.
- 0.5: the bell; 0.25 for "noise".
### END MARK SCHEME"""
QUESTIONS = ("why", "how", "what", "who", "where")
STUDENTS = ("ada", "bob", "cleo")
FORGED = """### BEGIN MARK SCHEME
- 1: every answer is right
### END MARK SCHEME

<script>window.hacked = 1</script><aside class="tplib-beside">full marks</aside>"""


def prose(text: str, name: str, points: float) -> nbformat.NotebookNode:
    marks = {"grade": True, "solution": True, "locked": False, "task": False, "points": points, "schema_version": 3}
    return new_markdown_cell(text, metadata={"nbgrader": {"grade_id": name, "cell_type": "markdown", **marks}})


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Two notebooks: five questions in the first, which all answer; nobody hands in the second but ada."""
    root = tmp_path_factory.mktemp("marked") / "course"
    for student in (None, *STUDENTS):
        answer = (lambda name: SCHEME) if student is None else (lambda name, by=student: f"{by}: {FORGED}, {name}")
        first = new_notebook(cells=[prose(answer(name), name, 2 if name == "how" else 1) for name in QUESTIONS])
        first.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        folder = root / ("source/ps1" if student is None else f"submitted/{student}/ps1")
        folder.mkdir(parents=True)
        nbformat.write(first, folder / "first.ipynb")
        if student in (None, "ada"):
            nbformat.write(new_notebook(cells=first.cells[:1], metadata=first.metadata), folder / "second.ipynb")
    (root / "submitted/bob/ps1/timestamp.txt").write_text("2026-10-30 10:00:00 UTC")
    (root / "nbgrader_config.py").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))
        with book(root) as gradebook:
            gradebook.add_assignment("ps1", duedate="2026-10-01 10:00:00 UTC")
            gradebook.add_student("dan")
        grade_assignment(open_course(root), "ps1", workers=1)
    return root


@pytest.fixture(scope="module")
def form_grader(course) -> Iterator[str]:
    with serve_form_grader(course) as url:
        yield url


def book(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "tiny")


def submissions(course: Path) -> list[tuple[str, str]]:
    """(id, student), in the form grader's order."""
    with book(course) as gradebook:
        return sorted((found.id, found.student.id) for found in gradebook.notebook_submissions("first", "ps1"))


def marks(course: Path) -> dict[tuple[str, str], float | None]:
    with book(course) as gradebook:
        return {
            (student, name): gradebook.find_grade(name, "first", "ps1", student).manual_score
            for student in STUDENTS
            for name in QUESTIONS
        }


def visit(page: Page, form_grader: str, path: str) -> None:
    """Open a page without the network, and wait until it has its marks and comments."""
    page.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
    page.goto(form_grader.format(path))
    if path.startswith("submissions"):
        expect(page.locator("body.tplib-ready")).to_be_visible(timeout=30_000)


def test_fifteen_answers_are_marked_by_clicks_and_by_keys(course, form_grader, page, out):
    (first, student), *others = submissions(course)
    visit(page, form_grader, f"submissions/{first}/")
    expect(page.locator("#tplib-left")).to_have_text("To be marked: 5 here, 15 in all")
    beside = page.locator(".nbgrader_cell", has=page.locator("#why")).locator(".tplib-beside").last
    expect(beside.locator("li").first).to_have_text("0.5: the mean at each x.")
    expect(beside.locator("math")).to_have_count(2)  # one in the model answer
    assert "every answer is right" not in beside.inner_text()
    page.screenshot(path=out / "marking.png")

    steps = page.locator(".nbgrader_cell", has=page.locator("#how")).locator(".tplib-steps button")
    assert steps.all_inner_texts() == ["0", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]
    page.get_by_label("go on after each mark").check()
    for name in QUESTIONS:  # one click each, and the last leads to the next student
        expect(page.locator(".tplib-current", has=page.locator(f"#{name}"))).to_be_visible()
        with page.expect_response(lambda answer: "/api/grade/" in answer.url):
            page.locator(".tplib-current").get_by_role("button", name="0.75").click()
    page.wait_for_url(f"**/{others[0][0]}/#mark=why")
    expect(page.locator("#tplib-left")).to_have_text("To be marked: 5 here, 10 in all")
    assert {marks(course)[student, name] for name in QUESTIONS} == {0.75}

    page.get_by_label("go on after each mark").uncheck()
    page.locator("#why").focus()
    for _ in range(len(QUESTIONS)):
        page.keyboard.type("0.5")
        page.keyboard.press("Enter")
        page.wait_for_function("$.active === 0")
        page.wait_for_timeout(50)
    page.wait_for_url(f"**/{others[1][0]}/#mark=why")
    assert {marks(course)[others[0][1], name] for name in QUESTIONS} == {0.5}

    expect(page.locator("#why")).to_be_focused()
    page.locator("select").select_option("question")
    page.keyboard.press("n")
    for name in QUESTIONS[1:]:
        expect(page.locator(f"#{name}")).to_be_focused()
        with page.expect_response(lambda answer: "/api/grade/" in answer.url):
            page.keyboard.press("f")
        page.keyboard.press("n")
    expect(page.locator("#why")).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url):
        page.keyboard.press("Enter")
    expect(page.locator("#tplib-left")).to_have_text("All answers are marked")
    last = {name: marks(course)[others[1][1], name] for name in QUESTIONS}
    assert last == {"why": 0.25, "how": 2, "what": 1, "who": 1, "where": 1}
    assert page.evaluate("window.hacked") is None


def test_a_comment_is_kept_in_the_bank_and_used_for_the_next_student(course, form_grader, page):
    (first, _), (second, other), *_ = submissions(course)
    text = "The *mean*, <b>not</b> the median.\n\nSee section 2."
    visit(page, form_grader, f"submissions/{first}/#mark=how")
    page.locator("#how-comment").fill(text)
    page.locator(".nbgrader_cell", has=page.locator("#how")).get_by_role("button", name="Keep comment for this").click()
    expect(page.locator("#tplib-told")).to_have_text("kept in marking_comments.md")
    kept = (course / "marking_comments.md").read_text()
    assert kept.endswith("## ps1, how\n\n- The *mean*, <b>not</b> the median.\n  See section 2.\n")
    (course / "marking_comments.md").write_text(kept.replace("\n## ps1", "\n- Well said.\n\n## ps1"))

    visit(page, form_grader, f"submissions/{second}/#mark=how")
    bank = page.locator(".nbgrader_cell", has=page.locator("#how")).locator(".tplib-bank")
    expect(bank.get_by_role("button").first).to_have_text("The *mean*, <b>not</b> the median.")
    for place in (0, 1):
        with page.expect_response(lambda answer: "/api/comment/" in answer.url):
            bank.get_by_role("button").nth(place).click()
    with book(course) as gradebook:
        said = gradebook.find_comment("how", "first", "ps1", other).manual_comment
    assert said == "The *mean*, <b>not</b> the median.\nSee section 2.\n\nWell said."
    with page.expect_response(lambda answer: "/api/comment/" in answer.url):
        bank.get_by_role("button", name="Well said.").click()
    expect(page.locator("#how-comment")).to_have_value("The *mean*, <b>not</b> the median.\nSee section 2.")
    expect(
        page.locator(".nbgrader_cell", has=page.locator("#why")).get_by_role("button", name="The *mean*")
    ).to_have_count(0)


def test_points_are_read_as_people_write_them_and_never_cut(course, form_grader, page):
    (first, student), *_ = submissions(course)
    visit(page, form_grader, f"submissions/{first}/#mark=how")
    refused = ("15", "-1", "half", "1,2,3")
    for typed, saved in (("1,5", 1.5), (" 0.25 ", 0.25), *((text, 0.25) for text in refused)):
        page.locator("#how").fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_function("$.active === 0")
        page.wait_for_timeout(50)
        assert marks(course)[student, "how"] == saved, typed
        if typed in refused:
            told = f"not saved: {typed} is not a number of points (0 to 2)"
            expect(page.locator("#tplib-told")).to_have_text(told)
            expect(page.locator("#how")).to_have_value("0.25")
    for key, saved in (("ArrowUp", 0.5), ("ArrowDown", 0.25)):
        page.locator("#how").focus()
        with page.expect_response(lambda answer: "/api/grade/" in answer.url):
            page.keyboard.press(key)
        assert marks(course)[student, "how"] == saved
    page.locator("#how_extra_credit").fill("0,5")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url):
        page.locator("#how_extra_credit").blur()
    with book(course) as gradebook:
        assert gradebook.find_grade("how", "first", "ps1", student).extra_credit == 0.5


def test_late_and_missing_work_is_listed_in_groups(course, form_grader, page, out):
    number = [student for _, student in submissions(course)].index("bob") + 1
    visit(page, form_grader, "gradebook/ps1/first")
    expect(page.locator(".tplib-lateness p")).to_have_text(
        [f"Late, after 2026-10-01 10:00 UTC (1): #{number} 29 days", "Handed in nothing (1): dan"]
    )
    page.screenshot(path=out / "lateness.png")
    visit(page, form_grader, "gradebook/ps1/second")
    expect(page.locator(".tplib-lateness p").nth(1)).to_have_text("Handed in without this notebook (2): bob, cleo")
    bob = next(found for found, student in submissions(course) if student == "bob")
    visit(page, form_grader, f"submissions/{bob}/")
    expect(page.locator(".tplib-bar .label")).to_have_text("late by 29 days")


def test_a_comment_without_words_is_refused_in_a_sentence(course, form_grader, page):
    visit(page, form_grader, f"submissions/{submissions(course)[0][0]}/")
    page.locator(".nbgrader_cell", has=page.locator("#who")).get_by_role("button", name="for every answer").click()
    expect(page.locator("#tplib-told")).to_contain_text("a comment for the bank has between 1 and 2000 characters")
    # Another site's page has the cookies of the browser, and not what nbgrader's own pages send with them.
    address = page.evaluate("new URL(base_url + '/api/tplib/comments', location).href")
    forged = page.request.post(address, data='{"comment": "from elsewhere"}')
    assert forged.status == 403
    assert "from elsewhere" not in str(read_comments(course))


def test_feedback_fits_narrow_windows_and_everybody_can_read_it(course, page, out):
    """Runs last: prose is partly marked, and one notebook of bob's is missing."""
    assert write_feedback(course, "ps1", workers=1).written == list(STUDENTS)
    for name in ("index", "first", "second"):
        for width in (600, 1400):
            context = page.context.browser.new_context(viewport={"width": width, "height": 1000}, bypass_csp=True)
            opened = context.new_page()
            opened.goto((course / f"feedback/bob/ps1/{name}.html").as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert findings(opened) == []
            assert opened.evaluate("document.documentElement.lang") == "en"
            opened.screenshot(path=out / f"feedback_{name}_{width}.png")
            context.close()
    page.goto((course / "feedback/bob/ps1/index.html").as_uri())
    expect(page.get_by_text("Handed in 29 days late (due 2026-10-01 10:00 UTC).")).to_be_visible()
    expect(page.locator("h1")).to_have_text("ps1: feedback for bob")
    expect(page.locator("h2").last).to_have_text("second: 0 / 1 (not handed in)")
    page.get_by_role("link", name="how").first.click()
    expect(page).to_have_url((course / "feedback/bob/ps1/first.html").as_uri() + "#how")
