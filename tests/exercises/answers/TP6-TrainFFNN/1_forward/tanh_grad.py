# exercise: tanh_grad

# %% right: formula
# style: one line
def tanh_grad(x):
    return 1 - np.tanh(x) ** 2

# %% right: product
# style: factorised (1 - t)(1 + t)
def tanh_grad(x):
    t = np.tanh(x)
    return (1 - t) * (1 + t)

# %% right: cosh
# style: 1 / cosh^2, overflow gives 0
def tanh_grad(x):
    with np.errstate(over="ignore"):
        return (1 / np.cosh(x)) ** 2

# %% right: through_sigmoid
# style: calls an earlier function, tanh'(x) = 4 sigma'(2x)
def tanh_grad(x):
    return 4 * sigmoid_grad(2 * x)

# %% right: recursion
# style: recursion over the axes, np.stack
def tanh_grad(x):
    if x.ndim <= 1:
        t = np.tanh(x)
        return 1 - t * t
    if len(x) == 0:
        return x.copy()
    return np.stack([tanh_grad(ligne) for ligne in x])

# %% right: numpy_functions
# style: np.subtract, np.square, np.ones_like, French names
def tanh_grad(x):
    uns = np.ones_like(x)
    carre = np.square(np.tanh(x))
    return np.subtract(uns, carre)

# %% right: exponential
# style: 4 e^{-2|x|} / (1 + e^{-2|x|})^2
def tanh_grad(x):
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e) ** 2

# %% wrong: takes_t
# mistake: takes x for the value t
# rule: "All functions called ..._grad here take the input x of the activation function."
def tanh_grad(x):
    return 1 - x**2

# %% wrong: tanh_itself
# mistake: returns tanh
# rule: "The derivative of tanh at each number of x."
def tanh_grad(x):
    return np.tanh(x)

# %% wrong: no_square
# mistake: 1 - t
# rule: "1 - t^2"
def tanh_grad(x):
    return 1 - np.tanh(x)

# %% wrong: square_of_difference
# mistake: (1 - t)^2
# rule: "1 - t^2"
def tanh_grad(x):
    return (1 - np.tanh(x)) ** 2

# %% wrong: sigmoid_rule
# mistake: t (1 - t)
# rule: "1 - t^2"
def tanh_grad(x):
    t = np.tanh(x)
    return t * (1 - t)

# %% wrong: square_inside
# mistake: tanh(x^2)
# rule: "with t = tanh(x) ... 1 - t^2"
def tanh_grad(x):
    return 1 - np.tanh(x**2)

# %% wrong: sign
# mistake: t^2 - 1
# rule: "1 - t^2"
def tanh_grad(x):
    return np.tanh(x) ** 2 - 1

# %% wrong: plus
# mistake: 1 + t^2 (derivative of tan)
# rule: "1 - t^2"
def tanh_grad(x):
    return 1 + np.tanh(x) ** 2

# %% wrong: tan
# mistake: np.tan
# rule: "t = tanh(x)"
def tanh_grad(x):
    return 1 - np.tan(x) ** 2

# %% wrong: unstable_exponentials
# mistake: own tanh by exponentials, inf/inf for 1000
# rule: "tanh'(x) = 1 - t^2" (0 at 1000, not nan)
def tanh_grad(x):
    t = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
    return 1 - t**2

# %% wrong: sigmoid_grad_2x
# mistake: forgets the factor 4
# rule: "1 - t^2"
def tanh_grad(x):
    return sigmoid_grad(2 * x)

# %% wrong: sigmoid_grad_rescaled
# mistake: scales the sigmoid's slope by 4 but not its argument
# rule: "1 - t^2"
def tanh_grad(x):
    return 4 * sigmoid_grad(x)

# %% wrong: double_not_square
# mistake: doubles t instead of squaring it
# rule: "1 - t^2"
def tanh_grad(x):
    return 1 - 2 * np.tanh(x)

# %% wrong: matrix_square
# mistake: t @ t instead of elementwise
# rule: "at each number of x ... same shape"
def tanh_grad(x):
    t = np.tanh(x)
    return 1 - t @ t

# %% wrong: in_place
# mistake: np.tanh(x, out=x)
# rule: "Do not change the arrays that you are given: compute new ones."
def tanh_grad(x):
    np.tanh(x, out=x)
    return 1 - x**2

# %% wrong: float64_zeros
# mistake: float64 for float32
# rule: "float32 in, float32 out"
def tanh_grad(x):
    out = np.zeros(x.shape)
    out += 1 - np.tanh(x) ** 2
    return out

# %% wrong: loop_of_rows
# mistake: float(x[i]), one axis only
# rule: "x: array of any shape"
def tanh_grad(x):
    return np.array([1 - np.tanh(float(v)) ** 2 for v in x], dtype=x.dtype)

# %% wrong: flattened
# mistake: result not reshaped
# rule: "Returns an array of the same shape."
def tanh_grad(x):
    t = np.tanh(x).flatten()
    return 1 - t**2

# %% wrong: python_list
# mistake: returns a list
# rule: "Returns an array of the same shape."
def tanh_grad(x):
    return (1 - np.tanh(x) ** 2).tolist()

# %% wrong: one_over_cosh
# mistake: 1 / cosh without the square
# rule: "1 - t^2"
def tanh_grad(x):
    return 1 / np.cosh(x)

# %% wrong: difference_quotient
# mistake: coarse numeric derivative
# rule: "tanh'(x) = 1 - t^2"
def tanh_grad(x):
    return (np.tanh(x + 0.1) - np.tanh(x - 0.1)) / 0.2
