"""Element-wise arithmetic and matrix products: each node keeps its forward and its backward together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array, Function
from tplib.nn.graph.memory_order import in_order

# Infinities and NaNs flow through silently, as in PyTorch.
quiet: Any = np.errstate(all="ignore")


def unbroadcast(grad: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which NumPy repeated an input of `shape`."""
    if grad.shape == shape:
        return grad
    lead = grad.ndim - len(shape)
    repeated = [lead + i for i, size in enumerate(shape) if size == 1 and grad.shape[lead + i] != 1]
    return grad.sum(axis=(*range(lead), *repeated)).reshape(shape)


class Elementwise(Function):
    """A node of two operands, either of which may be a number."""

    __slots__ = ("shapes",)
    expects = "shapes that broadcast together"


class Add(Elementwise):
    __slots__ = ()
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.shapes = getattr(x, "shape", ()), getattr(y, "shape", ())
        return x + y

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x_shape, y_shape) = ctx.edges, ctx.shapes
        return (
            None if to_x is None else unbroadcast(grad, x_shape),
            None if to_y is None else unbroadcast(grad, y_shape),
        )


class Sub(Elementwise):
    __slots__ = ()
    saves = ()

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.shapes = getattr(x, "shape", ()), getattr(y, "shape", ())
        return x - y

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x_shape, y_shape) = ctx.edges, ctx.shapes
        return (
            None if to_x is None else unbroadcast(grad, x_shape),
            None if to_y is None else unbroadcast(-grad, y_shape),
        )


class Mul(Elementwise):
    __slots__ = ()
    saves = (0, 1)
    fresh = True
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.saved = x, y
        return x * y

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x, y), shape = ctx.edges, ctx.saved, grad.shape
        dx = dy = None
        if to_x is not None:
            dx = grad * y
            if x.shape != shape:
                dx = unbroadcast(dx, x.shape)
        if to_y is not None:
            dy = grad * x
            if y.shape != shape:
                dy = unbroadcast(dy, y.shape)
        return dx, dy


class Div(Elementwise):
    __slots__ = ()
    saves = (0, 1)
    fresh = True
    read_for = ((1,), (0, 1))

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.saved = x, y
        return x / y

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x, y) = ctx.edges, ctx.saved
        dx = grad / y
        return (
            None if to_x is None else unbroadcast(dx, x.shape),
            None if to_y is None else unbroadcast(-dx * (x / y), y.shape),
        )


PRODUCTS: dict[float, Callable[[Array], Array]] = {
    1: lambda x: +x,
    2: lambda x: x * x,
    3: lambda x: x * x * x,
    4: lambda x: np.square(x * x),
    -1: lambda x: 1 / x,
    -2: lambda x: 1 / (x * x),
    -3: lambda x: 1 / (x * x * x),
}


def power(x: Any, y: Any) -> Any:
    """x**y. A small whole exponent for all entries becomes products, which are 25 times as quick as NumPy's power."""
    if isinstance(y, str):
        raise TypeError("pow: expected tensors, arrays or numbers, got str")
    learnt = getattr(y, "requires_grad", False)  # in a recorded backward, which must not forget it
    if not learnt and np.ndim(y) == 0 and np.ndim(x) and x.dtype.kind == "f" and np.result_type(x, y) == x.dtype:
        product = PRODUCTS.get(float(y))
        if product is not None:
            return product(x)
    if np.result_type(x, y).kind in "iu" and np.any(np.asarray(y) < 0):
        raise RuntimeError("whole numbers have no negative powers here: use a tensor of floats")
    return x**y


class Pow(Elementwise):
    __slots__ = ()
    saves = (0, 1, -1)
    fresh = True
    read_for = ((0, 1), (0, 1), (1,))

    @staticmethod
    @quiet
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        z = power(x, y) if isinstance(x, np.ndarray) else in_order(power(x, y))
        ctx.saved = x, y, z
        return z

    @staticmethod
    @quiet
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x, y, z) = ctx.edges, ctx.saved
        dx = dy = None
        if to_x is not None:
            # x**0 is constant, also at x = 0 where the formula says 0 * inf.
            local = np.where(y == 0, 0, y * x ** np.where(y == 0, 1, y - 1)) if np.any(y == 0) else y * power(x, y - 1)
            dx = unbroadcast(np.where(y == 0, 0, grad * local) if np.any(y == 0) else grad * local, x.shape)
        if to_y is not None:
            # 0**y is constant for y >= 0, where the formula says 0 * log 0.
            dy = unbroadcast(grad * np.where((x == 0) & (y >= 0), 0, z * np.log(x)), y.shape)
        return dx, dy


class Remainder(Elementwise):
    """x - y floor(x / y), with the sign of y; the gradient does not see the jumps."""

    __slots__ = ()
    saves = (None, None)
    read_for = ((1,), (1,))

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.saved = x, y
        return divided(np.remainder, x, y)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x, y) = ctx.edges, ctx.saved
        return (
            None if to_x is None else unbroadcast(grad, np.shape(x)),
            None if to_y is None else unbroadcast(-grad * np.floor_divide(x, y), np.shape(y)),
        )


@quiet
def divided(divide: Any, x: Any, y: Any) -> Any:
    """divide(x, y), but no whole number by zero."""
    z = divide(x, y)
    if z.dtype.kind in "biu" and not np.all(y):
        raise ZeroDivisionError("integers cannot be divided by zero; floats can: .to(np.float64) first")
    return z


class Neg(Function):
    __slots__ = ()
    saves = ()
    fresh = True

    @staticmethod
    def forward(ctx: Any, x: Array) -> Any:
        return -x

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        return -grad


class MatMul(Function):
    """Product of vectors, matrices or stacks of matrices, by the rules of `numpy.matmul`."""

    __slots__ = ()
    saves = (0, 1)
    fresh = True
    expects = "matching inner axes, (..., n, k) and (..., k, m)"
    read_for = ((1,), (0,))

    @staticmethod
    def forward(ctx: Any, x: Array, y: Array) -> Any:
        ctx.saved = x, y
        z = np.matmul(x, y)
        return z if z.ndim < 3 else in_order(z)

    @staticmethod
    def backward(ctx: Any, grad: Array) -> Any:
        (to_x, to_y), (x, y) = ctx.edges, ctx.saved
        if x.ndim == 1 or y.ndim == 1:
            # A vector is a matrix with one row (left) or one column (right), whose axis matmul then dropped.
            if y.ndim == 1:
                grad = grad[..., None]  # (..., n) -> (..., n, 1)
            if x.ndim == 1:
                grad = grad[..., None, :]  # (..., m) -> (..., 1, m)
        rows = x[None, :] if x.ndim == 1 else x  # (..., n, k)
        columns = y[:, None] if y.ndim == 1 else y  # (..., k, m)
        dx = dy = None
        if to_x is not None:
            dx = unbroadcast(grad @ columns.swapaxes(-1, -2), rows.shape).reshape(x.shape)
        if to_y is not None:
            dy = unbroadcast(rows.swapaxes(-1, -2) @ grad, columns.shape).reshape(y.shape)
        return dx, dy
