"""Recurrent layers, forward and backward: ours against PyTorch eager on one thread, float32.

Run with `python benchmarks/recurrent.py`. Blocks alternate in one process, so that a busy machine slows both; the ratio
of the medians is the result, the times are for orientation. Input (T, B, D); the gradients of the input and of all
weights are computed.
"""

from __future__ import annotations

import processor  # noqa: F401  isort: skip (before NumPy)

import numpy as np
import torch

from ratios import Step, show
from tplib import nn

SMALL = 32, 50, 100, 128  # B, T, D, H
LARGE = 64, 128, 256, 256


def layer(name: str, batch: int, time: int, inputs: int, hidden: int) -> tuple[Step, Step]:
    """One layer in one direction, from the same weights, with the same cotangent on its output."""
    theirs = getattr(torch.nn, name)(inputs, hidden)
    ours = getattr(nn, name)(inputs, hidden)
    ours.load_state_dict(theirs.state_dict())
    rng = np.random.default_rng(0)
    x, g = (rng.normal(size=(time, batch, size)).astype(np.float32) for size in (inputs, hidden))
    ours_x, theirs_x = nn.Tensor(x, requires_grad=True), torch.tensor(x, requires_grad=True)
    theirs_g = torch.tensor(g)

    def our_step() -> None:
        ours.zero_grad()
        ours_x.grad = None
        ours(ours_x)[0].backward(g)

    def their_step() -> None:
        theirs.zero_grad()
        theirs_x.grad = None
        theirs(theirs_x)[0].backward(theirs_g)

    return our_step, their_step


def items() -> list[tuple[str, Step, Step]]:
    """Name, our step and PyTorch's, for each item of work."""
    return [
        (f"{name} {label}", *layer(name, *sizes))
        for label, sizes in (("small", SMALL), ("large", LARGE))
        for name in ("RNN", "LSTM", "GRU")
    ]


if __name__ == "__main__":
    show(items())
