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
