"""Updates of large arrays, in few passes over the values."""

from __future__ import annotations

from collections.abc import Iterator

from tplib.nn.graph.graph import Array

# Values that an update handles at a time: what it reads and writes of them stays in the processor's cache.
BLOCK = 1 << 17
LARGE = 1 << 15  # from here on, a second pass over the values costs more than a call of BLAS


def blocks(*arrays: Array) -> Iterator[tuple[Array, ...]]:
    """Cut arrays of one shape into flat blocks of at most BLOCK values, as views; the layouts must be alike."""
    if arrays[0].size <= BLOCK:
        yield arrays
        return
    if not all(a.flags.c_contiguous for a in arrays):
        if not all(a.flags.f_contiguous for a in arrays):
            yield arrays
            return
        arrays = tuple(a.T for a in arrays)
    flat = [a.reshape(-1) for a in arrays]
    for start in range(0, flat[0].size, BLOCK):
        yield tuple(a[start : start + BLOCK] for a in flat)


def add_scaled(p: Array, change: Array, factor: float) -> None:
    """p += factor change: on large arrays in one pass, by BLAS's axpy ("a x plus y")."""
    if p.size < LARGE or p.dtype != change.dtype or not (p.flags.carray and change.flags.c_contiguous):
        p += factor * change
        return
    from scipy.linalg import blas

    axpy = {"f": blas.saxpy, "d": blas.daxpy}[p.dtype.char]
    axpy(change.reshape(-1), p.reshape(-1), a=factor)
