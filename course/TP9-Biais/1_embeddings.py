# %% [markdown]
# # What word vectors learn about people
#
# *TP9, notebook 1 of 3*
#
# **Aim.** Word vectors repeat what the texts say about groups (*groupes*) of people. You measure it with the
# association test WEAT, say how sure the number is, find a direction (*direction*) of gender in the vectors and take it
# out. Then you look for what is still there. At each step you ask what the number does *not* say.
#
# **Time.** 55 minutes in the session, 25 at home. The session does sections 1 to 5; what is for home says *at home*
# in its heading.
#
# **What is graded.** {{count}} functions, {{points}}. Each function has a check cell under it. Run
# the check as often as you like: it says what is right, shows a small input on which your code is wrong, and holds
# hints. Your work is graded by the same check on other inputs. There are 3 answers in words besides, for 5 points: your
# teacher reads them.
#
# **A note on the content.** The published tests compare names and words for groups of people with pleasant and
# unpleasant words. Some of them are about race and age. We show their numbers and not their lists. The examples that
# we print are about gender and jobs, and two genders is what those lists hold, not what there is. If a list troubles
# you, no exercise needs you to print it.
#
# **Rules of the game.** NumPy, plain Python and your own earlier answers. In every exercise words are *vectors*, one in
# each row; no vector is zero, and sets have unlike sizes, 1 included. Do not change the arrays that you are given.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time. It needs no network: the data are on your machine already.

# %% tags=["readonly"]
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np

from tplib import bias, data, plots
from tplib.graders import check, using_answers
from tplib.plots import bias_words as figures

np.set_printoptions(precision=3, suppress=True)

# %% [markdown]
# ## 1. Angles
#
# Vectors of frequent words tend to be long, and the length says little of the meaning. One compares words by the
# **cosine** (*cosinus*) of the angle between them: 1 for the same direction, 0 for a right angle, -1 for opposite ones.
#
# $$ \cos(u, v) = \frac{u \cdot v}{|u| \, |v|} $$
#
# ### Exercise
#
# Write `cosine_similarity(x, y)`: each row of `x` with each row of `y`.


# %%
def cosine_similarity(x, y):
    """Cosine of each vector of x with each vector of y.

    x: array (N, E); y: array (M, E)
    Returns an array (N, M): a row for each vector of x, a column for each vector of y.
    """
    ### BEGIN SOLUTION
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    y = y / np.linalg.norm(y, axis=1, keepdims=True)
    return x @ y.T
    ### END SOLUTION


# %% [markdown]
# The vectors come from word2vec, trained on American news up to 2013: 300 numbers a word.

# %%
vectors = data.load("weat-vectors")
lists = data.load("bias-words")


def rows(words):
    """The vectors of the words, one in each row; what has none is told, not replaced."""
    found = bias.lookup(vectors, words)
    if found.missing:
        print("no vector:", ", ".join(found.missing))
    return found.vectors


print(vectors)
with using_answers():
    print(
        cosine_similarity(
            rows(["poetry", "algebra"]), rows(["literature", "calculus", "she", "he"])
        )
    )

# %% [markdown]
# ## 2. An association test
#
# In psychology, the *implicit association test* measures how fast people sort words. WEAT (Caliskan and others 2017)
# asks vectors instead. It has four lists: two sets of **targets** (*cibles*) X and Y, say words of mathematics and of
# the arts, and two sets of **attributes** (*attributs*) A and B, say male and female words. For one word $w$,
#
# $$ s(w) = \text{mean of } \cos(w, a) \text{ over A} \;-\; \text{mean of } \cos(w, b) \text{ over B} $$
#
# ### Exercise
#
# Write `association(w, a, b)`: one number for each row of `w`. Sizes of A and B may differ.


# %%
def association(w, a, b):
    """How much nearer each word is to A than to B.

    w: array (N, E); a: array (K, E); b: array (L, E)
    Returns an array (N,).
    """
    ### BEGIN SOLUTION
    return cosine_similarity(w, a).mean(axis=1) - cosine_similarity(w, b).mean(axis=1)
    ### END SOLUTION


# %%
math_and_arts = lists.tests[6]
X, Y, A, B = (rows(getattr(math_and_arts, name)) for name in "xyab")
with using_answers():
    for words, targets in ((math_and_arts.x, X), (math_and_arts.y, Y)):
        for word, value in zip(words, association(targets, A, B), strict=True):
            print(f"{word:12} {value:+.3f}")

