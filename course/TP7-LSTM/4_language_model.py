# %% [markdown]
# # A language model, character by character
#
# *TP7, notebook 4 of 4*
#
# **Aim.** A language model (*modèle de langue*) says how probable each next character is. You build one with a
# recurrent network, measure it beside models that only count, and let it write.
#
# **Time.** 35 minutes in the session, 25 at home. The session does sections 1 to 6. At home: sections 7 (truncated
# backpropagation, 15 minutes) and 8 (what the model looks at, 10). Section 9 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each answer stands its check. Run it as often
# as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you unfold
# one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** Do not change what you are given, and leave PyTorch as you found it: what you switch off, you
# switch on again. A number that you return is a plain one, of Python or NumPy, not a tensor.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import math
import time
from collections import Counter, defaultdict

import numpy as np
import torch
import torch.nn.functional as F
from IPython.display import display
from torch import nn

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots.language import ColouredText, ladder, truncated_times

torch.set_num_threads(1)

# %% [markdown]
# ## 1. A text as numbers
#
# Eight plays by Shakespeare: seven to train on, and *Julius Caesar* for the test. No line of it is seen in training.
# Every character has a number; $V$ is how many different ones there are.

# %% tags=["compare"]
book = data.load("shakespeare")
chars = sorted(set(book.all))
number_of = {char: number for number, char in enumerate(chars)}
V = len(chars)


def encode(text):
    """The numbers (T,) of the characters of a text."""
    return torch.tensor([number_of[char] for char in text])


def decode(numbers):
    """The text of a list of numbers."""
    return "".join(chars[number] for number in numbers)


train_text, test_text = encode(book.train), encode(book.test)
print(book, "  V =", V)
print(book.test[5000:5300])

# %% [markdown]
# ## 2. Count first
#
# Before any network: how far do counts go? An $n$-gram model looks at the $n - 1$ characters before, and asks how often
# each character followed them in the training text. Where they never occurred, it asks the last $n - 2$, and so on.
# (The rule that mixes long and short contexts is that of Witten and Bell: a context is trusted the more, the more often
# it was seen, and the less, the more different characters followed it.)
#
# The measure is the mean of $-\ln p(\text{next character})$ over the test play, in **nats** a character. A model that
# knows nothing gives each character $1/V$.
#
# **Predict**: what is its loss? From 1 to 7 characters, does the loss always fall?


# %% tags=["readonly"]
def count_followers(text, n):
    """For each context of n - 1 characters: how often each character follows it."""
    followers = defaultdict(Counter)
    for i in range(n - 1, len(text)):
        followers[text[i - n + 1 : i]][text[i]] += 1
    return followers


def ngram_losses(train, test, most):
    """Nats a character on `test` of the models of 1, 2, ..., `most` characters."""
    p = np.full(len(test), 1 / V)
    losses = []
    for n in range(1, most + 1):
        followers = count_followers(train, n)
        sums = {context: sum(counter.values()) for context, counter in followers.items()}
        for i in range(n - 1, len(test)):
            counter = followers.get(test[i - n + 1 : i])
            if counter:
                seen, kinds = sums[test[i - n + 1 : i]], len(counter)
                p[i] = (counter[test[i]] + kinds * p[i]) / (seen + kinds)
        losses.append(-np.log(p).mean())
    return losses


# %%
print(f"knows nothing: ln V = {math.log(V):.2f}")
count_losses = ngram_losses(book.train, book.test, 7)
for n, loss in enumerate(count_losses, 1):
    print(f"{n} characters: {loss:.2f} nats, perplexity {math.exp(loss):.1f}")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# The loss falls from 4.33 to 3.37 with the mere frequencies, and to 1.87 at five characters. Then it **rises**: contexts
