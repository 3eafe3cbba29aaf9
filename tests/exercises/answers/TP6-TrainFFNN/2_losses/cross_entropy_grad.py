# exercise: cross_entropy_grad

# %% right: minus_one_at_pairs
# style: softmax, then minus 1 at the pairs
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% right: eye_with_dtype
# style: one-hot with np.eye and dtype
def cross_entropy_grad(scores, y):
    B, K = scores.shape
    e = np.exp(scores - scores.max(1)[:, None])
    return (e / e.sum(1)[:, None] - np.eye(K, dtype=scores.dtype)[y]) / B

# %% right: loops
# style: two loops, result made with zeros_like
def cross_entropy_grad(scores, y):
    B, K = scores.shape
    resultat = np.zeros_like(scores)
    for i in range(B):
        ligne = np.exp(scores[i] - scores[i].max())
        ligne = ligne / ligne.sum()
        for k in range(K):
            resultat[i, k] = (ligne[k] - (1 if k == y[i] else 0)) / B
    return resultat

# %% right: exp_of_log_softmax_astype
# style: exp(log_softmax), comparison as one-hot, astype at the end
def cross_entropy_grad(scores, y):
    s = scores - np.amax(scores, axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    one_hot = y[:, None] == np.arange(scores.shape[1])
    return ((np.exp(log_p) - one_hot) / scores.shape[0]).astype(scores.dtype)

# %% right: subtract_at_then_scaled
# style: np.subtract.at on a copy, factor 1 / B last, float64 inside
def cross_entropy_grad(scores, y):
    g = scores.astype(np.float64)
    g = np.exp(g - g.max(axis=1, keepdims=True))
    g /= g.sum(axis=1, keepdims=True)
    np.subtract.at(g, (np.arange(g.shape[0]), y), 1.0)
    g *= 1.0 / g.shape[0]
    return np.array(g, dtype=scores.dtype)

# %% right: list_of_rows
# style: list of rows, np.stack
def cross_entropy_grad(scores, y):
    def une_ligne(s, c):
        p = np.exp(s - s.max())
        p = p / p.sum()
        p[c] = p[c] - 1
        return p
    lignes = [une_ligne(s, c) for s, c in zip(scores, y)]
    return np.stack(lignes).astype(scores.dtype) / scores.dtype.type(len(y))

# %% wrong: not_divided
# mistake: forgets 1 / B
# rule: "The loss is the *mean* over $B$ examples. What does this do to the gradient of each one?"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p

# %% wrong: divided_by_classes
# mistake: divides by K
# rule: "The loss is the *mean* over $B$ examples"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / scores.shape[1]

# %% wrong: divided_by_size
# mistake: divides by B * K (scores.size)
# rule: "The loss is the *mean* over $B$ examples"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / scores.size

# %% wrong: dtype_of_eye
# mistake: np.eye without dtype: float64 for float32 scores
# rule: "The result has the dtype of the scores"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return (p - np.eye(scores.shape[1])[y]) / len(y)

# %% wrong: always_float32
# mistake: casts to float32 always
# rule: "The result has the dtype of the scores"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return ((p - np.eye(scores.shape[1])[y]) / len(y)).astype(np.float32)

# %% wrong: no_shift
# mistake: softmax without the maximum
# rule: "the maximum of the row is the one that keeps all exponentials small" / gradient of `cross_entropy`, "also very large ones"
def cross_entropy_grad(scores, y):
    e = np.exp(scores)
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% wrong: wrong_sign
# mistake: y - p
# rule: "p_k - \mathbb{1}_{k=y}"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return (np.eye(scores.shape[1], dtype=scores.dtype)[y] - p) / len(y)

# %% wrong: only_softmax
# mistake: forgets the one-hot row
# rule: "p_k - \mathbb{1}_{k=y}"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) / len(y)

# %% wrong: softmax_over_the_batch
# mistake: axis 0
# rule: "\frac{e^{s_k}}{\sum_j e^{s_j}}" of one example; "Each row sums to 0."
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=0, keepdims=True))
    p = e / e.sum(axis=0, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% wrong: all_columns_minus_one
# mistake: p[:, y] -= 1 changes the columns of all rows
# rule: "Only the right class has a negative entry"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[:, y] -= 1
    return p / len(y)

# %% wrong: changes_scores
# mistake: works in the array of the scores
# rule: "Do not change the arrays that you are given."
def cross_entropy_grad(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(y)), y] -= 1
    return scores / len(y)

# %% wrong: precedence
# mistake: divides only the one-hot rows by B
# rule: "derivative of the loss with respect to each score", loss is the mean
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p - np.eye(scores.shape[1], dtype=scores.dtype)[y] / len(y)

