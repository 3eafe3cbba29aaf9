"""Figures and images as a notebook shows them: a PNG, and an `<img>` with words."""

import base64
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import Image
from matplotlib.figure import Figure

from tplib.alt_texts import AltTexts, picture_html

PNG = "image/png"


@pytest.fixture
def shell():
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    AltTexts(shell)
    yield shell
    InteractiveShell.clear_instance()


def drawn(figure, counted):
    counted.append(figure)
    return "iVBORw0KGgo="


def plotted():
    figure = Figure()
    figure.subplots().plot([0, 1], [2, 3], label="<loss>")
    return figure


def test_a_figure_is_drawn_once_and_shown_with_words(shell):
    counted = []
    shell.display_formatter.formatters[PNG].for_type(Figure, lambda figure: drawn(figure, counted))
    for figures in (1, 2):
        data, about = shell.display_formatter.format(plotted())
        assert len(counted) == figures
        assert data[PNG] == "iVBORw0KGgo="
        assert f'src="data:image/png;base64,{data[PNG]}"' in data["text/html"]
        assert 'alt="&lt;loss&gt;: from 2 at 0 to 3 at 1."' in data["text/html"]
        assert about[PNG]["alt"] == "<loss>: from 2 at 0 to 3 at 1."
        assert data["text/plain"].startswith("<Figure size")


def test_inline_backends_own_formatter(shell):
    """Registered by IPython when pyplot comes, before or after ours."""
    from IPython.core.pylabtools import select_figure_formats

    for _ in range(2):
        select_figure_formats(shell, {"retina"})
        data, about = shell.display_formatter.format(plotted())
        assert base64.b64decode(data[PNG]).startswith(b"\x89PNG")
        width = about[PNG]["width"]
        assert f'width="{width}"' in data["text/html"]
        assert about[PNG].keys() == {"alt", "width", "height"}


def test_figures_as_svg_are_left_alone(shell):
    from IPython.core.pylabtools import select_figure_formats

    select_figure_formats(shell, {"svg"})
    data, _ = shell.display_formatter.format(plotted())
    assert "image/svg+xml" in data
    assert "text/html" not in data


def test_an_image_with_words_and_one_without(shell):
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    )
    data, about = shell.display_formatter.format(Image(png, width=7, alt='a "dot"'))
    assert re.search(r'width="7" alt="a &quot;dot&quot;"', data["text/html"])
    assert about[PNG]["alt"] == 'a "dot"'
    data, _ = shell.display_formatter.format(Image(png))
    assert "text/html" not in data


def test_a_figure_that_cannot_be_told_is_shown_all_the_same(shell, monkeypatch):
    def fails(figure):
        raise RuntimeError("odd artist")

    monkeypatch.setattr("tplib.alt_texts.figure_words", fails)
    shell.display_formatter.formatters[PNG].for_type(Figure, lambda figure: "iVBORw0KGgo=")
    data, _ = shell.display_formatter.format(plotted())
    assert "could not be put into words" in data["text/html"]


def test_sizes_that_are_no_numbers_are_left_out():
    assert "onerror" not in picture_html("", "words", {"width": "1 onerror=x", "height": None})
