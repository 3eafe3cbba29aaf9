# exercise: standardize

# %% right: mean_std_where
# style: mean, std, np.where
def standardize(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train - mean) / std, (test - mean) / std

# %% right: column_loop
# style: loop over the columns
def standardize(train, test):
    a = np.zeros(train.shape)
    b = np.zeros(test.shape)
    for j in range(train.shape[1]):
        mu = train[:, j].mean()
        sigma = train[:, j].std()
        if sigma == 0:
            sigma = 1
        a[:, j] = (train[:, j] - mu) / sigma
        b[:, j] = (test[:, j] - mu) / sigma
    return a, b

# %% right: formula
# style: sums and square root by hand, local function
def standardize(train, test):
    N = len(train)
    moyenne = np.sum(train, axis=0) / N
    ecart = np.sqrt(np.sum((train - moyenne) ** 2, axis=0) / N)
    ecart[ecart == 0] = 1.0

    def transformer(x):
        return (x - moyenne) / ecart

    return transformer(train), transformer(test)

# %% right: constant_by_peak_to_peak
# style: constant columns by max == min
def standardize(train, test):
    constant = train.max(0) == train.min(0)
    mu = np.where(constant, train[0], train.mean(0))
    sigma = np.where(constant, 1.0, train.std(0))
    return tuple((part - mu) / sigma for part in (train, test))

# %% right: divide_where
# style: np.divide with where
def standardize(train, test):
    mu = np.average(train, axis=0)
    s = np.std(train, axis=0, keepdims=True)
    out = []
    for x in (train, test):
        c = x - mu
        out.append(np.divide(c, s, out=c.astype(float), where=s > 0))
    return out[0], out[1]

# %% right: nested_lists
# style: comprehensions and math
def standardize(train, test):
    import math
    columns = list(zip(*train.tolist()))
    stats = []
    for column in columns:
        m = math.fsum(column) / len(column)
        v = math.fsum((c - m) ** 2 for c in column) / len(column)
        stats.append((m, math.sqrt(v) or 1.0))
    f = lambda x: np.array([[(v - m) / s for v, (m, s) in zip(row, stats)] for row in x.tolist()])
    return f(train), f(test)

# %% right: add_boolean
# style: std + (std == 0)
def standardize(train, test):
    sigma = train.std(0)
    sigma = sigma + (sigma == 0)
    return (train - train.mean(0)) / sigma, (test - train.mean(0)) / sigma

# %% wrong: own_statistics
# mistake: the test part has its own mean and deviation
# rule: "They come from the *training* part alone, and both parts are transformed with them."
def standardize(train, test):
    def f(x):
        s = x.std(axis=0)
        return (x - x.mean(axis=0)) / np.where(s == 0, 1, s)
    return f(train), f(test)

# %% wrong: joint_statistics
# mistake: mean and deviation of both parts together
# rule: "They come from the *training* part alone"
def standardize(train, test):
    both = np.concatenate([train, test])
    m, s = both.mean(axis=0), both.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s

# %% wrong: sample_deviation
# mistake: ddof=1
# rule: "sigma_j = sqrt(1/N sum (x_ij - mu_j)^2)"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0, ddof=1)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s

# %% wrong: rows
# mistake: axis=1, mean of each row
# rule: "**Standardise** each column"
def standardize(train, test):
    def f(x):
        s = x.std(axis=1, keepdims=True)
        return (x - x.mean(axis=1, keepdims=True)) / np.where(s == 0, 1, s)
    return f(train), f(test)

# %% wrong: whole_table
# mistake: one mean and one deviation for the whole table
# rule: "subtract its mean, divide by its standard deviation"
def standardize(train, test):
    m, s = train.mean(), train.std()
    s = 1 if s == 0 else s
    return (train - m) / s, (test - m) / s

# %% wrong: division_by_zero
# mistake: constant columns become nan
# rule: "**A constant column** ... has sigma = 0. Divide by 1 instead."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    return (train - m) / s, (test - m) / s

# %% wrong: epsilon
# mistake: + 1e-8: a column constant in train becomes huge in test
# rule: "Divide by 1 instead."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - m) / s, (test - m) / s

