"""Weights for the training rows with which class and group are independent (reweighing)."""

from collections import Counter

import numpy as np

from tplib.exercises.tp9.downstream.common import NAMES, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray


def _rows(draw: Draw) -> Arguments:
    """Each group has rows of both classes, in unlike shares."""
    return _mixed(draw, draw.size(2, 3))


def _three_groups(draw: Draw) -> Arguments:
    return _mixed(draw, 3)


def _mixed(draw: Draw, count: int) -> Arguments:
    names = NAMES[:count]
    rows = [(y, name) for name in names for y in (0, 1)]
    rows += [(int(draw.integers(0, 2)), draw.choice(names)) for _ in range(draw.size(3, 9))]
    keys = draw.array(len(rows)).tolist()
    ordered = [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]
    return np.array([y for y, _ in ordered]), [name for _, name in ordered]


def _one_class_only(draw: Draw) -> Arguments:
    """A group that has rows of one class only."""
    y = draw.choice((0, 1))
    labels = [y] * draw.size(1, 3) + [0, 1, 1, 0, 1]
    return np.array(labels), ["women"] * (len(labels) - 5) + ["men"] * 5


@exercise(
    points=2,
    lecture="001, schedule: TP9-Biais",
    concepts=(51,),
    draw=_rows,
    edges=(
        Case((np.array([1, 1, 1, 0, 1, 0, 0, 0]), ["men"] * 4 + ["women"] * 4)),
        Case((np.array([1, 0, 1, 0]), ["men", "men", "women", "women"])),
        Drawn(_one_class_only),
        Drawn(_three_groups),
    ),
    forbidden=("tplib.bias.reweighing",),
)
def mitigate(labels: Array, groups: list[str]) -> Array:
    """w = n(group) * n(class) / (N * n(group and class)): rows expected if both were independent, over rows found.

    shapes: `labels` is an array (N,) of 0 and 1, `groups` is a list of N names; the result is an array (N,).
    worked: 4 men, 3 of class 1; 4 women, 1 of class 1: a man of class 1 weighs 4 * 4 / (8 * 3) = 2/3, a woman 2
    """
    names = np.array(groups)
    weights = np.empty(len(labels))
    for i, (label, name) in enumerate(zip(labels, groups, strict=True)):
        cell = ((labels == label) & (names == name)).sum()
        weights[i] = (names == name).sum() * (labels == label).sum() / (len(labels) * cell)
    return weights


def _weights(labels: Array, groups: list[str], how: object) -> Array:
    """One weight a row, from the counts of its group, its class and both, and N."""
    group, label, both = Counter(groups), Counter(labels.tolist()), Counter(zip(groups, labels.tolist(), strict=True))
    return np.array(
        [how(group[g], label[y], both[g, y], len(labels)) for g, y in zip(groups, labels.tolist(), strict=True)]  # type: ignore[operator]
    )


@mitigate.mistake("With your weights, is the share of class 1 the same among women and men?")
def by_the_group_alone(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: n / (len(set(groups)) * g))


@mitigate.mistake("Your weights balance the classes of the whole file. Who is in which class?")
def by_the_class_alone(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: n / (2 * y))


@mitigate.mistake("Rare rows should count more. Do yours?")
def upside_down(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: n * both / (g * y))


@mitigate.mistake("What is the weight of a row if class and group are independent already?", name="N left out")
def n_left_out(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: g * y / both)


@mitigate.mistake("Your weights make all cells equal. Should a group of 10 count as much as one of 1,000?")
def every_cell_alike(labels: Array, groups: list[str]) -> Array:
    cells = len(set(zip(groups, labels.tolist(), strict=True)))
    return _weights(labels, groups, lambda g, y, both, n: n / (cells * both))


@mitigate.mistake("Within each group your classes weigh alike. Should class 1 come as often as in the whole file?")
def classes_balanced_in_each_group(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: g / (2 * both))


@mitigate.mistake("Within each class your groups weigh alike. Should a small group weigh as much as a large one?")
def groups_balanced_in_each_class(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: y / (len(set(groups)) * both))


@mitigate.mistake("The largest weight is 1 in yours. What does the formula say of it?")
def largest_weight_is_1(labels: Array, groups: list[str]) -> Array:
    weights = mitigate(labels, groups)
    return weights / weights.max()  # type: ignore[no-any-return]


@mitigate.mistake("Rows of class 0 have a weight, too. What does the formula say of it?")
def class_0_weighs_1(labels: Array, groups: list[str]) -> Array:
    return np.where(labels == 1, mitigate(labels, groups), 1.0)


@mitigate.mistake("A square root softens the weights. Is class independent of group with yours?")
def square_root(labels: Array, groups: list[str]) -> Array:
    return np.sqrt(mitigate(labels, groups))


@mitigate.mistake("You made the weights sum to 1. With the formula, to what do they sum?")
def summing_to_one(labels: Array, groups: list[str]) -> Array:
    weights = mitigate(labels, groups)
    return weights / weights.sum()  # type: ignore[no-any-return]


@mitigate.mistake("How many weights did you return? Each row needs one.")
def one_weight_a_cell(labels: Array, groups: list[str]) -> Array:
    first = {cell: i for i, cell in reversed(list(enumerate(zip(groups, labels.tolist(), strict=True))))}
    return mitigate(labels, groups)[sorted(first.values())]  # type: ignore[no-any-return]


@mitigate.mistake("Within a group, how often should class 1 come? You divide by the rows of the cell only.")
def by_the_cell_alone(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: n / both)


@mitigate.mistake("There may be three groups. What do you do with the second and the third?")
def two_groups_only(labels: Array, groups: list[str]) -> Array:
    return mitigate(labels, ["first" if name == groups[0] else "other" for name in groups])  # type: ignore[no-any-return]


@mitigate.mistake("The weights are ours in another order: which row does each belong to?")
def group_after_group(labels: Array, groups: list[str]) -> Array:
    weights, names = mitigate(labels, groups), np.array(groups)
    return np.concatenate([weights[names == name] for name in np.unique(names)])


@mitigate.mistake("Is 'men' counted where the name is 'women'? What does `in` ask of two texts?")
def names_within_names(labels: Array, groups: list[str]) -> Array:
    inside = np.array([[name in other for other in groups] for name in groups])
    alike = labels[:, None] == labels[None, :]
    return inside.sum(axis=1) * alike.sum(axis=1) / (len(labels) * (inside & alike).sum(axis=1))  # type: ignore[no-any-return]


@mitigate.alternative
def by_shares(labels: Array, groups: list[str]) -> Array:
    return _weights(labels, groups, lambda g, y, both, n: (g / n) * (y / n) / (both / n))


@mitigate.alternative
def by_a_table(labels: Array, groups: list[str]) -> Array:
    kinds = sorted(set(groups))
    rows = np.array([kinds.index(g) for g in groups])
    counts = np.zeros((len(kinds), 2))
    for g, y in zip(rows, labels, strict=True):
        counts[g, y] += 1
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / len(labels)
    return np.array([expected[g, y] / counts[g, y] for g, y in zip(rows, labels, strict=True)])
