# exercise: pack_batch

# %% right: loop
# style: a loop, copies, torch.long
def pack_batch(texts):
    suites = []
    for texte in texts:
        mots = list(texte) if len(texte) > 0 else [1]
        suites.append(torch.LongTensor(mots))
    return nn.utils.rnn.pack_sequence(suites, enforce_sorted=False)

# %% right: padded_first
# style: a matrix of zeros filled by hand, lengths as a list
def pack_batch(texts):
    texts = [t if t else [1] for t in texts]
    lengths = [len(t) for t in texts]
    padded = torch.zeros(len(texts), max(lengths), dtype=torch.int64)
    for i, t in enumerate(texts):
        padded[i, : len(t)] = torch.tensor(t)
    return torch.nn.utils.rnn.pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)

# %% right: time_first
# style: pad_sequence with time first
def pack_batch(texts):
    rows = [torch.as_tensor(t or [1]) for t in texts]
    lengths = torch.tensor(list(map(len, rows)))
    padded = nn.utils.rnn.pad_sequence(rows, padding_value=-7)
    return nn.utils.rnn.pack_padded_sequence(padded, lengths, enforce_sorted=False)

# %% wrong: mask_of_zeros
# mistake: the length is the number of words above 0
def pack_batch(texts):
    rows = [torch.tensor(t or [1]) for t in texts]
    padded = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    lengths = (padded > 0).sum(1).clamp(min=1)
    return nn.utils.rnn.pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)

# %% wrong: enforce_sorted
# mistake: texts must come sorted
def pack_batch(texts):
    return pack_sequence([torch.tensor(t or [1]) for t in texts])

# %% wrong: sorts
# mistake: sorts the caller's texts and loses their order
def pack_batch(texts):
    rows = sorted(texts, key=len, reverse=True)
    return pack_sequence([torch.tensor(t or [1]) for t in rows])

# %% wrong: list_of_tensors
# mistake: no packed sequence
def pack_batch(texts):
    return [torch.tensor(t or [1]) for t in texts]

# %% wrong: appends_one
# mistake: an empty list of the caller gets the 1
def pack_batch(texts):
    for t in texts:
        if not t:
            t.append(1)
    return pack_sequence([torch.tensor(t) for t in texts], enforce_sorted=False)

# %% wrong: unknown_everywhere
# mistake: 0 is taken for padding and becomes 1
def pack_batch(texts):
    return pack_sequence([torch.tensor([w or 1 for w in t] or [1]) for t in texts], enforce_sorted=False)

# %% wrong: int32
# mistake: int32 instead of int64
def pack_batch(texts):
    return pack_sequence([torch.tensor(t or [1], dtype=torch.int32) for t in texts], enforce_sorted=False)

# %% wrong: forgets_empty
# mistake: a text without a word raises an error; nothing is changed
def pack_batch(texts):
    return pack_sequence([torch.tensor(t, dtype=torch.int64) for t in texts], enforce_sorted=False)
