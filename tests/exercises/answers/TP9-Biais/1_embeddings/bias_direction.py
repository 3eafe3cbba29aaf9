# exercise: bias_direction

# %% right: interleaved
# style: rows pair by pair, full svd
def bias_direction(first, second):
    rows = []
    total = 0
    for f, s in zip(first, second):
        f = f / np.linalg.norm(f)
        s = s / np.linalg.norm(s)
        m = (f + s) / 2
        rows.append(f - m)
        rows.append(s - m)
        total = total + s - f
    u, sv, vt = np.linalg.svd(np.array(rows))
    g = vt[0]
    if np.dot(g, total) < 0:
        g = -g
    return g

# %% right: covariance
# style: eigenvectors of the covariance
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1)[:, None]
    s = second / np.linalg.norm(second, axis=1)[:, None]
    m = 0.5 * (f + s)
    d = np.vstack([f - m, s - m])
    values, vectors = np.linalg.eigh(np.cov(d.T))
    g = vectors[:, np.argmax(values)]
    return g * np.sign(g @ np.mean(s - f, axis=0))

# %% right: power
# style: power iteration
def bias_direction(first, second):
    unit = lambda v: v / np.linalg.norm(v, axis=-1, keepdims=True)
    h = unit(second) - unit(first)
    g = h.sum(0)
    for _ in range(20000):
        g = unit(h.T @ (h @ g))
    return g if g @ h.mean(0) > 0 else -g

# %% wrong: free_sign
# mistake: the sign is left as it comes
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    m = (f + s) / 2
    return np.linalg.svd(np.concatenate([f - m, s - m]), full_matrices=False)[2][0]

# %% wrong: wrong_way
# mistake: from second to first
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    m = (f + s) / 2
    g = np.linalg.svd(np.concatenate([f - m, s - m]), full_matrices=False)[2][0]
    return g if g @ (f - s).mean(0) > 0 else -g

# %% wrong: one_mean
# mistake: one mean of all the words
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    w = np.concatenate([f, s])
    g = np.linalg.svd(w - w.mean(axis=0), full_matrices=False)[2][0]
    return g if g @ (s - f).mean(0) > 0 else -g

# %% wrong: column
# mistake: the first column of Vt
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    m = (f + s) / 2
    g = np.linalg.svd(np.concatenate([f - m, s - m]))[2][:, 0]
    return g if g @ (s - f).mean(0) > 0 else -g

# %% wrong: no_unit
# mistake: words in their own lengths
def bias_direction(first, second):
    m = (first + second) / 2
    g = np.linalg.svd(np.concatenate([first - m, second - m]), full_matrices=False)[2][0]
    return g if g @ (second - first).mean(0) > 0 else -g

# %% wrong: average
# mistake: the mean difference
def bias_direction(first, second):
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    g = (s - f).mean(axis=0)
    return g / np.linalg.norm(g)

# %% wrong: pca_of_differences
# mistake: scikit-learn's PCA of the differences, which centres them
def bias_direction(first, second):
    from sklearn.decomposition import PCA
    f = first / np.linalg.norm(first, axis=1, keepdims=True)
    s = second / np.linalg.norm(second, axis=1, keepdims=True)
    g = PCA(1).fit(s - f).components_[0]
    return g if g @ (s - f).mean(0) > 0 else -g

# %% right: covariance_and_eigh
# style: eigenvector of the E x E matrix of products instead of the SVD
def bias_direction(first, second):
    p = first / np.linalg.norm(first, axis=1, keepdims=True)
    q = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (p + q) / 2
    rows = np.concatenate([p - middle, q - middle])
    values, vectors = np.linalg.eigh(rows.T @ rows)
    g = vectors[:, np.argmax(values)]
    g = g / np.linalg.norm(g)
    return -g if g @ (q - p).mean(axis=0) < 0 else g

# %% right: loop_over_pairs
# style: a list of rows, filled pair by pair; sign by a running sum
def bias_direction(first, second):
    rows = []
    sum_of_differences = 0
    for u, v in zip(first, second):
        u = u / np.sqrt(np.sum(u**2))
        v = v / np.sqrt(np.sum(v**2))
        m = 0.5 * (u + v)
        rows.append(u - m)
        rows.append(v - m)
        sum_of_differences = sum_of_differences + (v - u)
    U, S, Vt = np.linalg.svd(np.array(rows), full_matrices=False)
    g = Vt[0]
    if np.dot(g, sum_of_differences / len(first)) > 0:
        return g
    return -g

