# exercise: rnn_forward

# %% right: preallocated
# style: empty array, state carried in a variable
def rnn_forward(x, h0, W, U, b):
    B, T, D = x.shape
    out = np.empty((B, T, U.shape[0]))
    h = h0
    for t in range(T):
        h = np.tanh(x[:, t, :] @ W + h @ U + b)
        out[:, t, :] = h
    return out

# %% right: by_example
# style: each example by itself
def rnn_forward(x, h0, W, U, b):
    result = []
    for phrase, h in zip(x, h0):
        states = []
        for mot in phrase:
            h = np.tanh(mot @ W + h @ U + b)
            states.append(h)
        result.append(states)
    return np.array(result)

# %% wrong: starts_at_second
# mistake: the loop starts at 1
def rnn_forward(x, h0, W, U, b):
    out = np.zeros((x.shape[0], x.shape[1], len(b)))
    h = h0
    for t in range(1, x.shape[1]):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        out[:, t] = h
    return out

# %% wrong: first_previous_is_last
# mistake: states[:, t - 1] at t = 0
def rnn_forward(x, h0, W, U, b):
    out = np.zeros((x.shape[0], x.shape[1], len(b)))
    for t in range(x.shape[1]):
        out[:, t] = np.tanh(x[:, t] @ W + out[:, t - 1] @ U + b)
    return out

# %% wrong: h0_of_the_first_example
# mistake: one starting state for all
def rnn_forward(x, h0, W, U, b):
    h = h0[:1].repeat(len(x), axis=0)
    out = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        out.append(h)
    return np.stack(out, 1)

# %% wrong: writes_into_h0
# mistake: changes h0
def rnn_forward(x, h0, W, U, b):
    out = []
    for t in range(x.shape[1]):
        h0[...] = np.tanh(x[:, t] @ W + h0 @ U + b)
        out.append(h0.copy())
    return np.stack(out, axis=1)
