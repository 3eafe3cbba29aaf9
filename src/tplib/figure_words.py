"""What a figure of matplotlib shows, in words: its panels, their axes, and where each line, bar and point lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

LONGEST = 1200  # letters; a screen reader speaks about 15 in a second
MANY = 12  # bars, tick labels or panels that are told one by one
COLOURBAR = "<colorbar>"


def figure_words(figure: Any) -> str:
    """Sentences about a figure, cut where they get long; "A figure without anything in it." for an empty one."""
    panels = [ax for ax in figure.axes if ax.get_visible() and ax.get_label() != COLOURBAR and _has_content(ax)]
    if not panels:
        return "A figure without anything in it."
    heading = [figure.get_suptitle()] if hasattr(figure, "get_suptitle") and figure.get_suptitle() else []
    if all(ax.images for ax in panels) and not any(ax.axison for ax in panels):
        words = _pictures(panels)
    else:
        count = [f"{len(panels)} panels"] if len(panels) > 1 else []
        words = ". ".join([*count, *(". ".join(_panel(ax)) for ax in panels)])
    whole = " ".join(". ".join([*heading, words or "A drawing that has no words for what is in it"]).split())
    return f"{whole}." if len(whole) <= LONGEST else f"{whole[:LONGEST].rpartition(' ')[0]} ..."


def _has_content(ax: Any) -> bool:
    return bool(ax.lines or ax.patches or ax.collections or ax.images or ax.texts or ax.get_title())


def _pictures(panels: list[Any]) -> str:
    """Images side by side, as of digits: their titles say which is which, or the text at their left edge."""
    said = [[ax.get_title(), ax.get_ylabel(), *(text.get_text() for text in ax.texts)] for ax in panels]
    names = [" ".join(name.split()) for panel in said for name in panel if name.strip()]
    count = f"{len(panels)} pictures" if len(panels) > 1 else "A picture"
    return f"{count}: {'; '.join(names)}" if names else count


def _panel(ax: Any) -> Iterator[str]:
    """The sentences about one panel."""
    if ax.get_title():
        yield f"“{ax.get_title()}”"
    if ax.axison:
        told = [f"{letter}: {words}" for letter, words in (("x", _axis(ax.xaxis)), ("y", _axis(ax.yaxis))) if words]
        if told:
            yield "; ".join(told)
    told_elsewhere: set[int] = set()
    for container in ax.containers:
        children = [part for part in container if part is not None]
        if hasattr(container, "datavalues"):
            told_elsewhere.update(map(id, container.patches))
            yield from _bars(ax, container)
        elif children and hasattr(children[0], "get_xdata"):  # error bars: their line
            told_elsewhere.update(id(part) for part in ax.lines if part in children or part in children[1])
            yield from _line(children[0], container.get_label())
    for line in ax.lines:
        if id(line) not in told_elsewhere:
            yield from _line(line, line.get_label())
    for points in ax.collections:
        yield from _points(points)
    outlines = [p.get_label() for p in ax.patches if id(p) not in told_elsewhere and not _hidden(p.get_label())]
    if outlines:
        yield f"areas or outlines: {', '.join(outlines)}"
    for image in ax.images:
        rows, columns = np.shape(image.get_array())[:2]
        yield f"a map of {rows} rows and {columns} columns, values from {_range(image.get_array())}"


def _axis(axis: Any) -> str:
    """An axis' label, whether it is logarithmic, and its tick labels where they are words."""
    label = axis.get_label_text()
    if axis.get_scale() == "log" and "log" not in label:
        label = f"{label} (log scale)"
    low, high = sorted(axis.get_view_interval())
    places = [place for place in axis.get_majorticklocs() if low <= place <= high]
    words = [" ".join(text.split()) for text in axis.get_major_formatter().format_ticks(places) if text.strip()]
    if words and len(words) <= MANY and not all(map(_is_number, words)):
        label = f"{label} ({', '.join(words)})" if label else ", ".join(words)
    return label


def _line(line: Any, label: str) -> Iterator[str]:
    """Where a line begins and ends, and its lowest and highest points between."""
    x, y = _numbers(line.get_xdata()), _numbers(line.get_ydata())
    if len(x) != len(y) or not (known := np.isfinite(x) & np.isfinite(y)).any():
        return
    x, y = x[known], y[known]
    name = "a line" if _hidden(label) else label
    if len(y) == 1:
        if not _hidden(label):
            yield f"{name}: {_number(y[0])} at {_number(x[0])}"
    elif np.ptp(y) == 0 and len(y) == 2:
        yield f"{name}: level at {_number(y[0])}"
    elif np.ptp(x) == 0:
        yield f"{name}: upright at {_number(x[0])}"
    else:
        ends = y[[0, -1]]
        between = [
            f"{word} {_number(y[place])} at {_number(x[place])}"
            for word, place, beyond in (
                ("lowest", int(y.argmin()), y.min() < ends.min()),
                ("highest", int(y.argmax()), y.max() > ends.max()),
            )
            if beyond
        ]
        run = f"{name}: from {_number(y[0])} at {_number(x[0])} to {_number(y[-1])} at {_number(x[-1])}"
        yield ", ".join([run, *between])


def _bars(ax: Any, container: Any) -> Iterator[str]:
    """The height of each bar if they are few, else how many there are and which is the longest."""
    values = _numbers(container.datavalues)
    name = "bars" if _hidden(container.get_label()) else container.get_label()
    if not len(values):
        return
    if len(values) <= MANY:
        yield f"{name}: {', '.join(map(_number, values))}"
        return
    longest = container.patches[int(np.nanargmax(values))]
    lying = getattr(container, "orientation", "vertical") == "horizontal"
    at = longest.get_y() + longest.get_height() / 2 if lying else longest.get_x() + longest.get_width() / 2
    yield f"{len(values)} {name}, the longest {_number(np.nanmax(values))} at {_number(at)}"


def _points(points: Any) -> Iterator[str]:
    """How many points of a scatter plot there are, and where."""
    offsets: np.ndarray = np.ma.filled(np.ma.asarray(points.get_offsets(), float), np.nan)
    if type(points).__name__ != "PathCollection" or not len(offsets):
        return
    name = "points" if _hidden(points.get_label()) else f"points “{points.get_label()}”"
    yield f"{len(offsets)} {name}, x from {_range(offsets[:, 0])}, y from {_range(offsets[:, 1])}"


def _hidden(label: Any) -> bool:
    """Whether matplotlib gave the label itself."""
    return not label or str(label).startswith("_")


def _numbers(values: Iterable[Any]) -> np.ndarray:
    try:
        return np.asarray(values, dtype=float).ravel()
    except (TypeError, ValueError):  # dates or words along the axis
        return np.empty(0)


def _range(values: Any) -> str:
    finite = _numbers(np.ma.filled(np.ma.asarray(values, float), np.nan))
    finite = finite[np.isfinite(finite)]
    return f"{_number(finite.min())} to {_number(finite.max())}" if len(finite) else "nowhere"


def _number(value: float) -> str:
    return f"{value + 0.0:.3g}"


def _is_number(text: str) -> bool:
    """Whether a tick label is a number as matplotlib writes it: −0.5, 1,000, 10⁻³ in TeX."""
    return "$" in text or re.fullmatch(r"[-−\d.,e+% ]+", text) is not None
