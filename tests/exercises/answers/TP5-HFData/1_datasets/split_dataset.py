# exercise: split_dataset

# %% right: as_suggested
# style: flatnonzero, permutation, round, per class
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    y = np.array(labels)
    for k in np.unique(y):
        positions = rng.permutation(np.flatnonzero(y == k))
        n = round(test_share * len(positions))
        test.extend(positions[:n].tolist())
        train.extend(positions[n:].tolist())
    return train, test

# %% right: random_module
# style: random.Random(seed) and lists
def split_dataset(labels, test_share, seed):
    import random
    alea = random.Random(seed)
    classes = {}
    for i, k in enumerate(labels):
        classes.setdefault(k, []).append(i)
    train = []
    test = []
    for k in sorted(classes):
        idx = classes[k]
        alea.shuffle(idx)
        n_test = round(test_share * len(idx))
        test += idx[:n_test]
        train += idx[n_test:]
    return train, test

# %% right: one_permutation
# style: shuffles all positions once, then fills the test part class by class
def split_dataset(labels, test_share, seed):
    from collections import Counter
    rest = {k: round(test_share * n) for k, n in Counter(labels).items()}
    train, test = [], []
    for i in np.random.default_rng(seed).permutation(len(labels)):
        i = int(i)
        if rest[labels[i]] > 0:
            rest[labels[i]] -= 1
            test.append(i)
        else:
            train.append(i)
    return train, test

# %% right: choice_and_sets
# style: rng.choice without replacement, sets, sorted
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    test = set()
    for k in sorted(set(labels)):
        of_class = [i for i, label in enumerate(labels) if label == k]
        chosen = rng.choice(of_class, size=round(test_share * len(of_class)), replace=False)
        test |= {int(i) for i in chosen}
    train = set(range(len(labels))) - test
    return sorted(train), sorted(test)

# %% right: sort_by_random_key
# style: one random number per example; ranks within the class
def split_dataset(labels, test_share, seed):
    labels = np.asarray(labels)
    key = np.random.default_rng(seed).random(len(labels))
    in_test = np.zeros(len(labels), dtype=bool)
    for k in set(labels.tolist()):
        members = np.where(labels == k)[0]
        members = members[np.argsort(key[members])]
        in_test[members[: int(np.round(test_share * members.size))]] = True
    return list(np.flatnonzero(~in_test)), list(np.flatnonzero(in_test))

# %% right: old_generator_last_ones
# style: RandomState; the test part is the end of the permutation
def split_dataset(labels, test_share, seed):
    state = np.random.RandomState(seed)
    entrainement, essai = [], []
    for k in dict.fromkeys(labels):
        p = state.permutation([i for i in range(len(labels)) if labels[i] == k])
        coupe = len(p) - round(test_share * len(p))
        entrainement += [int(i) for i in p[:coupe]]
        essai += [int(i) for i in p[coupe:]]
    return entrainement, essai

# %% right: generator_per_class
# style: a generator that starts from the seed for each class
def split_dataset(labels, test_share, seed):
    parts = ([], [])
    for k in set(labels):
        where = np.flatnonzero(np.array(labels) == k)
        where = np.random.default_rng(seed).permutation(where)
        n = round(test_share * len(where))
        parts[1].extend(where[:n])
        parts[0].extend(where[n:])
    return parts[0], parts[1]

