"""Mistakes in splitting a data set: sizes, classes, the seed, and what is returned."""

import math
import random
from collections.abc import Callable, Iterable

import numpy as np

from tplib.exercises.tp5.datasets.splitting import Labels, Parts, split_dataset


def _by_size(labels: Labels, size: Callable[[int], int], seed: int) -> Parts:
    """A split with another number of test examples of a class of n."""
    rng = np.random.default_rng(seed)
    train: list[int] = []
    test: list[int] = []
    for k in sorted(set(labels)):
        members = rng.permutation(np.flatnonzero(np.array(labels) == k)).tolist()
        test += members[: size(len(members))]
        train += members[size(len(members)) :]
    return train, test


def _split(labels: Labels, test_share: float, seed: int) -> Parts:
    """A right split."""
    return _by_size(labels, lambda n: round(test_share * n), seed)


def _of_classes(labels: Labels, classes: Iterable[int], test_share: float, seed: int) -> Parts:
    """A split of these classes only."""
    train, test = _split(labels, test_share, seed)
    return [i for i in train if labels[i] in classes], [i for i in test if labels[i] in classes]


@split_dataset.mistake(
    "Another seed, and a class has another number of test examples. Who sees to it that each class gets its share?"
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
    return _split(labels, test_share, random.SystemRandom().randrange(2**32))


@split_dataset.mistake(
    "Call your function with seeds 0 and 1: does the split change? Which seed does your generator get?"
)
def seed_fixed_inside(labels: Labels, test_share: float, seed: int) -> Parts:
    return _split(labels, test_share, 0)


@split_dataset.mistake(
    "Your model is trained on all examples, those of the test part too. What will its test score be worth?"
)
def test_examples_left_in_train(labels: Labels, test_share: float, seed: int) -> Parts:
    return list(range(len(labels))), _split(labels, test_share, seed)[1]


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
    train, test = _split(labels, test_share, seed)
    return test, train


@split_dataset.mistake("How many test examples does a class of 12 give for a share of 0.4? What does `int(4.8)` do?")
def rounded_down(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: int(test_share * n), seed)


@split_dataset.mistake("How many test examples does a class of 12 give for a share of 0.2? What does `ceil(2.4)` do?")
def rounded_up(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: math.ceil(test_share * n), seed)


@split_dataset.mistake("What does Python's `round` give for 4.5, and what does `int(4.5 + 0.5)`?")
def halves_rounded_up(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: int(test_share * n + 0.5), seed)


@split_dataset.mistake("Which of the two parts has a rounded size in the text, and which one gets the rest?")
def size_of_train_rounded(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: n - round((1 - test_share) * n), seed)


@split_dataset.mistake("A class of 2 and a share of 0.2: what is `round(0.4)`? Who asked for one example at least?")
def at_least_one_test_example(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: max(1, round(test_share * n)), seed)


@split_dataset.mistake("If no example of a class goes to the test part, what is `members[-0:]`?", name="slice from -0")
def slice_from_minus_0(labels: Labels, test_share: float, seed: int) -> Parts:
    return _by_size(labels, lambda n: round(test_share * n) or n, seed)


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


@split_dataset.mistake("Which classes does your loop know? Those of `labels` may be others than 0 and 1.")
def classes_0_and_1_only(labels: Labels, test_share: float, seed: int) -> Parts:
    return _of_classes(labels, (0, 1), test_share, seed)


@split_dataset.mistake("Where are the examples of class -1? Which numbers does `range` give?", name="no negative class")
def no_negative_class(labels: Labels, test_share: float, seed: int) -> Parts:
    return _of_classes(labels, range(max(labels) + 1), test_share, seed)


@split_dataset.mistake("Your parts hold one class. Where do you make the lists: before the loop, or in it?")
def last_class_only(labels: Labels, test_share: float, seed: int) -> Parts:
    return _of_classes(labels, (max(labels),), test_share, seed)


@split_dataset.mistake(
    "At the cut, one example of each class falls into neither part. Where does the second slice start?"
)
def one_lost_at_the_cut(labels: Labels, test_share: float, seed: int) -> Parts:
    lost = _by_size(labels, lambda n: min(round(test_share * n) + 1, n), seed)
    train, test = lost[0], _split(labels, test_share, seed)[1]
    return train, [i for i in test if i not in train]


@split_dataset.mistake("You sort the labels. At which positions of the *given* list are the examples of a class?")
def positions_of_the_sorted_labels(labels: Labels, test_share: float, seed: int) -> Parts:
    return _split(sorted(labels), test_share, seed)


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
    train, test = _split(labels, test_share, seed)
    return [labels[i] for i in train], [labels[i] for i in test]
