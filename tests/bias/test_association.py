"""WEAT against SciPy's permutation test, hand-made vectors whose answer is known, and the published column."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tplib import data
from tplib.bias import (
    association,
    in_templates,
    seat_effect_size,
    weat,
    weat_effect_size,
    weat_p_value,
)
from tplib.errors import TplibError

WORDS = {"east": [1.0, 0.0], "west": [-1.0, 0.0], "north": [0.0, 1.0], "northeast": [1.0, 1.0], "far east": [9.0, 0.0]}


def random_sets(seed: int, *sizes: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(size, 5)) + i % 2 for i, size in enumerate(sizes)]


def test_association_is_a_difference_of_mean_cosines() -> None:
    a, b = [WORDS["east"]], [WORDS["north"], WORDS["west"]]
    # cos(east, east) = 1 and mean of cos(east, north) = 0, cos(east, west) = -1
    np.testing.assert_allclose(association([WORDS["east"], WORDS["far east"]], a, b), [1.5, 1.5])
    np.testing.assert_allclose(association([WORDS["northeast"]], a, b), [math.sqrt(0.5)])


@pytest.mark.parametrize("ddof", [0, 1])
def test_effect_size_by_the_formula_written_out(ddof: int) -> None:
    x, y, a, b = random_sets(0, 6, 4, 3, 5)

    def cos(u: np.ndarray, v: np.ndarray) -> float:
        return float(u @ v / math.sqrt((u @ u) * (v @ v)))

    s = [sum(cos(w, v) for v in a) / len(a) - sum(cos(w, v) for v in b) / len(b) for w in (*x, *y)]
    mean = sum(s) / 10
    spread = math.sqrt(sum((value - mean) ** 2 for value in s) / (10 - ddof))
    expected = (sum(s[:6]) / 6 - sum(s[6:]) / 4) / spread
    assert weat_effect_size(x, y, a, b, ddof=ddof) == pytest.approx(expected, rel=1e-12)


def test_the_two_conventions_differ_by_a_known_factor_and_the_sample_one_is_default() -> None:
    sets = random_sets(1, 8, 8, 4, 4)
    sample = weat_effect_size(*sets)
    assert sample == pytest.approx(weat_effect_size(*sets, ddof=0) * math.sqrt(15 / 16), rel=1e-12)
    assert sample == weat_effect_size(*sets, ddof=1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.integers(2, 5), st.integers(2, 5))
def test_swapping_sets_changes_the_sign_and_lengths_do_not_count(seed: int, n: int, m: int) -> None:
    x, y, a, b = random_sets(seed, n, m, 3, 2)
    d = weat_effect_size(x, y, a, b)
    assert weat_effect_size(y, x, a, b) == pytest.approx(-d)
    assert weat_effect_size(x, y, b, a) == pytest.approx(-d)
    assert weat_effect_size(7 * x, y, 3 * a, b) == pytest.approx(d)
    assert abs(d) <= 2 * math.sqrt((n + m - 1) / (n + m)) * max(n, m) / min(n, m)


@pytest.mark.parametrize("alternative", ["greater", "two-sided"])
@pytest.mark.parametrize("sizes", [(4, 4), (5, 3)])
def test_exact_p_value_is_scipys(alternative: str, sizes: tuple[int, int]) -> None:
    x, y, a, b = random_sets(2, *sizes, 3, 3)
    of_x, of_y = association(x, a, b), association(y, a, b)
    found = weat_p_value(x, y, a, b, alternative=alternative)

    def difference(first: np.ndarray, second: np.ndarray) -> float:
        value = first.mean() - second.mean()
        return float(abs(value) if alternative == "two-sided" else value)

    expected = stats.permutation_test(
        (of_x, of_y), difference, alternative="greater", n_resamples=np.inf, permutation_type="independent"
    )
    assert found.exact
    assert found.partitions == math.comb(8, sizes[0])
    assert float(found) == pytest.approx(float(expected.pvalue), abs=1e-12)


def test_ties_count_however_the_sums_are_rounded() -> None:
    # Three equal associations in each set: every partition has the same difference but for rounding, so p is 1.
    rng = np.random.default_rng(3)
    word = rng.normal(size=5)
    scaled = np.array([word * factor for factor in (0.1, 0.3, 0.7, 1.1, 1.7, 3.3)])
    a, b = random_sets(4, 3, 3)
    assert float(weat_p_value(scaled[:3], scaled[3:], a, b)) == 1.0
    assert math.isnan(weat_effect_size(scaled[:3], scaled[3:], a, b))


def test_the_least_exact_p_is_one_partition_and_a_drawn_p_is_never_zero() -> None:
    a, b = [[1.0, 0.0]], [[0.0, 1.0]]
    x, y = [[1.0, 0.1 * i] for i in range(4)], [[0.1 * i, 1.0] for i in range(4)]
    assert float(weat_p_value(x, y, a, b)) == 1 / 70
    drawn = weat_p_value(x, y, a, b, limit=10, samples=99, seed=1)
    assert not drawn.exact
    assert float(drawn) >= 1 / 100


def test_a_drawn_p_value_is_near_the_exact_one_and_repeats() -> None:
    x, y, a, b = random_sets(5, 6, 7, 4, 4)
    exact = float(weat_p_value(x, y, a, b))
    drawn = weat_p_value(x, y, a, b, limit=0, samples=4000)
    assert float(drawn) == pytest.approx(exact, abs=5 * math.sqrt(exact * (1 - exact) / 4000))
    assert drawn == weat_p_value(x, y, a, b, limit=0, samples=4000)


def test_drawing_with_replacement_as_wefe_does_is_no_oracle() -> None:
    """An order of words drawn with replacement is no partition: a word may stand in both sets, or in none.

    Both sets alike, as in a test with no effect: drawn so, the differences spread more than the true ones.
    """
    rng = np.random.default_rng(0)
    s = rng.normal(size=8)
    partitions = [s[rng.permutation(8)] for _ in range(4000)]
    replaced = [rng.choice(s, 8, replace=True) for _ in range(4000)]
    spread, spread_replaced = (
        np.std([row[:4].mean() - row[4:].mean() for row in rows]) for rows in (partitions, replaced)
    )
    exact = s.std() * math.sqrt(8 / 7) * math.sqrt(1 / 2)  # of a difference of means without replacement
    assert spread == pytest.approx(exact, rel=0.05)
    assert spread_replaced == pytest.approx(exact * math.sqrt(7 / 8), rel=0.05)
    assert spread_replaced < spread


def test_missing_words_are_told_and_a_list_without_any_vector_is_refused() -> None:
    result = weat(WORDS, ["east", "far east"], ["north", "up"], ["northeast"], ["west", "down"], rounds=10)
    assert result.missing == {"X": (), "Y": ("up",), "A": (), "B": ("down",)}
    assert result.sizes == {"X": 2, "Y": 1, "A": 1, "B": 1}
    assert "Y lacks up; B lacks down" in repr(result)
    with pytest.raises(TplibError, match="None of the words of X has a vector: up, down"):
        weat(WORDS, ["up", "down"], ["north"], ["east"], ["west"])


def test_faults_are_sentences() -> None:
    sets = random_sets(6, 2, 2, 2, 2)
    with pytest.raises(TplibError, match="alternative must be 'greater' or 'two-sided', but is 'less'"):
        weat_p_value(*sets, alternative="less")  # type: ignore[arg-type]
    with pytest.raises(TplibError, match="samples must be at least 1"):
        weat_p_value(*sets, samples=0)
    with pytest.raises(TplibError, match="a vector of zeros has no direction"):
        weat_effect_size(np.zeros((2, 5)), *sets[1:])
    with pytest.raises(TplibError, match="needs more than 4 words, but there are 4"):
        weat_effect_size(*sets, ddof=4)


def test_seat_is_weat_of_the_sentences() -> None:
    sentences = in_templates(["cat", "dog"], ["This is a {}.", "Here is the {}."])
    assert sentences == ["This is a cat.", "Here is the cat.", "This is a dog.", "Here is the dog."]
    sets = random_sets(7, 4, 4, 2, 2)
    vectors = iter(sets)
    found = seat_effect_size(lambda texts: next(vectors), sentences, sentences, ["a", "b"], ["c", "d"], ddof=0)
    assert found == weat_effect_size(*sets, ddof=0)
    with pytest.raises(TplibError, match="A template holds"):
        in_templates(["cat"], ["no place"])


needs_data = pytest.mark.skipif(
    not (data.is_cached("bias-words") and data.is_cached("weat-vectors")),
    reason="`tp data pull bias-words weat-vectors`",
)


@needs_data
@pytest.mark.parametrize("row", range(9))
def test_the_published_column_for_word2vec(row: int) -> None:
    test, vectors = data.load("bias-words").tests[row], data.load("weat-vectors")
    result = weat(vectors, test.x, test.y, test.a, test.b, rounds=50)
    assert result.effect_size == pytest.approx(test.published, abs=0.0051)
    assert sum(map(len, result.missing.values())) == (1 if row == 1 else 0)  # axe
    if row in (5, 6, 7):
        assert result.p_value.exact
        assert float(result.p_value) == pytest.approx({5: 1 / 12870, 6: 0.0227, 7: 0.0040}[row], abs=5e-5)


@needs_data
def test_row_10_is_not_reproduced() -> None:
    """Eight names a list, of which one has no vector here: the effect is near 0 and its interval holds both numbers."""
    test, vectors = data.load("bias-words").tests[9], data.load("weat-vectors")
    result = weat(vectors, test.x, test.y, test.a, test.b)
    assert result.missing["X"] == ("Billy",)
    assert result.effect_size == pytest.approx(-0.04, abs=0.005)
    assert result.interval.low < test.published < result.interval.high
    assert float(result.p_value) > 0.4
