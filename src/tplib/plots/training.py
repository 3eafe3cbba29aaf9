"""Training as it goes on, and what several runs of it gave."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PATIENCE = 1.0  # seconds without a new picture
SHARE = 0.1  # of the time may go into drawing


class LiveCurve:
    """The training loss and the validation accuracy of each epoch, redrawn in the cell's output while training goes on.

    `epochs` is how many will come; `add` takes one. Drawing takes at most a tenth of the time, and the last epoch is
    always drawn. Outside a notebook nothing is shown; `losses` and `accuracies` hold the values in any case.
    """

    def __init__(self, epochs: int, title: str = "") -> None:
        self.epochs = epochs
        self.title = title
        self.losses: list[float] = []
        self.accuracies: list[float] = []
        self._start = self._drawn = time.monotonic()
        self._cost = 0.0  # seconds that the last picture took
        self._display: Any = None

    def add(self, loss: float, accuracy: float) -> None:
        """One epoch's mean training loss and its validation accuracy in 0..1."""
        self.losses.append(float(loss))
        self.accuracies.append(float(accuracy))
        now = time.monotonic()
        if len(self.losses) >= self.epochs or now - self._drawn > max(PATIENCE, self._cost / SHARE):
            self._show()
            self._drawn = time.monotonic()
            self._cost = self._drawn - now

    def figure(self) -> Figure:
        """Both curves as they stand, the best epoch marked."""
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator

        fig = Figure(figsize=(8, 2.7))
        # Fixed margins: working them out anew would double the time of each picture.
        left, right = fig.subplots(1, 2, gridspec_kw={"left": 0.08, "right": 0.98, "bottom": 0.19, "top": 0.8})
        epochs = np.arange(1, len(self.losses) + 1)
        percent = 100 * np.array(self.accuracies)
        plain(left, "training loss", "epoch", "loss per example").plot(
            epochs, self.losses, color=BLUE, marker="o", ms=3
        )
        plain(right, "validation", "epoch", "accuracy (%)").plot(epochs, percent, color=VERMILION, marker="s", ms=3)
        left.set_ylim(bottom=0)
        if len(percent):
            best = int(percent.argmax())
            right.axhline(percent[best], color=GREY, linewidth=0.8, linestyle=":")
            right.plot(best + 1, percent[best], "s", ms=8, markerfacecolor="none", color=VERMILION)
            right.set_title(f"validation: best {percent[best]:.1f} % (epoch {best + 1})", fontsize=11)
        for ax in (left, right):
            ax.set_xlim(0.5, max(self.epochs, len(epochs), 1) + 0.5)
            ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
        if heading := " · ".join(part for part in (self.title, self._progress()) if part):
            fig.suptitle(heading, fontsize=11)
        return fig

    def _progress(self) -> str:
        done = len(self.losses)
        if not 0 < done < self.epochs:
            return ""
        left = (time.monotonic() - self._start) / done * (self.epochs - done)
        return f"epoch {done} of {self.epochs}, about {left:.0f} s left"

    def _show(self) -> None:
        ipython = sys.modules.get("IPython")
        if ipython is None or ipython.get_ipython() is None:
            return
        from IPython.display import Image, display

        picture = Image(_png(self.figure()), format="png", width=720, alt=self._words())
        if self._display is None:
            self._display = display(picture, display_id=True)
        else:
            self._display.update(picture)

    def _words(self) -> str:
        return (
            f"{self.title or 'Training'}: after {len(self.losses)} epochs the training loss is {self.losses[-1]:.3f}, "
            f"the validation accuracy {100 * self.accuracies[-1]:.1f} %, at best {100 * max(self.accuracies):.1f} %."
        )


class LiveCount:
    """How many of many trainings are done, and how long the others will take, in one line of the cell's output."""

    def __init__(self, total: int, what: str = "trainings") -> None:
        self.total, self.what, self.done = total, what, 0
        self._start = self._shown = time.monotonic()
        self._display: Any = None

    def advance(self) -> None:
        """One more is done; the line changes at most every half second, and at the end."""
        self.done += 1
        now = time.monotonic()
        if self.done >= self.total or now - self._shown > PATIENCE / 2:
            self._shown = now
            self._show({"text/plain": self.words(now - self._start)})

    def words(self, seconds: float) -> str:
        """The line after so many seconds."""
        if self.done >= self.total:
            return f"{self.done} {self.what} done"
        left = seconds / self.done * (self.total - self.done)
        return f"{self.done} of {self.total} {self.what}, about {left:.0f} s left"

    def _show(self, line: dict[str, str]) -> None:
        ipython = sys.modules.get("IPython")
        if ipython is None or ipython.get_ipython() is None:
            return
        from IPython.display import display

        if self._display is None:
            self._display = display(line, raw=True, display_id=True)
        else:
            self._display.update(line, raw=True)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120)
    return buffer.getvalue()


def spread(rows: Sequence[Mapping[str, Any]], runs: Sequence[tuple[Mapping[str, Any], int, float]]) -> None:
    """Draw each configuration of a sweep in a new figure: its single runs, its mean, one standard deviation each way.

    rows: as `sweep` returns them, best first. runs: (configuration, seed, validation accuracy in 0..1) of every run.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(7.5, 0.8 + 0.42 * len(rows)), layout="constrained")
    plain(ax, "", "validation accuracy (%)")
    for at, row in enumerate(rows):
        single = [100 * score for configuration, _, score in runs if configuration == row["configuration"]]
        mean, std = 100 * row["mean"], 100 * row["std"]
        hidden = "_" if at else ""  # only the first row's marks enter the legend
        ax.plot([mean - std, mean + std], [at, at], color=BLUE, linewidth=7, alpha=0.3, solid_capstyle="butt", zorder=1)
        ax.plot(single, [at] * len(single), "o", color=VERMILION, ms=5, mfc="none", label=f"{hidden}one run")
        ax.plot(mean, at, "D", color=BLUE, ms=7, label=f"{hidden}mean ± standard deviation")
    ax.set_yticks(range(len(rows)), [describe(row["configuration"]) for row in rows])
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.legend(fontsize=9, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)


def describe(configuration: Mapping[str, Any]) -> str:
    """A configuration in one line: "width 64, lr 0.01"."""
    return ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in configuration.items()
    )
