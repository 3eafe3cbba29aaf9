# %% [markdown]
# # From NumPy to PyTorch
#
# *TP6, notebook 6 of 6*
#
# **Aim.** You build, train and judge networks with PyTorch: first on images of digits, then on sentences from film
# reviews. You know from the other notebooks what happens inside; now a library does it, and your work is to ask it
# for the right thing and to measure honestly what you get.
#
# **Time.** 35 minutes in the session, 75 at home. Section 1 is for home, before the session: it holds no exercise. The
# session does sections 2 to 5, without what is marked *at home*: nothing in the session needs it. At home afterwards:
# the rest of these (15 minutes), section 6 (25) and section 7 (20). Section 8 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each answer stands its check. Run it
# as often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that
# you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** Do not change the tensors that you are given (training changes the parameters, nothing else),
# and leave PyTorch as you found it: what you switch off, you switch on again. A number that you return is a plain one,
# of Python or NumPy, not a tensor.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import re
import zlib

import numpy as np
import torch
from sklearn.ensemble import RandomForestClassifier
from torch import nn

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots.training import LiveCount, LiveCurve, describe, spread

torch.set_num_threads(1)
torch.set_printoptions(precision=4, sci_mode=False)

# %% [markdown]
# ## 1. At home, before the session: what PyTorch adds to NumPy
#
# | you wrote in NumPy | PyTorch has | what it does for you |
# |---|---|---|
# | an array | a **tensor** (*tenseur*) | the same, on a graphics card too |
# | a backward pass by hand | **autograd** | records each operation, then walks back through the record (the graph) |
# | `W1`, `b1`, `W2`, `b2`, a function | a **module** (`nn.Module`) | holds parameters and modules, and computes |
# | `W = W - 0.1 * dW` | an **optimiser** (`torch.optim`) | updates all parameters, by SGD, Adam and others |
#
# ### Tensors
#
# A tensor made by `torch.from_numpy` shares the memory of its array. PyTorch's layers expect float32, and NumPy makes
# float64: this is the first error that most people meet.

# %% tags=["compare"]
array = np.array([[1.0, 2.0], [3.0, 4.0]])
tensor = torch.from_numpy(array)
print(tensor.dtype, "->", tensor.float().dtype, "  shape", tuple(tensor.shape))
tensor[0, 0] = 10
print("the array sees the change:", array[0, 0])

# %% [markdown]
# ### Gradients
#
# The lecture differentiates $f(x, a, b) = (xa + b)^2$ by hand. With $x = 2$, $a = 3$, $b = 1$ we have $xa + b = 7$,
# so $\partial f / \partial x = 2 \cdot 7 \cdot a = 42$. What are the other two? Predict them, then run the cell.

# %% tags=["compare"]
x, a, b = (torch.tensor(value, requires_grad=True) for value in (2.0, 3.0, 1.0))
f = (x * a + b) ** 2
f.backward()
print("df/dx =", x.grad.item(), "  df/da =", a.grad.item(), "  df/db =", b.grad.item())

# %% [markdown]
# A second backward pass does not replace the gradients (*gradients*): it **adds** to them. A network that uses one
# parameter in two places needs that sum. In a training loop it is a trap, and section 3 comes back to it.

# %% tags=["compare"]
f = (x * a + b) ** 2
f.backward()
print("df/dx after a second backward pass:", x.grad.item())

# %% [markdown]
# ### Modules and optimisers
#
# `nn.Linear(D, H)` is a layer. It keeps its weights the other way round than our notation, as (H, D), and computes `x
# @ weight.T + bias`. An optimiser gets the parameters (*paramètres*) once, and changes them in place at each `step`.

# %% tags=["compare"]
layer = nn.Linear(3, 2)
with torch.no_grad():
    layer.weight.fill_(1.0)
    layer.bias.zero_()
x = torch.tensor([[1.0, 2.0, 3.0]])
print("output", layer(x).tolist(), "  weight", tuple(layer.weight.shape))

optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
layer(x).sum().backward()
optimizer.step()
print("one step later, the first row of the weights is", layer.weight[0].detach())

