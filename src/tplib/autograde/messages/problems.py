"""Problems of a submission, in words for the student and for the instructor."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from tplib.autograde.texts import printable

MOST = 20  # problems of one kind in one submission
SEE_FIRST = "See the first of them"
LONGEST = 2000  # characters of a sentence


@dataclass(frozen=True)
class Problem:
    """A short name for the table, what happened, what to do, and whether grading repaired it without loss."""

    kind: str
    reason: str
    hint: str
    notebook: str | None = None
    repaired: bool = False

    def __post_init__(self) -> None:
        for name in ("kind", "reason", "hint"):  # they quote names and errors of students
            object.__setattr__(self, name, printable(getattr(self, name))[:LONGEST])

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Problem:
        names = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in names})


def few(problems: Iterable[Problem]) -> list[Problem]:
    """The first problems of each kind. How many more there are is one problem."""
    kept: list[Problem] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for problem in problems:
        if problem.hint == SEE_FIRST:
            kept.append(problem)
            continue
        counts[problem.kind, problem.repaired] += 1
        if counts[problem.kind, problem.repaired] <= MOST:
            kept.append(problem)
    for (kind, repaired), count in counts.items():
        if count > MOST:
            kept.append(Problem(kind, f"{count - MOST} more of the kind", SEE_FIRST, repaired=repaired))
    return kept


def note_markdown(problems: Iterable[Problem]) -> str:
    """The note at the top of a graded notebook. Text of students is escaped, for Markdown lets HTML through."""
    lines = ["**A note from grading**", ""]
    for problem in problems:
        mark = "Repaired: " if problem.repaired else ""
        lines.append(f"- {mark}{escape(problem.reason)}. {escape(problem.hint)}.")
    return "\n".join(lines)


def escape(text: str) -> str:
    """`text` as it is safe inside Markdown that is rendered as HTML."""
    text = html.escape(text.rstrip(".").replace("\n", " "), quote=False)
    return "".join("\\" + char if char in "\\`*_[]()!|" else char for char in text)
