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

# %% right: einsum_jacobians
# style: the Jacobian of each step as a matrix, example by example
def gradient_reach(G, states, U):
    B, T, H = states.shape
    d = np.array(G, dtype=float)
    reach = np.empty(T)
    for k in range(T):
        reach[k] = np.sqrt(np.einsum("bh,bh->", d, d))
        if k < T - 1:
            jacobians = np.einsum("ij,bj->bij", U, 1 - states[:, T - 1 - k] ** 2)
            d = np.einsum("bij,bj->bi", jacobians, d)
    return reach

# %% right: recursive_list
# style: recursion, a list turned into an array
def gradient_reach(G, states, U):
    def back(d, t):
        here = [float((d * d).sum()) ** 0.5]
        return here if t == 0 else here + back((d * (1 - states[:, t] * states[:, t])) @ U.T, t - 1)

    return np.array(back(G, states.shape[1] - 1))

# %% right: by_pytorch
# style: PyTorch walks back
def gradient_reach(G, states, U):
    import torch

    d, U_t, s = torch.tensor(G), torch.tensor(U), torch.tensor(states)
    out = [d.norm().item()]
    for t in reversed(range(1, s.shape[1])):
        d = torch.matmul(d * (1 - s[:, t].square()), U_t.t())
        out.append(torch.linalg.vector_norm(d).item())
    return np.asarray(out)

# %% wrong: oldest_first
# mistake: the first state's norm stands first
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G)]
    for t in range(states.shape[1] - 1, 0, -1):
        d = (d * (1 - states[:, t] ** 2)) @ U.T
        out.append(np.linalg.norm(d))
    return np.array(out[::-1])

# %% wrong: not_transposed
# mistake: U in place of its transpose
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G)]
    for t in range(states.shape[1] - 1, 0, -1):
        d = (d * (1 - states[:, t] ** 2)) @ U
        out.append(np.linalg.norm(d))
    return np.array(out)

# %% wrong: state_before
# mistake: the slope of the state before
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G)]
    for t in range(states.shape[1] - 1, 0, -1):
        d = (d * (1 - states[:, t - 1] ** 2)) @ U.T
        out.append(np.linalg.norm(d))
    return np.array(out)

# %% wrong: mean_of_norms
# mistake: the mean over examples of each example's norm
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G, axis=1).mean()]
    for t in range(states.shape[1] - 1, 0, -1):
        d = (d * (1 - states[:, t] ** 2)) @ U.T
        out.append(np.linalg.norm(d, axis=1).mean())
    return np.array(out)

# %% wrong: no_slope
# mistake: the slope of tanh is left out
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G)]
    for t in range(states.shape[1] - 1, 0, -1):
        d = d @ U.T
        out.append(np.linalg.norm(d))
    return np.array(out)

# %% wrong: shares
# mistake: relative to the norm of G
def gradient_reach(G, states, U):
    d, out = G, [np.linalg.norm(G)]
    for t in range(states.shape[1] - 1, 0, -1):
        d = (d * (1 - states[:, t] ** 2)) @ U.T
        out.append(np.linalg.norm(d))
    return np.array(out) / out[0]
