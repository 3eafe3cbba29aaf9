# %% [markdown]
# # Attention: look it up instead of remembering it
#
# *TP8, notebook 2 of 5*
#
# **Aim.** An encoder-decoder network (*réseau encodeur-décodeur*) reads one sequence and writes another. In the
# lecture's picture everything that was read must pass through one vector. Attention (*mécanisme d'attention*) removes
# this bottleneck: at each step, the writer looks back at what was read. You write it, train it on dates, see what it
# looks at, and build the parts of a Transformer from it.
#
# **Time.** 35 minutes in the session, 35 at home. The session does sections 1 (10 minutes), 2 (5), 3 (15) and 4 (5). At
# home: sections 5 (15), 6 (10) and 7 (10). Section 8 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each one stands its check. Run it as
# often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you
# unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy and plain Python, and your own earlier answers; section 3 is in PyTorch. The ready-made
# attentions of PyTorch and `tplib.nn` are only there to compare with. Do not change the arrays and tensors that you are
# given.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any time.

# %% tags=["readonly"]
import math
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from tplib import plots
from tplib.data.dates import date_pairs
from tplib.graders import check, using_answers
from tplib.plots.attention import attention_map, beside_a_counter, by_length

np.set_printoptions(precision=4, suppress=True)
torch.set_num_threads(1)

# %% [markdown]
# ## 1. A question, keys and values
#
# Think of a dictionary that answers even when no key fits exactly. A query (*requête*) is compared with every key
# (*clé*); the better a key fits, the more its value (*valeur*) counts; the answer is the weighted mean of the values.
#
# $$\text{weights} = \mathrm{softmax}\Big(\frac{Q K^\top}{\sqrt d}\Big), \qquad \text{output} = \text{weights} \; V$$
#
# `Q` is (..., L, d): L queries of d features. `K` is (..., S, d): S keys. `V` is (..., S, F): the value of each key. The
# dots stand for any number of leading axes, the same for all three: none, a batch, a batch and heads.
#
# **Predict.** The query is [3, 0]. The keys are [1, 0], [0, 1] and [-1, 0], their values 10, 20 and 30. Near which
# number is the output?
#
# Why the root? If queries and keys hold independent numbers of variance 1, their product has variance d. See what
# becomes of the softmax of ten such products:

# %%
rng = np.random.default_rng(0)
for d in (1, 16, 256):
    products = rng.normal(size=(1000, 10, d)) @ rng.normal(size=(1000, d, 1))  # (1000, 10, 1)
    largest = {}
    for name, z in {
        "as they are": products,
        "over the root of d": products / math.sqrt(d),
    }.items():
        p = np.exp(z - z.max(axis=1, keepdims=True))
        largest[name] = (p / p.sum(axis=1, keepdims=True)).max(axis=1).mean()
    print(f"d = {d:3}  largest of ten weights, on average:", end="")
    print(*(f"  {name} {value:.2f}" for name, value in largest.items()), sep="")

# %% [markdown]
# With d = 256 and no root, one key gets nearly all the weight before anything was learned, and the gradient of the others
# is close to 0.
#
# **Now write it.**
#
# - Each query shares out a weight of 1 among the keys: the softmax goes along the axis of the keys.
# - `mask` is None, or holds truth values: **True where a query may read a key**. It has the shape (L, S), or any other
#   that broadcasts to (..., L, S): (..., 1, S), for example, hides the same keys from all queries of an example. A hidden
#   key gets weight 0, whatever its score, and the others share the 1.
# - A query that **may read nothing** gets weights 0 and output 0. (The plain formula gives 0/0 = nan there. One nan is
#   enough to destroy a whole network at the next step.)
# - Large scores must not overflow. You know the remedy from TP6.
# - Return two things: the output (..., L, F) and the weights (..., L, S).
#
# ### Exercise


# %%
def scaled_dot_product_attention(Q, K, V, mask=None):
    """A mean of the values, weighted by how well keys fit queries.

    Q: queries (..., L, d); K: keys (..., S, d); V: values (..., S, F)
    mask: None, or bool that broadcasts to (..., L, S), True where a key may be read
    Returns output (..., L, F) and weights (..., L, S).
    """
    ### BEGIN SOLUTION
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    highest = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(highest == -np.inf, 0, highest))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total == 0, 1, total)
    return weights @ V, weights
    ### END SOLUTION