# %% right: three_dimensional
# style: one array (2, K, E), np.stack, reshape, copysign
def bias_direction(first, second):
    pairs = np.stack([first, second])
    pairs = pairs / np.linalg.norm(pairs, axis=-1, keepdims=True)
    centred = pairs - pairs.mean(axis=0)
    g = np.linalg.svd(centred.reshape(-1, centred.shape[-1]), full_matrices=False)[2][0]
    forward = np.diff(pairs, axis=0)[0].mean(axis=0)
    return g * np.copysign(1, forward.dot(g))

# %% right: half_the_rows
# style: the two rows of a pair are opposite, so the K half differences have the same first component
def bias_direction(first, second):
    unit = lambda m: m / np.sqrt(np.einsum("ke,ke->k", m, m))[:, None]
    half = (unit(second) - unit(first)) / 2
    *_, components = np.linalg.svd(half, full_matrices=False)
    sign = np.sign(components[0] @ half.sum(axis=0))
    return sign * components[0]

# %% wrong: not_scaled
# mistake: forgets step 1
# rule: "Scale every vector to length 1."
def bias_direction(first, second):
    middle = (first + second) / 2
    matrix = np.concatenate([first - middle, second - middle])
    U, S, Vt = np.linalg.svd(matrix, full_matrices=False)
    g = Vt[0]
    if g @ (second - first).mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: column_of_vt
# mistake: the first column of Vt
# rule: "it is the first *row* of `Vt`"
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    matrix = np.concatenate([first - middle, second - middle])
    U, S, Vt = np.linalg.svd(matrix, full_matrices=True)
    g = Vt[:, 0]
    if g @ (second - first).mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: sign_left
# mistake: leaves the sign as it comes
# rule: "Turn it so that it points **from the first words to the second**"
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    U, S, Vt = np.linalg.svd(np.concatenate([first - middle, second - middle]), full_matrices=False)
    return Vt[0]

# %% wrong: turned_round
# mistake: points from the second to the first
# rule: "**from the first words to the second**"
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    U, S, Vt = np.linalg.svd(np.concatenate([first - middle, second - middle]), full_matrices=False)
    g = Vt[0]
    if g @ (first - second).mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: mean_difference
# mistake: the scaled mean of the differences instead of the principal component
# rule: "Take the **first principal component**"
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    g = (second - first).mean(axis=0)
    return g / np.linalg.norm(g)

# %% wrong: mean_of_everything
# mistake: subtracts the mean of all vectors instead of the middle of each pair
# rule: "From both vectors of a pair subtract the middle (the mean) of that pair."
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    matrix = np.concatenate([first, second])
    matrix = matrix - matrix.mean(axis=0)
    U, S, Vt = np.linalg.svd(matrix, full_matrices=False)
    g = Vt[0]
    if g @ (second - first).mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: differences_centred
# mistake: PCA of the K differences, centred: what all pairs share is lost
# rule: "From both vectors of a pair subtract the middle (the mean) of that pair. K pairs give 2K rows."
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    d = second - first
    U, S, Vt = np.linalg.svd(d - d.mean(axis=0), full_matrices=False)
    g = Vt[0]
    if g @ d.mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: sign_by_first_pair
# mistake: turns it by the first pair only
# rule: "its dot product with the mean of (second - first), both in length 1, is positive"
def bias_direction(first, second):
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    U, S, Vt = np.linalg.svd(np.concatenate([first - middle, second - middle]), full_matrices=False)
    return Vt[0] * np.sign(Vt[0] @ (second[0] - first[0]))

# %% wrong: scaled_in_place
# mistake: changes the arguments
# rule: "Do not change the arrays that you are given."
def bias_direction(first, second):
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    second /= np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    U, S, Vt = np.linalg.svd(np.concatenate([first - middle, second - middle]), full_matrices=False)
    g = Vt[0]
    if g @ (second - first).mean(axis=0) < 0:
        g = -g
    return g

# %% wrong: sign_by_unscaled_words
# mistake: takes the mean difference of the words as they came
# rule: "the mean of (second - first), both in length 1"
def bias_direction(first, second):
    u = first / np.linalg.norm(first, axis=1, keepdims=True)
    v = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (u + v) / 2
    U, S, Vt = np.linalg.svd(np.concatenate([u - middle, v - middle]), full_matrices=False)
    g = Vt[0]
    if g @ (second - first).mean(axis=0) < 0:
        g = -g
    return g
