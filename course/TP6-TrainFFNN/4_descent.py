# %% [markdown]
# # Descent: finding good parameters
#
# *TP6, notebook 4 of 6*
#
# **Aim.** You can compute a loss and its gradient. Now you *use* the gradient: you see why random search fails and
# descent does not, write one epoch of mini-batch descent and the updates behind the names SGD, momentum, Adagrad,
# RMSprop and Adam, choose a learning rate, and read from a loss curve what went wrong.
#
# **Time.** 30 minutes in the session, 55 at home. The session does sections 1 to 3; sections 4 to 7 are for home, and
# nothing in the session needs them. Section 8 sums up: read it in any case.
#
# **What is graded.** {{count}} short functions, {{points}}. Under each one stands its
# check. Run it as often as you like: it says what is right, shows a small input on which your code is wrong, and
# holds hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy only. Do not change the arrays that you are given: return new ones.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import time

import numpy as np

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots import descent as figures
from tplib.plots.training import LiveCurve

np.set_printoptions(precision=4, suppress=True)
_ = np.seterr(over="ignore", invalid="ignore")  # some trainings are meant to explode

# %% [markdown]
# **Notation.** `theta` ($\theta$) is *all* parameters in one array, whatever its shape. `lr` ($\eta$, the lecture
# also writes $\varepsilon$) is the learning rate (*taux d'apprentissage*). `grad` is an array, the gradient at one
# place; `gradient` is a function that computes it. `n` examples, `D` features, `K` classes.

# %% [markdown]
# ## 1. Random search against the gradient (10 minutes)
#
# Lecture 004 calls it a *really bad idea*: draw the parameters at random, compute the loss, keep the best, repeat
# 1,000 times.
#
# ### Exercise
#
# `draw()` gives new random parameters at each call, `loss(theta)` their loss. Make exactly `trials` draws and compute
# each loss once: this is the budget.


# %%
def random_search(draw, loss, trials):
    """The best of many random parameters.

    draw: function without arguments; each call gives new parameters, an array
    loss: function of the parameters; gives a number above 0, as large as it likes
    trials: how many draws to make, at least 1
    Returns the best parameters and their loss.
    """
    ### BEGIN SOLUTION
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The alternative of the same lecture: start somewhere, and follow the slope downwards (*descente de gradient*),
#
# $$\theta \;\leftarrow\; \theta - \eta\, \nabla L(\theta)$$
#
# `steps` times. The gradient must be computed anew at each place.


# %%
def gradient_descent(theta, gradient, lr, steps):
    """Follow the gradient downwards.

    theta: where to start, an array of any shape
    gradient: function of the parameters, an array of the shape of theta; gives a new array of
        that shape
    lr: learning rate
    steps: how many steps to make, 0 or more
    Returns the parameters after the last step.
    """
    ### BEGIN SOLUTION
    for _ in range(steps):
        theta = theta - lr * gradient(theta)
    return theta
    ### END SOLUTION


# %% [markdown]
# Now both on the digits of notebook 2, with the same budget of 1,000 losses or gradients. The model is linear; a
# column of ones at the end of `x` plays the bias, so that `theta` is one array (65, 10). Draws have the standard
# deviation (*écart type*) 0.0001, as in the lecture. Before you run the cell: what accuracy do you expect of 1,000
# guesses?


# %% tags=["readonly"]
digits_x, digits_y = data.load("digits").train
digits_x = digits_x.astype(np.float64)
train_x, train_y = digits_x[300:], digits_y[300:]  # (1138, 64)
validation_x, validation_y = digits_x[:300], digits_y[:300]


def with_ones(x):
    return np.column_stack([x, np.ones(len(x))])  # (n, D + 1)


