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
