# %% [markdown]
# # Data sets: load, look, clean, split
#
# *TP5, notebook 1 of 3*
#
# **Aim.** You take a collection of texts (*jeu de données*) from its files to a training part and a test part that
# you can trust. You use the library `datasets` of Hugging Face on real film reviews, and write by hand the steps on
# which everything later depends: cleaning, removing duplicates, splitting.
#
# **Time.** 50 minutes in the session, 10 at home. The session does sections 1 to 6; section 7 is for home. Section 8
# sums up: read it in any case.
#
# **What is graded.** {{count}} functions, {{points}}. Each one has a cell to fill in and, under it, a check
# cell. Run the check as often as you like. It says what is right, shows a small input on which your code is wrong,
# and holds hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.**
#
# - Replace `raise NotImplementedError` by your code.
# - Do not change the lists that you are given: make new ones.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time. It needs no network: the data are on your machine already.

# %% tags=["readonly"]
import html
import os
import re
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

# All files of this notebook go to a temporary folder.
scratch = tempfile.TemporaryDirectory(prefix="tp5-", ignore_cleanup_errors=True)
folder = Path(scratch.name)
os.environ["HF_HOME"] = str(folder / "cache")
os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: never ask the network
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import numpy as np

from tplib import data
from tplib.graders import check, using_answers
from tplib.plots import text as figures

datasets.disable_progress_bars()

# %% [markdown]
# ## 1. From files to a data set
#
# The texts: 10,605 sentences from film reviews. Human readers rated each one from -4 (very negative) to 4; the label
# is 1 if their mean is positive and 0 if it is negative. A sentence with a mean near 0 is neither, and its label is
# -1.
#
# Data come in files of many formats. We write the same sentences in three of them.

# %%
snippets = data.load("snippets")
table = datasets.Dataset.from_dict(
    {"text": snippets.texts, "rating": snippets.ratings, "label": snippets.labels},
)
table.to_parquet(folder / "reviews.parquet")
table.to_csv(folder / "reviews.csv")
table.to_json(folder / "reviews.json", force_ascii=False)

for file in sorted(folder.glob("reviews.*")):
    print(f"{file.name:16} {file.stat().st_size / 1e6:.1f} MB")

# %% [markdown]
# Parquet stores columns, compressed and with their types. CSV is text that any program can read, and knows no types.
# JSON (here one object per line) is text with types, and repeats the column names in every row. Look at the first
# lines of the last two:

# %%
for name in ("reviews.csv", "reviews.json"):
    with open(folder / name, encoding="utf-8") as lines:
        for _ in range(2):
            print(next(lines).strip()[:95])

# %% [markdown]
# `load_dataset` reads all of them. Its first argument names the format, and the result has the same columns each
# time.

# %% tags=["compare"]
for kind in ("parquet", "csv", "json"):
    loaded = datasets.load_dataset(
        kind, data_files=str(folder / f"reviews.{kind}"), split="train"
    )
    print(f"{kind:8} {loaded.num_rows} rows, columns {loaded.column_names}")

# %%
reviews = datasets.load_dataset(
    "parquet", data_files=str(folder / "reviews.parquet"), split="train"
)
reviews

# %% [markdown]
# Why `split="train"`? A data set may have several parts, such as train and test; one file without further notice
# counts as the part "train".
#
# **If you are online** you can also load by name what others have published on the Hugging Face hub. A set of the
# same kind, 10,662 sentences from film reviews, is there as
#
# ```python
# datasets.load_dataset("cornell-movie-review-data/rotten_tomatoes")
# ```
#
# It has the columns `text` and `label` and no ratings; nearly all that follows works with it too. This notebook stays
# offline (that is what the two `OFFLINE` lines at the top are for), so do not run it here.

# %% [markdown]
# ## 2. Look before you compute
#
# A data set behaves like a list of rows, and like a dictionary of columns. Each row is a dictionary.

