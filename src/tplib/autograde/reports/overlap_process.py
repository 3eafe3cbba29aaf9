"""Compares answers with copydetect (winnowing over tokens), in a process of its own: see `overlap`.

python -m tplib.autograde.reports.overlap_process < texts.json > pairs.json
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

K, WINDOW = 16, 4  # characters of code, names cut to one letter, that are compared; of so many, one is kept
LEAST_OWN = 30  # characters of an answer beside what was released: in less, people who work apart write the same
COMMON, LEAST_COMMON = 0.03, 4  # share of the class, and students: what more of them write is nobody's own
TEXT = re.compile('"""(?:.*?)"""', re.DOTALL)  # docstrings
UNTOUCHED = "raise NotImplementedError"
SAME = 0.8  # share of the longer answer's code
LEAST_SHARED, LEAST_SIMILAR = 200, 0.6  # characters; share of what both answered, and is not common
HALVING = 30  # characters: of an answer that two have alone, so many more make chance half as likely
CHANCE = 0.1  # pairs of the whole class: where chance gives as many, none is named


@dataclass(frozen=True)
class Exercise:
    """One exercise's answers that are long enough to be compared, and which of them are the same.

    prints: copydetect's by student; rare: for each pair with the same answer, how likely chance is to give it.
    common: those whose answer too many others have.
    """

    prints: dict[str, Any]
    rare: dict[tuple[str, str], float]
    common: set[str]


def fingerprint(text: str) -> Any:
    from copydetect import CodeFingerprint

    return CodeFingerprint("answer.py", K, WINDOW, fp=io.StringIO(text + "\n"))


def alike_in(released: str, answers: dict[str, dict[str, str]]) -> list[tuple[str, str, int, float]]:
    """Pairs of students, with the characters that they share and their part of what both of them answered.

    answers: by student and exercise. Only answers to one exercise are compared with each other.
    """
    given = {line.strip() for line in released.splitlines()}
    by_exercise: dict[str, dict[str, Any]] = defaultdict(dict)
    for student, texts in answers.items():
        for exercise, text in texts.items():
            if UNTOUCHED in text:
                continue
            begin = (f"def {exercise}(", f"class {exercise}")  # which the exercise asks for
            lines = [line for line in TEXT.sub("", text).splitlines() if not line.startswith(begin)]
            own = fingerprint("\n".join(line for line in lines if line.strip() not in given))
            if len(own.filtered_code) >= LEAST_OWN and own.hashes:
                by_exercise[exercise][student] = own
    exercises = [compare(prints, len(answers)) for prints in by_exercise.values()]
    pairs = len(answers) * (len(answers) - 1) / 2
    found = []
    for one, other in sorted({pair for exercise in exercises for pair in exercise.rare}):
        shared, similar, odds = together(exercises, one, other)
        if shared >= LEAST_SHARED and similar >= LEAST_SIMILAR and odds * CHANCE >= pairs:
            found.append((one, other, shared, similar))
    return sorted(found, key=lambda pair: (-pair[3], pair[:2]))


def compare(prints: dict[str, Any], size: int) -> Exercise:
    """Which students of a class of this size answered an exercise alike."""
    names, most = sorted(prints), max(LEAST_COMMON, int(COMMON * size))
    same = np.array(same_answers([prints[name].hashes for name in names]))
    holders = same.sum(axis=1)  # each holds its own
    common = {name for name, count in zip(names, holders, strict=True) if count > most}
    rare = {}
    for i, j in zip(*np.nonzero(np.triu(same, 1)), strict=True):
        if names[i] in common or names[j] in common:
            continue
        chance = float(max(holders[i], holders[j]) - 1) / (len(names) - 1)
        if holders[i] == holders[j] == 2:  # nobody else: then a long answer says more than the class's size can
            length = min(len(prints[names[i]].filtered_code), len(prints[names[j]].filtered_code))
            chance = min(chance, 2.0 ** (-length / HALVING))
        rare[names[i], names[j]] = chance
    return Exercise(prints, rare, common)


def same_answers(hashes: list[set[int]]) -> list[list[bool]]:
    """For each two answers whether they are the same but for a part, counted for all at once."""
    from scipy.sparse import csr_array

    columns = {key: number for number, key in enumerate(sorted(set().union(*hashes)))}
    rows = [row for row, keys in enumerate(hashes) for _ in keys]
    places = [columns[key] for keys in hashes for key in keys]
    holds = csr_array((np.ones(len(rows), dtype=np.int32), (rows, places)), shape=(len(hashes), len(columns)))
    sizes = np.array([len(keys) for keys in hashes])
    shared = (holds @ holds.T).toarray()
    return (shared >= SAME * np.maximum(sizes[:, None], sizes[None, :])).tolist()


def together(exercises: list[Exercise], one: str, other: str) -> tuple[int, float, float]:
    """What two students share: characters, their part, and how much likelier than by chance their sameness is.

    The last is a bet on each exercise that both answered, half on the same and half on another answer: by chance its
    product is on average 1 at most, so that it reaches N in one of N pairs.
    """
    from copydetect import compare_files

    shared, own, odds = 0, 0, 1.0
    for exercise in exercises:
        if not {one, other} <= exercise.prints.keys() or not exercise.common.isdisjoint((one, other)):
            continue
        mine, theirs = exercise.prints[one], exercise.prints[other]
        own += min(mine.token_coverage, theirs.token_coverage)
        if chance := exercise.rare.get((one, other)):
            shared += int(compare_files(mine, theirs)[0])
            odds *= 0.5 + 0.5 / chance
        else:
            odds *= 0.5
    return shared, min(1.0, shared / own) if own else 0.0, odds


def main() -> None:
    asked = json.load(sys.stdin)
    released = [asked["released"].get(name, "") for name in asked["answers"]]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, max(1, len(released)))) as executor:
        found = list(executor.map(alike_in, released, asked["answers"].values()))
    json.dump(dict(zip(asked["answers"], found, strict=True)), sys.stdout)


if __name__ == "__main__":
    main()
