"""Figures that are drawn when somebody looks at them: where the picture that was handed in is kept, nobody does.

Building a figure with matplotlib takes more time than all else in most cells. So `plt.subplots` gives the functions of
`tplib.plots` recordings: what they do with a figure is noted, and done when the figure is looked at. The functions
themselves run, and so does whatever they are given: nothing of a student's code is left out.

That later cells cannot tell, rests on this:

- Only calls from `tplib.plots` are recorded: ours, which draw in a new figure and give back nothing.
- Only the last statement of a cell is (also in `with using_answers():`). An error of matplotlib's would have ended the
  cell there, so that nothing is run that would not have been.
- The figure lives until the end of the cell, where the inline backend closes it. Whoever looks at it before (`plt.gcf`,
  another figure's code, a callback) finds it drawn. So does whoever looks at an explorer's figure, which may live on.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import numpy as np

PLOTS = "tplib.plots"
FORMATTERS = "IPython.core.formatters"
# What the inline backend and IPython ask of each figure to show and to close it.
UNSEEN = (
    "_repr_",
    "_ipython_",
    "canvas",
    "_canvas_callbacks",
    "_set_base_canvas",
    "set_canvas",
    "_original_dpi",
    "dpi",
    "_dpi",
    "_set_dpi",
    "get_facecolor",
    "patch",
    "number",
    "bbox",
    "get_size_inches",  # of an explorer's picture; nothing of ours changes a size
    "later",
    "__",
)


class Recording:
    """Operations on a figure, in their order. `play` does them; from then on each is done at once."""

    def __init__(self, figure: Any) -> None:
        self.values: list[Any] = [figure]
        self.operations: list[Callable[[], Any]] = []
        self.played = False

    def later(self, operation: Callable[[], Any]) -> Any:
        """The value of `operation`, or what stands for it until the figure is drawn."""
        if self.played:
            return operation()
        self.operations.append(operation)
        self.values.append(None)
        return Later(self, len(self.values) - 1)

    def play(self) -> None:
        if self.played:
            return
        self.played = True
        for place, operation in enumerate(self.operations, 1):
            self.values[place] = operation()
        self.operations.clear()


class Later:
    """Stands for what an operation will give. Attributes, items and calls are noted; all else has the figure drawn."""

    __slots__ = ("_place", "_recording")

    def __init__(self, recording: Recording, place: int) -> None:
        object.__setattr__(self, "_recording", recording)
        object.__setattr__(self, "_place", place)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # NumPy and others ask for protocols of their own
            return getattr(real(self), name)
        return self._recording.later(lambda: getattr(here(self), name))

    def __getitem__(self, key: Any) -> Any:
        return self._recording.later(lambda: here(self)[here(key)])

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._recording.later(lambda: here(self)(*here(args), **here(named)))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(real(self), name, value)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return type(real(self))


def _through(name: str) -> Callable[..., Any]:
    def method(self: Later, *args: Any) -> Any:
        return getattr(real(self), name)(*args)

    return method


for _name in (
    *("__iter__", "__len__", "__bool__", "__contains__", "__eq__", "__ne__", "__hash__", "__repr__", "__str__"),
    *("__float__", "__int__", "__index__", "__setitem__", "__delitem__", "__enter__", "__exit__", "__lt__", "__gt__"),
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__neg__", "__next__"),
):
    setattr(Later, _name, _through(_name))


def real(value: Later) -> Any:
    """What `value` stands for. The figure is drawn for it."""
    recording = object.__getattribute__(value, "_recording")
    recording.play()
    return recording.values[object.__getattribute__(value, "_place")]


def here(value: Any) -> Any:
    """`value`, with what it holds in place of what stands for that."""
    kind = type(value)
    if kind is Later:
        return real(value)
    if kind is tuple or kind is list:
        return kind(here(item) for item in value)
    if kind is dict:
        return {key: here(item) for key, item in value.items()}
    if kind is np.ndarray and value.dtype == object:
        filled = np.empty_like(value)
        for place, item in np.ndenumerate(value):
            filled[place] = here(item)
        return filled
    return value


@functools.cache
def figure_class() -> Any:
    from matplotlib.figure import Figure

    class LateFigure(Figure):
        """A figure whose recording is played when anything of it is asked for that showing it does not need."""

        later: Recording | None = None

        def __getattribute__(self, name: str) -> Any:
            if not name.startswith(UNSEEN):
                recording = Figure.__getattribute__(self, "__dict__").get("later")
                if recording is not None and not recording.played:
                    recording.play()
            return Figure.__getattribute__(self, name)

        def __repr__(self) -> str:
            width, height = self.bbox.size
            return f"<Figure size {width:g}x{height:g}>"

    LateFigure.__name__ = LateFigure.__qualname__ = "Figure"
    LateFigure.__module__ = Figure.__module__
    return LateFigure


class LateFigures:
    """Has the figures of the cells that `recording` is entered for drawn late."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.file, self.lines = "", range(0)

    @contextlib.contextmanager
    def recording(self, source: str) -> Iterator[None]:
        """In the code inside, which runs a cell's `source`, draw late what its last statement draws."""
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        lines = last_statement(source, self.shell.user_ns) if pyplot is not None else range(0)
        if not lines:
            yield
            return
        subplots, skin = pyplot.subplots, sys.modules.get(f"{PLOTS}.explore.skin")
        names: dict[str, Any] = vars(skin) if skin is not None else {}
        explorers: dict[str, Any] = {name: names[name] for name in ("panels", "render") if name in names}
        self.file, self.lines = self.shell.compile.get_code_name(source, source, self.shell.execution_count), lines

        @functools.wraps(subplots)
        def late_subplots(*args: Any, **named: Any) -> Any:
            frame = sys._getframe(1)
            if not self.is_last(frame):
                return subplots(*args, **named)
            return self.subplots(pyplot, *args, **named)

        def late_panels(count: int, **named: Any) -> Any:
            if not self.is_last(sys._getframe(1)):
                return explorers["panels"](count, **named)
            return self.panels(count, **named)

        def unseen(figure: Any) -> Any:
            return b"" if self.is_shown(sys._getframe(1)) else explorers["render"](figure)

        pyplot.subplots = late_subplots
        if explorers:
            names.update(panels=late_panels, render=unseen)
        try:
            yield
        finally:
            if pyplot.subplots is late_subplots:
                pyplot.subplots = subplots
            names.update(explorers)

    def is_last(self, frame: FrameType | None) -> bool:
        """Whether this frame is of a function of ours that the cell's last statement has called."""
        frame = outside(frame)
        return (
            frame is not None
            and frame.f_globals is self.shell.user_ns
            and frame.f_code.co_name == "<module>"
            and frame.f_code.co_filename == self.file
            and frame.f_lineno in self.lines
        )

    def is_shown(self, frame: FrameType | None) -> bool:
        """Whether this frame is of a function of ours that IPython has called to show something, or the last one."""
        caller = outside(frame)
        return self.is_last(frame) or (caller is not None and caller.f_globals.get("__name__") == FORMATTERS)

    def subplots(self, pyplot: Any, nrows: int = 1, ncols: int = 1, *, squeeze: bool = True, **named: Any) -> Any:
        """As `plt.subplots`, with recordings for the axes."""
        inner = ("sharex", "sharey", "width_ratios", "height_ratios", "subplot_kw", "gridspec_kw")
        own = {name: named.pop(name) for name in inner if name in named}
        figure = pyplot.figure(FigureClass=figure_class(), **named)
        axes = late_axes(figure, nrows, ncols, **own)
        shown = axes if not squeeze else axes.item() if axes.size == 1 else axes.squeeze()
        return Later(figure.later, 0), shown

    def panels(self, count: int, figsize: tuple[float, float], layout: Any = None, **named: Any) -> Any:
        """As `panels` of the explorers, with recordings for the axes. A figure draws when it is asked for more."""
        figure = figure_class()(figsize=figsize, layout=layout)
        return figure, late_axes(figure, 1, count, **named)[0]


