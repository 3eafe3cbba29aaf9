# %% [markdown]
# # When a classifier decides about people
#
# *TP9, notebook 3 of 3*
#
# **Aim.** You measure how a classifier treats groups (*groupes*) of people, with error rates by group, and you learn
# why several definitions of fairness (*équité*) cannot hold at once. You write the same text about a person of
# another gender, let a classifier read both, and try two ways to repair it. After each repair you look at what moved.
#
# **Time.** 55 minutes in the session, 25 at home. The session does sections 1 to 5; what is for home says *at home*
# in its heading.
#
# **What is graded.** {{count}} functions, {{points}}. Each function has a check cell under it. Run the
# check as often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints.
# Your work is graded by the same check on other inputs. There are 3 answers in words besides, for 5 points: your
# teacher reads them.
#
# **A note on the content.** The data speak of arrests, of race and of gender as American authorities wrote them down.
# The words for groups are those of the files; two genders is what they record, not what there is. No measure below
# says that a system is fair: it says how certain rows come out under one definition.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time. It needs no network: the data are on your machine already.

# %% tags=["readonly"]
import re

import matplotlib.pyplot as plt
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

from tplib import bias, data, plots
from tplib.graders import check, using_answers
from tplib.plots import fairness as figures

np.set_printoptions(precision=3, suppress=True)

# %% [markdown]
# ## 1. Two newsrooms, one table
#
# In the United States, courts use scores of the risk that a person will be charged again. In 2016 the newspaper
# ProPublica published what became of 7,214 people in Broward County who had got a score from 1 to 10 by a program
# named COMPAS: charged again within two years (class 1) or not (class 0). A score of 5 or more counts as the answer
# 1, "risk".
#
# An arrest is not a crime. Who is charged depends on where the police look, and that is in the classes from the
# start: no rate below can take it out again. We look at the two largest groups of the file.

# %%
compas = data.load("compas")
chosen = np.isin(compas["race"], ["African-American", "Caucasian"])
charged = compas["two_year_recid"][chosen]
risk = (compas["decile_score"][chosen] >= 5).astype(int)
race = list(np.where(compas["race"][chosen] == "Caucasian", "white", "black"))
print(len(charged), "people;", race.count("black"), "black,", race.count("white"), "white")

# %% [markdown]
# Three rates of a group:
#
# - the **selection rate**: the share of answers 1 among *all* its rows;
# - the **true positive rate** (*taux de vrais positifs*): the share of answers 1 among its rows of *class 1*;
# - the **false positive rate** (*taux de faux positifs*): the share of answers 1 among its rows of *class 0*.
#
# ### Exercise
#
# Write `group_rates`. **A rate among no rows is undefined: `float("nan")`**, not 0, which would claim that nobody was
# wrongly selected.


# %%
def group_rates(y_true, y_pred, groups):
    """Selection rate, true positive rate and false positive rate of each group.

    y_true: classes (N,), 0 or 1
    y_pred: answers of the classifier (N,), 0 or 1
    groups: list of N names
    Returns for each name a dictionary {"selection_rate": ..., "true_positive_rate": ...,
    "false_positive_rate": ...}; a rate is a number from 0 to 1, or nan among no rows.
    """
    ### BEGIN SOLUTION
    names = np.array(groups)

    def share(answers):
        return float(answers.mean()) if len(answers) else float("nan")

    rates = {}
    for name in set(groups):
        true, answers = y_true[names == name], y_pred[names == name]
        rates[name] = {
            "selection_rate": share(answers),
            "true_positive_rate": share(answers[true == 1]),
            "false_positive_rate": share(answers[true == 0]),
        }
    return rates
    ### END SOLUTION


# %% [markdown]
# *Before you run the next cell:* which group do you expect to have the higher false positive rate? By how much?

# %%
with using_answers():
    for name, rates in sorted(group_rates(charged, risk, race).items()):
        print(f"{name:6}", {rate: round(value, 4) for rate, value in rates.items()})

