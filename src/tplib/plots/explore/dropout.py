"""Dropout on one layer: which units a draw silences, and what the next layer gets on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tplib.plots.explore.skin import Explorer, choice, slider, two_panels
from tplib.plots.style import BLUE, GREEN, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = np.ndarray
SIDE, DRAWS = 8, 500
SCALINGS = {
    "inverted: / (1 − p) in training": "inverted",
    "× (1 − p) in evaluation": "kept",
    "× p in evaluation (slide)": "dropped",
    "none": "none",
}


def explore_dropout() -> Explorer:
    """Choose p, a draw, the mode and the scaling: the activations of 64 units, and their mean in both modes.

    Source: lecture 002, "Dropout"; lecture 000, "Regularization using dropout training".
    """
    controls = {
        "p": slider("p, the probability to drop", [k / 20 for k in range(20)], 0.5, ".2f"),
        "seed": slider("draw (seed)", list(range(21)), 0),
        "mode": choice("mode", ["train", "eval"], "train"),
        "scaling": choice("scaling", SCALINGS, "inverted"),
    }
    return Explorer("explore_dropout", controls, draw_dropout)


def activations_of_layer() -> Array:
    """Activations (8, 8) of 64 units, none of them 0."""
    return 0.2 + np.abs(np.random.default_rng(2).normal(size=(SIDE, SIDE)))


def dropout_mask(shape: tuple[int, ...], p: float, rng: np.random.Generator) -> Array:
    """True where a unit is kept: each is dropped with probability p, whatever the others do."""
    return np.asarray(rng.random(shape) >= p)


def with_dropout(h: Array, p: float, mode: str, scaling: str, rng: np.random.Generator) -> Array:
    """The activations that leave a dropout layer, in the shape of h.

    mode: "train" or "eval". scaling: "inverted" divides by 1 - p in training, "kept" multiplies by 1 - p in evaluation,
    "dropped" by p (as a slide prints it), "none" does neither. Needs p < 1.
    """
    if mode == "eval":
        return np.asarray(h * {"kept": 1 - p, "dropped": p}.get(scaling, 1.0))
    scale = 1 / (1 - p) if scaling == "inverted" else 1.0
    return np.asarray(h * dropout_mask(h.shape, p, rng) * scale)


def training_means(h: Array, p: float, scaling: str, draws: int = DRAWS) -> Array:
    """The mean activation in training under each of `draws` masks (draws,)."""
    batch = np.broadcast_to(h, (draws, *h.shape))
    dropped = with_dropout(batch, p, "train", scaling, np.random.default_rng(0))
    return np.asarray(dropped.reshape(draws, -1).mean(axis=1))


def draw_dropout(p: float, seed: int, mode: str, scaling: str) -> tuple[Figure, str]:
    """The units after dropout, and the means of many draws beside the mean in evaluation."""
    h = activations_of_layer()
    kept = dropout_mask(h.shape, p, np.random.default_rng(seed)) if mode == "train" else np.ones(h.shape, bool)
    out = with_dropout(h, p, mode, scaling, np.random.default_rng(seed))
    evaluated = float(with_dropout(h, p, "eval", scaling, np.random.default_rng(seed)).mean())
    means = training_means(h, p, scaling)
    figure, left, right = two_panels(widths=(1, 1.5))
    left.set_title(f"activations of {SIDE * SIDE} units, {mode}", fontsize=11)
    picture = left.imshow(np.where(kept, out, np.nan), cmap="Blues", vmin=0, vmax=2 * h.max(), aspect="equal")
    rows, columns = np.nonzero(~kept)
    left.plot(columns, rows, "x", color=VERMILION, ms=9, mew=1.8)
    left.set_xticks([])
    left.set_yticks([])
    figure.colorbar(picture, ax=left, fraction=0.05, pad=0.03)
    plain(right, f"mean activation of the layer, {DRAWS} draws", "mean of the 64 activations", "number of draws")
    top = max(2.2 * h.mean(), means.max())
    right.hist(means, bins=np.linspace(0, top, 61).tolist(), color=BLUE, alpha=0.45, label="training")
    right.axvline(means.mean(), color=BLUE, linewidth=2, label=f"mean of training: {means.mean():.2f}")
    right.axvline(evaluated, color=GREEN, linewidth=2.4, linestyle="--", label=f"evaluation: {evaluated:.2f}")
    right.set_xlim(0, top)
    right.margins(y=0.35)
    right.legend(fontsize=9, frameon=False, loc="upper right")
    return figure, _summary(p, mode, scaling, kept, out, float(means.mean()), evaluated)


def _summary(p: float, mode: str, scaling: str, kept: Array, out: Array, train: float, evaluated: float) -> str:
    if mode == "eval":
        first = f"In evaluation no unit is dropped; the mean activation is {evaluated:.2f}."
    else:
        count = int((~kept).sum())
        scaled = f"; the others are multiplied by {1 / (1 - p):.3g}" if scaling == "inverted" and p else ""
        first = f"This draw drops {count} of {kept.size} units{scaled}: the mean activation is {out.mean():.2f}."
    ratio = evaluated / train
    if abs(ratio - 1) < 0.03:
        return f"{first} On average the next layer gets the same in training and in evaluation."
    return (
        f"{first} In evaluation the next layer gets {ratio:.2g} times what it got in training on average: "
        "it was trained for other inputs."
    )
