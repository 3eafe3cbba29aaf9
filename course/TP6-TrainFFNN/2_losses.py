# %% [markdown]
# # Losses: how wrong is the network?
#
# *TP6, notebook 2 of 6*
#
# **Aim.** A network gives an answer; a loss (*fonction de perte*, or *fonction de coût*) says in one number how wrong
# it is. You write the usual losses and the gradient that training starts from, you see why all of them are one idea,
# maximum likelihood (*maximum de vraisemblance*), and you train a first classifier with your own code.
#
# **Time.** 30 minutes in the session, 70 at home. The session does sections 1, 3 and 4, without what is marked *at
# home*: nothing in the session needs it. At home: section 2 and `nll_loss` (20 minutes), the lecture's *regression
# break* in section 5 (40), section 6 (10). Section 7 sums up: read it in any case.
#
# **What is graded.** {{count}} short functions, {{points}}. Under each one
# stands its check. Run it as often as you like: it says what is right, shows a small input on which your code is
# wrong, and holds hints that you unfold one by one. Your work is graded by the same check on other inputs. Section 5
# also asks for 5 answers in words, 8 points, which your teacher reads.
#
# **Rules of the game.** NumPy and Python itself, `math` included, nothing else. Every loss here is **one number**, the
# mean (*moyenne*) over the batch, as in PyTorch, unless the exercise says otherwise; a Python number and a NumPy
# number are both right. Do not change the arrays that you are given.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import numpy as np

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots.training import LiveCurve

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# **Notation.** As in notebook 1: `B` examples in a batch (*lot*), `K` classes, `scores` (B, K), `z` for the scores of
# a model with one output, `p` for probabilities, `y` for the right answers (*étiquettes*). Logarithms are natural.

# %% [markdown]
# ## 1. One probability
#
# A model reads a film review and says: positive, with probability $p$. The truth $y$ is 1 (positive) or 0. What was
# the probability, in the eyes of the model, of what really happened? It is $p$ if $y = 1$, and $1 - p$ if $y = 0$.
# This number is the likelihood (*vraisemblance*) of the example. A good model makes it large.
#
# Several examples, independent of each other, have the *product* of their likelihoods. Products of thousands of
# probabilities have a problem:

# %% tags=["compare"]
rng = np.random.default_rng(0)
likelihoods = rng.uniform(0.3, 0.95, 3000)  # what a decent model gave to the truth
print("product of the likelihoods:", np.prod(likelihoods))
print("mean of their logarithms:  ", f"{np.mean(np.log(likelihoods)):.4f}")

# %% [markdown]
# The product is too small for a float and becomes 0. The logarithm turns it into a sum and keeps the order: the model
# with the largest likelihood has the largest log-likelihood (*log-vraisemblance*). Training *minimises* by
# convention, so we change the sign. The loss of one example is
#
# $$-\log(\text{the probability that the model gave to the truth})$$
#
# and the loss of a batch is the mean.
#
# ### Find the slide's mistake: "high p, loss below 0"
#
# A slide of lecture 000 takes an example with $y = 1$ and notes beside $-\log p$: "high value of $p$ ⇒ log > 0 ⇒ loss
# < 0 ⇒ low loss". Look for a probability that makes the logarithm positive: change `p` and run again.

