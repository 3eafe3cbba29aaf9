# exercise: bce_with_logits

# %% right: formula_of_the_text
# style: the stable line of the text
def bce_with_logits(z, y):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - y * z)

# %% right: logaddexp
# style: np.logaddexp(0, z) is log(1 + e^z)
def bce_with_logits(z, y):
    return (np.logaddexp(0, z) - y * z).mean()

# %% right: loop_with_branches
# style: loop, math, one branch per sign
import math

def bce_with_logits(z, y):
    total = 0.0
    for zi, yi in zip(z, y):
        if zi >= 0:
            softplus = zi + math.log1p(math.exp(-zi))
        else:
            softplus = math.log1p(math.exp(zi))
        total += softplus - yi * zi
    return total / len(z)

# %% right: signs
# style: y turned into -1/+1, log(1 + e^(-s z))
def bce_with_logits(z, y):
    signe = 2 * y - 1
    marge = signe * z
    return float(np.mean(np.logaddexp(0.0, -marge)))

# %% right: recursion_free_helper_and_dot
# style: local helper, dot product for y z, division by size
def bce_with_logits(z, y):
    def softplus(u):
        return np.where(u > 0, u, 0.0) + np.log1p(np.exp(-abs(u)))
    n = z.shape[0]
    return (softplus(z).sum() - np.dot(y, z)) / n

# %% right: masks_by_class
# style: loss of the positives and of the negatives, put into an empty array
def bce_with_logits(z, y):
    pertes = np.empty(len(z))
    un = y == 1
    pertes[un] = np.logaddexp(0, -z[un])
    pertes[~un] = np.logaddexp(0, z[~un])
    return np.sum(pertes) / len(pertes)

# %% wrong: sigmoid_then_bce
# mistake: computes p and calls bce; score lost, cut at 100
# rule: "It must be right for scores as large as 1000, of both signs."
def bce_with_logits(z, y):
    p = 1 / (1 + np.exp(-z))
    return bce(p, y)

# %% wrong: naive_exp
# mistake: log(1 + e^z) without the stable form
# rule: "One trap is left: $e^{1000}$ is `inf`."
def bce_with_logits(z, y):
    return np.mean(np.log(1 + np.exp(z)) - y * z)

# %% wrong: log1p_exp
# mistake: log1p instead of log, still overflow
# rule: "It must be right for scores as large as 1000"
def bce_with_logits(z, y):
    return np.mean(np.log1p(np.exp(z)) - y * z)

# %% wrong: stable_for_negative_side_only
# mistake: uses -z + ... always (z + log(1 + e^-z)), overflows for z = -1000
# rule: "of both signs"
def bce_with_logits(z, y):
    return np.mean(z + np.log(1 + np.exp(-z)) - y * z)

# %% wrong: plus_yz
# mistake: sign of y z
# rule: "\log(1 + e^{z}) - y\,z"
def bce_with_logits(z, y):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) + y * z)

# %% wrong: sum_not_mean
# mistake: sums over the batch
# rule: "Returns the mean loss, a number."
def bce_with_logits(z, y):
    return np.sum(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - y * z)

# %% wrong: exp_of_plus_abs
# mistake: forgets the minus before |z|
# rule: "\max(z, 0) + \log(1 + e^{-|z|})"
def bce_with_logits(z, y):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(np.abs(z))) - y * z)

# %% wrong: python_max_of_array
# mistake: the maximum of the whole batch, not of each score
# rule: "\max(z, 0)"
def bce_with_logits(z, y):
    return np.mean(max(z.max(), 0) + np.log(1 + np.exp(-np.abs(z))) - y * z)

# %% wrong: scores_clipped
# mistake: clips the scores at 500 so that exp does not overflow
# rule: "It must be right for scores as large as 1000"
def bce_with_logits(z, y):
    z = np.clip(z, -500, 500)
    return np.mean(np.log(1 + np.exp(z)) - y * z)

# %% wrong: max_forgotten
# mistake: only log(1 + e^-|z|)
# rule: "\max(z, 0) + \log(1 + e^{-|z|})"
def bce_with_logits(z, y):
    return np.mean(np.log(1 + np.exp(-np.abs(z))) - y * z)

# %% wrong: eps_clip
# mistake: sigmoid with clipped probabilities
# rule: "It must be right for scores as large as 1000, of both signs."
def bce_with_logits(z, y):
    p = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: cut_at_100
# mistake: keeps the cut of `bce`: no loss above 100
# rule: "It must be right for scores as large as 1000"
def bce_with_logits(z, y):
    losses = np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - y * z
    return np.mean(np.minimum(losses, 100))

# %% wrong: labels_as_signs
# mistake: formula for y in {-1, 1} used with y in {0, 1}
# rule: "y: right classes (B,), 0.0 or 1.0"
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, -y * z))

# %% wrong: one_branch_for_the_whole_batch
# mistake: the sign of the first score decides the formula for all
# rule: "of both signs"
def bce_with_logits(z, y):
    if z[0] >= 0:
        return np.mean(z + np.log(1 + np.exp(-z)) - y * z)
    return np.mean(np.log(1 + np.exp(z)) - y * z)

# %% wrong: changes_z
# mistake: z is overwritten by y z
# rule: "Do not change the arrays that you are given."
def bce_with_logits(z, y):
    softplus = np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))
    z *= y
    return np.mean(softplus - z)

# %% wrong: classes_swapped
# mistake: 1 - y instead of y
# rule: "sigmoid(z) is the probability of class 1"
def bce_with_logits(z, y):
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - (1 - y) * z)

# %% wrong: one_loss_per_example
# mistake: forgets the mean
# rule: "Returns the mean loss, a number."
def bce_with_logits(z, y):
    return np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))) - y * z

# %% wrong: where_still_infinite_times_zero
# mistake: multiplies the naive two logs by y and 1 - y: 0 * inf is nan for large scores
# rule: "It must be right for scores as large as 1000, of both signs."
def bce_with_logits(z, y):
    return np.mean(y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z)))

# %% wrong: large_scores_shortcut
# mistake: says loss 0 for large scores of any sign of error (|z| > 30)
# rule: "If the truth is 0, the loss should be $z$ (nearly), so 40 here."
def bce_with_logits(z, y):
    petit = np.abs(z) < 30
    zz = np.where(petit, z, 0)
    return np.mean(np.where(petit, np.log(1 + np.exp(zz)) - y * zz, 0.0))

# %% wrong: mean_of_parts_over_positives
# mistake: mean of the class means instead of the mean over the batch
# rule: "**one number**, the mean (*moyenne*) over the batch"
def bce_with_logits(z, y):
    losses = np.logaddexp(0, z) - y * z
    means = [losses[y == k].mean() for k in (0, 1) if (y == k).any()]
    return float(np.mean(means))
