"""A training to read: the same loss curve from one process, or from several that share each batch.

    python -m tplib.gpu.parallel                            # one process
    torchrun --nproc-per-node=2 -m tplib.gpu.parallel       # two processes; `accelerate launch` does it, too

Each process holds the whole model and takes its part of every batch. After `backward`, DistributedDataParallel has
averaged the gradients over the processes: the mean of the halves' means is the mean of the batch. So all models take
the same steps. docs/several-gpus.md tells what changes with several GPUs and machines.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, Dataset, DistributedSampler, TensorDataset

from tplib.gpu.devices import best_device
from tplib.gpu.moving import to_device


def train(epochs: int = 3, batch: int = 64, seed: int = 0) -> list[float]:
    """Train on images of digits; returns the loss of every step, over the whole batch, in every process.

    batch: over all processes together
    """
    rank, processes = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))  # torchrun sets both
    if batch % processes:
        raise ValueError(f"train: expected a batch that {processes} processes can share, got {batch}")
    device = best_device()  # under torchrun the GPU of this process, by LOCAL_RANK
    torch.manual_seed(seed)
    module = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).to(device)
    model: nn.Module = module
    if processes > 1:
        model = DistributedDataParallel(module, device_ids=[device.index] if device.type == "cuda" else None)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    # The sampler gives process r the examples r, r + n, r + 2n, ... of one order that all processes agree upon.
    sampler: DistributedSampler[tuple[torch.Tensor, ...]] = DistributedSampler(
        digits(), processes, rank, seed=seed, drop_last=True
    )
    loader = DataLoader(digits(), batch // processes, sampler=sampler, drop_last=True)
    losses = []
    for epoch in range(epochs):
        sampler.set_epoch(epoch)  # or every epoch has the same order
        for x, y in loader:
            x, y = to_device((x, y), device)
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()  # here the processes average their gradients
            optimizer.step()
            losses.append(mean_over_processes(loss.detach()))
    return losses


def mean_over_processes(value: torch.Tensor) -> float:
    """Each process has seen its own part only."""
    if dist.is_initialized():
        dist.all_reduce(value)
        value /= dist.get_world_size()
    return value.item()


def digits() -> Dataset[tuple[torch.Tensor, ...]]:
    """1,797 images of 8 x 8 pixels, with their classes."""
    x, y = load_digits(return_X_y=True)
    return TensorDataset(torch.tensor(x, dtype=torch.float32) / 16, torch.tensor(y))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="The same training in one process or in several.")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=64, help="over all processes together")
    parser.add_argument("--output", type=Path, help="write the losses there, as JSON")
    options = parser.parse_args(arguments)
    together = int(os.environ.get("WORLD_SIZE", 1)) > 1
    if together:
        device = best_device()
        if device.type == "cuda":
            torch.cuda.set_device(device)
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        losses = train(options.epochs, options.batch)
        if not together or dist.get_rank() == 0:  # one process reports and writes
            processes = dist.get_world_size() if together else 1
            print(f"{processes} processes, {len(losses)} steps: loss {losses[0]:.4f} -> {losses[-1]:.4f}")
            if options.output:
                options.output.write_text(json.dumps(losses), encoding="utf-8")
    finally:
        if together:
            dist.destroy_process_group()


if __name__ == "__main__":
    main()
