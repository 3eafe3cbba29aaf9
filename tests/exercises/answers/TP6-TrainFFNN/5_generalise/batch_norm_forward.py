# exercise: batch_norm_forward

# %% right: plain
# style: plain if / else
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% right: corrected_by_factor
# style: unbiased variance by the factor B / (B - 1), names in French, early return in evaluation
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    def normaliser(moyenne, variance):
        return weight * ((x - moyenne) / (variance + eps) ** 0.5) + bias

    if not training:
        return normaliser(running_mean, running_var), running_mean, running_var
    B = len(x)
    moyenne = np.sum(x, axis=0) / B
    variance = np.sum((x - moyenne) ** 2, axis=0) / B
    sans_biais = variance * B / (B - 1)
    nouvelle_moyenne = running_mean + momentum * (moyenne - running_mean)
    nouvelle_variance = running_var + momentum * (sans_biais - running_var)
    return normaliser(moyenne, variance), nouvelle_moyenne, nouvelle_variance

# %% right: unit_by_unit
# style: loop over the units
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    B, H = x.shape
    out = np.zeros((B, H))
    new_mean = np.zeros(H)
    new_var = np.zeros(H)
    for j in range(H):
        col = x[:, j]
        if training:
            m, v = col.mean(), np.var(col)
            new_mean[j] = (1 - momentum) * running_mean[j] + momentum * m
            new_var[j] = (1 - momentum) * running_var[j] + momentum * np.var(col, ddof=1)
        else:
            m, v = running_mean[j], running_var[j]
            new_mean[j], new_var[j] = m, v
        for i in range(B):
            out[i, j] = weight[j] * (x[i, j] - m) / np.sqrt(v + eps) + bias[j]
    return out, new_mean, new_var

# %% right: affine
# style: one affine map: scale and shift; copies of the statistics returned
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    mu, s2 = running_mean.copy(), running_var.copy()
    new_mean, new_var = mu, s2
    if training:
        mu, s2 = np.mean(x, axis=0), np.mean(x**2, axis=0) - np.mean(x, axis=0) ** 2
        s2 = np.var(x, 0)
        new_mean = running_mean * (1 - momentum) + mu * momentum
        new_var = running_var * (1 - momentum) + np.std(x, axis=0, ddof=1) ** 2 * momentum
    scale = weight / np.sqrt(s2 + eps)
    shift = bias - scale * mu
    return x * scale + shift, new_mean, new_var

# %% right: computes_both
# style: batch statistics are computed by sums in any case, then chosen by a conditional expression
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    n = x.shape[0]
    m = x.sum(axis=0) / n
    ss = ((x - m) ** 2).sum(axis=0)
    mean = m if training else running_mean
    var = ss / n if training else running_var
    if training:
        running_mean = np.average([running_mean, m], axis=0, weights=[1 - momentum, momentum])
        running_var = np.average([running_var, ss / (n - 1)], axis=0, weights=[1 - momentum, momentum])
    z = (x - mean[None, :]) * (var[None, :] + eps) ** -0.5
    return z * weight[None, :] + bias[None, :], running_mean, running_var

# %% right: copies_in_place
# style: works in place, on copies
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    out = np.array(x, dtype=float)
    rm = np.array(running_mean, dtype=float)
    rv = np.array(running_var, dtype=float)
    if training:
        mu = out.mean(0)
        sigma2 = out.var(0)
        rm *= 1 - momentum
        rm += momentum * mu
        rv *= 1 - momentum
        rv += momentum * out.var(0, ddof=1)
    else:
        mu, sigma2 = rm, rv
    out -= mu
    out /= np.sqrt(sigma2 + eps)
    out *= weight
    out += bias
    return (out, rm, rv)

