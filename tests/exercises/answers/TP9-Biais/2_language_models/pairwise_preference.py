# exercise: pairwise_preference

# %% right: heaviside
# style: np.heaviside with one half
def pairwise_preference(stereotype, antistereotype):
    d = [(x.sum() - y.sum(), x.mean() - y.mean()) for x, y in zip(stereotype, antistereotype)]
    s, m = np.heaviside(np.array(d), 0.5).mean(axis=0)
    return {"sum": s, "mean": m}

# %% right: fractions
# style: counting with fsum
def pairwise_preference(stereotype, antistereotype):
    import math
    wins = {"sum": 0, "mean": 0}
    for x, y in zip(stereotype, antistereotype):
        sx, sy = math.fsum(x), math.fsum(y)
        mx, my = sx / len(x), sy / len(y)
        wins["sum"] += 1 if sx > sy else 0.5 if sx == sy else 0
        wins["mean"] += 1 if mx > my else 0.5 if mx == my else 0
    return {k: v / len(stereotype) for k, v in wins.items()}

# %% right: both_sides
# style: half of wins plus not lost
def pairwise_preference(stereotype, antistereotype):
    result = {}
    for k in ("sum", "mean"):
        a = np.array([getattr(v, k)() for v in stereotype])
        b = np.array([getattr(v, k)() for v in antistereotype])
        result[k] = ((a > b).mean() + (a >= b).mean()) / 2
    return result

# %% wrong: strict
# mistake: ties are lost
def pairwise_preference(stereotype, antistereotype):
    return {k: np.mean([f(a) > f(b) for a, b in zip(stereotype, antistereotype)]) for k, f in (("sum", np.sum), ("mean", np.mean))}

# %% wrong: ge
# mistake: ties are won
def pairwise_preference(stereotype, antistereotype):
    return {k: np.mean([f(a) >= f(b) for a, b in zip(stereotype, antistereotype)]) for k, f in (("sum", np.sum), ("mean", np.mean))}

# %% wrong: probabilities
# mistake: mean of exp
def pairwise_preference(stereotype, antistereotype):
    def share(f):
        return np.mean([(np.sign(f(a) - f(b)) + 1) / 2 for a, b in zip(stereotype, antistereotype)])
    return {"sum": share(np.sum), "mean": share(lambda v: np.exp(v).mean())}

# %% wrong: zip_tokens
# mistake: token by token, to the shorter
def pairwise_preference(stereotype, antistereotype):
    def share(f):
        r = []
        for a, b in zip(stereotype, antistereotype):
            n = min(len(a), len(b))
            r.append((np.sign(f(a[:n]) - f(b[:n])) + 1) / 2)
        return np.mean(r)
    return {"sum": share(np.sum), "mean": share(np.mean)}

# %% wrong: perplexity_up
# mistake: larger loss preferred
def pairwise_preference(stereotype, antistereotype):
    def share(f):
        return np.mean([(np.sign(f(b) - f(a)) + 1) / 2 for a, b in zip(stereotype, antistereotype)])
    return {"sum": share(np.sum), "mean": share(np.mean)}

# %% wrong: absolute
# mistake: size of the difference
def pairwise_preference(stereotype, antistereotype):
    return {k: np.mean([abs(f(a) - f(b)) for a, b in zip(stereotype, antistereotype)]) for k, f in (("sum", np.sum), ("mean", np.mean))}

# %% wrong: hundred
# mistake: percent
def pairwise_preference(stereotype, antistereotype):
    def share(f):
        return 100 * np.mean([(np.sign(f(a) - f(b)) + 1) / 2 for a, b in zip(stereotype, antistereotype)])
    return {"sum": share(np.sum), "mean": share(np.mean)}

# %% wrong: no_ties
# mistake: ties out of both
def pairwise_preference(stereotype, antistereotype):
    out = {}
    for k, f in (("sum", np.sum), ("mean", np.mean)):
        won = sum(f(a) > f(b) for a, b in zip(stereotype, antistereotype))
        lost = sum(f(a) < f(b) for a, b in zip(stereotype, antistereotype))
        out[k] = won / (won + lost) if won + lost else 0.5
    return out

# %% right: sign_trick
# style: (1 + sign) / 2 is 1, one half or 0
def pairwise_preference(stereotype, antistereotype):
    result = {}
    for name, reduce in (("sum", np.sum), ("mean", np.mean)):
        left = np.array([reduce(v) for v in stereotype])
        right = np.array([reduce(v) for v in antistereotype])
        result[name] = float(np.mean((1 + np.sign(left - right)) / 2))
    return result

# %% right: counters
# style: counters with early continue, exact fractions for the result
from fractions import Fraction

def pairwise_preference(stereotype, antistereotype):
    def share(key):
        wins = ties = 0
        for s, a in zip(stereotype, antistereotype):
            ks, ka = key(s), key(a)
            if ks == ka:
                ties += 1
                continue
            wins += ks > ka
        return float(Fraction(2 * wins + ties, 2 * len(stereotype)))

    return {"sum": share(lambda v: v.sum()), "mean": share(lambda v: v.sum() / v.size)}

# %% right: heaviside_b
# style: np.heaviside, with one half at zero; map and fromiter
def pairwise_preference(stereotype, antistereotype):
    sums = [np.fromiter(map(np.sum, side), float) for side in (stereotype, antistereotype)]
    sizes = [np.fromiter(map(len, side), float) for side in (stereotype, antistereotype)]
    means = [total / n for total, n in zip(sums, sizes)]
    return {
        "mean": np.heaviside(means[0] - means[1], 0.5).mean(),
        "sum": np.heaviside(sums[0] - sums[1], 0.5).mean(),
    }

