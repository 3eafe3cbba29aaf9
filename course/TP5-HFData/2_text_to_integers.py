# %% [markdown]
# # Text to integers: tokens, vocabulary, n-grams
#
# *TP5, notebook 2 of 3*
#
# **Aim.** A network computes with numbers. You turn texts into integers and back: cut them into tokens (*jetons*),
# number the words, write labels as one-hot vectors, collect n-grams, and squeeze millions of them into a fixed number
# of buckets. All of it works for English and for French.
#
# **Time.** 55 minutes in the session, 15 at home. The session does sections 1 to 6; section 7 is for home. Section 8
# sums up: read it in any case.
#
# **What is graded.** 7 functions, 12 points, all in the session. Each one has a cell to fill in and, under it, a check
# cell. Run the check as often as you like. It says what is right, shows a small input on which your code is wrong,
# and holds hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.**
#
# - Replace `raise NotImplementedError` by your code. Python and NumPy are enough.
# - Do not change the lists and dictionaries that you are given: make new ones.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import os
import re
import subprocess
import sys
import zlib
from collections import Counter

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np

from tplib import data
from tplib.graders import check, using_answers
from tplib.plots import text as figures

np.set_printoptions(precision=3, suppress=True)

ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"  # a pattern for section 1

snippets = data.load("snippets")  # sentences from film reviews, in English
avis = data.load("avis-fr")  # short reviews of our own, in French

# %% [markdown]
# **Notation.**
#
# | name | meaning |
# |---|---|
# | `B`, `T` | number of texts in a batch (*lot*), of tokens in a text |
# | `V` | number of entries of the vocabulary (*taille du vocabulaire*) |
# | `tokens` | list of T texts |
# | `indices` (T,) | their numbers, from 0 to V - 1 |

# %% [markdown]
# ## 1. Tokens
#
# What is a word? The first idea is: what stands between two spaces.

# %% tags=["compare"]
for text in ("A good film, really good!", "L’été, c'est l'été !"):
    print(text.split())

# %% [markdown]
# `good` and `good!` would be two words, and so would `L’été,` and `l'été`. A program that cuts text into useful
# pieces is called a tokeniser (*segmenteur*, *tokeniseur*), and the pieces are tokens. What is useful depends on the
# language:
#
# - **Punctuation** stands for itself: one mark, one token. An exclamation mark says something about a review.
# - **Elision** (*élision*): French drops a vowel before another vowel. `l'été` is two words, `l'` (for *le*) and
#   `été`; `qu'il` is `qu'` and `il`. If we did not cut, each noun would have a double in the vocabulary.
# - But not every apostrophe cuts: `aujourd'hui`, `don't` and `it's` stay in one piece.
# - A **hyphen** (*trait d'union*) joins: `peut-être`, `well-made`.
# - **Capitals** at the start of a sentence mean nothing. We use lower case throughout.
# - There are two **apostrophes**, `'` and `’`. We turn the second into the first.
#
# ### Patterns
#
# A pattern (*expression régulière*) describes pieces of text, and `re.findall(pattern, text)` lists all of them from
# left to right. You need these signs:
#
# | pattern | fits |
# |---|---|
# | `\w` | one letter (with or without accent), one digit, or `_` |
# | `\w+` | one or more of them |
# | `[-']` | one of the characters in the brackets |
# | `[^\w\s]` | one character that is neither of those nor white space |
# | `(?:...)*` | what the parentheses hold, any number of times |
#
# And `A|B` fits what A fits or, if A does not fit at this place, what B fits.

# %% tags=["compare"]
print(re.findall(r"\w+", "l'été, peut-être"))
print(re.findall(r"\w+(?:-\w+)*", "l'été, peut-être"))
print(re.findall(r"\w+|[^\w\s]", "l'été, peut-être"))

# %% [markdown]
# The elided words of French are few. This pattern, given at the top as `ELISION`, fits all of them:

# %% tags=["compare"]
print(ELISION)
print(re.findall(ELISION, "l'été d'ici, qu'il vienne jusqu'au soir"))

