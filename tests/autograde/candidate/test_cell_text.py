"""A cell's text is changed exactly as IPython changes it, whatever is in the cell."""

from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from tplib.autograde.candidate.cell_text import QuickTransformerManager, may_await

RELEASE = Path(__file__).parents[3] / "release"
LINES = ["x = 1", "%time x", "!ls", "y = !ls", "y = %pwd", "x?", "?x", "np.dot??", "%%time", "%%bash", ",f a", ";f a"]
SIGNS = [
    "/f 1",
    "a / b",
    "a % b",
    "a != b",
    "if x:",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "'''",
    '"',
    "(",
    ")",
    "[",
    ",",
    ";",
    "/",
]
OTHERS = [">>> x", "... y", "In [1]: x", "\\\n", "# note?", "await g()", "async def f():", "[i async for i in g()]"]
WORDS = [
    "\r\n",
    "é = 2",
    "\x0c",
    "\N{LINE SEPARATOR}",
    "\x00",
    "def f(x):\n    return x",
    "f'{x!r}'",
    "f'{x:,}'",
    "'50 %'",
]
CELLS = st.lists(st.sampled_from(LINES + SIGNS + OTHERS + WORDS), max_size=8).map("".join) | st.text(max_size=40)


def changed(manager, cell):
    try:
        return manager.transform_cell(cell)
    except Exception as error:
        return type(error), str(error)


@given(CELLS)
@example("x = 1\n,f a b")
@example("(1\n, 2)")
@example("\tdef f(x):\n    return x")
def test_the_text_becomes_what_ipython_makes_of_it(cell):
    ours, ipythons = changed(QuickTransformerManager(), cell), changed(TransformerManager(), cell)
    if isinstance(ours, str) and isinstance(ipythons, tuple):  # which the compiler refuses as well
        with pytest.raises(ipythons[0]):
            compile(ours, "<cell>", "exec")
    else:
        assert ours == ipythons


@given(CELLS)
@example("async with a: pass")
@example("[x async for x in y]")
def test_a_cell_without_the_words_awaits_nothing(cell):
    assert may_await(cell) or not _should_be_async(cell)


@pytest.mark.skipif(not RELEASE.exists(), reason="no release here")
def test_the_cells_of_the_course_become_what_ipython_makes_of_them():
    for path in RELEASE.glob("*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert changed(QuickTransformerManager(), cell.source) == changed(TransformerManager(), cell.source)


def test_a_transformer_that_somebody_adds_is_used():
    class Shout(TransformerManager().token_transformers[0]):
        @classmethod
        def find(cls, tokens_by_line):
            return next((cls(tokens[0].start) for tokens in tokens_by_line if tokens[0].string == "shout"), None)

        def transform(self, lines):
            return ["print('SHOUT')\n", *lines[1:]]

    manager = QuickTransformerManager()
    manager.token_transformers.append(Shout)
    assert manager.transform_cell("shout") == "print('SHOUT')\n"
