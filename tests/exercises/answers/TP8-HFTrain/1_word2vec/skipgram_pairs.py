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

# %% right: by_distance
# style: one zip for each distance, both directions, a nested generator
def skipgram_pairs(sentences, window):
    def all_of(line):
        for distance in range(1, window + 1):
            for left, right in zip(line, line[distance:]):
                yield left, right
                yield right, left

    return [pair for line in sentences for pair in all_of(line)]

# %% right: combinations_2
# style: itertools.combinations of places, in-place building of a list
from itertools import combinations

def skipgram_pairs(sentences, window):
    found = []
    for phrase in sentences:
        for i, j in combinations(range(len(phrase)), 2):
            if j - i <= window:
                found += [(phrase[i], phrase[j]), (phrase[j], phrase[i])]
    return found

# %% right: recursion
# style: recursion on the length of the sentence: the last word with those before it
def skipgram_pairs(sentences, window):
    def pairs_of(line):
        if len(line) < 2:
            return []
        last, near = line[-1], line[-1 - window : -1]
        return pairs_of(line[:-1]) + [(last, w) for w in near] + [(w, last) for w in near]

    out = []
    for line in sentences:
        out.extend(pairs_of(list(line)))
    return out

# %% right: sliding_deque
# style: a deque of the last words, each new word meets those in the deque
from collections import deque

def skipgram_pairs(sentences, window):
    paires = []
    for ligne in sentences:
        avant = deque(maxlen=window)
        for mot in ligne:
            for voisin in avant:
                paires.append((mot, voisin))
                paires.append((voisin, mot))
            avant.append(mot)
    return paires

# %% wrong: same_word_skipped
# mistake: compares the words instead of the places
# rule: "A place is not its own context. But the same word at another place is: in "no no", (no, no) comes twice."
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            for context in line[max(0, i - window) : i + window + 1]:
                if context != centre:
                    pairs.append((centre, context))
    return pairs

# %% wrong: each_pair_once
# mistake: a set
# rule: "A pair that occurs several times is listed several times."
def skipgram_pairs(sentences, window):
    pairs = set()
    for line in sentences:
        for i in range(len(line)):
            for j in range(max(0, i - window), min(len(line), i + window + 1)):
                if i != j:
                    pairs.add((line[i], line[j]))
    return list(pairs)

# %% wrong: range_too_short
# mistake: off by one at the right end
# rule: "at most `window` places before or after the centre"
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i in range(len(line)):
            for j in range(i - window, i + window):
                if 0 <= j < len(line) and j != i:
                    pairs.append((line[i], line[j]))
    return pairs

# %% wrong: negative_start
# mistake: the start of the slice is negative near the beginning, so that slice is empty or the wrong one
# rule: "Near the ends of a sentence there are fewer."
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for i, centre in enumerate(line):
            for context in line[i - window : i] + line[i + 1 : i + 1 + window]:
                pairs.append((centre, context))
    return pairs

# %% wrong: one_long_text_2
# mistake: joins the sentences
# rule: "A context is a word of the **same sentence**"
def skipgram_pairs(sentences, window):
    text = [word for line in sentences for word in line]
    pairs = []
    for i in range(len(text)):
        for j in range(max(0, i - window), min(len(text), i + window + 1)):
            if i != j:
                pairs.append((text[i], text[j]))
    return pairs

# %% wrong: only_words_after
# mistake: looks to the right only
# rule: "at most `window` places before or after the centre"
def skipgram_pairs(sentences, window):
    return [
        (line[i], context)
        for line in sentences
        for i in range(len(line))
        for context in line[i + 1 : i + 1 + window]
    ]

# %% wrong: itself_included
# mistake: the centre is in its own window
# rule: "A **place** is not its own context."
def skipgram_pairs(sentences, window):
    return [
        (line[i], line[j])
        for line in sentences
        for i in range(len(line))
        for j in range(max(0, i - window), min(len(line), i + window + 1))
    ]

# %% wrong: place_by_index
# mistake: line.index(word) always gives the first place of a word
# rule: "the same word at another place"
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        for centre in line:
            place = line.index(centre)
            before = line[max(0, place - window) : place]
            after = line[place + 1 : place + window + 1]
            pairs += [(centre, context) for context in before + after]
    return pairs

# %% wrong: window_is_the_whole_width
# mistake: takes window for the width of both sides together
# rule: "window: how many words on each side"
def skipgram_pairs(sentences, window):
    half = max(1, window // 2)
    pairs = []
    for line in sentences:
        for i in range(len(line)):
            for j in range(max(0, i - half), min(len(line), i + half + 1)):
                if i != j:
                    pairs.append((line[i], line[j]))
    return pairs

# %% wrong: number_zero_is_false
# mistake: fills up with None and tests "if word", which drops the word number 0
# rule: "Words are strings, or numbers from 0."
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        padded = [None] * window + list(line) + [None] * window
        for i in range(window, len(line) + window):
            for d in range(1, window + 1):
                for context in (padded[i - d], padded[i + d]):
                    if padded[i] and context:
                        pairs.append((padded[i], context))
    return pairs

# %% wrong: padding_stays
# mistake: fills up the sentence that was given, in place
# rule: "Do not change the arrays and lists that you are given."
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        n = len(line)
        line += [None] * window
        for i in range(n):
            for d in range(1, window + 1):
                if line[i + d] is not None:
                    pairs.append((line[i], line[i + d]))
                    pairs.append((line[i + d], line[i]))
    return pairs

# %% wrong: stops_at_an_empty_sentence
# mistake: break instead of continue
# rule: "A sentence may be empty, or have one word: it gives no pair."
def skipgram_pairs(sentences, window):
    pairs = []
    for line in sentences:
        if len(line) < 2:
            break
        for i in range(len(line)):
            for j in range(max(0, i - window), min(len(line), i + window + 1)):
                if i != j:
                    pairs.append((line[i], line[j]))
    return pairs
