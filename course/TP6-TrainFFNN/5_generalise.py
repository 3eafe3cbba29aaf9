# %% [markdown]
# # Generalise: do well on new data, and train deep networks
#
# *TP6, notebook 5 of 6*
#
# **Aim.** A network that is right on its training data has proved nothing. You watch one learn wrong labels by heart,
# and write the remedies: early stopping, weight decay, dropout. Then you look inside deep networks: where their
# weights should start, why gradients vanish, and what of the lecture's table of depths one can measure again.
#
# **Time.** 20 minutes in the session, 125 at home. The session does sections 1, 2 and the beginning of 4, without what
# is marked *at home*: nothing in the session needs it. At home, in any order: weight decay (25 minutes), dropout (20),
# L1 and elastic net (15), initialisation (20), vanishing gradients and depth (25), batch normalisation (20). Section 9
# sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each one stands its check. Run it as
# often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you
# unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy only. Random numbers come from the generator `rng` that a function gets, from nowhere
# else: then a run can be repeated. Do not change the arrays that you are given. A number may be Python's or NumPy's, an
# array of floats may be float64 or float32, and a tuple is as good as a list.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
from itertools import pairwise

import numpy as np
from scipy import stats

from tplib import data
from tplib.graders import check, using_answers
from tplib.plots import generalise as figures

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# **Notation.** As before: `B` examples in a batch (*lot*), layers `x @ W + b` with `W` of shape (D, H): one column per
# unit. $\eta$ is the learning rate (*taux d'apprentissage*), `lr` in code; $\lambda$ the strength of a penalty, `lam`
# in code (`lambda` is a word of Python). A generalisation (*généralisation*) is good if the loss on *new* examples
# is low.

# %% [markdown]
# ## 1. Learning by heart
#
# Real labels contain mistakes. We make some: of 500 images of digits for training, one in five gets a label drawn by
# lot. The labels of the 1,000 validation images stay as they are.

# %% tags=["readonly"]
digits = data.load("mnist-5k")
rng = np.random.default_rng(0)
order = rng.permutation(len(digits.train.x))
x, y = digits.train.x[order], digits.train.y[order]
train_x, train_y = x[:500], y[:500].copy()
validation_x, validation_y = x[2000:3000], y[2000:3000]
by_lot = rng.random(500) < 0.2
train_y[by_lot] = rng.integers(0, 10, by_lot.sum())


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True)


def loss_and_accuracy(layers, x, y):
    (W1, b1), (W2, b2) = layers
    p = softmax(np.maximum(x @ W1 + b1, 0) @ W2 + b2)
    return -np.log(p[np.arange(len(y)), y] + 1e-12).mean(), np.mean(p.argmax(axis=1) == y)


# %% [markdown]
# The network of this notebook's first half: 784 pixels, 100 hidden ReLU units, 10 scores. Its training is that of
# notebook 3, with four places where your functions come in. Read it; you need not change it.


# %% tags=["readonly"]
def fit(seed=0, epochs=40, lr=0.3, weight_decay=0.0, penalty=None, dropout=0.0, patience=None):
    """Train on the 500 images. Returns [(W1, b1), (W2, b2)] and the losses of each epoch."""
    rng = np.random.default_rng(seed)
    layers = [
        (rng.normal(0, (2 / D) ** 0.5, (D, H)), np.zeros(H))
        for D, H in pairwise([784, 100, 10])
    ]
    history = {"train": [], "validation": []}
    stopper = EarlyStopping(patience) if patience else None
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(500), 25):
            x, y = train_x[rows], train_y[rows]
            (W1, b1), (W2, b2) = layers
            h = np.maximum(x @ W1 + b1, 0)
            out, mask = dropout_forward(h, dropout, rng) if dropout else (h, None)
            G = softmax(out @ W2 + b2)
            G[np.arange(len(y)), y] -= 1
            G /= len(y)
            dh = G @ W2.T if mask is None else dropout_backward(G @ W2.T, mask)
            dz = dh * (h > 0)
            gradients = [(x.T @ dz, dz.sum(axis=0)), (out.T @ G, G.sum(axis=0))]
            extra = penalty(layers)[1] if penalty else [0, 0]
            for (W, b), (dW, db), more in zip(layers, gradients, extra, strict=True):
                if weight_decay:
                    W[:], b[:] = weight_decay_step(W, b, dW, db, lr, weight_decay)
                else:
                    W -= lr * (dW + more)  # in place: the array W itself changes
                    b -= lr * db
        history["train"].append(loss_and_accuracy(layers, train_x, train_y)[0])
        history["validation"].append(loss_and_accuracy(layers, validation_x, validation_y)[0])
        if stopper and stopper.step(
            history["validation"][-1], [array for layer in layers for array in layer]
        ):
            break
    if stopper:
        W1, b1, W2, b2 = stopper.best_parameters
        layers = [(W1, b1), (W2, b2)]
    return layers, history


def report(layers):
    """Accuracies (exactitude) on both sets."""
    parts = [(train_x, train_y), (validation_x, validation_y)]
    train, validation = (100 * loss_and_accuracy(layers, *part)[1] for part in parts)
    return f"training {train:.1f} %   validation {validation:.1f} %"


# %% alt="Losses without any remedy: in training to 0 within 40 epochs; in validation the lowest point, 0.74, comes at epoch 5, and the curve rises to 0.97 afterwards."
plain_layers, plain_history = fit()
figures.overfitting({"no remedy": plain_history})
print(report(plain_layers))
of_lot = train_x[by_lot], train_y[by_lot]
print(
    "images whose label was drawn by lot: "
    f"{100 * loss_and_accuracy(plain_layers, *of_lot)[1]:.0f} % 'right'"
)

