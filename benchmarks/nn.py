"""tplib.nn against PyTorch eager and the NumPy peers, item by item, with the targets: `python benchmarks/nn.py`.

The items are those of the other files here. All run in one process on one thread, in short blocks that take turns; what
counts is the processor's time, which other programs hardly change. The result is the ratio of the medians, the times
are for orientation. The memory of a training step comes from processes of their own (memory.py). A table is printed;
`benchmarks/out/` gets nn.json, with every time, and nn.png. Arguments choose items by a part of their name:
`python benchmarks/nn.py LSTM MLP`. `python benchmarks/nn.py sweep 1 2 3` measures drawn shapes instead (sweep.py).
"""

from __future__ import annotations

import processor  # isort: skip (before NumPy)

import importlib
import json
import math
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import geometric_mean, median

import numpy as np
import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table
from threadpoolctl import threadpool_info, threadpool_limits

import memory
import sweep
from peers import peers

SOURCES = ("graph", "convolution", "recurrent", "attention")
OUT = Path(__file__).parent / "out"
ROUNDS, BLOCK_SECONDS, ITEM_SECONDS = 31, 0.02, 12
if sys.argv[1:2] == ["sweep"]:
    ROUNDS, ITEM_SECONDS = 9, 1  # more shapes, a shorter look at each
Step = Callable[[], object]

# The largest ratio to PyTorch that is asked for, by the start of the item's name; else ANY. OVERALL is for the mean.
TARGETS = {
    "CNN step": 1.25,
    "LSTM large": 1.25,
    "MLP step, batch 64": 0.6,
    "MLP step, batch 10": 0.3,
    "layer norm": 3.0,
    "Adam, 1M parameters, against fused": 3.0,
    "Adam, 1M parameters, against foreach": 0.9,
}
ANY, OVERALL, PEER, MEMORY = 1.7, 0.75, 1.3, 1.5
OPERATION_MICROSECONDS = 3.0


def target(name: str) -> float:
    return next((bound for start, bound in TARGETS.items() if name.startswith(start)), ANY)


def block(step: Step, number: int) -> float:
    start = time.process_time()
    for _ in range(number):
        step()
    return (time.process_time() - start) / number


def measure(steps: dict[str, Step]) -> dict[str, float]:
    """Median seconds per step of each, from blocks that take turns."""
    numbers, once = {}, 0.0
    for name, step in steps.items():
        block(step, 1)  # the first step also allocates
        seconds = block(step, 1)
        numbers[name] = max(1, int(BLOCK_SECONDS / seconds))
        once += seconds * numbers[name]
    rounds = max(5, min(ROUNDS, int(ITEM_SECONDS / once)))
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            times[name].append(block(step, numbers[name]))
    return {name: median(values) for name, values in times.items()}


def items(chosen: list[str]) -> dict[str, dict[str, Step]]:
    """By item, the step of each library; a source that is not there is left out."""
    work: dict[str, dict[str, Step]] = {}
    for source in SOURCES:
        if (Path(__file__).parent / f"{source}.py").exists():
            for name, ours, theirs in importlib.import_module(source).items():
                work[name] = {"ours": ours, "PyTorch": theirs}
    for name, steps in peers().items():
        if name in work:
            work[name] |= steps
    return {name: steps for name, steps in work.items() if not chosen or any(part in name for part in chosen)}


def report(results: dict[str, dict[str, float]], memories: dict[str, tuple[float, float]]) -> Table:
    table = Table(
        "forward and backward", *(f"{name}, ms" for name in ("ours", "PyTorch")), "ratio", "target", "peer / ours"
    )
    for name, times in results.items():
        ratio, bound = times["ours"] / times["PyTorch"], target(name)
        others = {peer: seconds for peer, seconds in times.items() if peer not in ("ours", "PyTorch")}
        against = ""
        if others:
            peer = min(others, key=others.__getitem__)
            against = verdict(others[peer] / times["ours"], PEER, more=True) + f" {peer}"
        milliseconds = (f"{1e3 * times[key]:.3g}" for key in ("ours", "PyTorch"))
        table.add_row(name, *milliseconds, verdict(ratio, bound), f"{bound:g}", against)
    if ratios := [times["ours"] / times["PyTorch"] for times in results.values()]:
        table.add_section()
        table.add_row("geometric mean", "", "", verdict(geometric_mean(ratios), OVERALL), f"{OVERALL:g}", "")
    for name, times in results.items():
        if name.startswith("chain of "):
            each = 1e6 * times["ours"] / int(name.split()[2])
            table.add_row("one operation of the chain, µs", verdict(each, OPERATION_MICROSECONDS), "", "", "3", "")
    for name, (ours, theirs) in memories.items():
        table.add_row(
            f"memory, MiB: {name}", f"{ours:.0f}", f"{theirs:.0f}", verdict(ours / theirs, MEMORY), f"{MEMORY:g}", ""
        )
    return table


