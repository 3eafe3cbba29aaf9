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

# %% right: counters
# style: collections.Counter over classes, groups and both
def mitigate(labels, groups):
    from collections import Counter

    labels = [int(y) for y in labels]
    n_class, n_group, n_both = Counter(labels), Counter(groups), Counter(zip(groups, labels))
    n = len(labels)
    return np.array([n_group[g] * n_class[y] / (n * n_both[g, y]) for g, y in zip(groups, labels)])

# %% right: masks
# style: a mask for each group and class, weights filled in
def mitigate(labels, groups):
    groups = np.asarray(groups)
    w = np.zeros(len(labels))
    for g in np.unique(groups):
        for c in (0, 1):
            both = (groups == g) & (labels == c)
            if both.sum() > 0:
                w[both] = (groups == g).sum() * (labels == c).sum() / (len(labels) * both.sum())
    return w

# %% right: transform
# style: pandas' groupby(...).transform("size")
def mitigate(labels, groups):
    import pandas as pd

    frame = pd.DataFrame({"y": labels, "g": groups})
    frame["one"] = 1
    size = lambda keys: frame.groupby(keys)["one"].transform("size")
    return (size("g") * size("y") / len(frame) / size(["g", "y"])).to_numpy()

# %% right: expected_over_found
# style: a table of counts, its margins' outer product, and indexing; empty cells give 0 / 0 that no row reads
def mitigate(labels, groups):
    names, row = np.unique(groups, return_inverse=True)
    column = np.asarray(labels).astype(int)
    found = np.zeros((len(names), 2))
    np.add.at(found, (row, column), 1)
    expected = np.outer(found.sum(1), found.sum(0)) / found.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return (expected / found)[row, column]

# %% right: probabilities
# style: P(group) P(class) / P(group and class), comparisons of each row with all
def mitigate(labels, groups):
    groups = np.array(groups)
    labels = np.array(labels)
    same_group = groups[:, None] == groups[None, :]
    same_class = labels[:, None] == labels[None, :]
    return same_group.mean(1) * same_class.mean(1) / (same_group & same_class).mean(1)

# %% right: sklearn_weights
# style: scikit-learn's balanced weights of the pairs, brought to the right size
def mitigate(labels, groups):
    from sklearn.utils.class_weight import compute_sample_weight

    both = [f"{g}|{int(y)}" for g, y in zip(groups, labels)]
    over_found = compute_sample_weight("balanced", both) * len(set(both))  # N / n(group and class)
    of_group = len(groups) / (compute_sample_weight("balanced", list(groups)) * len(set(groups)))
    of_class = len(labels) / (compute_sample_weight("balanced", labels) * len(set(labels.tolist())))
    return over_found * of_group * of_class / len(labels) ** 2

# %% wrong: found_over_expected
# mistake: upside down
def mitigate(labels, groups):
    groups = np.array(groups)
    n = len(labels)
    return np.array(
        [
            n * ((groups == g) & (labels == y)).sum() / ((groups == g).sum() * (labels == y).sum())
            for g, y in zip(groups, labels)
        ]
    )

# %% wrong: without_n
# mistake: not divided by N
def mitigate(labels, groups):
    groups = np.array(groups)
    return np.array(
        [
            (groups == g).sum() * (labels == y).sum() / ((groups == g) & (labels == y)).sum()
            for g, y in zip(groups, labels)
        ]
    )

# %% wrong: balanced_cells
# mistake: each group and class gets the same total weight
def mitigate(labels, groups):
    both = [(g, int(y)) for g, y in zip(groups, labels)]
    cells = len(set(both))
    return np.array([len(both) / (cells * both.count(b)) for b in both])

# %% wrong: class_only_again
# mistake: the usual balanced class weights, groups not looked at
def mitigate(labels, groups):
    n = len(labels)
    return np.array([n / (2 * (labels == y).sum()) for y in labels])

