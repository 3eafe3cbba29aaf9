# exercise: drop_duplicates

# %% right: set_of_tuples
# style: as the text suggests
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, text in enumerate(texts):
        words = tuple(re.findall(r"\w+", text.lower()))
        if words not in seen:
            seen.add(words)
            kept.append(i)
    return kept

# %% right: joined_key
# style: key is the words joined by a space
import re

def drop_duplicates(texts):
    def cle(texte):
        return " ".join(re.findall(r"\w+", texte.lower()))

    vus = set()
    gardes = []
    for i in range(len(texts)):
        k = cle(texts[i])
        if k in vus:
            continue
        vus.add(k)
        gardes.append(i)
    return gardes

# %% right: setdefault
# style: dictionary key -> first position
import re

def drop_duplicates(texts):
    first = {}
    for i, t in enumerate(texts):
        first.setdefault(tuple(re.findall(r"\w+", t.lower())), i)
    return list(first.values())

# %% right: quadratic_list
# style: list of lists, in
import re

def drop_duplicates(texts):
    known = []
    positions = []
    for i, t in enumerate(texts):
        w = re.findall(r"\w+", t.lower())
        if w not in known:
            known.append(w)
            positions += [i]
    return positions

# %% right: reversed_dictionary
# style: fills a dictionary from the back, so that the first one stays; sorts
import re

def drop_duplicates(texts):
    d = {tuple(re.findall(r"\w+", texts[i].lower())): i for i in reversed(range(len(texts)))}
    return sorted(d.values())

# %% right: np_unique
# style: np.unique with return_index, sorted
import re

def drop_duplicates(texts):
    keys = np.array([" ".join(re.findall(r"\w+", t.lower())) for t in texts], dtype=object)
    if len(keys) == 0:
        return []
    _, first = np.unique(keys.astype(str), return_index=True)
    return np.sort(first).tolist()

# %% right: index_trick
# style: comprehension with list.index
import re

def drop_duplicates(texts):
    keys = [re.findall(r"\w+", t.lower()) for t in texts]
    return [i for i, k in enumerate(keys) if keys.index(k) == i]

# %% right: split_on_non_words
# style: re.sub of everything else by spaces, then split
import re

def drop_duplicates(texts):
    seen = {}
    for i, t in enumerate(texts):
        key = " ".join(re.sub(r"\W+", " ", t.lower()).split())
        if seen.get(key) is None:
            seen[key] = [i]
        else:
            seen[key].append(i)
    return [group[0] for group in seen.values()]

# %% wrong: exact_texts
# mistake: only equal texts are copies
# rule: "whatever their capitals, punctuation and spaces"
def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        if t not in seen:
            seen.add(t)
            kept.append(i)
    return kept

# %% wrong: lower_only
# mistake: capitals only, punctuation and spaces still differ
# rule: "whatever their capitals, punctuation and spaces"
def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        t = t.lower().strip()
        if t not in seen:
            seen.add(t)
            kept.append(i)
    return kept

