# exercise: output_size

# %% right: numpy_floor
# style: np.floor, a float comes back
def output_size(size, kernel_size, stride=1, padding=0):
    return np.floor((size - kernel_size + 2 * padding) / stride) + 1

# %% right: counted
# style: while loop
def output_size(size, kernel_size, stride=1, padding=0):
    n, start = 0, -padding
    while start + kernel_size <= size + padding:
        n += 1
        start += stride
    return n

# %% wrong: ceil
# mistake: rounds up
def output_size(size, kernel_size, stride=1, padding=0):
    return int(np.ceil((size + 2 * padding - kernel_size) / stride)) + 1

# %% wrong: no_floor
# mistake: true division
def output_size(size, kernel_size, stride=1, padding=0):
    return (size + 2 * padding - kernel_size) / stride + 1

# %% wrong: default_stride
# mistake: stride as in pooling
def output_size(size, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    return (size + 2 * padding - kernel_size) // stride + 1
