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

# %% right: projection_matrix
# style: the matrix I - g g^T / (g . g), once for all words
def neutralize(words, direction):
    g = np.asarray(direction, dtype=float)
    keep = np.eye(len(g)) - np.outer(g, g) / np.dot(g, g)
    rest = words @ keep
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% right: early_loop
# style: word by word in a list, g scaled to a new vector first
def neutralize(words, direction):
    unit = direction / np.linalg.norm(direction)
    out = []
    for w in words:
        along = sum(p * q for p, q in zip(w, unit))
        rest = [p - along * q for p, q in zip(w, unit)]
        length = sum(r * r for r in rest) ** 0.5
        out.append([r / length for r in rest])
    return np.array(out)

# %% right: copy_and_in_place
# style: a copy that is changed in place
def neutralize(words, direction):
    result = np.array(words, dtype=float, copy=True)
    g = np.array(direction, dtype=float, copy=True)
    g /= np.sqrt(g @ g)
    result -= np.einsum("ne,e,f->nf", result, g, g)
    result /= np.sqrt(np.square(result).sum(axis=1))[:, np.newaxis]
    return result

# %% right: least_squares
# style: the residual of a regression on g, words in columns
def neutralize(words, direction):
    g = direction.reshape(-1, 1)
    coefficient = np.linalg.lstsq(g, words.T, rcond=None)[0]
    rest = words.T - g @ coefficient
    return (rest / np.linalg.norm(rest, axis=0)).T

# %% wrong: direction_taken_as_unit
# mistake: leaves out the division by g . g
# rule: "$g$ may have **any length** but 0."
def neutralize(words, direction):
    rest = words - np.outer(words @ direction, direction)
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: divided_by_length
# mistake: divides by |g| instead of g . g
# rule: "\frac{w \cdot g}{g \cdot g} \, g"
def neutralize(words, direction):
    rest = words - np.outer(words @ direction / np.linalg.norm(direction), direction)
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: not_scaled_after
# mistake: leaves out the second step
# rule: "and scale the rest to length 1"
def neutralize(words, direction):
    return words - np.outer(words @ direction / (direction @ direction), direction)

# %% wrong: scaled_before_only
# mistake: scales the words first, and not the rest
# rule: "\text{then} \qquad \frac{w'}{|w'|}"
def neutralize(words, direction):
    words = words / np.linalg.norm(words, axis=1, keepdims=True)
    return words - np.outer(words @ direction / (direction @ direction), direction)

# %% wrong: scaled_by_old_length
# mistake: divides the rest by the length of the word before
# rule: "\frac{w'}{|w'|}"
def neutralize(words, direction):
    lengths = np.linalg.norm(words, axis=1, keepdims=True)
    rest = words - np.outer(words @ direction / (direction @ direction), direction)
    return rest / lengths

# %% wrong: length_of_the_table
# mistake: norm without axis
# rule: "The words without their part along the direction, in length 1."
def neutralize(words, direction):
    rest = words - np.outer(words @ direction / (direction @ direction), direction)
    return rest / np.linalg.norm(rest)

# %% wrong: words_changed
# mistake: -= on the argument
# rule: "Do not change the arrays that you are given."
def neutralize(words, direction):
    words -= np.outer(words @ direction / (direction @ direction), direction)
    return words / np.linalg.norm(words, axis=1, keepdims=True)

# %% wrong: direction_changed
# mistake: scales the direction in place
# rule: "Do not change the arrays that you are given."
def neutralize(words, direction):
    direction /= np.linalg.norm(direction)
    rest = words - np.outer(words @ direction, direction)
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: without_sign
# mistake: absolute value of the coefficient
# rule: "\frac{w \cdot g}{g \cdot g} \, g"
def neutralize(words, direction):
    coefficient = np.abs(words @ direction) / (direction @ direction)
    rest = words - coefficient[:, None] * direction
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)

# %% wrong: cosine_as_coefficient
# mistake: the cosine as coefficient: forgets the length of the word
# rule: "\frac{w \cdot g}{g \cdot g} \, g"
def neutralize(words, direction):
    g = direction / np.linalg.norm(direction)
    cos = cosine_similarity(words, g[None])
    rest = words - cos * g
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)