# %% right: global_seed
# style: np.random.seed at the start of the function
def split_dataset(labels, test_share, seed):
    np.random.seed(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = np.flatnonzero(np.array(labels) == k)
        np.random.shuffle(pos)
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: not_stratified
# mistake: one shuffle for all classes together
# rule: "of a class with $n$ examples, `round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    p = np.random.default_rng(seed).permutation(len(labels))
    n = round(test_share * len(labels))
    return p[n:].tolist(), p[:n].tolist()

# %% wrong: no_shuffle
# mistake: the first examples of each class, the seed is ignored
# rule: "the same seed gives the same split ... and another seed another one"
def split_dataset(labels, test_share, seed):
    train, test = [], []
    for k in sorted(set(labels)):
        pos = [i for i, l in enumerate(labels) if l == k]
        n = round(test_share * len(pos))
        test += pos[:n]
        train += pos[n:]
    return train, test

# %% wrong: fixed_seed
# mistake: default_rng(0) whatever the seed
# rule: "another seed another one"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(0)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: no_seed
# mistake: default_rng() without the seed
# rule: "the same seed gives the same split, today and next year"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng()
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: floor
# mistake: int() instead of round()
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = int(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: ceil
# mistake: rounds up
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = int(np.ceil(test_share * len(pos)))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: train_holds_all
# mistake: the test positions stay in the training part
# rule: "every example is in exactly one part: nothing is shared"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    test = []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        test += pos[: round(test_share * len(pos))].tolist()
    return list(range(len(labels))), test

# %% wrong: with_replacement
# mistake: rng.choice draws with replacement by default
# rule: "every example is in exactly one part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    test = []
    for k in np.unique(labels):
        pos = np.flatnonzero(np.array(labels) == k)
        test += rng.choice(pos, size=round(test_share * len(pos))).tolist()
    train = [i for i in range(len(labels)) if i not in test]
    return train, test

# %% wrong: swapped
# mistake: returns test, train
# rule: "Returns two lists of positions ...: train, test."
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return test, train

# %% wrong: positions_in_the_class
# mistake: shuffles range(n) of each class: positions within the class, not in the data set
# rule: "two lists of positions from 0 to N - 1"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        m = list(labels).count(k)
        pos = rng.permutation(m)
        n = round(test_share * m)
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: two_classes_only
# mistake: only the classes 0 and 1
# rule: "every example is in exactly one part: ... nothing is lost"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in (0, 1):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: classes_up_to_max
# mistake: range(max + 1): a class -1 is lost
# rule: "labels: list of N whole numbers" / "nothing is lost"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in range(max(labels) + 1):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: equal_numbers
# mistake: the same number of test examples from each class
# rule: "of a class with $n$ examples, `round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    classes = np.unique(labels)
    n = round(test_share * len(labels) / len(classes))
    for k in classes:
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: rounds_the_training_part
# mistake: round((1 - share) * n) for training, the rest is test: differs at halves
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round((1 - test_share) * len(pos))
        train += pos[:n].tolist()
        test += pos[n:].tolist()
    return train, test

# %% wrong: at_least_one
# mistake: at least one test example per class
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = max(1, round(test_share * len(pos)))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: minus_zero
# mistake: p[-n:] with n = 0 is everything
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[-n:].tolist()
        train += pos[:-n].tolist()
    return train, test

# %% wrong: sorts_labels
# mistake: sorts the list of labels that was given, positions belong to the sorted list
# rule: "Do not change the lists that you are given"
def split_dataset(labels, test_share, seed):
    labels.sort()
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: generator_outside
# mistake: the generator is made once and goes on: second call with the same seed differs
# rule: "the same seed gives the same split"
_generators = {}

def split_dataset(labels, test_share, seed):
    rng = _generators.setdefault(seed, np.random.default_rng(seed))
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: coin_per_example
# mistake: each example goes to the test part with probability test_share
# rule: "of a class with $n$ examples, `round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for i in range(len(labels)):
        (test if rng.random() < test_share else train).append(i)
    return train, test

# %% wrong: seed_shuffles_output_only
# mistake: the members are always the same, the seed only changes the order of the lists
# rule: "draw the test part at random" / "another seed another one"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = np.flatnonzero(np.array(labels) == k)
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return rng.permutation(train).tolist(), rng.permutation(test).tolist()

# %% wrong: returns_labels
# mistake: returns the labels of the parts
# rule: "Returns two lists of positions"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += [labels[i] for i in pos[:n]]
        train += [labels[i] for i in pos[n:]]
    return train, test

# %% wrong: last_class_only
# mistake: lists are made inside the loop, only the last class is returned
# rule: "every example is in exactly one part: ... nothing is lost"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    for k in np.unique(labels):
        train, test = [], []
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% wrong: one_lost
# mistake: off by one: the example at the border is in no part
# rule: "nothing is shared, nothing is lost"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = round(test_share * len(pos))
        test += pos[:n].tolist()
        train += pos[n + 1 :].tolist()
    return train, test

# %% wrong: round_half_up
# mistake: int(x + 0.5): 2.5 becomes 3 where round gives 2
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(np.array(labels) == k))
        n = int(test_share * len(pos) + 0.5)
        test += pos[:n].tolist()
        train += pos[n:].tolist()
    return train, test

# %% right: flatnonzero_loop
# style: as the text suggests, np.unique for the classes
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = round(test_share * len(pos))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test

# %% right: random_module_again
# style: Python's own random.Random with the seed, dictionary of lists
import random
def split_dataset(labels, test_share, seed):
    alea = random.Random(seed)
    groupes = {}
    for i, k in enumerate(labels):
        groupes.setdefault(k, []).append(i)
    test = set()
    for positions in groupes.values():
        test.update(alea.sample(positions, round(test_share * len(positions))))
    return [i for i in range(len(labels)) if i not in test], sorted(test)

# %% right: global_permutation_counted
# style: one permutation of all positions, then quotas per class
from collections import Counter
def split_dataset(labels, test_share, seed):
    quota = {k: round(test_share * n) for k, n in Counter(labels).items()}
    train, test = [], []
    for i in np.random.RandomState(seed).permutation(len(labels)):
        k = labels[i]
        if quota[k] > 0:
            quota[k] -= 1
            test.append(int(i))
        else:
            train.append(int(i))
    return train, test

# %% right: boolean_mask
# style: a boolean mask, arrays returned
def split_dataset(labels, test_share, seed):
    generator = np.random.default_rng(seed)
    y = np.asarray(labels)
    in_test = np.zeros(len(y), dtype=bool)
    for k in sorted(set(y.tolist())):
        members = np.flatnonzero(y == k)
        size = round(float(test_share) * members.size)
        in_test[generator.choice(members, size=size, replace=False)] = True
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)