# %% right: recursion_halves
# style: recursion over halves of the list, a class that adds up points
class Points:
    def __init__(self, s, a):
        self.n = 1
        self.by = {"sum": self.point(s.sum(), a.sum()), "mean": self.point(s.mean(), a.mean())}

    @staticmethod
    def point(p, q):
        if p > q:
            return 1.0
        if p < q:
            return 0.0
        return 0.5

    def __add__(self, other):
        self.n += other.n
        for key in self.by:
            self.by[key] += other.by[key]
        return self

def pairwise_preference(stereotype, antistereotype):
    def go(i, j):
        if j - i == 1:
            return Points(stereotype[i], antistereotype[i])
        k = (i + j) // 2
        return go(i, k) + go(k, j)

    points = go(0, len(stereotype))
    return {key: value / points.n for key, value in points.by.items()}

# %% wrong: tie_is_nothing
# mistake: > : a tie counts 0
# rule: "**a tie counts one half**"
def pairwise_preference(stereotype, antistereotype):
    pairs = list(zip(stereotype, antistereotype))
    return {
        "sum": np.mean([s.sum() > a.sum() for s, a in pairs]),
        "mean": np.mean([s.mean() > a.mean() for s, a in pairs]),
    }

# %% wrong: tie_is_one
# mistake: >=
# rule: "**a tie counts one half**"
def pairwise_preference(stereotype, antistereotype):
    pairs = list(zip(stereotype, antistereotype))
    return {
        "sum": np.mean([s.sum() >= a.sum() for s, a in pairs]),
        "mean": np.mean([s.mean() >= a.mean() for s, a in pairs]),
    }

# %% wrong: ties_left_out
# mistake: takes ties out of the division
# rule: "every pair is below the line"
def pairwise_preference(stereotype, antistereotype):
    def share(p, q):
        p, q = np.array(p), np.array(q)
        clear = p != q
        return np.mean(p[clear] > q[clear]) if clear.any() else 0.5

    return {
        "sum": share([v.sum() for v in stereotype], [v.sum() for v in antistereotype]),
        "mean": share([v.mean() for v in stereotype], [v.mean() for v in antistereotype]),
    }

# %% wrong: keys_swapped
# mistake: the mean stands under "sum"
# rule: "`"sum"`: the share of pairs in which the **sum** over the tokens is larger"
def pairwise_preference(stereotype, antistereotype):
    out = {}
    for key, f in zip(("sum", "mean"), (np.mean, np.sum)):
        d = np.array([f(s) - f(a) for s, a in zip(stereotype, antistereotype)])
        out[key] = np.mean((d > 0) + 0.5 * (d == 0))
    return out

# %% wrong: one_length_for_both
# mistake: divides both sums by the length of the stereotype
# rule: "those of a pair may differ in length"
def pairwise_preference(stereotype, antistereotype):
    by_sum, by_mean = [], []
    for s, a in zip(stereotype, antistereotype):
        n = len(s)
        by_sum.append(0.5 + 0.5 * np.sign(s.sum() - a.sum()))
        by_mean.append(0.5 + 0.5 * np.sign(s.sum() / n - a.sum() / n))
    return {"sum": np.mean(by_sum), "mean": np.mean(by_mean)}

# %% wrong: cut_to_the_shorter
# mistake: cuts both sentences to the shorter one
# rule: "the **sum** over the tokens"
def pairwise_preference(stereotype, antistereotype):
    by_sum, by_mean = [], []
    for s, a in zip(stereotype, antistereotype):
        n = min(len(s), len(a))
        by_sum.append(0.5 + 0.5 * np.sign(s[:n].sum() - a[:n].sum()))
        by_mean.append(0.5 + 0.5 * np.sign(s[:n].mean() - a[:n].mean()))
    return {"sum": np.mean(by_sum), "mean": np.mean(by_mean)}

# %% wrong: sign_not_halved
# mistake: the mean of the signs, from -1 to 1
# rule: "shares from 0 to 1"
def pairwise_preference(stereotype, antistereotype):
    pairs = list(zip(stereotype, antistereotype))
    return {
        "sum": np.mean([np.sign(s.sum() - a.sum()) for s, a in pairs]),
        "mean": np.mean([np.sign(s.mean() - a.mean()) for s, a in pairs]),
    }

# %% wrong: negative_values_turned
# mistake: compares absolute values
# rule: "the **sum** over the tokens is larger on the side of the stereotype"
def pairwise_preference(stereotype, antistereotype):
    out = {}
    for key, f in (("sum", np.sum), ("mean", np.mean)):
        d = np.array([abs(f(s)) - abs(f(a)) for s, a in zip(stereotype, antistereotype)])
        out[key] = np.mean((d > 0) + 0.5 * (d == 0))
    return out

# %% wrong: mean_of_probabilities
# mistake: the mean of the probabilities, not of their logarithms
# rule: "`"mean"`: the same with the **mean** over the tokens"
def pairwise_preference(stereotype, antistereotype):
    def score(d):
        return 1.0 if d > 0 else 0.5 if d == 0 else 0.0

    pairs = list(zip(stereotype, antistereotype))
    return {
        "sum": np.mean([score(s.sum() - a.sum()) for s, a in pairs]),
        "mean": np.mean([score(np.exp(s).mean() - np.exp(a).mean()) for s, a in pairs]),
    }

# %% wrong: median_for_mean
# mistake: the median over the tokens
# rule: "`"mean"`: the same with the **mean** over the tokens"
def pairwise_preference(stereotype, antistereotype):
    out = {}
    for key, f in (("sum", np.sum), ("mean", np.median)):
        d = np.array([f(s) - f(a) for s, a in zip(stereotype, antistereotype)])
        out[key] = np.mean((d > 0) + 0.5 * (d == 0))
    return out
