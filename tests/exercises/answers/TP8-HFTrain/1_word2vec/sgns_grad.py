# exercise: sgns_grad

# %% right: einsum
# style: einsum throughout
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    n = len(centers)
    g = (s(np.einsum("bd,bd->b", centers, contexts)) - 1) / n
    h = s(np.einsum("bd,bkd->bk", centers, negatives)) / n
    dv = np.einsum("b,bd->bd", g, contexts) + np.einsum("bk,bkd->bd", h, negatives)
    return dv, np.einsum("b,bd->bd", g, centers), np.einsum("bk,bd->bkd", h, centers)

# %% right: loops
# style: loops, a list as result
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B, K, D = negatives.shape
    dv, du, dn = np.zeros((B, D)), np.zeros((B, D)), np.zeros((B, K, D))
    for b in range(B):
        err = s(centers[b] @ contexts[b]) - 1
        dv[b] += err * contexts[b]
        du[b] += err * centers[b]
        for k in range(K):
            err = s(centers[b] @ negatives[b, k])
            dv[b] += err * negatives[b, k]
            dn[b, k] += err * centers[b]
    return [dv / B, du / B, dn / B]

# %% wrong: no_mean
# mistake: gradient of the sum over the batch
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    g = (s((centers * contexts).sum(1)) - 1)[:, None]
    h = s((negatives * centers[:, None]).sum(2))[:, :, None]
    return g * contexts + (h * negatives).sum(1), g * centers, h * centers[:, None]

# %% wrong: negatives_minus_one
# mistake: sigma - 1 for the negatives as well
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B = len(centers)
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = (s((negatives * centers[:, None]).sum(2)) - 1)[:, :, None] / B
    return g * contexts + (h * negatives).sum(1), g * centers, h * centers[:, None]

# %% wrong: centre_forgets_negatives
# mistake: only the true pair moves the centre
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B = len(centers)
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = s((negatives * centers[:, None]).sum(2))[:, :, None] / B
    return g * contexts, g * centers, h * centers[:, None]

# %% wrong: order
# mistake: contexts first
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B = len(centers)
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = s((negatives * centers[:, None]).sum(2))[:, :, None] / B
    return g * centers, g * contexts + (h * negatives).sum(1), h * centers[:, None]

# %% wrong: descent_direction
# mistake: minus the gradient
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B = len(centers)
    g = (1 - s((centers * contexts).sum(1)))[:, None] / B
    h = -s((negatives * centers[:, None]).sum(2))[:, :, None] / B
    return g * contexts + (h * negatives).sum(1), g * centers, h * centers[:, None]

# %% wrong: nan_for_large
# mistake: exp(s) / (1 + exp(s)) is nan for large scores
def sgns_grad(centers, contexts, negatives):
    s = lambda z: np.exp(z) / (1 + np.exp(z))
    B = len(centers)
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = s((negatives * centers[:, None]).sum(2))[:, :, None] / B
    return g * contexts + (h * negatives).sum(1), g * centers, h * centers[:, None]

# %% wrong: summed_context
# mistake: the gradient of the contexts is summed over the batch
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B = len(centers)
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = s((negatives * centers[:, None]).sum(2))[:, :, None] / B
    return g * contexts + (h * negatives).sum(1), (g * centers).sum(0), h * centers[:, None]

# %% wrong: mean_over_k
# mistake: negatives divided by K
def sgns_grad(centers, contexts, negatives):
    s = lambda z: (1 + np.tanh(z / 2)) / 2
    B, K = negatives.shape[:2]
    g = (s((centers * contexts).sum(1)) - 1)[:, None] / B
    h = s((negatives * centers[:, None]).sum(2))[:, :, None] / (B * K)
    return g * contexts + (h * negatives).sum(1), g * centers, h * centers[:, None]
