# exercise: lp_pool2d

# %% right: scaled
# style: factor out the largest
def lp_pool2d(x, norm_type, kernel_size, stride=None):
    s = stride if stride is not None else kernel_size
    v = np.abs(np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s])
    top = v.max(axis=(4, 5), keepdims=True)
    top[top == 0] = 1
    return top[..., 0, 0] * ((v / top) ** norm_type).sum(axis=(4, 5)) ** (1 / norm_type)

# %% wrong: no_abs
# mistake: as PyTorch
def lp_pool2d(x, norm_type, kernel_size, stride=None):
    s = stride if stride is not None else kernel_size
    v = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return (v**norm_type).sum(axis=(4, 5)) ** (1 / norm_type)

# %% wrong: sqrt
# mistake: p = 2 only
def lp_pool2d(x, norm_type, kernel_size, stride=None):
    s = stride if stride is not None else kernel_size
    v = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return np.sqrt((v**2).sum(axis=(4, 5)))

# %% wrong: plus_epsilon
# mistake: something small added under the root
def lp_pool2d(x, norm_type, kernel_size, stride=None):
    s = stride if stride is not None else kernel_size
    v = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return ((np.abs(v) ** norm_type).sum(axis=(4, 5)) + 1e-6) ** (1 / norm_type)
