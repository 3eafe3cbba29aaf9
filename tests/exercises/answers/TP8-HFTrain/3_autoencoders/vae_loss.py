# exercise: vae_loss

# %% right: loop
# style: image by image
def vae_loss(scores, x, mu, log_var, beta=1.0):
    losses = []
    for s, t, m, v in zip(scores, x, mu, log_var):
        rec = nn.BCEWithLogitsLoss(reduction="sum")(s, t)
        kl = -(1 + v - m ** 2 - torch.exp(v)).sum() / 2
        losses.append(rec + beta * kl)
    return torch.stack(losses).mean()

# %% right: logsigmoid
# style: both log-sigmoids
def vae_loss(scores, x, mu, log_var, beta=1.0):
    log_likelihood = x * F.logsigmoid(scores) + (1 - x) * F.logsigmoid(-scores)
    kl = (mu * mu + torch.exp(log_var) - log_var - 1) / 2
    return beta * kl.sum(1).mean(0) - log_likelihood.sum(1).mean(0)

# %% wrong: default_reduction
# mistake: binary_cross_entropy_with_logits averages over pixels by default
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = F.binary_cross_entropy_with_logits(scores, x)
    kl = 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum(1).mean()
    return rec + beta * kl

# %% wrong: kl_mean
# mistake: the divergence is averaged over all its values
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    return rec + beta * 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).mean()

# %% wrong: kl_by_pixels
# mistake: the divergence is divided by B times 784
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    kl = 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum() / x.numel()
    return rec + beta * kl

# %% wrong: wrong_sign
# mistake: plus 0.5 instead of minus in the usual form
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    return rec + beta * 0.5 * (1 + log_var - mu ** 2 - log_var.exp()).sum() / len(x)

# %% wrong: clamped_logs
# mistake: log of the sigmoid, clamped: large scores are lost
def vae_loss(scores, x, mu, log_var, beta=1.0):
    p = torch.sigmoid(scores).clamp(1e-7, 1 - 1e-7)
    rec = -(x * p.log() + (1 - x) * (1 - p).log()).sum(1)
    kl = 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum(1)
    return (rec + beta * kl).mean()

# %% wrong: mse
# mistake: squared error in place of cross-entropy
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = ((torch.sigmoid(scores) - x) ** 2).sum(1)
    kl = 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum(1)
    return (rec + beta * kl).mean()

# %% wrong: summed_over_batch
# mistake: no division by B
def vae_loss(scores, x, mu, log_var, beta=1.0):
    rec = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    return rec + beta * 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum()

# %% wrong: detached_kl
# mistake: the divergence under no_grad
def vae_loss(scores, x, mu, log_var, beta=1.0):
    with torch.no_grad():
        kl = 0.5 * (mu ** 2 + log_var.exp() - 1 - log_var).sum() / len(x)
    return F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x) + beta * kl
