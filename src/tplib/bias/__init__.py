"""Bias as a measurement: what each measure counts, how uncertain it is, and what it cannot say.

Names follow scikit-learn and fairlearn where they have the function. Every function states its source and its
convention, since published systems disagree in them. A number here never proves that a system is fair: it says
how one sample of rows or words behaves under one definition (Blodgett et al. 2020; Jacobs & Wallach 2021).
"""

from tplib.bias.calibration import Calibration, group_calibration
from tplib.bias.gaps import (
    average_odds_difference,
    demographic_parity_difference,
    demographic_parity_ratio,
    equal_opportunity_difference,
    equalized_odds_difference,
)
from tplib.bias.ranking import GroupAUC, group_auc, roc_auc
from tplib.bias.rates import RATES, GroupRates, Rate, group_rates, wilson_interval
from tplib.bias.resampling import Interval, bootstrap
from tplib.bias.reweighting import reweighing
from tplib.bias.swapping import counterfactual_swap
from tplib.bias.swapping_french import FrenchSwap, counterfactual_swap_french
from tplib.bias.thresholds import equal_rate_thresholds, gaps_by_threshold, predict_by_group

__all__ = [
    "RATES",
    "Calibration",
    "FrenchSwap",
    "GroupAUC",
    "GroupRates",
    "Interval",
    "Rate",
    "average_odds_difference",
    "bootstrap",
    "counterfactual_swap",
    "counterfactual_swap_french",
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equal_opportunity_difference",
    "equal_rate_thresholds",
    "equalized_odds_difference",
    "gaps_by_threshold",
    "group_auc",
    "group_calibration",
    "group_rates",
    "predict_by_group",
    "reweighing",
    "roc_auc",
    "wilson_interval",
]
