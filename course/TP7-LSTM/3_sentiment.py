# %% [markdown]
# # Sentences and their sentiment, read word by word
#
# *TP7, notebook 3 of 4*
#
# **Aim.** You build a classifier that reads a sentence word by word: embeddings (*plongements*), an LSTM, a linear layer.
# You train it in PyTorch on sentences from film reviews, and compare it fairly with two simpler methods: the weighted
# word counts of TP5, and the averaged n-grams of TP6.
#
# **Time.** 35 minutes in the session, 15 at home. The session does sections 1 to 6. At home: section 7 (variants of the
# network). Section 8 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each answer stands its check. Run it as often
# as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you unfold
# one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** Do not change what you are given (training changes the parameters, nothing else), and leave
# PyTorch as you found it: what you switch off, you switch on again. A number that you return is a plain one, of Python
# or NumPy, not a tensor.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import math
import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_sequence

from tplib import data
from tplib.graders import check, using_answers
from tplib.plots.style import BLUE, VERMILION, plain

torch.set_num_threads(1)

# %% [markdown]
# ## 1. Sentences as numbers
#
# As in TP5: tokens, a vocabulary (*vocabulaire*) made of the training part alone, numbers. Number 0 is kept for padding,
# number 1 stands for every unknown word. A word that occurs only once in training gets the number 1 as well: nothing can
# be learned about it, and so the vector of number 1 learns what a rare word means.


# %% tags=["compare"]
def tokens(text):
    """The words of a text in lower case, and its question and exclamation marks."""
    return re.findall(r"\w+(?:['-]\w+)*|[?!]", text.lower())


snippets = data.load("snippets")
order = torch.randperm(
    len(snippets.train.texts), generator=torch.Generator().manual_seed(0)
).tolist()
held_out, kept = order[:1500], order[1500:]
counts = Counter(token for i in kept for token in tokens(snippets.train.texts[i]))
known = sorted(token for token, count in counts.items() if count > 1)
number_of = {token: number for number, token in enumerate(known, start=2)}
num_words = len(number_of) + 2


def encode(text):
    """The numbers of the words of a text, a list."""
    return [number_of.get(token, 1) for token in tokens(text)]


texts = [encode(text) for text in snippets.train.texts]
test_texts = [encode(text) for text in snippets.test.texts]
labels = torch.from_numpy(snippets.train.labels)
test_labels = torch.from_numpy(snippets.test.labels)
lengths = np.array([len(text) for text in texts])
print(
    f"{len(kept):,} sentences to train, {len(held_out):,} to validate, "
    f"{len(test_texts):,} to test"
)
print(f"{num_words:,} numbers; words in a sentence: {lengths.min()} to {lengths.max()}")
print(snippets.train.texts[0], "->", texts[0][:8], "...")

# %% [markdown]
# ## 2. Texts of different lengths in one batch
#
# A tensor is a rectangle, sentences are not. Padding (*remplissage*) fills the short ones up, and the network must then
# be told what is filling. A **packed sequence** (*séquence compactée*) has no filling at all. PyTorch keeps the words
# step by step, first the first word of every text, then the second of every text that has one, and so on, together with
# the number of texts at each step:
#
# | row | step 1 | step 2 | step 3 |
# |---|---|---|---|
# | text [5, 3] | 5 | 3 | |
# | text [8, 2, 9] | 8 | 2 | 9 |
# | text [4] | 4 | | |
# | `batch_sizes` | 3 | 2 | 1 |
#
# Inside, the longest text comes first; `sorted_indices` remembers whose it is, so that results come back in **your**
# order. `enforce_sorted=False` asks for this. `nn.LSTM` reads such a sequence, and stops for each text at its own end.
#
# Your function makes one of a list of lists:
#
# - the texts in the order in which they came, with all their words, as int64;
# - any word number from 0 on may occur, at the end of a text too: a 0 in a list is a word like another;
# - a text without any word is read as one unknown word, the number 1: a sequence of length 0 cannot be packed.
#
# ### Exercise


# %%
def pack_batch(texts):
    """A packed sequence of word numbers.

    texts: list of B >= 1 lists of whole numbers, of any lengths, also 0
    Returns a torch.nn.utils.rnn.PackedSequence that holds the B texts in their order.
    """
    ### BEGIN SOLUTION
    tensors = [torch.tensor(text or [1]) for text in texts]
    return pack_sequence(tensors, enforce_sorted=False)
    ### END SOLUTION


