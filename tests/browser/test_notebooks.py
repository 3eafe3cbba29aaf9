"""Three released notebooks as a student sees them who has run them down to the first exercises and answered nothing."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The last cell to run, by its beginning; how many figures there are until then, and which exercises.
NOTEBOOKS = {
    "TP5-HFData/1_datasets": ("rows = clear[:]", 1, ["class_balance"]),
    "TP6-TrainFFNN/3_backprop": ("with using_answers():", 1, ["Multiply", "Add", "Square"]),
    "TP6-TrainFFNN/5_generalise": ("with using_answers():", 1, ["EarlyStopping"]),
}
CELLS = "window.jupyterapp.shell.currentWidget.content.widgets"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_run_down_to_the_first_exercises(shared_lab: str, page: Page, out: Path, name: str) -> None:
    last, figures, exercises = NOTEBOOKS[name]
    page.goto(shared_lab.replace("/lab/", f"/lab/workspaces/{Path(name).name}/").format(f"{name}.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status == 'idle'", timeout=90_000
    )
    headings = page.locator(".jp-Notebook :is(h1, h2, h3)")
    expect(headings.first).to_be_visible()
    levels = [int(tag[1]) for tag in headings.evaluate_all("found => found.map(h => h.tagName)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    page.screenshot(path=out / f"{Path(name).name}_opened.png")

    end = page.evaluate(f"start => {CELLS}.findIndex(w => w.model.sharedModel.source.startsWith(start))", last) + 1
    page.evaluate("end => (window.jupyterapp.shell.currentWidget.content.activeCellIndex = end)", end)
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-above')")
    page.wait_for_function(
        f"end => {CELLS}.slice(0, end).every(w => w.model.type != 'code' || w.model.executionCount)",
        arg=end,
        timeout=90_000,
    )

    outputs = page.locator(".jp-OutputArea-output")
    expect(outputs.filter(has_text="Not attempted")).to_have_count(len(exercises))
    for exercise in exercises:
        verdict = page.locator(".jp-CodeCell", has_text=f'check("{exercise}")').locator(".jp-OutputArea-output")
        expect(verdict).to_contain_text("0 of")
    assert outputs.filter(has_text="Traceback").count() == 0
    assert page.locator(".jp-OutputArea-output:is([data-mime-type*='stderr'], [data-mime-type*='error'])").count() == 0
    pictures = page.locator(".jp-OutputArea-output img")
    expect(pictures).to_have_count(figures)
    for i in range(figures):
        assert pictures.nth(i).evaluate("image => image.naturalWidth > 300 && image.naturalHeight > 100")
    assert page.locator("mjx-merror, .MathJax_Error").count() == 0
    pictures.first.scroll_into_view_if_needed()
    page.screenshot(path=out / f"{Path(name).name}_figure.png")
    outputs.filter(has_text="Not attempted").last.scroll_into_view_if_needed()
    page.screenshot(path=out / f"{Path(name).name}_exercise.png")
    page.evaluate("window.jupyterapp.commands.execute('kernelmenu:shutdown')")
