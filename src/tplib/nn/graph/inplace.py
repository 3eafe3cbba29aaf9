"""Changes of a tensor's array in place: dated in its storage, and recorded on the graph as in PyTorch."""

from __future__ import annotations

import operator
from typing import Any, NoReturn, Self

import numpy as np

from tplib.nn.graph import arithmetic
from tplib.nn.graph.graph import Function
from tplib.nn.graph.indexing import Index, array_key, in_turn, read
from tplib.nn.graph.python_calls import PythonCalls
from tplib.nn.graph.recording import is_grad_enabled
from tplib.nn.graph.storage import held, note_change, overlap
from tplib.nn.graph.views import follow, move_node, unwatched
from tplib.nn.graph.writing import Write, to_write, write


def array_of(value: Any) -> Any:
    """A tensor's array; anything else as it is."""
    return value._data if isinstance(value, InPlace) else value


class InPlace(PythonCalls):
    """What changes a tensor: `+=`, `x[key] = value`, and the methods whose names end in `_`.

    A view and the tensor that it looks at change together, in their values and in their gradients.
    """

    __slots__ = ("_view", "_views")

    _node: Function | None
    requires_grad: Any
    _view: Any  # of a view: whose memory it is, the steps from there (None: no graph leads there), a leaf between
    _views: Any  # references to the views of this tensor that must follow its changes

    def __iadd__(self, other: Any) -> Self:
        return self._by(arithmetic.Add, other)

    def __isub__(self, other: Any) -> Self:
        return self._by(arithmetic.Sub, other)

    def __imul__(self, other: Any) -> Self:
        return self._by(arithmetic.Mul, other)

    def __itruediv__(self, other: Any) -> Self:
        return self._by(arithmetic.Div, other)

    def __ipow__(self, other: Any) -> Self:
        return self._by(arithmetic.Pow, other)

    def __imod__(self, other: Any) -> Self:
        return self._by(arithmetic.Remainder, other)

    def __ifloordiv__(self, other: Any) -> Self:
        return self._by_values("//", operator.floordiv, other)

    def __iand__(self, other: Any) -> Self:
        return self._by_values("&", operator.and_, other)

    def __ior__(self, other: Any) -> Self:
        return self._by_values("|", operator.or_, other)

    def __ixor__(self, other: Any) -> Self:
        return self._by_values("^", operator.xor, other)

    def __ilshift__(self, other: Any) -> Self:
        return self._by_values("<<", operator.lshift, other)

    def __irshift__(self, other: Any) -> Self:
        return self._by_values(">>", operator.rshift, other)

    def __setitem__(self, key: Any, value: Any) -> None:
        if key is False:
            return  # no place at all, as in PyTorch
        *before, last = in_turn(array_key(None if key is True else key), self._data.ndim)
        part: Any = Index.apply(self, *before) if before else self
        if not isinstance(value, InPlace):
            value = to_write(value, self._data.dtype)
        part._check_written(last, value)
        part._put(last, value)

    def copy_(self, source: Any) -> Self:
        if np.ndim(array_of(source)) > self._data.ndim:
            raise ValueError(
                f"copy_: a tensor of shape {self._data.shape} cannot hold values of shape {np.shape(array_of(source))}"
            )
        self._check_read(source)
        return self._put(None, self._held(source))

    def fill_(self, value: Any) -> Self:
        if np.ndim(array_of(value)):
            raise ValueError(f"fill_: expected a single number, got shape {np.shape(array_of(value))}; use copy_")
        return self._put(None, self._held(value))

    def _held(self, value: Any) -> Any:
        """A value as this tensor can hold it: integers take floating-point numbers without their fraction."""
        dtype = self._data.dtype
        if not isinstance(value, InPlace):
            return to_write(value, dtype)
        return held(value._data, dtype) if dtype.kind in "biu" and value._data.dtype.kind == "f" else value

    def zero_(self) -> Self:
        return self._put(None, 0)

    def add_(self, other: Any, *, alpha: float = 1) -> Self:
        return self._by(arithmetic.Add, other, alpha)

    def sub_(self, other: Any, *, alpha: float = 1) -> Self:
        return self._by(arithmetic.Sub, other, alpha)

    def mul_(self, other: Any) -> Self:
        return self._by(arithmetic.Mul, other)

    def div_(self, other: Any) -> Self:
        return self._by(arithmetic.Div, other)

    def _by(self, node: type[Function], other: Any, alpha: float = 1) -> Self:
        """self op= alpha other."""
        if is_grad_enabled():
            self._check_leaf()
        self._check_read(other)
        result = node.apply(unwatched(self) if self._view else self, other if alpha == 1 else other * alpha)
        self._check_held(node.__name__.lower(), result)
        computed = result._node
        readers = node.read_for[0] or () if node.read_for else ()
        if computed is not None and any(computed.edges[i] is not None for i in readers):
            computed.saved = (self._data.copy(), *computed.saved[1:])  # the gradient needs it as it was
        if result.requires_grad and self._view is None and result.dtype == self._data.dtype:
            np.copyto(self._data, result._data)
            self._moved(result)
            return self
        return self._put(None, result)

    def _by_values(self, name: str, operation: Any, other: Any) -> Self:
        """self op= other, for an operation without a gradient."""
        if is_grad_enabled():
            self._check_leaf()
        self._check_read(other)
        result = operation(self, other)
        self._check_held(name, result)
        return self._put(None, result)

    def _check_held(self, name: str, result: Any) -> None:
        """Refuse a result that this tensor cannot hold."""
        if result.shape != self._data.shape:
            raise ValueError(
                f"{name} in place: a tensor of shape {self._data.shape} cannot hold a result of shape {result.shape}; "
                "write x = x + y in place of x += y"
            )
        if not np.can_cast(result.dtype, self._data.dtype, "same_kind"):
            raise TypeError(
                f"{name} in place: a tensor of {self._data.dtype} cannot hold a result of {result.dtype}; convert it "
                "before with .to(), or write x = x + y in place of x += y"
            )

    def _put(self, key: Any, value: Any) -> Self:
        """Write a value into x[key], or into all of x for None."""
        base, steps, _ = self._view or (self, (), None)
        of_value = getattr(value, "requires_grad", False) is True
        if not is_grad_enabled() or not (base.requires_grad or of_value or self.requires_grad):
            write(self._data, key, array_of(value))
            note_change(self._data)
            return self
        self._check_leaf()
        if steps is None:
            raise RuntimeError(
                "in place: this view was made under no_grad, so that no gradient could pass through the change; make "
                "the view outside of no_grad, or change it inside"
            )
        if of_value and self._data.dtype.kind not in "fc":
            raise TypeError(f"in place: a tensor of {self._data.dtype} cannot hold values that require a gradient")
        base._moved(Write.apply(base, value, steps, key))
        return self

    def _moved(self, result: Any) -> None:
        """This tensor, whose array was changed, is from now on what `result`'s node computed; its views follow."""
        note_change(self._data)
        move_node(self, result)
        if self._views:
            follow(self)

    def _check_leaf(self) -> None:
        base, _, leaf = self._view or (self, (), None)
        for tensor in (self, base, leaf):
            if tensor is not None and tensor.requires_grad and tensor._node is None:
                _refuse()

    def _check_read(self, other: Any) -> None:
        """Refuse to change this tensor by one of which a part lies in the same memory, as PyTorch does."""
        if isinstance(other, InPlace) and overlap(self._data, other._data) == "partial":
            _refuse_overlap()

    def _check_written(self, key: tuple[Any, ...], value: Any) -> None:
        """The same for x[key] = value."""
        if not isinstance(value, InPlace):
            return
        arrays = [part for part in key if isinstance(part, np.ndarray)]
        if not arrays:
            if not value._data.ndim:
                return  # PyTorch reads the number first
            part, y = read(self._data, key), value._data
            while y.ndim > part.ndim and len(y) == 1:
                y = y[0]
            if y.shape == part.shape and overlap(part, y) == "partial":  # any other shape is repeated: not looked at
                _refuse_overlap()
            if part.size == 1 and part.ndim and value._data.shape != part.shape and overlap(part, y):
                _refuse_overlap()  # a single value in another shape counts as another place
            return
        by_mask = len(arrays) == 1 and arrays[0].dtype == bool
        filled = by_mask and value._data.size == 1 and self._data.ndim  # PyTorch reads the number first
        if not filled and (value is self or overlap(self._data, value._data)):
            _refuse_overlap()

    def _changed(self) -> None:
        """The array was changed from outside."""
        note_change(self._data)


def _refuse_overlap() -> NoReturn:
    raise RuntimeError(
        "in place: the values to write lie in the memory that is written to; take a copy of them with clone() first"
    )


def _refuse() -> NoReturn:
    raise RuntimeError(
        "a tensor that requires a gradient cannot be changed in place while the graph is recorded; "
        "put the change under `with no_grad():`, or compute a new tensor"
    )
