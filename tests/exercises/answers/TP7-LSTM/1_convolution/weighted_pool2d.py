# exercise: weighted_pool2d

# %% right: meshgrid
# style: mgrid, weights divided at the end
def weighted_pool2d(x, kernel_size, stride=None, sigma=1.0):
    s = stride if stride is not None else kernel_size
    u, v = np.mgrid[:kernel_size, :kernel_size] - (kernel_size - 1) / 2
    w = np.exp(-(u * u + v * v) / 2 / sigma / sigma)
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (views * w).sum((4, 5)) / w.sum()

# %% wrong: unnormalised
# mistake: weights do not add up to 1
def weighted_pool2d(x, kernel_size, stride=None, sigma=1.0):
    s = stride if stride is not None else kernel_size
    u, v = np.mgrid[:kernel_size, :kernel_size] - (kernel_size - 1) / 2
    w = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (views * w).sum((4, 5))

# %% wrong: integer_middle
# mistake: the middle is kernel_size // 2
def weighted_pool2d(x, kernel_size, stride=None, sigma=1.0):
    s = stride if stride is not None else kernel_size
    u, v = np.mgrid[:kernel_size, :kernel_size] - kernel_size // 2
    w = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (views * w).sum((4, 5)) / w.sum()

# %% wrong: inverse_distance
# mistake: weights 1 / (1 + d)
def weighted_pool2d(x, kernel_size, stride=None, sigma=1.0):
    s = stride if stride is not None else kernel_size
    u, v = np.mgrid[:kernel_size, :kernel_size] - (kernel_size - 1) / 2
    w = 1 / (1 + np.hypot(u, v) / sigma)
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (views * w).sum((4, 5)) / w.sum()

# %% wrong: default_sigma
# mistake: another default
def weighted_pool2d(x, kernel_size, stride=None, sigma=0.5):
    s = stride if stride is not None else kernel_size
    u, v = np.mgrid[:kernel_size, :kernel_size] - (kernel_size - 1) / 2
    w = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    views = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (views * w).sum((4, 5)) / w.sum()
