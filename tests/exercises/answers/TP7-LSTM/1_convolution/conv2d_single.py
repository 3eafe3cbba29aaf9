# exercise: conv2d_single

# %% right: signal_of_slices
# style: list comprehension, vdot
def conv2d_single(image, kernel):
    a, b = kernel.shape
    h, l = image.shape
    return np.array([[np.vdot(image[i : i + a, j : j + b], kernel) for j in range(l - b + 1)] for i in range(h - a + 1)])

# %% right: strided
# style: as_strided and tensordot
def conv2d_single(image, kernel):
    from numpy.lib.stride_tricks import as_strided
    out = tuple(np.subtract(image.shape, kernel.shape) + 1)
    views = as_strided(image, shape=out + kernel.shape, strides=image.strides * 2)
    return np.tensordot(views, kernel, 2)

# %% wrong: flipped
# mistake: true convolution, kernel turned round
def conv2d_single(image, kernel):
    k = np.flip(kernel)
    kh, kw = k.shape
    z = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = (image[i:i+kh, j:j+kw] * k).sum()
    return z

# %% wrong: square_only
# mistake: takes the number of rows of the kernel for both
def conv2d_single(image, kernel):
    k = kernel.shape[0]
    z = np.zeros((image.shape[0] - k + 1, image.shape[1] - k + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = (image[i:i+k, j:j+k] * kernel).sum()
    return z

# %% wrong: one_short
# mistake: H - kh places
def conv2d_single(image, kernel):
    kh, kw = kernel.shape
    z = np.zeros((image.shape[0] - kh, image.shape[1] - kw))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = (image[i:i+kh, j:j+kw] * kernel).sum()
    return z

# %% wrong: matmul
# mistake: @ in place of *
def conv2d_single(image, kernel):
    kh, kw = kernel.shape
    z = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = (image[i:i+kh, j:j+kw] @ kernel.T).sum()
    return z

# %% wrong: rounded
# mistake: an integer map
def conv2d_single(image, kernel):
    kh, kw = kernel.shape
    z = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), dtype=int)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            z[i, j] = (image[i:i+kh, j:j+kw] * kernel).sum()
    return z
