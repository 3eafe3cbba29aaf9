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

# %% right: product_and_library
# style: itertools.product, and the library function that the text offers
from itertools import product

def seat_effect_size(encode, x, y, a, b, templates):
    sets = [encode([t.format(w) for w, t in product(words, templates)]) for words in (x, y, a, b)]
    return bias.weat_effect_size(*sets)

# %% right: one_call
# style: one call of encode for all sentences, cut with np.split; replace; own formula
def seat_effect_size(encode, x, y, a, b, templates):
    sentences, sizes = [], []
    for words in (x, y, a, b):
        for t in templates:
            for w in words:
                sentences.append(t.replace("{}", w))
        sizes.append(len(words) * len(templates))
    v = np.asarray(encode(sentences), dtype=float)
    v = v / np.linalg.norm(v, axis=1, keepdims=True)
    X, Y, A, B = np.split(v, np.cumsum(sizes)[:-1])
    s_x = (X @ A.T).mean(axis=1) - (X @ B.T).mean(axis=1)
    s_y = (Y @ A.T).mean(axis=1) - (Y @ B.T).mean(axis=1)
    return (s_x.mean() - s_y.mean()) / np.concatenate([s_x, s_y]).std(ddof=1)

# %% right: sentence_by_sentence
# style: one sentence at a time, split / join, plain sums
import statistics

def seat_effect_size(encode, x, y, a, b, templates):
    def vectors(words):
        found = []
        for word in words:
            for template in templates:
                before, after = template.split("{}")
                found.append(encode([before + word + after])[0])
        return found

    def cos(u, v):
        return float(np.dot(u, v)) / float(np.sqrt(np.dot(u, u)) * np.sqrt(np.dot(v, v)))

    va, vb = vectors(a), vectors(b)

    def s(w):
        return sum(cos(w, u) for u in va) / len(va) - sum(cos(w, u) for u in vb) / len(vb)

    sx, sy = [s(w) for w in vectors(x)], [s(w) for w in vectors(y)]
    return (statistics.fmean(sx) - statistics.fmean(sy)) / statistics.stdev(sx + sy)

# %% right: class
# style: a class that holds the encoder and the templates; einsum; a set for each template, joined after
class Seat:
    def __init__(self, encode, templates):
        self.encode, self.templates = encode, templates

    def embed(self, words):
        parts = [self.encode([str.format(t, w) for w in words]) for t in self.templates]
        rows = np.concatenate(parts)
        return rows / np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]

def seat_effect_size(encode, x, y, a, b, templates):
    seat = Seat(encode, templates)
    axis = seat.embed(a).mean(0) - seat.embed(b).mean(0)
    s, t = seat.embed(x) @ axis, seat.embed(y) @ axis
    return float((s.mean() - t.mean()) / np.std(np.r_[s, t], ddof=1))

# %% wrong: mean_over_templates
# mistake: one vector for each word: the mean of its sentences
# rule: "every sentence is one member of its set: 8 words in 3 templates are a set of 24 vectors"
def seat_effect_size(encode, x, y, a, b, templates):
    def embed(words):
        return np.array([encode([t.format(w) for t in templates]).mean(axis=0) for w in words])

    return bias.weat_effect_size(embed(x), embed(y), embed(a), embed(b))

# %% wrong: mean_of_effect_sizes
# mistake: one d for each template, then the mean of them
# rule: "8 words in 3 templates are a set of 24 vectors"
def seat_effect_size(encode, x, y, a, b, templates):
    values = []
    for t in templates:
        sets = [encode([t.format(w) for w in words]) for words in (x, y, a, b)]
        values.append(bias.weat_effect_size(*sets))
    return np.mean(values)

# %% wrong: first_template_b
# mistake: return inside the loop: only the first template
# rule: "**each word of each list stands in each template**"
def seat_effect_size(encode, x, y, a, b, templates):
    for t in templates:
        sets = [encode([t.format(w) for w in words]) for words in (x, y, a, b)]
        return bias.weat_effect_size(*sets)

# %% wrong: bare_attributes
# mistake: only the targets are put in templates
# rule: "**each word of each list stands in each template**"
def seat_effect_size(encode, x, y, a, b, templates):
    def embed(words):
        return encode([t.format(w) for w in words for t in templates])

    return bias.weat_effect_size(embed(x), embed(y), encode(list(a)), encode(list(b)))

# %% wrong: zipped
# mistake: the i-th word in the i-th template only, starting again when they run out
# rule: "**each word of each list stands in each template**"
from itertools import cycle

def seat_effect_size(encode, x, y, a, b, templates):
    def embed(words):
        return encode([t.format(w) for w, t in zip(words, cycle(templates))])

    return bias.weat_effect_size(embed(x), embed(y), embed(a), embed(b))

# %% wrong: ddof_0
# mistake: n below the squares
# rule: "with the deviation of a sample ($n - 1$ below the line)"
def seat_effect_size(encode, x, y, a, b, templates):
    def embed(words):
        v = encode([t.format(w) for w in words for t in templates])
        return v / np.linalg.norm(v, axis=1, keepdims=True)

    A, B = embed(a), embed(b)
    s = (embed(x) @ A.T).mean(1) - (embed(x) @ B.T).mean(1)
    t = (embed(y) @ A.T).mean(1) - (embed(y) @ B.T).mean(1)
    return (s.mean() - t.mean()) / np.concatenate([s, t]).std()

# %% wrong: dot_products
# mistake: dot products of rows that are not of length 1
# rule: "the rows are not of length 1"
def seat_effect_size(encode, x, y, a, b, templates):
    X, Y, A, B = (encode([t.format(w) for w in l for t in templates]) for l in (x, y, a, b))
    s = (X @ A.T).mean(1) - (X @ B.T).mean(1)
    t = (Y @ A.T).mean(1) - (Y @ B.T).mean(1)
    return (s.mean() - t.mean()) / np.concatenate([s, t]).std(ddof=1)

# %% wrong: last_word_of_two
# mistake: splits each entry at spaces and takes the last word
# rule: "a word may be two ("wild rose")"
def seat_effect_size(encode, x, y, a, b, templates):
    sets = []
    for words in (x, y, a, b):
        sets.append(encode([t.format(w.split()[-1]) for w in words for t in templates]))
    return bias.weat_effect_size(*sets)

# %% wrong: word_at_the_end
# mistake: removes {} and writes the word at the end of the template
# rule: "In a template, `{}` stands once, where the word goes."
def seat_effect_size(encode, x, y, a, b, templates):
    def embed(words):
        return encode([t.replace("{}", "").strip() + " " + w for w in words for t in templates])

    return bias.weat_effect_size(embed(x), embed(y), embed(a), embed(b))

# %% wrong: attributes_swapped
# mistake: X, Y, B, A
# rule: "bias.weat_effect_size(X, Y, A, B)"
def seat_effect_size(encode, x, y, a, b, templates):
    X, Y, B, A = [encode([t.format(w) for w in l for t in templates]) for l in (x, y, a, b)]
    return bias.weat_effect_size(X, Y, A, B)
