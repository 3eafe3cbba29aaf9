# exercise: multi_head_attention

# %% right: einsum
# style: einsum over heads, mask by expand_dims
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S = memory.shape[1]
    D = W_Q.shape[1]
    d = D // num_heads
    Q = (x @ W_Q).reshape(B, L, num_heads, d)
    K = (memory @ W_K).reshape(B, S, num_heads, d)
    V = (memory @ W_V).reshape(B, S, num_heads, d)
    s = np.einsum("blhd,bshd->bhls", Q, K) / d ** 0.5
    if mask is not None:
        m = mask if mask.ndim == 2 else np.expand_dims(mask, 1)
        s = np.where(m, s, -np.inf)
    w = np.exp(s - s.max(-1, keepdims=True))
    w /= w.sum(-1, keepdims=True)
    return np.einsum("bhls,bshd->blhd", w, V).reshape(B, L, D) @ W_O

# %% right: list_of_heads
# style: np.split and a list, own earlier answer
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    q, k, v = x @ W_Q, memory @ W_K, memory @ W_V
    heads = [
        scaled_dot_product_attention(a, b, c, mask)[0]
        for a, b, c in zip(np.split(q, num_heads, -1), np.split(k, num_heads, -1), np.split(v, num_heads, -1))
    ]
    return np.concatenate(heads, axis=2) @ W_O

# %% wrong: reshape_only
# mistake: no transpose
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S, D = memory.shape[1], W_Q.shape[1]
    d = D // num_heads
    q = (x @ W_Q).reshape(B, num_heads, L, d)
    k = (memory @ W_K).reshape(B, num_heads, S, d)
    v = (memory @ W_V).reshape(B, num_heads, S, d)
    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]
    out, _ = scaled_dot_product_attention(q, k, v, mask)
    return out.reshape(B, L, D) @ W_O

# %% wrong: self_only
# mistake: reads x
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    def cut(z):
        return z.reshape(z.shape[0], z.shape[1], num_heads, -1).transpose(0, 2, 1, 3)
    out, _ = scaled_dot_product_attention(cut(x @ W_Q), cut(x @ W_K), cut(x @ W_V), mask)
    out = out.transpose(0, 2, 1, 3)
    return out.reshape(out.shape[0], out.shape[1], -1) @ W_O

# %% wrong: mean_of_heads
# mistake: averages the heads
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    total = 0
    for h in range(num_heads):
        c = slice(h * d, h * d + d)
        o, _ = scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c], mask)
        total = total + o @ W_O[c] / num_heads
    return total

# %% wrong: no_output_matrix
# mistake: W_O left out
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    q, k, v = x @ W_Q, memory @ W_K, memory @ W_V
    heads = [
        scaled_dot_product_attention(a, b, c, mask)[0]
        for a, b, c in zip(np.split(q, num_heads, -1), np.split(k, num_heads, -1), np.split(v, num_heads, -1))
    ]
    return np.concatenate(heads, axis=2)

# %% wrong: mask_as_is
# mistake: a mask of three axes meets four
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    def cut(z):
        return z.reshape(z.shape[0], z.shape[1], num_heads, -1).transpose(0, 2, 1, 3)
    out, _ = scaled_dot_product_attention(cut(x @ W_Q), cut(memory @ W_K), cut(memory @ W_V), mask)
    out = out.transpose(0, 2, 1, 3)
    return out.reshape(out.shape[0], out.shape[1], -1) @ W_O

# %% wrong: d_model
# mistake: scaled by the root of D
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    def cut(z):
        return z.reshape(z.shape[0], z.shape[1], num_heads, -1).transpose(0, 2, 1, 3)
    q = cut(x @ W_Q) / num_heads ** 0.5
    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]
    out, _ = scaled_dot_product_attention(q, cut(memory @ W_K), cut(memory @ W_V), mask)
    out = out.transpose(0, 2, 1, 3)
    return out.reshape(out.shape[0], out.shape[1], -1) @ W_O

