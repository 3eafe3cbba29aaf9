"""The last value of a test cell counts as the number that it means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from tplib.autograde.bridge.partial_credit import number_meant

HALVES: list[Any] = [
    0.5,
    np.float64(0.5),
    np.float32(0.5),
    np.array(0.5),
    np.array([0.5]),
    torch.tensor(0.5),
    torch.tensor([[0.5]], dtype=torch.float64),
    torch.tensor(0.5, requires_grad=True),
    torch.tensor(0.5, requires_grad=True) * 1,
    torch.nn.Parameter(torch.tensor(0.5)),
    Decimal("0.5"),
    Fraction(1, 2),
]
TEXTS = ["[1] 0.5", "<tf.Tensor: shape=(), dtype=float32, numpy=0.5>", "Array(0.5, dtype=float32)", " 0.5\n", "5e-1"]
NO_NUMBERS: list[Any] = [
    "0.5",
    "all tests passed",
    [0.5],
    {1},
    None,
    np.array([1.0, 2.0]),
    torch.ones(2),
    1 + 0j,
    object(),
]


@pytest.mark.parametrize("text", [*map(repr, HALVES), *TEXTS])
def test_what_is_a_number_counts_as_that(text: str) -> None:
    assert number_meant(text, 2.0) == 0.5


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: type(value).__name__)
def test_what_is_none_is_none(value: Any) -> None:
    assert number_meant(repr(value), 2.0) is None


def test_text_that_holds_a_number_is_none() -> None:
    for text in ("Text(0.5, 1, 'a')", "[1] 0.5 0.7", "np.float64(", "Fraction(1, 0)", "tensor(0.5) 1", "x" * 10**6, ""):
        assert number_meant(text, 2.0) is None


@pytest.mark.parametrize("text", ["True", "np.True_", "tensor(True)", "[1] TRUE", repr(np.bool_(True))])
def test_a_comparison_gives_all_points_or_none(text: str) -> None:
    assert number_meant(text, 3.0) == 3.0
    assert number_meant(text.replace("True", "False").replace("TRUE", "FALSE"), 3.0) == 0.0


def test_less_than_nothing_is_nothing() -> None:
    assert number_meant("-1", 2.0) == number_meant(repr(np.float64(-3)), 2.0) == 0.0
