"""How long a check takes, in seconds of one core: the claim is a median of 30 ms, and none above 0.3 s.

python benchmarks/checks.py              # right and mistaken answers of every exercise
python benchmarks/checks.py softmax      # some of them
"""

import statistics
import sys
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from tplib.graders import Exercise, exercises, grade

MEDIAN, LONGEST = 0.03, 0.3


def constant(*_: Any) -> float:
    return 0.5


def seconds(exercise: Exercise, candidate: Any) -> float:
    """The processor's time, so that other programs on the machine do not count."""
    start = time.process_time()
    grade(exercise.name, candidate)
    return time.process_time() - start


def main() -> None:
    asked = [exercise for exercise in exercises() if exercise.name in sys.argv[1:] or not sys.argv[1:]]
    grade(exercises()[0].name, constant)  # imports Hypothesis
    table = Table("exercise", "right", "mistaken, median", "mistaken, slowest", title="milliseconds a check")
    every: list[float] = []
    long: list[str] = []
    for exercise in asked:
        right = statistics.median(seconds(exercise, exercise.reference) for _ in range(5))
        mistaken = {
            m.name: statistics.median(seconds(exercise, m.candidate) for _ in range(3)) for m in exercise.misconceptions
        }
        every += [right, *mistaken.values()]
        values = (right, statistics.median(mistaken.values()), max(mistaken.values()))
        long += [f"{exercise.name}, {name}: {1000 * s:.0f} ms" for name, s in mistaken.items() if s > LONGEST]
        long += [f"{exercise.name}, right: {1000 * right:.0f} ms"] if right > LONGEST else []
        table.add_row(f"{exercise.notebook} {exercise.name}", *(f"{1000 * value:.0f}" for value in values))
    Console().print(table)
    median = statistics.median(every)
    print(f"median of {len(every):,} checks: {1000 * median:.0f} ms (claim: {1000 * MEDIAN:.0f} ms)")
    print(f"above {1000 * LONGEST:.0f} ms: {'; '.join(long) or 'none'}")
    raise SystemExit(bool(long or median > MEDIAN))


if __name__ == "__main__":
    main()