# %%
with using_answers():
    packed = pack_batch([[5, 3], [8, 2, 9], [4]])
    print("data          ", packed.data.tolist())
    print("batch_sizes   ", packed.batch_sizes.tolist())
    print("sorted_indices", packed.sorted_indices.tolist())

    sizes = [
        (lengths[i : i + 64].sum(), 64 * lengths[i : i + 64].max()) for i in range(0, 6400, 64)
    ]
    words, places = np.sum(sizes, axis=0)
    print(f"in padded batches of 64, {1 - words / places:.0%} of all places would be filling")

# %% [markdown]
# ## 3. The network
#
# $$h_T = \mathrm{LSTM}(E_{w_1}, \ldots, E_{w_T}) \qquad\qquad \text{scores} = h_T\,W^\top + b$$
#
# This is *many to one*: of all the hidden states, the one after the **last word of each text** goes on.
#
# - The parameters are those of one `nn.Embedding`, one `nn.LSTM` (one layer, one direction; or an `nn.LSTMCell`) and one
#   `nn.Linear`. Nothing else stands between the state and the linear layer, and nothing after it: the loss has the softmax.
# - Input is a packed sequence of word numbers. Its `data` is one long tensor of words, so the embedding applies to it as
#   it is; `packed._replace(data=...)` gives a packed sequence with other data and the same order.
# - Row b of the scores belongs to text b of the batch.
# - All embeddings are learned, that of number 0 too. The packed sequence stays as it is.
#
# ### Exercise


# %%
class LSTMClassifier(nn.Module):
    """Scores of a text from the state of an LSTM after its last word.

    num_words: V; embedding_dim: E; hidden_size: H; num_classes: K
    """

    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        ### BEGIN SOLUTION
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size)
        self.linear = nn.Linear(hidden_size, num_classes)
        ### END SOLUTION

    def forward(self, packed):
        """Scores (B, K) of a PackedSequence of B texts."""
        ### BEGIN SOLUTION
        embedded = packed._replace(data=self.embedding(packed.data))
        outputs, (h, c) = self.lstm(embedded)
        return self.linear(h[-1])
        ### END SOLUTION


# %% [markdown]
# **Predict** two numbers: how many parameters has the network with E = H = 64 and two classes, and which loss has it
# before any training?


# %%
def new_model(seed):
    """A classifier whose embeddings start small: rare words then begin nearly silent."""
    torch.manual_seed(seed)
    model = LSTMClassifier(num_words, 64, 64, 2)
    with torch.no_grad():
        next(part for part in model.modules() if isinstance(part, nn.Embedding)).weight *= 0.1
    return model


with using_answers():
    model = new_model(0)
    for name, parameter in model.named_parameters():
        print(f"{name:22} {str(tuple(parameter.shape)):12} {parameter.numel():8,}")
    print("together", f"{sum(parameter.numel() for parameter in model.parameters()):,}")
    first = F.cross_entropy(model(pack_batch(texts[:500])), labels[:500])
    print(f"first loss {first.item():.3f}, ln 2 = {math.log(2):.3f}")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# Nearly all parameters are embeddings, a row of 64 numbers for each word; the LSTM has 4 gates times 64 rows of 64 + 64
# weights and two biases. And the first loss is about ln 2: the network knows nothing of two classes yet.
#
# </details>
#
# ## 4. A training that keeps its best epoch
#
# For each epoch: the five steps **forward, clear, backward, clip, step** for each training batch, with the mean
# cross-entropy as the loss; then the accuracy (*exactitude*) on all validation batches.
#
# - The model may come in any mode, and with old gradients; it may stay in any mode, too. Training mode for each training
#   batch; evaluation mode, and no graph, for each validation batch.
# - Clip (*écrêter*) the gradients to the norm `max_norm`: the norm of **all** gradients together; shorter ones stay as
#   they are.
# - All epochs are run. The accuracy is right examples over all examples, whatever the sizes of the batches.
# - At the end the model has the parameters of its **best** epoch; of equally good ones, the first. Beware:
#   `model.state_dict()` hands out the tensors themselves, which the next step changes: keep copies.
#
# ### Exercise


# %%
def fit(model, train, validation, optimizer, epochs, max_norm=1.0):
    """Train, measure after each epoch, keep the best.

    model: an nn.Module from inputs x to scores (B, K)
    train, validation: lists of pairs (x, y), classes y (B,); the batches may differ in size
    optimizer: a torch.optim optimiser of the model's parameters
    epochs: one or more
    Returns the validation accuracy after each epoch, a list of floats.
    """
    ### BEGIN SOLUTION
    accuracies, best = [], None
    for _ in range(epochs):
        model.train()
        for x, y in train:
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            optimizer.step()
        model.eval()
        right, count = 0, 0
        with torch.no_grad():
            for x, y in validation:
                right += (model(x).argmax(dim=1) == y).sum().item()
                count += len(y)
        if not accuracies or right / count > max(accuracies):
            best = {name: value.clone() for name, value in model.state_dict().items()}
        accuracies.append(right / count)
    model.load_state_dict(best)
    return accuracies
    ### END SOLUTION