# %% [markdown]
# Of those who were *not* charged again, 44.85 % of the black and 23.45 % of the white people had been called a risk.
# These are ProPublica's figures. How sure are they? `tplib.bias.group_rates` is the library's version: it adds
# Wilson's 95 % intervals (*intervalles de confiance*), and more rates.

# %% tags=["compare"]
table = bias.group_rates(charged, risk, race)
for rate in ("false_positive_rate", "false_negative_rate", "precision"):
    for name, value in table.by(rate).items():
        print(f"{rate:20} {name:6} {value}")

# %% alt="Rates by group with their intervals. False positives: 45 % of black, 23 % of white people. Precision: 63 % and 59 %."
shown = {"false positives": "false_positive_rate", "precision": "precision"}
figures.rate_panels(
    {
        title: {name: (r.value, r.low, r.high) for name, r in table.by(rate).items()}
        for title, rate in shown.items()
    }
)

# %% [markdown]
# *Figure 1. Left: of those not charged again, who was called a risk. Right: of those called a risk, who was charged
# again. The bars are 95 % intervals.*
#
# The makers of COMPAS answered with the right panel: the *precision* (*précision*), the share of those called a risk
# who were charged again, is 63 % for black and 59 % for white people. A judge who reads "risk" can take it at about
# the same worth for both. The left panel says: whoever stays free of charges is twice as likely to be called a risk
# if black. Both are right. They divide by different rows.
#
# The same score in small steps: does a score of 7 mean the same in both groups?

# %% alt="Share charged again against the COMPAS score, 1 to 10, for black and white people: both curves rise from about 0.2 to above 0.7, close together."
score = compas["decile_score"][chosen]
curves = {}
for name in ("black", "white"):
    mine = np.array(race) == name
    shares = [charged[mine & (score == s)].mean() for s in range(1, 11)]
    curves[name] = (np.arange(1, 11), np.array(shares))
figures.group_curves(curves, "COMPAS score", "share charged again")
plt.show()

# %% [markdown]
# *Figure 2. Share of people charged again, for each score.*
#
# The curves lie close together: the score is about equally *calibrated* (*calibré*) in both groups. Yet the groups
# differ in how many are charged at all, 51 % against 39 %. With unlike base rates (*taux de base*) and errors, equal
# precision and equal error rates exclude each other (Chouldechova 2017; Kleinberg and others 2017). Somebody has to
# choose, and the choice is not a matter of computing.

# %% [markdown]
# **Question 1 (2 points).** ProPublica calls the score biased, its makers call it fair, and both computed correctly.
# Say which rows each divides by, and why both demands cannot be met here. Which one would you put first for a score
# that decides about bail, and for whom does that cost something?

# %% [markdown] tags=["written"] name="two_definitions" points=2
# ProPublica takes the people who were not charged again and asks how many of them were called a risk (false positive
# rate: 45 % black, 23 % white). The makers take the people called a risk and ask how many were charged again
# (precision: 63 % and 59 %). The groups have different base rates in these data (51 % and 39 %). With the same
# precision and a score that errs, the group with the higher base rate gets more answers 1, and with them more false
# positives: equal precision and equal error rates are possible together only without errors or with equal base rates.
#
# For bail, a false positive is a person who stays in prison without cause: one can put equal false positive rates
# first. It costs precision in one group: the same word "risk" then means less there. The other choice is defended by
# the judge's need for a score that means the same for everyone; it costs the innocent of the group with the higher
# base rate. The base rates themselves are arrests, and carry what the police did.
#
# ### BEGIN MARK SCHEME
# - 0.5: the rows below each line (not charged again; called a risk).
# - 0.5: unlike base rates and errors exclude equal precision with equal error rates (0.25 if base rates are missing).
# - 0.5: a choice with a reason that fits bail; either choice earns it.
# - 0.5: who pays for that choice, or that the base rates are arrests and not crimes.
# ### END MARK SCHEME

# %% [markdown]
# ## 2. One number for the gap
#
# *Equalised odds* (*égalité des chances*, Hardt and others 2016) ask that the true positive rates be equal, and the
# false positive rates too. The distance from it is the worst of the two: the **larger** of
#
# - the largest true positive rate minus the smallest, over all groups,
# - the largest false positive rate minus the smallest.
#
# ### Exercise
#
# There can be more than two groups. Every group in the tests has rows of both classes. You may use your
# `group_rates`.


