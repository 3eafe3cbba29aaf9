# exercise: numerical_gradient

# %% right: plain
# style: np.ndindex and two copies
def numerical_gradient(f, x, eps=1e-6):
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        gradient[place] = (f(plus) - f(minus)) / (2 * eps)
    return gradient

# %% right: unit_vector
# style: builds the array e_i
def numerical_gradient(f, x, eps=1e-6):
    g = np.empty(np.shape(x))
    for i in np.ndindex(*np.shape(x)):
        e = np.zeros(np.shape(x))
        e[i] = 1.0
        g[i] = (f(x + eps * e) - f(x - eps * e)) / 2 / eps
    return g

# %% right: flat_identity
# style: rows of the identity reshaped, comprehension, reshape at the end
def numerical_gradient(f, x, eps=1e-6):
    pas = eps * np.eye(x.size).reshape((x.size,) + x.shape)
    pentes = [(f(x + p) - f(x - p)) / (2 * eps) for p in pas]
    return np.array(pentes, dtype=float).reshape(x.shape)

# %% right: flat_list
# style: works on a flat copy and reshapes for f
def numerical_gradient(f, x, eps=1e-6):
    plat = x.flatten()
    result = []
    for i in range(len(plat)):
        haut = plat.copy()
        bas = plat.copy()
        haut[i] = haut[i] + eps
        bas[i] = bas[i] - eps
        result.append(float(f(haut.reshape(x.shape)) - f(bas.reshape(x.shape))) / (2.0 * eps))
    return np.reshape(result, x.shape)

# %% right: one_copy_restored
# style: one working copy, entry put back after each place
def numerical_gradient(f, x, eps=1e-6):
    work = np.array(x, dtype=np.float64)

    def value(place, new):
        old = work[place]
        work[place] = new
        result = f(work)
        work[place] = old
        return result

    grad = np.zeros_like(work)
    for place in np.ndindex(work.shape):
        grad[place] = (value(place, x[place] + eps) - value(place, x[place] - eps)) / (2 * eps)
    return grad

# %% right: nditer
# style: np.nditer with multi_index
def numerical_gradient(f, x, eps=1e-6):
    grad = np.zeros(x.shape, dtype=float)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        k = it.multi_index
        d = np.zeros(x.shape)
        d[k] = eps
        grad[k] = 0.5 * (f(x + d) - f(x - d)) / eps
        it.iternext()
    return grad

# %% wrong: one_sided
# mistake: forward difference
# rule: "move one entry of x by a small step to both sides" / central difference
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus = x.copy()
        plus[place] += eps
        g[place] = (f(plus) - f(x)) / eps
    return g

# %% wrong: forgets_two
# mistake: divides by eps
# rule: "/ (2 eps)"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / eps
    return g

# %% wrong: precedence
# mistake: / 2 * eps without brackets
# rule: "/ (2 eps)"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / 2 * eps
    return g

# %% wrong: moves_x_itself
# mistake: no copies: plus and minus are x; x is changed for good
# rule: "Work on copies." "Do not change the arrays ... that you are given."
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        high = f(x)
        x[place] -= 2 * eps
        low = f(x)
        g[place] = (high - low) / (2 * eps)
    return g

# %% wrong: in_place_with_rounding
# mistake: x is moved and moved back; the last digits of x change
# rule: "Work on copies."
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += eps
        high = f(x)
        x[place] -= 2 * eps
        low = f(x)
        x[place] += eps
        g[place] = (high - low) / (2 * eps)
    return g

# %% wrong: in_place_restored_exactly
# mistake: works on x itself and puts the old value back; an f that knows x (a closure) sees it move
# rule: "Work on copies."
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + eps
        high = f(x)
        x[place] = old - eps
        low = f(x)
        x[place] = old
        g[place] = (high - low) / (2 * eps)
    return g

# %% wrong: view_not_copy
# mistake: x.ravel() is a view, so x changes while f works and at the end
# rule: "Work on copies."
def numerical_gradient(f, x, eps=1e-6):
    flat = x.ravel()
    g = np.zeros(flat.shape)
    for i in range(flat.size):
        flat[i] += eps
        high = f(flat.reshape(x.shape))
        flat[i] -= 2 * eps
        g[i] = (high - f(flat.reshape(x.shape))) / (2 * eps)
        flat[i] += eps
    return g.reshape(x.shape)

