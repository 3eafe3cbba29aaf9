"""Rates by group against scikit-learn's confusion matrix, SciPy's intervals and ProPublica's published figures."""

import math

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import confusion_matrix

from tplib import TplibError, data
from tplib.bias import RATES, group_rates, wilson_interval


def drawn(seed: int, n: int = 200):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, n), rng.integers(0, 2, n), rng.choice(list("abc"), n)


@pytest.mark.parametrize("seed", range(5))
def test_each_group_as_its_confusion_matrix_says(seed):
    y, p, g = drawn(seed)
    rates = group_rates(y, p, g)
    for group in "abc":
        (tn, fp), (fn, tp) = confusion_matrix(y[g == group], p[g == group], labels=[0, 1])
        n = tn + fp + fn + tp
        expected = {
            "base_rate": (tp + fn) / n,
            "selection_rate": (tp + fp) / n,
            "accuracy": (tp + tn) / n,
            "true_positive_rate": tp / (tp + fn),
            "false_positive_rate": fp / (fp + tn),
            "true_negative_rate": tn / (fp + tn),
            "false_negative_rate": fn / (tp + fn),
            "precision": tp / (tp + fp),
            "false_omission_rate": fn / (fn + tn),
        }
        assert {name: rate.value for name, rate in rates[group].items()} == pytest.approx(expected)
    assert set(expected) == set(RATES)
    assert rates.overall["accuracy"].value == pytest.approx((y == p).mean())


@pytest.mark.parametrize(("count", "of"), [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (805, 1795)])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.99])
def test_intervals_are_wilsons(count, of, confidence):
    expected = binomtest(count, of).proportion_ci(confidence, method="wilson")
    assert wilson_interval(count, of, confidence) == pytest.approx((expected.low, expected.high))


def test_a_rate_of_an_empty_class_is_undefined_and_said_to_be():
    rates = group_rates([1, 1, 0], [0, 1, 1], ["a", "a", "b"])
    assert math.isnan(rates["a"]["false_positive_rate"].value)
    assert not rates["a"]["false_positive_rate"].defined
    assert (rates["a"]["false_positive_rate"].low, rates["a"]["false_positive_rate"].high) == (0, 1)
    assert repr(rates["a"]["false_positive_rate"]) == "undefined (0 of 0)"
    assert "The false_positive_rate of 'a' is undefined: no row of it is truly 0." in rates.undefined()
    assert "The true_positive_rate of 'b' is undefined: no row of it is truly 1." in rates.undefined()


def test_groups_of_any_kind_stay_what_they_are():
    assert group_rates([1, 0], [1, 1], [True, False]).groups == [False, True]
    assert group_rates([1, 0], [1, 1], np.array([30, 4])).groups == [4, 30]
    assert group_rates([1, 0], [1, 1], [("women", "old"), ("men", "old")]).groups == [("men", "old"), ("women", "old")]
    assert group_rates([1, 0], [1, 1], ["b", 2]).groups == [2, "b"]


@pytest.mark.parametrize(
    ("y", "p", "g", "told"),
    [
        ([0, 1], [0.2, 0.7], ["a", "b"], "y_pred must hold the classes 0 and 1, but has 0.2: compare scores"),
        ([1, 2], [1, 0], ["a", "b"], "y_true must hold the classes 0 and 1, but has 2: say which class"),
        (["yes", "no"], [1, 0], ["a", "b"], "y_true must hold the classes 0 and 1, but has 'yes'"),
        ([[1], [0]], [1, 0], ["a", "b"], r"one entry a row, shape \(N,\), but has shape \(2, 1\)"),
        ([1, 0], [1, 0, 1], ["a", "b"], "y_true has 2, y_pred has 3, groups has 2"),
        ([], [], [], "There is no row"),
        ([1, 0], [1, 0], ["a", None], "no group at place 1"),
        ([1, 0], [1, 0], [math.nan, "a"], "no group at place 0"),
        ([1, 0], [1, 0], "ab", "is one text"),
    ],
)
def test_bad_input_gets_a_sentence(y, p, g, told):
    with pytest.raises(TplibError, match=told):
        group_rates(y, p, g)
    with pytest.raises(TplibError, match="There is no rate 'recall'"):
        group_rates([1], [1], ["a"]).by("recall")


@pytest.mark.skipif(not data.is_cached("compas"), reason="COMPAS is not pulled: `tp data pull compas`")
def test_propublicas_figures():
    """Angwin et al. (2016), table "Prediction fails differently": 44.9 and 23.5 %, 28.0 and 47.7 %."""
    compas = data.load("compas")
    rates = group_rates(compas["two_year_recid"], compas["decile_score"] >= 5, compas["race"])
    black, white = rates["African-American"], rates["Caucasian"]
    assert [round(100 * r["false_positive_rate"].value, 2) for r in (black, white)] == [44.85, 23.45]
    assert [round(100 * r["false_negative_rate"].value, 2) for r in (black, white)] == [27.99, 47.72]
