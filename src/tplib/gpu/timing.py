"""How long a call takes on a device: after warming up, and counted until the device has done the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

import torch

from tplib.gpu.devices import synchronize


@dataclass(frozen=True)
class Timing:
    """Seconds of each call after warming up, and of the very first call."""

    seconds: tuple[float, ...]
    first: float

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """A quarter of the calls took at most the one, a quarter at least the other."""
        if len(self.seconds) == 1:
            return self.seconds[0], self.seconds[0]
        low, _, high = quantiles(self.seconds, n=4, method="inclusive")
        return low, high

    def __str__(self) -> str:
        low, high = self.quartiles
        return (
            f"{duration(self.median)} (median of {len(self.seconds)}; quartiles {duration(low)} and {duration(high)}; "
            f"the first call took {duration(self.first)})"
        )


def measure(
    function: Callable[[], object], *, device: str | torch.device | None = None, repeats: int = 20, warmup: int = 3
) -> Timing:
    """Time `function()`; the clock stops when the device is done. Without a device it waits for every GPU in use.

    A GPU only notes what it is asked, and the call returns at once. First calls load libraries and choose
    algorithms, so `warmup` calls come first and are not counted.
    """
    if repeats < 1 or warmup < 0:
        raise ValueError(
            f"measure: expected repeats of at least 1 and warmup of at least 0, got {repeats} and {warmup}"
        )
    early = [_once(function, device) for _ in range(warmup)]
    counted = tuple(_once(function, device) for _ in range(repeats))
    return Timing(counted, (early or counted)[0])


def duration(seconds: float) -> str:
    """In the unit that suits it: '1.23 ms'."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def _once(function: Callable[[], object], device: str | torch.device | None) -> float:
    synchronize(device)
    start = time.perf_counter()
    function()
    synchronize(device)
    return time.perf_counter() - start
