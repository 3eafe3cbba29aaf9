"""How much of an association hangs on single words of its lists.

The lists of a test are somebody's choice, and the p-value takes them as given (Antoniak & Mimno 2021). Leaving out one
word after the other is the least that can be asked of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from tplib.bias.association import Alternative, weat_effect_size, weat_p_value
from tplib.bias.vectors import Array, Found, lookup
from tplib.errors import TplibError

LISTS = "XYAB"


class LeftOut(NamedTuple):
    """The result without one word: the list `name` ("X", "Y", "A" or "B") that it stood in, the word, d and p."""

    name: str
    word: str
    effect_size: float
    p_value: float


def leave_one_out(
    vectors: Any,
    x: Iterable[str],
    y: Iterable[str],
    a: Iterable[str],
    b: Iterable[str],
    *,
    ddof: int = 1,
    alternative: Alternative = "greater",
    limit: int = 20_000,
    samples: int = 2_000,
    seed: int | None = 0,
) -> list[LeftOut]:
    """The test of `weat` without each word in turn, the least effect size first.

    Words without a vector play no part. A list of one word cannot do without it: TplibError. `limit` and `samples` are
    those of `weat_p_value`.
    """
    found = _found(vectors, x, y, a, b)
    for name, part in found.items():
        if len(part.words) == 1:
            raise TplibError(f"{name} has one word with a vector, {part.words[0]!r}: nothing is left without it.")
    results = []
    for name, part in found.items():
        for i, word in enumerate(part.words):
            rest = [np.delete(p.vectors, i, axis=0) if n == name else p.vectors for n, p in found.items()]
            d = weat_effect_size(*rest, ddof=ddof)
            p = weat_p_value(*rest, alternative=alternative, limit=limit, samples=samples, seed=seed)
            results.append(LeftOut(name, word, d, p.value))
    return sorted(results, key=lambda one: one.effect_size)


def effects_without(
    vectors: Any,
    x: Iterable[str],
    y: Iterable[str],
    a: Iterable[str],
    b: Iterable[str],
    *,
    count: int,
    lists: str = LISTS,
    rounds: int = 100,
    ddof: int = 1,
    seed: int | None = 0,
) -> Array:
    """Effect sizes (rounds,) of the test without `count` words of each of the `lists`, drawn anew each round.

    lists: which of them lose words, "B" or "XY". Words without a vector play no part. TplibError where a list has not
    more than `count` words.
    """
    found = _found(vectors, x, y, a, b)
    if not lists or set(lists) - set(LISTS):
        raise TplibError(f"lists names some of X, Y, A and B, but is {lists!r}.")
    for name in lists:
        if not 0 <= count < len(found[name].words):
            raise TplibError(
                f"count must be from 0 to {len(found[name].words) - 1}, one word of {name} less than there are; "
                f"it is {count}."
            )
    rng = np.random.default_rng(seed)

    def kept(name: str) -> Array:
        size = len(found[name].words)
        return found[name].vectors[rng.permutation(size)[count:] if name in lists else slice(None)]

    return np.array([weat_effect_size(*map(kept, LISTS), ddof=ddof) for _ in range(rounds)])


def _found(vectors: Any, *lists: Iterable[str]) -> dict[str, Found]:
    return {name: lookup(vectors, words, f"words of {name}") for name, words in zip(LISTS, lists, strict=True)}
