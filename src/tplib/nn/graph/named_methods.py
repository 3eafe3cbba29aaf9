"""Methods that say in a word what operators, indexing and other methods do: `x.add(y)` is x + y."""

from __future__ import annotations

import operator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from tplib.nn.graph import reductions, selecting, shaping
from tplib.nn.graph.arithmetic import quiet
from tplib.nn.graph.graph import Array
from tplib.nn.graph.indexing import Index
from tplib.nn.graph.inplace import array_of
from tplib.nn.graph.memory_order import in_order, laid_as
from tplib.nn.graph.reduction_methods import Dim, axes_of, axis_of, dims_of, plain
from tplib.nn.graph.tensor_methods import Operators

if TYPE_CHECKING:
    from tplib.nn.graph.tensor import Tensor


class SortResult(NamedTuple):
    """Values in order along an axis, and where they were."""

    values: Tensor
    indices: Tensor


class NamedMethods(Operators):
    """What Tensor inherits: these methods, and all others."""

    __slots__ = ()

    # Arithmetic

    def add(self, other: Any, *, alpha: float = 1) -> Tensor:
        return self + (other if alpha == 1 else other * alpha)

    def sub(self, other: Any, *, alpha: float = 1) -> Tensor:
        return self - (other if alpha == 1 else other * alpha)

    def mul(self, other: Any) -> Tensor:
        return self * other

    def div(self, other: Any) -> Tensor:
        return self / other

    def neg(self) -> Tensor:
        return -self

    def square(self) -> Tensor:
        return self**2

    def reciprocal(self) -> Tensor:
        return 1 / self

    def rsqrt(self) -> Tensor:
        return 1 / self.sqrt()

    def mm(self, mat2: Any) -> Tensor:
        """(n, k) times (k, m)."""
        return _product("mm", 2, self, mat2)

    def bmm(self, mat2: Any) -> Tensor:
        """(B, n, k) times (B, k, m), one by one."""
        if np.shape(mat2)[:1] != self._data.shape[:1]:
            raise ValueError(
                f"bmm: expected as many matrices on both sides, got {self._data.shape} and {np.shape(mat2)}"
            )
        return _product("bmm", 3, self, mat2)

    def dot(self, tensor: Any) -> Tensor:
        """(n,) times (n,)."""
        return _product("dot", 1, self, tensor)

    def logsumexp(self, dim: Dim, keepdim: bool = False) -> Tensor:
        """log of the sum of exp(x), exact for any scores."""
        if not self._data.ndim:
            return self.reshape(1).logsumexp(dim).reshape(())
        if not self._data.size:  # the log of nothing added up
            return self.sum(dim, keepdim).log()
        return reductions.LogSumExp.apply(self, dim, keepdim)

    # Comparisons and questions: boolean tensors

    def eq(self, other: Any) -> Tensor:
        return self == other

    def ne(self, other: Any) -> Tensor:
        return self != other

    def lt(self, other: Any) -> Tensor:
        return self < other

    def le(self, other: Any) -> Tensor:
        return self <= other

    def gt(self, other: Any) -> Tensor:
        return self > other

    def ge(self, other: Any) -> Tensor:
        return self >= other

    def isnan(self) -> Tensor:
        return plain(np.isnan(self._data))

    def isinf(self) -> Tensor:
        return plain(np.isinf(self._data))

    def isfinite(self) -> Tensor:
        return plain(np.isfinite(self._data))

    def any(self, dim: Dim = None, keepdim: bool = False) -> Tensor:
        return plain(in_order(np.any(self._data, dims_of(self._data, dim), keepdims=keepdim)))

    def all(self, dim: Dim = None, keepdim: bool = False) -> Tensor:
        return plain(in_order(np.all(self._data, dims_of(self._data, dim), keepdims=keepdim)))

    # Dtypes

    def float(self) -> Tensor:
        return self.to(np.float32)

    def double(self) -> Tensor:
        return self.to(np.float64)

    def long(self) -> Tensor:
        return self.to(np.int64)

    def int(self) -> Tensor:
        return self.to(np.int32)

    def bool(self) -> Tensor:
        return self.to(np.bool_)

    # Shapes

    def t(self) -> Tensor:
        """The matrix transposed."""
        if self._data.ndim > 2:
            raise ValueError(f"t: expected at most two axes, got {self._data.shape}; use transpose or permute")
        return self.T

    @property
    def mT(self) -> Tensor:
        """Each matrix, the last two axes, transposed."""
        return self.transpose(-2, -1)

    def contiguous(self) -> Self | Tensor:
        """The tensor itself where its values lie in order, else a copy in which they do."""
        return self if self._data.flags.c_contiguous else shaping.Contiguous.apply(self)

    def view_as(self, other: Any) -> Tensor:
        return self.view(*other.shape)

    def reshape_as(self, other: Any) -> Tensor:
        return self.reshape(*other.shape)

    def expand_as(self, other: Any) -> Tensor:
        return self.expand(*other.shape)

    def repeat(self, *repeats: Any) -> Tensor:
        """The tensor several times along its axes, and along new ones in front."""
        times = tuple(repeats[0]) if len(repeats) == 1 and np.ndim(repeats[0]) else repeats
        own = (1,) * (len(times) - self._data.ndim) + self._data.shape
        if len(times) < self._data.ndim:
            raise ValueError(f"repeat: expected a number for each axis of {self._data.shape}, got {times}")
        blocks = [size for n, length in zip(times, own, strict=True) for size in (n, length)]
        single = [size for length in own for size in (1, length)]
        whole = [n * length for n, length in zip(times, own, strict=True)]
        # Never a view, also where nothing repeats.
        return shaping.Contiguous.apply(self.reshape(single).expand(blocks)).reshape(whole)

    # Parts

    def split(self, split_size: Any, dim: Any = 0) -> tuple[Tensor, ...]:
        """Views of stretches of an axis: of one length but for the last, or of the lengths in a list."""
        axis = axis_of(self._data, dim)
        if not self._data.ndim:
            raise ValueError("split: a single number has no axis to split")
        length, sizes = self._data.shape[axis], split_size
        if isinstance(split_size, list | tuple):
            if sum(split_size) != length:
                raise ValueError(f"split: expected lengths that add up to {length}, got {list(split_size)}")
            ends = np.cumsum([0, *sizes]).tolist()
        else:
            step = operator.index(split_size)
            if step < 1:
                raise ValueError(f"split: expected a length of at least 1, got {step}")
            ends = [*range(0, max(length, 1), step), length]
        lead = (slice(None),) * axis
        return tuple(self[(*lead, slice(a, b))] for a, b in pairwise(ends))

    def chunk(self, chunks: Any, dim: Any = 0) -> tuple[Tensor, ...]:
        """At most `chunks` views of stretches of one length but for the last."""
        if chunks < 1 or not self._data.ndim:
            raise ValueError(f"chunk: expected at least 1 chunk of an axis, got {chunks} of shape {self._data.shape}")
        length = self._data.shape[axis_of(self._data, dim)]
        return self.split(-(-length // chunks) if length else [0] * chunks, dim)

    def unbind(self, dim: Any = 0) -> tuple[Tensor, ...]:
        """Each place of an axis, as a view without the axis."""
        axis = axis_of(self._data, dim)
        if not self._data.ndim:
            raise ValueError("unbind: a single number has no axis to take apart")
        return tuple(self[(*(slice(None),) * axis, i)] for i in range(self._data.shape[axis]))

    def index_select(self, dim: Any, index: Any) -> Tensor:
        axis = axis_of(self._data, dim)
        if not self._data.ndim:
            return self.reshape(1)[index].reshape(())
        index = np.atleast_1d(array_of(index))  # a number keeps the axis, as in PyTorch
        if len(index) and not self._data.shape[axis]:
            raise IndexError(f"index_select: axis {axis} of shape {self._data.shape} has nothing to select")
        part = self[(*(slice(None),) * axis, index)]
        return part.contiguous()

    def masked_select(self, mask: Any) -> Tensor:
        """The values (n,) where a mask, which is broadcast, is True."""
        chosen = np.asarray(array_of(mask))
        if chosen.dtype != np.bool_:
            raise TypeError(f"masked_select: expected a mask of booleans, got {chosen.dtype}")
        shape = np.broadcast_shapes(self._data.shape, chosen.shape)
        return self.expand(shape)[np.broadcast_to(chosen, shape)]

    def flip(self, *axes: Any, dims: Any = ()) -> Tensor:
        """A copy in the other order along some axes."""
        wanted = axes[0] if len(axes) == 1 and np.ndim(axes[0]) else axes or dims
        turned = axes_of(self._data, wanted)
        key = tuple(slice(None, None, -1 if axis in turned else 1) for axis in range(self._data.ndim))
        return Index.apply(self, key).clone()

    # Order

    def argsort(self, dim: Any = -1, descending: Any = False, *, stable: Any = True) -> Tensor:
        return plain(laid_as(_order(self._data, axis_of(self._data, dim), descending), self._data))

    def sort(self, dim: Any = -1, descending: Any = False, *, stable: Any = True) -> SortResult:
        """A pair (values, indices); nan counts as the largest. Equal values keep their order in any case."""
        return self._by_order(dim, descending, None)

    def topk(self, k: Any, dim: Any = -1, largest: Any = True, sorted: Any = True) -> SortResult:
        """The `k` largest (or smallest) values along an axis, in order in any case, and where they are."""
        length = (self._data.shape or (1,))[axis_of(self._data, dim)]
        if not 0 <= k <= length:
            raise ValueError(f"topk: expected a k from 0 to {length}, the length of the axis, got {k}")
        return self._by_order(dim, largest, k)

    def _by_order(self, dim: Any, descending: Any, number: Any) -> SortResult:
        axis = axis_of(self._data, dim)
        index = _order(self._data, axis, descending)
        if not self._data.ndim:
            return SortResult(self.clone(), plain(index))
        index = (
            laid_as(index, self._data) if number is None else in_order(index[(*(slice(None),) * axis, slice(number))])
        )
        return SortResult(selecting.Take.apply(self, index, axis), plain(index))


def _product(name: str, axes: Any, x: Any, y: Any) -> Tensor:
    if x.ndim != axes or np.ndim(y) != axes:
        raise ValueError(
            f"{name}: expected two tensors of {axes} axes, got {x.shape} and {np.shape(y)}; use @ for others"
        )
    return x @ y


@quiet
def _order(array: Array, axis: Any, descending: Any) -> Array:
    """The places of the values from the smallest on, or from the largest; equal values stay in order."""
    if not isinstance(descending, bool | int | np.bool_):
        raise TypeError(f"sort and topk: expected descending or largest to be True or False, got {descending!r}")
    if not array.ndim:
        return np.array(0)
    if not descending:
        return np.argsort(array, axis, kind="stable")
    return array.shape[axis] - 1 - np.flip(np.argsort(np.flip(array, axis), axis, kind="stable"), axis)
