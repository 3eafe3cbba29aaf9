# exercise: l1_penalty

# %% right: loop
# style: plain loop
def l1_penalty(layers, lam):
    penalty = 0
    gradients = []
    for W, b in layers:
        penalty += np.abs(W).sum()
        gradients.append(lam * np.sign(W))
    return lam * penalty, gradients

# %% right: comprehension
# style: two comprehensions
def l1_penalty(layers, lam):
    return sum(lam * np.sum(np.abs(W)) for W, _ in layers), [np.sign(W) * lam for W, _ in layers]

# %% right: sign_from_comparisons
# style: (W > 0) - (W < 0) as numbers, and W * sign for the absolute value
def l1_penalty(layers, lam):
    total, grads = 0.0, []
    for couche in layers:
        W = couche[0]
        signe = (W > 0) * 1.0 - (W < 0) * 1.0
        total += float((W * signe).sum())
        grads.append(lam * signe)
    return lam * total, grads

# %% right: nested_where
# style: np.where twice, zip
def l1_penalty(layers, lam):
    Ws, _ = zip(*layers)
    grads = [np.where(W > 0, lam, np.where(W < 0, -lam, 0.0)) for W in Ws]
    return lam * sum(abs(W).sum() for W in Ws), grads

# %% right: element_loops
# style: element by element with if / elif / else
def l1_penalty(layers, lam):
    s = 0.0
    grads = []
    for W, b in layers:
        g = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                w = W[i, j]
                if w > 0:
                    s += w
                    g[i, j] = lam
                elif w < 0:
                    s -= w
                    g[i, j] = -lam
        grads.append(g)
    return lam * s, grads

# %% right: masks_in_zeros
# style: zeros filled by boolean masks, flat L1 norm
def l1_penalty(layers, lam):
    p = 0
    out = []
    for (W, _) in layers:
        p += np.linalg.norm(W.ravel(), 1)
        g = np.zeros_like(W)
        g[W > 0] = lam
        g[W < 0] = -lam
        out.append(g)
    return float(lam * p), out

# %% right: safe_quotient
# style: W / |W| with the zeros protected
def l1_penalty(layers, lam):
    def sign(W):
        a = np.abs(W)
        return W / np.where(a == 0, 1, a)
    return lam * sum(np.sum(np.sqrt(W**2)) for W, b in layers), [lam * sign(W) for W, b in layers]

# %% wrong: positive_at_zero
# mistake: +lambda at 0
# rule: "At 0 the absolute value has no derivative; take 0 there."
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [lam * np.where(W >= 0, 1.0, -1.0) for W, b in layers])

# %% wrong: negative_at_zero
# mistake: -lambda at 0
# rule: "At 0 the absolute value has no derivative; take 0 there."
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [np.where(W > 0, lam, -lam) for W, b in layers])

# %% wrong: nan_at_zero
# mistake: W / |W|: 0/0 at 0
# rule: "take 0 there"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [lam * W / np.abs(W) for W, b in layers])

# %% wrong: epsilon_in_quotient
# mistake: W / (|W| + 1e-3): tiny weights pull less
# rule: "L1 always pulls with λ, until the weight *is* 0"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [lam * W / (np.abs(W) + 1e-3) for W, b in layers])

# %% wrong: half
# mistake: keeps the 1/2 of the L2 penalty
# rule: "Ω1 = λ Σ |W|"
def l1_penalty(layers, lam):
    return (lam / 2 * sum(np.abs(W).sum() for W, b in layers),
            [lam * np.sign(W) for W, b in layers])

# %% wrong: half_both
# mistake: 1/2 in penalty and gradient
# rule: "Ω1 = λ Σ |W|"
def l1_penalty(layers, lam):
    return (lam / 2 * sum(np.abs(W).sum() for W, b in layers),
            [lam / 2 * np.sign(W) for W, b in layers])

# %% wrong: no_abs
# mistake: the sum without absolute values
# rule: "takes absolute values instead of squares"
def l1_penalty(layers, lam):
    return lam * sum(W.sum() for W, b in layers), [lam * np.sign(W) for W, b in layers]

# %% wrong: abs_of_sum
# mistake: absolute value of each layer's sum
# rule: "Σ_ij |W_ij|"
def l1_penalty(layers, lam):
    return lam * sum(abs(W.sum()) for W, b in layers), [lam * np.sign(W) for W, b in layers]

