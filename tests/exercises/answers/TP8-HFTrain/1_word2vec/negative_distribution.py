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
