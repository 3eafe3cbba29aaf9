"""A curve and the networks that approximate it; their errors against the width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tplib.plots.style import BLUE, GREEN, GREY, VERMILION, plain

Array = np.ndarray


def approximations(x: Array, target: Array, outputs: Mapping[str, Array]) -> None:
    """A panel for each output of a network in a new figure, over the target; all are (N,) or (N, 1)."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(
        1, len(outputs), figsize=(3.4 * len(outputs), 2.8), squeeze=False, sharey=True, layout="constrained"
    )
    for ax, (title, output) in zip(axes.flat, outputs.items(), strict=True):
        plain(ax, title, "input x", "output" if ax is axes.flat[0] else "")
        ax.plot(np.ravel(x), np.ravel(target), color=GREY, linewidth=3, alpha=0.5, label="target f(x)")
        ax.plot(np.ravel(x), np.ravel(output), color=BLUE, label="network F(x)")
    handles, names = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=2, fontsize=9, frameon=False)


def errors_by_width(errors: Mapping[str, Mapping[int, float | Sequence[float]]]) -> None:
    """Errors against the width in a new figure, both axes logarithmic.

    errors: for each kind of network its error by width, or a list of errors where there were several trainings;
    these are shown as crosses, and the line goes through their median.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    plain(ax, "", "hidden units", "largest error")
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    looks = ((BLUE, "-", "o"), (VERMILION, "--", "s"), (GREEN, "-.", "^"))
    for (name, by_width), (colour, line, marker) in zip(errors.items(), looks, strict=False):
        several = {width: np.atleast_1d(np.asarray(found, dtype=np.float64)) for width, found in by_width.items()}
        medians = [np.median(found) for found in several.values()]
        ax.plot(list(several), medians, color=colour, linestyle=line, marker=marker, ms=6, label=name)
        for width, found in several.items():
            if len(found) > 1:
                ax.plot([width] * len(found), found, "x", color=colour, ms=6)
    widths = sorted({width for by_width in errors.values() for width in by_width})
    ax.set_xticks(widths, [str(width) for width in widths])
    ax.minorticks_off()
    ax.legend(fontsize=9, frameon=False)
