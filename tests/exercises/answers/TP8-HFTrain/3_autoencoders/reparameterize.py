# exercise: reparameterize

# %% right: addcmul
# style: one fused call
def reparameterize(mu, log_var):
    eps = torch.empty_like(mu).normal_()
    return torch.addcmul(mu, eps, torch.exp(0.5 * log_var))

# %% right: power
# style: e to a power, noise from a distribution
def reparameterize(mu, log_var):
    n = torch.distributions.Normal(0.0, 1.0).sample(mu.shape)
    return mu + n * np.e ** (log_var / 2)

# %% wrong: no_half
# mistake: exp(log_var) for the standard deviation
def reparameterize(mu, log_var):
    std = log_var.exp()
    return mu + std * torch.randn_like(std)

# %% wrong: sample
# mistake: Normal.sample has no gradient
def reparameterize(mu, log_var):
    return torch.distributions.Normal(mu, (log_var / 2).exp()).sample()

# %% wrong: data
# mistake: the width is taken from .data
def reparameterize(mu, log_var):
    return mu + torch.exp(log_var.data / 2) * torch.randn_like(mu)

# %% wrong: row_noise
# mistake: one draw for each example
def reparameterize(mu, log_var):
    n = torch.randn(mu.shape[0], 1)
    return mu + n * torch.exp(log_var / 2)

# %% wrong: mean_only
# mistake: returns mu without noise
def reparameterize(mu, log_var):
    return mu

# %% wrong: subtracts_variance
# mistake: square root of log_var in place of exp
def reparameterize(mu, log_var):
    return mu + torch.sqrt(log_var.abs()) * torch.randn_like(mu)
