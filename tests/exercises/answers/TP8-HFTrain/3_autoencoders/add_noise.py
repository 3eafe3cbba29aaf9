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

# %% right: plain
# style: randn_like and where
def add_noise(x, kind, amount, training=True):
    if not training:
        return x.clone()
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return torch.where(torch.rand(x.shape) < amount, torch.zeros_like(x), x)

# %% right: in_place_on_a_copy
# style: a clone that is changed in place: normal_ and bernoulli_
def add_noise(x, kind, amount, training=True):
    noisy = x.clone()
    if training and kind == "gaussian":
        noisy += torch.empty_like(noisy).normal_(0, 1) * amount
    elif training and kind == "dropout":
        lost = torch.empty_like(noisy).bernoulli_(amount).bool()
        noisy[lost] = 0
    return noisy

# %% right: numpy_draws
# style: NumPy's generator without a seed, a dictionary of functions
def add_noise(x, kind, amount, training=True):
    def draw(make):
        return torch.as_tensor(make(np.random.default_rng())).to(x.dtype).reshape(x.shape)

    damage = {
        "gaussian": lambda: x + draw(lambda rng: rng.normal(0.0, amount, size=tuple(x.shape))),
        "dropout": lambda: x * draw(lambda rng: rng.random(tuple(x.shape)) >= amount),
    }
    return damage[kind]() if training else x * 1

# %% right: distributions
# style: torch.distributions, early return, a kept-mask multiplied
from torch.distributions import Bernoulli, Normal

def add_noise(x, kind, amount, training=True):
    if training is False or amount == 0:
        return x.clone()
    if kind == "dropout":
        kept = Bernoulli(probs=1.0 - amount).sample(x.shape)
        return x.mul(kept.to(x.dtype))
    return x + Normal(0.0, float(amount)).sample(x.shape).to(x.dtype)

# %% wrong: amount_as_variance
# mistake: takes amount for the variance
# rule: "with mean 0 and **standard deviation** (*écart type*) `amount`"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount**0.5 * torch.randn_like(x)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: nn_dropout
# mistake: F.dropout divides by 1 - amount
# rule: "unlike `nn.Dropout`, nothing is divided by 1 - `amount`"
def add_noise(x, kind, amount, training=True):
    if kind == "gaussian" and training:
        return x + amount * torch.randn_like(x)
    if kind == "dropout":
        return F.dropout(x, p=amount, training=training)
    return x

# %% wrong: cut_to_pixels
# mistake: clamps to 0..1
# rule: "The result is not cut to 0..1."
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return (x + amount * torch.randn_like(x)).clamp(0, 1)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: same_noise_for_all_rows
# mistake: one draw for each column, broadcast over the rows
# rule: "to each value its own draw"; "each on its own"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn(x.shape[-1])
    return x * (torch.rand(x.shape[-1]) >= amount)

# %% wrong: one_draw_for_everything
# mistake: one number for the whole tensor
# rule: "to each value its own draw from a normal distribution is added"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn(1)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: seed_inside
# mistake: sets a seed
# rule: "Each call draws anew: no seed is set inside."
def add_noise(x, kind, amount, training=True):
    torch.manual_seed(0)
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: in_place_2
# mistake: changes x
# rule: "x has any shape and stays clean: the loss needs it."
def add_noise(x, kind, amount, training=True):
    if training:
        if kind == "gaussian":
            x += amount * torch.randn_like(x)
        else:
            x[torch.rand_like(x) < amount] = 0
    return x

# %% wrong: gaussian_in_evaluation
# mistake: only the dropout is switched off by training=False
# rule: "with `training=False` the values come back as they were, whatever the kind"
def add_noise(x, kind, amount, training=True):
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    if not training:
        return x
    return x * (torch.rand_like(x) >= amount)

# %% wrong: default_false
# mistake: another default
# rule: "The default is `True`."
def add_noise(x, kind, amount, training=False):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: kept_with_probability_amount
# mistake: amount is the share that is kept
# rule: "each value becomes 0 with probability `amount`"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * torch.bernoulli(torch.full_like(x, amount))

# %% wrong: uniform_noise
# mistake: rand instead of randn
# rule: "its own draw from a normal distribution"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.rand_like(x)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: exact_number_of_zeros
# mistake: always exactly the share `amount` of the values
# rule: "each value becomes 0 with probability `amount`, between 0 and 1, each on its own"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    out = x.flatten().clone()
    out[torch.randperm(len(out))[: round(amount * len(out))]] = 0
    return out.reshape(x.shape)

# %% wrong: noise_times_image
# mistake: multiplies the noise with the image: black pixels stay black
# rule: "to each value its own draw from a normal distribution is added"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x * (1 + amount * torch.randn_like(x))
    return x * (torch.rand_like(x) >= amount)

# %% wrong: one_number
# mistake: one number is drawn for everything, in gaussian noise only
# rule: "to each value its own draw from a normal distribution is added"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn(1)
    return x * (torch.rand_like(x) >= amount)

# %% wrong: one_row
# mistake: one row is dropped from all images
# rule: "each value becomes 0 with probability `amount`, between 0 and 1, each on its own"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * torch.randn_like(x)
    return x * (torch.rand(x.shape[-1:]) >= amount)

# %% wrong: even_noise_around_0
# mistake: rand, moved to the middle
# rule: "its own draw from a normal distribution"
def add_noise(x, kind, amount, training=True):
    if not training:
        return x
    if kind == "gaussian":
        return x + amount * (2 * torch.rand(x.shape) - 1)
    return x * (torch.rand_like(x) >= amount)
