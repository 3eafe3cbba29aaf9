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

# %% right: loops_over_entries
# style: a Python loop over flat arrays
def clip_by_value(grads, limit):
    clipped = []
    for g in grads:
        values = [max(-limit, min(limit, value)) for value in g.ravel().tolist()]
        clipped.append(np.array(values).reshape(g.shape))
    return clipped

# %% right: a_tuple_of_copies
# style: copies changed by masks, handed back as a tuple
def clip_by_value(grads, limit):
    copies = tuple(g.copy() for g in grads)
    for g in copies:
        g[g > limit] = limit
        g[g < -limit] = -limit
    return copies

# %% right: median_of_three
# style: np.median of the two limits and the value
def clip_by_value(grads, limit):
    return [np.median([g, np.full_like(g, limit), np.full_like(g, -limit)], axis=0) for g in grads]

# %% wrong: limit_one
# mistake: clips at 1 whatever the limit
def clip_by_value(grads, limit):
    return [np.clip(g, -1, 1) for g in grads]

# %% wrong: flat_arrays
# mistake: one flat array of all
def clip_by_value(grads, limit):
    return [np.clip(np.concatenate([g.ravel() for g in grads]), -limit, limit)]
