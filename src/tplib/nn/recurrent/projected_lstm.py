"""The LSTM whose short-term state is projected to fewer values (Sak, Senior and Beaufays 2014), step by step."""

from __future__ import annotations

from typing import Any

from tplib.nn.graph.tensor import Tensor, concatenate
from tplib.nn.recurrent.time_steps import Steps


def projected_lstm(
    x: Tensor, h: Tensor, c: Tensor, weights: tuple[Any, ...], steps: Steps
) -> tuple[Tensor, Tensor, Tensor]:
    """Packed rows x (N, D), h (B, P) and c (B, H) -> (N, P), last h and last c.

    `weights` are w_ih (4H, D), w_hh (4H, P), the biases (4H,) or None, and w_hr (P, H).
    h(t) = W_hr (o tanh(c(t))), all else as in `lstm.py`. Each step is made of ordinary operations on the graph.
    """
    (w_ih, w_hh, b_ih, b_hh, w_hr), hidden = weights, c.shape[1]
    gates = x @ w_ih.T  # (N, 4H), all time steps at once
    if b_ih is not None:
        gates = gates + b_ih + b_hh
    outputs: dict[int, Tensor] = {}
    for at, size in steps:
        a = gates[at] + h[:size] @ w_hh.T  # (n, 4H)
        i, f, g, o = (a[:, k * hidden : (k + 1) * hidden] for k in range(4))
        new_c = f.sigmoid() * c[:size] + i.sigmoid() * g.tanh()
        new_h = (o.sigmoid() * new_c.tanh()) @ w_hr.T  # (n, P)
        outputs[at.start] = new_h
        h, c = (_replace(old, new) for old, new in ((h, new_h), (c, new_c)))
    return concatenate([outputs[start] for start in sorted(outputs)]), h, c


def _replace(old: Tensor, new: Tensor) -> Tensor:
    """The first rows are new; those of sequences that have ended, or not begun, stay."""
    return new if len(new) == len(old) else concatenate([new, old[len(new) :]])