# %% wrong: constant_test_zero
# mistake: nan_to_num: constant columns are 0 also where the test part differs
# rule: "A column constant in train is only centred."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    with np.errstate(all="ignore"):
        return tuple(np.nan_to_num((x - m) / s, nan=0, posinf=0, neginf=0) for x in (train, test))

# %% wrong: constant_not_centred
# mistake: constant columns stay as they are
# rule: "A column constant in train is only centred."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    a, b = train.astype(float), test.astype(float)
    ok = s > 0
    a[:, ok] = (train[:, ok] - m[ok]) / s[ok]
    b[:, ok] = (test[:, ok] - m[ok]) / s[ok]
    return a, b

# %% wrong: constant_removed
# mistake: constant columns are removed
# rule: "Returns two arrays, (N, D) and (M, D)."
def standardize(train, test):
    ok = train.std(axis=0) > 0
    m, s = train[:, ok].mean(axis=0), train[:, ok].std(axis=0)
    return (train[:, ok] - m) / s, (test[:, ok] - m) / s

# %% wrong: in_place
# mistake: -= changes the arrays
# rule: "Do not change the lists and arrays that you are given"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    if train.dtype.kind == "f":
        train -= m
        train /= s
    else:
        train = (train - m) / s
    return train, (test - m) / s

# %% wrong: test_untouched
# mistake: the test part is not transformed
# rule: "both parts are transformed with them"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, test.copy()

# %% wrong: test_not_centred
# mistake: the test part is only divided
# rule: "both parts are transformed with them"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, test / s

