"""What an optimiser remembers about a parameter, on its way into a `state_dict()` and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.tensor import Tensor

# Options in PyTorch's groups that say how to compute, not what.
SWITCHES = ("foreach", "fused", "capturable", "differentiable", "decoupled_weight_decay")


def in_numbers(group: dict[str, Any]) -> dict[str, Any]:
    """The group, with numbers where an option is a Tensor, such as a rate that another formula computes."""
    for value in group.values():
        if isinstance(value, Tensor) or (type(value) is tuple and any(isinstance(part, Tensor) for part in value)):
            return {key: _number(value) for key, value in group.items()}
    return group


def _number(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_number, value))
    return value.item() if isinstance(value, Tensor) else value


def copied(value: Any) -> Any:
    """The same, sharing no memory: of arrays, Tensors, and what dicts, lists and tuples hold."""
    if isinstance(value, np.ndarray):
        return value.copy(order="K")
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    if isinstance(value, list):
        return [copied(part) for part in value]
    return tuple(map(copied, value)) if type(value) is tuple else value


def remembered(optimizer: Any, kept: Mapping[str, Any], p: Tensor, *, on_arrays: bool) -> dict[str, Any]:
    """What is remembered about `p`, ours or PyTorch's: the rule's own names as it needs them, any others as they are.

    Floating-point values take the dtype of `p`. A tensor of PyTorch's becomes an array for a rule that works
    `on_arrays`, and else a Tensor.
    """
    name, state = type(optimizer).__name__, {}
    for key, value in kept.items():
        if key not in optimizer.remembers:
            state[key] = _as_given(value, p, on_arrays, counts=key == "step")
        elif value is not None:
            state[key] = _like(f"{name}: expected {key}", value, p)
    return state


def _like(expected: str, value: Any, p: Tensor) -> Array:
    """An array in the parameter's shape, dtype and layout; at least of one axis."""
    kept = np.empty_like(p.data if p.ndim else p.data.reshape(1))
    array = np.asarray(value)
    if array.size != kept.size or array.shape not in (p.shape, kept.shape):
        raise ValueError(f"{expected} of shape {p.shape}, got {array.shape}")
    kept[...] = array
    return kept


def _as_given(value: Any, p: Tensor, on_arrays: bool, counts: bool) -> Any:
    foreign = type(value).__module__.partition(".")[0] == "torch"
    if counts and (on_arrays or foreign) and np.ndim(value) == 0 and not isinstance(value, str | None):
        return int(value)
    if counts or not (foreign or isinstance(value, np.ndarray | Tensor)):
        return copied(value)
    array = np.asarray(value.data if isinstance(value, Tensor) else value).copy(order="K")
    if array.dtype.kind == "f" and p.dtype.kind == "f":
        array = array.astype(p.dtype)
    return Tensor(array) if isinstance(value, Tensor) or (foreign and not on_arrays) else array
