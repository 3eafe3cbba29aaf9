# exercise: lstm_cell

# %% right: reshape
# style: reshape to (B, 4, H)
def lstm_cell(x, h, c, W, U, b):
    B, H = h.shape
    a = (x @ W + h @ U + b).reshape(B, 4, H)
    s = lambda z: 1 / (1 + np.exp(-z))
    c2 = s(a[:, 1]) * c + s(a[:, 0]) * np.tanh(a[:, 2])
    h2 = s(a[:, 3]) * np.tanh(c2)
    return h2, c2

# %% wrong: rows_split
# mistake: splits along the batch
def lstm_cell(x, h, c, W, U, b):
    a = (x @ W + h @ U + b).reshape(4, len(h), h.shape[1])
    s = lambda z: 1 / (1 + np.exp(-z))
    c2 = s(a[1]) * c + s(a[0]) * np.tanh(a[2])
    return s(a[3]) * np.tanh(c2), c2

# %% wrong: interleaved
# mistake: every fourth column
def lstm_cell(x, h, c, W, U, b):
    a = x @ W + h @ U + b
    s = lambda z: 1 / (1 + np.exp(-z))
    c2 = s(a[:, 1::4]) * c + s(a[:, 0::4]) * np.tanh(a[:, 2::4])
    return s(a[:, 3::4]) * np.tanh(c2), c2

# %% wrong: coupled
# mistake: 1 - f for the input gate
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    s = lambda z: 1 / (1 + np.exp(-z))
    c2 = s(f) * c + (1 - s(f)) * np.tanh(g)
    return s(o) * np.tanh(c2), c2

# %% wrong: c_in_place
# mistake: writes into c
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    s = lambda z: 1 / (1 + np.exp(-z))
    c *= s(f)
    c += s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c

# %% right: blocks_on_an_axis
# style: weights with an axis for the four blocks
def lstm_cell(x, h, c, W, U, b):
    H = c.shape[-1]
    a = np.tensordot(np.concatenate([x, h], axis=1), np.vstack([W, U]).reshape(-1, 4, H), axes=1) + b.reshape(4, H)
    gate = 1 / (1 + np.exp(-a))
    new = gate[:, 1] * c + gate[:, 0] * np.tanh(a[:, 2])
    return gate[:, 3] * np.tanh(new), new

# %% right: a_function_for_each_block
# style: a helper inside the function, tanh for the sigmoid
def lstm_cell(x, h, c, W, U, b):
    n = len(b) // 4

    def block(k):
        s = slice(n * k, n * k + n)
        return x.dot(W[:, s]) + h.dot(U[:, s]) + b[s]

    i, f, o = (0.5 + 0.5 * np.tanh(block(k) / 2) for k in (0, 1, 3))
    c = f * c + i * np.tanh(block(2))
    h = o * np.tanh(c)
    return h, c

# %% right: list_of_two
# style: a list instead of a tuple
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1.0 / (1.0 + np.exp(-z))
    c_new = np.add(np.multiply(s(f), c), np.multiply(s(i), np.tanh(g)))
    return [np.multiply(s(o), np.tanh(c_new)), c_new]

# %% wrong: i_f_o_g
# mistake: blocks in the order i, f, o, g
def lstm_cell(x, h, c, W, U, b):
    i, f, o, g = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1 / (1 + np.exp(-z))
    c = s(f) * c + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c

# %% wrong: no_tanh_on_the_way_out
# mistake: h = o c
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1 / (1 + np.exp(-z))
    c = s(f) * c + s(i) * np.tanh(g)
    return s(o) * c, c

# %% wrong: c_first
# mistake: returns c before h
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1 / (1 + np.exp(-z))
    c = s(f) * c + s(i) * np.tanh(g)
    return c, s(o) * np.tanh(c)

# %% wrong: shown_from_the_old_state
# mistake: h uses the c of before
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1 / (1 + np.exp(-z))
    return s(o) * np.tanh(c), s(f) * c + s(i) * np.tanh(g)

# %% wrong: forget_is_one_minus_input
# mistake: f = 1 - i, coupled gates
def lstm_cell(x, h, c, W, U, b):
    i, f, g, o = np.hsplit(x @ W + h @ U + b, 4)
    s = lambda z: 1 / (1 + np.exp(-z))
    c = (1 - s(i)) * c + s(i) * np.tanh(g)
    return s(o) * np.tanh(c), c
