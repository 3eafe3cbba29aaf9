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

# %% right: strided_columns
# style: two strided assignments, the cosine on as many columns as there are
def positional_encoding(T, d):
    table = np.empty((T, d))
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / d)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : d // 2])
    return table

# %% right: two_loops
# style: plain Python loops with math and a list of rows
def positional_encoding(T, d):
    rows = []
    for t in range(T):
        row = []
        for column in range(d):
            i = column // 2
            angle = t / math.pow(10000, 2 * i / d)
            row.append(math.cos(angle) if column % 2 else math.sin(angle))
        rows.append(row)
    return np.array(rows).reshape(T, d)

# %% right: phase_shift
# style: a cosine is a sine a quarter turn ahead
def positional_encoding(T, d):
    column = np.arange(d)
    w = np.exp(-(column - column % 2) / d * np.log(10000))
    return np.sin(np.outer(np.arange(T), w) + (column % 2) * (np.pi / 2))

# %% right: complex_turns
# style: complex exponentials, the two parts stacked as last axis, one column too many cut off
def positional_encoding(T, d):
    half = (d + 1) // 2
    w = np.power(1e4, -2 * np.arange(half) / d)
    z = np.exp(1j * np.einsum("t,i->ti", np.arange(T), w))
    return np.stack([z.imag, z.real], axis=-1).reshape(T, 2 * half)[:, :d]

# %% wrong: odd_width_fails
# mistake: the cosines have no room where d is odd
# rule: "d may be odd: then the last column is a sine without its cosine."
def positional_encoding(T, d):
    table = np.zeros((T, d))
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / d)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table

# %% wrong: odd_width_cut
# mistake: d // 2 pairs only: the last column is missing
# rule: "d may be odd: then the last column is a sine without its cosine."
def positional_encoding(T, d):
    w = 10000.0 ** (-2 * np.arange(d // 2) / d)
    angles = np.arange(T)[:, None] * w
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, -1)

# %% wrong: last_column_stays_zero
# mistake: pairs only, the odd column is never filled
# rule: "then the last column is a sine without its cosine"
def positional_encoding(T, d):
    table = np.zeros((T, d))
    for i in range(d // 2):
        w = 10000 ** (-2 * i / d)
        table[:, 2 * i] = np.sin(np.arange(T) * w)
        table[:, 2 * i + 1] = np.cos(np.arange(T) * w)
    return table

# %% wrong: two_halves
# mistake: all sines first, then all cosines
# rule: "column } 2i: \sin(t\, w_i), column } 2i + 1: \cos(t\, w_i)"
def positional_encoding(T, d):
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / d)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)[:, :d]

# %% wrong: frequency_of_the_column
# mistake: each column has its own frequency: the column number doubled is taken for 2 i
# rule: "w_i = 10000^{-2i/d}" for both columns 2i and 2i + 1
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(T)[:, None] * 10000.0 ** (-2 * column / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: two_forgotten
# mistake: 10000 to the power -i / d
# rule: "w_i = 10000^{-2i/d}"
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(T)[:, None] * 10000.0 ** (-(column // 2) / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: places_from_one
# mistake: the first place is 1
# rule: "for the places t = 0, ..., T - 1"
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(1, T + 1)[:, None] * 10000.0 ** (-2 * (column // 2) / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: cosine_first
# mistake: cosine in the even columns
# rule: "column } 2i: \sin(t\, w_i)"
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(T)[:, None] * 10000.0 ** (-2 * (column // 2) / d)
    return np.where(column % 2 == 1, np.sin(angles), np.cos(angles))

# %% wrong: transposed
# mistake: (d, T)
# rule: "Return (T, d)."
def positional_encoding(T, d):
    table = np.zeros((d, T))
    for j in range(d):
        angle = np.arange(T) * 10000.0 ** (-2 * (j // 2) / d)
        table[j] = np.cos(angle) if j % 2 else np.sin(angle)
    return table

# %% wrong: floor_division
# mistake: // in the exponent: all frequencies become powers of 10000
# rule: "w_i = 10000^{-2i/d}"
def positional_encoding(T, d):
    column = np.arange(d)
    w = 10000.0 ** (-(2 * (column // 2) // d))
    angles = np.arange(T)[:, None] * w
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: divided_by_places
# mistake: the exponent is divided by T
# rule: "w_i = 10000^{-2i/d}"
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(T)[:, None] * 10000.0 ** (-2 * (column // 2) / T)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: base_thousand
# mistake: one zero too few
# rule: "w_i = 10000^{-2i/d}"
def positional_encoding(T, d):
    column = np.arange(d)
    angles = np.arange(T)[:, None] * 1000.0 ** (-2 * (column // 2) / d)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))

# %% wrong: whole_numbers
# mistake: np.arange gives a table of integers, and so are the sines
# rule: "\sin(t\, w_i)"
def positional_encoding(T, d):
    table = np.outer(np.arange(T), np.ones(d, dtype=int))
    for j in range(d):
        angle = table[:, j] * 10000.0 ** (-2 * (j // 2) / d)
        table[:, j] = np.cos(angle) if j % 2 else np.sin(angle)
    return table
