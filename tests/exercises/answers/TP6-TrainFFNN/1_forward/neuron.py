# exercise: neuron

# %% right: dot_product
# style: one line with @
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))

# %% right: loop_over_inputs
# style: Python loop, accumulates the sum, French names
def neuron(x, w, b):
    somme = b
    for entree, poids in zip(x, w):
        somme = somme + entree * poids
    return 1.0 / (1.0 + np.exp(-somme))

# %% right: index_loop_starting_from_zero
# style: range(len), bias added at the end
def neuron(x, w, b):
    z = x[0] * w[0]
    for i in range(1, len(x)):
        z += x[i] * w[i]
    z = z + b
    y = (1 + np.exp(-z)) ** -1
    return y

# %% right: local_stable_sigmoid
# style: local helper with two branches for the sign
def neuron(x, w, b):
    def sigma(z):
        if z >= 0:
            return 1 / (1 + np.exp(-z))
        e = np.exp(z)
        return e / (1 + e)

    return sigma(np.sum(x * w) + b)

# %% right: tanh_identity
# style: different but equal algebra
def neuron(x, w, b):
    z = np.dot(w, x) + b
    return 0.5 * (np.tanh(z / 2) + 1)

# %% right: lambda_einsum
# style: lambda bound to the name, einsum
neuron = lambda x, w, b: 1 / (1 + np.exp(-np.einsum("d,d->", x, w) - b))

# %% right: logaddexp
# style: exp of minus logaddexp
def neuron(x, w, b):
    z = np.inner(x, w) + b
    return np.exp(-np.logaddexp(0, -z))

# %% right: float_at_the_end
# style: converts the result to a Python float ("Returns a number"); doubtful only if the dtype rule is taken to hold for a plain number
def neuron(x, w, b):
    return float(1 / (1 + np.exp(-(np.dot(x, w) + b))))

# %% wrong: no_activation
# mistake: stops at the weighted sum
# rule: "Returns a number between 0 and 1."
def neuron(x, w, b):
    return x @ w + b

# %% wrong: no_bias
# mistake: forgets the bias
# rule: "weighs its D inputs, adds a bias"
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(x @ w)))

# %% wrong: missing_minus
# mistake: exp(z) instead of exp(-z)
# rule: "1 / (1 + e^{-z})"
def neuron(x, w, b):
    z = x @ w + b
    return 1 / (1 + np.exp(z))

# %% wrong: slide_formula
# mistake: 1 - exp as on the slide
# rule: "1 / (1 + e^{-z})"
def neuron(x, w, b):
    z = x @ w + b
    return 1 / (1 - np.exp(-z))

# %% wrong: no_sum
# mistake: elementwise product, returns D outputs
# rule: "The output of one sigmoid unit. ... Returns a number"
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(x * w + b)))

# %% wrong: bias_per_input
# mistake: the bias is added inside the sum, D times
# rule: "z = x_1 w_1 + ... + x_D w_D + b"
def neuron(x, w, b):
    z = np.sum(x * w + b)
    return 1 / (1 + np.exp(-z))

# %% wrong: only_two_inputs
# mistake: overfits to the example of two bits
# rule: "x: inputs (D,)"
def neuron(x, w, b):
    z = x[0] * w[0] + x[1] * w[1] + b
    return 1 / (1 + np.exp(-z))

# %% wrong: last_input_forgotten
# mistake: loop stops one too early
# rule: "z = x_1 w_1 + ... + x_D w_D + b"
def neuron(x, w, b):
    z = b
    for i in range(len(x) - 1):
        z += x[i] * w[i]
    return 1 / (1 + np.exp(-z))

# %% wrong: loop_overwrites
# mistake: = instead of +=, only the last product is kept
# rule: "z = x_1 w_1 + ... + x_D w_D + b"
def neuron(x, w, b):
    for i in range(len(x)):
        z = x[i] * w[i]
    return 1 / (1 + np.exp(-(z + b)))

# %% wrong: minus_bias_sign
# mistake: the minus covers the product only, so the bias has the wrong sign
# rule: "e^{-z}" with "z = ... + b"
def neuron(x, w, b):
    return 1 / (1 + np.exp(-x @ w + b))

# %% wrong: precedence
# mistake: missing parentheses, 1/1 + exp(-z)
# rule: "1 / (1 + e^{-z})"
def neuron(x, w, b):
    z = x @ w + b
    return 1 / 1 + np.exp(-z)

# %% wrong: sum_of_inputs_times_sum_of_weights
# mistake: sums before multiplying
# rule: "z = x_1 w_1 + ... + x_D w_D + b"
def neuron(x, w, b):
    z = x.sum() * w.sum() + b
    return 1 / (1 + np.exp(-z))

# %% wrong: mean_instead_of_sum
# mistake: averages the products
# rule: "z = x_1 w_1 + ... + x_D w_D + b"
def neuron(x, w, b):
    z = np.mean(x * w) + b
    return 1 / (1 + np.exp(-z))

# %% wrong: threshold_answer
# mistake: rounds to 0 or 1 since the unit "computes and"
# rule: "y = 1 / (1 + e^{-z})"
def neuron(x, w, b):
    z = x @ w + b
    return np.round(1 / (1 + np.exp(-z)))

# %% wrong: weights_changed_in_place
# mistake: w *= x changes the caller's weights
# rule: "Do not change the arrays that you are given: compute new ones."
def neuron(x, w, b):
    w *= x
    return 1 / (1 + np.exp(-(w.sum() + b)))

# %% wrong: exp_over_one_plus_exp
# mistake: e^z / (1 + e^z) is nan for a large sum
# rule: "The sum z can be any number. The output y lies between 0 and 1."
def neuron(x, w, b):
    e = np.exp(x @ w + b)
    return e / (1 + e)

# %% wrong: math_exp_overflows
# mistake: math.exp raises OverflowError for a very negative sum
# rule: "The sum z can be any number."
import math

def neuron(x, w, b):
    z = sum(float(xi) * float(wi) for xi, wi in zip(x, w)) + b
    return 1 / (1 + math.exp(-z))

# %% wrong: one_element_array
# mistake: puts the row in a batch and returns an array of shape (1,)
# rule: "Returns a number between 0 and 1."
def neuron(x, w, b):
    z = x.reshape(1, -1) @ w + b
    return 1 / (1 + np.exp(-z))

# %% wrong: clipped_sum
# mistake: clips z to [-5, 5] against overflow
# rule: "y = 1 / (1 + e^{-z})"
def neuron(x, w, b):
    z = np.clip(x @ w + b, -5, 5)
    return 1 / (1 + np.exp(-z))
