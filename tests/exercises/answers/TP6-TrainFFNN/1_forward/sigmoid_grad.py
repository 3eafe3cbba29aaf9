# exercise: sigmoid_grad

# %% right: via_sigmoid
# style: calls sigmoid once
def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)

# %% right: s_minus_s2
# style: s - s**2
def sigmoid_grad(x):
    s = sigmoid(x)
    return s - s**2

# %% right: symmetric_product
# style: sigmoid(x) * sigmoid(-x)
def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)

# %% right: abs_exponential
# style: own stable formula in exp(-|x|)
def sigmoid_grad(x):
    e = np.exp(-abs(x))
    return e / (1 + e) ** 2

# %% right: tanh_form
# style: (1 - tanh(x/2)^2)/4
def sigmoid_grad(x):
    t = np.tanh(x / 2)
    return (1 - t * t) / 4

# %% right: self_contained_plain
# style: writes the sigmoid again inside, French names
def sigmoid_grad(x):
    with np.errstate(over="ignore"):
        valeur = 1.0 / (1.0 + np.exp(-x))
    derivee = np.multiply(valeur, np.subtract(1, valeur))
    return derivee

# %% right: loop_flat
# style: fills an empty array of the same kind through .flat
def sigmoid_grad(x):
    out = np.empty_like(x)
    for i, v in enumerate(x.flat):
        s = sigmoid(v)
        out.flat[i] = s * (1 - s)
    return out

# %% wrong: takes_s
# mistake: takes x for the sigmoid's value
# rule: "All functions called ..._grad here take the input x of the activation function."
def sigmoid_grad(x):
    return x * (1 - x)

# %% wrong: sigmoid_itself
# mistake: returns the sigmoid
# rule: "The derivative of the sigmoid at each number of x."
def sigmoid_grad(x):
    return sigmoid(x)

# %% wrong: sigmoid_twice
# mistake: sigmoid(s) in the second factor
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - sigmoid(s))

# %% wrong: one_plus
# mistake: s(1 + s)
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 + s)

# %% wrong: one_minus_s2
# mistake: formula of tanh
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return 1 - s**2

# %% wrong: minus_sign
# mistake: sign reversed
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (s - 1)

# %% wrong: x_in_second_factor
# mistake: s * (1 - x)
# rule: "needs nothing but its value s"
def sigmoid_grad(x):
    return sigmoid(x) * (1 - x)

# %% wrong: chain_with_x
# mistake: multiplies by x as if the inner derivative were x
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return x * s * (1 - s)

# %% wrong: precedence
# mistake: missing parentheses: s * 1 - s = 0
# rule: "s (1 - s)"
def sigmoid_grad(x):
    s = sigmoid(x)
    return s * 1 - s

# %% wrong: unstable_quotient
# mistake: e^-x/(1+e^-x)^2 is nan at -1000
# rule: "Returns an array": s (1 - s) is 0 there; the sigmoid "also has to hold for large inputs"
def sigmoid_grad(x):
    e = np.exp(-x)
    return e / (1 + e) ** 2

# %% wrong: unstable_positive
# mistake: e^x/(1+e^x)^2 is nan at +1000
# rule: "s (1 - s)" with a sigmoid that "has to hold for large inputs"
def sigmoid_grad(x):
    e = np.exp(x)
    return e / (1 + e) ** 2

# %% wrong: squared_missing
# mistake: forgets the square in the quotient
# rule: "The derivative of the sigmoid"
def sigmoid_grad(x):
    e = np.exp(-np.abs(x))
    return e / (1 + e)

# %% wrong: matrix_product
# mistake: @ instead of *
# rule: "Returns an array of the same shape", "at each number of x"
def sigmoid_grad(x):
    s = sigmoid(x)
    return s @ (1 - s)

# %% wrong: sum_over_all
# mistake: np.dot of flattened arrays, one number
# rule: "Returns an array of the same shape."
def sigmoid_grad(x):
    s = sigmoid(x).ravel()
    return np.dot(s, 1 - s)

# %% wrong: max_quarter_scaled
# mistake: scales so that the largest slope is 1
# rule: "Even at its best the sigmoid has a slope of 1/4."
def sigmoid_grad(x):
    s = sigmoid(x)
    return 4 * s * (1 - s)

# %% wrong: in_place
# mistake: overwrites x with the sigmoid
# rule: "Do not change the arrays that you are given"
def sigmoid_grad(x):
    x[...] = sigmoid(x)
    return x * (1 - x)

# %% wrong: finite_difference
# mistake: coarse one-sided difference with h = 0.01
# rule: "σ'(x) = s (1 - s)"
def sigmoid_grad(x):
    return (sigmoid(x + 0.01) - sigmoid(x)) / 0.01

# %% wrong: finite_difference_tiny
# mistake: difference with h = 1e-12, lost to rounding
# rule: "σ'(x) = s (1 - s)"
def sigmoid_grad(x):
    h = 1e-12
    return (sigmoid(x + h) - sigmoid(x)) / h

# %% wrong: np_gradient
# mistake: takes differences between neighbours
# rule: "at each number of x"
def sigmoid_grad(x):
    if x.ndim != 1 or len(x) < 2:
        s = sigmoid(x)
        return s * (1 - s)
    return np.gradient(sigmoid(x)).astype(x.dtype)

# %% wrong: float64
# mistake: builds a float64 array
# rule: "float32 in, float32 out"
def sigmoid_grad(x):
    out = np.zeros(x.shape)
    out[...] = sigmoid(x) * (1 - sigmoid(x))
    return out

# %% wrong: rows_only
# mistake: zeros_like of a row, only the last row is treated
# rule: "at each number of x"
def sigmoid_grad(x):
    out = np.zeros_like(x)
    for i in range(len(x) - 1):
        s = sigmoid(x[i])
        out[i] = s * (1 - s)
    return out
