# exercise: cosine_similarity

# %% right: loops
# style: plain loops and lists, as in a first course
def cosine_similarity(x, y):
    result = []
    for u in x:
        line = []
        for v in y:
            dot = sum(p * q for p, q in zip(u, v))
            line.append(dot / (sum(p * p for p in u) ** 0.5 * sum(q * q for q in v) ** 0.5))
        result.append(line)
    return np.array(result)

# %% right: broadcast
# style: one big broadcast product
def cosine_similarity(x, y):
    dots = (x[:, None, :] * y[None, :, :]).sum(-1)
    return dots / np.sqrt((x * x).sum(-1))[:, None] / np.sqrt((y * y).sum(-1))

# %% right: apply
# style: np.apply_along_axis for the lengths
def cosine_similarity(x, y):
    lx = np.apply_along_axis(np.linalg.norm, 1, x)
    ly = np.apply_along_axis(np.linalg.norm, 1, y)
    return np.dot(x, y.T) / np.outer(lx, ly)

# %% right: torch
# style: torch normalises the rows
def cosine_similarity(x, y):
    import torch
    f = lambda a: torch.nn.functional.normalize(torch.as_tensor(a), dim=1)
    return (f(x) @ f(y).T).numpy()

# %% wrong: only_dot
# mistake: scalar products without lengths
def cosine_similarity(x, y):
    return np.dot(x, np.transpose(y))

# %% wrong: norm_without_axis
# mistake: np.linalg.norm over the whole matrix
def cosine_similarity(x, y):
    return np.dot(x, y.T) / (np.linalg.norm(x) * np.linalg.norm(y))

# %% wrong: paired_rows
# mistake: the first row with the first row only
def cosine_similarity(x, y):
    return np.array([u @ v / (np.linalg.norm(u) * np.linalg.norm(v)) for u, v in zip(x, y)])

# %% wrong: axis_0
# mistake: lengths of the columns
def cosine_similarity(x, y):
    a = x / np.linalg.norm(x, axis=0, keepdims=True)
    b = y / np.linalg.norm(y, axis=0, keepdims=True)
    return a @ b.T

# %% wrong: forgot_y
# mistake: only x is scaled
def cosine_similarity(x, y):
    x = x / np.sqrt((x ** 2).sum(axis=1, keepdims=True))
    return x @ y.T

# %% wrong: squares
# mistake: the root of the lengths is missing
def cosine_similarity(x, y):
    return x @ y.T / ((x ** 2).sum(1)[:, None] * (y ** 2).sum(1)[None])

# %% wrong: l1
# mistake: sums of absolute values for lengths
def cosine_similarity(x, y):
    return x @ y.T / np.outer(np.abs(x).sum(1), np.abs(y).sum(1))

# %% wrong: in_place
# mistake: divides the given arrays in place
def cosine_similarity(x, y):
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    return x @ y.T