# %% wrong: minus_one_after_division
# mistake: divides by B first, then subtracts the whole 1
# rule: "Each row sums to 0."
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True) / len(y)
    p[np.arange(len(y)), y] -= 1
    return p

# %% wrong: global_maximum
# mistake: one maximum for the table: a row far below is 0 / 0
# rule: "Each row has its own."
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max())
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% wrong: only_right_class
# mistake: fills only the entry of the right class
# rule: "the derivative of the loss with respect to each score"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    g = np.zeros_like(scores)
    rows = np.arange(len(y))
    g[rows, y] = (p[rows, y] - 1) / len(y)
    return g

# %% wrong: mean_over_batch
# mistake: returns the mean of the rows, (K,)
# rule: "Returns an array (B, K)"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p.mean(axis=0)

# %% wrong: log_probabilities
# mistake: log_softmax minus the one-hot
# rule: "\frac{e^{s_k}}{\sum_j e^{s_j}} - \mathbb{1}_{k=y}"
def cross_entropy_grad(scores, y):
    s = scores - scores.max(axis=1, keepdims=True)
    g = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    g[np.arange(len(y)), y] -= 1
    return g / len(y)

# %% wrong: scores_minus_one_hot
# mistake: forgets the softmax
# rule: "This is the error of the prediction, $p - y$"
def cross_entropy_grad(scores, y):
    return ((scores - np.eye(scores.shape[1])[y]) / len(y)).astype(scores.dtype)

# %% wrong: finite_differences
# mistake: finite differences in the dtype of the scores, with step 1e-6: noise or zero in float32
# rule: "Returns an array (B, K) of the same dtype as the scores" (the derivative)
def cross_entropy_grad(scores, y):
    g = np.zeros_like(scores)
    h = 1e-6
    for i in range(scores.shape[0]):
        for k in range(scores.shape[1]):
            a, b = scores.copy(), scores.copy()
            a[i, k] += h
            b[i, k] -= h
            g[i, k] = (cross_entropy(a, y) - cross_entropy(b, y)) / (2 * h)
    return g

# %% wrong: squared_error_gradient
# mistake: the slope of the squared error, 2 (p - y)
# rule: "p_k - \mathbb{1}_{k=y}"
def cross_entropy_grad(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return 2 * p / len(y)

# %% right: fancy_index
# style: softmax in place on a new array, minus 1 at the truth
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% right: one_hot
# style: np.eye with dtype
def cross_entropy_grad(scores, y):
    B, K = scores.shape
    e = np.exp(scores - scores.max(1)[:, None])
    return (e / e.sum(1)[:, None] - np.eye(K, dtype=scores.dtype)[y]) / B

# %% right: loop
# style: loop over rows and classes, empty_like
def cross_entropy_grad(scores, y):
    G = np.empty_like(scores)
    for i, s in enumerate(scores):
        e = np.exp(s - max(s))
        p = e / sum(e)
        for k in range(len(p)):
            G[i, k] = (p[k] - (1 if k == y[i] else 0)) / len(scores)
    return G

# %% right: log_softmax_exp
# style: exp of the log-softmax, comparison as one-hot, astype at the end
def cross_entropy_grad(scores, y):
    z = scores - np.max(scores, axis=-1, keepdims=True)
    log_p = z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
    un_chaud = y[:, None] == np.arange(scores.shape[1])
    return ((np.exp(log_p) - un_chaud) / scores.shape[0]).astype(scores.dtype)

# %% wrong: no_mean
# mistake: not divided by B
# rule: "The loss is the *mean* over B examples."
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p

# %% wrong: wrong_sign_again
# mistake: y - p
# rule: "the error of the prediction, p - y"
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (np.eye(scores.shape[1], dtype=scores.dtype)[y] - p) / len(y)

# %% wrong: column_instead_of_pairs
# mistake: p[:, y] -= 1 subtracts in whole columns
# rule: "p_k - 1_{k=y}"
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[:, y] -= 1
    return p / len(y)

# %% wrong: overflow
# mistake: no maximum subtracted
# rule: "scores: (B, K), also very large ones"
def cross_entropy_grad(scores, y):
    p = np.exp(scores)
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% wrong: float64_eye
# mistake: np.eye without dtype gives float64 for float32 scores
# rule: "Returns an array (B, K) of the same dtype as the scores."
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (p - np.eye(scores.shape[1])[y]) / len(y)

# %% wrong: divided_by_size_again
# mistake: divides by B * K
# rule: "The loss is the *mean* over B examples."
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / p.size

# %% wrong: global_max
# mistake: one maximum for the whole batch: rows far below give 0/0
# rule: "also very large ones" (the softmax of each row)
def cross_entropy_grad(scores, y):
    p = np.exp(scores - scores.max())
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% wrong: scores_in_place
# mistake: changes the scores given
# rule: "Do not change the arrays that you are given."
def cross_entropy_grad(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores)
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
