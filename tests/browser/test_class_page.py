"""The class page in Chromium: no request, no overflow, the keyboard, and nothing that axe-core objects to."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe import findings
from playwright.sync_api import Page
from synthetic_class import ASSIGNMENT, make_class

from tplib.autograde.reports.course_report import write_course_report

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach(found => { found.open = true })"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of a course with two assignments."""
    root = tmp_path_factory.mktemp("class") / "course"
    make_class(root, 15, notebooks=1)
    make_class(root, 15, notebooks=1, assignment="TP7-Another", seed=2)
    written = write_course_report(root)
    assert sorted(path.name for path in written.path.parent.iterdir()) == [
        f"{ASSIGNMENT}.html",
        "TP7-Another.html",
        "course.html",
    ]
    return [written.path, written.path.with_name(f"{ASSIGNMENT}.html")]


def test_nothing_to_object_to(pages: list[Path], page: Page, out: Path) -> None:
    asked: list[str] = []
    for path in pages:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.on("request", lambda request: asked.append(request.url))
            page.goto(path.as_uri())
            for width in (1400, 600, 320):
                page.set_viewport_size({"width": width, "height": 1300})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path.name, width)
                page.screenshot(path=out / f"{path.stem}-{scheme}-{width}.png")
            page.evaluate(OPEN_ALL)
            assert findings(page) == []
    assert set(asked) == {path.as_uri() for path in pages}


def test_the_keyboard_reaches_a_students_row(pages: list[Path], page: Page) -> None:
    page.goto(pages[1].as_uri())
    page.locator("dl.brief a[href^='#s']:not([href='#scores'])").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').tagName") == "TR"
    assert page.locator(":target").is_visible()
