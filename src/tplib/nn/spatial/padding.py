"""Padding: values around an array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.indexing import Index, Place
from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor

MODES = ("constant", "reflect", "replicate", "circular")


def pad(input: TensorLike, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Tensor:
    """Values added before and after, from the last axis on: (left, right), (left, right, top, bottom), ...

    Negative numbers cut values off. `mode` "constant" adds `value`, "reflect" mirrors without the border, "replicate"
    repeats the border, "circular" goes on from the other side; these need pairs for the last one, two or three axes
    of an input with one or two more.
    """
    x, sides = as_tensor(input), [int(n) for n in pad]
    axes = len(sides) // 2
    if len(sides) % 2 or axes > x.ndim:
        raise ValueError(f"pad: expected pairs (before, after) for at most {x.ndim} axes, got {tuple(pad)}")
    if mode not in MODES:
        raise ValueError(f"pad: expected mode {', '.join(MODES)}, got {mode!r}")
    if mode != "constant" and (value is not None or not 1 <= axes <= 3 or x.ndim - axes not in (1, 2)):
        raise NotImplementedError(
            f"pad: mode {mode!r} takes pairs for 1 to 3 axes of an input with one or two axes more, and no value; "
            f"got {tuple(pad)} for {x.shape}"
        )
    if mode != "constant":
        x = x.contiguous()
    for i in range(axes):
        axis, before, after = x.ndim - 1 - i, sides[2 * i], sides[2 * i + 1]
        if x.shape[axis] + before + after < 0:
            raise ValueError(f"pad: {(before, after)} cuts off more than axis {axis} of shape {x.shape} has")
        if before or after:
            x = _one_axis(x, axis, before, after, mode, value or 0)
    return x if any(sides) else x.clone()


def _one_axis(x: Tensor, axis: int, before: int, after: int, mode: str, value: Any) -> Tensor:
    size = x.shape[axis]
    lead = (slice(None),) * axis
    if mode != "constant":
        return Index.apply(x, (*lead, _places(size, before, after, mode)))
    x = Index.apply(x, (*lead, slice(max(-before, 0), size - max(-after, 0))))
    start, number = max(before, 0), size + before + after
    shape = (*x.shape[:axis], number, *x.shape[axis + 1 :])
    key = (*lead, slice(start, start + x.shape[axis]))
    z = Place.apply(x, key, shape)
    if not value:
        return z
    outside = np.ones((number, *(1,) * (x.ndim - axis - 1)), bool)
    outside[start : start + x.shape[axis]] = False
    return z.masked_fill(outside, value)


def _places(size: int, before: int, after: int, mode: str) -> Array:
    """For each place of the padded axis, the place of x that it reads."""
    places = np.arange(-before, size + after)
    most = size - 1 if mode == "reflect" else size
    if mode != "replicate" and max(before, after) > most:
        raise ValueError(
            f"pad: mode {mode!r} can add at most {most} values to an axis of {size}, got {(before, after)}"
        )
    if mode == "replicate":
        if not size:
            raise ValueError("pad: an axis without values has no border to repeat")
        return places.clip(0, size - 1)
    if mode == "circular":
        kept = np.arange(max(-before, 0), size - max(-after, 0))  # what is cut off goes first
        around = np.arange(-max(before, 0), len(kept) + max(after, 0))
        if len(around) and not len(kept):
            raise ValueError(f"pad: {(before, after)} cuts off all of an axis of {size}: nothing is left to go round")
        return kept[around % max(len(kept), 1)]
    return size - 1 - np.abs(size - 1 - np.abs(places))
