"""The notebook that these exercises belong to, and rows that several of them draw."""

from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import exercises_of

exercise = exercises_of("TP9-Biais", "3_downstream")

NAMES = ("women", "men", "others")


def every_class(draw: Draw) -> Arguments:
    """Classes, predictions and groups in which each group has at least one row of each class, in a drawn order."""
    names = NAMES[: draw.size(2, 3)]
    rows = [(y, int(draw.integers(0, 2)), name) for name in names for y in (0, 1)]
    rows += [(int(draw.integers(0, 2)), int(draw.integers(0, 2)), draw.choice(names)) for _ in range(draw.size(2, 9))]
    return columns(shuffled(draw, rows))


def shuffled(draw: Draw, rows: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    keys = draw.array(len(rows)).tolist()
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]


def columns(rows: list[tuple[int, int, str]]) -> Arguments:
    """y_true and y_pred as arrays (N,) int64, and the groups as a list of N names."""
    import numpy as np

    y_true, y_pred, groups = zip(*rows, strict=True)
    return np.array(y_true), np.array(y_pred), list(groups)
