"""JupyterLab on a free loopback port, and headless Chromium looking at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from serving import serve_release

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def out() -> Path:
    """Where screenshots are kept for the reader."""
    folder = Path(__file__).parent / "out"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1400})
        yield page
        browser.close()


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """URL (with token) of a JupyterLab that serves a copy of release/ in `tmp_path`."""
    with serve_release(tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def shared_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As `lab`, for all tests of a module."""
    with serve_release(tmp_path_factory.mktemp("lab")) as url:
        yield url