# %% tags=["compare"]
p = 0.99
print(f"log p = {np.log(p):.4f}   loss = {-np.log(p):.4f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# There is none. A probability is at most 1, so its logarithm is at most 0 and the loss is at least 0. A good
# prediction brings the loss *near* 0, never below. The slide's conclusion, a low loss, is right. If your code shows a
# negative cross-entropy, look for a lost minus sign, or for a "probability" larger than 1.
#
# </details>
#
# ### Find the slide's mistake: (Y - 1)
#
# Both cases fit into one formula, because one of the two terms is always 0. Lecture 003 prints it as
#
# $$\ell = -\,[\,Y \log q_1 + (Y - 1) \log(1 - q_1)\,]$$
#
# where $q_1$ is our $p$. Try it on a bad prediction: the truth is 0, and the model said 1 with probability 0.9. Then
# on a good one.

# %% tags=["compare"]
Y = 0
for q1 in (0.9, 0.1):
    print(f"Y = {Y}, q1 = {q1}:  loss {-(Y * np.log(q1) + (Y - 1) * np.log(1 - q1)):.3f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# The bad prediction has a loss of -2.303 and the good one of -0.105: the worse the prediction, the lower the "loss".
# The factor must be $1 - Y$, which is 1 for the examples of class 0. A later slide of the same lecture prints it
# right.
#
# </details>
#
# ### Exercise
#
# Binary cross-entropy (*entropie croisée binaire*), with the right formula:
#
# $$L = -\frac{1}{B} \sum_{i=1}^{B} \bigl[\, y_i \log p_i + (1 - y_i) \log(1 - p_i) \,\bigr]$$
#
# What if a model gives probability 0 to the truth? `np.log(0)` is `-inf`, and one such example would make the whole
# loss infinite; worse, `0 * -inf` is `nan` even where the model was right. PyTorch's `binary_cross_entropy` **cuts
# each logarithm off at -100**: do the same. It is a cut, not a repair of infinities: the logarithm of $10^{-60}$, which
# is -138, becomes -100 too. (NumPy prints a warning for `np.log(0)`; this is not a mistake.)


# %%
def bce(p, y):
    """Binary cross-entropy of a batch.

    p: probabilities of class 1 (B,), from 0 to 1, both included
    y: right classes (B,), 0.0 or 1.0
    Returns the mean loss, a number.
    """
    ### BEGIN SOLUTION
    log_p = np.maximum(np.log(p), -100)
    log_not_p = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_not_p)
    ### END SOLUTION


# %% alt="The loss of one example against the probability of class 1: for y = 1 it falls from above 5 to 0, for y = 0 it is the mirror image; they cross at p = 0.5 with 0.69."
p = np.linspace(0.005, 0.995, 199)
with using_answers():
    plots.loss_curves(
        p,
        {
            f"y = {y}": np.array([bce(np.array([p_i]), np.array([float(y)])) for p_i in p])
            for y in (1, 0)
        },
        "probability p of class 1",
    )

# %% [markdown]
# *Figure 1. Binary cross-entropy of one example.*
#
# "I don't know" ($p = 0.5$) costs $\log 2 \approx 0.69$ in any case. The curves go gently to 0 where the model is
# right, and rise without limit where it is wrong *and* sure of itself.

# %% [markdown]
# ## 2. At home: from probabilities to scores
#
# A network with one output gives a score $z$, any number, also called *logit*. The sigmoid makes a probability of
# it: $p = \sigma(z) = 1 / (1 + e^{-z})$. So we could compute $p$ and call `bce`. Watch what happens on the way:

# %% tags=["compare"]
for z in (5.0, 20.0, 40.0):
    p = 1 / (1 + np.exp(-z))
    print(f"z = {z:4}   p = {p}   1 - p = {1 - p:.3g}")

# %% [markdown]
# From about $z = 37$ on, $p$ is rounded to 1 exactly. If the truth is 0, the loss should be $z$ (nearly), so 40 here.
# But $1 - p$ is 0 and the score is forgotten; in float32 this begins at 17. So take the logarithm on paper. From
#
# $$-\log \sigma(z) = \log(1 + e^{-z}) \qquad\text{and}\qquad
# -\log(1 - \sigma(z)) = \log(1 + e^{z})$$
#
# both cases together are
#
# $$\ell = \log(1 + e^{z}) - y\,z$$
#
# without any probability (put $y = 0$, then $y = 1$). One trap is left: $e^{1000}$ is `inf`. This form is the same,
# and its exponential is never larger than 1:
#
# $$\log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})$$
#
# ### Exercise
#
# PyTorch's name for it is `binary_cross_entropy_with_logits(input, target)`. It must be right for scores as large as
# 1000, of both signs.


# %%
def bce_with_logits(z, y):
    """Binary cross-entropy of a batch, from scores.

    z: scores (B,), any numbers; sigmoid(z) is the probability of class 1
    y: right classes (B,), 0.0 or 1.0
    Returns the mean loss, a number.
    """
    ### BEGIN SOLUTION
    losses = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return losses.mean()
    ### END SOLUTION


# %% [markdown]
# ### The gradient: p - y
#
# Training needs the derivative (*dérivée*) of the loss with respect to the score. The derivative of $\log(1 + e^z)$
# is $e^z / (1 + e^z) = \sigma(z) = p$, and that of $y z$ is $y$. So
#
# $$\frac{\partial \ell}{\partial z} = p - y$$
#
# the error of the prediction, nothing else. Do not believe it: move $z$ a little to both sides and compare with the
# slope (*différence finie*). It takes one line, and you can check any gradient in this way.

# %% tags=["compare"]
z, y, h = np.array([-2.0]), np.array([1.0]), 1e-6
with using_answers():
    print("p - y:            ", 1 / (1 + np.exp(-z)) - y)
    print(
        "finite difference:",
        np.array([(bce_with_logits(z + h, y) - bce_with_logits(z - h, y)) / (2 * h)]),
    )

# %% [markdown]
# Why not the squared error $(p - y)^2$ as the loss? Its slope is $2 (p - y)\, p\, (1 - p)$, with the slope of the
# sigmoid as a factor. Compare both for a model that is wrong, $y = 1$, and more and more sure of it:

# %% tags=["compare"]
for z in (0.0, -2.0, -5.0, -10.0):
    p = 1 / (1 + np.exp(-z))
    print(
        f"z = {z:5}   cross-entropy: slope {p - 1:.4f}   "
        f"squared error: slope {2 * (p - 1) * p * (1 - p):.4f}"
    )

# %% [markdown]
# The squared error learns least where the model is most wrong, because the sigmoid saturates. The logarithm undoes
# exactly this: the slope of the cross-entropy stays near -1.

# %% [markdown]
# ## 3. Several classes
#
# Nothing new: minus the logarithm of the probability that the model gave to the right class, then the mean. Lecture
# 003 writes it as a sum over all classes, $-\sum_k \mathbb{1}_{y=k} \log q_k$, of which one term is not 0. In code it
# is easier to pick that term. NumPy takes *pairs* of rows and columns from a table:

# %% tags=["compare"]
table = np.array([[10, 11, 12], [20, 21, 22], [30, 31, 32]])
rows, columns = [0, 1, 2], [2, 0, 0]
print("pairs:      ", table[rows, columns])
print("all columns:", table[:, columns].tolist())

# %% [markdown]
# ### Exercise
#
# NLL stands for *negative log-likelihood*. The function takes **log**-probabilities, what `log_softmax` of notebook 1
# gives: for example $i$, row $i$ of `log_p`, the right class is $y_i$.
#
# $$L = -\frac{1}{B} \sum_{i=1}^{B} \log p_{i,\,y_i}$$


# %%
def nll_loss(log_p, y):
    """Negative log-likelihood of a batch.

    log_p: log-probabilities of the classes (B, K), finite numbers
    y: right classes (B,), integers from 0 to K - 1
    Returns the mean loss, a number.
    """
    ### BEGIN SOLUTION
    return -log_p[np.arange(len(y)), y].mean()
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Cross-entropy (*entropie croisée*) takes the **scores** $s$ themselves, softmax included. On paper:
#
# $$-\log \mathrm{softmax}(s)_y = -\log \frac{e^{s_y}}{\sum_j e^{s_j}} = \log \sum_j e^{s_j} - s_y
# = m + \log \sum_j e^{s_j - m} - s_y$$
#
# for every number $m$. As in notebook 1, the maximum of the row is the one that keeps all exponentials small. Each
# row has its own. Write this line; or, if you have them already, copy your `log_softmax` into the cell and call
# `nll_loss`.


# %%
def cross_entropy(scores, y):
    """Cross-entropy of a batch, from scores, also very large ones.

    scores: (B, K)
    y: right classes (B,), integers from 0 to K - 1
    Returns the mean loss, a number.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(y)), y])
    ### END SOLUTION


# %% [markdown]
# What loss do you expect from a model of 10 classes that knows nothing? From one that is right, and sure? From one
# that is wrong, and sure? Write three numbers down first.

# %% tags=["compare"]
truth = np.array([3])
one_hot = np.eye(10)[truth]  # (1, 10), 1 in column 3
with using_answers():
    print(f"all scores equal:      {cross_entropy(0 * one_hot, truth):.3f} = log 10")
    print(f"right class ahead by 20: {cross_entropy(20 * one_hot, truth):.3f}")
    print(f"right class behind by 20: {cross_entropy(-20 * one_hot, truth):.3f}")

# %% [markdown]
# The first number is worth knowing by heart: an untrained classifier starts near $\log K$. If yours starts elsewhere,
# look for a mistake before you train.
#
# ### Which loss takes what
#
# | function, as PyTorch names it | takes | computes inside |
# |---|---|---|
# | `binary_cross_entropy`, `nn.BCELoss` | probability p (B,) | logarithm |
# | `binary_cross_entropy_with_logits`, `nn.BCEWithLogitsLoss` | score z (B,) | sigmoid, logarithm |
# | `nll_loss`, `nn.NLLLoss` | log-probabilities (B, K) | |
# | `cross_entropy`, `nn.CrossEntropyLoss` | scores (B, K) | softmax, logarithm |
#
# The most common mistake with them: a network that ends with a softmax, *and* `cross_entropy`. No error is raised.
# Here is a network that gives probability 1 to the right class, so that its loss should be 0:

# %% tags=["compare"]
with using_answers():
    print(
        f"{cross_entropy(one_hot, truth):.3f}   "
        "(a second softmax makes scores of the probabilities)"
    )

# %% [markdown]
# With 10 classes such a loss never falls below $\log(e + 9) - 1 = 1.461$, and the gradients are weak. If your
# training stops there, count the softmaxes.
#
# ### Exercise
#
# Now the gradient (*gradient*): the derivative of the loss with respect to each score. For one example,
#
# $$\frac{\partial}{\partial s_k} \Bigl( \log \sum_j e^{s_j} - s_y \Bigr)
# = \frac{e^{s_k}}{\sum_j e^{s_j}} - \mathbb{1}_{k=y} = p_k - \mathbb{1}_{k=y}$$
#
# This is the error of the prediction, $p - y$, with $y$ as a one-hot row: lecture 003 writes $f(x, \theta) - e(y)$ in
# line 1 of Algorithm 3. The loss is the *mean* over $B$ examples. What does this do to the gradient of each one?
#
# The result has the dtype of the scores; `np.eye(K)` has float64 unless you give it a `dtype`.


# %%
def cross_entropy_grad(scores, y):
    """The gradient of `cross_entropy(scores, y)` with respect to the scores.

    scores: (B, K), also very large ones
    y: right classes (B,), integers from 0 to K - 1
    Returns an array (B, K) of the same dtype as the scores.
    """
    ### BEGIN SOLUTION
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    grad = exps / exps.sum(axis=1, keepdims=True)
    grad[np.arange(len(y)), y] -= 1
    return grad / len(y)
    ### END SOLUTION


# %% [markdown]
# The check by finite differences, all entries in one line: each `d` moves one score by `h` and leaves the others.

# %% tags=["compare"]
rng = np.random.default_rng(0)
scores, y, h = rng.normal(size=(2, 3)), np.array([2, 0]), 1e-6
moves = h * np.eye(6).reshape(6, 2, 3)
with using_answers():
    slopes = [
        (cross_entropy(scores + d, y) - cross_entropy(scores - d, y)) / (2 * h) for d in moves
    ]
    print("finite differences:\n", np.reshape(slopes, (2, 3)))
    print("your gradient:\n", cross_entropy_grad(scores, y))

# %% [markdown]
# Only the right class has a negative entry: a step *against* the gradient raises its score and lowers the others.
# Each row sums to 0. The closer $p$ is to the truth, the smaller all entries.

# %% [markdown]
# ## 4. Real data: your gradient learns to read digits
#
# One layer, 64 pixels in, 10 scores out: `scores = x @ W + b`. This is logistic regression (*régression logistique*)
# with several classes. The gradient $G$ of the scores, (B, K), gives those of the parameters; notebook 3 derives
# this:
#
# $$\frac{\partial L}{\partial W} = x^\top G \quad (D, K) \qquad\qquad
# \frac{\partial L}{\partial b} = \sum_i G_i \quad (K,)$$
#
# Each step goes a little way against the gradient (*descente de gradient*). We start from zeros: with one layer this
# does no harm. 300 training images are kept apart for validation: the network does not learn from them. The test
# images stay untouched until notebook 6.

# %%
x, y = data.load("digits").train
train_x, train_y, validation_x, validation_y = x[300:], y[300:], x[:300], y[:300]
print(f"train {train_x.shape}, validation {validation_x.shape}")


def descend(steps, learning_rate):
    """Loss on the training set before each step, and the final parameters."""
    W, b = np.zeros((64, 10)), np.zeros(10)
    curve = LiveCurve(steps, "digits, one layer")
    for _ in range(steps):
        scores = train_x @ W + b
        accuracy = np.mean((validation_x @ W + b).argmax(axis=1) == validation_y)
        curve.add(cross_entropy(scores, train_y), accuracy)
        G = cross_entropy_grad(scores, train_y)
        W, b = W - learning_rate * train_x.T @ G, b - learning_rate * G.sum(axis=0)
    return curve, W, b


with using_answers():
    curve, W, b = descend(steps=150, learning_rate=1.0)

# %% [markdown]
# *Figure 2. Loss on the training images and accuracy (exactitude) on the validation images. One epoch (époque) is
# here one step with all training images.*

# %% tags=["compare"]
with using_answers("curve", "W", "b"):
    print(
        f"before the first step: loss {curve.losses[0]:.3f} = log 10, "
        f"accuracy {curve.accuracies[0]:.0%}"
    )
    print(
        f"after it:              loss {curve.losses[1]:.3f},          "
        f"accuracy {curve.accuracies[1]:.0%}"
    )
    print(
        f"at the end:            loss {curve.losses[-1]:.3f},          "
        f"accuracy {curve.accuracies[-1]:.0%}"
    )
    print(
        f"validation loss at the end: {cross_entropy(validation_x @ W + b, validation_y):.3f}"
    )

# %% [markdown]
# After one step most images are already classified rightly, but the loss has hardly moved. The accuracy asks which
# score is the largest; the loss also asks by how much. Training continues long after the order of the scores is
# right. And the gradient can only come from the loss: the accuracy is flat nearly everywhere and has no useful slope.
#
# The loss of *single* images shows what the network finds hard. The worst ten of the validation set:

# %% alt="The ten validation digits with the largest losses, from 3.8 down to 1.2, each with its class and the network's choice: 5 taken for 9, 8 and 2 for 1, 9 for 7, and so on. Several are hard for people too."
with using_answers("W", "b"):
    scores = validation_x @ W + b
    each = np.array(
        [cross_entropy(scores[i : i + 1], validation_y[i : i + 1]) for i in range(len(scores))]
    )
    worst = each.argsort()[::-1][:10]
    chosen = scores.argmax(axis=1)
    titles = [f"{validation_y[i]}, not {chosen[i]}\nloss {each[i]:.1f}" for i in worst]
    plots.images(validation_x[worst], titles, columns=5)

# %% [markdown]
# *Figure 3. The ten validation images with the largest loss: right class, the network's choice, loss.*
#
# Some would puzzle a human reader. Sorting examples by their loss is also the quickest way to find wrong labels in a
# data set.

# %% [markdown]
# ## 5. At home: the regression break
#
# Lecture 002 stops for an exercise: what is the loss when the network predicts a *number*? You do it here, partly in
# code, partly in words. Formulas in your answers can be written as `$...$` or in plain text, as you like.
#
# ### Exercise
#
# The usual answer first: the mean squared error (*erreur quadratique moyenne*), the mean of the squared differences,
# over all numbers of the arrays. PyTorch's `mse_loss(input, target)`.


# %%
def mse_loss(prediction, target):
    """Mean squared error.

    prediction: (B,) or (B, D)
    target: the same shape
    Returns a number.
    """
    ### BEGIN SOLUTION
    return np.mean((prediction - target) ** 2)
    ### END SOLUTION


# %% [markdown]
# So the shapes must be the same; your function need not check it. What if they are not? A network returns (B, 1), the
# targets are stored as (B,). All predictions below are perfect. What is the loss?

# %% tags=["compare"]
perfect, targets = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0])
with using_answers():
    print(
        "shapes", perfect.shape, targets.shape, "-> loss", f"{mse_loss(perfect, targets):.3f}"
    )
    print(
        "shapes",
        perfect[:, 0].shape,
        targets.shape,
        "-> loss",
        f"{mse_loss(perfect[:, 0], targets):.3f}",
    )

# %% [markdown]
# Broadcasting (*diffusion*) again: (3, 1) minus (3,) is a table (3, 3) of all differences. PyTorch warns about it;
# NumPy does not.
#
# ### The setup
#
# In this section letters are the lecture's: $t_i$ is the **target** (*cible*) of example $i$, and $y_i = y(x_i,
# \theta)$ is the **output of the network** with parameters $\theta$. The targets are corrupted by Gaussian noise
# (*bruit gaussien*). The network does not pretend to know $t$. It predicts the *mean* of its distribution:
#
# $$P(t \mid x, \theta, \beta) = \mathcal{N}(t \mid y(x, \theta),\, \beta^{-1})
# = \sqrt{\frac{\beta}{2\pi}}\; \exp\Bigl(-\frac{\beta}{2}\,(t - y(x, \theta))^2\Bigr)$$
#
# $\beta$ is the precision (*précision*), the inverse of the variance; the standard deviation (*écart type*) is
# $1/\sqrt{\beta}$.

# %% tags=["readonly"]
BETA = 16.0  # the precision of the noise: standard deviation 1/4


def without_noise(x):
    return np.sin(4 * x)


def make_data(n, seed):
    """Inputs (n,) from -1 to 1 and targets (n,) with Gaussian noise."""
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-1, 1, n))
    return x, without_noise(x) + rng.normal(0, BETA**-0.5, n)


# %% alt="Noisy points around a sine curve, which is the network's output. At four inputs the density of the target is drawn sideways: the same bell each time, centred on the curve."
x, t = make_data(80, seed=0)
plots.gaussian_noise(without_noise, x, t, BETA, at=(-0.9, -0.3, 0.3, 0.8))

# %% [markdown]
# *Figure 4. A scalar input, a network whose output is a sine curve, and targets with noise of precision
# $\beta = 16$.*
#
# **Question 1 (1 point).** Explain Figure 4 to someone who has not seen the formula: what do the blue curve, the
# bells (*cloches*) and the points stand for? What changes in the picture if $\beta$ is four times as large?

# %% [markdown] tags=["written"] name="regression_setup" points=1
# The blue curve is the output of the network, y(x, θ): for each x it gives the mean of the targets that one may see
# there. Above each x stands one Gaussian density, with its centre on the curve. The grey points are the data: at its
# own x, each target was drawn from such a bell, so most of them lie within two standard deviations (0.5) of the
# curve. All bells have the same width, because β does not depend on x. With β four times as large the variance is a
# quarter and the standard deviation one half (1/8): the bells are half as wide (and twice as high), and the points
# lie closer to the curve, which stays where it is.
#
# ### BEGIN MARK SCHEME
# - 0.5: the curve is the mean of t at each x, and each point is a draw from the bell at its x (a sketch or words).
# - 0.5: with 4 β the standard deviation is halved and the curve does not move. "A quarter" for the width: 0.25.
# ### END MARK SCHEME

# %% [markdown]
# ### Exercise
#
# Take the logarithm of the density above on paper, add up over independent examples, and write the result. Mind: this
# is the log-*likelihood*, so larger is better, and it is a **sum** over the examples, not a mean. Computing the
# density and then its logarithm fails for large errors: why?


# %%
def gaussian_log_likelihood(t, y, beta):
    """The log-likelihood of all targets: the sum of log N(t_i | y_i, 1 / beta).

    t: targets (B,)
    y: outputs of the network (B,), the means
    beta: precision of the noise, a number above 0
    Returns a number.
    """
    ### BEGIN SOLUTION
    log_density = 0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * (t - y) ** 2
    return log_density.sum()
    ### END SOLUTION


# %% [markdown]
# Which curve makes the data most likely? The next cell shifts the true curve up and down and compares with the mean
# squared error.

# %% tags=["compare"]
with using_answers():
    for shift in (-0.2, -0.1, 0.0, 0.1, 0.2):
        y = without_noise(x) + shift
        print(
            f"shift {shift:4}   "
            f"log-likelihood {gaussian_log_likelihood(t, y, BETA):7.2f}   "
            f"MSE {mse_loss(y, t):.4f}"
        )

# %% [markdown]
# **Question 2 (2 points).** Write the log-likelihood of one training example, and from it the loss that one minimises
# to learn $\theta$ from $N$ examples. Which terms matter for $\theta$, and how do you interpret this loss? (Compare
# the columns above.)

# %% [markdown] tags=["written"] name="regression_loss" points=2
# One example: log P(t_i | x_i, θ, β) = ½ log β − ½ log 2π − (β/2) (t_i − y_i)², with y_i = y(x_i, θ).
#
# The examples are independent, so the log-likelihood of all is the sum, and the loss is its negative:
# L(θ) = (β/2) Σ_i (t_i − y_i)² − (N/2) log β + (N/2) log 2π.
#
# Only the first term depends on θ. β is a positive factor, and it does not move the minimum; nor does a division by
# N. So maximising the likelihood under Gaussian noise *is* minimising the sum of squares, or the mean squared error:
# least squares is not an arbitrary choice, it is what the assumption about the noise says. Above, the shift with the
# highest log-likelihood is the one with the lowest MSE, and the order of all shifts is the same.
#
# ### BEGIN MARK SCHEME
# - 0.5: log-likelihood of one example with all three terms (0.25 if the normaliser is missing).
# - 0.5: the loss as the negative sum over the N examples.
# - 0.5: terms without θ and the factor β do not change the minimum.
# - 0.5: hence least squares, MSE; or: the squared error assumes Gaussian noise of constant variance.
# ### END MARK SCHEME

# %% [markdown]
# ### Exercise
#
# The best parameters found in this way are called $\theta_{ML}$. The noise has one parameter too. Set the derivative
# of the log-likelihood with respect to $\beta$ to 0 and solve for $\beta$. (Leave out the case in which *all*
# predictions are exact. Some may be: they count like any other.)


# %%
def estimate_beta(t, y):
    """The precision that makes the targets most likely.

    t: targets (B,)
    y: outputs of the network with the parameters theta_ML (B,)
    Returns a number above 0.
    """
    ### BEGIN SOLUTION
    return 1 / np.mean((t - y) ** 2)
    ### END SOLUTION


# %% [markdown]
# **Question 3 (2 points).** Sketch how you would find $\theta_{ML}$ for a network with hidden layers. Then derive
# your estimate of $\beta$. What does $1/\beta$ measure?

# %% [markdown] tags=["written"] name="regression_estimates" points=2
# θ_ML: there is no closed form, because y depends on θ through the activation functions. So gradient descent: compute
# the outputs y_i (forward), the gradient of the loss at the output, β (y_i − t_i), or y_i − t_i as β only scales it,
# carry it back to all parameters (back-propagation), step against it, and repeat over mini-batches until the loss on
# validation data stops falling. The result is a local minimum in general.
#
# β: ∂/∂β [ (N/2) log β − (β/2) Σ (t_i − y_i)² ] = N/(2β) − ½ Σ (t_i − y_i)² = 0, hence 1/β_ML = (1/N) Σ (t_i − y_i)²:
# the variance of the noise is estimated by the mean squared error on the data. θ_ML does not depend on β, so one
# finds θ first, and β afterwards.
#
# ### BEGIN MARK SCHEME
# - 0.5: gradient descent (stochastic or not) on the sum of squares, with back-propagation.
# - 0.5: some detail that shows understanding: gradient y − t at the output, θ found without β, or a local minimum.
# - 0.5: derivative with respect to β set to 0, and solved.
# - 0.5: 1/β is the mean squared error: the variance of what the network does not explain.
# ### END MARK SCHEME

# %% [markdown]
# ### What a single layer can do
#
# Two networks. The first has a single linear layer, $y = \theta_0 + \theta_1 x$. The second has 8 tanh units with
# random weights that we leave as they are; only its last layer is learnt, so that its best parameters are a
# least-squares problem too, which NumPy solves.


# %% tags=["readonly"]
def linear_features(x):
    return np.column_stack([np.ones_like(x), x])  # (B, 2)


def hidden_features(x, units, seed=3):
    """A column of ones and the activations of a random hidden layer (B, 1 + units)."""
    rng = np.random.default_rng(seed)
    w, b = rng.normal(0, 3, units), rng.normal(0, 1.5, units)
    return np.column_stack([np.ones_like(x), np.tanh(np.outer(x, w) + b)])


def least_squares(features, t):
    """The parameters theta_ML of the outputs features @ theta."""
    return np.linalg.lstsq(features, t, rcond=None)[0]


# %% alt="Two regressions on the same noisy sine. One linear layer misses the wave, and its band of one standard deviation is wide; eight hidden units follow it with a narrow band."
theta_line = least_squares(linear_features(x), t)
theta_hidden = least_squares(hidden_features(x, 8), t)


def line(x):
    return linear_features(x) @ theta_line


def network(x):
    return hidden_features(x, 8) @ theta_hidden


with using_answers():
    beta_line, beta_network = estimate_beta(t, line(x)), estimate_beta(t, network(x))
    plots.regressions(
        {
            f"one linear layer: β = {beta_line:.1f}": (line, beta_line),
            f"8 hidden units: β = {beta_network:.1f}": (network, beta_network),
        },
        x,
        t,
        truth=without_noise,
    )

# %% [markdown]
# *Figure 5. Two networks with their parameters $\theta_{ML}$ and their estimates of $\beta$: left, one linear layer;
# right, 8 hidden units. The noise was made with $\beta = 16$.*
#
# Both estimates come from the 80 points to which the networks were fitted. The second network, measured on fresh points
# too:

# %% tags=["compare"]
x_fresh, t_fresh = make_data(10_000, seed=2)
with using_answers():
    print(f"on its own 80 points:   β = {estimate_beta(t, network(x)):.1f}")
    beta_fresh = estimate_beta(t_fresh, network(x_fresh))
    print(f"on 10,000 fresh points: β = {beta_fresh:.1f}")

# %% [markdown]
# **Question 4 (1 point).** Which functions can a single-layer network with one output and no activation function
# represent? Why does it find such a small $\beta$ here, though the noise is the same? And the network with hidden
# units: would you trust the $\beta$ that it finds on its own 80 points?

# %% [markdown] tags=["written"] name="regression_single_layer" points=1
# Only linear (affine) functions of x: here a straight line. Its residuals t − y contain the noise and, on top, the
# systematic error of the line, which cannot follow the sine. The model has one word for both, noise, so 1/β is the
# variance of the noise plus the mean squared misfit, and β is far too small. β measures how well the *model*
# predicts, not how noisy the world is. With hidden units the misfit nearly vanishes and β comes near 16. On its own
# points it is even too large, since the network was fitted to these very points and follows some of their noise; the
# fresh points show a smaller β.
#
# ### BEGIN MARK SCHEME
# - 0.25: straight lines, affine functions.
# - 0.5: β takes in the misfit of the model (bias) as if it were noise.
# - 0.25: with hidden units β is near the truth, on the training points somewhat too large (over-fitting; either half
#   of this will do).
# ### END MARK SCHEME

# %% [markdown]
# ### A prior on the parameters
#
# Few data and many parameters: the network follows the noise (*surapprentissage*). Suppose we believe, before we see
# any data, that parameters are small. The lecture writes this belief as a Gaussian prior (*loi a priori*) around 0,
# with covariance $\alpha^{-1} I$:
#
# $$P(\theta \mid \alpha) = \prod_{j=1}^{P} \mathcal{N}(\theta_j \mid 0, \alpha^{-1})$$
#
# Bayes' rule gives what we believe after the data $\mathcal{D}$, the posterior (*loi a posteriori*):
#
# $$P(\theta \mid \mathcal{D}, \alpha, \beta) \;\propto\; P(\mathcal{D} \mid \theta, \beta)\; P(\theta \mid \alpha)$$
#
# Its maximum is called MAP (*maximum a posteriori*).
#
# ### Exercise
#
# The negative logarithm of the posterior, **without the terms that do not depend on $\theta$** (all those with
# $\log \alpha$, $\log \beta$, $2\pi$ and the constant of Bayes' rule). Keep $\alpha$, $\beta$ and the factors 1/2
# where they stand with $\theta$ or $y$; sums, not means. The prior holds for every entry of $\theta$, whatever its
# part in the network.


# %%
def map_loss(t, y, theta, alpha, beta):
    """The negative log-posterior of theta, up to a constant.

    t: targets (B,)
    y: outputs of the network (B,)
    theta: all parameters in one vector (P,)
    alpha: precision of the prior, a number above 0
    beta: precision of the noise, a number above 0
    Returns a number.
    """
    ### BEGIN SOLUTION
    data_term = beta / 2 * np.sum((t - y) ** 2)
    prior_term = alpha / 2 * np.sum(theta**2)
    return data_term + prior_term
    ### END SOLUTION


# %% [markdown]
# 15 data points and 12 hidden units. For a linear last layer the minimum of `map_loss` has a closed form, too:


# %% tags=["readonly"]
def maximum_a_posteriori(features, t, alpha, beta):
    """The theta that minimises map_loss for the outputs features @ theta."""
    P = features.shape[1]
    return np.linalg.solve(
        beta * features.T @ features + alpha * np.eye(P), beta * features.T @ t
    )


# %% alt="Three fits of fifteen points with twelve hidden units. With α near 0 the curve swings wildly through the points, with α = 1 it follows the sine, with α = 30 it is nearly flat."
x_few, t_few = make_data(15, seed=1)
few_features = hidden_features(x_few, 12)
fitted = {"α → 0 (maximum likelihood)": least_squares(few_features, t_few)}
for alpha in (1.0, 30.0):
    fitted[f"α = {alpha:g}"] = maximum_a_posteriori(few_features, t_few, alpha, BETA)


def outputs(theta):
    return lambda x: hidden_features(x, 12) @ theta


plots.regressions(
    {title: (outputs(theta), BETA) for title, theta in fitted.items()},
    x_few,
    t_few,
    truth=without_noise,
)

# %% [markdown]
# *Figure 6. The same network and the same 15 points with three priors.*

# %% tags=["compare"]
with using_answers():
    print("map_loss with alpha = 1 and beta = 16")
    for alpha in (1.0, 30.0):
        theta = fitted[f"α = {alpha:g}"]
        loss = map_loss(t_few, few_features @ theta, theta, 1.0, BETA)
        print(
            f"  theta found with alpha = {alpha:4}:  loss {loss:6.2f}   "
            f"length of theta {np.linalg.norm(theta):5.2f}"
        )

# %% [markdown]
# **Question 5 (2 points).** Write the prior $P(\theta \mid \alpha)$ explicitly, and the negative logarithm of the
# posterior. Interpret it: what do you recognise, which number plays the part of $\lambda$ in the lecture's $\sum_i
# \ell_i + \frac{\lambda}{2} \lVert\theta\rVert^2$ (with $\ell_i = \frac{1}{2}(t_i - y_i)^2$), and what happens for
# $\alpha \to 0$, for large $\alpha$, and for many data? Use Figure 6.

# %% [markdown] tags=["written"] name="regression_prior" points=2
# Prior, with P parameters: P(θ | α) = (α/2π)^(P/2) exp(−(α/2) ‖θ‖²).
#
# Posterior: P(θ | D, α, β) = P(D | θ, β) P(θ | α) / P(D | α, β), so
# −log P(θ | D, α, β) = (β/2) Σ_i (t_i − y_i)² + (α/2) ‖θ‖² + a constant in θ.
#
# This is least squares with an L2 penalty, called weight decay or ridge. Dividing by β gives Σ_i ½ (t_i − y_i)² +
# (α/2β) ‖θ‖², so λ = α/β: the regularisation constant is the ratio of two precisions, how sure we are that parameters
# are small against how sure we are of the data.
#
# α → 0: the prior is flat, MAP is maximum likelihood, and the left curve bends to catch single noisy points. Large α
# (right): θ is pulled to 0 and the curve goes flat, the data are hardly heard. In between the curve is close to the
# truth. With many data the sum over i grows and the prior does not, so the prior matters less and less and MAP
# approaches θ_ML.
#
# ### BEGIN MARK SCHEME
# - 0.5: prior with the exponent −(α/2)‖θ‖² (normaliser not required for full marks).
# - 0.5: negative log-posterior with both terms.
# - 0.5: weight decay or L2 penalty recognised, λ = α/β.
# - 0.5: at least two of the three limits, with reference to over- or under-fitting.
# ### END MARK SCHEME

# %% [markdown]
# ## 6. At home: a loss without probabilities
#
# ### Exercise
#
# Lecture 004 shows a second loss for classes, the max-margin loss of support vector machines, also called hinge loss
# (*perte charnière*). The right class should win against **each** other class by a margin (*marge*) of at least 1.
# What is missing to the margin is the loss:
#
# $$L = \frac{1}{B} \sum_{i=1}^{B} \; \sum_{j \ne y_i} \max(0,\; s_{ij} - s_{i,y_i} + 1)$$
#
# The slide leaves out $j \ne y_i$. With $j = y_i$ in the sum each example would cost at least $\max(0, 0 + 1) = 1$.
#
# PyTorch's `multi_margin_loss` also divides by the number of classes $K$. We follow the lecture: a sum over the
# classes, a mean over the batch.


# %%
def hinge_loss(scores, y):
    """Max-margin loss of a batch.

    scores: (B, K)
    y: right classes (B,), integers from 0 to K - 1
    Returns the mean over the batch of the sum over the wrong classes, a number.
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(y))
    terms = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    terms[rows, y] = 0
    return terms.sum(axis=1).mean()
    ### END SOLUTION


