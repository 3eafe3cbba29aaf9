"""What a check says: points, the mistake's name, a smallest counter-example, and hints from gentle to telling."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tplib.graders.compare import USUAL, Tolerance
from tplib.graders.facts import Facts, in_words, is_told
from tplib.graders.sets import written
from tplib.graders.side_by_side import SideBySide, side_by_side

Status = Literal["not attempted", "wrong", "partial", "right", "later"]

WORDS: dict[Status, tuple[str, str]] = {
    "right": ("✓", "Right"),
    "partial": ("◐", "Partly right"),
    "wrong": ("✗", "Not yet"),
    "not attempted": ("○", "Not attempted"),
    "later": ("→", "Judged later"),
}


class Words(str):
    """Something said in place of a value."""


class Raised(Words):
    """What a student's code raised, shown as it is."""


LEFT_OUT = Words("left out")


@dataclass(frozen=True)
class Counterexample:
    """An input on which the answer is wrong, as small as could be found."""

    input: dict[str, Any]
    expected: Any
    obtained: Any
    tolerance: Tolerance = USUAL

    @property
    def beside(self) -> SideBySide | None:
        """Both results entry by entry, where that can be read."""
        return side_by_side(self.expected, self.obtained, self.tolerance)

    def given(self) -> list[tuple[str, str]]:
        """(label, value) lines of the input."""
        return [(name, show(value)) for name, value in self.input.items()]

    def rows(self) -> list[tuple[str, str]]:
        """(label, value) lines for display."""
        for digits in (4, 8, 17):  # as many as it takes to see that they differ
            expected, obtained = self.result(self.expected, digits), self.result(self.obtained, digits)
            if expected != obtained:
                break
        return [*self.given(), ("expected", expected), ("yours", obtained)]

    def result(self, value: Any, digits: int) -> str:
        """One of both results; what a check saw is told as in the message, and not as a dictionary's entries."""
        if not (isinstance(self.expected, Facts) and isinstance(value, dict)):
            return show(value, digits)
        return show({key: Words(in_words(seen)) if is_told(seen) else seen for key, seen in value.items()}, digits)


@dataclass(frozen=True)
class Verdict:
    """The judgement of one answer; score in [0, 1]."""

    exercise: str
    score: float
    status: Status
    message: str
    max_points: float
    misconception: str | None = None
    counterexample: Counterexample | None = None
    hints: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Points earned."""
        return round(self.score * self.max_points, 4)

    @property
    def heading(self) -> str:
        mark, word = WORDS[self.status]
        return f"{mark} {self.exercise}: {word.lower()} · {self.earned}"

    @property
    def earned(self) -> str:
        """`1 of 2 points`."""
        if self.status == "later":
            return f"{self.max_points:g} {'point' if self.max_points == 1 else 'points'} to be had"
        return f"{self.points:g} of {self.max_points:g} {'point' if self.max_points == 1 else 'points'}"

    @property
    def beside(self) -> SideBySide | None:
        """The expected result and the student's, entry by entry."""
        return self.counterexample.beside if self.counterexample else None

    def rows(self) -> list[tuple[str, str]]:
        """The counter-example's lines as text; an error that the message tells is not told again."""
        if self.counterexample is None:
            return []
        if (beside := self.beside) is not None and not beside.where:
            return [*self.counterexample.given(), *beside.lines()]
        rows, obtained = self.counterexample.rows(), self.counterexample.obtained
        if isinstance(obtained, Raised) and obtained in self.message:
            own = f"Your code raised {obtained}" in self.message
            rows[-1] = ("yours", "raised this error" if own else "nothing that the check can go on with")
        return [*rows, *(beside.lines() if beside else ())]

    def __str__(self) -> str:
        lines = [self.heading, f"Mistake: {self.misconception}." if self.misconception else "", self.message]
        if rows := self.rows():
            width = max(len(label) for label, _ in rows)
            for label, value in rows:
                lines.append(f"  {label:<{width}}  " + value.replace("\n", "\n" + " " * (width + 4)))
        if self.hints and self.status != "not attempted":
            lines.append("Hint: " + self.hints[0])
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> str:
        from tplib.graders.verdict_html import verdict_html

        return verdict_html(self)

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON-able data, for reports."""
        return {
            "exercise": self.exercise,
            "status": self.status,
            "score": self.score,
            "points": self.points,
            "max_points": self.max_points,
            "misconception": self.misconception,
            "message": self.message,
        }


def show(value: Any, digits: int = 4) -> str:
    """A value as a student would write it, cut where it gets long; `digits` after an array's decimal points."""
    if isinstance(value, np.ndarray):
        with np.printoptions(
            precision=digits,
            suppress=bool(value.size and np.all(np.abs(_finite(value).astype(float)) < 1e5)),
            threshold=60,
            edgeitems=3,
        ):
            text = f"{value.item():.{digits + 2}g}" if value.ndim == 0 and value.dtype.kind == "f" else str(value)
        return text if value.ndim == 0 else f"{text}   shape {value.shape}, {value.dtype}"
    if isinstance(value, float):
        return f"{value:.{digits + 2}g}"
    if isinstance(value, Words):
        return str(value)
    if isinstance(value, tuple | list):
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        items = [show(item, digits) for item in value[:12]] + ["..."] * (len(value) > 12)
        items += [""] * (type(value) is tuple and len(value) == 1)  # (1,)
        joined = ", ".join(items) if all("\n" not in i and len(i) < 40 for i in items) else ",\n".join(items)
        return f"{opening}{joined.rstrip()}{closing}"
    if isinstance(value, set | frozenset):
        return written(value, lambda item: show(item, digits))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {show(item, digits)}" for key, item in list(value.items())[:12])
    text = repr(value)
    return text if len(text) <= 400 else text[:397] + "..."


def _finite(value: np.ndarray) -> np.ndarray:
    """What of it has a size, in float64: 1e5 is more than float16 and small integers can hold."""
    if value.dtype.kind not in "fiu":
        return np.zeros(1)
    numbers = value.astype(np.float64)
    return np.where(np.isfinite(numbers), numbers, 0)
