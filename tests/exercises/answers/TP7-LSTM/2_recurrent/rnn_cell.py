# exercise: rnn_cell

# %% right: matmul_dot
# style: np.dot and a temporary
def rnn_cell(x, h, W, U, b):
    somme = np.dot(x, W)
    somme = somme + np.dot(h, U)
    return np.tanh(somme + b.reshape(1, -1))

# %% right: exponentials
# style: tanh written by exponentials, einsum
def rnn_cell(x, h, W, U, b):
    z = np.einsum("bd,dh->bh", x, W) + np.einsum("bg,gh->bh", h, U) + b
    e = np.exp(2 * z)
    return (e - 1) / (e + 1)

# %% wrong: bias_twice
# mistake: a bias for each product
def rnn_cell(x, h, W, U, b):
    return np.tanh(x @ W + b + h @ U + b)

# %% wrong: relu
# mistake: another activation
def rnn_cell(x, h, W, U, b):
    return np.maximum(0, x @ W + h @ U + b)

# %% wrong: leaky_state
# mistake: adds the old state as it is
def rnn_cell(x, h, W, U, b):
    return h + np.tanh(x @ W + h @ U + b)

# %% wrong: in_place
# mistake: writes into h
def rnn_cell(x, h, W, U, b):
    h[:] = np.tanh(x @ W + h @ U + b)
    return h

# %% right: stacked_matrices
# style: the lecture's form, one product
def rnn_cell(x, h, W, U, b):
    return np.tanh(np.hstack((x, h)) @ np.vstack((W, U)) + b[None, :])

# %% right: row_by_row
# style: loops over examples and units
def rnn_cell(x, h, W, U, b):
    out = np.zeros(h.shape)
    for n in range(len(x)):
        for j in range(len(b)):
            out[n, j] = np.tanh(sum(x[n] * W[:, j]) + sum(h[n] * U[:, j]) + b[j])
    return out

# %% wrong: transposed_memory
# mistake: U transposed
def rnn_cell(x, h, W, U, b):
    return np.tanh(x @ W + h @ U.T + b)

# %% wrong: two_tanhs
# mistake: tanh of each part
def rnn_cell(x, h, W, U, b):
    return np.tanh(x @ W) + np.tanh(h @ U) + b

# %% wrong: bias_outside
# mistake: the bias is added behind tanh
def rnn_cell(x, h, W, U, b):
    return np.tanh(x @ W + h @ U) + b

# %% wrong: no_activation
# mistake: tanh forgotten
def rnn_cell(x, h, W, U, b):
    return x @ W + h @ U + b