# %%
with using_answers():
    Q = np.array([[3.0, 0.0]])
    K = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
    V = np.array([[10.0], [20.0], [30.0]])
    for name, mask in {
        "all keys": None,
        "without the first": np.array([[False, True, True]]),
        "nothing to read": np.array([[False, False, False]]),
    }.items():
        output, weights = scaled_dot_product_attention(Q, K, V, mask)
        print(f"{name:18} weights {weights[0]}  output {output[0]}")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# 11.31: near 10, the value of the key that fits. Without that key the second one gets most of the weight, and the row
# still sums to 1: the mask acts before the softmax. With nothing to read, all is 0.
#
# </details>
#
# PyTorch does the same. Mind two things. `F.scaled_dot_product_attention` returns the output alone, and its mask is as
# here: True may be read. In `nn.MultiheadAttention` it is the other way round: True is **hidden**.

# %% tags=["compare"]
with using_answers():
    rng = np.random.default_rng(1)
    Q, K, V = (
        rng.normal(size=(2, 3, 4)),
        rng.normal(size=(2, 5, 4)),
        rng.normal(size=(2, 5, 6)),
    )
    mask = rng.random((2, 3, 5)) < 0.6
    mask[0, 0] = False
    theirs = F.scaled_dot_product_attention(*map(torch.tensor, (Q, K, V)), torch.tensor(mask))
    ours, _ = scaled_dot_product_attention(Q, K, V, mask)
    print("largest difference below 1e-12:", np.abs(ours - theirs.numpy()).max() < 1e-12)

# %% [markdown]
# ## 2. Not a look at the future
#
# A model that guesses the next character must not see it. In a recurrent network this came by itself; with attention,
# every place could read every other. So the mask says who may read whom: place i reads itself and all places **before**
# it.
#
# `causal_mask(T)` holds truth values (T, T), dtype `bool`: row i is for the query i, column j for the key j.
#
# ### Exercise


# %%
def causal_mask(T):
    """(T, T) of dtype bool: True where place i (row) may read place j (column)."""
    ### BEGIN SOLUTION
    return np.tril(np.ones((T, T), dtype=bool))
    ### END SOLUTION


# %% [markdown]
# **The causal-leak test.** How do you find out whether a model peeks, whatever its code looks like? Change token t, and
# compare: no output **before** t may move. The function below tries every t. It is worth having for every language
# model that you will write; take it with you.
#
# **Predict**: which of the four masks leak?


# %%
def first_leak(model, x, seed=0):
    """First (changed place, earlier output that moved), or None; model: (T, d) to (T, F)."""
    before = model(x)
    for t in range(1, len(x)):
        changed = x.copy()
        changed[t] += np.random.default_rng(seed).normal(size=x.shape[1])
        moved = np.abs(model(changed) - before).max(axis=1) > 1e-12
        if moved[:t].any():
            return t, int(np.argmax(moved[:t]))
    return None


with using_answers():
    x = np.random.default_rng(2).normal(size=(6, 4))
    causal = causal_mask(6)
    for name, mask in {
        "no mask": None,
        "causal": causal,
        "one place too far": np.tri(6, k=1, dtype=bool),
        "the future only": ~causal,
    }.items():
        leak = first_leak(lambda x, m=mask: scaled_dot_product_attention(x, x, x, m)[0], x)
        found = (
            "no leak" if leak is None else f"leaks: token {leak[0]} changes output {leak[1]}"
        )
        print(f"{name:18} {found}")

# %% [markdown]
# A mask that reaches one place too far is the worst of them: the model reads exactly what it has to guess, its training
# loss falls to nearly 0, and it writes nonsense.
#
# ## 3. Translate dates, with attention and without
#
# "wednesday, the 23rd of september 1998" becomes "1998-09-23". Every pair is of another day between 1950 and 2049, so no
# day of the test was seen in training. Eight forms of different lengths, some in French.

# %% tags=["compare"]
dates = date_pairs(5000, 500, seed=0)
for source, target in sorted(dates.test[:9], key=lambda pair: len(pair[0])):
    print(f"{source:48} {target}")
print("days in both:", len({day for _, day in dates.train} & {day for _, day in dates.test}))

# %% tags=["readonly"]
source_chars, target_chars = dates.source_characters, "<" + dates.target_characters


