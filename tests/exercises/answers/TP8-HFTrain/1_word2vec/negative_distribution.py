# exercise: negative_distribution

# %% right: numpy_power
# style: np.power on floats, np.sum
def negative_distribution(counts, power=0.75):
    p = np.power(np.asarray(counts, dtype=float), power)
    p /= np.sum(p)
    return p

# %% right: logs
# style: through logarithms, with zeros set apart
def negative_distribution(counts, power=0.75):
    out = np.zeros(len(counts))
    some = counts > 0
    logs = power * np.log(counts[some])
    w = np.exp(logs - logs.max())
    out[some] = w / w.sum()
    return out

# %% wrong: unnormalised
# mistake: raises the frequencies and stops
def negative_distribution(counts, power=0.75):
    return (counts / counts.sum()) ** power

# %% wrong: hard_coded
# mistake: ignores power
def negative_distribution(counts, power=0.75):
    w = counts**0.75
    return w / w.sum()

# %% wrong: half
# mistake: default 0.5
def negative_distribution(counts, power=0.5):
    w = counts**power
    return w / w.sum()

# %% wrong: unigram
# mistake: no power at all
def negative_distribution(counts, power=0.75):
    return counts / np.sum(counts)

# %% wrong: in_place
# mistake: divides the given array in place, which whole numbers do not allow
def negative_distribution(counts, power=0.75):
    counts **= power
    counts /= counts.sum()
    return counts

# %% wrong: smoothing
# mistake: adds one
def negative_distribution(counts, power=0.75):
    w = (counts + 1) ** power
    return w / w.sum()

# %% wrong: root
# mistake: 1/power
def negative_distribution(counts, power=0.75):
    w = counts ** (1 / power)
    return w / w.sum()

# %% right: loop_of_floats
# style: plain Python floats, array at the end
def negative_distribution(counts, power=0.75):
    raised = [float(c) ** power for c in counts]
    total = sum(raised)
    return np.array([r / total for r in raised])

# %% right: in_place_2
# style: a float copy, then in-place powers and division
def negative_distribution(counts, power=0.75):
    p = counts.astype(np.float64)
    p **= power
    p /= p.sum()
    return p

# %% right: by_logarithms
# style: exp of power times log on the words that occur, zeros elsewhere
def negative_distribution(counts, power=0.75):
    result = np.zeros(counts.shape[0])
    there = counts > 0
    logs = power * np.log(counts[there])
    e = np.exp(logs - logs.max())
    result[there] = e / e.sum()
    return result

# %% right: shares_first
# style: divides by the largest count first (the scale cancels), np.power and np.linalg.norm
def negative_distribution(counts, power=0.75):
    w = np.power(counts / np.max(counts), power)
    return w / np.linalg.norm(w, ord=1)

# %% wrong: power_forgotten_in_the_sum
# mistake: the sum is of the plain counts
# rule: "\sum_{w'} \text{count}(w')^{3/4}"
def negative_distribution(counts, power=0.75):
    return counts**power / counts.sum()

# %% wrong: power_of_the_sum
# mistake: raises the sum to the power
# rule: "\sum_{w'} \text{count}(w')^{3/4}"
def negative_distribution(counts, power=0.75):
    return counts**power / np.sum(counts) ** power

# %% wrong: always_three_quarters
# mistake: ignores the argument
# rule: "`power` is above 0 and at most 1; its default is 0.75."
def negative_distribution(counts, power=0.75):
    p = counts**0.75
    return p / p.sum()

# %% wrong: default_one
# mistake: another default
# rule: "its default is 0.75"
def negative_distribution(counts, power=1.0):
    p = counts**power
    return p / p.sum()

# %% wrong: plus_one
# mistake: adds one to each count, against zeros
# rule: "a word that never occurs is never drawn"
def negative_distribution(counts, power=0.75):
    p = (counts + 1.0) ** power
    return p / p.sum()

# %% wrong: integer_result
# mistake: the result has the dtype of the counts: all is cut to whole numbers
# rule: "The entries add up to 1."
def negative_distribution(counts, power=0.75):
    p = np.zeros_like(counts)
    for i in range(len(counts)):
        p[i] = counts[i] ** power
    return p / p.sum()

# %% wrong: sorted_by_frequency
# mistake: sorts the words, most frequent first
# rule: "Entry i of the result belongs to word i, as in `counts`."
def negative_distribution(counts, power=0.75):
    p = np.sort(counts)[::-1] ** power
    return p / p.sum()

# %% wrong: zeros_left_out
# mistake: words that never occur have no entry
# rule: "Entry i of the result belongs to word i"; "Returns an array (V,)."
def negative_distribution(counts, power=0.75):
    p = counts[counts > 0] ** power
    return p / p.sum()

# %% wrong: zeros_become_ones
# mistake: replaces zeros in the array that was given
# rule: "a word that never occurs is never drawn" and "Do not change the arrays and lists that you are given."
def negative_distribution(counts, power=0.75):
    counts[counts == 0] = 1
    p = np.exp(power * np.log(counts))
    return p / p.sum()

# %% wrong: softmax
# mistake: the exponential instead of the power
# rule: "\text{count}(w)^{3/4}"
def negative_distribution(counts, power=0.75):
    e = np.exp(power * (counts - counts.max()))
    return e / e.sum()

# %% wrong: not_divided
# mistake: forgets to divide
# rule: "The entries add up to 1."
def negative_distribution(counts, power=0.75):
    return counts**power

# %% wrong: power_upside_down
# mistake: counts to the power 1 / power
# rule: "\text{count}(w)^{3/4}"
def negative_distribution(counts, power=0.75):
    p = counts ** (1 / power)
    return p / p.sum()
