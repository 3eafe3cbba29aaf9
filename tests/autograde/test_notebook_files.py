"""Graded notebooks are written as nbformat writes them."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tplib.autograde.notebook_files import save_readable

SHOWN = Path(__file__).parents[2] / "source" / "TP6-TrainFFNN" / "1_forward.ipynb"


def outputs():
    data = {
        "image/png": "AAAA\nBBBB\n",
        "text/html": "<b>é</b>\n<i>1</i>",
        "application/json": {"b": [1, {}], "a": "x\ny"},
    }
    yield new_output("display_data", data, metadata={"image/png": {"width": 3}})
    yield new_output("stream", name="stderr", text="\x1b[31mred\x1b[0m\nno end")
    yield new_output("error", ename="E", evalue="1 < 2", traceback=["a\nb", ""])


@pytest.mark.parametrize(
    "notebook",
    [
        nbformat.read(SHOWN, as_version=4),
        new_notebook(),
        new_notebook(
            cells=[new_code_cell("a = 1\nb = '\\u2028'\n", outputs=list(outputs())), new_markdown_cell("$é$")]
        ),
        new_notebook(metadata={"signature": "gone", "orig_nbformat": 3, "tplib": {"problems": []}}),
    ],
    ids=["one of the course's", "empty", "all kinds of outputs", "what is not written"],
)
def test_the_same_bytes_as_nbformat(notebook, tmp_path):
    expected = nbformat.writes(notebook, version=4) + "\n"
    save_readable(copy.deepcopy(notebook), tmp_path / "graded.ipynb")
    assert (tmp_path / "graded.ipynb").read_text(encoding="utf-8") == expected
