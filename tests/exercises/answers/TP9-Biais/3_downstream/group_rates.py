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
