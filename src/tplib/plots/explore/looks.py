"""Which characters of a date a trained translator looks at while it writes each of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tplib.data.dates import FORMS
from tplib.plots.attention import draw_attention
from tplib.plots.explore.skin import Explorer, choice, one_panel, slider
from tplib.plots.translator import translate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tplib.plots.attention import Array

YEARS = [1950, 1969, 1978, 1984, 1998, 2000, 2007, 2016, 2026, 2049]
PARTS = {"year": slice(0, 4), "month": slice(5, 7), "day": slice(8, 10)}


def explore_attention() -> Explorer:
    """Choose a day and how it is written: what a small trained model writes, and where it looks for it.

    Source: lecture 003, "Take home message" (attention mechanism).
    """
    controls = {
        "day": slider("day", list(range(1, 29)), 23),
        "month": slider("month", list(range(1, 13)), 9),
        "year": slider("year", YEARS, 1998),
        "form": choice("form", FORMS.keys(), "long"),
    }
    return Explorer("explore_attention", controls, draw_looks)


def draw_looks(day: int, month: int, year: int, form: str) -> tuple[Figure, str]:
    """The map of the weights, and for year, month and day the place that gets the most weight."""
    asked = date(year, month, day)
    source = FORMS[form](asked)
    written, weights = translate(source)
    figure, ax = one_panel(8.6, 3.4)
    draw_attention(ax, weights, source, written)
    right = "which is right" if written == asked.isoformat() else f"where {asked.isoformat()} is right"
    places = "; ".join(f"for the {part} {_looked_at(source, weights[rows])}" for part, rows in PARTS.items())
    return figure, f"Read: {source}. Written: {written}, {right}. It looks {places}."


def _looked_at(source: str, weights: Array) -> str:
    """The character with the most weight over some rows, in its word."""
    mean = weights.mean(axis=0)
    at = int(mean.argmax())
    begin = source.rfind(" ", 0, at) + 1
    end = source.find(" ", at)
    word = source[begin : end if end > at else len(source)] if source[at] != " " else ""
    where = f"in “{word}”" if word else f"after “{source[:at].split()[-1]}”"
    return f"most at “{source[at]}” {where} ({100 * mean[at]:.0f} %)" if word else f"most at the space {where}"
