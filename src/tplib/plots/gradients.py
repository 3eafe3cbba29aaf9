"""How far a finite difference is from the slope that it stands for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tplib.plots.style import BLUE, GREEN, VERMILION, plain

Array = np.ndarray


def step_errors(steps: Array, errors: Mapping[str, Array]) -> None:
    """Relative errors (N,) against the sizes of the step (N,), a curve for each way to take the difference.

    Draws in a new figure, both axes logarithmic. An error of 0 has no place there and is left out.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    plain(ax, "", "size of the step eps (log scale)", "relative error (log scale)")
    looks = ((BLUE, "o", "-"), (VERMILION, "s", "--"), (GREEN, "^", ":"))
    for (name, values), (colour, marker, line) in zip(errors.items(), looks, strict=False):
        shown = np.where(np.asarray(values) > 0, values, np.nan)
        ax.loglog(steps, shown, color=colour, marker=marker, ms=4, linestyle=line, label=name)
    ax.legend(fontsize=9, frameon=False)
