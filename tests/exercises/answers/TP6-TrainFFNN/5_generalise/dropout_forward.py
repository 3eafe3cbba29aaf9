# exercise: dropout_forward

# %% right: comparison
# style: boolean comparison divided by 1 - p
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% right: binomial
# style: rng.binomial, early return that gives back x itself in evaluation
def dropout_forward(x, p, rng, training=True):
    if training == False:
        return x, np.ones_like(x)
    garde = rng.binomial(1, 1 - p, size=x.shape)
    masque = garde / (1 - p)
    return x * masque, masque

# %% right: element_loops
# style: a number drawn for each element in two loops
def dropout_forward(x, p, rng, training=True):
    B, H = x.shape
    mask = np.ones((B, H))
    if training:
        for i in range(B):
            for j in range(H):
                if rng.random() < p:
                    mask[i, j] = 0
                else:
                    mask[i, j] = 1 / (1 - p)
    out = np.zeros((B, H))
    for i in range(B):
        for j in range(H):
            out[i, j] = x[i, j] * mask[i, j]
    return out, mask

# %% right: choice
# style: rng.choice with probabilities
def dropout_forward(x, p, rng, training=True):
    if training:
        mask = rng.choice([0.0, 1 / (1 - p)], size=x.shape, p=[p, 1 - p])
    else:
        mask = np.full(x.shape, 1.0)
    return np.multiply(x, mask), mask

# %% right: where
# style: np.where on uniform numbers, keeps those below 1 - p
def dropout_forward(x, p, rng, training=True):
    keep = 1 - p
    u = rng.uniform(0, 1, size=x.shape)
    mask = np.where(u < keep, 1 / keep, 0.0)
    if not training:
        mask = np.ones_like(mask)
    out = x * mask
    return out, mask

# %% right: set_to_zero
# style: starts from 1/(1-p) everywhere and zeroes by a boolean index
def dropout_forward(x, p, rng, training=True):
    mask = np.ones_like(x, dtype=float)
    if training:
        mask /= 1.0 - p
        mask[rng.random(mask.shape) < p] = 0
    return mask * x, mask

# %% right: p_is_zero_in_evaluation
# style: evaluation is dropout with p = 0
def dropout_forward(x, p, rng, training=True):
    q = 1 - (p if training else 0)
    mask = (rng.random((len(x), x.shape[1])) < q).astype(float) / q
    return x * mask, mask

# %% right: rows_drawn_one_by_one
# style: list of rows, np.array at the end
def dropout_forward(x, p, rng, training=True):
    rows = []
    for row in x:
        if training:
            rows.append([0 if u < p else 1 / (1 - p) for u in rng.random(len(row))])
        else:
            rows.append([1] * len(row))
    mask = np.array(rows, dtype=float)
    return x * mask, mask

# %% wrong: p_is_keep
# mistake: p taken as the probability to be kept
# rule: "p: probability that a unit is dropped"
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random(x.shape) < p) / (1 - p)
    return x * mask, mask

# %% wrong: keep_and_scale_by_p
# mistake: the paper's p throughout: kept with p, divided by p
# rule: "p: probability that a unit is dropped"
def dropout_forward(x, p, rng, training=True):
    if not training or p == 0:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random(x.shape) < p) / p
    return x * mask, mask

# %% wrong: not_scaled
# mistake: no division by 1 - p
# rule: "what is left is *divided* by 1 - p in training"
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random(x.shape) >= p).astype(float)
    return x * mask, mask

# %% wrong: divided_by_p
# mistake: divides by p (right at 0.5 only)
# rule: "what is left is *divided* by 1 - p in training"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training and p > 0:
        mask = (rng.random(x.shape) >= p) / p
    return x * mask, mask

# %% wrong: multiplied
# mistake: multiplies by 1 - p in training
# rule: "what is left is *divided* by 1 - p in training"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) * (1 - p)
    return x * mask, mask

# %% wrong: classic_dropout
# mistake: classic dropout: no factor in training, times 1 - p in evaluation
# rule: "evaluation needs no factor at all"
def dropout_forward(x, p, rng, training=True):
    if training:
        mask = (rng.random(x.shape) >= p) * 1.0
    else:
        mask = np.full(x.shape, 1 - p)
    return x * mask, mask

# %% wrong: evaluation_scaled_too
# mistake: inverted dropout in training and still times 1 - p in evaluation
# rule: "in evaluation (False), nothing is dropped and the mask is all ones"
def dropout_forward(x, p, rng, training=True):
    if training:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    else:
        mask = np.ones(x.shape) * (1 - p)
    return x * mask, mask

# %% wrong: training_ignored
# mistake: drops in evaluation as well
# rule: "in evaluation (False), nothing is dropped"
def dropout_forward(x, p, rng, training=True):
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: training_default_false
# mistake: training=False by default
# rule: signature "training=True"
def dropout_forward(x, p, rng, training=False):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: one_mask_for_all_rows
# mistake: one mask of H units, repeated for all examples
# rule: "for each example anew" / "Each number of the mask is drawn independently of the others."
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = np.tile((rng.random(x.shape[1]) >= p) / (1 - p), (len(x), 1))
    return x * mask, mask

# %% wrong: one_mask_per_example
# mistake: whole examples are dropped, one number a row
# rule: "Each number of the mask is drawn independently of the others."
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random((len(x), 1)) >= p) / (1 - p) * np.ones(x.shape)
    return x * mask, mask