# %% wrong: variance
# mistake: divides by the variance
# rule: "divide by its standard deviation"
def standardize(train, test):
    m, s = train.mean(axis=0), train.var(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s

# %% wrong: min_max
# mistake: scales to 0 ... 1
# rule: "subtract its mean, divide by its standard deviation"
def standardize(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    r = np.where(high == low, 1, high - low)
    return (train - low) / r, (test - low) / r

# %% wrong: constant_in_test
# mistake: asks the test part for constant columns
# rule: "A column constant in train is only centred."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s_test = np.where(test.std(axis=0) == 0, 1, s)
    s_train = np.where(s == 0, 1, s)
    with np.errstate(all="ignore"):
        return (train - m) / s_train, (test - m) / s_test

# %% wrong: small_deviations
# mistake: a deviation below 1 counts as 1
# rule: "Columns with mean 0 and standard deviation 1 in the training part"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.maximum(s, 1)
    return (train - m) / s, (test - m) / s

# %% wrong: integer_result
# mistake: results are written into a copy of the array: whole numbers are cut off
# rule: "Columns with mean 0 and standard deviation 1 in the training part"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    a, b = train.copy(), test.copy()
    a[:] = (train - m) / s
    b[:] = (test - m) / s
    return a, b

# %% wrong: root_of_square_mean
# mistake: deviation without the mean: sqrt(mean(x^2))
# rule: "sigma_j = sqrt(1/N sum (x_ij - mu_j)^2)"
def standardize(train, test):
    m, s = train.mean(axis=0), np.sqrt((train**2).mean(axis=0))
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s

# %% wrong: centred_statistics
# mistake: the test part uses the mean of the transformed training part (0)
# rule: "both parts are transformed with them"
def standardize(train, test):
    s = train.std(axis=0)
    s = np.where(s == 0, 1, s)
    train = (train - train.mean(axis=0)) / s
    return train, (test - train.mean(axis=0)) / s

# %% wrong: train_only
# mistake: returns one array
# rule: "Returns two arrays, (N, D) and (M, D)."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s

# %% wrong: absolute_deviation
# mistake: mean absolute deviation
# rule: "sigma_j = sqrt(1/N sum (x_ij - mu_j)^2)"
def standardize(train, test):
    m = train.mean(axis=0)
    s = np.abs(train - m).mean(axis=0)
    s = np.where(s == 0, 1, s)
    return (train - m) / s, (test - m) / s

# %% wrong: no_brackets
# mistake: train - mean / std
# rule: "x'_ij = (x_ij - mu_j) / sigma_j"
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    s = np.where(s == 0, 1, s)
    return train - m / s, test - m / s

# %% wrong: any_constant
# mistake: if one column is constant, no column is divided
# rule: "A column constant in train is only centred."
def standardize(train, test):
    m, s = train.mean(axis=0), train.std(axis=0)
    if (s == 0).any():
        s = np.ones_like(s)
    return (train - m) / s, (test - m) / s

# %% right: where
# style: as the text suggests
def standardize(train, test):
    mu, sigma = train.mean(axis=0), train.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (train - mu) / sigma, (test - mu) / sigma

# %% right: column_loop_again
# style: column by column with lists
def standardize(train, test):
    a, b = np.zeros(train.shape), np.zeros(test.shape)
    for j in range(train.shape[1]):
        col = train[:, j]
        m = sum(col.tolist()) / len(col)
        s = (sum((v - m) ** 2 for v in col.tolist()) / len(col)) ** 0.5
        if s == 0:
            s = 1
        a[:, j] = (col - m) / s
        b[:, j] = (test[:, j] - m) / s
    return a, b

# %% right: copies_in_place
# style: float copies changed in place, mask for the constant columns
def standardize(train, test):
    train, test = np.array(train, dtype=float), np.array(test, dtype=float)
    moyenne = np.mean(train, axis=0)
    ecart = np.sqrt(np.mean((train - moyenne) ** 2, axis=0))
    ecart[train.max(axis=0) == train.min(axis=0)] = 1
    for t in (train, test):
        t -= moyenne
        t /= ecart
    return train, test

# %% right: inner_function
# style: a local function, variance by E[(x-m)^2] through np.var, s + (s == 0)
def standardize(train, test):
    center = train.mean(0)
    s = np.sqrt(np.var(train, axis=0))
    s = s + (s == 0)
    transform = lambda x: np.divide(np.subtract(x, center), s)
    return tuple(map(transform, (train, test)))

# %% wrong: own_statistics_again
# mistake: each part with its own mean and std
# rule: "They come from the *training* part alone, and both parts are transformed with them."
def standardize(train, test):
    def f(x):
        s = x.std(axis=0)
        return (x - x.mean(axis=0)) / np.where(s == 0, 1, s)
    return f(train), f(test)

# %% wrong: whole_array
# mistake: one mean and std for the whole array
# rule: "**Standardise** each column"
def standardize(train, test):
    s = train.std()
    s = s if s > 0 else 1
    return (train - train.mean()) / s, (test - train.mean()) / s

# %% wrong: constant_forgotten
# mistake: divides by 0 for a constant column
# rule: "**A constant column** ... has σ = 0. Divide by 1 instead."
def standardize(train, test):
    mu, sigma = train.mean(axis=0), train.std(axis=0)
    return (train - mu) / sigma, (test - mu) / sigma

# %% wrong: ddof_1
# mistake: divides by N - 1
# rule: "σ_j = sqrt(1/N sum ...)"
def standardize(train, test):
    mu, sigma = train.mean(axis=0), train.std(axis=0, ddof=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (train - mu) / sigma, (test - mu) / sigma

# %% wrong: pooled
# mistake: statistics of train and test together
# rule: "They come from the *training* part alone"
def standardize(train, test):
    both = np.concatenate([train, test])
    mu, sigma = both.mean(axis=0), both.std(axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (train - mu) / sigma, (test - mu) / sigma

# %% wrong: constant_not_centred_again
# mistake: a constant column is left as it is
# rule: "A column constant in train is only centred."
def standardize(train, test):
    mu, sigma = train.mean(axis=0), train.std(axis=0)
    mu = np.where(sigma == 0, 0.0, mu)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (train - mu) / sigma, (test - mu) / sigma

# %% wrong: constant_test_zero_again
# mistake: a column constant in train is set to 0 in test as well
# rule: "A column constant in train is only centred." (the test part by the same rule)
def standardize(train, test):
    mu, sigma = train.mean(axis=0), train.std(axis=0)
    safe = np.where(sigma == 0, 1.0, sigma)
    a, b = (train - mu) / safe, (test - mu) / safe
    b[:, sigma == 0] = 0
    return a, b

# %% wrong: variance_again
# mistake: divides by the variance
# rule: "subtract its mean, divide by its standard deviation"
def standardize(train, test):
    mu, v = train.mean(axis=0), train.var(axis=0)
    v = np.where(v == 0, 1.0, v)
    return (train - mu) / v, (test - mu) / v