# %% [markdown]
# ### At home: find the slide's mistake, code from 2017
#
# The lecture's PyTorch example was right when it was written. Three of its habits are gone:
#
# 1. inputs are wrapped: `x = Variable(torch.randn(N, D_in))`;
# 2. the loss (*fonction de perte*) is read as `loss.data[0]`;
# 3. the loss is summed over the batch (*lot*): `torch.nn.MSELoss(size_average=False)`.
#
# Guess what each one does today: an error, a warning, or nothing? The cell tries all three.

# %%
import warnings

from torch.autograd import Variable

print("1.", type(Variable(torch.randn(2, 3))))

try:
    torch.tensor(0.5).data[0]
except IndexError as error:
    print("2. IndexError:", error)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    nn.MSELoss(size_average=False)
print("3.", *(f"{warning.category.__name__}: {warning.message}" for warning in caught))

# %% [markdown]
# | then | now | why |
# |---|---|---|
# | `Variable(t)` | `t` | a tensor itself holds `.grad` and the function that made it; ask with `requires_grad=True` |
# | `loss.data[0]` | `loss.item()` | a loss is one number, a tensor of shape `()`: there is nothing to index |
# | `size_average=False` | `reduction="sum"` | the default is the mean, `reduction="mean"` |
#
# Sum or mean is more than a matter of taste. A sum over 64 examples has a gradient 64 times larger, so plain SGD
# takes steps 64 times longer with the same learning rate (*taux d'apprentissage*). Here is the example as one writes
# it today.

# %%
torch.manual_seed(0)
N, D, H, K = 64, 1000, 100, 10
x, y = torch.randn(N, D), torch.randn(N, K)
model = nn.Sequential(nn.Linear(D, H), nn.ReLU(), nn.Linear(H, K))
loss_fn = nn.MSELoss(reduction="sum")
optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
for t in range(10):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if t in (0, 9):
        print(f"step {t}: loss {loss.item():.1f}")

# %% [markdown]
# ## 2. A network as a module
#
# A multilayer perceptron (*perceptron multicouche*) of any depth is one class. `sizes` lists the width of every
# layer, input and output included: `MLP([64, 32, 10])` reads 64 features, has one hidden layer (*couche cachée*) of
# 32 units and gives 10 scores.
#
# - Between the layers, that is after each but the last: ReLU, then dropout with probability `dropout`, as `nn.Dropout`
#   does it. In training mode each unit of each example is set to 0 or not by itself, anew at each pass, and those that
#   are kept are divided by 1 - `dropout`, so that sums keep their size. In evaluation mode nothing happens.
# - After the last layer: nothing. `nn.CrossEntropyLoss` takes scores, because log-softmax belongs to the loss, where
#   it is stable. The input has no dropout either.
# - The parameters are those of one `nn.Linear` for each pair of neighbours in `sizes`, declared in any order. PyTorch
#   finds the parameters of modules that you store in `self`, or in an `nn.ModuleList` or `nn.Sequential`, but not those
#   in a Python list.
# - The network is to be trained: each of its parameters must get a gradient.
#
# ### Exercise


# %%
class MLP(nn.Module):
    """A multilayer perceptron: linear layers with ReLU and dropout between them.

    sizes: list of widths [D, H1, ..., K], two or more
    dropout: probability that a hidden unit is set to 0 during training
    """

    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        ### BEGIN SOLUTION
        layers = []
        for i in range(len(sizes) - 2):
            layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU(), nn.Dropout(dropout)]
        self.layers = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))
        ### END SOLUTION

    def forward(self, x):
        """Scores (B, K) of inputs x (B, D)."""
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


# %% [markdown]
# How many numbers does such a network learn? Compute it for `[64, 32, 10]` before you run the cell.

# %% tags=["compare"]
with using_answers():
    for name, parameter in MLP([64, 32, 10]).named_parameters():
        print(f"{name:16} {str(tuple(parameter.shape)):9} {parameter.numel():5} numbers")

# %% [markdown]
# ## 3. One epoch of training
#
# An epoch (*époque*) shows every example once, in small batches. For each batch the same four steps, in this order:
#
# 1. **forward**: the scores, and from them the loss of this batch;
# 2. **clear**: `optimizer.zero_grad()`, because `backward` adds to the gradients that are there, before the first batch
#    too: somebody may have left some (you may clear before step 1 as well);
# 3. **backward**: `loss.backward()` computes the gradients;
# 4. **update**: `optimizer.step()` uses them.
#
# Before the first batch, `model.train()` puts the model into training mode: somebody may have left it in evaluation
# mode, where dropout does nothing. In which mode you leave it is up to you.
#
# The function returns the mean loss **per example**. `loss_fn` gives the mean of one batch, and the last batch is
# often smaller, so the batches must be weighted by their sizes. Return a plain number (`loss.item()`): a tensor would
# keep the graph of every batch in memory.
#
# ### Exercise


