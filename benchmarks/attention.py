"""Attention, a Transformer layer and embeddings, forward and backward: ours against PyTorch eager, one thread, float32.

Run with `python benchmarks/attention.py`. Blocks alternate in one process; the ratio of the medians over all steps is
the result, the times are for orientation. Each step is timed on its own: on a busy machine a block's mean is that of
its interruptions.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from tplib import nn

BLOCKS = 25
BLOCK_SECONDS = 0.05
HEADS = 8, 8, 128, 64  # B, H, T, E
VOCABULARY, WIDTH = 10_000, 100
Step = Callable[[], object]


def steps(ours: object, theirs: object, cotangent: np.ndarray, *inputs: np.ndarray) -> tuple[Step, Step]:
    """Forward and backward of two functions (or modules) on the same arrays, all of which get a gradient."""
    xs = [nn.Tensor(x, requires_grad=True) for x in inputs]
    ts = [torch.tensor(x, requires_grad=True) for x in inputs]
    ours_parameters = list(getattr(ours, "parameters", list)())
    their_parameters = list(getattr(theirs, "parameters", list)())
    g = torch.tensor(cotangent)

    def our_step() -> None:
        for x in xs + ours_parameters:
            x.grad = None
        ours(*xs).backward(cotangent)

    def their_step() -> None:
        for t in ts + their_parameters:
            t.grad = None
        theirs(*ts).backward(g)

    return our_step, their_step


def attention(causal: bool) -> tuple[Step, Step]:
    q, k, v, g = np.random.default_rng(0).normal(size=(4, *HEADS)).astype(np.float32)
    return steps(
        lambda q, k, v: nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal),
        lambda q, k, v: torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal),
        g,
        q,
        k,
        v,
    )


def encoder_layer() -> tuple[Step, Step]:
    """A batch of 16 sequences of 64 positions, width 128, 4 heads, 512 hidden units."""
    options = {"dim_feedforward": 512, "dropout": 0.0, "batch_first": True}
    theirs = torch.nn.TransformerEncoderLayer(128, 4, **options)
    ours = nn.TransformerEncoderLayer(128, 4, **options)
    ours.load_state_dict(theirs.state_dict())
    x, g = np.random.default_rng(0).normal(size=(2, 16, 64, 128)).astype(np.float32)
    return steps(ours, theirs, g, x)


def zipf(*shape: int) -> np.ndarray:
    """Word ids whose frequencies fall like 1 / rank, as those of words do."""
    chance = 1 / np.arange(1, VOCABULARY + 1)
    return np.random.default_rng(0).choice(VOCABULARY, shape, p=chance / chance.sum())


def embedding(batch: int, time: int) -> tuple[Step, Step]:
    """Look-up of 100-dimensional vectors among 10,000, and their dense gradient."""
    ids, rng = zipf(batch, time), np.random.default_rng(0)
    table = rng.normal(size=(VOCABULARY, WIDTH)).astype(np.float32)
    g = rng.normal(size=(batch, time, WIDTH)).astype(np.float32)
    t_ids = torch.tensor(ids)
    return steps(lambda w: nn.functional.embedding(ids, w), lambda w: torch.nn.functional.embedding(t_ids, w), g, table)


def bags(batch: int, time: int) -> tuple[Step, Step]:
    """The mean vector of each text."""
    ids, rng = zipf(batch, time), np.random.default_rng(0)
    table = rng.normal(size=(VOCABULARY, WIDTH)).astype(np.float32)
    g = rng.normal(size=(batch, WIDTH)).astype(np.float32)
    t_ids = torch.tensor(ids)
    return steps(
        lambda w: nn.functional.embedding_bag(ids, w), lambda w: torch.nn.functional.embedding_bag(t_ids, w), g, table
    )


def items() -> list[tuple[str, Step, Step]]:
    """Name, our step and PyTorch's, for each item of work."""
    return [
        ("attention 8x8x128x64", *attention(False)),
        ("causal attention 8x8x128x64", *attention(True)),
        ("Transformer encoder layer 16x64x128", *encoder_layer()),
        ("embedding 32x50 of 10,000x100", *embedding(32, 50)),
        ("embedding 64x200 of 10,000x100", *embedding(64, 200)),
        ("mean of bags 64x50 of 10,000x100", *bags(64, 50)),
    ]


def block(step: Step, seconds: float) -> list[float]:
    """The seconds of each step, for about `seconds` altogether."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return times


def measure(ours: Step, theirs: Step) -> tuple[float, float]:
    """Median seconds per step of each, over alternating blocks."""
    ours(), theirs()  # the first step also allocates
    mine: list[float] = []
    other: list[float] = []
    for _ in range(BLOCKS):
        mine += block(ours, BLOCK_SECONDS)
        other += block(theirs, BLOCK_SECONDS)
    return median(mine), median(other)


def main() -> None:
    table = Table("forward and backward", "tplib.nn, ms", "PyTorch, ms", "ratio")
    torch.set_num_threads(1)
    with threadpool_limits(1):
        for name, ours, theirs in items():
            mine, other = measure(ours, theirs)
            table.add_row(name, f"{1e3 * mine:.2f}", f"{1e3 * other:.2f}", f"{mine / other:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