# %%
def equalized_odds_gap(y_true, y_pred, groups):
    """The larger of the two gaps: in true positive rates, in false positive rates.

    y_true, y_pred: (N,), 0 or 1
    groups: list of N names
    Returns a number from 0 (equal odds) to 1.
    """
    ### BEGIN SOLUTION
    rates = group_rates(y_true, y_pred, groups).values()
    gaps = []
    for rate in ("true_positive_rate", "false_positive_rate"):
        values = [found[rate] for found in rates]
        gaps.append(max(values) - min(values))
    return max(gaps)
    ### END SOLUTION


# %% [markdown]
# Another number is in use: the *average odds difference*, the mean of two signed gaps. A report says of the small
# table below: "average odds difference 0.0, the classifier is fair". Find the bug, which is not in the code:

# %%
t = np.array([1] * 10 + [0] * 10 + [1] * 10 + [0] * 10)
p = np.array([1] * 8 + [0] * 2 + [1] * 2 + [0] * 8 + [1] * 5 + [0] * 5 + [1] * 5 + [0] * 5)
g = ["men"] * 20 + ["women"] * 20
print(
    "average odds difference",
    abs(round(bias.average_odds_difference(t, p, g, privileged="men"), 3)),
)
with using_answers():
    for name, rates in sorted(group_rates(t, p, g).items()):
        print(f"{name:6}", {rate: round(value, 3) for rate, value in rates.items()})
    print("your gap", round(equalized_odds_gap(t, p, g), 3))

# %% [markdown]
# Women of class 1 are found less often (0.5 against 0.8), women of class 0 are selected more often (0.5 against 0.2):
# both are errors at their cost, and +0.3 and -0.3 cancel. A mean of signed gaps can be 0 while the odds differ.

# %% [markdown]
# ## 3. A classifier of your own
#
# The American census of 1994 recorded 48,842 people and whether they earned more than 50,000 dollars a year. Banks
# like such a question. You train a logistic regression (*régression logistique*) on 32,561 rows, and look at the
# other 16,281. The limit of 50,000 dollars is arbitrary, and another one gives other gaps (Ding and others 2021).

# %%
train, test = data.load("adult")
columns = (
    "age",
    "workclass",
    "education-num",
    "marital-status",
    "occupation",
    "sex",
    "hours-per-week",
    "capital-gain",
)


def rows_of(table):
    """One dictionary a person; numbers divided so that they are of the order of 1."""
    size = {"age": 50, "education-num": 10, "hours-per-week": 40, "capital-gain": 10_000}
    kept = [table[name] / size[name] if name in size else table[name] for name in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*kept, strict=True)]


def trained(weights=None):
    """Train on the weighted rows; returns the scores (N,) of the test rows."""
    model = make_pipeline(DictVectorizer(), MaxAbsScaler(), LogisticRegression(max_iter=400))
    model.fit(rows_of(train), train["income"], logisticregression__sample_weight=weights)
    return model.predict_proba(rows_of(test))[:, 1]


plain_scores = trained()
sex = list(np.where(test["sex"] == "Female", "women", "men"))
income = test["income"]


def report(scores, threshold=0.5):
    answers = (scores >= threshold).astype(int)
    right, gap = (answers == income).mean(), equalized_odds_gap(income, answers, sex)
    print(f"accuracy {right:.3f}, gap {gap:.3f}")
    for name, rates in sorted(group_rates(income, answers, sex).items()):
        print(f"  {name:6}", {rate: round(value, 3) for rate, value in rates.items()})


with using_answers():
    report(plain_scores)

# %% [markdown]
# Women are selected a fifth as often as men. Part of it is in the file, where 11 % of the women and 30 % of the men
# are of class 1; and of those who *are* of class 1 the classifier finds fewer among women.
#
# *Predict:* would it help to delete the column `sex`?

# %%
kept_columns = columns
columns = tuple(name for name in columns if name != "sex")
with using_answers():
    report(trained())
columns = kept_columns