# %% [markdown]
# The differences are small, and thirteen of the sixteen words are nearer to the female words. What WEAT asks is
# whether X and Y differ. Its **effect size** (*taille d'effet*) is
#
# $$ d = \frac{\text{mean of } s \text{ over X} - \text{mean of } s \text{ over Y}}
#             {\text{standard deviation of } s \text{ over X and Y together}} $$
#
# - The deviation (*écart type*) is taken over **all** words of X and Y in one list, with **n - 1** below the squares
#   (n words in all): that gives the paper's numbers. Other programs have n, and other numbers.
# - d is positive when X is nearer to A. In the tests, not all words have the same s.
#
# ### Exercise


# %%
def weat_effect_size(x, y, a, b):
    """The effect size d.

    x: array (N, E); y: array (M, E); a: array (K, E); b: array (L, E)
    Returns a number.
    """
    ### BEGIN SOLUTION
    s, t = association(x, a, b), association(y, a, b)
    return (s.mean() - t.mean()) / np.concatenate([s, t]).std(ddof=1)
    ### END SOLUTION


# %% [markdown]
# The ten tests of the paper, with its numbers for these vectors beside yours:

# %%
with using_answers():
    for test in lists.tests:
        found = [bias.lookup(vectors, getattr(test, name)) for name in "xyab"]
        lost = [word for part in found for word in part.missing]
        d = weat_effect_size(*(part.vectors for part in found))
        targets = " / ".join(name.split(" names")[0] for name in test.names[:2])
        shown = f"{test.number:2} {targets[:38]:38} {d:6.2f}   published {test.published:5.2f}"
        print(shown, f"  without {', '.join(lost)}" if lost else "")

# %% [markdown]
# Nine rows agree with the paper to 0.01. Row 10, young and old people's names, does not: two lists of eight names,
# one of which has no vector here. Its number is near 0 in both. Section 3 shows how little such a number is worth.
# That nine rows agree took some detective work: rows 3 and 4 leave out rare names, row 9 has *short* where other
# copies of the list have *short-term*. **Lists are part of the measurement.**
#
# A large number is not yet a harm: it says that two lists of words stand differently in news of those years. Which
# people are hurt by it, and how, depends on what the vectors are used for (Blodgett and others 2020).
#
# ### Find the bug: a number that cannot be
#
# A program on the net computes the effect size like this. For *career and family* (row 6) it gives 3.16.


# %% tags=["readonly"]
def effect_size_found_on_the_net(s, t):
    """s, t: the associations of X and of Y."""
    n, m = len(s), len(t)
    variance = (n - 1) * s.var(ddof=1) + (m - 1) * t.var(ddof=1) / (n + m - 2)
    return (s.mean() - t.mean()) / np.sqrt(variance)


# %%
with using_answers():
    career = [rows(getattr(lists.tests[5], name)) for name in "xyab"]
    s, t = (association(part, *career[2:]) for part in career[:2])
    print("found on the net", round(effect_size_found_on_the_net(s, t), 2))
    print("yours           ", round(weat_effect_size(*career), 2))

# %% [markdown]
# **Think.** Why can WEAT's d never be 3.16, whatever the words? And which two things are wrong in the program?
#
# <details><summary>Answer</summary>
#
# The deviation below the line is that of *all* words, and the distance between X and Y is part of it. With two sets
# of equal size n it is largest when all words of X have one value and all words of Y another: then d is
# $2\sqrt{(2n-1)/(2n)}$, 1.94 for 8 + 8 words. The program, first, takes the deviation *inside* the sets ("pooled"),
# which makes Cohen's d: another measure, 8.37 here, without a bound. Second, a bracket closes too late: only the
# second term is divided by n + m - 2. The number it prints is neither. A test on a case with a known answer would
# have found both.
#
# </details>

# %% [markdown]
# ## 3. Could it be chance?
#
# Suppose the split of the words into X and Y meant nothing. Then any other partition (*partition*) of the same words
# into sets of these sizes could as well have come up. The **p-value** (*valeur p*) of the **permutation test** (*test
# de permutation*) is the share of all partitions whose difference, mean of s over X minus mean of s over Y, is **at
# least as large** as the observed one.
#
# - **All** partitions count, none is drawn at random. In the tests there are at most 8 words in X and Y together.
# - The observed partition is one of them: p is never 0.
# - **One-sided**: a large difference in favour of Y does not count.
# - Sums are rounded. **Two differences that are less than 1e-9 apart are equal**, and equal ones count.
#
# ### Exercise
#
# `combinations(range(n), k)`, imported above, lists all ways to choose k of n places. A word's s does not change when
# it goes to the other set: compute it once.


