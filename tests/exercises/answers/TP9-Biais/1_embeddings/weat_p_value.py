# exercise: weat_p_value

# %% right: masks
# style: a mask for each partition
def weat_p_value(x, y, a, b):
    s = np.append(association(x, a, b), association(y, a, b))
    real = s[:len(x)].mean() - s[len(x):].mean()
    hits = []
    for c in combinations(range(len(s)), len(x)):
        m = np.zeros(len(s), bool)
        m[list(c)] = True
        hits.append(s[m].mean() - s[~m].mean() > real - 1e-9)
    return np.mean(hits)

# %% right: bits
# style: counts through binary numbers
def weat_p_value(x, y, a, b):
    s = list(association(x, a, b)) + list(association(y, a, b))
    n, k = len(s), len(x)
    observed = sum(s[:k]) / k - sum(s[k:]) / (n - k)
    good = total = 0
    for bits in range(2 ** n):
        if bin(bits).count("1") != k:
            continue
        total += 1
        one = [s[i] for i in range(n) if bits >> i & 1]
        two = [s[i] for i in range(n) if not bits >> i & 1]
        diff = sum(one) / k - sum(two) / (n - k)
        if diff > observed or abs(diff - observed) < 1e-9:
            good += 1
    return good / total

# %% right: isclose
# style: combinations of values, the rest from the total
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k, n = len(x), len(s)
    d = lambda top: top / k - (s.sum() - top) / (n - k)
    ds = np.array([d(sum(c)) for c in combinations(s, k)])
    obs = d(s[:k].sum())
    return float(((ds > obs) | np.isclose(ds, obs, rtol=0, atol=1e-9)).mean())

# %% wrong: greater
# mistake: strictly greater
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    obs = s[:k].mean() - s[k:].mean()
    n = hit = 0
    for c in combinations(range(len(s)), k):
        rest = [i for i in range(len(s)) if i not in c]
        n += 1
        hit += s[list(c)].mean() - s[rest].mean() > obs + 1e-9
    return hit / n

# %% wrong: plus_one
# mistake: (1 + count) / (1 + all)
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    sums = np.array([s[list(c)].sum() for c in combinations(range(len(s)), k)])
    return (1 + (sums >= s[:k].sum() - 1e-9).sum()) / (1 + len(sums))

# %% wrong: sampled
# mistake: drawn permutations, not all
def weat_p_value(x, y, a, b):
    rng = np.random.default_rng(0)
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    obs = s[:k].sum()
    return (1 + sum(rng.permutation(s)[:k].sum() >= obs - 1e-9 for _ in range(999))) / 1000

# %% wrong: replacement
# mistake: drawn with replacement, as in the notebook
def weat_p_value(x, y, a, b):
    rng = np.random.default_rng(0)
    s, t = association(x, a, b), association(y, a, b)
    both = np.concatenate([s, t])
    count = 0
    for _ in range(1000):
        d = rng.choice(both, len(both))
        count += d[:len(s)].mean() - d[len(s):].mean() > s.mean() - t.mean()
    return count / 1000

# %% wrong: two_sided
# mistake: absolute differences
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    f = lambda c: abs(s[list(c)].mean() - np.delete(s, list(c)).mean())
    obs = f(range(k))
    return np.mean([f(c) >= obs - 1e-9 for c in combinations(range(len(s)), k)])

# %% wrong: less
# mistake: counts the partitions below
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    f = lambda c: s[list(c)].mean() - np.delete(s, list(c)).mean()
    return np.mean([f(c) <= f(range(k)) + 1e-9 for c in combinations(range(len(s)), k)])

# %% wrong: half
# mistake: partitions into halves
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(s) // 2
    f = lambda c: s[list(c)].mean() - np.delete(s, list(c)).mean()
    obs = s[:len(x)].mean() - s[len(x):].mean()
    return np.mean([f(c) >= obs - 1e-9 for c in combinations(range(len(s)), k)])

# %% wrong: float_ties
# mistake: compares rounded numbers exactly
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    f = lambda c: s[list(c)].mean() - np.delete(s, list(c)).mean()
    return np.mean([f(c) >= f(range(k)) for c in combinations(range(len(s)), k)])

# %% wrong: normal
# mistake: a normal approximation
def weat_p_value(x, y, a, b):
    from math import erf, sqrt
    s, t = association(x, a, b), association(y, a, b)
    both = np.concatenate([s, t])
    z = (s.mean() - t.mean()) / (both.std(ddof=1) * sqrt(1 / len(s) + 1 / len(t)))
    return 0.5 * (1 - erf(z / sqrt(2)))

# %% wrong: loose
# mistake: differences nearer than 0.01 count as equal
def weat_p_value(x, y, a, b):
    s = np.concatenate([association(x, a, b), association(y, a, b)])
    k = len(x)
    f = lambda c: s[list(c)].mean() - np.delete(s, list(c)).mean()
    return np.mean([f(c) >= f(range(k)) - 0.1 for c in combinations(range(len(s)), k)])
