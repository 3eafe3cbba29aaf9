# %% [markdown]
# # Forward: from one unit to class probabilities
#
# *TP6, notebook 1 of 6*
#
# **Aim.** You compute by hand, in NumPy, all that a feed-forward network (*réseau à propagation avant*) does with its
# input: weighted sums, activation functions, probabilities. At the end your own functions run on real images of digits.
#
# **Time.** 30 minutes in the session, 45 at home. The session does sections 1, 2, 3, 5 and 6, without what is marked
# *at home*: nothing in the session needs it. Section 8 sums up: read it in any case.
#
# **What is graded.** 16 short functions, 20 points: 6 in the session, 14 at home. Each one has a cell to fill in and,
# under it, a check cell. Run the check as often as you like. It says what is right, shows a small input on which your
# code is wrong, and holds hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.**
#
# - Replace `raise NotImplementedError` by your code. Most answers take one to three lines, and no loop.
# - Use NumPy only, and Python's own `math` if you like. Do not change the arrays that you are given: compute new ones.
# - The arrays of one call are all float64 or all float32. They hold at least one number, and neither `inf` nor `nan`.
#   *Any shape* means one axis or more.
# - The result has the dtype of the input: float32 in, float32 out. Most formulas keep it. An array that you make
#   yourself does not: `np.zeros(3)` and `np.eye(3)` are float64 unless you write `dtype=x.dtype`, and so is
#   `1.0 * (x > 0)`.
# - Results are compared up to one part in a million.
#
# Cells that use your functions wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import numpy as np

from tplib import data, plots
from tplib.graders import check, using_answers

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# **Notation.** One row is one example. These letters mean the same thing in all notebooks.
#
# | name | meaning |
# |---|---|
# | `B`, `D`, `H`, `K` | number of examples in the batch (*lot*), of input features, of hidden units, of classes |
# | `x` (B, D) | inputs |
# | `W` (D, H), `b` (H,) | weights (*poids*), one column per unit; biases (*biais*), one per unit |
# | `z` (B, H), `h` (B, H) | weighted sums z = x W + b; activations h = g(z) |
# | `scores` (B, K), `p` (B, K) | last weighted sums of a classifier; probabilities of the classes |

# %% [markdown]
# ## 1. One unit
#
# An artificial unit, or neuron (*neurone*), weighs its $D$ inputs, adds a bias (*biais*), and passes the sum through an
# activation function (*fonction d'activation*), here the sigmoid $\sigma$:
#
# $$z = x_1 w_1 + \dots + x_D w_D + b \qquad\qquad y = \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# The sum $z$ can be any number, 1000 and -1000 too. The output $y$ lies between 0 and 1. (NumPy may warn of an overflow;
# that is no mistake.)
#
# ### Exercise


# %%
def neuron(x, w, b):
    """The output of one sigmoid unit.

    x: inputs (D,)
    w: weights (D,)
    b: bias, a number
    Returns a number between 0 and 1, NumPy's or Python's.
    """
    ### BEGIN SOLUTION
    z = x @ w + b
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %% [markdown]
# What can one unit say? Here are its answers to the four inputs that two bits can form.

# %% tags=["compare"]
w, b = np.array([10.0, 10.0]), -15.0
with using_answers():
    for x in ([0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]):
        print(x, f"-> {neuron(np.array(x), w, b):.3f}")

# %% [markdown]
# This unit computes *and*: it answers nearly 1 only if both inputs are 1. Which bias would make it an *or*? Change `b`
# above and run the cell again.
#
# <details><summary>Answer</summary>
#
# Any bias well between -10 and 0, such as -5: then one input of 1 is enough to make the sum positive. The weights
# give the direction, the bias moves the threshold (*seuil*).
#
# </details>

# %% [markdown]
# ## 2. One layer
#
# A layer (*couche*) is $H$ units that read the same input. Put the weights of each unit in one column of a matrix
# $W$ of shape $(D, H)$ and the $H$ biases in a vector $b$. With a whole batch of inputs, one per row, all weighted
# sums come from one matrix product:
#
# $$z = x\,W + b \qquad\qquad z_{ih} = \sum_{d} x_{id}\,W_{dh} + b_h$$
#
# The activation function comes later: `dense` stops at the sums.
#
# ### Exercise


