# exercise: weight_decay_step

# %% right: shrink_form
# style: (1 - lr * lam) W - lr dW
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * W - lr * dW, b - lr * db

# %% right: gradient_form
# style: adds the gradient of the penalty first
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    full = dW + weight_decay * W
    W_new = W - lr * full
    b_new = b - lr * db
    return W_new, b_new

# %% right: copies_then_in_place
# style: copies, then in-place operations on the copies
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    W = W.copy()
    b = b.copy()
    W *= 1 - lr * weight_decay
    W -= lr * dW
    b -= lr * db
    return W, b

# %% right: uses_l2_penalty
# style: the gradient comes from l2_penalty
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    _, (extra,) = l2_penalty([(W, b)], weight_decay)
    return W - lr * (dW + extra), b - lr * db

# %% right: element_loops
# style: loops, names in French
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    lignes, colonnes = W.shape
    nouveau_W = np.empty((lignes, colonnes))
    nouveau_b = np.empty(colonnes)
    for j in range(colonnes):
        for i in range(lignes):
            nouveau_W[i][j] = W[i][j] - lr * dW[i][j] - lr * weight_decay * W[i][j]
        nouveau_b[j] = b[j] - lr * db[j]
    return nouveau_W, nouveau_b

# %% right: helper_with_lambda
# style: one local function for both, decay 0 for the bias
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    step = lambda theta, grad, decay=0: theta - lr * (grad + decay * theta)
    return step(W, dW, weight_decay), step(b, db)

# %% right: numpy_functions
# style: np.subtract, np.multiply
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    shrunk = np.subtract(W, np.multiply(lr * weight_decay, W))
    return tuple([np.subtract(shrunk, lr * dW), np.add(b, -lr * db)])

# %% wrong: slide_plus
# mistake: the slide's (1 + lr lam)
# rule: "gradient descent with weight decay, by the right formula"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 + lr * weight_decay) * W - lr * dW, b - lr * db

# %% wrong: bias_decays
# mistake: the bias is shrunk as well
# rule: "The bias learns, but it does not decay."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    f = 1 - lr * weight_decay
    return f * W - lr * dW, f * b - lr * db

# %% wrong: bias_fixed
# mistake: the bias is returned as it was (a copy)
# rule: "The bias learns, but it does not decay."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * W - lr * dW, b.copy()

# %% wrong: only_bias_decays
# mistake: weights and biases exchanged
# rule: "The bias learns, but it does not decay."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * dW, (1 - lr * weight_decay) * b - lr * db

# %% wrong: decay_without_lr
# mistake: 1 - lambda instead of 1 - eta lambda
# rule: "(1 - ηλ) θ - η ∇θ"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - weight_decay) * W - lr * dW, b - lr * db

# %% wrong: decay_after_step
# mistake: the step first, then the result shrinks: the gradient is shrunk too
# rule: "(1 - ηλ) θ - η ∇θ"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    W = W - lr * dW
    W = W - lr * weight_decay * W
    return W, b - lr * db

# %% wrong: in_place
# mistake: W -= changes the array given
# rule: "Returns the new (W, b), new arrays." / "Do not change the arrays that you are given."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    W -= lr * (dW + weight_decay * W)
    b -= lr * db
    return W, b

# %% wrong: bias_in_place
# mistake: W is new, b is changed in place
# rule: "Returns the new (W, b), new arrays."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    W = W - lr * (dW + weight_decay * W)
    b -= lr * db
    return W, b

# %% wrong: changes_dW
# mistake: adds the penalty's gradient to dW in place
# rule: "Do not change the arrays that you are given."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    dW += weight_decay * W
    return W - lr * dW, b - lr * db

# %% wrong: scales_gradients_in_place
# mistake: dW *= lr, db *= lr in place, the result itself is right
# rule: "Do not change the arrays that you are given."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    dW *= lr
    db *= lr
    return (1 - lr * weight_decay) * W - dW, b - db

# %% wrong: writes_new_values_back
# mistake: W[:] = new, as in the notebook's `fit`
# rule: "Returns the new (W, b), new arrays."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    W[:] = (1 - lr * weight_decay) * W - lr * dW
    b[:] = b - lr * db
    return W.copy(), b.copy()

# %% wrong: twice_lambda
# mistake: 2 lambda, the convention without the 1/2
# rule: "We keep the 1/2." so "θ - η (∇θ + λθ)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * (dW + 2 * weight_decay * W), b - lr * db

# %% wrong: half_lambda
# mistake: lambda / 2 in the step
# rule: "θ - η (∇θ + λθ)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay / 2) * W - lr * dW, b - lr * db

# %% wrong: ascent
# mistake: + instead of - before the gradient
# rule: "One step of gradient descent"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * W + lr * dW, b + lr * db

# %% wrong: bias_ascends
# mistake: sign wrong for the bias only
# rule: "The bias learns"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * W - lr * dW, b + lr * db

# %% wrong: no_decay
# mistake: weight_decay is not used at all
# rule: "gradient descent with weight decay"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * dW, b - lr * db

# %% wrong: no_lr_on_gradient
# mistake: the gradient is not multiplied by lr
# rule: "(1 - ηλ) θ - η ∇θ"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * W - dW, b - db

# %% wrong: adds_number_not_gradient
# mistake: adds the penalty (a number) instead of its gradient
# rule: "θ - η (∇θ + λθ)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    penalty = weight_decay / 2 * np.sum(W**2)
    return W - lr * (dW + penalty), b - lr * db

# %% wrong: l1_decay
# mistake: the gradient of the L1 penalty, lambda sign(W)
# rule: "weight_decay: strength lambda of the L2 penalty"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * (dW + weight_decay * np.sign(W)), b - lr * db

# %% wrong: shrinks_gradient
# mistake: (1 - lr lam) in front of everything
# rule: "(1 - ηλ) θ - η ∇θ"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return (1 - lr * weight_decay) * (W - lr * dW), b - lr * db

# %% wrong: exchanged_order
# mistake: returns (b, W)
# rule: "Returns the new (W, b)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return b - lr * db, (1 - lr * weight_decay) * W - lr * dW

# %% wrong: same_array_without_decay
# mistake: takes a short cut for weight_decay = 0 that steps in place
# rule: "Returns the new (W, b), new arrays."
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    if not weight_decay:
        W -= lr * dW
        b -= lr * db
        return W, b
    return (1 - lr * weight_decay) * W - lr * dW, b - lr * db

# %% wrong: positive_weights_only
# mistake: decay with abs(W): negative weights are pushed away from 0
# rule: "θ - η (∇θ + λθ)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * (dW + weight_decay * np.abs(W)), b - lr * db

# %% wrong: decay_uses_gradient
# mistake: lambda multiplies the gradient instead of the weight
# rule: "θ - η (∇θ + λθ)"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * (dW + weight_decay * dW), b - lr * db

# %% wrong: squared_weights
# mistake: differentiates not at all: lambda W^2
# rule: "∂Ω/∂W = λ W"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    return W - lr * (dW + weight_decay * W**2), b - lr * db

# %% wrong: clipped_factor
# mistake: "a share cannot be negative": for lr * lam > 0.9 the factor is cut at 0.1
# rule: "(1 - ηλ) θ - η ∇θ"
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    factor = max(1 - lr * weight_decay, 0.1)
    return factor * W - lr * dW, b - lr * db
