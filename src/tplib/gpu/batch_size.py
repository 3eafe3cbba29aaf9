"""The largest batch that fits into memory, found by trying."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import torch

from tplib.errors import TplibError
from tplib.gpu.devices import best_device, free_memory, synchronize

# What libraries below PyTorch say in a plain RuntimeError when they find no memory.
_SENTENCES = (
    "out of memory",
    "can't allocate memory",
    "not enough memory",
    "cublas_status_alloc_failed",
    "cudnn_status_alloc_failed",
    "cusolver_status_alloc_failed",
)


@dataclass(frozen=True)
class BatchSearch:
    """The largest size that fits, every trial as (size, fits), and whether it is the limit that was given."""

    size: int
    trials: tuple[tuple[int, bool], ...]
    at_limit: bool

    def __str__(self) -> str:
        end = "the limit given; the memory may hold more" if self.at_limit else "the next size tried ran out of memory"
        return f"a batch of {self.size} fits ({len(self.trials)} trials; {end})"


def largest_batch(
    trial: Callable[[int], object],
    limit: int,
    *,
    start: int = 1,
    multiple: int = 1,
    device: str | torch.device | None = None,
) -> BatchSearch:
    """The largest size, at most `limit`, for which `trial(size)` does not run out of memory.

    `trial` should make a batch of this size (the longest texts) and do a whole training step with it, the optimiser's
    included. Sizes are multiples of `multiple`; they double from `start` until one fails, then bisection finds the last
    that fits. What a failed trial held is freed. Leave a tenth for batches to come: memory in use is cut into other
    pieces. On a CPU choose a modest limit: a system short of main memory grows slow, or ends programs, before an
    allocation fails.
    """
    if multiple < 1 or start < 1 or limit < max(start, multiple):
        raise ValueError(
            "largest_batch: expected start and multiple of at least 1 and at most the limit, "
            f"got start {start}, multiple {multiple}, limit {limit}"
        )
    target = best_device(device)
    trials: list[tuple[int, bool]] = []

    def fits(units: int) -> bool:
        trials.append((units * multiple, _fits(trial, units * multiple, target)))
        return trials[-1][1]

    good, bad, most = 0, limit // multiple + 1, limit // multiple  # in multiples; good fits, bad does not
    units = max(1, start // multiple)
    while good < most:
        if fits(units):
            good = units
        else:
            bad = units
            break
        units = min(2 * units, most)
    while bad - good > 1 and good < most:
        middle = (good + bad) // 2
        if fits(middle):
            good = middle
        else:
            bad = middle
    if good == 0:
        raise TplibError(
            f"Not even a batch of {multiple} fits into the memory of {target}: use shorter inputs, a smaller model, a "
            "shorter float (MixedPrecision), or end other programs that use the device."
        )
    return BatchSearch(good * multiple, tuple(trials), at_limit=good == most)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out, on any device."""
    kinds = (MemoryError, getattr(torch, "OutOfMemoryError", torch.cuda.OutOfMemoryError))
    if isinstance(error, kinds):
        return True
    return isinstance(error, RuntimeError) and any(part in str(error).lower() for part in _SENTENCES)


def _fits(trial: Callable[[int], object], size: int, device: torch.device) -> bool:
    handled = sys.exception()  # the caller's, if it searches while it handles one
    try:
        trial(size)
        synchronize(device)  # a GPU reports some failures later
    except Exception as error:
        if not is_out_of_memory(error):
            error.add_note(f"largest_batch: this happened with a batch of {size}.")
            raise
        _let_go(error, handled)
        fitted = False
    else:
        fitted = True
    free_memory(device)
    return fitted


def _let_go(error: BaseException, handled: BaseException | None) -> None:
    """Free what the frames of an exception hold: its traceback keeps every local variable of the failed call."""
    pending, seen = [error], {id(error), id(handled)}
    while pending:
        current = pending.pop()
        traceback.clear_frames(current.__traceback__)
        current.__traceback__ = None
        for other in (current.__cause__, current.__context__):
            if other is not None and id(other) not in seen:
                seen.add(id(other))
                pending.append(other)
