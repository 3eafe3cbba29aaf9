"""Who is graded next: all beside each other; then, one at a time, who met a limit that others had a share in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable


class Schedule:
    """The students of a run, each of whom is graded once, or once more alone."""

    def __init__(self, due: Iterable[str]) -> None:
        self.waiting, self.alone = deque(due), deque[str]()
        self.active: dict[str, bool] = {}  # whether another is, or was, graded at the same time
        self.again: dict[str, str] = {}  # who is graded once more, and the limit that was met

    @property
    def more(self) -> bool:
        """Whether something is still to come."""
        return bool(self.waiting or self.alone or self.active)

    def next(self, capacity: int) -> str | None:
        """Who can be graded now, if no more than `capacity` are at the same time."""
        if self.waiting:
            return self.waiting.popleft() if len(self.active) < capacity else None
        return self.alone.popleft() if self.alone and not self.active else None

    def start(self, student: str, several: bool) -> None:
        """`student` is being graded; several: beside those who are, too."""
        beside = several and bool(self.active)
        if beside:
            self.active = dict.fromkeys(self.active, True)
        self.active[student] = beside

    def end(self, student: str, limit: str | None) -> bool:
        """Whether the result of `student` counts. It does not where a limit was met beside others."""
        beside = self.active.pop(student)
        if limit is None or not beside:
            return True
        self.again[student] = limit
        self.alone.append(student)
        return False
