# exercise: layer_gradient_norms

# %% right: lists_and_insert
# style: list of activations, insert at the front on the way back
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    p = softmax(hs[-1] @ weights[-1] + biases[-1])
    B = len(y)
    p[np.arange(B), y] -= 1
    delta = p / B
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% right: one_hot_reverse
# style: one-hot matrix, append and [::-1], norm by hand, float
def layer_gradient_norms(x, y, weights, biases):
    L = len(weights)
    h = x
    activations = []
    for l in range(L):
        z = h @ weights[l] + biases[l]
        if l < L - 1:
            h = 1 / (1 + np.exp(-z))
            activations.append(h)
    e = np.exp(z - z.max(axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    une = np.eye(p.shape[1])[y]
    delta = (p - une) / x.shape[0]
    normes = []
    for l in reversed(range(L)):
        db = delta.sum(0)
        normes.append(float(np.sqrt(np.sum(db**2))))
        if l > 0:
            h = activations[l - 1]
            delta = (delta @ weights[l].T) * h * (1 - h)
    return normes[::-1]

# %% right: recursion
# style: a recursive local function that returns delta and the norms behind it
def layer_gradient_norms(x, y, weights, biases):
    n = len(x)

    def descend(h, l):
        """Gradient with respect to h, and the norms of the layers from l on."""
        z = h @ weights[l] + biases[l]
        if l == len(weights) - 1:
            e = np.exp(z - np.max(z, axis=1, keepdims=True))
            delta = e / np.sum(e, axis=1, keepdims=True)
            delta[range(n), y] -= 1
            delta /= n
            norms = []
        else:
            s = 1 / (1 + np.exp(-z))
            dh, norms = descend(s, l + 1)
            delta = dh * s * (1 - s)
        return delta @ weights[l].T, [np.linalg.norm(delta.sum(axis=0))] + norms

    return descend(x, 0)[1]

# %% right: preallocated
# style: preallocated list, derivative from z by a helper, np.add.at
def layer_gradient_norms(x, y, weights, biases):
    sigma = lambda z: 1 / (1 + np.exp(-z))
    dsigma = lambda z: sigma(z) * (1 - sigma(z))
    L = len(weights)
    zs, a = [], x
    for W, b in zip(weights, biases):
        zs.append(np.dot(a, W) + b)
        a = sigma(zs[-1])
    s = zs[-1] - zs[-1].max(axis=1, keepdims=True)
    p = np.exp(s)
    p /= p.sum(axis=1, keepdims=True)
    np.add.at(p, (np.arange(len(y)), y), -1.0)
    delta = p / len(y)
    result = [0.0] * L
    result[L - 1] = np.linalg.norm(np.sum(delta, axis=0))
    for l in range(L - 2, -1, -1):
        delta = np.dot(delta, weights[l + 1].T) * dsigma(zs[l])
        result[l] = np.linalg.norm(np.sum(delta, axis=0))
    return result

# %% right: example_by_example
# style: a loop over examples, bias gradients summed up, vectors only
def layer_gradient_norms(x, y, weights, biases):
    B = len(x)
    grads = [np.zeros(len(b)) for b in biases]
    for xi, yi in zip(x, y):
        hs = [xi]
        for W, b in zip(weights[:-1], biases[:-1]):
            hs.append(1 / (1 + np.exp(-(hs[-1] @ W + b))))
        scores = hs[-1] @ weights[-1] + biases[-1]
        e = np.exp(scores - scores.max())
        d = e / e.sum()
        d[yi] -= 1
        d = d / B
        for l in range(len(weights) - 1, -1, -1):
            grads[l] += d
            if l:
                d = (weights[l] @ d) * hs[l] * (1 - hs[l])
    return [np.linalg.norm(g) for g in grads]

# %% right: einsum_and_mean
# style: 1/B at the end by a mean over the batch, einsum
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    h = [x]
    for W, b in list(zip(weights, biases))[:-1]:
        h.append(sigmoid(np.einsum("bd,dh->bh", h[-1], W) + b))
    z = np.einsum("bd,dh->bh", h[-1], weights[-1]) + biases[-1]
    log_p = z - z.max(1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(1, keepdims=True))
    K = z.shape[1]
    delta = np.exp(log_p) - (y.reshape(-1, 1) == np.arange(K))
    out = []
    for W, hl in zip(weights[::-1], h[::-1]):
        m = delta.mean(axis=0)
        out.append(np.sqrt(m @ m))
        delta = np.einsum("bh,dh->bd", delta, W) * (hl - hl**2)
    out.reverse()
    return out

# %% wrong: no_batch_size
# mistake: no 1/B
# rule: "cross-entropy as a mean over the batch"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: batch_size_twice
# mistake: takes the mean of delta, which has its 1/B already
# rule: "∂L/∂b_l = Σ_i δ_{l,i}"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.mean(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.mean(axis=0)))
    return norms

# %% wrong: norm_of_delta
# mistake: norm of the whole matrix delta, not summed over the batch
# rule: "∂L/∂b_l = Σ_i δ_{l,i}"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta)]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta))
    return norms

# %% wrong: sum_over_units
# mistake: sums over axis 1: one number per example
# rule: "∂L/∂b_l = Σ_{i=1}^B δ_{l,i}"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=1))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=1)))
    return norms

# %% wrong: weights_gradient
# mistake: norm of the gradient of the weights
# rule: "the Euclidean norm of the gradient **of its biases**"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(hs[-1].T @ delta)]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(hs[l - 1].T @ delta))
    return norms

# %% wrong: squared_norm
# mistake: no root
# rule: "the Euclidean norm"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.sum(delta.sum(axis=0) ** 2)]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.sum(delta.sum(axis=0) ** 2))
    return norms

# %% wrong: l1_norm
# mistake: sum of absolute values
# rule: "the Euclidean norm"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.abs(delta.sum(axis=0)).sum()]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.abs(delta.sum(axis=0)).sum())
    return norms

# %% wrong: largest
# mistake: largest component
# rule: "the Euclidean norm"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.abs(delta.sum(axis=0)).max()]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.abs(delta.sum(axis=0)).max())
    return norms

# %% wrong: mean_norm_of_examples
# mistake: norm for each example, then the sum of the norms
# rule: "∂L/∂b_l = Σ_i δ_{l,i}, then the norm"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta, axis=1).sum()]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta, axis=1).sum())
    return norms

# %% wrong: last_to_first
# mistake: append: from the last layer to the first
# rule: "Returns a list of L numbers, from the first layer to the last."
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: no_slope
# mistake: the slope h (1 - h) is forgotten
# rule: "δ_l = (δ_{l+1} W_{l+1}^T) ∘ h_l ∘ (1 - h_l)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: tanh_slope
# mistake: 1 - h^2, the slope of tanh
# rule: "∘ h_l ∘ (1 - h_l)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * (1 - hs[l] ** 2)
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: relu_slope
# mistake: h > 0, the slope of ReLU
# rule: "∘ h_l ∘ (1 - h_l)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * (hs[l] > 0)
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: sigmoid_of_h
# mistake: sigmoid applied to h once more in the slope
# rule: "∘ h_l ∘ (1 - h_l)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * sigmoid(hs[l]) * (1 - sigmoid(hs[l]))
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: weights_not_transposed
# mistake: W instead of W.T: works (wrongly) for square layers only
# rule: "(δ_{l+1} W_{l+1}^T)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l] * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: no_one_hot
# mistake: delta is p / B, nothing is subtracted
# rule: "δ_L = 1/B (p - one-hot(y))"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: subtracts_from_whole_columns
# mistake: delta[:, y] -= 1: subtracts in all rows
# rule: "(p - one-hot(y))"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[:, y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: one_hot_of_classes_seen
# mistake: one-hot with y.max() + 1 columns: fails if the last class is not in the batch
# rule: "y: right classes (B,)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta = delta - np.eye(y.max() + 1)[y]
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: ten_classes
# mistake: one-hot of 10 classes in the code
# rule: "lists of L arrays (D, H1), (H1, H2), ... (any number of classes)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta = delta - np.eye(10)[y]
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: batches_of_ten
# mistake: B = 10, as in the notebook's train_epoch
# rule: "x: inputs (B, D)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= 10
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: softmax_over_batch
# mistake: softmax over the wrong axis
# rule: "softmax at the end (one distribution for each example)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=0, keepdims=True))
    return exps / exps.sum(axis=0, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: no_biases
# mistake: the biases are forgotten in the hidden layers' forward pass
# rule: "weights, biases: lists of L arrays"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: no_last_bias
# mistake: the bias of the last layer is forgotten
# rule: "weights, biases: lists of L arrays"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: sigmoid_before_softmax
# mistake: the scores go through the sigmoid too
# rule: "L - 1 hidden layers with sigmoid, then scores for softmax"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(sigmoid(hs[-1] @ weights[-1] + biases[-1]))
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: softmax_slope
# mistake: multiplies delta of the last layer by p (1 - p)
# rule: "δ_L = 1/B (p - one-hot(y))"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    p = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta = p.copy()
    delta[np.arange(len(y)), y] -= 1
    delta = delta * p * (1 - p) / len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: slope_of_layer_before
# mistake: h of the wrong layer in the slope (input side), for layers of equal size
# rule: "∘ h_l ∘ (1 - h_l)"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l - 1] * (1 - hs[l - 1])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: hidden_layers_only
# mistake: the last layer's norm is left out
# rule: "Returns a list of L numbers"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = []
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: changes_weights
# mistake: makes a step of descent on the way back: biases and weights change
# rule: "Do not change the arrays that you are given."
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        new = delta @ weights[l].T * hs[l] * (1 - hs[l])
        weights[l] -= 0.1 * hs[l].T @ delta
        biases[l] -= 0.1 * delta.sum(axis=0)
        delta = new
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: centres_x
# mistake: centres the inputs in place
# rule: "Do not change the arrays that you are given."
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    x -= x.mean(axis=0)
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: needs_hidden_layer
# mistake: returns early on for a network without a hidden layer: 0
# rule: "L - 1 hidden layers (L = 1: none, as in "0 to 4 hidden layers")"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    if len(weights) == 1:
        return [0.0]
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.linalg.norm(delta.sum(axis=0)))
    return norms

# %% wrong: rms_norm
# mistake: divides by the root of the number of units
# rule: "the Euclidean norm"
def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.sqrt(np.mean(delta.sum(axis=0) ** 2))]
    for l in range(len(weights) - 1, 0, -1):
        delta = delta @ weights[l].T * hs[l] * (1 - hs[l])
        norms.insert(0, np.sqrt(np.mean(delta.sum(axis=0) ** 2)))
    return norms

# %% wrong: three_layers
# mistake: written for exactly two hidden layers
# rule: "lists of L arrays"
def layer_gradient_norms(x, y, weights, biases):
    s = lambda z: 1 / (1 + np.exp(-z))
    W1, W2, W3 = weights
    b1, b2, b3 = biases
    h1 = s(x @ W1 + b1)
    h2 = s(h1 @ W2 + b2)
    e = np.exp(h2 @ W3 + b3)
    d3 = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b3))[y]) / len(y)
    d2 = d3 @ W3.T * h2 * (1 - h2)
    d1 = d2 @ W2.T * h1 * (1 - h1)
    return [np.linalg.norm(d.sum(axis=0)) for d in (d1, d2, d3)]

# %% wrong: always_last_weights
# mistake: every step back uses the weights of the last layer
# rule: "(δ_{l+1} W_{l+1}^T)"
def layer_gradient_norms(x, y, weights, biases):
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1]):
        hs.append(1 / (1 + np.exp(-(hs[-1] @ W + b))))
    z = hs[-1] @ weights[-1] + biases[-1]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    delta = (e / e.sum(axis=1, keepdims=True) - np.eye(z.shape[1])[y]) / len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    last = delta
    for h in hs[:0:-1]:
        delta = last @ weights[-1].T * h * (1 - h)
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]