# %%
def weat_p_value(x, y, a, b):
    """Share of the partitions whose difference of means reaches the observed one.

    x: array (N, E); y: array (M, E); a: array (K, E); b: array (L, E)
    Returns a number above 0, at most 1.
    """
    ### BEGIN SOLUTION
    both = np.concatenate([association(x, a, b), association(y, a, b)])
    k, total = len(x), both.sum()
    observed = both[:k].mean() - both[k:].mean()
    reached = count = 0
    for chosen in combinations(range(len(both)), k):
        inside = both[list(chosen)].sum()
        difference = inside / k - (total - inside) / (len(both) - k)
        reached += difference >= observed - 1e-9
        count += 1
    return reached / count
    ### END SOLUTION


# %% [markdown]
# *Predict:* 8 + 8 words have 12,870 partitions. What is the least p that they can give?

# %%
with using_answers():
    for number in (6, 7, 8):
        test = lists.tests[number - 1]
        p = weat_p_value(*(rows(getattr(test, name)) for name in "xyab"))
        print(f"{number} {test.names[0]}, {test.names[1]}: p = {p:.2g}")

# %% [markdown]
# 1 of 12,870 is 0.000078: for careers and names no other partition goes as far.
#
# ### Find the bug: a p-value of 0
#
# With 25 + 25 words there are 126 million million partitions, and one draws some of them. A program does it like this;
# the worst of its faults stands in a published package as well:


# %% tags=["readonly"]
def p_value_found_on_the_net(s, t, rounds=2000):
    rng = np.random.default_rng(0)
    both = np.concatenate([s, t])
    count = 0
    for _ in range(rounds):
        drawn = rng.choice(both, len(both))
        count += drawn[: len(s)].mean() - drawn[len(s) :].mean() > s.mean() - t.mean()
    return count / rounds


# %%
with using_answers():
    print("career and family:", p_value_found_on_the_net(s, t))

# %% [markdown]
# **Think.** Three faults are in that function. One of them makes p = 0 possible. Which are they, and which is the
# worst?
#
# <details><summary>Answer</summary>
#
# 1. `rng.choice` draws **with replacement** (*avec remise*): a word may stand twice in the list, or in both sets, or
#    nowhere. That is no partition: of 16 draws from 16 words, all are different once in 881,658 times.
#    `rng.permutation(both)` gives one.
# 2. `>` where the definition says "at least as large": ties, the observed partition among them, do not count.
# 3. The observed partition should be counted: (1 + count) / (1 + rounds). A share of drawn partitions can be 0, the
#    p-value cannot (Phipson and Smyth 2010).
#
# `tplib.bias.weat_p_value` counts all partitions where it can, and draws with these rules where it cannot.
#
# </details>
#
# ### How much hangs on one word?
#
# p asks about the split into X and Y. It takes all four lists as given, and somebody wrote them. So leave out one word
# after the other, *mathematics and arts* again:

# %% alt="The effect size without each of the 32 words in turn, sorted: from 0.65 without “woman” to 1.15 without “man”, around 0.97 with all. Without “woman”, “brother” or “son” p is no longer below 0.05. A band shows the interval, from about 0.2 to 1.55."
without = bias.leave_one_out(vectors, *(getattr(math_and_arts, name) for name in "xyab"))
figures.left_out(
    without, bias.weat(vectors, *(getattr(math_and_arts, name) for name in "xyab"))
)
plt.show()
for one in (without[0], without[-1]):
    print(
        f"without {one.word:6} of {one.name}: d = {one.effect_size:.2f}, p = {one.p_value:.3f}"
    )

# %% [markdown]
# *Figure 1. Effect sizes of test 7, each without one word, sorted. The band is a 95 % interval from words drawn anew
# (bootstrap). Filled dots have p below 0.05.*
#
# Without the single word *woman* in B, d falls from 0.97 to 0.64 and p rises from 0.02 to 0.10. The interval from
# drawing the words of X and Y anew goes from about 0.2 to 1.6. And two lists of eight frequent words that were chosen
# at random:

