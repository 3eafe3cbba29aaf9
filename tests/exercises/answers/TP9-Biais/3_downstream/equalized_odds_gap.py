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
