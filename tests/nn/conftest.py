"""PyTorch as the oracle: outputs, dtypes and gradients for random cotangents must be equal."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from tplib import nn

torch.set_num_threads(1)
TOLERANCE = {np.dtype(np.float64): 1e-10, np.dtype(np.float32): 1e-5}


def assert_close(ours: np.ndarray, theirs: torch.Tensor, what: str, terms: float = 1.0) -> None:
    """terms: how large the terms are of which the values are sums."""
    expected = theirs.detach().numpy()
    assert isinstance(ours, np.ndarray), what
    assert ours.shape == expected.shape, what
    assert ours.dtype == expected.dtype, what
    tolerance = TOLERANCE[expected.dtype]
    finite = np.abs(expected[np.isfinite(expected)])
    # Sums of terms of mixed sign lose digits relative to the terms, not to the sum.
    scale = max(terms, finite.max(initial=0.0))
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
    values = [np.abs(array).max(initial=1.0) for array in arrays]
    terms = max(1.0, float(max(values) * np.abs(cotangent).max(initial=0.0)))  # that cancel to 0, say
    for i, (x, t) in enumerate(zip(xs, ts, strict=True)):
        # What does not reach the output has no gradient in ours, and none or zeros in PyTorch.
        if x.grad is None:
            assert t.grad is None or not t.grad.any(), f"gradient {i}"
        else:
            assert_close(x.grad, t.grad, f"gradient {i}", terms)


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


def compare_modules(
    ours: Callable[..., list[nn.Tensor]],
    theirs: Callable[..., list[torch.Tensor]],
    module: nn.Module,
    oracle: torch.nn.Module,
    *arrays: np.ndarray,
    seed: int = 0,
) -> None:
    """Give `module` the weights of `oracle`; compare all outputs, and all gradients for a random cotangent on each."""
    module.load_state_dict(oracle.state_dict())
    xs = [nn.Tensor(array, requires_grad=True) for array in arrays]
    for x, array in zip(xs, arrays, strict=True):
        x.data = array  # the array itself, in its layout
    ts = [torch.tensor(array, requires_grad=True) for array in arrays]
    outputs, expected = ours(*xs), theirs(*ts)
    assert len(outputs) == len(expected)
    rng = np.random.default_rng(seed)
    total, total_expected = nn.Tensor(0.0), torch.tensor(0.0)
    for i, (z, t) in enumerate(zip(outputs, expected, strict=True)):
        assert_close(z.data, t, f"output {i}")
        cotangent = rng.normal(size=z.shape).astype(z.dtype)
        total = total + (z * cotangent).sum()
        total_expected = total_expected + (t * torch.tensor(cotangent)).sum()
    total.backward()
    total_expected.backward()
    names = [f"input {i}" for i in range(len(xs))] + [name for name, _ in module.named_parameters()]
    for name, x, t in zip(names, [*xs, *module.parameters()], [*ts, *oracle.parameters()], strict=True):
        assert x.grad is not None, name
        assert_close(x.grad, t.grad, f"gradient of {name}")


@pytest.fixture(scope="session")
def same_module() -> Callable[..., None]:
    return compare_modules
