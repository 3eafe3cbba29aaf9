# exercise: causal_mask

# %% right: indices
# style: np.indices
def causal_mask(T):
    i, j = np.indices((T, T))
    return j <= i

# %% right: loops
# style: two loops over zeros
def causal_mask(T):
    m = np.zeros((T, T), dtype=bool)
    for i in range(T):
        m[i, : i + 1] = True
    return m

# %% right: not_triu
# style: the opposite of what comes after
def causal_mask(T):
    return ~np.triu(np.ones((T, T), dtype=bool), k=1)

# %% wrong: integers
# mistake: 0 and 1
def causal_mask(T):
    return np.tri(T, dtype=int)

# %% wrong: strict
# mistake: without the diagonal
def causal_mask(T):
    i = np.arange(T)
    return i[:, None] > i[None]

# %% wrong: transposed
# mistake: columns for queries
def causal_mask(T):
    i = np.arange(T)
    return i[:, None] <= i[None]

# %% wrong: additive
# mistake: numbers to add
def causal_mask(T):
    m = np.zeros((T, T))
    m[np.triu_indices(T, 1)] = -np.inf
    return m

# %% wrong: triu_k1
# mistake: the hidden ones
def causal_mask(T):
    return np.triu(np.ones((T, T)), 1).astype(bool)