# %%
def train_epoch(model, batches, optimizer, loss_fn):
    """Train a model on each batch once.

    model: an nn.Module from inputs (B, D) to scores (B, K)
    batches: list of pairs (x, y): inputs x (B, D), and y with B rows as loss_fn takes it,
        for nn.CrossEntropyLoss classes (B,); the batches may differ in size
    optimizer: a torch.optim optimiser of the model's parameters
    loss_fn: takes scores and y, returns the mean loss of the batch, a tensor of shape ()
    Returns the mean loss per example over the epoch, a float.
    """
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for x, y in batches:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count
    ### END SOLUTION


# %% [markdown]
# ## 4. An honest measure
#
# Accuracy (*exactitude*) is the share of examples whose largest score is at the right class. Three habits keep it
# honest:
#
# - **evaluation mode**: `model.eval()` switches dropout off, in all layers of the model; batch norm, if there is any,
#   then uses its running statistics instead of those of the batch (notebook 5);
# - **no gradients**: inside `with torch.no_grad():` PyTorch records nothing, which saves time and memory. Inside only:
#   afterwards training must be possible as before;
# - **count examples**, not batches: a small last batch must not weigh as much as a full one.
#
# In which mode you leave the model is up to you: `train_epoch` sets its own.
#
# ### Exercise


# %%
def evaluate(model, batches):
    """The share of examples that a model classifies rightly.

    model: an nn.Module from inputs (B, D) to scores (B, K)
    batches: list of one or more pairs (x, y), with classes y (B,); they may differ in size
    Returns the accuracy, a float between 0 and 1.
    """
    ### BEGIN SOLUTION
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in batches:
            right += (model(x).argmax(dim=1) == y).sum().item()
            count += len(y)
    return right / count
    ### END SOLUTION


# %% [markdown]
# ## 5. Digits
#
# 1,797 images of handwritten digits, 8 x 8 pixels each. The test set (*ensemble de test*) is for the last measure
# only, so we set 300 training images apart as a validation set (*ensemble de validation*): on these we watch the
# training.


# %% tags=["readonly"]
def tensors(part):
    """Inputs and classes of a part of a data set, as tensors."""
    return torch.from_numpy(part.x), torch.from_numpy(part.y)


def split(x, y, held_out, seed=0):
    """(training pair, validation pair): `held_out` random examples go to validation."""
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    first, rest = order[:held_out], order[held_out:]
    return (x[rest], y[rest]), (x[first], y[first])


def minibatches(x, y, size, generator=None):
    """A list of batches (x, y), the last perhaps smaller; shuffled if there is a generator."""
    order = torch.arange(len(x))
    if generator is not None:
        order = torch.randperm(len(x), generator=generator)
    return [(x[rows], y[rows]) for rows in order.split(size)]


# %% tags=["compare"]
digits = data.load("digits")
train, validation = split(*tensors(digits.train), held_out=300)
test = tensors(digits.test)
for name, (x, y) in {"train": train, "validation": validation, "test": test}.items():
    print(f"{name:10}  x {str(tuple(x.shape)):11} y {tuple(y.shape)}")

# %% [markdown]
# Now your three answers work together. `fit` is the whole training: epochs of `train_epoch`, each followed by an
# honest look at the validation set. `LiveCurve` draws the two curves while the training goes on.


