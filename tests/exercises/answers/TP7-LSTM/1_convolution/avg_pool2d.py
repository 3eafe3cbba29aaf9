# exercise: avg_pool2d

# %% right: sums
# style: sum over shifts, divided once
def avg_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride if stride is not None else kernel_size
    x = np.pad(x, [(0, 0), (0, 0)] + [(padding, padding)] * 2)
    h, w = x.shape[2] - kernel_size + 1, x.shape[3] - kernel_size + 1
    total = sum(x[:, :, u : u + h, v : v + w] for u in range(kernel_size) for v in range(kernel_size))
    return total[:, :, ::s, ::s] / kernel_size**2

# %% wrong: only_real_pixels
# mistake: padding not counted
def avg_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride if stride is not None else kernel_size
    x = np.pad(x, [(0, 0), (0, 0)] + [(padding, padding)] * 2, constant_values=np.nan)
    v = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return np.nanmean(v, axis=(4, 5))

# %% wrong: no_padding
# mistake: padding never used
def avg_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride if stride is not None else kernel_size
    v = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return v.mean(axis=(4, 5))
