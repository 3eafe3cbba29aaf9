# exercise: step_network

# %% right: plain
# style: np.full, difference of slices
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% right: mean_of_ends
# style: np.diff and the mean of first and last level (the sum telescopes)
def step_network(edges, levels, steepness):
    edges, levels = np.asarray(edges, float), np.asarray(levels, float)
    return [
        (steepness * np.ones((1, edges.size)), -steepness * edges),
        (0.5 * np.diff(levels)[:, None], np.array([(levels[0] + levels[-1]) / 2])),
    ]

# %% right: loops
# style: Python loops over the units, lists turned into arrays at the end
def step_network(edges, levels, steepness):
    poids, biais, sortie = [], [], []
    biais_final = levels[0]
    for j in range(len(edges)):
        poids.append(steepness)
        biais.append(-steepness * edges[j])
        saut = levels[j + 1] - levels[j]
        sortie.append([saut / 2])
        biais_final = biais_final + saut / 2
    premiere = (np.array([poids], dtype=float), np.array(biais, dtype=float))
    seconde = (np.array(sortie, dtype=float), np.array([biais_final], dtype=float))
    return [premiere, seconde]

# %% right: filled_zeros
# style: zeros filled by slices, bias found by levels[0] + sum of output weights
def step_network(edges, levels, steepness):
    N = edges.shape[0]
    parameters = [(np.zeros((1, N)), np.zeros(N)), (np.zeros((N, 1)), np.zeros(1))]
    (W1, b1), (W2, b2) = parameters
    W1[:] = steepness
    b1[:] = W1[0] * -edges
    W2[:, 0] = np.diff(levels) / 2
    b2[0] = levels[0] + W2.sum()
    return parameters

# %% right: from_the_right
# style: bias found from the right side: last level minus the sum
def step_network(edges, levels, steepness):
    W1 = np.tile(steepness, (1, len(edges))).astype(float)
    b1 = np.array([-steepness * e for e in edges])
    W2 = np.array([[(after - before) / 2] for before, after in zip(levels, levels[1:])])
    b2 = levels[-1:] - W2.sum(axis=0)
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_without_steepness
# mistake: b1 = -edges
# rule: "Unit j must compute tanh(s (x - e_j))"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -1.0 * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_sign
# mistake: b1 = + s e
# rule: "Unit j must compute tanh(s (x - e_j))"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: no_half
# mistake: output weights are the whole jumps
# rule: "With the output weight 1/2 J it is a step of height J."
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps * 1.0).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum()])
    return [(W1, b1), (W2, b2)]

# %% wrong: no_half_bias_right
# mistake: whole jumps as output weights, the bias of the halves
# rule: "With the output weight 1/2 J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps * 1.0).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_first_level
# mistake: b2 = levels[0]: forgets that the units are at -1
# rule: "far on the left all units are at -1, and there the output has to be the first level"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0]])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_zero
# mistake: b2 = 0
# rule: "there the output has to be the first level"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([0.0])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_minus
# mistake: levels[0] - sum / 2
# rule: "there the output has to be the first level"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] - jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_mean_of_levels
# mistake: mean of all levels: right only for some staircases
# rule: "there the output has to be the first level"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels.mean()])
    return [(W1, b1), (W2, b2)]

# %% wrong: bias_middle
# mistake: mean of the smallest and the largest level: right for rising staircases only
# rule: "there the output has to be the first level"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([(levels.min() + levels.max()) / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: absolute_jumps
# mistake: absolute jumps: no step goes down
# rule: "levels: its heights"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = np.abs(levels[1:] - levels[:-1])
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: jumps_reversed
# mistake: differences with the wrong sign
# rule: "a step of height J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[:-1] - levels[1:]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: levels_as_weights
# mistake: half the levels instead of half the jumps
# rule: "With the output weight 1/2 J it is a step of height J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: from_first_level
# mistake: jumps from the first level instead of the one before
# rule: "the staircase jumps ... its heights: before the first edge, between two edges, after the last"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[0]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: steepness_one
# mistake: ignores steepness
# rule: "steepness: how fast each unit goes from -1 to 1"
def step_network(edges, levels, steepness):
    n = len(edges)
    steepness = 1.0
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: steepness_fixed
# mistake: very steep whatever is asked
# rule: "Unit j must compute tanh(s (x - e_j))"
def step_network(edges, levels, steepness):
    n = len(edges)
    steepness = 1e3
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: steepness_divided
# mistake: 1/s
# rule: "tanh(s (x - e)) ... the larger the steepness s, the faster"
def step_network(edges, levels, steepness):
    n = len(edges)
    steepness = 1 / steepness
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: W1_column
# mistake: W1 of shape (N, 1)
# rule: "parameters: list of L pairs (W, b) of shapes (D, H), (H,)", one input, N hidden units
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((n, 1), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: W2_row
# mistake: W2 of shape (1, N)
# rule: "(W, b) of shapes (D, H), (H,)"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(1, n)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: W2_vector
# mistake: W2 of shape (N,): the output is (B,) and not (B, 1)
# rule: "(W, b) of shapes (D, H), (H,)", one output
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = jumps / 2
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: flat_list
# mistake: [W1, b1, W2, b2] instead of pairs
# rule: "Returns the parameters [(W1, b1), (W2, b2)]"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [W1, b1, W2, b2]

# %% wrong: integer_halves
# mistake: // 2: whole numbers only
# rule: "With the output weight 1/2 J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps // 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: weights_over_edges
# mistake: jumps divided by the distance of the edges (a slope)
# rule: "With the output weight 1/2 J it is a step of height J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    width = np.append(np.diff(edges), 1.0)
    W2 = (jumps / 2 / width).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: middles
# mistake: edges moved to the middle between two edges
# rule: "edges: where the staircase jumps"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * np.append((edges[1:] + edges[:-1]) / 2, edges[-1])
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: last_step_lost
# mistake: leaves out the last step
# rule: "levels (N + 1,): ... after the last"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    jumps[-1] = 0.0
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: edges_in_place
# mistake: edges *= -s changes the edges of the caller
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    edges *= -steepness
    b1 = edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: mirrored
# mistake: both signs of the first layer turned: the staircase is mirrored in height
# rule: "Unit j must compute tanh(s (x - e_j))"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), -float(steepness))
    b1 = steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: sorted_levels
# mistake: sorts the levels
# rule: "levels: its heights, before the first edge, between two edges, after the last"
def step_network(edges, levels, steepness):
    n = len(edges)
    levels = np.sort(levels)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]

# %% wrong: steep_output
# mistake: multiplies the output weights by s too
# rule: "With the output weight 1/2 J"
def step_network(edges, levels, steepness):
    n = len(edges)
    W1 = np.full((1, n), float(steepness))
    b1 = -steepness * edges
    jumps = levels[1:] - levels[:-1]
    W2 = (steepness * jumps / 2).reshape(n, 1)
    b2 = np.array([levels[0] + jumps.sum() / 2])
    return [(W1, b1), (W2, b2)]
