# exercise: dense

# %% right: matmul
# style: one line
def dense(x, W, b):
    return x @ W + b

# %% right: einsum
# style: einsum with the formula's letters
def dense(x, W, b):
    return np.einsum("id,dh->ih", x, W) + b

# %% right: three_loops
# style: the formula as loops, French names, empty array of the right dtype
def dense(x, W, b):
    lot, entrees = x.shape
    unites = W.shape[1]
    z = np.empty((lot, unites), dtype=x.dtype)
    for i in range(lot):
        for h in range(unites):
            somme = b[h]
            for d in range(entrees):
                somme = somme + x[i, d] * W[d, h]
            z[i, h] = somme
    return z

# %% right: row_by_row
# style: list of rows, np.array at the end
def dense(x, W, b):
    rows = []
    for row in x:
        rows.append(np.dot(row, W) + b)
    return np.array(rows)

# %% right: column_by_column
# style: one unit after the other, np.stack
def dense(x, W, b):
    return np.stack([x @ W[:, h] + b[h] for h in range(len(b))], axis=1)

# %% right: transposed_product
# style: column view, transposed back
def dense(x, W, b):
    z_col = W.T @ x.T + b[:, np.newaxis]
    return z_col.T

# %% right: ones_column
# style: bias as an additional weight
def dense(x, W, b):
    ones = np.ones((x.shape[0], 1), dtype=x.dtype)
    return np.hstack([x, ones]) @ np.vstack([W, b.reshape(1, -1)])

# %% right: broadcast_and_sum
# style: x[:, :, None] * W summed over d, assert on the shape
def dense(x, W, b):
    z = (x[:, :, None] * W[None, :, :]).sum(axis=1) + b[None, :]
    assert z.shape == (x.shape[0], W.shape[1])
    return z

# %% wrong: no_bias
# mistake: forgets b
# rule: "z = x W + b"
def dense(x, W, b):
    return x @ W

# %% wrong: bias_as_column
# mistake: the slide's bias of shape (H, 1)
# rule: "The bias of a row-major layer has the shape (H,), or (1, H)."
def dense(x, W, b):
    return x @ W + b.reshape(-1, 1)

# %% wrong: relu_inside
# mistake: applies an activation
# rule: "`dense` stops at the sums."
def dense(x, W, b):
    return np.maximum(0, x @ W + b)

# %% wrong: sigmoid_inside
# mistake: applies the sigmoid as in exercise 1
# rule: "The activation function comes later: `dense` stops at the sums."
def dense(x, W, b):
    return 1 / (1 + np.exp(-(x @ W + b)))

# %% wrong: weights_transposed
# mistake: uses W.T
# rule: "W: weights (D, H)"
def dense(x, W, b):
    return x @ W.T + b

# %% wrong: order_reversed
# mistake: W @ x, as in the lecture's column form
# rule: "z = x W + b"
def dense(x, W, b):
    return W @ x + b

# %% wrong: elementwise
# mistake: * instead of @
# rule: "z_ih = sum_d x_id W_dh + b_h"
def dense(x, W, b):
    return x * W + b

# %% wrong: result_transposed
# mistake: returns (H, B)
# rule: "Returns the sums (B, H)."
def dense(x, W, b):
    return W.T @ x.T + b.reshape(-1, 1)

# %% wrong: only_first_example
# mistake: the batch is taken for one row
# rule: "for each row of a batch"
def dense(x, W, b):
    return (x[0] @ W + b).reshape(1, -1)

# %% wrong: result_flattened
# mistake: drops the axis of a batch of one
# rule: "Returns the sums (B, H)."
def dense(x, W, b):
    return np.squeeze(x @ W + b)

# %% wrong: bias_in_sum
# mistake: the bias is added D times
# rule: "z_ih = sum_d x_id W_dh + b_h"
def dense(x, W, b):
    B, D = x.shape
    z = np.zeros((B, W.shape[1]), dtype=x.dtype)
    for d in range(D):
        z += x[:, d : d + 1] * W[d] + b
    return z

# %% wrong: bias_first_only
# mistake: adds the scalar b[0] to all units
# rule: "b: biases (H,), one per unit"
def dense(x, W, b):
    return x @ W + b[0]

# %% wrong: bias_summed
# mistake: adds the sum of all biases
# rule: "z_ih = sum_d x_id W_dh + b_h"
def dense(x, W, b):
    return x @ W + np.sum(b)

# %% wrong: bias_subtracted
# mistake: threshold convention, minus b
# rule: "z = x W + b"
def dense(x, W, b):
    return x @ W - b

# %% wrong: bias_per_example
# mistake: loop adds b[i] of the row instead of b[h]
# rule: "biases, one per unit"
def dense(x, W, b):
    z = x @ W
    for i in range(z.shape[0]):
        z[i] += b[i % len(b)]
    return z

# %% wrong: float64_buffer
# mistake: np.zeros without dtype, float64 out for float32 in
# rule: "The result has the dtype of the input: float32 in, float32 out."
def dense(x, W, b):
    z = np.zeros((x.shape[0], W.shape[1]))
    for i in range(x.shape[0]):
        z[i] = x[i] @ W + b
    return z

# %% wrong: last_unit_forgotten
# mistake: off by one in the loop over units
# rule: "z_ih = sum_d x_id W_dh + b_h"
def dense(x, W, b):
    z = np.zeros((x.shape[0], W.shape[1]), dtype=x.dtype)
    for h in range(W.shape[1] - 1):
        z[:, h] = x @ W[:, h] + b[h]
    return z

# %% wrong: loop_over_square
# mistake: len(W) taken for the number of units, right for square W only
# rule: "W: weights (D, H)"
def dense(x, W, b):
    return np.stack([x @ W[:, h] + b[h] for h in range(len(W))], axis=1)

# %% wrong: bias_reshaped_in_place
# mistake: sets b.shape, so that the caller's bias becomes a (1, H) matrix
# rule: "Do not change the arrays that you are given: compute new ones."
def dense(x, W, b):
    b.shape = (1, b.size)
    return x @ W + b

# %% wrong: bias_added_into_weights
# mistake: W += b before the product
# rule: "z = x W + b"
def dense(x, W, b):
    return x @ (W + b)
