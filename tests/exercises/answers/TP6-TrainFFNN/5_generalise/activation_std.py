# exercise: activation_std

# %% right: loop
# style: plain loop
def activation_std(x, weights, g):
    h = x
    found = []
    for W in weights:
        h = g(h @ W)
        found.append(np.std(h))
    return found

# %% right: by_hand
# style: standard deviation by hand, float()
def activation_std(x, weights, g):
    resultats = []
    h = x
    for poids in weights:
        h = g(np.dot(h, poids))
        moyenne = h.mean()
        resultats.append(float(np.sqrt(np.mean((h - moyenne) ** 2))))
    return resultats

# %% right: accumulate
# style: itertools.accumulate, all activations kept
from itertools import accumulate

def activation_std(x, weights, g):
    hs = list(accumulate(weights, lambda h, W: g(h @ W), initial=x))
    return [h.std() for h in hs[1:]]

# %% right: recursion
# style: recursion over layers
def activation_std(x, weights, g):
    if len(weights) == 0:
        return []
    h = g(x @ weights[0])
    return [h.std()] + activation_std(h, weights[1:], g)

# %% right: list_of_activations
# style: list of activations, index l - 1, variance through moments
def activation_std(x, weights, g):
    hs = [x]
    for l in range(1, len(weights) + 1):
        hs.append(g(np.einsum("bd,dh->bh", hs[l - 1], weights[l - 1])))
    return [np.sqrt(np.var(h.ravel())) for h in hs[1:]]

# %% right: assignment_expression
# style: comprehension with :=
def activation_std(x, weights, g):
    h = x
    return [np.std(h := g(h @ W), ddof=0).item() for W in weights]

# %% right: generator_function
# style: local generator
def activation_std(x, weights, g):
    def layers():
        h = np.array(x)
        for W in weights:
            z = np.matmul(h, W)
            h = g(z)
            yield h
    return list(map(np.std, layers()))

# %% wrong: ddof_one
# mistake: ddof=1
# rule: "as `np.std` computes it"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(np.std(h, ddof=1))
    return found

# %% wrong: mean_of_unit_stds
# mistake: standard deviation of each unit, then the mean of these
# rule: "the standard deviation of **all** its activations, over examples and units together"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(np.std(h, axis=0).mean())
    return found

# %% wrong: mean_of_example_stds
# mistake: standard deviation of each example, then the mean
# rule: "over examples and units together"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(h.std(axis=1).mean())
    return found

# %% wrong: arrays_per_unit
# mistake: one array a layer
# rule: "Returns a list of L numbers."
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(h.std(axis=0))
    return found

# %% wrong: input_included
# mistake: the inputs are in the list too
# rule: "Returns a list of L numbers."
def activation_std(x, weights, g):
    h, found = x, [x.std()]
    for W in weights:
        h = g(h @ W)
        found.append(h.std())
    return found

# %% wrong: input_instead_of_last
# mistake: measures before the layer: x first, the last layer missing
# rule: "note for each layer the standard deviation of all its activations"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        found.append(h.std())
        h = g(h @ W)
    return found

# %% wrong: before_activation
# mistake: measures the weighted sums
# rule: "standard deviation of all its activations"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        z = h @ W
        found.append(z.std())
        h = g(z)
    return found

# %% wrong: sums_passed_on
# mistake: g is applied for the measurement only, the next layer gets z
# rule: "h_l = g(h_{l-1} W_l)"
def activation_std(x, weights, g):
    z, found = x, []
    for W in weights:
        z = z @ W
        found.append(g(z).std())
    return found

# %% wrong: always_x
# mistake: every layer gets x
# rule: "h_l = g(h_{l-1} W_l) with h_0 = x"
def activation_std(x, weights, g):
    found = []
    for W in weights:
        h = g(x @ W)
        found.append(h.std())
    return found

# %% wrong: last_layer_linear
# mistake: no activation in the last layer, as in a network with scores
# rule: "h_l = g(h_{l-1} W_l)" for each layer
def activation_std(x, weights, g):
    h, found = x, []
    for i, W in enumerate(weights):
        h = h @ W
        if i < len(weights) - 1:
            h = g(h)
        found.append(h.std())
    return found

# %% wrong: g_before
# mistake: g on the input of the layer
# rule: "h_l = g(h_{l-1} W_l)"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h) @ W
        found.append(h.std())
    return found

# %% wrong: tanh_always
# mistake: np.tanh instead of g
# rule: "g: activation function, of arrays"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = np.tanh(h @ W)
        found.append(h.std())
    return found

# %% wrong: variance
# mistake: variance
# rule: "the standard deviation"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(h.var())
    return found

# %% wrong: not_centred
# mistake: root mean square, the mean is not subtracted (right for tanh by symmetry, nearly)
# rule: "as `np.std` computes it"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(np.sqrt(np.mean(h**2)))
    return found

# %% wrong: only_last
# mistake: returns the last layer's number only
# rule: "Returns a list of L numbers."
def activation_std(x, weights, g):
    h = x
    for W in weights:
        h = g(h @ W)
    return [h.std()]

# %% wrong: first_example
# mistake: the first example only
# rule: "over examples and units together"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(h[0].std())
    return found

# %% wrong: reversed
# mistake: insert(0, ...): last layer first
# rule: "for each layer" a list of L numbers in the order of weights
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.insert(0, h.std())
    return found

# %% wrong: normalised_on_the_way
# mistake: divides the activations by their std before passing them on
# rule: "h_l = g(h_{l-1} W_l)"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        s = h.std()
        found.append(s)
        if s > 0:
            h = h / s
    return found

# %% wrong: std_of_weights
# mistake: measures the weights
# rule: "standard deviation of all its activations"
def activation_std(x, weights, g):
    return [W.std() for W in weights]

# %% wrong: elementwise_product_of_weights
# mistake: multiplies the transposed weights (PyTorch's habit): only for square matrices, and wrong there
# rule: "h_l = g(h_{l-1} W_l)"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W.T)
        found.append(h.std())
    return found

# %% wrong: g_twice
# mistake: g applied once more before the measurement
# rule: "h_l = g(h_{l-1} W_l)"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(g(h).std())
    return found

# %% wrong: rounded
# mistake: rounded to two decimals
# rule: "the standard deviation ... as `np.std` computes it"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(round(float(h.std()), 2))
    return found

# %% wrong: skips_dead_units
# mistake: zeros (of ReLU) are left out of the measurement
# rule: "of **all** its activations"
def activation_std(x, weights, g):
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        alive = h[h != 0]
        found.append(alive.std() if alive.size else 0.0)
    return found

# %% wrong: centres_x_in_place
# mistake: centres the given batch in place first
# rule: "Do not change the arrays that you are given."  "h_0 = x"
def activation_std(x, weights, g):
    x -= x.mean(axis=0)
    h, found = x, []
    for W in weights:
        h = g(h @ W)
        found.append(h.std())
    return found
