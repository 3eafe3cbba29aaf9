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
