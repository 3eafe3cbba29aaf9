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

# %% right: nan_to_num_2
# style: -inf where hidden, the 0/0 of empty rows becomes 0 afterwards
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(scores - top)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights = np.nan_to_num(e / e.sum(axis=-1, keepdims=True), nan=0.0)
    return weights @ V, weights

# %% right: query_by_query
# style: loops over all leading axes with np.ndindex, only the keys that may be read
def scaled_dot_product_attention(Q, K, V, mask=None):
    *lead, L, d = Q.shape
    S, F_ = V.shape[-2:]
    if mask is None:
        mask = np.ones(S, dtype=bool)
    allowed = np.broadcast_to(mask, (*lead, L, S))
    weights = np.zeros((*lead, L, S))
    output = np.zeros((*lead, L, F_))
    for place in np.ndindex(*lead, L):
        batch = place[:-1]
        open_ = np.flatnonzero(allowed[place])
        if open_.size == 0:
            continue
        s = K[batch][open_] @ Q[place] / math.sqrt(d)
        e = np.exp(s - s.max())
        e /= e.sum()
        weights[place][open_] = e
        output[place] = e @ V[batch][open_]
    return output, weights

# %% right: einsum_and_where_arguments
# style: einsum, max and exp with where=, denominators of empty rows replaced by 1
def scaled_dot_product_attention(Q, K, V, mask=None):
    z = np.einsum("...ld,...sd->...ls", Q, K) * Q.shape[-1] ** -0.5
    ok = np.ones(z.shape, bool) if mask is None else np.broadcast_to(mask, z.shape)
    m = np.max(z, axis=-1, keepdims=True, where=ok, initial=-1e300)
    e = np.zeros_like(z)
    np.exp(z - m, out=e, where=ok)
    total = e.sum(axis=-1, keepdims=True)
    total[total == 0] = 1
    w = e / total
    return np.einsum("...ls,...sf->...lf", w, V), w

# %% right: recursion_over_leading_axes
# style: recursion over the leading axes down to two, log-sum-exp there
def scaled_dot_product_attention(Q, K, V, mask=None):
    full = (*Q.shape[:-1], K.shape[-2])
    return _attend(Q, K, V, np.broadcast_to(True if mask is None else mask, full))


def _attend(Q, K, V, mask):
    if Q.ndim > 2:
        parts = [_attend(q, k, v, m) for q, k, v, m in zip(Q, K, V, mask)]
        return np.stack([o for o, _ in parts]), np.stack([w for _, w in parts])
    scores = Q.dot(K.T) / np.sqrt(K.shape[1])
    weights = np.zeros(scores.shape)
    for row, (s, m) in enumerate(zip(scores, mask)):
        if m.any():
            log_total = np.logaddexp.reduce(s[m])
            weights[row, m] = np.exp(s[m] - log_total)
    return weights.dot(V), weights

# %% wrong: no_root_2
# mistake: forgets the division by the root of d
# rule: "\mathrm{softmax}\Big(\frac{Q K^\top}{\sqrt d}\Big)"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: root_of_the_number_of_keys
# mistake: the root of S instead of d
# rule: "\sqrt d", "L queries of d features"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-2])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: softmax_over_queries
# mistake: softmax along the axis of the queries
# rule: "the softmax goes along the axis of the keys"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-2, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-2, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: mask_inverted
# mistake: True is hidden, as in nn.MultiheadAttention
# rule: "**True where a query may read a key**"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, -np.inf, scores)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: mask_after_the_softmax
# mistake: hides after the softmax and does not share out the 1 again
# rule: "A hidden key gets weight 0, whatever its score, and the others share the 1."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = weights * mask
    return weights @ V, weights

# %% wrong: nothing_to_read_is_uniform
# mistake: -1e9 instead of minus infinity: a row with nothing to read gets equal weights
# rule: "A query that **may read nothing** gets weights 0 and output 0."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ V, weights

# %% wrong: nothing_to_read_is_nan
# mistake: the plain formula
# rule: "A query that **may read nothing** gets weights 0 and output 0. (The plain formula gives 0/0 = nan there."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ V, weights

# %% wrong: overflow
# mistake: no maximum is taken away
# rule: "Large scores must not overflow."
def scaled_dot_product_attention(Q, K, V, mask=None):
    e = np.exp(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]))
    if mask is not None:
        e = e * mask
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: maximum_of_hidden_keys
# mistake: the maximum is taken over hidden keys as well: where a hidden score is far above, all others become 0
# rule: "A hidden key gets weight 0, whatever its score, and the others share the 1."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    if mask is not None:
        e = e * mask
    total = e.sum(axis=-1, keepdims=True)
    weights = np.divide(e, total, out=np.zeros_like(e), where=total > 0)
    return weights @ V, weights

# %% wrong: one_maximum_for_all
# mistake: the maximum of all scores instead of the row's: a row far below becomes 0
# rule: "Each query shares out a weight of 1 among the keys", "Large scores must not overflow."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    e = np.exp(scores - scores.max())
    if mask is not None:
        e = np.where(mask, e, 0)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: hidden_score_zero
# mistake: multiplies the scores by the mask: a hidden key has the score 0, not the weight 0
# rule: "A hidden key gets weight 0"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores * mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = weights * mask.any(axis=-1, keepdims=True)
    return weights @ V, weights

# %% wrong: all_axes_transposed
# mistake: K.T turns round all axes
# rule: "The dots stand for any number of leading axes"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.T / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: index_with_the_mask
# mistake: boolean indexing wants a mask of the full shape
# rule: "It has the shape (L, S), or any other that broadcasts to (..., L, S)"
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores[~mask] = -np.inf
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: queries_divided_in_place
# mistake: divides the queries that were given
# rule: "Do not change the arrays and tensors that you are given."
def scaled_dot_product_attention(Q, K, V, mask=None):
    Q /= math.sqrt(Q.shape[-1])
    scores = Q @ np.swapaxes(K, -1, -2)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights @ V, weights

# %% wrong: weights_first
# mistake: the two results in the other order
# rule: "Return two things: the output (..., L, F) and the weights (..., L, S)."
def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = np.maximum(scores.max(axis=-1, keepdims=True), -1e300)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, 1, total)
    return weights, weights @ V
