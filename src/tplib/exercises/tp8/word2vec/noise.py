"""negative_distribution: how probable each word is as a negative one."""

import numpy as np

from tplib.exercises.tp8.word2vec.common import Array, exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _counts(draw: Draw) -> Arguments:
    counts = draw.integers(1, 200, draw.size(2, 6))
    counts[-1] = draw.choice((1000, 500, 3000))  # one frequent word, never in the first place
    return counts, draw.choice((0.75, 0.5, 1.0, 0.25))


def _with_a_zero(draw: Draw) -> Arguments:
    counts, power = _counts(draw)
    counts[draw.size(0, len(counts) - 2)] = 0
    return counts, power


def _frequent(draw: Draw) -> Arguments:
    """As in a large text: some counts of millions beside ones."""
    return np.array([1, *draw.integers(10**6, 10**8, 2), 3, 1]), draw.choice((0.75, 0.6))


@exercise(
    points=1,
    lecture="003, Learn embeddings from context: CBoW (sample negative words at random)",
    concepts=(42,),
    draw=_counts,
    edges=(
        Case((np.array([1, 16, 81]), 0.75)),
        Drawn(_with_a_zero),
        Drawn(_with_a_zero),
        Drawn(_frequent),
        Drawn(lambda draw: (draw.integers(3, 90, 1), 0.75)),
        Drawn(lambda draw: (draw.integers(20, 90, 3),)),
        Drawn(lambda draw: (draw.integers(1, 900, 4),)),
    ),
)
def negative_distribution(counts: Array, power: float = 0.75) -> Array:
    """P(w) = count(w)^power / sum over all words of count^power

    shapes: counts (V,) -> probabilities (V,)
    worked: counts 1, 16, 81, power 0.75: 1, 8, 27 over 36, so 0.028, 0.222, 0.75
    """
    weights = counts**power
    return np.asarray(weights / weights.sum())


@negative_distribution.alternative
def from_frequencies(counts: Array, power: float = 0.75) -> Array:
    p = (counts / counts.sum()) ** power
    return np.asarray(p / np.sum(p))


@negative_distribution.alternative
def word_by_word(counts: Array, power: float = 0.75) -> Array:
    total = sum(float(count) ** power for count in counts)
    return np.array([count**power / total for count in counts])


@negative_distribution.mistake("Divide by the sum of what was raised. Do your probabilities add up to 1?")
def frequencies_raised_and_not_divided_again(counts: Array, power: float = 0.75) -> Array:
    return np.asarray((counts / counts.sum()) ** power)


@negative_distribution.mistake("What do probabilities add up to?")
def not_divided_by_the_sum(counts: Array, power: float = 0.75) -> Array:
    return np.asarray(counts**power)


@negative_distribution.mistake("The sum is over count^power. Over what is yours?")
def divided_by_the_sum_of_the_counts(counts: Array, power: float = 0.75) -> Array:
    return np.asarray(counts**power / counts.sum())


@negative_distribution.mistake("Where does `power` occur in your code?")
def frequencies(counts: Array, power: float = 0.75) -> Array:
    return np.asarray(counts / counts.sum())


@negative_distribution.mistake("A root is count^0.5. Which power is asked for?")
def square_root(counts: Array, power: float = 0.75) -> Array:
    return np.asarray(counts**0.5 / np.sum(counts**0.5))


@negative_distribution.mistake("The power is an argument. What does yours give at power = 0.5?")
def always_three_quarters(counts: Array, power: float = 0.75) -> Array:
    return negative_distribution(counts, 0.75)  # type: ignore[no-any-return]


@negative_distribution.mistake("Which words should come more often than others: frequent ones, or rare ones?")
def rare_words_most_often(counts: Array, power: float = 0.75) -> Array:
    weights = np.where(counts > 0, np.maximum(counts, 1) ** -power, 0.0)
    return np.asarray(weights / weights.sum())


@negative_distribution.mistake("Is there an exponential in this distribution?")
def softmax(counts: Array, power: float = 0.75) -> Array:
    weights = np.exp(power * (counts - counts.max()))
    return np.asarray(weights / weights.sum())


@negative_distribution.mistake("Is there a logarithm in this distribution?")
def logarithms(counts: Array, power: float = 0.75) -> Array:
    weights = np.log(1.0 + counts) ** power
    return np.asarray(weights / weights.sum())


@negative_distribution.mistake("How often should a word that never occurs be drawn?")
def one_added_to_each_count(counts: Array, power: float = 0.75) -> Array:
    return negative_distribution(counts + 1, power)  # type: ignore[no-any-return]


@negative_distribution.mistake("A count times `power` is not a count to the power. What does `*` do?")
def times_the_power(counts: Array, power: float = 0.75) -> Array:
    return np.asarray(counts * power / counts.sum())


@negative_distribution.mistake("Probability i belongs to word i. What has become of the order?")
def sorted_by_probability(counts: Array, power: float = 0.75) -> Array:
    return np.sort(negative_distribution(counts, power))[::-1]


@negative_distribution.mistake("Divide by the sum of all weights. By what do you divide?")
def divided_by_the_largest(counts: Array, power: float = 0.75) -> Array:
    return np.asarray((counts / counts.max()) ** power)


@negative_distribution.mistake("Do all words get the same probability?")
def uniform(counts: Array, power: float = 0.75) -> Array:
    return np.full(len(counts), 1 / len(counts))


@negative_distribution.mistake("Word by word, your numbers only grow. Who asked for a running sum?")
def cumulative(counts: Array, power: float = 0.75) -> Array:
    return np.cumsum(negative_distribution(counts, power))


@negative_distribution.mistake("The counts are whole numbers: can `**=` put a root in their place? Make a new array.")
def in_place(counts: Array, power: float = 0.75) -> Array:
    weights = counts.copy()
    weights **= power
    return np.asarray(weights / weights.sum())


@negative_distribution.mistake("Count to the power, or the root of that degree: does a frequent word gain, or lose?")
def one_over_the_power(counts: Array, power: float = 0.75) -> Array:
    weights = counts ** (1 / power)
    return np.asarray(weights / weights.sum())