# %% wrong: capitals_count
# mistake: lower() forgotten
# rule: "whatever their capitals, punctuation and spaces"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"\w+", t))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: order_ignored
# mistake: frozenset of the words
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = frozenset(re.findall(r"\w+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: sorted_words
# mistake: words sorted before the comparison
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(sorted(re.findall(r"\w+", t.lower())))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: keeps_last
# mistake: dictionary overwritten: the last copy stays
# rule: "the first of all those that have the same words"
import re

def drop_duplicates(texts):
    d = {}
    for i, t in enumerate(texts):
        d[tuple(re.findall(r"\w+", t.lower()))] = i
    return sorted(d.values())

# %% wrong: glued_words
# mistake: words joined without a space: "a part" equals "apart"
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = "".join(re.findall(r"\w+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: returns_texts
# mistake: returns the texts
# rule: "Return *positions*, not texts"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for t in texts:
        k = tuple(re.findall(r"\w+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(t)
    return kept

# %% wrong: neighbours_only
# mistake: compares with the text before only
# rule: "each text may come only once"
import re

def drop_duplicates(texts):
    kept, last = [], None
    for i, t in enumerate(texts):
        k = re.findall(r"\w+", t.lower())
        if k != last:
            kept.append(i)
        last = k
    return kept

# %% wrong: all_copies_dropped
# mistake: texts that occur twice are dropped altogether
# rule: "Say which texts to keep: the first of all those"
import re

def drop_duplicates(texts):
    keys = [tuple(re.findall(r"\w+", t.lower())) for t in texts]
    return [i for i, k in enumerate(keys) if keys.count(k) == 1]

# %% wrong: ascii_words
# mistake: accented letters are no letters: "pré" and "pr" are equal
# rule: "`re.findall(r\"\\w+\", text.lower())` gives the list of the words of a text"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"[a-z0-9]+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: accents_ignored
# mistake: accents stripped as well
# rule: "whatever their capitals, punctuation and spaces"
import re
import unicodedata

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        t = unicodedata.normalize("NFD", t.lower())
        t = "".join(c for c in t if not unicodedata.combining(c))
        k = tuple(re.findall(r"\w+", t))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: not_in_order
# mistake: positions come out in decreasing order
# rule: "in increasing order"
import re

def drop_duplicates(texts):
    d = {}
    for i in range(len(texts) - 1, -1, -1):
        k = tuple(re.findall(r"\w+", texts[i].lower()))
        d.pop(k, None)
        d[k] = i
    return list(d.values())

# %% wrong: memory_over_calls
# mistake: mutable default argument: the second call knows the texts of the first
# rule: "the first of all those that have the same words"
import re

def drop_duplicates(texts, seen=set()):
    kept = []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"\w+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: changes_the_list
# mistake: writes the lower case texts into the list
# rule: "Do not change the lists that you are given: make new ones."
import re

def drop_duplicates(texts):
    for i in range(len(texts)):
        texts[i] = " ".join(re.findall(r"\w+", texts[i].lower()))
    return [i for i in range(len(texts)) if texts[i] not in texts[:i]]

# %% wrong: first_words_only
# mistake: only the first five words are compared
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"\w+", t.lower())[:5])
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: digits_ignored
# mistake: letters only: "2 stars" and "3 stars" are equal
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"[^\W\d]+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: split_and_strip
# mistake: split() and strip of punctuation: l'été is one word, "l été" two
# rule: "here `l'été` counts as two words, `l` and `été`"
def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(w.strip(".,;:!?'\"()") for w in t.lower().split())
        k = tuple(w for w in k if w)
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: boolean_mask
# mistake: returns a mask
# rule: "Returns a list of positions, in increasing order."
import re

def drop_duplicates(texts):
    keys = [tuple(re.findall(r"\w+", t.lower())) for t in texts]
    return [k not in keys[:i] for i, k in enumerate(keys)]

# %% wrong: from_one
# mistake: positions counted from 1
# rule: "The positions of the texts to keep"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts, start=1):
        k = tuple(re.findall(r"\w+", t.lower()))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: repeated_words
# mistake: a word that comes twice in a text counts once: "very very good" equals "very good"
# rule: "the same words in the same order"
import re

def drop_duplicates(texts):
    seen, kept = set(), []
    for i, t in enumerate(texts):
        k = tuple(dict.fromkeys(re.findall(r"\w+", t.lower())))
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept

# %% wrong: copies_positions
# mistake: returns the positions of the copies to drop
# rule: "Say which texts to keep"
import re

def drop_duplicates(texts):
    seen, dropped = set(), []
    for i, t in enumerate(texts):
        k = tuple(re.findall(r"\w+", t.lower()))
        if k in seen:
            dropped.append(i)
        seen.add(k)
    return dropped

# %% wrong: punctuation_list
# mistake: removes the ASCII punctuation only; « » … and ’ still differ
# rule: "whatever their capitals, punctuation and spaces"
def drop_duplicates(texts):
    import string
    seen, kept = set(), []
    for i, t in enumerate(texts):
        for c in string.punctuation:
            t = t.replace(c, " ")
        k = tuple(t.lower().split())
        if k not in seen:
            seen.add(k)
            kept.append(i)
    return kept
