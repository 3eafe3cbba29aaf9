# exercise: gru_cell

# %% right: in_steps
# style: one gate after the other by slices
def gru_cell(x, h, W, U, b, v):
    H = h.shape[1]
    a, s = x @ W + b, h @ U + v
    r = 1 / (1 + np.exp(-a[:, :H] - s[:, :H]))
    z = 1 / (1 + np.exp(-a[:, H:-H] - s[:, H:-H]))
    return z * h - (z - 1) * np.tanh(a[:, -H:] + r * s[:, -H:])

# %% wrong: n_in_the_middle
# mistake: blocks r, n, z
def gru_cell(x, h, W, U, b, v):
    (ar, an, az), (sr, sn, sz) = np.split(x @ W + b, 3, 1), np.split(h @ U + v, 3, 1)
    sig = lambda q: 1 / (1 + np.exp(-q))
    r, z = sig(ar + sr), sig(az + sz)
    return (1 - z) * np.tanh(an + r * sn) + z * h

# %% wrong: biases_exchanged
# mistake: v with the input, b with the state
def gru_cell(x, h, W, U, b, v):
    (ar, az, an), (sr, sz, sn) = np.split(x @ W + v, 3, 1), np.split(h @ U + b, 3, 1)
    sig = lambda q: 1 / (1 + np.exp(-q))
    r, z = sig(ar + sr), sig(az + sz)
    return (1 - z) * np.tanh(an + r * sn) + z * h
