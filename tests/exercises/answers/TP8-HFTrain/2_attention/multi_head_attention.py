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