# %% [markdown]
# ### Exercise
#
# Put the text in lower case, replace `’` by `'`, then list all matches of three patterns joined by `|`:
#
# 1. an elided word, `ELISION`;
# 2. a word: letters and digits, which may go on after **one** hyphen or apostrophe with more letters and digits, any
#    number of times (`chef-d'œuvre`, `rock'n'roll`);
# 3. one mark of punctuation: any character that `\w` and `\s` leave out.
#
# So a word never ends with a hyphen or an apostrophe: `bon--mauvais` is `bon`, `-`, `-`, `mauvais`, and `8,5` is three
# tokens. An elided word is found wherever it stands, in `(l'été` too. Why must the patterns be tried in this order?


# %%
def tokenize(text):
    """The tokens of an English or French text, in lower case.

    text: a text
    Returns a list of texts: elided words, words, and single marks of punctuation.
    """
    ### BEGIN SOLUTION
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    for text in (
        avis.texts[15],
        avis.texts[26],
        "I don't know: it's a well-made film, isn't it?!",
    ):
        print(tokenize(text))

# %% [markdown]
# Now cut all texts. How often does each word occur?

# %%
with using_answers():
    english = [tokenize(text) for text in snippets.train.texts]
    french = [tokenize(text) for text in avis.train.texts]
    for name, texts in {"English": english, "French": french}.items():
        counts = Counter(token for text in texts for token in text)
        once = sum(count == 1 for count in counts.values())
        share = once / len(counts)
        print(
            f"{name}: {counts.total():,} tokens, {len(counts):,} different, "
            f"{share:.0%} only once"
        )
        print("  ", *[f"{token} {count}" for token, count in counts.most_common(12)], sep="  ")

# %%
with using_answers("english", "french"):
    corpora = {"8,003 sentences in English": english, "256 reviews in French": french}
    counts = {}
    for name, texts in corpora.items():
        counts[name] = list(Counter(token for text in texts for token in text).values())
    figures.frequencies(counts)

# %% [markdown]
# *Figure 1. How often the most frequent word occurs, the second, the third, and so on.*
#
# Nearly a straight line on logarithmic axes: the word of rank $r$ occurs about $1/r$ times as often as the first one.
# That is Zipf's law (*loi de Zipf*), and it holds for all languages. A few words are everywhere, and **about half of
# all words occur once**. From a single occurrence a network learns next to nothing.

# %% [markdown]
# ## 2. The vocabulary
#
# The vocabulary gives each word a number. Two numbers are taken:
#
# | number | token | meaning |
# |---|---|---|
# | 0 | `<pad>` | padding (*remplissage*): fills short texts up, so that a batch is a table |
# | 1 | `<unk>` | unknown (*inconnu*): any word that is not in the vocabulary |
#
# The others follow from 2 on, the most frequent word first. Words that occur less than `min_count` times are left
# out; all texts count together. If two words are equally frequent, they come in alphabetical order. It is Python's
# order of texts, with capitals before small letters and accents after z. Without such a rule, the numbers would depend
# on the order of the texts.
#
# ### Exercise
#
# `Counter` counts. `sorted(words, key=...)` sorts by a key, and a key may be a pair: `(-count, word)`.


# %%
def build_vocabulary(texts, min_count=1):
    """Number the words of a corpus by decreasing frequency.

    texts: list of lists of tokens
    min_count: words that occur less often are left out
    Returns a dictionary from token to number, its entries in any order: "<pad>" is 0,
    "<unk>" is 1, the words have 2, 3, ...
    """
    ### BEGIN SOLUTION
    counts = Counter(token for text in texts for token in text)
    frequent = [token for token, count in counts.items() if count >= min_count]
    ranked = sorted(frequent, key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}
    ### END SOLUTION


# %% tags=["compare"]
with using_answers("french"):
    vocabulary = build_vocabulary(french, min_count=2)
    print(len(vocabulary), "entries, such as", dict(list(vocabulary.items())[:12]))

# %% [markdown]
# The vocabulary is counted on the **training** texts and on nothing else. A word that only the test texts hold is
# unknown, as it will be in real life. How much do we lose?