def batch_of(pairs):
    """source (B, S), lengths (B,), target (B, 11), which begins with the start sign "<": 0."""
    lengths = torch.tensor([len(source) for source, _ in pairs])
    source = torch.zeros(len(pairs), max(lengths), dtype=torch.int64)  # padding: 0 here
    for row, (text, _) in zip(source, pairs, strict=True):
        row[: len(text)] = torch.tensor([1 + source_chars.index(c) for c in text])
    target = torch.tensor([[target_chars.index(c) for c in "<" + day] for _, day in pairs])
    return source, lengths, target


# %% [markdown]
# **The network**, in PyTorch:
#
# - **Encoder** (*encodeur*): the source's characters are embedded and read by a GRU of one layer and one direction, from
#   a state of zeros. Its states are K (B, S, H).
# - **Decoder** (*décodeur*): the target's characters are embedded by a table of their own and read by a GRU of its own,
#   which starts from the encoder's state **after the last real character** of each source. Its states are h (B, T, H).
# - **Attention**: queries h, keys and values both K, scores divided by $\sqrt H$. Padding gets weight 0. Then one linear
#   layer makes the scores of h and of what was read, side by side in this order: 2 H numbers in, W out.
# - **Without attention** (`attention=False`): one linear layer of h alone, H in, W out.
#
# `lengths` says how many characters of each source are real, one or more. What stands after them is padding and must not
# count, **whatever number stands there**; number 0 is a character like any other. `lengths` come in any order. Scores at
# place t are for the character *after* `target[:, t]`: the training loop has shifted the target already. No softmax: the
# loss has it.
#
# `forward` returns the scores (B, T, W) and the weights (B, T, S), or None for the weights where there is no attention.
#
# The parameters are those of two `nn.Embedding`, two `nn.GRU` (or `nn.GRUCell`), and one `nn.Linear`.
#
# ### Exercise


