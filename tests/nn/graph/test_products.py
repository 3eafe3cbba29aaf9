import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tplib.nn.graph import products, row_blocks
from tplib.nn.graph.products import product

# Sizes on both sides of every limit: 1 to many blocks, none, and products too small or too large for them.
SIZES = st.sampled_from([1, 4, 7, 8, 10, 24, 64, 100, 128, 150, 160, 300, 784, 1273])


@given(n=SIZES, k=SIZES, m=SIZES, orders=st.tuples(*[st.sampled_from("CF")] * 2), into=st.booleans())
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("small_kernels", [True, False])
def test_product_is_the_matrix_product(small_kernels, n, k, m, orders, into):
    rng = np.random.default_rng(0)
    x, y = (np.asarray(rng.normal(size=s), np.float32, order=o) for s, o in zip(((n, k), (k, m)), orders, strict=True))
    out = np.empty((n, m), np.float32) if into else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "small_kernels", lambda: small_kernels)
        z = product(x, y, out)
    assert out is None or z is out
    assert z.dtype == np.float32
    np.testing.assert_allclose(z, x.astype(float) @ y.astype(float), rtol=1e-5, atol=1e-5 * np.sqrt(k))


@pytest.mark.parametrize("shape", [(0, 784, 128), (64, 0, 128), (64, 784, 0)])
def test_product_without_rows_inner_axis_or_columns(shape):
    n, k, m = shape
    np.testing.assert_array_equal(product(np.ones((n, k), np.float32), np.ones((k, m), np.float32)), np.zeros((n, m)))


def test_product_of_stacks():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 32, 300)).astype(np.float32), rng.normal(size=(3, 1, 300, 100)).astype(np.float32)
    z = np.empty((3, 2, 32, 100), np.float32)
    for right in (y, np.ascontiguousarray(y.swapaxes(-1, -2)).swapaxes(-1, -2)):
        truth = x.astype(float) @ right.astype(float)
        np.testing.assert_allclose(product(x, right), truth, rtol=1e-4, atol=1e-4)
        assert product(x, right, z) is z
        np.testing.assert_allclose(z, truth, rtol=1e-4, atol=1e-4)


def test_product_of_views_that_are_neither_row_nor_column_wise():
    x, y = np.random.default_rng(0).normal(size=(2, 256, 400)).astype(np.float32)
    x, y = x[::2, ::2], y.T[::2, ::2]
    np.testing.assert_allclose(product(x, y), x.astype(float) @ y.astype(float), rtol=1e-4, atol=1e-4)


def test_product_keeps_float64_and_promotes():
    x, y = np.ones((64, 784)), np.ones((784, 128), np.float32)
    assert product(x, y).dtype == product(x, y.astype(float)).dtype == np.float64


@given(
    n=st.integers(1, 90), m=st.integers(1, 90), k=st.integers(0, 3), dtype=st.sampled_from("efd"), strided=st.booleans()
)
@settings(deadline=None, max_examples=60)
def test_thin_products_into_an_array_are_numpys(n, m, k, dtype, strided):
    rng = np.random.default_rng(0)
    z, x, y = (rng.normal(size=s).astype(dtype) for s in ((n, m), (n, k), (k, m)))
    if strided:
        x, y = np.repeat(x, 2, axis=0)[::2], np.repeat(y, 2, axis=1)[:, ::2]
    close = {"rtol": 5e-3, "atol": 2e-2} if dtype == "e" else {"rtol": 1e-5, "atol": 1e-5}
    truth = z.astype(float) + x.astype(float) @ y.astype(float)
    products.add_product(z, x, y)
    np.testing.assert_allclose(z.astype(float), truth, **close)
    column, row = rng.normal(size=n).astype(dtype), rng.normal(size=m).astype(dtype)
    assert products.outer(column, row, z) is z
    np.testing.assert_allclose(z.astype(float), column.astype(float)[:, None] * row.astype(float), **close)
    other = rng.normal(size=(n, m)).astype(dtype)
    dots = products.row_dots(z, other, np.empty_like(z))
    truth = (z.astype(float) * other.astype(float)).sum(1)
    np.testing.assert_allclose(dots.astype(float), truth, rtol=close["rtol"], atol=20 * close["atol"])


def test_what_was_in_the_array_does_not_matter_to_an_outer_product():
    z = np.full((100, 100), np.nan, np.float32)
    np.testing.assert_array_equal(products.outer(np.ones(100, np.float32), np.ones(100, np.float32), z), 1)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("rows", [0, 1, 17, 339, 2000])
def test_blocks_cover_all_rows_and_large_arrays_begin_at_a_line(rows, dtype):
    width = 200
    blocks = row_blocks.row_blocks(rows, width * np.dtype(dtype).itemsize)
    assert [i for block in blocks for i in range(rows)[block]] == list(range(rows))
    lengths = {len(range(rows)[block]) for block in blocks[:-1]}
    assert len(lengths) <= 1
    z = row_blocks.empty_lines((rows, width), dtype)
    assert z.shape == (rows, width)
    assert z.dtype == dtype
    assert z.flags.c_contiguous
    assert z.flags.writeable
    if z.nbytes >= row_blocks.LARGE:
        assert not any(z[block].ctypes.data % 64 for block in blocks)


def test_products_go_in_blocks_only_where_openblas_runs_its_code_for_avx_512():
    """A setting, or a processor that OpenBLAS does not know, may bind it to other code than the processor could run."""
    code = "from tplib.nn.graph.products import small_kernels; print(small_kernels())"
    environment = os.environ | {"OPENBLAS_CORETYPE": "Haswell"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
