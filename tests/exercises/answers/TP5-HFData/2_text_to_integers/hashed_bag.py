# exercise: hashed_bag

# %% right: loops
# style: two loops, uses ngrams
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% right: counter
# style: Counter of the buckets
import zlib
from collections import Counter

def hashed_bag(tokens, num_buckets, n=2):
    c = Counter(
        zlib.crc32(" ".join(g).encode("utf-8")) % num_buckets
        for k in range(1, n + 1)
        for g in ngrams(tokens, k)
    )
    return np.array([c[b] for b in range(num_buckets)])

# %% right: bincount
# style: list of buckets and np.bincount
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    T = len(tokens)
    cases = []
    for i in range(T):
        for j in range(i + 1, min(i + n, T) + 1):
            cases.append(zlib.crc32(" ".join(tokens[i:j]).encode()) % num_buckets)
    return np.bincount(np.array(cases, dtype=int), minlength=num_buckets)

# %% right: add_at
# style: np.add.at
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    grams = []
    for size in range(1, n + 1):
        grams += ngrams(tokens, size)
    hashes = np.array([zlib.crc32(" ".join(gram).encode()) for gram in grams], dtype=np.int64)
    bag = np.zeros(num_buckets, dtype=int)
    np.add.at(bag, hashes % num_buckets, 1)
    return bag

# %% right: recursion
# style: bag of n = bag of n - 1 plus the n-grams
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    if n == 0:
        return np.zeros(num_buckets)
    sac = hashed_bag(tokens, num_buckets, n - 1).copy()
    for i in range(len(tokens) - n + 1):
        gramme = ""
        for mot in tokens[i : i + n]:
            gramme = mot if gramme == "" else gramme + " " + mot
        sac[zlib.crc32(gramme.encode()) % num_buckets] += 1
    return sac

# %% right: sum_of_one_hot
# style: counts of different n-grams first, then the buckets
import zlib
from collections import Counter

def hashed_bag(tokens, num_buckets, n=2):
    different = Counter(" ".join(gram) for k in range(n) for gram in ngrams(tokens, k + 1))
    bag = [0] * num_buckets
    for gram, count in different.items():
        bag[(zlib.crc32(bytes(gram, "utf8")) & 0xFFFFFFFF) % num_buckets] += count
    return np.array(bag, dtype=float)

# %% wrong: longest_only
# mistake: only the n-grams of n tokens
# rule: "Count all n-grams **of 1 to n tokens**"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for gram in ngrams(tokens, n):
        bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: no_space
# mistake: tokens joined without a space
# rule: "The text of an n-gram is its tokens joined by one space."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32("".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: python_hash
# mistake: Python's hash
# rule: "Python has a function `hash` too. Do not use it here."
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[hash(" ".join(gram)) % num_buckets] += 1
    return bag

# %% wrong: fancy_plus
# mistake: bag[buckets] += 1 counts a bucket once
# rule: "How many n-grams of 1 to n tokens fall into each bucket."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    buckets = [zlib.crc32(" ".join(g).encode()) % num_buckets for k in range(1, n + 1) for g in ngrams(tokens, k)]
    bag[np.array(buckets, dtype=int)] += 1
    return bag

# %% wrong: presence
# mistake: writes 1 instead of counting
# rule: "the text becomes the vector of counts"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] = 1
    return bag

# %% wrong: up_to_n_minus_one
# mistake: range(1, n)
# rule: "Count all n-grams **of 1 to n tokens**"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: from_zero
# mistake: range(n + 1): the empty 0-grams fall into bucket 0
# rule: "Count all n-grams **of 1 to n tokens**"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(n + 1):
        for i in range(len(tokens) - k + 1):
            gram = " ".join(tokens[i : i + k])
            bag[zlib.crc32(gram.encode()) % num_buckets] += 1
    return bag

# %% wrong: default_one
# mistake: default n=1
# rule: "def hashed_bag(tokens, num_buckets, n=2)"
import zlib