# %%
def fit(model, train, validation, epochs, lr, size=64, seed=0, title=""):
    """Train with Adam, show the curves; returns the validation accuracy of each epoch."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.CrossEntropyLoss()
    curve = LiveCurve(epochs, title)
    for _ in range(epochs):
        loss = train_epoch(model, minibatches(*train, size, generator), optimizer, loss_fn)
        curve.add(loss, evaluate(model, minibatches(*validation, size=256)))
    return curve.accuracies


with using_answers():
    torch.manual_seed(0)
    digit_model = MLP([64, 64, 10], dropout=0.3)
    fit(digit_model, train, validation, epochs=12, lr=0.01, title="digits")

# %% [markdown]
# *Figure 1. Loss and accuracy while an MLP learns digits. The square marks the best epoch.*
#
# Expect more than 90 % on images that it never saw. The test set now gives its one answer:

# %%
with using_answers("digit_model"):
    accuracy = evaluate(digit_model, minibatches(*test, size=100))
    print(f"test accuracy: {100 * accuracy:.1f} %")

# %% [markdown]
# ### At home: one network, three accuracies
#
# The same trained network, measured in three ways on the validation set: the test set has said what it had to say. Only
# the first number is the accuracy. Which mistake does each of the others make?

# %%
with using_answers("digit_model"):
    x, y = validation
    print(f"A  {100 * evaluate(digit_model, minibatches(x, y, size=100)):.2f} %")

    torch.manual_seed(0)
    digit_model.train()
    with torch.no_grad():
        print(f"B  {100 * (digit_model(x).argmax(dim=1) == y).float().mean():.2f} %")

    batches = minibatches(x, y, size=99)  # 99, 99, 99 and 3 images
    shares = [evaluate(digit_model, [batch]) for batch in batches]
    print(f"C  {100 * sum(shares) / len(shares):.2f} %")

# %% [markdown]
# <details><summary>Answer</summary>
#
# B is in training mode: dropout still removes about three hidden units in ten, drawn at random. C is the mean over
# batches: the last one has 3 images, and each of them weighs as much as 33 others. Whether C is too high or too low is
# luck; that it is wrong is not.
#
# </details>
#
# Where does the network go wrong? Look at the images before you blame it.

# %% alt="Ten digits that the network gets wrong, each with its class and the answer: 7 taken for 4, 1 for 8, 8 for 1, four times a 4 for something else. Some are hard to read."
with using_answers("digit_model"):
    x, y = validation
    digit_model.eval()
    with torch.no_grad():
        predicted = digit_model(x).argmax(dim=1)
    wrong = torch.nonzero(predicted != y).flatten()[:10]
    plots.images(x[wrong].numpy(), [f"{y[i]}, not {predicted[i]}" for i in wrong])

# %% [markdown]
# *Figure 2. Validation images that the network gets wrong: the right class, and the network's.*
#
# ### At home: the same network in Keras style
#
# Keras made it popular to write a network as a list of layers. PyTorch's `nn.Sequential` is that list. There is one
# difference to the lecture's Keras example, which ends with a softmax layer: here the loss does it, so the list ends
# with the scores.
#
# `train_epoch` and `evaluate` do not care how a model was written.

# %%
with using_answers():
    torch.manual_seed(0)
    keras_style = nn.Sequential(
        nn.Linear(64, 64),
        nn.ReLU(),
        nn.Dropout(0.3),
        nn.Linear(64, 10),
    )
    accuracies = fit(
        keras_style, train, validation, epochs=12, lr=0.01, title="digits, Keras style"
    )

# %% [markdown]
# *Figure 3. The same network as a list of layers, from the same seed (graine).*
#
# If your `MLP` makes its layers in the same order, both draw the same initial weights, and the curve is that of
# Figure 1, point by point: it is the same network.
#
# A third style, that of the Hugging Face `Trainer`, hides the loop as well. You meet it in TP8; it does what your
# `train_epoch` and `evaluate` do.

# %% [markdown]
# ### At home: batches and weights, as PyTorch keeps them
#
# Two tools that you meet in every program. A `DataLoader` cuts a data set into batches, shuffles it if you ask for it,
# and loads from disk in the background; the batches are pairs like ours. A `state_dict` holds all parameters of a model
# by name: one saves it with `torch.save`, and a new model of the same class takes it over.

# %%
from torch.utils.data import DataLoader, TensorDataset

with using_answers("digit_model"):
    loader = DataLoader(TensorDataset(*validation), batch_size=100)
    weights = digit_model.state_dict()
    twin = MLP([64, 64, 10], dropout=0.3)
    print(f"a new model:                {100 * evaluate(twin, list(loader)):.2f} %")
    twin.load_state_dict(weights)
    print(f"with the weights of ours:   {100 * evaluate(twin, list(loader)):.2f} %")
    print("names:", *weights)

# %% [markdown]
# ## 6. At home: sentences, a bag of n-grams
#
# The data: sentences from film reviews, each with the mean of human ratings from -4 to 4. Class 1 is positive, class
# 0 negative; sentences near 0 are left out.

# %%
snippets = data.load("snippets")
print(snippets.train)
print(snippets.test)
for i in (2, 9, -4, -5):
    print(snippets.train.labels[i], snippets.train.texts[i])

# %% [markdown]
# A sentence has any number of words; a linear layer wants a fixed number of inputs. The lecture's answer is fast and
# hard to beat:
#
# 1. each word has a vector, its embedding (*plongement*), which is learned;
# 2. the **mean** of the vectors stands for the sentence, however long it is;
# 3. a linear layer turns the mean into scores.
#
# A mean forgets the order: *not good, bad* and *not bad, good* would be the same. So pairs of neighbours, the bigrams
# (*bigrammes*), get vectors too. There are far more bigrams than we can list. Instead of a vocabulary we use a fixed
# number of **buckets** (*cases*), and a formula, the hash (*hachage*), that says in which bucket a word or a bigram
# falls. Now and then two of them share one: with enough buckets this does little harm.
#
# In this notebook each word is a whole number from 0 to $2^{32} - 1$ (given below), and
#
# | n-gram | bucket |
# |---|---|
# | a word $w$ | `w % num_buckets` |
# | a bigram $(v, w)$ | `(31 * v + w) % num_buckets` |
#
# The 31 makes *not good* and *good not* different. Short sentences are filled up with -1 (padding, *remplissage*).


# %% tags=["readonly"]
def word_numbers(text):
    """One whole number for each word of a text."""
    return [zlib.crc32(word.encode()) for word in re.findall(r"[a-z0-9']+", text.lower())]


def encode(texts):
    """Texts as one tensor (B, T) of word numbers; -1 after the end of a shorter text."""
    rows = [word_numbers(text) for text in texts]
    words = np.full((len(rows), max(map(len, rows))), -1)
    for row, numbers in zip(words, rows, strict=True):
        row[: len(numbers)] = numbers
    return torch.from_numpy(words)


# %% tags=["compare"]
encode(["Not good.", "Good, not very good!"])

# %% [markdown]
# Your model gets such a tensor. A sentence of $n$ words has $n$ unigrams and $n - 1$ bigrams, and its vector is the
# mean of all $2n - 1$ embeddings:
#
# $$h = \frac{1}{2n - 1}\Big(\sum_{t=1}^{n} E_{\text{bucket}(w_t)}
# + \sum_{t=1}^{n-1} E_{\text{bucket}(w_t, w_{t+1})}\Big)
# \qquad\qquad \text{scores} = h\,W + b$$
#
# - Padding must not count: neither a -1 as a word, nor a pair with a -1 in it. Beware: in Python `-1 % 7` is 6, a
#   bucket like any other.
# - A text without any word has $h = 0$, so its scores are $b$.
# - The numbers are int64, and must stay so: int32 and float32 do not hold them.
# - Every bucket is learned, bucket 0 too; and the next epoch reads the same tensor of words, so leave it as it is.
# - Build the pairs with two slices: `words[:, :-1]` are the first words, `words[:, 1:]` the second ones.
#
# ### Exercise


# %%
class BagOfNgrams(nn.Module):
    """The mean embedding of the words and bigrams of a text, then a linear layer.

    num_buckets: number of embeddings, shared by words and bigrams
    embedding_dim: length H of an embedding
    num_classes: number K of scores
    Its parameters are those of one nn.Embedding (or nn.EmbeddingBag) and one nn.Linear.
    """

    def __init__(self, num_buckets, embedding_dim, num_classes):
        super().__init__()
        ### BEGIN SOLUTION
        self.num_buckets = num_buckets
        self.embedding = nn.Embedding(num_buckets, embedding_dim)
        self.linear = nn.Linear(embedding_dim, num_classes)
        ### END SOLUTION

    def forward(self, words):
        """Scores (B, K) of texts: words (B, T), T >= 1, -1 after the end of a text."""
        ### BEGIN SOLUTION
        bigrams = 31 * words[:, :-1] + words[:, 1:]  # (B, T-1)
        buckets = torch.cat([words, bigrams], dim=1) % self.num_buckets  # (B, 2T-1)
        real = torch.cat([words >= 0, words[:, 1:] >= 0], dim=1).float()  # (B, 2T-1)
        total = torch.einsum("bn,bnh->bh", real, self.embedding(buckets))
        return self.linear(total / real.sum(dim=1, keepdim=True).clamp(min=1))
        ### END SOLUTION


# %% [markdown]
# ### Train it, and look early
#
# Once more we set validation examples apart. The model has 65,536 embeddings of 4 numbers, far more parameters than
# there are sentences, so it can learn the training set by heart. That is overfitting (*surapprentissage*), and the
# validation curve shows when it begins.
#
# One detail matters here. A bigram that never occurs in training keeps the vector with which it started, and adds it
# as noise to the mean. So we let all vectors start small.


# %%
def text_tensors(part):
    return encode(part.texts), torch.from_numpy(part.labels)


train_texts, validation_texts = split(*text_tensors(snippets.train), held_out=1500)
test_texts = text_tensors(snippets.test)

with using_answers():
    torch.manual_seed(0)
    text_model = BagOfNgrams(num_buckets=2**16, embedding_dim=4, num_classes=2)
    with torch.no_grad():
        for parameter in text_model.parameters():
            parameter *= 0.1
    fit(
        text_model,
        train_texts,
        validation_texts,
        epochs=8,
        lr=0.03,
        size=256,
        title="film reviews",
    )

# %% [markdown]
# *Figure 4. Loss and accuracy on sentences. After the third epoch the loss goes on falling, the accuracy does not rise
# any more.*
#
# After which epoch would you stop? What do the later epochs still learn?
#
# <details><summary>Answer</summary>
#
# After three epochs: the validation accuracy, between 75 and 80 %, rises no more, and in the five epochs that follow it
# slowly falls, while the training loss goes towards 0: the model now learns sentences by heart. Stopping early costs
# nothing and saves time. The rule for it is the subject of notebook 5.
#
# </details>

# %%
with using_answers("text_model"):
    accuracy = evaluate(text_model, minibatches(*test_texts, size=256))
    print(f"test accuracy: {100 * accuracy:.1f} %")

# %% [markdown]
# A linear classifier on weighted word counts (TF-IDF with logistic regression) reaches 80.6 % on the same test set. A
# simple method done well is hard to beat; the lecture says the same of this one: little is gained by depth.
#
# Try sentences of your own. Does the model understand *not*?

# %%
with using_answers("text_model"):
    text_model.eval()
    mine = [
        "a moving film",
        "a boring film",
        "not a boring film",
        "good",
        "not good",
        "I don't know",
    ]
    with torch.no_grad():
        positive = text_model(encode(mine)).softmax(dim=1)[:, 1]
    for text, p in zip(mine, positive, strict=True):
        print(f"{100 * p:5.1f} % positive   {text}")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# Each word and each bigram adds its share to one sum. *not* can therefore not turn round what *boring* says, unless the
# training set held this very bigram often enough. And the model is far too sure of itself: being sure of each training
# sentence is what the late epochs taught it.
#
# </details>

# %% [markdown]
# ## 7. At home: compare configurations
#
# Learner, widths, optimiser, learning rate, dropout: who chooses? One compares, on the validation set, and this is
# where many comparisons go wrong. A training run depends on its seed: other initial weights and another order of the
# batches give another accuracy. A difference between two runs may be luck, so every configuration runs **with several
# seeds**, once with each, and we report the mean and the standard deviation (*écart type*):
#
# $$\bar v = \frac{1}{n}\sum_{i=1}^{n} v_i \qquad\qquad s = \sqrt{\frac{1}{n-1}\sum_{i=1}^{n} (v_i - \bar v)^2}$$
#
# The division by $n - 1$ belongs to a *sample*: we have five seeds, not all seeds. The **validation** accuracy
# decides the order. The test accuracy is reported beside it and decides nothing: if it did, it would no longer say
# how good the chosen configuration is on new data. Two configurations with the same mean both have their row, in either
# order.
#
# ### Exercise


# %%
def sweep(train_and_score, configurations, seeds):
    """Run each configuration exactly once with each seed, and rank the configurations.

    train_and_score: function of a configuration and a seed; returns
        (validation accuracy, test accuracy)
    configurations: list of dicts, such as {"width": 64, "lr": 0.01}
    seeds: list of two or more whole numbers
    Returns a list of dicts, by decreasing "mean":
        {"configuration": the configuration, as it was given,
         "mean": mean validation accuracy,
         "std": sample standard deviation of the validation accuracy,
         "test": mean test accuracy}
    """
    ### BEGIN SOLUTION
    rows = []
    for configuration in configurations:
        runs = [train_and_score(configuration, seed) for seed in seeds]
        scores = np.array(runs)  # (number of seeds, 2)
        mean, test = scores.mean(axis=0)
        std = scores[:, 0].std(ddof=1)
        row = {"mean": float(mean), "std": float(std), "test": float(test)}
        rows.append({"configuration": configuration, **row})
    return sorted(rows, key=lambda row: row["mean"], reverse=True)
    ### END SOLUTION


# %% [markdown]
# Now compare. The learners (*modèles d'apprentissage*): networks without hidden layer, with one, and with several in
# the shape of a **funnel** (*entonnoir*), each layer narrower than the one before; and a random forest (*forêt
# aléatoire*), which is no network at all. The hyper-parameters (*hyperparamètres*): widths, optimiser, learning rate,
# dropout. Eleven configurations, five seeds: 55 small trainings on 400 digits each, some seconds in all. `sweep` does
# not care what it compares.

# %%
few = train[0][:400], train[1][:400]
configurations = [
    {"hidden": "none", "optimizer": "Adam", "lr": 0.03},
    {"hidden": "16", "optimizer": "Adam", "lr": 0.03},
    {"hidden": "64", "optimizer": "Adam", "lr": 0.03},
    {"hidden": "64", "optimizer": "Adam", "lr": 0.003},
    {"hidden": "64", "optimizer": "Adam", "lr": 0.03, "dropout": 0.3},
    {"hidden": "64-32", "optimizer": "Adam", "lr": 0.03},
    {"hidden": "64-32-16", "optimizer": "Adam", "lr": 0.03},
    {"hidden": "64", "optimizer": "SGD", "lr": 0.3},
    {"hidden": "64", "optimizer": "SGD", "lr": 0.1, "momentum": 0.9},
    {"hidden": "64", "optimizer": "RMSprop", "lr": 0.01},
    {"random forest": 100},
]
SEEDS = [0, 1, 2, 3, 4]
runs = []


def train_network(seed, hidden, optimizer, lr, dropout=0.0, **options):
    """A network trained on the 400 digits; the options go to the optimiser."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    widths = [int(width) for width in hidden.split("-") if width != "none"]
    model = MLP([64, *widths, 10], dropout=dropout)
    optimizer = getattr(torch.optim, optimizer)(model.parameters(), lr=lr, **options)
    for _ in range(8):
        train_epoch(model, minibatches(*few, 50, generator), optimizer, nn.CrossEntropyLoss())
    return model