def cross_entropy_and_grad(scores, y):
    """The mean loss and its gradient with respect to the scores (n, K): notebook 2."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    p_minus_one_hot = np.exp(log_p)
    p_minus_one_hot[rows, y] -= 1
    return -np.mean(log_p[rows, y]), p_minus_one_hot / len(y)


def linear_loss(theta):
    return cross_entropy_and_grad(with_ones(train_x) @ theta, train_y)[0]


def linear_gradient(theta):
    x = with_ones(train_x)
    return x.T @ cross_entropy_and_grad(x @ theta, train_y)[1]


def linear_accuracy(theta):
    return np.mean((with_ones(validation_x) @ theta).argmax(axis=1) == validation_y)


# %% tags=["compare"]
rng = np.random.default_rng(0)


def draw():
    return rng.normal(0, 0.0001, (65, 10))


print(f"knowing nothing:           loss {np.log(10):.4f}, accuracy 10%")
with using_answers():
    theta, value = random_search(draw, linear_loss, 1000)
    print(
        f"best of 1,000 draws:       loss {value:.4f}, accuracy {linear_accuracy(theta):.0%}"
    )
with using_answers():
    start = draw()
    for steps in (1, 10, 100, 1000):
        theta = gradient_descent(start, linear_gradient, 0.5, steps)
        loss_text = f"loss {linear_loss(theta):.4f}, accuracy {linear_accuracy(theta):.0%}"
        print(f"{steps:5} steps of descent:    {loss_text}")

# %% [markdown]
# The best of 1,000 guesses is hardly better than chance, 10 %, and its loss has not moved from $\log 10$. (The
# lecture's random search reached 15.5 % on other images; on MNIST, with its protocol and five seeds, *graines*, we
# measured 17.3 % with a standard deviation of 2.7.) **One** step along the gradient is better than 1,000 guesses.
#
# Would luck not come with more draws? The trouble is the *number of parameters*, 650 here. Watch what 1,000 draws
# from the cube $[-1, 1]^P$ achieve as $P$ grows. The loss is the mean squared distance from a point in the cube.

# %% tags=["compare"]
rng = np.random.default_rng(1)


def best_of_1000(P):
    goal = rng.uniform(-1, 1, P)
    return random_search(
        lambda: rng.uniform(-1, 1, P), lambda theta: np.mean((theta - goal) ** 2), 1000
    )[1]


with using_answers():
    for P in (1, 2, 5, 20, 100, 1000):
        print(f"P = {P:4}:  best loss of 1,000 draws {best_of_1000(P):.5f}")

# %% [markdown]
# In one dimension random search is fine. In a thousand, the best draw is hardly better than the mean of all draws,
# 2/3. The gradient has as many entries as there are parameters, and costs about as much as two losses: each step says
# for *every* parameter which way to go.

# %% [markdown]
# ## 2. How long a step? (5 minutes)
#
# The simplest surface is a bowl (*cuvette*), $L(\theta) = \frac{c}{2}\theta^2$ with the curvature (*courbure*) $c$. Its
# gradient is $c\,\theta$, so one step gives
#
# $$\theta \leftarrow \theta - \eta\, c\, \theta = (1 - \eta c)\,\theta$$
#
# Each step multiplies by the same factor. With $c = 2$: what do you expect for $\eta$ = 0.05, 0.5, 0.9, 1 and 1.1?

# %% tags=["compare"]
with using_answers():
    for lr in (0.05, 0.5, 0.9, 1.0, 1.1):
        path = [
            float(gradient_descent(np.array([1.0]), lambda theta: 2 * theta, lr, steps)[0])
            for steps in range(7)
        ]
        print(
            f"lr = {lr:4}  factor {1 - 2 * lr:5.2f}  ",
            " ".join(f"{theta:7.3f}" for theta in path),
        )

# %% [markdown]
# Too low, and it creeps. At $1/c$ it lands on the minimum, above that it jumps over it, and above $2/c$ each jump is
# longer than the one before: it diverges (*diverge*).
#
# A real loss has many directions, each with a curvature of its own, and only one learning rate. The lecture's picture
# for it is the *ravine*: steep across, nearly flat along. Here $c_1 = 1$ and $c_2 = 50$, so $\eta$ must stay below
# $2/50 = 0.04$.


# %% tags=["readonly"]
CURVATURES = np.array([1.0, 50.0])


def ravine(points):
    """Heights (...) at points (..., 2)."""
    return 0.5 * (CURVATURES * points**2).sum(axis=-1)


def ravine_gradient(theta):
    return CURVATURES * theta


RAVINE_START = np.array([-4.0, 0.6])

# %% alt="Sixty steps of descent in a ravine at three rates. Too low: a short way down the wall, then hardly on. Good: swings across the ravine that get smaller and end at the minimum. Too high: the swings grow and leave the picture."
with using_answers():
    paths = {}
    for name, lr in {"too low": 0.002, "good": 0.037, "too high": 0.0405}.items():
        path = [
            gradient_descent(RAVINE_START, ravine_gradient, lr, steps) for steps in range(61)
        ]
        paths[f"{name}: η = {lr}"] = np.array(path)
    figures.descents(ravine, paths, half_width=(5, 1.5))

# %% [markdown]
# *Figure 1. 60 steps of gradient descent in a ravine, from the square; the star is the minimum. The axes have
# different scales.*
#
# Even the good rate bounces from wall to wall, because the steep direction limits the rate, and the flat one would
# need a larger one. Section 4 has a remedy.

# %% [markdown]
# ## 3. All examples, one, or a few? (15 minutes)
#
# The loss is a mean over all $n$ examples, and so is its gradient. Must we look at all of them before each step?
#
# | descent | a step looks at | steps in an epoch |
# |---|---|---|
# | batch (*par lot complet*) | all $n$ examples | 1 |
# | stochastic (*stochastique*) | one | $n$ |
# | mini-batch (*par mini-lots*) | $m$, often 32 to 256 | $n / m$, rounded up |
#
# An **epoch** (*époque*) is one pass: every example is used once. The lecture's Algorithm 4 picks the batches "with no
# replacement" (*sans remise*). In practice:
#
# 1. shuffle the positions $0 \dots n - 1$, in a new order for each epoch;
# 2. cut them into runs of $m$; the last one may be shorter, and it counts too;
# 3. for each run: the gradient of *its* mean loss, at the *present* parameters, and one step.
#
# ### Exercise
#
# `gradient(theta, x, y)` gives the gradient of the mean loss of the examples that you hand it. Shuffle with the
# generator `rng` that comes in, such as `rng.permutation(len(x))`: then the same seed gives the same training.


# %%
def sgd_epoch(theta, x, y, gradient, lr, batch_size, rng):
    """One epoch of mini-batch descent.

    theta: parameters at the start, an array
    x, y: all examples, (n, D) and (n,)
    gradient: function of theta, inputs (m, D) and targets (m,); gives an array of the shape
        of theta
    lr: learning rate
    batch_size: examples in a step; the last batch may have fewer
    rng: a np.random.Generator that shuffles
    Returns the parameters after the epoch.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        theta = theta - lr * gradient(theta, x[rows], y[rows])
    return theta
    ### END SOLUTION


