# exercise: rnn_backward

# %% right: with_list
# style: states with h0 in front, lists
def rnn_backward(G, x, h0, states, W, U):
    T = x.shape[1]
    hs = [h0] + [states[:, t] for t in range(T)]
    r = np.zeros_like(h0)
    dxs, dW, dU, db = [], 0, 0, 0
    for t in range(T, 0, -1):
        d = (G[:, t - 1] + r) * (1 - hs[t] * hs[t])
        dxs.insert(0, d @ W.T)
        dW = dW + x[:, t - 1].T @ d
        dU = dU + hs[t - 1].T @ d
        db = db + d.sum(0)
        r = d @ U.T
    return np.stack(dxs, axis=1), r, dW, dU, db

# %% wrong: g_shifted
# mistake: G of the step after
def rnn_backward(G, x, h0, states, W, U):
    T = x.shape[1]
    r = np.zeros(h0.shape)
    dx, dW, dU, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(T)):
        g = G[:, t + 1] if t + 1 < T else np.zeros(h0.shape)
        d = (g + r) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t else h0
        dx[:, t] = d @ W.T
        dW += x[:, t].T @ d
        dU += before.T @ d
        db += d.sum(0)
        r = d @ U.T
    return dx, r, dW, dU, db

# %% wrong: previous_index_wraps
# mistake: states[:, -1] stands for h0
def rnn_backward(G, x, h0, states, W, U):
    r = np.zeros(h0.shape)
    dx, dW, dU, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(x.shape[1])):
        d = (G[:, t] + r) * (1 - states[:, t] ** 2)
        dx[:, t] = d @ W.T
        dW += x[:, t].T @ d
        dU += states[:, t - 1].T @ d
        db += d.sum(0)
        r = d @ U.T
    return dx, r, dW, dU, db

# %% wrong: adds_into_g
# mistake: changes G
def rnn_backward(G, x, h0, states, W, U):
    dx, dW, dU, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(x.shape[1])):
        d = G[:, t] * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t else h0
        dx[:, t] = d @ W.T
        dW += x[:, t].T @ d
        dU += before.T @ d
        db += d.sum(0)
        if t:
            G[:, t - 1] += d @ U.T
    return dx, d @ U.T, dW, dU, db

# %% wrong: batch_mean
# mistake: divides by B
def rnn_backward(G, x, h0, states, W, U):
    r = np.zeros(h0.shape)
    dx, dW, dU, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(x.shape[1])):
        d = (G[:, t] + r) * (1 - states[:, t] ** 2)
        before = states[:, t - 1] if t else h0
        dx[:, t] = d @ W.T
        dW += x[:, t].T @ d
        dU += before.T @ d
        db += d.sum(0)
        r = d @ U.T
    return dx, r, dW / len(x), dU / len(x), db / len(x)
