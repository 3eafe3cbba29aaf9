"""SparseRows: a gradient that is zero but for a few rows, and the sums over rows that embeddings need."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph.graph import Array


class SparseRows:
    """An array of `shape` (V, ...) that is zero but for rows `indices` (N,), which hold `values` (N, ...).

    The `.grad` of an embedding with `sparse=True`. A row may be listed several times: its value is the sum, and
    `coalesce()` lists each once. Plus, minus, and times a number work; any other use sees the dense array.
    """

    __slots__ = ("indices", "shape", "values")

    __array_ufunc__ = None  # so that `array + rows` asks the rows

    def __init__(self, indices: Array, values: Array, shape: tuple[int, ...]) -> None:
        if indices.ndim != 1 or values.shape != (len(indices), *shape[1:]):
            raise ValueError(
                f"SparseRows: expected indices (N,) and N values of shape {shape[1:]}, "
                f"got {indices.shape} and {values.shape}"
            )
        self.indices, self.values, self.shape = indices, values, shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.values.dtype

    def coalesce(self) -> SparseRows:
        """The same with each row listed once, in increasing order: what an optimiser applies."""
        rows, place = np.unique(self.indices, return_inverse=True)
        if len(rows) == len(self.indices):
            order = np.argsort(self.indices)
            return SparseRows(rows, self.values[order], self.shape)
        return SparseRows(rows, sum_rows(place, self.values, len(rows)), self.shape)

    def to_dense(self) -> Array:
        return sum_rows(self.indices, self.values, self.shape[0])

    def copy(self) -> SparseRows:
        return SparseRows(self.indices.copy(), self.values.copy(), self.shape)

    def astype(self, dtype: DTypeLike) -> SparseRows:
        return SparseRows(self.indices, self.values.astype(dtype), self.shape)

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> Array:
        return self.to_dense().astype(self.dtype if dtype is None else dtype)

    def __add__(self, other: SparseRows | Array) -> Any:
        """Sparse plus sparse is sparse, sparse plus dense is dense."""
        if isinstance(other, SparseRows):
            return SparseRows(
                np.concatenate([self.indices, other.indices]), np.concatenate([self.values, other.values]), self.shape
            )
        return self.to_dense() + other

    __radd__ = __add__

    def __neg__(self) -> SparseRows:
        return SparseRows(self.indices, -self.values, self.shape)

    def __mul__(self, number: float) -> SparseRows:
        return SparseRows(self.indices, self.values * number, self.shape)

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"SparseRows({len(self.indices)} rows of shape {self.shape}, {self.dtype})"


def sum_rows(indices: Array, values: Array, number: int) -> Array:
    """Z (number, ...) with Z[v] the sum of the values (N, ...) whose index is v.

    The product of a sparse (number, N) matrix, one 1 per column, with the values: `np.add.at` is five times slower.
    """
    from scipy.sparse import csc_array

    n = len(indices)
    if not values.size:
        return np.zeros((number, *values.shape[1:]), values.dtype)
    chosen = csc_array((np.ones(n, values.dtype), indices, np.arange(n + 1)), shape=(number, n))
    return (chosen @ values.reshape(n, -1)).reshape(number, *values.shape[1:])
