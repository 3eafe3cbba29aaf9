# exercise: class_balance

# %% right: bincount
# style: the one-liner with np.bincount and minlength
def class_balance(labels, num_classes):
    return np.bincount(labels, minlength=num_classes) / len(labels)

# %% right: loop_counts
# style: array of zeros, loop over the labels
def class_balance(labels, num_classes):
    parts = np.zeros(num_classes)
    for etiquette in labels:
        parts[etiquette] += 1
    parts /= len(labels)
    return parts

# %% right: counter_comprehension
# style: Counter, which gives 0 for a class that is missing
def class_balance(labels, num_classes):
    from collections import Counter
    compte = Counter(labels)
    total = sum(compte.values())
    return np.array([compte[k] / total for k in range(num_classes)])

# %% right: broadcast_mean
# style: comparison table and mean over the examples
def class_balance(labels, num_classes):
    labels = np.asarray(labels)
    return (labels[:, None] == np.arange(num_classes)).mean(axis=0)

# %% right: eye_mean
# style: rows of the identity, then mean
def class_balance(labels, num_classes):
    return np.eye(num_classes)[labels].mean(0)

# %% right: list_count
# style: list.count per class
def class_balance(labels, num_classes):
    labels = list(labels)
    N = len(labels)
    out = []
    for k in range(num_classes):
        out.append(labels.count(k) / N)
    return np.array(out)

# %% right: histogram
# style: np.histogram with explicit borders
def class_balance(labels, num_classes):
    counts, _ = np.histogram(labels, bins=np.arange(num_classes + 1) - 0.5)
    return (counts / counts.sum()).astype(np.float64)

# %% right: add_at_weights
# style: np.add.at with weight 1/N
def class_balance(labels, num_classes):
    shares = np.zeros((num_classes,))
    np.add.at(shares, np.array(labels), 1.0 / len(labels))
    return shares

# %% wrong: no_minlength
# mistake: bincount without minlength: last classes without examples are missing
# rule: "a class without examples has the share 0"
def class_balance(labels, num_classes):
    return np.bincount(labels) / len(labels)

# %% wrong: counts
# mistake: returns counts, not shares
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return np.bincount(labels, minlength=num_classes)

# %% wrong: divided_by_classes
# mistake: divides by the number of classes instead of the number of examples
# rule: "What share of the examples belongs to each class?"
def class_balance(labels, num_classes):
    return np.bincount(labels, minlength=num_classes) / num_classes

# %% wrong: unique_counts
# mistake: np.unique knows only the classes that are there
# rule: "a class without examples has the share 0"
def class_balance(labels, num_classes):
    values, counts = np.unique(labels, return_counts=True)
    return counts / len(labels)

# %% wrong: divided_by_max
# mistake: relative to the most frequent class
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    counts = np.bincount(labels, minlength=num_classes)
    return counts / counts.max()

# %% wrong: integer_array
# mistake: shares are stored in an integer array and cut to 0
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    shares = np.zeros(num_classes, dtype=int)
    for k in range(num_classes):
        shares[k] = list(labels).count(k) / len(labels)
    return shares

# %% wrong: integer_division
# mistake: // instead of /
# rule: "The share of each class."
def class_balance(labels, num_classes):
    return np.array([sum(l == k for l in labels) // len(labels) for k in range(num_classes)])

# %% wrong: classes_from_one
# mistake: counts classes 1 to K
# rule: "whole numbers from 0 to num_classes - 1"
def class_balance(labels, num_classes):
    return np.array([list(labels).count(k) / len(labels) for k in range(1, num_classes + 1)])

# %% wrong: rounded
# mistake: rounds to two decimals: 1/3 + 1/3 + 1/3 = 0.99
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return np.round(np.bincount(labels, minlength=num_classes) / len(labels), 2)

# %% wrong: percent
# mistake: percent instead of shares
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return 100 * np.bincount(labels, minlength=num_classes) / len(labels)

# %% wrong: by_frequency
# mistake: Counter.most_common: shares sorted by size, not by class
# rule: "The share of each class."
def class_balance(labels, num_classes):
    from collections import Counter
    out = np.zeros(num_classes)
    for i, (k, n) in enumerate(Counter(labels).most_common()):
        out[i] = n / len(labels)
    return out

# %% wrong: two_classes_only
# mistake: works for negative/positive only
# rule: "num_classes: number K of classes"
def class_balance(labels, num_classes):
    p = np.mean(labels)
    return np.array([1 - p, p])

# %% wrong: missing_class_skipped
# mistake: loops over set(labels), empty classes disappear
# rule: "a class without examples has the share 0"
def class_balance(labels, num_classes):
    labels = list(labels)
    return np.array([labels.count(k) / len(labels) for k in sorted(set(labels))])

# %% wrong: last_class_forgotten
# mistake: off by one in the range: last class stays 0
# rule: "whole numbers from 0 to num_classes - 1"
def class_balance(labels, num_classes):
    shares = np.zeros(num_classes)
    for k in range(num_classes - 1):
        shares[k] = np.mean(np.array(labels) == k)
    return shares

# %% wrong: sorts_the_labels
# mistake: sorts the list that was given
# rule: "Do not change the lists that you are given: make new ones."
def class_balance(labels, num_classes):
    labels.sort()
    edges = np.searchsorted(labels, np.arange(num_classes + 1))
    return np.diff(edges) / len(labels)

# %% wrong: smoothed
# mistake: adds one to each count
# rule: "a class without examples has the share 0"
def class_balance(labels, num_classes):
    counts = np.bincount(labels, minlength=num_classes) + 1
    return counts / counts.sum()

# %% wrong: state_kept
# mistake: mutable default argument keeps the counts of earlier calls
# rule: "What share of the examples belongs to each class?"
def class_balance(labels, num_classes, counts={}):
    for k in labels:
        counts[k] = counts.get(k, 0) + 1
    total = sum(counts.values())
    return np.array([counts.get(k, 0) / total for k in range(num_classes)])

# %% wrong: most_frequent_only
# mistake: returns only the accuracy of the majority classifier
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return np.bincount(labels, minlength=num_classes).max() / len(labels)

# %% wrong: a_dictionary
# mistake: returns a dictionary class -> share
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return {k: list(labels).count(k) / len(labels) for k in range(num_classes)}

# %% wrong: divided_by_len_minus_one
# mistake: divides by N - 1
# rule: "Returns an array (K,) that sums to 1."
def class_balance(labels, num_classes):
    return np.bincount(labels, minlength=num_classes) / max(len(labels) - 1, 1)
