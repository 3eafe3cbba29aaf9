# exercise: clip_by_value

# %% right: masks
# style: boolean masks on copies
def clip_by_value(grads, limit):
    result = []
    for g in grads:
        g = g.copy()
        g[g > limit] = limit
        g[g < -limit] = -limit
        result.append(g)
    return result

# %% wrong: in_place
# mistake: changes the given arrays
def clip_by_value(grads, limit):
    for g in grads:
        np.clip(g, -limit, limit, out=g)
    return grads

# %% wrong: tanh
# mistake: a soft limit
def clip_by_value(grads, limit):
    return [limit * np.tanh(g / limit) for g in grads]

# %% wrong: first_only
# mistake: returns in the loop
def clip_by_value(grads, limit):
    for g in grads:
        return [np.clip(g, -limit, limit)]
