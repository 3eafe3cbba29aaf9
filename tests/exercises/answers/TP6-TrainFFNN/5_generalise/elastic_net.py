# exercise: elastic_net

# %% right: calls_both
# style: calls the two functions with parts of lambda
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam * (1 - l1_ratio))
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% right: mixes_results
# style: calls the two functions with lambda and mixes their results
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p1, g1 = l1_penalty(layers, lam)
    p2, g2 = l2_penalty(layers, lam)
    grads = []
    for i in range(len(layers)):
        grads.append(r * g1[i] + (1 - r) * g2[i])
    return r * p1 + (1 - r) * p2, grads

# %% right: direct_loop
# style: direct formula in a loop
def elastic_net(layers, lam, l1_ratio):
    somme_abs, somme_carres, grads = 0.0, 0.0, []
    for W, b in layers:
        somme_abs += np.abs(W).sum()
        somme_carres += (W**2).sum()
        grads.append(lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * W))
    return lam * (l1_ratio * somme_abs + (1 - l1_ratio) / 2 * somme_carres), grads

# %% right: flat
# style: all weights in one vector, gradient split again
def elastic_net(layers, lam, l1_ratio):
    shapes = [W.shape for W, _ in layers]
    w = np.concatenate([W.flatten() for W, _ in layers])
    penalty = lam * (l1_ratio * np.abs(w).sum() + (1 - l1_ratio) * 0.5 * w @ w)
    g = lam * l1_ratio * np.sign(w) + lam * (1 - l1_ratio) * w
    ends = np.cumsum([a * b for a, b in shapes])[:-1]
    return penalty, [part.reshape(s) for part, s in zip(np.split(g, ends), shapes)]

# %% right: special_cases
# style: early returns for r = 1 and r = 0
def elastic_net(layers, lam, l1_ratio):
    if l1_ratio == 1:
        return l1_penalty(layers, lam)
    if l1_ratio == 0:
        return l2_penalty(layers, lam)
    pairs = [l1_penalty(layers, l1_ratio * lam), l2_penalty(layers, lam - l1_ratio * lam)]
    return sum(p for p, _ in pairs), [sum(gs) for gs in zip(*(g for _, g in pairs))]

# %% right: np_add_map
# style: list(map(np.add, ...)), own lambdas
def elastic_net(layers, lam, l1_ratio):
    f = lambda W: l1_ratio * abs(W) + (1 - l1_ratio) / 2 * W * W
    penalty = lam * sum(np.sum(f(W)) for W, b in layers)
    a = [lam * l1_ratio * np.sign(W) for W, b in layers]
    c = [lam * (1 - l1_ratio) * W for W, b in layers]
    return float(penalty), list(map(np.add, a, c))

# %% right: element_loops
# style: element by element
def elastic_net(layers, lam, l1_ratio):
    total = 0.0
    grads = []
    for W, b in layers:
        G = np.zeros(np.shape(W))
        for index, w in np.ndenumerate(W):
            total += l1_ratio * abs(w) + (1 - l1_ratio) * w**2 / 2
            s = 0 if w == 0 else (1 if w > 0 else -1)
            G[index] = lam * l1_ratio * s + lam * (1 - l1_ratio) * w
        grads.append(G)
    return lam * total, grads

# %% wrong: ratio_exchanged
# mistake: r belongs to L2
# rule: "l1_ratio: share r of the L1 penalty"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * (1 - l1_ratio))
    p2, g2 = l2_penalty(layers, lam * l1_ratio)
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% wrong: lists_concatenated
# mistake: g1 + g2 of two lists: 2 L gradients
# rule: "a list with one array per W"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam * (1 - l1_ratio))
    return p1 + p2, g1 + g2

# %% wrong: lists_to_arrays
# mistake: np.array of a list of arrays of different shapes
# rule: "a list with one array per W, of its shape"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam * (1 - l1_ratio))
    return p1 + p2, list(np.array(g1) + np.array(g2))

# %% wrong: no_half
# mistake: no 1/2 before the squares
# rule: "(1 - r)/2 Σ W²"
def elastic_net(layers, lam, l1_ratio):
    p = sum(l1_ratio * np.abs(W).sum() + (1 - l1_ratio) * (W**2).sum() for W, b in layers)
    return lam * p, [lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * W) for W, b in layers]

# %% wrong: half_twice
# mistake: l2_penalty has its 1/2 already, divided by 2 once more
# rule: "(1 - r)/2 Σ W²"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam)
    p2, g2 = l2_penalty(layers, lam)
    r = l1_ratio
    return r * p1 + (1 - r) / 2 * p2, [r * a + (1 - r) / 2 * b for a, b in zip(g1, g2)]