# %% [markdown]
# We try it on the network of lecture 004: two layers, 64 pixels, 32 tanh units, 10 scores. The cell below is its
# forward and backward pass of notebook 3, with all weights and biases in one long array, so that every function of
# this notebook can move it.


# %% tags=["readonly"]
D, H, K = 64, 32, 10
SHAPES = ((D, H), (H,), (H, K), (K,))


def unpack(theta):
    """W1, b1, W2, b2 as views of one array (2410,)."""
    sizes = [int(np.prod(shape)) for shape in SHAPES]
    parts = np.split(theta, np.cumsum(sizes)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def new_network(seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(0, D**-0.5, (D, H)), rng.normal(0, H**-0.5, (H, K))
    return np.concatenate([W1.ravel(), np.zeros(H), W2.ravel(), np.zeros(K)])


def network_scores(theta, x):
    W1, b1, W2, b2 = unpack(theta)
    return np.tanh(x @ W1 + b1) @ W2 + b2


def network_loss(theta, x, y):
    return cross_entropy_and_grad(network_scores(theta, x), y)[0]


def network_accuracy(theta):
    return np.mean(network_scores(theta, validation_x).argmax(axis=1) == validation_y)


def network_gradient(theta, x, y):
    W1, b1, W2, b2 = unpack(theta)
    h = np.tanh(x @ W1 + b1)  # (m, H)
    d_scores = cross_entropy_and_grad(h @ W2 + b2, y)[1]  # (m, K)
    d_z = (d_scores @ W2.T) * (1 - h**2)  # (m, H)
    parts = [x.T @ d_z, d_z.sum(axis=0), h.T @ d_scores, d_scores.sum(axis=0)]
    return np.concatenate([part.ravel() for part in parts])


# %%
with using_answers():
    rng, theta, epochs = np.random.default_rng(0), new_network(seed=0), 20
    curve = LiveCurve(epochs, "two layers, mini-batches of 32")
    for _ in range(epochs):
        theta = sgd_epoch(theta, train_x, train_y, network_gradient, 0.1, 32, rng)
        curve.add(network_loss(theta, train_x, train_y), network_accuracy(theta))

# %% [markdown]
# *Figure 2. Training loss and validation accuracy after each epoch.*
#
# The same rate with other batch sizes, ten epochs each. Which one has the lowest loss at the end? Which one is
# the fastest *by the clock*?

# %% alt="Training loss of ten epochs, by epochs and by the clock. By epochs the single examples come lowest and the whole batch hardly moves; by the clock the mini-batches of 32 have the lead at first, and the single examples take by far the longest."
with using_answers():
    by_epoch, by_clock = {}, {}
    for batch_size in (len(train_x), 32, 1):
        rng, theta = np.random.default_rng(0), new_network(seed=0)
        losses, seconds = [network_loss(theta, train_x, train_y)], [0.0]
        for _ in range(10):
            began = time.perf_counter()
            theta = sgd_epoch(theta, train_x, train_y, network_gradient, 0.1, batch_size, rng)
            seconds.append(seconds[-1] + time.perf_counter() - began)
            losses.append(network_loss(theta, train_x, train_y))
        name = {1: "stochastic", len(train_x): "batch"}.get(
            batch_size, f"mini-batches of {batch_size}"
        )
        by_epoch[name] = np.arange(11), np.array(losses)
        by_clock[name] = np.array(seconds[1:]), np.array(losses[1:])
    panels = {"by epochs": by_epoch, "by the clock": by_clock}
    figures.training_curves(panels, ("epoch", "seconds"), log="y")

# %% [markdown]
# *Figure 3. The same network, the same rate, three batch sizes.*
#
# In an epoch, batch descent makes one step, stochastic descent 1,138: of course it gets further. But each of its steps
# is a small computation, and computers are good at large ones, so an epoch takes many times longer. Mini-batches are
# the compromise: enough steps, and each of them large enough for the machine. The noise (*bruit*) in their gradient
# does little harm; section 6 shows when it does.
#
# This is the end of the session's part.

# %% [markdown]
# ## 4. At home: momentum (10 minutes)
#
# In the ravine, the gradient's part *across* changes sign at each step, the part *along* keeps it. So add up: what
# alternates cancels, what persists grows. This is momentum (*inertie*), like a ball that rolls. PyTorch's
# `torch.optim.SGD(..., momentum=0.9)` does, for each parameter,
#
# $$\text{buffer} \leftarrow \gamma\,\text{buffer} + \text{grad} \qquad\qquad
# \theta \leftarrow \theta - \eta\,\text{buffer}$$
#
# with the buffer 0 before the first step. In PyTorch $\gamma$ (`momentum`) is 0 unless you ask for more; 0.9 is what
# most people ask for. If the gradient stays the same, the buffer tends to $1/(1 - \gamma) = 10$ times the gradient:
# **momentum 0.9 makes steps up to 10 times longer**, so lower the rate when you switch it on.
#
# The lecture puts the rate inside: $\eta^{(r)} = \varepsilon\,\text{grad} + \gamma\,\eta^{(r-1)}$, then $\theta
# \leftarrow \theta - \eta^{(r)}$. As long as the rate stays the same, both forms take the same steps. When it
# changes, PyTorch's form obeys at once; in the lecture's, old steps go on with their old rate.
#
# ### Exercise
#
# From here on a function makes **one** step. What it must remember, its state (*état*), comes in as an argument and
# goes out as a result. Write PyTorch's form.


# %%
def momentum_step(theta, grad, buffer, lr, momentum=0.9):
    """One step of gradient descent with momentum, as torch.optim.SGD makes it.

    theta, grad, buffer: arrays of the same shape
    Returns the new theta and the new buffer.
    """
    ### BEGIN SOLUTION
    buffer = momentum * buffer + grad
    return theta - lr * buffer, buffer
    ### END SOLUTION


# %% tags=["readonly"]
def sgd_step(theta, grad, lr):
    """Plain descent has nothing to remember."""
    return (theta - lr * grad,)


def follow(step, state, theta, gradient, lr, steps):
    """The positions (steps + 1, ...) that an update rule passes through.

    state: what it remembers at first
    """
    path = [theta]
    for _ in range(steps):
        theta, *state = step(theta, gradient(theta), *state, lr=lr)
        path.append(theta)
    return np.array(path)


# %% alt="Two paths in the ravine, sixty steps each: plain descent zigzags towards the minimum and stops short of it; momentum swings past it and around it."
zeros = np.zeros(2)
with using_answers():
    paths = {
        "plain, η = 0.037": follow(sgd_step, [], RAVINE_START, ravine_gradient, 0.037, 60),
        "momentum 0.9, η = 0.02": follow(
            momentum_step, [zeros], RAVINE_START, ravine_gradient, 0.02, 60
        ),
    }
    figures.descents(ravine, paths, half_width=(5, 1.5))
    for name, path in paths.items():
        print(f"{name:24} height after 20, 40, 60 steps: {ravine(path)[[20, 40, 60]]}")

# %% [markdown]
# *Figure 4. The ravine again: plain descent at its good rate, and momentum.*
#
# The ball overshoots and swings back, and is still much closer after 60 steps.
#
# Now play. In the narrow valley, find the rate at which plain descent begins to diverge, then add momentum: what
# happens to that limit? In the landscape with two valleys, stay at the rate 0.1 and take 100 steps: which momenta carry
# you into the deeper valley?

# %%
plots.explore_descent()

# %% [markdown]
# <details><summary>Answer</summary>
#
# The limit is $2/c$ without momentum, and $2\,(1 + \text{momentum})/c$ with it: momentum also tames the jumps across
# the valley. With two valleys, 0.6 to 0.85 carry you over the ridge, and 0.5 stops before it. With 0.9 you cross it,
# swing back and end in the valley that you came from: where a descent ends depends on how it walks.
#
# </details>

# %% [markdown]
# ## 5. At home: a rate for each parameter (25 minutes)
#
# The other idea against the ravine: *divide* each parameter's gradient by its usual size. Then steep and flat
# directions take steps of the same length. All arrays below have the shape of `theta`, and every operation is entry by
# entry. The names are those of PyTorch's optimiser states.
#
# ### Exercise
#
# AdaGrad's usual size is the root of the *sum* of all squared gradients so far:
#
# $$s \leftarrow s + \text{grad}^2 \qquad\qquad
# \theta \leftarrow \theta - \eta\, \frac{\text{grad}}{\sqrt{s} + \varepsilon}$$
#
# Here $\varepsilon$ is no learning rate: it is a tiny number, `eps`, that prevents 0/0. PyTorch adds it *after* the
# root.


# %%
def adagrad_step(theta, grad, state_sum, lr=0.01, eps=1e-10):
    """One step of Adagrad, as torch.optim.Adagrad makes it.

    theta, grad, state_sum: arrays of the same shape; state_sum is 0 before the first step
    Returns the new theta and the new state_sum.
    """
    ### BEGIN SOLUTION
    state_sum = state_sum + grad**2
    return theta - lr * grad / (np.sqrt(state_sum) + eps), state_sum
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# A sum can only grow, so Adagrad's steps get shorter and shorter. RMSprop replaces it by an exponentially weighted
# mean (*moyenne mobile exponentielle*), which forgets:
#
# $$v \leftarrow \alpha\, v + (1 - \alpha)\, \text{grad}^2 \qquad\qquad
# \theta \leftarrow \theta - \eta\, \frac{\text{grad}}{\sqrt{v} + \varepsilon}$$
#
# With $\alpha = 0.99$ the mean remembers about $1/(1 - \alpha) = 100$ steps.


# %%
def rmsprop_step(theta, grad, square_avg, lr=0.01, alpha=0.99, eps=1e-8):
    """One step of RMSprop, as torch.optim.RMSprop makes it.

    theta, grad, square_avg: arrays of one shape; square_avg is 0 before the first step
    Returns the new theta and the new square_avg.
    """
    ### BEGIN SOLUTION
    square_avg = alpha * square_avg + (1 - alpha) * grad**2
    return theta - lr * grad / (np.sqrt(square_avg) + eps), square_avg
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Adam keeps both: a mean of the gradients, like momentum, and a mean of their squares, like RMSprop. There is one more
# idea. Both means start at 0 and are far too small at first. After $t$ steps, a mean of equal values $g$ is $(1 -
# \beta^t)\,g$. Adam divides by this factor: the bias correction (*correction du biais*).
#
# $$t \leftarrow t + 1 \qquad m \leftarrow \beta_1 m + (1 - \beta_1)\,\text{grad} \qquad
# v \leftarrow \beta_2 v + (1 - \beta_2)\,\text{grad}^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^t} \qquad \hat v = \frac{v}{1 - \beta_2^t} \qquad
# \theta \leftarrow \theta - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# The state is `exp_avg` ($m$), `exp_avg_sq` ($v$) and `step`, the number of steps *made so far*: 0 in the first call.
# The corrected values $\hat m$ and $\hat v$ serve this step only and are not stored.


# %%
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    """One step of Adam, as torch.optim.Adam makes it.

    theta, grad, exp_avg, exp_avg_sq: arrays of the same shape; both averages are 0 before the
        first step
    step: how many steps were made before this one
    Returns the new theta, exp_avg, exp_avg_sq and step.
    """
    ### BEGIN SOLUTION
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    corrected = exp_avg / (1 - beta1**step)
    corrected_sq = exp_avg_sq / (1 - beta2**step)
    return theta - lr * corrected / (np.sqrt(corrected_sq) + eps), exp_avg, exp_avg_sq, step
    ### END SOLUTION


# %% [markdown]
# How long is Adam's first step, if the gradient is 0.001? If it is 1000? Think before you run the cell.

# %% tags=["compare"]
with using_answers():
    for g in (0.001, 1.0, 1000.0):
        theta, *_ = adam_step(
            np.array([0.0]), np.array([g]), np.zeros(1), np.zeros(1), 0, lr=0.01
        )
        print(f"gradient {g:8}:  first step {theta[0]:.6f}")

# %% [markdown]
# It is `lr`, whatever the gradient. This is why one learning rate of Adam fits many problems.
#
# ### A race in the ravine, and in a rotated one
#
# Each method has its best rate out of a list. The second ravine is the first one turned by 45 degrees: same
# curvatures, same start. Which method does not mind?


# %% tags=["readonly"]
def rules(shape):
    """Name -> (update rule, its first state)."""
    return {
        "SGD": (sgd_step, []),
        "momentum": (momentum_step, [np.zeros(shape)]),
        "Adagrad": (adagrad_step, [np.zeros(shape)]),
        "RMSprop": (rmsprop_step, [np.zeros(shape)]),
        "Adam": (adam_step, [np.zeros(shape), np.zeros(shape), 0]),
    }


TURN = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)


def turned_ravine(points):
    return ravine(points @ TURN)


def turned_gradient(theta):
    return TURN @ ravine_gradient(TURN.T @ theta)


SURFACES = {
    "ravine": (ravine, ravine_gradient, RAVINE_START),
    "turned ravine": (turned_ravine, turned_gradient, TURN @ RAVINE_START),
}
RATES = (0.003, 0.01, 0.02, 0.037, 0.1, 0.2, 0.5, 1.0, 2.0)

# %% alt="Height above the minimum by step, on a log scale, for five methods on two ravines. On the ravine along the axes RMSprop and Adagrad are far ahead; on the turned one they come last, while SGD and momentum run the same race twice. Adam is in between."
with using_answers():
    races, kept = {}, {}
    for title, (surface, gradient, start) in SURFACES.items():
        races[title] = {}
        for name, (step, state) in rules(2).items():
            runs = {lr: follow(step, state, start, gradient, lr, 60) for lr in RATES}
            best = min(
                runs, key=lambda lr: np.nan_to_num(surface(runs[lr]), nan=np.inf)[1:].mean()
            )
            heights = np.maximum(surface(runs[best]), 1e-6)
            races[title][f"{name}, η = {best:g}"] = np.arange(61), heights
            if title == "turned ravine" and name in ("SGD", "momentum", "Adam"):
                kept[f"{name}, η = {best:g}"] = runs[best]
    figures.training_curves(races, "step", "height", log="y")
    turned_paths = kept

# %% [markdown]
# *Figure 5. Height above the minimum, each method at its best rate.*
#
# SGD and momentum run exactly the same race twice: rotations mean nothing to them. Adagrad and RMSprop are far ahead
# where the ravine lies along an axis, and come last when it lies across: they know single parameters, no directions.
# Adam, which also has momentum, stays in between. No optimiser wins everywhere.

# %% alt="Paths of three methods in the turned ravine: SGD zigzags along it, momentum swings around the minimum, Adam goes down beside it in small curves."
with using_answers("turned_paths"):
    figures.descents(turned_ravine, turned_paths)

# %% [markdown]
# *Figure 6. Three paths in the turned ravine.*
#
# Two more landscapes to race on, both common in deep networks. At a *saddle* (*selle*) the loss falls to two sides, but
# its gradient is 0. On a *plateau* it is nearly 0 everywhere. Who gets stuck, and why do some not mind?

# %%
plots.explore_race()

# %% [markdown]
# <details><summary>Answer</summary>
#
# A small gradient makes a small step: plain SGD hardly leaves the plateau, and takes long to leave the saddle. Momentum
# gathers speed. RMSprop and Adam divide by the usual size of the gradient, so that its size cancels and only the
# direction counts. Adagrad starts as they do, but its sum only grows and its steps get shorter.
#
# </details>
#
# ### The same race on the network
#
# Ten epochs on the digits, for seven rates each: 35 trainings, a few seconds. Each line appears as soon as its method
# is done.


# %% alt="Training loss after ten epochs against the learning rate, both on log scales. Each method has its valley: RMSprop and Adam at 0.01 to 0.03, Adagrad and momentum near 0.3, SGD still falls at 1. Right of its valley each curve shoots up."
def train(step, state, lr, epochs, seed=0):
    """The training loss after some epochs with an update rule, in mini-batches of 32."""
    rng, theta = np.random.default_rng(seed), new_network(seed)
    for _ in range(epochs):
        order = rng.permutation(len(train_x))
        for rows in np.split(order, range(32, len(order), 32)):
            grad = network_gradient(theta, train_x[rows], train_y[rows])
            theta, *state = step(theta, grad, *state, lr=lr)
    return network_loss(theta, train_x, train_y)


with using_answers():
    rates, final = np.array([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0]), {}
    for name, (step, state) in rules(new_network(0).shape).items():
        losses = np.array([train(step, state, lr, epochs=10) for lr in rates])
        final[name] = rates, losses
        best = losses.argmin()
        print(
            f"{name:9}  best rate {rates[best]:5}   loss {losses[best]:.3f}   "
            f"with rate 0.01: {losses[2]:.3f}"
        )
    figures.training_curves({"digits, after ten epochs": final}, "learning rate η", log="xy")

# %% [markdown]
# *Figure 7. Training loss after ten epochs against the learning rate, one seed.*
#
# Every method has its valley, at other rates than the next (plain SGD's lies at the right end), and is bad outside of
# it. At their best rates the methods are much closer to each other than the worst and the best rate of any one of them:
# **the learning rate matters more than the method.** What Adam buys is a good result near a rate that one can guess.

# %% [markdown]
# ## 6. At home: lower the rate on the way (7 minutes)
#
# Lecture 003: "take it large at the beginning and then reduce its value". The simplest schedule (*calendrier*) is a
# staircase: after every `step_size` epochs, multiply the rate by `gamma`. PyTorch calls it `StepLR`.
#
# ### Exercise


# %%
def step_decay(lr, epoch, step_size, gamma=0.1):
    """The learning rate of an epoch, as torch.optim.lr_scheduler.StepLR has it.

    lr: learning rate of the first epoch
    epoch: number of the epoch, counted from 0
    step_size: epochs between two reductions
    gamma: factor of each reduction
    Returns a number.
    """
    ### BEGIN SOLUTION
    return lr * gamma ** (epoch // step_size)
    ### END SOLUTION


# %% [markdown]
# Why it helps: a mini-batch's gradient is noisy, and near the minimum only the noise is left. A constant rate then
# circles around the minimum at a distance that grows with the rate. Here is a linear regression with noisy targets,
# whose minimum is known.

# %% alt="Distance from the minimum over 30 epochs, on a log scale: the rate 0.05 stays near 0.4, the rate 0.0005 is slow and still above 1, the falling rate goes down by a step at each decay, to 0.015."
rng = np.random.default_rng(0)
noisy_x = rng.normal(size=(500, 5))
noisy_y = noisy_x @ np.arange(1.0, 6.0) + rng.normal(0, 2, 500)
minimum = np.linalg.lstsq(noisy_x, noisy_y, rcond=None)[0]


def regression_gradient(theta, x, y):
    return 2 * x.T @ (x @ theta - y) / len(x)


with using_answers():
    schedules = {
        "constant 0.05": lambda epoch: 0.05,
        "constant 0.0005": lambda epoch: 0.0005,
        "0.05, a tenth every 10 epochs": lambda epoch: step_decay(0.05, epoch, 10),
    }
    distances = {}
    for name, schedule in schedules.items():
        rng, theta = np.random.default_rng(1), np.zeros(5)
        values = [np.linalg.norm(theta - minimum)]
        for epoch in range(30):
            theta = sgd_epoch(
                theta, noisy_x, noisy_y, regression_gradient, schedule(epoch), 8, rng
            )
            values.append(np.linalg.norm(theta - minimum))
        distances[name] = np.arange(31), np.array(values)
    figures.training_curves(
        {"noisy regression": distances}, "epoch", "distance from the minimum", log="y"
    )

# %% [markdown]
# *Figure 8. Distance from the minimum with three schedules.*
#
# The large rate is quick and never settles, the small one settles and is slow. The staircase has both.

# %% [markdown]
# ## 7. At home: reading a loss curve (13 minutes)
#
# Lecture 000: plot the loss, and you see whether the rate is right. Let us make the reading precise. `train` and
# `validation` are the losses after each epoch, $n \ge 4$ of them. Let **fall** be `train[0] - train[-1]`. Go through
# the rules in this order; the first one that holds is the diagnosis, with exactly this text:
#
# | order | diagnosis | rule | what it looks like |
# |---|---|---|---|
# | 1 | `"diverges"` | a value of `train` is not finite, or the last one is above the first | explodes |
# | 2 | `"too high"` | all rises of `train` from one epoch to the next add up to more than half the fall | jumps |
# | 3 | `"overfits"` | the last value of `validation` is above 1.2 times its lowest one | turns round |
# | 4 | `"too low"` | in the last quarter, `train` fell by at least a tenth of the fall | still on its way |
# | 5 | `"good"` | none of these | falls, then levels off |
#
# "In the last quarter" compares `train[-1]` with the value `n // 4` places before it. The thresholds are ours; others
# would do. "Too low" may also mean that the training was too short: the cure is the same. A curve that is flat from
# its first value has a fall of 0, and 0 is at least a tenth of 0: by rule 4 it is "too low". And no rule can see a
# training that settled early at a poor loss.
#
# ### Exercise


# %%
def diagnose_curve(train, validation):
    """What a pair of loss curves says about a training.

    train, validation: losses (n,), one for each epoch, n at least 4; train may hold nan
        or inf
    Returns "diverges", "too high", "overfits", "too low" or "good".
    """
    ### BEGIN SOLUTION
    fall = train[0] - train[-1]
    if not np.isfinite(train).all() or fall < 0:
        return "diverges"
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"
    ### END SOLUTION


# %% [markdown]
# Now real curves of our network. In the last training, one label in five is wrong and there are only 200 examples.
# Cover the titles and make your own diagnosis first.


# %% alt="Five pairs of training and validation losses with their diagnoses: nearly straight and slow (too low); fast, then level (good); a huge peak at first (too high); wild swings around 70 (diverges); training still falls while validation turns and rises (overfits)."
def loss_curves(x, y, lr, batch_size, epochs):
    """Training and validation losses (epochs + 1,), from before the first epoch on."""
    rng, theta = np.random.default_rng(0), new_network(0)
    losses = [(network_loss(theta, x, y), network_loss(theta, validation_x, validation_y))]
    for _ in range(epochs):
        theta = sgd_epoch(theta, x, y, network_gradient, lr, batch_size, rng)
        losses.append(
            (network_loss(theta, x, y), network_loss(theta, validation_x, validation_y))
        )
    return np.array(losses).T


few_y = train_y[:200].copy()
few_y[:40] = np.random.default_rng(5).integers(0, 10, 40)
with using_answers():
    gallery = {}
    for lr in (0.003, 0.1, 1.6, 5.0):
        train_losses, validation_losses = loss_curves(train_x, train_y, lr, 32, epochs=40)
        diagnosis = diagnose_curve(train_losses, validation_losses)
        gallery[f"η = {lr:g}: {diagnosis}"] = train_losses, validation_losses
    train_losses, validation_losses = loss_curves(train_x[:200], few_y, 0.1, 16, epochs=150)
    diagnosis = diagnose_curve(train_losses, validation_losses)
    gallery[f"wrong labels, η = 0.1: {diagnosis}"] = train_losses, validation_losses
    figures.loss_gallery(gallery)

# %% [markdown]
# *Figure 9. Five trainings and their diagnoses; the scales differ.*
#
# | diagnosis | what to do |
# |---|---|
# | diverges | divide the rate by 10; look for a wrong sign |
# | too high | divide the rate by 3, or lower it on the way |
# | overfits | stop earlier, more data, weight decay, dropout: notebook 5 |
# | too low | multiply the rate by 3, or train longer |
#
# A smaller training for you to spoil: a network with one hidden layer learns two classes of points. Of its 20 inputs,
# 18 are noise. The sentence under the picture follows the rules above. With 200 examples, find a rate for each
# diagnosis. Then go back to 0.1 and take 25 examples.

# %%
plots.explore_curves()

# %% [markdown]
# <details><summary>Answer</summary>
#
# With 16 hidden units, 200 examples and the first seed: too low up to 0.01, good at 0.03, overfits from 0.1 to 1, too
# high at 3, diverges from 10 on. With 25 examples at 0.1 the validation loss turns round after some twenty epochs and
# ends above where it began: what the network learns then is the noise.
#
# </details>

# %% [markdown]
# ## 8. What to remember
#
# - Random search fails because there are many parameters. The gradient answers for all of them at the price of about
#   two losses.
# - A step multiplies the distance by $1 - \eta c$: rates above $2/c$ diverge, and the steepest direction decides.
# - An epoch uses every example once: shuffle, cut, keep the shorter last batch, compute each gradient at the newest
#   parameters.
# - Momentum adds up gradients; 0.9 makes steps up to ten times longer. PyTorch keeps the rate outside of the buffer,
#   the lecture inside.
# - Adagrad, RMSprop and Adam divide by the usual size of each parameter's gradient. `eps` is added after the root, and
#   Adam corrects both of its averages.
# - The learning rate matters more than the method. Try powers of 3, and look at the curve.
# - Large at first, small at the end: a decaying rate is quick *and* settles.
#
# Next: *5_generalise*, where a low training loss is not enough.
