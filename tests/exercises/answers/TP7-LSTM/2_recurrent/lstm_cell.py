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