# %%
def dense(x, W, b):
    """The weighted sums of a layer of H units, for each row of a batch.

    x: inputs (B, D)
    W: weights (D, H)
    b: biases (H,)
    Returns the sums (B, H).
    """
    ### BEGIN SOLUTION
    return x @ W + b
    ### END SOLUTION


# %% [markdown]
# ### The slide's network, shape by shape
#
# The lecture sends an image of 4 × 3 pixels through a network with one hidden layer (*couche cachée*) of 3 units
# and one output. The slide counts the input as layer 1, so its first weights are called $W^2$ and its last ones
# $W^3$; we keep its names here.
#
# Before you run the next cell, write down the shape (*forme*) of each array: `x`, `W2`, `b2`, `h2`, `W3`, `y`.

# %% tags=["compare"]
rng = np.random.default_rng(0)
image = rng.uniform(size=(4, 3))  # height, width
x = image.reshape(1, 12)  # a batch of one example: B = 1, D = 12
W2, b2 = rng.normal(size=(12, 3)), rng.normal(size=3)
W3, b3 = rng.normal(size=(3, 1)), rng.normal(size=1)

with using_answers():
    h2 = np.tanh(dense(x, W2, b2))
    y = dense(h2, W3, b3)
    for name, array in {
        "x": x,
        "W2": W2,
        "b2": b2,
        "h2": h2,
        "W3": W3,
        "b3": b3,
        "y": y,
    }.items():
        print(f"{name:2}  {array.shape}")

# %% [markdown]
# ### Find the slide's mistake: a bias of shape (3, 1)
#
# The slide gives $x W^2$ the shape (1, 3), which is right, and $b^2$ the shape (3, 1). What will their sum be: an
# error, (1, 3), or something else? Decide, then run.

# %% tags=["compare"]
product = np.array([[1.0, 2.0, 3.0]])  # (1, 3), as x @ W2
slide_bias = np.array([[10.0], [20.0], [30.0]])  # (3, 1), as on the slide
print(product + slide_bias)
print("shape", (product + slide_bias).shape)

# %% [markdown]
# NumPy raises no error. It repeats both arrays until they fit (*broadcasting*, *diffusion*) and returns 3 rows:
# three hidden vectors for one image, each with a wrong bias in all places but one. The bias of a row-major layer
# has the shape `(H,)`, as in `dense`; `(1, H)` would give the same sums.
#
# Silent broadcasting is the most common mistake in code for networks. One line after each layer would have caught it:
# `assert h2.shape == (1, 3)`.

# %% [markdown]
# ## 3. Activation functions and their derivatives
#
# An activation function $g$ acts on each number by itself: array in, array of the same shape out. To train a
# network (*apprentissage*) we also need its derivative (*dérivée*) $g'$, its slope (*pente*) at each point: you meet
# it again in notebook 3.
#
# ### Find the slide's mistake: two formulas for the sigmoid
#
# Lecture 004 prints the sigmoid twice: $1 / (1 - e^{-x})$ on the slide on logistic regression, $1 / (1 + e^{-x})$ a few
# slides later. A probability must come out. Find a number `x` that proves the first formula wrong, by changing the next
# cell. What happens at 0?

