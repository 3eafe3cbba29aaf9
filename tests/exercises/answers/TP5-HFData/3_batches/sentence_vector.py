# exercise: sentence_vector

# %% right: mask
# style: mask and broadcasting
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    if mode == "sum":
        return total
    return total / np.maximum(mask.sum(axis=1), 1)

# %% right: loops
# style: text by text, word by word
def sentence_vector(indices, embeddings, mode="mean"):
    B, T = indices.shape
    E = embeddings.shape[1]
    if mode == "concat":
        res = np.zeros((B, T * E))
        for b in range(B):
            for t in range(T):
                if indices[b, t] != 0:
                    res[b, t * E : (t + 1) * E] = embeddings[indices[b, t]]
        return res
    res = np.zeros((B, E))
    for b in range(B):
        nombre = 0
        for i in indices[b]:
            if i != 0:
                res[b] += embeddings[i]
                nombre += 1
        if mode == "mean" and nombre > 0:
            res[b] /= nombre
    return res

# %% right: copy_with_zero_row
# style: copy of the table with row 0 set to zero
def sentence_vector(indices, embeddings, mode="mean"):
    table = np.array(embeddings, dtype=float)
    table[0] = 0
    x = table[indices]
    n = np.count_nonzero(indices, axis=1)
    n[n == 0] = 1
    return {
        "concat": x.reshape(x.shape[0], x.shape[1] * x.shape[2]),
        "sum": x.sum(1),
        "mean": x.sum(1) / n[:, None],
    }[mode]

# %% right: einsum
# style: weights per place and einsum
def sentence_vector(indices, embeddings, mode="mean"):
    w = (indices > 0).astype(float)
    if mode == "concat":
        return np.einsum("bt,bte->bte", w, embeddings[indices]).reshape(w.shape[0], -1)
    if mode == "mean":
        w = w / np.where(w.sum(1, keepdims=True) == 0, 1, w.sum(1, keepdims=True))
    return np.einsum("bt,bte->be", w, embeddings[indices])

# %% right: bag_times_table
# style: counts of the words times the table
def sentence_vector(indices, embeddings, mode="mean"):
    V, E = embeddings.shape
    if mode == "concat":
        return np.where(indices[:, :, None] == 0, 0.0, embeddings[indices]).reshape(len(indices), -1)
    bag = np.zeros((len(indices), V))
    for b, row in enumerate(indices):
        bag[b] = np.bincount(row, minlength=V)
    bag[:, 0] = 0
    somme = bag @ embeddings
    if mode == "sum":
        return somme
    return somme / np.clip(bag.sum(1), 1, None)[:, None]

# %% right: per_text_function
# style: local function per text, empty texts first
def sentence_vector(indices, embeddings, mode="mean"):
    E = embeddings.shape[1]
    T = indices.shape[1]

    def one(row):
        words = embeddings[row[row != 0]]
        if mode == "concat":
            return np.concatenate([words.ravel(), np.zeros((T - len(words)) * E)])
        if len(words) == 0:
            return np.zeros(E)
        if mode == "sum":
            return words.sum(axis=0)
        return words.mean(axis=0)

    return np.stack([one(row) for row in indices])

# %% right: cumulative_python
# style: hstack of the places, divisions with np.divide
def sentence_vector(indices, embeddings, mode="mean"):
    places = [embeddings[column] * (column != 0).reshape(-1, 1) for column in indices.T]
    if mode == "concat":
        return np.hstack(places)
    total = sum(places[1:], places[0].astype(float))
    if mode == "mean":
        n = (indices != 0).sum(axis=1, keepdims=True)
        total = np.divide(total, n, out=np.zeros_like(total), where=n > 0)
    return total

# %% wrong: row_zero_counts
# mistake: relies on row 0 being zero
# rule: "Do not rely on row 0 being zero"
def sentence_vector(indices, embeddings, mode="mean"):
    vectors = embeddings[indices]
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    if mode == "sum":
        return total
    return total / np.maximum((indices != 0).sum(axis=1, keepdims=True), 1)

# %% wrong: divided_by_t
# mistake: mean over all places
# rule: "**Padding must not count**, neither in the sum nor in the number of words."
def sentence_vector(indices, embeddings, mode="mean"):
    vectors = embeddings[indices] * (indices != 0)[..., None]
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    return vectors.sum(axis=1) if mode == "sum" else vectors.mean(axis=1)

# %% wrong: nan_for_empty
# mistake: 0 / 0
# rule: "A text without any word is a vector of zeros."
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / mask.sum(axis=1)

# %% wrong: unknown_left_out
# mistake: the unknown word does not count
# rule: "The unknown word, number 1, is a word like any other and has its row."
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices > 1)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: concat_without_mask
# mistake: the concatenation has row 0 at the places of padding
# rule: "the vectors end to end (*concaténation*), with zeros for padding"
def sentence_vector(indices, embeddings, mode="mean"):
    if mode == "concat":
        return embeddings[indices].reshape(len(indices), -1)
    mask = (indices != 0)[..., None]
    total = (embeddings[indices] * mask).sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: concat_by_column