# %%
rng = np.random.default_rng(0)
frequent = np.array([word for word in vectors.words if word.islower()])
chance = []
for _ in range(200):
    drawn = [vectors[word] for word in rng.choice(frequent, 16, replace=False)]
    chance.append(bias.weat_effect_size(np.array(drawn[:8]), np.array(drawn[8:]), A, B))
middle, high = np.quantile(np.abs(chance), [0.5, 0.95])
print(f"|d| of random lists: median {middle:.2f}, 95 % below {high:.2f}")
print(bias.weat(vectors, *(getattr(lists.tests[9], name) for name in "xyab")))

# %% [markdown]
# The last line is row 10: an interval from about -1 to 1 holds our number, the paper's, and almost everything else.
# With lists this short, -0.04 and -0.08 are the same result: none.

# %% [markdown]
# Play with it: leave out some words of each list, drawn 100 times. *Predict* first: how many words must go before the
# sign of *mathematics and arts* is no longer safe? And of *career and family*?

# %%
plots.explore_word_lists()

# %% [markdown]
# **Question 1 (2 points).** A newspaper writes: "Scientists prove with p = 0.02 that the language model thinks that
# women cannot do mathematics." Say what p = 0.02 means here and what it does not mean, and name one thing besides p
# that the article should report about this test. Use numbers from above.

# %% [markdown] tags=["written"] name="what_p_says" points=2
# p = 0.02: of the 12,870 partitions of these sixteen words into eight and eight, 2.3 % have a difference of mean
# associations at least as large as that of mathematics against arts, given these lists of male and female words. It
# is not the probability that the vectors are unbiased, and it says nothing of the size of the effect or of other
# words: without *woman* in the list p is already 0.10. The vectors are no model that thinks, and nobody's ability was
# measured: they say which words stand near which in American news.
#
# The article should report the lists, since one word changes the result; the effect size with its interval (0.97, from
# about 0.2 to 1.6); that ten tests were made, so that p of one of them is worth less; the texts and the years.
#
# ### BEGIN MARK SCHEME
# - 0.5: p is a share of partitions of these words (or: how often chance would give such a difference).
# - 0.5: what it is not: no probability of bias, no size, no ability of women, no thinking (one suffices).
# - 0.5: one thing to report: the lists, the effect size or its interval, the number of tests, the origin of the texts.
# - 0.5: a number from above supports the answer (0.97, 0.64, 0.10, the interval, the random lists).
# ### END MARK SCHEME

# %% [markdown]
# ## 4. A direction
#
# *she* and *he* differ by a vector, *woman* and *man* by another, and these differences resemble each other. Bolukbasi
# and others (2016) make one direction of ten pairs:
#
# 1. Scale every vector to length 1.
# 2. From both vectors of a pair subtract the middle (the mean) of that pair. K pairs give 2K rows.
# 3. Take the **first principal component** (*première composante principale*) of these rows: with
#    `U, S, Vt = np.linalg.svd(matrix, full_matrices=False)` it is the first *row* of `Vt`.
# 4. A component has no sign of its own. Turn it so that it points **from the first words to the second**: its dot
#    product with the mean of (second - first), both in length 1, is positive.
#
# ### Exercise
#
# The result has length 1. There may be a single pair.


# %%
def bias_direction(first, second):
    """The direction from the first words of the pairs to the second.

    first, second: arrays (K, E), a pair in each row
    Returns an array (E,) of length 1.
    """
    ### BEGIN SOLUTION
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = second / np.linalg.norm(second, axis=1, keepdims=True)
    middle = (first + second) / 2
    _, _, components = np.linalg.svd(
        np.concatenate([first - middle, second - middle]), full_matrices=False
    )
    direction = components[0]
    return direction if direction @ (second - first).mean(axis=0) > 0 else -direction
    ### END SOLUTION


# %% [markdown]
# A larger vocabulary of the same vectors, all of length 1, has the words for jobs.

# %% alt="Ten jobs along the direction from she to he: nurse, librarian and dancer furthest on the side of she, doctor and lawyer near 0, engineer, captain and philosopher on the side of he."
news = data.load("word2vec")
women = np.array([news[woman] for woman, man in lists.pairs])
men = np.array([news[man] for woman, man in lists.pairs])
print(" ".join(f"{woman}-{man}" for woman, man in lists.pairs))
shown = ["nurse", "librarian", "dancer", "teacher", "author"]
shown += ["lawyer", "doctor", "engineer", "captain", "philosopher"]
with using_answers():
    g = bias_direction(women, men)
    jobs = np.array([news[word] for word in shown])
    figures.words_on_axis(shown, cosine_similarity(jobs, g[None])[:, 0], ends=("she", "he"))
    plt.show()

