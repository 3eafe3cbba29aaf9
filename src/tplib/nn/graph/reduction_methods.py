"""A Tensor's reductions, under PyTorch's names: over all axes, or over `dim`.

`axis` and `keepdims` are NumPy's names for the same, as in PyTorch.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph import reductions, selecting
from tplib.nn.graph.graph import Array
from tplib.nn.graph.inplace import InPlace
from tplib.nn.graph.recording import refuse_gradient
from tplib.nn.graph.reductions import Dim

if TYPE_CHECKING:
    from tplib.nn.graph.tensor import Tensor


class MaxResult(NamedTuple):
    """The largest (or smallest) values along an axis, and where they are."""

    values: Tensor
    indices: Tensor


class Reductions(InPlace):
    """Sums, means, spreads, extremes."""

    __slots__ = ()

    def sum(self, dim: Dim = None, keepdim: bool = False, *, axis: Dim = None, keepdims: bool = False) -> Tensor:
        return reductions.Sum.apply(self, dims_of(self._data, dim, axis), keepdim or keepdims)

    def mean(self, dim: Dim = None, keepdim: bool = False, *, axis: Dim = None, keepdims: bool = False) -> Tensor:
        return reductions.Mean.apply(self, dims_of(self._data, dim, axis), keepdim or keepdims)

    def var(
        self, dim: Any = None, unbiased: bool | None = None, keepdim: bool = False, *, correction: float | None = 1
    ) -> Tensor:
        """The variance, divided by n - correction: PyTorch's default is 1, where NumPy's is 0."""
        dim, correction = _with_correction(self._data, dim, unbiased, correction)
        _check_float("var", self._data)
        return reductions.Var.apply(self, dim, correction, keepdim)

    def std(
        self, dim: Any = None, unbiased: bool | None = None, keepdim: bool = False, *, correction: float | None = 1
    ) -> Tensor:
        """The square root of the variance, divided by n - correction: PyTorch's default is 1, where NumPy's is 0."""
        dim, correction = _with_correction(self._data, dim, unbiased, correction)
        _check_float("std", self._data)
        return reductions.Std.apply(self, dim, correction, keepdim)

    def norm(self, p: Any = "fro", dim: Dim = None, keepdim: bool = False) -> Tensor:
        """(sum of |x|^p)^(1/p) of all values, or along `dim`; "fro" is 2."""
        if isinstance(p, str) and p != "fro":
            raise ValueError(f'norm: expected a number p, or "fro" for 2, got {p!r}; the nuclear norm is not there')
        _check_float("norm", self._data)
        refuse_gradient("norm: p", p)
        return reductions.Norm.apply(self, 2.0 if p == "fro" else float(p), dims_of(self._data, dim), keepdim)

    def cumsum(self, dim: int, *, dtype: DTypeLike | None = None) -> Tensor:
        x = self if dtype is None else self.to(dtype)  # type: ignore[attr-defined]
        return reductions.CumSum.apply(x, axis_of(self._data, dim))

    def max(
        self, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
    ) -> Any:
        """The largest value; along `dim`, a pair (values, indices)."""
        return self._extreme("max", 1, dim if axis is None else axis, keepdim or keepdims)

    def min(
        self, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
    ) -> Any:
        """The smallest value; along `dim`, a pair (values, indices)."""
        return self._extreme("min", -1, dim if axis is None else axis, keepdim or keepdims)

    def amax(self, dim: Dim = None, keepdim: bool = False) -> Tensor:
        """The largest values along axes; equal ones share the gradient."""
        return reductions.Max.apply(self, dims_of(self._data, dim), keepdim, 1)

    def amin(self, dim: Dim = None, keepdim: bool = False) -> Tensor:
        """The smallest values along axes; equal ones share the gradient."""
        return reductions.Max.apply(self, dims_of(self._data, dim), keepdim, -1)

    def argmax(self, dim: int | None = None, keepdim: bool = False) -> Tensor:
        return plain(np.argmax(self._data, self._extreme_axis("max", dim), keepdims=keepdim))

    def argmin(self, dim: int | None = None, keepdim: bool = False) -> Tensor:
        return plain(np.argmin(self._data, self._extreme_axis("min", dim), keepdims=keepdim))

    def _extreme_axis(self, name: str, dim: int | None) -> int | None:
        axis = _axis(self._data, dim)
        if self._data.size == 0 and (axis is None or self._data.shape[axis] == 0):
            raise ValueError(f"{name}: shape {self._data.shape} leaves nothing to take the {name}imum of")
        return axis

    def _extreme(self, name: str, sign: int, dim: int | None, keepdim: bool) -> Any:
        dim = self._extreme_axis(name, dim)
        if dim is None:
            return reductions.Max.apply(self, None, False, sign)
        if not self._data.ndim:
            return MaxResult(self.clone(), plain(np.array(0)))  # type: ignore[attr-defined]
        index = np.expand_dims((self._data.argmax if sign > 0 else self._data.argmin)(dim), dim)
        values, indices = selecting.Take.apply(self, index, dim), plain(index)
        if keepdim:
            return MaxResult(values, indices)
        return MaxResult(values.squeeze(dim), indices.squeeze(dim))


def axis_of(array: Any, dim: Any) -> int:
    """The axis counted from the front; a single number has an axis 0, as in PyTorch."""
    axes, dim = max(array.ndim, 1), operator.index(dim)
    if not -axes <= dim < axes:
        raise IndexError(f"expected an axis from {-axes} to {axes - 1} for shape {array.shape}, got {dim}")
    return dim % axes


def axes_of(array: Any, dims: Iterable[Any]) -> tuple[int, ...]:
    """Several axes, counted from the front; none may occur twice."""
    axes = tuple(axis_of(array, dim) for dim in dims)
    if len(set(axes)) < len(axes):
        raise ValueError(f"expected axes that differ for shape {array.shape}, got {tuple(dims)}")
    return axes


def _axis(array: Any, dim: Any) -> int | None:
    return None if dim is None else axis_of(array, dim)


def dims_of(array: Array, dim: Any, axis: Any = None) -> Dim:
    """The axes to reduce, given under either name; several may come as a list."""
    dim = dim if axis is None else axis
    if dim is None:
        return None
    if isinstance(dim, tuple | list):
        return axes_of(array, dim) or None  # no axis is all of them, as in PyTorch
    return axis_of(array, dim)


def _with_correction(array: Array, dim: Any, unbiased: bool | None, correction: float | None) -> tuple[Dim, float]:
    """The axes and the correction; `x.var(False)` and `unbiased` are older ways to say the latter."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if not (unbiased is None or (isinstance(unbiased, bool | int | np.bool_) and unbiased in (0, 1))):
        raise TypeError(f"var and std: expected unbiased to be True or False, got {unbiased!r}; there is correction=")
    correction = 1 if correction is None else correction
    return dims_of(array, dim), correction if unbiased is None else int(unbiased)


def _check_float(name: str, array: Any) -> None:
    if array.dtype.kind != "f":
        raise TypeError(f"{name}: expected floating-point values, got dtype {array.dtype}; convert them first")


def plain(array: Any) -> Tensor:
    """A tensor without a graph."""
    from tplib.nn.graph.tensor import Tensor

    return Tensor(array)
