"""NumPy's functions called on tensors: recorded where we have the same, refused where the graph would be lost.

On tensors that require no gradient they work on the arrays and give arrays.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.nn.graph.recording import needs_graph

# The ufuncs that a tensor's operator or method does.
OPERATORS: dict[np.ufunc, Callable[..., Any]] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
    np.power: operator.pow,
    np.matmul: operator.matmul,
    np.negative: operator.neg,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
    np.bitwise_and: operator.and_,
    np.bitwise_or: operator.or_,
    np.bitwise_xor: operator.xor,
    np.left_shift: operator.lshift,
    np.right_shift: operator.rshift,
}
METHODS = {np.exp: "exp", np.log: "log", np.sqrt: "sqrt", np.absolute: "abs", np.tanh: "tanh"}
METHODS |= {np.sin: "sin", np.cos: "cos"}
LIMITS = {np.maximum: "min", np.minimum: "max"}  # of a number
# What has no gradient anyway, or looks at shapes and values only.
PLAIN_UFUNCS = {np.isfinite, np.isnan, np.isinf, np.sign, np.signbit, np.floor, np.ceil, np.rint, np.trunc}
PLAIN = {
    *(np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.empty_like, np.full_like, np.result_type),
    *(np.argmax, np.argmin, np.argsort, np.allclose, np.array_equal, np.isclose, np.array2string, np.array_repr),
    *(np.array_str, np.shares_memory, np.may_share_memory, np.can_cast, np.iscomplexobj, np.isrealobj),
    *(np.count_nonzero, np.nonzero, np.flatnonzero, np.all, np.any, np.unique, np.copyto),
}
# What to write instead.
OURS = {
    "where": "tplib.nn.where",
    "concatenate": "tplib.nn.concatenate",
    "vstack": "tplib.nn.concatenate",
    "hstack": "tplib.nn.concatenate",
    "stack": "tplib.nn.stack",
    "clip": "x.clamp(min, max)",
    "sum": "x.sum(dim)",
    "mean": "x.mean(dim)",
    "max": "x.max(dim)",
    "amax": "x.max(dim)",
    "maximum": "nn.where(x > y, x, y), or x.clamp(min=...) for a number",
    "minimum": "nn.where(x < y, x, y), or x.clamp(max=...) for a number",
    "transpose": "x.permute(...)",
    "reshape": "x.reshape(...)",
    "dot": "x @ y",
    "einsum": "x @ y, or products and sums",
    "squeeze": "x.squeeze()",
    "expand_dims": "x.unsqueeze(dim)",
}


def call_ufunc(ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """`Tensor.__array_ufunc__`: `array * tensor` and the like are a tensor's operators."""
    from tplib.nn.graph.tensor import as_tensor

    if method == "__call__" and not options:
        if ufunc in OPERATORS:
            # A NumPy scalar counts as a Python number: it does not turn float32 into float64.
            return OPERATORS[ufunc](*(x.item() if isinstance(x, np.generic) else as_tensor(x) for x in inputs))
        if ufunc in METHODS and needs_graph(inputs):
            return getattr(inputs[0], METHODS[ufunc])()
        if ufunc in LIMITS and needs_graph(inputs):
            numbers: list[Any] = [x for x in inputs if isinstance(x, int | float | np.generic)]
            if len(numbers) == 1:
                other: Any = next(x for x in inputs if x is not numbers[0])
                return as_tensor(other).clamp(**{LIMITS[ufunc]: numbers[0]})
    if ufunc not in PLAIN_UFUNCS and needs_graph((inputs, options)):
        _refuse(ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}")
    return getattr(ufunc, method)(*_arrays(inputs), **_arrays(options))


def call_function(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`Tensor.__array_function__`."""
    if function not in PLAIN and needs_graph((args, kwargs)):
        if function is np.where and len(args) == 3 and not kwargs:
            from tplib.nn.graph.tensor import where

            return where(*args)
        if function in (np.concatenate, np.stack):
            from tplib.nn.graph.tensor import concatenate, stack

            ours = concatenate if function is np.concatenate else stack
            return ours(*args, **{"dim" if key == "axis" else key: value for key, value in kwargs.items()})
        _refuse(function.__name__)
    return function(*_arrays(args), **_arrays(kwargs))


def _arrays(value: Any) -> Any:
    from tplib.nn.graph.tensor import Tensor

    if isinstance(value, tuple | list):
        return type(value)(map(_arrays, value))
    if isinstance(value, dict):
        return {key: _arrays(part) for key, part in value.items()}
    return value._data if isinstance(value, Tensor) else value


def _refuse(name: str) -> Any:
    instead = f"write {OURS[name]}" if name in OURS else "compute it with the tensor's methods"
    raise TypeError(
        f"np.{name} of a tensor that requires a gradient would lose the graph: {instead}, or take x.detach().numpy() "
        "if no gradient is wanted"
    )