# %% wrong: global_generator
# mistake: np.random.rand instead of rng
# rule: "Random numbers come from the generator `rng` that a function gets, from nowhere else"
def dropout_forward(x, p, rng, training=True):
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (np.random.rand(*x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: own_seed
# mistake: makes its own generator with seed 0: the same mask at each call
# rule: "rng: numpy.random.Generator from which the mask is drawn"
def dropout_forward(x, p, rng, training=True):
    rng = np.random.default_rng(0)
    if not training:
        mask = np.ones(x.shape)
    else:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: mask_without_scale
# mistake: out is scaled, but the mask returned is only 0 and 1
# rule: "with out = x * mask"
def dropout_forward(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones(x.shape)
    mask = rng.random(x.shape) >= p
    return x * mask / (1 - p), mask

# %% wrong: mask_of_dropped
# mistake: the mask returned is True where a unit was dropped
# rule: "m_ij = 0 with probability p, 1/(1-p) otherwise"
def dropout_forward(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones(x.shape)
    off = rng.random(x.shape) < p
    out = np.where(off, 0, x / (1 - p))
    return out, off.astype(float)

# %% wrong: evaluation_mask_none
# mistake: no mask in evaluation
# rule: "in evaluation (False), nothing is dropped and the mask is all ones"
def dropout_forward(x, p, rng, training=True):
    if not training:
        return x, None
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: evaluation_mask_one
# mistake: the mask in evaluation is the number 1, not an array
# rule: "Returns (out, mask), two arrays (B, H)"
def dropout_forward(x, p, rng, training=True):
    mask = (rng.random(x.shape) >= p) / (1 - p) if training else 1.0
    return x * mask, mask

# %% wrong: changes_x
# mistake: x *= mask in place
# rule: "Do not change the arrays that you are given."
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    x *= mask
    return x, mask

# %% wrong: zeroes_x
# mistake: x[off] = 0 in place
# rule: "Do not change the arrays that you are given."
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        off = rng.random(x.shape) < p
        mask = mask / (1 - p)
        mask[off] = 0
        x[off] = 0
    return x * mask, mask

# %% wrong: exact_number
# mistake: drops exactly round(p * H) units of each row: not independent
# rule: "Each number of the mask is drawn independently of the others."
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        B, H = x.shape
        mask = mask / (1 - p)
        for i in range(B):
            mask[i, rng.choice(H, size=round(p * H), replace=False)] = 0
    return x * mask, mask

# %% wrong: exact_number_overall
# mistake: drops exactly p of all numbers by a permutation
# rule: "Each number of the mask is drawn independently of the others."
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.size)
    if training:
        mask /= 1 - p
        mask[rng.permutation(x.size)[: int(p * x.size)]] = 0
    mask = mask.reshape(x.shape)
    return x * mask, mask

# %% wrong: renormalised_by_share
# mistake: divides by the share that was really kept, not by 1 - p
# rule: "1 / (1 - p) otherwise"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) * 1.0
        if mask.any():
            mask = mask / mask.mean()
    return x * mask, mask

# %% wrong: coin
# mistake: a fair coin whatever p is
# rule: "0 with probability p"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = rng.integers(0, 2, x.shape) / (1 - p)
    return x * mask, mask

# %% wrong: tenths_only
# mistake: draws integers 0..9: probability right for multiples of 0.1 only
# rule: "0 with probability p"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.integers(0, 10, x.shape) >= int(10 * p)) / (1 - p)
    return x * mask, mask

# %% wrong: gaussian_noise
# mistake: compares a normal number with p
# rule: "0 with probability p"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.normal(size=x.shape) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: order_of_return
# mistake: returns (mask, out)
# rule: "Returns (out, mask)"
def dropout_forward(x, p, rng, training=True):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) / (1 - p)
    return mask, x * mask

# %% wrong: square_only
# mistake: shape (B, B)
# rule: "x: activations (B, H)"
def dropout_forward(x, p, rng, training=True):
    B = len(x)
    mask = np.ones((B, B))
    if training:
        mask = (rng.random((B, B)) >= p) / (1 - p)
    return x * mask, mask

# %% wrong: remembers_first_mask
# mistake: the mask is drawn once for a shape and kept for later calls
# rule: "In training each call draws another mask"
def dropout_forward(x, p, rng, training=True):
    if not training:
        return x * 1.0, np.ones(x.shape)
    masks = dropout_forward.__dict__
    key = f"{x.shape} {p}"
    if key not in masks:
        masks[key] = (rng.random(x.shape) >= p) / (1 - p)
    return x * masks[key], masks[key]

# %% wrong: mirrored_half
# mistake: the same uniform numbers for each column pair: right half mirrors the left
# rule: "Each number of the mask is drawn independently of the others."
def dropout_forward(x, p, rng, training=True):
    B, H = x.shape
    mask = np.ones((B, H))
    if training:
        u = rng.random((B, (H + 1) // 2))
        u = np.concatenate([u, 1 - u], axis=1)[:, :H]
        mask = (u >= p) / (1 - p)
    return x * mask, mask

# %% wrong: one_row_shifted
# mistake: one row of numbers is drawn, and each further example gets it shifted by one
# rule: "for each example anew" / "drawn independently of the others"
def dropout_forward(x, p, rng, training=True):
    B, H = x.shape
    mask = np.ones((B, H))
    if training:
        u = rng.random(H)
        mask = np.array([np.roll(u, i) >= p for i in range(B)]) / (1 - p)
    return x * mask, mask
