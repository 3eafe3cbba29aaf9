"""The same work on several devices, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from tplib.gpu.batch_size import is_out_of_memory
from tplib.gpu.devices import best_device, device_name, free_memory
from tplib.gpu.timing import Timing, duration, measure

Setup = Callable[[torch.device], Callable[[], object]]


@dataclass(frozen=True)
class Comparison:
    """A timing, or why there is none, for each work and device. The others are compared with the first device."""

    devices: tuple[torch.device, ...]
    results: dict[str, tuple[Timing | str, ...]]

    def rows(self) -> list[list[str]]:
        """The table's cells, the heading first."""
        first, *others = self.devices
        table = [["work", str(first), *(cell for other in others for cell in (str(other), "times as fast"))]]
        for name, (base, *rest) in self.results.items():
            cells = [name, _cell(base)]
            for result in rest:
                known = isinstance(base, Timing) and isinstance(result, Timing)
                cells += [_cell(result), f"{base.median / result.median:.2g}" if known else "-"]  # type: ignore[union-attr]
            table.append(cells)
        return table

    def __str__(self) -> str:
        return text_table(self.rows()) + "\n" + "\n".join(f"{d}: {device_name(d)}" for d in self.devices)

    def _repr_markdown_(self) -> str:
        """What a notebook shows."""
        heading, *body = (f"| {' | '.join(row)} |" for row in self.rows())
        rule = "|---" + "|---:" * (len(self.rows()[0]) - 1) + "|"
        return "\n".join([heading, rule, *body])


def compare_devices(
    works: Mapping[str, Setup],
    devices: Sequence[str | torch.device] | None = None,
    *,
    repeats: int = 10,
    warmup: int = 3,
) -> Comparison:
    """Median times of each work on each device; by default the CPU and the best device.

    A work is a function of a device: it makes the data there (not timed) and returns the function to be timed. A work
    that a device cannot do becomes a word in the table.
    """
    chosen = [best_device(device) for device in (["cpu", "auto"] if devices is None else devices)]
    distinct = tuple(dict.fromkeys(chosen))
    if not distinct:
        raise ValueError("compare_devices: expected at least one device, got an empty list")
    results = {
        name: tuple(_timed(setup, device, repeats, warmup) for device in distinct) for name, setup in works.items()
    }
    return Comparison(distinct, results)


def text_table(rows: Sequence[Sequence[str]]) -> str:
    """Columns of equal width; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _timed(setup: Setup, device: torch.device, repeats: int, warmup: int) -> Timing | str:
    try:
        return measure(setup(device), device=device, repeats=repeats, warmup=warmup)
    except (RuntimeError, TypeError, MemoryError) as error:  # PyTorch's, for what a device lacks
        if is_out_of_memory(error):
            return "out of memory"
        if isinstance(error, NotImplementedError) or device.type != "cpu":
            return f"failed: {(str(error).strip() or type(error).__name__).splitlines()[0][:40]}"
        raise  # on a CPU it is the work that is wrong
    finally:
        free_memory(device)


def _cell(result: Timing | str) -> str:
    return duration(result.median) if isinstance(result, Timing) else result
