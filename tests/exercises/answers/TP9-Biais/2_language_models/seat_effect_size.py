# exercise: seat_effect_size

# %% right: statistics
# style: statistics.stdev and a cosine function
def seat_effect_size(encode, x, y, a, b, templates):
    import statistics
    from itertools import product
    sents = lambda ws: [t.format(w) for w, t in product(ws, templates)]
    cos = lambda p, q: p.dot(q) / np.linalg.norm(p) / np.linalg.norm(q)
    A = encode(sents(a)); B = encode(sents(b))
    def s(v):
        return statistics.mean(cos(v, q) for q in A) - statistics.mean(cos(v, q) for q in B)
    sx = [float(s(v)) for v in encode(sents(x))]
    sy = [float(s(v)) for v in encode(sents(y))]
    return (statistics.mean(sx) - statistics.mean(sy)) / statistics.stdev(sx + sy)

# %% right: torch
# style: torch's normalize, mean and std
def seat_effect_size(encode, x, y, a, b, templates):
    import torch
    def unit(words):
        rows = []
        for t in templates:
            for w in words:
                before, after = t.split("{}")
                rows.append(before + w + after)
        return torch.nn.functional.normalize(torch.tensor(encode(rows)), dim=1)
    x, y, a, b = map(unit, (x, y, a, b))
    w = torch.cat([x, y])
    s = (w @ a.T).mean(1) - (w @ b.T).mean(1)
    return float((s[: len(x)].mean() - s[len(x):].mean()) / s.std())

# %% right: mean_of_units
# style: one encode of everything, mean of unit vectors
def seat_effect_size(encode, x, y, a, b, templates):
    words = list(x) + list(y) + list(a) + list(b)
    E = np.asarray(encode([t.replace("{}", w) for w in words for t in templates]))
    E = E / np.sqrt((E * E).sum(-1))[:, None]
    cuts = np.cumsum([len(v) * len(templates) for v in (x, y, a)])
    X, Y, A, B = np.split(E, cuts)
    g = A.mean(0) - B.mean(0)
    sx, sy = X @ g, Y @ g
    return (sx.mean() - sy.mean()) / np.std(np.r_[sx, sy], ddof=1)

# %% wrong: np_std
# mistake: population deviation
def seat_effect_size(encode, x, y, a, b, templates):
    f = lambda ws: encode([t.format(w) for w in ws for t in templates])
    n = lambda v: v / np.linalg.norm(v, axis=1)[:, None]
    X, Y, A, B = (n(f(w)) for w in (x, y, a, b))
    s = lambda w: (w @ A.T).mean(1) - (w @ B.T).mean(1)
    return (s(X).mean() - s(Y).mean()) / np.std(np.concatenate([s(X), s(Y)]))

# %% wrong: cohen
# mistake: mean of the two variances
def seat_effect_size(encode, x, y, a, b, templates):
    f = lambda ws: encode([t.format(w) for w in ws for t in templates])
    n = lambda v: v / np.linalg.norm(v, axis=1)[:, None]
    X, Y, A, B = (n(f(w)) for w in (x, y, a, b))
    s = lambda w: (w @ A.T).mean(1) - (w @ B.T).mean(1)
    return (s(X).mean() - s(Y).mean()) / np.sqrt((s(X).var() + s(Y).var()) / 2)

# %% wrong: targets_only
# mistake: attributes stay words
def seat_effect_size(encode, x, y, a, b, templates):
    fill = lambda ws: [t.format(w) for w in ws for t in templates]
    return bias.weat_effect_size(encode(fill(x)), encode(fill(y)), encode(a), encode(b))

# %% wrong: first_template
# mistake: templates[0]
def seat_effect_size(encode, x, y, a, b, templates):
    fill = lambda ws: [templates[0].format(w) for w in ws]
    return bias.weat_effect_size(*(encode(fill(v)) for v in (x, y, a, b)))

# %% wrong: mean_d
# mistake: mean over templates of d
def seat_effect_size(encode, x, y, a, b, templates):
    return np.mean([bias.weat_effect_size(*(encode([t.format(w) for w in v]) for v in (x, y, a, b))) for t in templates])

# %% wrong: word_means
# mistake: a vector a word
def seat_effect_size(encode, x, y, a, b, templates):
    v = lambda ws: np.array([encode([t.format(w) for t in templates]).mean(0) for w in ws])
    return bias.weat_effect_size(v(x), v(y), v(a), v(b))

# %% wrong: dots
# mistake: no norms
def seat_effect_size(encode, x, y, a, b, templates):
    X, Y, A, B = (encode([t.format(w) for w in v for t in templates]) for v in (x, y, a, b))
    s = lambda w: (w @ A.T).mean(1) - (w @ B.T).mean(1)
    return (s(X).mean() - s(Y).mean()) / np.std(np.r_[s(X), s(Y)], ddof=1)

# %% wrong: attributes_first
# mistake: roles reversed
def seat_effect_size(encode, x, y, a, b, templates):
    X, Y, A, B = (encode([t.format(w) for w in v for t in templates]) for v in (x, y, a, b))
    return bias.weat_effect_size(A, B, X, Y)

# %% wrong: absolute
# mistake: abs
def seat_effect_size(encode, x, y, a, b, templates):
    X, Y, A, B = (encode([t.format(w) for w in v for t in templates]) for v in (x, y, a, b))
    return abs(bias.weat_effect_size(X, Y, A, B))