def late_axes(figure: Any, nrows: int, ncols: int, **named: Any) -> Any:
    """What stands for the axes of a late `figure`: an array of nrows x ncols."""
    recording = Recording(figure)
    made = recording.later(lambda: figure.subplots(nrows, ncols, squeeze=False, **named))
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = made[place]
    figure.later = recording
    return axes


def outside(frame: FrameType | None) -> FrameType | None:
    """The nearest frame around this one that is not of ours; None where this one is not."""
    inside = frame
    while frame is not None and (frame.f_globals is functools.__dict__ or is_ours(frame)):
        frame = frame.f_back
    return None if frame is inside else frame


def is_ours(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__")
    if not isinstance(name, str) or not f"{name}.".startswith(f"{PLOTS}."):
        return False
    module = sys.modules.get(name)
    return module is not None and module.__dict__ is frame.f_globals


def last_statement(source: str, names: dict[str, Any]) -> range:
    """The lines of the last statement of a cell, where that is a call whose value nobody keeps; else none."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return range(0)
    while body:
        last = body[-1]
        if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
            return range(last.lineno, (last.end_lineno or last.lineno) + 1)
        if not (isinstance(last, ast.With) and all(_waits(item, names) for item in last.items)):
            break
        body = last.body
    return range(0)


def _waits(item: ast.withitem, names: dict[str, Any]) -> bool:
    """Whether a `with` is that of `using_answers`, which no error of matplotlib's changes."""
    call, graders = item.context_expr, sys.modules.get("tplib.graders")
    if graders is None or not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
        return False
    return names.get(call.func.id) is vars(graders)["using_answers"]
