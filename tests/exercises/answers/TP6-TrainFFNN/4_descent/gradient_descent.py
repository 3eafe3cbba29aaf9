# exercise: gradient_descent

# %% right: plain
# style: rebinds theta
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return theta

# %% right: copy_in_place
# style: copy first, then in place
def gradient_descent(theta, gradient, lr, steps):
    position = np.array(theta, dtype=float)
    for _ in range(steps):
        position -= lr * gradient(position)
    return position

# %% right: local_step_function
# style: local function for one step, default arguments, map over the range
def gradient_descent(theta, gradient, lr, steps):
    def un_pas(place):
        return place - lr * gradient(place)

    place = theta.copy()
    for _ in map(int, range(steps)):
        place = un_pas(place)
    return place

# %% right: while_french
# style: while loop that counts down, np.subtract
def gradient_descent(theta, gradient, lr, steps):
    parametres = theta.copy()
    restant = steps
    while restant > 0:
        pente = np.asarray(gradient(parametres))
        parametres = np.subtract(parametres, np.multiply(lr, pente))
        restant -= 1
    return parametres

# %% right: reduce
# style: functools.reduce with a lambda
def gradient_descent(theta, gradient, lr, steps):
    from functools import reduce

    return reduce(lambda place, _: place + (-lr) * gradient(place), range(steps), theta)

# %% right: path_last
# style: keeps the whole path, returns its last place
def gradient_descent(theta, gradient, lr, steps):
    chemin = [theta]
    for k in range(steps):
        chemin.append(chemin[k] - gradient(chemin[k]) * lr)
    return chemin[-1]

# %% wrong: in_place
# mistake: theta -= changes the start of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta -= lr * gradient(theta)
    return theta

# %% wrong: in_place_through_view
# mistake: np.asarray is no copy
# rule: "Do not change the arrays that you are given"
def gradient_descent(theta, gradient, lr, steps):
    position = np.asarray(theta)
    for _ in range(steps):
        position[...] = position - lr * gradient(position)
    return position

# %% wrong: climbs
# mistake: plus
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta + lr * gradient(theta)
    return theta

# %% wrong: gradient_once
# mistake: gradient at the start only
# rule: "The gradient must be computed anew at each place."
def gradient_descent(theta, gradient, lr, steps):
    grad = gradient(theta)
    for _ in range(steps):
        theta = theta - lr * grad
    return theta

# %% wrong: gradient_at_start
# mistake: gradient(start) in each step
# rule: "The gradient must be computed anew at each place."
def gradient_descent(theta, gradient, lr, steps):
    start = theta
    for _ in range(steps):
        theta = theta - lr * gradient(start)
    return theta

# %% wrong: one_step_more
# mistake: steps + 1
# rule: "`steps` times"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps + 1):
        theta = theta - lr * gradient(theta)
    return theta

# %% wrong: one_step_less
# mistake: steps - 1
# rule: "`steps` times"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(1, steps):
        theta = theta - lr * gradient(theta)
    return theta

# %% wrong: at_least_one
# mistake: at least one step
# rule: "steps: how many steps to make, 0 or more"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(max(1, steps)):
        theta = theta - lr * gradient(theta)
    return theta

# %% wrong: none_for_zero
# mistake: the result has no value for 0 steps
# rule: "steps: how many steps to make, 0 or more"
def gradient_descent(theta, gradient, lr, steps):
    for step in range(steps):
        theta = theta - lr * gradient(theta)
        if step == steps - 1:
            return theta

# %% wrong: return_in_loop
# mistake: return inside the loop: one step
# rule: "`steps` times"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
        return theta
    return theta

# %% wrong: before_last_step
# mistake: returns the place before the last step
# rule: "Returns the parameters after the last step."
def gradient_descent(theta, gradient, lr, steps):
    before = theta
    for _ in range(steps):
        before = theta
        theta = before - lr * gradient(before)
    return before

# %% wrong: tolerance
# mistake: stops when the gradient is small
# rule: "`steps` times"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        if np.linalg.norm(gradient(theta)) < 1e-3:
            break
        theta = theta - lr * gradient(theta)
    return theta

# %% wrong: stops_when_growing
# mistake: stops when the gradient grows
# rule: "`steps` times"
def gradient_descent(theta, gradient, lr, steps):
    size = np.inf
    for _ in range(steps):
        g = gradient(theta)
        if np.linalg.norm(g) > size:
            break
        size = np.linalg.norm(g)
        theta = theta - lr * g
    return theta

# %% wrong: normalised
# mistake: steps of length lr
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * gradient(theta) / (np.linalg.norm(gradient(theta)) + 1e-12)
    return theta

# %% wrong: sign_only
# mistake: sign of the gradient
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * np.sign(gradient(theta))
    return theta

# %% wrong: rate_decays
# mistake: rate divided by the step number
# rule: "lr: learning rate", theta - eta grad
def gradient_descent(theta, gradient, lr, steps):
    for t in range(steps):
        theta = theta - lr / (t + 1) * gradient(theta)
    return theta

# %% wrong: path
# mistake: returns all places
# rule: "Returns the parameters after the last step."
def gradient_descent(theta, gradient, lr, steps):
    path = [theta]
    for _ in range(steps):
        path.append(path[-1] - lr * gradient(path[-1]))
    return np.array(path)

# %% wrong: best_place
# mistake: returns the place with the smallest gradient, not the last
# rule: "Returns the parameters after the last step."
def gradient_descent(theta, gradient, lr, steps):
    best = theta
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
        if np.abs(gradient(theta)).sum() < np.abs(gradient(best)).sum():
            best = theta
    return best

# %% wrong: lr_forgotten
# mistake: no learning rate
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - gradient(theta)
    return theta

# %% wrong: lr_divides
# mistake: divides by lr
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - gradient(theta) / lr
    return theta

# %% wrong: vectors_only
# mistake: loop over the entries of a vector, gradient entry by entry; a matrix works by rows but each entry moves before the next gradient
# rule: "The gradient must be computed anew at each place." / one step moves all parameters
def gradient_descent(theta, gradient, lr, steps):
    theta = theta.copy()
    for _ in range(steps):
        for i in range(len(theta)):
            theta[i] = theta[i] - lr * gradient(theta)[i]
    return theta

# %% wrong: flat_result
# mistake: flattens
# rule: "theta: where to start, an array of any shape"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return np.ravel(theta)

# %% wrong: gradient_gets_flat
# mistake: flattens before the gradient
# rule: "gradient: function of the parameters", "an array of any shape"
def gradient_descent(theta, gradient, lr, steps):
    flat = theta.ravel()
    for _ in range(steps):
        flat = flat - lr * gradient(flat)
    return flat.reshape(theta.shape)

# %% wrong: clipped
# mistake: clips the gradient to [-1, 1]
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * np.clip(gradient(theta), -1, 1)
    return theta

# %% wrong: summed_gradient
# mistake: adds up all gradients (momentum 1)
# rule: "theta <- theta - eta grad"
def gradient_descent(theta, gradient, lr, steps):
    total = np.zeros_like(theta)
    for _ in range(steps):
        total = total + gradient(theta)
        theta = theta - lr * total
    return theta

# %% right: gradient_in_place
# decided: the text says that `gradient` gives a new array
# mistake: multiplies the array of the gradient function in place (a function may give the same array each time)
# rule: "Do not change the arrays that you are given"
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        grad = gradient(theta)
        grad *= lr
        theta = theta - grad
    return theta

# %% wrong: returns_gradient
# mistake: returns the last gradient
# rule: "Returns the parameters after the last step."
def gradient_descent(theta, gradient, lr, steps):
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return gradient(theta)
