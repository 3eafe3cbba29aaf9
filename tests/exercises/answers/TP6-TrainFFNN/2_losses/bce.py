# exercise: bce

# %% right: maximum_on_both_logs
# style: the formula with np.maximum on each logarithm, np.mean
def bce(p, y):
    log_p = np.maximum(np.log(p), -100)
    log_q = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_q)

# %% right: loop_with_math
# style: a Python loop over the batch, if/else on the class, helper that never takes log of 0
import math

def bce(p, y):
    def log_coupe(q):
        if q <= 0:
            return -100.0
        return max(math.log(q), -100.0)

    total = 0.0
    for p_i, y_i in zip(p, y):
        if y_i == 1:
            total -= log_coupe(p_i)
        else:
            total -= log_coupe(1 - p_i)
    return total / len(y)

# %% right: probability_of_truth
# style: np.where picks the probability of what happened, then one log, errstate, float()
def bce(p, y):
    vraisemblance = np.where(y == 1, p, 1 - p)
    with np.errstate(divide="ignore"):
        logs = np.log(vraisemblance)
    return float(-np.clip(logs, -100, None).mean())

# %% right: dot_products
# style: dot products and division by shape[0]
def bce(p, y):
    a = np.clip(np.log(p), -100.0, 0.0)
    b = np.clip(np.log(1.0 - p), -100.0, 0.0)
    return -(y @ a + (1 - y) @ b) / p.shape[0]

# %% right: two_masks
# style: boolean masks, sums of the two classes apart
def bce(p, y):
    positifs = y == 1
    negatifs = ~positifs
    s1 = np.maximum(np.log(p[positifs]), -100).sum()
    s0 = np.maximum(np.log(1 - p[negatifs]), -100).sum()
    return -(s1 + s0) / y.size

# %% right: clip_probability_from_below_in_log
# style: clips both probabilities from below at exp(-100) before the log
def bce(p, y):
    smallest = np.exp(-100.0)
    p1 = np.asarray(p, dtype=np.float64)
    losses = []
    for i in range(len(p1)):
        truth = p1[i] * y[i] + (1 - p1[i]) * (1 - y[i])
        losses.append(-np.log(max(truth, smallest)))
    return np.average(losses)

# %% wrong: no_cut
# mistake: forgets the cut of the logarithms
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: lost_minus
# mistake: forgets the minus sign
# rule: "L = -\frac{1}{B} \sum"
def bce(p, y):
    return np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(1 - p), -100))

# %% wrong: slide_formula
# mistake: copies the wrong formula of the slide, (Y - 1)
# rule: "The factor must be $1 - Y$"
def bce(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100) + (y - 1) * np.maximum(np.log(1 - p), -100))

# %% wrong: sum_not_mean
# mistake: sums over the batch
# rule: "Returns the mean loss, a number."
def bce(p, y):
    return -np.sum(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(1 - p), -100))

# %% wrong: eps_clip
# mistake: clips the probabilities with the usual eps 1e-7 (Keras), so the loss ends at 16
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: cut_only_first_log
# mistake: cuts log p but not log(1 - p)
# rule: "cuts **each** logarithm off at -100"
def bce(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.log(1 - p))

# %% wrong: cut_after_product
# mistake: cuts the products y log p, after 0 * -inf has become nan
# rule: "0 * -inf is nan even where the model was right ... cuts each logarithm off at -100"
def bce(p, y):
    a = np.maximum(y * np.log(p), -100)
    b = np.maximum((1 - y) * np.log(1 - p), -100)
    return -np.mean(a + b)

# %% wrong: nan_to_num
# mistake: repairs nan afterwards; -inf becomes the most negative float
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    with np.errstate(all="ignore"):
        losses = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.mean(np.nan_to_num(losses))

# %% wrong: only_exact_infinity_replaced
# mistake: replaces only -inf; log(1e-60) = -138 stays
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    log_p, log_q = np.log(p), np.log(1 - p)
    log_p[np.isinf(log_p)] = -100
    log_q[np.isinf(log_q)] = -100
    return -np.mean(y * log_p + (1 - y) * log_q)

# %% wrong: cut_of_the_mean
# mistake: cuts the batch loss at 100, not the logarithm of each example
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    with np.errstate(divide="ignore"):
        losses = -np.log(np.where(y == 1, p, 1 - p))
    return min(np.mean(losses), 100.0)

# %% wrong: log2
# mistake: logarithm of base 2
# rule: "Logarithms are natural."
def bce(p, y):
    return -np.mean(y * np.maximum(np.log2(p), -100) + (1 - y) * np.maximum(np.log2(1 - p), -100))

# %% wrong: only_class_one
# mistake: forgets the examples of class 0
# rule: "(1 - y_i) \log(1 - p_i)"
def bce(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100))

