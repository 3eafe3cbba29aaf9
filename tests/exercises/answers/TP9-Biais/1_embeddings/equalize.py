# exercise: equalize

# %% right: projections
# style: both parts of the mean by name
def equalize(first, second, direction):
    n = lambda v: v / np.linalg.norm(v)
    g, one, two = n(direction), n(first), n(second)
    mu = (one + two) / 2
    mu_g = np.dot(mu, g) * g
    nu = mu - mu_g
    z = np.sqrt(1 - np.linalg.norm(nu) ** 2)
    s = np.sign(np.dot(one - two, g))
    return nu + s * z * g, nu - s * z * g

# %% right: matrix
# style: a projection matrix, and an array of two rows
def equalize(first, second, direction):
    P = np.outer(direction, direction) / (direction @ direction)
    W = np.stack([first / np.linalg.norm(first), second / np.linalg.norm(second)])
    nu = (np.eye(len(direction)) - P) @ W.mean(0)
    g = direction / np.linalg.norm(direction)
    z = np.sqrt(1 - (nu ** 2).sum())
    if W[0] @ g < W[1] @ g:
        return nu - z * g, nu + z * g
    return nu + z * g, nu - z * g

# %% wrong: abs_root
# mistake: the notebook's root with abs, vectors as they come
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    mean = (first + second) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(np.abs(1 - off @ off))
    if first @ g < second @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: always_plus
# mistake: the first word always gets the plus
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    return off + z * g, off - z * g

# %% wrong: norm_not_squared
# mistake: sqrt(1 - |nu|)
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - np.linalg.norm(off))
    if u @ g < v @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: mean_kept
# mistake: the mean keeps its part along g
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    if u @ g < v @ g:
        z = -z
    return mean + z * g, mean - z * g

# %% wrong: raw_g
# mistake: the direction in its own length
def equalize(first, second, direction):
    g = direction
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) / (g @ g) * g
    z = np.sqrt(1 - off @ off)
    if u @ g < v @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: neutral_words
# mistake: both words neutralised
def equalize(first, second, direction):
    return tuple(neutralize(np.array([first, second]), direction))

# %% wrong: farther_by_raw_length
# mistake: which word lies farther is asked of the vectors in their own lengths
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    if first @ g < second @ g:
        z = -z
    return off + z * g, off - z * g