# %% [markdown]
# *Figure 2. Cosines of ten jobs with the direction: left towards* she, *right towards* he.
#
# How good is one direction? And how biased are jobs on the whole? The mean of $|\cos(w, g)|$ over words that should be
# neutral is called *DirectBias*. With the absolute value: else both sides would cancel.

# %%
found = bias.bias_direction(news, lists.pairs)
professions = bias.lookup(news, lists.professions)
print("share of the variance, four largest:", np.array(found.explained[:4]))
print(f"DirectBias of 320 professions: {bias.direct_bias(professions.vectors, found):.3f}")
counted = [word for word in lists.women if word in news]
on_axis = bias.projection(bias.lookup(news, counted).vectors, found)
share = [lists.women[word] for word in counted]
r = np.corrcoef(on_axis, share)[0, 1]
print(f"correlation with the share of women in {len(counted)} jobs: {r:.2f}")
she_he = bias.ripa(bias.lookup(news, shown).vectors, news["she"], news["he"])
print("RIPA, from she to he:", dict(zip(shown[:4], she_he.round(2).tolist(), strict=False)))

# %% [markdown]
# The first component holds 61 % of what differs inside the pairs; the second 13 %. It goes along with the share of
# women in American jobs (the minus is a matter of direction). So part of what the vectors hold is true of the world,
# and that does not make it fair to decide by it. *RIPA* (Ethayarajh and others 2019) takes a single pair and leaves
# lengths as they are. Each measure is one choice of many: other pairs, another direction.
#
# A famous proof of bias deserves a second look, too. Analogies (*analogies*): *man* is to *doctor* as *woman* is to
# ...?


# %%
def analogy(a, b, c, leave_out):
    """The nearest words to b - a + c, the three words themselves left out or not."""
    wanted = news[b] - news[a] + news[c]
    order = np.argsort(-(news.vectors @ (wanted / np.linalg.norm(wanted))))[:6]
    return [news.words[i] for i in order if not (leave_out and news.words[i] in (a, b, c))][:3]


for a, b, c in (
    ("man", "doctor", "woman"),
    ("man", "programmer", "woman"),
    ("man", "king", "woman"),
):
    print(
        f"{b:10}",
        "left out:",
        analogy(a, b, c, True),
        "  not left out:",
        analogy(a, b, c, False),
    )

# %% [markdown]
# "*nurse*" is the answer only because the program may not say "*doctor*", the nearest word of all (Nissim and others
# 2020). So is "*queen*": without the rule the nearest word to *king - man + woman* is *king*.

# %% [markdown]
# ## 5. Take it out. What is left?
#
# To make a word $w$ neutral (*neutraliser*), remove its part along the direction $g$, and scale the rest to length 1:
#
# $$ w' = w - \frac{w \cdot g}{g \cdot g} \, g \qquad \text{then} \qquad \frac{w'}{|w'|} $$
#
# ### Exercise
#
# $g$ may have **any length** but 0. No word lies wholly along it.


# %%
def neutralize(words, direction):
    """The words without their part along the direction, in length 1.

    words: array (N, E); direction: array (E,), of any length
    Returns an array (N, E).
    """
    ### BEGIN SOLUTION
    share = words @ direction / (direction @ direction)
    rest = words - share[:, None] * direction
    return rest / np.linalg.norm(rest, axis=1, keepdims=True)
    ### END SOLUTION


# %%
with using_answers():
    neutral = neutralize(jobs, g)
    print("cosines with g before:", cosine_similarity(jobs, g[None])[:4, 0])
    print("cosines with g after: ", cosine_similarity(neutral, g[None])[:4, 0].round(3) + 0.0)

# %% [markdown]
# Zero. And along other axes of gender? Take out *she - he*, and look along *mother - father*:

# %%
plots.explore_bias_axis()

