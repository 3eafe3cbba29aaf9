"""Dates in words and their pairs in digits: a small translation task, drawn from a seed (TP8-HFTrain/2_attention).

A source is a date as people write it, in English or French and in small letters, "the 3rd of july 1998"; its target is
the same day as ten characters, "1998-07-03". Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

Pair = tuple[str, str]

FIRST, LAST = date(1950, 1, 1), date(2049, 12, 31)
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def premier(number: int) -> str:
    """The day of a month in French: 1er, 2, 3."""
    return "1er" if number == 1 else str(number)


FORMS: dict[str, Callable[[date], str]] = {
    "figures": lambda d: f"{d.day}/{d.month}/{d.year}",
    "short": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "french": lambda d: f"{premier(d.day)} {MOIS[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{DAYS[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}",
    "french weekday": lambda d: f"le {JOURS[d.weekday()]} {premier(d.day)} {MOIS[d.month - 1]} {d.year}",
    "long": lambda d: f"{DAYS[d.weekday()]}, the {ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "year first": lambda d: (
        f"in the year {d.year}, on {DAYS[d.weekday()]} the {ordinal(d.day)} of {MONTHS[d.month - 1]}"
    ),
}


@dataclass(frozen=True)
class DatePairs:
    """Sources with their targets, for training and for the test: no day is in both."""

    train: list[Pair]
    test: list[Pair]

    @property
    def source_characters(self) -> str:
        """Every character that a source may hold, sorted."""
        return "".join(sorted({c for source, _ in (*self.train, *self.test) for c in source}))

    @property
    def target_characters(self) -> str:
        return "-0123456789"


def date_pairs(train: int, test: int, seed: int) -> DatePairs:
    """So many pairs, each of another day between 1950 and 2049, in a form drawn for it.

    Raises ValueError where there are not that many days.
    """
    days = (LAST - FIRST).days + 1
    if not 0 < train + test <= days:
        raise ValueError(f"date_pairs: expected between 1 and {days} pairs, got {train} + {test}")
    rng = np.random.default_rng(seed)
    forms = list(FORMS.values())
    drawn = [FIRST + timedelta(days=int(n)) for n in rng.choice(days, train + test, replace=False)]
    written = rng.integers(len(forms), size=len(drawn))
    pairs = [(forms[form](day), day.isoformat()) for day, form in zip(drawn, written, strict=True)]
    return DatePairs(pairs[:train], pairs[train:])