# %% tags=["compare"]
x = 0.5
print(f"{1 / (1 - np.exp(-x)):.4f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# Any number will do. At 0.5 the formula gives 2.54, larger than 1; at -1 it gives -0.58, less than 0; at 0 it
# divides by 0. One counter-example (*contre-exemple*) is enough to refute a formula.
#
# </details>
#
# ### Exercise
#
# Write the right one. It also has to hold for large inputs: what are `np.exp(1000)` and `np.exp(-1000)`? (A warning
# about an overflow is not a mistake, a result `nan` is.)


# %%
def sigmoid(x):
    """The sigmoid of each number of x.

    x: array of any shape
    Returns an array of the same shape, with values from 0 to 1.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The derivative of the sigmoid needs nothing but its value $s = \sigma(x)$:
#
# $$\sigma'(x) = s\,(1 - s)$$
#
# All functions called `..._grad` here take the *input* `x` of the activation function, and they have to hold for large
# inputs, too. You may call your own `sigmoid`.


# %%
def sigmoid_grad(x):
    """The derivative of the sigmoid at each number of x.

    x: array of any shape
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    s = sigmoid(x)
    return s * (1 - s)
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The hyperbolic tangent (*tangente hyperbolique*) looks like a sigmoid that goes from -1 to 1. NumPy has it:
# `np.tanh`. With $t = \tanh(x)$, its derivative is
#
# $$\tanh'(x) = 1 - t^2$$


# %%
def tanh_grad(x):
    """The derivative of tanh at each number of x.

    x: array of any shape
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    return 1 - np.tanh(x) ** 2
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The rectified linear unit, ReLU (*unité linéaire rectifiée*), keeps positive numbers and replaces negative ones by 0:
#
# $$\mathrm{relu}(x) = \max(0, x)$$


# %%
def relu(x):
    """The ReLU of each number of x.

    x: array of any shape
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The slope of the ReLU is 1 on the right of 0, and 0 on the left. At 0 itself there is a kink (*point anguleux*) and no
# derivative. **Our convention is PyTorch's: the slope at 0 is 0.** In training it hardly ever matters.
#
# The result holds numbers of the input's dtype, not `True` and `False`.


# %%
def relu_grad(x):
    """The slope of the ReLU at each number of x, 0 at x = 0.

    x: array of any shape
    Returns an array of the same shape and dtype.
    """
    ### BEGIN SOLUTION
    return (x > 0).astype(x.dtype)
    ### END SOLUTION


# %% [markdown]
# ### At home: where the slopes vanish
#
# Your functions (blue) and your derivatives (dashed):

# %%
plots.activations(
    {
        "sigmoid": (sigmoid, sigmoid_grad),
        "tanh": (np.tanh, tanh_grad),
        "ReLU": (relu, relu_grad),
    }
)

# %% [markdown]
# *Figure 1. Three activation functions and their derivatives.*
#
# Look at the dashed lines. Where is each one close to 0? What is the largest slope of the sigmoid? The next cell gives
# numbers.

# %% tags=["compare"]
with using_answers():
    for x in (0.0, 2.0, 5.0, 10.0):
        print(f"x = {x:4}   slope of the sigmoid: {sigmoid_grad(np.array([x]))[0]:.6f}")

# %% [markdown]
# Far from 0 the sigmoid and tanh are flat: the unit *saturates* (*saturation*), and its slope tells the learning
# algorithm almost nothing. Even at its best the sigmoid has a slope of 1/4. Training multiplies one slope per
# layer, so five layers of sigmoids leave at most $(1/4)^5 \approx 0.001$. The ReLU has slope 1 wherever it is
# active, which is one reason for its success; where it is not, its slope is 0 and the unit learns nothing at all.

# %%
plots.explore_activation()

# %% [markdown]
# Choose a function and move the input. How far from 0 is the slope of the sigmoid below 0.05, and that of tanh? Which
# of these functions never have the slope 0?
#
# <details><summary>Answer</summary>
#
# The sigmoid from about 3 on, tanh already from about 2.2: it is steeper in the middle and saturates earlier. The
# sigmoid, tanh, the leaky ReLU and the ELU have a slope above 0 everywhere, though it may be tiny; hard-tanh and the
# ReLU have exactly 0 on whole half-lines.
#
# </details>

# %% [markdown]
# ## 4. At home: why activation functions at all?
#
# Put two layers on top of each other without an activation function: $x \to x W_1 + b_1 \to (x W_1 + b_1) W_2 +
# b_2$. The lecture multiplies this out: the result is one layer again. (The lecture writes $A x + b$ with $x$ as a
# column; our $x$ is a row, so the order of the matrices is reversed.)
#
# ### Exercise
#
# Find the one layer that does the work of the two.


# %%
def collapse_linear(W1, b1, W2, b2):
    """The layer (W, b) that is equal to two layers without activation function.

    W1, b1: first layer (D, H), (H,)
    W2, b2: second layer (H, K), (K,)
    Returns the pair W (D, K), b (K,).
    """
    ### BEGIN SOLUTION
    return W1 @ W2, b1 @ W2 + b2
    ### END SOLUTION


# %% tags=["compare"]
rng = np.random.default_rng(1)
x = rng.normal(size=(5, 12))
W1, b1 = rng.normal(size=(12, 30)), rng.normal(size=30)
W2, b2 = rng.normal(size=(30, 2)), rng.normal(size=2)
with using_answers():
    two_layers = dense(dense(x, W1, b1), W2, b2)
    W, b = collapse_linear(W1, b1, W2, b2)
    print("same outputs:", np.allclose(two_layers, dense(x, W, b)))
    in_two = W1.size + b1.size + W2.size + b2.size
    print(f"parameters: {in_two} in two layers, {W.size + b.size} in one")

# %% [markdown]
# 452 parameters (*paramètres*), and no more power than 26. A hundred linear layers would still be one.
#
# ### XOR: what one line cannot do
#
# The *exclusive or* (*ou exclusif*) is 1 if exactly one of two bits is 1. A linear model draws one line in the
# plane and answers 1 on one side of it. The next cell tries 20,000 random lines.

# %% tags=["compare"]
points = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
classes = np.array([0, 1, 1, 0])  # XOR

rng = np.random.default_rng(2)
weights = rng.normal(size=(2, 20_000))  # one line per column
biases = rng.normal(size=20_000)
answers = points @ weights + biases > 0  # (4, 20000)
accuracy = (answers == classes[:, None]).mean(axis=0)
best = accuracy.argmax()
print(f"the best line is right on {accuracy[best]:.0%} of the points")

# %% [markdown]
# Three points out of four is the most that any line can reach. Now a network with two hidden units, its weights set
# by hand:


# %%
def first_layer(x):
    W1, b1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    return relu(dense(x, W1, b1))  # (B, 2)


def second_layer(h):
    W2, b2 = np.array([[1.0], [-2.0]]), np.array([-0.5])
    return dense(h, W2, b2)  # (B, 1); class 1 where it is above 0


# %% [markdown]
# Follow the point (1, 1) with a pencil before you run on: the sums of the hidden units, the ReLU, the score, its sign.

# %% tags=["compare"]
with using_answers():
    h = first_layer(points)
    scores = second_layer(h)
    for i in range(4):
        print(
            f"x = {points[i]}   h = {h[i]}   score = {scores[i, 0]:4.1f}   "
            f"class {int(scores[i, 0] > 0)}"
        )

# %%
with using_answers():
    plots.boundaries(
        {
            "the best line": (lambda x: x @ weights[:, best] + biases[best], points),
            "two layers": (lambda x: second_layer(first_layer(x)), points),
            "two layers, seen from inside": (second_layer, first_layer(points)),
        },
        classes,
        axes_names={"two layers, seen from inside": ("h₁", "h₂")},
    )

# %% [markdown]
# *Figure 2. XOR. Shaded in vermilion: where the model answers class 1. On the right, the same four points after the
# hidden layer; two of them have become one.*
#
# The second layer draws one line, as any linear layer does. But it draws it in a space that the first layer has
# folded, and there one line is enough. This is what hidden layers are for.

# %% [markdown]
# ## 5. From scores to probabilities: softmax
#
# A classifier ends with one score (*score*, also called *logit*) per class. Softmax turns the $K$ scores of an
# example into probabilities: positive, and with sum 1.
#
# $$p_k = \mathrm{softmax}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}$$
#
# There is a trap. `np.exp(710)` is already too large for a float64 and becomes `inf`, and `inf / inf` is `nan`. The
# way out:
#
# $$\frac{e^{z_k - m}}{\sum_j e^{z_j - m}} = \frac{e^{-m}\, e^{z_k}}{e^{-m} \sum_j e^{z_j}} = \mathrm{softmax}(z)_k
# \qquad\text{for every number } m$$
#
# Which $m$ makes all exponents 0 or less?
#
# ### Exercise
#
# The scores lie on the *last* axis, whatever the number of axes. `keepdims=True` keeps a summed axis with length 1,
# so that the shapes still fit. Scores may be very large, and very far apart, in one row or from row to row; a
# probability that is too small for a float is then 0.


# %%
def softmax(scores):
    """Probabilities from scores, also for very large ones.

    scores: (..., K), the classes on the last axis
    Returns the probabilities (..., K); each row sums to 1.
    """
    ### BEGIN SOLUTION
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# The five scores on the lecture's slide:

# %%
with using_answers():
    slide_scores = np.array([1.3, 5.1, 2.2, 0.7, 1.1])
    plots.scores_and_probabilities(slide_scores, softmax(slide_scores))

# %% [markdown]
# *Figure 3. Scores and their softmax. The lecture rounds to 0.02, 0.90, 0.05, 0.01, 0.02.*
#
# The largest score takes nearly all: it is 2.9 above the next one, and $e^{2.9} \approx 18$. Softmax compares
# *differences* of scores; adding 100 to all of them changes nothing.
#
# ### Exercise
#
# Losses (notebook 2) use the *logarithm* of a probability. Computing the softmax first and its logarithm afterwards
# fails when a probability is too small for a float: it becomes 0, and $\log 0 = -\infty$. So take the logarithm on
# paper, with $m$ the maximum of the row:
#
# $$\log p_k = z_k - m - \log \sum_j e^{z_j - m}$$


# %%
def log_softmax(scores):
    """Logarithms of the softmax, exact also where the probability is tiny.

    scores: (..., K), the classes on the last axis
    Returns the log-probabilities (..., K), all of them 0 or less.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    ### END SOLUTION


# %% tags=["compare"]
far_apart = np.array([0.0, 1000.0])
with using_answers(), np.errstate(divide="ignore"):
    print("log of the softmax:", np.log(softmax(far_apart)))
    print("log_softmax:       ", log_softmax(far_apart))

# %% [markdown]
# ## 6. Real data: an untrained network looks at digits
#
# 1,797 images of handwritten digits, 8 × 8 pixels each, with values from 0 (white) to 1 (black). One row of
# `digits.x` is one image of 64 numbers; `digits.y` holds the classes.

# %%
digits = data.load("digits")
plots.images(digits.x[:20], [f"{k}" for k in digits.y[:20]])

# %% [markdown]
# *Figure 4. The first 20 images, each under its class.*
#
# We build a network with 64 inputs, 30 hidden units with ReLU, and 10 scores: one per class. Its weights are drawn
# at random (notebook 5 explains their scale); nothing has been learnt. How many parameters does it have?
#
# <details><summary>Answer</summary>
#
# 64 × 30 + 30 in the first layer, 30 × 10 + 10 in the second: 2,260.
#
# </details>


# %%
def random_network(rng):
    """Weights and biases of a 64-30-10 network."""
    W1 = rng.normal(size=(64, 30)) * np.sqrt(2 / 64)
    W2 = rng.normal(size=(30, 10)) * np.sqrt(2 / 30)
    return W1, np.zeros(30), W2, np.zeros(10)


def forward(x, W1, b1, W2, b2):
    """Hidden activations (B, 30) and scores (B, 10) of images x (B, 64)."""
    h = relu(dense(x, W1, b1))
    return h, dense(h, W2, b2)


# %% [markdown]
# Again, say each shape before you run.

# %% tags=["compare"]
network = random_network(np.random.default_rng(0))
with using_answers():
    h, scores = forward(digits.x, *network)
    p = softmax(scores)
    for name, array in {
        "x": digits.x,
        "h": h,
        "scores": scores,
        "p": p,
        "y": digits.y,
    }.items():
        print(f"{name:6}  {array.shape}")
    print("each row of p sums to 1:", np.allclose(p.sum(axis=1), 1))
    print("share of hidden units that are exactly 0:", f"{(h == 0).mean():.0%}")

# %%
with using_answers():
    p = softmax(forward(digits.x[:20], *network)[1])
    plots.images(digits.x[:20], [f"{row.argmax()} ({row.max():.0%})" for row in p])

# %% [markdown]
# *Figure 5. The class that the untrained network finds most probable, with its probability.*
#
# It sees a 5 or a 3 nearly everywhere, and gives them two or three times the probability that pure chance would. How
# often is such a network right? One may be lucky, so we ask 100 of them.


# %%
def untrained_accuracy(seed):
    _, scores = forward(digits.x, *random_network(np.random.default_rng(seed)))
    return np.mean(scores.argmax(axis=1) == digits.y)


# %% tags=["compare"]
with using_answers():
    found = [untrained_accuracy(seed) for seed in range(100)]
    print(f"mean accuracy {np.mean(found):.1%}, from {min(found):.1%} to {max(found):.1%}")

# %%
with using_answers("found"):
    plots.accuracies(found, chance=1 / 10)

# %% [markdown]
# *Figure 6. Accuracy (*exactitude*) of 100 untrained networks on 1,797 images.*
#
# On average an untrained network is right one time in ten, as chance is with 10 classes. A single one
# may come near 20 % without having learnt anything: keep this in mind when somebody shows you one run.
#
# ### At home: how surprised is it?
#
# The mean log-probability that the network gives to the right classes:

# %% tags=["compare"]
with using_answers():
    _, scores = forward(digits.x, *network)
    rows = np.arange(len(digits.y))
    right_class = log_softmax(scores)[rows, digits.y]  # (B,): of each image's class
    print(f"untrained network: {right_class.mean():.2f}")
    print(f"equal chances for all classes: {np.log(1 / 10):.2f}")

# %% [markdown]
# The untrained network does worse than one that says "10 % for each class": it is wrong with some
# confidence. This number with its sign changed is the loss (*perte*) of notebook 2, and notebooks 3 and 4 will bring
# it down.

# %% [markdown]
# ## 7. At home: more activation functions, and the slope of softmax
#
# More activation functions, and the derivative of softmax. Do them in any order.
#
# ### Exercise
#
# A cheap tanh made of three straight pieces: -1 below -1, 1 above 1, and $x$ in between.


# %%
def hardtanh(x):
    """Hard-tanh of each number of x.

    x: array of any shape
    Returns an array of the same shape, with values from -1 to 1.
    """
    ### BEGIN SOLUTION
    return np.clip(x, -1, 1)
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# A ReLU whose sum is negative on all examples has slope 0 everywhere: it is *dead* and stays dead. The leaky ReLU
# (*ReLU avec fuite*) lets a little through on the left:
#
# $$\mathrm{leaky\_relu}(x) = \begin{cases} x & \text{if } x > 0 \\ a\,x & \text{otherwise} \end{cases}
# \qquad\text{with a small slope } a$$


# %%
def leaky_relu(x, negative_slope=0.01):
    """The leaky ReLU of each number of x.

    x: array of any shape
    negative_slope: slope on the left of 0, from 0 to 1, both included
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, negative_slope * x)
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# The exponential linear unit, ELU, bends smoothly towards $-\alpha$ on the left:
#
# $$\mathrm{elu}(x) = \begin{cases} x & \text{if } x > 0 \\ \alpha\,(e^x - 1) & \text{otherwise} \end{cases}$$
#
# Try it on `np.array([1000.0])` too. `np.where` computes both branches and keeps one; a product with a mask of
# zeros and ones does not always do the same: what is 0 times `inf`?


