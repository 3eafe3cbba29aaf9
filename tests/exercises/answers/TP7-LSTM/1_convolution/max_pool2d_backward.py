# exercise: max_pool2d_backward

# %% right: argmax_flat
# style: divmod of argmax
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = kernel_size if stride is None else stride
    dx = 0.0 * x
    for (b, c, i, j), g in np.ndenumerate(grad):
        at = int(np.argmax(x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]))
        dx[b, c, i * s + at // kernel_size, j * s + at % kernel_size] += g
    return dx

# %% wrong: mask
# mistake: all ties
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = kernel_size if stride is None else stride
    dx = np.zeros(x.shape)
    for (b, c, i, j), g in np.ndenumerate(grad):
        w = x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        dx[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size] += g * (w == w.max())
    return dx

# %% wrong: last_tie
# mistake: >= in the search
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = kernel_size if stride is None else stride
    dx = np.zeros(x.shape)
    for (b, c, i, j), g in np.ndenumerate(grad):
        best, where = -np.inf, None
        for u in range(i * s, i * s + kernel_size):
            for v in range(j * s, j * s + kernel_size):
                if x[b, c, u, v] >= best:
                    best, where = x[b, c, u, v], (u, v)
        dx[b, c][where] += g
    return dx

# %% wrong: assigns
# mistake: = in overlaps
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = kernel_size if stride is None else stride
    dx = np.zeros(x.shape)
    for (b, c, i, j), g in np.ndenumerate(grad):
        at = int(np.argmax(x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]))
        dx[b, c, i * s + at // kernel_size, j * s + at % kernel_size] = g
    return dx

# %% right: loops_in_python
# style: six loops and a strict comparison
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        best = None
        for u in range(kernel_size):
            for v in range(kernel_size):
                here = (b, c, i * s + u, j * s + v)
                if best is None or x[here] > x[best]:
                    best = here
        dx[best] += grad[b, c, i, j]
    return dx

# %% right: add_at
# style: argmax of all windows at once, np.add.at
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    stride = kernel_size if stride is None else stride
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    w = w[:, :, ::stride, ::stride]
    B, C, Ho, Wo = w.shape[:4]
    u, v = np.divmod(w.reshape(B, C, Ho, Wo, -1).argmax(-1), kernel_size)
    b, c, i, j = np.indices((B, C, Ho, Wo))
    dx = np.zeros(x.shape, dtype=grad.dtype)
    np.add.at(dx, (b, c, i * stride + u, j * stride + v), grad)
    return dx

# %% right: flat_bincount
# style: one flat vector, np.bincount
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    step = kernel_size if stride is None else stride
    number = np.arange(x.size).reshape(x.shape)
    places, weights = [], []
    for (b, c, i, j), g in np.ndenumerate(grad):
        rows, cols = slice(i * step, i * step + kernel_size), slice(j * step, j * step + kernel_size)
        places.append(number[b, c, rows, cols].ravel()[x[b, c, rows, cols].argmax()])
        weights.append(g)
    return np.bincount(places, weights, minlength=x.size).reshape(x.shape)

# %% wrong: shared_by_ties
# mistake: ties share the gradient equally
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        at = np.s_[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        mask = x[at] == x[at].max()
        dx[at] += grad[b, c, i, j] * mask / mask.sum()
    return dx

# %% wrong: first_column_first
# mistake: of ties the first one column by column
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        window = x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        v, u = np.unravel_index(window.T.argmax(), window.T.shape)
        dx[b, c, i * s + u, j * s + v] += grad[b, c, i, j]
    return dx

# %% wrong: stride_ignored
# mistake: windows never overlap
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        window = x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        if window.size:
            u, v = np.unravel_index(window.argmax(), window.shape)
            dx[b, c, i * s + u, j * s + v] += grad[b, c, i, j]
    return dx

# %% wrong: values_in_place_of_gradients
# mistake: puts the maximum, not the gradient, at the place
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        window = x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[b, c, i * s + u, j * s + v] += window[u, v]
    return dx

# %% wrong: nearly_equal_is_a_tie
# mistake: near-ties count as ties, and the first gets all
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        window = x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
        u, v = np.argwhere(np.isclose(window, window.max()))[0]
        dx[b, c, i * s + u, j * s + v] += grad[b, c, i, j]
    return dx

# %% wrong: largest_size
# mistake: the largest absolute value
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    s = stride or kernel_size
    dx = np.zeros(x.shape)
    for b, c, i, j in np.ndindex(*grad.shape):
        window = np.abs(x[b, c, i * s : i * s + kernel_size, j * s : j * s + kernel_size])
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[b, c, i * s + u, j * s + v] += grad[b, c, i, j]
    return dx