# %% wrong: running_biased
# mistake: the running variance gets the biased variance
# rule: "the one that enters the *running* variance divides by B - 1"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: normalises_unbiased
# mistake: normalises with ddof=1
# rule: "the variance that *normalises* divides the squares by B"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0, ddof=1)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: exchanged
# mistake: the two variances are exchanged
# rule: "the variance that *normalises* divides the squares by B ..., the *running* variance by B - 1"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0, ddof=1)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: momentum_exchanged
# mistake: m and 1 - m exchanged
# rule: "running ← (1 - m) running + m new"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: var_momentum_exchanged
# mistake: m and 1 - m exchanged for the variance only
# rule: "running ← (1 - m) running + m new"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = momentum * running_var + (1 - momentum) * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: evaluation_uses_batch
# mistake: evaluation normalises by the batch as well
# rule: "else normalise by these and leave them"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = x.mean(axis=0), x.var(axis=0)
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: evaluation_updates
# mistake: the running statistics are updated in evaluation too
# rule: "else normalise by these and leave them"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0)
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: training_uses_running
# mistake: training updates first and normalises by the running statistics
# rule: "In **training**, μ and σ² come from this batch."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - running_mean) / np.sqrt(running_var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: eps_outside_root
# mistake: eps is added to the root
# rule: "sqrt(σ² + ε)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / (np.sqrt(var) + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: no_eps
# mistake: eps forgotten: division by 0 for a constant unit
# rule: "sqrt(σ² + ε)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var)
    return weight * z + bias, running_mean, running_var

# %% wrong: eps_fixed
# mistake: eps is 1e-5 whatever is given
# rule: "eps=1e-5 (a parameter)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + 1e-5)
    return weight * z + bias, running_mean, running_var

# %% wrong: momentum_fixed
# mistake: 0.1 in the code
# rule: "m = momentum"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = 0.9 * running_mean + 0.1 * mean
        running_var = 0.9 * running_var + 0.1 * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: momentum_default
# mistake: default momentum 0.9
# rule: "momentum=0.1"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.9, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: no_root
# mistake: divides by the variance
# rule: "(x - μ) / sqrt(σ² + ε)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / (var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: not_centred
# mistake: the mean is not subtracted
# rule: "(x - μ)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = x / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: no_weight_and_bias
# mistake: weight and bias forgotten
# rule: "out = w ∘ z + b"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return z, running_mean, running_var

# %% wrong: no_bias
# mistake: bias forgotten
# rule: "out = w ∘ z + b"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z, running_mean, running_var

# %% wrong: bias_multiplied
# mistake: weight * (z + bias)
# rule: "out = w ∘ z + b"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * (z + bias), running_mean, running_var

# %% wrong: matrix_product
# mistake: z @ weight: a number per example
# rule: "out = w ∘ z + b, (B, H)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return z @ weight + bias.mean(), running_mean, running_var

# %% wrong: per_example
# mistake: axis=1: layer normalisation, statistics of each example
# rule: "unit by unit, with the mean and variance of the batch"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=1, keepdims=True)
        var = x.var(axis=1, keepdims=True)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: whole_array
# mistake: one mean and one variance for all units
# rule: "unit by unit"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean()
        var = x.var()
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: running_in_place
# mistake: the running statistics are changed in place
# rule: "Do not change the arrays that you get."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean *= 1 - momentum
        running_mean += momentum * mean
        running_var *= 1 - momentum
        running_var += momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: running_var_slice_assigned
# mistake: running_var[:] = ... writes into the array given
# rule: "Do not change the arrays that you get."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var[:] = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: x_in_place
# mistake: x -= mean changes the batch
# rule: "Do not change the arrays that you get."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    x -= mean
    z = x / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: running_std
# mistake: the standard deviation enters the running variance
# rule: "running variance"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.std(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: returns_batch_statistics
# mistake: returns mean and variance of this batch
# rule: "Returns (out, running_mean, running_var)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = mean
        running_var = x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: returns_old_statistics
# mistake: computes the new running statistics but returns the old ones
# rule: "update the running statistics"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        new_mean = (1 - momentum) * running_mean + momentum * mean
        new_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: only_out
# mistake: returns out only
# rule: "Returns (out, running_mean, running_var)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias

# %% wrong: order_of_return
# mistake: variance before mean
# rule: "Returns (out, running_mean, running_var)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_var, running_mean