# %%
def elu(x, alpha=1.0):
    """The ELU of each number of x.

    x: array of any shape
    alpha: a positive number; far on the left the result goes to -alpha
    Returns an array of the same shape.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Work out the slope of each branch. At 0 we take the slope of the left branch, as PyTorch does.


# %%
def elu_grad(x, alpha=1.0):
    """The derivative of the ELU at each number of x.

    x: array of any shape
    alpha: as in `elu`
    Returns an array of the same shape and dtype.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0))).astype(x.dtype)
    ### END SOLUTION


# %%
plots.activations(
    {
        "hard-tanh": (hardtanh, None),
        "leaky ReLU, slope 0.1": (lambda x: leaky_relu(x, 0.1), None),
        "ELU, alpha = 1": (elu, elu_grad),
    }
)

# %% [markdown]
# *Figure 7. Three variants.* For which `alpha` has the ELU no kink at 0?
#
# ### Exercise
#
# A maxout unit has several weighted sums, its *pieces* (*morceaux*), and outputs the largest. The weights of all
# pieces are in one array `W` of shape (pieces, D, H), their biases in `b` of shape (pieces, H):
#
# $$\mathrm{maxout}(x)_{ih} = \max_{q}\ \bigl(x\,W_q + b_q\bigr)_{ih}$$
#
# `x @ W` multiplies `x` with each piece at once and has the shape (pieces, B, H). Mind the shape of the bias.