# mistake: transposed before reshape: all first numbers, then all second ones
# rule: "the vectors end to end"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.transpose(0, 2, 1).reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: default_sum
# mistake: default mode "sum"
# rule: "mode=\"mean\""
def sentence_vector(indices, embeddings, mode="sum"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: table_changed
# mistake: embeddings[0] = 0 in the array that was given
# rule: "Do not change the lists and arrays that you are given"
def sentence_vector(indices, embeddings, mode="mean"):
    embeddings[0] = 0
    vectors = embeddings[indices]
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum((indices != 0).sum(axis=1)[:, None], 1)

# %% wrong: mask_from_vectors
# mistake: a place whose vector is zero is taken for padding (an unknown word with a row of zeros)
# rule: "The unknown word, number 1, is a word like any other and has its row."
def sentence_vector(indices, embeddings, mode="mean"):
    vectors = embeddings[indices] * (indices != 0)[..., None]
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    n = (np.abs(vectors).sum(axis=2) > 0).sum(axis=1)[:, None]
    return total if mode == "sum" else total / np.maximum(n, 1)

# %% wrong: different_words
# mistake: a repeated word counts once
# rule: "the sum of the vectors of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    if mode == "concat":
        return (embeddings[indices] * (indices != 0)[..., None]).reshape(len(indices), -1)
    out = np.zeros((len(indices), embeddings.shape[1]))
    for b, row in enumerate(indices):
        words = sorted(set(row.tolist()) - {0})
        if words:
            out[b] = embeddings[words].sum(axis=0) / (len(words) if mode == "mean" else 1)
    return out

# %% wrong: first_padding_counted
# mistake: number of words off by one
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / (mask.sum(axis=1) + 1)

# %% wrong: longest_of_batch
# mistake: divides by the number of words of the longest text of the batch
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / max(mask.sum(axis=1).max(), 1)

# %% wrong: divided_by_e
# mistake: mean over the wrong axis size: divides by E
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / embeddings.shape[1]

# %% wrong: wrong_axis
# mistake: sums over E, result (B, T)
# rule: "Returns an array (B, E)"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=2)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: concat_three_axes
# mistake: no reshape
# rule: "(B, T * E) for \"concat\""
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: concat_of_shortest
# mistake: padding is cut off: all texts cut to the shortest one
# rule: "(B, T * E) for \"concat\""
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    if mode == "concat":
        n = mask.sum(axis=1).min()
        return embeddings[indices[:, :n]].reshape(len(indices), n * embeddings.shape[1])
    total = (embeddings[indices] * mask).sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: mean_is_sum
# mistake: "mean" and "sum" do the same
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    return vectors.sum(axis=1)

# %% wrong: unit_length
# mistake: the mean is scaled to length 1
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    if mode == "sum":
        return total
    norm = np.linalg.norm(total, axis=1, keepdims=True)
    return total / np.where(norm == 0, 1, norm)

# %% wrong: word_vectors_of_zero_and_one_ignored
# mistake: shifts the numbers: row i - 1
# rule: "embeddings: array (V, E), one row per word"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices - 1] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: squeezed
# mistake: squeeze(): a batch of one text loses its axis
# rule: "Returns an array (B, E), or (B, T * E) for \"concat\"."
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1).squeeze()
    total = vectors.sum(axis=1).squeeze()
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1).squeeze()[..., None]

# %% wrong: empty_text_is_padding
# mistake: a text without words gets the vector of padding
# rule: "A text without any word is a vector of zeros."
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    empty = ~mask.any(axis=1)
    total = np.where(empty, embeddings[0], total)
    return total if mode == "sum" else total / np.maximum(mask.sum(axis=1), 1)

# %% wrong: integer_mean
# mistake: // instead of /
# rule: "the sum, divided by the number of its words"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    total = vectors.sum(axis=1)
    return total if mode == "sum" else total // np.maximum(mask.sum(axis=1), 1)

# %% wrong: concat_divided
# mistake: concatenation divided by the number of words too
# rule: "the vectors end to end"
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices] * mask
    if mode != "sum":
        vectors = vectors / np.maximum(mask.sum(axis=1, keepdims=True), 1)
    if mode == "concat":
        return vectors.reshape(len(indices), -1)
    return vectors.sum(axis=1)

# %% wrong: infinity
# mistake: adds 1e-9 to the number of words but leaves row 0 in the sum of empty texts
# rule: "A text without any word is a vector of zeros."
def sentence_vector(indices, embeddings, mode="mean"):
    mask = (indices != 0)[..., None]
    vectors = embeddings[indices]
    if mode == "concat":
        return (vectors * mask).reshape(len(indices), -1)
    total = np.where(mask.any(axis=1), (vectors * mask).sum(axis=1), vectors.sum(axis=1))
    return total if mode == "sum" else total / (mask.sum(axis=1) + 1e-9)
