"""tplib.nn against PyTorch eager on shapes that nobody chose: `python benchmarks/nn.py sweep 11 12 13`.

For each seed and each family, shapes are drawn log-uniformly from the ranges below: forward and backward, float32, one
thread, in short blocks that take turns (see nn.py). A shape whose work is too small or too large is drawn again. The
ratio of one shape is that of the medians; over all, the geometric mean, the ratio that nine in ten stay below, and the
largest count. Seeds that were looked at while the code was tuned say nothing: take new ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import geometric_mean
from typing import Any

import numpy as np
import torch

from tplib import nn

Step = Callable[[], object]
Draw = Callable[..., int]
SHAPES = 3  # of each family and seed
LEAST, MOST = 1e5, 3e9  # multiplications, or values times 10, of a forward pass
MEAN, NINE_IN_TEN, LARGEST = 0.85, 1.6, 2.5
F, T = nn.functional, torch.nn.functional


class Case:
    """What is measured of one shape: a function of tensors, or a module, in both libraries."""

    def __init__(self, name: str, work: float, ours: Any, theirs: Any, *shapes: tuple[int, ...]) -> None:
        self.name, self.work, self.ours, self.theirs, self.shapes = name, work, ours, theirs, shapes

    def steps(self, rng: np.random.Generator) -> tuple[Step, Step]:
        """Forward and backward with respect to all inputs and parameters, from the same values."""
        ours, theirs = self.ours, self.theirs
        if isinstance(ours, nn.Module):
            ours.load_state_dict(theirs.state_dict())
        arrays = [rng.normal(size=shape).astype(np.float32) for shape in self.shapes]
        xs = [nn.Tensor(a, requires_grad=True) for a in arrays]
        ts = [torch.tensor(a, requires_grad=True) for a in arrays]
        g = rng.normal(size=_first(ours(*xs)).shape).astype(np.float32)
        tg = torch.tensor(g)
        mine = [*xs, *(ours.parameters() if isinstance(ours, nn.Module) else ())]
        others = [*ts, *(theirs.parameters() if isinstance(theirs, torch.nn.Module) else ())]

        def our_step() -> None:
            for p in mine:
                p.grad = None
            _first(ours(*xs)).backward(g)

        def their_step() -> None:
            for p in others:
                p.grad = None
            _first(theirs(*ts)).backward(tg)

        return our_step, their_step


def _first(output: Any) -> Any:
    return output[0] if isinstance(output, tuple) else output


def pair(name: str, *args: Any, **options: Any) -> tuple[Any, Any]:
    """A module in both libraries."""
    return getattr(nn, name)(*args, **options), getattr(torch.nn, name)(*args, **options)


def conv2d(d: Draw) -> Case:
    b, c, o, n, k = d(1, 64), d(1, 128), d(4, 128), d(6, 48), d(1, 5)
    padding = int(d(1, 2) == 2) * (k // 2)
    work = b * o * c * k * k * (n + 2 * padding - k + 1) ** 2
    return Case(f"{b}x{c}x{n}x{n} to {o}, k{k}", work, *pair("Conv2d", c, o, k, 1, padding), (b, c, n, n))


def conv1d(d: Draw) -> Case:
    b, c, o, n, k = d(1, 128), d(1, 256), d(4, 256), d(16, 512), d(1, 7)
    return Case(f"{b}x{c}x{n} to {o}, k{k}", b * o * c * k * (n - k + 1), *pair("Conv1d", c, o, k), (b, c, n))


def pooling(d: Draw) -> Case:
    b, c, n, k = d(4, 64), d(4, 128), d(8, 64), d(2, 4)
    name, step = ("MaxPool2d", "AvgPool2d")[d(1, 2) - 1], max(1, k - d(1, 2) + 1)
    return Case(f"{name} {b}x{c}x{n}x{n}, k{k} by {step}", 20.0 * b * c * n * n, *pair(name, k, step), (b, c, n, n))


def linear(d: Draw) -> Case:
    b, i, o = d(4, 1024), d(8, 2048), d(8, 2048)
    return Case(f"{b}x{i} to {o}", b * i * o, *pair("Linear", i, o), (b, i))


def recurrent(d: Draw) -> Case:
    name, t, b, i, h = ("RNN", "LSTM", "GRU")[d(1, 3) - 1], d(5, 100), d(4, 128), d(8, 256), d(16, 256)
    gates = {"RNN": 1, "LSTM": 4, "GRU": 3}[name]
    return Case(f"{name} {t}x{b}x{i} to {h}", gates * t * b * h * (i + h), *pair(name, i, h), (t, b, i))


def attention(d: Draw) -> Case:
    b, heads, n, e = d(1, 32), d(1, 16), d(16, 256), d(8, 128)
    shape = b, heads, n, e
    causal = d(1, 2) == 2
    ours, theirs = (
        lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=causal),
        lambda q, k, v: T.scaled_dot_product_attention(q, k, v, is_causal=causal),
    )
    return Case(
        f"{'x'.join(map(str, shape))}{', causal' * causal}", 2 * b * heads * n * n * e, ours, theirs, *[shape] * 3
    )


def normalisation(d: Draw) -> Case:
    kind = d(1, 4)
    if kind <= 2:
        b, c, n = d(8, 128), d(8, 256), d(4, 32)
        return Case(f"batch {b}x{c}x{n}x{n}", 20.0 * b * c * n * n, *pair("BatchNorm2d", c), (b, c, n, n))
    m, width = d(32, 8192), d(32, 1024)
    if kind == 3:
        return Case(f"layer {m}x{width}", 20.0 * m * width, *pair("LayerNorm", width), (m, width))
    ours, theirs = (lambda x: F.softmax(x, 1)), (lambda x: T.softmax(x, 1))
    return Case(f"softmax {m}x{width}", 20.0 * m * width, ours, theirs, (m, width))


def losses(d: Draw) -> Case:
    kind, m, width = d(1, 3), d(16, 8192), d(4, 1024)
    if kind == 1:
        y = np.random.default_rng(m).integers(0, width, m)
        t = torch.tensor(y)
        return Case(
            f"cross-entropy {m}x{width}",
            20.0 * m * width,
            lambda x: F.cross_entropy(x, y),
            lambda x: T.cross_entropy(x, t),
            (m, width),
        )
    name = ("mse_loss", "smooth_l1_loss")[kind - 2]
    return Case(f"{name} {m}x{width}", 20.0 * m * width, getattr(F, name), getattr(T, name), (m, width), (m, width))


def embeddings(d: Draw) -> Case:
    rows, width, b, n = d(100, 50_000), d(16, 512), d(8, 256), d(8, 256)
    ids = np.random.default_rng(rows).integers(0, rows, (b, n))
    t = torch.tensor(ids)
    bag = d(1, 2) == 2
    ours = (lambda w: F.embedding_bag(ids, w)) if bag else (lambda w: F.embedding(ids, w))
    theirs = (lambda w: T.embedding_bag(t, w)) if bag else (lambda w: T.embedding(t, w))
    return Case(f"{'bags ' * bag}{b}x{n} of {rows}x{width}", 20.0 * b * n * width, ours, theirs, (rows, width))


class Training:
    """A whole step of a network: forward, loss, backward, update."""

    def __init__(
        self, name: str, make: Callable[[Any], Any], shape: tuple[int, ...], classes: int, work: float
    ) -> None:
        self.name, self.make, self.shape, self.classes, self.work = name, make, shape, classes, work

    def steps(self, rng: np.random.Generator) -> tuple[Step, Step]:
        theirs = self.make(torch.nn)
        ours = self.make(nn)
        ours.load_state_dict(theirs.state_dict())
        x, y = rng.normal(size=self.shape).astype(np.float32), rng.integers(0, self.classes, self.shape[0])
        return (
            _training(ours, nn.optim.Adam(ours.parameters()), F.cross_entropy, x, y),
            _training(theirs, torch.optim.Adam(theirs.parameters()), T.cross_entropy, torch.tensor(x), torch.tensor(y)),
        )


def _training(net: Any, optimizer: Any, loss: Any, x: Any, y: Any) -> Step:
    def step() -> None:
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()

    return step


def mlp(d: Draw) -> Training:
    b, i, h, k = d(4, 512), d(16, 1024), d(16, 512), d(2, 64)

    def make(m: Any) -> Any:
        return m.Sequential(m.Linear(i, h), m.ReLU(), m.Linear(h, h), m.ReLU(), m.Linear(h, k))

    return Training(f"MLP {b}x{i}-{h}-{h}-{k}", make, (b, i), k, float(b * (i * h + h * h + h * k)))


def cnn(d: Draw) -> Training:
    b, n, c, k = d(4, 128), d(12, 32), d(8, 48), d(2, 64)

    def make(m: Any) -> Any:
        layers = m.Conv2d(3, c, 3, 1, 1), m.BatchNorm2d(c), m.ReLU(), m.MaxPool2d(2), m.Conv2d(c, 2 * c, 3), m.ReLU()
        return m.Sequential(*layers, m.AdaptiveAvgPool2d(1), m.Flatten(), m.Linear(2 * c, k))

    return Training(f"CNN {b}x3x{n}x{n}, {c} and {2 * c}", make, (b, 3, n, n), k, 9.0 * b * n * n * (3 * c + c * c / 2))


def lstm(d: Draw) -> Training:
    b, t, i, h, k = d(4, 128), d(5, 80), d(8, 128), d(16, 192), d(2, 64)

    def make(m: Any) -> Any:
        class Net(m.Module):
            def __init__(self) -> None:
                super().__init__()
                self.rnn, self.head = m.LSTM(i, h, batch_first=True), m.Linear(h, k)

            def forward(self, x: Any) -> Any:
                return self.head(self.rnn(x)[1][0][0])

        return Net()

    return Training(f"LSTM step {b}x{t}x{i}-{h}", make, (b, t, i), k, 4.0 * t * b * h * (i + h))


FAMILIES: dict[str, Callable[[Draw], Any]] = {
    "convolution, 2-d": conv2d,
    "convolution, 1-d": conv1d,
    "pooling": pooling,
    "linear": linear,
    "recurrent": recurrent,
    "attention": attention,
    "normalisation": normalisation,
    "losses": losses,
    "embeddings": embeddings,
    "whole step, MLP": mlp,
    "whole step, CNN": cnn,
    "whole step, LSTM": lstm,
}


def cases(seed: int, chosen: list[str]) -> Iterator[tuple[str, str, Step, Step]]:
    """Family, shape, our step and PyTorch's; a family's shapes depend on the seed alone."""
    for number, (family, make) in enumerate(FAMILIES.items()):
        rng = np.random.default_rng([seed, number])

        def draw(low: int, high: int, rng: np.random.Generator = rng) -> int:
            return int(np.exp(rng.uniform(np.log(low), np.log(high + 1))))

        found = 0
        while found < SHAPES:
            case = make(draw)
            if not LEAST <= case.work <= MOST:
                continue
            found += 1
            if not chosen or any(part in family for part in chosen):
                yield family, case.name, *case.steps(rng)


def main(
    seeds: list[int], chosen: list[str], measure: Callable[[dict[str, Step]], dict[str, float]], out: Path
) -> None:
    everything: dict[str, list[tuple[str, str, float]]] = {}
    for seed in seeds:
        rows = everything[str(seed)] = []
        for family, name, ours, theirs in cases(seed, chosen):
            times = measure({"ours": ours, "PyTorch": theirs})
            rows.append((family, name, times["ours"] / times["PyTorch"]))
            print(f"{seed}  {family:18} {name:42} {1e3 * times['PyTorch']:8.2f} ms  {rows[-1][2]:.2f}", flush=True)
        print(f"seed {seed}: {summary([ratio for *_, ratio in rows])}", flush=True)
    listed = [row for rows in everything.values() for row in rows]
    for family in dict.fromkeys(family for family, *_ in listed):
        print(f"{family}: {summary([ratio for one, _, ratio in listed if one == family])}")
    print(f"all: {summary([ratio for *_, ratio in listed])}; to reach: {MEAN}, {NINE_IN_TEN}, {LARGEST}")
    out.write_text(json.dumps(everything, indent=1) + "\n")


def summary(ratios: list[float]) -> str:
    return (
        f"geometric mean {geometric_mean(ratios):.2f}, nine in ten below {np.quantile(ratios, 0.9):.2f}, "
        f"largest {max(ratios):.2f}, of {len(ratios)}"
    )
