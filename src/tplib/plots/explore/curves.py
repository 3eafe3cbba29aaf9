"""The loss curves of a small training, and how to read them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tplib import nn
from tplib.nn import functional as F
from tplib.plots.explore.points import points
from tplib.plots.explore.skin import Explorer, slider, two_panels
from tplib.plots.style import BLUE, GREY, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = np.ndarray
EPOCHS, BATCH, VALIDATION = 60, 16, 400
MEANINGLESS = 18  # inputs that are noise: what a network with few examples learns by heart
RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0]
READINGS = {
    "diverges": "The training loss ends above where it began: the learning rate is far too high, and each step makes "
    "things worse.",
    "too high": "The training loss jumps up and down: the learning rate is too high, and steps go over the minimum.",
    "overfits": "The validation loss falls, then rises, while the training loss goes on falling: from there on the "
    "network learns its examples by heart.",
    "too low": "The training loss still falls at the end: the learning rate is too low, or the training too short.",
    "good": "Both curves fall fast at first and level off; the validation loss stays near its lowest point.",
}


def explore_curves() -> Explorer:
    """Choose the learning rate, the width and the number of examples: the loss curves of the training, and a reading.

    Source: lecture 000, "Does it work?".
    """
    controls = {
        "lr": slider("learning rate η", RATES, 0.03),
        "width": slider("hidden units", [1, 2, 4, 8, 16, 32, 64], 16),
        "examples": slider("training examples", [25, 50, 100, 200], 200),
        "seed": slider("first weights (seed)", list(range(6)), 0),
    }
    return Explorer("explore_curves", controls, draw_curves)


@lru_cache(maxsize=64)
def training_curves(lr: float, width: int, examples: int, seed: int) -> Array:
    """Mean losses (61, 2) on the training and the validation examples, before training and after each of 60 epochs.

    A network with one hidden layer tells two moons apart, by 2 inputs that matter and 18 that do not, with SGD on
    batches of 16.
    """
    x, t = _examples(VALIDATION + examples)
    validation, training = (x[:VALIDATION], t[:VALIDATION]), (x[VALIDATION:], t[VALIDATION:])
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Linear(2 + MEANINGLESS, width, rng=rng), nn.Tanh(), nn.Linear(width, 1, rng=rng))
    optimizer = nn.optim.SGD(model.parameters(), lr=lr)
    losses = np.empty((EPOCHS + 1, 2))
    for epoch in range(EPOCHS + 1):
        for batch, targets in nn.minibatches(*training, batch_size=BATCH, rng=rng) if epoch else ():
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(model(batch), targets).backward()
            optimizer.step()
        with nn.no_grad():
            losses[epoch] = [F.binary_cross_entropy_with_logits(model(a), b).item() for a, b in (training, validation)]
    return losses


def _examples(n: int) -> tuple[Array, Array]:
    """Inputs (n, 20) and targets (n, 1); fewer examples are the first of more."""
    rng = np.random.default_rng(0)
    x, y = points("two moons", 600, rng, noise=2.0)
    inputs = np.concatenate([x, rng.normal(size=(600, MEANINGLESS))], axis=1)  # (600, 20)
    return inputs[:n].astype(np.float32), y[:n, None].astype(np.float32)


def read_curves(losses: Array) -> str:
    """What losses (epochs + 1, 2) say, a key of `READINGS`; the first column is training, the second validation.

    "diverges": training ends above its start, or at no number. "too high": its rises add up to more than half of what
    it lost in all. "overfits": the last validation loss is a fifth above the lowest. "too low": the last quarter of the
    epochs brought a tenth of the whole fall, or more. Else "good". These are the rules of the exercise
    `diagnose_curve`.
    """
    train, validation = losses.T
    fall, quarter = train[0] - train[-1], len(train) // 4
    if not np.isfinite(train).all() or fall < 0:
        return "diverges"
    if np.maximum(np.diff(train), 0).sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    return "too low" if train[-1 - quarter] - train[-1] >= fall / 10 else "good"


def draw_curves(lr: float, width: int, examples: int, seed: int) -> tuple[Figure, str]:
    """Both losses of each epoch; on the right the same on a logarithmic axis."""
    losses = training_curves(lr, width, examples, seed)
    figure, left, right = two_panels(right=0.8)
    lowest = int(losses[:, 1].argmin())
    top = max(1.0, min(1.1 * losses.max(), 3.0))
    _both(plain(left, "loss of each epoch", "epoch", "mean loss of an example"), losses, lowest)
    left.set_ylim(0, top)
    _both(plain(right, "the same, log axis", "epoch", "loss (log)"), np.maximum(losses, 1e-4), lowest)
    right.legend(fontsize=9, frameon=False, loc="upper left", bbox_to_anchor=(1.02, 1.03))
    right.set_yscale("log")
    right.set_ylim(5e-4, 200)
    right.set_yticks(10.0 ** np.arange(-3, 3))
    right.minorticks_off()
    reading = READINGS[read_curves(losses)]
    end = f"After {EPOCHS} epochs the loss is {losses[-1, 0]:.2g} in training and {losses[-1, 1]:.2g} in validation"
    return figure, f"{reading} {end}; the lowest validation loss is {losses[lowest, 1]:.2g}, at epoch {lowest}."


def _both(ax: Axes, losses: Array, lowest: int) -> None:
    ax.plot(losses[:, 0], color=BLUE, linewidth=2, label="training")
    ax.plot(losses[:, 1], color=VERMILION, linewidth=2, linestyle="--", label="validation")
    ax.plot(
        lowest,
        losses[lowest, 1],
        "s",
        color=VERMILION,
        ms=8,
        mfc="none",
        mew=1.5,
        label="its lowest point",
        clip_on=False,
    )
    ax.axhline(np.log(2), color=GREY, linewidth=1, linestyle=":", label="undecided, log 2")
    ax.set_xlim(0, EPOCHS)
