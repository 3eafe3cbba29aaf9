"""How long a check takes: the claim is a median under 0.3 s, over right and mistaken answers of every exercise."""

import statistics
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from tplib.graders import Exercise, exercises, grade


def constant(*_: Any) -> float:
    return 0.5


def seconds(exercise: Exercise, candidate: Any) -> float:
    start = time.perf_counter()
    grade(exercise.name, candidate)
    return time.perf_counter() - start


def main() -> None:
    grade(exercises()[0].name, constant)  # imports Hypothesis
    table = Table("exercise", "right", "mistaken, median", "mistaken, slowest", title="milliseconds a check")
    every: list[float] = []
    for exercise in exercises():
        right = statistics.median(seconds(exercise, exercise.reference) for _ in range(5))
        wrong = [seconds(exercise, m.candidate) for m in exercise.misconceptions for _ in range(3)]
        every += [right, *wrong]
        values = (right, statistics.median(wrong), max(wrong))
        table.add_row(f"{exercise.notebook} {exercise.name}", *(f"{1000 * value:.0f}" for value in values))
    Console().print(table)
    print(f"median of all {len(every)} checks: {1000 * statistics.median(every):.0f} ms (claim: under 300 ms)")


if __name__ == "__main__":
    main()
