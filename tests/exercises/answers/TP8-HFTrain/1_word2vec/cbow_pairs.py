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
