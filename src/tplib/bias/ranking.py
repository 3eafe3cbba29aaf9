"""How well scores rank the rows of a group: AUC within it, and against the others. No threshold is needed."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, NamedTuple

import numpy as np

from tplib.bias import checks

Array = np.ndarray


class GroupAUC(NamedTuple):
    """Three areas, each nan where one of its two classes is empty.

    subgroup: positives of the group against its negatives
    bpsn: background positives against subgroup negatives; low when the group's negatives score too high
    bnsp: background negatives against subgroup positives; low when the group's positives score too low
    """

    subgroup: float
    bpsn: float
    bnsp: float


def roc_auc(y_true: Any, score: Any) -> float:
    """The chance that a random positive scores above a random negative, ties counting half; nan if a class is empty.

    Source: Hanley & McNeil (1982): the area under the ROC curve is the Mann-Whitney statistic over the pairs.
    """
    true, score = checks.labels(y_true, "y_true"), checks.scores(score, "score")
    checks.same_length(y_true=true, score=score)
    return _auc(true, score)


def group_auc(y_true: Any, score: Any, groups: Any) -> dict[Hashable, GroupAUC]:
    """Subgroup, BPSN and BNSP AUC of each group; the background of a group is every row outside it.

    Source: Borkan et al. (2019), Nuanced metrics for measuring unintended bias, section 4.
    """
    true, score = checks.labels(y_true, "y_true"), checks.scores(score, "score")
    names, number = checks.groups(groups)
    checks.same_length(y_true=true, score=score, groups=number)
    areas: dict[Hashable, GroupAUC] = {}
    for i, name in enumerate(names):
        inside = number == i
        choices = inside, (inside & ~true) | (~inside & true), (inside & true) | (~inside & ~true)
        areas[name] = GroupAUC(*(_auc(true[rows], score[rows]) for rows in choices))
    return areas


def _auc(true: Array, score: Array) -> float:
    positives, negatives = int(true.sum()), int((~true).sum())
    if not positives or not negatives:
        return math.nan
    from scipy.stats import rankdata  # half a second, which a notebook that only draws need not wait for

    ranks = rankdata(score)  # (N,), equal scores share the mean of their ranks
    return float((ranks[true].sum() - positives * (positives + 1) / 2) / (positives * negatives))