# %%
def maxout(x, W, b):
    """A maxout layer of H units.

    x: inputs (B, D)
    W: weights (pieces, D, H)
    b: biases (pieces, H)
    Returns the activations (B, H).
    """
    ### BEGIN SOLUTION
    return (x @ W + b[:, None, :]).max(axis=0)
    ### END SOLUTION


# %% [markdown]
# With which two pieces is a maxout unit of one input a ReLU? With which is it the absolute value?
#
# <details><summary>Answer</summary>
#
# The ReLU is the larger of $1x + 0$ and $0x + 0$; the absolute value is the larger of $x$ and $-x$. A maxout unit
# *learns* its activation function: any convex curve made of as many straight pieces as it has.
#
# </details>
#
# ### Exercise
#
# Softmax is not an element-wise function: each probability depends on all scores. So its derivative is a table, the
# Jacobian (*matrice jacobienne*), with row $k$ for $p_k$ and column $j$ for $z_j$:
#
# $$J_{kj} = \frac{\partial p_k}{\partial z_j}
# = \begin{cases} p_k (1 - p_k) & \text{if } j = k \\ -p_k\,p_j & \text{otherwise} \end{cases}$$
#
# Write it without a loop if you can: `np.diag` puts a vector on a diagonal, `np.outer` multiplies all pairs.