# of six and seven characters occur once or twice, and what followed them once is trusted too much in a play by which the
# model was not trained. Counts have no idea that two contexts are alike.
#
# </details>
#
# ## 3. A recurrent model
#
# The lecture's picture: each character is embedded, the recurrent layer (*couche récurrente*) updates its state (*état*),
# and a linear layer gives a score to each of the $V$ characters. The scores at place $t$ are about the character at
# $t + 1$.
#
# - `cell` is `"rnn"` (an `nn.RNN`, with tanh) or `"lstm"` (an `nn.LSTM`); one layer, one direction. The default is
#   `"lstm"`.
# - The parameters are those of one `nn.Embedding`, this layer (or its `nn.RNNCell` or `nn.LSTMCell`), and one
#   `nn.Linear`.
# - `forward(x, state)` returns scores **and the state after the last character**, in the form in which the layer gives
#   it. Handed back with the next piece of the same text, the model goes on as if it had read both pieces at once.
#   Without a state it begins anew, with zeros.
# - No softmax: the loss has it. And no `detach`: where a gradient ends is decided by the training loop.
#
# ### Exercise


# %%
class RNNLanguageModel(nn.Module):
    """Scores of the next character at every place of a text.

    num_chars: V; embedding_dim: E; hidden_size: H
    cell: "rnn" or "lstm"
    """

    def __init__(self, num_chars, embedding_dim, hidden_size, cell="lstm"):
        super().__init__()
        ### BEGIN SOLUTION
        layer = nn.RNN if cell == "rnn" else nn.LSTM
        self.embedding = nn.Embedding(num_chars, embedding_dim)
        self.recurrent = layer(embedding_dim, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, num_chars)
        ### END SOLUTION

    def forward(self, x, state=None):
        """Scores (B, T, V) for x (B, T), T >= 1, and the state after the last character."""
        ### BEGIN SOLUTION
        outputs, state = self.recurrent(self.embedding(x), state)
        return self.linear(outputs), state
        ### END SOLUTION


# %% [markdown]
# **Predict the first loss.** A network that was never trained: what is its loss, about? Say a number before you run the
# cell. If yours is far from it after all, something is wrong before the training has begun.

# %%
with using_answers():
    torch.manual_seed(0)
    for cell in ("rnn", "lstm"):
        model = RNNLanguageModel(V, 32, 128, cell)
        with torch.no_grad():
            scores, _ = model(train_text[None, :1000])
        loss = F.cross_entropy(scores[0], train_text[1:1001])
        print(f"{cell:4} before training: {loss.item():.2f} nats a character")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# About ln V = 4.33: the scores are small, so all characters are about equally probable. A first loss of 10 would say
# that the scores are large from the start; one far below ln V, that the model sees the answer.
#
# </details>
#
# ### Find the slide's mistake: E on the wrong side
#
# Lecture 003, "Embedding for text classification", makes the embedding matrix $\mathbf{E}$ of size $|V| \times E$: a row for
# each word. "Language Modeling and RNNs" then writes, with a 1-hot column $w_t$ of $|V|$ numbers,
#
# $$x_t = \mathbf{E}\, w_t \qquad\qquad h_t = g(\mathbf{W}^h h_{t-1} + x_t + b^h)$$
#
# and says that the output has $K = |V|$ numbers. Do the shapes of $\mathbf{E}\, w_t$ fit? And which matrix of your model is missing in
# $h_t$: what would its absence demand of the sizes of embedding and state?
#
# <details><summary>Answer</summary>
#
# $\mathbf{E}$ has $|V|$ rows, so it cannot be multiplied by a column of $|V|$ numbers: it must be $\mathbf{E}^\top w_t$, or
# $w_t\, \mathbf{E}$ with $w_t$ as a row. Either picks one row of $\mathbf{E}$, and so `nn.Embedding` looks it up and multiplies
# nothing. And $x_t$ is added as it is, without the input's own matrix. This needs embeddings as long as the
# state, $E = H$. `nn.RNN` has the matrix (`weight_ih_l0`), so your 32 numbers can feed a state of 128.
#
# </details>
#
# ## 4. Perplexity
#
# Perplexity (*perplexité*) is the exponential of the mean loss:
#
# $$\exp\Big(-\frac{1}{N}\sum_{i=1}^{N} \ln p(y_i)\Big)$$
#
# It reads as a number of characters: between how many equally probable ones does the model hesitate? Three landmarks:
# **1** for a model that always knows, **V** for one that knows nothing, and **infinite** for one that gives
# probability 0 to a character that comes.
#
# - `batches` holds pairs (x, y) of one shape (B, T): y is the next character at each place, or -100 where there is none
#   (rows shorter than others are filled up so). Such places do not count. A batch may have only such places, but not
#   all batches.
# - The mean is over **all characters** of all batches, not over batches or rows.
# - Each batch is a text of its own: no state is handed on.
# - Evaluation mode, in which the model may stay. No graph, inside the function only: after it, PyTorch records as before.
#
# ### Exercise