def train_and_score(configuration, seed):
    if trees := configuration.get("random forest"):
        forest = RandomForestClassifier(trees, random_state=seed).fit(*few)
        scores = forest.score(*validation), forest.score(*test)
    else:
        model = train_network(seed, **configuration)
        scores = evaluate(model, [validation]), evaluate(model, [test])
    runs.append((configuration, seed, scores[0]))
    count.advance()
    return scores


count = LiveCount(len(configurations) * len(SEEDS))
with using_answers():
    rows = sweep(train_and_score, configurations, SEEDS)

# %%
with using_answers("rows"):
    for row in rows:
        words = describe(row["configuration"])
        print(f"{100 * row['mean']:.1f} ± {100 * row['std']:.1f} %   {words}")

# %% alt="Validation accuracy of eleven configurations, the single runs with mean and standard deviation. Adam with 64 units leads with 92 %, close to a random forest; the deepest network comes last with 82 %. One configuration spreads from 70 to 91 %."
with using_answers("rows"):
    spread(rows, runs)

# %% [markdown]
# *Figure 5. Eleven configurations: five runs each, their mean, and one standard deviation each way. Here and in the list
# above, ± is a standard deviation: how far **single runs** lie from their mean.*
#
# That is not how well the *mean* is known. The mean of $n$ runs is known to about $s / \sqrt{n}$, its standard error
# (*erreur type*), and the difference of two means to about $\sqrt{(s_1^2 + s_2^2) / n}$. So whether two bars overlap is
# no test. A usual rule: a difference of less than two of its standard errors may well be luck.

