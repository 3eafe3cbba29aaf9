# exercise: elu_grad

# %% right: where
# style: np.where
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, alpha * np.exp(x))

# %% right: via_elu
# style: elu(x) + alpha on the left
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, np.ones_like(x), elu(x, alpha) + alpha)

# %% right: ones_then_mask
# style: ones_like, left part filled
def elu_grad(x, alpha=1.0):
    g = np.ones_like(x)
    gauche = x <= 0
    g[gauche] = alpha * np.exp(x[gauche])
    return g

# %% right: safe_masks
# style: relu_grad as mask, exponent clipped to 0 or less
def elu_grad(x, alpha=1.0):
    droite = relu_grad(x)
    return droite + (1 - droite) * alpha * np.exp(np.minimum(x, 0))

# %% right: loop
# style: loop over np.ndenumerate
def elu_grad(x, alpha=1.0):
    pente = np.empty(x.shape, x.dtype)
    for i, v in np.ndenumerate(x):
        pente[i] = 1.0 if v > 0 else alpha * np.exp(v)
    return pente

# %% right: select_astype
# style: np.select, astype at the end, keyword call of elu
def elu_grad(x, alpha=1.0):
    valeurs = [np.ones(x.shape), elu(x, alpha=alpha) + alpha]
    return np.select([x > 0, x <= 0], valeurs).astype(x.dtype)

# %% right: piecewise
# style: np.piecewise with lambda
def elu_grad(x, alpha=1.0):
    return np.piecewise(x, [x > 0], [1, lambda v: alpha * np.exp(v)])

# %% wrong: ge_zero
# mistake: slope 1 at 0
# rule: "At 0 we take the slope of the left branch"
def elu_grad(x, alpha=1.0):
    return np.where(x >= 0, 1, alpha * np.exp(x))

# %% wrong: no_alpha
# mistake: e^x on the left
# rule: "Work out the slope of each branch", alpha (e^x - 1)
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, np.exp(x))

# %% wrong: elu_on_left
# mistake: keeps the -1
# rule: "The derivative of the ELU"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, alpha * (np.exp(x) - 1))

# %% wrong: x_on_right
# mistake: x instead of 1 on the right
# rule: "Work out the slope of each branch."
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(x))

# %% wrong: elu_default_alpha
# mistake: calls elu(x) without passing alpha on
# rule: "alpha: as in elu"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, elu(x) + alpha)

# %% wrong: elu_plus_one
# mistake: elu(x, alpha) + 1 on the left, right for alpha = 1 only
# rule: "alpha: as in elu"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, elu(x, alpha) + 1)

# %% wrong: mask_product
# mistake: 0 * inf at 1000
# rule: "The derivative of the ELU at each number of x" (1 at 1000; "what is 0 times inf?")
def elu_grad(x, alpha=1.0):
    d = x.dtype
    return (x > 0).astype(d) + (x <= 0).astype(d) * alpha * np.exp(x)

# %% wrong: clipped_exponent
# mistake: alpha e^min(x, 0), right for alpha = 1 only
# rule: slope 1 of the branch "x if x > 0"
def elu_grad(x, alpha=1.0):
    return alpha * np.exp(np.minimum(x, 0))

# %% wrong: minimum_with_one
# mistake: min(1, alpha e^x), right for alpha = 1 only
# rule: slope of the branch "alpha (e^x - 1) otherwise"
def elu_grad(x, alpha=1.0):
    return np.minimum(1, alpha * np.exp(x))

# %% wrong: power_rule
# mistake: derivative of e^x taken as x e^(x - 1)
# rule: "Work out the slope of each branch."
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, alpha * x * np.exp(x - 1))

# %% wrong: zero_at_zero
# mistake: convention of the ReLU at 0
# rule: "At 0 we take the slope of the left branch"
def elu_grad(x, alpha=1.0):
    g = np.where(x > 0, 1, alpha * np.exp(x))
    return np.where(x == 0, 0, g).astype(x.dtype)

# %% wrong: mean_at_zero
# mistake: mean of both slopes at 0
# rule: "At 0 we take the slope of the left branch"
def elu_grad(x, alpha=1.0):
    g = np.where(x > 0, 1, alpha * np.exp(x))
    return np.where(x == 0, (1 + alpha) / 2, g).astype(x.dtype)

# %% wrong: exponent_sign
# mistake: e^-x
# rule: "alpha (e^x - 1)"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, alpha * np.exp(-x))

# %% wrong: negative
# mistake: -alpha e^x
# rule: "alpha (e^x - 1)"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, -alpha * np.exp(x))

# %% wrong: zero_left
# mistake: the slope of the ReLU
# rule: slope of the left branch
def elu_grad(x, alpha=1.0):
    return (x > 0).astype(x.dtype)

# %% wrong: alpha_left
# mistake: constant alpha on the left
# rule: "Work out the slope of each branch."
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, np.ones_like(x), np.full_like(x, alpha))

# %% wrong: float64
# mistake: np.where(..., 1.0, 0.0) makes float64
# rule: "an array of the same shape and dtype"
def elu_grad(x, alpha=1.0):
    droite = np.where(x > 0, 1.0, 0.0)
    return droite + (1 - droite) * alpha * np.exp(np.minimum(x, 0))

# %% wrong: in_place
# mistake: clips x in place
# rule: "Do not change the arrays that you are given"
def elu_grad(x, alpha=1.0):
    droite = x > 0
    x[droite] = 0
    return np.where(droite, 1, alpha * np.exp(x))

# %% wrong: takes_value
# mistake: takes x for elu's value and adds alpha
# rule: "All functions called ..._grad here take the input x of the activation function."
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, x + alpha)

# %% wrong: integer_vectorize
# mistake: np.vectorize takes an int type when the first number is positive
# rule: "an array of the same shape and dtype"
def elu_grad(x, alpha=1.0):
    return np.vectorize(lambda v: 1 if v > 0 else alpha * np.exp(v))(x)

# %% wrong: integers_like_mask
# mistake: writes alpha e^x into an integer array
# rule: "an array of the same shape and dtype"
def elu_grad(x, alpha=1.0):
    g = np.ones(x.shape, dtype=int)
    g[x <= 0] = alpha * np.exp(x[x <= 0])
    return g.astype(x.dtype)

# %% wrong: alpha_on_both
# mistake: alpha also on the right
# rule: branch "x if x > 0" has slope 1
def elu_grad(x, alpha=1.0):
    return alpha * np.where(x > 0, 1, np.exp(x))

# %% wrong: alpha_in_exponent
# mistake: derivative of e^(alpha x) - 1
# rule: "alpha (e^x - 1)"
def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1, alpha * np.exp(alpha * x))
