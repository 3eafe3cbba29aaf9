"""How fair the graders are: judges answers that were written from the released text alone, by no author of a grader.

    python benchmarks/fairness.py                        # all, a table by notebook
    python benchmarks/fairness.py 1_forward softmax      # one notebook, or some of its exercises: what is misjudged
    python benchmarks/fairness.py --names 1_forward      # with each rejected answer beside its verdict, to read
    python benchmarks/fairness.py --answers FOLDER       # other answers than those of tests/exercises/answers

A file for each exercise holds its answers, `# %% right: slug` or `# %% wrong: slug`, each a whole answer cell with a
comment that says what is special about it. Right ones that are refused and wrong ones that are accepted are faults of
the grader or of the text.
"""

from __future__ import annotations

import argparse
import ast
import json
import linecache
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from tplib.graders import Exercise, Verdict, exercises, grade

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests" / "exercises" / "answers"
SEEDS = (None, 1, 2)
BLOCK = re.compile(r"^# %% (right|wrong): *(\S+).*?\n(.*?)(?=^# %% (?:right|wrong):|\Z)", re.S | re.M)


@dataclass(frozen=True)
class Written:
    """One answer: whether its writer means it to be right, and its code."""

    exercise: Exercise
    right: bool
    slug: str
    code: str

    @property
    def note(self) -> str:
        """What the writer says of it."""
        return " ".join(" ".join(re.findall(r"^#\s+(.*)", self.code, re.M)).split())

    def define(self) -> Any:
        """The object that the code defines, in a notebook where all before it is answered."""
        scope = given(self.exercise)
        file = f"<{self.exercise.name}: {self.slug}>"
        linecache.cache[file] = len(self.code), None, self.code.splitlines(keepends=True), file
        exec(compile(self.code, file, "exec"), scope)
        return scope.get(self.exercise.name)

    def verdict(self, seed: int | None) -> Verdict:
        try:
            return grade(self.exercise.name, self.define(), seed=seed)
        finally:
            if "torch" in sys.modules:  # an answer may leave gradients off for all that come after it
                sys.modules["torch"].set_grad_enabled(True)


@dataclass
class Tally:
    """Counts of one notebook."""

    right: int = 0
    refused: int = 0
    wrong: int = 0
    accepted: int = 0
    named: int = 0
    flips: int = 0
    misjudged: list[str] = field(default_factory=list)

    def add(self, answer: Written, verdicts: list[Verdict]) -> None:
        scores = [verdict.score for verdict in verdicts]
        names = {verdict.misconception for verdict in verdicts}
        self.flips += len(set(zip(scores, (verdict.misconception for verdict in verdicts), strict=True))) > 1
        if answer.right:
            self.right += 1
            self.refused += min(scores) < 1
        else:
            self.wrong += 1
            self.accepted += max(scores) == 1
            self.named += max(scores) < 1 and None not in names
        if (min(scores) < 1) if answer.right else (max(scores) == 1):
            worst = min(verdicts, key=lambda verdict: verdict.score)
            said = f"{worst.score:g} [{worst.misconception}] {worst.message}" if answer.right else "accepted"
            self.misjudged.append(f"{answer.exercise.name}: {answer.slug} ({answer.note[:160]}): {said}")

    @property
    def row(self) -> list[str]:
        counts = [str(count) for count in (self.right, self.refused, self.wrong, self.accepted)]
        shares = (self.accepted, self.wrong), (self.named, self.wrong - self.accepted)
        return [*counts, *(f"{100 * part / max(1, whole):.1f} %" for part, whole in shares), str(self.flips)]


def written(folder: Path = ANSWERS) -> Iterator[Written]:
    """All answers of a folder, in the order of the exercises."""
    for exercise in exercises():
        path = folder / exercise.assignment / exercise.notebook / f"{exercise.name}.py"
        if path.is_file():
            for kind, slug, code in BLOCK.findall(path.read_text(encoding="utf-8")):
                yield Written(exercise, kind == "right", slug, code)


def given(exercise: Exercise) -> dict[str, Any]:
    """A notebook's imports, the functions that it gives, and right answers to its earlier exercises."""
    scope: dict[str, Any] = {"__name__": "__main__", "np": np}
    path = ROOT / "release" / exercise.assignment / f"{exercise.notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for source in ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"):
        if "NotImplementedError" in source:
            continue
        for node in ast.parse(re.sub(r"^[%!].*", "", source, flags=re.M)).body:
            if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
                exec(compile(ast.Module([node], []), str(path), "exec"), scope)
    for earlier in exercises():
        if earlier.name == exercise.name:
            break
        if (earlier.assignment, earlier.notebook) == (exercise.assignment, exercise.notebook):
            scope[earlier.name] = earlier.reference
    return scope


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("notebook", nargs="?", default="")
    arguments.add_argument("exercise", nargs="*")
    arguments.add_argument("--answers", type=Path, default=ANSWERS)
    arguments.add_argument("--names", action="store_true", help="show each rejected answer beside its verdict")
    asked = arguments.parse_args()
    tallies: dict[str, Tally] = {}
    for answer in written(asked.answers):
        exercise = answer.exercise
        place = f"{exercise.assignment}/{exercise.notebook}"
        if asked.notebook not in place or (asked.exercise and exercise.name not in asked.exercise):
            continue
        verdicts = [answer.verdict(seed) for seed in SEEDS]
        tallies.setdefault(place, Tally()).add(answer, verdicts)
        if asked.names and not answer.right and verdicts[0].score < 1:
            print(f"{exercise.name}: {answer.slug}: {answer.note[:200]}")
            print(f"    -> {verdicts[0].misconception}: {verdicts[0].message[:160]}")
    table = Table("notebook", "right", "refused", "wrong", "accepted", "", "rejected named", "flips", box=None)
    for place, tally in tallies.items():
        table.add_row(place, *tally.row)
        for line in tally.misjudged if asked.notebook else ():
            print(line)
    whole = Tally()
    for name in ("right", "refused", "wrong", "accepted", "named", "flips"):
        setattr(whole, name, sum(getattr(tally, name) for tally in tallies.values()))
    table.add_row("together", *whole.row)
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
