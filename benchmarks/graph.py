"""The graph, perceptrons, losses, dropout and Adam: ours against PyTorch eager on one thread, float32.

Run with `python benchmarks/graph.py`. Blocks alternate in one process, so that a busy machine slows both; the ratio of
the medians is the result, the times are for orientation.
"""

from __future__ import annotations

import processor  # noqa: F401  isort: skip (before NumPy)

from itertools import pairwise

import numpy as np
import torch

from ratios import Step, show
from tplib import nn

CHAIN = 1000


def small_operation() -> tuple[Step, Step]:
    """x * y on three values, with both gradients."""
    x, y = (nn.Tensor([1.0, 2.0, 3.0], requires_grad=True) for _ in range(2))
    a, b = (torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True) for _ in range(2))
    g, h = np.ones(3), torch.ones(3, dtype=torch.float64)

    def ours() -> None:
        (x * y).backward(g)
        x.grad = y.grad = None

    def theirs() -> None:
        (a * b).backward(h)
        a.grad = b.grad = None

    return ours, theirs


def chain(length: int) -> tuple[Step, Step]:
    """`length` multiplications one after the other, forward and backward."""
    x, c = nn.Tensor([1.0, 2.0, 3.0], requires_grad=True), nn.Tensor([0.9, 1.0, 1.1])
    a, d = (
        torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True),
        torch.tensor([0.9, 1.0, 1.1]).double(),
    )
    g, h = np.ones(3), torch.ones(3, dtype=torch.float64)

    def ours() -> None:
        y = x
        for _ in range(length):
            y = y * c
        y.backward(g)
        x.grad = None

    def theirs() -> None:
        y = a
        for _ in range(length):
            y = y * d
        y.backward(h)
        a.grad = None

    return ours, theirs


def perceptron(batch: int, *widths: int) -> tuple[Step, Step]:
    """A training step: forward with ReLU, cross-entropy, backward, SGD; float32."""
    rng = np.random.default_rng(0)
    x, labels = rng.random((batch, widths[0]), np.float32), rng.integers(0, widths[-1], batch)
    tx, t_labels = torch.tensor(x), torch.tensor(labels)
    ours_layers: list[nn.Module] = []
    their_layers: list[torch.nn.Module] = []
    for n, m in pairwise(widths):
        ours_layers += [nn.Linear(n, m, rng=rng), nn.ReLU()]
        their_layers += [torch.nn.Linear(n, m), torch.nn.ReLU()]
    net, their_net = nn.Sequential(*ours_layers[:-1]), torch.nn.Sequential(*their_layers[:-1])
    optimiser = nn.optim.SGD(net.parameters(), lr=0.01)
    their_optimiser = torch.optim.SGD(their_net.parameters(), lr=0.01)

    def ours() -> None:
        optimiser.zero_grad()
        nn.functional.cross_entropy(net(x), labels).backward()
        optimiser.step()

    def theirs() -> None:
        their_optimiser.zero_grad()
        torch.nn.functional.cross_entropy(their_net(tx), t_labels).backward()
        their_optimiser.step()

    return ours, theirs


def cross_entropy(rows: int, classes: int) -> tuple[Step, Step]:
    """Softmax and cross-entropy of given scores, forward and backward."""
    rng = np.random.default_rng(0)
    scores, labels = rng.normal(size=(rows, classes)).astype(np.float32), rng.integers(0, classes, rows)
    x, t, their_labels = nn.Tensor(scores, requires_grad=True), torch.tensor(scores), torch.tensor(labels)
    t.requires_grad_()

    def ours() -> None:
        x.grad = None
        nn.functional.cross_entropy(x, labels).backward()

    def theirs() -> None:
        t.grad = None
        torch.nn.functional.cross_entropy(t, their_labels).backward()

    return ours, theirs


def dropout(*shape: int) -> tuple[Step, Step]:
    rng = np.random.default_rng(0)
    array = rng.normal(size=shape).astype(np.float32)
    x, t = nn.Tensor(array, requires_grad=True), torch.tensor(array, requires_grad=True)
    g, h = np.ones(shape, np.float32), torch.ones(shape)

    def ours() -> None:
        x.grad = None
        nn.functional.dropout(x, 0.5, rng=rng).backward(g)

    def theirs() -> None:
        t.grad = None
        torch.nn.functional.dropout(t, 0.5).backward(h)

    return ours, theirs


def adam(**options: bool) -> tuple[Step, Step]:
    """A step over a million parameters in two matrices and two biases."""
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=shape).astype(np.float32) for shape in ((800, 1000), (800,), (240, 800), (240,))]
    ours, theirs = [nn.Parameter(a) for a in arrays], [torch.nn.Parameter(torch.tensor(a)) for a in arrays]
    for a, p, t in zip(arrays, ours, theirs, strict=True):
        p.grad, t.grad = 0.1 * a, torch.tensor(0.1 * a)
    return nn.optim.Adam(ours).step, torch.optim.Adam(theirs, **options).step


def items() -> list[tuple[str, Step, Step]]:
    """Name, our step and PyTorch's, for each item of work."""
    return [
        ("one operation, 3 values", *small_operation()),
        (f"chain of {CHAIN} operations", *chain(CHAIN)),
        ("MLP step, batch 64, 784-128-64-10", *perceptron(64, 784, 128, 64, 10)),
        ("MLP step, batch 10, 784-30-10", *perceptron(10, 784, 30, 10)),
        ("softmax and cross-entropy 64x10", *cross_entropy(64, 10)),
        ("softmax and cross-entropy 1024x1000", *cross_entropy(1024, 1000)),
        ("dropout 256x1024", *dropout(256, 1024)),
        ("Adam, 1M parameters, against foreach", *adam(foreach=True)),
        ("Adam, 1M parameters, against fused", *adam(fused=True)),
    ]


if __name__ == "__main__":
    show(items())
