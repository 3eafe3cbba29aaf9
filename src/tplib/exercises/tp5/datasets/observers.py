"""How `split_dataset` is watched: the splits of several seeds, the first two of them twice."""

from collections.abc import Callable
from typing import Any

import numpy as np

SEEDS = 6


def splits(
    split: Callable[..., Any], labels: list[int], test_share: float, seed: int
) -> list[tuple[list[int], list[int]]]:
    return [_positions(split(labels, test_share, seed + i)) for i in (*range(SEEDS), 0, 1)]


def _positions(result: Any) -> tuple[list[int], list[int]]:
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise ValueError("split_dataset should return two lists of positions: train, test")
    train, test = ([int(i) for i in np.ravel(part)] for part in result)
    return train, test
