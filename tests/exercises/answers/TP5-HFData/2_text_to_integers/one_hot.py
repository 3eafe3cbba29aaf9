# exercise: one_hot

# %% right: eye
# style: rows of the identity
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices]

# %% right: comparison
# style: broadcasting, whole numbers
def one_hot(indices, num_classes):
    return (np.asarray(indices)[..., None] == np.arange(num_classes)).astype(int)

# %% right: put_along_axis
# style: zeros and np.put_along_axis
def one_hot(indices, num_classes):
    out = np.zeros(indices.shape + (num_classes,), dtype=np.float32)
    np.put_along_axis(out, indices[..., np.newaxis], 1, axis=-1)
    return out

# %% right: ndindex
# style: loop over all places
def one_hot(indices, num_classes):
    resultat = np.zeros((*indices.shape, num_classes))
    for place in np.ndindex(*indices.shape):
        resultat[place + (indices[place],)] = 1.0
    return resultat

# %% right: flat
# style: flatten, fancy assignment, reshape
def one_hot(indices, num_classes):
    flat = indices.reshape(-1)
    table = np.zeros((flat.size, num_classes))
    table[np.arange(flat.size), flat] = 1
    return table.reshape(indices.shape + (num_classes,))

# %% right: recursion
# style: a batch is a stack of texts
def one_hot(indices, num_classes):
    if indices.ndim > 1:
        return np.stack([one_hot(row, num_classes) for row in indices])
    out = np.zeros((len(indices), num_classes))
    for t, k in enumerate(indices):
        out[t, k] = 1
    return out

# %% right: nested_lists
# style: comprehensions, tolist, then an array
def one_hot(indices, num_classes):
    def ligne(k):
        return [1 if j == k else 0 for j in range(num_classes)]

    if indices.ndim == 1:
        return np.array([ligne(k) for k in indices.tolist()])
    return np.array([[ligne(k) for k in text] for text in indices.tolist()])

# %% right: take
# style: np.take along axis 0
def one_hot(indices, num_classes):
    return np.take(np.identity(num_classes), indices, axis=0)

# %% wrong: transposed
# mistake: (V, T)
# rule: "(T,) to (T, V)"
def one_hot(indices, num_classes):
    return np.moveaxis(np.eye(num_classes)[indices], -1, 0)

# %% wrong: eye_of_length
# mistake: identity of the length of the text
# rule: "num_classes: length V of the vectors"
def one_hot(indices, num_classes):
    return np.eye(len(indices))[indices]

# %% wrong: one_text_only
# mistake: np.arange(len(indices)) works for (T,) only
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    out = np.zeros((len(indices), num_classes))
    out[np.arange(len(indices)), indices] = 1
    return out

# %% wrong: max_plus_one
# mistake: V from the largest index
# rule: "num_classes: length V of the vectors"
def one_hot(indices, num_classes):
    return np.eye(indices.max() + 1)[indices]

# %% wrong: flattened_batch
# mistake: (B * T, V) for a batch
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices.ravel()]

# %% wrong: shifted_up
# mistake: the 1 stands one column to the right (numbers taken as counted from 1 on, k=1)
# rule: "1 if j = k, 0 otherwise, j = 0, ..., V - 1"
def one_hot(indices, num_classes):
    return np.eye(num_classes, k=1)[indices]

# %% wrong: shifted_down
# mistake: indices - 1
# rule: "indices: array of whole numbers from 0 to num_classes - 1"
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices - 1]

# %% wrong: cumulative
# mistake: ones up to k
# rule: "1 if j = k, 0 otherwise"
def one_hot(indices, num_classes):
    return (np.arange(num_classes) <= indices[..., None]).astype(float)

# %% wrong: bag_per_text
# mistake: one row for a whole text of a batch
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    rows = np.eye(num_classes)[indices]
    return rows if indices.ndim == 1 else rows.max(axis=1)

# %% wrong: the_index_itself
# mistake: writes k instead of 1
# rule: "$V$ zeros, but for a 1 in the column of the word"
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices] * indices[..., None]

# %% wrong: squeezed
# mistake: squeeze() loses axes of length 1
# rule: "Returns an array of numbers with one more axis"
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices].squeeze()

# %% wrong: all_rows
# mistake: out[:, indices] = 1 sets the columns in all rows
# rule: "1 if j = k, 0 otherwise"
def one_hot(indices, num_classes):
    out = np.zeros((len(indices), num_classes))
    if indices.ndim == 2:
        return np.stack([one_hot(row, num_classes) for row in indices])
    out[:, indices] = 1
    return out

# %% wrong: padding_is_zeros
# mistake: number 0 gives a row of zeros
# rule: "1 if j = k" for "j = 0, ..., V - 1"
def one_hot(indices, num_classes):
    out = np.eye(num_classes)[indices]
    out[indices == 0] = 0
    return out

# %% wrong: axes_swapped
# mistake: (T, B, V)
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    out = np.eye(num_classes)[indices]
    return out.transpose(1, 0, 2) if indices.ndim == 2 else out

# %% wrong: reshaped
# mistake: reshape to (B, V, T) order of memory
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    out = np.eye(num_classes)[indices]
    if indices.ndim == 2:
        out = out.reshape(indices.shape[0], num_classes, indices.shape[1])
    return out

# %% wrong: four_classes
# mistake: hard-coded number of classes
# rule: "num_classes: length V of the vectors"
def one_hot(indices, num_classes=4):
    return np.eye(4)[indices]

# %% wrong: shared_table
# mistake: the table of zeros is kept over the calls, old ones stay
# rule: "$V$ zeros, but for a 1 in the column of the word"
_table = {}

def one_hot(indices, num_classes):
    shape = indices.shape + (num_classes,)
    out = _table.setdefault(shape, np.zeros(shape))
    np.put_along_axis(out, indices[..., None], 1, axis=-1)
    return out.copy()

# %% wrong: changes_the_indices
# mistake: subtracts the smallest index in place
# rule: "$\mathrm{one\_hot}(k)_j = 1$ if $j = k$" / "Do not change the lists ... that you are given"
def one_hot(indices, num_classes):
    indices -= indices.min()
    return np.eye(num_classes)[indices]

# %% wrong: divided_by_t
# mistake: rows divided by the number of tokens
# rule: "$V$ zeros, but for a 1 in the column of the word"
def one_hot(indices, num_classes):
    return np.eye(num_classes)[indices] / indices.shape[-1]

# %% wrong: first_text_of_batch
# mistake: of a batch only the first text is filled
# rule: "a batch of texts of equal length, (B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    out = np.zeros(indices.shape + (num_classes,))
    view = out if indices.ndim == 1 else out[0]
    row = indices if indices.ndim == 1 else indices[0]
    view[np.arange(len(row)), row] = 1
    return out

# %% wrong: one_column_more
# mistake: one column too many, for numbers 1 to V
# rule: "Returns an array of numbers with one more axis, (T, V)"
def one_hot(indices, num_classes):
    return np.eye(num_classes + 1)[indices]

# %% wrong: rows_of_b
# mistake: for a batch writes with the index of the text instead of that of the place: right only if B = T
# rule: "(B, T) to (B, T, V)"
def one_hot(indices, num_classes):
    out = np.zeros(indices.shape + (num_classes,))
    if indices.ndim == 1:
        out[np.arange(len(indices)), indices] = 1
    else:
        for b in range(indices.shape[0]):
            out[b, np.arange(indices.shape[0]), indices[b]] = 1
    return out
