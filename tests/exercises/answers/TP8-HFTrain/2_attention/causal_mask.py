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

# %% right: compare_numbers
# style: comparison of two ranges
def causal_mask(T):
    place = np.arange(T)
    return place[:, None] >= place

# %% right: row_by_row
# style: in-place building, one slice for each row
def causal_mask(T):
    mask = np.zeros((T, T), dtype=bool)
    for i in range(T):
        mask[i, : i + 1] = True
    return mask

# %% right: recursion
# style: recursion: one place more is one row of True more, and a column of False
def causal_mask(T):
    if T == 1:
        return np.array([[True]])
    smaller = causal_mask(T - 1)
    wider = np.hstack([smaller, np.full((T - 1, 1), False)])
    return np.vstack([wider, np.full((1, T), True)])

# %% right: indices_and_not
# style: not of the strict upper triangle, np.triu_indices
def causal_mask(T):
    future = np.zeros((T, T), dtype=np.bool_)
    future[np.triu_indices(T, k=1)] = True
    return np.logical_not(future)

# %% wrong: floats
# mistake: np.tril of ones of floats
# rule: "dtype `bool`"
def causal_mask(T):
    return np.tril(np.ones((T, T)))

# %% wrong: integers_2
# mistake: dtype int
# rule: "dtype `bool`"
def causal_mask(T):
    return np.tri(T, dtype=int)

# %% wrong: columns_for_queries
# mistake: row and column mixed up
# rule: "row i is for the query i, column j for the key j"
def causal_mask(T):
    return np.triu(np.ones((T, T), dtype=bool))

# %% wrong: not_itself
# mistake: hides the place itself
# rule: "place i reads itself and all places **before** it"
def causal_mask(T):
    return np.tri(T, k=-1, dtype=bool)

# %% wrong: one_place_too_far
# mistake: one place of the future
# rule: "place i reads itself and all places **before** it"
def causal_mask(T):
    return np.tril(np.ones((T, T), dtype=bool), k=1)

# %% wrong: true_is_hidden
# mistake: PyTorch's sense: True where hidden
# rule: "True where place i (row) may read place j (column)"
def causal_mask(T):
    return np.triu(np.ones((T, T), dtype=bool), k=1)

# %% wrong: minus_infinity
# mistake: a mask that is added to the scores
# rule: "`causal_mask(T)` holds truth values (T, T)"
def causal_mask(T):
    return np.where(np.tri(T, dtype=bool), 0.0, -np.inf)

# %% wrong: only_the_place_before
# mistake: itself and one place before
# rule: "all places **before** it"
def causal_mask(T):
    i = np.arange(T)
    distance = i[:, None] - i
    return (distance == 0) | (distance == 1)

# %% wrong: batch_axis
# mistake: an axis for the batch in front
# rule: "truth values (T, T)"
def causal_mask(T):
    return np.tri(T, dtype=bool)[None]

# %% wrong: everything_before_the_last
# mistake: range without i + 1: the diagonal is False, except for the first place, which was repaired
# rule: "place i reads itself"
def causal_mask(T):
    mask = np.zeros((T, T), dtype=bool)
    for i in range(T):
        mask[i, : max(i, 1)] = True
    return mask

# %% wrong: one_too_many
# mistake: counts from 0 to T
# rule: "(T, T)"
def causal_mask(T):
    i = np.arange(T + 1)
    return i[:, None] >= i
