"""How much memory the device and this process use."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import torch

from tplib.gpu.devices import best_device


@dataclass(frozen=True)
class MemoryReport:
    """Bytes; None where the device or the system does not tell.

    allocated: held by tensors. reserved: taken from the device, tensors or not. peak: the most that tensors have held
    since `reset_peak`. free, total: of the device, with all programs. process, process_peak: main memory of this
    process.
    """

    device: torch.device
    allocated: int | None
    reserved: int | None
    peak: int | None
    free: int | None
    total: int | None
    process: int | None
    process_peak: int | None

    def __str__(self) -> str:
        of_device = ", ".join(
            f"{size_text(value)} {word}"
            for value, word in (
                (self.allocated, "in tensors"),
                (self.peak, "at the peak"),
                (self.reserved, "reserved"),
                (self.free, "free"),
                (self.total, "in all"),
            )
            if value is not None
        )
        lines = [f"{self.device}: {of_device or 'it does not tell'}"]
        if self.process is not None:
            peak = f", {size_text(self.process_peak)} at the peak" if self.process_peak is not None else ""
            lines.append(f"this process: {size_text(self.process)} of main memory{peak}")
        return "\n".join(lines)


def memory_report(device: str | torch.device | None = None) -> MemoryReport:
    """The memory of a device (without one, the best there is) and of this process, now."""
    device = best_device(device)
    allocated = reserved = peak = free = total = None
    if device.type in ("cuda", "xpu"):
        module = getattr(torch, device.type)
        allocated, reserved = module.memory_allocated(device), module.memory_reserved(device)
        peak = module.max_memory_allocated(device)
        if hasattr(module, "mem_get_info"):  # not in every version for XPU
            free, total = module.mem_get_info(device)
    elif device.type == "mps":
        allocated, reserved = torch.mps.current_allocated_memory(), torch.mps.driver_allocated_memory()
        total = torch.mps.recommended_max_memory() if hasattr(torch.mps, "recommended_max_memory") else None
    elif device.type == "cpu":
        free, total = _main_memory()
    return MemoryReport(device, allocated, reserved, peak, free, total, *_process())


def reset_peak(device: str | torch.device | None = None) -> None:
    """Count `peak` from now on. A device that keeps no peak ignores it."""
    device = best_device(device)
    if device.type in ("cuda", "xpu"):
        getattr(torch, device.type).reset_peak_memory_stats(device)


def size_text(number: float | None) -> str:
    """'1.5 GiB'."""
    if number is None:
        return "unknown"
    for unit in ("B", "KiB", "MiB"):
        if abs(number) < 1024:
            return f"{number:.0f} B" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1024
    return f"{number:.1f} GiB"


def _main_memory() -> tuple[int | None, int | None]:
    try:
        import psutil  # which Jupyter brings
    except ModuleNotFoundError:
        lines = _proc("/proc/meminfo")
        return lines.get("MemAvailable"), lines.get("MemTotal")
    memory = psutil.virtual_memory()
    return memory.available, memory.total


def _process() -> tuple[int | None, int | None]:
    lines = _proc("/proc/self/status")
    if lines:
        return lines.get("VmRSS"), lines.get("VmHWM")
    try:
        import psutil
    except ModuleNotFoundError:
        return None, _peak()
    return psutil.Process(os.getpid()).memory_info().rss, _peak()


def _peak() -> int | None:
    if sys.platform == "win32":
        return None
    import resource  # absent on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _proc(path: str) -> dict[str, int]:
    """Linux's 'Name:  1234 kB' lines, in bytes."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError:
        return {}
    fields = (line.replace(":", " ").split() for line in text.splitlines())
    return {parts[0]: 1024 * int(parts[1]) for parts in fields if len(parts) == 3 and parts[2] == "kB"}
