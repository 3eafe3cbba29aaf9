# exercise: build_vocabulary

# %% right: counter_sorted
# style: Counter and sorted with a pair as key
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(token for text in texts for token in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% right: dict_loops
# style: plain dictionaries and loops
def build_vocabulary(texts, min_count=1):
    compte = {}
    for texte in texts:
        for mot in texte:
            if mot in compte:
                compte[mot] += 1
            else:
                compte[mot] = 1
    paires = []
    for mot, n in compte.items():
        if n < min_count:
            continue
        paires.append((-n, mot))
    paires.sort()
    vocabulaire = {"<pad>": 0, "<unk>": 1}
    for _, mot in paires:
        vocabulaire[mot] = len(vocabulaire)
    return vocabulaire

# %% right: two_stable_sorts
# style: sorts alphabetically, then by count (stable, reverse)
from collections import Counter

def build_vocabulary(texts, min_count=1):
    c = Counter()
    for t in texts:
        c.update(t)
    mots = sorted(c)
    mots.sort(key=c.get, reverse=True)
    mots = [m for m in mots if c[m] >= min_count]
    return dict(zip(["<pad>", "<unk>", *mots], range(len(mots) + 2)))

# %% right: specials_last_in_the_dictionary
# style: the numbers are right, the special entries are inserted last
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(sum([list(t) for t in texts], []))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    vocab = dict((w, i) for i, (w, n) in enumerate([p for p in ranked if p[1] >= min_count], start=2))
    vocab["<unk>"] = 1
    vocab["<pad>"] = 0
    return vocab

# %% right: group_by_count
# style: from the highest count down, sorted in each group
from collections import Counter

def build_vocabulary(texts, min_count=1):
    from itertools import chain
    n = Counter(chain.from_iterable(texts))
    vocab = {"<pad>": 0, "<unk>": 1}
    i = 2
    for k in range(max(n.values(), default=0), 0, -1):
        if k < min_count:
            break
        for w in sorted(w for w in n if n[w] == k):
            vocab[w] = i
            i += 1
    return vocab

# %% right: repeated_maximum
# style: selection sort: takes the best word until none is left
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = dict(Counter(t for text in texts for t in text))
    vocab = {"<pad>": 0, "<unk>": 1}
    while counts:
        best = min(counts, key=lambda w: (-counts[w], w))
        n = counts.pop(best)
        if n >= min_count:
            vocab[best] = max(vocab.values()) + 1
    return vocab

# %% wrong: more_than_min_count
# mistake: > instead of >=
# rule: "Words that occur less than `min_count` times are left out."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] > min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: most_common
# mistake: ties in the order of the texts
# rule: "If two words are equally frequent, they come in alphabetical order"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = [w for w, n in counts.most_common() if n >= min_count]
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: no_specials
# mistake: words numbered from 0
# rule: "\"<pad>\" is 0, \"<unk>\" is 1, the words have 2, 3, ..."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(words)}

# %% wrong: specials_at_the_end
# mistake: the special entries have the last numbers
# rule: "\"<pad>\" is 0, \"<unk>\" is 1"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(words + ["<pad>", "<unk>"])}

# %% wrong: number_to_token
# mistake: dictionary the wrong way round
# rule: "Returns a dictionary from token to number"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return dict(enumerate(["<pad>", "<unk>"] + words))

# %% wrong: alphabetical_only
# mistake: frequency ignored
# rule: "the most frequent word first"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted(w for w in counts if counts[w] >= min_count)
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: rarest_first
# mistake: minus sign forgotten
# rule: "the most frequent word first"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: reversed_ties
# mistake: reverse=True turns the alphabet round too
# rule: "If two words are equally frequent, they come in alphabetical order"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (counts[w], w), reverse=True)
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: min_count_ignored
# mistake: rare words stay
# rule: "min_count: words that occur less often are left out"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: texts_counted
# mistake: counts in how many texts a word occurs
# rule: "Words that occur less than `min_count` times are left out."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in set(text))
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: first_text_only
# mistake: only the first text
# rule: "Number the words of a corpus by decreasing frequency."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(texts[0] if texts else [])
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: min_count_per_text
# mistake: the limit is applied in each text
# rule: "Words that occur less than `min_count` times are left out."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter()
    for text in texts:
        for w, n in Counter(text).items():
            if n >= min_count:
                counts[w] += n
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: ties_without_capitals
# mistake: compares ties in lower case; "Zoo" < "abc" in Python's order
# rule: "they come in alphabetical order (Python's order of texts)"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w.lower(), w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: ties_without_accents
# mistake: é sorted as e
# rule: "they come in alphabetical order (Python's order of texts)"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    plain = str.maketrans("éèêàâçîôûù", "eeeaaciouu")
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w.translate(plain), w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: pad_and_unk_swapped
# mistake: 0 is <unk>, 1 is <pad>
# rule: "\"<pad>\" is 0, \"<unk>\" is 1"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<unk>", "<pad>"] + words)}

# %% wrong: default_two
# mistake: default value 2
# rule: "def build_vocabulary(texts, min_count=1)"
from collections import Counter

def build_vocabulary(texts, min_count=2):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: counter_kept
# mistake: mutable default argument
# rule: "Words that occur less than `min_count` times are left out."
from collections import Counter

def build_vocabulary(texts, min_count=1, counts=Counter()):
    for text in texts:
        counts.update(text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: sorts_the_texts
# mistake: sorts the lists that were given
# rule: "Do not change the lists and dictionaries that you are given"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter()
    for text in texts:
        text.sort()
        counts.update(text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: rare_words_are_unk
# mistake: rare words are entries with the number 1
# rule: "Words that occur less than `min_count` times are left out."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    vocab = {"<pad>": 0, "<unk>": 1}
    i = 2
    for w in sorted(counts, key=lambda w: (-counts[w], w)):
        if counts[w] >= min_count:
            vocab[w] = i
            i += 1
        else:
            vocab[w] = 1
    return vocab

# %% wrong: ties_by_length
# mistake: shorter words first among equals
# rule: "they come in alphabetical order"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], len(w), w))
    return {w: i for i, w in enumerate(["<pad>", "<unk>"] + words)}

# %% wrong: frequencies
# mistake: values are frequencies
# rule: "the words have 2, 3, ..."
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    vocab = {"<pad>": 0, "<unk>": 1}
    vocab.update({w: n for w, n in counts.items() if n >= min_count})
    return vocab

# %% wrong: from_one
# mistake: words start at 1 and share the number of <unk>
# rule: "The others follow from 2 on"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    vocab = {"<pad>": 0, "<unk>": 1}
    for i, w in enumerate(words, start=1):
        vocab[w] = i
    return vocab

# %% wrong: order_of_texts
# mistake: numbers in the order of the first occurrence
# rule: "the most frequent word first"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    vocab = {"<pad>": 0, "<unk>": 1}
    for text in texts:
        for t in text:
            if t not in vocab and counts[t] >= min_count:
                vocab[t] = len(vocab)
    return vocab

# %% wrong: a_list
# mistake: returns the list of the entries
# rule: "Returns a dictionary from token to number"
from collections import Counter

def build_vocabulary(texts, min_count=1):
    counts = Counter(t for text in texts for t in text)
    words = sorted((w for w in counts if counts[w] >= min_count), key=lambda w: (-counts[w], w))
    return ["<pad>", "<unk>"] + words
