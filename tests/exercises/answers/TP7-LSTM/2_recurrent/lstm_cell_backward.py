# exercise: lstm_cell_backward

# %% right: slopes_first
# style: local gradients first, hstack
def lstm_cell_backward(dh, dc, x, h, c, W, U, b):
    H = h.shape[1]
    a = x @ W + h @ U + b
    s = 1 / (1 + np.exp(-a))
    i, f, o, g = s[:, :H], s[:, H : 2 * H], s[:, 3 * H :], np.tanh(a[:, 2 * H : 3 * H])
    t = np.tanh(f * c + i * g)
    d = dc + dh * o * (1 - t * t)
    da = np.hstack([d * g * (i - i * i), d * c * (f - f * f), d * (i - i * g * g), dh * t * (o - o * o)])
    return da @ W.T, da @ U.T, d * f, x.T @ da, h.T @ da, np.sum(da, axis=0)

# %% wrong: dc_in_place
# mistake: changes dc
def lstm_cell_backward(dh, dc, x, h, c, W, U, b):
    H = h.shape[1]
    a = x @ W + h @ U + b
    s = 1 / (1 + np.exp(-a))
    i, f, o, g = s[:, :H], s[:, H : 2 * H], s[:, 3 * H :], np.tanh(a[:, 2 * H : 3 * H])
    t = np.tanh(f * c + i * g)
    dc += dh * o * (1 - t * t)
    da = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g * g), dh * t * o * (1 - o)])
    return da @ W.T, da @ U.T, dc * f, x.T @ da, h.T @ da, da.sum(0)

# %% wrong: old_c_in_tanh
# mistake: tanh of the old long-term state
def lstm_cell_backward(dh, dc, x, h, c, W, U, b):
    H = h.shape[1]
    a = x @ W + h @ U + b
    s = 1 / (1 + np.exp(-a))
    i, f, o, g = s[:, :H], s[:, H : 2 * H], s[:, 3 * H :], np.tanh(a[:, 2 * H : 3 * H])
    t = np.tanh(c)
    d = dc + dh * o * (1 - t * t)
    da = np.hstack([d * g * i * (1 - i), d * c * f * (1 - f), d * i * (1 - g * g), dh * t * o * (1 - o)])
    return da @ W.T, da @ U.T, d * f, x.T @ da, h.T @ da, da.sum(0)

# %% wrong: dh_through_f
# mistake: the way back of c given to h
def lstm_cell_backward(dh, dc, x, h, c, W, U, b):
    H = h.shape[1]
    a = x @ W + h @ U + b
    s = 1 / (1 + np.exp(-a))
    i, f, o, g = s[:, :H], s[:, H : 2 * H], s[:, 3 * H :], np.tanh(a[:, 2 * H : 3 * H])
    t = np.tanh(f * c + i * g)
    d = dc + dh * o * (1 - t * t)
    da = np.hstack([d * g * i * (1 - i), d * c * f * (1 - f), d * i * (1 - g * g), dh * t * o * (1 - o)])
    return da @ W.T, da @ U.T + dh, d * f, x.T @ da, h.T @ da, da.sum(0)
