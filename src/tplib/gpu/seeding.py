"""One seed for every generator of random numbers, and results that repeat."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

WORKSPACE = "CUBLAS_WORKSPACE_CONFIG"


def seed_everything(seed: int) -> torch.Generator:
    """Seed Python, NumPy and PyTorch on all devices; returns a generator with this seed, for a DataLoader.

    NumPy generators that a program made itself (`np.random.default_rng`) keep their own seeds.
    """
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**32:
        raise ValueError(f"seed_everything: expected a whole number from 0 to 2**32 - 1, got {seed!r}")
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  (the global generator is what other people's code uses)
    torch.manual_seed(seed)  # every device
    return torch.Generator().manual_seed(seed)


@contextmanager
def reproducible(seed: int, *, deterministic: bool = True) -> Iterator[torch.Generator]:
    """Within `with`: all generators seeded and deterministic algorithms only; afterwards all is as it was.

    Deterministic algorithms may be slower, and PyTorch raises an error where it has none. Two kinds of device, or two
    versions of PyTorch, still differ in the last digits. cuBLAS reads its setting at its first use: on a GPU, start the
    block before any other work there.
    """
    restore = [_generators(), *([_algorithms()] if deterministic else [])]
    try:
        yield seed_everything(seed)
    finally:
        for back in restore:
            back()


def seed_worker(worker: int) -> None:
    """`DataLoader(..., worker_init_fn=seed_worker)`: other random numbers in each worker and epoch, the same each run.

    Also gives a new seed to the generators that the dataset holds as attributes: each worker has a copy of them, and
    all would draw the same numbers. Give the loader the generator of `seed_everything`.
    """
    seed = torch.initial_seed()  # differs by worker and epoch; the loader's generator decides it
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002
    info = torch.utils.data.get_worker_info()
    dataset: Any = info.dataset if info is not None else None
    depth = 0
    while dataset is not None:
        _reseed(dataset, [seed, depth])
        dataset, depth = getattr(dataset, "dataset", None), depth + 1  # a Subset holds another dataset


def _reseed(holder: Any, key: list[int]) -> None:
    for place, (name, value) in enumerate(sorted(getattr(holder, "__dict__", {}).items())):
        sequence = np.random.SeedSequence([*key, place])
        number = int(sequence.generate_state(1, np.uint64)[0]) % 2**63
        if isinstance(value, np.random.Generator):
            setattr(holder, name, np.random.Generator(type(value.bit_generator)(sequence)))
        elif isinstance(value, np.random.RandomState):
            value.seed(number % 2**32)
        elif isinstance(value, random.Random):
            value.seed(number)
        elif isinstance(value, torch.Generator):
            value.manual_seed(number)


def _generators() -> Callable[[], None]:
    """A function that puts every generator back to where it is now."""
    python, numpy, cpu = random.getstate(), np.random.get_state(), torch.get_rng_state()  # noqa: NPY002
    cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    xpu = torch.xpu.get_rng_state_all() if torch.xpu.is_available() else []
    mps = torch.mps.get_rng_state() if torch.backends.mps.is_available() else None

    def back() -> None:
        random.setstate(python)
        np.random.set_state(numpy)  # noqa: NPY002
        torch.set_rng_state(cpu)
        if cuda:
            torch.cuda.set_rng_state_all(cuda)
        if xpu:
            torch.xpu.set_rng_state_all(xpu)
        if mps is not None:
            torch.mps.set_rng_state(mps)

    return back


def _algorithms() -> Callable[[], None]:
    """Deterministic algorithms from now on; returns the function that undoes it."""
    cudnn = torch.backends.cudnn
    modes = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    chosen, tried, workspace = cudnn.deterministic, cudnn.benchmark, os.environ.get(WORKSPACE)
    torch.use_deterministic_algorithms(True)
    cudnn.deterministic, cudnn.benchmark = True, False
    os.environ.setdefault(WORKSPACE, ":4096:8")

    def back() -> None:
        torch.use_deterministic_algorithms(modes[0], warn_only=modes[1])
        cudnn.deterministic, cudnn.benchmark = chosen, tried
        if workspace is None:
            os.environ.pop(WORKSPACE, None)

    return back
