# exercise: gradient_reach

# %% right: zeros_filled
# style: fills an array, torch for the norm
def gradient_reach(G, states, U):
    T = states.shape[1]
    result = np.zeros(T)
    g = G.copy()
    for k in range(T):
        result[k] = (g * g).sum() ** 0.5
        g = (g - g * states[:, T - 1 - k] ** 2) @ U.T
    return result

# %% right: list_result
# style: returns a list
def gradient_reach(G, states, U):
    g, out = G, [np.linalg.norm(G)]
    for h in states.transpose(1, 0, 2)[:0:-1]:
        g = np.dot(g * (1 - h**2), U.T)
        out += [np.linalg.norm(g)]
    return np.array(out)

# %% wrong: one_too_many
# mistake: T + 1 norms, that of h0 too
def gradient_reach(G, states, U):
    g, out = G, [np.linalg.norm(G)]
    for t in reversed(range(states.shape[1])):
        g = (g * (1 - states[:, t] ** 2)) @ U.T
        out.append(np.linalg.norm(g))
    return np.array(out)

# %% wrong: spectral
# mistake: the matrix norm of order 2
def gradient_reach(G, states, U):
    g, out = G, []
    for t in reversed(range(states.shape[1])):
        out.append(np.linalg.norm(g, 2))
        g = (g * (1 - states[:, t] ** 2)) @ U.T
    return np.array(out)

# %% wrong: largest
# mistake: largest entry
def gradient_reach(G, states, U):
    g, out = G, []
    for t in reversed(range(states.shape[1])):
        out.append(np.abs(g).max())
        g = (g * (1 - states[:, t] ** 2)) @ U.T
    return np.array(out)

# %% wrong: logarithms
# mistake: returns the logarithm, as the axis has it
def gradient_reach(G, states, U):
    g, out = G, []
    for t in reversed(range(states.shape[1])):
        out.append(np.log10(np.linalg.norm(g)))
        g = (g * (1 - states[:, t] ** 2)) @ U.T
    return np.array(out)
