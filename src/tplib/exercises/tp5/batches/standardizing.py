"""Bring the columns of a table to mean 0 and standard deviation 1, by what the training part says."""

import numpy as np

from tplib.exercises.tp5.batches.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

Array = np.ndarray
Parts = tuple[Array, Array]


def _case(draw: Draw) -> Arguments:
    D = draw.size(1, 4)
    train, test = draw.array(draw.size(3, 6), D), draw.array(draw.size(2, 5), D)
    if draw.choice((False, True)):
        train[:, draw.size(0, D - 1)] = draw.size(0, 4) / 2  # a mean without rounding error
    return train, test


def _scales(draw: Draw) -> Arguments:
    """Columns of very different sizes, one of them constant in train, another one in test."""
    scale = np.array([1e-4, 1e5, 1.0, 0.01])[np.argsort(draw.integers(0, 1000, 4))]
    train, test = draw.array(5, 4) * scale, draw.array(3, 4) * scale
    train[:, 0], test[:, 1] = draw.size(0, 4) / 2, test[0, 1]
    return train, test


def _whole(draw: Draw) -> Arguments:
    train, test = draw.integers(-9, 10, 4, 3), draw.integers(-9, 10, 2, 3)
    train[0], train[1] = (5, 0, -4), (1, 2, 7)  # no column is constant
    return train, test


def _scaled(x: Array, mean: Array, std: Array) -> Array:
    return (x - mean) / np.where(std == 0, 1, std)


def _rows(x: Array) -> Array:
    return _scaled(x, x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True))


@exercise(
    points=2,
    lecture="003, Gradient instability: the input data have to be normalized (Glorot initialization)",
    concepts=(4,),
    draw=_case,
    edges=(
        Case((np.array([[1.0, 100.0], [3.0, 300.0]]), np.array([[2.0, 500.0]]))),
        Case((np.array([[1.0, 5.0], [2.0, 5.0], [6.0, 5.0]]), np.array([[1.0, 5.0], [4.0, 7.0]]))),
        Case((np.array([[0.5, -2.0]]), np.array([[1.5, 1.0], [0.5, -2.0]]))),
        Drawn(_scales),
        Case((np.array([[2, 0, 7], [4, 0, 1], [9, 0, 1]]), np.array([[3, 1, 5]])), "whole numbers"),
        Drawn(_whole, "whole numbers"),
    ),
    aspects={"whole numbers": "Right for decimal numbers, but whole numbers in give decimal numbers out, too."},
    forbidden=(
        "sklearn.preprocessing.StandardScaler",
        "sklearn.preprocessing.scale",
        "scipy.stats.zscore",
        "scipy.stats.zmap",
    ),
)
def standardize(train: Array, test: Array) -> Parts:
    """(x - mean) / std, column by column, with mean and std of the **training** part for both parts; std = 1 where it
    is 0.

    shapes: train (N, D) and test (M, D) keep their shapes; mean and std are (D,).
    worked: train [[1], [3]], test [[2], [5]]: mean 2, std 1, so train becomes [[-1], [1]] and test [[0], [3]]
    """
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(train.max(axis=0) == train.min(axis=0), 1, std)
    return (train - mean) / std, (test - mean) / std


@standardize.mistake(
    "The same text must give the same numbers, wherever it stands. If the test part is one text, what is its own mean?"
)
def each_part_by_itself(train: Array, test: Array) -> Parts:
    return _scaled(train, train.mean(axis=0), train.std(axis=0)), _scaled(test, test.mean(axis=0), test.std(axis=0))


