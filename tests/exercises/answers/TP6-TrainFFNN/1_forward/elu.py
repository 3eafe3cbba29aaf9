# exercise: elu

# %% right: where
# style: np.where
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %% right: expm1_of_minimum
# style: expm1, exponent never above 0
def elu(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))

# %% right: pytorch_formula
# style: max(0, x) + min(0, alpha (e^x - 1)); inf is harmless in the min
def elu(x, alpha=1.0):
    return np.maximum(0, x) + np.minimum(0, alpha * (np.exp(x) - 1))

# %% right: copy_mask
# style: copy, left part replaced, French names
def elu(x, alpha=1.0):
    sortie = x.copy()
    gauche = x <= 0
    sortie[gauche] = alpha * (np.exp(x[gauche]) - 1)
    return sortie

# %% right: loop
# style: loop with local function
def elu(x, alpha=1.0):
    def un(v):
        if v > 0:
            return v
        return alpha * np.exp(v) - alpha

    return np.array([un(v) for v in x.ravel()], dtype=x.dtype).reshape(x.shape)

# %% right: mask_product_safe
# style: product with masks after clipping the exponent
def elu(x, alpha=1.0):
    e = np.exp(np.clip(x, None, 0))
    return x * (x > 0) + alpha * (e - 1) * (x <= 0)

# %% right: piecewise
# style: np.piecewise with lambdas
def elu(x, alpha=1.0):
    return np.piecewise(x, [x > 0], [lambda v: v, lambda v: alpha * np.expm1(v)])

# %% wrong: mask_product
# mistake: 0 times inf is nan for 1000
# rule: "Try it on np.array([1000.0]) too ... what is 0 times inf?"
def elu(x, alpha=1.0):
    return (x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)

# %% wrong: alpha_ignored
# mistake: forgets alpha
# rule: "alpha (e^x - 1) otherwise"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, np.exp(x) - 1)

# %% wrong: alpha_on_exp_only
# mistake: alpha e^x - 1
# rule: "alpha (e^x - 1)"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(x) - 1)

# %% wrong: alpha_in_exponent
# mistake: e^(alpha x) - 1
# rule: "alpha (e^x - 1)"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, np.exp(alpha * x) - 1)

# %% wrong: no_minus_one
# mistake: alpha e^x
# rule: "alpha (e^x - 1)"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(x))

# %% wrong: exp_x_minus_1
# mistake: exp(x - 1)
# rule: "alpha (e^x - 1)"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(x - 1))

# %% wrong: alpha_on_both
# mistake: alpha x on the right too
# rule: "x if x > 0"
def elu(x, alpha=1.0):
    return alpha * np.where(x > 0, x, np.exp(x) - 1)

# %% wrong: maximum_of_both
# mistake: max(x, alpha(e^x - 1)) takes the exponential on the right
# rule: "x if x > 0"
def elu(x, alpha=1.0):
    return np.maximum(x, alpha * (np.exp(x) - 1))

# %% wrong: minus_x_in_exp
# mistake: e^-x on the left
# rule: "alpha (e^x - 1)"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(-x) - 1))

# %% wrong: sign
# mistake: alpha (1 - e^x), goes to +alpha
# rule: "far on the left the result goes to -alpha"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (1 - np.exp(x)))

# %% wrong: constant_left
# mistake: -alpha on the left
# rule: "bends smoothly towards -alpha on the left"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, -alpha)

# %% wrong: leaky
# mistake: alpha x on the left
# rule: "alpha (e^x - 1) otherwise"
def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * x)

# %% wrong: branches_swapped
# mistake: condition reversed
# rule: "x if x > 0"
def elu(x, alpha=1.0):
    return np.where(x < 0, x, alpha * (np.exp(x) - 1))

# %% wrong: max_with_minus_alpha
# mistake: cuts at -alpha
# rule: "bends smoothly towards -alpha"
def elu(x, alpha=1.0):
    return np.maximum(x, -alpha)

# %% wrong: in_place
# mistake: x[neg] = ... in the caller's array
# rule: "Do not change the arrays that you are given"
def elu(x, alpha=1.0):
    neg = x <= 0
    x[neg] = alpha * (np.exp(x[neg]) - 1)
    return x

# %% wrong: float64
# mistake: zeros of float64
# rule: "float32 in, float32 out"
def elu(x, alpha=1.0):
    y = np.zeros(np.shape(x))
    y[x > 0] = x[x > 0]
    y[x <= 0] = alpha * np.expm1(x[x <= 0])
    return y

# %% wrong: default_alpha
# mistake: default 0.1
# rule: "alpha=1.0"
def elu(x, alpha=0.1):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %% wrong: sum_of_branches
# mistake: relu(x) + alpha (e^x - 1) on all numbers
# rule: "x if x > 0"
def elu(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * (np.exp(x) - 1)

# %% wrong: nan_to_num
# mistake: mask product repaired with nan_to_num: 1000 becomes 0
# rule: "Try it on np.array([1000.0]) too"; "x if x > 0"
def elu(x, alpha=1.0):
    return np.nan_to_num((x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1))

# %% wrong: clipped_input
# mistake: clips x to [-50, 50] first, 1000 becomes 50
# rule: "x if x > 0"
def elu(x, alpha=1.0):
    x = np.clip(x, -50, 50)
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %% wrong: math_exp
# mistake: math.expm1 on both branches, OverflowError at 1000
# rule: "Try it on np.array([1000.0]) too"
import math

def elu(x, alpha=1.0):
    gauche = np.array([alpha * math.expm1(v) for v in x.ravel()], dtype=x.dtype)
    return np.where(x > 0, x, gauche.reshape(x.shape))

# %% wrong: first_axis_only
# mistake: if on rows
# rule: "x: array of any shape"
def elu(x, alpha=1.0):
    y = []
    for v in x:
        if v > 0:
            y.append(v)
        else:
            y.append(alpha * (np.exp(v) - 1))
    return np.array(y, dtype=x.dtype)
