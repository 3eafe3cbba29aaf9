# exercise: positional_encoding

# %% right: complex_numbers
# style: real and imaginary parts
def positional_encoding(T, d):
    w = np.power(10000.0, -2 * np.arange((d + 1) // 2) / d)
    z = np.exp(1j * np.outer(np.arange(T), w))
    return np.stack([z.imag, z.real], axis=-1).reshape(T, -1)[:, :d]

# %% right: python_loops
# style: math and loops
def positional_encoding(T, d):
    rows = []
    for t in range(T):
        row = []
        for c in range(d):
            angle = t / 10000 ** (2 * (c // 2) / d)
            row.append(math.sin(angle) if c % 2 == 0 else math.cos(angle))
        rows.append(row)
    return np.array(rows)

# %% wrong: odd_crash
# mistake: odd d fails
def positional_encoding(T, d):
    pe = np.zeros((T, d))
    a = np.arange(T)[:, None] * np.exp(np.arange(0, d, 2) * -(math.log(10000.0) / d))
    pe[:, 0::2] = np.sin(a)
    pe[:, 1::2] = np.cos(a)
    return pe

# %% wrong: concatenated
# mistake: all sines, then all cosines
def positional_encoding(T, d):
    a = np.arange(T)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    return np.concatenate([np.sin(a), np.cos(a)], axis=1)[:, :d]

# %% wrong: own_exponent
# mistake: the exponent of a cosine is one further
def positional_encoding(T, d):
    c = np.arange(d)
    a = np.arange(T)[:, None] / 10000 ** (c / d)
    return np.where(c % 2 == 0, np.sin(a), np.cos(a))

# %% wrong: from_one
# mistake: places from 1
def positional_encoding(T, d):
    c = np.arange(d)
    a = np.arange(1, T + 1)[:, None] / 10000 ** (2 * (c // 2) / d)
    return np.where(c % 2 == 0, np.sin(a), np.cos(a))

# %% wrong: even_only
# mistake: drops the last column of an odd d
def positional_encoding(T, d):
    a = np.arange(T)[:, None] / 10000 ** (2 * np.arange(d // 2) / d)
    return np.stack([np.sin(a), np.cos(a)], -1).reshape(T, -1)
