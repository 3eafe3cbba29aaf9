"""Inputs of the measures, checked once: labels, scores and groups of equal length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.errors import TplibError

Array = np.ndarray


def labels(values: Any, name: str) -> Array:
    """Classes 0 and 1 as a Boolean array (N,); a sentence for anything else, scores included."""
    array = _vector(values, name)
    if array.dtype.kind == "b":
        return array
    if array.dtype.kind not in "iuf" or not np.isin(array, (0, 1)).all():
        odd = next(item for item in array.tolist() if item not in (0, 1))
        cure = "compare scores with a threshold first" if isinstance(odd, float) else "say which class counts as 1"
        raise TplibError(f"{name} must hold the classes 0 and 1, but has {odd!r}: {cure}.")
    return array == 1


def scores(values: Any, name: str) -> Array:
    """Scores as float64 (N,), none of them nan."""
    array = _vector(values, name)
    if array.dtype.kind not in "biuf":
        raise TplibError(f"{name} must hold numbers, but has {array[0]!r}.")
    array = array.astype(np.float64)
    if np.isnan(array).any():
        raise TplibError(
            f"{name} has nan at place {int(np.argmax(np.isnan(array)))}: a row without a score has no place here."
        )
    return array


def groups(values: Any, name: str = "groups") -> tuple[list[Any], Array]:
    """The groups, sorted, and the number (N,) of each row's group. A row without a group (None or nan) is refused."""
    items = _list(values, name)
    for place, item in enumerate(items):
        if item is None or item != item:
            raise TplibError(
                f"{name} has no group at place {place} ({item!r}). "
                "Leave such rows out, or make them a group with a name."
            )
    distinct = sorted(set(items), key=lambda item: (str(type(item)), item))
    number = {item: i for i, item in enumerate(distinct)}
    return distinct, np.array([number[item] for item in items], dtype=np.int64)


def same_length(**arrays: Sequence[Any] | Array) -> None:
    """A sentence if the arrays are not equally long, or if there is no row at all."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} has {n:,}" for name, n in lengths.items())
        raise TplibError(f"One entry a row is needed in each: {told}.")
    if not all(lengths.values()):
        raise TplibError(f"There is no row: {', '.join(lengths)} are empty.")


def _vector(values: Any, name: str) -> Array:
    array = np.asarray(values)
    if array.ndim != 1:
        raise TplibError(f"{name} must have one entry a row, shape (N,), but has shape {array.shape}.")
    return array


def _list(values: Any, name: str) -> list[Any]:
    if isinstance(values, str):
        raise TplibError(f"{name} must have one entry a row, but is one text: {values!r}.")
    return _vector(values, name).tolist() if isinstance(values, np.ndarray) else list(values)
