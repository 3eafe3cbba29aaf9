# exercise: cbow_pairs

# %% right: comprehension
# style: one comprehension with a test at its end
def cbow_pairs(sentences, window):
    found = [
        ([s[j] for j in range(max(0, i - window), min(len(s), i + window + 1)) if j != i], s[i])
        for s in sentences
        for i in range(len(s))
    ]
    return [pair for pair in found if len(pair[0]) > 0]

# %% right: skips_short_sentences
# style: only sentences of two words or more, pairs as lists
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        if len(s) >= 2:
            for i in range(len(s)):
                left, right = s[max(0, i - window) : i], s[i + 1 : i + 1 + window]
                result.append([left + right, s[i]])
    return result

# %% wrong: pop_on_the_sentence
# mistake: removes the first equal word, not the one at this place; right as a bag, but then changes the argument
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        for i in range(len(s)):
            word = s.pop(i)
            context = s[max(0, i - window) : i + window]
            if context:
                result.append((context, word))
            s.insert(i, word)
        s.append("</s>")
    return result

# %% wrong: pads
# mistake: fills up with None
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        padded = [None] * window + s + [None] * window
        for i in range(len(s)):
            result.append((padded[i : i + window] + padded[i + window + 1 : i + 2 * window + 1], s[i]))
    return result

# %% wrong: keeps_empty
# mistake: a lone word gives a pair with an empty list
def cbow_pairs(sentences, window):
    return [(s[max(0, i - window) : i] + s[i + 1 : i + window + 1], w) for s in sentences for i, w in enumerate(s)]

# %% wrong: full_windows
# mistake: starts at window and stops before the end
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        for i in range(window, len(s) - window):
            result.append((s[i - window : i] + s[i + 1 : i + window + 1], s[i]))
    return result

# %% wrong: filter_equal
# mistake: leaves every copy of the centre out
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        for i, w in enumerate(s):
            context = [c for c in s[max(0, i - window) : i + window + 1] if c != w]
            if context:
                result.append((context, w))
    return result

# %% wrong: centre_in_front
# mistake: (centre, contexts)
def cbow_pairs(sentences, window):
    result = []
    for s in sentences:
        for i, w in enumerate(s):
            context = s[max(0, i - window) : i] + s[i + 1 : i + window + 1]
            if context:
                result.append((w, context))
    return result

# %% right: pop_from_the_window
# style: cuts out the window with its centre, pops the centre
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i in range(len(line)):
            start = max(i - window, 0)
            around = list(line[start : i + window + 1])
            centre = around.pop(i - start)
            if around:
                pairs.append((around, centre))
    return pairs

# %% right: by_distance
# style: a list for each place, filled distance after distance, then filtered
def cbow_pairs(sentences, window):
    result = []
    for line in sentences:
        near = [[] for _ in line]
        for d in range(1, window + 1):
            for i in range(d, len(line)):
                near[i].append(line[i - d])
                near[i - d].append(line[i])
        result.extend((n, w) for n, w in zip(near, line) if n)
    return result

# %% right: padded_with_a_sentinel
# style: a new list with a sentinel at both ends, comparison by identity
def cbow_pairs(sentences, window):
    nothing = object()
    wall = [nothing] * window

    def of(line):
        padded = wall + list(line) + wall
        for i, word in enumerate(line):
            seen = padded[i : i + window] + padded[i + window + 1 : i + 2 * window + 1]
            yield [w for w in seen if w is not nothing], word

    return [(contexts, word) for line in sentences for contexts, word in of(line) if len(contexts) > 0]

# %% right: early_continue
# style: skips short sentences, the words after come first in the list
def cbow_pairs(sentences, window):
    liste = []
    for ligne in sentences:
        n = len(ligne)
        if n <= 1:
            continue
        for place in range(n):
            contextes = [ligne[j] for j in range(n - 1, -1, -1) if 0 < abs(j - place) <= window]
            liste.append((contextes, ligne[place]))
    return liste

