# exercise: max_pool2d

# %% right: reshape_or_loop
# style: reshape where windows touch, else a loop
def max_pool2d(x, kernel_size, stride=None):
    if stride is None:
        stride = kernel_size
    B, C, H, W = x.shape
    k = kernel_size
    if stride == k:
        h, w = H // k, W // k
        return x[:, :, : h * k, : w * k].reshape(B, C, h, k, w, k).max(axis=(3, 5))
    return np.stack([np.stack([x[:, :, i : i + k, j : j + k].reshape(B, C, -1).max(-1)
        for j in range(0, W - k + 1, stride)], -1) for i in range(0, H - k + 1, stride)], -2)

# %% wrong: reshape_only
# mistake: right where windows touch
def max_pool2d(x, kernel_size, stride=None):
    B, C, H, W = x.shape
    k = kernel_size
    h, w = H // k, W // k
    return x[:, :, : h * k, : w * k].reshape(B, C, h, k, w, k).max(axis=(3, 5))

# %% wrong: padded_with_zeros
# mistake: pads at the right and at the bottom
def max_pool2d(x, kernel_size, stride=None):
    stride = stride or kernel_size
    B, C, H, W = x.shape
    h, w = -(-(H - kernel_size) // stride) + 1, -(-(W - kernel_size) // stride) + 1
    z = np.zeros((B, C, h, w))
    for i in range(h):
        for j in range(w):
            z[:, :, i, j] = x[:, :, i*stride:i*stride+kernel_size, j*stride:j*stride+kernel_size].max((2, 3))
    return z

# %% wrong: starts_at_zero
# mistake: best = 0
def max_pool2d(x, kernel_size, stride=None):
    stride = stride or kernel_size
    B, C, H, W = x.shape
    z = np.zeros((B, C, (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1))
    for b, c, i, j in np.ndindex(z.shape):
        best = 0
        for u in range(kernel_size):
            for v in range(kernel_size):
                if x[b, c, i * stride + u, j * stride + v] > best:
                    best = x[b, c, i * stride + u, j * stride + v]
        z[b, c, i, j] = best
    return z
