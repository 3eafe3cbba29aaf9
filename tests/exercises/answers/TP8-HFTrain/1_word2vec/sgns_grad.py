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

# %% right: einsum_errors
# style: all 1 + K vectors in one array, errors against labels, einsum, slices of the result
def sgns_grad(centers, contexts, negatives):
    B, K, _ = negatives.shape
    outs = np.concatenate((contexts[:, np.newaxis], negatives), axis=1)
    labels = np.zeros((B, K + 1))
    labels[:, 0] = 1
    err = (sigmoid(np.einsum("bd,bkd->bk", centers, outs)) - labels) / B
    d_out = np.einsum("bk,bd->bkd", err, centers)
    return np.einsum("bk,bkd->bd", err, outs), d_out[:, 0], d_out[:, 1:]

# %% right: loops_2
# style: loops, in-place building, own sigmoid with math.exp on one side only
import math

def sgns_grad(centers, contexts, negatives):
    def sig(z):
        if z < 0:
            e = math.exp(z)
            return e / (1 + e)
        return 1 / (1 + math.exp(-z))

    g_v, g_u, g_n = (np.zeros(a.shape) for a in (centers, contexts, negatives))
    n = len(centers)
    for b in range(n):
        delta = (sig(centers[b] @ contexts[b]) - 1) / n
        g_v[b] += delta * contexts[b]
        g_u[b] += delta * centers[b]
        for k in range(negatives.shape[1]):
            delta = sig(centers[b] @ negatives[b, k]) / n
            g_v[b] += delta * negatives[b, k]
            g_n[b, k] += delta * centers[b]
    return g_v, g_u, g_n

# %% right: broadcasting
# style: keepdims, broadcasting, division at the end
def sgns_grad(centers, contexts, negatives):
    e_pos = sigmoid((centers * contexts).sum(axis=1, keepdims=True)) - 1  # (B, 1)
    e_neg = sigmoid((centers[:, None] * negatives).sum(axis=2, keepdims=True))  # (B, K, 1)
    grads = [
        e_pos * contexts + (e_neg * negatives).sum(axis=1),
        e_pos * centers,
        e_neg * centers[:, None, :],
    ]
    return tuple(g / centers.shape[0] for g in grads)

# %% right: minus_sigmoid_of_minus
# style: matmul with transposes; the error of the pair as minus the sigmoid of minus the score
def sgns_grad(centers, contexts, negatives):
    scale = 1.0 / len(centers)
    column = centers[:, :, None]
    a = -scale * sigmoid(-np.matmul(contexts[:, None, :], column))  # (B, 1, 1)
    c = scale * sigmoid(np.matmul(negatives, column))  # (B, K, 1)
    d_v = a[:, 0] * contexts + np.matmul(c.transpose(0, 2, 1), negatives)[:, 0, :]
    d_u = a[:, :, 0] * centers
    d_n = np.matmul(c, column.transpose(0, 2, 1))
    return d_v, d_u, d_n

# %% wrong: not_divided
# mistake: forgets the mean
# rule: "of the loss of section 3, **of its mean over the B pairs**"
def sgns_grad(centers, contexts, negatives):
    e = sigmoid((centers * contexts).sum(1)) - 1
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives))
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: centre_only_from_its_context
# mistake: forgets what the negatives send to the centre
# rule: "A centre is part of all its $1 + K$ scores."
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    return e[:, None] * contexts, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: minus_one_forgotten
# mistake: the error of a true pair without its label
# rule: "The derivative of $-\log\sigma(s)$ is $\sigma(s) - 1$"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = sigmoid((centers * contexts).sum(1)) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: sign_of_negatives
# mistake: the derivative of -log sigma(-s) with a minus
# rule: "that of $-\log\sigma(-s)$ is $\sigma(s)$"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = -sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: divided_by_all_scores
# mistake: divides by B (1 + K)
# rule: "**of its mean over the B pairs**"
def sgns_grad(centers, contexts, negatives):
    n = len(centers) * (1 + negatives.shape[1])
    e = (sigmoid((centers * contexts).sum(1)) - 1) / n
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / n
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: negatives_divided_by_K_too
# mistake: the negatives are averaged over K
# rule: "Over the K negatives it is a **sum**."
def sgns_grad(centers, contexts, negatives):
    B, K, _ = negatives.shape
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / (B * K)
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: exponential_overflows
# mistake: exp(s) / (1 + exp(s)) is inf / inf for large scores
# rule: "Scores may be very large here too."
def sgns_grad(centers, contexts, negatives):
    def sig(s):
        return np.exp(s) / (1 + np.exp(s))
    B = len(centers)
    e = (sig((centers * contexts).sum(1)) - 1) / B
    f = sig(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: contexts_first
# mistake: another order of the three results
# rule: "of the centres, of the contexts and of the negatives, in this order"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return e[:, None] * centers, d_v, f[:, :, None] * centers[:, None]

# %% wrong: own_vector
# mistake: the error times the vector itself: u gets u
# rule: "sends its error times $u$ to $v$, and times $v$ to $u$"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * contexts, f[:, :, None] * negatives

# %% wrong: negatives_summed
# mistake: one gradient for all negatives of a pair
# rule: "in the shapes of the three arguments"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f.sum(axis=1)[:, None] * centers

# %% wrong: works_in_the_arguments
# mistake: keeps the products in the arrays that were given
# rule: "Do not change the arrays and lists that you are given."
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (sigmoid((centers * contexts).sum(1)) - 1) / B
    f = sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_u = e[:, None] * centers
    d_n = f[:, :, None] * centers[:, None]
    contexts *= e[:, None]
    contexts += np.einsum("bk,bkd->bd", f, negatives)
    return contexts, d_u, d_n

# %% wrong: ascent
# mistake: the gradient of the log-likelihood: true minus said
# rule: "**what the model says minus what is true**"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    e = (1 - sigmoid((centers * contexts).sum(1))) / B
    f = -sigmoid(np.einsum("bd,bkd->bk", centers, negatives)) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]

# %% wrong: slope_of_the_sigmoid
# mistake: multiplies by sigma (1 - sigma) once more
# rule: "in both cases **what the model says minus what is true**"
def sgns_grad(centers, contexts, negatives):
    B = len(centers)
    p = sigmoid((centers * contexts).sum(1))
    q = sigmoid(np.einsum("bd,bkd->bk", centers, negatives))
    e, f = (p - 1) * p * (1 - p) / B, q * q * (1 - q) / B
    d_v = e[:, None] * contexts + np.einsum("bk,bkd->bd", f, negatives)
    return d_v, e[:, None] * centers, f[:, :, None] * centers[:, None]
