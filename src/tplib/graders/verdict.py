"""What a check says: points, the mistake's name, a smallest counter-example, and hints from gentle to telling."""

from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import numpy as np

Status = Literal["not attempted", "wrong", "partial", "right"]

_LOOK: dict[Status, tuple[str, str, str]] = {
    "right": ("✓", "Right", "#1a7f37"),
    "partial": ("◐", "Partly right", "#9a6700"),
    "wrong": ("✗", "Not yet", "#cf222e"),
    "not attempted": ("○", "Not attempted", "#6e7781"),
}


class Raised(str):
    """What a student's code raised, shown as it is."""


@dataclass(frozen=True)
class Counterexample:
    """An input on which the answer is wrong, as small as could be found."""

    input: dict[str, Any]
    expected: Any
    obtained: Any

    def rows(self) -> list[tuple[str, str]]:
        """(label, value) lines for display."""
        given = [(name, show(value)) for name, value in self.input.items()]
        for digits in (4, 8, 17):  # as many as it takes to see that they differ
            expected, obtained = show(self.expected, digits), show(self.obtained, digits)
            if expected != obtained:
                break
        return [*given, ("expected", expected), ("yours", obtained)]


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
        mark, word, _ = _LOOK[self.status]
        return f"{mark} {self.exercise}: {word.lower()} · {self.points:g} of {self.max_points:g} points"

    def __str__(self) -> str:
        lines = [self.heading, f"Mistake: {self.misconception}." if self.misconception else "", self.message]
        if self.counterexample:
            rows = self.counterexample.rows()
            width = max(len(label) for label, _ in rows)
            for label, value in rows:
                lines.append(f"  {label:<{width}}  " + value.replace("\n", "\n" + " " * (width + 4)))
        if self.hints:
            lines.append("Hint: " + self.hints[0])
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> str:
        mark, word, colour = _LOOK[self.status]
        parts = [
            f'<div style="border-left:4px solid {colour};padding:.4em .9em;margin:.2em 0;max-width:48em">',
            f'<div><b style="color:{colour}">{mark} {word}</b> · <code>{escape(self.exercise)}</code> · '
            f"{self.points:g} of {self.max_points:g} points</div>",
        ]
        if self.misconception:
            parts.append(f'<div style="margin:.3em 0">Mistake: <b>{escape(self.misconception)}</b></div>')
        if self.message:
            parts.append(f'<div style="margin:.3em 0">{_inline(self.message)}</div>')
        if self.counterexample:
            cell = "text-align:left;vertical-align:top;padding:.15em .8em .15em 0"
            text = (
                "margin:0;padding:0;border:none;background:none;line-height:1.3;white-space:pre-wrap;word-break:normal"
            )
            rows = "".join(
                f'<tr style="background:none"><td style="{cell}">{escape(label)}</td><td style="{cell}">'
                f'<pre style="{text}">{escape(value)}</pre></td></tr>'
                for label, value in self.counterexample.rows()
            )
            parts.append(f'<table style="margin:.3em 0;border:none">{rows}</table>')
        parts.append(_ladder(self.hints))
        parts.append("</div>")
        return "".join(parts)

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


def _ladder(hints: tuple[str, ...]) -> str:
    """Each hint folded inside the one before, so that the next is a decision."""
    html = ""
    for step in range(len(hints) - 1, -1, -1):
        label = "A hint" if step == 0 else "One more hint"
        body = f'<div style="margin:.2em 0 .2em 1em">{_inline(hints[step])}{html}</div>'
        html = f'<details style="margin:.2em 0"><summary>{label}</summary>{body}</details>'
    return html


def _inline(text: str) -> str:
    """Escaped text with `code` set as code and line breaks kept."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces)).replace("\n", "<br>")


def show(value: Any, digits: int = 4) -> str:
    """A value as a student would write it, cut where it gets long; `digits` after an array's decimal points."""
    if isinstance(value, np.ndarray):
        with np.printoptions(
            precision=digits,
            suppress=bool(value.size and np.all(np.abs(_finite(value)) < 1e5)),
            threshold=60,
            edgeitems=3,
        ):
            text = f"{value.item():.{digits + 2}g}" if value.ndim == 0 and value.dtype.kind == "f" else str(value)
        return text if value.ndim == 0 else f"{text}   shape {value.shape}, {value.dtype}"
    if isinstance(value, float):
        return f"{value:.{digits + 2}g}"
    if isinstance(value, Raised):
        return str(value)
    if isinstance(value, tuple | list):
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        items = [show(item, digits) for item in value[:12]] + ["..."] * (len(value) > 12)
        items += [""] * (type(value) is tuple and len(value) == 1)  # (1,)
        joined = ", ".join(items) if all("\n" not in i and len(i) < 40 for i in items) else ",\n".join(items)
        return f"{opening}{joined.rstrip()}{closing}"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {show(item, digits)}" for key, item in list(value.items())[:12])
    text = repr(value)
    return text if len(text) <= 400 else text[:397] + "..."


def _finite(value: np.ndarray) -> np.ndarray:
    return (
        np.where(np.isfinite(value), value, 0)
        if value.dtype.kind == "f"
        else value
        if value.dtype.kind in "iu"
        else np.zeros(1)
    )
