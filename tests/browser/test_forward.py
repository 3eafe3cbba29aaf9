"""A student opens the released 1_forward, runs all cells, makes a mistake, reads about it, and gets it right."""

from pathlib import Path

import pytest
from axe import findings
from playwright.sync_api import Locator, Page, expect

from tplib.graders import exercises

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MISTAKE = """def softmax(scores):
    exps = np.exp(scores - scores.max())
    return exps / exps.sum()
"""
ANSWER = """def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)
"""


def test_run_all_then_answer(lab: str, page: Page, out: Path) -> None:
    page.goto(lab.format("TP6-TrainFFNN/1_forward.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status == 'idle'", timeout=90_000
    )

    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    panels = page.locator(".jp-OutputArea-output", has_text="Not attempted")
    expect(panels).to_have_count(sum(e.notebook == "1_forward" for e in exercises()), timeout=120_000)
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0
    panels.first.scroll_into_view_if_needed()
    page.screenshot(path=out / "1_forward_not_attempted.png")

    check = page.locator(".jp-CodeCell", has_text='check("softmax")')
    verdict = check.locator(".jp-OutputArea-output")
    write_answer(page, MISTAKE)
    expect(verdict).to_contain_text("Mistake: whole array", timeout=60_000)
    expect(verdict).to_contain_text("0 of 2 points")
    verdict.locator("summary", has_text="A hint").click()
    screenshot_of(page, check, out / "1_forward_wrong.png")

    write_answer(page, ANSWER)
    expect(verdict).to_contain_text("Right", timeout=60_000)
    expect(verdict).to_contain_text("2 of 2 points")
    screenshot_of(page, check, out / "1_forward_right.png")

    totals = verdict.locator("details", has_text="This notebook:").last
    expect(totals).to_contain_text("2 of 20 points (1 right, 15 not attempted)")
    totals.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(totals.locator("li")).to_have_count(16)
    assert findings(page, f"#{verdict_id(verdict)}") == []
    screenshot_of(page, check, out / "1_forward_totals.png")
    totals.get_by_role("link", name="relu", exact=True).click()
    expect(page.locator("h3", has_text="Exercise relu (")).to_be_in_viewport()

    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("window.jupyterapp.commands.execute('kernelmenu:shutdown')")
    page.reload()  # the next day: before anything runs, the saved notebook says where it stands
    stored = page.locator(".jp-CodeCell", has_text='check("softmax")').locator(".jp-OutputArea-output")
    expect(stored).to_contain_text("2 of 20 points (1 right, 15 not attempted)", timeout=90_000)


def verdict_id(verdict: Locator) -> str:
    """An id for axe-core to find this output by."""
    return str(verdict.evaluate("one => (one.id = 'looked-at')"))


def write_answer(page: Page, text: str) -> None:
    """Type an answer to softmax, run it, and run the check below it."""
    cell = page.locator(".jp-CodeCell", has_text="def softmax(scores)").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def screenshot_of(page: Page, check: Locator, path: Path) -> None:
    """A picture of the check with the answer above it."""
    check.scroll_into_view_if_needed()
    answer = page.locator(".jp-CodeCell", has_text="def softmax(scores)").first
    top, bottom = answer.bounding_box(), check.bounding_box()
    assert top is not None
    assert bottom is not None
    height = bottom["y"] + bottom["height"] - top["y"]
    page.screenshot(path=path, clip={"x": top["x"], "y": top["y"], "width": top["width"], "height": height})