# %% wrong: empty_contexts_kept
# mistake: the only word of a sentence gives a pair with an empty list
# rule: "A place without any context (the only word of a sentence) gives **no pair**."
def cbow_pairs(sentences, window):
    return [
        (line[max(0, i - window) : i] + line[i + 1 : i + 1 + window], line[i])
        for line in sentences
        for i in range(len(line))
    ]

# %% wrong: filled_up_at_the_ends
# mistake: pads with None
# rule: "Nothing is filled up at the ends."
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        if len(line) < 2:
            continue
        padded = [None] * window + list(line) + [None] * window
        for i in range(window, window + len(line)):
            pairs.append((padded[i - window : i] + padded[i + 1 : i + 1 + window], padded[i]))
    return pairs

# %% wrong: only_full_windows
# mistake: leaves out the places near the ends
# rule: "one for each place that has a context"
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i in range(window, len(line) - window):
            pairs.append((line[i - window : i] + line[i + 1 : i + 1 + window], line[i]))
    return pairs

# %% wrong: centre_first
# mistake: (centre, contexts) as in section 1
# rule: "Returns a list of pairs (list of words, word)"
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = line[max(0, i - window) : i] + line[i + 1 : i + 1 + window]
            if contexts:
                pairs.append((centre, contexts))
    return pairs

# %% wrong: set_of_contexts
# mistake: each word once
# rule: "a word that is twice in the window is twice in the list"
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = line[max(0, i - window) : i] + line[i + 1 : i + 1 + window]
            if contexts:
                pairs.append((list(set(contexts)), centre))
    return pairs

# %% wrong: same_word_left_out
# mistake: compares words instead of places
# rule: "Sentences, windows and words are as in section 1." (the same word at another place is a context)
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = [w for w in line[max(0, i - window) : i + window + 1] if w != centre]
            if contexts:
                pairs.append((contexts, centre))
    return pairs

# %% wrong: one_pair_per_context
# mistake: one pair for each context
# rule: "one for each place"
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            for context in line[max(0, i - window) : i] + line[i + 1 : i + 1 + window]:
                pairs.append(([context], centre))
    return pairs

# %% wrong: one_list_for_all
# mistake: the same list object is cleared and filled again
# rule: "What it learns from are pairs (contexts, centre), one for each place."
def cbow_pairs(sentences, window):
    pairs, contexts = [], []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts.clear()
            contexts.extend(line[max(0, i - window) : i] + line[i + 1 : i + 1 + window])
            if contexts:
                pairs.append((contexts, centre))
    return pairs

# %% wrong: grouped_by_word
# mistake: a dictionary from the centre to its contexts joins all places of a word
# rule: "one for each place"
def cbow_pairs(sentences, window):
    found = {}
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = line[max(0, i - window) : i] + line[i + 1 : i + 1 + window]
            if contexts:
                found.setdefault(centre, []).extend(contexts)
    return [(contexts, centre) for centre, contexts in found.items()]

# %% wrong: slice_end_too_early
# mistake: off by one on the right side
# rule: "at most `window` places before or after the centre"
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = line[max(0, i - window) : i] + line[i + 1 : i + window]
            if contexts:
                pairs.append((contexts, centre))
    return pairs

# %% wrong: zero_is_no_word
# mistake: any() asks whether a word is true; a list of the word number 0 alone is dropped
# rule: "Words are strings, or numbers from 0."
def cbow_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            contexts = line[max(0, i - window) : i] + line[i + 1 : i + 1 + window]
            if any(contexts):
                pairs.append((contexts, centre))
    return pairs

# %% wrong: over_the_end_of_the_sentence
# mistake: one text of all sentences
# rule: "A context is a word of the **same sentence**"
def cbow_pairs(sentences, window):
    text = sum(sentences, [])
    pairs = []
    for i, centre in enumerate(text):
        contexts = text[max(0, i - window) : i] + text[i + 1 : i + 1 + window]
        if contexts:
            pairs.append((contexts, centre))
    return pairs