def verdict(value: float, bound: float, more: bool = False) -> str:
    """The number, green if it reaches its target."""
    return f"[{'green' if (value >= bound if more else value <= bound) else 'red'}]{value:.2f}[/]"


def picture(results: dict[str, dict[str, float]], path: Path) -> None:
    """A bar from 1 to each ratio, a dot for the fastest peer's, a stroke for the target; logarithmic."""
    from matplotlib.figure import Figure

    names = list(results)[::-1]
    ratios = [results[n]["ours"] / results[n]["PyTorch"] for n in names]
    figure = Figure(figsize=(9, 0.28 * len(names) + 1.2), layout="constrained")
    ax = figure.subplots()
    colours = ["#009E73" if r <= target(n) else "#D55E00" for n, r in zip(names, ratios, strict=True)]
    ax.barh(range(len(names)), [math.log2(r) for r in ratios], color=colours, height=0.65)
    for row, name in enumerate(names):
        ax.plot([math.log2(target(name))] * 2, [row - 0.4, row + 0.4], color="#24292f", linewidth=2)
        others = [s for peer, s in results[name].items() if peer not in ("ours", "PyTorch")]
        if others:
            ax.plot(math.log2(min(others) / results[name]["PyTorch"]), row, "o", color="#0072B2", markersize=5)
    ax.set_yticks(range(len(names)), [f"{n}   {r:.2f}" for n, r in zip(names, ratios, strict=True)], fontsize=8)
    ax.set_ylim(-0.7, len(names) - 0.3)
    low, high = ax.get_xlim()
    ticks = range(math.floor(low), math.ceil(high) + 1)
    ax.set_xticks(list(ticks), [f"{2.0**t:g}" for t in ticks])
    ax.set_xlim(low - 0.4, high + 0.3)
    ax.axvline(0, color="#6e7781", linewidth=0.8)
    ax.set_xlabel("time of tplib.nn / time of PyTorch eager, one thread\nblack: target; blue: fastest NumPy peer")
    ax.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)


def main() -> None:
    torch.set_num_threads(1)
    if sys.argv[1:2] == ["sweep"]:
        OUT.mkdir(exist_ok=True)
        seeds, families = [a for a in sys.argv[2:] if a.isdigit()], [a for a in sys.argv[2:] if not a.isdigit()]
        with threadpool_limits(1):
            sweep.main([int(seed) for seed in seeds], families, measure, OUT / "sweep.json")
        print(processor.kernels())
        return
    with threadpool_limits(1):
        work = items(sys.argv[1:])
        results = {name: measure(steps) for name, steps in track(work.items(), "measuring", transient=True)}
    memories = {} if sys.argv[1:] else memory.measure()
    console = Console()
    console.width = max(console.width, 100)  # also where the output is no terminal
    console.print(report(results, memories))
    print(processor.kernels())
    OUT.mkdir(exist_ok=True)
    libraries = {info["internal_api"]: info["version"] for info in threadpool_info()}
    machine = {"processor": platform.processor() or platform.machine(), "python": platform.python_version()}
    machine |= {"kernels": processor.kernels(), "numpy": np.__version__, "torch": torch.__version__, **libraries}
    everything = {"machine": machine, "seconds": results, "memory_mib": memories}
    (OUT / "nn.json").write_text(json.dumps(everything, indent=2) + "\n")
    picture(results, OUT / "nn.png")
    print(f"wrote {OUT / 'nn.json'} and {OUT / 'nn.png'}")


if __name__ == "__main__":
    main()
