# exercise: sgd_epoch

# %% right: plain
# style: permutation and slices
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% right: shuffled_arange
# style: rng.shuffle of np.arange, copy of theta in place
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    indices = np.arange(len(y))
    rng.shuffle(indices)
    theta = theta.copy()
    debut = 0
    while debut < len(indices):
        lot = indices[debut : debut + batch_size]
        theta -= lr * gradient(theta, x[lot], y[lot])
        debut += batch_size
    return theta

# %% right: np_split
# style: np.split of a permutation
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    n = x.shape[0]
    for rows in np.split(rng.permutation(n), range(batch_size, n, batch_size)):
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% right: argsort_of_random
# style: order by argsort of random numbers, number of batches with ceil
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    ordre = np.argsort(rng.random(len(x)))
    x_melange, y_melange = x[ordre], y[ordre]
    nombre = int(np.ceil(len(x) / batch_size))
    for k in range(nombre):
        a, b = k * batch_size, min((k + 1) * batch_size, len(x))
        grad = gradient(theta, x_melange[a:b], y_melange[a:b])
        theta = theta - lr * grad
    return theta

# %% right: choice_without_replacement
# style: rng.choice without replacement, list of positions, batches popped from the list
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    reste = list(rng.choice(len(x), size=len(x), replace=False))
    while reste:
        lot, reste = reste[:batch_size], reste[batch_size:]
        theta = theta - lr * gradient(theta, np.array([x[i] for i in lot]), np.array([y[i] for i in lot]))
    return theta

# %% right: drawn_from_the_rest
# style: draws each batch from the positions that are left
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    left = np.arange(len(x))
    while left.size > 0:
        m = min(batch_size, left.size)
        picked = rng.choice(left.size, m, replace=False)
        rows = left[picked]
        left = np.delete(left, picked)
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: no_shuffle
# mistake: the given order
# rule: "shuffle the positions 0 ... n - 1"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = np.arange(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: y_not_shuffled
# mistake: x is shuffled, y is not
# rule: "the gradient of its mean loss" - examples are pairs (x, y)
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[start : start + batch_size])
    return theta

# %% wrong: two_permutations
# mistake: x and y in different orders
# rule: "every example is used once" - x and y belong together
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    xs, ys = rng.permutation(x), rng.permutation(y)
    for start in range(0, len(x), batch_size):
        stop = start + batch_size
        theta = theta - lr * gradient(theta, xs[start:stop], ys[start:stop])
    return theta

# %% wrong: shuffles_in_place
# mistake: rng.shuffle of x and y themselves
# rule: "Do not change the arrays that you are given: return new ones."
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    x[:] = x[order]
    y[:] = y[order]
    for start in range(0, len(x), batch_size):
        stop = start + batch_size
        theta = theta - lr * gradient(theta, x[start:stop], y[start:stop])
    return theta

# %% wrong: theta_in_place
# mistake: theta -= changes the parameters of the caller
# rule: "Do not change the arrays that you are given"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta -= lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: last_batch_lost
# mistake: only full batches
# rule: "the last one may be shorter, and it counts too"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x) - batch_size + 1, batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: last_batch_lost_off_by_one
# mistake: range(0, n - m, m): loses the last batch, also a full one
# rule: "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x) - batch_size, batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: number_rounded_down
# mistake: n // m batches: none if the batch is larger than n
# rule: "n / m, rounded up"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for k in range(len(x) // batch_size):
        start = k * batch_size
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: with_replacement
# mistake: rng.integers: with replacement
# rule: "with no replacement" / "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.integers(0, len(x), len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: choice_with_replacement
# mistake: rng.choice with its default replace=True
# rule: "with no replacement"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = rng.choice(len(x), min(batch_size, len(x) - start))
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: new_order_each_batch
# mistake: a new permutation for each batch
# rule: "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = rng.permutation(len(x))[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: gradient_at_start
# mistake: all gradients at the start of the epoch
# rule: "at the *present* parameters, and one step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    begin = theta
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(begin, x[rows], y[rows])
    return theta

# %% wrong: one_step_per_epoch
# mistake: adds up the gradients and makes one step
# rule: "for each run: ... and one step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    total = 0
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        total = total + gradient(theta, x[rows], y[rows])
    return theta - lr * total

# %% wrong: global_random
# mistake: np.random instead of rng
# rule: "Shuffle with the generator `rng` that comes in"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = np.random.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: own_generator
# mistake: a new generator with seed 0: the same order in each epoch
# rule: "in a new order for each epoch" / "Shuffle with the generator rng"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = np.random.default_rng(0).permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: copied_generator
# mistake: works on a copy of rng: the same order in each epoch
# rule: "in a new order for each epoch"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    import copy

    rng = copy.deepcopy(rng)
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: divided_again
# mistake: divides the mean gradient by the size of the batch
# rule: "the gradient of its mean loss ... and one step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows]) / len(rows)
    return theta

# %% wrong: summed
# mistake: multiplies by the size of the batch
# rule: "the gradient of its mean loss"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows]) * len(rows)
    return theta

# %% wrong: last_batch_weighted
# mistake: weights the short batch by its size
# rule: "the gradient of its mean loss, at the present parameters, and one step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows]) * (len(rows) / batch_size)
    return theta

# %% wrong: climbs
# mistake: plus
# rule: step of descent: theta - eta grad
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta + lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: full_gradient
# mistake: gradient of all examples in each step
# rule: "the gradient of *its* mean loss"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x, y)
    return theta

# %% wrong: first_batch_only
# mistake: one batch per call
# rule: "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
        break
    return theta

# %% wrong: one_by_one
# mistake: a step for each example of the batch
# rule: "for each run: the gradient of its mean loss ... and one step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        for i in rows:
            theta = theta - lr * gradient(theta, x[i : i + 1], y[i : i + 1])
    return theta

# %% wrong: blocks_in_order
# mistake: shuffles the order of fixed blocks, not the examples
# rule: "shuffle the positions 0 ... n - 1 ...; cut them into runs"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    starts = rng.permutation(np.arange(0, len(x), batch_size))
    for start in starts:
        rows = slice(start, start + batch_size)
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: equal_batches
# mistake: np.array_split into equal parts: not runs of m
# rule: "cut them into runs of m; the last one may be shorter"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    number = -(-len(x) // batch_size)
    for rows in np.array_split(rng.permutation(len(x)), number):
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: filled_up
# mistake: fills the last batch with examples from the start
# rule: "the last one may be shorter" / "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = np.take(order, range(start, start + batch_size), mode="wrap")
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: overlap
# mistake: each batch one example too long
# rule: "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size + 1]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: gap
# mistake: each batch one example too short
# rule: "every example is used once"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + max(1, batch_size - 1)]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta

# %% wrong: columns_shuffled
# mistake: rng.permuted shuffles each column on its own
# rule: "examples" - the rows of x stay together
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    data = rng.permuted(np.column_stack([x, y]), axis=0)
    for start in range(0, len(x), batch_size):
        part = data[start : start + batch_size]
        theta = theta - lr * gradient(theta, part[:, :-1], part[:, -1])
    return theta

# %% wrong: mean_theta
# mistake: returns the mean over the epoch
# rule: "Returns the parameters after the epoch."
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    order = rng.permutation(len(x))
    visited = []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
        visited.append(theta)
    return np.mean(visited, axis=0)

# %% wrong: batch_32
# mistake: batches of 32
# rule: "batch_size: examples in a step"
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    batch_size = 32
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta
