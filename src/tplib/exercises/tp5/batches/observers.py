"""How answers of TP5-HFData/3_batches are watched: several epochs in a row, and number types of which any will do."""

from collections.abc import Callable
from typing import Any

import numpy as np

EPOCHS = 4


def widest(candidate: Callable[..., Any], *args: Any) -> Any:
    """The result with whole numbers as int64 and floats as float64: the exercise leaves the choice of a shorter one."""
    result = candidate(*args)
    return tuple(map(_widest, result)) if isinstance(result, tuple | list) else _widest(result)


def _widest(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    return value.astype({"i": np.int64, "u": np.int64, "f": np.float64}.get(value.dtype.kind, value.dtype))


def epochs(
    minibatches: Callable[..., Any], num_examples: int, batch_size: int, seed: int, *drop_last: bool
) -> list[list[list[int]]]:
    """The batches of four epochs with one generator, then of one epoch with the same seed, and one with another."""
    rng = np.random.default_rng(seed)
    generators = [rng] * EPOCHS + [np.random.default_rng(seed), np.random.default_rng(seed + 1)]
    return [_positions(minibatches(num_examples, batch_size, generator, *drop_last)) for generator in generators]


def _positions(batches: Any) -> list[list[int]]:
    return [[int(i) for i in np.ravel(batch)] for batch in batches]
