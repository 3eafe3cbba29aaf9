"""A Tensor's operators and methods, under PyTorch's names; each calls the node that does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph import arithmetic, shaping, unary
from tplib.nn.graph.indexing import Index, array_key, in_turn
from tplib.nn.graph.inplace import InPlace, array_of
from tplib.nn.graph.shaping import Dim

if TYPE_CHECKING:
    from tplib.nn.graph.tensor import Tensor


class MaxResult(NamedTuple):
    """The largest values along an axis, and where they are."""

    values: Tensor
    indices: Tensor


class Operators(InPlace):
    """What Tensor inherits: arithmetic, comparisons, functions, reductions and shapes."""

    __slots__ = ()

    def __add__(self, other: Any) -> Tensor:
        return arithmetic.Add.apply(self, other)

    def __radd__(self, other: Any) -> Tensor:
        return arithmetic.Add.apply(other, self)

    def __sub__(self, other: Any) -> Tensor:
        return arithmetic.Sub.apply(self, other)

    def __rsub__(self, other: Any) -> Tensor:
        return arithmetic.Sub.apply(other, self)

    def __mul__(self, other: Any) -> Tensor:
        return arithmetic.Mul.apply(self, other)

    def __rmul__(self, other: Any) -> Tensor:
        return arithmetic.Mul.apply(other, self)

    def __truediv__(self, other: Any) -> Tensor:
        return arithmetic.Div.apply(self, other)

    def __rtruediv__(self, other: Any) -> Tensor:
        return arithmetic.Div.apply(other, self)

    def __pow__(self, other: Any) -> Tensor:
        return arithmetic.Pow.apply(self, other)

    def __rpow__(self, other: Any) -> Tensor:
        return arithmetic.Pow.apply(other, self)

    def __matmul__(self, other: Any) -> Tensor:
        return arithmetic.MatMul.apply(self, other)

    def __rmatmul__(self, other: Any) -> Tensor:
        return arithmetic.MatMul.apply(other, self)

    def __neg__(self) -> Tensor:
        return arithmetic.Neg.apply(self)

    # Comparisons: boolean tensors, without gradient

    def __lt__(self, other: Any) -> Tensor:
        return _plain(self._data < array_of(other))

    def __le__(self, other: Any) -> Tensor:
        return _plain(self._data <= array_of(other))

    def __gt__(self, other: Any) -> Tensor:
        return _plain(self._data > array_of(other))

    def __ge__(self, other: Any) -> Tensor:
        return _plain(self._data >= array_of(other))

    def __eq__(self, other: object) -> Tensor:  # type: ignore[override]
        return NotImplemented if other is None or isinstance(other, str) else _plain(self._data == array_of(other))

    def __ne__(self, other: object) -> Tensor:  # type: ignore[override]
        return NotImplemented if other is None or isinstance(other, str) else _plain(self._data != array_of(other))

    # Of booleans and integers

    def __and__(self, other: Any) -> Tensor:
        return _plain(self._data & array_of(other))

    def __or__(self, other: Any) -> Tensor:
        return _plain(self._data | array_of(other))

    def __xor__(self, other: Any) -> Tensor:
        return _plain(self._data ^ array_of(other))

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __invert__(self) -> Tensor:
        return _plain(~self._data)

    __hash__ = object.__hash__

    # Functions of one tensor

    def __abs__(self) -> Tensor:
        return unary.Abs.apply(self)

    def __pos__(self) -> Tensor:
        return self  # type: ignore[return-value]

    def exp(self) -> Tensor:
        return unary.Exp.apply(self)

    def log(self) -> Tensor:
        return unary.Log.apply(self)

    def sqrt(self) -> Tensor:
        return unary.Sqrt.apply(self)

    def abs(self) -> Tensor:
        return unary.Abs.apply(self)

    def clamp(self, min: float | None = None, max: float | None = None) -> Tensor:
        return unary.Clamp.apply(self, min, max)

    def sigmoid(self) -> Tensor:
        return unary.Sigmoid.apply(self)

    def tanh(self) -> Tensor:
        return unary.Tanh.apply(self)

    def relu(self) -> Tensor:
        return unary.ReLU.apply(self)

    def softmax(self, dim: int) -> Tensor:
        return unary.Softmax.apply(self, dim)

    def log_softmax(self, dim: int) -> Tensor:
        return unary.LogSoftmax.apply(self, dim)

    def matmul(self, other: Any) -> Tensor:
        return arithmetic.MatMul.apply(self, other)

    # Reductions: over all axes, or over `dim`. `axis` and `keepdims` are NumPy's names for the same, as in PyTorch.

    def sum(self, dim: Dim = None, keepdim: bool = False, *, axis: Dim = None, keepdims: bool = False) -> Tensor:
        return shaping.Sum.apply(self, _dims(dim, axis), keepdim or keepdims)

    def mean(self, dim: Dim = None, keepdim: bool = False, *, axis: Dim = None, keepdims: bool = False) -> Tensor:
        return shaping.Mean.apply(self, _dims(dim, axis), keepdim or keepdims)

    def max(
        self, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
    ) -> Any:
        """The largest value; along `dim`, a pair (values, indices)."""
        dim = dim if axis is None else axis
        if self._data.size == 0 and (dim is None or self._data.shape[dim] == 0):
            raise ValueError(f"max: shape {self._data.shape} leaves nothing to take the largest value of")
        if dim is None:
            return shaping.Max.apply(self)
        index = np.expand_dims(self._data.argmax(dim), dim)
        values, indices = shaping.Take.apply(self, index, dim), _plain(index)
        if keepdim or keepdims:
            return MaxResult(values, indices)
        return MaxResult(values.squeeze(dim), indices.squeeze(dim))

    def argmax(self, dim: int | None = None, keepdim: bool = False) -> Tensor:
        return _plain(np.argmax(self._data, dim, keepdims=keepdim))

    # Shapes

    @property
    def T(self) -> Tensor:
        return self.permute(*range(self._data.ndim - 1, -1, -1))

    def reshape(self, *shape: Any) -> Tensor:
        return shaping.Reshape.apply(self, _flat(shape))

    def view(self, *shape: Any) -> Tensor:
        return shaping.View.apply(self, _flat(shape))

    def flatten(self, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        shape = self._data.shape or (1,)
        start, end = range(len(shape))[start_dim], range(len(shape))[end_dim]
        if start > end:
            raise ValueError(f"flatten: start_dim {start_dim} comes after end_dim {end_dim} in shape {shape}")
        if start == end and self._data.ndim:
            return self  # type: ignore[return-value]
        middle = int(np.prod(shape[start : end + 1]))
        return self.reshape(*shape[:start], middle, *shape[end + 1 :])

    def squeeze(self, dim: int | None = None) -> Tensor:
        shape = self._data.shape
        drop = range(len(shape)) if dim is None else [range(len(shape))[dim]]
        return self.reshape(tuple(n for i, n in enumerate(shape) if not (n == 1 and i in drop)))

    def unsqueeze(self, dim: int) -> Tensor:
        return self.reshape(np.expand_dims(self._data, dim).shape)

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        order = list(range(self._data.ndim))
        order[dim0], order[dim1] = order[dim1], order[dim0]
        return self.permute(*order)

    def permute(self, *dims: Any) -> Tensor:
        return shaping.Permute.apply(self, _flat(dims))

    def __getitem__(self, key: Any) -> Tensor:
        part: Any = self
        for one in in_turn(array_key(key), self._data.ndim):
            part = Index.apply(part, one)
        return part

    # Copies and dtypes

    def clone(self) -> Tensor:
        return shaping.Cast.apply(self, self._data.dtype)

    def to(self, dtype: DTypeLike) -> Tensor:
        return self if self._data.dtype == dtype else shaping.Cast.apply(self, np.dtype(dtype))  # type: ignore[return-value]


def _dims(dim: Any, axis: Any) -> Dim:
    """The axes to reduce, given under either name; several may come as a list."""
    dim = dim if axis is None else axis
    dim = tuple(dim) if isinstance(dim, list) else dim
    return None if dim == () else dim  # no axis is all of them, as in PyTorch


def _flat(sizes: tuple[Any, ...]) -> tuple[int, ...]:
    """Sizes given one by one or as one sequence."""
    if len(sizes) == 1 and not isinstance(sizes[0], int | np.integer):
        return tuple(sizes[0])
    return sizes


def _plain(array: Any) -> Tensor:
    from tplib.nn.graph.tensor import Tensor

    return Tensor(array)