# %%
with using_answers("english"):
    test_tokens = [token for text in snippets.test.texts for token in tokenize(text)]
    for min_count in (1, 2, 3, 5, 10):
        known = build_vocabulary(english, min_count)
        unknown = np.mean([token not in known for token in test_tokens])
        print(f"min_count {min_count:2}: V = {len(known):6,}, unknown in test: {unknown:.1%}")

# %% [markdown]
# With `min_count=2` the vocabulary is half as large, and a few more of the test tokens are unknown. It is a good
# bargain: each word has a row of parameters in the network, and those of rare words are hardly trained.

# %% [markdown]
# ## 3. Encode and decode
#
# ### Exercise


# %%
def encode(tokens, vocabulary):
    """The numbers of the tokens of a text.

    tokens: list of T tokens
    vocabulary: dictionary from token to number, as build_vocabulary makes it
    Returns a list of T numbers, in the order of the tokens; a token that is not in the
    vocabulary has that of "<unk>".
    """
    ### BEGIN SOLUTION
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in tokens]
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The way back, to read what a network reads. Padding is left out wherever it stands; unknown words stay visible as
# `<unk>`. Do not rely on the order of the dictionary: a vocabulary that was saved and loaded again may have another
# one. Only `<pad>` is 0 and `<unk>` is 1 in all of them.


# %%
def decode(indices, vocabulary):
    """The tokens of numbers, without padding.

    indices: list of numbers from 0 to V - 1
    vocabulary: dictionary from token to number
    Returns a list of tokens.
    """
    ### BEGIN SOLUTION
    words = {i: word for word, i in vocabulary.items()}
    return [words[i] for i in indices if i != vocabulary["<pad>"]]
    ### END SOLUTION


# %% tags=["compare"]
with using_answers("vocabulary"):
    for text in avis.test.texts[:3]:
        numbers = encode(tokenize(text), vocabulary)
        print(text)
        print("  ", numbers)
        print("  ", " ".join(decode(numbers + [0, 0], vocabulary)))

# %% [markdown]
# A third of the words are gone: 256 short reviews are a very small corpus. Which of the three could you still label
# as positive or negative? Section 7 shows what modern tokenisers do about unknown words.

# %% [markdown]
# ## 4. One-hot vectors
#
# Word 20 is not ten times as much as word 2: the numbers are names, not quantities. If a network has to *predict* a
# word, the lecture writes the right answer as a **one-hot** vector (*vecteur one-hot*, *encodage un parmi n*): $V$
# zeros, but for a 1 in the column of the word.
#
# $$\mathrm{one\_hot}(k)_j = \begin{cases} 1 & \text{if } j = k \\ 0 & \text{otherwise} \end{cases}
# \qquad\qquad j = 0, \dots, V - 1$$
#
# ### Exercise
#
# It should work for one text, (T,) to (T, V), and for a batch of texts of equal length, (B, T) to (B, T, V). What
# does `np.eye(3)` look like, and what does `np.eye(3)[np.array([2, 0])]`?


# %%
def one_hot(indices, num_classes):
    """One-hot vectors.

    indices: array of whole numbers from 0 to num_classes - 1, (T,) or (B, T)
    num_classes: length V of the vectors
    Returns an array of numbers (whole or not, but not True and False) with one more axis,
    (T, V) or (B, T, V).
    """
    ### BEGIN SOLUTION
    return np.eye(num_classes)[indices]
    ### END SOLUTION


# %%
with using_answers():
    tokens = tokenize("L'été est beau, l'été est là")
    small = build_vocabulary([tokens])
    figures.one_hot_rows(
        tokens,
        one_hot(np.array(encode(tokens, small)), len(small)),
        sorted(small, key=small.get),
    )

# %% [markdown]
# *Figure 2. A sentence as one-hot vectors: one row per token, one column per word of the vocabulary.*
#
# Why not use them as inputs too? Multiply a one-hot vector with a matrix of weights:

# %% tags=["compare"]
with using_answers():
    W = np.arange(12.0).reshape(4, 3)  # (V, H)
    print(one_hot(np.array([2]), 4) @ W)
    print(W[2])

# %% [markdown]
# The product picks one row of $W$. So a network stores the number of the word and **looks the row up**: same result,
# no multiplication. That row is the word's embedding (*plongement*), and the subject of the next notebook.

