"""Convolution, pooling and normalisation, forward and backward: ours against PyTorch eager on one thread, float32.

Run with `python benchmarks/convolution.py`. Blocks alternate in one process, so that a busy machine slows both; the
ratio of the medians is the result, the times are for orientation. Unless the name says otherwise the gradients of the
input and of all weights are computed. The memory of a training step is measured by memory.py.
"""

from __future__ import annotations

import processor  # noqa: F401  isort: skip (before NumPy)

import numpy as np
import torch

from ratios import Step, show
from tplib import nn

BATCH = 64


def layer(name: str, args: tuple, shape: tuple[int, ...], options: dict | None = None) -> tuple[Step, Step]:
    """One module of both libraries, with the same weights, input and cotangent."""
    theirs = getattr(torch.nn, name)(*args, **(options or {}))
    ours = getattr(nn, name)(*args, **(options or {}))
    ours.load_state_dict(theirs.state_dict())
    rng = np.random.default_rng(0)
    x = rng.normal(size=shape).astype(np.float32)
    our_x, their_x = nn.Tensor(x, requires_grad=True), torch.tensor(x, requires_grad=True)
    g = rng.normal(size=ours(our_x).shape).astype(np.float32)
    their_g = torch.tensor(g)

    def our_step() -> None:
        ours.zero_grad()
        our_x.grad = None
        ours(our_x).backward(g)

    def their_step() -> None:
        theirs.zero_grad()
        their_x.grad = None
        theirs(their_x).backward(their_g)

    return our_step, their_step


def network(library: object) -> object:
    """c5x20-p-c5x40-p-100-10 on images of 28 x 28."""
    m: object = library
    return m.Sequential(
        m.Conv2d(1, 20, 5), m.ReLU(), m.MaxPool2d(2), m.Conv2d(20, 40, 5), m.ReLU(), m.MaxPool2d(2),
        m.Flatten(), m.Linear(640, 100), m.ReLU(), m.Linear(100, 10),
    )  # fmt: skip


def our_training() -> Step:
    rng = np.random.default_rng(0)
    x, labels = rng.random((BATCH, 1, 28, 28), np.float32), rng.integers(0, 10, BATCH)
    net = network(nn)
    optimiser = nn.optim.SGD(net.parameters(), lr=0.01)

    def step() -> None:
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(x), labels).backward()
        optimiser.step()

    return step


def their_training() -> Step:
    rng = np.random.default_rng(0)
    x, labels = rng.random((BATCH, 1, 28, 28), np.float32), rng.integers(0, 10, BATCH)
    net = network(torch.nn)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
    images, targets = torch.tensor(x), torch.tensor(labels)

    def step() -> None:
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(net(images), targets).backward()
        optimiser.step()

    return step


def items() -> list[tuple[str, Step, Step]]:
    """Name, our step and PyTorch's, for each item of work."""
    same = {"padding": 1}
    return [
        ("conv 64x3x32x32 to 32, k3", *layer("Conv2d", (3, 32, 3), (64, 3, 32, 32), same)),
        ("conv 32x32x28x28 to 64, k3", *layer("Conv2d", (32, 64, 3), (32, 32, 28, 28), same)),
        ("conv 100x1x28x28 to 20, k5", *layer("Conv2d", (1, 20, 5), (100, 1, 28, 28))),
        ("conv 64x20x12x12 to 40, k5", *layer("Conv2d", (20, 40, 5), (64, 20, 12, 12))),
        ("conv 32x64x28x28 to 64, k1", *layer("Conv2d", (64, 64, 1), (32, 64, 28, 28))),
        ("conv1d 64x100x50 to 100, k3", *layer("Conv1d", (100, 100, 3), (64, 100, 50), same)),
        ("max-pool 2x2, 64x32x32x32", *layer("MaxPool2d", (2,), (64, 32, 32, 32))),
        ("max-pool 3x3 by 2, 64x32x32x32", *layer("MaxPool2d", (3, 2), (64, 32, 32, 32))),
        ("average pool 2x2, 64x32x32x32", *layer("AvgPool2d", (2,), (64, 32, 32, 32))),
        ("global average, 64x64x7x7", *layer("AdaptiveAvgPool2d", (1,), (64, 64, 7, 7))),
        ("batch norm 512x256", *layer("BatchNorm1d", (256,), (512, 256))),
        ("batch norm 64x32x32x32", *layer("BatchNorm2d", (32,), (64, 32, 32, 32))),
        ("layer norm 1024x256", *layer("LayerNorm", (256,), (1024, 256))),
        ("CNN step, batch 64", our_training(), their_training()),
    ]


if __name__ == "__main__":
    show(items())
