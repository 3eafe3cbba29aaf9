# exercise: add_noise

# %% right: where_and_normal
# style: torch.normal around x itself, torch.where for the mask
def add_noise(x, kind, amount, training=True):
    if training is False:
        return x.clone()
    if kind == "dropout":
        return torch.where(torch.rand(x.shape) < amount, torch.zeros_like(x), x)
    return torch.normal(x, amount)

# %% right: undone_dropout
# style: F.dropout, times what it divides by
def add_noise(x, kind, amount, training=True):
    if not training or amount == 0:
        return x
    if kind == "gaussian":
        noise = torch.empty_like(x).normal_(std=amount)
        return x + noise
    if amount == 1:
        return torch.zeros_like(x)
    return F.dropout(x, amount) * (1 - amount)

# %% wrong: plain_dropout
# mistake: F.dropout divides the rest by 1 - p
def add_noise(x, kind, amount, training=True):
    if kind == "gaussian":
        return x + torch.randn_like(x) * amount if training else x
    return F.dropout(x, p=amount, training=training)

# %% wrong: in_place
# mistake: += writes into x
def add_noise(x, kind, amount, training=True):
    if training:
        if kind == "gaussian":
            x += torch.randn_like(x) * amount
        else:
            x *= (torch.rand_like(x) > amount).float()
    return x

# %% wrong: clamped
# mistake: pixels are kept in 0..1
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return torch.clip(x + torch.randn_like(x) * amount, 0, 1)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: mask_per_column
# mistake: one mask for all images
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + torch.randn(x.shape[-1]) * amount
    return x * (torch.rand(x.shape[-1]) >= amount)

# %% wrong: keep_probability
# mistake: amount taken for the probability to keep
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + torch.randn_like(x) * amount
    return x * torch.bernoulli(torch.full_like(x, amount))

# %% wrong: gaussian_in_test_too
# mistake: training is looked at for dropout only
def add_noise(x, kind, amount, training=True):
    if kind == "gaussian":
        return x + torch.randn_like(x) * amount
    return x * (torch.rand_like(x) >= amount) if training else x

# %% wrong: centred_uniform
# mistake: uniform noise of the right width instead of normal noise
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + (torch.rand_like(x) - 0.5) * amount * 12 ** 0.5
    return x * (torch.rand_like(x) >= amount)

# %% wrong: default_off
# mistake: the default of training is False
def add_noise(x, kind, amount, training=False):
    if not training:
        return x
    if kind == "gaussian":
        return x + torch.randn_like(x) * amount
    return x * (torch.rand_like(x) >= amount)