# %%
def perplexity(model, batches):
    """The perplexity of a language model.

    model: an nn.Module; model(x) returns scores (B, T, V) and a state
    batches: list of pairs (x, y) of shape (B, T); y holds -100 where nothing is to be guessed
    Returns a float; inf where a character of probability 0 comes.
    """
    ### BEGIN SOLUTION
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            scores, _ = model(x)
            rows, targets = scores.flatten(0, 1), y.flatten()
            total += F.cross_entropy(rows, targets, ignore_index=-100, reduction="sum").item()
            count += (y != -100).sum().item()
    return math.exp(total / count)
    ### END SOLUTION


# %%
class Fixed(nn.Module):
    """A model with given scores (V, V): row i is for what follows character i."""

    def __init__(self, table):
        super().__init__()
        self.table = nn.Parameter(table)

    def forward(self, x, state=None):
        return self.table[x], state


with using_answers():
    x, y = torch.tensor([[0, 1, 2, 3]]), torch.tensor([[1, 2, 3, 0]])
    sure = 100 * torch.eye(4)[[1, 2, 3, 0]]
    never = torch.zeros(4, 4)
    never[2, 3] = -torch.inf
    for name, table in {
        "knows": sure,
        "knows nothing": torch.zeros(4, 4),
        "excludes what comes": never,
    }.items():
        print(f"{name:20} perplexity {perplexity(Fixed(table), [(x, y)]):.2f}")

# %% [markdown]
# ## 5. Train, and compare
#
# The text is cut into 32 strips that are read side by side, 64 characters at each step. The state goes on from piece to
# piece; its gradient does not, because it is **detached**. This is truncated backpropagation through time, and section 7
# shows what happens without it. Clipping keeps the gradients at norm 1, as in notebook 2.


# %%
def strips(text, count):
    """Inputs and next characters (count, L): strip after strip of the text."""
    length = (len(text) - 1) // count
    return tuple(part[: count * length].view(count, length) for part in (text[:-1], text[1:]))


def detached(state):
    """The same state, without the graph of how it came about."""
    if isinstance(state, tuple):
        return tuple(part.detach() for part in state)
    return state.detach()


