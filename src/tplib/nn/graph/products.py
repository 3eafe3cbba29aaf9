"""Products of two matrices, some rows at a time where the processor is quicker that way.

OpenBLAS, the library behind NumPy's `@`, first copies both factors into an order of its own. For processors with
AVX-512 it also has kernels that read small matrices as they lie. A minibatch times a weight matrix is too large for
these, eight rows of the minibatch are not: 784 inputs and 128 units take 118 microseconds in place of 172.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from tplib.nn.graph.graph import Array

# OpenBLAS's own limits (`sgemm_small_matrix_permit`): on the multiplications, and on the results if the second factor
# is a transpose. Below a certain size, the loop over the blocks costs more than the copies.
MOST, MOST_TRANSPOSED, LEAST = 100**3, 1200, 1 << 17
FEW = 30  # rows, or length of the inner axis; measured
LEAST_FOR_GEMM, SHORT = 1 << 12, 64  # values; a row's values; measured


@cache
def small_kernels() -> bool:
    """Whether OpenBLAS runs its code for AVX-512: it may not know the processor, or OPENBLAS_CORETYPE forbids it."""
    from threadpoolctl import ThreadpoolController

    found = ThreadpoolController().select(internal_api="openblas").info()
    return any(library["architecture"] in ("SkylakeX", "Cooperlake", "SapphireRapids") for library in found)


def product(x: Array, y: Array, out: Array | None = None) -> Array:
    """x @ y for matrices (..., n, k) and (..., k, m), into `out` if that is given: contiguous, (..., n, m)."""
    (n, k), m = x.shape[-2:], y.shape[-1]
    size, in_rows = n * k * m, y.strides[-1] == y.itemsize
    as_they_lie = size <= MOST and (in_rows or n * m <= MOST_TRANSPOSED)  # the whole product, by OpenBLAS itself
    if size < LEAST or as_they_lie or not x.dtype == y.dtype == np.float32 or not small_kernels():
        return x @ y if out is None else np.matmul(x, y, out)
    plain, matrices = not in_rows and (n == 1 or k <= 2 * FEW), x.ndim == y.ndim == 2
    if matrices and not plain and min(n, k) <= FEW:
        return thin_product(x, y, np.empty((n, m), x.dtype) if out is None else out)
    rows = _most(k * m) if in_rows else _most(k * m, MOST_TRANSPOSED // m)
    if not matrices:
        rows = min(rows, n & -n)  # the largest power of two that divides n
    if plain or not 8 <= rows < n or k < (64 if in_rows else 128):
        return x @ y if out is None else np.matmul(x, y, out)
    if matrices:
        return _by_rows(x, y, np.empty((n, m), x.dtype) if out is None else out, rows)
    blocks, y = x.reshape(*x.shape[:-2], n // rows, rows, k), y[..., None, :, :]
    if out is None:
        z = np.matmul(blocks, y)
        return z.reshape(*z.shape[:-3], n, m)
    np.matmul(blocks, y, out.reshape(*out.shape[:-2], n // rows, rows, m))
    return out


def thin_product(x: Array, y: Array, out: Array) -> Array:
    """The same with few rows or a short inner axis: one factor is much larger than the other, to copy it is the work.

    A minibatch of 4 times the transpose of 1273 x 1104 weights takes 80 microseconds in place of 580, the way back to
    the minibatch 79 in place of 239, the weights' gradient 82 in place of 115.
    """
    (n, k), m = x.shape, y.shape[1]
    if k <= FEW < n:  # a gradient of weights: blocks of rows of the result
        return _by_rows(np.ascontiguousarray(x), y, out, _most(k * m))
    transposed = y.strides[0] == y.itemsize
    size = _most(k * n, MOST_TRANSPOSED // n) if transposed else _most(n * m)
    if size < 8 or (n > 8 and n * k * m < 2 * LEAST if transposed else n > FEW // 2):
        return np.matmul(x, y, out)
    if transposed:  # a minibatch and the transpose of weights: blocks of rows of the weights
        out[...] = _by_rows(y.T, x.T, np.empty((m, n), x.dtype), size).T
        return out
    end = k - k % size  # the way back: blocks of the inner axis, of which the results are added up
    left, right = x[:, :end].reshape(n, -1, size).swapaxes(0, 1), y[:end].reshape(-1, size, m)
    np.add.reduce(np.matmul(left, right), axis=0, out=out)
    if end < k:
        out += x[:, end:] @ y[end:]
    return out


def _most(others: int, most: int = 64) -> int:
    """The length of a block, a power of two of at most 64, for a product of so many multiplications for each of it."""
    size = 64
    while size > 1 and (size * others > MOST or size > most):
        size //= 2
    return size


def _by_rows(x: Array, y: Array, out: Array, rows: int) -> Array:
    end = len(x) - len(x) % rows
    np.matmul(x[:end].reshape(-1, rows, x.shape[1]), y, out[:end].reshape(-1, rows, y.shape[1]))
    np.matmul(x[end:], y, out[end:])
    return out


def outer(column: Array, row: Array, out: Array) -> Array:
    """column (n,) times row (m,), into `out` (n, m), which is C-contiguous.

    By BLAS, in a third of the time in which NumPy repeats a vector.
    """
    if not _by_gemm(out, column[:, None], row[None], 0.0):
        np.multiply.outer(column, row, out=out)
    return out


def add_product(z: Array, x: Array, y: Array) -> None:
    """z += x @ y for a C-contiguous z (n, m): on large ones in one pass, without a product in between.

    With one column in x and one row in y it repeats vectors, as `outer`.
    """
    if not _by_gemm(z, x, y, 1.0):
        z += x @ y


def _by_gemm(z: Array, x: Array, y: Array, factor: float) -> bool:
    """z = factor z + x @ y, if z is large enough and of a type that BLAS knows."""
    if z.size < LEAST_FOR_GEMM or z.dtype.char not in "fd":
        return False
    from scipy.linalg import blas

    gemm = blas.sgemm if z.dtype.char == "f" else blas.dgemm
    gemm(1.0, y.T, x.T, factor, z.T, overwrite_c=1)  # transposed: BLAS has Fortran's order of axes
    return True


def row_dots(x: Array, y: Array, memory: Array) -> Array:
    """The dot product of each row of x with the same row of y, (n, m) -> (n,); `memory` (n, m) may be written to."""
    if x.shape[1] >= SHORT:
        return np.vecdot(x, y)
    return np.multiply(x, y, out=memory) @ np.ones(x.shape[1], x.dtype)  # a call of BLAS for each row would cost more
