"""Figures of TP7-LSTM/4_language_model: the ladder of n-grams, and a text whose characters carry a weight."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
SIGNS = {"\n": "↵", " ": "\u00a0"}


def ladder(losses: Sequence[float], networks: Mapping[str, float], uniform: float) -> None:
    """The loss of each n-gram model (n = 1, 2, ...) and of networks, in nats a character, in a new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(7, 3), layout="constrained")
    plain(ax, "", "characters that the model looks at (n, the guessed one included)", "nats a character")
    n = np.arange(1, len(losses) + 1)
    ax.axhline(uniform, color=GREY, linestyle=":", label=f"ln V = {uniform:.2f}")
    ax.plot(n, losses, color=BLUE, marker="o", label="n-grams")
    for (name, loss), line in zip(networks.items(), ("--", "-.", "-"), strict=False):
        ax.axhline(loss, color=VERMILION, linestyle=line, linewidth=1.6, label=f"{name}: {loss:.2f}")
    ax.set_xticks(n)
    ax.legend(fontsize=9, frameon=False)


def truncated_times(times: Mapping[str, Sequence[float]]) -> None:
    """Milliseconds of each training step, one line for each way to hand on the state, in a new figure."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.4, 2.7), layout="constrained")
    axes: Axes = plain(ax, "", "training step", "milliseconds")
    for (name, values), colour, marker in zip(times.items(), (VERMILION, BLUE), "so", strict=False):
        steps = np.arange(1, len(values) + 1)
        axes.plot(steps, 1000 * np.asarray(values), color=colour, marker=marker, ms=4, label=name)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=9, frameon=False)


class ColouredText:
    """A text whose characters have a background as dark as their weight; shown in a notebook, a table in plain text.

    Weights (T,) are not negative; the largest is the darkest. Raises ValueError where their number is another.
    """

    def __init__(self, text: str, weights: Sequence[float] | Array, ending: str = "") -> None:
        self.text, self.ending = text, ending
        self.weights = np.asarray(weights, dtype=np.float64)
        if self.weights.shape != (len(text),):
            raise ValueError(
                f"ColouredText: expected one weight for each of {len(text)} characters, got shape {self.weights.shape}"
            )

    def shares(self) -> Array:
        """Each weight as a part of the largest, in 0..1."""
        top = float(self.weights.max(initial=0.0))
        return np.asarray(self.weights / top if top > 0 else np.zeros_like(self.weights))

    def __repr__(self) -> str:
        strongest = np.argsort(-self.weights, kind="stable")[:5]
        listed = ", ".join(f"{self.text[i]!r} at {i - len(self.text)}" for i in strongest)
        return f"ColouredText of {len(self.text)} characters; the strongest: {listed}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.html()}

    def html(self) -> str:
        """One span for each character; a new line is shown as an arrow."""
        spans = []
        for character, share in zip(self.text, self.shares(), strict=True):
            sign = html.escape(SIGNS.get(character, character))
            light = "; color: #fff" if share > 0.6 else ""
            spans.append(
                f'<span style="background: rgba(0, 114, 178, {share:.2f}){light}" '
                f'title="{html.escape(repr(character))}: {share:.2f}">{sign}</span>'
            )
        end = f'<b style="color: {VERMILION}">{html.escape(self.ending)}</b>'
        return f'<div style="font: 15px/1.9 monospace; overflow-wrap: anywhere">{"".join(spans)}{end}</div>'
