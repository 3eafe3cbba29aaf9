# exercise: minibatches

# %% right: permutation_slices
# style: permutation and slices
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and batches and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% right: generator
# style: yields one by one
def minibatches(num_examples, batch_size, rng, drop_last=False):
    ordre = rng.permutation(num_examples)
    debut = 0
    while debut < num_examples:
        lot = ordre[debut : debut + batch_size]
        if drop_last and len(lot) != batch_size:
            return
        yield lot
        debut += batch_size

# %% right: shuffle_list
# style: rng.shuffle of a list of positions
def minibatches(num_examples, batch_size, rng, drop_last=False):
    positions = list(range(num_examples))
    rng.shuffle(positions)
    out = []
    while positions:
        batch, positions = positions[:batch_size], positions[batch_size:]
        if len(batch) == batch_size or not drop_last:
            out.append(batch)
    return out

# %% right: argsort_random
# style: argsort of random numbers
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.argsort(rng.random(num_examples))
    full = num_examples // batch_size
    batches = [order[b * batch_size : (b + 1) * batch_size] for b in range(full)]
    if num_examples % batch_size != 0 and not drop_last:
        batches.append(order[full * batch_size :])
    return batches

# %% right: stop_computed
# style: end of the range by drop_last
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(np.arange(num_examples)).tolist()
    end = num_examples - num_examples % batch_size if drop_last else num_examples
    return [order[i : min(i + batch_size, end)] for i in range(0, end, batch_size)]

# %% right: choice_array_split
# style: rng.choice without replacement, np.split at the borders
def minibatches(num_examples, batch_size, rng, drop_last=False):
    p = rng.choice(num_examples, size=num_examples, replace=False)
    batches = np.split(p, np.arange(batch_size, num_examples, batch_size))
    return [b for b in batches if not drop_last or len(b) == batch_size]

# %% right: filled_batch
# style: collects positions until a batch is full
def minibatches(num_examples, batch_size, rng, drop_last=False):
    lots, lot = [], []
    for i in rng.permutation(num_examples):
        lot.append(int(i))
        if len(lot) == batch_size:
            lots.append(lot)
            lot = []
    if lot and not drop_last:
        lots.append(lot)
    return lots

# %% wrong: not_shuffled
# mistake: file order
# rule: "all positions in a random order, cut into pieces"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.arange(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: with_replacement
# mistake: rng.integers draws with replacement
# rule: "in an epoch, each example comes once"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.integers(0, num_examples, size=num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: choice_with_replacement
# mistake: rng.choice without replace=False
# rule: "*Pick a subsample of size m with no replacement*"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.choice(num_examples, num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: choice_per_batch
# mistake: each batch drawn from all examples: no repetition in a batch, but between batches
# rule: "in an epoch, each example comes once"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    batches = []
    for i in range(0, num_examples, batch_size):
        m = min(batch_size, num_examples - i)
        if m == batch_size or not drop_last:
            batches.append(rng.choice(num_examples, m, replace=False))
    return batches

# %% wrong: global_generator
# mistake: np.random.permutation
# rule: "rng: a numpy.random.Generator; it alone decides the order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.random.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: own_generator
# mistake: default_rng(0) in the function: the same order each epoch
# rule: "it alone decides the order" / "the next call gives another order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    rng = np.random.default_rng(0)
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: copied_generator
# mistake: works on a copy of the generator: the next call gives the same order
# rule: "A generator goes on where it stopped, so the next call gives another order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    import copy
    order = copy.deepcopy(rng).permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: order_kept
# mistake: the order is cached for the next epochs
# rule: "*Shuffle the training set with each epoch*"
_orders = {}

def minibatches(num_examples, batch_size, rng, drop_last=False):
    if num_examples not in _orders:
        _orders[num_examples] = rng.permutation(num_examples)
    order = _orders[num_examples]
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: always_drops_full_too
# mistake: drop_last drops the last batch even if it is full
# rule: "If all batches are full, there is nothing to drop."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return batches[:-1] if drop_last else batches

# %% wrong: drop_last_ignored
# mistake: drop_last has no effect
# rule: "Keep it, unless `drop_last` is True."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    return [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]

# %% wrong: last_always_dropped
# mistake: only full batches, whatever drop_last
# rule: "The last batch may be shorter. Keep it, unless `drop_last` is True."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    n = num_examples // batch_size
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n)]

# %% wrong: drop_last_reversed
# mistake: condition the wrong way round
# rule: "Keep it, unless `drop_last` is True."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    if not drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% wrong: default_true
# mistake: default drop_last=True
# rule: "drop_last=False"
def minibatches(num_examples, batch_size, rng, drop_last=True):
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: empty_batch
# mistake: an empty last batch when N is a multiple of the size
# rule: "all positions in a random order, cut into pieces" / "a last batch with fewer positions"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    n = num_examples // batch_size
    batches = [order[k * batch_size : (k + 1) * batch_size] for k in range(n)]
    if not drop_last:
        batches.append(order[n * batch_size :])
    return batches

# %% wrong: equal_pieces
# mistake: np.array_split makes pieces of about equal size
# rule: "batch_size: number of positions in a batch; the last batch may have fewer"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    n = -(-num_examples // batch_size)
    batches = np.array_split(order, n)
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: blocks_shuffled
# mistake: cuts first, then shuffles the batches only
# rule: "all positions in a random order, cut into pieces"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    batches = [np.arange(i, min(i + batch_size, num_examples)) for i in range(0, num_examples, batch_size)]
    if drop_last:
        batches = [b for b in batches if len(b) == batch_size]
    return [batches[i] for i in rng.permutation(len(batches))]

