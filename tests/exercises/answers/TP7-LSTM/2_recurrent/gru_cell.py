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

# %% right: split_in_three
# style: np.split and a sigmoid of its own by tanh
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: (1 + np.tanh(s / 2)) / 2
    (ar, az, an), (sr, sz, sn) = np.split(x @ W + b, 3, axis=1), np.split(h @ U + v, 3, axis=1)
    z = sigma(az + sz)
    return (1 - z) * np.tanh(an + sigma(ar + sr) * sn) + z * h

# %% right: one_example_after_the_other
# style: loops over the batch, weights cut first
def gru_cell(x, h, W, U, b, v):
    B, H = h.shape
    cut = [slice(k * H, (k + 1) * H) for k in range(3)]
    new = []
    for row in range(B):
        gates = [1 / (1 + np.exp(-(x[row] @ W[:, c] + b[c] + h[row] @ U[:, c] + v[c]))) for c in cut[:2]]
        c = cut[2]
        n = np.tanh(x[row] @ W[:, c] + b[c] + gates[0] * (h[row] @ U[:, c] + v[c]))
        new.append(n + gates[1] * (h[row] - n))
    return np.array(new)

# %% right: reshaped
# style: an axis for the blocks, einsum
def gru_cell(x, h, W, U, b, v):
    B, H = h.shape
    a = np.einsum("bd,dkh->kbh", x, W.reshape(-1, 3, H)) + b.reshape(3, 1, H)
    s = np.einsum("bi,ikh->kbh", h, U.reshape(H, 3, H)) + v.reshape(3, 1, H)
    r, z = 1.0 / (1.0 + np.exp(-(a[:2] + s[:2])))
    return (1.0 - z) * np.tanh(a[2] + r * s[2]) + z * h

# %% wrong: z_on_the_new
# mistake: z and 1 - z exchanged
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: 1 / (1 + np.exp(-s))
    H = h.shape[1]
    a, s = x @ W + b, h @ U + v
    r, z = sigma(a[:, :H] + s[:, :H]), sigma(a[:, H:2*H] + s[:, H:2*H])
    n = np.tanh(a[:, 2*H:] + r * s[:, 2*H:])
    return z * n + (1 - z) * h

# %% wrong: reset_before_the_product
# mistake: r multiplies h before U, as in the paper
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: 1 / (1 + np.exp(-s))
    H = h.shape[1]
    a, s = x @ W + b, h @ U + v
    r, z = sigma(a[:, :H] + s[:, :H]), sigma(a[:, H:2*H] + s[:, H:2*H])
    n = np.tanh(a[:, 2*H:] + (r * h) @ U[:, 2*H:] + v[2*H:])
    return (1 - z) * n + z * h

# %% wrong: z_first
# mistake: blocks read in the order z, r, n
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: 1 / (1 + np.exp(-s))
    H = h.shape[1]
    a, s = x @ W + b, h @ U + v
    z, r = sigma(a[:, :H] + s[:, :H]), sigma(a[:, H:2*H] + s[:, H:2*H])
    n = np.tanh(a[:, 2*H:] + r * s[:, 2*H:])
    return (1 - z) * n + z * h

# %% wrong: sigmoid_candidate
# mistake: the candidate goes through a sigmoid, too
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: 1 / (1 + np.exp(-s))
    H = h.shape[1]
    a, s = x @ W + b, h @ U + v
    r, z = sigma(a[:, :H] + s[:, :H]), sigma(a[:, H:2*H] + s[:, H:2*H])
    n = sigma(a[:, 2*H:] + r * s[:, 2*H:])
    return (1 - z) * n + z * h

# %% wrong: bias_of_the_state_left_out
# mistake: v is not used
def gru_cell(x, h, W, U, b, v):
    sigma = lambda s: 1 / (1 + np.exp(-s))
    H = h.shape[1]
    a, s = x @ W + b, h @ U
    r, z = sigma(a[:, :H] + s[:, :H]), sigma(a[:, H:2*H] + s[:, H:2*H])
    n = np.tanh(a[:, 2*H:] + r * s[:, 2*H:])
    return (1 - z) * n + z * h
