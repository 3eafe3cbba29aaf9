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