# %% tags=["compare"]
print(reviews[2])
print(reviews["text"][2])
print(reviews[:2]["label"])

# %% [markdown]
# `reviews["text"]` is a *column*: it reads from the disk what you ask for, and nothing more. `list(...)` reads it
# all. `features` tells the types.

# %% tags=["compare"]
print(reviews.features)
print(Counter(reviews["label"]))

# %% [markdown]
# ### Keep what you need: `filter`
#
# `filter` calls a function on each row and keeps the rows for which it says True. We want the sentences with a clear
# opinion. Then we give the labels their names; the library calls such a column a `ClassLabel`.

# %%
clear = reviews.filter(lambda row: row["label"] >= 0)
clear = clear.cast_column("label", datasets.ClassLabel(names=["negative", "positive"]))
print(reviews.num_rows, "->", clear.num_rows)
print(clear.features["label"].int2str(1))

# %% [markdown]
# ### Exercise
#
# What share of the examples belongs to each class? This is the balance of the classes (*équilibre des classes*), the
# first number to know: a classifier that always answers the most frequent class has an accuracy (*exactitude*) equal
# to its share.


# %%
def class_balance(labels, num_classes):
    """The share of each class.

    labels: list of whole numbers from 0 to num_classes - 1, at least one
    num_classes: number K of classes; a class without examples has the share 0
    Returns an array (K,) that sums to 1.
    """
    ### BEGIN SOLUTION
    return np.bincount(labels, minlength=num_classes) / len(labels)
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    print("negative, positive:", class_balance(list(clear["label"]), 2).round(3))

# %% [markdown]
# How long are the texts? Do the classes differ in length? If they did, a model might count words instead of reading.

# %% alt="Two histograms of the words per text, one for each class: they lie on each other, with a peak near 18 words and almost nothing above 45."
rows = clear[:]
words = {"negative": [], "positive": []}
for text, label in zip(rows["text"], rows["label"], strict=True):
    words["positive" if label == 1 else "negative"].append(len(text.split()))
figures.lengths(words)

# %% [markdown]
# *Figure 1. Number of words per sentence, in steps of 4.*
#
# Both classes look alike. Always read some texts too, above all the shortest and the longest ones: no statistics show
# what your eyes see in a minute.

# %%
by_length = sorted(clear["text"], key=lambda text: len(text.split()))
print(*by_length[:8], "...", by_length[-1], sep="\n")

# %% [markdown]
# ## 3. Clean: `map`
#
# Text from the web brings dirt with it. What is wrong here?

# %%
suspects = {
    "HTML entities": r"&\w+;",
    "HTML tags": r"<\w",
    "several spaces in a row": r"\s\s",
    "curly apostrophes": "’",
}
for name, pattern in suspects.items():
    found = [text for text in clear["text"] if re.search(pattern, text)]
    print(f"{len(found):4}  {name:24} {found[0][:65] if found else ''}")

# %% [markdown]
# Cleaning (*nettoyage*, *prétraitement*) removes what says nothing about the text, and **keeps everything else**:
# capitals, accents and punctuation may matter later, and what is lost here is lost for good. We do five things, in
# this order:
#
# | rule | from | to |
# |---|---|---|
# | 1. tags become a space | `Bien<br />joué` | `Bien joué` |
# | 2. entities are decoded | `caf&eacute; &amp; th&eacute;` | `café & thé` |
# | 3. accents are composed | `e` + combining accent | `é`, one character |
# | 4. one apostrophe | `l’été` | `l'été` |
# | 5. one space between words | `  trop   long ` | `trop long` |
#
# - A tag (*balise*) starts with `<` **directly followed by a letter, or by a slash and a letter** (a to z, A to Z), and
#   ends at the next `>`, even if that is in another line. So `<3` and `</3`, which people write for a heart and a broken
#   one, are no tags, and neither is the middle of `a < b and c > d`.
# - `html.unescape` decodes entities, all of them. Decode **once**, after the tags: who writes `&lt;b&gt;` or
#   `&amp;eacute;` wants `<b>` and `&eacute;` to be read.
# - The apostrophe is `’` alone: quotation marks such as “ ” and « » stay as they are.
# - Unicode can write *é* in two ways that look the same: as one character, or as *e* and an accent that combines with
#   it. `unicodedata.normalize("NFC", text)` composes them. (Other forms do more: NFKC turns `½` into `1⁄2`.)
# - White space is more than the space bar: line breaks, tabs, and the no-break spaces that French puts before `!` and
#   `?`. `str.split()` without an argument knows them all.

