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