# %% [markdown]
# The gap shrinks a little, from 0.22 to 0.19. Marital status, occupation and hours still tell much about gender: what is deleted comes back
# through its neighbours.
#
# Where the threshold stands is a choice, too:

# %% alt="True positive rate against the threshold: the men's curve lies above the women's everywhere, by up to 0.2 in the middle."
thresholds = np.linspace(0.02, 0.98, 49)
by_group = bias.gaps_by_threshold(income, plain_scores, sex, thresholds)
figures.group_curves(
    {name: (thresholds, rates["true_positive_rate"]) for name, rates in by_group.items()},
    "threshold",
    "true positive rate",
)
plt.show()

# %% [markdown]
# *Figure 3. Share of the people of class 1 who are found, against the threshold.*
#
# At each of these thresholds fewer women of class 1 are found than men. Two thresholds, one for each
# group, can make the rates equal; in many countries that is forbidden, because it treats two people with the same
# score differently. Note the rule: choose a threshold on other rows than those on which you report.
#
# Try it on COMPAS. Which two thresholds make the odds about equal? And what happens to the precision then?

# %%
plots.explore_thresholds()

# %% [markdown]
# ## 4. The same text, another person
#
# A *counterfactual* (*contrefactuel*) asks: what would the classifier say if the text spoke of a man instead of a
# woman? For that you need the other text.
#
# ### Exercise
#
# Write `counterfactual_swap(text, pairs)`. A *word* is a run of letters as long as possible, so that "he's", "he-man"
# and "he2" begin with the word "he", and "the" does not hold it. The texts are English, without accents: a letter is
# one of a to z or A to Z. Each word that stands in `pairs` becomes its partner. Four pronouns are not in `pairs`,
# because English is not symmetric:
#
# | word | becomes |
# |---|---|
# | him | her |
# | his | her |
# | hers | his |
# | her | **his** if one space and a letter follow ("her book"), **him** otherwise ("I saw her.", "her 2 books") |
#
# - **All words change in one pass**: no word is changed twice.
# - **Capitals stay**: He becomes She, HE becomes SHE, he becomes she.
# - **Everything else stays**, spaces and marks too.
#
# The rule for *her* is rough: "I saw her leave" comes out wrong. Taggers do better, none is perfect.

# %%
PAIRS = {}
for one, other in [
    ("he", "she"),
    ("man", "woman"),
    ("men", "women"),
    ("actor", "actress"),
    ("boy", "girl"),
]:
    PAIRS[one], PAIRS[other] = other, one


# %%
def counterfactual_swap(text, pairs):
    """The text about a person of the other gender.

    text: a string
    pairs: {word: partner}, all in lower case, both directions in it
    Returns a string.
    """
    ### BEGIN SOLUTION
    pronouns = {"him": "her", "his": "her", "hers": "his"}

    def partner(match):
        word = match.group()
        low = word.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[match.end() :]) else "him"
        else:
            new = pronouns.get(low) or pairs.get(low)
        if new is None:
            return word
        if len(word) > 1 and word.isupper():
            return new.upper()
        return new.capitalize() if word[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)
    ### END SOLUTION


# %%
with using_answers():
    for text in (
        "She likes her job, and the men like her.",
        "He said: HE did. This book is hers.",
    ):
        print(text, "->", counterfactual_swap(text, PAIRS))

# %% [markdown]
# Now a classifier of film reviews: words and pairs of words weighted by TF-IDF, as in TP5. It was never told about
# gender. Does its opinion of a review change with the gender in it?

# %%
snippets = data.load("snippets")


def sentiment(texts, labels):
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(C=3, max_iter=400)
    )
    return model.fit(texts, labels)


def swap_gap(model, texts, swap):
    """How much the scores and answers change, over the texts that the swap changes."""
    pairs = [(text, swap(text)) for text in texts]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    before, after = (
        model.predict_proba(list(side))[:, 1] for side in zip(*pairs, strict=True)
    )
    changed = (before >= 0.5) != (after >= 0.5)
    moved = np.abs(before - after).mean()
    print(f"{len(pairs)} texts change; mean change of the score {moved:.3f}")
    print(f"answers that change: {changed.mean():.1%}")


