# exercise: sigmoid

# %% right: formula
# style: the plain formula (overflow warning, result 0)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% right: two_masks
# style: stable, masks for the two signs
def sigmoid(x):
    out = np.empty_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    e = np.exp(x[~pos])
    out[~pos] = e / (1 + e)
    return out

# %% right: tanh
# style: identity with tanh
def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(0.5 * x)

# %% right: logaddexp
# style: exp(-log(1 + exp(-x)))
def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))

# %% right: where_abs
# style: np.where with exp of -|x|, French names
def sigmoid(x):
    petit = np.exp(-np.abs(x))
    denominateur = 1 + petit
    return np.where(x < 0, petit / denominateur, 1 / denominateur)

# %% right: loop_flat
# style: Python loop over the flattened array, reshape at the end
def sigmoid(x):
    valeurs = []
    for v in x.flatten():
        if v >= 0:
            valeurs.append(1 / (1 + np.exp(-v)))
        else:
            valeurs.append(np.exp(v) / (1 + np.exp(v)))
    return np.array(valeurs, dtype=x.dtype).reshape(x.shape)

# %% right: vectorize
# style: np.vectorize with otypes, errors silenced
def sigmoid(x):
    with np.errstate(over="ignore"):
        f = np.vectorize(lambda v: 1.0 / (1.0 + np.exp(-v)), otypes=[x.dtype])
        return f(x)

# %% right: clip_far_out
# style: clips at +-80 before exp, where the sigmoid does not change visibly
def sigmoid(x):
    z = np.clip(x, -80, 80)
    return np.reciprocal(1 + np.exp(-z))

# %% wrong: slide_formula
# mistake: 1 - exp(-x)
# rule: "1 / (1 + e^{-x})"
def sigmoid(x):
    return 1 / (1 - np.exp(-x))

# %% wrong: no_minus
# mistake: exp(x) in the denominator
# rule: "1 / (1 + e^{-z})"
def sigmoid(x):
    return 1 / (1 + np.exp(x))

# %% wrong: exp_ratio
# mistake: exp(x)/(1+exp(x)) is inf/inf for 1000
# rule: "It also has to hold for large inputs ... a result nan is [a mistake]"
def sigmoid(x):
    e = np.exp(x)
    return e / (1 + e)

# %% wrong: where_branches_swapped
# mistake: the two stable branches under the wrong condition, nan for large numbers
# rule: "It also has to hold for large inputs"
def sigmoid(x):
    return np.where(x > 0, np.exp(x) / (1 + np.exp(x)), 1 / (1 + np.exp(-x)))

# %% wrong: mask_product
# mistake: product of mask and branch, 0 * nan
# rule: "It also has to hold for large inputs ... a result nan is [a mistake]"
def sigmoid(x):
    pos = x >= 0
    return pos * (1 / (1 + np.exp(-x))) + (~pos) * (np.exp(x) / (1 + np.exp(x)))

# %% wrong: clipped_too_near
# mistake: clips at +-3 against overflow, wrong beyond
# rule: "The sigmoid of each number of x."
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -3, 3)))

# %% wrong: abs_only
# mistake: uses exp(-|x|) for both signs, wrong for negative numbers
# rule: "1 / (1 + e^{-x})"
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(x)))

# %% wrong: tanh_itself
# mistake: tanh of x, from -1 to 1
# rule: "with values from 0 to 1"
def sigmoid(x):
    return np.tanh(x)

# %% wrong: tanh_not_halved
# mistake: forgets the half inside tanh
# rule: "1 / (1 + e^{-x})"
def sigmoid(x):
    return 0.5 * (1 + np.tanh(x))

# %% wrong: float_of_array
# mistake: scalar only, float(x) fails for more than one number
# rule: "x: array of any shape"
def sigmoid(x):
    return 1 / (1 + np.exp(-float(x)))

# %% wrong: one_axis_loop
# mistake: loops over the first axis as if it held numbers
# rule: "x: array of any shape"
def sigmoid(x):
    out = np.zeros(len(x), dtype=x.dtype)
    for i in range(len(x)):
        out[i] = 1 / (1 + np.exp(-x[i]))
    return out

# %% wrong: two_axes_loop
# mistake: works for matrices only
# rule: "x: array of any shape"
def sigmoid(x):
    out = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = 1 / (1 + np.exp(-x[i, j]))
    return out

# %% wrong: flat_result
# mistake: forgets to reshape
# rule: "Returns an array of the same shape"
def sigmoid(x):
    return np.array([1 / (1 + np.exp(-v)) for v in x.ravel()], dtype=x.dtype)

# %% wrong: float64
# mistake: converts to float64
# rule: "The result has the dtype of the input: float32 in, float32 out."
def sigmoid(x):
    x = np.asarray(x, dtype=np.float64)
    return 1 / (1 + np.exp(-x))

# %% wrong: in_place
# mistake: negates x in place
# rule: "Do not change the arrays that you are given"
def sigmoid(x):
    x *= -1
    return 1 / (1 + np.exp(x))

# %% wrong: math_exp
# mistake: math.exp raises OverflowError at -1000
# rule: "It also has to hold for large inputs"
import math

def sigmoid(x):
    return np.vectorize(lambda v: 1 / (1 + math.exp(-v)), otypes=[x.dtype])(x)

# %% wrong: nan_to_half
# mistake: repairs nan of the ratio with nan_to_num: 0 at +1000
# rule: "It also has to hold for large inputs"
def sigmoid(x):
    return np.nan_to_num(np.exp(x) / (1 + np.exp(x)))

# %% wrong: normalised_over_row
# mistake: softmax-like, divides by the sum
# rule: "The sigmoid of each number of x."
def sigmoid(x):
    e = np.exp(-x)
    return 1 / (1 + e.sum())

# %% wrong: torch_tensor
# mistake: calls torch and returns a tensor
# rule: "Use NumPy only."
def sigmoid(x):
    import torch

    return torch.sigmoid(torch.tensor(x))

# %% wrong: scipy_expit
# mistake: calls scipy (the values are the same; only the rule is broken)
# rule: "Use NumPy only."
def sigmoid(x):
    from scipy.special import expit

    return expit(x)

# %% wrong: zero_at_zero
# mistake: np.sign-like treatment, boundary 0 gives 0 since both masks are strict
# rule: "The sigmoid of each number of x."
def sigmoid(x):
    out = np.zeros_like(x)
    out[x > 0] = 1 / (1 + np.exp(-x[x > 0]))
    out[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return out
