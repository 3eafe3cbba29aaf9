# %% [markdown]
# # Batches: padding, shuffling, scaling, word vectors
#
# *TP5, notebook 3 of 3*
#
# **Aim.** The last steps from texts to a network. You put texts of different lengths into one table, cut a data set
# into shuffled batches, bring features to one scale, and turn the words of a text into one vector, with word vectors
# that others have trained. At the end stands a simple classifier, the **baseline** (*modèle de référence*): the
# number that the networks of the next sessions have to beat.
#
# **Time.** 60 minutes in the session, 20 at home. The session does sections 1 to 6; section 7 is for home. Section 8
# sums up: read it in any case.
#
# **What is graded.** 4 functions, 10 points, all in the session. Each one has a cell to fill in and, under it, a check
# cell. Run the check as often as you like. It says what is right, shows a small input on which your code is wrong,
# and holds hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.**
#
# - Replace `raise NotImplementedError` by your code. Python and NumPy are enough.
# - Do not change the lists and arrays that you are given: make new ones.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time. It needs no network: the data are on your machine already. If one of them is missing, a sentence says which
# command gets it.

# %% tags=["readonly"]
import os
import re
import tempfile
from collections import Counter

# The library of section 7 keeps its files in a temporary folder, and asks no network.
scratch = tempfile.TemporaryDirectory(prefix="tp5-", ignore_cleanup_errors=True)
os.environ.update(HF_HOME=scratch.name, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")

import numpy as np

from tplib import data
from tplib.graders import check, using_answers
from tplib.plots import batches as figures

np.set_printoptions(precision=3, suppress=True)

snippets = data.load("snippets")  # sentences from film reviews, in English
avis = data.load("avis-fr")  # short reviews of our own, in French


# %% [markdown]
# From the notebook before, in our version, so that you can start here:


# %% tags=["readonly"]
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"


def tokenize(text):
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def build_vocabulary(texts, min_count=1):
    counts = Counter(token for text in texts for token in text)
    ranked = sorted(
        (t for t in counts if counts[t] >= min_count), key=lambda t: (-counts[t], t)
    )
    return {token: i for i, token in enumerate(["<pad>", "<unk>", *ranked])}


def encode(tokens, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in tokens]


# %% [markdown]
# **Notation.**
#
# | name | meaning |
# |---|---|
# | `B` | number of texts in a batch (*taille du lot*) |
# | `T` | number of places of the longest text of a batch |
# | `x` (B, T) | a batch of numbered words, filled up with 0 |
# | `V`, `E` | number of entries of the vocabulary, length of a word vector |
# | `embeddings` (V, E) | one vector per entry, its embedding (*plongement*) |

# %% [markdown]
# ## 1. Texts of different lengths, one table
#
# Texts as integers are lists, and each has its own length.

# %%
tokens = [tokenize(text) for text in snippets.train.texts]
vocabulary = build_vocabulary(tokens, min_count=2)
encoded = [encode(text, vocabulary) for text in tokens]
for i in (130, 497, 371, 229):
    print(encoded[i], " ", snippets.train.texts[i])

# %% [markdown]
# A network computes with arrays, and an array is rectangular. So the short texts of a batch (*lot*) are filled up to
# the length of the longest one. The filling is called **padding** (*remplissage*), and 0 was kept free for it. Of
# course nobody should take it for words. So the **lengths** go along with the table.
#
# ### Exercise
#
# To *collate* (*assembler*) is to make one batch of several examples. `np.full((B, T), value)` makes a table full of
# a value, and `x[b, :n] = ...` writes into the first n places of row b. The numbers will be used as indices: both
# results hold whole numbers, and the table has room for those of a large vocabulary, 100,000 for instance. (NumPy's own
# choice, `int64`, has.)


# %%
def collate(sequences, padding_value=0):
    """One table of sequences of different lengths.

    sequences: list of B lists of whole numbers, some of them perhaps empty, but not all
    padding_value: stands after the end of a sequence; it may also be a number of the
        sequences themselves
    Returns two arrays of whole numbers: x (B, T), with T the length of the longest sequence,
    and lengths (B,).
    """
    ### BEGIN SOLUTION
    lengths = np.array([len(sequence) for sequence in sequences])
    x = np.full((len(sequences), lengths.max()), padding_value)
    for row, sequence in zip(x, sequences, strict=True):
        row[: len(sequence)] = sequence
    return x, lengths
    ### END SOLUTION


# %%
with using_answers():
    x, lengths = collate([encoded[i] for i in (130, 497, 371, 229)])
    print("x", x.shape, " lengths", lengths)
    figures.padded(x, lengths)

# %% [markdown]
# *Figure 1. Four sentences as one table. The hatched places are padding.*
#
# From the lengths comes a **mask** (*masque*), True where there is a word. Later layers use it to leave the padding
# out.

# %% tags=["compare"]
with using_answers():
    _, some = collate([[5, 2, 7], [3], [4, 6]])
    print(np.arange(3) < some[:, None])

# %% [markdown]
# ## 2. Mini-batches
#
# Nobody computes the gradient (*gradient*) on a whole data set for one small step. The lecture's algorithm takes a
# **mini-batch** (*mini-lot*) of $m$ examples, makes a step, takes the next one. When all examples have had their
# turn, an **epoch** (*époque*) is over. Two details of it matter:
#
# - *Pick a subsample of size m with no replacement* (*tirage sans remise*): in an epoch, each example comes once.
# - *Shuffle the training set with each epoch*: the next epoch has other batches.
#
# Why shuffle? The French reviews are sorted by topic and class. Here is what a network would meet, batch by batch:

# %%
labels = avis.train.labels
shuffled = np.random.default_rng(0).permutation(labels)
for name, order in {"file order": labels, "shuffled": shuffled}.items():
    print(f"{name:11} positive in each batch of 16:", order.reshape(-1, 16).sum(axis=1))

# %% [markdown]
# In file order nearly every batch holds one class, and each step pulls the network towards that class.
#
# And why without replacement? If you draw N times out of N and put each example back, how many have you never seen?

# %% tags=["compare"]
drawn = np.random.default_rng(0).integers(0, 8003, size=8003)
print(f"never drawn: {1 - len(set(drawn.tolist())) / 8003:.1%}, and 1/e is {1 / np.e:.1%}")

# %% [markdown]
# More than a third, in each epoch.
#
# ### Exercise
#
# Return *positions*; the texts and the labels at these positions then stay together. Your function is called once per
# epoch, with the same random generator (*générateur*) `rng` each time. A generator goes on where it stopped, so the
# next call gives another order, and the seed of the generator fixes the whole training.
#
# The last batch may be shorter. Keep it, unless `drop_last` is True. If all batches are full, there is nothing to
# drop.


# %%
def minibatches(num_examples, batch_size, rng, drop_last=False):
    """The batches of one epoch: all positions in a random order, cut into pieces.

    num_examples: number N of examples
    batch_size: number of positions in a batch; the last batch may have fewer
    rng: a numpy.random.Generator; it alone decides the order
    drop_last: whether a last batch with fewer positions is left out
    Returns a list of batches (or yields them one by one); a batch is an array or a list of
    positions.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(num_examples)
    batches = [order[i : i + batch_size] for i in range(0, num_examples, batch_size)]
    if drop_last and len(batches[-1]) < batch_size:
        batches.pop()
    return batches
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    rng = np.random.default_rng(0)
    for epoch in range(3):
        sizes = [len(batch) for batch in minibatches(10, 4, rng)]
        print(f"epoch {epoch}: batches of", sizes)

# %% [markdown]
# Your two functions are all that stands between the data set and a training loop:

# %%
with using_answers():
    rng = np.random.default_rng(0)
    for step, rows in enumerate(minibatches(len(encoded), 64, rng)):
        x, lengths = collate([encoded[i] for i in rows])
        y = snippets.train.labels[rows]
        if step < 4:
            print(f"step {step}: x {x.shape}, y {y.shape}, {y.mean():.0%} positive")
    print(f"step {step}: x {x.shape}, the last one")

# %% [markdown]
# How large should a batch be? A small one gives a noisy gradient and cheap steps, a large one the reverse. The
# lecture says 50 to 256, and powers of 2. TP6 measures it.

# %% [markdown]
# ## 3. How much padding?
#
# The tables above differ in width: each is as wide as *its* longest text. Is that worth the trouble? The longest
# sentence of all has 61 tokens, the mean is 21. Padding costs memory, and time in each layer.


# %%
def padding_share(batches):
    """The share of padding in all tables together."""
    places = sum(len(rows) * max(len(encoded[i]) for i in rows) for rows in batches)
    return 1 - sum(len(encoded[i]) for rows in batches for i in rows) / places


def cut(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


def by_length(order):
    return sorted(order, key=lambda i: len(encoded[i]))


everything = range(len(encoded))
print(f"all texts in one table: {padding_share([everything]):.0%} padding")
with using_answers():
    print(
        "batches of 64:          "
        f"{padding_share(minibatches(len(encoded), 64, rng)):.0%} padding"
    )
print(f"sorted, batches of 64:  {padding_share(cut(by_length(everything), 64)):.0%} padding")

# %% [markdown]
# If texts of the same length sit together, next to nothing is wasted. So why not sort all texts and be done with it?
#
# <details><summary>Answer</summary>
#
# Because sorting undoes the shuffling. Each text would meet the same neighbours in each epoch, all short texts would
# come before all long ones, and length may well go with the class.
#
# </details>
#
# There is a middle way, **bucketing** (*regroupement par longueur*): shuffle; cut into large pools of 20 batches; sort
# inside each pool; cut the batches; shuffle the batches.


# %%
def bucketed(num_examples, batch_size, rng, pool=20):
    """Shuffled batches of texts of nearly the same length."""
    order = rng.permutation(num_examples)
    pools = [by_length(some) for some in cut(order, pool * batch_size)]
    batches = [rows for some in pools for rows in cut(some, batch_size)]
    return [batches[i] for i in rng.permutation(len(batches))]


with using_answers():
    sizes = [8, 16, 32, 64, 128, 256]
    N = len(encoded)
    shares = {
        "shuffled": [padding_share(minibatches(N, size, rng)) for size in sizes],
        "bucketed": [padding_share(bucketed(N, size, rng)) for size in sizes],
        "sorted": [padding_share(cut(by_length(everything), size)) for size in sizes],
    }
    figures.padding_shares(sizes, shares, padding_share([everything]))

# %% [markdown]
# *Figure 2. How much of the tables is padding, for three ways to form batches.*
#
# Shuffled batches are half padding; bucketed ones, still different in each epoch, come down below a tenth.

# %% [markdown]
# ## 4. Features on one scale
#
# Not all inputs are words. Here are five numbers that say something about the *language* of a text, and a sixth one
# that says nothing:


# %% tags=["readonly"]
FEATURES = [
    "characters",
    "words",
    "letters per word",
    "share of accents",
    "apostrophes",
    "line breaks",
]


def features(text):
    words = re.findall(r"\w+", text)
    letters = sum(map(len, words)) / max(len(words), 1)
    accents = sum(c in "àâçèéêëîïôùûœ" for c in text.lower()) / len(text)
    apostrophes = sum(c in "'’" for c in text)
    return [len(text), len(words), letters, accents, apostrophes, text.count("\n")]


def english_and_french(english, french):
    """Features (N, 6), classes (N,): 0 for English, 1 for French; as many texts of each."""
    x = [features(text) for text in [*english[: len(french)], *french]]
    return np.array(x), np.repeat([0, 1], len(french))


train_x, train_y = english_and_french(snippets.train.texts[::30], avis.train.texts)
test_x, test_y = english_and_french(snippets.test.texts[::30], avis.test.texts)

# %% tags=["compare"]
for name, column in zip(FEATURES, train_x.T, strict=True):
    print(
        f"{name:17} from {column.min():5.2f} to {column.max():6.2f}, mean {column.mean():6.3f}"
    )

# %% [markdown]
# One column goes up to more than 200, another one not even to 0.2. For gradient descent this is bad news: a step that
# is right for the weight of one column is far too long or far too short for another. The lecture says it in one
# sentence: *the input data have to be normalized to have approximately the same range*.
#
# **Standardise** (*centrer et réduire*) each column: subtract its mean, divide by its standard deviation (*écart
# type*).
#
# $$x'_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j} \qquad\qquad
# \mu_j = \frac{1}{N}\sum_{i} x_{ij} \qquad \sigma_j = \sqrt{\frac{1}{N}\sum_{i} (x_{ij} - \mu_j)^2}$$
#
# Two traps:
#
# - **Leakage.** $\mu$ and $\sigma$ are learned from the data, like weights. They come from the *training* part alone,
#   and both parts are transformed with them. Otherwise the test part has helped to train. And if each part had its
#   own, the same text would give other numbers in another part: what is the own mean of *one* new text?
# - **A constant column**, such as the line breaks, has $\sigma = 0$. Divide by 1 instead. (A mean can be rounded: three
#   times 0.1 has a $\sigma$ of $10^{-17}$. The check has no such columns, only constants like 2 or 0.5.)
#
# ### Exercise
#
# `x.mean(axis=0)` is the mean of each column, `x.std(axis=0)` the standard deviation as above. `np.where(condition,
# a, b)` takes a where the condition holds and b elsewhere.


# %%
def standardize(train, test):
    """Columns with mean 0 and standard deviation 1 in the training part; the test part by
    the same rule.

    train: array (N, D) of decimal or whole numbers
    test: array (M, D)
    Returns two arrays of decimal numbers, (N, D) and (M, D). A column constant in train is
    only centred.
    """
    ### BEGIN SOLUTION
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train - mean) / std, (test - mean) / std
    ### END SOLUTION


# %% [markdown]
# Does it matter? Logistic regression, trained by 300 steps of gradient descent (the subject of TP6, so just look at
# the result). Each run has the learning rate (*taux d'apprentissage*) that suits it best, of three powers of 10.


# %%
def descend(x, y, learning_rate, steps=300):
    """Logistic regression by gradient descent: a loss per step, and the parameters."""
    W, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        z = x @ W + b
        losses.append(np.mean(np.logaddexp(0, z) - y * z))
        error = 1 / (1 + np.exp(-z)) - y
        W, b = W - learning_rate * x.T @ error / len(y), b - learning_rate * error.mean()
    return losses, W, b


# %%
with using_answers():
    scaled_train, scaled_test = standardize(train_x, test_x)
    runs = {
        "as they are": (train_x, test_x, [1e-5, 1e-4, 1e-3]),
        "standardised": (scaled_train, scaled_test, [0.1, 1, 10]),
    }
    losses = {}
    for name, (inputs, unseen, rates) in runs.items():
        tried = {rate: descend(inputs, train_y, rate) for rate in rates}
        best = min(tried, key=lambda rate: tried[rate][0][-1])
        losses[f"{name}, learning rate {best:g}"], W, b = tried[best]
        right = np.mean((unseen @ W + b > 0) == test_y)
        print(f"{name:12} loss {tried[best][0][-1]:.2f}, {right:.0%} of the test texts right")
    figures.descents(losses)

# %% [markdown]
# *Figure 3. The same data, the same model, the same number of steps.*
#
# A larger learning rate does not help the first run: with 0.01 its loss jumps up and down, because of the columns
# with large numbers.

# %% [markdown]
# ## 5. Words as vectors
#
# A one-hot vector is long, and says nothing about its word: *film* is as far from *movie* as from *seldom*. The
# lecture's alternative is a **dense** vector, of 50 to 300 numbers, for each word: its embedding. There are two ways
# to get one:
#
# 1. start from random numbers, and learn them with the task (TP6 and TP7 do that);
# 2. take vectors that somebody has learned from a lot of text without labels: **pretrained** vectors
#    (*pré-entraînés*).
#
# We take the second way here. These are vectors of *word2vec*, learned from 100 billion words of English news, for
# 26,423 frequent words; each is scaled to length 1. (The complete set has 3 million words and 3.6 GB.) How they are
# learned is a subject of TP8.

# %%
pretrained = data.load("word2vec")
print(pretrained)
print(pretrained["film"][:8], "...")

# %% [markdown]
# Vectors of length 1 are compared by their dot product (*produit scalaire*): 1 is the same direction, 0 is nothing in
# common. Which words lie next to a word?

# %% tags=["compare"]
for word in ("film", "boring", "paris", "good"):
    if word in pretrained:
        near = np.argsort(-pretrained.vectors @ pretrained[word])[1:7]
        print(f"{word:7}", *[pretrained.words[i] for i in near])
    else:
        print(f"{word:7} has no vector")

# %% [markdown]
# Nobody told the program that *dull* is a kind of *boring*: both stand in the same company. But look at the last line.
# *good* and *bad* have the same company too. What does this mean for a classifier of opinions?
#
# <details><summary>Answer</summary>
#
# Similar vectors are not similar opinions. The classifier must find the few directions among 300 in which good and bad
# differ. It can, if it sees enough labels.
#
# </details>
#
# Words without a vector are unknown: here names and nearly all words with a capital, and, as the makers of the set
# decided, *a*, *and*, *of*, *to* and punctuation. Contractions such as *it's* and *doesn't* are missing as well. We
# number the words in the order of the table, and put two rows on top: one for padding and one for the unknown word.
# How much of a text is known?

# %% tags=["compare"]
numbers = {word: i for i, word in enumerate(["<pad>", "<unk>", *pretrained.words])}
embeddings = np.vstack([np.zeros((2, 300)), pretrained.vectors])  # (V, E)
print("embeddings", embeddings.shape)

counts = Counter(token for text in tokens for token in text)
known = sum(count for token, count in counts.items() if token in numbers)
print(f"{known / counts.total():.0%} of the tokens have a vector; without one, for example:")
print(*[token for token, _ in counts.most_common(150) if token not in numbers])

# %% [markdown]
# ### From words to a text
#
# `embeddings[x]` looks up all words of a batch at once: (B, T) numbers give (B, T, E) vectors. A classifier wants one
# row per text. The lecture names three combinations:
#
# | `mode` | vector of a text | shape |
# |---|---|---|
# | `"sum"` | the sum of the vectors of its words | (B, E) |
# | `"mean"` | the sum, divided by the number of its words (*moyenne*) | (B, E) |
# | `"concat"` | the vectors end to end (*concaténation*), with zeros for padding | (B, T · E) |
#
# ### Exercise
#
# - **Padding must not count**, neither in the sum nor in the number of words. Do not rely on row 0 being zero: in many
#   models it is not. `(x != 0)[..., None]` has the shape (B, T, 1).
# - The unknown word, number 1, is a word like any other and has its row. It counts even if that row is zero, as it is
#   here.
# - A text without any word is a vector of zeros.
# - For the concatenation, `.reshape(B, -1)` lays the rows of a (B, T, E) array end to end.


# %%
def sentence_vector(indices, embeddings, mode="mean"):
    """One vector per text, made of the vectors of its words.

    indices: whole numbers (B, T), 0 after the end of a text
    embeddings: array (V, E), one row per word
    mode: "mean", "sum" or "concat"
    Returns an array (B, E), or (B, T * E) for "concat".
    """
    ### BEGIN SOLUTION
    real = (indices != 0)[..., None]  # (B, T, 1)
    words = embeddings[indices] * real  # (B, T, E)
    if mode == "concat":
        return words.reshape(len(indices), -1)
    total = words.sum(axis=1)
    if mode == "sum":
        return total
    return total / np.maximum(real.sum(axis=1), 1)
    ### END SOLUTION


# %% [markdown]
# What does each combination keep of the order of the words?

# %% tags=["compare"]
with using_answers():
    pair = [
        encode(tokenize(text), numbers) for text in ("not good but bad", "not bad but good")
    ]
    pair, _ = collate(pair)
    for mode in ("sum", "mean", "concat"):
        first, second = sentence_vector(pair, embeddings, mode)
        print(
            f"{mode:7} {first.shape}, the two texts are the same: {np.allclose(first, second)}"
        )

# %% [markdown]
# And what is it worth? Logistic regression on the vectors of all sentences. A concatenation has as many columns as
# the longest text needs, so for that one we cut all texts after 20 words.

# %%
from sklearn.linear_model import LogisticRegression


def text_vectors(texts, mode, longest=None):
    """The vectors of texts, batch by batch; `longest` cuts and pads all to one length."""
    rows = [encode(tokenize(text), numbers)[:longest] for text in texts]
    if longest:
        rows = [row + [0] * (longest - len(row)) for row in rows]
    parts = [sentence_vector(collate(part)[0], embeddings, mode) for part in cut(rows, 256)]
    return np.concatenate(parts).astype(np.float32)


train_labels, test_labels = snippets.train.labels, snippets.test.labels
with using_answers():
    for mode, longest, C in (("mean", None, 10), ("sum", None, 0.03), ("concat", 20, 0.03)):
        dense = {
            part: text_vectors(getattr(snippets, part).texts, mode, longest)
            for part in ("train", "test")
        }
        model = LogisticRegression(C=C, max_iter=1000).fit(dense["train"], train_labels)
        seen, unseen = (
            model.score(dense[part], getattr(snippets, part).labels) for part in dense
        )
        print(
            f"{mode:7} {dense['train'].shape[1]:5} columns: "
            f"train {seen:.1%}, test {unseen:.1%}"
        )

# %% [markdown]
# Mean and sum forget the order and win: 300 columns are enough for the words, and in the long rows of the
# concatenation the classifier has to learn *good* anew at each of the 20 places. Networks that use the order without
# this waste are the subject of TP7.
#
# ### Frozen or fine-tuned?
#
# In a network, the table of embeddings can be trained like any other weights. So there is a choice:
#
# | | the table | good for |
# |---|---|---|
# | from scratch | random at first, learned with the task | many labels |
# | **frozen** (*gelé*) | pretrained, and left as it is | few labels; words that training never held |
# | **fine-tuned** (*ajusté*) | pretrained at first, then learned with the task | in between; a small learning rate |
#
# What you did above is *frozen*. Only fine-tuning could move *good* away from *bad*. The lecture's summary: few labels
# and a large vocabulary call for pretrained vectors, many labels for vectors of your own. Section 7 tries it out.
#
# **If you are online:** the hub has vectors of many kinds. GloVe, for instance, is a zip of text files, one word and
# its numbers per line (862 MB, so do not run it here):
#
# ```python
# from huggingface_hub import hf_hub_download
#
# file = hf_hub_download("stanfordnlp/glove", "glove.6B.zip")
# ```

# %% [markdown]
# ## 6. The number to beat
#
# Before anyone builds a network, a simple method says what is easy. Ours: a bag of n-grams and logistic regression.
# `CountVectorizer` counts n-grams as you did; `TfidfVectorizer` also gives rare ones more weight (TF-IDF: the count of
# an n-gram, times the logarithm of how rare it is among the texts).
#
# Which of them, and which n? **We ask a validation part**, cut off the training part class by class. The test part
# stays closed.

# %%
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline


def bag_of_ngrams(weights="tfidf", n=2):
    """Logistic regression on the n-grams of 1 to n tokens."""
    options = {
        "tokenizer": tokenize,
        "token_pattern": None,
        "lowercase": False,
        "ngram_range": (1, n),
    }
    if weights == "counts":
        return make_pipeline(CountVectorizer(**options), LogisticRegression(C=0.3))
    return make_pipeline(
        TfidfVectorizer(sublinear_tf=True, **options), LogisticRegression(C=10)
    )


parts = train_test_split(
    snippets.train.texts, train_labels, test_size=0.2, stratify=train_labels, random_state=0
)
fit_texts, validation_texts, fit_labels, validation_labels = parts
for weights in ("counts", "tfidf"):
    for n in (1, 2):
        model = bag_of_ngrams(weights, n).fit(fit_texts, fit_labels)
        print(
            f"{weights:6} 1 to {n} tokens: "
            f"validation {model.score(validation_texts, validation_labels):.1%}"
        )

# %% [markdown]
# Weighted words and pairs it is. Train once more, on all training texts, and open the test part, once.
#
# An accuracy (*exactitude*) is measured on a sample. With $n$ test texts, its 95 % confidence interval (*intervalle
# de confiance*) is about
#
# $$a \pm 1.96 \sqrt{\frac{a\,(1 - a)}{n}}$$
#
# And beside it belongs the dullest classifier of all, which always gives the most frequent class of the training
# part. Anything that does not beat that one has learned nothing.


# %%
def half_width(accuracy, n):
    """Half of the 95 % confidence interval of an accuracy on n texts."""
    return 1.96 * np.sqrt(accuracy * (1 - accuracy) / n)


n = len(test_labels)
majority = np.bincount(train_labels).argmax()
baseline = bag_of_ngrams().fit(snippets.train.texts, train_labels)
accuracies = {
    "always the most frequent class": np.mean(test_labels == majority),
    "bag of n-grams, TF-IDF": baseline.score(snippets.test.texts, test_labels),
}
with using_answers():
    frozen = LogisticRegression(C=10, max_iter=1000).fit(
        text_vectors(snippets.train.texts, "mean"), train_labels
    )
    accuracy = frozen.score(text_vectors(snippets.test.texts, "mean"), test_labels)
    accuracies["mean of frozen word vectors"] = accuracy

results = {name: (accuracy, half_width(accuracy, n)) for name, accuracy in accuracies.items()}
for name, (accuracy, half) in results.items():
    print(f"{name:30} {accuracy:.1%} ± {half:.1%}")
figures.intervals(results)

# %% [markdown]
# *Figure 4. Test accuracy on 2,069 sentences, with 95 % confidence intervals.*
#
# **Write this number down: 80.6 % ± 1.7 %, on the test part of `snippets`.** A network of TP6, TP7 or TP8 that comes
# to 81 % has not beaten the bag of n-grams; one with 84 % has.
#
# What does the baseline look at, and where does it fail?

# %%
words = baseline[0].get_feature_names_out()
order = np.argsort(baseline[-1].coef_[0])
print("most negative:", *words[order[:12]], sep="  ")
print("most positive:", *words[order[:-13:-1]], sep="  ")

p = baseline.predict_proba(snippets.test.texts)[:, 1]  # (n,) probability of positive
surest_errors = np.argsort(-np.abs(p - 0.5) * ((p > 0.5) != test_labels))[:4]
for i in surest_errors:
    print(
        f"\n{'positive' if test_labels[i] else 'negative'}, "
        f"but p(positive) = {p[i]:.2f}\n{snippets.test.texts[i]}"
    )

# %% [markdown]
# *Has lost*, *never feels slack*, *no trouble*: each word and each pair is read, the sentence is not. This is what the
# next sessions are about.

# %% [markdown]
# ## 7. At home: few labels, the library's batches, French
#
# ### Few labels
#
# Labels are expensive. What if you have 100 of them? The lecture's summary says that pretrained vectors then pay.

# %%
with using_answers():
    rng = np.random.default_rng(0)
    dense_train, dense_test = (text_vectors(part.texts, "mean") for part in snippets)
    sizes = [50, 100, 300, 1000, 3000, 8000]
    curves = {"bag of n-grams": [], "frozen word vectors": []}
    for size in sizes:
        scores = []
        for _ in range(3):
            rows = rng.permutation(len(train_labels))[:size]
            bag = bag_of_ngrams().fit(
                [snippets.train.texts[i] for i in rows], train_labels[rows]
            )
            vectors = LogisticRegression(C=10, max_iter=1000).fit(
                dense_train[rows], train_labels[rows]
            )
            scores.append(
                (
                    bag.score(snippets.test.texts, test_labels),
                    vectors.score(dense_test, test_labels),
                )
            )
        for name, column in zip(curves, np.transpose(scores), strict=True):
            curves[name].append(column)
        print(
            f"{size:5} labels: bag {np.mean(scores, axis=0)[0]:.1%}, "
            f"vectors {np.mean(scores, axis=0)[1]:.1%}"
        )
    figures.learning(sizes, curves)

# %% [markdown]
# *Figure 5. Test accuracy against the number of labels; means of three draws, the bars span them.*
#
# With 300 labels the vectors are far ahead: they know *tedious* although no label ever spoke of it. With 8,000 the bag
# has seen most of the words that matter, and its own weights serve the task better.
#
# ### The library's batches
#
# `datasets` and PyTorch do the same work. `iter` gives batches as dictionaries of lists; `with_format("numpy")` makes
# arrays of the columns that are rectangular. Neither of them pads, so your `collate` stays in use.

# %%
import datasets

datasets.disable_progress_bars()
table = datasets.Dataset.from_dict({"tokens": encoded, "label": train_labels})
with using_answers():
    for step, batch in enumerate(
        table.shuffle(seed=0).with_format("numpy").iter(batch_size=64)
    ):
        x, lengths = collate([row.tolist() for row in batch["tokens"]])
        if step < 2:
            print("datasets:", x.shape, batch["label"].shape)

# %% [markdown]
# PyTorch's `DataLoader` shuffles and cuts like `minibatches`, with a generator of its own kind, and calls a function
# of yours on each list of examples:

# %%
import torch
from torch.utils.data import DataLoader


def collate_tensors(rows):
    x, lengths = collate([row["tokens"] for row in rows])
    y = np.array([row["label"] for row in rows])
    return torch.from_numpy(x), torch.from_numpy(lengths), torch.from_numpy(y)


with using_answers():
    generator = torch.Generator().manual_seed(0)
    loader = DataLoader(
        table, batch_size=64, shuffle=True, generator=generator, collate_fn=collate_tensors
    )
    x, lengths, y = next(iter(loader))
    print(
        "PyTorch: ",
        tuple(x.shape),
        tuple(lengths.shape),
        tuple(y.shape),
        f"{len(loader)} batches",
    )

# %% [markdown]
# ### The French reviews
#
# The same baseline on 256 French reviews, tested on 64:

# %%
french = bag_of_ngrams().fit(avis.train.texts, avis.train.labels)
accuracy = french.score(avis.test.texts, avis.test.labels)
print(f"test part: {accuracy:.1%} ± {half_width(accuracy, len(avis.test.labels)):.1%}")

# %% [markdown]
# Worse than tossing a coin? Look at the interval: 64 texts cannot tell. **Cross-validation** (*validation croisée*)
# uses all 320 reviews for the test: split them into ten parts, test on each of them the model that was trained on the
# other nine.

# %%
from sklearn.model_selection import StratifiedKFold, cross_val_predict

folds = StratifiedKFold(10, shuffle=True, random_state=0)
for name, model in {"words": bag_of_ngrams(n=1), "words and pairs": bag_of_ngrams()}.items():
    predicted = cross_val_predict(model, avis.texts, avis.labels, cv=folds)
    accuracy = np.mean(predicted == avis.labels)
    print(f"{name:16} {accuracy:.1%} ± {half_width(accuracy, len(avis.labels)):.1%}")

unseen = [token for text in avis.test.texts for token in tokenize(text)]
seen = {token for text in avis.train.texts for token in tokenize(text)}
print(
    "words of the test part that occur in training: "
    f"{np.mean([token in seen for token in unseen]):.0%}"
)

# %% [markdown]
# Still near chance: each review says what it says in words of its own, and most words that carry an opinion occur once
# or twice in 320 texts. A bag cannot know that *ennuyeux* and *soporifique* mean the same. Here only knowledge from
# other texts helps: pretrained vectors (of French words), or the pretrained models of TP8.
#
# **More to try.**
#
# - Give the row of the unknown word the mean of all vectors instead of zeros. What changes? What if unknown words are
#   left out?
# - Two classifiers on the same test texts: count the texts on which only one of them is right. Is the difference
#   between the bag and the vectors in Figure 4 more than chance?
# - Join both: the columns of the bag and the 300 of the mean. Is it better than each alone?

# %% [markdown]
# ## 8. What to remember
#
# - A batch is a rectangle: short texts are padded, and the lengths (or a mask) say where they end.
# - Pad within the batch. Bucketing saves most of the rest; sorting everything would undo the shuffling.
# - Each epoch: shuffle, cut, every example once. One explicit generator makes it repeatable.
# - Standardise with mean and deviation of the training part. They are learned; the test part has no say.
# - Pretrained word vectors know which words keep company. Sum and mean forget the order, a concatenation has many
#   columns. Padding never counts.
# - Few labels: pretrained vectors. Many labels: what is learned from them.
# - A number needs an interval and a baseline. Ours: **80.6 % ± 1.7 %** on `snippets`.
#
# Next: *TP6*, where networks try to beat it.