# %%
with using_answers("english"):
    V = len(build_vocabulary(english))
    tokens = sum(len(text) for text in english)
    print(f"training texts as integers: {8 * tokens / 1e6:.1f} MB")
    print(f"as one-hot vectors:         {8 * tokens * V / 1e9:.0f} GB")

# %% [markdown]
# ## 5. n-grams
#
# *not good* is not *not* plus *good*. An **n-gram** (*n-gramme*) is a sequence of $n$ tokens that stand next to each
# other: unigrams for $n = 1$, bigrams for $n = 2$, trigrams for $n = 3$. The lecture's example:
#
# | | a swimmer likes swimming thus he swims |
# |---|---|
# | bigrams | *a swimmer*, *swimmer likes*, *likes swimming*, *swimming thus*, ... |
# | trigrams | *a swimmer likes*, *swimmer likes swimming*, *likes swimming thus*, ... |
#
# ### Exercise
#
# How many bigrams do 7 tokens have? And trigrams? Make tuples: a `set` or a `Counter`, which you will need soon, takes
# them and no lists.


# %%
def ngrams(tokens, n):
    """All n-grams of a list of tokens, in the order of the text.

    tokens: list of T tokens
    n: number of tokens of an n-gram, 1 or more
    Returns a list of tuples of n tokens; it is empty if T < n.
    """
    ### BEGIN SOLUTION
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    swimmer = tokenize("A swimmer likes swimming thus he swims")
    for n in (1, 2, 3):
        grams = ngrams(swimmer, n)
        print(n, len(grams), [" ".join(gram) for gram in grams])

# %% [markdown]
# How many different n-grams does a corpus hold, and how many of those in the test texts have been seen in training?

# %%
with using_answers("english", "test_tokens"):
    for n in (1, 2, 3):
        seen = {gram for text in english for gram in ngrams(text, n)}
        met = [
            gram in seen for text in snippets.test.texts for gram in ngrams(tokenize(text), n)
        ]
        print(
            f"n = {n}: {len(seen):7,} different; "
            f"of those in the test texts {np.mean(met):.0%} are known"
        )

# %% [markdown]
# Trigrams see more context, and nearly all of them are new. A vocabulary of all bigrams would need five times as many
# entries as one of all words, most of them seen once.

# %% [markdown]
# ## 6. Hashing
#
# Here is a trick that needs no vocabulary at all. Choose a number of **buckets** (*cases*), and a function that turns
# any text into a whole number, a **hash** (*hachage*). The n-gram goes to the bucket
#
# $$\text{bucket} = \text{hash}(\text{n-gram}) \bmod \text{number of buckets}$$
#
# and the text becomes the vector of counts, however many n-grams the language has. `zlib.crc32` is such a function.
# It takes bytes, which `.encode()` makes of a text.

# %% tags=["compare"]
for gram in ("good", "not good", "good not", "été"):
    number = zlib.crc32(gram.encode())
    print(f"{gram:9} -> {number:10} -> bucket {number % 16} of 16")

# %% [markdown]
# Python has a function `hash` too. Do not use it here. Two functions, the same word, three starts of Python:

# %%
run = [sys.executable, "-c", "import zlib; print(hash('good') % 16, zlib.crc32(b'good') % 16)"]
environment = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
for _ in range(3):
    done = subprocess.run(run, capture_output=True, text=True, env=environment)
    print("hash and crc32:", done.stdout.strip())

# %% [markdown]
# Python's `hash` of a text changes with each start of Python. A model that was saved yesterday would look for its
# words in the wrong buckets today.
#
# ### Exercise
#
# Count all n-grams **of 1 to n tokens**: for `n=2` the words and the bigrams. The text of an n-gram is its tokens
# joined by one space. You may call your `ngrams`.


# %%
def hashed_bag(tokens, num_buckets, n=2):
    """How many n-grams of 1 to n tokens fall into each bucket.

    tokens: list of tokens
    num_buckets: number of buckets
    n: length of the longest n-grams
    Returns an array of counts (num_buckets,), whole numbers or not; an n-gram counts in
    bucket zlib.crc32(gram.encode()) % num_buckets.
    """
    ### BEGIN SOLUTION
    bag = np.zeros(num_buckets)
    for size in range(1, n + 1):
        for gram in ngrams(tokens, size):
            bag[zlib.crc32(" ".join(gram).encode()) % num_buckets] += 1
    return bag
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    for text in ("not good, bad", "not bad, good"):
        print(text, hashed_bag(tokenize(text), num_buckets=16).astype(int))

# %% [markdown]
# The two texts have the same words, and different bags: their bigrams differ.
#
# ### Collisions
#
# Two n-grams in one bucket are a collision (*collision*): the model cannot tell them apart. How often does it happen?
# If chance dealt $m$ n-grams out to $b$ buckets, a given one would be alone if the $m - 1$ others all missed its
# bucket:
#
# $$P(\text{alone}) = \Big(1 - \frac{1}{b}\Big)^{m - 1}$$


# %%
def share_in_company(grams, num_buckets):
    """The share of the different n-grams that share their bucket with another one."""
    buckets = [zlib.crc32(gram.encode()) % num_buckets for gram in grams]
    filled = Counter(buckets)
    return np.mean([filled[bucket] > 1 for bucket in buckets])


with using_answers("english"):
    grams = {" ".join(gram) for text in english for n in (1, 2) for gram in ngrams(text, n)}
    sizes = [2**k for k in range(12, 25, 2)]
    expected = [1 - (1 - 1 / b) ** (len(grams) - 1) for b in sizes]
    print(f"{len(grams):,} different words and bigrams")
    counted = [share_in_company(grams, b) for b in sizes]
    figures.collisions(sizes, np.array(counted), np.array(expected))

# %% [markdown]
# *Figure 3. Share of the words and bigrams of the training texts that share their bucket with another one.*
#
# The hash deals as chance would. To be free of collisions one needs far more buckets than n-grams. Is that necessary?
# With 2¹⁶ = 65,536 buckets most n-grams have company, but mostly that of rare ones:

# %%
with using_answers("english"):
    counts = Counter(
        " ".join(gram) for text in english for n in (1, 2) for gram in ngrams(text, n)
    )
    buckets = {gram: zlib.crc32(gram.encode()) % 2**16 for gram in counts}
    for word in ("brilliant", "boring", "not"):
        print(
            [(gram, n) for gram, n in counts.most_common() if buckets[gram] == buckets[word]]
        )

# %% [markdown]
# ## 7. At home: collisions and pieces of words
#
# ### What do collisions cost?
#
# Logistic regression on hashed bags, with more and more buckets, and on one column per n-gram. 3,000 reviews to
# train, all test reviews to judge.

# %%
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(0)
chosen = rng.permutation(len(snippets.train.texts))[:3000]
y_train, y_test = snippets.train.labels[chosen], snippets.test.labels


def accuracy(x_train, x_test):
    model = LogisticRegression(C=0.3, solver="liblinear").fit(x_train, y_train)
    return model.score(x_test, y_test)


# %%
with using_answers("english"):
    few = [english[i] for i in chosen]
    unseen = [tokenize(text) for text in snippets.test.texts]
    bags = [
        sparse.vstack(
            [sparse.csr_matrix(hashed_bag(tokens, num_buckets=2**16)) for tokens in texts]
        )
        for texts in (few, unseen)
    ]

# %% [markdown]
# Remainders nest: bucket $i$ of $b$ holds the buckets $i, i + b, i + 2b, \dots$ of a larger table. So one pass is
# enough, and smaller tables are sums of columns.


# %%
def folded(bag, num_buckets):
    """The counts for fewer buckets, from those for more."""
    rows = np.arange(bag.shape[1])
    fold = sparse.csr_matrix((np.ones(len(rows)), (rows, rows % num_buckets)))
    return bag @ fold


with using_answers("bags"):
    sizes = [2**k for k in range(4, 17, 2)]
    hashed = [accuracy(folded(bags[0], b), folded(bags[1], b)) for b in sizes]
    columns = CountVectorizer(analyzer=lambda tokens: ngrams(tokens, 1) + ngrams(tokens, 2))
    reference = accuracy(columns.fit_transform(few), columns.transform(unseen))
    figures.accuracy_by_buckets(sizes, np.array(hashed), reference)