# %% wrong: matrix_norm_one
# mistake: np.linalg.norm(W, 1) of a matrix is the largest column sum
# rule: "Σ_ij |W_ij|"
def l1_penalty(layers, lam):
    return (lam * sum(np.linalg.norm(W, 1) for W, b in layers),
            [lam * np.sign(W) for W, b in layers])

# %% wrong: biases_too
# mistake: biases are in the penalty
# rule: "biases are not penalised"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() + np.abs(b).sum() for W, b in layers),
            [lam * np.sign(W) for W, b in layers])

# %% wrong: gradients_of_biases
# mistake: gradients of W and b, one after the other
# rule: "a list with one array per W"
def l1_penalty(layers, lam):
    p, g = 0, []
    for W, b in layers:
        p += lam * np.abs(W).sum()
        g += [lam * np.sign(W), lam * np.sign(b)]
    return p, g

# %% wrong: gradient_without_lam
# mistake: sign(W) without lambda
# rule: "∂Ω1/∂W = λ sign(W)"
def l1_penalty(layers, lam):
    return lam * sum(np.abs(W).sum() for W, b in layers), [np.sign(W) for W, b in layers]

# %% wrong: penalty_without_lam
# mistake: the sum without lambda
# rule: "Ω1 = λ Σ |W|"
def l1_penalty(layers, lam):
    return sum(np.abs(W).sum() for W, b in layers), [lam * np.sign(W) for W, b in layers]

# %% wrong: l2_gradient
# mistake: gradient lambda W from the exercise before
# rule: "∂Ω1/∂W = λ sign(W)"
def l1_penalty(layers, lam):
    return lam * sum(np.abs(W).sum() for W, b in layers), [lam * W for W, b in layers]

# %% wrong: gradient_abs
# mistake: gradient lambda |W|
# rule: "∂Ω1/∂W = λ sign(W)"
def l1_penalty(layers, lam):
    return lam * sum(np.abs(W).sum() for W, b in layers), [lam * np.abs(W) for W, b in layers]

# %% wrong: gradient_constant
# mistake: lambda everywhere, also for negative weights
# rule: "λ sign(W)"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [np.full(W.shape, lam) for W, b in layers])

# %% wrong: positive_only
# mistake: (W > 0) as sign: negative weights get 0
# rule: "λ sign(W)"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [lam * (W > 0) for W, b in layers])

# %% wrong: in_place_sign
# mistake: np.sign(W, out=W) destroys the weights
# rule: "Do not change the arrays that you are given."
def l1_penalty(layers, lam):
    p, g = 0, []
    for W, b in layers:
        p += lam * np.abs(W).sum()
        g.append(lam * np.sign(W, out=W))
    return p, g

# %% wrong: in_place_abs
# mistake: W[W < 0] *= -1 to get absolute values
# rule: "Do not change the arrays that you are given."
def l1_penalty(layers, lam):
    p, g = 0, []
    for W, b in layers:
        g.append(lam * np.sign(W))
        W[W < 0] *= -1
        p += lam * W.sum()
    return p, g

# %% wrong: mean
# mistake: mean of the absolute values of a layer
# rule: "Σ_ij |W_ij|"
def l1_penalty(layers, lam):
    return lam * sum(np.abs(W).mean() for W, b in layers), [lam * np.sign(W) for W, b in layers]

# %% wrong: last_layer
# mistake: penalty of the last layer only
# rule: "Σ_l"
def l1_penalty(layers, lam):
    g = []
    for W, b in layers:
        p = lam * np.abs(W).sum()
        g.append(lam * np.sign(W))
    return p, g

# %% wrong: two_layers
# mistake: unpacks exactly two layers
# rule: "list of pairs (W, b), one for each layer"
def l1_penalty(layers, lam):
    (W1, _), (W2, _) = layers
    return (lam * (np.abs(W1).sum() + np.abs(W2).sum()),
            [lam * np.sign(W1), lam * np.sign(W2)])

# %% wrong: small_is_zero
# mistake: weights below 1e-3 count as 0 in the gradient
# rule: "L1 always pulls with λ, until the weight *is* 0"
def l1_penalty(layers, lam):
    return (lam * sum(np.abs(W).sum() for W, b in layers),
            [lam * np.where(np.abs(W) < 1e-3, 0, np.sign(W)) for W, b in layers])

# %% wrong: rows_only
# mistake: sums over one axis: an array, not a number
# rule: "Returns (penalty, gradients): a number, ..."
def l1_penalty(layers, lam):
    g = [lam * np.sign(W) for W, b in layers]
    return np.concatenate([lam * np.abs(W).sum(axis=0) for W, b in layers]), g
