# exercise: group_rates

# %% right: loops
# style: counters in a dictionary of dictionaries
def group_rates(y_true, y_pred, groups):
    c = {}
    for t, p, g in zip(y_true, y_pred, groups):
        d = c.setdefault(g, {"n": 0, "sel": 0, "P": 0, "N": 0, "tp": 0, "fp": 0})
        d["n"] += 1
        if p == 1:
            d["sel"] += 1
        if t == 1:
            d["P"] += 1
            if p == 1:
                d["tp"] += 1
        else:
            d["N"] += 1
            if p == 1:
                d["fp"] += 1
    nan = float("nan")
    return {g: {"selection_rate": d["sel"] / d["n"],
                "true_positive_rate": d["tp"] / d["P"] if d["P"] else nan,
                "false_positive_rate": d["fp"] / d["N"] if d["N"] else nan} for g, d in c.items()}

# %% right: masked_mean
# style: np.mean of an empty selection, warnings off
def group_rates(y_true, y_pred, groups):
    import warnings
    g = np.asarray(groups)
    out = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for k in np.unique(g):
            m = g == k
            out[str(k)] = dict(
                selection_rate=np.mean(y_pred[m]),
                true_positive_rate=np.mean(y_pred[m & (y_true == 1)]),
                false_positive_rate=np.mean(y_pred[m & (y_true == 0)]),
            )
    return out

# %% right: confusion
# style: scikit-learn's confusion matrix
def group_rates(y_true, y_pred, groups):
    from sklearn.metrics import confusion_matrix
    result = {}
    for name in dict.fromkeys(groups):
        rows = [i for i, g in enumerate(groups) if g == name]
        (tn, fp), (fn, tp) = confusion_matrix(y_true[rows], y_pred[rows], labels=[0, 1]).tolist()
        result[name] = {
            "selection_rate": (tp + fp) / len(rows),
            "true_positive_rate": tp / (tp + fn) if tp + fn > 0 else np.nan,
            "false_positive_rate": fp / (fp + tn) if fp + tn > 0 else np.nan,
        }
    return result

# %% right: bincount
# style: bincount, division with nan
def group_rates(y_true, y_pred, groups):
    names, k = np.unique(groups, return_inverse=True)
    K = len(names)
    def rate(mask):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.bincount(k, mask & (y_pred == 1), K) / np.bincount(k, mask, K)
    every = np.ones(len(k), dtype=bool)
    r = [rate(every), rate(y_true == 1), rate(y_true == 0)]
    keys = ("selection_rate", "true_positive_rate", "false_positive_rate")
    return {n: {key: float(col[i]) for key, col in zip(keys, r)} for i, n in enumerate(names.tolist())}

# %% right: comprehension
# style: lists and a helper with try
def group_rates(y_true, y_pred, groups):
    def mean(values):
        try:
            return sum(values) / len(values)
        except ZeroDivisionError:
            return float("nan")
    rows = list(zip(y_true.tolist(), y_pred.tolist(), groups))
    return {
        name: {
            "selection_rate": mean([p for t, p, g in rows if g == name]),
            "true_positive_rate": mean([p for t, p, g in rows if g == name and t]),
            "false_positive_rate": mean([p for t, p, g in rows if g == name and not t]),
        }
        for name in set(groups)
    }

# %% wrong: zero_empty
# mistake: 0 for an empty class
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else 0.0
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: of_all
# mistake: shares of all rows of the group
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    return {n: {"selection_rate": y_pred[g == n].mean(), "true_positive_rate": (y_pred * y_true)[g == n].mean(), "false_positive_rate": (y_pred * (1 - y_true))[g == n].mean()} for n in set(groups)}

# %% wrong: precision
# mistake: among the answers 1
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    out = {}
    for n in set(groups):
        t, p = y_true[g == n], y_pred[g == n]
        k = p.sum()
        out[n] = {"selection_rate": p.mean(), "true_positive_rate": (t * p).sum() / k if k else float("nan"), "false_positive_rate": ((1 - t) * p).sum() / k if k else float("nan")}
    return out

# %% wrong: swapped
# mistake: true and false positive rate exchanged
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 0)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 1)])} for n in set(groups)}

