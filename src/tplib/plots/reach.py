"""How far a gradient reaches back through time: in a plain recurrent layer, an LSTM and a GRU."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tplib import nn
from tplib.plots.style import BLUE, GREEN, VERMILION, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray
LOOKS = {"RNN": (BLUE, "-"), "LSTM": (VERMILION, "--"), "GRU": (GREEN, ":")}
LEAST = 1e-20  # the bottom of the picture
D, B = 4, 16


@lru_cache(maxsize=256)
def reach_of_cell(cell: str, T: int = 60, H: int = 32, forget_bias: float = 0.0, scale: float = 1.0) -> Array:
    """Norm of the gradient of the last state with respect to the input k steps before it, k = 0 ... T - 1: (T,).

    `cell` is "RNN", "LSTM" or "GRU", untrained, with random inputs. The loss is a random sum of the last states alone.
    `scale` multiplies PyTorch's usual starting weights; `forget_bias` is the bias of the LSTM's forget gate, and what
    corresponds to it in a GRU, the bias of the update gate. Raises ValueError for another cell.
    """
    if cell not in LOOKS:
        raise ValueError(f'reach_of_cell: expected the cell "RNN", "LSTM" or "GRU", got {cell!r}')
    rng = np.random.default_rng(0)
    layer = getattr(nn, cell)(D, H, batch_first=True, rng=rng, dtype=np.float64)
    for name, parameter in layer.named_parameters():
        parameter.data[...] *= scale if name.startswith("weight") else 0.0
        if name.startswith("bias_ih") and cell != "RNN":
            parameter.data[H : 2 * H] = forget_bias  # the second block: f of i, f, g, o and z of r, z, n
    x = nn.Tensor(rng.normal(size=(B, T, D)), requires_grad=True)
    weights = rng.normal(size=(B, H))
    (layer(x)[0][:, -1] * weights).sum().backward()
    return np.asarray(np.sqrt((x.grad**2).sum(axis=(0, 2)))[::-1])  # the distance 0 first


def by_distance(curves: Mapping[str, Array], what: str = "norm of the gradient") -> None:
    """Curves (T,) over the distance to the last step, in a new figure with a logarithmic axis.

    A name that begins with a cell's name gets its colour. An entry of 0 has no place on the axis and is left out.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.8, 3.6), layout="constrained")
    draw_by_distance(ax, curves)
    ax.set_ylabel(f"{what} (log scale)")


def draw_by_distance(ax: Axes, curves: Mapping[str, Array]) -> None:
    plain(ax, "", "distance to the last step", "norm of the gradient (log scale)")
    others = iter((BLUE, VERMILION, GREEN))
    seen: dict[str, int] = {}
    for name, values in curves.items():
        cell = name.split()[0].rstrip(",")
        colour, line = LOOKS[cell] if cell in LOOKS else (next(others), "-")
        if seen.setdefault(cell, 0):
            line = "-."
        seen[cell] += 1
        ax.semilogy(np.where(values > 0, values, np.nan), color=colour, linestyle=line, linewidth=2, label=name)
    ax.legend(fontsize=9, frameon=False)


def losses_by_step(runs: Mapping[str, list[Array]], without_memory: float, window: int = 25) -> None:
    """Losses (steps,) of several runs of each cell, as means over `window` steps, in a new figure.

    `without_memory` is the loss of the best answer that remembers nothing, drawn as a line.
    """
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(6.8, 3.4), layout="constrained")
    plain(ax, "", "step", f"loss, mean of {window} steps (log scale)")
    for name, losses in runs.items():
        colour, line = LOOKS[name]
        for place, run in enumerate(losses):
            smooth = np.convolve(run, np.ones(window) / window, "valid")
            steps = np.arange(len(smooth)) + window
            ax.semilogy(steps, smooth, color=colour, linestyle=line, label="" if place else name)
    ax.axhline(without_memory, color="black", linewidth=0.8, linestyle=":", label="without memory")
    ax.legend(fontsize=9, frameon=False)
