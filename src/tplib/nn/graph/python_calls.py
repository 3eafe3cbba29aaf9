"""Python's own functions called on tensors: `len(x)`, `float(x)`, `3 in x`; sizes and values as Python's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tplib.nn.graph.storage import Array


class PythonCalls:
    """What Python asks of a tensor; the answers are off the graph, but for the rows of an iteration."""

    __slots__ = ()

    _data: Array

    def size(self, dim: int | None = None) -> Any:
        return self._data.shape if dim is None else self._data.shape[dim]

    def dim(self) -> int:
        return self._data.ndim

    def numel(self) -> int:
        return self._data.size

    nelement = numel

    def stride(self, dim: int | None = None) -> Any:
        """How many values lie between neighbours along each axis, or along one."""
        steps = tuple(step // self._data.itemsize for step in self._data.strides)
        return steps if dim is None else steps[dim]

    def is_contiguous(self) -> bool:
        return self._data.flags.c_contiguous

    def item(self) -> Any:
        return self._data.item()

    def tolist(self) -> Any:
        return self._data.tolist()

    def __contains__(self, value: Any) -> bool:
        return bool((self == value).data.any())

    def __len__(self) -> int:
        return len(self._data)

    def __format__(self, spec: str) -> str:
        return format(self._data.item(), spec) if self._data.ndim == 0 else object.__format__(self, spec)

    def __index__(self) -> int:
        if self._data.dtype.kind not in "biu" or self._data.size != 1:
            raise TypeError(
                f"only an integer tensor of one value is an index, got {self._data.dtype} of shape {self._data.shape}"
            )
        return int(self._data.item())

    def __iter__(self) -> Iterator[Any]:
        if self._data.ndim == 0:
            raise TypeError("iteration over a 0-d tensor; .item() is its number")
        return (
            self[i]  # type: ignore[index]
            for i in range(len(self._data))
        )

    def __bool__(self) -> bool:
        if self._data.size != 1:
            raise RuntimeError(
                f"a tensor of shape {self._data.shape} is not one truth: use x.any() or x.all(), or x.numel() > 0"
            )
        return bool(self._data)

    def __float__(self) -> Any:
        return self._data.item().__float__()

    def __int__(self) -> int:
        return int(self._data.item())
