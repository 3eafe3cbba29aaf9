"""Overfitting, layers and depth: the figures of TP6-TrainFFNN/5_generalise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION, plain
from tplib.plots.training import LiveCurve

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LOOKS = (("#000000", "o"), (BLUE, "s"), (VERMILION, "D"), (GREEN, "^"), (PURPLE, "v"), (ORANGE, "X"))


class LiveAccuracies(LiveCurve):
    """The accuracies of trainings that go on side by side, redrawn in the cell's output; `add_all` takes one epoch."""

    def __init__(self, epochs: int, names: Sequence[str], title: str = "") -> None:
        super().__init__(epochs, title)
        self.names = list(names)
        self.rows: list[list[float]] = []

    def add_all(self, accuracies: Sequence[float]) -> None:
        """The accuracies of one epoch in 0..1, in the order of the names."""
        self.rows.append([float(accuracy) for accuracy in accuracies])
        self.add(0.0, max(self.rows[-1]))

    def figure(self) -> Figure:
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator

        figure = Figure(figsize=(7, 3.2))
        ax = figure.subplots(gridspec_kw={"left": 0.1, "right": 0.72, "bottom": 0.16, "top": 0.88})
        plain(ax, "", "epoch", "accuracy (%)")
        epochs = np.arange(1, len(self.rows) + 1)
        columns = 100 * np.array(self.rows, dtype=np.float64).reshape(len(self.rows), len(self.names)).T
        for name, values, (colour, marker) in zip(self.names, columns, LOOKS, strict=False):
            ax.plot(epochs, values, color=colour, marker=marker, ms=4, label=name)
        ax.set_xlim(0.5, max(self.epochs, len(epochs), 1) + 0.5)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
        ax.legend(fontsize=9, loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
        figure.suptitle(" · ".join(part for part in (self.title, self._progress()) if part), fontsize=11)
        return figure

    def _words(self) -> str:
        last = ", ".join(f"{name} {100 * a:.1f} %" for name, a in zip(self.names, self.rows[-1], strict=True))
        return f"{self.title or 'Accuracy'} after {len(self.rows)} epochs: {last}."


def overfitting(runs: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """A panel for each run in a new figure: its "train" and "validation" losses by epoch, the best epoch marked."""
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    _, axes = plt.subplots(
        1, len(runs), figsize=(1.2 + 3.3 * len(runs), 3), squeeze=False, sharey=True, layout="constrained"
    )
    for ax, (title, run) in zip(axes.flat, runs.items(), strict=True):
        best = int(np.argmin(run["validation"]))
        plain(ax, f"{title}\nbest: epoch {best + 1}", "epoch", "loss per example" if ax is axes.flat[0] else "")
        epochs = np.arange(1, len(run["train"]) + 1)
        ax.plot(epochs, run["train"], color=BLUE, label="training")
        ax.plot(epochs, run["validation"], color=VERMILION, linestyle="--", label="validation")
        ax.plot(best + 1, run["validation"][best], "s", ms=8, mfc="none", color=VERMILION)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.flat[0].set_ylim(bottom=0)
    axes.flat[0].legend(fontsize=9, loc="best", frameon=False)


def by_layer(lines: Mapping[str, Sequence[float]], y_label: str) -> None:
    """One value for each layer (log scale), a line for each network, in a new figure."""
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    _, ax = plt.subplots(figsize=(7, 3), layout="constrained")
    plain(ax, "", "layer", y_label).set_yscale("log")
    for (name, values), (colour, marker) in zip(lines.items(), LOOKS, strict=False):
        ax.plot(np.arange(1, len(values) + 1), values, color=colour, marker=marker, ms=5, label=name)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(fontsize=9, loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)


def weights(matrices: Mapping[str, np.ndarray], small: float) -> None:
    """A histogram of each matrix's weights in a new figure; the title says which share is below `small` in size."""
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(
        1, len(matrices), figsize=(3.2 * len(matrices), 2.8), squeeze=False, sharey=True, layout="constrained"
    )
    reach = max(float(np.abs(W).max()) for W in matrices.values()) or 1.0
    for ax, (name, W) in zip(axes.flat, matrices.items(), strict=True):
        near_0 = np.mean(np.abs(W) < small)
        plain(ax, f"{name}\n|w| < {small:g}: {near_0:.0%}", "weight", "number" if ax is axes.flat[0] else "")
        ax.hist(np.ravel(W), bins=np.linspace(-reach, reach, 61), color=BLUE)
        ax.set_yscale("log")


def depths(measured: Mapping[str, np.ndarray], lecture: Sequence[float], zoom: float = 85.0) -> None:
    """Accuracy (%) against hidden layers: rows (mean, half-width) of each measurement, and the lecture's values.

    The right panel shows the same from `zoom` per cent on.
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), layout="constrained")
    for ax, title in zip(axes, ("all", f"from {zoom:g} % on"), strict=True):
        plain(ax, title, "hidden layers of 30 sigmoid units", "accuracy (%)").set_xticks(range(len(lecture)))
        ax.plot(range(len(lecture)), lecture, "x", color=GREY, ms=9, mew=2, label="lecture 002")
        for at, (name, rows) in enumerate(measured.items()):
            colour, marker = LOOKS[at + 1]
            places = np.arange(len(rows)) + 0.16 * (at - (len(measured) - 1) / 2)
            ax.errorbar(
                places, rows[:, 0], rows[:, 1], color=colour, marker=marker, ms=4, capsize=4, ls="none", label=name
            )
    axes[0].set_ylim(0, 100)
    axes[1].set_ylim(zoom, 98)
    handles, names = axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=len(names), fontsize=9, frameon=False)
