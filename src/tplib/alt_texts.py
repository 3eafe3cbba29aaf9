"""Alternative texts: every figure of a notebook says in words what it shows, to readers who do not see it.

JupyterLab and nbconvert show no alternative text with `image/png`, wherever it stands. They do show that of an `<img>`
in `text/html`, which they prefer. So each picture is shown twice in the output's data: as PNG for a PDF and for
programs, and as HTML with its text.
"""

from __future__ import annotations

import base64
import sys
from contextlib import suppress
from html import escape
from typing import Any

from tplib.figure_words import figure_words

PNG = "image/png"


def picture_html(png: str, words: str, size: dict[str, Any] | None = None, about: str = "") -> str:
    """An `<img>` of a base64 PNG with its alternative text; `size` may hold width and height in CSS pixels."""
    measures = "".join(
        f' {name}="{int(size[name])}"' for name in ("width", "height") if size and isinstance(size.get(name), int)
    )
    source = f"data:image/png;base64,{png.strip()}"
    return f'<img{about} src="{source}"{measures} alt="{escape(words)}" style="max-width:100%;height:auto">'


def svg_html(svg: str, words: str) -> str:
    """An `<img>` of an SVG with its alternative text."""
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return f'<img src="{source}" alt="{escape(words)}" style="max-width:100%;height:auto">'


class DrawnOnce:
    """IPython's printer of figures, which gives the picture that was just drawn for the HTML to the PNG too."""

    def __init__(self, printer: Any) -> None:
        self.printer = printer
        self.kept: tuple[Any, Any] | None = None

    def __call__(self, figure: Any) -> Any:
        kept, self.kept = self.kept, None
        return kept[1] if kept is not None and kept[0] is figure else self.printer(figure)


class AltTexts:
    """Adds to what a shell shows: to figures of matplotlib, and to `IPython.display.Image(..., alt="...")`."""

    def __init__(self, shell: Any) -> None:
        self.formatters = shell.display_formatter.formatters
        add = shell.display_formatter.mimebundle_formatter.for_type_by_name
        add("matplotlib.figure", "Figure", self.figure)
        add("IPython.core.display", "Image", self.image)

    def figure(self, figure: Any) -> tuple[dict[str, str], dict[str, Any]] | None:
        """HTML and metadata of a figure that is about to be shown; None where no PNG is drawn of it."""
        formatter = self.formatters[PNG]
        drawn = formatter(figure)
        picture, size = drawn if isinstance(drawn, tuple) else (drawn, {})
        if not picture:  # drawn by nobody, or shown as SVG
            return None
        html, about = shown(_as_text(picture), _words(figure), size)
        with suppress(KeyError):
            printer = formatter.lookup(figure)
            once = printer if isinstance(printer, DrawnOnce) else DrawnOnce(printer)
            once.kept = figure, (picture, about[PNG])
            formatter.for_type(sys.modules["matplotlib.figure"].Figure, once)
        return html, about

    def image(self, image: Any) -> tuple[dict[str, str], dict[str, Any]] | None:
        drawn = self.formatters[PNG](image)
        picture, about = drawn if isinstance(drawn, tuple) else (drawn, {})
        words = about.get("alt")
        return shown(_as_text(picture), words, about) if picture and words else None


def shown(png: str, words: str, size: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """What is shown beside the PNG itself: HTML, and the text in the PNG's metadata."""
    return {"text/html": picture_html(png, words, size)}, {PNG: {**size, "alt": words}}


def _words(figure: Any) -> str:
    try:
        return figure_words(figure)
    except Exception:  # what a figure can hold has no end, and it is shown in any case
        return "A figure; what it shows could not be put into words."


def _as_text(picture: str | bytes) -> str:
    return picture if isinstance(picture, str) else base64.b64encode(picture).decode()


def describe_in_notebook() -> None:
    """Begin to describe the figures of the running notebook; nothing where there is none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and "ipykernel" in sys.modules else None
    if shell is not None:
        AltTexts(shell)