# %% [markdown]
# Is the bias gone? The whole recipe ("hard debiasing") makes all words neutral but 1,441 that speak of gender
# by definition (*queen*, *grandmother*, ...), and makes pairs such as *grandmother* and *grandfather* equally far
# from every neutral word (section 6). `tplib.bias.hard_debias` does it for 26,423 words.
#
# Gonen and Goldberg (2019) ask whether what was there can be *found again*. Of the words that should be neutral, take
# the 500 with most bias on each side, by the vectors *before*. *Predict:* can an algorithm that knows no gender tell
# them apart, by the vectors after?

# %%
before = news.vectors.astype(float)
after = bias.hard_debias(
    news.words, before, found, specific=lists.specific, pairs=lists.equalize
)
specific = set(lists.specific)
kept = [i for i, word in enumerate(news.words) if word.islower() and word not in specific]
was = before[kept] @ (before[news.words.index("he")] - before[news.words.index("she")])
she_side, he_side = bias.most_biased(was, 500)
place = {news.words[i]: n for n, i in enumerate(kept)}
asked = [place[word] for word in professions.words if word in place]
for name, rows_of in (("before", before[kept]), ("after", after[kept])):
    known = bias.cluster_accuracy(rows_of[she_side], rows_of[he_side])
    near = bias.neighbour_share(rows_of, was, asked)
    r = np.corrcoef(was[asked], near)[0, 1]
    some = {
        word: float(near[asked.index(place[word])].round(2)) for word in ("nurse", "captain")
    }
    print(
        f"{name:6}: two clusters are right for {known:.0%}; {len(asked)} jobs r = {r:.2f}",
        some,
    )

# %% [markdown]
# Clusters (*partitionnement*) that know no labels still put nine of ten words on the right side. The second number: for
# each of 303 jobs, which share of its 100 nearest words lay on the side of *he*? That share still goes along with the
# bias that was taken out (0.75 before, 0.61 after). Nothing of *nurse* lies along g any more, and yet of its neighbours
# only 30 of 100 are from the side of *he*, for *captain* 75.
#
# Did it harm the vectors? And what does WEAT say now?

# %%
changed = dict(zip(news.words, after, strict=True))
for name, table in (("before", news), ("after", changed)):
    quality, pairs, _ = bias.word_similarity(table, lists.similar)
    found_lists = [bias.lookup(table, getattr(math_and_arts, part)).vectors for part in "xyab"]
    d = bias.weat_effect_size(*found_lists)
    spread = np.abs(bias.association(np.concatenate(found_lists[:2]), *found_lists[2:])).max()
    print(f"{name:6}: similarity {quality:.3f} on {pairs} pairs", end="; ")
    print(f"WEAT 7: d = {d:5.2f}, largest |s| {spread:.3f}")

# %% [markdown]
# The similarity of words is judged as well as before (correlation with people's judgements). But WEAT 7 has turned
# round: -1.10. Look at s, not at d: the associations have shrunk to a sixth, and what is left is divided by its own
# small deviation. **An effect size has no unit**: it cannot say that a bias became small. (*equations* has no vector
# in this vocabulary, so the first d differs from that of section 2.)

# %% [markdown]
# **Question 2 (2 points).** A company sells word vectors for sorting job applications: "Debiased: the gender
# direction has been removed, cosines with it are 0.000." Say what the number shows, give two findings from above that
# speak against "debiased", and say what you would want to measure instead, for this use.

# %% [markdown] tags=["written"] name="what_removal_leaves" points=2
# The number shows that the words have no part along this one direction: it is the definition of the operation and would
# be 0 whatever else is in the vectors. Against "debiased": two clusters that know no gender put nine of ten words on
# their former side; the neighbours of a job still go along with its former bias (0.61); WEAT, computed on the changed
# vectors, is not 0. The direction came from ten pairs for two genders and says nothing of race, age or names. A list
# decides which words are neutral.
#
# For this use I would measure the application itself: whether the ranking of applications changes when names, pronouns
# or the gender of the words change, and the rates by group among suitable applicants, with intervals, on real ones.
#
# ### BEGIN MARK SCHEME
# - 0.5: 0.000 along one direction is true by construction.
# - 0.5 each, at most 1: findings (clusters, neighbours, WEAT after, one direction for two genders, the lists).
# - 0.5: a measure of the use: rates or rankings by group, a counterfactual test (not one more number on the vectors).
# ### END MARK SCHEME

