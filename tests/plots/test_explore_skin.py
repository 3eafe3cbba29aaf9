"""How an explorer reaches a notebook: with a kernel, without one, and when its picture cannot be drawn."""

import base64
import subprocess
import sys
from typing import Any

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter

from tplib import plots
from tplib.plots.explore import Explorer, skin

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
BROKEN = """
from matplotlib.figure import Figure
from tplib.plots.explore import Explorer
from tplib.plots.explore.skin import slider
def draw(x):
    if x > worst:
        raise ZeroDivisionError("no picture")
    return Figure((1, 1)), f"x is {x}."
worst = 1
"""


def broken_above(worst: float) -> Any:
    from matplotlib.figure import Figure

    def draw(x: float) -> Any:
        if x > worst:
            raise ZeroDivisionError("no <picture>")
        return Figure((1, 1)), f"x is {x:g}."

    return Explorer("broken", {"x": skin.slider("x", [0, 1, 2], 0)}, draw)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skin, "_has_kernel", lambda: True)


def test_without_a_kernel_the_output_is_a_picture_and_words() -> None:
    explorer = plots.explore_activation()
    data, metadata = DisplayFormatter().format(explorer)
    assert explorer.widget is None
    assert set(data) == {"text/plain", "image/png"}
    assert data["image/png"] == explorer.png
    assert data["text/plain"] == explorer.words == metadata["image/png"]["alt"]


def test_a_shell_without_a_kernel_loads_no_widgets_and_warns_of_nothing() -> None:
    code = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
result = shell.run_cell("from tplib import plots\\nplots.explore_activation()")
result.raise_error()
data, _ = shell.display_formatter.format(result.result)
assert set(data) == {"text/plain", "image/png"}, set(data)
assert "ipywidgets" not in sys.modules and "matplotlib.pyplot" not in sys.modules
"""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_with_a_kernel_the_output_holds_widget_and_first_picture(kernel: None) -> None:
    explorer = plots.explore_descent()
    first = explorer.png
    slider = explorer._inputs["lr"]
    assert not slider.continuous_update
    slider.value = 0.3
    (still, sizes), (view, _) = explorer.outputs()
    assert view[WIDGET_VIEW]["model_id"] == explorer.widget.model_id
    assert still["image/png"] == base64.b64encode(first).decode()
    assert still["image/png"] in still["text/html"]
    assert still["text/plain"] == sizes["image/png"]["alt"] == view["text/plain"]
    assert explorer.png != first
    assert base64.b64encode(explorer.png).decode() in explorer._view.value
    assert explorer.words in explorer._view.value
    explorer.set(lr=0.1)
    assert slider.value == 0.1
    assert explorer.png == first


@pytest.mark.parametrize("name", [name for name in plots.__all__ if name.startswith("explore_")])
def test_every_widget_takes_both_ends_of_its_control(name: str, kernel: None) -> None:
    explorer = getattr(plots, name)()
    for key, control in explorer.controls.items():
        for value in [*control.values.values()][:: len(control.values) - 1]:
            explorer._inputs[key].value = value
            assert explorer.values[key] == value
            assert "<img" in explorer._view.value


def test_an_error_leaves_and_stands_where_the_picture_was(kernel: None) -> None:
    explorer = broken_above(1)
    with pytest.raises(ZeroDivisionError):
        explorer._inputs["x"].value = 2
    assert 'role="alert"' in explorer._view.value
    assert "ZeroDivisionError: no &lt;picture&gt;" in explorer._view.value
    explorer._inputs["x"].value = 1
    assert "<img" in explorer._view.value
    with pytest.raises(ZeroDivisionError):
        broken_above(-1)


def test_values_that_no_control_has() -> None:
    explorer = broken_above(2)
    with pytest.raises(ValueError, match="there is no 'y'; there are x"):
        explorer.set(y=1)
    with pytest.raises(ValueError, match="x cannot be 7; choose one of 0, 1, 2"):
        explorer.set(x=7)


@pytest.mark.slow
def test_a_build_fails_when_a_picture_does() -> None:
    """In a real kernel: good explorers are stored with a picture, an exception in a callback is the cell's error."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from nbconvert import HTMLExporter

    new = nbformat.v4.new_code_cell
    cells = [new("from tplib import plots\nplots.explore_dropout()")]
    cells += [new(BROKEN + 'explorer = Explorer("broken", {"x": slider("x", [0, 1, 2], 0)}, draw)\nexplorer')]
    cells += [new("explorer.set(x=2)"), new("explorer._inputs['x'].value = 1"), new("print('never')")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with pytest.raises(CellExecutionError, match="no picture"):
        NotebookClient(notebook, kernel_name="python3", timeout=60, store_widget_state=False).execute()
    for cell in cells[:2]:
        still, view = cell.outputs
        assert set(still.data) == {"text/plain", "text/html", "image/png"}
        assert set(view.data) == {"text/plain", WIDGET_VIEW}
    assert cells[2].outputs[-1].ename == "ZeroDivisionError"
    assert not cells[4].outputs
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert page.count('src="data:image/png;base64') == 2  # nobody needs a kernel to see the pictures
