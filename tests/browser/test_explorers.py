"""A student plays with every explorer by keyboard; a reader without a kernel sees pictures."""

import base64
from pathlib import Path

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from playwright.sync_api import Locator, Page, expect

from tplib import plots

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = [name for name in plots.__all__ if name.startswith("explore_")]


def test_every_slider_and_button_changes_the_picture(lab: str, page: Page, out: Path, tmp_path: Path) -> None:
    new = nbformat.v4.new_code_cell
    cells = [new("from tplib import plots"), *(new(f"plots.{name}()") for name in NAMES)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "work" / "explorers.ipynb")
    page.goto(lab.format("explorers.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status == 'idle'", timeout=90_000
    )
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    for name in NAMES:
        cell = page.locator(".jp-CodeCell", has_text=f"plots.{name}()")
        picture = cell.locator(".widget-html img")
        expect(picture).to_have_count(1, timeout=60_000)
        assert cell.locator(".jp-OutputArea-output .jp-RenderedImage").count() == 0  # the still one is not shown
        cell.scroll_into_view_if_needed()
        handles = cell.locator(".noUi-handle")
        for i in range(handles.count()):
            before = picture.get_attribute("src")
            handles.nth(i).focus()
            for _ in range(3):
                page.keyboard.press("ArrowLeft")
            if i == 0:
                changed(picture, before)
        before = picture.get_attribute("src")
        buttons = cell.locator(".widget-toggle-button:not(.mod-active)")
        if buttons.count():
            buttons.first.click()
            changed(picture, before)
        page.wait_for_timeout(1000)  # for the screenshot: the last picture has come
        cell.locator(".jp-Cell-outputArea").screenshot(path=out / f"{name}.png")
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0


def changed(picture: Locator, before: str | None) -> None:
    expect(picture).not_to_have_attribute("src", before or "", timeout=20_000)
    assert picture.get_attribute("alt")


def test_an_exported_page_shows_a_picture_without_a_kernel(page: Page, out: Path, tmp_path: Path) -> None:
    from nbconvert import HTMLExporter

    data, metadata = DisplayFormatter().format(plots.explore_race())
    data["image/png"] = base64.b64encode(data["image/png"]).decode()
    data["application/vnd.jupyter.widget-view+json"] = {"version_major": 2, "version_minor": 0, "model_id": "gone"}
    output = nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)
    cell = nbformat.v4.new_code_cell("plots.explore_race()", outputs=[output], execution_count=1)
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page.context.set_offline(True)
    page.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")
    picture = page.locator("img[src^='data:image/png']")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 600
    picture.screenshot(path=out / "explore_race_exported.png")