reader = sentiment(snippets.train.texts, snippets.train.labels)
correct = reader.score(snippets.test.texts, snippets.test.labels)
print(f"accuracy on test reviews {correct:.3f}")
swap_gap(reader, snippets.test.texts, bias.counterfactual_swap)

# %% [markdown]
# `tplib.bias.counterfactual_swap` has a longer list of words than `PAIRS`. In one of twenty of these reviews the
# answer itself changes, although nothing changed but the gender. Which way? Five small sentences, every word in each:

# %%
frames = [
    "{} is a doctor",
    "the {} in this film",
    "a film about a {}",
    "{} is brilliant",
    "a {} 's story",
]
for words in (("he", "she"), ("actor", "actress"), ("man", "woman")):
    means = [
        reader.predict_proba([frame.format(word) for frame in frames])[:, 1].mean()
        for word in words
    ]
    print("  ".join(f"{word} {mean:.2f}" for word, mean in zip(words, means, strict=True)))

# %% [markdown]
# "he" scores above "she", and "actress" above "actor": the direction depends on the words that one picks. A test on
# one pair of words is a choice, and a report should say which pairs were tried and not only which were found.

# %% [markdown]
# ## 5. Repair, and look at what moved
#
# ### Reweighing
#
# In the training rows class 1 is rarer among women. *Reweighing* (*repondération*, Kamiran and Calders 2012) gives
# each row the weight
#
# $$ w = \frac{n(\text{group}) \; n(\text{class})}{N \; n(\text{group and class})} $$
#
# rows *expected* if class and group were independent, over rows *found*. With these weights every group has the same
# share of class 1.
#
# ### Exercise


# %%
def mitigate(labels, groups):
    """Weights with which class and group are independent.

    labels: (N,), 0 or 1
    groups: list of N names
    Returns an array (N,).
    """
    ### BEGIN SOLUTION
    names = np.array(groups)
    weights = np.empty(len(labels))
    for name in set(groups):
        for label in set(labels.tolist()):
            both = (names == name) & (labels == label)
            expected = (names == name).sum() * (labels == label).sum() / len(labels)
            weights[both] = expected / both.sum()
    return weights
    ### END SOLUTION


# %% [markdown]
# *Predict* before you run it: which of the two will fall, the gap between selection rates or that of the odds?

# %%
with using_answers():
    weights = mitigate(train["income"], list(train["sex"]))
    print("weights", np.unique(weights.round(3)))
    print("before: ", end="")
    report(plain_scores)
    print("after:  ", end="")
    report(trained(weights))

# %% [markdown]
# The selection rates come nearer to each other, from 0.20 apart to 0.10. The gap of the odds falls as well, from 0.22
# to 0.09, but look whose it is: it has turned round. Now men of class 1 are missed more often than women, and both
# kinds of false positives have moved. The accuracy falls a little. Reweighing was made for parity and does not know of
# odds; a gap without its direction does not tell who bears the errors.
#
# ### Augmentation
#
# For the reviews: add the swapped twin of every training text, with the same label (*augmentation de données*). Two
# rules. The twin's label is that of the text. And **split first, augment afterwards**: a twin of a test text in the
# training part would leak its label.

# %%
swapped = [bias.counterfactual_swap(text) for text in snippets.train.texts]
twins = [i for i, text in enumerate(snippets.train.texts) if swapped[i] != text]
texts = snippets.train.texts + [swapped[i] for i in twins]
labels = np.concatenate([snippets.train.labels, snippets.train.labels[twins]])
repaired = sentiment(texts, labels)
correct = repaired.score(snippets.test.texts, snippets.test.labels)
print(f"{len(twins)} twins; accuracy {correct:.3f}")
swap_gap(repaired, snippets.test.texts, bias.counterfactual_swap)

# %% [markdown]
# The mean change falls to a quarter, the accuracy stays. Not to zero: rare words and pairs of words still tell the
# genders apart. And the repair is measured with the list of words that made it. Names ("Julia", "Tom") and words
# outside the list were neither augmented nor tested.