# %% tags=["compare"]
one, two = "é", "e\u0301"
print(one, two, one == two, len(one), len(two), unicodedata.normalize("NFC", two) == one)
french_spaces = "Bravo\u00a0!\n  Encore "
print(french_spaces.split())

# %% [markdown]
# ### Exercise
#
# For the tags, `re.sub(pattern, " ", text)` replaces every match of a pattern. In a pattern, `/?` means *perhaps a
# slash*, `[a-zA-Z]` *one letter*, and `[^>]*` *any number of characters other than >*.


# %%
def clean_text(text):
    """A text without tags and entities, with composed accents, straight apostrophes and
    single spaces.

    text: a text
    Returns a text. Capitals, accents and punctuation stay.
    """
    ### BEGIN SOLUTION
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("’", "'")
    return " ".join(text.split())
    ### END SOLUTION


# %% [markdown]
# `map` calls a function on each row. The function returns a dictionary of the columns that are new or changed.

# %% tags=["compare"]
with using_answers():
    cleaned = clear.map(lambda row: {"text": clean_text(row["text"])})
    pairs = zip(list(clear["text"]), list(cleaned["text"]), strict=True)
    changed = [(before, after) for before, after in pairs if before != after]
    print(len(changed), "texts changed, for example")
    for before, after in changed[:2]:
        print("-", before[:90], "\n+", after[:90])

# %% [markdown]
# `map` and `filter` leave the old data set as it is and write the new one to a cache on the disk. If you run the cell
# again with the same function, the result comes from there. That is why they can treat more data than fits into
# memory.

# %% [markdown]
# ## 4. Leakage
#
# The test part (*jeu de test*) has one purpose: to say how good a model is on texts that it has **not seen**. If a
# test text is also in the training part (*jeu d'entraînement*), the model may know the answer by heart. That is
# leakage (*fuite de données*), and it is the most common reason for results that are too good.
#
# People copy texts. A review is posted on two sites, quoted, written in capitals, sent again with one more
# exclamation mark. Such near duplicates (*quasi-doublons*) are not equal as texts.
#
# ### Exercise
#
# Say which texts to keep: the first of all those that have **the same words in the same order**, whatever their
# capitals, punctuation and spaces. `re.findall(r"\w+", text.lower())` gives the list of the words of a text. So here
# `l'été` counts as two words, `l` and `été`; numbers are words, and accents matter: *cote* is not *côté*.
#
# Return *positions*, not texts, because the labels have to stay with their texts. A `set` remembers what you have
# seen and finds it fast; it takes tuples and texts, but no lists.


# %%
def drop_duplicates(texts):
    """The positions of the texts to keep, when each text may come only once.

    texts: list of texts
    Returns a list (or an array) of positions, in increasing order.
    """
    ### BEGIN SOLUTION
    seen = set()
    kept = []
    for i, text in enumerate(texts):
        words = tuple(re.findall(r"\w+", text.lower()))
        if words not in seen:
            seen.add(words)
            kept.append(i)
    return kept
    ### END SOLUTION


# %% [markdown]
# `select` keeps the rows at given positions.

# %% tags=["compare"]
with using_answers("cleaned"):
    kept = drop_duplicates(list(cleaned["text"]))
    unique = cleaned.select(kept)
    print(cleaned.num_rows, "->", unique.num_rows)

# %% [markdown]
# ### What leakage does to a score
#
# These sentences were collected with care: next to nothing was there twice. Most collections are not like
# that. So we spoil ours on purpose, in order to see what happens. We take 2,000 reviews and post some of them a
# second time, slightly changed.


# %%
def repost(text, rng):
    """A text as somebody else might post it again."""
    changes = [text.upper(), text + "!!", f"  {text}<br />", text.lower().rstrip(".")]
    return changes[rng.integers(len(changes))]


def collect(share, rng, n=2000):
    """n reviews, and copies of a share of them; returns texts and labels, shuffled."""
    chosen = rng.permutation(len(snippets.train.texts))[:n]
    rows = [(snippets.train.texts[i], snippets.train.labels[i]) for i in chosen]
    rows += [(repost(text, rng), label) for text, label in rows if rng.random() < share]
    order = rng.permutation(len(rows))
    return [rows[i][0] for i in order], np.array([rows[i][1] for i in order])


# %% [markdown]
# The classifier is logistic regression on weighted counts of words and word pairs, from scikit-learn. One fifth of
# the collection is the test part. As a control we also ask the model for 2,069 **new** reviews that were never in the
# collection.

# %%
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def accuracies(texts, labels):
    """Train on four fifths; accuracy on the last fifth, and on new reviews."""
    n = len(texts) // 5
    features = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = make_pipeline(features, LogisticRegression(C=10))
    model.fit(texts[n:], labels[n:])
    new_reviews = model.score(snippets.test.texts, snippets.test.labels)
    return model.score(texts[:n], labels[:n]), new_reviews


# %%
rng = np.random.default_rng(0)
copied = [0.0, 0.25, 0.5, 1.0]
results = np.array([[accuracies(*collect(share, rng)) for _ in range(2)] for share in copied])
for share, (measured, truth) in zip(copied, results.mean(axis=1), strict=True):
    print(f"{share:4.0%} posted twice: test part {measured:.1%}, new reviews {truth:.1%}")

# %% [markdown]
# The model with all copies looks brilliant on its test part. On new reviews it is as mediocre as the others. Now drop
# the copies first, with your function:


# %% alt="Accuracy against the share of reviews that were posted twice. On the test part with copies it climbs from 70 % to 94 %; on new reviews, and on the test part without copies, it stays between 70 and 75 %."
def without_copies(texts, labels):
    kept = drop_duplicates([clean_text(text) for text in texts])
    return [texts[i] for i in kept], labels[kept]


with using_answers():
    rng = np.random.default_rng(0)
    honest = [
        [accuracies(*without_copies(*collect(share, rng)))[0] for _ in range(2)]
        for share in copied
    ]
    figures.leakage(copied, results[..., 0], results[..., 1], np.array(honest))

# %% [markdown]
# *Figure 2. Accuracy on the test part of a collection with copies, on new reviews, and on the test part when copies
# are dropped before the split. Means of two runs; the bars span them.*
#
# Which of the three lines would you like to print in a report? Which one is true?
#
# <details><summary>Answer</summary>
#
# Only the line of the new reviews is the truth, and the one without copies comes near it, with more noise because its
# test part is five times smaller. The line *test part, with copies* measures memory. Nobody meant to cheat: a random
# split of a collection with copies is enough.
#
# </details>
#
# Copies are not the only leak. Several reviews of the same film, several sentences of the same text, a cleaning step
# that was tuned on the test part, a vocabulary counted on all texts: ask of each number *what did the model, or I,
# see of the test part before?*

# %% [markdown]
# ## 5. Split
#
# For the next steps we change to French: `avis-fr`, 320 short reviews of films, books, restaurants and more, written
# for this course.

# %%
avis = data.load("avis-fr")
french = datasets.Dataset.from_dict(
    {"text": avis.texts, "label": avis.labels, "topic": avis.topics}
)
french = french.cast_column("label", datasets.ClassLabel(names=["negative", "positive"]))
for i in (7, 46, 135, 262):
    print(french[i]["label"], french[i]["topic"], "|", french[i]["text"])

