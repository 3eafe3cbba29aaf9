"""axe-core (rules of WCAG 2.2 and best practices) finds nothing in what we show: verdicts, totals, pictures."""

from functools import partial
from pathlib import Path
from typing import Any

import nbformat.v4 as v4
import numpy as np
import pytest
from axe import findings
from nbconvert import HTMLExporter
from playwright.sync_api import Page

from tplib import plots
from tplib.course.additions import title
from tplib.graders import grade, registry
from tplib.graders.notebook import Checked
from tplib.graders.progress import progress_html
from tplib.graders.record import Record
from tplib.graders.verdict import Counterexample, Verdict
from tplib.plots.explore import skin

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def softmax(scores: Any, stable: bool = True, axis: int | None = -1) -> Any:
    exps = np.exp(scores - scores.max(axis, keepdims=True) * stable)
    return exps / exps.sum(axis, keepdims=True)


def fails(scores: Any) -> Any:
    raise ValueError("too <large>")


def verdicts() -> list[Verdict]:
    """One of each kind."""
    answers = [softmax, partial(softmax, stable=False), partial(softmax, axis=None), fails, None]
    matrix, large = np.arange(12.0).reshape(3, 4), np.arange(400.0).reshape(20, 20)
    wrong = matrix + 1e-5 * (matrix == 6)
    examples = [
        Counterexample({"x": matrix}, matrix, wrong),
        Counterexample({"x": 3}, large, large.T),
        Counterexample({"text": "a b"}, ["a", "b"], ["a", "c"]),
        Counterexample({"n": 3}, 1.0, 1.0 + 1e-9),
        Counterexample({"x": matrix}, (np.ones(2), matrix), (np.ones(2), wrong)),
    ]
    shown = [grade("softmax", answer) for answer in answers]
    shown += [Verdict("example", 0, "wrong", "See `below`.", 1, None, one, ("A hint.",)) for one in examples]
    assert {verdict.status for verdict in shown} == {"right", "partial", "wrong", "not attempted"}
    return shown


def exported(folder: Path, theme: str) -> Path:
    """An exported page with all kinds of verdicts, the totals, and an explorer without a kernel."""
    shown = verdicts()
    beside = registry.beside(registry.find("softmax"))
    below = progress_html(beside, {"softmax": shown[0].as_dict(), "relu": shown[2].as_dict() | {"checks": 3}})
    bundles = [Checked(verdict)._repr_mimebundle_() for verdict in shown]
    bundles += [Checked(shown[0], Record(1), below)._repr_mimebundle_(), plots.explore_race().outputs()[0][0]]
    cells = [v4.new_markdown_cell("\n\n".join(["# Verdicts", "## All", *map(title, beside)]))]
    cells += [v4.new_code_cell("check()", outputs=[v4.new_output("display_data", data)]) for data in bundles]
    exporter = HTMLExporter(theme=theme, mathjax_url="", require_js_url="", jquery_url="")
    html, _ = exporter.from_notebook_node(v4.new_notebook(cells=cells))
    path = folder / f"{theme}.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_exported_page(page: Page, out: Path, tmp_path: Path, theme: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(skin, "_has_kernel", lambda: True)
    page.context.set_offline(True)
    page.set_viewport_size({"width": 600, "height": 900})
    page.goto(exported(tmp_path, theme).as_uri(), wait_until="domcontentloaded")
    page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    assert findings(page, ".jp-OutputArea-output") == []
    fonts = page.locator("[role=group] pre code").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fontFamily)"
    )
    assert set(fonts) == {"monospace"}
    picture = page.locator("img.tp-still")
    measures = picture.evaluate("one => [one.naturalWidth / one.naturalHeight, one.width / one.height, one.width]")
    assert measures[0] == pytest.approx(measures[1], abs=0.03)  # not squashed
    assert measures[2] < 600
    page.screenshot(path=out / f"verdicts_{theme}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_site_if_it_is_built(page: Page, scheme: Any) -> None:
    """`make book`: the text of a notebook's page, with its outputs."""
    site = Path(__file__).parents[2] / "build" / "book" / "html" / "TP6-TrainFFNN" / "1_forward.html"
    if not site.exists():
        pytest.skip("needs `make book`")
    page.context.set_offline(True)
    page.emulate_media(color_scheme=scheme)
    page.goto(site.as_uri(), wait_until="domcontentloaded")
    assert findings(page, "article") == []
    assert page.locator("article img:not([alt]), article img[alt='']").count() == 0
