# exercise: softmax_jacobian

# %% right: diag_outer
# style: np.diag and np.outer
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p) - np.outer(p, p)

# %% right: loops
# style: two loops, the cases of the formula, French names
def softmax_jacobian(scores):
    p = softmax(scores)
    K = len(p)
    jacobienne = np.zeros((K, K), dtype=scores.dtype)
    for k in range(K):
        for j in range(K):
            if j == k:
                jacobienne[k, j] = p[k] * (1 - p[k])
            else:
                jacobienne[k, j] = -p[k] * p[j]
    return jacobienne

# %% right: eye_broadcast
# style: p_k (delta_kj - p_j) by broadcasting
def softmax_jacobian(scores):
    p = softmax(scores)
    return p[:, None] * (np.eye(len(p), dtype=p.dtype) - p[None, :])

# %% right: fill_diagonal
# style: outer product, diagonal overwritten
def softmax_jacobian(scores):
    p = softmax(scores)
    J = -np.outer(p, p)
    np.fill_diagonal(J, p - p**2)
    return J

# %% right: einsum_where
# style: np.where with an eye mask, einsum
def softmax_jacobian(scores):
    p = softmax(scores)
    pp = np.einsum("k,j->kj", p, p)
    memes = np.eye(p.size, dtype=bool)
    return np.where(memes, p * (1 - p), -pp)

# %% right: own_softmax_columns
# style: own stable softmax, one column per score, np.stack
def softmax_jacobian(scores):
    e = np.exp(scores - np.max(scores))
    p = e / np.sum(e)
    colonnes = []
    for j in range(len(p)):
        col = -p * p[j]
        col[j] += p[j]
        colonnes.append(col)
    return np.stack(colonnes, axis=1)

# %% right: matmul_columns
# style: column times row with @
def softmax_jacobian(scores):
    p = np.exp(log_softmax(scores)).reshape(-1, 1)
    return np.diagflat(p) - p @ p.T

# %% wrong: diagonal_only
# mistake: element-wise derivative as for the sigmoid
# rule: "Softmax is not an element-wise function"; "Returns the Jacobian (K, K)"
def softmax_jacobian(scores):
    p = softmax(scores)
    return p * (1 - p)

# %% wrong: diagonal_matrix
# mistake: 0 outside the diagonal
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p * (1 - p))

# %% wrong: sign_off_diagonal
# mistake: plus p_k p_j
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p) + np.outer(p, p)

# %% wrong: sign_of_everything
# mistake: outer - diag
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.outer(p, p) - np.diag(p)

# %% wrong: scores_for_p
# mistake: uses the scores themselves as probabilities
# rule: "scores: (K,)"
def softmax_jacobian(scores):
    return np.diag(scores) - np.outer(scores, scores)

# %% wrong: diagonal_twice
# mistake: diag(p (1 - p)) minus the full outer product: diagonal p - 2 p^2
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p * (1 - p)) - np.outer(p, p)

# %% wrong: diagonal_p
# mistake: p_k on the diagonal
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    p = softmax(scores)
    J = -np.outer(p, p)
    np.fill_diagonal(J, p)
    return J

# %% wrong: broadcast_diag
# mistake: p - outer subtracts from each column, not only the diagonal
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return p - np.outer(p, p)

# %% wrong: dot_instead_of_outer
# mistake: p @ p.T is a number
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p) - p @ p.T

# %% wrong: identity_minus_outer
# mistake: I - p p^T
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.eye(len(p), dtype=p.dtype) - np.outer(p, p)

# %% wrong: off_diagonal_one_minus
# mistake: -p_k (1 - p_j) outside the diagonal
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    J = -np.outer(p, 1 - p)
    np.fill_diagonal(J, p * (1 - p))
    return J

# %% wrong: log_softmax_jacobian
# mistake: delta - p_j, the derivative of log p_k
# rule: "All partial derivatives of the softmax"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.eye(len(p), dtype=p.dtype) - p[None, :]

# %% wrong: unstable_softmax
# mistake: own softmax without the maximum, nan for 1000
# rule: "There is a trap. ... inf / inf is nan" (softmax "also for very large ones")
def softmax_jacobian(scores):
    e = np.exp(scores)
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)

# %% wrong: upper_triangle
# mistake: fills j > k only
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    K = len(p)
    J = np.zeros((K, K), dtype=p.dtype)
    for k in range(K):
        J[k, k] = p[k] * (1 - p[k])
        for j in range(k + 1, K):
            J[k, j] = -p[k] * p[j]
    return J

# %% wrong: last_class_missed
# mistake: off by one in the loops
# rule: "Returns the Jacobian (K, K)"
def softmax_jacobian(scores):
    p = softmax(scores)
    K = len(p)
    J = np.zeros((K, K), dtype=p.dtype)
    for k in range(K - 1):
        for j in range(K - 1):
            J[k, j] = p[k] * ((k == j) - p[j])
    return J

# %% wrong: five_classes
# mistake: np.eye(5) after the slide's five scores
# rule: "scores: (K,)"
def softmax_jacobian(scores):
    p = softmax(scores)
    return p[:, None] * (np.eye(5, dtype=p.dtype) - p)

# %% wrong: sum_of_columns
# mistake: sums the Jacobian
# rule: "Returns the Jacobian (K, K)"
def softmax_jacobian(scores):
    p = softmax(scores)
    return (np.diag(p) - np.outer(p, p)).sum(axis=0)

# %% wrong: float64_zeros
# mistake: np.eye of float64
# rule: "float32 in, float32 out"
def softmax_jacobian(scores):
    p = softmax(scores)
    return p[:, None] * (np.eye(len(p)) - p)

# %% wrong: in_place_scores
# mistake: shifts the scores in place
# rule: "Do not change the arrays that you are given"
def softmax_jacobian(scores):
    scores -= np.max(scores)
    p = np.exp(scores) / np.exp(scores).sum()
    return np.diag(p) - np.outer(p, p)

# %% wrong: quotient_rule_wrong
# mistake: quotient rule with denominator not squared: p_k (sum - e_k)
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    e = np.exp(scores - scores.max())
    s = e.sum()
    return (np.diag(e) * s - np.outer(e, e)) / s

# %% wrong: outer_over_K
# mistake: divides the outer product by K (mean of the pairs)
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.diag(p) - np.outer(p, p) / len(p)

# %% wrong: finite_differences
# mistake: forward differences with h = 0.01
# rule: the formula of J_kj
def softmax_jacobian(scores):
    h = 0.01
    K = len(scores)
    J = np.zeros((K, K), dtype=scores.dtype)
    for j in range(K):
        z = scores.copy()
        z[j] += h
        J[:, j] = (softmax(z) - softmax(scores)) / h
    return J

# %% wrong: equality_of_values
# mistake: compares p[k] == p[j] instead of the indices, wrong for equal scores
# rule: "p_k (1 - p_k) if j = k"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.where(p[:, None] == p[None, :], p * (1 - p), -np.outer(p, p))

# %% wrong: jacobian_of_absolute
# mistake: takes |J|
# rule: "-p_k p_j otherwise"
def softmax_jacobian(scores):
    p = softmax(scores)
    return np.abs(np.diag(p) - np.outer(p, p))
