# exercise: mlp_forward

# %% right: plain
# style: enumerate, one test for the last layer
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% right: split_last
# style: all but the last in the loop, last layer apart with star unpacking
def mlp_forward(x, parameters):
    *caches, (W_fin, b_fin) = parameters
    entrees = [x]
    for W, b in caches:
        entrees.append(np.tanh(entrees[-1] @ W + b))
    return entrees[-1] @ W_fin + b_fin, entrees

# %% right: recursive
# style: recursion over the layers
def mlp_forward(x, parameters):
    W, b = parameters[0]
    z = np.dot(x, W) + b
    if len(parameters) == 1:
        return z, [x]
    scores, rest = mlp_forward(np.tanh(z), parameters[1:])
    return scores, [x] + rest

# %% right: tanh_before_each_layer_but_first
# style: applies tanh at the entry of each layer but the first; einsum; tanh by exp-free formula
def mlp_forward(x, parameters):
    kept, z = [], None
    for W, b in parameters:
        h = x if z is None else np.tanh(z)
        kept += [h]
        z = np.einsum("bd,dh->bh", h, W) + b[np.newaxis, :]
    return z, kept

# %% right: preallocated_list
# style: list of None filled by index, copy of x, matmul, list as the return value
def mlp_forward(x, parameters):
    L = len(parameters)
    inputs = [None] * L
    h = np.array(x, dtype=np.float64)
    for i in range(L):
        inputs[i] = h
        W = parameters[i][0]
        b = parameters[i][1]
        z = np.matmul(h, W)
        z += b
        h = np.tanh(z) if i + 1 != L else z
    return (h, inputs)

# %% right: column_convention
# style: works with columns and transposes back, as the lecture
def mlp_forward(x, parameters):
    def couche(h, W, b):
        return (W.T @ h.T + b.reshape(-1, 1)).T

    kept = [x]
    for W, b in parameters[:-1]:
        kept.append(np.tanh(couche(kept[-1], W, b)))
    return couche(kept[-1], *parameters[-1]), kept

# %% wrong: tanh_everywhere
# mistake: tanh after the last layer too
# rule: "after each layer **but the last** comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters):
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: no_tanh
# mistake: no activation
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = z
        else:
            h = z
    return h, kept

# %% wrong: last_two_without
# mistake: off by one: no tanh after the last but one layer
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 2:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: tanh_only_first
# mistake: tanh after the first layer only
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer == 0 and len(parameters) > 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: keeps_scores_too
# mistake: L + 1 arrays
# rule: "a list of L arrays: the input of each layer, x first"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    kept.append(h)
    return h, kept

# %% wrong: keeps_outputs
# mistake: keeps the output of each layer
# rule: "the input of each layer, x first"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
        kept.append(h)
    return h, kept

# %% wrong: keeps_sums
# mistake: keeps z
# rule: "So one array per layer is enough: its input."
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        z = h @ W + b
        kept.append(z)
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: x_missing
# mistake: only the hidden values are kept
# rule: "x first"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        if layer > 0:
            kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: last_first
# mistake: the list is reversed
# rule: "x first"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept[::-1]

# %% wrong: kept_tuple
# mistake: a tuple, not a list
# rule: "Returns the scores (B, K) and a list of L arrays"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, tuple(kept)

# %% wrong: scores_only
# mistake: kept is not returned
# rule: "Returns the scores (B, K) and a list"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h

# %% wrong: order_of_results
# mistake: kept first
# rule: "Returns the scores (B, K) and a list"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return kept, h

# %% wrong: slide_order
# mistake: W h as on the slide, works only with B = D = H
# rule: "each layer computes z = h W + b"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = W @ h + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: no_bias
# mistake: bias forgotten
# rule: "each layer computes z = h W + b"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: bias_column
# mistake: bias as a column: added per example
# rule: "b (H,), z = x W + b"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b[:, None]
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: sigmoid
# mistake: sigmoid instead of tanh
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = 1 / (1 + np.exp(-z))
        else:
            h = z
    return h, kept

# %% wrong: relu
# mistake: ReLU instead of tanh
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.maximum(z, 0)
        else:
            h = z
    return h, kept

# %% wrong: tanh_by_exp
# mistake: tanh by exponentials overflows for large sums: nan
# rule: "after each layer but the last comes tanh" (any inputs)
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        else:
            h = z
    return h, kept

# %% wrong: tanh_before_bias
# mistake: tanh(h W) + b
# rule: "z = h W + b", then tanh
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(h @ W) + b
        else:
            h = z
    return h, kept

# %% wrong: tanh_of_x
# mistake: tanh of the inputs, too
# rule: "with h = x for the first one"
def mlp_forward(x, parameters):
    kept = []
    h = np.tanh(x)
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: two_layers_only
# mistake: written for two layers
# rule: "parameters: list of L pairs"
def mlp_forward(x, parameters):
    (W1, b1), (W2, b2) = parameters
    h = np.tanh(x @ W1 + b1)
    return h @ W2 + b2, [x, h]

# %% wrong: first_and_last
# mistake: only first and last layer are used
# rule: "parameters: list of L pairs"
def mlp_forward(x, parameters):
    W1, b1 = parameters[0]
    W2, b2 = parameters[-1]
    h = np.tanh(x @ W1 + b1)
    return h @ W2 + b2, [x, h]

# %% wrong: last_by_width
# mistake: finds the last layer by its width K: hidden layers of the same width get no tanh
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if W.shape[1] != parameters[-1][0].shape[1]:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: last_by_identity
# mistake: finds the last layer by `is`: fails if one weight matrix is used in two layers
# rule: "after each layer but the last comes tanh"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if W is not parameters[-1][0]:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: x_in_place
# mistake: normalises x in place
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_forward(x, parameters):
    kept = []
    x -= x.mean(axis=0)
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: pops_parameters
# mistake: takes the pairs out of the list
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_forward(x, parameters):
    kept = []
    h = x
    while parameters:
        W, b = parameters.pop(0)
        kept.append(h)
        h = h @ W + b
        if parameters:
            h = np.tanh(h)
    return h, kept

# %% wrong: kept_over_calls
# mistake: the list is a default argument and grows over the calls
# rule: "a list of L arrays"
def mlp_forward(x, parameters, kept=[]):
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: softmax_at_end
# mistake: softmax of the scores
# rule: "Returns the scores (B, K)"
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    h = np.exp(h - h.max(axis=1, keepdims=True))
    return h / h.sum(axis=1, keepdims=True), kept

# %% wrong: float32
# mistake: float32
# rule: "NumPy only, float64."
def mlp_forward(x, parameters):
    kept = []
    h = x.astype(np.float32)
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept

# %% wrong: in_place_tanh_of_bias
# mistake: z is added into b: changes the biases for one example
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_forward(x, parameters):
    kept = []
    h = x
    for layer, (W, b) in enumerate(parameters):
        kept.append(h)
        if len(h) == 1:
            b += (h @ W)[0]
            z = b[None, :]
        else:
            z = h @ W + b
        if layer < len(parameters) - 1:
            h = np.tanh(z)
        else:
            h = z
    return h, kept
