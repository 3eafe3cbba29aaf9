"""Words of stored pictures: the author's, then the measured ones, and the author's changed without a run."""

import nbformat.v4 as v4
import pytest

from tplib.alt_texts import PNG, picture_html
from tplib.course.dialect import read_script
from tplib.course.kept import keep_unchanged
from tplib.errors import TplibError


def cell(alt="", measured="", html=""):
    data = {PNG: "AAAA\n", "text/plain": "<Figure>"} | ({"text/html": html} if html else {})
    about = {PNG: {"width": 3} | ({"alt": measured} if measured else {})}
    found = v4.new_code_cell("plot()", id="same", outputs=[v4.new_output("display_data", data, metadata=about)])
    if alt:
        found.metadata["alt"] = alt
    return found


def rebuilt(old, alt):
    notebook = v4.new_notebook(cells=[v4.new_code_cell("plot()", id="same", metadata={"alt": alt} if alt else {})])
    keep_unchanged(notebook, v4.new_notebook(cells=[old]))
    return notebook.cells[0]


def words(cell):
    [output] = cell.outputs
    found = output.metadata[PNG].get("alt", "")
    if found:
        assert output.data["text/html"] == picture_html("AAAA", found, {"width": 3})
    return found


def test_a_stored_picture_gets_the_authors_words_and_keeps_the_measured_ones():
    built = cell(measured="loss: from 2 to 1.")
    for alt in ("It falls.", "It falls.", "The loss falls."):
        built = rebuilt(built, alt)
        assert words(built) == f"{alt} loss: from 2 to 1."
    assert words(rebuilt(built, "")) == "loss: from 2 to 1."
    assert words(rebuilt(cell(), "")) == ""


def test_an_explorers_still_stays_one():
    kept = rebuilt(cell(measured="At 1 it is 2.", html='<img class="tp-still" src="x">'), "")
    html = kept.outputs[0].data["text/html"]
    assert 'class="tp-still"' in html
    assert 'alt="At 1 it is 2."' in html
    assert "when you run this cell" in html


def test_alt_in_a_script():
    notebook = read_script('# %% alt="It falls: \\"fast\\"."\nplot()\n', "A", "n", [])
    assert notebook.cells[0].metadata["alt"] == 'It falls: "fast".'
    for header in ('# %% alt=""', "# %% alt=3", '# %% [markdown] alt="words"'):
        with pytest.raises(TplibError, match="alt is for code cells"):
            read_script(f"{header}\n# plot()\n", "A", "n", [])
