# exercise: train_two_layer

# %% right: plain
# style: copies at the start, then in place
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% right: new_arrays
# style: new arrays each step, float losses, local sigmoid function
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    def sigma(z):
        return 1.0 / (1.0 + np.exp(-z))

    pertes = []
    for etape in range(steps):
        h = sigma(np.dot(x, W1))
        ecart = np.dot(h, W2) - y
        pertes.append(float(np.sum(ecart**2)))
        delta = np.dot(2 * ecart, W2.T) * h * (1 - h)
        W1, W2 = W1 - learning_rate * np.dot(x.T, delta), W2 - learning_rate * np.dot(h.T, 2 * ecart)
    return W1, W2, pertes

# %% right: tanh_sigmoid
# style: stable sigmoid by tanh, einsum, losses in a preallocated list
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    a, b = np.array(W1, dtype=float), np.array(W2, dtype=float)
    losses = [0.0] * steps
    for t in range(steps):
        h = 0.5 * (1 + np.tanh(0.5 * np.einsum("bd,dh->bh", x, a)))
        e = np.einsum("bh,hk->bk", h, b) - y
        losses[t] = np.einsum("bk,bk->", e, e)
        grad_b = 2 * np.einsum("bh,bk->hk", h, e)
        grad_a = 2 * np.einsum("bd,bk,hk,bh->dh", x, e, b, h * (1 - h))
        b = b - learning_rate * grad_b
        a = a - learning_rate * grad_a
    return a, b, losses

# %% right: while_helper
# style: while loop, helper function that returns loss and gradients
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    def loss_and_gradients(V1, V2):
        h = 1 / (1 + np.exp(-x @ V1))
        residual = h @ V2 - y
        g2 = h.T @ (2 * residual)
        delta = 2 * residual @ V2.T * (h - h**2)
        return np.linalg.norm(residual) ** 2, x.T @ delta, g2

    losses, k = [], 0
    new1, new2 = W1, W2
    while k < steps:
        loss, g1, g2 = loss_and_gradients(new1, new2)
        losses.append(loss)
        new1 = new1 - learning_rate * g1
        new2 = new2 - learning_rate * g2
        k += 1
    return new1, new2, losses

# %% right: recursive
# style: a generator of states, collected at the end
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    def etats():
        A, B = W1 + 0.0, W2 + 0.0
        for _ in range(steps):
            h = np.reciprocal(1 + np.exp(-(x @ A)))
            r = h @ B - y
            perte = sum(float(v) ** 2 for v in r.flat)
            gA = x.T @ (((2 * r) @ B.T) * (h * (1 - h)))
            gB = h.T @ (2 * r)
            A, B = A - learning_rate * gA, B - learning_rate * gB
            yield A, B, perte

    A, B, pertes = W1.copy(), W2.copy(), []
    for A, B, perte in etats():
        pertes.append(perte)
    return A, B, pertes

# %% wrong: in_place
# mistake: W1 -= on the arrays of the caller
# rule: "Leave the given arrays as they are."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: only_W1_copied
# mistake: W2 of the caller is changed
# rule: "Leave the given arrays as they are."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1 = W1.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: asarray_is_no_copy
# mistake: np.asarray and [:] make no copy
# rule: "Leave the given arrays as they are."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = np.asarray(W1), W2[:]
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: mean_loss
# mistake: mean instead of sum (loss and gradient)
# rule: "as the loss the **sum** of all squared errors"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).mean())
        G = 2 * (y_hat - y) / y.size
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: mean_loss_only_listed
# mistake: the listed losses are means
# rule: "the **sum** of all squared errors"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).mean())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: per_example_mean
# mistake: divides the gradient by B
# rule: "L = sum of (y_hat - y)^2", "G = 2 (y_hat - y)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y) / len(x)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: factor_two
# mistake: forgets the factor 2
# rule: "G = 2 (y_hat - y)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = y_hat - y
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: half_loss
# mistake: lists half of the sum
# rule: "L = sum of (y_hat - y)^2"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(0.5 * ((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: W2_first
# mistake: W2 is updated before the gradient of W1 is computed
# rule: "the delta of the layer below is computed before W changes. All gradients belong to the same point."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        W2 -= learning_rate * dW2
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
    return W1, W2, losses

# %% wrong: losses_after
# mistake: losses after each step
# rule: "The losses are those before each step."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
        losses.append(((1 / (1 + np.exp(-(x @ W1))) @ W2 - y) ** 2).sum())
    return W1, W2, losses