# %% right: one_head_after_the_other
# style: a loop over the heads with column slices, the earlier exercise for each
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    D = W_Q.shape[1]
    d = D // num_heads
    outputs = []
    for start in range(0, D, d):
        cols = slice(start, start + d)
        out, _ = scaled_dot_product_attention(
            x @ W_Q[:, cols], memory @ W_K[:, cols], memory @ W_V[:, cols], mask
        )
        outputs.append(out)
    return np.concatenate(outputs, axis=-1) @ W_O

# %% right: einsum_2
# style: weights reshaped to (E, H, d), einsum throughout, own softmax
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    h = num_heads
    q = np.einsum("ble,ehd->bhld", x, W_Q.reshape(W_Q.shape[0], h, -1))
    k = np.einsum("bsm,mhd->bhsd", memory, W_K.reshape(W_K.shape[0], h, -1))
    v = np.einsum("bsm,mhd->bhsd", memory, W_V.reshape(W_V.shape[0], h, -1))
    z = np.einsum("bhld,bhsd->bhls", q, k) / np.sqrt(q.shape[-1])
    if mask is not None:
        m = mask if mask.ndim == 3 else mask[None]
        z = np.where(m[:, None], z, -np.inf)
    z -= z.max(axis=-1, keepdims=True)
    w = np.exp(z)
    w /= w.sum(axis=-1, keepdims=True)
    read = np.einsum("bhls,bhsd->blhd", w, v)
    return np.einsum("blhd,hde->ble", read, W_O.reshape(h, -1, W_O.shape[1]))

# %% right: loops_and_sum_over_heads
# style: loops over batch, heads and queries; the rows of W_O that belong to a head are added up
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    d = W_Q.shape[1] // num_heads
    result = np.zeros((B, L, W_O.shape[1]))
    for b in range(B):
        for h in range(num_heads):
            lo, hi = h * d, (h + 1) * d
            keys, values = memory[b] @ W_K[:, lo:hi], memory[b] @ W_V[:, lo:hi]
            for i in range(L):
                s = keys @ (x[b, i] @ W_Q[:, lo:hi]) / math.sqrt(d)
                if mask is not None:
                    row = mask[i] if mask.ndim == 2 else mask[b, i]
                    s = np.where(row, s, -np.inf)
                w = np.exp(s - max(s))
                w = w / sum(w)
                result[b, i] += (w @ values) @ W_O[lo:hi]
    return result

# %% right: heads_as_leading_axis
# style: a local function that cuts with np.split and np.stack; heads in front of the batch
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    def cut(a):
        return np.stack(np.split(a, num_heads, axis=-1))  # (H, B, ., d)

    queries, keys, values = cut(x @ W_Q), cut(memory @ W_K), cut(memory @ W_V)
    read, _ = scaled_dot_product_attention(queries, keys, values, mask)
    return np.concatenate(list(read), axis=-1) @ W_O

# %% wrong: reshape_only_2
# mistake: a reshape from (B, T, D) straight to (B, H, T, d)
# rule: "The usual slip is a reshape from (B, T, D) straight to (B, H, T, d)."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S, D = memory.shape[1], W_Q.shape[1]
    d = D // num_heads
    q = (x @ W_Q).reshape(B, num_heads, L, d)
    k = (memory @ W_K).reshape(B, num_heads, S, d)
    v = (memory @ W_V).reshape(B, num_heads, S, d)
    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]
    out, _ = scaled_dot_product_attention(q, k, v, mask)
    return out.reshape(B, L, D) @ W_O

# %% wrong: no_swap_back
# mistake: swaps the axes on the way in, not on the way out
# rule: "The outputs of the heads, side by side in their order, are (B, L, D)."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S, D = memory.shape[1], W_Q.shape[1]
    q = (x @ W_Q).reshape(B, L, num_heads, -1).swapaxes(1, 2)
    k = (memory @ W_K).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    v = (memory @ W_V).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]
    out, _ = scaled_dot_product_attention(q, k, v, mask)
    return out.reshape(B, L, D) @ W_O

