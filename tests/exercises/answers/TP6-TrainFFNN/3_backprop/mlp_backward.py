# exercise: mlp_backward

# %% right: plain
# style: loop downwards, list turned round at the end
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% right: insert_first
# style: zip of reversed lists, insert(0)
def mlp_backward(G, parameters, kept):
    gradients = []
    d = G
    for (W, _), h in zip(reversed(parameters), reversed(kept)):
        gradients.insert(0, (np.dot(h.T, d), np.sum(d, axis=0)))
        d = np.dot(d, W.T) * (1.0 - h * h)
    return gradients

# %% right: recursive_einsum
# style: recursion from the last layer, einsum
def mlp_backward(G, parameters, kept):
    if not parameters:
        return []
    W, b = parameters[-1]
    h = kept[-1]
    dW = np.einsum("bd,bh->dh", h, G)
    db = np.einsum("bh->h", G)
    dessous = np.einsum("bh,dh->bd", G, W) * (1 + h) * (1 - h)
    return mlp_backward(dessous, parameters[:-1], kept[:-1]) + [(dW, db)]

# %% right: per_example
# style: sums over the examples one by one with outer products
def mlp_backward(G, parameters, kept):
    dWs = [np.zeros(W.shape) for W, b in parameters]
    dbs = [np.zeros(b.shape) for W, b in parameters]
    for i in range(len(G)):
        delta = G[i]
        for l in reversed(range(len(parameters))):
            dWs[l] += np.outer(kept[l][i], delta)
            dbs[l] += delta
            if l > 0:
                delta = (parameters[l][0] @ delta) * (1 - kept[l][i] ** 2)
    return list(zip(dWs, dbs))

# %% right: deltas_first
# style: computes all deltas first, then all gradients; dictionary; ones vector for the sum
def mlp_backward(G, parameters, kept):
    L = len(parameters)
    deltas = {L - 1: np.asarray(G)}
    for l in range(L - 1, 0, -1):
        pente = 1 - np.square(kept[l])
        deltas[l - 1] = np.multiply(deltas[l] @ np.transpose(parameters[l][0]), pente)
    ones = np.ones(len(G))
    return [(kept[l].T @ deltas[l], ones @ deltas[l]) for l in range(L)]

# %% right: preallocated
# style: list of None, own copy of delta changed in place
def mlp_backward(G, parameters, kept):
    nombre = len(parameters)
    resultat = [None] * nombre
    delta = G.copy()
    l = nombre - 1
    while l >= 0:
        entree = kept[l]
        resultat[l] = (entree.T.dot(delta), delta.sum(0))
        delta = delta.dot(parameters[l][0].T)
        delta *= 1 - entree**2
        l -= 1
    return resultat

# %% wrong: no_slope
# mistake: slope of tanh forgotten
# rule: "(delta W^T) * g'(z)"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T)
    return grads[::-1]

# %% wrong: sum_over_columns
# mistake: bias gradient sums over the wrong axis
# rule: "gradient of the bias: sum of the rows of delta"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=1)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: bias_mean
# mistake: mean of the rows
# rule: "If the loss is a mean, G holds the 1/B already: no more division."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.mean(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: divides_by_B
# mistake: divides both gradients by B
# rule: "G holds the 1/B already: no more division."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta / len(G)
        db = delta.sum(axis=0) / len(G)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: last_to_first
# mistake: list from the last to the first layer
# rule: "in the order of `parameters`"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads

# %% wrong: transposed_weights_gradient
# mistake: delta^T h: shape (H, D)
# rule: "with the same shapes"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = delta.T @ h
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: transposed_product_forgotten
# mistake: W instead of W^T: works only for square matrices
# rule: "gradient sent to the layer below: delta W^T"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W) * (1 - h**2)
    return grads[::-1]

# %% wrong: square_confusion
# mistake: uses W for square matrices, W^T otherwise (tries which one fits)
# rule: "gradient sent to the layer below: delta W^T"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ (W if W.shape[0] == W.shape[1] else W.T)) * (1 - h**2)
    return grads[::-1]

