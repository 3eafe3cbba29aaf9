# exercise: l2_penalty

# %% right: loop
# style: a plain loop with two accumulators
def l2_penalty(layers, lam):
    penalty = 0.0
    gradients = []
    for W, b in layers:
        penalty += lam / 2 * np.sum(W**2)
        gradients.append(lam * W)
    return penalty, gradients

# %% right: comprehension
# style: two comprehensions, one return
def l2_penalty(layers, lam):
    return 0.5 * lam * sum((W * W).sum() for W, _ in layers), [W * lam for W, _ in layers]

# %% right: norm_squared
# style: Frobenius norm squared, float() at the end
def l2_penalty(layers, lam):
    poids = [couche[0] for couche in layers]
    total = 0
    for w in poids:
        total = total + np.linalg.norm(w) ** 2
    return float(lam * total / 2), [np.multiply(lam, w) for w in poids]

# %% right: element_loops
# style: four nested loops, zeros filled element by element
def l2_penalty(layers, lam):
    s = 0
    grads = []
    for k in range(len(layers)):
        W = layers[k][0]
        D, H = W.shape
        g = np.zeros((D, H))
        for i in range(D):
            for j in range(H):
                s += W[i, j] ** 2
                g[i, j] = lam * W[i, j]
        grads.append(g)
    return s * lam * 0.5, grads

# %% right: flat_vector
# style: all weights in one flat vector, a dot product
def l2_penalty(layers, lam):
    flat = np.concatenate([W.ravel() for W, b in layers])
    grads = list(map(lambda layer: lam * layer[0], layers))
    return lam * (flat @ flat) / 2, grads

# %% right: einsum_zip
# style: zip(*layers), einsum
def l2_penalty(layers, lam):
    weights, biases = zip(*layers)
    omega = sum(np.einsum("ij,ij->", W, W) for W in weights)
    return (lam / 2) * omega, [lam * W.copy() for W in weights]

# %% right: recursion
# style: recursion over the layers
def l2_penalty(layers, lam):
    if not layers:
        return 0.0, []
    (W, b), *rest = layers
    p, g = l2_penalty(rest, lam)
    return p + lam * np.square(W).sum() / 2, [lam * W] + g

# %% wrong: no_half
# mistake: leaves the 1/2 out of the penalty
# rule: "The L2 penalty is half the sum of their squares" / "We keep the 1/2."
def l2_penalty(layers, lam):
    return lam * sum(np.sum(W**2) for W, b in layers), [lam * W for W, b in layers]

# %% wrong: no_half_consistently
# mistake: lecture 003's convention: no 1/2, gradient 2 lambda W
# rule: "We keep the 1/2."
def l2_penalty(layers, lam):
    return lam * sum(np.sum(W**2) for W, b in layers), [2 * lam * W for W, b in layers]

# %% wrong: gradient_twice
# mistake: penalty right, gradient 2 lambda W
# rule: "the gradient ∂Ω/∂W = λ W"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W**2) for W, b in layers), [2 * lam * W for W, b in layers]

# %% wrong: gradient_half
# mistake: the 1/2 stays in the gradient
# rule: "∂Ω/∂W = λ W"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W**2) for W, b in layers), [lam / 2 * W for W, b in layers]

# %% wrong: biases_too
# mistake: the squares of the biases are added to the penalty
# rule: "**Biases are not penalised.**"
def l2_penalty(layers, lam):
    p = 0
    for W, b in layers:
        p += np.sum(W**2) + np.sum(b**2)
    return lam / 2 * p, [lam * W for W, b in layers]

# %% wrong: gradients_of_biases
# mistake: one gradient per array, biases included
# rule: "a list with one array per W"
def l2_penalty(layers, lam):
    p = lam / 2 * sum(np.sum(W**2) for W, b in layers)
    g = []
    for W, b in layers:
        g.append(lam * W)
        g.append(np.zeros_like(b))
    return p, g

# %% wrong: gradients_as_pairs
# mistake: a list of pairs (dW, db) instead of one array per W
# rule: "a list with one array per W, of its shape"
def l2_penalty(layers, lam):
    p = lam / 2 * sum(np.sum(W**2) for W, b in layers)
    return p, [(lam * W, 0 * b) for W, b in layers]

# %% wrong: return_in_loop
# mistake: the return stands inside the loop: only the first layer
# rule: sum over all layers l; "one array per W"
def l2_penalty(layers, lam):
    penalty, gradients = 0, []
    for W, b in layers:
        penalty += lam / 2 * np.sum(W**2)
        gradients.append(lam * W)
        return penalty, gradients

