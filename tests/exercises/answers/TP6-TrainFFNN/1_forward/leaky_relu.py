# exercise: leaky_relu

# %% right: where
# style: np.where
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, negative_slope * x)

# %% right: maximum
# style: max(x, a x), since a <= 1
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(x, negative_slope * x)

# %% right: two_relus
# style: relu(x) - a relu(-x)
def leaky_relu(x, negative_slope=0.01):
    return relu(x) - negative_slope * relu(-x)

# %% right: copy_mask
# style: copy, negative entries multiplied, French names
def leaky_relu(x, negative_slope=0.01):
    sortie = x.copy()
    negatif = sortie < 0
    sortie[negatif] *= negative_slope
    return sortie

# %% right: max_plus_min
# style: max(x, 0) + a min(x, 0)
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)

# %% right: abs_algebra
# style: (1 + a)/2 x + (1 - a)/2 |x|
def leaky_relu(x, negative_slope=0.01):
    a = negative_slope
    return (1 + a) / 2 * x + (1 - a) / 2 * np.abs(x)

# %% right: loop
# style: loop over flat, conditional expression
def leaky_relu(x, negative_slope=0.01):
    y = np.empty_like(x)
    for i in range(x.size):
        v = x.flat[i]
        y.flat[i] = v if v > 0 else v * negative_slope
    return y

# %% wrong: default_01
# mistake: default 0.1
# rule: "negative_slope=0.01"
def leaky_relu(x, negative_slope=0.1):
    return np.where(x > 0, x, negative_slope * x)

# %% wrong: slope_ignored
# mistake: 0.01 hard-coded
# rule: "negative_slope: slope on the left of 0"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, 0.01 * x)

# %% wrong: constant_on_left
# mistake: the slope itself as value
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, negative_slope)

# %% wrong: plain_relu
# mistake: 0 on the left
# rule: "lets a little through on the left"
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(0, x)

# %% wrong: sign_flipped
# mistake: -a x on the left
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, -negative_slope * x)

# %% wrong: minimum
# mistake: min instead of max
# rule: "x if x > 0"
def leaky_relu(x, negative_slope=0.01):
    return np.minimum(x, negative_slope * x)

# %% wrong: sum_of_both
# mistake: relu(x) + a x, slope 1 + a on the right
# rule: "x if x > 0"
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(x, 0) + negative_slope * x

# %% wrong: max_with_constant
# mistake: np.maximum(x, a)
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(x, negative_slope)

# %% wrong: max_with_minus_constant
# mistake: np.maximum(x, -a), cut below
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.maximum(x, -negative_slope)

# %% wrong: divided
# mistake: divides by the slope
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, x / (negative_slope if negative_slope else 1))

# %% wrong: falsy_zero
# mistake: slope 0 counts as not given
# rule: "negative_slope: slope on the left of 0, from 0 to 1"
def leaky_relu(x, negative_slope=None):
    a = negative_slope or 0.01
    return np.where(x > 0, x, a * x)

# %% wrong: in_place
# mistake: x[x < 0] *= a
# rule: "Do not change the arrays that you are given"
def leaky_relu(x, negative_slope=0.01):
    x[x < 0] *= negative_slope
    return x

# %% wrong: slopes_float64
# mistake: np.where(x > 0, 1.0, a) is float64
# rule: "float32 in, float32 out"
def leaky_relu(x, negative_slope=0.01):
    pente = np.where(x > 0, 1.0, negative_slope)
    return pente * x

# %% wrong: threshold_at_slope
# mistake: compares with a instead of 0
# rule: "x if x > 0"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > negative_slope, x, negative_slope * x)

# %% wrong: sides_swapped
# mistake: slope on the right
# rule: "negative_slope: slope on the left of 0"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x < 0, x, negative_slope * x)

# %% wrong: derivative
# mistake: returns the slopes
# rule: "The leaky ReLU of each number of x."
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, np.ones_like(x), np.full_like(x, negative_slope))

# %% wrong: keyword_renamed
# mistake: the argument is called alpha
# rule: "def leaky_relu(x, negative_slope=0.01)"
def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)

# %% wrong: forgot_relu_minus
# mistake: relu(x) + a relu(-x), positive on the left
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return relu(x) + negative_slope * relu(-x)

# %% wrong: one_minus_slope
# mistake: x - a x on the left
# rule: "a x otherwise"
def leaky_relu(x, negative_slope=0.01):
    return np.where(x > 0, x, x - negative_slope * x)

# %% wrong: rows_if
# mistake: if on the rows
# rule: "x: array of any shape"
def leaky_relu(x, negative_slope=0.01):
    return np.array([v if v > 0 else negative_slope * v for v in x], dtype=x.dtype)

# %% wrong: all_negative_only
# mistake: leaks only if all numbers are negative (the "dead" unit)
# rule: "a x otherwise", "of each number of x"
def leaky_relu(x, negative_slope=0.01):
    if (x <= 0).all():
        return negative_slope * x
    return np.maximum(x, 0)

# %% wrong: slope_remembered
# mistake: a global slope is kept for the next call
# rule: "negative_slope=0.01"
_pente = [0.01]

def leaky_relu(x, negative_slope=None):
    if negative_slope is not None:
        _pente[0] = negative_slope
    return np.where(x > 0, x, _pente[0] * x)