# %%
class Seq2Seq(nn.Module):
    """Reads a source, writes a target, and may look back at the source.

    num_source, num_target: V and W, numbers of characters
    embedding_dim: E, for both tables; hidden_size: H, for both GRUs
    """

    def __init__(self, num_source, num_target, embedding_dim, hidden_size, attention=True):
        super().__init__()
        ### BEGIN SOLUTION
        self.attention = attention
        self.source_embedding = nn.Embedding(num_source, embedding_dim)
        self.encoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.target_embedding = nn.Embedding(num_target, embedding_dim)
        self.decoder = nn.GRU(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(2 * hidden_size if attention else hidden_size, num_target)
        ### END SOLUTION

    def forward(self, source, lengths, target):
        """Scores (B, T, W), weights (B, T, S); source (B, S), lengths (B,), target (B, T)."""
        ### BEGIN SOLUTION
        packed = nn.utils.rnn.pack_padded_sequence(
            self.source_embedding(source), lengths, batch_first=True, enforce_sorted=False
        )
        outputs, state = self.encoder(packed)
        h, _ = self.decoder(self.target_embedding(target), state)
        if not self.attention:
            return self.linear(h), None
        K, _ = nn.utils.rnn.pad_packed_sequence(
            outputs, batch_first=True, total_length=source.shape[1]
        )
        scores = h @ K.transpose(1, 2) / math.sqrt(K.shape[2])
        padding = torch.arange(source.shape[1]) >= lengths[:, None]
        weights = scores.masked_fill(padding[:, None], -torch.inf).softmax(dim=-1)
        return self.linear(torch.cat([h, weights @ K], dim=-1)), weights
        ### END SOLUTION


# %% [markdown]
# In training the decoder reads the right target, whatever it would have written itself (*teacher forcing*). In use it
# reads what it wrote: one character after the other, each time the most probable one. A date counts as right only if
# all its ten characters are.


# %% tags=["readonly"]
def write(model, source, lengths):
    """The ten characters (B, 10) that the model writes, and its last weights."""
    written = torch.zeros(len(source), 1, dtype=torch.int64)
    with torch.no_grad():
        for _ in range(10):
            scores, weights = model(source, lengths, written)
            written = torch.cat([written, scores[:, -1:].argmax(dim=-1)], dim=1)
    return written[:, 1:], weights


def train_translator(model, steps, every, seed=0):
    """Adam on batches of 64 pairs; prints the exact matches on the test."""
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    rng, test = np.random.default_rng(seed), batch_of(dates.test)
    seconds = 0.0
    for step in range(1, steps + 1):
        began = time.process_time()
        source, lengths, target = batch_of(
            [dates.train[i] for i in rng.integers(len(dates.train), size=64)]
        )
        scores, _ = model(source, lengths, target[:, :-1])
        loss = F.cross_entropy(scores.flatten(0, 1), target[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seconds += time.process_time() - began
        if step % every == 0:
            right = (write(model, *test[:2])[0] == test[2][:, 1:]).all(dim=1).float().mean()
            print(f"  step {step:3}, {seconds:4.1f} s: loss {loss:.2f}, exact {right:.2f}")


# %% [markdown]
# Both have the same encoder and decoder, the same seed, the same batches. The one without attention gets twice the steps.
#
# **Predict**: what share of the 500 unseen days does each get exactly right?

# %%
translators = {}
with using_answers():
    for name, attention, steps in (("with attention", True, 200), ("without", False, 400)):
        print(name)
        torch.manual_seed(0)
        sizes = len(source_chars) + 1, len(target_chars)
        translators[name] = Seq2Seq(*sizes, 32, 64, attention)
        train_translator(translators[name], steps, steps // 4)

# %% [markdown]
# The exact match is a hard measure. How many single characters are right, and does the length of the source matter?

# %% alt="Share of right characters by the length of the source: with attention close to 1 at all lengths; without it about 0.8, and below 0.7 from 38 characters on."
with using_answers("translators"):
    source, lengths, target = batch_of(dates.test)
    results = {}
    for name, model in translators.items():
        right = write(model, source, lengths)[0] == target[:, 1:]
        results[name] = lengths.tolist(), right.float().mean(dim=1).tolist()
        print(
            f"{name:15} right characters by place:",
            *(f"{p:.2f}" for p in right.float().mean(0)),
        )
    by_length(results, [8, 13, 18, 23, 28, 33, 38, 43, 53], "share of right characters")

# %% [markdown]
# *Figure 1. The share of right characters on unseen days, by the length of the source.*
#
# <details><summary>What to see here</summary>
#
# With attention nearly all is right, at any length; with other seeds the exact match was 0.97 to 0.99. Without it, the
# model has learned what a date looks like: the hyphens, the century, the first digit of the month. Of the rest it keeps
# best what it read last, in most forms the year. Only sources of 38 characters or more begin with the year, and there
# the share falls from 0.8 to 0.65. No date, or hardly one, is right as a whole. After 800 steps we found 0.00 to 0.06 with
# four seeds, and 0.41 with a fifth. Nothing forbids 64 numbers to hold a date; it is hard to learn.
#
# </details>
#
# ## 4. What does it look at?
#
# The weights say which characters each written one was looked up from.
#
# **Predict**: to write the month "09", where would *you* look?

# %% alt="Attention map of “wednesday, the 23rd of september 1998”, written as 1998-09-23: the year's characters look at 1998, the 9 of the month at “pt” of september, the day at 23."
with using_answers("translators"):
    text = "wednesday, the 23rd of september 1998"
    source, lengths, _ = batch_of([(text, "1998-09-23")])
    written, weights = write(translators["with attention"], source, lengths)
    attention_map(weights[0].numpy(), text, "".join(target_chars[i] for i in written[0]))

# %% [markdown]
# *Figure 2. One row for each character that was written, from the top. The darker a cell, the larger the weight.*
#
# <details><summary>What to see here</summary>
#
# The year is copied: each of its last two digits looks at its own. For the day, both digits look mostly at the "3", whose
# state has read the "2" as well. For the "9" of the month the weight begins at the "p": after "sep" it is clear which
# month it is. The hyphens look at nothing in particular: they come at fixed places.
#
# </details>
#
# **Read it with care.** The keys are not characters but states of a GRU, which has read all that came before. A dark cell
# under the "p" of "september" may well mean "the word that has just been read": the weight says *where* the model looks,
# not *what* it takes from there.
#
# Choose other dates. The model of this explorer is a smaller one, trained longer on more days.

# %%
plots.explore_attention()

# %% [markdown]
# ## 5. At home: several heads
#
# One attention gives one mean. A writer may want to look at two places at once: for the year and for the day. With H
# heads (*têtes*), queries, keys and values are projected, cut into H parts of d features, and each part attends by
# itself.
#
# - `x` (B, L, E) asks; `memory` (B, S, M) is read. (Self-attention is the case `memory = x`.)
# - Q = x W_Q, K = memory W_K, V = memory W_V, each (B, ., D) with D = `num_heads` times d.
# - Head h has the columns h d, ..., (h + 1) d - 1 of each, and divides its scores by $\sqrt d$. Large scores must not
#   overflow.
# - The outputs of the heads, side by side in their order, are (B, L, D). The result is this times W_O.
# - `mask` is None, (L, S), or (B, L, S): True may be read, the same for all heads. Every query may read something here.
#
# ### Exercise


# %%
def multi_head_attention(x, memory, W_Q, W_K, W_V, W_O, num_heads, mask=None):
    """Attention of several heads side by side.

    x: (B, L, E); memory: (B, S, M)
    W_Q: (E, D); W_K, W_V: (M, D); W_O: (D, E); num_heads divides D
    mask: None, or bool (L, S) or (B, L, S), True where a place may be read
    Returns (B, L, E).
    """

    ### BEGIN SOLUTION
    def split(z):
        return z.reshape(*z.shape[:2], num_heads, -1).swapaxes(1, 2)  # (B, H, T, d)

    if mask is not None and mask.ndim == 3:
        mask = mask[:, None]  # (B, 1, L, S): the same for all heads
    output, _ = scaled_dot_product_attention(
        split(x @ W_Q), split(memory @ W_K), split(memory @ W_V), mask
    )
    return output.swapaxes(1, 2).reshape(*x.shape[:2], -1) @ W_O
    ### END SOLUTION


# %% [markdown]
# The usual slip is a reshape from (B, T, D) straight to (B, H, T, d). It gives the right shape and mixes places with
# features. Look where the numbers go:

# %% tags=["compare"]
z = np.arange(8).reshape(1, 4, 2)  # 4 places, 2 features: place t holds 2t and 2t + 1
print("reshape only, head 0:  ", z.reshape(1, 2, 4, 1)[0, 0].ravel())
print("reshape, swap, head 0: ", z.reshape(1, 4, 2, 1).swapaxes(1, 2)[0, 0].ravel())

# %% [markdown]
# Head 0 should hold the first feature of all four places: 0, 2, 4, 6. The first line holds both features of the first
# two places.
#
# ## 6. At home: where am I?
#
# Attention is a mean: shuffle keys and values together, and the output stays the same. So attention alone cannot tell
# "the dog bites the man" from "the man bites the dog". A Transformer adds to each embedding a vector that says at which
# place it stands: its positional encoding (*encodage positionnel*).
#
# $$\text{column } 2i: \sin(t\, w_i), \qquad \text{column } 2i + 1: \cos(t\, w_i), \qquad w_i = 10000^{-2i/d}$$
#
# for the places t = 0, ..., T - 1. d may be odd: then the last column is a sine without its cosine. Return (T, d).
#
# ### Exercise


# %%
def positional_encoding(T, d):
    """The positional encoding (T, d): sines and cosines take turns."""
    ### BEGIN SOLUTION
    angles = np.arange(T)[:, None] * 10000.0 ** (-np.arange(0, d, 2) / d)  # (T, ceil(d / 2))
    table = np.empty((T, d))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : d // 2])
    return table
    ### END SOLUTION


# %% alt="Left: places 0 to 63 as binary numbers, whose bits change half as often from column to column. Right: the positional encoding, whose waves become slower from left to right in the same way."
with using_answers():
    beside_a_counter(positional_encoding(64, 32))

# %% [markdown]
# *Figure 3. Left, the places 0 to 63 in binary: the bit of the ones changes at each place, that of the 32s once. Right,
# their encoding: the columns on the left change quickly, those on the right hardly at all.*
#
# It is a clock with many hands, or a counter whose bits turn smoothly. Two columns of one frequency are a point on a
# circle, and one step ahead turns it by the same angle, wherever it stands. So how well two places fit depends on their
# distance only:

# %%
with using_answers():
    table = positional_encoding(64, 32)
    products = table @ table.T
    for distance in (0, 1, 5, 20):
        along = np.diagonal(products, distance)
        print(f"distance {distance:2}: products from {along.min():.4f} to {along.max():.4f}")

# %% [markdown]
# Two questions for the explorer. Guess first. With the base 10000 and only 4 columns, which places look like the place
# 40? And with 32 columns, what changes on the right if the base is 10 instead of 10000?

# %%
plots.explore_positions()

# %% [markdown]
# <details><summary>What to see here</summary>
#
# With 4 columns, w is 1 and 0.01. The first wave is back after 6.28 places, and the second has hardly moved: 15, 21, 34,
# 46 and 59 look like 40, because 6, 19 and 25 are nearly 1, 3 and 4 turns. Frequencies in between tell them apart: with 8
# columns no place is left. With the base 10 all waves are fast: the product falls to about 0 within five places. With 10000 it falls gently, and no place is below 0.35: the slow waves still know
# that all of them are near the beginning of a long text.
#
# </details>
#
# ## 7. At home: the Transformer's block, by hand
#
# The lecture's take-home message: a model that relies on attention alone. Its block is now one page: attention, then a
# two-layer perceptron at each place, each with a residual connection (*connexion résiduelle*), the input added to the
# output, and layer normalisation, which gives each place mean 0 and variance 1. The cell copies the weights of
# PyTorch's block into your function. PyTorch keeps the rows of W_Q, W_K and W_V in one matrix, transposed, and adds
# biases, so it takes one column of ones more on your side.


# %%
def layer_norm(x, weight, bias, eps=1e-5):
    """Each place (last axis) with mean 0 and variance 1, then scaled and shifted."""
    x = x - x.mean(axis=-1, keepdims=True)
    return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) * weight + bias


def with_ones(x):
    """A column of ones more, so that a bias becomes a row of the weights."""
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def transformer_block(x, p, num_heads, mask=None):
    """PyTorch's TransformerEncoderLayer without dropout, (B, T, E) in and out.

    p: its parameters by name
    """
    biased = np.concatenate(
        [p["self_attn.in_proj_weight"].T, p["self_attn.in_proj_bias"][None]]
    )
    W_Q, W_K, W_V = np.split(biased, 3, axis=1)  # (E + 1, E) each
    W_O, b_O = p["self_attn.out_proj.weight"].T, p["self_attn.out_proj.bias"]
    ones = with_ones(x)
    read = multi_head_attention(ones, ones, W_Q, W_K, W_V, W_O, num_heads, mask) + b_O
    x = layer_norm(x + read, p["norm1.weight"], p["norm1.bias"])
    inner = np.maximum(x @ p["linear1.weight"].T + p["linear1.bias"], 0)
    return layer_norm(
        x + inner @ p["linear2.weight"].T + p["linear2.bias"],
        p["norm2.weight"],
        p["norm2.bias"],
    )


# %% tags=["compare"]
with using_answers():
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(12, 3, 20, dropout=0.0, batch_first=True).double()
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.normal_(std=0.5)  # biases are not 0 then
    p = {name: parameter.detach().numpy() for name, parameter in layer.named_parameters()}
    x = np.random.default_rng(3).normal(size=(2, 7, 12))
    causal = causal_mask(7)
    ours = transformer_block(x, p, 3, causal)
    theirs = layer(torch.tensor(x), src_mask=torch.tensor(~causal)).detach().numpy()
    print("the same as PyTorch's block to 1e-12:", np.abs(ours - theirs).max() < 1e-12)
    print("a leak:", first_leak(lambda x: transformer_block(x[None], p, 3, causal)[0], x[0]))
    print(
        "and without the mask:",
        first_leak(lambda x: transformer_block(x[None], p, 3)[0], x[0]),
    )

# %% [markdown]
# Note the `~`: PyTorch's block wants True where a place is **hidden**. With the mask as it is, nothing would complain,
# and every place would read the future only.
#
# A Transformer is a pile of such blocks on top of embeddings plus positional encoding. BERT is one without the causal
# mask; GPT is one with it. In notebook 4 you fine-tune one.

# %% [markdown]
# ## 8. What to remember
#
# - Attention is a weighted mean of values: softmax of Q K' over the root of d, along the keys.
# - A mask acts **before** the softmax; a row with nothing to read gives 0; say which way round True is.
# - The causal-leak test: change token t, and nothing before t may move.
# - One vector between encoder and decoder is a bottleneck; looking back removes it.
# - A map of weights says where a model looked, not what it understood.
# - Attention knows no order: a positional encoding adds it.