# %% wrong: slope_of_tanh_again
# mistake: 1 - tanh(h)^2, although h is the tanh already
# rule: "tanh'(z) = 1 - tanh(z)^2 = 1 - h^2"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - np.tanh(h) ** 2)
    return grads[::-1]

# %% wrong: sigmoid_slope
# mistake: h (1 - h)
# rule: "tanh'(z) = 1 - h^2"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (h * (1 - h))
    return grads[::-1]

# %% wrong: one_minus_h
# mistake: 1 - h, square forgotten
# rule: "1 - h^2"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h)
    return grads[::-1]

# %% wrong: slope_at_top
# mistake: slope also for the last layer, with its scores
# rule: "Start with delta = G, since after the last layer there is no activation function."
def mlp_backward(G, parameters, kept):
    scores = kept[-1] @ parameters[-1][0] + parameters[-1][1]
    delta = G * (1 - np.tanh(scores) ** 2)
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: slope_of_wrong_layer
# mistake: slope from the input of the layer below
# rule: "delta of the layer below: (delta W^T) * g'(z)" where h is the input of this layer
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        if layer > 0:
            below = kept[layer - 1] @ parameters[layer - 1][0]
            delta = (delta @ W.T) * (1 - np.tanh(below) ** 2)
    return grads[::-1]

# %% wrong: G_in_place
# mistake: changes G in the loop (square layers) or at the start
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    G *= 1.0 / 1.0
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        if delta.shape == h.shape:
            delta[:] = (delta @ W.T) * (1 - h**2)
        else:
            delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: pops_kept
# mistake: empties the list kept
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept.pop()
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: pops_parameters
# mistake: reverses the list parameters in place
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    parameters.reverse()
    kept = kept[::-1]
    grads = []
    delta = G
    for (W, b), h in zip(parameters, kept):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: kept_in_place
# mistake: h **= 2 changes the kept arrays (and x)
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        h **= 2
        delta = (delta @ W.T) * (1 - h)
    return grads[::-1]

# %% wrong: keepdims
# mistake: bias gradient of shape (1, H)
# rule: "with the same shapes"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0, keepdims=True)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: bias_is_delta
# mistake: db = delta, as for one example
# rule: "sum of the rows of delta"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: first_example_bias
# mistake: delta of the first example only
# rule: "sum of the rows of delta"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta[0]
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: iterator
# mistake: returns reversed(...), not a list
# rule: "Returns a list of L pairs"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return reversed(grads)

# %% wrong: two_layers
# mistake: written for two layers
# rule: "a list of L pairs"
def mlp_backward(G, parameters, kept):
    (W1, b1), (W2, b2) = parameters
    x, h = kept
    d = (G @ W2.T) * (1 - h**2)
    return [(x.T @ d, d.sum(axis=0)), (h.T @ G, G.sum(axis=0))]

# %% wrong: delta_not_passed
# mistake: always uses G W^T of the last layer for the deltas of all lower layers (two-layer thinking)
# rule: "from the last layer to the first: ... the delta of the layer below"
def mlp_backward(G, parameters, kept):
    L = len(parameters)
    grads = [(kept[-1].T @ G, G.sum(axis=0))]
    delta = (G @ parameters[-1][0].T) * (1 - kept[-1] ** 2)
    for l in range(L - 2, -1, -1):
        grads.insert(0, (kept[l].T @ delta, delta.sum(axis=0)))
        if l > 0:
            delta = delta @ parameters[l][0].T
    return grads

# %% wrong: updated_weights
# mistake: makes an update of W before delta goes down
# rule: "the delta of the layer below is computed before W changes"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        W = W - 0.1 * dW
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: updates_in_place
# mistake: updates the parameters of the caller
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
        W -= 0.1 * dW
        b -= 0.1 * db
    return grads[::-1]

