"""How answers of TP5-HFData/1_datasets are watched: positions, and the splits of several seeds, two of them twice."""

from collections.abc import Callable
from typing import Any

import numpy as np

SEEDS = 6


def positions(drop: Callable[..., Any], texts: list[str]) -> Any:
    """The positions as a list: an array of them is as good."""
    kept = drop(texts)
    return kept.tolist() if isinstance(kept, np.ndarray) else kept


def splits(
    split: Callable[..., Any], labels: list[int], test_share: float, seed: int
) -> list[tuple[list[int], list[int]]]:
    """Each split after the first gets a copy: what one does to the labels is nothing that the next one sees."""
    given = [labels, *(list(labels) for _ in range(SEEDS + 1))]
    seeds = (*range(SEEDS), 0, 1)
    return [_positions(split(lot, test_share, seed + i)) for lot, i in zip(given, seeds, strict=True)]


def _positions(result: Any) -> tuple[list[int], list[int]]:
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise ValueError("split_dataset should return two lists of positions: train, test")
    train, test = ([int(i) for i in np.ravel(part)] for part in result)
    return train, test
