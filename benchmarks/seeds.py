"""Whether any verdict or name hangs on luck: judges every listed answer on many draws of the cases.

    python benchmarks/seeds.py                       # 200 draws, all exercises, one process a core
    python benchmarks/seeds.py 50 softmax dropout_forward
    python benchmarks/seeds.py 200 --minutes 6       # what is not done by then is counted and named

A mistake that is accepted or loses its name on one draw, and a right answer that is refused on one, is a flip.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tplib.graders import exercises, grade, judge

BATCH = 20  # draws that one process judges before it takes another piece of work
Piece = tuple[str, str, str | None, range]


def listed(name: str) -> Iterator[tuple[str, str | None, object]]:
    """Each listed answer of an exercise: its label, the name that it is to get (none: it is right), and itself."""
    exercise = next(e for e in exercises() if e.name == name)
    for mistake in exercise.misconceptions:
        yield mistake.name, mistake.name, mistake.candidate
    for number, answer in enumerate((exercise.reference, *exercise.alternatives)):
        yield f"right answer {number}", None, answer


def flips(piece: Piece) -> tuple[list[str], float]:
    exercise, label, wanted, seeds = piece
    if time.time() > END:
        return [], -1.0
    candidate = next(answer for found, _, answer in listed(exercise) if found == label)
    started, found = time.perf_counter(), []
    for seed in seeds:
        verdict = grade(exercise, candidate, seed=seed)
        if verdict.misconception != wanted or (verdict.status == "right") != (wanted is None):
            found.append(f"{exercise}, {label}, seed {seed}: {verdict.status}, {verdict.misconception}")
    return found, time.perf_counter() - started


def prepare(end: float) -> None:
    global END
    END = end
    # The smallest failing input is for the reader: it changes no verdict, and is most of a check's time.
    judge.smallest = lambda exercise, fails, known: known
    exercises()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", type=int, nargs="?", default=200)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_intermixed_args()
    names = asked.names or [e.name for e in exercises()]
    answers = [(name, label, wanted) for name in names for label, wanted, _ in listed(name)]
    starts = range(asked.first, asked.first + asked.seeds, BATCH)  # all answers on the first draws, then on the next
    pieces = [(*answer, range(s, min(s + BATCH, asked.first + asked.seeds))) for s in starts for answer in answers]
    end = time.time() + 60 * asked.minutes
    found, left, took = [], 0, 0.0
    with multiprocessing.get_context("spawn").Pool(asked.processes, prepare, (end,)) as pool:
        for new, seconds in pool.imap_unordered(flips, pieces, chunksize=1):
            left += seconds < 0
            took += max(seconds, 0)
            found += new
            if new:
                print("\n".join(new), flush=True)
    judged = (len(pieces) - left) * BATCH
    print(f"{len(answers):,} answers, {asked.seeds} draws: about {judged:,} verdicts in {took:.0f} s of one core")
    answers_hit = {flip.split(", seed")[0] for flip in found}
    print(f"{len(found)} flips, in {len(answers_hit)} answers; {left} of {len(pieces)} pieces left out")
    raise SystemExit(bool(found or left))


if __name__ == "__main__":
    main()
