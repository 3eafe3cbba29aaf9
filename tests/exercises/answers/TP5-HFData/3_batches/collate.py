# exercise: collate

# %% right: full_and_rows
# style: np.full and one assignment per row
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% right: padded_lists
# style: fills up new lists, then an array with dtype=int
def collate(sequences, padding_value=0):
    longueurs = [len(s) for s in sequences]
    T = max(longueurs)
    lignes = [list(s) + [padding_value] * (T - len(s)) for s in sequences]
    return np.array(lignes, dtype=int).reshape(len(sequences), T), np.array(longueurs)

# %% right: element_by_element
# style: two loops
def collate(sequences, padding_value=0):
    B, T = len(sequences), 0
    for s in sequences:
        if len(s) > T:
            T = len(s)
    x = np.zeros((B, T), dtype=np.int64)
    lengths = np.zeros(B, dtype=np.int64)
    for b in range(B):
        for t in range(T):
            if t < len(sequences[b]):
                x[b, t] = sequences[b][t]
                lengths[b] += 1
            else:
                x[b, t] = padding_value
    return x, lengths

# %% right: mask
# style: boolean mask filled with all numbers in a row
def collate(sequences, padding_value=0):
    lengths = np.fromiter(map(len, sequences), dtype=np.int64)
    mask = np.arange(lengths.max(initial=0)) < lengths[:, None]
    x = np.full(mask.shape, padding_value, dtype=np.int64)
    x[mask] = [number for s in sequences for number in s]
    return x, lengths

# %% right: zip_longest
# style: itertools.zip_longest and transpose
def collate(sequences, padding_value=0):
    from itertools import zip_longest
    columns = list(zip_longest(*sequences, fillvalue=padding_value))
    x = np.array(columns, dtype=int).reshape(len(columns), len(sequences)).T
    return x, np.array(list(map(len, sequences)), dtype=int)

# %% right: pad_rows
# style: np.pad for each row, np.stack
def collate(sequences, padding_value=0):
    T = max(map(len, sequences))
    rows = [
        np.pad(np.array(s, dtype=int), (0, T - len(s)), constant_values=padding_value)
        for s in sequences
    ]
    return np.stack(rows), np.asarray([len(s) for s in sequences])

# %% right: append_columns
# style: column by column, concatenated
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    x = np.empty((len(sequences), T), dtype=np.int32)
    x[:] = padding_value
    for t in range(T):
        for b, s in enumerate(sequences):
            x[b, t] = s[t] if len(s) > t else padding_value
    return x, np.array([sum(1 for _ in s) for s in sequences], dtype=np.int32)

# %% right: array_without_dtype
# style: np.array of filled lists, which holds floats only if all sequences are empty
# decided: was wrong while the text left open that all of them may be empty; now it says "not all"
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    x = np.array([list(s) + [padding_value] * (T - len(s)) for s in sequences])
    return x, np.array([len(s) for s in sequences])

