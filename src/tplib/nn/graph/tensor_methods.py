"""A Tensor's operators and methods, under PyTorch's names; each calls the node that does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import DTypeLike

from tplib.nn.graph import arithmetic, selecting, shaping, softmax, unary
from tplib.nn.graph.devices import CPU, Device, wanted_dtype
from tplib.nn.graph.indexing import Index, array_key, in_turn
from tplib.nn.graph.inplace import array_of
from tplib.nn.graph.logic import Logic
from tplib.nn.graph.memory_order import copied
from tplib.nn.graph.recording import needs_graph
from tplib.nn.graph.reduction_methods import axes_of, axis_of, plain

if TYPE_CHECKING:
    from tplib.nn.graph.tensor import Tensor


class Operators(Logic):
    """What Tensor inherits: arithmetic, functions, choices and shapes; comparisons and reductions."""

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

    def __floordiv__(self, other: Any) -> Tensor:
        return _whole_quotient(self, other)

    def __rfloordiv__(self, other: Any) -> Tensor:
        return _whole_quotient(other, self)

    def __mod__(self, other: Any) -> Tensor:
        return arithmetic.Remainder.apply(self, other)

    def __rmod__(self, other: Any) -> Tensor:
        return arithmetic.Remainder.apply(other, self)

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

    def clamp(self, min: Any = None, max: Any = None) -> Tensor:
        """x cut off at two limits, either of which may be missing; limits that are tensors get a gradient, too."""
        if min is None and max is None:
            raise ValueError("clamp: expected a limit: min, max or both")
        if all(limit is None or isinstance(limit, int | float | np.number) for limit in (min, max)):
            return unary.Clamp.apply(self, min, max)
        z: Any = self if min is None else shaping.Where.apply(self < min, min, self)
        return z if max is None else shaping.Where.apply(z > max, max, z)

    def sin(self) -> Tensor:
        return unary.Sin.apply(self)

    def cos(self) -> Tensor:
        return unary.Cos.apply(self)

    def pow(self, exponent: Any) -> Tensor:
        return arithmetic.Pow.apply(self, exponent)

    def sigmoid(self) -> Tensor:
        return unary.Sigmoid.apply(self)

    def tanh(self) -> Tensor:
        return unary.Tanh.apply(self)

    def relu(self) -> Tensor:
        return unary.ReLU.apply(self)

    def softmax(self, dim: int, dtype: DTypeLike | None = None) -> Tensor:
        return softmax.Softmax.apply(self if dtype is None else self.to(dtype), axis_of(self._data, dim))

    def log_softmax(self, dim: int, dtype: DTypeLike | None = None) -> Tensor:
        return softmax.LogSoftmax.apply(self if dtype is None else self.to(dtype), axis_of(self._data, dim))

    def matmul(self, other: Any) -> Tensor:
        return arithmetic.MatMul.apply(self, other)

    # Shapes

    @property
    def T(self) -> Tensor:
        return self.permute(*range(self._data.ndim - 1, -1, -1))

    def reshape(self, *shape: Any) -> Tensor:
        return shaping.Reshape.apply(self, _flat(shape))

    def view(self, *shape: Any) -> Tensor:
        return shaping.View.apply(self, _flat(shape))

    def flatten(self, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        shape, start, end = self._data.shape or (1,), axis_of(self._data, start_dim), axis_of(self._data, end_dim)
        if start > end:
            raise ValueError(f"flatten: start_dim {start_dim} comes after end_dim {end_dim} in shape {shape}")
        if start == end and self._data.ndim:
            return self  # type: ignore[return-value]
        middle = int(np.prod(shape[start : end + 1]))
        return self.reshape(*shape[:start], middle, *shape[end + 1 :])

    def squeeze(self, dim: int | tuple[int, ...] | None = None) -> Tensor:
        shape = self._data.shape
        dims = range(len(shape)) if dim is None else dim if isinstance(dim, tuple | list) else (dim,)
        drop = axes_of(self._data, dims)
        return self.reshape(tuple(n for i, n in enumerate(shape) if not (n == 1 and i in drop)))

    def unsqueeze(self, dim: int) -> Tensor:
        shape = list(self._data.shape)
        if not -len(shape) - 1 <= dim <= len(shape):
            raise IndexError(
                f"unsqueeze: expected an axis from {-len(shape) - 1} to {len(shape)} for {self._data.shape}, got {dim}"
            )
        shape.insert(dim if dim >= 0 else dim + len(shape) + 1, 1)
        return self.reshape(shape)

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        dim0, dim1 = axis_of(self._data, dim0), axis_of(self._data, dim1)
        order = list(range(max(self._data.ndim, 1)))
        order[dim0], order[dim1] = order[dim1], order[dim0]
        return self.permute(order[: self._data.ndim])

    swapaxes = transpose

    def permute(self, *axes: Any, dims: Any = ()) -> Tensor:
        return shaping.Permute.apply(self, _flat(axes or (dims,)))

    def expand(self, *shape: Any) -> Tensor:
        """A view repeated to a shape; -1 keeps an axis's size."""
        sizes, own = _flat(shape), self._data.shape
        lead = len(sizes) - len(own)
        if -1 in sizes[: max(lead, 0)]:
            raise ValueError(f"expand: -1 keeps an axis's size, and {sizes} has it for an axis that {own} has not")
        return selecting.Expand.apply(self, tuple(own[i - lead] if n == -1 else n for i, n in enumerate(sizes)))

    # Choices by a mask or an index

    def masked_fill(self, mask: Any, value: Any) -> Tensor:
        """`value` where the mask is True, this tensor elsewhere."""
        filling = np.asarray(array_of(value))
        if filling.ndim:
            raise ValueError(f"masked_fill: expected a single number, got shape {filling.shape}; use where")
        if filling.dtype.kind not in "biuf":
            raise TypeError(f"masked_fill: expected a number, got {value!r}")
        return selecting.MaskedFill.apply(self, _mask(mask), value)

    def masked_fill_(self, mask: Any, value: Any) -> Tensor:
        return self._put(None, self.masked_fill(mask, value))  # type: ignore[return-value]

    def gather(self, dim: int, index: Any) -> Tensor:
        """The value at `index` along `dim`, for each place of the index: z[i, j] = x[index[i, j], j] for axis 0."""
        places, shape, axis = np.asarray(array_of(index)), self._data.shape or (1,), axis_of(self._data, dim)
        fits = places.ndim == self._data.ndim or not places.size
        if (
            places.dtype.kind not in "iu"
            or not fits
            or any(n > m for i, (n, m) in enumerate(zip(places.shape, shape, strict=False)) if i != axis)
        ):
            raise IndexError(
                f"gather: expected integers of as many axes as {self._data.shape}, none longer but axis {axis}, "
                f"got {places.dtype} {places.shape}"
            )
        if places.size and not (places.min() >= 0 and places.max() < shape[axis]):
            raise IndexError(f"gather: an index is outside of 0 to {shape[axis] - 1}, the places of axis {axis}")
        return selecting.Gather.apply(self, places, axis)

    def __getitem__(self, key: Any) -> Tensor:
        part: Any = self
        for one in in_turn(array_key(key), self._data.ndim):
            part = Index.apply(part, one)
        return part

    # Copies, dtypes and the device

    @property
    def device(self) -> Device:
        return CPU

    def cpu(self) -> Tensor:
        return self  # type: ignore[return-value]

    def clone(self) -> Tensor:
        return shaping.Cast.apply(self, self._data.dtype)

    def to(
        self, target: Any = None, dtype: Any = None, non_blocking: Any = False, copy: Any = False, *, device: Any = None
    ) -> Tensor:
        """The values in another dtype, that of `target` if it is a tensor; the device can be "cpu" only."""
        if not isinstance(target, type | np.dtype) or dtype is not None or device is not None:
            target = wanted_dtype(target, dtype, device)
        if target is None or self._data.dtype == target:
            return self.clone() if copy else self  # type: ignore[return-value]
        dtype = np.dtype(target)
        return shaping.Cast.apply(self, dtype) if dtype.kind in "fc" else plain(copied(self._data, dtype))


def _flat(sizes: tuple[Any, ...]) -> tuple[int, ...]:
    """Sizes given one by one or as one sequence."""
    if len(sizes) == 1 and not isinstance(sizes[0], int | np.integer):
        return tuple(sizes[0])
    return sizes


def _whole_quotient(x: Any, y: Any) -> Tensor:
    """x // y, which has no gradient in PyTorch either."""
    if needs_graph((x, y)):
        raise TypeError("//: a whole quotient has no gradient; take the values with detach() first")
    return plain(arithmetic.divided(np.floor_divide, array_of(x), array_of(y)))


def _mask(mask: Any) -> Any:
    array = np.asarray(array_of(mask))
    if array.dtype != bool:
        raise TypeError(f"masked_fill: expected a mask of booleans, got {array.dtype}")
    return array
