# exercise: association

# %% right: own_cosines
# style: everything again by hand
def association(w, a, b):
    def unit(m):
        return m / np.sqrt(np.sum(m ** 2, axis=1, keepdims=True))
    near_a = np.mean(unit(w) @ unit(a).T, axis=1)
    near_b = np.mean(unit(w) @ unit(b).T, axis=1)
    return np.subtract(near_a, near_b)

# %% right: comprehension
# style: a number for each word, with the earlier answer
def association(w, a, b):
    return np.array([cosine_similarity(u[None], a).mean() - cosine_similarity(u[None], b).mean() for u in w])

# %% right: weights
# style: one product with weights 1/K and -1/L
def association(w, a, b):
    both = np.vstack([a, b])
    weights = np.concatenate([np.full(len(a), 1 / len(a)), np.full(len(b), -1 / len(b))])
    return cosine_similarity(w, both) @ weights

# %% wrong: sums
# mistake: sums of cosines
def association(w, a, b):
    return cosine_similarity(w, a).sum(1) - cosine_similarity(w, b).sum(1)

# %% wrong: reversed
# mistake: B first
def association(w, a, b):
    return cosine_similarity(w, b).mean(1) - cosine_similarity(w, a).mean(1)

# %% wrong: no_axis
# mistake: one number for all words
def association(w, a, b):
    return cosine_similarity(w, a).mean() - cosine_similarity(w, b).mean()

# %% wrong: axis_0
# mistake: mean over the words
def association(w, a, b):
    return cosine_similarity(w, a).mean(0) - cosine_similarity(w, b).mean(0)

# %% wrong: of_the_mean
# mistake: the cosine with the mean attribute
def association(w, a, b):
    return cosine_similarity(w, a.mean(0)[None])[:, 0] - cosine_similarity(w, b.mean(0)[None])[:, 0]

# %% wrong: ratio
# mistake: a quotient in place of a difference
def association(w, a, b):
    return cosine_similarity(w, a).mean(1) / cosine_similarity(w, b).mean(1)

# %% wrong: median
# mistake: medians
def association(w, a, b):
    return np.median(cosine_similarity(w, a), axis=1) - np.median(cosine_similarity(w, b), axis=1)

# %% wrong: dots
# mistake: dot products, not cosines
def association(w, a, b):
    return np.mean(w @ a.T, axis=1) - np.mean(w @ b.T, axis=1)