# %%
with using_answers("rows"):
    first, *others = rows
    print(f"behind {describe(first['configuration'])}:")
    for row in others:
        gap = first["mean"] - row["mean"]
        error = np.sqrt((first["std"] ** 2 + row["std"] ** 2) / len(SEEDS))
        words = describe(row["configuration"])
        print(f"{100 * gap:5.1f} %, {gap / error:4.1f} standard errors   {words}")

# %% [markdown]
# Which differences would you believe? Is a funnel better than one hidden layer? Is SGD a bad optimiser?
#
# <details><summary>Answer</summary>
#
# When this page was made, five runs did not tell the best three apart: 64 units with or without dropout, and the
# forest. The network without hidden layer is behind the first by more than two standard errors, and so are the two
# funnels: 400 images and 8 epochs are little for many layers. That says nothing about another budget. The narrow layer
# depends on luck: one run in five with 16 units stayed far below the others, so its mean is hardly known, and its gap
# of 6 % is less than two standard errors. And no optimiser is judged by one learning rate: the lines of Adam show what
# a rate too low does to the best of them. A fair race gives each optimiser its own best rate, as in notebook 4. (With
# ten comparisons one of them may pass the rule by luck: ask for more where much hangs on it.)
#
# </details>
#
# A single seed shows a bad run or none of it. Here is what somebody reports who uses one seed, and what the same
# configuration gives over all seeds:

# %%
with using_answers("rows"):
    for seed in SEEDS:
        of_this_seed = [run for run in runs if run[1] == seed]
        configuration, _, score = max(of_this_seed, key=lambda run: run[2])
        mean = next(row["mean"] for row in rows if row["configuration"] == configuration)
        print(
            f"seed {seed}: {100 * score:.1f} % (over all seeds {100 * mean:.1f} %)   "
            f"{describe(configuration)}"
        )

# %% [markdown]
# The winner changes with the seed. And compare the two numbers of each line: what won was also lucky, so the winning
# number is mostly better than what the same configuration gives over all seeds. It is the largest of eleven noisy
# ones. For the chosen configuration, the test set has its word at last:

# %%
with using_answers("rows"):
    chosen = describe(rows[0]["configuration"])
    print(f"chosen: {chosen}, mean test accuracy {100 * rows[0]['test']:.1f} %")

# %% [markdown]
# **More to try.** Each takes a few minutes.
#
# - Give the funnels all 1,138 training images and 30 epochs. Are they still behind, by more than one standard
#   deviation?
# - Give each optimiser three learning rates, and compare the best of each.
# - Give `BagOfNgrams` 2¹² buckets, then 2¹⁸. What do collisions cost?
# - Leave the start of the embeddings large: delete the loop with `parameter *= 0.1`. What happens to the validation
#   accuracy?

