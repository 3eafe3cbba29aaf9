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
