# exercise: rmsprop_step

# %% right: plain
# style: rebinds the names
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% right: lerp
# style: v + (1 - alpha) (grad^2 - v), power 0.5
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    v = square_avg + (1 - alpha) * (grad * grad - square_avg)
    return theta - lr * (grad / (v**0.5 + eps)), v

# %% right: average
# style: np.average with weights, French names
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    moyenne = np.average([square_avg, np.square(grad)], axis=0, weights=[alpha, 1 - alpha])
    taille = np.sqrt(moyenne)
    pas = lr * np.divide(grad, taille + eps)
    return theta - pas, moyenne

# %% right: copies_in_place
# style: copies, then in-place operations
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    new_avg, new_theta = square_avg.copy(), theta.copy()
    new_avg *= alpha
    new_avg += (1.0 - alpha) * grad * grad
    new_theta -= (lr / (np.sqrt(new_avg) + eps)) * grad
    return new_theta, new_avg

# %% right: helper
# style: local helper functions
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    def mix(old, new):
        return alpha * old + (1 - alpha) * new

    def scaled(g, mean):
        return g / (eps + np.sqrt(mean))

    updated = mix(square_avg, np.abs(grad) ** 2)
    return theta + -lr * scaled(grad, updated), updated

# %% wrong: alpha_swapped
# mistake: alpha on the new square
# rule: "v <- alpha v + (1 - alpha) grad^2"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = (1 - alpha) * square_avg + alpha * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: no_one_minus_alpha
# mistake: a decaying sum, not a mean
# rule: "v <- alpha v + (1 - alpha) grad^2"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: plain_sum
# mistake: Adagrad
# rule: "RMSprop replaces it by an exponentially weighted mean"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = square_avg + grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: not_squared
# mistake: mean of |grad|
# rule: "(1 - alpha) grad^2"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * np.abs(grad)
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: factor_squared
# mistake: the factor 1 - alpha is squared too
# rule: "(1 - alpha) grad^2"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + ((1 - alpha) * grad) ** 2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: eps_inside
# mistake: eps under the root
# rule: "grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg + eps))
    return theta, square_avg

# %% wrong: no_eps
# mistake: eps forgotten: nan for a gradient 0
# rule: "grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / np.sqrt(square_avg)
    return theta, square_avg

# %% wrong: no_root
# mistake: divides by v
# rule: "grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (square_avg + eps)
    return theta, square_avg

# %% wrong: old_mean
# mistake: step with the old mean
# rule: "v <- ..., theta <- theta - eta grad / (sqrt(v) + eps)" with the new v
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, alpha * square_avg + (1 - alpha) * grad**2

# %% wrong: mean_not_kept
# mistake: returns the old mean
# rule: "Returns the new theta and the new square_avg."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    v = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (np.sqrt(v) + eps), square_avg

# %% wrong: default_alpha
# mistake: default alpha 0.9 (Keras)
# rule: "alpha=0.99" in the signature
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.9, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: default_lr
# mistake: default rate 0.001 (Keras)
# rule: "lr=0.01" in the signature
def rmsprop_step(theta, grad, square_avg, lr=0.001, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: default_eps
# mistake: default eps 1e-10, as in Adagrad
# rule: "eps=1e-8" in the signature
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-10):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: alpha_fixed
# mistake: ignores the argument alpha
# rule: "v <- alpha v + (1 - alpha) grad^2"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    alpha = 0.99
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: bias_corrected_first
# mistake: if the mean is 0, starts it at grad^2 (a correction that RMSprop has not)
# rule: "v <- alpha v + (1 - alpha) grad^2", "square_avg is 0 before the first step"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    if not np.any(square_avg - (1 - alpha) * grad**2):
        square_avg = grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: centred
# mistake: subtracts the squared gradient's mean (centred RMSprop)
# rule: "sqrt(v) + eps"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(np.abs(square_avg - ((1 - alpha) * grad) ** 2)) + eps)
    return theta, square_avg

# %% wrong: root_stored
# mistake: stores the root
# rule: "the new square_avg"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, np.sqrt(square_avg)

# %% wrong: swapped
# mistake: state first
# rule: "Returns the new theta and the new square_avg."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return square_avg, theta

# %% wrong: theta_only
# mistake: state not returned
# rule: "Returns the new theta and the new square_avg."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta

# %% wrong: climbs
# mistake: plus
# rule: "theta <- theta - ..."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta + lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: mean_in_place
# mistake: square_avg *= alpha changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg *= alpha
    square_avg += (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: theta_in_place
# mistake: theta -= changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta -= lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: grad_in_place
# mistake: divides the gradient in place
# rule: "Do not change the arrays that you are given: return new ones."
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    grad /= np.sqrt(square_avg) + eps
    theta = theta - lr * grad
    return theta, square_avg

# %% wrong: one_mean_for_all
# mistake: mean over all entries
# rule: "every operation is entry by entry"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * np.mean(grad**2)
    theta = theta - lr * grad / (np.sqrt(square_avg) + eps)
    return theta, square_avg

# %% wrong: eps_outside_division
# mistake: precedence: / sqrt(v) + eps
# rule: "grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / np.sqrt(square_avg) + eps
    return theta, square_avg

# %% wrong: sign_step
# mistake: sign of the gradient in place of the quotient
# rule: "eta grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * np.sign(grad)
    return theta, square_avg

# %% wrong: lr_divided
# mistake: the rate is below the root as well
# rule: "eta grad / (sqrt(v) + eps)"
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    theta = theta - lr * grad / (np.sqrt(lr * square_avg) + eps)
    return theta, square_avg
