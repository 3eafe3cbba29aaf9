"""Split a data set at random, class by class, from a seed: what must hold is observed, whatever the generator."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from tplib.exercises.tp5.datasets import observers
from tplib.exercises.tp5.datasets.common import exercise
from tplib.exercises.tp5.datasets.observers import SEEDS
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Labels = list[int]
Parts = tuple[list[int], list[int]]


CLASSES = ((0, 1), (0, 1, 2), (-1, 0, 1), (3, 5), (-1, 2))


def _shuffled(draw: Draw, classes: Sequence[int], sizes: Sequence[int]) -> Labels:
    labels = np.repeat(classes, sizes)
    return labels[np.argsort(draw.integers(0, 1000, len(labels)), kind="stable")].tolist()


def _case(draw: Draw) -> Arguments:
    # large enough that no property comes about by chance
    classes = draw.choice(CLASSES)
    labels = _shuffled(draw, classes, [draw.size(12, 16) for _ in classes])
    # with these shares, no class has a test part of so many examples and a half
    return labels, draw.choice((0.2, 0.4)), draw.size(0, 100)


def _negative(draw: Draw) -> Arguments:
    return _shuffled(draw, (-1, 0, 1), [draw.size(12, 16) for _ in range(3)]), 0.4, draw.size(0, 100)


def _halves(draw: Draw) -> Arguments:
    """Two classes of which Python rounds the half down (4.5 to 4), two of which it rounds it up (5.5 to 6)."""
    sizes = [draw.choice((9, 13)), draw.choice((11, 15)), draw.choice((5, 17)), draw.choice((7, 19))]
    return _shuffled(draw, range(4), sizes), 0.5, draw.size(0, 100)


def _rare(draw: Draw) -> Arguments:
    """A class of which no example goes to the test part."""
    return _shuffled(draw, (0, 1, 2), [draw.size(12, 16), 2, draw.size(12, 16)]), 0.2, draw.size(0, 100)


def _measure(splits: list[Parts], labels: Labels, test_share: float, seed: int) -> dict[str, Any]:
    """What holds of the splits of several seeds; the last two repeat the first two seeds."""
    everything = range(len(labels))
    # Numbers that are no positions are one and the same: they may be chosen so that a set of them takes hours.
    known = [tuple([i if i in everything else -1 for i in part] for part in both) for both in splits]
    parts, again = known[:SEEDS], known[SEEDS:]
    counts = {_per_class([labels[i] for i in test if i in everything]) for _, test in parts}
    tests = {tuple(sorted(test)) for _, test in parts}
    first = [[i for i in everything if labels[i] == k] for k in sorted(set(labels))]
    heads = {i for members in first for i in members[: len(members) // 2]}
    return {
        "no position is in both parts": all(not set(train) & set(test) for train, test in parts),
        "no position comes twice in a part": all(len(p) == len(set(p)) for both in parts for p in both),
        "each position is in a part": all(sorted({*train, *test}) == list(everything) for train, test in parts),
        "the test part": counts.pop() if len(counts) == 1 else "not the same numbers of each class for every seed",
        "the same seed gives the same split": parts[:2] == again,
        "another seed gives another split": len(tests) > 1,
        "the test part is drawn from the whole class": not (
            all(heads.issuperset(test) for test in tests) or all(heads.isdisjoint(test) for test in tests)
        ),
    }


def _per_class(labels: Labels) -> str:
    return ", ".join(f"{labels.count(k)} of class {k}" for k in sorted(set(labels))) or "empty"


@exercise(
    points=3,
    lecture="003, Early stopping: splitting into train, validation and test",
    concepts=(1,),
    draw=_case,
    edges=(
        Case(([0, 1] * 14, 0.4, 7)),
        Case(([0] * 30 + [1] * 12, 0.4, 0)),
        Case(([2] * 14 + [0] * 23 + [1] * 34, 0.2, 1)),
        Drawn(_negative),
        Drawn(_halves, "halves"),
        Drawn(_rare, "rare class"),
    ),
    aspects={
        "halves": "Right, but for a class whose test part would be so many examples and a half. "
        "Python's `round` gives 4 for 4.5 and 6 for 5.5, each time the even one.",
        "rare class": "Right, but for a class so rare that `round(test_share * n)` is 0. All of it belongs to train.",
    },
    observe=observers.splits,
    measure=_measure,
    draws=4,
    forbidden=(
        "sklearn.model_selection.train_test_split",
        "sklearn.model_selection.StratifiedShuffleSplit",
        "sklearn.model_selection.StratifiedKFold",
        "datasets.Dataset.train_test_split",
    ),
)
def split_dataset(labels: Labels, test_share: float, seed: int) -> Parts:
    """For each class: shuffle the positions of its n examples with one generator made from the seed; the first
    `round(test_share * n)` go to test, the others to train.

    shapes: `labels` is a list of N classes; train and test are two lists of positions 0 ... N - 1, N in all.
    worked: labels [1, 0, 1, 0, 1, 0], share 1/3: the positions of class 0 are [1, 3, 5], shuffled perhaps [5, 1, 3]: 5
    goes to test, 1 and 3 to train; then class 1
    """
    rng = np.random.default_rng(seed)
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        members = rng.permutation(np.flatnonzero(np.array(labels) == k)).tolist()
        size = round(test_share * len(members))
        test += members[:size]
        train += members[size:]
    return train, test


@split_dataset.alternative
def split_by_random(labels: Labels, test_share: float, seed: int) -> Parts:
    generator = random.Random(seed)
    test: set[int] = set()
    for k in set(labels):
        members = [i for i, label in enumerate(labels) if label == k]
        test.update(generator.sample(members, round(test_share * len(members))))
    return [i for i in range(len(labels)) if i not in test], sorted(test)


@split_dataset.alternative
def split_by_sorting(labels: Labels, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    y = np.array(labels)
    luck = np.random.default_rng(seed).random(len(y))
    in_test = np.zeros(len(y), dtype=bool)
    for k in np.unique(y):
        members = np.flatnonzero(y == k)
        in_test[members[np.argsort(luck[members])[: round(test_share * len(members))]]] = True
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)


@split_dataset.alternative
def split_by_dealing(labels: Labels, test_share: float, seed: int) -> Parts:
    wanted = {k: round(test_share * labels.count(k)) for k in labels}
    train: list[int] = []
    test: list[int] = []
    for i in np.random.default_rng(seed).permutation(len(labels)).tolist():
        if wanted[labels[i]] > 0:
            wanted[labels[i]] -= 1
            test.append(i)
        else:
            train.append(i)
    return train, test