# %% [markdown]
# The simplest split (*partition*) takes the first 80 % to train and the rest to test. Why is this a bad idea here?

# %% tags=["compare"]
cut = int(0.8 * french.num_rows)
print("topics of the last fifth:", Counter(french[cut:]["topic"]))
print("labels of the last fifth:", Counter(french[cut:]["label"]))

# %% [markdown]
# The file is sorted. The model would never read about games in training, and the test part is mostly negative. So we
# draw the test part at random, and class by class, so that each class has the same share in both parts: a
# **stratified** split (*partition stratifiée*). Three properties matter:
#
# 1. every example is in exactly one part: nothing is shared, nothing is lost;
# 2. of a class with $n$ examples, `round(test_share * n)` are in the test part, and the others in the training part.
#    `round` is Python's: halves go to the even number, 4.5 to 4 and 5.5 to 6. For a rare class it may be 0;
# 3. the split depends on a seed (*graine*) and on nothing else: the same seed gives the same split, today and next
#    year, and another seed another one.
#
# ### Exercise
#
# `rng = np.random.default_rng(seed)` makes a generator; `rng.permutation(positions)` shuffles positions;
# `np.flatnonzero(np.array(labels) == k)` finds those of class `k`. Any other generator will do, as long as it starts
# from the seed.