# %% [markdown]
# Two classes, and the margin $m = s_y - s_\text{other}$: how far the right class is ahead. Then the cross-entropy is
# $\log(1 + e^{-m})$, the *logistic loss*. The 0-1 loss counts mistakes: it is 1 if $m \le 0$, and 1 minus the
# accuracy on average.

# %% alt="Three losses against the margin of the right class: the hinge falls in a straight line to 0 at margin 1, the logistic loss falls smoothly and never gets to 0, the 0-1 loss jumps from 1 to 0 at margin 0."
m = np.linspace(-3, 3, 241)
pairs = np.column_stack([m, np.zeros_like(m)])  # scores of the right class, of the other
first = np.array([0])
with using_answers():
    curves = {
        "hinge": np.array([hinge_loss(pair[None, :], first) for pair in pairs]),
        "logistic (cross-entropy)": np.array(
            [cross_entropy(pair[None, :], first) for pair in pairs]
        ),
        "0-1 (mistakes)": (m <= 0).astype(float),
    }
    plots.loss_curves(m, curves, "margin of the right class")

# %% [markdown]
# *Figure 7. Three losses of one example with two classes, against the margin.*
#
# The 0-1 loss is what we would like to have small, but it is flat on both sides: no slope, no learning. The other two
# stand in for it. The hinge is exactly 0 once the margin is 1, and the example has no influence any more. The
# logistic loss never is: it always asks for a little more. Both grow in a straight line for bad mistakes.

# %% [markdown]
# ## 7. What to remember
#
# - A loss is minus the log-likelihood: a mean of $-\log(\text{probability of what happened})$. Two classes give binary
#   cross-entropy, several classes give cross-entropy; section 5 asks what Gaussian noise and a Gaussian prior give.
# - A cross-entropy is at least 0. Knowing nothing costs $\log K$.
# - Compute from scores, not from probabilities: `bce_with_logits` and `cross_entropy` hold their sigmoid and softmax
#   inside. Never apply them twice.
# - The gradient with respect to the scores is $p - y$, divided by $B$ because the loss is a mean. A finite difference
#   checks any gradient in one line.
# - Sum or mean? By $B$, by $K$, by both? Libraries differ: `multi_margin_loss` divides by $K$. Read the formula.
# - (B, 1) against (B,) broadcasts, and the loss is wrong without an error.
#
# Next: *3_backprop*, where $p - y$ travels back through the layers.