# %% wrong: half_in_gradient
# mistake: penalty right, the 1/2 stays in the gradient
# rule: gradient of (1 - r)/2 Σ W²
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(r * np.abs(W).sum() + (1 - r) / 2 * (W**2).sum() for W, b in layers)
    return lam * p, [lam * (r * np.sign(W) + (1 - r) / 2 * W) for W, b in layers]

# %% wrong: gradient_doubled
# mistake: 2 W in the gradient with the 1/2 in the penalty
# rule: "elastic net penalty of a network, and its gradient"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(r * np.abs(W).sum() + (1 - r) / 2 * (W**2).sum() for W, b in layers)
    return lam * p, [lam * (r * np.sign(W) + (1 - r) * 2 * W) for W, b in layers]

# %% wrong: lam_twice
# mistake: the functions get lambda, and the result is multiplied by lambda again
# rule: "Ω = λ ( r Σ|W| + (1 - r)/2 Σ W² )"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam)
    p2, g2 = l2_penalty(layers, lam)
    r = l1_ratio
    return lam * (r * p1 + (1 - r) * p2), [lam * (r * a + (1 - r) * b) for a, b in zip(g1, g2)]

# %% wrong: lam_on_l1_only
# mistake: brackets forgotten: lambda multiplies the L1 part only
# rule: "λ ( r Σ|W| + (1 - r)/2 Σ W² )"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(lam * r * np.abs(W).sum() + (1 - r) / 2 * (W**2).sum() for W, b in layers)
    return p, [lam * r * np.sign(W) + (1 - r) * W for W, b in layers]

# %% wrong: one_minus_lam
# mistake: (1 - lam) instead of (1 - r)
# rule: "(1 - r)/2"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, l1_ratio * (1 - lam))
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% wrong: sum_without_ratio
# mistake: both penalties at full strength
# rule: "l1_ratio: share r of the L1 penalty"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam)
    p2, g2 = l2_penalty(layers, lam)
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% wrong: l2_at_full_strength
# mistake: r for L1, but L2 with lambda
# rule: "(1 - r)/2 Σ W²"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam)
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% wrong: gradient_not_mixed
# mistake: penalty mixed, gradients only added
# rule: "the elastic net penalty of a network, and its gradient"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam)
    p2, g2 = l2_penalty(layers, lam)
    return l1_ratio * p1 + (1 - l1_ratio) * p2, [a + b for a, b in zip(g1, g2)]

# %% wrong: one_or_the_other
# mistake: chooses one of the two by the ratio
# rule: "Elastic net mixes both."
def elastic_net(layers, lam, l1_ratio):
    return l1_penalty(layers, lam) if l1_ratio >= 0.5 else l2_penalty(layers, lam)

# %% wrong: biases_too
# mistake: biases in the penalty
# rule: "biases are not penalised"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = 0
    for W, b in layers:
        for a in (W, b):
            p += r * np.abs(a).sum() + (1 - r) / 2 * (a**2).sum()
    return lam * p, [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]

# %% wrong: first_layer_gradient_added
# mistake: sums the gradients of the first layer only, the others are L1's
# rule: "one array per W"
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam * (1 - l1_ratio))
    g1[0] = g1[0] + g2[0]
    return p1 + p2, g1

# %% wrong: last_layer_penalty
# mistake: the penalty of the last layer only
# rule: "both sums go over all weights of all layers"
def elastic_net(layers, lam, l1_ratio):
    g = []
    for W, b in layers:
        p = lam * (l1_ratio * np.abs(W).sum() + (1 - l1_ratio) / 2 * (W**2).sum())
        g.append(lam * (l1_ratio * np.sign(W) + (1 - l1_ratio) * W))
    return p, g

# %% wrong: penalty_of_ratio_squared
# mistake: the gradient is right, in the penalty W is shared before it is squared
# rule: "(1 - r)/2 Σ W²"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(np.abs(r * W).sum() + (((1 - r) * W) ** 2).sum() / 2 for W, b in layers)
    return lam * p, [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]

# %% wrong: sign_at_zero
# mistake: sign of 0 taken as 1
# rule: "At 0 the absolute value has no derivative; take 0 there."
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(r * np.abs(W).sum() + (1 - r) / 2 * (W**2).sum() for W, b in layers)
    return lam * p, [lam * (r * np.where(W < 0, -1, 1) + (1 - r) * W) for W, b in layers]