def hashed_bag(tokens, num_buckets, n=1):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: always_two
# mistake: words and bigrams, whatever n
# rule: "n: length of the longest n-grams"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for gram in ngrams(tokens, 1) + ngrams(tokens, 2):
        bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: underscore
# mistake: joined by "_"
# rule: "The text of an n-gram is its tokens joined by one space."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32("_".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: text_of_the_tuple
# mistake: str(gram), with parentheses and quotes
# rule: "The text of an n-gram is its tokens joined by one space."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(str(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: characters
# mistake: n-grams of characters
# rule: "tokens: list of tokens"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    text = " ".join(tokens)
    for k in range(1, n + 1):
        for i in range(len(text) - k + 1):
            bag[zlib.crc32(text[i : i + k].encode()) % num_buckets] += 1
    return bag

# %% wrong: shares
# mistake: divides by the number of n-grams
# rule: "the text becomes the vector of counts"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag / max(bag.sum(), 1)

# %% wrong: different_only
# mistake: a set of the n-grams: a repeated one counts once
# rule: "How many n-grams of 1 to n tokens fall into each bucket."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for gram in {" ".join(g) for k in range(1, n + 1) for g in ngrams(tokens, k)}:
        bag[zlib.crc32(gram.encode()) % num_buckets] += 1
    return bag

# %% wrong: adler
# mistake: another hash function of zlib
# rule: "bucket zlib.crc32(gram.encode()) % num_buckets"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.adler32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: modulo_minus_one
# mistake: % (num_buckets - 1)
# rule: "bucket zlib.crc32(gram.encode()) % num_buckets"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % max(num_buckets - 1, 1)] += 1
    return bag

# %% wrong: dictionary
# mistake: a dictionary bucket -> count
# rule: "Returns an array (num_buckets,)"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = {}
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            b = zlib.crc32(" ".join(gram).encode()) % num_buckets
            bag[b] = bag.get(b, 0) + 1
    return bag

# %% wrong: no_minlength
# mistake: bincount without minlength
# rule: "Returns an array (num_buckets,)"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    return np.bincount(
        [zlib.crc32(" ".join(g).encode()) % num_buckets for k in range(1, n + 1) for g in ngrams(tokens, k)]
    )

# %% wrong: ascii_bytes
# mistake: encode("ascii", "ignore"): accents are lost
# rule: "zlib.crc32(gram.encode()) % num_buckets"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode("ascii", "ignore")) % num_buckets] += 1
    return bag

# %% wrong: latin_bytes
# mistake: encode("latin-1"): other bytes for é
# rule: "zlib.crc32(gram.encode()) % num_buckets"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode("latin-1", "replace")) % num_buckets] += 1
    return bag

# %% wrong: small_integers
# mistake: uint8 counts run over at 256
# rule: "How many n-grams of 1 to n tokens fall into each bucket."
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets, dtype=np.uint8)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: bag_kept
# mistake: the bag is a default argument that goes on
# rule: "How many n-grams of 1 to n tokens fall into each bucket."
import zlib

def hashed_bag(tokens, num_buckets, n=2, bags={}):
    bag = bags.setdefault(num_buckets, np.zeros(num_buckets))
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag.copy()

# %% wrong: short_texts_empty
# mistake: a text shorter than n gives zeros, its words are not counted
# rule: "Count all n-grams **of 1 to n tokens**"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    if len(tokens) < n:
        return bag
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% wrong: signed
# mistake: the "hashing trick" with signs
# rule: "the text becomes the vector of counts"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            h = zlib.crc32(" ".join(gram).encode())
            bag[h % num_buckets] += 1 if h & 0x80000000 else -1
    return bag

# %% wrong: all_lengths
# mistake: n-grams of all lengths up to the whole text
# rule: "n: length of the longest n-grams"
import zlib

def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, len(tokens) + 1):
        for i in range(len(tokens) - k + 1):
            bag[zlib.crc32(" ".join(tokens[i : i + k]).encode()) % num_buckets] += 1
    return bag

# %% right: ngrams_loop
# style: calls ngrams for each length
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in ngrams(tokens, k):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag

# %% right: bincount_again
# style: list of buckets, then np.bincount with minlength
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    cases = [zlib.crc32(" ".join(tokens[i:i + k]).encode("utf-8")) % num_buckets
             for k in range(1, n + 1) for i in range(len(tokens) - k + 1)]
    return np.bincount(np.array(cases, dtype=int), minlength=num_buckets)

# %% right: np_add_at
# style: np.add.at with int array
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    sac = np.zeros(num_buckets, dtype=np.int64)
    for i in range(len(tokens)):
        for j in range(i + 1, min(i + n, len(tokens)) + 1):
            np.add.at(sac, zlib.crc32(bytes(" ".join(tokens[i:j]), "utf-8")) % num_buckets, 1)
    return sac

# %% right: counter_again
# style: Counter of buckets, then a comprehension
import zlib
from collections import Counter
def hashed_bag(tokens, num_buckets, n=2):
    def bucket(gram):
        return zlib.crc32(gram.encode()) % num_buckets
    grams = []
    for size in range(n):
        grams += [" ".join(g) for g in zip(*(tokens[s:] for s in range(size + 1)))]
    counts = Counter(map(bucket, grams))
    return np.array([counts[b] for b in range(num_buckets)], dtype=np.float32)

# %% wrong: only_n
# mistake: only n-grams of exactly n tokens
# rule: "Count all n-grams **of 1 to n tokens**"
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for i in range(len(tokens) - n + 1):
        bag[zlib.crc32(" ".join(tokens[i:i + n]).encode()) % num_buckets] += 1
    return bag

# %% wrong: python_hash_again
# mistake: Python's hash
# rule: "Python has a function `hash` too. Do not use it here."
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for i in range(len(tokens) - k + 1):
            bag[hash(" ".join(tokens[i:i + k])) % num_buckets] += 1
    return bag

# %% wrong: presence_again
# mistake: sets 1 instead of counting
# rule: "How many n-grams of 1 to n tokens fall into each bucket."
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for i in range(len(tokens) - k + 1):
            bag[zlib.crc32(" ".join(tokens[i:i + k]).encode()) % num_buckets] = 1
    return bag

# %% wrong: joined_without_space
# mistake: tokens joined by nothing
# rule: "The text of an n-gram is its tokens joined by one space."
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for i in range(len(tokens) - k + 1):
            bag[zlib.crc32("".join(tokens[i:i + k]).encode()) % num_buckets] += 1
    return bag

# %% wrong: range_one_short
# mistake: range(1, n): the longest n-grams are missing
# rule: "n: length of the longest n-grams"
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n):
        for i in range(len(tokens) - k + 1):
            bag[zlib.crc32(" ".join(tokens[i:i + k]).encode()) % num_buckets] += 1
    return bag

# %% wrong: distinct_grams
# mistake: a set of n-grams: repeated ones count once
# rule: "Count all n-grams"
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        for gram in {" ".join(tokens[i:i + k]) for i in range(len(tokens) - k + 1)}:
            bag[zlib.crc32(gram.encode()) % num_buckets] += 1
    return bag

# %% wrong: only_words_and_bigrams
# mistake: hard-coded for n = 2
# rule: "n: length of the longest n-grams" ("of 1 to n tokens")
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    grams = list(tokens) + [a + " " + b for a, b in zip(tokens, tokens[1:])]
    for gram in grams:
        bag[zlib.crc32(gram.encode()) % num_buckets] += 1
    return bag

# %% wrong: fancy_increment
# mistake: bag[buckets] += 1 with an index array counts repeated buckets once per length
# rule: "How many n-grams ... fall into each bucket"
import zlib
def hashed_bag(tokens, num_buckets, n=2):
    bag = np.zeros(num_buckets)
    for k in range(1, n + 1):
        buckets = np.array([zlib.crc32(" ".join(tokens[i:i + k]).encode()) % num_buckets
                            for i in range(len(tokens) - k + 1)], dtype=int)
        bag[buckets] += 1
    return bag
