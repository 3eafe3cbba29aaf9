# exercise: scaled_dot_product_attention

# %% right: masked_array_style
# style: transposes by moveaxis, -1e300 for hidden, repaired at the end
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = np.matmul(Q, np.moveaxis(K, -1, -2)) / np.sqrt(K.shape[-1])
    if mask is None:
        mask = np.ones(s.shape, dtype=bool)
    mask = np.broadcast_to(mask, s.shape)
    s = np.where(mask, s, -1e300)
    w = np.exp(s - np.max(s, axis=-1, keepdims=True))
    w = w / w.sum(-1)[..., None]
    w = np.where(mask.any(-1, keepdims=True), w, 0.0)
    return [w @ V, w]

# %% right: nan_to_num
# style: lets nan come and replaces it
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = (Q / np.sqrt(Q.shape[-1])) @ K.swapaxes(-2, -1)
    if mask is not None:
        scores = scores + np.where(mask, 0, -np.inf)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    w = np.nan_to_num(e / e.sum(-1, keepdims=True))
    out = np.zeros(Q.shape[:-1] + V.shape[-1:])
    for j in range(K.shape[-2]):
        out += w[..., j:j+1] * V[..., j:j+1, :]
    return out, w

# %% right: torch_softmax
# style: softmax of PyTorch, arrays at the end
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = torch.tensor(Q @ np.swapaxes(K, -1, -2)) / Q.shape[-1] ** 0.5
    if mask is not None:
        s = s.masked_fill(~torch.tensor(mask), float("-inf"))
    w = torch.softmax(s, dim=-1).nan_to_num(0.0).numpy()
    return w @ V, w

# %% wrong: no_root
# mistake: divides by d
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / Q.shape[-1]
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    m = s.max(-1, keepdims=True)
    e = np.exp(s - np.where(np.isinf(m), 0, m))
    t = e.sum(-1, keepdims=True)
    w = e / np.where(t == 0, 1, t)
    return w @ V, w

# %% wrong: mask_multiplied
# mistake: mask multiplies the scores
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = s * mask
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    return w @ V, w

# %% wrong: minus_1e9
# mistake: a blind query reads everything
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -1e9)
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    return w @ V, w

# %% wrong: small_number
# mistake: -100 does not hide
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -20)
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    if mask is not None:
        w = np.where(np.any(mask, axis=-1, keepdims=True), w, 0)
    return w @ V, w

# %% wrong: inverted
# mistake: the convention of MultiheadAttention
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, -np.inf, s)
    m = s.max(-1, keepdims=True)
    e = np.exp(s - np.where(np.isinf(m), 0, m))
    t = e.sum(-1, keepdims=True)
    w = e / np.where(t == 0, 1, t)
    return w @ V, w

# %% wrong: transpose_2d
# mistake: K.T
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ K.T / np.sqrt(Q.shape[-1])
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    return w @ V, w

# %% wrong: axis_1
# mistake: axis 1 is right for two axes only
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    m = s.max(1, keepdims=True)
    e = np.exp(s - np.where(np.isinf(m), 0, m))
    t = e.sum(1, keepdims=True)
    w = e / np.where(t == 0, 1, t)
    return w @ V, w

# %% wrong: mask_used_up
# mistake: writes into the mask
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is None:
        mask = np.ones(s.shape, bool)
    blind = ~mask.any(-1)
    mask[blind] = True
    s = np.where(mask, s, -np.inf)
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    w = np.where(blind[..., None], 0, w)
    return w @ V, w

# %% wrong: only_output
# mistake: returns what PyTorch returns
def scaled_dot_product_attention(Q, K, V, mask=None):
    return torch.nn.functional.scaled_dot_product_attention(torch.tensor(Q), torch.tensor(K), torch.tensor(V)).numpy()

# %% wrong: no_mask_for_output
# mistake: blind rows repaired in the weights, not in the output
def scaled_dot_product_attention(Q, K, V, mask=None):
    s = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    e = np.exp(s - s.max(-1, keepdims=True))
    w = e / e.sum(-1, keepdims=True)
    return w @ V, np.nan_to_num(w)
