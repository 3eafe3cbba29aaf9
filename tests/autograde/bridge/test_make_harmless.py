"""The last step of grading: only what changes comes back from the child, and the notebook is the harmless one."""

import contextlib
import json
from copy import deepcopy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tplib.autograde.bridge import preprocessors
from tplib.autograde.bridge.preprocessors import HARMLESS_WORK, Shared, harmless_bytes
from tplib.autograde.html.sanitize import make_harmless
from tplib.autograde.limited import SeveralWorks


def notebook():
    acts = new_output("display_data", {"text/html": "<b onclick='x()'>1</b><script>x()</script>", "text/plain": "1"})
    plain = new_output("stream", text="hello\n")
    return new_notebook(
        cells=[
            new_markdown_cell("# As it was", id="a"),
            new_markdown_cell("<script>x()</script>", id="b"),
            new_code_cell("1", outputs=[plain], execution_count=1, id="c"),
            new_code_cell("2", outputs=[acts, plain], execution_count=2, id="d", metadata={"tags": ["mine"]}),
            new_markdown_cell("![p](attachment:p.png)", id="e", attachments={"p.png": {"image/png": "no picture"}}),
        ],
        metadata={"title": "mine", "kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


@pytest.mark.parametrize("nothing", [False, True])
def test_the_notebook_is_what_make_harmless_makes_of_it(nothing, monkeypatch):
    given = notebook() if not nothing else new_notebook()
    with contextlib.closing(SeveralWorks(HARMLESS_WORK)) as child:
        monkeypatch.setattr(preprocessors, "shared", lambda _: Shared([], child=child))
        made, _ = preprocessors.MakeHarmless().preprocess(deepcopy(given), {})
    assert made == make_harmless(deepcopy(given))
    assert type(made.metadata) is type(given.metadata)
    assert all(type(cell) is type(given) for cell in made.cells)


def test_only_the_cells_that_change_come_back():
    cells, metadata = json.loads(harmless_bytes(json.loads(json.dumps(notebook())), []))
    assert [index for index, _ in cells] == [1, 3, 4]
    assert metadata == {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
