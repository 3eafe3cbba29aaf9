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

# %% right: with_logits_sum
# style: the ready-made BCE with logits, sums divided by B
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu.pow(2) + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / x.shape[0]

# %% right: softplus
# style: softplus(s) - x s, one number for each image, mean
def vae_loss(scores, x, mu, log_var, beta=1.0):
    bce = F.softplus(scores) - x * scores
    price = torch.square(mu) + torch.expm1(log_var) - log_var
    per_image = bce.sum(dim=1) + beta / 2 * price.sum(dim=1)
    return per_image.mean()

# %% right: image_by_image
# style: a loop over images, logsigmoid of both signs
def vae_loss(scores, x, mu, log_var, beta=1.0):
    losses = []
    for s, pixel, m, v in zip(scores, x, mu, log_var):
        cost = -torch.dot(pixel, F.logsigmoid(s)) - torch.dot(1 - pixel, F.logsigmoid(-s))
        code = (m @ m + torch.exp(v).sum() - len(m) - v.sum()) / 2
        losses.append(cost + beta * code)
    return sum(losses) / len(losses)

# %% right: distributions
# style: torch.distributions: Bernoulli by logits through logaddexp, kl_divergence of normals
from torch.distributions import Normal, kl_divergence

def vae_loss(scores, x, mu, log_var, beta=1.0):
    zero = torch.zeros((), dtype=scores.dtype)
    log_likelihood = x * scores - torch.logaddexp(scores, zero)
    kl = kl_divergence(Normal(mu, torch.exp(log_var / 2)), Normal(0.0, 1.0))
    return torch.einsum("bl->b", kl).mean() * beta - log_likelihood.sum(-1).mean()

# %% wrong: bce_of_sigmoid
# mistake: the sigmoid first; F.binary_cross_entropy cuts each pixel at 100
# rule: "the loss of such a pixel is about |s| if it is wrong, and 0 if it is right"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy(torch.sigmoid(scores), x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: log_by_hand
# mistake: the formula as it stands: 0 times infinity
# rule: "Scores may be so large that the sigmoid is exactly 0 or 1"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    p = torch.sigmoid(scores)
    reconstruction = -(x * p.log() + (1 - x) * (1 - p).log()).sum(dim=1)
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(dim=1)
    return (reconstruction + beta * divergence).mean()

# %% wrong: reconstruction_averaged
# mistake: the mean over the pixels
# rule: "Both terms are **sums** over the values of an image"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x)
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(dim=1).mean()
    return reconstruction + beta * divergence

# %% wrong: divergence_averaged
# mistake: the mean over the code
# rule: "Both terms are **sums** over the values of an image"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    divergence = 0.5 * torch.mean(mu**2 + log_var.exp() - 1 - log_var)
    return reconstruction + beta * divergence

# %% wrong: sum_over_the_batch
# mistake: no mean over the batch
# rule: "the result is the **mean** over the batch"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return reconstruction + beta * divergence

# %% wrong: only_reconstruction_divided
# mistake: the divergence is not divided by B
# rule: "the result is the **mean** over the batch"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum") / len(x)
    divergence = -0.5 * torch.sum(1 + log_var - mu**2 - log_var.exp())
    return reconstruction + beta * divergence

# %% wrong: beta_on_everything
# mistake: beta weighs both terms
# rule: "`beta` weighs the divergence only"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return beta * (reconstruction + divergence) / len(x)

# %% wrong: zero_is_default
# mistake: "beta or 1": a beta of 0 becomes 1
# rule: "the default is 1, and 0 is allowed"
def vae_loss(scores, x, mu, log_var, beta=None):
    beta = beta or 1.0
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: log_sigma
# mistake: takes log_var for the logarithm of the standard deviation
# rule: "`log_var` $= \ln \sigma^2$"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + (2 * log_var).exp() - 1 - 2 * log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: half_forgotten
# mistake: forgets one half
# rule: "\beta \cdot \tfrac12 \sum_{l=1}^{L}"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: sign_of_log_var
# mistake: plus v
# rule: "\mu_l^2 + e^{v_l} - 1 - v_l"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 + log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: plain_number
# mistake: .item() at the end
# rule: "The result is a tensor of one value. The gradient reaches scores, `mu` and `log_var`."
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.binary_cross_entropy_with_logits(scores, x, reduction="sum")
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return ((reconstruction + beta * divergence) / len(x)).item()

# %% wrong: pixels_rounded
# mistake: black or white
# rule: "Pixels lie between 0 and 1, not only at the ends."
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = F.softplus(torch.where(x > 0.5, -scores, scores)).sum()
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)

# %% wrong: squared_error
# mistake: the squared error of the sigmoid
# rule: "the pixel's term is the binary cross-entropy"
def vae_loss(scores, x, mu, log_var, beta=1.0):
    reconstruction = ((torch.sigmoid(scores) - x) ** 2).sum()
    divergence = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum()
    return (reconstruction + beta * divergence) / len(x)
