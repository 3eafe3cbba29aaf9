"""Dates translated by TP8's Seq2Seq: the numbers of TP8-HFTrain/2_attention, and the weights of `explore_attention`.

python benchmarks/dates.py                 # exact matches on unseen days, with attention and without, by seed
python benchmarks/dates.py --store         # trains the small model of the explorer and writes its weights
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tplib.data.dates import DatePairs, Pair, date_pairs
from tplib.exercises.tp8.attention import Seq2Seq
from tplib.plots.translator import START, STORED

Batch = tuple[Tensor, Tensor, Tensor]


def batch_of(pairs: list[Pair], source_characters: str, target_characters: str) -> Batch:
    """Sources (B, S), lengths (B,), targets (B, 11) that begin with the start sign, number 0."""
    lengths = torch.tensor([len(text) for text, _ in pairs])
    source = torch.zeros(len(pairs), int(lengths.max()), dtype=torch.int64)
    for row, (text, _) in zip(source, pairs, strict=True):
        row[: len(text)] = torch.tensor([1 + source_characters.index(c) for c in text])
    written = START + target_characters
    target = torch.tensor([[written.index(c) for c in START + day] for _, day in pairs])
    return source, lengths, target


def exact(model: nn.Module, batch: Batch) -> float:
    """The share of sources whose ten characters are all right."""
    source, lengths, target = batch
    found = target[:, :1]
    with torch.no_grad():
        for _ in range(target.shape[1] - 1):
            found = torch.cat([found, model(source, lengths, found)[0][:, -1:].argmax(-1)], dim=1)
    return (found == target).all(dim=1).double().mean().item()


def trained(dates: DatePairs, attention: bool, E: int, H: int, steps: int, seed: int, every: int) -> nn.Module:
    torch.manual_seed(seed)
    characters = dates.source_characters, dates.target_characters
    model = Seq2Seq.reference(len(characters[0]) + 1, len(characters[1]) + 1, E, H, attention)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, steps) if every > steps // 2 else None
    rng, test = np.random.default_rng(seed), batch_of(dates.test, *characters)
    began = time.process_time()
    for step in range(1, steps + 1):
        chosen = [dates.train[i] for i in rng.integers(len(dates.train), size=64)]
        source, lengths, target = batch_of(chosen, *characters)
        scores, _ = model(source, lengths, target[:, :-1])
        loss = F.cross_entropy(scores.flatten(0, 1), target[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if schedule is not None:
            schedule.step()
        if step % every == 0 or step == steps:
            seconds = time.process_time() - began
            print(
                f"attention={attention!s:5} seed {seed} step {step:4} exact {exact(model, test):.3f} {seconds:5.1f} s"
            )
    return model


def store(path: Path) -> None:
    """The explorer's small model, as half-precision arrays."""
    dates = date_pairs(20_000, 1000, seed=1)
    model = trained(dates, True, E=16, H=40, steps=2500, seed=0, every=2500)
    arrays = {name: parameter.detach().numpy().astype(np.float16) for name, parameter in model.named_parameters()}
    np.savez_compressed(path, source_characters=np.array(dates.source_characters), **arrays)
    print(f"{path}: {path.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="store_true")
    torch.set_num_threads(1)
    if parser.parse_args().store:
        store(STORED)
        return
    dates = date_pairs(5000, 500, seed=0)
    for seed in range(5):
        trained(dates, True, E=32, H=64, steps=200, seed=seed, every=50)
    for seed in range(5):
        trained(dates, False, E=32, H=64, steps=800, seed=seed, every=200)


if __name__ == "__main__":
    main()
