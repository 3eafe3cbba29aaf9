# exercise: encode

# %% right: get
# style: comprehension with get
def encode(tokens, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in tokens]

# %% right: loop_if
# style: loop and if
def encode(tokens, vocabulary):
    numeros = []
    for jeton in tokens:
        if jeton in vocabulary:
            numeros.append(vocabulary[jeton])
        else:
            numeros.append(vocabulary["<unk>"])
    return numeros

# %% right: try_except
# style: try / except KeyError
def encode(tokens, vocabulary):
    out = []
    for t in tokens:
        try:
            out += [vocabulary[t]]
        except KeyError:
            out += [vocabulary["<unk>"]]
    return out

# %% right: map_lambda
# style: list(map(lambda ...)) with the number 1 of <unk>, as build_vocabulary makes it
def encode(tokens, vocabulary):
    return list(map(lambda t: vocabulary.get(t, 1), tokens))

# %% right: defaultdict_copy
# style: a copy of the vocabulary with a default value
def encode(tokens, vocabulary):
    from collections import defaultdict
    unk = vocabulary["<unk>"]
    table = defaultdict(lambda: unk, vocabulary)
    return [table[t] for t in tokens]

# %% right: replace_then_look_up
# style: first replaces the unknown tokens in a new list
def encode(tokens, vocabulary):
    known = [token if token in vocabulary.keys() else "<unk>" for token in tokens]
    return [int(vocabulary[token]) for token in known]

# %% right: preallocated
# style: list of T times <unk>, then overwritten
def encode(tokens, vocabulary):
    result = [vocabulary["<unk>"]] * len(tokens)
    for t in range(len(tokens)):
        n = vocabulary.get(tokens[t])
        if n is not None:
            result[t] = n
    return result

# %% wrong: key_error
# mistake: an unknown token raises KeyError
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    return [vocabulary[t] for t in tokens]

# %% wrong: unknown_skipped
# mistake: unknown tokens are left out
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [vocabulary[t] for t in tokens if t in vocabulary]

# %% wrong: unknown_is_zero
# mistake: unknown tokens get 0, the number of padding
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    return [vocabulary.get(t, 0) for t in tokens]

# %% wrong: unknown_is_v
# mistake: unknown tokens get a new number
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    return [vocabulary.get(t, len(vocabulary)) for t in tokens]

# %% wrong: unknown_is_minus_one
# mistake: -1
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    return [vocabulary.get(t, -1) for t in tokens]

# %% wrong: vocabulary_grows
# mistake: setdefault writes the unknown words into the vocabulary
# rule: "Do not change the lists and dictionaries that you are given"
def encode(tokens, vocabulary):
    return [vocabulary.setdefault(t, vocabulary["<unk>"]) for t in tokens]

# %% wrong: learns_new_words
# mistake: unknown words get the next free number
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    vocabulary = dict(vocabulary)
    for t in tokens:
        if t not in vocabulary:
            vocabulary[t] = len(vocabulary)
    return [vocabulary[t] for t in tokens]

# %% wrong: or_unk
# mistake: "or": the number 0 of <pad> is false and becomes 1
# rule: "The numbers of the tokens of a text." / "| 0 | `<pad>` |"
def encode(tokens, vocabulary):
    return [vocabulary.get(t) or vocabulary["<unk>"] for t in tokens]

# %% wrong: the_text_unk
# mistake: the default value is the text "<unk>", not its number
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [vocabulary.get(t, "<unk>") for t in tokens]

# %% wrong: none_for_unknown
# mistake: get without a default
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    return [vocabulary.get(t) for t in tokens]

# %% wrong: stops_at_unknown
# mistake: break at the first unknown token
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    out = []
    for t in tokens:
        if t not in vocabulary:
            out.append(vocabulary["<unk>"])
            break
        out.append(vocabulary[t])
    return out

# %% wrong: all_unknown
# mistake: try around the whole: one unknown token makes all unknown
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    try:
        return [vocabulary[t] for t in tokens]
    except KeyError:
        return [vocabulary["<unk>"]] * len(tokens)

# %% wrong: each_once
# mistake: repeated tokens dropped
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [vocabulary.get(t, vocabulary["<unk>"]) for t in dict.fromkeys(tokens)]

# %% wrong: order_of_vocabulary
# mistake: loops over the vocabulary
# rule: "The numbers of the tokens of a text." / "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [n for t, n in vocabulary.items() if t in tokens]

# %% wrong: sorted_numbers
# mistake: sorted
# rule: "tokens: list of T tokens ... Returns a list of T numbers"
def encode(tokens, vocabulary):
    return sorted(vocabulary.get(t, vocabulary["<unk>"]) for t in tokens)

# %% wrong: in_place
# mistake: overwrites the list of tokens
# rule: "Do not change the lists and dictionaries that you are given"
def encode(tokens, vocabulary):
    for i, t in enumerate(tokens):
        tokens[i] = vocabulary.get(t, vocabulary["<unk>"])
    return tokens

# %% wrong: list_kept
# mistake: mutable default argument collects the numbers of all calls
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary, out=[]):
    for t in tokens:
        out.append(vocabulary.get(t, vocabulary["<unk>"]))
    return out

# %% wrong: without_specials
# mistake: subtracts the two special entries
# rule: "The numbers of the tokens of a text."
def encode(tokens, vocabulary):
    return [vocabulary.get(t, vocabulary["<unk>"]) - 2 for t in tokens]

# %% wrong: characters
# mistake: encodes the characters of the joined text
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [vocabulary.get(c, vocabulary["<unk>"]) for c in "".join(tokens)]

# %% wrong: similar_word
# mistake: an unknown word takes the number of a word that begins with it or with which it begins
# rule: "a token that is not in the vocabulary has that of \"<unk>\""
def encode(tokens, vocabulary):
    out = []
    for t in tokens:
        if t in vocabulary:
            out.append(vocabulary[t])
        else:
            near = [n for w, n in vocabulary.items() if t.startswith(w)]
            out.append(near[0] if near else vocabulary["<unk>"])
    return out

# %% wrong: end_padding
# mistake: appends the number of <pad>
# rule: "Returns a list of T numbers"
def encode(tokens, vocabulary):
    return [vocabulary.get(t, vocabulary["<unk>"]) for t in tokens] + [0]
