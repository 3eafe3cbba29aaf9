# exercise: skipgram_pairs

# %% right: enumerate_twice
# style: compares all places with all places
def skipgram_pairs(sentences, window):
    out = []
    for s in sentences:
        for i, w in enumerate(s):
            for j, c in enumerate(s):
                if i != j and abs(i - j) <= window:
                    out.append((w, c))
    return out

# %% right: generator_of_offsets
# style: offsets, lists as pairs, an early exit for short sentences
def skipgram_pairs(sentences, window):
    offsets = [k for k in range(-window, window + 1) if k]
    result = []
    for sent in sentences:
        if len(sent) < 2:
            continue
        for i in range(len(sent)):
            for k in offsets:
                if 0 <= i + k < len(sent):
                    result.append([sent[i], sent[i + k]])
    return result

# %% right: deque
# style: a moving window of earlier words, both directions at once
def skipgram_pairs(sentences, window):
    from collections import deque
    pairs = []
    for sent in sentences:
        past = deque(maxlen=window)
        for word in sent:
            for before in past:
                pairs += [(before, word), (word, before)]
            past.append(word)
    return pairs

# %% wrong: exclusive_range
# mistake: range(i - window, i + window) misses the last word on the right
def skipgram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for i in range(len(s)):
            for j in range(max(0, i - window), min(len(s), i + window)):
                if i != j:
                    pairs.append((s[i], s[j]))
    return pairs

# %% wrong: negative_index
# mistake: no lower bound, negative indices wrap around
def skipgram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for i in range(len(s)):
            for j in range(i - window, i + window + 1):
                if j != i:
                    try:
                        pairs.append((s[i], s[j]))
                    except IndexError:
                        pass
    return pairs

# %% wrong: compares_words
# mistake: if c != w in place of j != i
def skipgram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for i, w in enumerate(s):
            for c in s[max(0, i - window) : i + window + 1]:
                if c != w:
                    pairs.append((w, c))
    return pairs

# %% wrong: forgets_to_skip
# mistake: the centre itself stays in the window
def skipgram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for i, w in enumerate(s):
            for c in s[max(0, i - window) : i + window + 1]:
                pairs.append((w, c))
    return pairs

# %% wrong: set_of_pairs
# mistake: repeated pairs are lost
def skipgram_pairs(sentences, window):
    pairs = set()
    for s in sentences:
        for i in range(len(s)):
            for j in range(max(0, i - window), min(len(s), i + window + 1)):
                if i != j:
                    pairs.add((s[i], s[j]))
    return list(pairs)

# %% wrong: one_long_text
# mistake: sentences are joined before the pairs are made
def skipgram_pairs(sentences, window):
    s = sum(sentences, [])
    return [(s[i], s[j]) for i in range(len(s)) for j in range(len(s)) if 0 < abs(i - j) <= window]

# %% wrong: combinations
# mistake: each unordered pair once
def skipgram_pairs(sentences, window):
    from itertools import combinations
    return [(s[i], s[j]) for s in sentences for i, j in combinations(range(len(s)), 2) if j - i <= window]

# %% wrong: early_return
# mistake: return inside the loop over sentences
def skipgram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for i in range(len(s)):
            for j in range(max(0, i - window), min(len(s), i + window + 1)):
                if i != j:
                    pairs.append((s[i], s[j]))
        return pairs
    return pairs
