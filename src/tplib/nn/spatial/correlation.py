"""Cross-correlation on arrays, and its gradients, as products of patches and weights, or by rows where that is quicker.

As matrices: a row of weights per output channel times a column of pixels, one patch, per output position. Letters: B
images, b of them in a block, C channels, O channels out, G groups, K = C/G kh kw weights per output, L = Ho Wo
positions. Blocks come as (n, G, K, M): n images of M = L positions, or the b L positions of b images.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tplib.nn.graph.graph import Array
from tplib.nn.graph.products import product
from tplib.nn.spatial.algorithm import by_rows
from tplib.nn.spatial.patches import blocks, merge, split
from tplib.nn.spatial.row_products import Rows, correlate_rows, reversed_rows, rows_of, weight_gradient_rows
from tplib.nn.spatial.windows import Windows


def correlate(x: Array, weight: Array, bias: Array | None, windows: Windows, groups: int) -> Array:
    """x (B, C, H, W), or (B, C, W), and weight (O, C/G, kh, kw) -> (B, O, Ho, Wo)."""
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    if by_rows(windows, len(x), x.shape[1], len(weight), groups).forward:
        rows = rows_of(windows)
        z = correlate_rows(x.astype(dtype, copy=False), kernel_of(weight, rows).astype(dtype, copy=False), rows)
        if bias is not None:
            z += bias.reshape(-1, 1, 1)
        return z.reshape(len(x), len(weight), *windows.out[4 - x.ndim :])
    matrix = weight.reshape(groups, len(weight) // groups, -1).astype(dtype, copy=False)  # (G, O/G, K)
    z = np.empty((len(x), *matrix.shape[:2], windows.positions), dtype)  # (B, G, O/G, L)
    for block in blocks(x, weight, windows, dtype):
        patches = block.read()  # (n, G, K, M)
        if block.merged:
            z[block.images] = split(product(matrix, patches), block.number)
        else:
            product(matrix, patches, out=z[block.images])
        if bias is not None:
            z[block.images] += bias.reshape(groups, -1, 1)  # while the block is in the cache
    return z.reshape(len(x), len(weight), *windows.out[4 - x.ndim :])


def gradients(
    x: Array, weight: Array, dz: Array, windows: Windows, groups: int, to_x: bool, to_weight: bool
) -> tuple[Any, Any]:
    """dx and dw, those that are wanted, from dz (B, O, Ho, Wo); without `to_weight`, of x only the shape counts."""
    dtype = dz.dtype
    ways, rows = by_rows(windows, len(x), x.shape[1], len(weight), groups), rows_of(windows)
    dx, dw = patch_gradients(x, weight, dz, windows, groups, to_x and not ways.images, to_weight and not ways.weights)
    if to_x and ways.images:
        turned = kernel_of(weight, rows).swapaxes(0, 1)[:, :, ::-1, ::-1].astype(dtype, copy=False)
        dx = correlate_rows(dz, turned, reversed_rows(rows)).reshape(x.shape)
    if to_weight and ways.weights:
        dw = weight_gradient_rows(x.astype(dtype, copy=False), dz, rows).reshape(weight.shape)
    return dx, dw


def patch_gradients(
    x: Array, weight: Array, dz: Array, windows: Windows, groups: int, to_x: bool, to_weight: bool
) -> tuple[Any, Any]:
    """The same by products of patches."""
    if not (to_x or to_weight):
        return None, None
    dtype = dz.dtype
    matrix = weight.reshape(groups, len(weight) // groups, -1).astype(dtype, copy=False)  # (G, O/G, K)
    dz = dz.reshape(len(x), *matrix.shape[:2], windows.positions)  # (B, G, O/G, L)
    dx = np.empty(x.shape, dtype) if to_x else None
    dw = np.zeros(matrix.swapaxes(1, 2).shape, dtype) if to_weight else None  # (G, K, O/G)
    for block in blocks(x, weight, windows, dtype):
        dz_block = dz[block.images]
        if block.merged:
            dz_block = merge(dz_block)  # (n, G, O/G, M)
        if dw is not None:
            dw += product(block.read(), dz_block.swapaxes(2, 3)).sum(0)
        if dx is not None:
            product(matrix.swapaxes(1, 2), dz_block, out=block.patches)
            block.scatter(dx)
    return dx, None if dw is None else dw.swapaxes(1, 2).reshape(weight.shape)


def kernel_of(weight: Array, rows: Rows) -> Array:
    """The weights as (O, C, kh, kw), also of sequences."""
    return weight.reshape(*weight.shape[:2], *rows.kernel)
