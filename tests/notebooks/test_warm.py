"""Every instructor notebook shows in a warm, sandboxed process what it showed in the Jupyter kernel of the build."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tplib.autograde.examiner.candidate_server import CandidateServer, sandbox_view
from tplib.autograde.examiner.launcher import Launcher
from tplib.autograde.messages.execution import Limits, NotebookRun
from tplib.autograde.processes import can_fork
from tplib.autograde.sandbox import problem
from tplib.autograde.worker.imports import imported_modules
from tplib.course.layout import Course

ROOT = Path(__file__).parents[2]
PAGES = Course(ROOT).pages() if any((ROOT / "course").glob("*/*.py")) else []
# These train for long; test_nbval.py runs them too. With TPLIB_LONG=1 they are run here as well.
LONG = {
    "TP6-TrainFFNN/5_generalise",
    "TP7-LSTM/2_recurrent",
    "TP7-LSTM/3_sentiment",
    "TP7-LSTM/4_language_model",
    "TP8-HFTrain/1_word2vec",
    "TP8-HFTrain/2_attention",
    "TP8-HFTrain/3_autoencoders",
    "TP8-HFTrain/4_trainer",
}
RUN = [page for page in PAGES if os.environ.get("TPLIB_LONG") or str(page) not in LONG]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PAGES, reason="course/ holds no notebook"),
    pytest.mark.skipif(not can_fork() or problem() is not None, reason="this machine has no sandbox"),
]


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    server = CandidateServer(tmp_path_factory.mktemp("warm"), sandbox_view())
    with Launcher(server) as launcher:
        yield launcher
    server.close()


def shown(outputs: list[dict[str, Any]], words: bool) -> list[Any]:
    """Streams joined, and the kinds of all else; with `words` also the texts, as in cells whose outputs never vary."""
    streams: dict[str, str] = {}
    rich = []
    for output in outputs:
        if output["output_type"] == "stream":
            streams[output["name"]] = streams.get(output["name"], "") + output["text"]
        else:
            data = output.get("data", {})
            rich.append(
                (output["output_type"], output.get("ename"), sorted(data), data.get("text/plain") if words else "")
            )
    return [streams if words else sorted(streams), rich]


def test_what_is_left_out_exists() -> None:
    assert {str(page) for page in PAGES} >= LONG


@pytest.mark.parametrize("page", RUN, ids=str)
def test_a_notebook_shows_the_same_without_a_kernel(page: Any, launcher: Launcher, tmp_path: Path) -> None:
    notebook = nbformat.read(Course(ROOT).generated("source", page), as_version=4)
    launcher.server.preload(imported_modules(notebook))
    grade_ids = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in notebook.cells]
    checks = {index: name.removeprefix("check-") for index, name in enumerate(grade_ids) if name.startswith("check-")}
    run = NotebookRun(str(page), notebook, tmp_path, Limits(cell=300, notebook=600), checks=checks)
    outcome = launcher.run(run)
    assert (outcome.reason, outcome.failed, outcome.crashed, outcome.cut) == (None, None, {}, False)
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip() and "explore_" not in cell.source:  # no kernel, no widgets
            words = "nbval-check-output" in cell.metadata.tags
            assert shown(outcome.cells[index].outputs, words) == shown(cell.outputs, words), cell.source