# %% wrong: group_only_again
# mistake: balanced group weights, classes not looked at
def mitigate(labels, groups):
    n, k = len(labels), len(set(groups))
    return np.array([n / (k * groups.count(g)) for g in groups])

# %% wrong: inside_the_group
# mistake: n(group) / (2 n(group and class)): each group has half its weight in each class
def mitigate(labels, groups):
    groups = np.array(groups)
    return np.array(
        [(groups == g).sum() / (2 * ((groups == g) & (labels == y)).sum()) for g, y in zip(groups, labels)]
    )

# %% wrong: one_a_cell
# mistake: a weight for each group and class, not for each row
def mitigate(labels, groups):
    groups = np.array(groups)
    w = []
    for g in np.unique(groups):
        for y in (0, 1):
            both = ((groups == g) & (labels == y)).sum()
            w.append((groups == g).sum() * (labels == y).sum() / (len(labels) * both) if both else 0.0)
    return np.array(w)

# %% wrong: sums_to_one
# mistake: divided by the sum of the weights
def mitigate(labels, groups):
    groups = np.array(groups)
    w = np.array(
        [
            (groups == g).sum() * (labels == y).sum() / (len(labels) * ((groups == g) & (labels == y)).sum())
            for g, y in zip(groups, labels)
        ]
    )
    return w / w.sum()

# %% wrong: whole_numbers
# mistake: integer division
def mitigate(labels, groups):
    groups = np.array(groups)
    n = len(labels)
    return np.array(
        [
            (groups == g).sum() * (labels == y).sum() // (n * ((groups == g) & (labels == y)).sum())
            for g, y in zip(groups, labels)
        ]
    )

# %% wrong: sorted_rows
# mistake: the rows are put together group by group, in another order than they came
def mitigate(labels, groups):
    groups = np.array(groups)
    parts = []
    for g in np.unique(groups):
        mine = labels[groups == g]
        parts += [
            (groups == g).sum() * (labels == y).sum() / (len(labels) * (mine == y).sum()) for y in mine
        ]
    return np.array(parts)

# %% wrong: name_inside_a_name
# mistake: counts with `in`: "men" is found in "women"
def mitigate(labels, groups):
    n = len(labels)
    w = []
    for g, y in zip(groups, labels):
        in_group = sum(g in other for other in groups)
        in_class = sum(labels == y)
        both = sum(g in other and z == y for other, z in zip(groups, labels))
        w.append(in_group * in_class / (n * both))
    return np.array(w)

# %% wrong: two_groups
# mistake: everyone who is not of the first row's group is the other group
def mitigate(labels, groups):
    first = np.array([g == groups[0] for g in groups])
    w = np.ones(len(labels))
    for mine in (first, ~first):
        for y in (0, 1):
            both = mine & (labels == y)
            if both.any():
                w[both] = mine.sum() * (labels == y).sum() / (len(labels) * both.sum())
    return w

# %% wrong: class_one_only
# mistake: only rows of class 1 get a weight, the others 1
def mitigate(labels, groups):
    groups = np.array(groups)
    w = np.ones(len(labels))
    for g in np.unique(groups):
        both = (groups == g) & (labels == 1)
        if both.any():
            w[both] = (groups == g).sum() * labels.sum() / (len(labels) * both.sum())
    return w

# %% wrong: cells_for_n
# mistake: N is the number of groups times classes
def mitigate(labels, groups):
    groups = np.array(groups)
    n = 2 * len(np.unique(groups))
    return np.array(
        [
            (groups == g).sum() * (labels == y).sum() / (n * ((groups == g) & (labels == y)).sum())
            for g, y in zip(groups, labels)
        ]
    )

# %% wrong: as_a_dictionary
# mistake: {(group, class): weight}
def mitigate(labels, groups):
    groups = np.array(groups)
    return {
        (g, int(y)): (groups == g).sum() * (labels == y).sum() / (len(labels) * ((groups == g) & (labels == y)).sum())
        for g, y in zip(groups, labels)
    }
