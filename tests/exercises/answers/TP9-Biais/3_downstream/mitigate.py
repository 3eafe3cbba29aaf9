# exercise: mitigate

# %% right: counter
# style: Counter of tuples
def mitigate(labels, groups):
    from collections import Counter
    y = [int(v) for v in labels]
    N, g, c, b = len(y), Counter(groups), Counter(y), Counter(zip(groups, y))
    return np.array([g[k] * c[v] / (N * b[k, v]) for k, v in zip(groups, y)])

# %% right: outer
# style: a contingency table
def mitigate(labels, groups):
    names, k = np.unique(groups, return_inverse=True)
    table = np.zeros((len(names), 2))
    np.add.at(table, (k, labels), 1)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / table.sum()
    return expected[k, labels] / table[k, labels]

# %% right: where
# style: np.where from the two rates
def mitigate(labels, groups):
    g = np.array(groups)
    p = labels.mean()
    w = np.zeros(len(labels))
    for n in np.unique(g):
        q = labels[g == n].mean()
        for i in np.flatnonzero(g == n):
            w[i] = p / q if labels[i] else (1 - p) / (1 - q)
    return w

# %% right: matrix
# style: comparisons of all with all
def mitigate(labels, groups):
    g = np.array(groups)
    same_g = g[:, None] == g[None, :]
    same_y = labels[:, None] == labels[None, :]
    return same_g.sum(1) * same_y.sum(1) / (len(labels) * (same_g & same_y).sum(1))

# %% right: fractions
# style: exact fractions, then floats
def mitigate(labels, groups):
    from fractions import Fraction
    y = labels.tolist()
    cells = list(zip(groups, y))
    weight = {c: Fraction(groups.count(c[0]) * y.count(c[1]), len(y) * cells.count(c)) for c in set(cells)}
    return np.fromiter((float(weight[c]) for c in cells), dtype=float)

# %% wrong: group_only
# mistake: by group
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([len(g) / (len(set(groups)) * (g == n).sum()) for n in groups])

# %% wrong: class_only
# mistake: balanced classes
def mitigate(labels, groups):
    return np.array([len(labels) / (2 * (labels == v).sum()) for v in labels])

# %% wrong: cells_equal
# mistake: every cell alike
def mitigate(labels, groups):
    g = np.array(groups)
    k = len({(a, b) for a, b in zip(groups, labels.tolist())})
    return np.array([len(g) / (k * ((g == n) & (labels == v)).sum()) for n, v in zip(groups, labels)])

# %% wrong: inverse
# mistake: found over expected
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([len(g) * ((g == n) & (labels == v)).sum() / ((g == n).sum() * (labels == v).sum()) for n, v in zip(groups, labels)])

# %% wrong: no_N
# mistake: without N
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([(g == n).sum() * (labels == v).sum() / ((g == n) & (labels == v)).sum() for n, v in zip(groups, labels)])

# %% wrong: normalised
# mistake: sum 1
def mitigate(labels, groups):
    g = np.array(groups)
    w = np.array([(g == n).sum() * (labels == v).sum() / ((g == n) & (labels == v)).sum() for n, v in zip(groups, labels)])
    return w / w.sum()

# %% wrong: largest_one
# mistake: largest weight 1
def mitigate(labels, groups):
    g = np.array(groups)
    w = np.array([(g == n).sum() * (labels == v).sum() / ((g == n) & (labels == v)).sum() for n, v in zip(groups, labels)])
    return w / w.max()

# %% wrong: per_cell
# mistake: a weight a cell
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([(g == n).sum() * (labels == v).sum() / (len(g) * max(1, ((g == n) & (labels == v)).sum())) for n in sorted(set(groups)) for v in (0, 1)])

# %% wrong: dictionary
# mistake: a dictionary of weights
def mitigate(labels, groups):
    g = np.array(groups)
    return {(n, int(v)): (g == n).sum() * (labels == v).sum() / (len(g) * ((g == n) & (labels == v)).sum()) for n, v in zip(groups, labels)}

# %% wrong: only_class_one
# mistake: rows of class 0 weigh 1
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([(g == n).sum() * labels.sum() / (len(g) * ((g == n) & (labels == 1)).sum()) if v else 1.0 for n, v in zip(groups, labels)])

# %% wrong: integer
# mistake: floor division
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([(g == n).sum() * (labels == v).sum() // (len(g) * ((g == n) & (labels == v)).sum()) for n, v in zip(groups, labels)])

# %% wrong: within_group
# mistake: classes balanced in each group
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([(g == n).sum() / (2 * ((g == n) & (labels == v)).sum()) for n, v in zip(groups, labels)])

# %% wrong: within_class
# mistake: groups balanced in each class
def mitigate(labels, groups):
    g = np.array(groups)
    k = len(set(groups))
    return np.array([(labels == v).sum() / (k * ((g == n) & (labels == v)).sum()) for n, v in zip(groups, labels)])

# %% wrong: cell_only
# mistake: N over the cell
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([len(g) / ((g == n) & (labels == v)).sum() for n, v in zip(groups, labels)])

# %% wrong: root
# mistake: square root of the weight
def mitigate(labels, groups):
    g = np.array(groups)
    return np.array([((g == n).sum() * (labels == v).sum() / (len(g) * ((g == n) & (labels == v)).sum())) ** 0.5 for n, v in zip(groups, labels)])
