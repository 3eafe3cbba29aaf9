# exercise: adagrad_step

# %% right: plain
# style: rebinds the names
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% right: french
# style: French names, power 0.5
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    somme = state_sum + grad * grad
    taille = somme**0.5 + eps
    return theta - lr * (grad / taille), somme

# %% right: np_functions
# style: np.square, np.add, np.divide; out of own array
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    new_sum = np.add(state_sum, np.square(grad))
    step = np.sqrt(new_sum)
    step += eps
    np.divide(grad, step, out=step)
    return theta - lr * step, new_sum

# %% right: rate_per_parameter
# style: computes a rate for each parameter first
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    s = state_sum.copy()
    s += np.power(grad, 2)
    rates = lr / (np.sqrt(s) + eps)
    return theta - rates * grad, s

# %% right: entry_by_entry
# style: Python loop over the entries with math.sqrt
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    import math

    new_theta, new_sum = np.array(theta, dtype=float), np.array(state_sum, dtype=float)
    for i in np.ndindex(np.shape(theta)):
        new_sum[i] = state_sum[i] + grad[i] ** 2
        new_theta[i] = theta[i] - lr * grad[i] / (math.sqrt(new_sum[i]) + eps)
    return new_theta, new_sum

# %% wrong: not_squared
# mistake: adds the gradient
# rule: "s <- s + grad^2"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad
    theta = theta - lr * grad / (np.sqrt(np.abs(state_sum)) + eps)
    return theta, state_sum

# %% wrong: absolute
# mistake: adds |grad|, no root
# rule: "s <- s + grad^2", root of s
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + np.abs(grad)
    theta = theta - lr * grad / (state_sum + eps)
    return theta, state_sum

# %% wrong: eps_inside
# mistake: eps under the root
# rule: "PyTorch adds it *after* the root."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum + eps))
    return theta, state_sum

# %% wrong: no_root
# mistake: divides by s
# rule: "grad / (sqrt(s) + eps)"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (state_sum + eps)
    return theta, state_sum

# %% wrong: no_eps
# mistake: eps forgotten: 0/0
# rule: "a tiny number, eps, that prevents 0/0"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / np.sqrt(state_sum)
    return theta, state_sum

# %% wrong: old_sum
# mistake: divides by the root of the old sum
# rule: "s <- s + grad^2" then theta
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum + grad**2

# %% wrong: sum_not_kept
# mistake: the old sum is returned
# rule: "Returns the new theta and the new state_sum."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    s = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(s) + eps), state_sum

# %% wrong: present_only
# mistake: only the present gradient counts
# rule: "the sum of all squared gradients so far"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: one_sum_for_all
# mistake: one sum over all entries
# rule: "every operation is entry by entry"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + np.sum(grad**2)
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: norm_of_sum
# mistake: root of the total of s
# rule: "every operation is entry by entry"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum.sum()) + eps)
    return theta, state_sum

# %% wrong: climbs
# mistake: plus
# rule: "theta <- theta - ..."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta + lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: swapped
# mistake: state first
# rule: "Returns the new theta and the new state_sum."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return state_sum, theta

# %% wrong: theta_only
# mistake: state not returned
# rule: "Returns the new theta and the new state_sum."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta

# %% wrong: sum_in_place
# mistake: state_sum += changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum += grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: theta_in_place
# mistake: theta -= changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta -= lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: grad_in_place
# mistake: grad **= 2 changes the gradient (and the step)
# rule: "Do not change the arrays that you are given: return new ones."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    signs = np.sign(grad)
    grad **= 2
    state_sum = state_sum + grad
    theta = theta - lr * signs * np.sqrt(grad) / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: default_lr
# mistake: default rate 0.001
# rule: "lr=0.01" in the signature
def adagrad_step(theta, grad, state_sum, lr=0.001, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: default_eps
# mistake: default eps 1e-8, as in the other optimisers
# rule: "eps=1e-10" in the signature
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-8):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: eps_fixed
# mistake: ignores the argument eps
# rule: "grad / (sqrt(s) + eps)"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + 1e-10)
    return theta, state_sum

# %% wrong: eps_in_state
# mistake: eps is added to the sum that is kept
# rule: "s <- s + grad^2"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2 + eps
    theta = theta - lr * grad / np.sqrt(state_sum)
    return theta, state_sum

# %% wrong: root_stored
# mistake: stores the root
# rule: "the new state_sum" - s <- s + grad^2
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, np.sqrt(state_sum)

# %% wrong: lr_in_state
# mistake: the rate goes into the sum
# rule: "s <- s + grad^2"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + (lr * grad) ** 2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: sign_lost
# mistake: step of |grad|
# rule: "theta <- theta - eta grad / (sqrt(s) + eps)"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * np.abs(grad) / (np.sqrt(state_sum) + eps)
    return theta, state_sum

# %% wrong: eps_outside_division
# mistake: precedence: / sqrt(s) + eps
# rule: "grad / (sqrt(s) + eps)"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / np.sqrt(state_sum) + eps
    return theta, state_sum

# %% wrong: eps_maximum
# mistake: max(sqrt(s), eps) instead of the sum
# rule: "PyTorch adds it after the root."
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - lr * grad / np.maximum(np.sqrt(state_sum), eps)
    return theta, state_sum

# %% wrong: nan_to_zero
# mistake: no eps; 0/0 replaced by 0: small gradients get full steps
# rule: "eps ... PyTorch adds it after the root"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = state_sum + grad**2
    theta = theta - np.nan_to_num(lr * grad / np.sqrt(state_sum))
    return theta, state_sum

# %% wrong: decay
# mistake: forgets as RMSprop
# rule: "the root of the *sum* of all squared gradients so far"
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    state_sum = 0.99 * state_sum + 0.01 * grad**2
    theta = theta - lr * grad / (np.sqrt(state_sum) + eps)
    return theta, state_sum