# %% wrong: all_at_once
# mistake: moves all entries together: the derivative along (1, ..., 1) in each place
# rule: "move one entry of x"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        g[place] = (f(x + eps) - f(x - eps)) / (2 * eps)
    return g

# %% wrong: vector_only
# mistake: range(len(x)) moves whole rows of a matrix
# rule: "`x` has any shape."
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for i in range(len(x)):
        plus, minus = x.copy(), x.copy()
        plus[i] += eps
        minus[i] -= eps
        g[i] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: two_loops
# mistake: made for matrices only (vectors and numbers fail)
# rule: "`x` has any shape."
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            plus, minus = x.copy(), x.copy()
            plus[i, j] += eps
            minus[i, j] -= eps
            g[i, j] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: flat_result
# mistake: forgets to give the result the shape of x
# rule: "Returns an array of the shape of x."
def numerical_gradient(f, x, eps=1e-6):
    g = []
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g.append((f(plus) - f(minus)) / (2 * eps))
    return np.array(g)

# %% wrong: f_gets_flat
# mistake: gives f a flat array
# rule: "f: a function from an array of the shape of x to a number"
def numerical_gradient(f, x, eps=1e-6):
    flat = x.flatten()
    g = np.zeros(flat.size)
    for i in range(flat.size):
        plus, minus = flat.copy(), flat.copy()
        plus[i] += eps
        minus[i] -= eps
        g[i] = (f(plus) - f(minus)) / (2 * eps)
    return g.reshape(x.shape)

# %% wrong: copies_outside_the_loop
# mistake: the copies are made once; earlier moves stay
# rule: "move one entry of x by a small step"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    plus, minus = x.copy(), x.copy()
    for place in np.ndindex(x.shape):
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: eps_fixed
# mistake: ignores the argument eps
# rule: "eps: size of the step"
def numerical_gradient(f, x, eps=1e-6):
    h = 1e-6
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += h
        minus[place] -= h
        g[place] = (f(plus) - f(minus)) / (2 * h)
    return g

# %% wrong: half_step
# mistake: steps of eps / 2 to both sides
# rule: "(f(x + eps e_i) - f(x - eps e_i)) / (2 eps)"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps / 2
        minus[place] -= eps / 2
        g[place] = (f(plus) - f(minus)) / eps
    return g

# %% wrong: relative_step
# mistake: step proportional to the entry: 0/0 for an entry 0
# rule: "eps: size of the step"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        h = eps * abs(x[place])
        plus, minus = x.copy(), x.copy()
        plus[place] += h
        minus[place] -= h
        g[place] = (f(plus) - f(minus)) / (2 * h)
    return g

# %% wrong: integer_result
# mistake: an int array cuts the slopes
# rule: "x: array of any shape, float64" / "NumPy only, float64"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape, dtype=int)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: float32_copies
# mistake: works in float32, where no step is good
# rule: "NumPy only, float64." / "check gradients in float64"
def numerical_gradient(f, x, eps=1e-6):
    x = x.astype(np.float32)
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: sign
# mistake: minus before plus
# rule: "f(x + eps e_i) - f(x - eps e_i)"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(minus) - f(plus)) / (2 * eps)
    return g

# %% wrong: transposed_loses
# mistake: zeros_like of a transposed array is in F order, so that ravel() gives a copy and the slopes are lost
# rule: "x: array of any shape"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros_like(x)
    flat = g.ravel()
    for i, place in enumerate(np.ndindex(x.shape)):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        flat[i] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: skips_zeros
# mistake: leaves out entries that are 0
# rule: "The gradient of f at x" - every entry
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in zip(*np.nonzero(x)):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: plus_only_copied
# mistake: minus = plus is the same array: both moves cancel
# rule: "f(x + eps e_i) - f(x - eps e_i)"
def numerical_gradient(f, x, eps=1e-6):
    g = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        plus = minus = x.copy()
        plus[place] += eps
        minus[place] -= eps
        g[place] = (f(plus) - f(minus)) / (2 * eps)
    return g

# %% wrong: square_only
# mistake: reshapes in the wrong order ("F"): right for vectors, wrong for matrices
# rule: "Returns an array of the shape of x."
def numerical_gradient(f, x, eps=1e-6):
    g = []
    for place in np.ndindex(x.shape):
        plus, minus = x.copy(), x.copy()
        plus[place] += eps
        minus[place] -= eps
        g.append((f(plus) - f(minus)) / (2 * eps))
    return np.array(g).reshape(x.shape, order="F")
