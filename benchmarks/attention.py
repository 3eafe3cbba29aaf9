"""Attention, a Transformer layer and embeddings, forward and backward: ours against PyTorch eager, one thread, float32.

Run with `python benchmarks/attention.py`. Blocks alternate in one process; the ratio of the medians over all steps is
the result, the times are for orientation. Each step is timed on its own: on a busy machine a block's mean is that of
its interruptions.
"""

from __future__ import annotations

import processor  # noqa: F401  isort: skip (before NumPy)

import numpy as np
import torch

from ratios import Step, show
from tplib import nn

HEADS = 8, 8, 128, 64  # B, H, T, E
VOCABULARY, WIDTH = 10_000, 100


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


if __name__ == "__main__":
    show(items())