# %% [markdown]
# ## 6. At home: equal pairs
#
# After neutralising, *grandmother* and *grandfather* may still stand at unlike distances from *babysitter*. To
# **equalise** (*égaliser*) a pair, scale both to length 1 and let $g$ have length 1 as well. With $\mu$ the mean of
# both, and $\nu$ what remains of $\mu$ without its part along $g$,
#
# $$ \nu + z g \quad \text{and} \quad \nu - z g, \qquad z = \sqrt{1 - |\nu|^2} $$
#
# - The word that lies farther along $g$ (in length 1) gets the plus. In the tests it is clear which one.
# - The three vectors may come in **any length**.
# - The results have length 1, in the order of the arguments.
#
# ### Exercise


# %%
def equalize(first, second, direction):
    """The pair, made different along the direction only.

    first, second, direction: arrays (E,), of any length
    Returns two arrays (E,).
    """
    ### BEGIN SOLUTION
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    if u @ g < v @ g:
        z = -z
    return off + z * g, off - z * g
    ### END SOLUTION


# %%
with using_answers():
    pair = np.array(equalize(news["grandmother"], news["grandfather"], g))
    sitter = neutralize(news["babysitter"][None], g)
    old = cosine_similarity(
        news["babysitter"][None], np.array([news["grandmother"], news["grandfather"]])
    )
    print("along g", pair @ g)
    print(
        "cosines with babysitter before", old[0], "after", cosine_similarity(sitter, pair)[0]
    )

# %% [markdown]
# ### Find the bug: a root that never complains
#
# Notebooks of a well-known course have `np.sqrt(np.abs(1 - off @ off))` on vectors as they come. With the first vectors
# of this notebook, whose lengths are about 2:

# %%
u, v = np.array(vectors["brother"], float), np.array(vectors["sister"], float)
axis = np.array(vectors["he"], float) - vectors["she"]
axis /= np.linalg.norm(axis)
off = (u + v) / 2 - ((u + v) / 2 @ axis) * axis
print("1 - |nu|^2 =", round(1 - off @ off, 2))
print(
    "length of the result:",
    round(np.linalg.norm(off + np.sqrt(np.abs(1 - off @ off)) * axis), 2),
)

# %% [markdown]
# **Think.** What did the author see before adding `abs`, and what should have been the cure?
#
# <details><summary>Answer</summary>
#
# A warning and `nan`: the root of -5.18. That was no accident of rounding but a broken assumption: the formula is
# Pythagoras for vectors of length 1, and these are longer. `abs` silences the warning and makes pairs of any length.
# The cure is to scale first. (`max(0, ...)` is fine for rounding errors below 0, of the order of 1e-16.)
#
# </details>

# %% [markdown]
# ## 7. At home: French is not English with other words
#
# In French every noun has a gender: *la table*, *le bureau*. This **grammatical gender** (*genre grammatical*) is not
# that of a person. What does a translated WEAT measure? Eight pieces of furniture and things of grammatically
# feminine gender, eight of masculine, against female and male words. The encoder reads 16 languages.

# %%
encoder = data.load("use-multilingual")
feminine = "la table/la chaise/la voiture/la cuillère/la lampe/la maison/la fenêtre/la porte"
masculine = "le bureau/le fauteuil/le camion/le couteau/le réveil/le jardin/le mur/le toit"
femmes = "la femme/la fille/elle/la mère/la sœur/la tante/la grand-mère"
hommes = "l'homme/le garçon/il/le père/le frère/l'oncle/le grand-père"
english = (
    "the table/the chair/the car/the spoon/the lamp/the house/the window/the door",
    "the desk/the armchair/the truck/the knife/the alarm clock/the garden/the wall/the roof",
    "the woman/the girl/she/the mother/the sister/the aunt/the grandmother",
    "the man/the boy/he/the father/the brother/the uncle/the grandfather",
)


def bare(text):
    for article in ("la ", "le ", "l'", "the "):
        text = text.removeprefix(article).replace("/" + article, "/")
    return text


french = (feminine, masculine, femmes, hommes)
for name, texts in (("French", french), ("English", english)):
    for form, change in (("with article", str), ("without", bare)):
        sets = [encoder.encode(change(text).split("/")) for text in texts]
        d, p = bias.weat_effect_size(*sets), bias.weat_p_value(*sets)
        print(f"{name:8} {form:13} d = {d:5.2f}, p = {float(p):.3f}")

