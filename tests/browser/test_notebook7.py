"""What docs/editors.md says of Notebook 7. Only with TPLIB_LONG=1: all but its frame is JupyterLab's code."""

import os
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest
from axe import findings
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("TPLIB_LONG"), reason="only with TPLIB_LONG=1"),
]

FIRST = """from tplib.graders import check
from tplib import plots
import numpy as np
import matplotlib.pyplot as plt
def relu(x):
    return np.abs(x)"""


def test_checks_totals_explorers_and_figures(lab: str, page: Page, out: Path, tmp_path: Path) -> None:
    text = "\n\n".join(["# A notebook", "## A part", "### Exercise `relu` (1 point)", *["text"] * 60])
    sources = [FIRST, 'check("relu")', "plots.explore_activation()", "plt.plot([1, 2, 3], label='loss');"]
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(text), *map(v4.new_code_cell, sources)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "work" / "n.ipynb")
    page.goto(lab.replace("/lab/tree/", "/notebooks/").format("n.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'", timeout=90_000
    )
    for place in range(1, 1 + len(sources)):
        cell = page.locator(".jp-Cell").nth(place)
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        expect(cell.locator(".jp-InputPrompt")).to_have_text(f"[{place}]:", timeout=60_000)
    handle = page.locator(".noUi-handle").first
    expect(handle).to_have_attribute("aria-label", "input x", timeout=90_000)
    expect(handle).to_have_attribute("aria-valuetext", "1.00")
    expect(page.locator("[role=group]").first).to_contain_text("absolute value")
    expect(page.get_by_alt_text("loss: from 1 at 0 to 3 at 2.")).to_be_visible(timeout=60_000)
    assert findings(page, ".jp-OutputArea-output") == []
    totals = page.locator("details", has_text="This notebook:").last
    totals.locator("summary").click()
    totals.get_by_role("link", name="relu", exact=True).click()
    expect(page.locator("h3", has_text="Exercise relu (")).to_be_in_viewport()
    page.screenshot(path=out / "notebook7.png")