# %% wrong: one_loss_more
# mistake: adds the loss after the last step
# rule: "the list of the losses before each update"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    losses.append(((1 / (1 + np.exp(-(x @ W1))) @ W2 - y) ** 2).sum())
    return W1, W2, losses

# %% wrong: last_loss_only
# mistake: only the last loss, a number
# rule: "the list of the losses before each update"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses[-1] if losses else 0.0

# %% wrong: no_sigmoid_slope
# mistake: slope of the sigmoid forgotten
# rule: "sigma'(z) = h (1 - h)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: tanh_slope
# mistake: slope 1 - h^2 of tanh
# rule: "sigma'(z) = h (1 - h)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * (1 - h**2))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: tanh_layer
# mistake: tanh between the layers
# rule: "a sigmoid between the layers"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = np.tanh(x @ W1)
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * (1 - h**2))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: slope_of_h_twice
# mistake: derivative evaluated as sigmoid(h)(1 - sigmoid(h))
# rule: "sigma'(z) = h (1 - h)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * (1 / (1 + np.exp(-h))) * (1 - 1 / (1 + np.exp(-h))))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: sigmoid_at_the_end
# mistake: sigmoid after the second layer too
# rule: "y_hat = h W2"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = 1 / (1 + np.exp(-(h @ W2)))
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: climbs
# mistake: plus instead of minus
# rule: "Train ... by gradient descent"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 += learning_rate * dW1
        W2 += learning_rate * dW2
    return W1, W2, losses

# %% wrong: sign_of_error
# mistake: y - y_hat: climbs
# rule: "G = 2 (y_hat - y)"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y - y_hat)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: fixed_rate
# mistake: 1e-4 of the lecture
# rule: "learning_rate: factor of the gradient in each update"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= 1e-4 * dW1
        W2 -= 1e-4 * dW2
    return W1, W2, losses

# %% wrong: W1_only
# mistake: second layer is not trained
# rule: "Train a two-layer network"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
    return W1, W2, losses

# %% wrong: W2_only
# mistake: first layer is not trained
# rule: "Train a two-layer network"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: one_step_less
# mistake: steps - 1 updates
# rule: "steps: number of updates"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(1, steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: first_gradient_kept
# mistake: forward pass once, before the loop: the same gradient in all steps
# rule: "All gradients belong to the same point" / gradient descent: "losses before each update"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    h = 1 / (1 + np.exp(-(x @ W1)))
    y_hat = h @ W2
    G = 2 * (y_hat - y)
    dW2 = h.T @ G
    dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
    losses = []
    for _ in range(steps):
        losses.append(((y_hat - y) ** 2).sum())
        W1 = W1 - learning_rate * dW1
        W2 = W2 - learning_rate * dW2
    return W1, W2, losses

# %% wrong: y_in_place
# mistake: y -= y_hat changes the targets
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        y -= y_hat
        y *= -1
        losses.append((y**2).sum())
        G = 2 * y
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: root_loss
# mistake: norm instead of its square
# rule: "L = sum of (y_hat - y)^2"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(np.linalg.norm(y_hat - y))
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: one_example_at_a_time
# mistake: an update per example
# rule: "steps: number of updates", L is the sum over all i, k
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        losses.append(((h @ W2 - y) ** 2).sum())
        for i in range(len(x)):
            h = 1 / (1 + np.exp(-(x[i] @ W1)))
            G = 2 * (h @ W2 - y[i])
            dW1 = np.outer(x[i], (W2 @ G) * h * (1 - h))
            W2 -= learning_rate * np.outer(h, G)
            W1 -= learning_rate * dW1
    return W1, W2, losses

# %% wrong: order_of_results
# mistake: W2 first
# rule: "Returns the new W1, the new W2, and the list of the losses"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W2, W1, losses

# %% wrong: stops_when_rising
# mistake: stops as soon as the loss rises
# rule: "steps: number of updates"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses

# %% wrong: no_start_loss_for_zero_rate
# mistake: skips everything when learning_rate is 0
# rule: "the list of the losses before each update"
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    W1, W2 = W1.copy(), W2.copy()
    losses = []
    if not learning_rate:
        return W1, W2, losses
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_hat = h @ W2
        losses.append(((y_hat - y) ** 2).sum())
        G = 2 * (y_hat - y)
        dW2 = h.T @ G
        dW1 = x.T @ ((G @ W2.T) * h * (1 - h))
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses
