"""What all explorers share: controls, a picture with a sentence under it, and how both reach a notebook.

Where a kernel runs, the cell has two outputs: the first picture, and the widgets, which hide it as long as they are
alive. The picture is what everybody else sees: GitHub, nbviewer, an HTML export, a notebook that is graded in a shell
without a kernel, and the same student who opens the saved notebook tomorrow.
"""

from __future__ import annotations

import base64
import html
import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tplib.alt_texts import picture_html
from tplib.plots.explore.labels import SCRIPT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Draw = Callable[..., "tuple[Figure, str]"]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
DPI = 110
SHOWN = 0.86  # of the size at which the picture is drawn, so that it stays sharp
# JupyterLab shows one of the two outputs: the picture until there are widgets, no "model not found" after they went.
EITHER = """<style>
.jp-OutputArea-child:has(.tp-still) + .jp-OutputArea-child:not(:has(.widget-html)),
.jp-OutputArea-child:has(.tp-still):has(+ .jp-OutputArea-child .widget-html) {display: none}
</style>"""

STILL = ' class="tp-still"'
RUN_ME = '<p class="tp-run">The controls of this picture appear when you run this cell.</p>'


@dataclass(frozen=True)
class Control:
    """A slider, or buttons, over values that have labels; `start` is one of the values."""

    title: str
    values: Mapping[str, Any]
    start: Any
    buttons: bool = False


def slider(title: str, values: Iterable[float], start: float, form: str = "g") -> Control:
    """A slider over the listed numbers, each shown in the given format."""
    return Control(title, {format(value, form): value for value in values}, start)


def choice(title: str, values: Mapping[str, Any] | Iterable[str], start: Any) -> Control:
    """Buttons, one for each value; names stand for themselves."""
    return Control(title, dict(values) if isinstance(values, Mapping) else {v: v for v in values}, start, buttons=True)


def two_panels(widths: tuple[float, float] = (1, 1), right: float = 0.98) -> tuple[Figure, Axes, Axes]:
    """A figure with two axes. Its margins are fixed: working them out would double the time to draw."""
    margins = {"left": 0.085, "right": right, "bottom": 0.155, "top": 0.9, "wspace": 0.3}
    figure, axes = panels(2, figsize=(8.2, 3.2), width_ratios=widths, gridspec_kw=margins)
    return figure, axes[0], axes[1]


