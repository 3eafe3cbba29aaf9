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

# %% right: signs_and_one_matrix
# style: all 1 + K vectors in one array, signs, einsum, logaddexp.reduce not needed
def sgns_loss(centers, contexts, negatives):
    everything = np.concatenate([-contexts[:, None, :], negatives], axis=1)
    s = np.einsum("bd,bkd->bk", centers, everything)
    return np.logaddexp(s, 0).sum() / len(centers)

# %% right: loops_and_math
# style: loops over pairs and negatives, a stable softplus with math.log1p
import math

def sgns_loss(centers, contexts, negatives):
    def softplus(z):
        return max(z, 0.0) + math.log1p(math.exp(-abs(z)))

    total = 0.0
    for v, u, N in zip(centers, contexts, negatives):
        total += softplus(-float(np.dot(v, u)))
        for n in N:
            total += softplus(float(np.dot(v, n)))
    return total / centers.shape[0]

# %% right: matmul_and_where
# style: matmul, two branches of the log-sigmoid, mean of two parts
def log_sigmoid(s):
    small = np.log1p(np.exp(-np.abs(s)))
    return np.where(s >= 0, -small, s - small)

def sgns_loss(centers, contexts, negatives):
    positive = (centers * contexts).sum(axis=-1)
    negative = (negatives @ centers[:, :, None])[..., 0]
    return float(-np.mean(log_sigmoid(positive)) - np.mean(np.sum(log_sigmoid(-negative), axis=1)))

# %% right: by_list_of_losses
# style: a comprehension with one loss for each pair, the logarithm of the sigmoid by logaddexp
def sgns_loss(centers, contexts, negatives):
    B = len(contexts)
    per_pair = [
        np.logaddexp(0.0, -contexts[i].dot(centers[i])) + np.logaddexp(0.0, negatives[i].dot(centers[i])).sum()
        for i in range(B)
    ]
    return np.average(per_pair)

# %% wrong: log_of_sigmoid
# mistake: the sigmoid first, then the logarithm: log 0 for large scores
# rule: "Scores may be very large (thousands) on either side: the loss is right and finite there too."
def sgns_loss(centers, contexts, negatives):
    def sigma(s):
        return 1 / (1 + np.exp(-s))
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(-np.log(sigma(pos)) - np.log(sigma(-neg)).sum(axis=1))

# %% wrong: epsilon_in_the_log
# mistake: adds a small number inside the logarithm
# rule: "Scores may be very large (thousands) on either side: the loss is right and finite there too."
def sgns_loss(centers, contexts, negatives):
    def log_sigma(s):
        return np.log((1 + np.tanh(s / 2)) / 2 + 1e-12)
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(-log_sigma(pos) - log_sigma(-neg).sum(axis=1))

# %% wrong: clipped_scores
# mistake: cuts the scores at 30, as the original program does
# rule: "Scores may be very large (thousands) on either side: the loss is right and finite there too."
def sgns_loss(centers, contexts, negatives):
    pos = np.clip(np.sum(centers * contexts, axis=1), -30, 30)
    neg = np.clip(np.einsum("bd,bkd->bk", centers, negatives), -30, 30)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1))

# %% wrong: mean_over_negatives
# mistake: a mean over K
# rule: "Over the K negatives it is a **sum**."
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(np.logaddexp(0, -pos)) + np.mean(np.logaddexp(0, neg))

# %% wrong: sum_over_pairs
# mistake: a sum over B
# rule: "The result is the **mean over the B pairs**"
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.sum(np.logaddexp(0, -pos)) + np.sum(np.logaddexp(0, neg))

# %% wrong: negatives_as_positives
# mistake: forgets the minus inside of the second sigmoid
# rule: "\log \sigma(-v \cdot n_k)"
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, -neg).sum(axis=1))

# %% wrong: negatives_with_contexts
# mistake: multiplies the negatives with u
# rule: "\log \sigma(-v \cdot n_k)"
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", contexts, negatives)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1))

# %% wrong: base_two
# mistake: bits
# rule: "with the natural logarithm"
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1)) / np.log(2)

# %% wrong: score_of_the_mean_negative
# mistake: averages the negatives before the score
# rule: "\sum_{k=1}^{K} \log \sigma(-v \cdot n_k)"
def sgns_loss(centers, contexts, negatives):
    K = negatives.shape[1]
    pos = np.sum(centers * contexts, axis=1)
    neg = np.sum(centers * negatives.mean(axis=1), axis=1)
    return np.mean(np.logaddexp(0, -pos) + K * np.logaddexp(0, neg))

# %% wrong: wrong_sign
# mistake: the log-likelihood, without the minus
# rule: "-\log \sigma(v \cdot u)"
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return -np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1))

# %% wrong: all_pairs_of_the_batch
# mistake: the table of all centres with all contexts instead of the pairs
# rule: "The **score** of a pair is the dot product $v \cdot u$"
def sgns_loss(centers, contexts, negatives):
    pos = centers @ contexts.T
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.mean(np.logaddexp(0, -pos)) + np.mean(np.logaddexp(0, neg).sum(axis=1))

# %% wrong: one_loss_per_pair
# mistake: no mean
# rule: "The result is the **mean over the B pairs**, one number."
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.einsum("bd,bkd->bk", centers, negatives)
    return np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1)

# %% wrong: changes_negatives
# mistake: multiplies in place
# rule: "Do not change the arrays and lists that you are given."
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    negatives *= centers[:, None, :]
    neg = negatives.sum(axis=-1)
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1))

# %% wrong: squeeze
# mistake: squeeze also removes the axis of a batch of one: the sum runs over the wrong axis
# rule: "Any of `B`, `K` and `D` may be 1."
def sgns_loss(centers, contexts, negatives):
    pos = np.sum(centers * contexts, axis=1)
    neg = np.matmul(negatives, centers[:, :, None]).squeeze()
    return np.mean(np.logaddexp(0, -pos) + np.logaddexp(0, neg).sum(axis=1))
