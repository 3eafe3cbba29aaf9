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

# %% right: plain
# style: exp of one half
def reparameterize(mu, log_var):
    return mu + torch.exp(0.5 * log_var) * torch.randn_like(log_var)

# %% right: rsample
# style: torch.distributions, rsample keeps the gradient
from torch.distributions import Normal

def reparameterize(mu, log_var):
    return Normal(loc=mu, scale=log_var.exp() ** 0.5).rsample()

# %% right: addcmul_sqrt
# style: square root of the variance, addcmul with values drawn in place
def reparameterize(mu, log_var):
    variance = log_var.exp()
    n = torch.empty(mu.shape, dtype=mu.dtype).normal_()
    return torch.addcmul(mu, variance.sqrt(), n)

# %% right: loop
# style: a loop over the columns, numbers from math and torch.normal
import math

def reparameterize(mu, log_var):
    columns = []
    for m, v in zip(mu.unbind(dim=1), log_var.unbind(dim=1)):
        noise = torch.normal(0.0, 1.0, size=m.shape)
        columns.append(m + noise * torch.pow(math.e, v / 2))
    return torch.stack(columns, dim=1)

# %% wrong: variance_for_deviation
# mistake: exp(log_var) as standard deviation
# rule: "`log_var` is the logarithm of its **square**"
def reparameterize(mu, log_var):
    return mu + log_var.exp() * torch.randn_like(mu)

# %% wrong: log_forgotten
# mistake: the root of log_var itself
# rule: "`log_var` $= \ln \sigma^2$"
def reparameterize(mu, log_var):
    return mu + log_var.abs().sqrt() * torch.randn_like(mu)

# %% wrong: log_var_as_sigma
# mistake: multiplies by log_var
# rule: "$z = \mu + \sigma\, n$"
def reparameterize(mu, log_var):
    return mu + log_var * torch.randn_like(mu)

# %% wrong: sample_without_gradient
# mistake: sample() instead of rsample()
# rule: "The gradient reaches `mu` (slope 1) and `log_var`."
def reparameterize(mu, log_var):
    return torch.distributions.Normal(mu, torch.exp(log_var / 2)).sample()

# %% wrong: sigma_detached
# mistake: the standard deviation is computed under no_grad
# rule: "The gradient reaches `mu` (slope 1) and `log_var`."
def reparameterize(mu, log_var):
    with torch.no_grad():
        noise = torch.exp(log_var / 2) * torch.randn_like(mu)
    return mu + noise

# %% wrong: one_draw_per_image
# mistake: one draw for each row
# rule: "Each of the B · L values has a draw of its own"
def reparameterize(mu, log_var):
    n = torch.randn(mu.shape[0], 1)
    return mu + torch.exp(log_var / 2) * n

# %% wrong: same_draw_for_the_batch
# mistake: one draw for each column, the same for all images
# rule: "Each of the B · L values has a draw of its own"
def reparameterize(mu, log_var):
    n = torch.randn(mu.shape[1])
    return mu + torch.exp(log_var / 2) * n

# %% wrong: seed_inside
# mistake: a seed for reproducible results
# rule: "each call draws anew, without a seed inside"
def reparameterize(mu, log_var):
    g = torch.Generator().manual_seed(0)
    return mu + torch.exp(log_var / 2) * torch.randn(mu.shape, generator=g)

# %% wrong: uniform
# mistake: rand instead of randn
# rule: "n \sim N(0, 1)"
def reparameterize(mu, log_var):
    return mu + torch.exp(log_var / 2) * torch.rand_like(mu)

# %% wrong: sign_of_the_exponent
# mistake: minus one half
# rule: "`log_var` $= \ln \sigma^2$"
def reparameterize(mu, log_var):
    return mu + torch.exp(-0.5 * log_var) * torch.randn_like(mu)

# %% wrong: mu_in_the_bracket
# mistake: scales the mean as well
# rule: "$z = \mu + \sigma\, n$"
def reparameterize(mu, log_var):
    return torch.exp(log_var / 2) * (mu + torch.randn_like(mu))

# %% wrong: only_the_mean
# mistake: draws only while gradients are recorded, and returns the mean afterwards
# rule: "The code is drawn from it, in training and afterwards."
def reparameterize(mu, log_var):
    if not torch.is_grad_enabled():
        return mu
    return mu + torch.exp(log_var / 2) * torch.randn_like(mu)

# %% wrong: in_place
# mistake: halves the tensor that was given, in place
# rule: "Do not change what you are given"
def reparameterize(mu, log_var):
    sigma = log_var.mul_(0.5).exp()
    return mu + sigma * torch.randn_like(mu)

# %% wrong: torch_normal
# mistake: torch.normal gives numbers without a graph: the gradients are zeros
def reparameterize(mu, log_var):
    return torch.normal(mu, torch.exp(log_var / 2))

# %% wrong: one_number
# mistake: one number is drawn for everything
def reparameterize(mu, log_var):
    return mu + torch.exp(log_var / 2) * torch.randn(())

# %% wrong: even_draw
# mistake: rand, moved to the middle
def reparameterize(mu, log_var):
    return mu + (log_var / 2).exp() * (2 * torch.rand(mu.shape) - 1)