# %% wrong: base_rate
# mistake: selection rate from y_true
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": s(y_true[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: share_of_selected
# mistake: the group's share among all selected
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": y_pred[g == n].sum() / max(y_pred.sum(), 1), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: no_groups
# mistake: the same for all
def group_rates(y_true, y_pred, groups):
    r = {"selection_rate": y_pred.mean(), "true_positive_rate": y_pred[y_true == 1].mean() if (y_true == 1).any() else float("nan"), "false_positive_rate": y_pred[y_true == 0].mean() if (y_true == 0).any() else float("nan")}
    return {n: dict(r) for n in groups}

# %% wrong: tnr
# mistake: specificity
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(1 - y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: counts
# mistake: numbers of rows
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    return {n: {"selection_rate": int(y_pred[g == n].sum()), "true_positive_rate": int((y_pred * y_true)[g == n].sum()), "false_positive_rate": int((y_pred * (1 - y_true))[g == n].sum())} for n in set(groups)}

# %% wrong: percent
# mistake: in percent
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: 100 * a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: fnr
# mistake: misses instead of hits
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(1 - y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: accuracy
# mistake: selection rate is the share of right answers
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else float("nan")
    return {n: {"selection_rate": (y_true == y_pred)[g == n].mean(), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: all_classes
# mistake: divided by the class in the whole file
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    P, N = max((y_true == 1).sum(), 1), max((y_true == 0).sum(), 1)
    return {n: {"selection_rate": y_pred[g == n].mean(), "true_positive_rate": (y_pred * y_true)[g == n].sum() / P, "false_positive_rate": (y_pred * (1 - y_true))[g == n].sum() / N} for n in set(groups)}

# %% wrong: none_for_empty
# mistake: None among no rows
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    s = lambda a: a.mean() if len(a) else None
    return {n: {"selection_rate": s(y_pred[g == n]), "true_positive_rate": s(y_pred[(g == n) & (y_true == 1)]), "false_positive_rate": s(y_pred[(g == n) & (y_true == 0)])} for n in set(groups)}

# %% wrong: empty_left_out
# mistake: the key is missing among no rows
def group_rates(y_true, y_pred, groups):
    g = np.array(groups)
    out = {}
    for n in set(groups):
        out[n] = {"selection_rate": y_pred[g == n].mean()}
        for k, v in (("true_positive_rate", 1), ("false_positive_rate", 0)):
            a = y_pred[(g == n) & (y_true == v)]
            if len(a):
                out[n][k] = a.mean()
    return out

# %% right: counted_by_hand
# style: eight counters in plain Python, one loop over the rows
def group_rates(y_true, y_pred, groups):
    counts = {}
    for truth, answer, name in zip(y_true, y_pred, groups):
        c = counts.setdefault(name, {"n": 0, "sel": 0, "p": 0, "tp": 0, "q": 0, "fp": 0})
        c["n"] += 1
        if answer == 1:
            c["sel"] += 1
        if truth == 1:
            c["p"] += 1
            if answer == 1:
                c["tp"] += 1
        else:
            c["q"] += 1
            if answer == 1:
                c["fp"] += 1
    share = lambda a, b: a / b if b else float("nan")
    return {
        name: {
            "selection_rate": share(c["sel"], c["n"]),
            "true_positive_rate": share(c["tp"], c["p"]),
            "false_positive_rate": share(c["fp"], c["q"]),
        }
        for name, c in counts.items()
    }

# %% right: masks_and_means
# style: boolean masks; the mean of an empty selection is nan by itself, with NumPy's warning
def group_rates(y_true, y_pred, groups):
    y_true, y_pred, groups = np.array(y_true), np.array(y_pred), np.array(groups)
    result = {}
    for g in np.unique(groups):
        mine = groups == g
        result[g] = {
            "selection_rate": y_pred[mine].mean(),
            "true_positive_rate": y_pred[mine & (y_true == 1)].mean(),
            "false_positive_rate": y_pred[mine & (y_true == 0)].mean(),
        }
    return result

# %% right: data_frame
# style: pandas, a group after the other; the mean of an empty column is nan
def group_rates(y_true, y_pred, groups):
    import pandas as pd

    frame = pd.DataFrame({"y": np.asarray(y_true), "p": np.asarray(y_pred), "g": list(groups)})
    out = {}
    for name, part in frame.groupby("g"):
        out[name] = {
            "selection_rate": part["p"].mean(),
            "true_positive_rate": part.loc[part["y"] == 1, "p"].mean(),
            "false_positive_rate": part.loc[part["y"] == 0, "p"].mean(),
        }
    return out

# %% right: sklearn_confusion
# style: the confusion matrix of scikit-learn
def group_rates(y_true, y_pred, groups):
    from sklearn.metrics import confusion_matrix

    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    rates = dict()
    for name in set(groups):
        idx = [i for i, g in enumerate(groups) if g == name]
        (tn, fp), (fn, tp) = confusion_matrix(y_true[idx], y_pred[idx], labels=[0, 1])
        rates[name] = {
            "selection_rate": (tp + fp) / (tn + fp + fn + tp),
            "true_positive_rate": tp / (tp + fn) if tp + fn > 0 else np.nan,
            "false_positive_rate": fp / (fp + tn) if fp + tn > 0 else np.nan,
        }
    return rates

# %% right: one_histogram
# style: one bincount over group, class and answer; 0 / 0 is nan
def group_rates(y_true, y_pred, groups):
    names, which = np.unique(groups, return_inverse=True)
    code = 4 * which + 2 * np.asarray(y_true).astype(int) + np.asarray(y_pred).astype(int)
    table = np.bincount(code, minlength=4 * len(names)).reshape(len(names), 2, 2)
    with np.errstate(invalid="ignore"):
        selection = table[:, :, 1].sum(1) / table.sum((1, 2))
        by_class = table[:, :, 1] / table.sum(2)
    return {
        str(name): {
            "selection_rate": float(selection[i]),
            "true_positive_rate": float(by_class[i, 1]),
            "false_positive_rate": float(by_class[i, 0]),
        }
        for i, name in enumerate(names)
    }

# %% right: weighted_average
# style: the answers averaged with 0/1 weights, and try/except for no rows
def group_rates(y_true, y_pred, groups):
    def rate(weights):
        try:
            return np.average(y_pred, weights=weights)
        except ZeroDivisionError:
            return math.nan

    import math

    rates = {}
    for name in groups:
        if name not in rates:
            here = np.array([other == name for other in groups], dtype=float)
            rates[name] = dict(
                selection_rate=rate(here),
                true_positive_rate=rate(here * y_true),
                false_positive_rate=rate(here * (1 - y_true)),
            )
    return rates

# %% wrong: zero_for_nothing
# mistake: a rate among no rows is 0
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    result = {}
    for g in np.unique(groups):
        m = groups == g
        t, p = y_true[m], y_pred[m]
        result[g] = {
            "selection_rate": p.mean(),
            "true_positive_rate": (t * p).sum() / max(t.sum(), 1),
            "false_positive_rate": ((1 - t) * p).sum() / max((1 - t).sum(), 1),
        }
    return result

# %% wrong: none_for_nothing
# mistake: None, not nan, among no rows
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: float(x.mean()) if len(x) else None
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
        }
        for g in set(groups.tolist())
    }

# %% wrong: left_out
# mistake: a rate among no rows is not in the dictionary
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    result = {}
    for g in np.unique(groups):
        m = groups == g
        result[g] = {"selection_rate": y_pred[m].mean()}
        if (y_true[m] == 1).any():
            result[g]["true_positive_rate"] = y_pred[m & (y_true == 1)].mean()
        if (y_true[m] == 0).any():
            result[g]["false_positive_rate"] = y_pred[m & (y_true == 0)].mean()
    return result

# %% wrong: of_the_selected
# mistake: both rates among the rows that were answered 1 (precision and its complement)
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    result = {}
    for g in np.unique(groups):
        m = groups == g
        chosen = y_true[m & (y_pred == 1)]
        result[g] = {
            "selection_rate": y_pred[m].mean(),
            "true_positive_rate": (chosen == 1).mean() if len(chosen) else float("nan"),
            "false_positive_rate": (chosen == 0).mean() if len(chosen) else float("nan"),
        }
    return result

# %% wrong: of_the_whole_group
# mistake: true and false positives divided by all rows of the group
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    return {
        g: {
            "selection_rate": np.mean(y_pred[groups == g]),
            "true_positive_rate": np.mean((y_pred * y_true)[groups == g]),
            "false_positive_rate": np.mean((y_pred * (1 - y_true))[groups == g]),
        }
        for g in np.unique(groups)
    }

# %% wrong: of_everybody
# mistake: the selected of a group divided by all N rows
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    nan = float("nan")
    out = {}
    for g in np.unique(groups):
        m = groups == g
        pos, neg = (m & (y_true == 1)).sum(), (m & (y_true == 0)).sum()
        out[g] = {
            "selection_rate": (m & (y_pred == 1)).sum() / len(y_pred),
            "true_positive_rate": (m & (y_true == 1) & (y_pred == 1)).sum() / pos if pos else nan,
            "false_positive_rate": (m & (y_true == 0) & (y_pred == 1)).sum() / neg if neg else nan,
        }
    return out

# %% wrong: classes_of_all_groups
# mistake: rows of class 1 and 0 counted over all groups
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    pos, neg = (y_true == 1).sum(), (y_true == 0).sum()
    out = {}
    for g in np.unique(groups):
        m = groups == g
        out[g] = {
            "selection_rate": y_pred[m].mean(),
            "true_positive_rate": (y_pred[m] * y_true[m]).sum() / pos if pos else float("nan"),
            "false_positive_rate": (y_pred[m] * (1 - y_true[m])).sum() / neg if neg else float("nan"),
        }
    return out

# %% wrong: share_of_class_one
# mistake: the share of class 1 (base rate) in place of the share of answers 1
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: x.mean() if x.size else float("nan")
    return {
        g: {
            "selection_rate": mean(y_true[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
        }
        for g in np.unique(groups)
    }

# %% wrong: misses
# mistake: the share of wrong answers in each class: false negatives for the true positives
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: x.mean() if x.size else float("nan")
    wrong = (y_true != y_pred).astype(float)
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(wrong[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(wrong[(groups == g) & (y_true == 0)]),
        }
        for g in np.unique(groups)
    }

# %% wrong: classes_exchanged
# mistake: true and false positive rate the other way round
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: x.mean() if x.size else float("nan")
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
        }
        for g in np.unique(groups)
    }

# %% wrong: only_the_notebooks_names
# mistake: the names of the COMPAS table, "black" and "white"
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: x.mean() if x.size else float("nan")
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
        }
        for g in ("black", "white")
    }

