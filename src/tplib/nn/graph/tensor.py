"""Tensor: an array on the computation graph, with PyTorch's methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from tplib.nn.graph import shaping
from tplib.nn.graph.graph import Array, Function, send_back
from tplib.nn.graph.hooks import RETAIN, Handle, check_gradient, run_hooks
from tplib.nn.graph.inplace import array_of
from tplib.nn.graph.named_methods import NamedMethods
from tplib.nn.graph.numpy_calls import call_function, call_ufunc
from tplib.nn.graph.recording import refuse_lists
from tplib.nn.graph.sparse_rows import SparseRows
from tplib.nn.graph.storage import zeroed


class Tensor(NamedMethods):
    """An array, the node that computed it, and dl/d(itself) once `backward()` has run.

    `data` and `grad` are NumPy arrays; after a sparse embedding, `grad` is a `SparseRows`. A tensor that requires a
    gradient holds a copy of the array it is given; any other shares it. Mixed dtypes promote as in NumPy; Python
    numbers do not promote.
    """

    __slots__ = ("__weakref__", "_data", "_grad", "_hooks", "_node", "_requires_grad")

    is_node = False
    __hash__ = object.__hash__

    _data: Array
    _node: Function | None
    _grad: Any
    _hooks: dict[Any, Any] | None  # by number; the key RETAIN says that `.grad` is kept
    _requires_grad: bool

    def __init__(
        self, data: ArrayLike | Tensor, requires_grad: bool = False, *, dtype: DTypeLike | None = None
    ) -> None:
        if isinstance(data, Tensor):
            data = data._data
        elif isinstance(data, list | tuple):
            refuse_lists(data)
        try:
            self._data = np.array(data, dtype) if requires_grad else np.asarray(data, dtype)
        except ValueError as error:
            raise ValueError(f"Tensor: expected numbers, or lists of numbers of one shape: {error}") from error
        if self._data.dtype.kind not in "biufc":
            raise TypeError(
                f"Tensor: expected numbers, or lists of numbers of one shape, got {type(data).__name__}, "
                f"which makes an array of {self._data.dtype}"
            )
        self._node = None
        self._grad = None
        self._view = self._views = self._hooks = None
        self._requires_grad = False
        if requires_grad:
            self.requires_grad_()

    # The array and its description

    @property
    def data(self) -> Array:
        return self._data

    @data.setter
    def data(self, value: ArrayLike) -> None:
        if value is self._data:  # `t.data -= step` changed the array in place
            self._changed()
            return
        self._data = np.asarray(value)
        self._view = self._views = None  # another memory

    @property
    def shape(self) -> tuple[int, ...]:
        return self._data.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self._data.dtype

    @property
    def ndim(self) -> int:
        return self._data.ndim

    @property
    def is_leaf(self) -> bool:
        return self._node is None

    @property
    def grad_fn(self) -> Function | None:
        return self._node

    def numpy(self) -> Array:
        """The array itself, not a copy."""
        return self._data

    def detach(self) -> Tensor:
        """The same array, off the graph."""
        return Tensor(self._data)

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> Array:
        return np.array(self._data, dtype, copy=copy)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        return call_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return call_function(function, args, kwargs)

    def __repr__(self) -> str:
        text = np.array2string(self._data, separator=", ", prefix="Tensor(")
        origin = ""
        if self._node is not None:
            origin = f", grad_fn={type(self._node).__name__}"
        elif self.requires_grad:
            origin = ", requires_grad=True"
        size = "" if self._data.size or self._data.ndim == 1 else f", size={self.shape}"
        return f"Tensor({text}{size}, dtype={self.dtype}{origin})"

    def __getstate__(self) -> tuple[Any, ...]:
        if self._node is not None:
            raise RuntimeError(
                "a computed tensor cannot be copied or saved with its graph: the copy would be a leaf whose gradients "
                "nobody sees; use detach() for its values, clone() for a copy on the graph"
            )
        return self._data, self.grad, self.requires_grad

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._data, self._grad, self._requires_grad = state
        self._node = self._view = self._views = self._hooks = None

    # Gradients

    @property
    def grad(self) -> Any:
        """dl/d(this tensor): None before a backward."""
        return self._grad

    @grad.setter
    def grad(self, value: Any) -> None:
        if value is not None:
            check_gradient(value, self._data)
        self._grad = value

    @property
    def requires_grad(self) -> bool:
        return self._requires_grad

    @requires_grad.setter
    def requires_grad(self, requires_grad: bool) -> None:
        self.requires_grad_(requires_grad)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        if self._node is not None:
            if requires_grad:
                return self  # it does already
            raise RuntimeError("requires_grad_: only a leaf can change; use detach() on a computed tensor first")
        if requires_grad and self._data.dtype.kind not in "fc":
            raise RuntimeError(
                f"requires_grad: only floating-point tensors have gradients, got dtype {self._data.dtype}; "
                "convert the data with dtype=np.float64 first"
            )
        self._requires_grad = bool(requires_grad)
        return self

    def retain_grad(self) -> None:
        """Keep `.grad` of a computed tensor too, at the next `backward()`."""
        if not self._requires_grad:
            raise RuntimeError("retain_grad: this tensor requires no gradient")
        if self._node is not None:
            self._watch()[RETAIN] = None

    def register_hook(self, hook: Callable[[Tensor], Any]) -> Handle:
        """Call `hook(gradient)` whenever the whole gradient of this tensor is known; what it returns replaces it."""
        if not self.requires_grad:
            raise RuntimeError("register_hook: this tensor requires no gradient")
        return Handle(self._watch(), hook)

    def _watch(self) -> dict[Any, Any]:
        if self._hooks is None:
            self._hooks = {}
        if self._node is not None:
            self._node.retained = self
        return self._hooks

    def backward(
        self,
        gradient: ArrayLike | Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
    ) -> None:
        """Add dl/dx to `.grad` of every leaf x below, where dl/d(self) = `gradient` (same shape; None for a scalar).

        What the nodes saved is freed unless `retain_graph`, by default `create_graph`. With that, the gradients are
        recorded: `.grad` holds Tensors, which can be gone back through in turn. Source: lecture 002, "For each function
        node in reversed topological order".
        """
        if not self.requires_grad:
            raise RuntimeError("backward: this tensor does not depend on any tensor with requires_grad=True")
        start = self._start(gradient)
        if create_graph:
            from tplib.nn.graph.second_order import walk_leaves

            walk_leaves(self, gradient if isinstance(gradient, Tensor) else Tensor(start), retain_graph is not False)
        elif self._node is None:
            self.accumulate(start, False, None) if not self._hooks else self.arrive(start, None)
        else:
            with np.errstate(all="ignore"):  # infinities and NaNs flow back silently, as in PyTorch
                send_back(self._node, start, retain_graph or False)

    def _start(self, gradient: ArrayLike | Tensor | None) -> Array:
        """The gradient that goes into the walk, in this tensor's shape and dtype."""
        data = self._data
        if gradient is None:
            if data.size != 1:
                raise RuntimeError(
                    f"backward: a tensor of shape {data.shape} needs an explicit gradient of that shape; "
                    "only a scalar may leave it out. Reduce to a scalar first, e.g. with .sum() or .mean()"
                )
            return np.ones(data.shape, data.dtype)
        start: Any = gradient._data if isinstance(gradient, Tensor) else gradient
        if type(start) is not np.ndarray or start.dtype is not data.dtype:
            start = np.asarray(start, data.dtype)
        if start.shape != data.shape:
            raise ValueError(f"backward: expected a gradient of shape {data.shape}, got {start.shape}")
        return start

    def arrive(self, grad: Any, node: Function | None) -> Any:
        """The whole gradient of this tensor: through its hooks, and kept if it is a leaf's or asked for."""
        hooks = self._hooks or {}
        if hooks.keys() - {RETAIN}:
            recorded = isinstance(grad, Tensor)
            grad = run_hooks(hooks, as_tensor(np.asarray(grad) if not recorded else grad))
            grad = grad if recorded else grad._data
        if node is None or RETAIN in hooks:
            if isinstance(grad, Tensor):
                grad = grad.to(self._data.dtype)
                self.grad = grad.clone() if self.grad is None else self.grad + grad  # each leaf has its own
            else:
                self.accumulate(grad, False, node)
        return grad

    def accumulate(self, grad: Any, fresh: bool, node: Function | None) -> None:
        """Add to `.grad` what `node` sent back; a `fresh` array is kept without a copy."""
        data = self._data
        if type(grad) is not np.ndarray or grad.dtype is not data.dtype or grad.shape != data.shape:
            if type(grad) is SparseRows and grad.shape == data.shape:
                self._grad = grad if self._grad is None else self._grad + grad
                return
            grad, fresh = np.asarray(grad, data.dtype), fresh and isinstance(grad, np.ndarray)
            if grad.shape != data.shape:
                raise RuntimeError(
                    f"backward: {type(node).__name__}.backward returned a gradient of shape {grad.shape} "
                    f"for an input of shape {data.shape}"
                )
        if self._grad is None:
            self._grad = grad if fresh else grad.copy()
        else:
            # A new array each time: whoever kept the old gradient keeps its values.
            self._grad = np.asarray(self._grad + grad)