# %% wrong: not_random
# mistake: takes the first ones of each class, seed unused
# rule: "another seed another one"
def split_dataset(labels, test_share, seed):
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = np.flatnonzero(labels == k).tolist()
        n = round(test_share * len(pos))
        test += pos[:n]
        train += pos[n:]
    return train, test

# %% wrong: not_stratified_again
# mistake: one random split of all positions, not class by class
# rule: "of a class with n examples, `round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    n = round(test_share * len(labels))
    return order[n:].tolist(), order[:n].tolist()

# %% wrong: swapped_again
# mistake: returns test first
# rule: "Returns two lists (or arrays) of positions ...: train, test."
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = round(test_share * len(pos))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return test, train

# %% wrong: int_instead_of_round
# mistake: truncates instead of rounding
# rule: "`round(test_share * n)` are in the test part"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = int(test_share * len(pos))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test

# %% wrong: half_up
# mistake: halves are rounded up
# rule: "halves go to the even number, 4.5 to 4 and 5.5 to 6"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = int(np.floor(test_share * len(pos) + 0.5))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test

# %% wrong: range_of_max
# mistake: goes through 0 .. max(labels), so label -1 is lost
# rule: "-1 and gaps are possible" and "nothing is lost"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in range(labels.max() + 1):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = round(test_share * len(pos))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test

# %% wrong: at_least_one_again
# mistake: always puts at least one example of a class in the test part
# rule: "For a rare class it may be 0"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng(seed)
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = max(1, round(test_share * len(pos)))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test

# %% wrong: global_generator
# mistake: a generator without the seed, another split at each call
# rule: "the same seed gives the same split, today and next year"
def split_dataset(labels, test_share, seed):
    rng = np.random.default_rng()
    labels = np.array(labels)
    train, test = [], []
    for k in np.unique(labels):
        pos = rng.permutation(np.flatnonzero(labels == k))
        n = round(test_share * len(pos))
        test.extend(pos[:n].tolist())
        train.extend(pos[n:].tolist())
    return train, test
