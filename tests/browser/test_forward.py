"""A student opens the released 1_forward, runs all cells, writes one answer and sees it pass."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tplib.graders import exercises

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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

    cell = page.locator(".jp-CodeCell", has_text="def softmax(scores)").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ANSWER)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    check = page.locator(".jp-CodeCell", has_text='check("softmax")')
    expect(check.locator(".jp-OutputArea-output")).to_contain_text("Right", timeout=60_000)
    expect(check.locator(".jp-OutputArea-output")).to_contain_text("2 of 2 points")
    check.scroll_into_view_if_needed()
    page.screenshot(path=out / "1_forward_right.png")