# %%
def softmax_jacobian(scores):
    """All partial derivatives of the softmax of one vector, also for very large scores.

    scores: (K,)
    Returns the Jacobian (K, K): row k for the probability of class k, column j for the score
    of class j.
    """
    ### BEGIN SOLUTION
    p = softmax(scores)
    return np.diag(p) - np.outer(p, p)
    ### END SOLUTION


# %%
with using_answers():
    plots.jacobian(softmax_jacobian(np.array([1.3, 3.1, 2.2, 0.7, 1.1])))

# %% [markdown]
# *Figure 8. The Jacobian of softmax for five scores.*
#
# What rises when $z_1$ rises, and what falls? Why does each column sum to 0? What would the table look like if one
# probability were nearly 1?
#
# <details><summary>Answer</summary>
#
# $p_1$ rises, all others fall. The probabilities always sum to 1, so what one gains the others lose: each column
# sums to 0 (and each row too, because the table is symmetric). If one probability is nearly 1, all entries are
# nearly 0: softmax saturates like the sigmoid.
#
# </details>

# %% [markdown]
# ## 8. What to remember
#
# - A layer is `x @ W + b`, then an activation function. With one example per row the shapes are (B, D) @ (D, H) +
#   (H,).
# - Say the shapes aloud. A wrong bias broadcasts silently; an `assert` on a shape costs one line.
# - Without activation functions, any stack of layers is one layer, and one layer draws one straight boundary. Two
#   layers with a ReLU solve XOR.
# - The sigmoid and tanh saturate: far from 0 their slopes vanish. The ReLU has slope 1 or 0; at 0 we take 0.
# - Softmax turns scores into probabilities. Subtract the row's maximum first, and use log-softmax where you need
#   logarithms.
# - An untrained classifier of 10 classes is right about one time in ten, and a single run may be luckier than that.
#
# Next: *2_losses*, where a number says how wrong the network is.
