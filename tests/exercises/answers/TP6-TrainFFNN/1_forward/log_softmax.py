# exercise: log_softmax

# %% right: formula
# style: the formula, m first
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% right: logaddexp
# style: np.logaddexp.reduce
def log_softmax(scores):
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)

# %% right: local_logsumexp
# style: local helper function, French names
def log_softmax(scores):
    def log_somme_exp(z):
        maxi = np.max(z, axis=-1, keepdims=True)
        return maxi + np.log(np.sum(np.exp(z - maxi), axis=-1, keepdims=True))

    return scores - log_somme_exp(scores)

# %% right: recursion
# style: a vector directly, else row by row
def log_softmax(scores):
    if scores.ndim == 1:
        z = scores - np.max(scores)
        return z - np.log(np.sum(np.exp(z)))
    return np.array([log_softmax(ligne) for ligne in scores])

# %% right: loop_ndindex
# style: loop over all leading indices into an empty array
def log_softmax(scores):
    out = np.empty_like(scores)
    for idx in np.ndindex(scores.shape[:-1]):
        z = scores[idx]
        m = z.max()
        out[idx] = z - m - np.log(sum(np.exp(v - m) for v in z))
    return out

# %% right: expand_dims
# style: expand_dims instead of keepdims
def log_softmax(scores):
    m = np.expand_dims(scores.max(-1), -1)
    somme = np.einsum("...k->...", np.exp(scores - m))
    return scores - m - np.log(np.expand_dims(somme, -1))

# %% right: apply_along_axis
# style: lambda along the last axis
def log_softmax(scores):
    f = lambda z: z - z.max() - np.log(np.exp(z - z.max()).sum())
    return np.apply_along_axis(f, -1, scores)

# %% wrong: log_of_softmax
# mistake: -inf for tiny probabilities
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    return np.log(softmax(scores))

# %% wrong: log_of_softmax_eps
# mistake: adds 1e-12 inside the logarithm
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    return np.log(softmax(scores) + 1e-12)

# %% wrong: log_of_clipped
# mistake: clips the probability at 1e-300 / tiny
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    p = softmax(scores)
    return np.log(np.maximum(p, np.finfo(p.dtype).tiny))

# %% wrong: no_maximum
# mistake: z - log sum exp(z), overflows
# rule: "with m the maximum of the row"
def log_softmax(scores):
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))

# %% wrong: m_forgotten_outside
# mistake: subtracts m in the exponent only
# rule: "z_k - m - log sum_j e^{z_j - m}"
def log_softmax(scores):
    m = scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(scores - m).sum(axis=-1, keepdims=True))

# %% wrong: m_twice
# mistake: z already shifted, m subtracted again
# rule: "z_k - m - log sum_j e^{z_j - m}"
def log_softmax(scores):
    m = scores.max(axis=-1, keepdims=True)
    z = scores - m
    return z - m - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: plus_m
# mistake: sign of m in the end
# rule: "z_k - m - log sum_j e^{z_j - m}"
def log_softmax(scores):
    m = scores.max(axis=-1, keepdims=True)
    return scores + m - np.log(np.exp(scores - m).sum(axis=-1, keepdims=True))

# %% wrong: max_of_all
# mistake: maximum of the whole array: -inf + inf for a row far below
# rule: "with m the maximum of the row"
def log_softmax(scores):
    z = scores - scores.max()
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: axis_0
# mistake: along the columns
# rule: "the classes on the last axis"
def log_softmax(scores):
    z = scores - scores.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))

# %% wrong: axis_1
# mistake: matrices only
# rule: "scores: (..., K)"
def log_softmax(scores):
    z = scores - scores.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

# %% wrong: no_keepdims
# mistake: sum without keepdims
# rule: "Returns the log-probabilities (..., K)"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1))

# %% wrong: sum_of_all
# mistake: normalises over all rows
# rule: "with m the maximum of the row", sum over j of the row
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum())

# %% wrong: sum_of_logs
# mistake: sum and log exchanged
# rule: "log sum_j e^{z_j - m}"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z)).sum(axis=-1, keepdims=True)

# %% wrong: mean_instead_of_sum
# mistake: log of the mean
# rule: "log sum_j e^{z_j - m}"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).mean(axis=-1, keepdims=True))

