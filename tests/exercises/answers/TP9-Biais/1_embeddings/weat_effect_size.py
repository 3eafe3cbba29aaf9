# exercise: weat_effect_size

# %% right: hand_variance
# style: the variance written out
def weat_effect_size(x, y, a, b):
    s = list(association(x, a, b)); t = list(association(y, a, b))
    z = s + t
    m = sum(z) / len(z)
    sd = (sum((v - m) ** 2 for v in z) / (len(z) - 1)) ** .5
    return (np.mean(s) - np.mean(t)) / sd

# %% right: stacked
# style: associations of all words at once
def weat_effect_size(x, y, a, b):
    s = association(np.vstack((x, y)), a, b)
    return (s[:len(x)].mean() - s[len(x):].mean()) / np.std(s, ddof=1)

# %% right: as_array
# style: a zero-dimensional array comes out
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return np.asarray((s.mean() - t.mean()) / np.sqrt(np.var(np.r_[s, t], ddof=1)))

# %% wrong: ddof_0
# mistake: np.std as it comes
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.std(np.concatenate([s, t]))

# %% wrong: cohen
# mistake: Cohen's d with the pooled deviation
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    n, m = len(s), len(t)
    v = ((n - 1) * np.var(s, ddof=1) + (m - 1) * np.var(t, ddof=1)) / (n + m - 2) if min(n, m) > 1 else np.var(s) + np.var(t)
    return (s.mean() - t.mean()) / np.sqrt(v)

# %% wrong: bracket
# mistake: the program of the notebook, copied
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    n, m = len(s), len(t)
    variance = (n - 1) * s.var(ddof=1) + (m - 1) * t.var(ddof=1) / (n + m - 2)
    return (s.mean() - t.mean()) / np.sqrt(variance)

# %% wrong: variance
# mistake: divided by the variance
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.var(np.concatenate([s, t]), ddof=1)

# %% wrong: absolute
# mistake: the sign is lost
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return abs(s.mean() - t.mean()) / np.concatenate([s, t]).std(ddof=1)

# %% wrong: raw
# mistake: not divided
def weat_effect_size(x, y, a, b):
    return association(x, a, b).mean() - association(y, a, b).mean()

# %% wrong: swapped
# mistake: attributes taken for targets
def weat_effect_size(x, y, a, b):
    s, t = association(a, x, y), association(b, x, y)
    return (s.mean() - t.mean()) / np.concatenate([s, t]).std(ddof=1)

# %% wrong: y_first
# mistake: Y minus X
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (t.mean() - s.mean()) / np.concatenate([s, t]).std(ddof=1)

# %% wrong: two_deviations
# mistake: the mean of two deviations (of n)
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / ((s.std() + t.std()) / 2)

# %% right: by_hand
# style: plain Python sums, the n - 1 written out
def weat_effect_size(x, y, a, b):
    s = [float(v) for v in association(x, a, b)]
    t = [float(v) for v in association(y, a, b)]
    n = len(s) + len(t)
    middle = (sum(s) + sum(t)) / n
    squares = sum((v - middle) ** 2 for v in s + t)
    return (sum(s) / len(s) - sum(t) / len(t)) / (squares / (n - 1)) ** 0.5

# %% right: one_call_then_cut
# style: one call of association on all words, cut by position, statistics.stdev
import statistics

def weat_effect_size(x, y, a, b):
    every = association(np.concatenate((x, y), axis=0), a, b).tolist()
    cut = len(x)
    return (statistics.fmean(every[:cut]) - statistics.fmean(every[cut:])) / statistics.stdev(every)

# %% right: standardised_first
# style: z-scores, then the difference of their means
def weat_effect_size(x, y, a, b):
    s = association(np.r_[x, y], a, b)
    z = (s - s.mean()) / s.std(ddof=1)
    is_x = np.arange(len(s)) < x.shape[0]
    return z[is_x].mean() - z[~is_x].mean()

# %% right: regression_slope
# style: the difference of means as the slope on a 0/1 column; np.cov for the variance
def weat_effect_size(x, y, a, b):
    s = np.append(association(x, a, b), association(y, a, b))
    group = np.array([1.0] * len(x) + [0.0] * len(y))
    c = np.cov(s, group)
    return float(c[0, 1] / c[1, 1] / np.sqrt(c[0, 0]))

# %% wrong: ddof_0_b
# mistake: n below the squares
# rule: "with **n - 1** below the squares"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.std(np.concatenate([s, t]))

# %% wrong: pooled
# mistake: the deviation inside the sets (Cohen's d); a set of one word gives it weight 0
# rule: "The deviation (*écart type*) is taken over **all** words of X and Y in one list"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    squares = ((s - s.mean()) ** 2).sum() + ((t - t.mean()) ** 2).sum()
    return (s.mean() - t.mean()) / np.sqrt(squares / (len(s) + len(t) - 2))

# %% wrong: variance_b
# mistake: divides by the variance
# rule: "standard deviation of } s \text{ over X and Y together}"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.var(np.concatenate([s, t]), ddof=1)

# %% wrong: y_minus_x
# mistake: sign
# rule: "d is positive when X is nearer to A."
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (t.mean() - s.mean()) / np.std(np.concatenate([s, t]), ddof=1)

# %% wrong: bracket_b
# mistake: only the second mean is divided
# rule: "\frac{\text{mean of } s \text{ over X} - \text{mean of } s \text{ over Y}}"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return s.mean() - t.mean() / np.std(np.concatenate([s, t]), ddof=1)

# %% wrong: sums
# mistake: sums over X and Y instead of means
# rule: "mean of } s \text{ over X}"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.sum() - t.sum()) / np.std(np.concatenate([s, t]), ddof=1)

# %% wrong: mean_of_deviations
# mistake: the mean of two deviations, each around its own mean
# rule: "over **all** words of X and Y in one list"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / ((s.std(ddof=1) + t.std(ddof=1)) / 2)

# %% wrong: deviation_of_the_vectors
# mistake: the deviation of the numbers in the vectors, not of s
# rule: "standard deviation of } s"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.concatenate([x, y]).std(ddof=1)

# %% wrong: around_zero
# mistake: root mean square: does not subtract the mean
# rule: "standard deviation of } s \text{ over X and Y together}"
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    both = np.concatenate([s, t])
    return (s.mean() - t.mean()) / np.sqrt(np.sum(both**2) / (len(both) - 1))

# %% wrong: no_sign
# mistake: absolute value
# rule: "d is positive when X is nearer to A."
def weat_effect_size(x, y, a, b):
    s, t = association(x, a, b), association(y, a, b)
    return abs(s.mean() - t.mean()) / np.std(np.concatenate([s, t]), ddof=1)