# %% wrong: last_layer_penalty
# mistake: = instead of +=: the penalty of the last layer only
# rule: "sum_l sum_ij (W_ij)^2"
def l2_penalty(layers, lam):
    gradients = []
    for W, b in layers:
        penalty = lam / 2 * np.sum(W**2)
        gradients.append(lam * W)
    return penalty, gradients

# %% wrong: root
# mistake: the norm, not its square
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.linalg.norm(W) for W, b in layers), [lam * W for W, b in layers]

# %% wrong: square_of_sum_of_norms
# mistake: norms are added first and squared afterwards (right for one layer only)
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    n = sum(np.linalg.norm(W) for W, b in layers)
    return lam / 2 * n**2, [lam * W for W, b in layers]

# %% wrong: mean
# mistake: the mean of the squares instead of the sum
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.mean(W**2) for W, b in layers), [lam * W for W, b in layers]

# %% wrong: in_place
# mistake: W *= lam changes the weights that it was given
# rule: "Do not change the arrays that you are given."
def l2_penalty(layers, lam):
    penalty, gradients = 0, []
    for W, b in layers:
        penalty += lam / 2 * np.sum(W**2)
        W *= lam
        gradients.append(W)
    return penalty, gradients

# %% wrong: gradient_without_lam
# mistake: the gradient is W itself, lambda is forgotten
# rule: "∂Ω/∂W = λ W"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W**2) for W, b in layers), [W.copy() for W, b in layers]

# %% wrong: penalty_without_lam
# mistake: the penalty is not multiplied by lambda
# rule: "half the sum of their squares, times a strength λ"
def l2_penalty(layers, lam):
    return sum(np.sum(W**2) for W, b in layers) / 2, [lam * W for W, b in layers]

# %% wrong: lam_squared
# mistake: squares lambda W together: (lambda W)^2
# rule: "half the sum of their squares, times a strength λ"
def l2_penalty(layers, lam):
    gradients = [lam * W for W, b in layers]
    return sum(np.sum(g**2) for g in gradients) / 2, gradients

# %% wrong: minus_gradient
# mistake: returns the direction of descent, not the gradient
# rule: "∂Ω/∂W = λ W"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W**2) for W, b in layers), [-lam * W for W, b in layers]

# %% wrong: two_layers
# mistake: unpacks exactly two layers, as in the notebook's network
# rule: "layers: list of pairs (W, b), one for each layer"
def l2_penalty(layers, lam):
    (W1, b1), (W2, b2) = layers
    return lam / 2 * (np.sum(W1**2) + np.sum(W2**2)), [lam * W1, lam * W2]

# %% wrong: floor_division
# mistake: lam // 2
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    return lam // 2 * sum(np.sum(W**2) for W, b in layers), [lam * W for W, b in layers]

# %% wrong: spectral_norm
# mistake: np.linalg.norm(W, 2) of a matrix is its largest singular value
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    return (lam / 2 * sum(np.linalg.norm(W, 2) ** 2 for W, b in layers),
            [lam * W for W, b in layers])

# %% wrong: trace_of_square
# mistake: trace(W @ W) instead of trace(W.T @ W): square matrices only, and not the squares
# rule: "sum_ij (W_ij)^2"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.trace(W @ W) for W, b in layers), [lam * W for W, b in layers]

# %% wrong: sum_then_square
# mistake: the square of the sum
# rule: "half the sum of their squares"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W) ** 2 for W, b in layers), [lam * W for W, b in layers]

# %% wrong: stacked
# mistake: np.array of all W: fails for layers of different shapes
# rule: "weights (D, H)" one for each layer
def l2_penalty(layers, lam):
    weights = np.array([W for W, b in layers])
    return lam / 2 * np.sum(weights**2), list(lam * weights)

# %% wrong: python_sum_of_array
# mistake: Python's sum of a 2-D array adds its rows only: an array, not a number
# rule: "Returns (penalty, gradients): a number, ..."
def l2_penalty(layers, lam):
    penalty, gradients = 0, []
    for W, b in layers:
        penalty = penalty + lam / 2 * sum(W**2)
        gradients.append(lam * W)
    return penalty, gradients

# %% wrong: gradient_is_a_number
# mistake: sums the gradient of each layer up to one number
# rule: "one array per W, of its shape"
def l2_penalty(layers, lam):
    return lam / 2 * sum(np.sum(W**2) for W, b in layers), [lam * np.sum(W) for W, b in layers]

# %% wrong: reversed_gradients
# mistake: goes through the layers backwards as in backpropagation and never turns the list
# rule: "a list with one array per W"
def l2_penalty(layers, lam):
    p, g = 0, []
    for W, b in reversed(layers):
        p += lam / 2 * np.sum(W**2)
        g.append(lam * W)
    return p, g