# %% wrong: root_of_the_whole_width
# mistake: divides by the root of D
# rule: "divides its scores by $\sqrt d$"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S, D = memory.shape[1], W_Q.shape[1]
    q = (x @ W_Q).reshape(B, L, num_heads, -1).swapaxes(1, 2)
    k = (memory @ W_K).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    v = (memory @ W_V).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    z = q @ k.swapaxes(2, 3) / np.sqrt(D)
    if mask is not None:
        z = np.where(mask[:, None] if mask.ndim == 3 else mask, z, -np.inf)
    w = np.exp(z - z.max(axis=-1, keepdims=True))
    w /= w.sum(axis=-1, keepdims=True)
    return (w @ v).swapaxes(1, 2).reshape(B, L, D) @ W_O

# %% wrong: interleaved_heads
# mistake: head h has the columns h, h + H, h + 2 H, ...
# rule: "Head h has the columns h d, ..., (h + 1) d - 1 of each"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    outs = [
        scaled_dot_product_attention(
            x @ W_Q[:, h::num_heads], memory @ W_K[:, h::num_heads], memory @ W_V[:, h::num_heads], mask
        )[0]
        for h in range(num_heads)
    ]
    return np.concatenate(outs, axis=-1) @ W_O

# %% wrong: keys_from_x
# mistake: keys and values are made of x, as in self-attention
# rule: "`x` (B, L, E) asks; `memory` (B, S, M) is read."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], x @ W_K[:, c], x @ W_V[:, c], mask)[0])
    return np.concatenate(outs, axis=-1) @ W_O

# %% wrong: no_output_matrix_2
# mistake: forgets W_O
# rule: "The result is this times W_O."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c], mask)[0])
    return np.concatenate(outs, axis=-1)

# %% wrong: batch_mask_meets_heads
# mistake: a mask (B, L, S) is broadcast against (B, H, L, S) without an axis for the heads
# rule: "`mask` is None, (L, S), or (B, L, S): True may be read, the same for all heads."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    B, L, _ = x.shape
    S, D = memory.shape[1], W_Q.shape[1]
    q = (x @ W_Q).reshape(B, L, num_heads, -1).swapaxes(1, 2)
    k = (memory @ W_K).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    v = (memory @ W_V).reshape(B, S, num_heads, -1).swapaxes(1, 2)
    out, _ = scaled_dot_product_attention(q, k, v, mask)
    return out.swapaxes(1, 2).reshape(B, L, D) @ W_O

# %% wrong: mask_ignored
# mistake: the mask is not handed on
# rule: "`mask` is None, (L, S), or (B, L, S): True may be read"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c])[0])
    return np.concatenate(outs, axis=-1) @ W_O

# %% wrong: mean_of_the_heads
# mistake: the heads are averaged and repeated instead of put side by side
# rule: "The outputs of the heads, side by side in their order, are (B, L, D)."
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c], mask)[0])
    return np.tile(np.mean(outs, axis=0), num_heads) @ W_O

# %% wrong: matrices_transposed
# mistake: the matrices lie as in nn.Linear, (outputs, inputs)
# rule: "Q = x W_Q, K = memory W_K, V = memory W_V"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c], mask)[0])
    return np.concatenate(outs, axis=-1) @ W_O.T

# %% wrong: hidden_where_true
# mistake: True is hidden, as in nn.MultiheadAttention
# rule: "True may be read"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    d = W_Q.shape[1] // num_heads
    hidden = None if mask is None else ~mask
    outs = []
    for h in range(num_heads):
        c = slice(h * d, (h + 1) * d)
        outs.append(scaled_dot_product_attention(x @ W_Q[:, c], memory @ W_K[:, c], memory @ W_V[:, c], hidden)[0])
    return np.concatenate(outs, axis=-1) @ W_O

# %% wrong: one_head
# mistake: ignores num_heads: one head of all D features
# rule: "queries, keys and values are projected, cut into H parts of d features, and each part attends by itself"
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    out, _ = scaled_dot_product_attention(x @ W_Q, memory @ W_K, memory @ W_V, mask)
    return out @ W_O