# %% [markdown]
# ## 8. What to remember
#
# - Four steps, in this order: forward, `zero_grad`, `backward`, `step`. Gradients add up until you clear them.
# - The network ends with scores; `nn.CrossEntropyLoss` holds the softmax.
# - `model.train()` before training, `model.eval()` and `torch.no_grad()` before measuring.
# - Weight by examples, not by batches; keep numbers (`.item()`), not tensors with their graph.
# - A module written as a class and an `nn.Sequential` are the same network.
# - The mean of the embeddings of words and bigrams, with one linear layer, is a strong and fast text classifier.
# - Choose on the validation set, with several seeds, and report mean and standard deviation. The test set speaks
#   once. A difference of two means counts if it is large against its own standard error.
#
# What this TP leaves out, and you will meet in nearly every network of today:
#
# | name | in one line | in PyTorch |
# |---|---|---|
# | AdamW | Adam divides each gradient by its usual size, an L2 penalty's share too; AdamW lets the weights decay beside it | `torch.optim.AdamW` |
# | residual connection | a layer adds to its input, $x + f(x)$, so that gradients find a short way through many layers | `x + layer(x)` |
# | layer norm | normalises each example over its features: no batch statistics, the same in training and evaluation | `nn.LayerNorm` |
# | data augmentation | new training examples by changes that keep the class: a small shift, a turn, some noise | `torchvision.transforms` |
#
# Next: *TP7*, networks that read images and sequences.