# %% [markdown]
# ### Find the slide's mistake: which parameters?
#
# Lecture 003, "Regularization: early stopping": "If validation has not improved for some time, stop and return $\theta$." Say
# that the accuracies are 0.70, 0.78, 0.76, 0.75, 0.74, and "some time" is three epochs. Which $\theta$ is at hand when the
# training stops, and which one do you want?
#
# <details><summary>Answer</summary>
#
# At hand is the $\theta$ of the fifth epoch, which gave 0.74: the rule stops only *after* three epochs without improvement. What
# should be returned is a copy of $\theta$ made after the second epoch, which gave 0.78. `fit` keeps such a copy, though it never
# stops early.
#
# </details>
#
# ### A habit: overfit 50 examples first
#
# Before hours of training: can the network learn 50 sentences by heart? It should, quickly, up to a loss near 0. If it
# cannot, there is a mistake in the model, in the labels or in the loop, and no amount of data will mend it.


# %%
def batches(numbers, targets, rows, size=64):
    """Packed batches (x, y) of the given rows."""
    return [
        (pack_batch([numbers[i] for i in part]), targets[list(part)])
        for part in (rows[at : at + size] for at in range(0, len(rows), size))
    ]


with using_answers():
    few = batches(texts, labels, kept[:50], size=10)
    model = new_model(0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    learned = fit(model, few, few, optimizer, epochs=20)
    print("accuracy on the 50:", " ".join(f"{100 * a:.0f}" for a in learned), "%")
    with torch.no_grad():
        loss = np.mean([F.cross_entropy(model(x), y).item() for x, y in few])
    print(f"loss of the best epoch on the 50: {loss:.3f}")

# %% [markdown]
# ## 5. The whole training set
#
# Six epochs, half a minute at most. The test set waits until the end.

# %%
with using_answers():
    model = new_model(0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    train_batches = batches(texts, labels, kept)
    validation_batches = batches(texts, labels, held_out)
    accuracies = fit(model, train_batches, validation_batches, optimizer, epochs=6)
    for epoch, accuracy in enumerate(accuracies, 1):
        print(f"epoch {epoch}: validation {100 * accuracy:.1f} %")

# %% [markdown]
# ### What padding does to a model that does not know of it
#
# The same weights, the same sentences. This time every sentence of a batch is filled up with the number 0 to the length
# of the longest, and the model reads the filling as words, as `outputs[:, -1]` of a padded batch would make it do. Guess:
# does it lose 1 %, 10 %, or all?


# %% alt="Validation accuracy against the zeros read after the last word: 78 % without any, 75 % with ten, 71 % with twenty, and 50 %, a coin's, with forty."
def share(model, parts):
    """The share of examples that a model classifies rightly."""
    model.eval()
    with torch.no_grad():
        right = sum((model(x).argmax(dim=1) == y).sum().item() for x, y in parts)
    return right / sum(len(y) for _, y in parts)


def with_zeros(numbers, count):
    """Every text with so many zeros after it."""
    return [text + [0] * count for text in numbers]


with using_answers("model"):
    zeros = [0, 1, 2, 5, 10, 20, 40]
    found = [
        share(model, batches(with_zeros(texts, count), labels, held_out)) for count in zeros
    ]
    filled = []
    for at in range(0, len(held_out), 64):
        rows = held_out[at : at + 64]
        longest = max(len(texts[i]) for i in rows)
        full = {i: texts[i] + [0] * (longest - len(texts[i])) for i in rows}
        filled += batches(full, labels, rows)
    print(f"packed: {100 * share(model, validation_batches):.1f} %")
    print(f"filled up to the longest of its batch: {100 * share(model, filled):.1f} %")

    _, ax = plt.subplots(figsize=(6.4, 2.7), layout="constrained")
    plain(ax, "", "zeros read after the last word", "validation accuracy (%)")
    ax.plot(zeros, [100 * a for a in found], color=BLUE, marker="o")
    ax.axhline(50, color=VERMILION, linestyle=":")

# %% [markdown]
# *Figure 1. The same network on the same sentences, with zeros behind them. The dotted line is a coin. The network was
# never trained on zeros: each of them moves its state away from what the sentence had said.*
#
# Training on padded batches is no cure, as the table below shows: the state must then learn to survive the zeros.
#
# ## 6. An honest comparison
#
# One run with one seed says little, so a script (`benchmarks/sentiment.py`) trained each network with five seeds. Each
# seed draws another validation part, which chooses the epoch; the test part of 2,069 sentences is read once. The column
# *runs* is the standard deviation of single runs; *mean* is the 95 % interval of their mean. An accuracy of 80 % on so many
# sentences has besides an interval of ± 1.7 % for the sentences themselves, the same ones in each row.
#
# | model | seeds | test | runs | mean |
# |---|---|---|---|---|
# | TF-IDF of words and pairs, logistic regression (TP5) | | 80.6 % | | |
# | averaged n-grams (TP6) | 5 | 78.0 % | ± 0.5 | ± 0.6 |
# | LSTM, packed, embeddings that start ten times smaller, as here | 5 | 78.6 % | ± 1.3 | ± 1.6 |
# | LSTM, packed, embeddings as PyTorch starts them | 5 | 75.1 % | ± 1.2 | ± 1.5 |
# | the same, trained and tested on padded batches, last column | 5 | 74.1 % | ± 0.8 | ± 1.0 |
#
# Pair by pair, with the same five seeds: the small start is worth 3.5 % (mean within ± 2.8), and packing 1.0 % (± 1.9), which five
# seeds do not tell from nothing: in six epochs the padded network learns to carry its state over the zeros. It pays with time: in
# its first two epochs it stays near a coin, at 49 to 56 % of the validation part. Your own run adds a number to the table:

# %%
with using_answers("model"):
    test_batches = batches(test_texts, test_labels, range(len(test_texts)))
    accuracy = share(model, test_batches)
    error = 1.96 * math.sqrt(accuracy * (1 - accuracy) / len(test_texts))
    print(f"this run, test: {100 * accuracy:.1f} % ± {100 * error:.1f} %")

# %% [markdown]
# **Nothing that is trained from scratch here beats TF-IDF.** Why not? Think before you unfold.
#
# <details><summary>Answer</summary>
#
# There are seven thousand short sentences, and thousands of words that occur a few times each. A weight for each word and
# pair is nearly all that can be learned from so little. The LSTM has 64 numbers for each word, all of which it must learn
# from these sentences, and then learns to read, too: what it could gain by word order, it loses by overfitting
# (*surapprentissage*). It pays where there are many more texts, or where the embeddings come from elsewhere: pretrained
# models are the subject of TP8.
#
# </details>
#
# ## 7. At home: does more network help?
#
# Try one change at a time, with the same seed, and look at the validation accuracy only:
#
# - a bidirectional LSTM (*bidirectionnel*): `nn.LSTM(..., bidirectional=True)`; the scores need the last state of both
#   directions, `torch.cat([h[-2], h[-1]], dim=1)`;
# - the mean, or the maximum, of all outputs instead of the last;
# - dropout of 0.5 on the embeddings;
# - the frozen vectors of `data.load("word2vec")` in place of learned ones.
#
# The cell runs the second of them. It takes the packed outputs apart again with `pad_packed_sequence`, and leaves the
# filling out of the maximum.

# %%
from torch.nn.utils.rnn import pad_packed_sequence


class MaximumOfOutputs(nn.Module):
    """An LSTM of which each unit hands on the largest of its outputs."""

    def __init__(self, num_words, embedding_dim, hidden_size, num_classes):
        super().__init__()
        self.embedding = nn.Embedding(num_words, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_classes)

    def forward(self, packed):
        vectors = packed._replace(data=self.embedding(packed.data))
        outputs, ends = pad_packed_sequence(self.lstm(vectors)[0], batch_first=True)
        filling = torch.arange(outputs.shape[1]) >= ends[:, None]  # (B, T)
        return self.linear(outputs.masked_fill(filling[:, :, None], -torch.inf).amax(dim=1))


with using_answers():
    torch.manual_seed(0)
    other = MaximumOfOutputs(num_words, 64, 64, 2)
    with torch.no_grad():
        other.embedding.weight *= 0.1
    optimizer = torch.optim.Adam(other.parameters(), lr=0.003)
    curve = fit(other, train_batches, validation_batches, optimizer, epochs=6)
    print("validation:", " ".join(f"{100 * a:.1f}" for a in curve), "%")

# %% [markdown]
# ## 8. What to remember
#
# - Pack, or else tell the model where each text ends. The last column of a padded batch is mostly filling.
# - `h_n` holds the state after each text's last word, in the order of the batch.
# - Predict the first loss; overfit 50 examples; then train on all.
# - Clip between `backward` and `step`; keep a *copy* of the best parameters.
# - A simple method done well is the number to beat. Report seeds, means and intervals, and say it when the larger model
#   loses.
#
# Next: *notebook 4*, where the network writes.
