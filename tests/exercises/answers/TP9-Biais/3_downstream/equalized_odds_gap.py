# exercise: equalized_odds_gap

# %% right: sorted
# style: sorted lists of rates
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    tpr = sorted(v["true_positive_rate"] for v in r.values())
    fpr = sorted(v["false_positive_rate"] for v in r.values())
    a, b = tpr[-1] - tpr[0], fpr[-1] - fpr[0]
    return a if a > b else b

# %% right: combinations
# style: all pairs of groups
def equalized_odds_gap(y_true, y_pred, groups):
    from itertools import combinations
    r = group_rates(y_true, y_pred, groups)
    return max([abs(r[a][k] - r[b][k]) for a, b in combinations(r, 2) for k in ("true_positive_rate", "false_positive_rate")], default=0)

# %% right: no_helper
# style: a table of means, without group_rates
def equalized_odds_gap(y_true, y_pred, groups):
    g = np.array(groups)
    table = np.array([[y_pred[(g == n) & (y_true == c)].mean() for n in np.unique(g)] for c in (0, 1)])
    return np.max(table.max(axis=1) - table.min(axis=1))

# %% right: running
# style: running extremes
def equalized_odds_gap(y_true, y_pred, groups):
    best = 0.0
    for key in ["false_positive_rate", "true_positive_rate"]:
        lo, hi = 1.0, 0.0
        for rates in group_rates(y_true, y_pred, groups).values():
            lo, hi = min(lo, rates[key]), max(hi, rates[key])
        best = max(best, hi - lo)
    return best

# %% right: weights
# style: sums of products
def equalized_odds_gap(y_true, y_pred, groups):
    names = sorted(set(groups))
    G = np.array([[x == n for x in groups] for n in names], float)
    tpr = (G @ (y_true * y_pred)) / (G @ y_true)
    fpr = (G @ ((1 - y_true) * y_pred)) / (G @ (1 - y_true))
    return float(max(np.ptp(tpr), np.ptp(fpr)))

# %% wrong: mean
# mistake: mean of both gaps
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    g = [max(v[k] for v in r) - min(v[k] for v in r) for k in ("true_positive_rate", "false_positive_rate")]
    return sum(g) / 2

