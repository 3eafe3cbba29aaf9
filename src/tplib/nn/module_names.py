"""The names and kinds of a module's parts: what may be set, and what is found under a name."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tplib.nn.graph.tensor import Tensor

# What old checkpoints lack: PyTorch counts the batches of a batch norm since its version 0.4.
MAY_BE_MISSING = {"num_batches_tracked"}


class LoadResult(NamedTuple):
    """The keys that a lenient `load_state_dict` did without."""

    missing_keys: list[str]
    unexpected_keys: list[str]


def as_shaped(value: Any, own: Tensor) -> Any:
    """A loaded value as an array; of those checkpoints, a number is an array of one."""
    array = np.asarray(value)
    return array[0] if not own.ndim and array.shape == (1,) else array


def found(module: Any, target: str, table: str) -> Any:
    """The part named "a.b.c": c in a table of the module b in a; also where it is shared and has other names, too."""
    *way, name = target.split(".")
    part = module
    for step in way:
        part = None if part is None else part._modules.get(step)
    result = None if part is None else getattr(part, table).get(name)
    if result is None:
        kind = {"_modules": "module", "_parameters": "parameter", "_buffers": "buffer"}[table]
        raise AttributeError(f"{type(module).__name__} has no {kind} {target!r}")
    return result


def check_kind(name: str, value: Any, kind: type) -> None:
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"{name}: expected a {kind.__name__} or None, got {type(value).__name__}")


def buffer_of(name: str, value: Any) -> Tensor:
    if np.ndim(value) == 0 and not isinstance(value, np.ndarray | np.generic):
        raise TypeError(f"{name}: a buffer is a Tensor, an array or None, got {type(value).__name__}")
    return Tensor(value)


def join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