# %% wrong: log10
# mistake: logarithm of base 10
# rule: "Logarithms of the softmax"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log10(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: log2
# mistake: log2 of the softmax
# rule: "Logarithms of the softmax"
def log_softmax(scores):
    return np.log2(softmax(scores))

# %% wrong: log1p
# mistake: log1p counts the maximum twice
# rule: "log sum_j e^{z_j - m}"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log1p(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: negative
# mistake: minus log p, the loss
# rule: "all of them 0 or less"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return np.log(np.exp(z).sum(axis=-1, keepdims=True)) - z

# %% wrong: in_place
# mistake: scores -= m
# rule: "Do not change the arrays that you are given"
def log_softmax(scores):
    scores -= scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))

# %% wrong: shift_by_mean
# mistake: m is the mean, overflow when scores are far apart
# rule: "with m the maximum of the row"
def log_softmax(scores):
    z = scores - scores.mean(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: nan_to_num
# mistake: replaces -inf by a large negative number
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    return np.nan_to_num(np.log(softmax(scores)), neginf=-100.0)

# %% wrong: where_repair
# mistake: takes z - m where p is 0, but the log of the sum is left out
# rule: "z_k - m - log sum_j e^{z_j - m}"
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return np.where(z < -1, z, np.log(softmax(scores)))

# %% wrong: float64
# mistake: casts to float64
# rule: "float32 in, float32 out"
def log_softmax(scores):
    z = np.array(scores, dtype=float)
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% right: formula_again
# style: the formula of the text
def log_softmax(scores):
    z = scores - scores.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% right: logaddexp_reduce
# style: np.logaddexp.reduce
def log_softmax(scores):
    m = np.max(scores, axis=-1)[..., None]
    return (scores - m) - np.expand_dims(np.logaddexp.reduce(scores - m, axis=-1), -1)

# %% right: rows_in_a_loop
# style: reshape to rows, loop, empty_like
def log_softmax(scores):
    K = scores.shape[-1]
    out = np.empty_like(scores)
    flat, res = scores.reshape(-1, K), out.reshape(-1, K)
    for i, ligne in enumerate(flat):
        d = ligne - ligne.max()
        res[i] = d - np.log(np.sum(np.exp(d)))
    return out

# %% right: transposed_axes
# style: classes moved to the front, no keepdims
def log_softmax(scores):
    s = np.moveaxis(scores, -1, 0)
    s = s - np.amax(s, axis=0)
    s = s - np.log(np.einsum("k...->...", np.exp(s)))
    return np.moveaxis(s, 0, -1)

# %% wrong: log_of_softmax_again
# mistake: logarithm of the (stable) softmax
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.log(e / e.sum(axis=-1, keepdims=True))

# %% wrong: no_max
# mistake: no maximum subtracted, overflow
# rule: "with m the maximum of the row" / "exact also where the probability is tiny"
def log_softmax(scores):
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))

# %% wrong: first_axis
# mistake: axis 0
# rule: "the classes on the last axis"
def log_softmax(scores):
    z = scores - scores.max(axis=0, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=0, keepdims=True))

# %% wrong: axis_1_again
# mistake: axis=1 fails for one axis and is wrong for three
# rule: "scores: (..., K), the classes on the last axis"
def log_softmax(scores):
    z = scores - scores.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

# %% wrong: global_max
# mistake: the maximum of the whole array: a row far below gives log 0
# rule: "with m the maximum of the row"
def log_softmax(scores):
    z = scores - scores.max()
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: epsilon
# mistake: log(p + 1e-12) cuts tiny probabilities
# rule: "exact also where the probability is tiny"
def log_softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return np.log(p + scores.dtype.type(1e-12))

# %% wrong: forgot_minus_m_twice
# mistake: adds m back: z - log sum e^(z-m)
# rule: "log p_k = z_k - m - log sum e^{z_j - m}"
def log_softmax(scores):
    m = scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(scores - m).sum(axis=-1, keepdims=True))

# %% wrong: in_place_again
# mistake: subtracts the maximum in place
# rule: "Do not change the arrays that you are given: compute new ones."
def log_softmax(scores):
    scores -= scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