# %% [markdown]
# *Figure 4. Test accuracy of a linear classifier against the number of buckets.*
#
# With 16 buckets the classifier is hardly better than chance. With 65,536 it comes within two points of the one that
# has a column per n-gram, although about half of its n-grams share their bucket. Collisions are noise, but most of
# them join n-grams that are rare, and rare n-grams carry little signal.
#
# ### Pieces of words: BPE
#
# A vocabulary of words knows *film* and does not know *filmer*. Modern models cut rare words into **subwords**
# (*sous-mots*). The rules are learned from a corpus by *byte pair encoding*, BPE:
#
# 1. start with single characters;
# 2. find the pair of neighbours that occurs most often, and make it a new piece;
# 3. repeat until the vocabulary has the size you want.
#
# The library `tokenizers` of Hugging Face does it. It has the same two special tokens as you:

# %%
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers


def train_bpe(texts, vocab_size):
    """A BPE tokeniser with that many pieces, trained on texts."""
    bpe = Tokenizer(models.BPE(unk_token="<unk>"))
    straight = normalizers.Replace("’", "'")
    bpe.normalizer = normalizers.Sequence(
        [normalizers.NFC(), straight, normalizers.Lowercase()]
    )
    # Pieces do not cross these borders.
    words = Regex(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]|\s+")
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(words, "isolated"),
            pre_tokenizers.Split(Regex(r"\s+"), "removed"),
        ]
    )
    special = ["<pad>", "<unk>"]
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=special, show_progress=False
    )
    bpe.train_from_iterator(texts, trainer)
    return bpe


bpe = train_bpe(avis.train.texts, vocab_size=600)
print(
    {piece: bpe.token_to_id(piece) for piece in ("<pad>", "<unk>")},
    bpe.get_vocab_size(),
    "pieces",
)
print("the last ones:", [bpe.id_to_token(i) for i in range(580, 600)])

# %%
for text in (
    "Un film inoubliable, filmé avec tendresse.",
    "Aujourd’hui, l'ennui.",
    "anticonformiste",
):
    print(bpe.encode(text).tokens)

# %% [markdown]
# Frequent words are one piece, rare ones are several, and hardly anything is unknown. What does it cost? The texts
# get longer.

# %%
with using_answers("french"):
    words = build_vocabulary(french, min_count=2)
    held_out = avis.test.texts
    name = f"words, min_count 2 (V = {len(words)})"
    rows = {name: [encode(tokenize(text), words) for text in held_out]}
    for size in (200, 600, 2000):
        pieces = train_bpe(avis.train.texts, size)
        rows[f"BPE (V = {pieces.get_vocab_size()})"] = [
            pieces.encode(text).ids for text in held_out
        ]
    for name, texts in rows.items():
        lengths = [len(text) for text in texts]
        unknown = np.mean([i == 1 for text in texts for i in text])
        print(f"{name:32} {np.mean(lengths):5.1f} tokens per text, {unknown:5.1%} unknown")

# %% [markdown]
# The tokenisers of the pretrained models in TP8 work like this one, with 30,000 pieces and more, trained on a
# thousand times as much text.
#
# **More to try.**
#
# - Is `<unk>` frequent enough in the *training* texts for its embedding to be trained? With `min_count=1` it never
#   occurs there. What would you do?
# - Train `train_bpe` on the English sentences and cut French reviews with it. What happens to the lengths?

# %% [markdown]
# ## 8. What to remember
#
# - A tokeniser decides what a word is. Elision, apostrophes, hyphens and capitals need a decision in each language.
# - A few words are everywhere, half of all words, or more, occur once (Zipf). `min_count` trades the size of the
#   vocabulary against unknown words.
# - 0 is padding, 1 is unknown; the vocabulary comes from the training texts alone.
# - Numbers are names. One-hot vectors are for labels; as inputs, one looks rows up instead of multiplying.
# - n-grams see a little of the order; there are many of them, and most are rare.
# - Hashing needs no vocabulary. Collisions hurt little if there are enough buckets. The hash must be the same in
#   every program.
# - Subwords (BPE) leave nearly nothing unknown, and make texts longer.
#
# Next: *3_batches*, where texts of different lengths become one table.