# %% wrong: lengths_from_table
# mistake: counts the places that differ from the padding value
# rule: "it may also be a number of the sequences themselves"
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    x = np.full((len(sequences), T), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, (x != padding_value).sum(axis=1)

# %% wrong: padding_left
# mistake: padding before the text
# rule: "padding_value: stands after the end of a sequence"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    T = lengths.max()
    x = np.full((len(sequences), T), padding_value)
    for b, s in enumerate(sequences):
        x[b, T - len(s) :] = s
    return x, lengths

# %% wrong: shortest
# mistake: cuts all to the shortest one
# rule: "T the length of the longest sequence"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    T = lengths.min()
    return np.array([s[:T] for s in sequences], dtype=int).reshape(len(sequences), T), lengths

# %% wrong: floats
# mistake: np.zeros makes floats
# rule: "both results hold whole numbers"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.zeros((len(sequences), lengths.max())) + padding_value
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: padding_value_ignored
# mistake: always 0
# rule: "padding_value: stands after the end of a sequence"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.zeros((len(sequences), lengths.max()), dtype=int)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: zeros_replaced
# mistake: fills zeros, then replaces all zeros by the padding value, also those of the sequences
# rule: "padding_value: stands after the end of a sequence"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.zeros((len(sequences), lengths.max()), dtype=int)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    x[x == 0] = padding_value
    return x, lengths

# %% wrong: first_is_longest
# mistake: T from the first sequence
# rule: "T the length of the longest sequence"
def collate(sequences, padding_value=0):
    T = len(sequences[0])
    x = np.full((len(sequences), T), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s[:T]
    return x, np.array([len(s) for s in sequences])

# %% wrong: appends_to_sequences
# mistake: fills the given lists up
# rule: "Do not change the lists and arrays that you are given"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    for s in sequences:
        while len(s) < lengths.max():
            s.append(padding_value)
    return np.array(sequences, dtype=int), lengths

# %% wrong: one_column_more
# mistake: T + 1
# rule: "T the length of the longest sequence"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max() + 1), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: transposed
# mistake: (T, B)
# rule: "x (B, T)"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((lengths.max(), len(sequences)), padding_value)
    for b, s in enumerate(sequences):
        x[: len(s), b] = s
    return x, lengths

# %% wrong: sorted_by_length
# mistake: longest first
# rule: "x (B, T) ... and lengths (B,)" / "One table of sequences of different lengths."
def collate(sequences, padding_value=0):
    sequences = sorted(sequences, key=len, reverse=True)
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: empty_dropped
# mistake: empty sequences are left out
# rule: "list of B lists of whole numbers, some of them perhaps empty"
def collate(sequences, padding_value=0):
    sequences = [s for s in sequences if s]
    lengths = np.array([len(s) for s in sequences], dtype=int)
    x = np.full((len(sequences), max(lengths, default=0)), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: crash_on_empty
# mistake: repeats the last number; fails for an empty sequence
# rule: "some of them perhaps empty"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for b, s in enumerate(sequences):
        x[b, 0] = s[0]
        x[b, 1 : len(s)] = s[1:]
    return x, lengths

# %% wrong: small_integers
# mistake: int8 table: numbers above 127 do not fit
# rule: "One table of sequences" / "The numbers will be used as indices"
def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value, dtype=np.int8)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = np.array(s, dtype=np.int64).astype(np.int8)
    return x, lengths

# %% wrong: float_lengths
# mistake: lengths as floats
# rule: "both results hold whole numbers"
def collate(sequences, padding_value=0):
    lengths = np.zeros(len(sequences))
    for b, s in enumerate(sequences):
        lengths[b] = len(s)
    x = np.full((len(sequences), int(lengths.max())), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: lengths_all_t
# mistake: lengths taken from the rows of the table
# rule: "So the **lengths** go along with the table." / "say where they end"
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    x = np.full((len(sequences), T), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, np.array([len(row) for row in x])

# %% wrong: default_one
# mistake: default padding value 1, the number of <unk>
# rule: "def collate(sequences, padding_value=0)"
def collate(sequences, padding_value=1):
    lengths = np.array([len(s) for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: column_of_lengths
# mistake: lengths (B, 1)
# rule: "lengths (B,)"
def collate(sequences, padding_value=0):
    lengths = np.array([[len(s)] for s in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: table_only
# mistake: lengths forgotten
# rule: "Returns two arrays of whole numbers: x (B, T) ... and lengths (B,)."
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    x = np.full((len(sequences), T), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x

# %% wrong: widest_so_far
# mistake: keeps the largest T over the calls
# rule: "T the length of the longest sequence"
_widest = [0]

def collate(sequences, padding_value=0):
    lengths = np.array([len(s) for s in sequences])
    _widest[0] = max(_widest[0], int(lengths.max()))
    x = np.full((len(sequences), _widest[0]), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, lengths

# %% wrong: different_numbers
# mistake: len(set(s)) as length
# rule: "So the **lengths** go along with the table."
def collate(sequences, padding_value=0):
    x = np.full((len(sequences), max(len(s) for s in sequences)), padding_value)
    for b, s in enumerate(sequences):
        x[b, : len(s)] = s
    return x, np.array([len(set(s)) for s in sequences])

# %% wrong: length_by_search
# mistake: length = first place of the padding value; wrong if it occurs in the sequence
# rule: "it may also be a number of the sequences themselves"
def collate(sequences, padding_value=0):
    T = max(len(s) for s in sequences)
    rows = [list(s) + [padding_value] * (T - len(s)) for s in sequences]
    lengths = [row.index(padding_value) if padding_value in row else T for row in rows]
    return np.array(rows, dtype=int).reshape(len(rows), T), np.array(lengths, dtype=int)