def one_panel(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of this size, in inches, with one axes."""
    figure, axes = panels(1, figsize=(width, height), layout="constrained")
    return figure, axes[0]


def panels(count: int, figsize: tuple[float, float], layout: Any = None, **named: Any) -> tuple[Figure, Any]:
    """A figure outside pyplot and its axes, side by side. All explorers draw on what this gives."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=figsize, layout=layout)
    return figure, figure.subplots(1, count, squeeze=False, **named)[0]


class Picture:
    """A figure as it is shown, and what it shows in words."""

    def __init__(self, figure: Figure, words: str) -> None:
        self.figure, self.words = figure, words
        self._png = b""

    @property
    def png(self) -> bytes:
        if not self._png:
            self._png = render(self.figure)
        return self._png

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in a page, in CSS pixels."""
        width, height = self.figure.get_size_inches() * DPI * SHOWN
        return int(width), int(height)


def render(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DPI, pil_kwargs={"compress_level": 3})
    return buffer.getvalue()


class Explorer:
    """Controls over a picture. `draw` takes their values by name and returns the figure and what it shows, in words.

    The picture is drawn when the explorer is made and whenever a value changes. An exception in `draw` leaves as
    itself, in the cell that made the explorer or set a value; if a student moved a control, it also stands in the
    place of the picture, because nothing shows what leaves a widget's callback.
    """

    def __init__(self, name: str, controls: Mapping[str, Control], draw: Draw) -> None:
        self.name, self.controls, self._draw = name, dict(controls), draw
        self.values = {key: control.start for key, control in self.controls.items()}
        self._redraw()
        self.widget: Any = None
        if _has_kernel():
            self._still = self.picture  # what is stored beside the widget
            self.widget = self._make_widget()

    def set(self, **values: Any) -> None:
        """Change some values and draw again, as if the controls had been moved.

        Raises ValueError for a name that is no control, or a value that the control does not have.
        """
        for key, value in values.items():
            if key not in self.controls:
                raise ValueError(f"{self.name}: there is no {key!r}; there are {', '.join(self.controls)}")
            if value not in self.controls[key].values.values():
                offered = ", ".join(self.controls[key].values)
                raise ValueError(f"{self.name}: {key} cannot be {value!r}; choose one of {offered}")
        if self.widget is None:
            self.values |= values
            self._redraw()
        for key, value in values.items() if self.widget else ():
            self._inputs[key].value = value

    def _redraw(self) -> None:
        self.picture = Picture(*self._draw(**self.values))

    @property
    def figure(self) -> Figure:
        return self.picture.figure

    @property
    def words(self) -> str:
        return self.picture.words

    @property
    def png(self) -> bytes:
        return self.picture.png

    @property
    def size(self) -> tuple[int, int]:
        return self.picture.size

    def _make_widget(self) -> Any:
        import ipywidgets

        self._inputs: dict[str, Any] = {}
        for key, control in self.controls.items():
            kind = ipywidgets.ToggleButtons if control.buttons else ipywidgets.SelectionSlider
            # A slider sends its value when it is let go, or at each key: a picture for every pixel would lag behind.
            more: dict[str, Any] = (
                {"style": {"button_width": "auto", "description_width": "initial"}}
                if control.buttons
                else {"style": {"description_width": "initial"}, "continuous_update": False}
            )
            widget = kind(options=list(control.values.items()), value=control.start, description=control.title, **more)
            widget.layout = ipywidgets.Layout(width="auto" if control.buttons else "350px", margin="2px 24px 2px 2px")
            widget.observe(lambda change, key=key: self._moved(key, change["new"]), names="value")
            self._inputs[key] = widget
        self._view = ipywidgets.HTML(self._html())
        flow = ipywidgets.Layout(display="flex", flex_flow="row wrap", align_items="center")
        whole = ipywidgets.VBox([ipywidgets.Box(list(self._inputs.values()), layout=flow), self._view])
        whole.add_class("tp-explorer")
        return whole

    def _moved(self, key: str, value: Any) -> None:
        self.values[key] = value
        try:
            self._redraw()
        except Exception as error:
            problem = html.escape(f"{self.name} cannot draw {self.values}: {type(error).__name__}: {error}")
            self._view.value = f'<p role="alert"><b>{problem}</b></p>'
            raise
        self._view.value = self._html()

    def _html(self) -> str:
        (width, height), words = self.size, html.escape(self.words, quote=True)
        picture = picture_html(base64.b64encode(self.png).decode(), self.words, {"width": width, "height": height})
        return f'{picture}<p aria-live="polite" style="max-width: {width}px; line-height: 1.45">{words}</p>'

    @property
    def _shown(self) -> Picture:
        return self._still if self.widget else self.picture

    def __repr__(self) -> str:
        return self._shown.words

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        shown = self._shown
        width, height = shown.size
        return shown.png, {"width": width, "height": height, "alt": shown.words}

    def outputs(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Data and metadata of both outputs of a cell that shows the widgets: the first picture, and the widgets."""
        png, sizes = self._repr_png_()
        picture, words = base64.b64encode(png).decode(), sizes["alt"]
        still = {
            "text/html": still_html(picture, words, sizes) + SCRIPT,
            "image/png": picture,
            "text/plain": words,
        }
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return [(still, {"image/png": sizes}), ({WIDGET_VIEW: view, "text/plain": words}, {})]

    def _ipython_display_(self) -> None:
        if self.widget is None:
            raise NotImplementedError  # IPython then asks for the picture alone
        from IPython.display import display

        for data, metadata in self.outputs():
            display(data, metadata=metadata, raw=True)


def still_html(png: str, words: str, size: dict[str, Any]) -> str:
    """The picture that stands in the place of the controls where no kernel is."""
    return f"{EITHER}{picture_html(png, words, size, STILL)}{RUN_ME}"


def _has_kernel() -> bool:
    """Whether this runs in a Jupyter kernel, so that a browser may talk to widgets."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None