# %% wrong: stretches
# mistake: itertools.groupby without sorting: the last stretch of a name counts alone
def group_rates(y_true, y_pred, groups):
    from itertools import groupby

    mean = lambda x: sum(x) / len(x) if x else float("nan")
    out = {}
    for g, rows in groupby(zip(groups, y_true, y_pred), key=lambda row: row[0]):
        rows = list(rows)
        out[g] = {
            "selection_rate": mean([p for _, _, p in rows]),
            "true_positive_rate": mean([p for _, t, p in rows if t == 1]),
            "false_positive_rate": mean([p for _, t, p in rows if t == 0]),
        }
    return out

# %% wrong: per_rate
# mistake: a dictionary for each rate, with the groups inside
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: x.mean() if x.size else float("nan")
    names = np.unique(groups)
    return {
        "selection_rate": {g: mean(y_pred[groups == g]) for g in names},
        "true_positive_rate": {g: mean(y_pred[(groups == g) & (y_true == 1)]) for g in names},
        "false_positive_rate": {g: mean(y_pred[(groups == g) & (y_true == 0)]) for g in names},
    }

# %% wrong: per_cent
# mistake: percentages
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: 100 * x.mean() if x.size else float("nan")
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
        }
        for g in np.unique(groups)
    }

# %% wrong: divides_by_zero
# mistake: no thought of groups without a class: ZeroDivisionError
def group_rates(y_true, y_pred, groups):
    rates = {}
    for g in set(groups):
        rows = [(int(t), int(p)) for t, p, h in zip(y_true, y_pred, groups) if h == g]
        pos = [p for t, p in rows if t == 1]
        neg = [p for t, p in rows if t == 0]
        rates[g] = {
            "selection_rate": sum(p for _, p in rows) / len(rows),
            "true_positive_rate": sum(pos) / len(pos),
            "false_positive_rate": sum(neg) / len(neg),
        }
    return rates

# %% wrong: two_digits
# mistake: rounded to two digits
def group_rates(y_true, y_pred, groups):
    groups = np.array(groups)
    mean = lambda x: round(float(x.mean()), 2) if x.size else float("nan")
    return {
        g: {
            "selection_rate": mean(y_pred[groups == g]),
            "true_positive_rate": mean(y_pred[(groups == g) & (y_true == 1)]),
            "false_positive_rate": mean(y_pred[(groups == g) & (y_true == 0)]),
        }
        for g in np.unique(groups)
    }