# %% wrong: shuffled_inside
# mistake: shuffles only inside each batch
# rule: "all positions in a random order, cut into pieces"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    batches = [np.arange(i, min(i + batch_size, num_examples)) for i in range(0, num_examples, batch_size)]
    if drop_last:
        batches = [b for b in batches if len(b) == batch_size]
    return [rng.permutation(b) for b in batches]

# %% wrong: from_one
# mistake: positions 1 to N
# rule: "Return *positions*; the texts and the labels at these positions"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples) + 1
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: last_example_missing
# mistake: permutation(N - 1)
# rule: "all positions in a random order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples - 1)
    batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: overlap
# mistake: slices with one position too many
# rule: "in an epoch, each example comes once"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size + 1] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) >= batch_size] if drop_last else batches

# %% wrong: filled_up
# mistake: the last batch is filled up with the first positions
# rule: "The last batch may be shorter. Keep it" / "each example comes once"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    missing = -num_examples % batch_size
    if missing and not drop_last:
        order = np.concatenate([order, np.resize(order, missing)])
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]

# %% wrong: merged
# mistake: a short last batch is joined to the one before
# rule: "batch_size: number of positions in a batch; the last batch may have fewer"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples).tolist()
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    if len(batches) > 1 and len(batches[-1]) < batch_size:
        rest = batches.pop()
        if not drop_last:
            batches[-1] = batches[-1] + rest
    return batches

# %% wrong: random_module
# mistake: random.shuffle
# rule: "rng: a numpy.random.Generator; it alone decides the order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    import random
    order = list(range(num_examples))
    random.shuffle(order)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: number_of_batches
# mistake: takes batch_size for the number of batches
# rule: "batch_size: number of positions in a batch"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    size = max(1, num_examples // batch_size)
    batches = [order[i : i + size] for i in range(0, num_examples, size)]
    return [b for b in batches if len(b) == size] if drop_last else batches

# %% wrong: rotation
# mistake: only a random starting point, neighbours stay together
# rule: "all positions in a random order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.roll(np.arange(num_examples), rng.integers(num_examples))
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    return [b for b in batches if len(b) == batch_size] if drop_last else batches

# %% wrong: first_dropped
# mistake: the short batch stands first (cut from the end)
# rule: "the last batch may have fewer"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    rest = num_examples % batch_size
    batches = [order[i : i + batch_size] for i in range(rest, num_examples, batch_size)]
    if rest and not drop_last:
        batches.insert(0, order[:rest])
    return batches

# %% right: slices
# style: permutation, list of slices
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and batches and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% right: generator_again
# style: yields
def minibatches(num_examples, batch_size, rng, drop_last=False):
    ordre = rng.permutation(num_examples)
    for debut in range(0, num_examples, batch_size):
        lot = ordre[debut:debut + batch_size]
        if drop_last and len(lot) < batch_size:
            return
        yield lot.tolist()

# %% right: shuffle_own_array
# style: rng.shuffle of a new arange, stop computed in advance
def minibatches(num_examples, batch_size, rng, drop_last=False):
    positions = np.arange(num_examples)
    rng.shuffle(positions)
    stop = num_examples - num_examples % batch_size if drop_last else num_examples
    return [positions[k:min(k + batch_size, stop)] for k in range(0, stop, batch_size)]

# %% right: split_and_filter
# style: np.split at cuts, sort of random keys, filter by length
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.argsort(rng.random(num_examples))
    pieces = np.split(order, np.arange(batch_size, num_examples, batch_size))
    return [p for p in pieces if not drop_last or len(p) == batch_size]

# %% wrong: file_order
# mistake: no shuffling
# rule: "all positions in a random order, cut into pieces"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.arange(num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% wrong: with_replacement_again
# mistake: draws with replacement
# rule: "in an epoch, each example comes once"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.integers(0, num_examples, size=num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% wrong: always_drops
# mistake: the short last batch is always lost
# rule: "The last batch may be shorter. Keep it, unless `drop_last` is True."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    return [order[k * batch_size:(k + 1) * batch_size] for k in range(num_examples // batch_size)]

# %% wrong: own_generator_again
# mistake: makes its own generator with a fixed seed
# rule: "rng: a numpy.random.Generator; it alone decides the order" / "the next call gives another order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    rng = np.random.default_rng(0)
    order = rng.permutation(num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% wrong: drops_full_batch
# mistake: drop_last drops the last batch even if it is full
# rule: "If all batches are full, there is nothing to drop."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    return batches[:-1] if drop_last else batches

# %% wrong: array_split
# mistake: array_split makes pieces of nearly equal size, not of batch_size
# rule: "batch_size: number of positions in a batch; the last batch may have fewer"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = rng.permutation(num_examples)
    batches = np.array_split(order, -(-num_examples // batch_size))
    return [b for b in batches if not drop_last or len(b) == batch_size]

# %% wrong: global_random
# mistake: np.random instead of rng
# rule: "rng: a numpy.random.Generator; it alone decides the order"
def minibatches(num_examples, batch_size, rng, drop_last=False):
    order = np.random.permutation(num_examples)
    batches = [order[i:i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches

# %% wrong: shuffles_inside_batches
# mistake: only the order of the batches and inside each batch is random; a batch always has the same neighbours
# rule: "Shuffle the training set with each epoch: the next epoch has other batches."
def minibatches(num_examples, batch_size, rng, drop_last=False):
    pieces = [rng.permutation(np.arange(i, min(i + batch_size, num_examples)))
              for i in range(0, num_examples, batch_size)]
    if drop_last and len(pieces[-1]) < batch_size:
        pieces.pop()
    return pieces