# %% wrong: changes_p
# mistake: writes the probabilities anew in place to avoid log(0)
# rule: "Do not change the arrays that you are given."
def bce(p, y):
    p[p == 0] = np.exp(-100)
    q = 1 - p
    q[q == 0] = np.exp(-100)
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(q), -100))

# %% wrong: minimum_for_maximum
# mistake: np.minimum(log, -100) instead of np.maximum
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    return -np.mean(y * np.minimum(np.log(p), -100) + (1 - y) * np.minimum(np.log(1 - p), -100))

# %% wrong: one_loss_per_example
# mistake: returns the losses of all examples
# rule: "Every loss here is **one number**, the mean"
def bce(p, y):
    return -(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(1 - p), -100))

# %% wrong: infinite_examples_left_out
# mistake: leaves out the examples whose loss is not finite
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    with np.errstate(divide="ignore"):
        losses = -np.log(np.where(y == 1, p, 1 - p))
    return losses[np.isfinite(losses)].mean()

# %% wrong: tiny_number_added
# mistake: adds 1e-100 inside the logarithm: log is -230, not -100
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    return -np.mean(y * np.log(p + 1e-100) + (1 - y) * np.log(1 - p + 1e-100))

# %% wrong: upper_clip_one_minus_exp
# mistake: clips p to [e^-100, 1 - e^-100], but 1 - e^-100 is 1 in floats, so log(1 - p) is still -inf
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    e = np.exp(-100)
    p = np.clip(p, e, 1 - e)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: thresholded
# mistake: rounds the probabilities to 0 and 1 first
# rule: "y_i \log p_i"
def bce(p, y):
    p = (p > 0.5).astype(float)
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.maximum(np.log(1 - p), -100))

# %% right: maximum
# style: np.maximum of the logarithms
def bce(p, y):
    with np.errstate(divide="ignore"):
        a, b = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return -np.mean(y * a + (1 - y) * b)

# %% right: loop_math
# style: loop with math.log, early cut
import math
def bce(p, y):
    def coupe(v):
        return -100.0 if v <= 0 else max(math.log(v), -100.0)
    total = 0.0
    for pi, yi in zip(p, y):
        total -= yi * coupe(pi) + (1 - yi) * coupe(1 - pi)
    return total / len(p)

# %% right: clip
# style: np.clip of the logarithm with None
def bce(p, y):
    lp = np.clip(np.log(p), -100, None)
    lq = np.clip(np.log(1 - p), -100, None)
    return float((-(y * lp) - (1 - y) * lq).sum() / y.size)

# %% right: likelihood_of_truth
# style: picks the likelihood of the truth with np.where
def bce(p, y):
    vraisemblance = np.where(y == 1, p, 1 - p)
    return np.minimum(-np.log(vraisemblance), 100).mean()

# %% wrong: no_cut_again
# mistake: no cut at all
# rule: "cuts each logarithm off at -100: do the same"
def bce(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: sum
# mistake: sum, not mean
# rule: "Returns the mean loss, a number."
def bce(p, y):
    a, b = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return -np.sum(y * a + (1 - y) * b)

# %% wrong: slide_sign
# mistake: the slide's (y - 1)
# rule: "The factor must be 1 - Y"
def bce(p, y):
    a, b = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return -np.mean(y * a + (y - 1) * b)

# %% wrong: repairs_infinity
# mistake: replaces only -inf by -100
# rule: "It is a cut, not a repair of infinities: the logarithm of 10^-60, which is -138, becomes -100 too."
def bce(p, y):
    a, b = np.log(p), np.log(1 - p)
    a = np.where(np.isneginf(a), -100.0, a)
    b = np.where(np.isneginf(b), -100.0, b)
    return -np.mean(y * a + (1 - y) * b)

# %% wrong: clips_probability
# mistake: clips p to [1e-7, 1 - 1e-7]
# rule: "cuts each logarithm off at -100"
def bce(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% wrong: no_minus
# mistake: the minus sign is missing
# rule: "L = - 1/B sum"
def bce(p, y):
    a, b = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
    return np.mean(y * a + (1 - y) * b)

# %% wrong: only_first_term_cut
# mistake: cuts log p and forgets log(1 - p)
# rule: "cuts **each** logarithm off at -100"
def bce(p, y):
    a, b = np.maximum(np.log(p), -100), np.log(1 - p)
    return -np.mean(y * a + (1 - y) * b)

# %% wrong: log2_again
# mistake: logarithm to base 2
# rule: "Logarithms are natural."
def bce(p, y):
    a, b = np.maximum(np.log2(p), -100), np.maximum(np.log2(1 - p), -100)
    return -np.mean(y * a + (1 - y) * b)
