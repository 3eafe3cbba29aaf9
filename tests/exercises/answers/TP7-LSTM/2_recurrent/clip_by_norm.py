# exercise: clip_by_norm

# %% right: loop
# style: sums in a loop
def clip_by_norm(grads, limit):
    total = 0.0
    for g in grads:
        for value in g.flat:
            total += value**2
    norm = total**0.5
    if norm > limit:
        return [g * (limit / norm) for g in grads], norm
    return [g.copy() for g in grads], norm

# %% wrong: below_only
# mistake: the condition turned round
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    if norm < limit:
        return [g * limit / norm for g in grads], norm
    return grads, norm

# %% wrong: mean_square
# mistake: root of the mean of the squares
def clip_by_norm(grads, limit):
    flat = np.concatenate([g.ravel() for g in grads])
    norm = np.sqrt(np.mean(flat**2))
    return [g * min(1, limit / max(norm, 1e-12)) for g in grads], norm

# %% wrong: in_place
# mistake: changes the given arrays
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    if norm > limit:
        for g in grads:
            g *= limit / norm
    return grads, norm

# %% wrong: big_epsilon
# mistake: a number in the denominator that is not small
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    return [g * min(1, limit / (norm + 0.01)) for g in grads], norm
