# exercise: receptive_field

# %% right: cumprod
# style: NumPy, strides multiplied up
def receptive_field(layers):
    if not layers:
        return 1
    k, s = np.array(layers).T
    before = np.concatenate([[1], np.cumprod(s)[:-1]])
    return 1 + np.sum((k - 1) * before)

# %% wrong: no_strides
# mistake: strides forgotten
def receptive_field(layers):
    return 1 + sum(k - 1 for k, s in layers)

# %% wrong: stride_first
# mistake: own stride multiplied before
def receptive_field(layers):
    r, step = 1, 1
    for k, s in layers:
        step *= s
        r += (k - 1) * step
    return r

# %% wrong: empty_is_none
# mistake: no answer for an empty list
def receptive_field(layers):
    step = 1
    for i, (k, s) in enumerate(layers):
        r = k if i == 0 else r + (k - 1) * step
        step *= s
    return r

# %% wrong: one_stride_only
# mistake: only the stride just before
def receptive_field(layers):
    r, last = 1, 1
    for k, s in layers:
        r += (k - 1) * last
        last = s
    return r
