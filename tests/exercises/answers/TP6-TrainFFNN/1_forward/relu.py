# exercise: relu

# %% right: maximum
# style: np.maximum
def relu(x):
    return np.maximum(0, x)

# %% right: where
# style: np.where
def relu(x):
    return np.where(x > 0, x, 0)

# %% right: copy_and_mask
# style: copy, then mask assignment
def relu(x):
    resultat = x.copy()
    resultat[resultat < 0] = 0
    return resultat

# %% right: product_with_mask
# style: x * (x > 0), gives -0.0 for negative numbers
def relu(x):
    return x * (x > 0)

# %% right: half_sum
# style: (x + |x|) / 2
def relu(x):
    return (x + np.abs(x)) / 2

# %% right: clip
# style: np.clip with no upper bound
def relu(x):
    return np.clip(x, 0, None)

# %% right: loop_flat
# style: comprehension over the flat values with Python's max
def relu(x):
    vals = [max(0.0, v) for v in x.ravel().tolist()]
    return np.array(vals, dtype=x.dtype).reshape(x.shape)

# %% right: zeros_like_fill
# style: zeros_like, positive ones copied
def relu(x):
    y = np.zeros_like(x)
    positif = x >= 0
    y[positif] = x[positif]
    return y

# %% wrong: abs
# mistake: absolute value
# rule: "replaces negative ones by 0"
def relu(x):
    return np.abs(x)

# %% wrong: minimum
# mistake: np.minimum
# rule: "max(0, x)"
def relu(x):
    return np.minimum(0, x)

# %% wrong: np_max
# mistake: np.max(x, 0) takes 0 for the axis
# rule: "Returns an array of the same shape."
def relu(x):
    return np.max(x, 0)

# %% wrong: python_max
# mistake: max(0, x) on an array
# rule: "x: array of any shape"
def relu(x):
    return max(0, x)

# %% wrong: in_place_mask
# mistake: x[x < 0] = 0
# rule: "Do not change the arrays that you are given: compute new ones."
def relu(x):
    x[x < 0] = 0
    return x

# %% wrong: view_not_copy
# mistake: y = x[:] is a view
# rule: "Do not change the arrays that you are given"
def relu(x):
    y = x[:]
    y[y < 0] = 0
    return y

# %% wrong: out_argument
# mistake: out=x
# rule: "Do not change the arrays that you are given"
def relu(x):
    return np.maximum(x, 0, out=x)

# %% wrong: reshape_view
# mistake: writes into x.reshape(-1), a view in most cases
# rule: "Do not change the arrays that you are given"
def relu(x):
    plat = x.reshape(-1)
    for i in range(len(plat)):
        if plat[i] < 0:
            plat[i] = 0
    return plat.reshape(x.shape)

# %% wrong: mask_only
# mistake: returns the slope
# rule: "keeps positive numbers"
def relu(x):
    return (x > 0).astype(x.dtype)

# %% wrong: positives_only
# mistake: x[x > 0] drops the negative numbers
# rule: "Returns an array of the same shape."
def relu(x):
    return x[x > 0]

# %% wrong: threshold_one
# mistake: x > 1 instead of x > 0
# rule: "keeps positive numbers"
def relu(x):
    return np.where(x > 1, x, 0)

# %% wrong: capped_at_one
# mistake: clip(0, 1)
# rule: "keeps positive numbers"
def relu(x):
    return np.clip(x, 0, 1)

# %% wrong: int_cast
# mistake: converts to int in the loop
# rule: "keeps positive numbers"
def relu(x):
    return np.vectorize(lambda v: max(0, int(v)), otypes=[x.dtype])(x)

# %% wrong: vectorize_first_type
# mistake: np.vectorize takes its dtype from the first value (0 is an int), so the rest is cut to integers
# rule: "keeps positive numbers"
def relu(x):
    return np.vectorize(lambda v: v if v > 0 else 0)(x)

# %% wrong: float64_zeros
# mistake: np.zeros(x.shape) is float64
# rule: "float32 in, float32 out"
def relu(x):
    return np.maximum(np.zeros(x.shape), x)

# %% wrong: list_comprehension_rows
# mistake: compares rows with 0, fails for two axes
# rule: "x: array of any shape"
def relu(x):
    return np.array([v if v > 0 else 0 for v in x], dtype=x.dtype)

# %% wrong: leaky
# mistake: lets a little through on the left
# rule: "replaces negative ones by 0"
def relu(x):
    return np.where(x > 0, x, 0.01 * x)

# %% wrong: all_or_nothing
# mistake: any negative number makes the whole row zero
# rule: "The ReLU of each number of x."
def relu(x):
    return x * (x > 0).all()

# %% wrong: skip_last
# mistake: off by one, the last number is not treated
# rule: "each number of x"
def relu(x):
    y = x.flatten()
    for i in range(len(y) - 1):
        if y[i] < 0:
            y[i] = 0
    return y.reshape(x.shape)

# %% wrong: plus_one_softplus
# mistake: the smooth version log(1 + e^x)
# rule: "max(0, x)"
def relu(x):
    return np.logaddexp(0, x)

# %% wrong: cached_buffer
# mistake: writes into one buffer per shape, so that a second call changes the first result
# rule: "compute new ones"
_tampons = {}

def relu(x):
    cle = (x.shape, str(x.dtype))
    if cle not in _tampons:
        _tampons[cle] = np.empty(x.shape, dtype=x.dtype)
    np.maximum(x, 0, out=_tampons[cle])
    return _tampons[cle]
