# exercise: hardtanh

# %% right: clip
# style: np.clip
def hardtanh(x):
    return np.clip(x, -1, 1)

# %% right: max_min
# style: maximum of minimum
def hardtanh(x):
    return np.maximum(-1, np.minimum(x, 1))

# %% right: nested_where
# style: two np.where
def hardtanh(x):
    return np.where(x > 1, 1, np.where(x < -1, -1, x))

# %% right: masks_on_copy
# style: copy and masks, French names
def hardtanh(x):
    resultat = np.array(x, copy=True)
    resultat[x < -1] = -1
    resultat[x > 1] = 1
    return resultat

# %% right: sign_times_min
# style: sign times the smaller of |x| and 1
def hardtanh(x):
    return np.sign(x) * np.minimum(np.abs(x), 1)

# %% right: quotient
# style: x / max(1, |x|)
def hardtanh(x):
    return x / np.maximum(1, np.abs(x))

# %% right: piecewise
# style: np.piecewise
def hardtanh(x):
    return np.piecewise(x, [x <= -1, x >= 1], [-1, 1, lambda v: v])

# %% right: loop
# style: loop with if / elif / else
def hardtanh(x):
    out = np.zeros_like(x)
    for i, v in np.ndenumerate(x):
        if v < -1:
            out[i] = -1
        elif v > 1:
            out[i] = 1
        else:
            out[i] = v
    return out

# %% wrong: tanh
# mistake: np.tanh
# rule: "x in between"
def hardtanh(x):
    return np.tanh(x)

# %% wrong: zero_to_one
# mistake: clips from 0 to 1
# rule: "-1 below -1"
def hardtanh(x):
    return np.clip(x, 0, 1)

# %% wrong: only_upper
# mistake: forgets the lower piece
# rule: "-1 below -1"
def hardtanh(x):
    return np.minimum(x, 1)

# %% wrong: only_lower
# mistake: forgets the upper piece
# rule: "1 above 1"
def hardtanh(x):
    return np.maximum(x, -1)

# %% wrong: sign
# mistake: sign, no piece in between
# rule: "x in between"
def hardtanh(x):
    return np.sign(x)

# %% wrong: zero_in_between
# mistake: 0 between -1 and 1
# rule: "x in between"
def hardtanh(x):
    out = np.zeros_like(x)
    out[x > 1] = 1
    out[x < -1] = -1
    return out

# %% wrong: zero_outside
# mistake: 0 outside
# rule: "-1 below -1, 1 above 1"
def hardtanh(x):
    return np.where(np.abs(x) <= 1, x, 0)

# %% wrong: one_outside
# mistake: 1 on both sides
# rule: "-1 below -1"
def hardtanh(x):
    return np.where(np.abs(x) <= 1, x, 1)

# %% wrong: boundary_zero
# mistake: sets 0 as threshold for the pieces
# rule: "x in between"
def hardtanh(x):
    return np.where(x > 0, np.minimum(x, 1), -1).astype(x.dtype)

# %% wrong: strict_masks_lose_one
# mistake: strict comparisons on all three pieces, exactly 1 and -1 stay 0
# rule: "-1 below -1, 1 above 1, and x in between"
def hardtanh(x):
    return ((x > -1) & (x < 1)) * x + 1.0 * (x > 1).astype(x.dtype) - 1.0 * (x < -1).astype(x.dtype)

# %% wrong: double_at_boundary
# mistake: >= in two masks, doubled at 1 and -1
# rule: "with values from -1 to 1"
def hardtanh(x):
    d = x.dtype
    return (np.abs(x) <= 1) * x + (x >= 1).astype(d) - (x <= -1).astype(d)

# %% wrong: scaled_by_max
# mistake: divides by the largest |x| of the array
# rule: "Hard-tanh of each number of x."
def hardtanh(x):
    return x / max(1, np.abs(x).max())

# %% wrong: in_place_masks
# mistake: writes into x
# rule: "Do not change the arrays that you are given"
def hardtanh(x):
    x[x > 1] = 1
    x[x < -1] = -1
    return x

# %% wrong: clip_out
# mistake: np.clip(x, -1, 1, out=x)
# rule: "Do not change the arrays that you are given"
def hardtanh(x):
    return np.clip(x, -1, 1, out=x)

# %% wrong: float64
# mistake: float64 zeros
# rule: "float32 in, float32 out"
def hardtanh(x):
    out = np.zeros(x.shape)
    out[:] = np.minimum(1, np.maximum(-1, x))
    return out

# %% wrong: where_arrays_float64
# mistake: np.ones(x.shape) in np.where makes it float64
# rule: "float32 in, float32 out"
def hardtanh(x):
    un = np.ones(x.shape)
    return np.where(x > un, un, np.where(x < -un, -un, x))

# %% wrong: vectorize_int_first
# mistake: np.vectorize takes the type of the first result (an int when it is clipped)
# rule: "x in between"
def hardtanh(x):
    return np.vectorize(lambda v: 1 if v > 1 else (-1 if v < -1 else v))(x)

# %% wrong: if_on_array
# mistake: if x > 1 on an array
# rule: "x: array of any shape"
def hardtanh(x):
    if x > 1:
        return np.ones_like(x)
    if x < -1:
        return -np.ones_like(x)
    return x.copy()

# %% wrong: flat_list
# mistake: result is flat
# rule: "Returns an array of the same shape"
def hardtanh(x):
    return np.array([min(1.0, max(-1.0, v)) for v in x.ravel()], dtype=x.dtype)

# %% wrong: hard_sigmoid
# mistake: clip((x + 1) / 2, 0, 1)
# rule: "x in between"
def hardtanh(x):
    return np.clip((x + 1) / 2, 0, 1)

# %% wrong: clip_reversed
# mistake: bounds exchanged, np.clip(x, 1, -1) is -1 everywhere
# rule: "x in between"
def hardtanh(x):
    return np.clip(x, 1, -1)

# %% wrong: modulo
# mistake: wraps instead of clipping
# rule: "1 above 1"
def hardtanh(x):
    return (x + 1) % 2 - 1