# %% [markdown]
# *Figure 1. Loss on the training and the validation images, and the epoch (époque) with the best validation loss.*
#
# The training loss goes to 0: the network even "knows" labels that were drawn by lot. There is nothing to
# understand in them, so it has learnt them **by heart**. This is overfitting (*surapprentissage*). The validation loss
# tells: it falls for a few epochs, while the network learns what digits look like, and then rises without end.

# %% [markdown]
# ## 2. Early stopping
#
# The simplest remedy (*arrêt précoce*). Lecture 003: "If validation has not improved for some time, stop and return
# θ", the parameters. Two details decide whether it works:
#
# - *Some time* is called patience (*patience*): the number of bad epochs **in a row** that we put up with. An epoch is
#   bad if its loss is not *below* the best so far; an equal loss is bad too.
# - The θ to return is that of the **best** epoch, not of the last one. Training goes on and changes the arrays in
#   place. What happens to what you have kept?

# %% tags=["compare"]
W = np.array([1.0, 2.0])
kept, copied = [W], [W.copy()]
W -= 0.5
print("kept:", kept, "  copied:", copied)

# %% [markdown]
# ### Exercise
#
# A class with a method `step`, called once an epoch until it returns True, and two attributes, `best_loss` and
# `best_parameters`. Before the first epoch the best loss is infinite: `float("inf")`. What `best_parameters` is before
# the first good epoch is up to you.
#
# However little a loss is below the best so far, its epoch is good. And a training that diverges gives the loss `nan`,
# not a number; every comparison with `nan` is False. Such an epoch is bad, be it the first one.


# %%
class EarlyStopping:
    """Says when to stop, and keeps the parameters of the best epoch.

    patience: number of bad epochs in a row after which to stop, 1 or more
    """

    def __init__(self, patience):
        ### BEGIN SOLUTION
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad_epochs = 0
        ### END SOLUTION

    def step(self, loss, parameters):
        """Count one epoch.

        loss: validation loss of this epoch
        parameters: list of arrays, as many as there are; training goes on changing them
        Keeps best_loss and best_parameters, a list of arrays. Returns True to stop, False to
        go on.
        """
        ### BEGIN SOLUTION
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [array.copy() for array in parameters]
            self.bad_epochs = 0
        else:
            self.bad_epochs += 1
        return self.bad_epochs >= self.patience
        ### END SOLUTION


# %%
with using_answers():
    layers, history = fit(patience=5)
    print(f"stopped after {len(history['train'])} epochs:   {report(layers)}")
    print(f"40 epochs:              {report(plain_layers)}")

# %% [markdown]
# Less work and a better network. About 82 % of the training labels are what the image shows (one in ten of those drawn
# by lot is right by chance). The stopped network gets few more than these right; the other one got them all.
#
# The validation set has taken part in a choice now. It says too much good of the network that it chose, so the last
# word belongs to a test set that chose nothing.

# %% [markdown]
# ## 3. At home: weight decay
#
# A network that follows single points must bend sharply, and that takes large weights. So let weights cost something.
# The L2 penalty (*pénalité*) is half the sum of their squares, times a strength $\lambda$:
#
# $$\Omega(\theta) = \frac{\lambda}{2} \sum_l \sum_{i,j} \bigl(W^{(l)}_{ij}\bigr)^2
# \qquad\qquad \frac{\partial \Omega}{\partial W^{(l)}} = \lambda\, W^{(l)}$$
#
# It is added to the loss. Three things to know:
#
# - **The 1/2 is a convention.** Lecture 002, PyTorch and scikit-learn have it; lecture 003 leaves it out, and then the
#   gradient is $2 \lambda W$. A $\lambda$ found in a paper means little without its formula. We keep the 1/2.
# - **Biases are not penalised.** They move a boundary, they do not make it steep. Lecture 003 sums over the $W^{(l)}$
#   only.
# - In notebook 2 you met it as a Gaussian prior: MAP.
#
# ### Exercise


# %%
def l2_penalty(layers, lam):
    """The L2 penalty of a network, and its gradient.

    layers: list of pairs (W, b), one for each layer: weights (D, H), biases (H,)
    lam: strength lambda, a number
    Returns (penalty, gradients): a number, and a list with one array per W, of its shape.
    """
    ### BEGIN SOLUTION
    penalty = lam / 2 * sum(np.sum(W**2) for W, b in layers)
    return penalty, [lam * W for W, b in layers]
    ### END SOLUTION


# %% [markdown]
# ### Find the slide's mistake: (1 + ηλ)
#
# Put this gradient into one step of descent. Lecture 002 prints the result as
#
# $$\theta = (1 + \eta_t \lambda)\, \theta - \eta_t \nabla_\theta$$
#
# Suppose the loss is flat, $\nabla_\theta = 0$, so that only the penalty acts. What should happen to a weight? Follow
# the formula:

# %% tags=["compare"]
w, eta, lam = 1.0, 0.1, 0.5
for step in range(1, 101):
    w = (1 + eta * lam) * w - eta * 0.0
    if step in (1, 10, 100):
        print(f"after {step:3} steps: w = {w:8.3f}   penalty {lam / 2 * w**2:9.3f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# The weight grows without limit, and the penalty with it: a descent that climbs. The step is $\theta - \eta\,
# (\nabla_\theta + \lambda \theta)$, that is $(1 - \eta \lambda)\, \theta - \eta \nabla_\theta$. Each step takes a small
# share of every weight away, hence the name weight decay (*dégradation des poids*). With $\eta\lambda = 0.05$ half of
# a weight is gone after 14 steps, unless the loss holds it up.
#
# </details>
#
# ### Exercise
#
# One step for one layer: gradient descent with weight decay, by the right formula. The bias learns, but it does not
# decay.


# %%
def weight_decay_step(W, b, dW, db, lr, weight_decay):
    """One step of gradient descent with weight decay.

    W, b: weights (D, H) and biases (H,)
    dW, db: gradients of the loss, without the penalty, of the same shapes
    lr: learning rate; weight_decay: strength lambda of the L2 penalty
    Returns the new (W, b), new arrays.
    """
    ### BEGIN SOLUTION
    return (1 - lr * weight_decay) * W - lr * dW, b - lr * db
    ### END SOLUTION


# %% alt="Losses with three strengths of weight decay. 0.003: training still goes to 0.04, and validation stays near 0.8. 0.03: both stay between 0.65 and 1. 0.1: both are stuck near 1.25, too high."
with using_answers():
    runs = {}
    for weight_decay in (0.003, 0.03, 0.1):
        layers, runs[f"weight decay {weight_decay}"] = fit(weight_decay=weight_decay)
        size = sum(np.sum(W**2) for W, b in layers) ** 0.5
        print(
            f"weight decay {weight_decay}:   {report(layers)}   "
            f"length of all weights {size:.1f}"
        )
    figures.overfitting(runs)

# %% [markdown]
# *Figure 2. The training of Figure 1 with three strengths of weight decay.*
#
# The validation loss no longer runs away. With 0.03 the network gets about 82 % of the training labels right, which is
# the share of true ones. With 0.1 it gets far fewer right, in training and in validation: too much of a remedy is
# underfitting (*sous-apprentissage*). "It's crucial to tune the regularization strength", says lecture 000: on the
# validation set, with several seeds.

# %% [markdown]
# ## 4. Dropout
#
# In training, each unit of a layer is switched off with probability $p$, for each example anew (*abandon*; everybody
# says dropout). No unit can rely on its neighbours, so each has to be useful by itself. Another reading: every example
# trains another, smaller network, and all of them share their weights; in the end one uses their average.
#
# In evaluation nothing is switched off: one wants the best answer, and the same one each time. Then something does not
# fit. A layer of which half the units are off passes on half as much. The next layer has learnt with that.
#
# ### Find the slide's mistake: multiply by p
#
# Three lectures say how to make up for it. 000: $p$ is the "probability that a given unit will drop out", and at test
# time one multiplies "the weights by p". 001 and 002 ("scaled down by p") agree. Test it: what does a unit of the next
# layer get on average in training, and what in evaluation with each factor?

# %% tags=["compare"]
rng = np.random.default_rng(0)
h = rng.random(1000)  # activations
w = rng.random(1000)  # weights of one unit of the next layer
for p in (0.1, 0.2, 0.5):
    training = np.mean([(h * (rng.random(1000) >= p)) @ w for _ in range(2000)])
    print(
        f"p = {p}:  training {training:6.1f}   "
        f"evaluation: times p {p * h @ w:6.1f}, times 1 - p {(1 - p) * h @ w:6.1f}"
    )

# %% [markdown]
# <details><summary>Answer</summary>
#
# With drop probability $p$ a share of $1 - p$ is left, and this is the factor. The slides are right only for
# $p = 0.5$, the value that everybody tried. For $p = 0$, no dropout at all, they would switch the whole layer off at
# test time. The paper (Srivastava et al. 2014) multiplies by $p$ too, and is right: its $p$ is the probability that a
# unit is **kept**.
#
# </details>
#
# ### Exercise
#
# Today one does it the other way round, **inverted dropout** (*dropout inversé*), as PyTorch does: what is left is
# *divided* by $1 - p$ in training, and evaluation needs no factor at all.
#
# $$m_{ij} = \begin{cases} 0 & \text{with probability } p \\ 1 / (1 - p) & \text{otherwise} \end{cases}
# \qquad\qquad \text{out} = x \circ m$$
#
# Each number of the mask (*masque*) is drawn independently of the others; how you draw them is up to you. The lecture's
# layer "should keep" its mask: so return it. It is needed on the way back.


# %%
def dropout_forward(x, p, rng, training=True):
    """Inverted dropout.

    x: activations (B, H)
    p: probability that a unit is dropped, from 0 up to 1, without 1
    rng: numpy.random.Generator from which the mask is drawn
    training: in evaluation (False), nothing is dropped and the mask is all ones
    Returns (out, mask), two arrays (B, H) with out = x * mask; in evaluation out may be x
    itself.
    """
    ### BEGIN SOLUTION
    if not training:
        return x, np.ones_like(x)
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# On the way back: the gradient (*gradient*) of the loss with respect to `out` is known; you want that with respect to
# `x`. What does a unit learn that was off?


# %%
def dropout_backward(grad, mask):
    """The gradient of the loss with respect to the input of dropout.

    grad: gradient with respect to its output (B, H)
    mask: as `dropout_forward` returned it (B, H)
    Returns an array (B, H).
    """
    ### BEGIN SOLUTION
    return grad * mask
    ### END SOLUTION


# %% [markdown]
# ### At home: two modes
#
# In training each call draws another mask; in evaluation there is none. Look at the mean, too.

# %% tags=["compare"]
with using_answers():
    h = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
    rng = np.random.default_rng(1)
    for call in (1, 2):
        print(f"training, call {call}:", dropout_forward(h, 0.5, rng)[0].tolist())
    print("evaluation:      ", dropout_forward(h, 0.5, rng, training=False)[0].tolist())
    mean = np.mean([dropout_forward(h, 0.5, rng)[0] for _ in range(20000)], axis=(0, 1))
    print("mean of 20,000 calls in training:", mean.round(1))

# %% [markdown]
# A layer of 64 units to try the four ways on. Which scalings give the next layer the same mean in both modes, for every
# $p$? Now take $p = 0.95$ in training with inverted dropout, and change the draw: what has become of the mean?

# %%
from tplib.plots import explore_dropout

explore_dropout()

# %% [markdown]
# <details><summary>Answer</summary>
#
# Inverted dropout, and times $1 - p$ in evaluation. Times $p$ fits at 0.5 only. With $p = 0.95$ three units or so are
# left and multiplied by 20: the mean is right *on average*, but a single draw may be far from it. Dropout is noise, and
# the more of it, the larger $p$.
#
# </details>

# %% [markdown]
# ### At home: all remedies side by side
#
# One run proves little: another seed (*graine*) gives other weights and another order. So each remedy runs with four
# seeds, and we look at the mean and how well it is known. In this notebook **"a ± b" is the mean and half of its 95 %
# interval** (*intervalle de confiance*): had we run many seeds, we would expect their mean between a - b and a + b. Loss
# and accuracy are those of the test images: the validation images have chosen an epoch in two of the five rows.


# %% tags=["readonly"]
def interval(values):
    """Mean over the seeds (last axis), and half of its 95 % interval (Student's t)."""
    n = values.shape[-1]
    half = stats.t.ppf(0.975, n - 1) * values.std(axis=-1, ddof=1) / n**0.5
    return np.stack([values.mean(axis=-1), half], axis=-1)


# %%
remedies = {
    "no remedy": {},
    "early stopping": {"patience": 5},
    "weight decay 0.003": {"weight_decay": 0.003},
    "dropout 0.5": {"dropout": 0.5},
    "dropout and early stopping": {"dropout": 0.5, "patience": 5},
}
with using_answers():
    print("                             test loss          test accuracy, %")
    for name, options in remedies.items():
        tested = np.array(
            [
                loss_and_accuracy(fit(seed, **options)[0], digits.test.x, digits.test.y)
                for seed in range(4)
            ]
        )
        (loss, loss_half), (accuracy, accuracy_half) = interval(tested.T)
        print(
            f"{name:28} {loss:.3f} ± {loss_half:.3f}      "
            f"{100 * accuracy:.1f} ± {100 * accuracy_half:.1f}",
            flush=True,
        )

# %% [markdown]
# Where two intervals lie apart, the difference is more than luck of the seeds; where they overlap, four seeds leave it
# open. The loss tells remedies apart much better than the accuracy: a network that is sure of its mistakes pays for it
# in the loss only. Notebook 6 makes such a comparison a function, `sweep`: many configurations, several seeds, mean
# and spread.

# %% [markdown]
# ## 5. At home: L1 and elastic net
#
# The L1 penalty takes absolute values instead of squares:
#
# $$\Omega_1(\theta) = \lambda \sum_l \sum_{i,j} \bigl|W^{(l)}_{ij}\bigr| \qquad\qquad
# \frac{\partial \Omega_1}{\partial W^{(l)}} = \lambda \,\mathrm{sign}(W^{(l)})$$
#
# How hard does each of the two pull at a large weight, and at a tiny one? L2 pulls with $\lambda w$, which fades
# near 0. L1 always pulls with $\lambda$, until the weight *is* 0: the lecture calls it parsimonious (*parcimonieux*). At
# 0 the absolute value has no derivative; take 0 there.
#
# ### Exercise


# %%
def l1_penalty(layers, lam):
    """The L1 penalty of a network, and its gradient.

    layers: list of pairs (W, b), one for each layer; biases are not penalised
    lam: strength lambda, a number
    Returns (penalty, gradients): a number, and a list with one array per W, of its shape.
    """
    ### BEGIN SOLUTION
    penalty = lam * sum(np.sum(np.abs(W)) for W, b in layers)
    return penalty, [lam * np.sign(W) for W, b in layers]
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Elastic net mixes both. As in scikit-learn, with $r$ = `l1_ratio` from 0 to 1:
#
# $$\Omega(\theta) = \lambda \Bigl( r \sum |W| + \frac{1 - r}{2} \sum W^2 \Bigr)$$
#
# where both sums go over all weights of all layers. You may call your two functions.


# %%
def elastic_net(layers, lam, l1_ratio):
    """The elastic net penalty of a network, and its gradient.

    layers: list of pairs (W, b), one for each layer; biases are not penalised
    lam: strength lambda; l1_ratio: share r of the L1 penalty, from 0 to 1
    Returns (penalty, gradients): a number, and a list with one array per W, of its shape.
    """
    ### BEGIN SOLUTION
    l1, l1_gradients = l1_penalty(layers, lam * l1_ratio)
    l2, l2_gradients = l2_penalty(layers, lam * (1 - l1_ratio))
    return l1 + l2, [a + b for a, b in zip(l1_gradients, l2_gradients, strict=True)]
    ### END SOLUTION


# %% alt="Histograms of the first layer's weights, numbers on a log scale. Without a remedy a bell, with L2 a narrower one; with the elastic net and with L1 a spike at 0, with 89 and 94 % of the weights."
with using_answers():
    matrices = {"no remedy": plain_layers[0][0]}
    print(f"{'no remedy':12} {report(plain_layers)}")
    for name, l1_ratio, lam in (
        ("L2", 0.0, 0.01),
        ("elastic net", 0.5, 0.003),
        ("L1", 1.0, 0.003),
    ):
        layers, _ = fit(
            penalty=lambda layers, lam=lam, l1_ratio=l1_ratio: elastic_net(
                layers, lam, l1_ratio
            )
        )
        print(f"{name:12} {report(layers)}")
        matrices[name] = layers[0][0]
    figures.weights(matrices, small=0.002)

# %% [markdown]
# *Figure 3. Weights of the first layer after training, on a logarithmic scale, and the share of those near 0.*
#
# Much of the image, its border above all, says nothing about the digit. L1 sets the weights of such pixels to 0, give
# or take one step. L2 makes them small, as all others. Without a penalty they stay where they started.
#
# L1 has a price here: with this $\lambda$ it gets fewer validation images right than no remedy, as some of the weights
# that it set to 0 were of use. A smaller $\lambda$ sets fewer of them to 0: try 0.0003 in the cell above. One takes L1 to
# see which inputs count, or to store fewer weights, more than for a better network.

# %% [markdown]
# ## 6. At home: where to start
#
# Training moves weights a little from where they start. Can they start at 0? Look at the gradients of a network with
# one hidden layer, at zeros and at equal numbers:

# %% tags=["compare"]
x, y = train_x[:100], train_y[:100]
for weight in (0.0, 0.01):
    W1 = np.full((784, 3), weight)  # (D, H): equal units
    W2 = np.full((3, 10), weight) * np.arange(10)  # (H, K)
    h = np.tanh(x @ W1)
    G = (softmax(h @ W2) - np.eye(10)[y]) / len(y)
    dW1 = x.T @ (G @ W2.T * (1 - h**2))
    print(
        f"weights of {weight}: length of each unit's gradient {np.linalg.norm(dW1, axis=0)}",
        end="   ",
    )
    print("all columns equal:", bool(np.allclose(dW1, dW1[:, :1])))

# %% [markdown]
# From zeros nothing moves, as the lecture says. From equal numbers all units get the same gradient and stay equal for
# ever: 100 units, one feature. So weights start **at random** (biases may start at 0). But how large?
#
# A weighted sum of $N$ inputs has a variance $N$ times that of one term. So weights must be the smaller, the more
# inputs a unit has; and on the way back the same holds for the number of outputs. Glorot and Bengio (2010) take the
# middle: a variance of $2 / (N_{in} + N_{out})$. A uniform distribution on $[-c, c]$ has the variance $c^2 / 3$.
#
# ### Find the slide's mistake: Glorot's c
#
# Lecture 003 prints, with $N_k$ the size of layer $k$:
#
# $$c = \frac{\sqrt{6}}{N_k + N_{k-1}}$$
#
# "This initialization tends to control the variance of activations." Solve $c^2 / 3 = 2 / (N_k + N_{k-1})$ for $c$ on
# paper. Then see what the slide's $c$ does to the activations of ten layers:

# %% tags=["compare"]
rng = np.random.default_rng(0)
h = rng.normal(size=(1000, 100))
for layer in range(1, 11):
    c = np.sqrt(6) / (100 + 100)
    h = np.tanh(h @ rng.uniform(-c, c, (100, 100)))
    if layer in (1, 2, 5, 10):
        print(f"layer {layer:2}: standard deviation of the activations {h.std():.2g}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# $c = \sqrt{6 / (N_k + N_{k-1})}$: the sum stands **under** the root. The slide's $c$ is too small by a factor
# $\sqrt{N_k + N_{k-1}}$, here 14, and after ten layers nothing is left of the signal. What was meant to keep the
# variance makes it vanish.
#
# </details>
#
# ### Exercise
#
# The weights of one layer, with the right $c$, each drawn independently of the others, in which order you like.
# PyTorch's `nn.Linear` stores (outputs, inputs); here a layer is `x @ W`, so `W` is (inputs, outputs).


# %%
def glorot_uniform(fan_in, fan_out, rng):
    """Glorot's starting weights: uniform on [-c, c].

    fan_in, fan_out: number of inputs and of units of the layer
    rng: numpy.random.Generator from which they are drawn
    Returns an array (fan_in, fan_out).
    """
    ### BEGIN SOLUTION
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The measuring instrument: send a batch through layers without biases, $h_l = g(h_{l-1} W_l)$ with $h_0 = x$, and
# note for each layer the standard deviation (*écart type*) of **all** its activations, over examples and units together,
# as `np.std` computes it.


# %%
def activation_std(x, weights, g):
    """The standard deviation of the activations of each layer.

    x: inputs (B, D)
    weights: list of L arrays, (D, H1), (H1, H2), ...; there are no biases
    g: activation function, of arrays
    Returns a list (or an array) of L numbers.
    """
    ### BEGIN SOLUTION
    h, stds = x, []
    for W in weights:
        h = g(h @ W)
        stds.append(h.std())
    return stds
    ### END SOLUTION


# %% alt="Spread of the activations by layer, on a log scale: from standard normal weights it stays at 1 (saturated), from Glorot's at 0.2 to 0.6; from the slide's c and from weights of 0.01 it falls by powers of ten to 1e-10 and below at layer 10."
with using_answers():
    rng = np.random.default_rng(0)
    x, sizes = rng.normal(size=(500, 100)), [(100, 100)] * 10
    c = np.sqrt(6) / 200
    starts = {
        "standard normal": [rng.normal(size=size) for size in sizes],
        "Glorot": [glorot_uniform(*size, rng) for size in sizes],
        "the slide's c": [rng.uniform(-c, c, size) for size in sizes],
        "normal, std 0.01": [rng.normal(0, 0.01, size) for size in sizes],
    }
    figures.by_layer(
        {name: activation_std(x, start, np.tanh) for name, start in starts.items()},
        "std of activations",
    )

# %% [markdown]
# *Figure 4. Spread of the activations in ten tanh layers of 100 units, from four starts.*
#
# The standard normal start looks healthiest and is not: its activations are nearly all -1 or 1, where tanh is flat
# (saturation, *saturation*), and no gradient comes through. Small weights lose the signal. Glorot's start keeps both.
#
# ReLU sets half of its inputs to 0 and so halves the power of the signal. He et al. (2015) therefore double the
# variance: $2 / N_{in}$. Try `lambda z: np.maximum(z, 0)` in the cell above. The network of section 1 starts like that.

# %% [markdown]
# ## 7. At home: vanishing gradients, and the lecture's table of depths
#
# Lecture 002 takes a chain of single neurons and computes the gradient of the bias of the first one:
#
# $$\frac{\partial C}{\partial b_1} = \frac{\partial C}{\partial y_4}\; \sigma'(a_4)\, w_4\; \sigma'(a_3)\, w_3\;
# \sigma'(a_2)\, w_2\; \sigma'(a_1)$$
#
# Every layer on the way back multiplies by a weight and by a slope $\sigma'$. How large is that slope at most?

# %% tags=["compare"]
s = 1 / (1 + np.exp(-np.linspace(-6, 6, 1201)))
print(f"largest slope of the sigmoid: {np.max(s * (1 - s)):.4f}")
print("four of them:", 0.25**4)

# %% [markdown]
# With weights around 1 or smaller, the product shrinks with each layer: the vanishing gradient (*disparition du
# gradient*). With large weights it may also explode.
#
# ### Exercise
#
# Measure it in a real network: sigmoid hidden layers, softmax at the end, cross-entropy as a mean over the batch. For
# each layer, the Euclidean norm (*norme*) of the gradient **of its biases**, as in the lecture's chain. From notebook
# 3, with $\delta_l$ the gradient of the weighted sums of layer $l$, of shape (B, H):
#
# $$\delta_L = \frac{1}{B}(p - \text{one-hot}(y)) \qquad
# \delta_l = (\delta_{l+1} W_{l+1}^\top) \circ h_l \circ (1 - h_l) \qquad
# \frac{\partial L}{\partial b_l} = \sum_{i=1}^B \delta_{l,i}$$
#
# You may call `softmax` from section 1, and this:


# %% tags=["readonly"]
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %%
def layer_gradient_norms(x, y, weights, biases):
    """The norm of the gradient of each layer's biases.

    x: inputs (B, D); y: right classes (B,)
    weights, biases: lists of L arrays (D, H1), (H1, H2), ... and (H1,), (H2,), ...;
        L - 1 hidden layers with sigmoid, then scores for softmax and cross-entropy
        (mean over the batch)
    Returns a list (or an array) of L numbers, from the first layer to the last. With L = 1
    there is no hidden layer.
    """
    ### BEGIN SOLUTION
    hs = [x]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        hs.append(sigmoid(hs[-1] @ W + b))
    delta = softmax(hs[-1] @ weights[-1] + biases[-1])  # (B, K)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    norms = [np.linalg.norm(delta.sum(axis=0))]
    for W, h in zip(weights[:0:-1], hs[:0:-1], strict=True):
        delta = delta @ W.T * h * (1 - h)  # (B, H) of the layer before
        norms.append(np.linalg.norm(delta.sum(axis=0)))
    return norms[::-1]
    ### END SOLUTION


# %% [markdown]
# Now the lecture's networks: 0 to 4 hidden layers of 30 sigmoid units. The start is that of the lecture's source (M.
# Nielsen, *Neural Networks and Deep Learning*, chapter 5): weights of variance 1 / inputs, biases of variance 1.


# %% tags=["readonly"]
def start(depth, rng):
    """Weights and biases of 784 -> 30 -> ... -> 30 -> 10, with `depth` hidden layers."""
    sizes = list(pairwise([784, *[30] * depth, 10]))
    weights = [rng.normal(0, D**-0.5, (D, H)) for D, H in sizes]
    return weights, [rng.normal(0, 1, H) for _, H in sizes]


# %% alt="Norm of the bias gradient by layer, on a log scale, for one to four hidden layers: always about 0.4 in the last layer, and three to six times smaller with each layer before it; with four hidden layers below 0.001 in the first."
with using_answers():
    x, y = digits.train.x[::4], digits.train.y[::4]
    norms = {}
    for depth in range(1, 5):
        measured = [
            layer_gradient_norms(x, y, *start(depth, np.random.default_rng(seed)))
            for seed in range(5)
        ]
        norms[f"{depth} hidden"] = np.mean(measured, axis=0)
    figures.by_layer(norms, "norm of the bias gradient")
    print("4 hidden layers, first to last:", norms["4 hidden"].round(5))

# %% [markdown]
# *Figure 5. Gradient of the biases before the first step, mean of five seeds.*
#
# From one layer to the one before, the gradient shrinks by a factor of about 5. In the network with four hidden layers
# the first one learns several hundred times more slowly than the last.
#
# ### Does depth help?
#
# The lecture's table, on MNIST (60,000 images for training):
#
# | hidden layers | 0 | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|---|
# | accuracy, % | 88 | 96.5 | 96.9 | 96.5 | 96.5 |
#
# One number each, from one run each. Measure it yourself, in small: 4,000 images, 20 epochs, **three seeds** per
# depth, accuracy on 1,000 test images. It takes 10 to 20 seconds. What do you expect for four hidden layers, given
# Figure 5?


# %% tags=["readonly"]
SLOPES = {  # activation functions, and their slopes in terms of h = g(z)
    "sigmoid": (sigmoid, lambda h: h * (1 - h)),
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "ReLU": (lambda z: np.maximum(z, 0), lambda h: h > 0),
}


def train_epoch(weights, biases, rng, lr=0.1, g="sigmoid"):
    """One epoch of stochastic descent in batches of 10; changes the arrays in place."""
    activation, slope = SLOPES[g]
    x, y = digits.train.x, digits.train.y
    for rows in rng.permutation(len(x)).reshape(-1, 10):
        hs = [x[rows]]
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            hs.append(activation(hs[-1] @ W + b))
        delta = softmax(hs[-1] @ weights[-1] + biases[-1])
        delta[np.arange(10), y[rows]] -= 1
        delta /= 10
        for layer in reversed(range(len(weights))):
            dW, db = hs[layer].T @ delta, delta.sum(axis=0)
            if layer:
                delta = delta @ weights[layer].T * slope(hs[layer])
            weights[layer] -= lr * dW
            biases[layer] -= lr * db


def accuracy_on_test(weights, biases, g="sigmoid"):
    h = digits.test.x
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        h = SLOPES[g][0](h @ W + b)
    return np.mean((h @ weights[-1] + biases[-1]).argmax(axis=1) == digits.test.y)


def race(networks, epochs, title, g="sigmoid", lr=0.1, seeds=3):
    """Train each network (name -> function of a generator) with each seed.

    Returns the accuracies (networks, seeds) in %.
    """
    runs = []
    for number, make in enumerate(networks.values()):
        rngs = [np.random.default_rng([seed, number]) for seed in range(seeds)]
        runs.append([(*make(rng), rng) for rng in rngs])
    curve = figures.LiveAccuracies(epochs, list(networks), title)
    for _ in range(epochs):
        accuracies = []
        for name, group in zip(networks, runs, strict=True):
            chosen = g if g in SLOPES else name
            for weights, biases, rng in group:
                train_epoch(weights, biases, rng, lr, chosen)
            accuracies.append(
                [accuracy_on_test(weights, biases, chosen) for weights, biases, _ in group]
            )
        curve.add_all(np.mean(accuracies, axis=1))
    return 100 * np.array(accuracies)


# %%
quick = interval(
    race(
        {f"{d} hidden": lambda rng, d=d: start(d, rng) for d in range(5)},
        20,
        "depth, quick version",
    )
)
for depth, (mean, half) in enumerate(quick):
    print(f"{depth} hidden layers: {mean:.1f} ± {half:.1f} %")

# %% [markdown]
# *Figure 6. Test accuracy while training, mean of three seeds. "a ± b" is the mean and half of its 95 % interval, as in
# section 4.*
#
# The deepest network is the worst by far: 20 small epochs are over before its first layers have begun to learn, and
# its seeds are far apart. But is it worse *in the end*? The full experiment takes ten minutes of a processor, so we
# ran it for you: 50,000 images, 28 epochs, five seeds per depth, 10,000 test images (`benchmarks/lectures.py`; the
# protocol and all numbers are in `docs/lectures.md`).

# %% alt="Accuracy against the number of hidden layers, whole and from 85 % on. The full experiment agrees with the lecture for one layer and more, 96 to 97 %, without an advantage of depth. The quick one is lower, and falls with depth to 62 % with a huge interval."
lecture = [88.0, 96.5, 96.9, 96.5, 96.5]
full = np.array([[91.85, 0.29], [96.72, 0.28], [96.79, 0.22], [96.29, 0.07], [95.97, 0.20]])
figures.depths({"full, 5 seeds": full, "quick, 3 seeds": quick}, lecture)
for depth in (2, 3, 4):
    # half of the interval of a difference: at most the root of both squares
    difference, half = full[depth, 0] - full[1, 0], np.hypot(full[depth, 1], full[1, 1])
    print(f"{depth} hidden layers less 1, five seeds: {difference:+.2f} ± {half:.2f} points")

# %% [markdown]
# *Figure 7. Accuracy against depth: the lecture's single runs, five seeds on all data, three seeds in small. Bars are
# 95 % intervals.*
#
# | hidden layers | lecture, % | five seeds, % | after 1 epoch | after 10 |
# |---|---|---|---|---|
# | 0 | 88 | 91.85 ± 0.29 | 90.9 | 92.0 |
# | 1 | 96.5 | 96.72 ± 0.28 | 92.7 | 96.2 |
# | 2 | 96.9 | 96.79 ± 0.22 | 91.7 | 96.3 |
# | 3 | 96.5 | 96.29 ± 0.07 | 87.4 | 95.6 |
# | 4 | 96.5 | 95.97 ± 0.20 | 18.3 | 95.2 |
#
# - **Replicates:** one and two hidden layers lie within the intervals, and more depth buys nothing here. Three and four
#   do not, but 96.5 is one run. A single run scatters $\sqrt 6$ times as far as a mean of five is known: ± 0.5 points
#   for four layers. And it was measured on other images: 10,000 of them know 96.5 % to ± 0.4 points only. So 96.5
#   contradicts neither 96.29 nor 95.97.
# - **Not shown:** that two are better than one, + 0.07 ± 0.36 points. The lecture's 96.9 against 96.5 may be luck of one
#   seed.
# - **Shown by five seeds, where one run cannot:** the third and fourth layers *harm*, by 0.4 ± 0.3 and 0.8 ± 0.3 points
#   against one layer.
# - **Does not replicate:** 88 % without a hidden layer. We find about 92 %, and there a single run scatters by ± 0.7
#   points, not by 4. 88 % is what a linear model has long before the end of its training.
#
# ### What helps a deep network?
#
# The lecture's remedies: another activation function, and a good start. Four hidden layers again, five epochs, Glorot's
# start and biases of 0. Compare with the purple line of Figure 6.

# %%
with using_answers():

    def glorot_start(rng):
        sizes = list(pairwise([784, *[30] * 4, 10]))
        weights = [glorot_uniform(*size, rng) for size in sizes]
        return weights, [np.zeros(H) for _, H in sizes]

    found = interval(
        race(
            dict.fromkeys(SLOPES, glorot_start),
            5,
            "4 hidden layers, Glorot's start",
            g="by name",
        )
    )
    for name, (mean, half) in zip(SLOPES, found, strict=True):
        print(f"{name:8} {mean:.1f} ± {half:.1f} %")

# %% [markdown]
# *Figure 8. Four hidden layers with three activation functions, mean of three seeds.*
#
# A start alone does not save the sigmoid: its slope is 1/4 at best, and its outputs are never negative. With tanh,
# slope 1 at 0, and with ReLU, slope 1 for every positive input, the same depth trains from the first epoch on. A
# learning rate, an activation function, a depth, a seed: compare one thing at a time, with several seeds, and tune
# the learning rate for *each* of them before you call one better.

# %% [markdown]
# ## 8. At home: batch normalisation
#
# Glorot's start keeps the spread of activations at the *beginning* of training. Batch normalisation (*normalisation
# par lot*) keeps it all the time: it centres and scales the inputs of a layer, unit by unit, with the mean and variance
# of the batch (lecture 003).
#
# $$z = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} \qquad \text{out} = w \circ z + b$$
#
# $w$ (`weight`) and $b$ (`bias`) are learnt: they let the network undo the normalisation where it harms.
#
# In **training**, $\mu$ and $\sigma^2$ come from this batch. In **evaluation** they cannot: one example alone has no
# variance, and its answer must not depend on its neighbours. So training keeps running statistics (*moyennes
# mobiles*), and evaluation uses these:
#
# $$\text{running} \leftarrow (1 - m)\,\text{running} + m\,\text{new} \qquad (m = \texttt{momentum})$$
#
# ### Exercise
#
# Exactly as PyTorch does it, which has one surprise: the variance that *normalises* divides the squares by $B$
# (biased, `ddof=0`), the one that enters the *running* variance divides by $B - 1$ (`ddof=1`): it estimates the
# variance of all data from a sample.


# %%
def batch_norm_forward(
    x, running_mean, running_var, weight, bias, training, momentum=0.1, eps=1e-5
):
    """Batch normalisation of each unit.

    x: (B, H), with B of 2 or more in training; in evaluation one example may come alone
    running_mean, running_var, weight, bias: (H,)
    training: normalise by the batch and update the running statistics; else normalise by
        these and leave them
    Returns (out, running_mean, running_var): (B, H), (H,), (H,). Do not change the arrays
    that you get.
    """
    ### BEGIN SOLUTION
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
    else:
        mean, var = running_mean, running_var
    out = weight * (x - mean) / np.sqrt(var + eps) + bias
    return out, running_mean, running_var
    ### END SOLUTION


# %% [markdown]
# Take the worst two starts of Figure 4, and normalise the weighted sums of every layer:

# %% alt="Spread of the activations by layer, on a log scale: weights of 0.01 shrink to 1e-10 at layer 10 without batch normalisation; with it both starts stay at 0.6 throughout."
with using_answers():

    def normalised_std(x, weights):
        """Spread of tanh activations with batch normalisation before each tanh."""
        h, found = x, []
        for W in weights:
            H = W.shape[1]
            z, *_ = batch_norm_forward(
                h @ W, np.zeros(H), np.ones(H), np.ones(H), np.zeros(H), True
            )
            h = np.tanh(z)
            found.append(h.std())
        return found

    rng = np.random.default_rng(0)
    x, sizes = rng.normal(size=(500, 100)), [(100, 100)] * 10
    lines = {}
    for name, std in (("standard normal", 1.0), ("normal, std 0.01", 0.01)):
        drawn = [rng.normal(0, std, size) for size in sizes]
        lines[name] = activation_std(x, drawn, np.tanh)
        lines[f"{name}, batch norm"] = normalised_std(x, drawn)
    figures.by_layer(lines, "std of activations")

# %% [markdown]
# *Figure 9. Spread of the activations with and without batch normalisation.*
#
# With it the scale of the start no longer matters. How good are the running statistics? They need many batches:

# %% tags=["compare"]
with using_answers():
    rng = np.random.default_rng(0)
    mean, var = np.zeros(1), np.ones(1)
    for batch in range(1, 101):
        x = rng.normal(5.0, 2.0, (32, 1))
        _, mean, var = batch_norm_forward(x, mean, var, np.ones(1), np.zeros(1), True)
        if batch in (1, 10, 100):
            print(
                f"after {batch:3} batches: running mean {mean[0]:.2f} (5), "
                f"running variance {var[0]:.2f} (4)"
            )

# %% [markdown]
# A model that is evaluated after its first batches gives poor answers for this reason alone. `model.train()` left on
# does another harm: each answer depends on the other examples of its batch, and measuring moves the running statistics.

# %% [markdown]
# ## 9. What to remember
#
# - A training loss of 0 may mean that wrong labels were learnt by heart. Only data that chose nothing can judge.
# - Early stopping: patience counts bad epochs *in a row*; keep **copies** of the best parameters.
# - Weight decay multiplies weights, not biases, by $1 - \eta\lambda$ in each step. With or without the 1/2? Read the
#   formula.
# - L1 makes weights exactly small: many are 0. L2 makes all of them smaller. Elastic net mixes.
# - Dropout: $p$ is the probability to be *dropped*; inverted dropout divides by $1 - p$ in training and leaves
#   evaluation alone. The mask is kept for the way back.
# - Weights start at random, with $c = \sqrt{6 / (N_{in} + N_{out})}$ (Glorot), or the variance $2 / N_{in}$ for ReLU
#   (He); biases start at 0.
# - Sigmoid layers shrink the gradient by a factor of about 5 each. Depth by itself bought nothing on MNIST.
# - Batch normalisation: batch statistics in training (divide by $B$), running ones in evaluation (by $B - 1$).
# - One run is an anecdote. Several seeds, mean and interval.
#
# Next: *6_pytorch*, where a library does all this, and you compare configurations with `sweep`.
