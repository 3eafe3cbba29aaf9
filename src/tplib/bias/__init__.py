"""Bias as a measurement: what each measure counts, how uncertain it is, and what it cannot say.

Names follow scikit-learn and fairlearn where they have the function. Every function states its source and its
convention, since published systems disagree in them. A number here never proves that a system is fair: it says
how one sample of rows or words behaves under one definition (Blodgett et al. 2020; Jacobs & Wallach 2021).
"""

from tplib.bias.association import (
    PValue,
    Weat,
    association,
    in_templates,
    seat_effect_size,
    weat,
    weat_effect_size,
    weat_p_value,
)
from tplib.bias.calibration import Calibration, group_calibration
from tplib.bias.debiasing import equalize, hard_debias, neutralize, project_out
from tplib.bias.directions import Direction, bias_direction, direct_bias, indirect_bias, projection, ripa
from tplib.bias.gaps import (
    average_odds_difference,
    demographic_parity_difference,
    demographic_parity_ratio,
    equal_opportunity_difference,
    equalized_odds_difference,
)
from tplib.bias.likelihood import sentence_log_likelihood, token_log_likelihoods
from tplib.bias.preferences import Preference, StereoSetScores, pairwise_preference, stereoset_scores
from tplib.bias.questions import BBQScores, bbq_scores
from tplib.bias.ranking import GroupAUC, group_auc, roc_auc
from tplib.bias.rates import RATES, GroupRates, Rate, group_rates, wilson_interval
from tplib.bias.remainder import classifier_accuracy, cluster_accuracy, most_biased, neighbour_share
from tplib.bias.resampling import Interval, bootstrap
from tplib.bias.reweighting import reweighing
from tplib.bias.sensitivity import LeftOut, effects_without, leave_one_out
from tplib.bias.swapping import counterfactual_swap
from tplib.bias.swapping_french import FrenchSwap, counterfactual_swap_french
from tplib.bias.thresholds import equal_rate_thresholds, gaps_by_threshold, predict_by_group
from tplib.bias.vectors import Found, cosine_similarity, lookup, word_similarity

__all__ = [
    "RATES",
    "BBQScores",
    "Calibration",
    "Direction",
    "Found",
    "FrenchSwap",
    "GroupAUC",
    "GroupRates",
    "Interval",
    "LeftOut",
    "PValue",
    "Preference",
    "Rate",
    "StereoSetScores",
    "Weat",
    "association",
    "average_odds_difference",
    "bbq_scores",
    "bias_direction",
    "bootstrap",
    "classifier_accuracy",
    "cluster_accuracy",
    "cosine_similarity",
    "counterfactual_swap",
    "counterfactual_swap_french",
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "direct_bias",
    "effects_without",
    "equal_opportunity_difference",
    "equal_rate_thresholds",
    "equalize",
    "equalized_odds_difference",
    "gaps_by_threshold",
    "group_auc",
    "group_calibration",
    "group_rates",
    "hard_debias",
    "in_templates",
    "indirect_bias",
    "leave_one_out",
    "lookup",
    "most_biased",
    "neighbour_share",
    "neutralize",
    "pairwise_preference",
    "predict_by_group",
    "project_out",
    "projection",
    "reweighing",
    "ripa",
    "roc_auc",
    "seat_effect_size",
    "sentence_log_likelihood",
    "stereoset_scores",
    "token_log_likelihoods",
    "weat",
    "weat_effect_size",
    "weat_p_value",
    "wilson_interval",
    "word_similarity",
]
