"""AUC, calibration and thresholds by group against scikit-learn and by hand; weights and intervals in closed form."""

import math

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from tplib import TplibError
from tplib.bias import (
    bootstrap,
    equal_rate_thresholds,
    gaps_by_threshold,
    group_auc,
    group_calibration,
    group_rates,
    predict_by_group,
    reweighing,
    roc_auc,
)


def scored(seed: int, n: int = 120):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, n), np.round(rng.uniform(size=n), 1), rng.choice(["a", "b"], n)  # scores with ties


@pytest.mark.parametrize("seed", range(5))
def test_areas_as_scikit_learns(seed):
    y, s, g = scored(seed)
    assert roc_auc(y, s) == pytest.approx(roc_auc_score(y, s))
    areas = group_auc(y, s, g)
    for name, area in areas.items():
        inside = g == name
        bpsn, bnsp = (inside & (y == 0)) | (~inside & (y == 1)), (inside & (y == 1)) | (~inside & (y == 0))
        for found, rows in zip(area, (inside, bpsn, bnsp), strict=True):
            assert found == pytest.approx(roc_auc_score(y[rows], s[rows]))


def test_an_area_without_one_class_is_undefined():
    assert math.isnan(roc_auc([1, 1], [0.1, 0.2]))
    assert math.isnan(group_auc([1, 1, 0], [0.1, 0.2, 0.3], ["a", "a", "b"])["a"].subgroup)
    assert group_auc([1, 1, 0], [0.1, 0.2, 0.3], ["a", "a", "b"])["a"].bnsp == 0


def test_calibration_by_hand():
    y, s = [1, 0, 1, 1, 0, 0], [0.9, 0.95, 1.0, 0.5, 0.1, 0.0]
    of = group_calibration(y, s, ["a"] * 6, bins=2)["a"]
    assert [rate.count for rate in of.observed] == [0, 3]
    assert [rate.of for rate in of.observed] == [2, 4]  # 0.5 lies in the upper bin, and so does 1
    np.testing.assert_allclose(of.mean_score, [0.05, 0.8375])
    assert of.error == pytest.approx((2 * 0.05 + 4 * 0.0875) / 6)
    both = group_calibration(y, s, ["a", "b"] * 3, bins=4)
    assert np.isnan(both["a"].mean_score[1])
    with pytest.raises(TplibError, match="probabilities from 0 to 1, but goes from -3 to 2"):
        group_calibration([1, 0], [-3, 2], ["a", "a"])


@pytest.mark.parametrize("rate", ["selection_rate", "true_positive_rate", "false_positive_rate"])
@pytest.mark.parametrize("target", [0, 0.25, 0.5, 0.8, 1])
def test_thresholds_reach_their_target_and_no_higher_one_does(rate, target):
    y, s, g = scored(7)
    thresholds = equal_rate_thresholds(y, s, g, rate=rate, target=target)
    rates = group_rates(y, predict_by_group(s, g, thresholds), g).by(rate)
    for name in "ab":
        assert rates[name].value >= target
        above = s[(s > thresholds[name]) & (g == name)]
        if len(above):
            higher = group_rates(y, predict_by_group(s, g, {**thresholds, name: above.min()}), g).by(rate)
            assert higher[name].value < target


def test_a_threshold_counts_as_1_and_a_group_without_one_is_refused():
    np.testing.assert_array_equal(predict_by_group([0.5, 0.5, 0.4], ["a", "b", "a"], {"a": 0.5, "b": 0.6}), [1, 0, 0])
    with pytest.raises(TplibError, match="no threshold for 'b'"):
        predict_by_group([0.5, 0.5], ["a", "b"], {"a": 0.5})
    with pytest.raises(TplibError, match="true_positive_rate of 'b' is undefined"):
        equal_rate_thresholds([1, 0], [0.5, 0.5], ["a", "b"], target=0.5)
    with pytest.raises(TplibError, match="nan at place 1"):
        predict_by_group([0.5, math.nan], ["a", "b"], {"a": 0.5, "b": 0.5})


def test_rates_at_many_thresholds_are_those_at_each():
    y, s, g = scored(3)
    cuts = [-1, 0, 0.3, 0.5, 1, 2]
    curves = gaps_by_threshold(y, s, g, cuts)
    for i, cut in enumerate(cuts):
        rates = group_rates(y, s >= cut, g)
        for name in "ab":
            for rate, values in curves[name].items():
                assert values[i] == pytest.approx(rates[name][rate].value)


def test_weights_make_class_and_group_independent():
    y, _, g = scored(1)
    y = np.where(g == "a", 1, y)  # a has no negatives left
    y[:30] = np.arange(30) % 2
    weights = reweighing(y, g)
    assert weights.sum() == pytest.approx(len(y))
    for name in "ab":
        assert np.average(y[g == name], weights=weights[g == name]) == pytest.approx(y.mean())
        assert weights[g == name].sum() == pytest.approx((g == name).sum())
    np.testing.assert_allclose(reweighing([1, 1, 0, 0], ["a", "b", "a", "b"]), 1)


def test_bootstrap_of_a_mean_is_the_textbooks():
    x = np.random.default_rng(0).normal(size=400)
    found = bootstrap(np.mean, x, rounds=4000)
    half = norm.ppf(0.975) * x.std() / 20
    assert found.value == pytest.approx(x.mean())
    assert (found.low, found.high) == pytest.approx((x.mean() - half, x.mean() + half), abs=0.01)
    assert bootstrap(np.mean, x, rounds=50) == bootstrap(np.mean, x, rounds=50)


def test_rows_of_one_writer_are_drawn_together():
    writer = np.repeat(np.arange(20), 20)
    x = np.random.default_rng(0).normal(size=20)[writer]  # a writer's rows are equal: 20 values, not 400
    single, together = bootstrap(np.mean, x), bootstrap(np.mean, x, clusters=writer)
    assert (together.high - together.low) / (single.high - single.low) == pytest.approx(math.sqrt(20), rel=0.15)


def test_resamples_without_a_value_are_counted():
    y, p, g = np.array([1, 0, 1, 0]), np.array([1, 1, 0, 0]), np.array(["a", "a", "b", "b"])
    found = bootstrap(lambda *columns: roc_auc(columns[0], columns[1]), y, p, g, rounds=200)
    assert 0 < found.undefined < 0.5
    assert "undefined in" in repr(found)
    with pytest.raises(TplibError, match="array 1 has 3, array 2 has 2"):
        bootstrap(np.mean, [1, 2, 3], [1, 2])
