"""Gaps between groups against fairlearn, where the conventions agree; where not, the difference is shown."""

import math
import warnings

import fairlearn.metrics as fairlearn
import numpy as np
import pytest

from tplib import TplibError, data
from tplib.bias import (
    average_odds_difference,
    demographic_parity_difference,
    demographic_parity_ratio,
    equal_opportunity_difference,
    equalized_odds_difference,
    group_rates,
)


def drawn(seed: int, groups: str, n: int = 200):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, n), rng.integers(0, 2, n), rng.choice(list(groups), n)


@pytest.mark.parametrize("seed", range(8))
def test_as_fairlearn(seed):
    y, p, g = drawn(seed, "ab" if seed % 2 else "abcd")
    for ours, theirs in [
        (demographic_parity_difference, fairlearn.demographic_parity_difference),
        (demographic_parity_ratio, fairlearn.demographic_parity_ratio),
        (equal_opportunity_difference, fairlearn.equal_opportunity_difference),
        (equalized_odds_difference, fairlearn.equalized_odds_difference),
    ]:
        assert ours(y, p, g) == pytest.approx(theirs(y, p, sensitive_features=g), abs=1e-12)


def test_an_empty_class_is_undefined_here_and_0_there():
    y, p, g = [1, 1, 0, 1], [1, 1, 0, 1], ["a", "a", "b", "b"]  # nobody of a is truly 0
    assert math.isnan(equalized_odds_difference(y, p, g))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert fairlearn.equalized_odds_difference(y, p, sensitive_features=g) == 0


def test_an_average_of_signed_gaps_hides_both():
    y = np.array([1] * 10 + [0] * 10 + [1] * 10 + [0] * 10)
    p = np.array([1] * 8 + [0] * 2 + [1] * 2 + [0] * 8 + [1] * 5 + [0] * 5 + [1] * 5 + [0] * 5)
    g = np.repeat(["men", "women"], 20)
    assert average_odds_difference(y, p, g, privileged="men") == pytest.approx(0)
    assert equalized_odds_difference(y, p, g) == pytest.approx(0.3)
    flipped = np.where(g == "women", 1 - p, p)
    signed = average_odds_difference(y, flipped, g, privileged="men")
    assert signed == pytest.approx(-average_odds_difference(y, flipped, g, privileged="women"))


def test_what_cannot_be_compared():
    with pytest.raises(TplibError, match="Two groups are needed"):
        average_odds_difference([1, 0, 1], [1, 0, 1], ["a", "b", "c"], privileged="a")
    with pytest.raises(TplibError, match="the privileged 'x'"):
        average_odds_difference([1, 0], [1, 0], ["a", "b"], privileged="x")
    assert math.isnan(demographic_parity_ratio([1, 0], [0, 0], ["a", "b"]))
    assert demographic_parity_difference([1, 0], [0, 0], ["a", "b"]) == 0


@pytest.mark.skipif(not data.is_cached("adult"), reason="Adult is not pulled: `tp data pull adult`")
def test_fairlearns_quick_start_to_all_digits():
    """Its user guide, "Quickstart": a tree on Adult; accuracy 0.8443 (0.9251 and 0.8042), selection 0.1638."""
    import pandas as pd
    from sklearn.tree import DecisionTreeClassifier

    adult = data.load("adult").all
    frame = pd.DataFrame(adult.columns).drop(columns="income").replace("?", np.nan)
    tree = DecisionTreeClassifier(min_samples_leaf=10, max_depth=4).fit(pd.get_dummies(frame), adult["income"])
    predicted = tree.predict(pd.get_dummies(frame))
    rates = group_rates(adult["income"], predicted, adult["sex"])
    found = [
        [round(r[name].value, 6) for r in (rates.overall, rates["Female"], rates["Male"])]
        for name in ("accuracy", "selection_rate")
    ]
    assert found == [[0.844355, 0.925148, 0.804288], [0.163855, 0.06355, 0.213599]]
