"""The share of each class among the labels."""

from collections import Counter

import numpy as np

from tplib.exercises.tp5.datasets.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Labels = list[int]


def _labels(draw: Draw) -> Arguments:
    num_classes, n = draw.size(2, 5), draw.size(2, 9)
    return draw.integers(0, num_classes, n).tolist(), num_classes


@exercise(
    points=1,
    lecture="000, General workflow: data preparation",
    concepts=(1,),
    draw=_labels,
    edges=(
        Case(([1, 0, 1, 1], 2)),
        Case(([2, 0, 0, 2, 2, 2], 4)),
        Case(([0, 0, 0], 2)),
        Case(([0, 2, 2], 3)),
    ),
    forbidden=("pandas.Series.value_counts", "pandas.value_counts"),
)
def class_balance(labels: Labels, num_classes: int) -> Array:
    """share of class k = (number of labels equal to k) / (number of labels), for k = 0 ... K - 1.

    shapes: `labels` is a list of N whole numbers; the result is an array (K,): one entry per class, 0 if absent.
    worked: class_balance([0, 2, 2, 2], 3) = [1/4, 0/4, 3/4] = [0.25, 0, 0.75]
    """
    return np.bincount(labels, minlength=num_classes) / len(labels)


@class_balance.mistake(
    "Can you compare your numbers for a training set of 8,000 texts and a test set of 2,000?",
    name="counts, not shares",
)
def counts_not_shares(labels: Labels, num_classes: int) -> Array:
    return np.bincount(labels, minlength=num_classes)


@class_balance.mistake("To what should the shares of all classes sum?")
def percent(labels: Labels, num_classes: int) -> Array:
    return 100 * np.bincount(labels, minlength=num_classes) / len(labels)


@class_balance.mistake(
    "Which entry of your result belongs to class 2, if class 1 has no example? How long must the result be?"
)
def classes_of_no_example_left_out(labels: Labels, num_classes: int) -> Array:
    return np.unique(labels, return_counts=True)[1] / len(labels)


@class_balance.mistake("How many entries does your result have if the last class has no example? Who says how many?")
def length_taken_from_the_labels(labels: Labels, num_classes: int) -> Array:
    return np.bincount(labels) / len(labels)


@class_balance.mistake("Your shares come by their size. Which entry belongs to class 0?")
def largest_share_first(labels: Labels, num_classes: int) -> Array:
    return np.sort(class_balance(labels, num_classes))[::-1]


@class_balance.mistake("Which number does the first class have: 0 or 1?")
def classes_counted_from_1(labels: Labels, num_classes: int) -> Array:
    return np.append(class_balance(labels, num_classes)[1:], 0)


@class_balance.mistake("One class has no share in your result. At which number does a `range` end?")
def last_class_forgotten(labels: Labels, num_classes: int) -> Array:
    return np.append(class_balance(labels, num_classes)[:-1], 0)


@class_balance.mistake("Which class does the first entry stand for: class 0, or the class of the first example?")
def in_order_of_appearance(labels: Labels, num_classes: int) -> Array:
    return np.array(list(Counter(labels).values())) / len(labels)


@class_balance.mistake("A share says which part of all examples belongs to a class. By what do you divide?")
def relative_to_the_largest_class(labels: Labels, num_classes: int) -> Array:
    counts = np.bincount(labels, minlength=num_classes)
    return counts / counts.max()


@class_balance.mistake("A share says which part of all examples belongs to a class. How many examples are there?")
def divided_by_the_number_of_classes(labels: Labels, num_classes: int) -> Array:
    return np.bincount(labels, minlength=num_classes) / num_classes


@class_balance.mistake(
    "With two classes the mean label is the share of class 1. Where is that of class 0, and what is it with "
    "three classes?"
)
def mean_label(labels: Labels, num_classes: int) -> Array:
    return np.array(np.mean(labels))


@class_balance.mistake(
    "The mean label says what you want to know only if there are two classes. What if there are three?"
)
def two_classes_only(labels: Labels, num_classes: int) -> Array:
    return np.array([1 - np.mean(labels), np.mean(labels)])


@class_balance.mistake("How many examples are there: N, or N - 1?", name="divided by N - 1")
def divided_by_n_minus_1(labels: Labels, num_classes: int) -> Array:
    return np.bincount(labels, minlength=num_classes) / (len(labels) - 1)


@class_balance.mistake("What is the share of a class without examples? Did you add something to the counts?")
def one_added_to_each_count(labels: Labels, num_classes: int) -> Array:
    counts = np.bincount(labels, minlength=num_classes) + 1
    return counts / counts.sum()


@class_balance.mistake("To what do three shares of a third sum, once they are rounded? Who asked for it?")
def rounded(labels: Labels, num_classes: int) -> Array:
    return class_balance(labels, num_classes).round(2)


@class_balance.mistake("You return one number. How many shares are asked for?")
def share_of_the_most_frequent_class(labels: Labels, num_classes: int) -> Array:
    return class_balance(labels, num_classes).max()


@class_balance.mistake("You return a dictionary. How do you make an array of its values?")
def a_dictionary(labels: Labels, num_classes: int) -> dict[int, float]:
    return dict(enumerate(class_balance(labels, num_classes).tolist()))


@class_balance.mistake("Your classes all have the same share. Did you look at the labels?")
def equal_shares(labels: Labels, num_classes: int) -> Array:
    return np.full(num_classes, 1 / num_classes)


@class_balance.alternative
def balance_by_loop(labels: Labels, num_classes: int) -> Array:
    shares = np.zeros(num_classes)
    for label in labels:
        shares[label] += 1 / len(labels)
    return shares


@class_balance.alternative
def balance_by_count(labels: Labels, num_classes: int) -> Array:
    return np.array([labels.count(k) / len(labels) for k in range(num_classes)])


@class_balance.alternative
def balance_by_comparison(labels: Labels, num_classes: int) -> Array:
    return (np.array(labels)[:, None] == np.arange(num_classes)).mean(axis=0)
