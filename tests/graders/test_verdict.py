"""A verdict shows any value as a student would write it."""

from __future__ import annotations

import numpy as np
import pytest

from tplib.graders.verdict import show


@pytest.mark.parametrize("kind", ["float16", "float32", "int8", "uint8", "int64", "bool", "complex64", "U3", "O"])
@pytest.mark.parametrize("shape", [(0,), (), (2,), (2, 3)])
def test_arrays_of_any_kind_are_shown_without_a_warning(kind: str, shape: tuple[int, ...]) -> None:
    text = show(np.zeros(shape).astype(kind))
    assert text
    assert not shape or text.endswith(f"shape {shape}, {np.zeros(1).astype(kind).dtype}")


@pytest.mark.parametrize("value", [np.float16([65504, np.inf, np.nan]), np.int8([-128, 127]), np.float64([1e300])])
def test_the_largest_numbers_are_shown_without_a_warning(value: np.ndarray) -> None:
    assert str(value.dtype) in show(value)
