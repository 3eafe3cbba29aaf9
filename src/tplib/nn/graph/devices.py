"""The one device that there is, the processor: programs written for several may name it."""

from __future__ import annotations

from typing import Any

import numpy as np

NAMES = {"cpu", "cuda", "mps", "xpu", "hip", "meta", "xla"}  # PyTorch's commonest


class Device(str):
    """A device as PyTorch's `x.device` gives it: its name, with `type` and `index`."""

    __slots__ = ()

    type = "cpu"
    index = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"device(type={str(self)!r})"


CPU = Device("cpu")


def wanted_dtype(target: Any, dtype: Any = None, device: Any = None) -> np.dtype[Any] | None:
    """The dtype that `.to(target, dtype, device=device)` asks for: target may be a device, a dtype or a tensor.

    Raises TypeError for a device other than "cpu".
    """
    if _is_device(target) and device is None:
        target, device = None, target
    if device is not None and str(device).partition(":")[0] != "cpu":
        raise TypeError(f"to: there is no device but 'cpu' here, got {str(device)!r}")
    wanted = dtype if target is None else target.dtype if hasattr(target, "_data") else target
    if wanted is None:
        return None
    try:
        return np.dtype(wanted)
    except TypeError:
        raise TypeError(f"to: expected a dtype, a tensor or the device 'cpu', got {wanted!r}") from None


def _is_device(value: Any) -> bool:
    return (isinstance(value, str) and value.partition(":")[0] in NAMES) or type(value).__name__ == "device"
