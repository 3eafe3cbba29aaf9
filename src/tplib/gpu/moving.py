"""A batch of any nesting, moved to a device or to pinned memory."""

from __future__ import annotations

import copy
import dataclasses
from collections import UserList, deque
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, TypeVar

import torch
from torch.nn.utils.rnn import PackedSequence

T = TypeVar("T")


def to_device(batch: T, device: str | torch.device) -> T:
    """The same batch with its tensors on the device; what is no tensor stays.

    Goes into mappings (`BatchEncoding` keeps its other attributes), lists, tuples, named tuples, sets, dataclasses and
    packed sequences. Like `tensor.to`, it returns the new batch and leaves the old one; what has nothing to move is
    returned itself, and a module is moved in place. A copy from pinned memory to a GPU does not wait.
    """
    target = torch.device(device)
    return map_tensors(lambda tensor: _moved(tensor, target), batch)


def pin(batch: T) -> T:
    """The same batch in page-locked memory, from which CUDA copies without waiting; without CUDA the batch itself."""
    if not torch.cuda.is_available():
        return batch
    return map_tensors(lambda tensor: tensor if isinstance(tensor, torch.nn.Module) else _pinned(tensor), batch)


def tensors(batch: object) -> list[torch.Tensor]:
    """All tensors of a batch, in order."""
    found: list[torch.Tensor] = []

    def note(leaf: Any) -> Any:
        if isinstance(leaf, torch.Tensor):
            found.append(leaf)
        elif isinstance(leaf, PackedSequence):
            found.extend(item for item in tuple(leaf) if isinstance(item, torch.Tensor))
        return leaf

    map_tensors(note, batch)
    return found


def map_tensors(function: Callable[[Any], Any], batch: Any) -> Any:
    """`function` on every tensor, packed sequence and module of a batch; what holds something new is built anew."""
    if isinstance(batch, torch.Tensor | PackedSequence | torch.nn.Module):
        return function(batch)
    if isinstance(batch, Mapping):
        changed = {key: new for key, old in batch.items() if (new := map_tensors(function, old)) is not old}
        return _with_items(batch, changed) if changed else batch
    if isinstance(batch, list | tuple | deque | UserList | set | frozenset):
        old_items = list(batch)
        items = [map_tensors(function, item) for item in old_items]
        same = all(new is old for new, old in zip(items, old_items, strict=True))
        return batch if same else _with_contents(batch, items)
    if dataclasses.is_dataclass(batch) and not isinstance(batch, type):
        return _with_fields(function, batch)
    return batch


def _moved(item: Any, device: torch.device) -> Any:
    if isinstance(item, torch.nn.Module):
        return item.to(device)
    data = item.data if isinstance(item, PackedSequence) else item
    # To a CPU it must wait: the copy would be read before it has arrived.
    return item.to(device, non_blocking=device.type != "cpu" and _is_pinned(data))


def _is_pinned(tensor: torch.Tensor) -> bool:
    return tensor.device.type == "cpu" and tensor.layout is torch.strided and tensor.is_pinned()


def _pinned(item: Any) -> Any:
    data = item.data if isinstance(item, PackedSequence) else item
    if data.device.type != "cpu" or data.layout is not torch.strided or data.is_pinned():
        return item
    return item.pin_memory()


def _with_items(batch: Mapping[Any, Any], changed: dict[Any, Any]) -> Mapping[Any, Any]:
    if not isinstance(batch, MutableMapping):
        return {**batch, **changed}
    new = copy.copy(batch)  # a UserDict's copy has a dictionary of its own, and every other attribute
    for key, value in changed.items():
        new[key] = value
    return new


def _with_contents(batch: Any, items: list[Any]) -> Any:
    if hasattr(batch, "_make"):  # a named tuple takes its fields one by one
        return batch._make(items)
    if isinstance(batch, list | deque | UserList):
        new = copy.copy(batch)
        for index, item in enumerate(items):
            new[index] = item
        return new
    build: Callable[[Iterable[Any]], Any] = type(batch)  # also what torch.max returns
    return build(items)


def _with_fields(function: Callable[[Any], Any], batch: Any) -> Any:
    """A copy and not `dataclasses.replace`: that would compute fields without `init` and `__post_init__` again."""
    new = copy.copy(batch)
    changed = False
    for field in dataclasses.fields(batch):
        if not hasattr(batch, field.name):
            continue
        old = getattr(batch, field.name)
        value = map_tensors(function, old)
        if value is not old:
            object.__setattr__(new, field.name, value)  # also where it is frozen
            changed = True
    return new if changed else batch
