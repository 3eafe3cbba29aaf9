"""Ratios of two libraries' times: steps take turns on one thread in one process, by the processor's time."""

from __future__ import annotations

import processor  # isort: skip (before NumPy)

import time
from collections.abc import Callable, Iterable
from statistics import median

import torch
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

BLOCKS, BLOCK_SECONDS = 15, 0.1
Step = Callable[[], object]


def block(step: Step, number: int) -> float:
    """Mean seconds of the processor per step."""
    start = time.process_time()
    for _ in range(number):
        step()
    return (time.process_time() - start) / number


def measure(ours: Step, theirs: Step) -> tuple[float, float]:
    """Median seconds per step of each, from alternating blocks of about equal duration."""
    numbers = [max(1, int(BLOCK_SECONDS / block(step, 3))) for step in (ours, theirs)]
    times = [[block(step, n) for step, n in zip((ours, theirs), numbers, strict=True)] for _ in range(BLOCKS)]
    mine, other = zip(*times, strict=True)
    return median(mine), median(other)


def show(items: Iterable[tuple[str, Step, Step]]) -> None:
    """Print each item's times and their ratio."""
    table = Table("forward and backward", "tplib.nn, µs", "PyTorch, µs", "ratio")
    torch.set_num_threads(1)
    with threadpool_limits(1):
        for name, ours, theirs in items:
            mine, other = (1e6 * seconds for seconds in measure(ours, theirs))
            table.add_row(name, f"{mine:.1f}", f"{other:.1f}", f"{mine / other:.2f}")
    Console().print(table)
    print(processor.kernels())
