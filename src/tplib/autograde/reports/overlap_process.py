"""Compares texts with copydetect (winnowing over tokens), in a process of its own: see `overlap`.

python -m tplib.autograde.reports.overlap_process < texts.json > pairs.json
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

K, WINDOW = 25, 1 + 8  # characters of code, names cut to one letter, that are compared; of so many, one is kept
COMMON, LEAST_COMMON = 0.03, 4  # share of the class, and students: what more of them write is nobody's own
LEAST_SHARED, LEAST_SIMILAR = 300, 0.6  # characters; share of what is a student's own
CANDIDATES = 400  # pairs of a notebook that are compared closely


def fingerprint(text: str) -> Any:
    from copydetect import CodeFingerprint

    return CodeFingerprint("answers.py", K, WINDOW, fp=io.StringIO(text + "\n"))


def leave_out(found: Any, common: set[int]) -> None:
    """Take hashes out of a fingerprint, which then is about the rest only."""
    from copydetect.utils import get_token_coverage

    found.hashes = found.hashes - common
    found.hash_idx = {key: places for key, places in found.hash_idx.items() if key not in common}
    found.token_coverage = get_token_coverage(found.hash_idx, K, len(found.filtered_code))


def alike_in(released: str, answers: dict[str, list[str]]) -> list[tuple[str, str, int, float]]:
    """Pairs of students, with the characters that they share and their part of the shorter one's own code."""
    from copydetect import compare_files

    most = max(LEAST_COMMON, int(COMMON * len(answers)))
    same = Counter(text for texts in answers.values() for text in set(texts))
    given = fingerprint(released).hashes
    prints = {
        student: fingerprint("\n\n".join(text for text in texts if same[text] <= most))
        for student, texts in answers.items()
    }
    holders = Counter(key for found in prints.values() for key in found.hashes)
    common = given | {key for key, count in holders.items() if count > most}
    for found in prints.values():
        leave_out(found, common)
    own = {student: found for student, found in prints.items() if found.token_coverage >= LEAST_SHARED}
    pairs = []
    for one, other in candidates({student: found.hashes for student, found in own.items()}):
        shared, similar, _ = compare_files(own[one], own[other])
        similarity = min(1.0, float(max(similar)))
        if shared >= LEAST_SHARED and similarity >= LEAST_SIMILAR:
            pairs.append((one, other, int(shared), similarity))
    return sorted(pairs, key=lambda pair: (-pair[3], pair[:2]))


def candidates(hashes: dict[str, set[int]]) -> list[tuple[str, str]]:
    """The pairs that share most of the smaller one's hashes, counted for all at once."""
    names = sorted(hashes)
    if len(names) < 2:
        return []
    from scipy.sparse import csr_array

    columns = {key: number for number, key in enumerate(sorted(set().union(*hashes.values())))}
    where = [(row, columns[key]) for row, name in enumerate(names) for key in hashes[name]]
    rows, places = np.array(where).T
    holds = csr_array((np.ones(len(rows), dtype=np.int32), (rows, places)), shape=(len(names), len(columns)))
    shared = (holds @ holds.T).tocoo()
    sizes = np.array([len(hashes[name]) for name in names])
    part = shared.data / np.minimum(sizes[shared.row], sizes[shared.col])
    chosen = np.flatnonzero((shared.row < shared.col) & (part >= LEAST_SIMILAR / 2))
    chosen = chosen[np.argsort(-part[chosen], kind="stable")][:CANDIDATES]
    return [(names[shared.row[at]], names[shared.col[at]]) for at in chosen]


def main() -> None:
    asked = json.load(sys.stdin)
    released = [asked["released"].get(name, "") for name in asked["answers"]]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, max(1, len(released)))) as executor:
        found = list(executor.map(alike_in, released, asked["answers"].values()))
    json.dump(dict(zip(asked["answers"], found, strict=True)), sys.stdout)


if __name__ == "__main__":
    main()
