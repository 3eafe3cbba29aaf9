# exercise: stack_layers

# %% right: nested_loops
# style: arrays filled in place, own copy of x
def stack_layers(x, layers):
    entree = x
    finals = []
    for W, U, b in layers:
        B, T, _ = entree.shape
        sortie = np.zeros((B, T, len(b)))
        h = np.zeros((B, len(b)))
        for t in range(T):
            h = np.tanh(entree[:, t] @ W + h @ U + b)
            sortie[:, t] = h
        finals.append(h)
        entree = sortie
    return entree, finals

# %% wrong: state_not_reset
# mistake: one state goes on from layer to layer where it fits
def stack_layers(x, layers):
    last, h = [], None
    for W, U, b in layers:
        if h is None or h.shape[1] != len(b):
            h = np.zeros((len(x), len(b)))
        out = []
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ W + h @ U + b)
            out.append(h)
        x = np.stack(out, axis=1)
        last.append(h)
    return x, last

# %% wrong: starts_from_ones
# mistake: another starting state
def stack_layers(x, layers):
    last = []
    for W, U, b in layers:
        h, out = np.ones((len(x), len(b))), []
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ W + h @ U + b)
            out.append(h)
        x = np.stack(out, axis=1)
        last.append(h)
    return x, last

# %% wrong: residual
# mistake: adds the input where it fits
def stack_layers(x, layers):
    last = []
    for W, U, b in layers:
        h, out = np.zeros((len(x), len(b))), []
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ W + h @ U + b)
            out.append(h)
        new = np.stack(out, axis=1)
        x = new + x if new.shape == x.shape else new
        last.append(h)
    return x, last