# %% wrong: last_layer_missed
# mistake: starts one layer too low
# rule: "Then, from the last layer to the first"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 2, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: first_layer_missed
# mistake: stops before the first layer
# rule: "from the last layer to the first"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, 0, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: slope_on_h
# mistake: multiplies the weights gradient by the slope too
# rule: "gradient of the weights: h^T delta"
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = (h * (1 - h**2)).T @ delta
        db = delta.sum(axis=0)
        grads.append((dW, db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% wrong: sign
# mistake: negative gradients (as if for the update)
# rule: "The gradients of all parameters."
def mlp_backward(G, parameters, kept):
    delta = G
    grads = []
    for layer in range(len(parameters) - 1, -1, -1):
        W, b = parameters[layer]
        h = kept[layer]
        dW = h.T @ delta
        db = delta.sum(axis=0)
        grads.append((-dW, -db))
        delta = (delta @ W.T) * (1 - h**2)
    return grads[::-1]

# %% right: reversed_zip
# style: reversed list of pairs, reversed at the end
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads[::-1]

# %% right: indices
# style: indices from the last to the first, guarded slope
def mlp_backward(G, parameters, kept):
    L = len(parameters)
    grads = [None] * L
    delta = G
    for l in range(L - 1, -1, -1):
        W, _ = parameters[l]
        grads[l] = (np.dot(kept[l].T, delta), np.sum(delta, axis=0))
        if l > 0:
            delta = np.dot(delta, W.T) * (1 - kept[l] * kept[l])
    return grads

# %% right: recursion
# style: recursion over the layers
def mlp_backward(G, parameters, kept):
    if not parameters:
        return []
    W, h = parameters[-1][0], kept[-1]
    derniere = (np.einsum("bd,bh->dh", h, G), np.einsum("bh->h", G))
    dessous = np.einsum("bh,dh->bd", G, W) * (1 - h) * (1 + h)
    return mlp_backward(dessous, parameters[:-1], kept[:-1]) + [derniere]

# %% right: deltas_first_again
# style: all deltas first, then the gradients, bias by ones @ delta
def mlp_backward(G, parameters, kept):
    deltas = [G]
    for k in range(len(parameters) - 1, 0, -1):
        back = deltas[0] @ parameters[k][0].T
        deltas.insert(0, back - back * kept[k] ** 2)
    un = np.ones(len(G))
    return [(h.T @ d, un @ d) for h, d in zip(kept, deltas)]

# %% wrong: no_slope_again
# mistake: the slope of tanh is left out
# rule: "δ of the layer below: (δ W^T) ⊙ g'(z)"
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
    return grads[::-1]

# %% wrong: not_reversed
# mistake: list from the last to the first layer
# rule: "a list of L pairs (dW, db) in the order of `parameters`"
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads

# %% wrong: bias_mean_again
# mistake: mean of the rows for the bias
# rule: "gradient of the bias: sum of the rows of δ"
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.mean(axis=0)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads[::-1]

# %% wrong: divided_again
# mistake: divides by B once more
# rule: "G holds the 1/B already: no more division"
def mlp_backward(G, parameters, kept):
    delta, grads = G / len(G), []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads[::-1]

# %% wrong: tanh_of_h
# mistake: 1 - tanh(h)^2 instead of 1 - h^2
# rule: "tanh'(z) = 1 - tanh(z)^2 = 1 - h^2"
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - np.tanh(h) ** 2)
    return grads[::-1]

# %% wrong: keepdims_bias
# mistake: db has shape (1, H)
# rule: "with the same shapes" (b: (H,))
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for (W, b), h in zip(reversed(parameters), reversed(kept)):
        grads.append((h.T @ delta, delta.sum(axis=0, keepdims=True)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads[::-1]

# %% wrong: slope_of_last_input_only
# mistake: the slope of tanh is used only below the last layer, so right for one or two layers
# rule: "from the last layer to the first: the two gradients of the layer, and the δ of the layer below" ("(δ W^T) ⊙ g'(z)")
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    for k in range(len(parameters) - 1, -1, -1):
        W, h = parameters[k][0], kept[k]
        grads.insert(0, (h.T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T
        if k == len(parameters) - 1:
            delta = delta * (1 - h ** 2)
    return grads

# %% wrong: pops_kept_again
# mistake: kept.pop() empties the list given
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def mlp_backward(G, parameters, kept):
    delta, grads = G, []
    while kept:
        h = kept.pop()
        W = parameters[len(kept)][0]
        grads.insert(0, (h.T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - h ** 2)
    return grads