# %% wrong: variance_around_running_mean
# mistake: the variance for the running one is taken around the running mean
# rule: "new: variance of the batch"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * np.sum((x - running_mean) ** 2, axis=0) / (len(x) - 1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: eps_in_running
# mistake: eps gets into the running variance
# rule: "running ← (1 - m) running + m new"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * (x.var(axis=0, ddof=1) + eps)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: always_training
# mistake: training is taken as True when it is given at all (`is not None`)
# rule: "training: normalise by the batch ...; else normalise by these"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training is not None:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: var_not_updated
# mistake: only the running mean is updated
# rule: "update the running statistics"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% wrong: no_eps_in_evaluation
# mistake: eps only in training
# rule: "z = (x - μ) / sqrt(σ² + ε)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / (np.sqrt(var + eps) if training else np.sqrt(var))
    return weight * z + bias, running_mean, running_var

# %% wrong: statistics_without_decay
# mistake: running + m new, the old is not reduced
# rule: "running ← (1 - m) running + m new"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean = x.mean(axis=0)
        var = x.var(axis=0)
        running_mean = running_mean + momentum * mean
        running_var = running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    z = (x - mean) / np.sqrt(var + eps)
    return weight * z + bias, running_mean, running_var

# %% right: if_else
# style: one if
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% right: early_return
# style: evaluation first, B / (B - 1)
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if not training:
        return (x - running_mean) / (running_var + eps) ** 0.5 * weight + bias, running_mean, running_var
    B = x.shape[0]
    mu = x.sum(axis=0) / B
    d = x - mu
    v = (d * d).sum(axis=0) / B
    z = d / (v + eps) ** 0.5
    new_mean = running_mean + momentum * (mu - running_mean)
    new_var = running_var + momentum * (v * B / (B - 1) - running_var)
    return weight * z + bias, new_mean, new_var

# %% right: column_loop
# style: unit by unit
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    sortie = np.empty(x.shape)
    rm, rv = running_mean.copy(), running_var.copy()
    for j in range(x.shape[1]):
        col = x[:, j]
        m, v = rm[j], rv[j]
        if training:
            m, v = np.mean(col), np.var(col)
            rm[j] = (1 - momentum) * rm[j] + momentum * m
            rv[j] = (1 - momentum) * rv[j] + momentum * np.var(col, ddof=1)
        sortie[:, j] = weight[j] * (col - m) / np.sqrt(v + eps) + bias[j]
    return sortie, rm, rv

# %% right: local_functions
# style: lambdas, scale and shift merged
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    mix = lambda old, new: (1 - momentum) * old + momentum * new
    mu, var = (np.mean(x, 0), np.var(x, 0)) if training else (running_mean, running_var)
    scale = weight / np.sqrt(var + eps)
    out = x * scale + (bias - mu * scale)
    if training:
        return out, mix(running_mean, mu), mix(running_var, np.var(x, 0, ddof=1))
    return out, np.array(running_mean), np.array(running_var)

# %% wrong: always_batch
# mistake: the batch's statistics in evaluation too
# rule: "In **evaluation** they cannot ... evaluation uses these"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = x.mean(axis=0), x.var(axis=0)
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: momentum_swapped
# mistake: momentum on the old value
# rule: "running ← (1 - m) running + m new"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: no_weight
# mistake: weight and bias are forgotten
# rule: "out = w ∘ z + b"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / np.sqrt(var + eps), running_mean, running_var

# %% wrong: running_var_biased
# mistake: the running variance takes the biased variance
# rule: "the one that enters the *running* variance divides by B - 1"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: unbiased_normalises
# mistake: normalises by the unbiased variance
# rule: "the variance that *normalises* divides the squares by B"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0, ddof=1)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: normalise_by_running
# mistake: in training, normalises by the updated running statistics
# rule: "In **training**, μ and σ² come from this batch."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: in_place
# mistake: updates the running arrays in place
# rule: "Do not change the arrays that you get."
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean *= 1 - momentum
        running_mean += momentum * mean
        running_var *= 1 - momentum
        running_var += momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / np.sqrt(var + eps) + bias, running_mean, running_var

# %% wrong: eps_after_root
# mistake: eps outside the root
# rule: "z = (x - μ) / √(σ² + ε)"
def batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    return weight * (x - mean) / (np.sqrt(var) + eps) + bias, running_mean, running_var