# %% wrong: sum
# mistake: sum of both gaps
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return sum(max(v[k] for v in r) - min(v[k] for v in r) for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: min
# mistake: the smaller gap
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return min(max(v[k] for v in r) - min(v[k] for v in r) for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: tpr_only
# mistake: equal opportunity
def equalized_odds_gap(y_true, y_pred, groups):
    v = [r["true_positive_rate"] for r in group_rates(y_true, y_pred, groups).values()]
    return max(v) - min(v)

# %% wrong: fpr_only
# mistake: false positive rates alone
def equalized_odds_gap(y_true, y_pred, groups):
    v = [r["false_positive_rate"] for r in group_rates(y_true, y_pred, groups).values()]
    return max(v) - min(v)

# %% wrong: signed_mean
# mistake: average odds difference
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    a, b = sorted(r)[:2]
    return abs((r[a]["true_positive_rate"] - r[b]["true_positive_rate"]) + (r[a]["false_positive_rate"] - r[b]["false_positive_rate"])) / 2

# %% wrong: two_groups
# mistake: the first two names
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    a, b = sorted(set(groups))[:2]
    return max(abs(r[a][k] - r[b][k]) for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: two_in_file
# mistake: the first two in the file
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    a, b = list(dict.fromkeys(groups))[:2]
    return max(abs(r[a][k] - r[b][k]) for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: parity
# mistake: selection rates
def equalized_odds_gap(y_true, y_pred, groups):
    v = [r["selection_rate"] for r in group_rates(y_true, y_pred, groups).values()]
    return max(v) - min(v)

# %% wrong: all_three
# mistake: the selection rate's gap among them
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return max(max(v[k] for v in r) - min(v[k] for v in r) for k in ("true_positive_rate", "false_positive_rate", "selection_rate"))

# %% wrong: signed
# mistake: first minus last
def equalized_odds_gap(y_true, y_pred, groups):
    r = list(group_rates(y_true, y_pred, groups).values())
    return max(r[0][k] - r[-1][k] for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: std
# mistake: standard deviations
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return max(np.std([v[k] for v in r]) for k in ("true_positive_rate", "false_positive_rate"))

# %% wrong: ratio
# mistake: smallest over largest
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    q = []
    for k in ("true_positive_rate", "false_positive_rate"):
        v = [x[k] for x in r]
        q.append(min(v) / max(v) if max(v) else 1.0)
    return 1 - min(q)

# %% wrong: within
# mistake: true minus false positive rate of each group
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    v = [x["true_positive_rate"] - x["false_positive_rate"] for x in r]
    return max(v) - min(v)

# %% wrong: euclid
# mistake: root of the sum of squares
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    g = [max(v[k] for v in r) - min(v[k] for v in r) for k in ("true_positive_rate", "false_positive_rate")]
    return (g[0] ** 2 + g[1] ** 2) ** 0.5

# %% right: from_the_rates
# style: the earlier answer, two lists
def equalized_odds_gap(y_true, y_pred, groups):
    rates = group_rates(y_true, y_pred, groups).values()
    tpr = [r["true_positive_rate"] for r in rates]
    fpr = [r["false_positive_rate"] for r in rates]
    return max(max(tpr) - min(tpr), max(fpr) - min(fpr))

# %% right: ptp
# style: a table of rates (G, 2), np.ptp
def equalized_odds_gap(y_true, y_pred, groups):
    groups = np.array(groups)
    table = np.array(
        [[y_pred[(groups == g) & (y_true == c)].mean() for c in (0, 1)] for g in np.unique(groups)]
    )
    return np.ptp(table, axis=0).max()

# %% right: every_two_groups
# style: all pairs of groups, plain Python
def equalized_odds_gap(y_true, y_pred, groups):
    from itertools import permutations

    rows = list(zip(groups, map(int, y_true), map(int, y_pred)))

    def rate(name, c):
        answers = [p for g, t, p in rows if g == name and t == c]
        return sum(answers) / len(answers)

    gap = 0.0
    for c in (0, 1):
        for one, other in permutations(set(groups), 2):
            gap = max(gap, rate(one, c) - rate(other, c))
    return gap

# %% right: pivot
# style: pandas' mean by class and group
def equalized_odds_gap(y_true, y_pred, groups):
    import pandas as pd

    frame = pd.DataFrame({"t": y_true, "p": y_pred, "g": groups})
    table = frame.pivot_table(index="t", columns="g", values="p", aggfunc="mean")
    return float((table.max(axis=1) - table.min(axis=1)).max())

# %% right: recall
# style: scikit-learn's recall of class 1, and 1 minus that of class 0
def equalized_odds_gap(y_true, y_pred, groups):
    from sklearn.metrics import recall_score

    groups = np.asarray(groups)
    found, kept = [], []
    for g in dict.fromkeys(groups):
        t, p = y_true[groups == g], y_pred[groups == g]
        found.append(recall_score(t, p))
        kept.append(recall_score(t, p, pos_label=0))
    spread = lambda values: sorted(values)[-1] - sorted(values)[0]
    return max(spread(found), spread(kept))

# %% wrong: added
# mistake: the sum of the two gaps
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    spread = lambda k: max(x[k] for x in r) - min(x[k] for x in r)
    return spread("true_positive_rate") + spread("false_positive_rate")

# %% wrong: averaged
# mistake: the mean of the two gaps
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    spread = lambda k: max(x[k] for x in r) - min(x[k] for x in r)
    return (spread("true_positive_rate") + spread("false_positive_rate")) / 2

# %% wrong: smaller
# mistake: the smaller of the two
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    spread = lambda k: max(x[k] for x in r) - min(x[k] for x in r)
    return min(spread("true_positive_rate"), spread("false_positive_rate"))

# %% wrong: opportunity
# mistake: only the true positive rates (equal opportunity)
def equalized_odds_gap(y_true, y_pred, groups):
    r = [x["true_positive_rate"] for x in group_rates(y_true, y_pred, groups).values()]
    return max(r) - min(r)

# %% wrong: false_only
# mistake: only the false positive rates
def equalized_odds_gap(y_true, y_pred, groups):
    r = [x["false_positive_rate"] for x in group_rates(y_true, y_pred, groups).values()]
    return max(r) - min(r)

# %% wrong: selection_too
# mistake: the gap of selection rates counts as well
def equalized_odds_gap(y_true, y_pred, groups):
    r = list(group_rates(y_true, y_pred, groups).values())
    return max(max(x[k] for x in r) - min(x[k] for x in r) for k in r[0])

# %% wrong: parity_again
# mistake: the gap of selection rates
def equalized_odds_gap(y_true, y_pred, groups):
    r = [x["selection_rate"] for x in group_rates(y_true, y_pred, groups).values()]
    return max(r) - min(r)

# %% wrong: first_two
# mistake: the first two groups alone
def equalized_odds_gap(y_true, y_pred, groups):
    one, two = list(group_rates(y_true, y_pred, groups).values())[:2]
    return max(
        abs(one["true_positive_rate"] - two["true_positive_rate"]),
        abs(one["false_positive_rate"] - two["false_positive_rate"]),
    )

# %% wrong: first_and_last
# mistake: the first and the last group in the order of their names
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    one, two = r[min(r)], r[max(r)]
    return max(
        abs(one["true_positive_rate"] - two["true_positive_rate"]),
        abs(one["false_positive_rate"] - two["false_positive_rate"]),
    )

# %% wrong: from_the_first
# mistake: each group against the first only
def equalized_odds_gap(y_true, y_pred, groups):
    r = list(group_rates(y_true, y_pred, groups).values())
    keys = ("true_positive_rate", "false_positive_rate")
    return max(abs(x[k] - r[0][k]) for x in r for k in keys)

# %% wrong: neighbours
# mistake: each group against the next one
def equalized_odds_gap(y_true, y_pred, groups):
    r = list(group_rates(y_true, y_pred, groups).values())
    keys = ("true_positive_rate", "false_positive_rate")
    return max([abs(x[k] - y[k]) for x, y in zip(r, r[1:]) for k in keys] + [0.0])

# %% wrong: from_all_rows
# mistake: each group against the rate of all rows
def equalized_odds_gap(y_true, y_pred, groups):
    groups = np.array(groups)
    gap = 0.0
    for c in (0, 1):
        overall = y_pred[y_true == c].mean()
        for g in np.unique(groups):
            gap = max(gap, abs(y_pred[(y_true == c) & (groups == g)].mean() - overall))
    return gap

# %% wrong: one_pot
# mistake: the largest of all rates minus the smallest of all rates
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    every = [x[k] for x in r for k in ("true_positive_rate", "false_positive_rate")]
    return max(every) - min(every)

# %% wrong: signed_again
# mistake: second group minus first, with its sign
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups)
    names = sorted(r)
    one, two = r[names[0]], r[names[-1]]
    return max(
        two["true_positive_rate"] - one["true_positive_rate"],
        two["false_positive_rate"] - one["false_positive_rate"],
    )

# %% wrong: ratio_again
# mistake: 1 minus the smallest over the largest
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    gaps = []
    for k in ("true_positive_rate", "false_positive_rate"):
        values = [x[k] for x in r]
        gaps.append(1 - min(values) / max(values) if max(values) else 0.0)
    return max(gaps)

# %% wrong: inside_a_group
# mistake: true positive rate minus false positive rate of each group
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return max(abs(x["true_positive_rate"] - x["false_positive_rate"]) for x in r)

# %% wrong: deviation
# mistake: the standard deviation as a measure of the spread
def equalized_odds_gap(y_true, y_pred, groups):
    r = group_rates(y_true, y_pred, groups).values()
    return max(np.std([x[k] for x in r]) for k in ("true_positive_rate", "false_positive_rate"))