# %%
def split_dataset(labels, test_share, seed):
    """A random stratified split.

    labels: list of N whole numbers; -1 and gaps are possible
    test_share: share of each class that goes to the test part, between 0 and 1
    seed: a whole number
    Returns two lists (or arrays) of positions from 0 to N - 1, in any order: train, test.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    train, test = [], []
    for k in sorted(set(labels)):
        members = rng.permutation(np.flatnonzero(np.array(labels) == k)).tolist()
        size = round(test_share * len(members))
        test += members[:size]
        train += members[size:]
    return train, test
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    train, test = split_dataset(list(french["label"]), test_share=0.2, seed=0)
    parts = datasets.DatasetDict({"train": french.select(train), "test": french.select(test)})
    print(
        {name: part.num_rows for name, part in parts.items()},
        "shared:",
        set(train) & set(test),
    )

# %% alt="Stacked bars, the share of negative and positive reviews: half and half in the whole file and in both of your parts; 47 to 53 % in the first 80 %, 62 to 38 % in the last 20 %."
with using_answers("parts"):
    listed = {
        "whole file": french,
        "first 80 %": french.select(range(cut)),
        "last 20 %": french.select(range(cut, french.num_rows)),
        "your train": parts["train"],
        "your test": parts["test"],
    }
    balance = {name: class_balance(list(part["label"]), 2) for name, part in listed.items()}
    figures.shares(balance, ["negative", "positive"])

# %% [markdown]
# *Figure 3. The classes in the file, in the two parts of the naive split, and in yours.*
#
# Stratifying took care of the labels only. What about the topics? Chance deals them out about evenly:

# %%
with using_answers("parts"):
    topics = Counter(parts["test"]["topic"])
    print(*[f"{topic} {count}" for topic, count in topics.most_common()], sep="  ")

# %% [markdown]
# You will also choose things by trying: a learning rate, a number of words. Never try on the test part. Split the
# training part once more, and the piece you cut off is the *validation* part (*jeu de validation*).

# %% tags=["compare"]
with using_answers("parts"):
    labels = list(parts["train"]["label"])
    rest, validation = split_dataset(labels, test_share=0.2, seed=1)
    three = datasets.DatasetDict(
        train=parts["train"].select(rest),
        validation=parts["train"].select(validation),
        test=parts["test"],
    )
    print({name: part.num_rows for name, part in three.items()})

# %% [markdown]
# The library has such a split too. Now you know what it does, and what to check when you use it:

# %%
theirs = french.train_test_split(test_size=0.2, stratify_by_column="label", seed=0)
shared = set(theirs["train"]["text"]) & set(theirs["test"]["text"])
print(Counter(theirs["test"]["label"]), "shared texts:", shared)

# %% [markdown]
# ## 6. Save and load
#
# A split that is saved once is the same for everybody. `save_to_disk` writes the parts with their types;
# `load_from_disk` finds them again. (`to_parquet`, which you saw above, is the format to publish.)

# %%
with using_answers("three"):
    three.save_to_disk(folder / "avis")
    again = datasets.load_from_disk(folder / "avis")
    print(again)
    print("equal:", all(again[name][:] == three[name][:] for name in three))

# %% [markdown]
# The loaded data are not in memory: the library maps the files (*projection en mémoire*) and reads the rows that you
# ask for. Two programs that load the same data share them.

# %% [markdown]
# ## 7. At home: streams, and faster maps
#
# ### Streams
#
# What if a data set is larger than your disk? With `streaming=True` nothing is loaded: rows come one after the other,
# when you ask for them. `filter` and `map` are remembered and done on the way.

# %%
file = str(folder / "reviews.json")
stream = datasets.load_dataset("json", data_files=file, split="train", streaming=True)
enthusiastic = stream.filter(lambda row: row["rating"] > 3)
enthusiastic = enthusiastic.map(lambda row: {"text": row["text"].upper()})
for row in enthusiastic.take(3):
    print(f"{row['rating']:.2f}", row["text"][:80])

# %% [markdown]
# A stream has no length and no row number 1,000; you can only go on. So how does one shuffle it? `shuffle` fills a
# buffer (*tampon*), hands out a random row of it, and puts the next row of the stream in its place.

# %%
numbered = stream.map(lambda row, i: {"number": i}, with_indices=True)
for buffer_size in (10, 1000):
    shuffled = numbered.shuffle(seed=0, buffer_size=buffer_size)
    print(f"buffer of {buffer_size:4}:", [row["number"] for row in shuffled.take(8)])

# %% [markdown]
# What does a small buffer do to a file that is sorted by class?
#
# <details><summary>Answer</summary>
#
# The rows come out nearly in the order of the file: thousands of negative ones first. The model forgets one class
# while it learns the other. Shuffle the file itself, once, or take a buffer that is larger than the runs of equal
# labels.
#
# </details>
#
# ### Batches are faster
#
# `map(..., batched=True)` hands your function a thousand rows at a time, as a dictionary of lists. It saves most of
# the overhead of one call per row; the tokenisers of the next notebook are much faster this way.


# %%
def lower_row(row):
    return {"text": row["text"].lower()}


def lower_rows(rows):
    return {"text": [text.lower() for text in rows["text"]]}


for function, batched in ((lower_row, False), (lower_rows, True)):
    start = time.perf_counter()
    reviews.map(function, batched=batched, load_from_cache_file=False)
    print(f"batched={batched!s:5}  {time.perf_counter() - start:.2f} s")

# %% [markdown]
# **More to try.**
#
# - `drop_duplicates` overlooks texts that differ in one word. Compare two texts by the share of their words that they
#   have in common (the *Jaccard index*), and look for pairs above 0.8 among the reviews.
# - Split `avis-fr` so that no *topic* is in both parts. When would you want that?

# %% [markdown]
# ## 8. What to remember
#
# - `load_dataset` reads parquet, CSV and JSON, from your disk or from the hub; `map`, `filter` and `select` make new
#   data sets and leave the old one alone.
# - Look first: classes, lengths, and some texts with your own eyes.
# - Cleaning removes what says nothing, and nothing else. The order of the steps matters.
# - Drop duplicates and near duplicates **before** you split. A score on texts that the model has seen measures
#   memory.
# - Split at random, class by class, from a seed. Choose on the validation part; the test part speaks once.
# - Save the split, so that tomorrow's numbers can be compared with today's.
#
# Next: *2_text_to_integers*, where texts become numbers.
