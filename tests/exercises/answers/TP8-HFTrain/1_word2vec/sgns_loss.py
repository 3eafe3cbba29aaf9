# exercise: sgns_loss

# %% right: einsum
# style: einsum and a log-sigmoid of its own
def sgns_loss(centers, contexts, negatives):
    def log_sigmoid(s):
        return np.minimum(s, 0) - np.log1p(np.exp(-np.abs(s)))
    pos = np.einsum("bd,bd->b", centers, contexts)
    neg = np.einsum("bkd,bd->bk", negatives, centers)
    return float(-np.mean(log_sigmoid(pos) + log_sigmoid(-neg).sum(axis=-1)))

# %% right: loops
# style: plain loops over pairs and negatives
def sgns_loss(centers, contexts, negatives):
    total = 0
    for i in range(len(centers)):
        total += np.logaddexp(0, -np.dot(centers[i], contexts[i]))
        for k in range(negatives.shape[1]):
            total += np.logaddexp(0, np.dot(centers[i], negatives[i, k]))
    return total / len(centers)

# %% right: torch
# style: through torch's logsigmoid
def sgns_loss(centers, contexts, negatives):
    import torch
    v, u, n = (torch.as_tensor(x) for x in (centers, contexts, negatives))
    pos = torch.nn.functional.logsigmoid((v * u).sum(-1))
    neg = torch.nn.functional.logsigmoid(-(n * v[:, None]).sum(-1)).sum(-1)
    return -(pos + neg).mean().item()

# %% wrong: no_minus
# mistake: sigmoid of the plain score for the negatives
def sgns_loss(centers, contexts, negatives):
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, -neg).sum(1))

# %% wrong: mean_of_all
# mistake: mean over K as well
def sgns_loss(centers, contexts, negatives):
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return np.mean(np.logaddexp(0, -pos)) + np.mean(np.logaddexp(0, neg))

# %% wrong: total
# mistake: sum over the batch
def sgns_loss(centers, contexts, negatives):
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return np.sum(np.logaddexp(0, -pos)) + np.sum(np.logaddexp(0, neg))

# %% wrong: overflows
# mistake: the sigmoid is written out, and its logarithm taken
def sgns_loss(centers, contexts, negatives):
    sig = lambda s: 1 / (1 + np.exp(-s))
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return np.mean(-np.log(sig(pos)) - np.log(sig(-neg)).sum(1))

# %% wrong: clipped
# mistake: scores clipped at 30
def sgns_loss(centers, contexts, negatives):
    pos = np.clip((centers * contexts).sum(1), -30, 30)
    neg = np.clip((negatives * centers[:, None]).sum(2), -30, 30)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(1))

# %% wrong: one_minus_positive
# mistake: log(1 - sigma) for the true pair too
def sgns_loss(centers, contexts, negatives):
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return np.mean(np.logaddexp(0, pos) + np.logaddexp(0, neg).sum(1))

# %% wrong: all_pairs
# mistake: every centre with every context of the batch
def sgns_loss(centers, contexts, negatives):
    pos = centers @ contexts.T
    neg = (negatives * centers[:, None]).sum(2)
    return np.mean(np.logaddexp(0, -pos)) + np.logaddexp(0, neg).sum(1).mean()

# %% wrong: likelihood
# mistake: the sign of the whole
def sgns_loss(centers, contexts, negatives):
    pos = (centers * contexts).sum(1)
    neg = (negatives * centers[:, None]).sum(2)
    return -np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(1))
