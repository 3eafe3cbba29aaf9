"""A student plays with every explorer by keyboard; a reader without a kernel sees pictures."""

from pathlib import Path

import nbformat
import pytest
from axe import findings
from playwright.sync_api import Locator, Page, expect

from tplib import plots
from tplib.plots.explore import skin

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
        expect(cell.locator("img.tp-still")).not_to_be_visible()
        cell.scroll_into_view_if_needed()
        handles = cell.locator(".noUi-handle")
        for i in range(handles.count()):
            before = picture.get_attribute("src")
            handles.nth(i).focus()
            lowest = handles.nth(i).get_attribute("aria-valuenow") == handles.nth(i).get_attribute("aria-valuemin")
            for _ in range(3):
                page.keyboard.press("ArrowRight" if lowest else "ArrowLeft")
            if i == 0:
                changed(picture, before)
        before = settled(picture)
        buttons = cell.locator(".widget-toggle-button:not(.mod-active)")
        if buttons.count():
            buttons.first.click()
            changed(picture, before)
        settled(picture)
        for i in range(handles.count()):
            row = cell.locator(".widget-slider").nth(i)
            expect(handles.nth(i)).to_have_attribute("aria-label", row.locator(".widget-label").inner_text())
            expect(handles.nth(i)).to_have_attribute("aria-valuetext", row.locator(".widget-readout").inner_text())
        expect(cell.locator(".widget-toggle-button.mod-active:not([aria-pressed=true])")).to_have_count(0)
        cell.locator(".jp-Cell-outputArea").screenshot(path=out / f"{name}.png")
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0
    assert findings(page, ".tp-explorer") == []
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("window.jupyterapp.commands.execute('kernelmenu:shutdown')")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel")
    page.reload()  # the next day, with a fresh kernel
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status == 'idle'", timeout=90_000
    )
    stills = page.locator("img.tp-still")
    expect(stills).to_have_count(len(NAMES))
    page.wait_for_function("document.body.textContent.includes('model not found')", timeout=20_000)
    for i in range(len(NAMES)):
        expect(stills.nth(i)).to_be_visible()
    expect(page.get_by_text("appear when you run this cell").locator("visible=true")).to_have_count(len(NAMES))
    expect(page.get_by_text("model not found").locator("visible=true")).to_have_count(0)
    page.screenshot(path=out / "explorers_reopened.png")


def settled(picture: Locator) -> str | None:
    """The picture once no more come: a redraw may wait behind others."""
    while True:
        before = picture.get_attribute("src")
        picture.page.wait_for_timeout(1500)
        if picture.get_attribute("src") == before:
            return before


def changed(picture: Locator, before: str | None) -> None:
    expect(picture).not_to_have_attribute("src", before or "", timeout=20_000)
    assert picture.get_attribute("alt")


def test_an_exported_page_shows_a_picture_without_a_kernel(
    page: Page, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbconvert import HTMLExporter

    monkeypatch.setattr(skin, "_has_kernel", lambda: True)
    outputs = [
        nbformat.v4.new_output("display_data", data, metadata=metadata)
        for data, metadata in plots.explore_race().outputs()
    ]
    cell = nbformat.v4.new_code_cell("plots.explore_race()", outputs=outputs, execution_count=1)
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page.context.set_offline(True)
    page.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")
    picture = page.locator("img[src^='data:image/png']")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 600
    picture.screenshot(path=out / "explore_race_exported.png")