def clear_gradients(tensors: Iterable[Tensor], set_to_none: bool = True) -> None:
    """Forget the gradients, or set them to zero in place."""
    for tensor in tensors:
        if tensor._grad is not None:
            tensor._grad = None if set_to_none else zeroed(array_of(tensor._grad), tensor._data)


TensorLike = Tensor | ArrayLike


def as_tensor(value: TensorLike) -> Tensor:
    """The tensor itself, or a tensor that shares the array."""
    return value if isinstance(value, Tensor) else Tensor(value)


def concatenate(tensors: Sequence[TensorLike], dim: int = 0, *, axis: int | None = None) -> Tensor:
    """Join tensors along an axis that they have: n of (B, D) along 0 -> (n B, D)."""
    return shaping.Concatenate.apply(dim if axis is None else axis, *map(as_tensor, tensors))


def stack(tensors: Sequence[TensorLike], dim: int = 0, *, axis: int | None = None) -> Tensor:
    """Join tensors of one shape along a new axis: T of (B, D) along 1 -> (B, T, D)."""
    return shaping.Stack.apply(dim if axis is None else axis, *map(as_tensor, tensors))


def where(condition: TensorLike, input: Any, other: Any) -> Tensor:
    """`input` where the condition holds, `other` elsewhere; the three broadcast."""
    return shaping.Where.apply(as_tensor(condition), input, other)