# %% [markdown]
# **Question 2 (2 points).** A company reports: "We removed the gender column and reweighed the data. The gap in
# selection rates fell from 0.20 to 0.10: our model is no longer biased." Write to them: name two things that the
# number does not show and one that you would want to see before you agree to deploy the model.

# %% [markdown] tags=["written"] name="what_a_number_leaves_out" points=2
# The gap in selection rates does not look at the truth: the odds can move apart while it falls, as above, where the
# true positive rate of men dropped below that of women. Other columns (marital status, occupation) still hold gender,
# so the column's removal shows nothing. Two genders were counted, and no subgroup: women of one race or age may be
# worse off than before. The number has no interval, and may come from the rows on which the choice was made.
#
# I would want to see the error rates of each group and of subgroups, with intervals, on rows that were not used for
# the choice; who bears which error in this use; what was tried before; and a test on the people whom it will meet.
#
# ### BEGIN MARK SCHEME
# - 0.5 each, at most 1: things that the number does not show (odds or error rates; proxies; subgroups or other groups;
#   uncertainty; chosen on the test rows; the labels themselves).
# - 0.5: one concrete thing to see (rates by group with intervals on fresh rows, or a study in use).
# - 0.5: the sentence "no longer biased" is answered: a measure under one definition cannot say it.
# ### END MARK SCHEME

# %% [markdown]
# ## 6. At home: in French
#
# English swaps words, French swaps whole phrases: article, adjective and participle agree (*s'accordent*) with the
# noun, and the next letter decides about elision.

# %%
for text in (
    "L'infirmière est très patiente et compétente.",
    "Un vieil ami du directeur est arrivé.",
    "Son dentiste et sa dentiste.",
    "L'élève parle à son autrice préférée.",
):
    result = bias.counterfactual_swap_french(text)
    print(text, "->", result.text, f"(left: {', '.join(result.left)})" if result.left else "")

# %% [markdown]
# Three traps of French. "son infirmière" tells the gender of the nurse, never that of the person who has one: a
# translated English test that swaps "his" and "her" measures nothing there. "l'élève" shows no gender at all, and the
# function says that it left it. And "préférée" stays feminine in the last line: the short list of adjectives does
# not hold it. Read what comes out. Common French lexicons lack "autrice", "pompière" or "ingénieure", so a test
# built on them has no woman in these jobs.

# %% [markdown]
# **Question 3 (1 point).** A team translates the pair "The nurse lost his keys / The nurse lost her keys" word by word
# into French, to test a model. What does the French pair measure, and how would you build a French pair that
# measures the same as the English one?

# %% [markdown] tags=["written"] name="translated_test" points=1
# "L'infirmier a perdu ses clés / L'infirmière a perdu ses clés": the possessive shows no owner's gender ("ses"), and
# the noun itself had to take a gender in both sentences. The French pair changes the noun, a different word with a
# different frequency, so that the difference mixes the word with the stereotype; grammatical gender is not social
# gender. A pair that measures the same keeps the noun without a cue and gives the cue elsewhere: an epicene noun with
# elision or a plural ("l'élève ... il / elle", "les fonctionnaires ... ils / elles"), or both forms of the noun
# compared with both pronouns.
#
# ### BEGIN MARK SCHEME
# - 0.5: the possessive carries no gender of the owner, or the noun itself changes, so something else is measured.
# - 0.5: a construction with the cue outside the noun (epicene noun with a pronoun), or both forms compared.
# ### END MARK SCHEME

# %% [markdown]
# ## 7. What to remember
#
# - A rate is a share *of something*: say of which rows. Among no rows it is undefined, and 0 would be a claim.
# - Precision, error rates and calibration divide by different rows. With unlike base rates they cannot all be equal.
# - A gap is the worst of its parts; a mean of signed gaps can hide both.
# - Deleting a column does not delete what its neighbours know.
# - A counterfactual is as good as its list of words and its grammar; in French, agreement and elision belong to it.
# - A repair moves errors from some people to others. Measure what you did not repair, too, on rows that you did not
#   choose with.
# - Labels come from people and institutions. No rate computed from them can show what is wrong with them.