@standardize.mistake("Your mean depends on the test part. What has the model then seen before the test?")
def test_part_looked_at(train: Array, test: Array) -> Parts:
    both = np.concatenate([train, test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    return _scaled(train, mean, std), _scaled(test, mean, std)


@standardize.mistake("What is the standard deviation of a column in which all training values are equal?")
def constant_column_divided_by_zero(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / std, (test - mean) / std


@standardize.mistake(
    "A column is constant in training, and a test value differs from it by 2. How large do you make that?"
)
def small_number_added(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - mean) / std, (test - mean) / std


@standardize.mistake("One column counts letters, another is a share. Should they have a mean in common?")
def all_columns_at_once(train: Array, test: Array) -> Parts:
    return _scaled(train, train.mean(), train.std()), _scaled(test, train.mean(), train.std())


@standardize.mistake("You took the mean over the features of one example. Over what should it go?")
def row_by_row(train: Array, test: Array) -> Parts:
    return _rows(train), _rows(test)


@standardize.mistake(
    "Does the standard deviation of your training columns come out as 1 with `.std(axis=0)`? "
    "By what do you divide the squares?",
    name="divided by n - 1",
)
def divided_by_n_1(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0, ddof=1)
    return _scaled(train, mean, std), _scaled(test, mean, std)


@standardize.mistake("If a column is multiplied by 10, should the result change? Yours does.")
def variance_instead_of_deviation(train: Array, test: Array) -> Parts:
    mean, variance = train.mean(axis=0), train.var(axis=0)
    return _scaled(train, mean, variance), _scaled(test, mean, variance)


@standardize.mistake("Your means are 0. And the standard deviations?")
def only_centred(train: Array, test: Array) -> Parts:
    return train - train.mean(axis=0), test - train.mean(axis=0)


@standardize.mistake("Your standard deviations are 1. And the means?")
def not_centred(train: Array, test: Array) -> Parts:
    zero, std = np.zeros_like(train[0]), train.std(axis=0)
    return _scaled(train, zero, std), _scaled(test, zero, std)


@standardize.mistake("You bring each column to the range from 0 to 1. Which mean and which deviation were asked for?")
def from_0_to_1(train: Array, test: Array) -> Parts:
    low, span = train.min(axis=0), train.max(axis=0) - train.min(axis=0)
    return _scaled(train, low, span), _scaled(test, low, span)


@standardize.mistake("The model learns from standardised numbers. Which numbers will it meet in the test part?")
def test_part_left_alone(train: Array, test: Array) -> Parts:
    return standardize(train, test)[0], test


@standardize.mistake("The test part is only divided. Which mean comes off it: is that taken before train is changed?")
def test_part_not_centred(train: Array, test: Array) -> Parts:
    std = train.std(axis=0)
    return standardize(train, test)[0], test / np.where(std == 0, 1, std)


@standardize.mistake("Division comes before subtraction. Where are the brackets of (x - mean) / std?")
def brackets_missing(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0)
    shift = mean / np.where(std == 0, 1, std)
    return train - shift, test - shift


@standardize.mistake("A standard deviation is a root of squares. What is the mean of absolute differences?")
def mean_absolute_deviation(train: Array, test: Array) -> Parts:
    mean = train.mean(axis=0)
    spread = np.abs(train - mean).mean(axis=0)
    return _scaled(train, mean, spread), _scaled(test, mean, spread)


@standardize.mistake("A deviation is measured from the mean. From where do you measure?")
def deviation_from_zero(train: Array, test: Array) -> Parts:
    mean, size = train.mean(axis=0), np.sqrt((train**2.0).mean(axis=0))
    return _scaled(train, mean, size), _scaled(test, mean, size)


@standardize.mistake("A column of shares spreads by 0.1. Is its standard deviation 1 after your function?")
def small_deviations_taken_for_1(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), np.maximum(train.std(axis=0), 1)
    return (train - mean) / std, (test - mean) / std


@standardize.mistake("You put decimal numbers into an array of whole ones. What is left of 0.7 there?")
def whole_numbers_stay_whole(train: Array, test: Array) -> Parts:
    parts = standardize(train, test)
    return parts[0].astype(train.dtype), parts[1].astype(test.dtype)


@standardize.mistake("Which part says that a column is constant: train or test?")
def constant_columns_of_the_test_part(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0)
    return _scaled(train, mean, std), (test - mean) / np.where(test.std(axis=0) == 0, 1, std)


@standardize.mistake("One column is constant, and the others are not divided. Where does your `if` look at one column?")
def one_constant_column_for_all(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.ones_like(std) if (std == 0).any() else std
    return (train - mean) / std, (test - mean) / std


@standardize.mistake("How many columns has your result? A constant column is only centred.")
def constant_columns_removed(train: Array, test: Array) -> Parts:
    varies = train.std(axis=0) > 0
    parts = standardize(train, test)
    return parts[0][:, varies], parts[1][:, varies]


@standardize.mistake("Two arrays are asked for. Where is the test part?")
def one_part_only(train: Array, test: Array) -> Array:
    return standardize(train, test)[0]


@standardize.mistake("Which mean does your constant column have in the result?")
def constant_column_left_alone(train: Array, test: Array) -> Parts:
    mean, std = train.mean(axis=0), train.std(axis=0)
    mean = np.where(std == 0, 0, mean)
    return _scaled(train, mean, std), _scaled(test, mean, std)


@standardize.mistake("A column is constant in training, but not in the test part. What is left of the difference?")
def constant_column_wiped_out(train: Array, test: Array) -> Parts:
    varies = train.std(axis=0) > 0
    a, b = standardize(train, test)
    return np.where(varies, a, 0), np.where(varies, b, 0)


@standardize.alternative
def by_columns(train: Array, test: Array) -> Parts:
    parts = []
    for x in (train, test):
        columns = []
        for j in range(train.shape[1]):
            std = np.std(train[:, j])
            columns.append((x[:, j] - np.mean(train[:, j])) / (std if std > 0 else 1))
        parts.append(np.stack(columns, axis=1))
    return parts[0], parts[1]


@standardize.alternative
def by_assignment(train: Array, test: Array) -> Parts:
    mean = np.mean(train, axis=0)
    std = np.sqrt(np.mean((train - mean) ** 2, axis=0))
    std[std < 1e-12] = 1
    return (train - mean) / std, (test - mean) / std


@standardize.alternative
def by_division(train: Array, test: Array) -> list[Array]:
    centred = [x - train.mean(axis=0, keepdims=True) for x in (train, test)]
    std = train.std(axis=0, keepdims=True)
    return [np.divide(x, std, out=x.copy(), where=std > 0) for x in centred]
