"""Figures that nobody looks at are not built, and nothing else is left out; whoever looks finds them drawn."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tplib import plots
from tplib.autograde.candidate.late_figures import LateFigures
from tplib.autograde.examiner.candidate_server import CandidateServer
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.processes import can_fork
from tplib.graders import using_answers

PNG = "iVBORw0KGgo="

CALLS = {
    "activations": "plots.activations({'tanh': (np.tanh, None), 'broken': (lambda x: x[999], None)})",
    "boundaries": "plots.boundaries({'a': (lambda x: x @ [1, 1] - 1, points), 'b': (lambda x: -x[:, 0], points)}, y)",
    "scores_and_probabilities": "plots.scores_and_probabilities(np.arange(3.0), np.ones(3) / 3)",
    "images": "plots.images(np.arange(128.0).reshape(2, 64), ['a', 'b'])",
    "accuracies": "with using_answers():\n    found = [0.1, 0.2]\n    plots.accuracies(found, 0.1)",
    "jacobian": "plots.jacobian(np.eye(3))",
}


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    plt.close("all")


def pixels(source: str, late: bool) -> tuple[bool, np.ndarray]:
    """Whether the figure had been built when the cell was done, and what whoever looks at it sees."""
    points = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    names: dict[str, Any] = {"plots": plots, "np": np, "using_answers": using_answers, "points": points}
    names["y"] = np.array([0, 1, 1, 0])
    compiler = SimpleNamespace(get_code_name=lambda *_: "cell")
    code = compile(source, "cell", "exec")
    if late:
        with LateFigures(SimpleNamespace(user_ns=names, execution_count=1, compile=compiler)).recording(source):
            exec(code, names)
    else:
        exec(code, names)
    [number] = plt.get_fignums()
    figure = plt.figure(number)
    built = bool(vars(figure).get("later") is None or vars(figure)["later"].played)
    canvas: Any = figure.canvas
    canvas.draw()
    found = np.asarray(canvas.buffer_rgba()).copy()
    plt.close("all")
    return built, found


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_that_is_looked_at_is_the_one_that_would_have_been_drawn(name):
    built, drawn = pixels(CALLS[name], late=False)
    built_late, drawn_late = pixels(CALLS[name], late=True)
    assert (built, built_late) == (True, False)
    np.testing.assert_array_equal(drawn_late, drawn)


FIRST = """
import numpy as np, matplotlib.pyplot as plt, matplotlib.axes
from tplib import plots
from tplib.plots.explore import skin
from tplib.graders import using_answers
built, calls = [], []
whole = matplotlib.axes.Axes.__init__
def count(self, *args, **named):
    built.append(1)
    whole(self, *args, **named)
matplotlib.axes.Axes.__init__ = count
def slow(x):
    calls.append(len(x))
    return x
def nosy(x):
    print(len(plt.gcf().axes))
    return x
"""
SHOWS = "plots.activations({'slow': (slow, None)})"

# A cell, and how many axes it builds while nobody looks.
CELLS = [
    (SHOWS, 0),
    ("with using_answers():\n    found = 3\n    plots.accuracies([0.1, 0.2], 0.1)", 0),
    ("plots.explore_activation()", 0),
    ("len(plots.explore_activation().figure.axes)", 2),
    (SHOWS + "\nafter = 1", 1),  # an error would have kept `after` from being set
    ("exec('" + SHOWS.replace("'", '"') + "\\nmore = 1')", 1),
    ("%%time\n" + SHOWS + "\nagain = 1", 1),
    ("plots.activations({'nosy': (nosy, None)})", 1),
    ("plots.accuracies([0.1], 0.1), plt.gca().get_xlim()", 1),
    ("plt.subplots()", 1),
    ("with open('file', 'w'):\n    " + SHOWS, 1),
    ("def draw():\n    " + SHOWS + "\n    return 1\ndraw()", 1),
]


@pytest.mark.skipif(not can_fork(), reason="this platform cannot fork candidates")
def test_only_the_building_of_figures_that_nobody_sees_is_left_out(tmp_path):
    sources = [FIRST, *(part for cell, _ in CELLS for part in (cell, "print(len(built), calls)\nbuilt.clear()"))]
    sources.append("print(found, after, more, again)")
    folder = tmp_path / "work"
    folder.mkdir()
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run = NotebookRun("late", notebook, folder, Limits(cell=20))
    run.kept_pictures = {index: [PNG] for index in range(1, len(sources), 2)}
    server = CandidateServer(tmp_path)
    try:
        with Launcher(server) as launcher:
            cells = launcher.run(run).cells
    finally:
        server.close()
    said = ["".join(output.get("text", "") for output in cells[k].outputs) for k in range(len(sources))]
    assert [said[k].split(" ")[0] for k in range(2, len(sources) - 1, 2)] == [str(count) for _, count in CELLS]
    assert said[2].split(" ", 1)[1] == "[401]\n"  # it was called all the same
    assert said[15] == "1\n"
    assert said[-1] == "3 1 1 1\n"
    for index in (1, 3, 5):
        assert cells[index].outputs[0]["data"]["image/png"] == PNG
    assert f'src="data:image/png;base64,{PNG}"' in cells[5].outputs[0]["data"]["text/html"]
