# exercise: collapse_linear

# %% right: matmul
# style: two products
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2

# %% right: through_dense
# style: reuses dense for the bias
def collapse_linear(W1, b1, W2, b2):
    W = np.dot(W1, W2)
    b = dense(b1.reshape(1, -1), W2, b2)[0]
    return (W, b)

# %% right: column_form
# style: bias as W2.T @ b1
def collapse_linear(W1, b1, W2, b2):
    b = W2.T @ b1 + b2
    W = (W2.T @ W1.T).T
    return W, b

# %% right: einsum
# style: einsum twice, French names
def collapse_linear(W1, b1, W2, b2):
    poids = np.einsum("dh,hk->dk", W1, W2)
    biais = np.einsum("h,hk->k", b1, W2) + b2
    return poids, biais

# %% right: loops
# style: three loops
def collapse_linear(W1, b1, W2, b2):
    D, H = W1.shape
    K = W2.shape[1]
    W = np.zeros((D, K), dtype=W1.dtype)
    b = b2.copy()
    for k in range(K):
        for h in range(H):
            b[k] += b1[h] * W2[h, k]
            for d in range(D):
                W[d, k] += W1[d, h] * W2[h, k]
    return W, b

# %% right: probing
# style: asks the two layers: zero input gives b, unit inputs give the rows of W
def collapse_linear(W1, b1, W2, b2):
    def deux_couches(x):
        return dense(dense(x, W1, b1), W2, b2)

    D = W1.shape[0]
    b = deux_couches(np.zeros((1, D), dtype=W1.dtype))[0]
    W = deux_couches(np.eye(D, dtype=W1.dtype)) - b
    return W, b

# %% right: stacked
# style: bias as one more row of the weights, one product for both
def collapse_linear(W1, b1, W2, b2):
    both = np.vstack([W1, b1]) @ W2
    W = both[:-1]
    b = both[-1] + b2
    return W, b

# %% wrong: no_b1
# mistake: forgets that b1 passes through W2
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b2

# %% wrong: no_b2
# mistake: forgets b2
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2

# %% wrong: sum_of_biases
# mistake: b1 + b2
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2

# %% wrong: matrices_reversed
# mistake: W2 @ W1, the lecture's column order
# rule: "our x is a row, so the order of the matrices is reversed"
def collapse_linear(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2

# %% wrong: bias_matrix_reversed
# mistake: W2 @ b1
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2

# %% wrong: weights_transposed
# mistake: W of shape (K, D)
# rule: "Returns the pair W (D, K), b (K,)."
def collapse_linear(W1, b1, W2, b2):
    W = W2.T @ W1.T
    return W, b1 @ W2 + b2

# %% wrong: bias_two_axes
# mistake: b has the shape (1, K)
# rule: "Returns the pair W (D, K), b (K,)."
def collapse_linear(W1, b1, W2, b2):
    b = b1[None, :] @ W2 + b2
    return W1 @ W2, b

# %% wrong: pair_swapped
# mistake: returns b, W
# rule: "Returns the pair W (D, K), b (K,)."
def collapse_linear(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2

# %% wrong: elementwise
# mistake: * for the weights
# rule: "The layer (W, b) that is equal to two layers"
def collapse_linear(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2

# %% wrong: bias_through_both
# mistake: (b1 + b2) @ W2
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, (b1 + b2) @ W2

# %% wrong: relu_between
# mistake: ReLU on the first bias
# rule: "two layers without activation function"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, relu(b1) @ W2 + b2

# %% wrong: product_only
# mistake: returns W only
# rule: "Returns the pair"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2

# %% wrong: b2_in_place
# mistake: b2 += changes the argument
# rule: "Do not change the arrays that you are given"
def collapse_linear(W1, b1, W2, b2):
    b2 += b1 @ W2
    return W1 @ W2, b2

# %% wrong: alias_then_loop
# mistake: b = b2 without copy, then += in the loop
# rule: "Do not change the arrays that you are given"
def collapse_linear(W1, b1, W2, b2):
    b = b2
    for h in range(len(b1)):
        b += b1[h] * W2[h]
    return W1 @ W2, b

# %% wrong: probing_without_minus
# mistake: rows of the identity give W + b
# rule: "The layer (W, b) that is equal to two layers"
def collapse_linear(W1, b1, W2, b2):
    eye = np.eye(W1.shape[0], dtype=W1.dtype)
    b = b1 @ W2 + b2
    return dense(dense(eye, W1, b1), W2, b2), b

# %% wrong: bias_in_W1
# mistake: (W1 + b1) @ W2 and b2
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return (W1 + b1) @ W2, b2

# %% wrong: float64_zeros
# mistake: np.zeros without dtype
# rule: "float32 in, float32 out"
def collapse_linear(W1, b1, W2, b2):
    W = np.zeros((W1.shape[0], W2.shape[1]))
    for h in range(W1.shape[1]):
        W += np.outer(W1[:, h], W2[h])
    return W, b1 @ W2 + b2

# %% wrong: bias_summed
# mistake: adds the sum of b1 @ W2 to each bias
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, (b1 @ W2).sum() + b2

# %% wrong: bias_mean
# mistake: multiplies b1 by the mean weight
# rule: "(x W1 + b1) W2 + b2"
def collapse_linear(W1, b1, W2, b2):
    return W1 @ W2, (b1[:, None] * W2).mean(axis=0) + b2

# %% wrong: hidden_units_two
# mistake: overfitted to two hidden units
# rule: "W1, b1: first layer (D, H), (H,)"
def collapse_linear(W1, b1, W2, b2):
    W = np.outer(W1[:, 0], W2[0]) + np.outer(W1[:, 1], W2[1])
    b = b1[0] * W2[0] + b1[1] * W2[1] + b2
    return W, b

# %% wrong: random_check_solution
# mistake: least squares on random inputs without a bias column, b set to the output at 0 afterwards
# rule: "The layer (W, b) that is equal to two layers"
def collapse_linear(W1, b1, W2, b2):
    x = np.random.default_rng(0).normal(size=(200, W1.shape[0])).astype(W1.dtype)
    y = dense(dense(x, W1, b1), W2, b2)
    W = np.linalg.lstsq(x, y, rcond=None)[0]
    return W, b1 @ W2 + b2
