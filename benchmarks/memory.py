"""Memory of one training step, ours against PyTorch's: `python benchmarks/memory.py`, on Linux.

Each library trains each network in a process of its own. What counts is the peak of the resident memory during a step
above what was resident before the first: the kernel keeps that peak (VmHWM), and forgets it on request. A step on a
single example goes before, so that code which a library loads at its first step does not count.

`python benchmarks/memory.py sweep 1 2 3` measures the shapes that `nn.py sweep` draws with these seeds: a child
for each library takes two steps, gives its free memory back, and takes three more, whose peak counts.
"""

from __future__ import annotations

import processor  # noqa: F401  isort: skip (before NumPy)

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import geometric_mean

import numpy as np

STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def build(m: object, item: str) -> tuple[object, tuple[int, ...]]:
    """The network, from our modules or PyTorch's, and the shape of its batch."""
    if item == "MLP":
        layers = [m.Linear(784, 512), m.ReLU(), m.Linear(512, 256), m.ReLU(), m.Linear(256, 10)]
        return m.Sequential(*layers), (4096, 784)
    if item == "CNN":
        layers = [m.Conv2d(1, 20, 5), m.ReLU(), m.MaxPool2d(2), m.Conv2d(20, 40, 5), m.ReLU(), m.MaxPool2d(2)]
        return m.Sequential(*layers, m.Flatten(), m.Linear(640, 100), m.ReLU(), m.Linear(100, 10)), (512, 1, 28, 28)
    return m.LSTM(256, 256, batch_first=True), (64, 128, 256)


ITEMS = ("MLP", "CNN", "LSTM")
NAMES = {"MLP": "MLP, batch 4096", "CNN": "CNN, batch 512", "LSTM": "LSTM, 64x128x256"}


def training(library: str, item: str) -> Callable[[int], None]:
    """A step of stochastic gradient descent on the first so many examples."""
    rng = np.random.default_rng(0)
    if library == "ours":
        from tplib import nn as m

        optim, as_tensor = m.optim, np.asarray
    else:
        import torch
        from torch import nn as m

        torch.set_num_threads(1)
        optim, as_tensor = torch.optim, torch.tensor
    net, shape = build(m, item)
    x, labels = rng.random(shape, np.float32), rng.integers(0, 10, shape[0])
    inputs, targets = as_tensor(x), as_tensor(labels)
    optimiser = optim.SGD(net.parameters(), lr=0.01)

    def step(rows: int) -> None:
        optimiser.zero_grad()
        out = net(inputs[:rows])
        loss = (out[0] * out[0]).mean() if item == "LSTM" else m.functional.cross_entropy(out, targets[:rows])
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()

    return step


def status(key: str) -> int:
    """A line of the kernel's account of this process, in bytes."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024


def peak(library: str, item: str) -> int:
    step = training(library, item)
    step(1)
    before = status("VmRSS")
    FORGET.write_text("5")
    for _ in range(3):
        step(1_000_000)
    return status("VmHWM") - before


def measure() -> dict[str, tuple[float, float]]:
    """By item, MiB of ours and of PyTorch's; nothing where the kernel keeps no such account."""
    if not FORGET.exists():
        return {}
    return {NAMES[item]: (in_a_process("ours", item), in_a_process("theirs", item)) for item in ITEMS}


def in_a_process(library: str, item: str) -> float:
    command = [sys.executable, __file__, library, item]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout) / 2**20


LEAST = 2**20  # bytes of PyTorch's; of less, pages and pools are the larger part


def sweep(seeds: list[int], families: list[str]) -> None:
    """Print each shape's peaks and their ratio, and how the ratios lie."""
    import torch

    from sweep import cases

    torch.set_num_threads(1)
    ratios = []
    for seed in seeds:
        for family, name, *steps in cases(seed, families):
            ours, theirs = (in_a_fork(step) for step in steps)
            if theirs >= LEAST:
                ratios.append(ours / theirs)
                print(f"{seed}  {family:18} {name:42} {ours / 2**20:7.1f} {theirs / 2**20:7.1f} MiB  {ratios[-1]:.2f}")
    print(f"geometric mean {geometric_mean(ratios):.2f}, nine in ten below {np.quantile(ratios, 0.9):.2f}, ", end="")
    print(f"largest {max(ratios):.2f}, of {len(ratios)} shapes of which PyTorch needs at least 1 MiB")


def in_a_fork(step: Callable[[], object]) -> int:
    """The peak of a child's resident memory during its later steps, above what was resident before, in bytes."""
    read, write = os.pipe()
    if child := os.fork():
        os.close(write)
        with os.fdopen(read) as answer:
            number = int(answer.read())
        os.waitpid(child, 0)
        return number
    for _ in range(2):
        step()  # what a process touches at its first steps does not count
    ctypes.CDLL(None).malloc_trim(0)
    before = status("VmRSS")
    FORGET.write_text("5")
    for _ in range(3):
        step()
    os.write(write, str(status("VmHWM") - before).encode())
    os._exit(0)


def main() -> None:
    if sys.argv[1:2] == ["sweep"]:
        sweep([int(a) for a in sys.argv[2:] if a.isdigit()], [a for a in sys.argv[2:] if not a.isdigit()])
        return
    if sys.argv[1:]:
        print(peak(*sys.argv[1:]))
        return
    for name, (ours, theirs) in measure().items():
        print(f"{name:20}  ours {ours:6.0f} MiB  PyTorch {theirs:6.0f} MiB  ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
