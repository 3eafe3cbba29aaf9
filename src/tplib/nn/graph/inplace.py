"""In-place changes of a tensor's array, dated so that a node which saved the array can tell."""

from __future__ import annotations

from typing import Any, NoReturn, Self

import numpy as np

from tplib.nn.graph.graph import Array, Function, LastChange, is_grad_enabled, tick


def array_of(value: Any) -> Any:
    """A tensor's array; anything else as it is."""
    return value._data if isinstance(value, InPlace) else value


def array_of_key(key: Any) -> Any:
    """An index whose tensors are arrays."""
    return tuple(map(array_of, key)) if isinstance(key, tuple) else array_of(key)


class InPlace:
    """Changes of values outside the graph: under `no_grad`, or of tensors without gradient."""

    __slots__ = ("changed",)

    _data: Array
    _node: Function | None
    requires_grad: bool
    changed: int  # the time of the last in-place change, 0 for never; for a computed tensor its node has it

    def __iadd__(self, other: Any) -> Self:
        return self + other if self._on_graph(other) else self._assign(..., self._data + array_of(other))

    def __isub__(self, other: Any) -> Self:
        return self - other if self._on_graph(other) else self._assign(..., self._data - array_of(other))

    def __imul__(self, other: Any) -> Self:
        return self * other if self._on_graph(other) else self._assign(..., self._data * array_of(other))

    def __itruediv__(self, other: Any) -> Self:
        return self / other if self._on_graph(other) else self._assign(..., self._data / array_of(other))

    def __setitem__(self, key: Any, value: Any) -> None:
        self._assign(array_of_key(key), array_of(value))

    def copy_(self, source: Any) -> Self:
        return self._assign(..., array_of(source))

    def fill_(self, value: float) -> Self:
        return self._assign(..., value)

    def zero_(self) -> Self:
        return self._assign(..., 0)

    def add_(self, other: Any, *, alpha: float = 1) -> Self:
        return self._assign(..., self._data + alpha * array_of(other))

    def sub_(self, other: Any, *, alpha: float = 1) -> Self:
        return self._assign(..., self._data - alpha * array_of(other))

    def mul_(self, other: Any) -> Self:
        return self._assign(..., self._data * array_of(other))

    def _on_graph(self, other: Any) -> bool:
        """Whether `self op= other` must be recorded: then it makes a new tensor, as `self = self op other`."""
        if not is_grad_enabled():
            return False
        if self.requires_grad and self._node is None:
            self._refuse()
        return self.requires_grad or (isinstance(other, InPlace) and other.requires_grad)

    def _assign(self, key: Any, value: Any) -> Self:
        if self.requires_grad and is_grad_enabled():
            self._refuse()
        if key is ...:
            np.copyto(self._data, value)  # unlike an assignment, refuses to cut floats to integers
        else:
            self._data[key] = value
        self._changed()
        return self

    def _refuse(self) -> NoReturn:
        raise RuntimeError(
            "a tensor that requires a gradient cannot be changed in place while the graph is recorded; "
            "put the change under `with no_grad():`, or compute a new tensor"
        )

    def _changed(self) -> None:
        (self if self._node is None else self._node).changed = LastChange.time = tick()
