"""The progress bar of a training."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self


class ProgressBar:
    """Steps done, time left and the last measures, drawn by Rich; or nothing.

    `shown=None` draws only for a person: in a terminal or a notebook.
    """

    def __init__(self, steps: int, done: int = 0, shown: bool | None = None) -> None:
        self.steps, self.done, self.drawn = steps, done, time.perf_counter()
        self.bar: Any = None
        if shown is None:
            shown = sys.stderr.isatty() or "ipykernel" in sys.modules
        if shown:
            from rich import progress

            self.bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.TaskProgressColumn(),
                progress.TimeRemainingColumn(),
                progress.TextColumn("{task.fields[measures]}"),
            )
            self.task = self.bar.add_task("", total=steps, completed=done, measures="")

    def __enter__(self) -> Self:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar:
            self.bar.update(self.task, completed=self.done)
            self.bar.stop()

    def advance(self) -> None:
        """Count a step; the drawing follows at most ten times a second."""
        self.done += 1
        if self.bar and time.perf_counter() - self.drawn > 0.1:
            self.drawn = time.perf_counter()
            self.bar.update(self.task, completed=self.done)

    def tell(self, description: str, measures: dict[str, float]) -> None:
        """Show an epoch's name and its measures."""
        if self.bar:
            text = "  ".join(f"{name} {value:.4g}" for name, value in measures.items())
            self.bar.update(self.task, completed=self.done, description=description, measures=text)
