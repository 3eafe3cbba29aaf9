# exercise: momentum_step

# %% right: plain
# style: rebinds the names
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% right: french_one_line
# style: new names, one return
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    nouveau = grad + buffer * momentum
    return theta - nouveau * lr, nouveau

# %% right: copies_in_place
# style: copies, then in-place operations
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    new_buffer = buffer.copy()
    new_buffer *= momentum
    new_buffer += grad
    new_theta = theta.copy()
    new_theta -= lr * new_buffer
    return new_theta, new_buffer

# %% right: np_functions
# style: np.add, np.multiply, np.subtract; asarray
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    theta, grad, buffer = map(np.asarray, (theta, grad, buffer))
    b = np.add(np.multiply(momentum, buffer), grad)
    return np.subtract(theta, np.multiply(lr, b)), b

# %% right: two_parts
# style: theta moved in two parts; returns a list turned into a tuple
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    inertie = momentum * buffer
    theta_new = theta - lr * inertie - lr * grad
    return tuple([theta_new, inertie + grad])

# %% right: lincomb
# style: linear combination by einsum over a stack
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    state = np.tensordot([momentum, 1.0], np.stack([buffer, grad]), axes=1)
    return np.tensordot([1.0, -lr], np.stack([theta, state]), axes=1), state

# %% wrong: lecture_form
# mistake: the rate inside the buffer
# rule: "Write PyTorch's form."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + lr * grad
    theta = theta - buffer
    return theta, buffer

# %% wrong: rate_twice
# mistake: the rate inside and outside
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + lr * grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: mean_form
# mistake: (1 - momentum) * grad
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + (1 - momentum) * grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: nesterov
# mistake: looks ahead: grad + momentum * buffer in the step
# rule: "theta <- theta - eta buffer"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * (grad + momentum * buffer)
    return theta, buffer

# %% wrong: old_buffer
# mistake: step with the old buffer
# rule: "theta <- theta - eta buffer" with the new buffer
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    theta = theta - lr * buffer
    buffer = momentum * buffer + grad
    return theta, buffer

# %% wrong: old_buffer_returned
# mistake: returns the buffer that came in
# rule: "Returns the new theta and the new buffer."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    new = momentum * buffer + grad
    return theta - lr * new, buffer

# %% wrong: momentum_on_gradient
# mistake: momentum multiplies the gradient
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = buffer + momentum * grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: momentum_on_both
# mistake: momentum * (buffer + grad)
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * (buffer + grad)
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: no_memory
# mistake: the buffer is the gradient
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: no_forgetting
# mistake: a plain sum
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: climbs
# mistake: plus
# rule: "theta <- theta - eta buffer"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta + lr * buffer
    return theta, buffer

# %% wrong: negative_buffer
# mistake: buffer with the sign of the step (Keras' form)
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer - grad
    theta = theta + lr * buffer
    return theta, buffer

# %% wrong: swapped
# mistake: buffer first
# rule: "Returns the new theta and the new buffer."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return buffer, theta

# %% wrong: theta_only
# mistake: buffer not returned
# rule: "Returns the new theta and the new buffer."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return theta

# %% wrong: buffer_in_place
# mistake: buffer *= changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer *= momentum
    buffer += grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: theta_in_place
# mistake: theta -= changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta -= lr * buffer
    return theta, buffer

# %% wrong: grad_in_place
# mistake: grad += momentum * buffer
# rule: "Do not change the arrays that you are given: return new ones."
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    grad += momentum * buffer
    buffer = grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: default_zero
# mistake: default momentum 0
# rule: "momentum=0.9" in the signature
def momentum_step(theta, grad, buffer, lr, momentum=0.0):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: default_099
# mistake: default momentum 0.99
# rule: "momentum=0.9" in the signature
def momentum_step(theta, grad, buffer, lr, momentum=0.99):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: fixed_09
# mistake: ignores the argument momentum
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = 0.9 * buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: momentum_or_default
# mistake: momentum 0 is replaced by 0.9 (`or`)
# rule: "In PyTorch gamma (momentum) is 0 unless you ask for more" - 0 is a legal value
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    momentum = momentum or 0.9
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: gradient_step
# mistake: step along the gradient, buffer only kept
# rule: "theta <- theta - eta buffer"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * grad
    return theta, buffer

# %% wrong: buffer_plus_gradient
# mistake: both buffer and gradient move theta
# rule: "theta <- theta - eta buffer"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * buffer - lr * grad
    return theta, buffer

# %% wrong: lr_scaled
# mistake: divides the rate by 10, as momentum makes longer steps
# rule: "theta <- theta - eta buffer"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer + grad
    theta = theta - lr * (1 - momentum) * buffer
    return theta, buffer

# %% wrong: own_state
# mistake: keeps the buffer in the function, ignores the argument
# rule: "its state comes in as an argument and goes out as a result"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * getattr(momentum_step, "buffer", 0.0) + grad
    momentum_step.buffer = buffer
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: momentum_of_sum
# mistake: sums the buffer over the entries
# rule: "for each parameter"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * buffer.sum() + grad
    theta = theta - lr * buffer
    return theta, buffer

# %% wrong: reset_on_turn
# mistake: forgets the buffer where the sign changes
# rule: "buffer <- gamma buffer + grad"
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    buffer = momentum * np.where(buffer * grad < 0, 0.0, buffer) + grad
    theta = theta - lr * buffer
    return theta, buffer
