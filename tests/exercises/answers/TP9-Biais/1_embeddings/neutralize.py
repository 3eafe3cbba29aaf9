# exercise: neutralize

# %% right: unit_first
# style: the direction is scaled first
def neutralize(words, direction):
    g = direction / np.sqrt(np.sum(direction ** 2))
    rest = words - np.outer(words @ g, g)
    return rest / np.linalg.norm(rest, axis=-1, keepdims=True)

# %% right: lstsq
# style: least squares
def neutralize(words, direction):
    share = np.linalg.lstsq(direction[:, None], words.T, rcond=None)[0]
    rest = words - share.T * direction
    return np.array([r / np.linalg.norm(r) for r in rest])

# %% right: scaled_twice
# style: scaled before and after
def neutralize(words, direction):
    u = words / np.linalg.norm(words, axis=1, keepdims=True)
    g = direction / np.linalg.norm(direction)
    u = u - (u @ g)[:, None] * g[None, :]
    return u / np.linalg.norm(u, axis=1, keepdims=True)

# %% wrong: norm_once
# mistake: divided by the length, not its square
def neutralize(words, direction):
    rest = words - (words @ direction / np.linalg.norm(direction))[:, None] * direction
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: assumed_unit
# mistake: the direction is not divided at all
def neutralize(words, direction):
    rest = words - np.outer(words @ direction, direction)
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: long
# mistake: not scaled to length 1
def neutralize(words, direction):
    return words - np.outer(words @ direction, direction) / (direction @ direction)

# %% wrong: kept
# mistake: the part along the direction
def neutralize(words, direction):
    part = np.outer(words @ direction, direction) / (direction @ direction)
    return part / np.linalg.norm(part, axis=1, keepdims=True)

# %% wrong: old_length
# mistake: divided by the length of the word before
def neutralize(words, direction):
    rest = words - np.outer(words @ direction, direction) / (direction @ direction)
    return rest / np.linalg.norm(words, axis=1, keepdims=True)

# %% wrong: one_norm
# mistake: one length for all
def neutralize(words, direction):
    rest = words - np.outer(words @ direction, direction) / (direction @ direction)
    return rest / np.linalg.norm(rest)

# %% wrong: in_place
# mistake: changes the words that it was given
def neutralize(words, direction):
    words -= np.outer(words @ direction, direction) / (direction @ direction)
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    return words
