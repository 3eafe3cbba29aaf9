# exercise: sparsity_penalty

# %% right: unit_by_unit
# style: a loop over the columns
def sparsity_penalty(codes, rho=0.05):
    total = 0.0
    for column in codes.T:
        r = column.sum() / len(column)
        total = total + rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))
    return total

# %% right: kl_div
# style: F.kl_div of both outcomes
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(0)
    q = torch.stack([r, 1 - r], 1)
    p = torch.tensor([rho, 1 - rho]).expand_as(q)
    return F.kl_div(q.log(), p, reduction="sum")

# %% wrong: batchmean
# mistake: F.kl_div averaged over units
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(0)
    q = torch.stack([r, 1 - r], 1)
    p = torch.tensor([rho, 1 - rho]).expand_as(q)
    return F.kl_div(q.log(), p, reduction="batchmean")

# %% wrong: dim_one
# mistake: mean over units of each example
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=1)
    return torch.sum(rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r)))

# %% wrong: reversed_kl
# mistake: KL(r || rho)
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (r * torch.log(r / rho) + (1 - r) * torch.log((1 - r) / (1 - rho))).sum()

# %% wrong: l1
# mistake: sum of absolute activations
def sparsity_penalty(codes, rho=0.05):
    return rho * codes.abs().sum()

# %% wrong: float_result
# mistake: float() cuts the graph
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return float((rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum())

# %% wrong: default_ten
# mistake: default 0.1
def sparsity_penalty(codes, rho=0.1):
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()

# %% right: formula
# style: the formula, mean over the batch
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()

# %% right: unit_by_unit_2
# style: a loop over the columns, logarithms taken apart with math
import math

def sparsity_penalty(codes, rho=0.05):
    B = codes.shape[0]
    total = codes.new_zeros(())
    for unit in codes.t():
        r = unit.sum() / B
        total = total + rho * (math.log(rho) - r.log()) + (1 - rho) * (math.log1p(-rho) - (1 - r).log())
    return total

# %% right: bernoulli_divergence
# style: torch.distributions
from torch.distributions import Bernoulli, kl_divergence

def sparsity_penalty(codes, rho=0.05):
    mean = torch.einsum("bh->h", codes) / len(codes)
    target = Bernoulli(probs=torch.full_like(mean, rho))
    return kl_divergence(target, Bernoulli(probs=mean)).sum()

# %% right: kl_div_2
# style: F.kl_div of two-valued distributions, stacked
def sparsity_penalty(codes, rho=0.05):
    r = torch.mean(codes, 0)
    found = torch.stack([r, 1 - r])
    wanted = torch.stack([torch.full_like(r, rho), torch.full_like(r, 1 - rho)])
    return F.kl_div(found.log(), wanted, reduction="sum")

# %% wrong: mean_over_units
# mistake: the mean over units
# rule: "The penalty is a sum over units"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).mean()

# %% wrong: mean_over_the_units_of_an_image
# mistake: the wrong axis
# rule: "let $r_h$ be the mean activation of unit h **over the batch**"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=1)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()

# %% wrong: penalty_of_each_activation
# mistake: the penalty of each activation, averaged over the batch
# rule: "let $r_h$ be the mean activation of unit h **over the batch**"
def sparsity_penalty(codes, rho=0.05):
    kl = rho * torch.log(rho / codes) + (1 - rho) * torch.log((1 - rho) / (1 - codes))
    return kl.mean(dim=0).sum()

# %% wrong: grows_with_the_batch
# mistake: multiplied by the size of the batch
# rule: "does not grow with the batch"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    kl = rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))
    return len(codes) * kl.sum()

# %% wrong: other_direction
# mistake: r and rho change places
# rule: "\rho \ln\frac{\rho}{r_h} + (1-\rho) \ln\frac{1-\rho}{1-r_h}"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (r * torch.log(r / rho) + (1 - r) * torch.log((1 - r) / (1 - rho))).sum()

# %% wrong: first_term_only
# mistake: forgets the second term
# rule: "+ (1-\rho) \ln\frac{1-\rho}{1-r_h}"
def sparsity_penalty(codes, rho=0.05):
    return (rho * torch.log(rho / codes.mean(dim=0))).sum()

# %% wrong: fixed_rho
# mistake: 0.05 is written into the formula
# rule: "and so does `rho`; its default is 0.05"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (0.05 * torch.log(0.05 / r) + 0.95 * torch.log(0.95 / (1 - r))).sum()

# %% wrong: other_default
# mistake: 0.5 as default
# rule: "its default is 0.05"
def sparsity_penalty(codes, rho=0.5):
    r = codes.mean(dim=0)
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()

# %% wrong: detached
# mistake: the mean is a plain array of NumPy
# rule: "It is a tensor of one value, and its gradient reaches the codes."
def sparsity_penalty(codes, rho=0.05):
    r = codes.detach().numpy().mean(axis=0)
    return torch.tensor((rho * np.log(rho / r) + (1 - rho) * np.log((1 - rho) / (1 - r))).sum())

# %% wrong: one_mean_for_all_units
# mistake: one mean over batch and units
# rule: "the mean activation of unit h"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean()
    H = codes.shape[1]
    return H * (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r)))

# %% wrong: base_two
# mistake: log2
# rule: "\rho \ln\frac{\rho}{r_h}"
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    return (rho * torch.log2(rho / r) + (1 - rho) * torch.log2((1 - rho) / (1 - r))).sum()

# %% wrong: absolute_distance
# mistake: an L1 distance instead
# rule: "\sum_{h=1}^{H} \rho \ln\frac{\rho}{r_h} + (1-\rho) \ln\frac{1-\rho}{1-r_h}"
def sparsity_penalty(codes, rho=0.05):
    return (codes.mean(dim=0) - rho).abs().sum()

# %% wrong: only_too_active_units
# mistake: units below rho cost nothing
# rule: "It is 0 where each mean is `rho`." (and only there)
def sparsity_penalty(codes, rho=0.05):
    r = codes.mean(dim=0)
    r = torch.maximum(r, torch.full_like(r, rho))
    return (rho * torch.log(rho / r) + (1 - rho) * torch.log((1 - rho) / (1 - r))).sum()
