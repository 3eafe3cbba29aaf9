"""PyTorch as the oracle: outputs, dtypes and gradients for random cotangents must be equal."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from tplib import nn

torch.set_num_threads(1)
TOLERANCE = {np.dtype(np.float64): 1e-10, np.dtype(np.float32): 1e-5}


def assert_close(ours: np.ndarray, theirs: torch.Tensor, what: str) -> None:
    expected = theirs.detach().numpy()
    assert isinstance(ours, np.ndarray), what
    assert ours.shape == expected.shape, what
    assert ours.dtype == expected.dtype, what
    tolerance = TOLERANCE[expected.dtype]
    finite = np.abs(expected[np.isfinite(expected)])
    # Sums of terms of mixed sign lose digits relative to the terms, not to the sum.
    scale = max(1.0, finite.max(initial=0.0))
    np.testing.assert_allclose(ours, expected, rtol=tolerance, atol=tolerance * scale * 0.1, err_msg=what)


def compare(
    ours: Callable[..., nn.Tensor], theirs: Callable[..., torch.Tensor], *arrays: np.ndarray, seed: int = 0
) -> None:
    """Call both on the same arrays, send the same random cotangent back, and compare."""
    xs = [nn.Tensor(array, requires_grad=True) for array in arrays]
    for x, array in zip(xs, arrays, strict=True):
        x.data = array  # the array itself, in its layout
    ts = [torch.tensor(array, requires_grad=True) for array in arrays]
    out, expected = ours(*xs), theirs(*ts)
    assert isinstance(out, nn.Tensor)
    assert_close(out.data, expected, "output")
    cotangent = np.random.default_rng(seed).normal(size=out.shape).astype(out.dtype)
    out.backward(cotangent)
    expected.backward(torch.tensor(cotangent))
    for i, (x, t) in enumerate(zip(xs, ts, strict=True)):
        # What does not reach the output has no gradient in ours, and none or zeros in PyTorch.
        if x.grad is None:
            assert t.grad is None or not t.grad.any(), f"gradient {i}"
        else:
            assert_close(x.grad, t.grad, f"gradient {i}")


@pytest.fixture(scope="session")
def same() -> Callable[..., Any]:
    return compare


def draw(seed: int, *shape: int, dtype: Any = np.float64, layout: str = "C") -> np.ndarray:
    """Normal values, laid out in rows ("C"), in columns ("F"), or as every second value of a longer array ("step")."""
    rng = np.random.default_rng(seed)
    if layout == "step" and shape:
        return rng.normal(size=(*shape[:-1], 2 * shape[-1])).astype(dtype)[..., ::2]
    return np.asarray(rng.normal(size=shape).astype(dtype), order="F" if layout == "F" else "C")


@pytest.fixture(scope="session")
def normal() -> Callable[..., np.ndarray]:
    return draw
