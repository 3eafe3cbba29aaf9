"""The site of `make book`: opened from the disk, without a request to the network, searched, and read by axe-core.

It takes minutes to build, so this is for TPLIB_LONG=1, after `make book`.
"""

import os
from pathlib import Path

import pytest
from axe import findings
from playwright.sync_api import Page, Request, Route

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "book" / "html"
PAGES = [
    "index.html",
    "coverage.html",
    "instructors.html",
    "grading.html",
    "glossary.html",
    "notation.html",
    "api-nn.html",
    "TP6-TrainFFNN/1_forward.html",
]
THEMES_OWN = {
    "region",
    "label-content-name-mismatch",
}  # of sphinx-book-theme: the title outside of its landmarks, its search button
CORNER = {"empty-table-header"}  # the corner of a table with titles above and at the left

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("TPLIB_LONG"), reason="TPLIB_LONG=1, after make book"),
]


@pytest.fixture
def requests(page: Page) -> list[str]:
    """What the page asks of anything but the disk; nothing of it is answered."""
    asked: list[str] = []

    def answer(route: Route, request: Request) -> None:
        if request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            asked.append(request.url)
            route.abort()

    page.route("**/*", answer)
    return asked


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_can_be_read_by_all(page: Page, requests: list[str], name: str, theme: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((SITE / name).as_uri(), wait_until="load")
    page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    assert [one for one in findings(page) if one.split(":")[0] not in THEMES_OWN | CORNER] == []
    assert (requests, errors) == ([], [])


def test_search_finds_pages_from_the_disk(page: Page, requests: list[str]) -> None:
    page.goto((SITE / "search.html").as_uri() + "?q=softmax", wait_until="load")
    page.wait_for_function("document.querySelectorAll('#search-results li').length > 3")
    assert "1_forward.html" in " ".join(
        link.get_attribute("href") or "" for link in page.locator("#search-results a").all()
    )
    assert requests == []
