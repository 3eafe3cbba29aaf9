# exercise: decode

# %% right: inverse
# style: inverse dictionary, comprehension
def decode(indices, vocabulary):
    words = {i: token for token, i in vocabulary.items()}
    return [words[i] for i in indices if i != vocabulary["<pad>"]]

# %% right: loop_continue
# style: loop with continue, padding is 0
def decode(indices, vocabulary):
    inverse = {}
    for mot in vocabulary:
        inverse[vocabulary[mot]] = mot
    jetons = []
    for i in indices:
        if i == 0:
            continue
        jetons.append(inverse[i])
    return jetons

# %% right: array_of_words
# style: list of V places
def decode(indices, vocabulary):
    table = [None] * len(vocabulary)
    for token, number in vocabulary.items():
        table[number] = token
    return [table[i] for i in indices if i]

# %% right: sorted_by_number
# style: sorted(vocabulary, key=vocabulary.get), then filter
def decode(indices, vocabulary):
    ordered = sorted(vocabulary, key=vocabulary.get)
    tokens = [ordered[i] for i in indices]
    return list(filter(lambda t: t != "<pad>", tokens))

# %% right: search
# style: searches each number
def decode(indices, vocabulary):
    out = []
    for i in indices:
        for token, number in vocabulary.items():
            if number == i and token != "<pad>":
                out.append(token)
                break
    return out

# %% right: zip_of_views
# style: dict(zip(values, keys)) and map
def decode(indices, vocabulary):
    lookup = dict(zip(vocabulary.values(), vocabulary.keys())).get
    return list(map(lookup, filter(None, indices)))

# %% right: without_pad_entry
# style: inverse without <pad>, numbers that are missing are left out
def decode(indices, vocabulary):
    inv = {n: w for w, n in vocabulary.items() if w != "<pad>"}
    return [inv[int(n)] for n in indices if int(n) in inv]

# %% wrong: order_of_dictionary
# mistake: list(vocabulary)[i]
# rule: "Do not rely on the order of the dictionary"
def decode(indices, vocabulary):
    words = list(vocabulary)
    return [words[i] for i in indices if i != 0]

# %% wrong: padding_stays
# mistake: <pad> appears
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return [words[i] for i in indices]

# %% wrong: unknown_left_out
# mistake: <unk> dropped too
# rule: "unknown words stay visible as `<unk>`"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return [words[i] for i in indices if words[i] not in ("<pad>", "<unk>")]

# %% wrong: greater_than_one
# mistake: i > 1
# rule: "unknown words stay visible as `<unk>`"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return [words[i] for i in indices if i > 1]

# %% wrong: stops_at_padding
# mistake: break at the first 0: what follows is lost
# rule: "The tokens of numbers, without padding."
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    out = []
    for i in indices:
        if i == 0:
            break
        out.append(words[i])
    return out

# %% wrong: trailing_only
# mistake: only padding at the end is left out
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    indices = list(indices)
    while indices and indices[-1] == 0:
        indices.pop()
    return [words[i] for i in indices]

# %% wrong: question_mark
# mistake: unknown words as "?"
# rule: "unknown words stay visible as `<unk>`"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return ["?" if i == 1 else words[i] for i in indices if i != 0]

# %% wrong: joined
# mistake: returns a text
# rule: "Returns a list of tokens."
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return " ".join(words[i] for i in indices if i != 0)

# %% wrong: removes_zeros
# mistake: removes the zeros from the list that was given
# rule: "Do not change the lists and dictionaries that you are given"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    while 0 in indices:
        indices.remove(0)
    return [words[i] for i in indices]

# %% wrong: one_zero_removed
# mistake: removes only the first 0
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    indices = list(indices)
    if 0 in indices:
        indices.remove(0)
    return [words[i] for i in indices]

# %% wrong: remove_while_iterating
# mistake: removes from a copy while iterating over it: of two zeros in a row one stays
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    numbers = list(indices)
    for n in numbers:
        if n == 0:
            numbers.remove(n)
    return [words[n] for n in numbers]

# %% wrong: alphabetical
# mistake: sorted(vocabulary) instead of sorted by number
# rule: "vocabulary: dictionary from token to number"
def decode(indices, vocabulary):
    words = sorted(vocabulary)
    return [words[i] for i in indices if i != 0]

# %% wrong: each_once
# mistake: repeated words once
# rule: "The tokens of numbers, without padding."
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    return list(dict.fromkeys(words[i] for i in indices if i != 0))

# %% wrong: shifted_by_two
# mistake: list of the words without specials, not shifted: the numbers are off by two
# rule: "the words have 2, 3, ..."
def decode(indices, vocabulary):
    words = sorted((w for w in vocabulary if w not in ("<pad>", "<unk>")), key=vocabulary.get)
    return ["<unk>" if i == 1 else words[i % len(words)] for i in indices if i != 0]

# %% wrong: empty_texts
# mistake: padding becomes an empty text
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    words[0] = ""
    return [words[i] for i in indices]

# %% wrong: pops_pad
# mistake: takes <pad> out of the vocabulary that was given
# rule: "Do not change the lists and dictionaries that you are given"
def decode(indices, vocabulary):
    vocabulary.pop("<pad>", None)
    words = {i: t for t, i in vocabulary.items()}
    return [words[i] for i in indices if i in words]

# %% wrong: order_of_vocabulary
# mistake: loops over the vocabulary, not over the numbers
# rule: "The tokens of numbers"
def decode(indices, vocabulary):
    return [t for t, i in vocabulary.items() if i in indices and t != "<pad>"]

# %% wrong: cached_inverse
# mistake: the inverse of the first vocabulary is used for all later ones
# rule: "vocabulary: dictionary from token to number"
_words = {}

def decode(indices, vocabulary):
    if not _words:
        _words.update({i: t for t, i in vocabulary.items()})
    return [_words.get(i, "<unk>") for i in indices if i != 0]

# %% wrong: reversed
# mistake: insert(0, ...) turns the text round
# rule: "The tokens of numbers"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    out = []
    for i in indices:
        if i != 0:
            out.insert(0, words[i])
    return out

# %% wrong: wrong_direction
# mistake: looks numbers up among the tokens, all is unknown
# rule: "vocabulary: dictionary from token to number"
def decode(indices, vocabulary):
    return [vocabulary.get(i, "<unk>") for i in indices if i != 0]

# %% wrong: ends_stripped
# mistake: a padding place in the middle is kept as <pad>, only both ends are stripped
# rule: "Padding is left out"
def decode(indices, vocabulary):
    words = {i: t for t, i in vocabulary.items()}
    tokens = [words[i] for i in indices]
    while tokens and tokens[-1] == "<pad>":
        tokens = tokens[:-1]
    while tokens and tokens[0] == "<pad>":
        tokens = tokens[1:]
    return tokens
