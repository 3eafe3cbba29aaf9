"""A Tensor's comparisons, and its operators on booleans and whole numbers: results without a gradient."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from tplib.nn.graph.inplace import array_of
from tplib.nn.graph.reduction_methods import Reductions, plain

if TYPE_CHECKING:
    from tplib.nn.graph.tensor import Tensor


class Logic(Reductions):
    """What Tensor inherits: comparisons, `&`, `|`, `^`, `~`, `<<`, `>>`; and reductions."""

    __slots__ = ()

    # Comparisons: boolean tensors

    def __lt__(self, other: Any) -> Tensor:
        return _compare(operator.lt, self, other)

    def __le__(self, other: Any) -> Tensor:
        return _compare(operator.le, self, other)

    def __gt__(self, other: Any) -> Tensor:
        return _compare(operator.gt, self, other)

    def __ge__(self, other: Any) -> Tensor:
        return _compare(operator.ge, self, other)

    def __eq__(self, other: object) -> Tensor:  # type: ignore[override]
        return _compare(operator.eq, self, other)

    def __ne__(self, other: object) -> Tensor:  # type: ignore[override]
        return _compare(operator.ne, self, other)

    # Of booleans and integers

    def __and__(self, other: Any) -> Tensor:
        return _of_bits("&", operator.and_, self, other)

    def __or__(self, other: Any) -> Tensor:
        return _of_bits("|", operator.or_, self, other)

    def __xor__(self, other: Any) -> Tensor:
        return _of_bits("^", operator.xor, self, other)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __invert__(self) -> Tensor:
        return _of_bits("~", operator.xor, self, True if self._data.dtype == bool else -1)

    def __lshift__(self, other: Any) -> Tensor:
        return _of_bits("<<", operator.lshift, self, other)

    def __rlshift__(self, other: Any) -> Tensor:
        return _of_bits("<<", operator.lshift, other, self)

    def __rshift__(self, other: Any) -> Tensor:
        return _of_bits(">>", operator.rshift, self, other)

    def __rrshift__(self, other: Any) -> Tensor:
        return _of_bits(">>", operator.rshift, other, self)

    __hash__ = object.__hash__


def _compare(operation: Callable[[Any, Any], Any], x: Any, other: Any) -> Tensor:
    if other is None or isinstance(other, str):
        return NotImplemented
    return plain(operation(x._data, array_of(other)))


def _of_bits(name: str, operation: Callable[[Any, Any], Any], x: Any, y: Any) -> Tensor:
    x, y = (value.item() if isinstance(value, np.generic) else array_of(value) for value in (x, y))
    try:
        return plain(operation(x, y))
    except TypeError:
        kinds = " and ".join(str(getattr(value, "dtype", type(value).__name__)) for value in (x, y))
        raise TypeError(f"{name}: expected booleans or whole numbers, got {kinds}") from None