# %% wrong: in_place
# mistake: adds and multiplies in the weights themselves
# rule: "Do not change the arrays that you are given."
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, _ = l2_penalty(layers, lam * (1 - l1_ratio))
    g = []
    for (W, b), a in zip(layers, g1):
        W *= lam * (1 - l1_ratio)
        W += a
        g.append(W)
    return p1 + p2, g

# %% wrong: no_abs
# mistake: the L1 part sums W without absolute values
# rule: "r Σ |W|"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    p = sum(r * W.sum() + (1 - r) / 2 * (W**2).sum() for W, b in layers)
    return lam * p, [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]

# %% wrong: ratio_as_truth
# mistake: r is only asked whether it is 0 ("if l1_ratio"), otherwise half and half
# rule: "with r = l1_ratio from 0 to 1"
def elastic_net(layers, lam, l1_ratio):
    if l1_ratio == 0:
        return l2_penalty(layers, lam)
    if l1_ratio == 1:
        return l1_penalty(layers, lam)
    p1, g1 = l1_penalty(layers, lam / 2)
    p2, g2 = l2_penalty(layers, lam / 2)
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% right: comprehension
# style: sum and list comprehensions
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% right: two_functions
# style: calls the two functions of the notebook
def elastic_net(layers, lam, l1_ratio):
    p1, g1 = l1_penalty(layers, lam * l1_ratio)
    p2, g2 = l2_penalty(layers, lam * (1 - l1_ratio))
    return p1 + p2, [a + b for a, b in zip(g1, g2)]

# %% right: loop
# style: loop with totals, French names
def elastic_net(layers, lam, l1_ratio):
    somme_abs = somme_carres = 0.0
    gradients = []
    for W, _ in layers:
        somme_abs += float(np.sum(np.abs(W)))
        somme_carres += float(np.sum(W * W))
        pente = np.where(W > 0, 1.0, np.where(W < 0, -1.0, 0.0))
        gradients.append(lam * l1_ratio * pente + lam * (1 - l1_ratio) * W)
    return lam * (l1_ratio * somme_abs + 0.5 * (1 - l1_ratio) * somme_carres), gradients

# %% right: flattened
# style: all weights in one vector, cut again
def elastic_net(layers, lam, l1_ratio):
    w = np.concatenate([W.ravel() for W, _ in layers])
    value = lam * (l1_ratio * np.linalg.norm(w, 1) + (1 - l1_ratio) / 2 * (w @ w))
    g = lam * (l1_ratio * np.sign(w) + (1 - l1_ratio) * w)
    cuts = np.cumsum([W.size for W, _ in layers])[:-1]
    return value, [part.reshape(W.shape) for part, (W, _) in zip(np.split(g, cuts), layers)]

# %% wrong: biases_too_again
# mistake: biases are penalised in the value
# rule: "biases are not penalised"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for pair in layers for W in pair)
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% wrong: swapped_ratio
# mistake: r and 1 - r swapped
# rule: "l1_ratio: share r of the L1 penalty"
def elastic_net(layers, lam, l1_ratio):
    r = 1 - l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% wrong: value_only
# mistake: returns the number only
# rule: "Returns (penalty, gradients)"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty

# %% wrong: no_half_again
# mistake: the 1/2 of the squares is left out of the value
# rule: "(1 - r) / 2 sum W^2"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% wrong: half_in_gradient_again
# mistake: the gradient keeps the 1/2
# rule: "Ω = λ(r Σ|W| + (1 - r)/2 Σ W²) ... and its gradient"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.sign(W) + (1 - r) / 2 * W) for W, b in layers]
    return penalty, gradients

# %% wrong: last_layer
# mistake: value of the last layer only
# rule: "both sums go over all weights of all layers"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers[-1:])
    gradients = [lam * (r * np.sign(W) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% wrong: slope_at_zero
# mistake: the slope of |w| at 0 is 1
# rule: "At 0 the absolute value has no derivative; take 0 there."
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * (r * np.where(W >= 0, 1.0, -1.0) + (1 - r) * W) for W, b in layers]
    return penalty, gradients

# %% wrong: lam_only_on_l1
# mistake: lambda multiplies the L1 part of the gradient only
# rule: "Ω(θ) = λ ( r Σ|W| + (1 - r)/2 Σ W² )"
def elastic_net(layers, lam, l1_ratio):
    r = l1_ratio
    penalty = lam * sum(r * np.abs(W).sum() + (1 - r) / 2 * (W ** 2).sum() for W, b in layers)
    gradients = [lam * r * np.sign(W) + (1 - r) * W for W, b in layers]
    return penalty, gradients
