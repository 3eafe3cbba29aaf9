"""One description of an exercise's inputs, drawn by NumPy to judge, by it and by Hypothesis to find a small failure."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

T = TypeVar("T")
Arguments = tuple[Any, ...]
Size = int | Sequence[int]


class Draw(Protocol):
    """What an exercise may ask for while it builds the arguments of one case."""

    def size(self, low: int, high: int) -> int:
        """An integer in [low, high], small when a small case is wanted."""

    def array(self, *shape: Size, low: float = -3.0, high: float = 3.0) -> np.ndarray:
        """A float64 array of that shape with values in [low, high]; the shape as numbers, or as NumPy's tuple."""

    def integers(self, low: int, high: int, *shape: Size) -> np.ndarray:
        """An int64 array of that shape with values in [low, high)."""

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, the first being the simplest."""


class NumpyDraw:
    """Draws from a generator: quick, and spread over the whole range."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"draw has no {name!r}: it has draw.size, draw.array, draw.integers and draw.choice")

    def size(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def array(self, *shape: Size, low: float = -3.0, high: float = 3.0) -> np.ndarray:
        return self.rng.uniform(low, high, sizes(shape))

    def integers(self, low: int, high: int, *shape: Size) -> np.ndarray:
        return self.rng.integers(low, high, sizes(shape))

    def choice(self, options: Sequence[T]) -> T:
        return options[int(self.rng.integers(len(options)))]


class LeastDraw(NumpyDraw):
    """Draws as little as may be: nearly always the least sizes, mostly zeros, halves and ones, and the first option."""

    def size(self, low: int, high: int) -> int:
        return min(high, low + int(self.rng.choice(3, p=(0.75, 0.2, 0.05))))

    def array(self, *shape: Size, low: float = -3.0, high: float = 3.0) -> np.ndarray:
        steps = self.rng.choice((0.0, 0.5, -0.5, 1.0, -1.0), sizes(shape), p=(0.5, 0.2, 0.15, 0.1, 0.05))
        return np.clip(np.clip(0.0, low, high) + steps, low, high)

    def integers(self, low: int, high: int, *shape: Size) -> np.ndarray:
        steps = self.rng.choice((0, 1, -1, 2), sizes(shape), p=(0.5, 0.25, 0.15, 0.1))
        return np.clip(np.clip(0, low, high - 1) + steps, low, high - 1)

    def choice(self, options: Sequence[T]) -> T:
        return options[0] if self.rng.random() < 0.6 else super().choice(options)


def sizes(shape: Sequence[Size]) -> tuple[int, ...]:
    """A shape that was given as numbers, `(n, k)`, or as NumPy takes it, `((n, k),)`."""
    given: Any = shape[0] if len(shape) == 1 and isinstance(shape[0], Sequence) else shape
    if not all(isinstance(n, int | np.integer) for n in given):
        raise TypeError(f"draw: a shape is whole numbers, such as n, k; got {', '.join(map(repr, shape))}")
    return tuple(map(int, given))


def strategy(build: Callable[[Draw], Arguments]) -> Any:
    """The Hypothesis strategy of the same cases: readable values (halves), shrinking towards few and small ones."""
    from hypothesis import strategies as st

    class HypothesisDraw:
        def __init__(self, draw: Callable[[Any], Any]) -> None:
            self.draw = draw

        def size(self, low: int, high: int) -> int:
            return self.draw(st.integers(low, high))

        def array(self, *shape: Size, low: float = -3.0, high: float = 3.0) -> np.ndarray:
            halves = st.integers(int(np.ceil(2 * low)), int(np.floor(2 * high))).map(lambda n: n / 2)
            return np.array(self.values(halves, sizes(shape)), dtype=np.float64).reshape(sizes(shape))

        def integers(self, low: int, high: int, *shape: Size) -> np.ndarray:
            return np.array(self.values(st.integers(low, high - 1), sizes(shape)), dtype=np.int64).reshape(sizes(shape))

        def choice(self, options: Sequence[T]) -> T:
            return self.draw(st.sampled_from(list(options)))

        def values(self, elements: Any, shape: tuple[int, ...]) -> list[Any]:
            n = int(np.prod(shape))
            return self.draw(st.lists(elements, min_size=n, max_size=n))

    return st.composite(lambda draw: build(HypothesisDraw(draw)))()
