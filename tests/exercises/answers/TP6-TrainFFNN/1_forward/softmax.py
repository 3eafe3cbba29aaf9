# exercise: softmax

# %% right: keepdims
# style: the text's hints
def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% right: newaxis
# style: None indices instead of keepdims, French names
def softmax(scores):
    maxi = np.max(scores, axis=-1)
    exposants = scores - maxi[..., None]
    expo = np.exp(exposants)
    total = np.sum(expo, axis=-1)
    return expo / total[..., None]

# %% right: rows_in_a_loop
# style: reshaped to rows, Python loop, list collected
def softmax(scores):
    K = scores.shape[-1]
    rows = []
    for row in scores.reshape(-1, K):
        e = np.exp(row - max(row))
        rows.append(e / sum(e))
    return np.array(rows, dtype=scores.dtype).reshape(scores.shape)

# %% right: recursion
# style: one vector directly, more axes by recursion
def softmax(scores):
    if scores.ndim > 1:
        return np.stack([softmax(s) for s in scores])
    e = np.exp(scores - scores.max())
    return e / e.sum()

# %% right: apply_along_axis
# style: local helper and np.apply_along_axis
def softmax(scores):
    def un_vecteur(z):
        z = z - np.amax(z)
        return np.exp(z) / np.sum(np.exp(z))

    return np.apply_along_axis(un_vecteur, -1, scores)

# %% right: moved_axis
# style: classes moved to the front, no keepdims needed
def softmax(scores):
    z = np.moveaxis(scores, -1, 0)
    e = np.exp(z - z.max(axis=0))
    return np.moveaxis(e / e.sum(axis=0), 0, -1)

# %% right: differences
# style: p_k = 1 / sum_j exp(z_j - z_k); exp may become inf, then p is 0
def softmax(scores):
    with np.errstate(over="ignore"):
        d = scores[..., None, :] - scores[..., :, None]
        return 1 / np.exp(d).sum(axis=-1)

# %% right: exp_of_log
# style: exponential of the log-probabilities, logaddexp
def softmax(scores):
    lse = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return np.exp(scores - lse)

# %% wrong: no_maximum
# mistake: overflows for large scores
# rule: "Probabilities from scores, also for very large ones."
def softmax(scores):
    e = np.exp(scores)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: sum_of_whole_array
# mistake: divides by the sum of all entries
# rule: "each row sums to 1"
def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum()

# %% wrong: max_of_whole_array
# mistake: subtracts the maximum of all rows, so a row far below becomes 0/0
# rule: "Probabilities from scores" / "Which m makes all exponents 0 or less?" ... "each row sums to 1"
def softmax(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: axis_0
# mistake: columns instead of rows
# rule: "The scores lie on the last axis"
def softmax(scores):
    e = np.exp(scores - scores.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% wrong: axis_1
# mistake: axis=1, good for matrices only
# rule: "on the last axis, whatever the number of axes"
def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: axis_1_or_vector
# mistake: treats vectors and matrices, forgets three axes
# rule: "on the last axis, whatever the number of axes"
def softmax(scores):
    axe = 0 if scores.ndim == 1 else 1
    e = np.exp(scores - scores.max(axis=axe, keepdims=True))
    return e / e.sum(axis=axe, keepdims=True)

# %% wrong: no_keepdims
# mistake: forgets keepdims; fails or broadcasts wrongly
# rule: "keepdims=True keeps a summed axis with length 1, so that the shapes still fit."
def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)

# %% wrong: max_once_in_denominator
# mistake: subtracts m in the numerator only
# rule: "each row sums to 1"
def softmax(scores):
    m = scores.max(axis=-1, keepdims=True)
    return np.exp(scores - m) / np.exp(scores).sum(axis=-1, keepdims=True)

# %% wrong: minimum
# mistake: subtracts the minimum, exponents 0 or more
# rule: "Which m makes all exponents 0 or less?"
def softmax(scores):
    e = np.exp(scores - scores.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: mean
# mistake: subtracts the mean, still overflows when scores are far apart
# rule: "Probabilities from scores, also for very large ones."
def softmax(scores):
    e = np.exp(scores - scores.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: divided_by_max
# mistake: divides the scores by the maximum
# rule: "e^{z_k - m}"
def softmax(scores):
    e = np.exp(scores / np.abs(scores).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: clipped
# mistake: clips the scores at 50 against overflow
# rule: "Softmax compares differences of scores"; "also for very large ones"
def softmax(scores):
    e = np.exp(np.clip(scores, -50, 50))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: nan_to_num
# mistake: repairs inf/inf with nan_to_num
# rule: "each row sums to 1"
def softmax(scores):
    e = np.exp(scores)
    return np.nan_to_num(e / e.sum(axis=-1, keepdims=True))

# %% wrong: minus_sign
# mistake: exp(m - z), the smallest score gets the most
# rule: "p_k = e^{z_k} / sum_j e^{z_j}"
def softmax(scores):
    e = np.exp(scores.min(axis=-1, keepdims=True) - scores)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: no_exp
# mistake: normalises the scores themselves
# rule: "p_k = e^{z_k} / sum_j e^{z_j}"
def softmax(scores):
    return scores / scores.sum(axis=-1, keepdims=True)

# %% wrong: base_2
# mistake: powers of 2
# rule: "e^{z_k}"
def softmax(scores):
    e = 2 ** (scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: one_hot
# mistake: 1 for the largest, a hard maximum
# rule: "p_k = e^{z_k} / sum_j e^{z_j}"
def softmax(scores):
    return (scores == scores.max(axis=-1, keepdims=True)).astype(scores.dtype)

# %% wrong: in_place
# mistake: scores -= max
# rule: "Do not change the arrays that you are given"
def softmax(scores):
    scores -= scores.max(axis=-1, keepdims=True)
    e = np.exp(scores)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: epsilon
# mistake: adds 1e-3 to the denominator
# rule: "each row sums to 1"
def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / (e.sum(axis=-1, keepdims=True) + 1e-3)

# %% wrong: float64
# mistake: computes and returns in float64
# rule: "float32 in, float32 out"
def softmax(scores):
    z = scores.astype(np.float64)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: always_two_axes
# mistake: np.atleast_2d keeps an additional axis for one vector
# rule: "Returns the probabilities (..., K)"
def softmax(scores):
    z = np.atleast_2d(scores)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: rounded
# mistake: rounds to two decimals as in the lecture
# rule: "each row sums to 1" and the formula of p_k
def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.round(e / e.sum(axis=-1, keepdims=True), 2)

# %% wrong: sigmoids
# mistake: sigmoid of each score, normalised
# rule: "p_k = e^{z_k} / sum_j e^{z_j}"
def softmax(scores):
    s = sigmoid(scores)
    return s / s.sum(axis=-1, keepdims=True)

# %% wrong: scipy
# mistake: calls scipy (the values are the same; only the rule is broken)
# rule: "Use NumPy only."
def softmax(scores):
    from scipy.special import softmax as sm

    return sm(scores, axis=-1)
