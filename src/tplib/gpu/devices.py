"""The best device of this machine, with the reason; and what differs from one kind of device to the next."""

from __future__ import annotations

import gc
import os
import platform
import warnings
from dataclasses import dataclass
from pathlib import Path

import torch

from tplib.errors import TplibError

ACCELERATORS = ("cuda", "mps", "xpu")  # best first
VARIABLE = "TPLIB_DEVICE"


@dataclass(frozen=True)
class DeviceChoice:
    """A device, and why it was chosen."""

    device: torch.device
    reason: str

    def __str__(self) -> str:
        return f"{self.device} ({device_name(self.device)}): {self.reason}"


def best_device(wanted: str | torch.device | None = None) -> torch.device:
    """The device of `choose_device`, without the reason."""
    return choose_device(wanted).device


def choose_device(wanted: str | torch.device | None = None) -> DeviceChoice:
    """The first of CUDA, MPS, XPU and CPU that works here, or the one that is asked for.

    `wanted` goes before the variable TPLIB_DEVICE. Both take a name of PyTorch's ("cpu", "cuda", "cuda:1"), "auto" (the
    best there is) or "gpu" (the best, but not the CPU). One that was asked for and does not work raises TplibError.
    """
    asked, by = wanted, "by the argument"
    if asked is None:
        asked, by = os.environ.get(VARIABLE) or None, f"by the variable {VARIABLE}"
    if asked is None or asked == "auto":
        return _automatic()
    if asked == "gpu":
        choice = _automatic()
        if choice.device.type == "cpu":
            raise TplibError(
                f"A GPU was asked for ({by}), but {choice.reason}. Ask for 'auto' or 'cpu' to go on without."
            )
        return choice
    try:
        device = torch.device(asked)
    except (RuntimeError, TypeError):
        raise TplibError(
            f"Unknown device {asked!r} ({by}): expected 'auto', 'gpu', 'cpu', 'cuda', 'mps' or 'xpu', "
            "or one of several, such as 'cuda:1'."
        ) from None
    if trouble := problem(device):
        raise TplibError(
            f"The device '{device}' was asked for ({by}), but {trouble}. Ask for 'auto' to get the best there is."
        )
    return DeviceChoice(_with_index(device), f"asked for {by}")


def device_name(device: str | torch.device) -> str:
    """What the maker calls the device."""
    device = torch.device(device)
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "xpu":
        return torch.xpu.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU"
    return _processor() if device.type == "cpu" else "no memory, shapes only" if device.type == "meta" else device.type


def device_count(kind: str) -> int:
    """How many devices of a kind PyTorch finds."""
    if kind == "cuda":
        return torch.cuda.device_count() if torch.cuda.is_available() else 0
    if kind == "xpu":
        return torch.xpu.device_count() if torch.xpu.is_available() else 0
    if kind == "mps":
        return int(torch.backends.mps.is_available())
    return 1


def problem(device: torch.device) -> str:
    """Why PyTorch cannot work on a device; empty if it can."""
    if device.type in ("cpu", "meta"):
        return ""
    if device.type not in ACCELERATORS:
        return f"tplib.gpu knows only {', '.join(ACCELERATORS)}, cpu and meta"
    with warnings.catch_warnings(record=True) as said:  # PyTorch warns of a driver that is too old
        warnings.simplefilter("always")
        count = device_count(device.type)
    if count == 0:
        return _absent(device.type) + "".join(f" ({_first_line(warning.message)})" for warning in said[:1])
    if (device.index or 0) >= count:
        return f"PyTorch finds only {count} of this kind, numbered from 0"
    try:  # it may be there and not work: too old for this PyTorch, or its memory taken by others
        torch.ones(1, device=device).add_(1).item()
    except Exception as error:
        return f"it fails on a first sum ({_first_line(error)})"
    return ""


def synchronize(device: str | torch.device | None = None) -> None:
    """Wait until the device has done all that was asked of it; without a device, every GPU in use."""
    kinds = ACCELERATORS if device is None else (torch.device(device).type,)
    if "cuda" in kinds and torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.synchronize(device)
    if "mps" in kinds and torch.backends.mps.is_available():
        torch.mps.synchronize()
    if "xpu" in kinds and torch.xpu.is_available() and torch.xpu.is_initialized():
        torch.xpu.synchronize(device)


def free_memory(device: str | torch.device | None = None) -> None:
    """Drop what nothing refers to any more, and give the memory that PyTorch keeps for later back to the device.

    It takes time, and what a program refers to stays: a loop does not need it.
    """
    gc.collect()
    kinds = ACCELERATORS if device is None else (torch.device(device).type,)
    for kind in kinds:
        if kind in ACCELERATORS and device_count(kind):
            getattr(torch, kind).empty_cache()


def _automatic() -> DeviceChoice:
    found: list[str] = []
    for kind in ACCELERATORS:
        device = torch.device(kind)
        trouble = problem(device)
        if not trouble:
            device = _with_index(device)
            why = f"the first that works of {', '.join(ACCELERATORS)} and cpu"
            count = device_count(kind)
            return DeviceChoice(device, why + (f"; one of {count}" if count > 1 else ""))
        found.append(f"{kind}: {trouble}")
    return DeviceChoice(torch.device("cpu"), f"no GPU works here ({'; '.join(found)})")


def _with_index(device: torch.device) -> torch.device:
    """With its number, as tensors name it: torch.device("cuda") is unequal to torch.device("cuda:0")."""
    if device.type not in ACCELERATORS or device.index is not None:
        return device
    if device.type == "mps":
        return torch.device("mps", 0)
    rank = os.environ.get("LOCAL_RANK", "")  # torchrun and accelerate: one process for each GPU
    if rank.isdecimal() and int(rank) < device_count(device.type):
        return torch.device(device.type, int(rank))
    return torch.device(device.type, getattr(torch, device.type).current_device())


def _absent(kind: str) -> str:
    built = {
        "cuda": torch.version.cuda or torch.version.hip,
        "mps": torch.backends.mps.is_built(),
        "xpu": getattr(torch.version, "xpu", None),
    }
    return f"PyTorch {torch.__version__} {'finds none' if built[kind] else 'is built without it'}"


def _first_line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or "CPU"