def train_model(model, lr, steps, length=64):
    """Truncated backpropagation through time; returns the loss of each step."""
    x, y = strips(train_text, 32)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses, state, start = [], None, 0
    model.train()
    for _ in range(steps):
        if start + length > x.shape[1]:
            state, start = None, 0  # a new epoch: from the beginning, with no memory
        piece = slice(start, start + length)
        scores, state = model(x[:, piece], state)
        loss = F.cross_entropy(scores.flatten(0, 1), y[:, piece].flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state = detached(state)
        losses.append(loss.item())
        start += length
    return losses


test_batches = [strips(test_text, 20)]
models, network_losses = {}, {}
with using_answers():
    for cell, lr, steps in (("rnn", 0.003, 900), ("lstm", 0.01, 900)):
        torch.manual_seed(0)
        models[cell] = RNNLanguageModel(V, 32, 128, cell)
        losses = train_model(models[cell], lr, steps)
        measured = perplexity(models[cell], test_batches)
        network_losses[cell] = math.log(measured)
        print(
            f"{cell:4} first loss {losses[0]:.2f}, last {np.mean(losses[-50:]):.2f}; "
            f"test {math.log(measured):.2f} nats, perplexity {measured:.1f}"
        )

# %% alt="Nats a character against the length of the n-grams: from 3.4 with one character down to 1.87 with five, then up again. Levels: ln V = 4.33, the RNN 1.91, the LSTM 1.82, below every n-gram."
with using_answers("network_losses"):
    ladder(count_losses, network_losses, math.log(V))

# %% [markdown]
# *Figure 1. Nats a character on a play that no model has seen: n-grams of 1 to 7 characters, and two networks. The curve
# of the counts has a bottom; the networks lie beside it.*
#
# **Read it with care.** How much better is the best network than five characters of counting, and what did each cost?
#
# <details><summary>Answer</summary>
#
# Some ten seconds of training an LSTM (more on a busy machine) buy 0.05 nats over two seconds of counting, and the RNN is
# a little behind the counts. When the text is short and the time too, counts are hard to beat. But the LSTM has 95
# thousand numbers and the RNN 33 thousand, where the counts of five characters keep every context that they met; and
# longer contexts only make the counts worse.
#
# One run with one seed each, and learning rates that were chosen by two or three tries: this is no proof that an LSTM is
# better than an RNN. That gates keep a memory is shown by the adding task in notebook 2, not by this figure.
#
# </details>
#
# ## 6. Let it write
#
# The model gives $p(\text{next})$; a draw gives one character; the character goes back in as input. The
# **temperature** (*température*) $T$ divides the scores before the softmax: $p = \mathrm{softmax}(\text{scores} / T)$.
#
# **Three questions**, before you move the slider. What becomes of the probabilities when $T \to 0$? At $T = 1$? When
# $T \to \infty$?

# %%
plots.explore_temperature()

# %% [markdown]
# <details><summary>Answers</summary>
#
# $T \to 0$: all probability goes to the largest score, and the perplexity to 1. $T = 1$: the model as it was trained.
# $T \to \infty$: every character gets $1/V$, whatever was read: perplexity V.
#
# </details>
#
# Now write it.
#
# - `start` is a list of one or more numbers. The model reads **all of them**, then each new character, with the state
#   that it gave. (You may instead hand it the whole text so far each time, without a state: the same, but slower.)
# - The scores count that belong to the **last** place.
# - The draw: one number `u = rng.random()` for each character; the new character is the first whose cumulative
#   probability is above u. NumPy's `rng.choice(V, p=p)` does exactly this. Use float64 for the probabilities.
# - At `temperature` 0 nothing is drawn: the most probable character is taken.
# - A low temperature makes large numbers: the softmax must not overflow.
# - Evaluation mode, in which the model may stay. No graph, inside the function only. The list `start` stays as it is.
#
# ### Exercise


# %%
def sample_text(model, start, length, rng, temperature=1.0):
    """Characters drawn one after the other.

    model: an nn.Module; model(x, state) takes x (1, T), returns scores (1, T, V)
        and the new state; model(x) begins anew
    start: list of one or more numbers; length: how many new ones to draw
    rng: a numpy.random.Generator
    Returns a list of `length` new numbers, without `start`.
    """
    ### BEGIN SOLUTION
    model.eval()
    text = []
    with torch.no_grad():
        scores, state = model(torch.tensor([start]))
        for _ in range(length):
            last = scores[0, -1].double()
            if temperature == 0:
                text.append(last.argmax().item())
            else:
                p = torch.softmax(last / temperature, dim=0).numpy()
                text.append(int(rng.choice(len(p), p=p)))
            scores, state = model(torch.tensor([text[-1:]]), state)
    return text
    ### END SOLUTION


# %%
start = "CAESAR.\n"
with using_answers("models"):
    for temperature in (0, 0.5, 1.0, 3.0):
        rng = np.random.default_rng(0)
        drawn = sample_text(models["lstm"], encode(start).tolist(), 160, rng, temperature)
        print(f"----- T = {temperature}\n{start}{decode(drawn)}\n")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# At 0 the text soon goes round in a circle: the most probable text is not a typical one. At 0.5 most words are English,
# and often the same. At 1 the lines still have the shape of the plays, but many words are invented: so little training
# has taught spelling only in part. At 3 hardly a word is left.
#
# </details>
#
# ## 7. At home: where the gradient ends
#
# `train_model` detaches the state after each step. What happens without? Guess, then run: one training step after the
# other with a state that still hangs on its graph.

# %%
with using_answers():
    torch.manual_seed(0)
    small = RNNLanguageModel(V, 8, 16)
    x, y = strips(train_text, 8)
    state = None
    try:
        for step in range(2):
            scores, state = small(x[:, 20 * step : 20 * step + 20], state)
            F.cross_entropy(
                scores.transpose(1, 2), y[:, 20 * step : 20 * step + 20]
            ).backward()
            print(f"step {step + 1}: done")
    except RuntimeError as error:
        print(f"step {step + 1}: RuntimeError:", str(error).split(".")[0])

# %% [markdown]
# The second backward pass walks through the second piece and on into the first, whose graph was freed when the first
# pass ended. The message proposes `retain_graph=True`. That helps, at a price. Which one? The parameters stay as they are
# here, so that nothing but the time is measured.

# %% alt="Milliseconds a training step: with retain_graph=True they grow from 1 to 10 over 24 steps, detached they stay below 1."
with using_answers():
    times = {}
    for name, cut in (("retain_graph=True", False), ("detached", True)):
        state, times[name] = None, []
        for step in range(24):
            piece = slice(20 * step, 20 * step + 20)
            began = time.perf_counter()
            scores, state = small(x[:, piece], state)
            F.cross_entropy(scores.transpose(1, 2), y[:, piece]).backward(retain_graph=not cut)
            if cut:
                state = detached(state)
            times[name].append(time.perf_counter() - began)
    truncated_times(times)

# %% [markdown]
# *Figure 2. The time of each training step. With a graph that is kept, every step goes back to the beginning of the text,
# so the steps take longer and longer, and the memory grows as well. Detached, a step costs the same on the whole; single
# peaks are other work of the machine.*
#
# The price of the cut: no gradient says what should have been kept from more than 64 characters ago. The state itself
# may still bring it, by luck; it is not trained to.
#
# ## 8. At home: what the model looks at
#
# The gradient of one prediction with respect to the embedding of each character before it says where a small change
# would matter most. Take a sentence of the test play; the model guesses the character after it. Which characters does
# that guess hang on: guess yourself, then run.


# %%
def influence(model, text):
    """The character that the model guesses, and the gradient's size for each one read (T,)."""
    kept = []
    embedding = next(part for part in model.modules() if isinstance(part, nn.Embedding))

    def keep(module, inputs, output):
        output.retain_grad()
        kept.append(output)

    hook = embedding.register_forward_hook(keep)
    log_p = model(encode(text)[None])[0][0, -1].log_softmax(dim=0)
    hook.remove()
    log_p.max().backward()
    model.zero_grad()
    sizes = torch.cat([part.grad.reshape(-1, part.shape[-1]) for part in kept]).norm(dim=1)
    return chars[log_p.argmax()], sizes.numpy()


sentence = "The evil that men do lives after them;\nThe good is oft interred with their bon"
with using_answers("models"):
    guess, sizes = influence(models["lstm"], sentence)
    print(
        f"the model guesses {guess!r}; the last ten characters hold "
        f"{100 * sizes[-10:].sum() / sizes.sum():.0f} % of all gradient"
    )
    coloured = ColouredText(sentence, sizes, guess)

# %%
with using_answers("coloured"):
    display(coloured)

# %% [markdown]
# *Figure 3. Each character is as dark as its gradient is large; the guess stands at the end.*
#
# <details><summary>What to see here</summary>
#
# The last few characters are dark, and the colour fades within a word or two: what came a line before hardly counts. A
# gradient tells of small changes only: a model may well hold on to something, such as being inside a line of verse,
# without its gradient showing it here.
#
# </details>
#
# **More to try.** Give the LSTM 4,000 steps (a minute and a half): how far does the loss fall? Train it on a text in
# French. Look for a hidden unit that counts the characters since the last new line.

# %% [markdown]
# ## 9. What to remember
#
# - Count first. An n-gram model takes seconds, and tells what a network must beat.
# - The first loss is about ln V. If it is not, look for the mistake before you train.
# - Perplexity = exp(mean loss over all real characters): 1 knows, V knows nothing, infinite excludes what comes.
# - The state goes on, the gradient is cut: `detach`.
# - $T \to 0$: always the same; $T = 1$: as trained; $T \to \infty$: dice.
#
# Next: *TP8*, attention and pretrained models.
