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

# %% right: mask_and_generator
# style: boolean mask for each partition, one generator, mean of booleans
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    k = len(x)

    def gap(places):
        inside = np.isin(np.arange(len(s)), places)
        return s[inside].mean() - s[~inside].mean()

    observed = gap(range(k))
    return np.mean([gap(list(p)) > observed - 1e-9 for p in combinations(range(len(s)), k)])

# %% right: recursion
# style: recursion: each word goes to X or to Y; counts (hits, partitions)
def weat_p_value(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    k, m = len(s), len(t)
    observed = s.mean() - t.mean()
    rest = [*s, *t]

    def walk(i, left, right):
        if i == len(rest):
            difference = sum(left) / k - sum(right) / m
            return (1 if difference >= observed or abs(difference - observed) < 1e-9 else 0), 1
        hits = total = 0
        if len(left) < k:
            h, n = walk(i + 1, left + [rest[i]], right)
            hits, total = hits + h, total + n
        if len(right) < m:
            h, n = walk(i + 1, left, right + [rest[i]])
            hits, total = hits + h, total + n
        return hits, total

    hits, total = walk(0, [], [])
    return hits / total

# %% right: indicator_matrix
# style: all partitions as rows of weights 1/k and -1/m, one matrix product
def weat_p_value(x, y, a, b):
    k, m = x.shape[0], y.shape[0]
    s = np.hstack([association(x, a, b), association(y, a, b)])
    chosen = np.array(list(combinations(range(k + m), k)))
    weights = np.full((len(chosen), k + m), -1 / m)
    np.put_along_axis(weights, chosen, 1 / k, axis=1)
    gaps = weights @ s
    return np.count_nonzero(gaps >= gaps[0] - 1e-9) / len(gaps)

# %% right: bit_counting
# style: counts from 0 to 2**n - 1 and keeps the numbers with as many bits as X has words
from fractions import Fraction

def weat_p_value(x, y, a, b):
    s = list(association(x, a, b)) + list(association(y, a, b))
    n, k = len(s), len(x)
    observed = np.mean(s[:k]) - np.mean(s[k:])
    reached, partitions = 0, 0
    for code in range(1 << n):
        if bin(code).count("1") != k:
            continue
        partitions += 1
        one = [s[i] for i in range(n) if code >> i & 1]
        other = [s[i] for i in range(n) if not code >> i & 1]
        if np.mean(one) - np.mean(other) + 1e-9 > observed:
            reached += 1
    return float(Fraction(reached, partitions))

# %% wrong: strictly_larger
# mistake: > with the tolerance on the wrong side: the observed partition and ties do not count
# rule: "**at least as large** as the observed one"
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations(range(n), k):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() > observed + 1e-9
        total += 1
    return count / total

# %% wrong: no_tolerance
# mistake: >= on rounded sums
# rule: "**Two differences that are less than 1e-9 apart are equal**, and equal ones count."
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations(range(n), k):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() >= observed
        total += 1
    return count / total

# %% wrong: two_sided_b
# mistake: absolute values
# rule: "**One-sided**: a large difference in favour of Y does not count."
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = abs(s[:k].mean() - s[k:].mean())
    hits = []
    for c in combinations(range(n), k):
        rest = [i for i in range(n) if i not in c]
        hits.append(abs(s[list(c)].mean() - s[rest].mean()) >= observed - 1e-9)
    return np.mean(hits)

# %% wrong: one_added
# mistake: (1 + count) / (1 + total) although all partitions are there
# rule: "The observed partition is one of them"
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations(range(n), k):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() >= observed - 1e-9
        total += 1
    return (1 + count) / (1 + total)

# %% wrong: observed_left_out
# mistake: skips the first partition, which is the observed one
# rule: "The observed partition is one of them: p is never 0."
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    others = list(combinations(range(n), k))[1:]
    count = 0
    for c in others:
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() >= observed - 1e-9
    return count / len(others)

# %% wrong: sums_not_means
# mistake: difference of the sums, which is another order for sets of unlike size
# rule: "mean of s over X minus mean of s over Y"
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations(range(n), k):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].sum() - s[rest].sum() >= observed - 1e-9
        total += 1
    return count / total

# %% wrong: two_halves
# mistake: splits the words into halves, whatever the sizes of X and Y
# rule: "any other partition (*partition*) of the same words into sets of these sizes"
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations(range(n), n // 2):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() >= observed - 1e-9
        total += 1
    return count / total

# %% wrong: drawn_at_random
# mistake: draws 1000 permutations instead of counting all partitions
# rule: "**All** partitions count, none is drawn at random."
def weat_p_value(x, y, a, b):
    rng = np.random.default_rng(0)
    s = association(np.concatenate([x, y]), a, b)
    k = len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = 0
    for _ in range(1000):
        z = rng.permutation(s)
        count += z[:k].mean() - z[k:].mean() >= observed - 1e-9
    return (count + 1) / 1001

# %% wrong: values_for_places
# mistake: chooses values, and takes "the values that were not chosen" for the rest: equal values vanish
# rule: "lists all ways to choose k of n places"
def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b).tolist()
    s, t = s[: len(x)], s[len(x) :]
    observed = np.mean(s) - np.mean(t)
    count = total = 0
    for c in combinations(s + t, len(s)):
        rest = [v for v in s + t if v not in c]
        if len(rest) == 0:
            continue
        count += np.mean(c) - np.mean(rest) >= observed - 1e-9
        total += 1
    return count / total

# %% wrong: with_replacement
# mistake: combinations_with_replacement: a word may stand twice in X; the rest is what is left
# rule: "partition (*partition*) of the same words into sets of these sizes"
from itertools import combinations_with_replacement

def weat_p_value(x, y, a, b):
    s = association(np.concatenate([x, y]), a, b)
    n, k = len(s), len(x)
    observed = s[:k].mean() - s[k:].mean()
    count = total = 0
    for c in combinations_with_replacement(range(n), k):
        rest = [i for i in range(n) if i not in c]
        count += s[list(c)].mean() - s[rest].mean() >= observed - 1e-9
        total += 1
    return count / total
