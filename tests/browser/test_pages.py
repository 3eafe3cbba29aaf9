"""Feedback and the real form grader show a hostile notebook: nothing runs, nothing is asked for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import hostile
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect
from serving import serve_form_grader

from tplib.autograde.bridge.course import open_course
from tplib.autograde.coordinator.run import grade_assignment
from tplib.autograde.reports.feedback import write_feedback

pytestmark = pytest.mark.browser


CONFIG = """
from tplib.autograde.bridge.pages import configure
c = get_config()
c.CourseDirectory.course_id = "tiny"
configure(c)
"""
MATHJAX = "cdnjs.cloudflare.com"  # which the form grader's own template asks for
FORMULAS = r"""The slope for a weight $w_{ij} \in \mathbb{R}$ with $0 < \eta \le 1$:

$$\frac{\partial L}{\partial w_{ij}} = \sum_{k=1}^{K} \frac{\partial L}{\partial z_k} \,
\frac{\partial z_k}{\partial w_{ij}}, \qquad
\mathbf{W} = \begin{pmatrix} w_{11} & w_{12} \\ w_{21} & w_{22} \end{pmatrix}$$

\begin{align}
\mathrm{softmax}(\mathbf{z})_i &= \frac{e^{z_i}}{\sum_j e^{z_j}} \\
\hat{y} &= \arg\max_i z_i
\end{align}
"""


def marked(cell, grade_id, **flags):
    values = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **flags}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "cell_type": cell.cell_type, **values}
    return cell


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A graded course with one hostile submission."""
    root = tmp_path_factory.mktemp("served") / "course"
    notebook = new_notebook(
        cells=[
            new_markdown_cell(FORMULAS),
            marked(new_code_cell("x = 1"), "answer", solution=True),
            marked(
                new_code_cell("assert x\n### BEGIN HIDDEN TESTS\nassert x == 41.5\n### END HIDDEN TESTS"),
                "check-answer",
                grade=True,
                locked=True,
                points=2,
            ),
            marked(new_markdown_cell("Text."), "why", grade=True, solution=True, points=3),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    for folder in ("source/ps1", "submitted/ada/ps1"):
        (root / folder).mkdir(parents=True)
        nbformat.write(notebook, root / folder / "first.ipynb")
    (root / "nbgrader_config.py").write_text(CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))
        grade_assignment(open_course(root), "ps1", workers=1)
    path = root / "autograded/ada/ps1/first.ipynb"
    graded = nbformat.read(path, 4)
    hostile.infect(graded)
    path.chmod(0o644)
    path.write_text(json.dumps(graded))
    return root


def watch(page: Page, expected: str = "") -> tuple[list[str], list[str]]:
    """Requests to anywhere but the page's own server and the host `expected`, and dialogs."""
    asked, dialogs = [], []

    def route(route):
        url = urlsplit(route.request.url)
        if url.hostname == expected:
            route.abort()
        elif url.hostname == "127.0.0.1" or url.scheme in ("file", "data"):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", route)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    return asked, dialogs


def try_everything(page: Page) -> None:
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    for link in page.locator(".rendered_html a").all():
        assert link.get_attribute("href") is None or link.get_attribute("href").startswith(
            ("https://", "http://attacker")
        )
    page.wait_for_timeout(800)


def test_feedback_of_a_hostile_notebook(course, page, out):
    assert write_feedback(course, "ps1", workers=1).written == ["ada"]
    path = course / "feedback/ada/ps1/first.html"
    assert "41.5" not in path.read_text()
    asked, dialogs = watch(page)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    try_everything(page)
    assert page.evaluate("window.hacked") is None
    assert (asked, dialogs) == ([], [])
    assert not [text for text in refused if "script" in text]
    assert page.locator("img").count() >= 3  # the figures
    assert page.locator("span.ansi-red-fg").count() == 1
    formulas = page.locator(".rendered_html math:visible")
    assert formulas.count() >= 4
    top, bottom = (formulas.locator("mfrac").first.locator("> *").nth(i).bounding_box() for i in (0, 1))
    assert top["y"] + top["height"] <= bottom["y"] + 1  # a fraction, not a line of letters
    page.screenshot(path=out / "feedback.png")


@pytest.fixture(scope="module")
def form_grader(course) -> Iterator[str]:
    with serve_form_grader(course) as url:
        yield url


def gradebook(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "tiny")


def test_form_grader_shows_a_hostile_notebook(course, form_grader, page, out):
    with gradebook(course) as book:
        submission = book.find_submission_notebook("first", "ps1", "ada").id
    asked, dialogs = watch(page, MATHJAX)
    page.goto(form_grader.format(f"submissions/{submission}/"))
    try_everything(page)
    assert page.evaluate("window.hacked") is None
    assert (asked, dialogs) == ([], [])
    assert page.locator("#notebook-container").count()
    assert page.evaluate("submission_id") == submission
    assert page.locator("#why").count() == 1
    page.screenshot(path=out / "form_grader.png")


def test_mark_and_comment_given_in_the_form_grader_reach_the_student(course, form_grader, page, out):
    with gradebook(course) as book:
        submission = book.find_submission_notebook("first", "ps1", "ada").id
    watch(page, MATHJAX)
    page.goto(form_grader.format(f"submissions/{submission}/"))
    page.wait_for_function("formgrader.grades.loaded && formgrader.comments.loaded")
    expect(page.locator("#check-answer")).to_have_attribute("placeholder", "0")
    for field, text, kind in (("#why", "2.5", "grade"), ("#why-comment", "Well *said*.", "comment")):
        with page.expect_response(lambda response, kind=kind: f"/api/{kind}/" in response.url) as saved:
            page.locator(field).fill(text)
            page.locator(field).blur()
        assert (saved.value.request.method, saved.value.status) == ("PUT", 200)
    page.screenshot(path=out / "form_grader_marked.png")

    check_saved(course)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]))
        [result] = grade_assignment(open_course(course), "ps1", workers=1, force=True).results
    assert result.score == 2.5
    check_saved(course)

    page.goto(form_grader.format(f"submissions/{submission}/"))
    expect(page.locator("#why")).to_have_value("2.5")
    expect(page.locator("#why-comment")).to_have_value("Well *said*.")
    assert write_feedback(course, "ps1", workers=1).written == ["ada"]
    page.goto((course / "feedback/ada/ps1/first.html").as_uri())
    expect(page.get_by_text("(Score: 2.5 / 5)")).to_have_count(1)
    expect(page.locator("em", has_text="said")).to_be_visible()


def check_saved(course: Path) -> None:
    with gradebook(course) as book:
        grade = book.find_grade("why", "first", "ps1", "ada")
        assert (grade.manual_score, grade.score) == (2.5, 2.5)
        assert book.find_comment("why", "first", "ps1", "ada").comment == "Well *said*."
