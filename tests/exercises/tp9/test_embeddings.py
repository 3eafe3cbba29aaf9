"""The exercises of 1_embeddings: references against scikit-learn, SciPy and the library of measures."""

import math

import numpy as np
import pytest
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.metrics.pairwise import cosine_similarity as sklearn_cosine

from tplib import bias
from tplib.exercises.tp9.embeddings import EXERCISES
from tplib.graders import judge
from tplib.graders.draw import NumpyDraw

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
SEEDS = range(20)


def drawn(name: str, seed: int) -> tuple[np.ndarray, ...]:
    return BY_NAME[name].draw(NumpyDraw(np.random.default_rng(seed)))


@pytest.mark.parametrize("seed", SEEDS)
def test_cosines_and_associations_are_scikit_learns(seed: int) -> None:
    x, y = drawn("cosine_similarity", seed)
    np.testing.assert_allclose(BY_NAME["cosine_similarity"](x, y), sklearn_cosine(x, y), atol=1e-12)
    w, a, b = drawn("association", seed)
    expected = sklearn_cosine(w, a).mean(axis=1) - sklearn_cosine(w, b).mean(axis=1)
    np.testing.assert_allclose(BY_NAME["association"](w, a, b), expected, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_effect_sizes_are_the_librarys_and_p_values_scipys(seed: int) -> None:
    assert BY_NAME["weat_effect_size"](*drawn("weat_effect_size", seed)) == pytest.approx(
        bias.weat_effect_size(*drawn("weat_effect_size", seed)), rel=1e-12
    )
    x, y, a, b = drawn("weat_p_value", seed)
    if len(y) == 1:
        y = np.concatenate([y, -y])  # SciPy asks for two in each set
    expected = stats.permutation_test(
        (bias.association(x, a, b), bias.association(y, a, b)),
        lambda s, t: s.mean() - t.mean(),
        alternative="greater",
        n_resamples=np.inf,
        permutation_type="independent",
    )
    assert BY_NAME["weat_p_value"](x, y, a, b) == pytest.approx(float(expected.pvalue), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_direction_is_scikit_learns_component_and_the_librarys(seed: int) -> None:
    first, second = drawn("bias_direction", seed)
    table = {f"{side}{i}": row for side, rows in (("f", first), ("s", second)) for i, row in enumerate(rows)}
    found = BY_NAME["bias_direction"](first, second)
    pairs = [(f"f{i}", f"s{i}") for i in range(len(first))]
    np.testing.assert_allclose(found, bias.bias_direction(table, pairs).vector, atol=1e-9)
    f, s = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (first, second))
    middle = (f + s) / 2
    component = PCA(1, svd_solver="full").fit(np.concatenate([f - middle, s - middle])).components_[0]
    assert abs(component @ found) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_neutral_and_equal_words_are_the_librarys(seed: int) -> None:
    words, direction = drawn("neutralize", seed)
    np.testing.assert_allclose(BY_NAME["neutralize"](words, direction), bias.neutralize(words, direction), atol=1e-12)
    pair = drawn("equalize", seed)
    np.testing.assert_allclose(BY_NAME["equalize"](*pair), bias.equalize(*pair), atol=1e-12)


def test_ties_that_rounding_hides_cost_half() -> None:
    exercise = BY_NAME["weat_p_value"]
    (wrong,) = (m for m in exercise.misconceptions if m.name == "compared to the last digit")
    for seed in (0, 1, 2):
        verdict = judge.judge(exercise, wrong.candidate, seed)
        assert verdict.score == 0.5, seed


def test_the_largest_effect_is_below_2() -> None:
    """The bound that the notebook states: two values only, one in each set."""
    x, y = np.repeat([[1.0, 0.1]], 8, axis=0), np.repeat([[0.1, 1.0]], 8, axis=0)
    found = BY_NAME["weat_effect_size"](x, y, np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]))
    assert found == pytest.approx(2 * math.sqrt(15 / 16))