# %% [markdown]
# Tables and chairs are "female" with d = 1.40 in French, where the article says so, against 0.56 for the same things in
# English. Nobody is hurt by that, and a test of
# jobs would hold the same effect beside the stereotype. Zhou and others (2019) and Omrani Sabbaghi and Caliskan
# (2022) separate the two before they measure.
#
# A job has two forms in French, and a test needs both. Where do they lie on the axis from *femme* to *homme*?

# %%
words = [bare(text).split("/") for text in (femmes, hommes)]
table = dict(zip(sum(words, []), encoder.encode(sum(words, [])), strict=True))
axis = bias.bias_direction(table, list(zip(*words, strict=True)))
forms = [
    ("infirmière", "infirmier"),
    ("institutrice", "instituteur"),
    ("coiffeuse", "coiffeur"),
    ("ingénieure", "ingénieur"),
    ("mécanicienne", "mécanicien"),
    ("autrice", "auteur"),
]
for pair in forms:
    one, other = bias.projection(encoder.encode(list(pair)), axis)
    middle = (one + other) / 2
    print(f"{pair[0]:13} {one:+.2f}   {pair[1]:12} {other:+.2f}   middle {middle:+.2f}")
for word in ("secrétaire", "juge"):
    print(f"{word:13} {bias.projection(encoder.encode([word]), axis)[0]:+.2f}")

# %% [markdown]
# The two forms of a job lie apart because of their endings. It is the *middle* of both that can be compared with
# another job, and a single form cannot: "infirmière" against "ingénieur" compares two grammars and two jobs at once.
# Epicene words (*épicènes*: one form for all, *secrétaire*, *juge*) need no middle.
#
# And is the word in the list at all? Lexique holds French nouns with their frequency in film subtitles and in books:

# %%
nouns = data.load("lexique")
for pair in (*forms, ("procureure", "procureur"), ("pompière", "pompier")):
    counts = [nouns["films"][nouns["word"] == word].sum() for word in pair]
    there = ["" if word in set(nouns["word"]) else " (not in the lexicon)" for word in pair]
    print(
        "   ".join(
            f"{w:12} {n:6.2f}{mark}" for w, n, mark in zip(pair, counts, there, strict=True)
        )
    )
for name, short in (("masculine", "m"), ("feminine", "f"), ("neither", "")):
    print(f"{name}: {(nouns['gender'] == short).sum():,} nouns")

# %% [markdown]
# *autrice*, *ingénieure*, *procureure* and *pompière* are missing: a test built on this lexicon has no woman in these
# jobs, and says nothing about it. "Nothing was found" and "nothing was asked" look the same in a table.

# %% [markdown]
# **Question 3 (1 point).** You are to bring *mathematics and arts / male and female* to French. Name two decisions
# that a translation of the four lists does not make for you, and how you would report the result.

# %% [markdown] tags=["written"] name="weat_in_french" points=1
# The nouns have a gender: *poésie* and *sculpture* are feminine, *art* and *roman* masculine; I would balance both
# lists, or remove the grammatical gender first, since it would be measured along. With or without article, which
# carries the gender. *his* and *her* have no counterpart (*son*, *sa* agree with the thing), and *calcul* or
# *numbers* have other senses. Words of people need both forms, and those without a vector are reported. I would
# report the lists, both genders apart, the effect with its interval, and a control: the same test on things that have
# no stereotype.
#
# ### BEGIN MARK SCHEME
# - 0.5: two decisions (grammatical gender of the targets, article, possessives, both forms, senses, missing words);
#   0.25 for one.
# - 0.5: a report that shows it: lists, missing words, genders apart, or a control with things.
# ### END MARK SCHEME

# %% [markdown]
# ## 8. What to remember
#
# - WEAT compares two lists of words by two others. The lists are part of the result: report them, and what was missing.
# - d is divided by the deviation of all words: it has no unit, stays below about 2, and cannot say that a bias is
#   small.
# - p is a share of partitions: all of them, or drawn without replacement and with the observed one counted. It takes
#   the lists as given, and one word can decide.
# - A direction is a choice of pairs. What lies along it can be removed; what stands beside it stays.
# - An operation that sets a number to 0 by construction is not tested by that number.
# - In French, a noun's own gender is measured along. Compare both forms, and say which words the lists lack.
# - A number on vectors is no harm to a person yet: say who is affected, and how, before you measure (Blodgett and
#   others 2020, 2021).
