# %% [markdown]
# # Word vectors from context
#
# *TP8, notebook 1 of 5*
#
# **Aim.** A word is known by the company it keeps. You build word2vec (*vecteurs de mots*, word vectors): from the pairs
# of words that stand near each other in a text.
#
# **Time.** 10 minutes in the session, 0 at home.
#
# **What is graded.** 1 exercises, 1 points, all in the session. Under each one stands its check. Run it as often as you
# like: it says what is right, shows a small input on which your code is wrong, and holds hints that you unfold one by
# one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy and plain Python, and your own earlier answers. Do not change the arrays and lists that
# you are given.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any time.

# %% tags=["readonly"]
from tplib.graders import check, using_answers

# %% [markdown]
# ## 1. Words and their contexts
#
# The words around a word are its **context** (*contexte*). With a window (*fenêtre*) of 2, the contexts of *root* in
# "the carrot is a root vegetable usually orange" are *is*, *a*, *vegetable* and *usually*: two words on each side.
# Skip-gram learns from all pairs (centre, context) of a text.
#
# - A context is a word of the **same sentence**, at most `window` places before or after the centre.
# - Near the ends of a sentence there are fewer. Sentences may be empty, or have one word: those give no pair.
# - A **place** is not its own context. But the same word at another place is: in "no no", (no, no) comes twice.
# - A pair that occurs several times is listed several times. The order of the list is free.
# - Words are strings, or numbers from 0. `window` is at least 1.
#
# ### Exercise


# %%
def skipgram_pairs(sentences, window):
    """All pairs (centre, context) of words at most `window` places apart.

    sentences: list of sentences, each a list of words
    window: how many words on each side
    Returns a list of pairs, in any order.
    """
    ### BEGIN SOLUTION
    pairs = []
    for words in sentences:
        for i, centre in enumerate(words):
            for j in range(max(i - window, 0), min(i + window + 1, len(words))):
                if j != i:
                    pairs.append((centre, words[j]))
    return pairs
    ### END SOLUTION


# %%
with using_answers():
    line = ["the", "carrot", "is", "a", "root", "vegetable", "usually", "orange"]
    print([context for centre, context in skipgram_pairs([line], 2) if centre == "root"])
