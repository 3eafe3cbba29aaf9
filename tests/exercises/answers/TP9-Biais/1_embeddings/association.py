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

# %% right: mean_of_units_first
# style: linearity: dot product with the difference of the mean unit vectors
def association(w, a, b):
    def unit(v):
        return v / np.linalg.norm(v, axis=1, keepdims=True)

    axis = unit(a).mean(axis=0) - unit(b).mean(axis=0)
    return unit(w) @ axis

# %% right: word_by_word
# style: a loop with running sums, the earlier answer on one row at a time
def association(w, a, b):
    result = np.zeros(len(w))
    for i in range(len(w)):
        for row in a:
            result[i] += cosine_similarity(w[i : i + 1], row.reshape(1, -1))[0, 0] / len(a)
        for row in b:
            result[i] -= cosine_similarity(w[i : i + 1], row.reshape(1, -1))[0, 0] / len(b)
    return result

# %% right: weights_b
# style: both sets stacked, signed weights 1/K and -1/L
def association(w, a, b):
    k, l = len(a), len(b)
    weights = np.array([1 / k] * k + [-1 / l] * l)
    return cosine_similarity(w, np.vstack((a, b))).dot(weights)

# %% right: recursion_and_statistics
# style: recursion over the words, statistics.fmean
from statistics import fmean

def association(w, a, b):
    if len(w) == 1:
        word = w[0] / np.sqrt(w[0] @ w[0])
        near_a, near_b = (fmean(float(word @ v) / float(np.sqrt(v @ v)) for v in s) for s in (a, b))
        return np.array([near_a - near_b])
    half = len(w) // 2
    return np.concatenate([association(w[:half], a, b), association(w[half:], a, b)])

# %% wrong: b_minus_a
# mistake: the two means in the wrong order
# rule: "mean of } \cos(w, a) \text{ over A} \;-\; \text{mean of } \cos(w, b) \text{ over B}"
def association(w, a, b):
    return cosine_similarity(w, b).mean(axis=1) - cosine_similarity(w, a).mean(axis=1)

# %% wrong: sums_b
# mistake: sums instead of means
# rule: "mean of } \cos(w, a)"
def association(w, a, b):
    return cosine_similarity(w, a).sum(axis=1) - cosine_similarity(w, b).sum(axis=1)

# %% wrong: cosine_with_the_mean
# mistake: cosine with the mean vector, not mean of the cosines
# rule: "mean of } \cos(w, a) \text{ over A}"
def association(w, a, b):
    centre_a = a.mean(axis=0, keepdims=True)
    centre_b = b.mean(axis=0, keepdims=True)
    return (cosine_similarity(w, centre_a) - cosine_similarity(w, centre_b))[:, 0]

# %% wrong: same_divisor
# mistake: divides both sums by the size of A
# rule: "Sizes of A and B may differ."
def association(w, a, b):
    n = len(a)
    return (cosine_similarity(w, a).sum(axis=1) - cosine_similarity(w, b).sum(axis=1)) / n

# %% wrong: dot_products
# mistake: dot products, nothing scaled
# rule: "mean of } \cos(w, a)"
def association(w, a, b):
    return (w @ a.T).mean(axis=1) - (w @ b.T).mean(axis=1)

# %% wrong: zip_of_attributes
# mistake: pairs A with B: the longer list is cut
# rule: "Sizes of A and B may differ."
def association(w, a, b):
    def cos(u, v):
        return u @ v / np.linalg.norm(u) / np.linalg.norm(v)

    return np.array([np.mean([cos(u, p) - cos(u, q) for p, q in zip(a, b)]) for u in w])

# %% wrong: one_number
# mistake: mean without an axis: one number for all words
# rule: "one number for each row of `w`"
def association(w, a, b):
    return cosine_similarity(w, a).mean() - cosine_similarity(w, b).mean()

# %% wrong: absolute
# mistake: absolute value of the difference
# rule: "How much nearer each word is to A than to B."
def association(w, a, b):
    return np.abs(cosine_similarity(w, a).mean(axis=1) - cosine_similarity(w, b).mean(axis=1))

# %% wrong: column
# mistake: keepdims: (N, 1)
# rule: "Returns an array (N,)."
def association(w, a, b):
    over_a = cosine_similarity(w, a).mean(axis=1, keepdims=True)
    over_b = cosine_similarity(w, b).mean(axis=1, keepdims=True)
    return over_a - over_b

# %% wrong: words_not_scaled
# mistake: scales the attributes, forgets w
# rule: "mean of } \cos(w, a)"
def association(w, a, b):
    a = a / np.linalg.norm(a, axis=1)[:, None]
    b = b / np.linalg.norm(b, axis=1)[:, None]
    return w @ a.mean(axis=0) - w @ b.mean(axis=0)
