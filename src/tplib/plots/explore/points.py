"""Points of two classes in the plane, with and without a line between them."""

from __future__ import annotations

import numpy as np

Array = np.ndarray
KINDS = ("two blobs", "XOR", "ring", "two moons", "spirals")


def points(kind: str, n: int, rng: np.random.Generator, noise: float = 1.0) -> tuple[Array, Array]:
    """n points (n, 2) and their classes (n,), 0 or 1 in turn; `noise` multiplies the spread.

    Raises ValueError for an unknown kind.
    """
    y = np.arange(n) % 2
    side = 2 * y - 1  # -1 or 1
    u, spread = rng.uniform(size=n), noise * rng.normal(size=(n, 2))
    if kind == "two blobs":
        x = side[:, None] * np.array([1.2, 0.6]) + 0.6 * spread
    elif kind == "XOR":
        right = np.where(u < 0.5, -1, 1)
        x = 1.2 * np.stack([right, -right * side], axis=-1) + 0.42 * spread  # class 1: the signs differ
    elif kind == "ring":
        radius, angle = np.where(y == 1, 2.0, 0.6), 2 * np.pi * u
        x = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1) + 0.3 * spread
    elif kind == "two moons":
        angle = np.pi * u
        x = np.stack([1.4 * (np.cos(angle) * -side - side * -0.5), side * (0.45 - 1.4 * np.sin(angle))], axis=-1)
        x += 0.25 * spread
    elif kind == "spirals":
        turn = 0.6 + 6.4 * np.sqrt(u)
        x = 0.38 * (turn * side * np.stack([np.cos(turn), np.sin(turn)])).T + 0.1 * spread
    else:
        raise ValueError(f"points: unknown kind {kind!r}; choose one of {', '.join(KINDS)}")
    return x, y
