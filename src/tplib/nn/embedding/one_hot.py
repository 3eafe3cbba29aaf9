"""One-hot vectors: a 1 at the class, 0 elsewhere."""

from __future__ import annotations

import numpy as np

from tplib.nn.graph.tensor import Tensor, TensorLike, as_tensor


def one_hot(tensor: TensorLike, num_classes: int = -1) -> Tensor:
    """Class indices (...) -> (..., num_classes) integers; by default as many classes as the largest index needs."""
    ids = as_tensor(tensor).data
    if ids.dtype.kind not in "iu":
        raise TypeError(f"one_hot: expected integer indices, got dtype {ids.dtype}; convert with .astype(np.int64)")
    if not ids.size and num_classes <= 0:
        raise ValueError("one_hot: give num_classes, there is no index to tell it from")
    classes = int(ids.max()) + 1 if num_classes == -1 else num_classes
    if ids.size and not (ids.min() >= 0 and ids.max() < classes):
        raise ValueError(f"one_hot: expected indices from 0 to {classes - 1}, got {ids.min()} to {ids.max()}")
    return Tensor((ids[..., None] == np.arange(classes)).astype(np.int64, "C"))
