# exercise: relu_grad

# %% right: astype
# style: comparison, astype
def relu_grad(x):
    return (x > 0).astype(x.dtype)

# %% right: where_like
# style: np.where with ones_like and zeros_like
def relu_grad(x):
    return np.where(x > 0, np.ones_like(x), np.zeros_like(x))

# %% right: zeros_then_mask
# style: zeros_like, mask set to 1
def relu_grad(x):
    pente = np.zeros_like(x)
    pente[x > 0] = 1
    return pente

# %% right: sign_of_relu
# style: np.sign of the ReLU
def relu_grad(x):
    return np.sign(relu(x))

# %% right: heaviside
# style: np.heaviside with 0 at 0
def relu_grad(x):
    return np.heaviside(x, 0).astype(x.dtype)

# %% right: loop
# style: loop over np.ndindex
def relu_grad(x):
    out = np.empty(x.shape, dtype=x.dtype)
    for idx in np.ndindex(x.shape):
        if x[idx] <= 0:
            out[idx] = 0.0
        else:
            out[idx] = 1.0
    return out

# %% right: sign_max
# style: maximum of sign and 0
def relu_grad(x):
    return np.maximum(np.sign(x), 0)

# %% right: one_minus_mask
# style: 1 - (x <= 0), with np.array of the dtype
def relu_grad(x):
    gauche = np.array(x <= 0, dtype=x.dtype)
    return 1 - gauche

# %% wrong: ge
# mistake: slope 1 at 0
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return (x >= 0).astype(x.dtype)

# %% wrong: booleans
# mistake: returns True and False
# rule: "numbers of the input's dtype, not True and False"
def relu_grad(x):
    return x > 0

# %% wrong: integers
# mistake: np.where(x > 0, 1, 0) gives int64
# rule: "an array of the same shape and dtype"
def relu_grad(x):
    return np.where(x > 0, 1, 0)

# %% wrong: astype_float
# mistake: astype(float), float64 also for float32
# rule: "numbers of the input's dtype"
def relu_grad(x):
    return (x > 0).astype(float)

# %% wrong: half_at_zero
# mistake: heaviside with 0.5
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return np.heaviside(x, 0.5).astype(x.dtype)

# %% wrong: relu_itself
# mistake: returns the ReLU
# rule: "The slope of the ReLU is 1 on the right of 0"
def relu_grad(x):
    return np.maximum(x, 0)

# %% wrong: sign
# mistake: -1 on the left
# rule: "and 0 on the left"
def relu_grad(x):
    return np.sign(x)

# %% wrong: quotient
# mistake: relu(x) / x is nan at 0
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return np.maximum(x, 0) / x

# %% wrong: quotient_eps
# mistake: relu(x) / (x + eps), about 1 only for large x
# rule: "The slope of the ReLU is 1 on the right of 0"
def relu_grad(x):
    return np.maximum(x, 0) / (np.abs(x) + 1e-3)

# %% wrong: in_place
# mistake: writes 1 and 0 into x
# rule: "Do not change the arrays that you are given"
def relu_grad(x):
    x[x <= 0] = 0
    x[x > 0] = 1
    return x

# %% wrong: copy_wrong_order
# mistake: order of steps: the ones set by the first line are overwritten by the second
# rule: "1 on the right of 0, and 0 on the left"
def relu_grad(x):
    g = x.copy()
    g[g <= 0] = 1
    g[g > 0] = 0
    return 1 - g

# %% wrong: forgets_zero
# mistake: sets > 0 to 1 and < 0 to 0 in an array of ones: 0 keeps 1
# rule: "the slope at 0 is 0"
def relu_grad(x):
    g = np.ones_like(x)
    g[x < 0] = 0
    return g

# %% wrong: reversed_sides
# mistake: 1 on the left
# rule: "1 on the right of 0, and 0 on the left"
def relu_grad(x):
    return (x < 0).astype(x.dtype)

# %% wrong: takes_all
# mistake: one number for the whole array
# rule: "at each number of x"
def relu_grad(x):
    return np.ones_like(x) * (x > 0).any()

# %% wrong: threshold_tolerance
# mistake: x > 0.1 as a "safe" test for positive
# rule: "1 on the right of 0"
def relu_grad(x):
    return (x > 0.1).astype(x.dtype)

# %% wrong: integers_from_rounding
# mistake: casts x to int first, so 0.5 counts as 0
# rule: "1 on the right of 0"
def relu_grad(x):
    return (x.astype(int) > 0).astype(x.dtype)

# %% wrong: float32_always
# mistake: fixed float32
# rule: "an array of the same shape and dtype"
def relu_grad(x):
    return np.array(x > 0, dtype=np.float32)

# %% wrong: scalar_if
# mistake: if x > 0 on an array
# rule: "x: array of any shape"
def relu_grad(x):
    if x > 0:
        return np.ones_like(x)
    return np.zeros_like(x)

# %% wrong: leaky_slope
# mistake: 0.01 on the left
# rule: "0 on the left"
def relu_grad(x):
    return np.where(x > 0, np.ones_like(x), np.full_like(x, 0.01))

# %% wrong: finite_difference
# mistake: central difference, 0.5 at 0
# rule: "the slope at 0 is 0"
def relu_grad(x):
    h = 1e-6 if x.dtype == np.float64 else 1e-2
    return (np.maximum(x + h, 0) - np.maximum(x - h, 0)) / x.dtype.type(2 * h)

# %% wrong: nested_two_axes
# mistake: two loops, matrices only
# rule: "x: array of any shape"
def relu_grad(x):
    out = np.zeros_like(x)
    n, d = x.shape
    for i in range(n):
        for j in range(d):
            if x[i, j] > 0:
                out[i, j] = 1
    return out

# %% right: astype_again
# style: comparison and astype
def relu_grad(x):
    return (x > 0).astype(x.dtype)

# %% right: where_ones_like
# style: np.where with arrays of the right dtype
def relu_grad(x):
    return np.where(x > 0, np.ones_like(x), np.zeros_like(x))

# %% right: mask_assignment
# style: zeros_like and a mask
def relu_grad(x):
    pente = np.zeros_like(x)
    pente[x > 0] = 1
    return pente

# %% right: heaviside_again
# style: np.heaviside with value 0 at 0
def relu_grad(x):
    return np.heaviside(x, x.dtype.type(0))

# %% wrong: bool
# mistake: returns True and False
# rule: "The result holds numbers of the input's dtype, not `True` and `False`."
def relu_grad(x):
    return x > 0

# %% wrong: relu_itself_again
# mistake: returns the ReLU, not its slope
# rule: "The slope of the ReLU is 1 on the right of 0"
def relu_grad(x):
    return np.maximum(x, 0)

# %% wrong: sign_again
# mistake: -1 on the left
# rule: "and 0 on the left"
def relu_grad(x):
    return np.sign(x)

# %% wrong: one_at_zero
# mistake: >= instead of >
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return (x >= 0).astype(x.dtype)

# %% wrong: float64_always
# mistake: a float64 result for float32 input
# rule: "Returns an array of the same shape and dtype." ("`1.0 * (x > 0)`" is float64)
def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)

# %% wrong: half_at_zero_again
# mistake: 1/2 at 0
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return np.where(x == 0, 0.5, x > 0).astype(x.dtype)

# %% wrong: in_place_again
# mistake: changes the argument
# rule: "Do not change the arrays that you are given: compute new ones."
def relu_grad(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x

# %% wrong: divides_by_x
# mistake: max(0, x) / x is nan at 0
# rule: "the slope at 0 is 0"
def relu_grad(x):
    return np.maximum(x, 0) / x
