"""Gradients that pass where a mask holds and are 0 elsewhere, also where they are infinite or nan."""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array

# The product of a gradient and a mask would be nan where 0 meets inf. `np.where` is right but waits for each value of a
# mask that no processor can guess: on large arrays, ten times as long. So the bits of the gradient are kept or cleared.
BITS = {np.dtype(np.float32): np.int32, np.dtype(np.float64): np.int64}
LARGE = 2048  # values; below, `np.where` is quicker


def masked(grad: Any, kept: Array) -> Any:
    """The gradient where `kept`, 0 elsewhere; both of one shape."""
    if not isinstance(grad, np.ndarray):
        return np.where(kept, grad, 0)  # a Tensor
    bits = BITS.get(grad.dtype) if grad.size >= LARGE else None
    if bits is None or kept.shape != grad.shape:
        return np.where(kept, grad, 0)
    mask = np.negative(kept.view(np.int8), dtype=bits)  # all bits where True, no bit where False
    mask &= grad.view(bits)
    return mask.view(grad.dtype)
