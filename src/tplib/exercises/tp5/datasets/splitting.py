"""Split a data set at random, class by class, from a seed: what must hold is observed, whatever the generator."""

import random
from typing import Any

import numpy as np

from tplib.exercises.tp5.datasets import observers
from tplib.exercises.tp5.datasets.common import exercise
from tplib.exercises.tp5.datasets.observers import SEEDS
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Labels = list[int]
Parts = tuple[list[int], list[int]]


def _case(draw: Draw) -> Arguments:
    # large enough that no property comes about by chance
    sizes = [draw.size(12, 16) for _ in range(draw.size(2, 3))]
    labels = np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(draw.integers(0, 1000, len(labels)), kind="stable")
    # with these shares, no class has a test part of so many examples and a half
    return labels[order].tolist(), draw.choice((0.2, 0.4)), draw.size(0, 100)


def _measure(splits: list[Parts], labels: Labels, test_share: float, seed: int) -> dict[str, Any]:
    """What holds of the splits of several seeds; the last two repeat the first two seeds."""
    parts, again = splits[:SEEDS], splits[SEEDS:]
    everything = list(range(len(labels)))
    counts = {_per_class([labels[i] for i in test if i in everything]) for _, test in parts}
    tests = {tuple(sorted(test)) for _, test in parts}
    first = [[i for i in everything if labels[i] == k] for k in sorted(set(labels))]
    heads = {i for members in first for i in members[: len(members) // 2]}
    return {
        "no position is in both parts": all(not set(train) & set(test) for train, test in parts),
        "no position comes twice in a part": all(len(p) == len(set(p)) for both in parts for p in both),
        "each position is in a part": all(sorted({*train, *test}) == everything for train, test in parts),
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
    draw=_case,
    edges=(
        Case(([0, 1] * 14, 0.4, 7)),
        Case(([0] * 30 + [1] * 12, 0.4, 0)),
        Case(([2] * 14 + [0] * 23 + [1] * 34, 0.2, 1)),
    ),
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


@split_dataset.mistake(
    "You shuffle all examples together. Who sees to it that a rare class gets its share of the test part?"
)
def not_stratified(labels: Labels, test_share: float, seed: int) -> Parts:
    order = np.random.default_rng(seed).permutation(len(labels)).tolist()
    size = round(test_share * len(labels))
    return order[size:], order[:size]


@split_dataset.mistake(
    "Your test part is always the same end of each class. What if the file is sorted by date? "
    "Where does the seed come in?"
)
def not_shuffled(labels: Labels, test_share: float, seed: int) -> Parts:
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == k]
        size = round(test_share * len(members))
        test += members[:size]
        train += members[size:]
    return train, test


@split_dataset.mistake(
    "Call your function twice: are the splits the same? What does `default_rng()` do without a seed?"
)
def seed_not_used(labels: Labels, test_share: float, seed: int) -> Parts:
    return split_dataset(labels, test_share, random.SystemRandom().randrange(2**32))


@split_dataset.mistake(
    "Call your function with seeds 0 and 1: does the split change? Which seed does your generator get?"
)
def seed_fixed_inside(labels: Labels, test_share: float, seed: int) -> Parts:
    return split_dataset(labels, test_share, 0)


@split_dataset.mistake(
    "Your model is trained on all examples, those of the test part too. What will its test score be worth?"
)
def test_examples_left_in_train(labels: Labels, test_share: float, seed: int) -> Parts:
    return list(range(len(labels))), split_dataset(labels, test_share, seed)[1]


@split_dataset.mistake(
    "Some examples come twice in your test part. What does `rng.choice` do unless it is told `replace=False`?"
)
def drawn_with_replacement(labels: Labels, test_share: float, seed: int) -> Parts:
    rng = np.random.default_rng(seed)
    test: list[int] = []
    for k in sorted(set(labels)):
        members = np.flatnonzero(np.array(labels) == k)
        test += rng.choice(members, size=round(test_share * len(members))).tolist()
    return [i for i in range(len(labels)) if i not in test], test


@split_dataset.mistake(
    "Train and test come from two different shuffles. What keeps an example out of both, or out of none?"
)
def two_independent_draws(labels: Labels, test_share: float, seed: int) -> Parts:
    rng = np.random.default_rng(seed)
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        members = np.flatnonzero(np.array(labels) == k)
        size = round(test_share * len(members))
        train += rng.permutation(members)[size:].tolist()
        test += rng.permutation(members)[:size].tolist()
    return train, test


@split_dataset.mistake("Which of your two parts has the share `test_share`, and which one is returned first?")
def parts_exchanged(labels: Labels, test_share: float, seed: int) -> Parts:
    train, test = split_dataset(labels, test_share, seed)
    return test, train


@split_dataset.mistake("How many test examples does a class of 12 give for a share of 0.4? What does `int(4.8)` do?")
def rounded_down(labels: Labels, test_share: float, seed: int) -> Parts:
    rng = np.random.default_rng(seed)
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        members = rng.permutation(np.flatnonzero(np.array(labels) == k)).tolist()
        size = int(test_share * len(members))
        test += members[:size]
        train += members[size:]
    return train, test


@split_dataset.mistake(
    "A class that is twice as frequent should be twice as frequent in the test part. Is it in yours?"
)
def the_same_number_from_each_class(labels: Labels, test_share: float, seed: int) -> Parts:
    rng = np.random.default_rng(seed)
    classes = sorted(set(labels))
    size = round(test_share * len(labels) / len(classes))
    train: list[int] = []
    test: list[int] = []
    for k in classes:
        members = rng.permutation(np.flatnonzero(np.array(labels) == k)).tolist()
        test += members[:size]
        train += members[size:]
    return train, test


@split_dataset.mistake(
    "Your positions count the examples of one class. At which positions of the data set are these examples?"
)
def positions_within_the_class(labels: Labels, test_share: float, seed: int) -> Parts:
    rng = np.random.default_rng(seed)
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        order = rng.permutation(labels.count(k)).tolist()
        size = round(test_share * len(order))
        test += order[:size]
        train += order[size:]
    return train, test


@split_dataset.mistake("Your parts hold labels. How would anyone find the texts that belong to them?")
def labels_instead_of_positions(labels: Labels, test_share: float, seed: int) -> Parts:
    train, test = split_dataset(labels, test_share, seed)
    return [labels[i] for i in train], [labels[i] for i in test]


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
