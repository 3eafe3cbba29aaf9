# %% [markdown]
# # Back-propagation: who is to blame, and by how much?
#
# *TP6, notebook 3 of 6*
#
# **Aim.** A network has thousands of parameters and one loss. Back-propagation (*rétropropagation*) finds, in one walk
# from the loss to the inputs, how much the loss changes with each of them. You write it twice: for any graph of small
# operations, as PyTorch does it, and layer by layer for a perceptron. And you check it in a way that needs no trust.
#
# **Time.** 30 minutes in the session, 145 at home. The session does sections 1 and 4 (10 and 20 minutes), without what
# is marked *at home*: nothing in the session needs it. At home: sections 2 and 3 (40 minutes), the rest of 4 (15), 5
# (20), 6 (20), 7 (30) and 8 (20). Section 9 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each one stands its
# check. Run it as often as you like: it says what is right, shows a small input on which your code is wrong, and holds
# hints that you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy and plain Python; float64 goes in, so float64 comes out. Do not change the arrays, lists
# and dictionaries that you are given.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any time.

# %% tags=["readonly"]
from itertools import pairwise

import numpy as np

from tplib import data, nn, plots
from tplib.graders import check, using_answers
from tplib.plots.approximation import approximations, errors_by_width
from tplib.plots.gradients import step_errors
from tplib.plots.training import LiveCurve

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# **Notation.** As before: `x` (B, D), `W` (D, H), `b` (H,), `z = x W + b`, `h = g(z)`, `scores` (B, K). $L$ is the
# loss. `G` (B, K) is the gradient of the loss with respect to the scores, and $\delta$ (delta) is the gradient with
# respect to the sums $z$ of a layer.

# %% [markdown]
# ## 1. A function node
#
# The lectures differentiate $f(x, a, b) = (x a + b)^2$. Cut it into steps so small that each has an easy slope:
#
# $$p = x a \qquad s = p + b \qquad f = s^2$$
#
# At $x = 2$, $a = 3$, $b = 1$ the forward pass gives $p = 6$, $s = 7$, $f = 49$. Now go back. $f = s^2$ has the slope
# $2 s = 14$ in $s$. The sum passes it on to both of its inputs: 14 for $p$, 14 for $b$. And how does $f$ change with
# $x$? $p$ grows $a = 3$ times as fast as $x$, and $f$ grows 14 times as fast as $p$: $14 \cdot 3 = 42$. This
# multiplication is the chain rule (*règle de dérivation en chaîne*).
#
# What is the gradient for $a$? Predict it; the picture has the answer. Values are black, gradients ∂ are red.

# %%
x, a, b = (nn.Tensor(value, requires_grad=True) for value in (2.0, 3.0, 1.0))
f = (x * a + b) ** 2
f.backward()
nn.draw_graph(f, {"x": x, "a": a, "b": b})

# %% [markdown]
# *Figure 1. The graph of $(x a + b)^2$. Each rounded box is a function node (*nœud*), with its result.*
#
# No node knows the whole formula. Lecture 002 says what a node $z = f(x, y)$ must know: how to compute $z$
# (**forward**); its *local gradients* $\partial z / \partial x$ and $\partial z / \partial y$; and how to return the
# gradient to its inputs (**backward**). Backward gets $\partial l / \partial z$ from the nodes after it and returns
#
# $$\frac{\partial l}{\partial z} \frac{\partial z}{\partial x} \qquad\text{and}\qquad
# \frac{\partial l}{\partial z} \frac{\partial z}{\partial y}$$
#
# The local gradients of a product depend on $x$ and $y$: forward must **keep** (store in `self`) what backward needs.
#
# ### Exercise
#
# `grad` is $\partial l / \partial z$. Inputs may be numbers or arrays; the node works on each entry by itself.
# `backward` returns a **tuple** with one gradient per input, in the order of the inputs.
#
# Each node keeps its own values, and a node may be used again: `backward` belongs to the last `forward` before it,
# however often it is called, and nothing is left of earlier calls. All this holds for the next two nodes, too.


# %%
class Multiply:
    """The function node z = x * y."""

    def forward(self, x, y):
        """Keep what backward needs; return z. x, y and z have one shape."""
        ### BEGIN SOLUTION
        self.x, self.y = x, y
        return x * y
        ### END SOLUTION

    def backward(self, grad):
        """From dl/dz to the tuple (dl/dx, dl/dy)."""
        ### BEGIN SOLUTION
        return grad * self.y, grad * self.x
        ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# What does a sum have to keep?


# %%
class Add:
    """The function node z = x + y."""

    def forward(self, x, y):
        """Return z. x, y and z have one shape."""
        ### BEGIN SOLUTION
        return x + y
        ### END SOLUTION

    def backward(self, grad):
        """From dl/dz to the tuple (dl/dx, dl/dy)."""
        ### BEGIN SOLUTION
        return grad, grad
        ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# One input, so a tuple of one gradient: in Python `(g,)`, with the comma.


# %%
class Square:
    """The function node z = x ** 2."""

    def forward(self, x):
        """Keep what backward needs; return z, of the shape of x."""
        ### BEGIN SOLUTION
        self.x = x
        return x**2
        ### END SOLUTION

    def backward(self, grad):
        """From dl/dz to the tuple (dl/dx,)."""
        ### BEGIN SOLUTION
        return (2 * self.x * grad,)
        ### END SOLUTION


# %% [markdown]
# The example again, with your nodes: forward from the left to the right, backward from the right to the left.

# %% tags=["compare"]
with using_answers():
    product, addition, square = Multiply(), Add(), Square()
    p = product.forward(2.0, 3.0)
    s = addition.forward(p, 1.0)
    f = square.forward(s)
    print(f"p = {p}   s = {s}   f = {f}")

    (df_ds,) = square.backward(1.0)  # f changes with f itself at the rate 1
    df_dp, df_db = addition.backward(df_ds)
    df_dx, df_da = product.backward(df_dp)
    print(
        f"df/ds = {df_ds}   df/dp = {df_dp}   df/db = {df_db}   "
        f"df/dx = {df_dx}   df/da = {df_da}"
    )

# %% [markdown]
# ## 2. At home: backward through any graph
#
# Nobody wants to write these lines for each new formula. So describe the graph (*graphe de calcul*) as data: for each
# node the names of its inputs, and for each function node the function. Leaves (*feuilles*) have no inputs.
# `order` lists every node after its inputs: this is a topological order (*ordre topologique*). A leaf may stand
# anywhere in it, before the nodes that use it.

# %% tags=["readonly"]
slide_inputs = {"x": [], "a": [], "b": [], "p": ["x", "a"], "s": ["p", "b"], "f": ["s"]}
slide_order = ["x", "a", "b", "p", "s", "f"]


def slide_functions():
    """New nodes for the graph of (x a + b)^2."""
    return {"p": Multiply(), "s": Add(), "f": Square()}


def forward(inputs, functions, order, leaves):
    """The value of every node, computed in topological order."""
    values = dict(leaves)
    for name in order:
        if name in functions:
            values[name] = functions[name].forward(
                *(values[source] for source in inputs[name])
            )
    return values


# %% tags=["compare"]
with using_answers():
    print(
        forward(slide_inputs, slide_functions(), slide_order, {"x": 2.0, "a": 3.0, "b": 1.0})
    )

# %% [markdown]
# Lecture 002 has one line for the backward pass: "for each function node in reversed topological order: backward
# propagation". One thing it does not say. In $f = (x a + x)^2$ the input $x$ is used *twice*:

# %%
x, a = nn.Tensor(2.0, requires_grad=True), nn.Tensor(3.0, requires_grad=True)
f = (x * a + x) ** 2
f.backward()
nn.draw_graph(f, {"x": x, "a": a})

# %% [markdown]
# *Figure 2. Two arrows leave $x$, so two gradients come back to it.*
#
# The sum sends 16 straight to $x$, and the product sends $16 \cdot 3 = 48$. If $x$ grows a little, both things happen
# at once, so the effects **add up** (*s'additionnent*): 64. A gradient is a sum over all users of a value. And a node
# may pass its gradient on only when the sum is complete; this is why the order is reversed.
#
# ### Exercise
#
# Every gradient starts at 0.0, that of the result (the last node of `order`) at 1.0. Then walk. A function node may
# have one input, two or more, and the same node may stand in several of these places. Ask each node for its gradients
# at most **once**; a node whose gradient is 0 need not be asked. All values are numbers here.


# %%
def backward(inputs, functions, order):
    """The gradient of the result with respect to every node.

    inputs: dictionary, the names of the inputs of each node; [] for a leaf
    functions: dictionary, the function node of each name that is not a leaf, after its
        forward pass; functions[name].backward(grad) returns a tuple with one gradient for
        each of inputs[name]
    order: list of all names, each after its inputs; the last is the result
    Returns a dictionary with the gradient of every name of `order`; 0.0 for a node without
    influence.
    """
    ### BEGIN SOLUTION
    grads = dict.fromkeys(order, 0.0)
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            returned = functions[name].backward(grads[name])
            for source, grad in zip(inputs[name], returned, strict=True):
                grads[source] += grad
    return grads
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    functions = slide_functions()
    forward(slide_inputs, functions, slide_order, {"x": 2.0, "a": 3.0, "b": 1.0})
    print("(x a + b)^2:", backward(slide_inputs, functions, slide_order))

    twice = {"x": [], "a": [], "u": ["x", "a"], "v": ["u", "x"], "f": ["v"]}
    functions = {"u": Multiply(), "v": Add(), "f": Square()}
    forward(twice, functions, list(twice), {"x": 2.0, "a": 3.0})
    print("(x a + x)^2:", backward(twice, functions, list(twice)))

# %% [markdown]
# What did it cost? Each node was asked once, forward and backward, whatever the number of parameters. This is the
# point of lecture 001's remark that back-propagation does not derive the whole formula: it computes the *value* of each
# derivative at the point where we stand, and reuses what the nodes have kept. With your three nodes and this loop you
# can differentiate any polynomial. PyTorch has more nodes and the same loop.

# %% [markdown]
# ## 3. At home: do not trust a gradient, check it
#
# A wrong gradient raises no error. The network even learns a little, and you lose a week. But the definition of the
# derivative checks any gradient: move one entry of $x$ by a small step to both sides, look how $f$ changes. With $e_i$
# the vector that is 1 at place $i$ and 0 elsewhere:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + \varepsilon\, e_i) - f(x - \varepsilon\, e_i)}{2\,\varepsilon}$$
#
# This is the central difference (*différence finie centrée*). It needs two calls of `f` for each entry, so it is far
# too slow for training, and just right for a test.
#
# ### Exercise
#
# `x` has any shape. `np.ndindex(x.shape)` runs through all places of an array: for a (2, 3) array (0, 0), (0, 1), ...,
# and `x[place]` is one entry. Work on copies: `f` may look at `x` itself, so `x` must not move, not even for a while.


# %%
def numerical_gradient(f, x, eps=1e-6):
    """The gradient of f at x by central differences.

    f: a function from an array of the shape of x to a number
    x: array of any shape, float64; it may be the transpose of another array
    eps: size of the step, the same for every entry
    Returns an array of the shape of x.
    """
    ### BEGIN SOLUTION
    grad = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += eps
        down[place] -= eps
        grad[place] = (f(up) - f(down)) / (2 * eps)
    return grad
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Two gradients never agree to the last digit. Is a difference of 0.001 much? It depends on the size of the gradients.
# So compare with the larger of the two sizes, entry by entry, and report the worst entry:
#
# $$\max_i \; \frac{|a_i - b_i|}{\max(|a_i|, |b_i|)} \qquad\text{where } 0/0 \text{ counts as } 0$$
#
# Only 0/0 is special. 0 against 5 is an error of 1, and $10^{-9}$ against $2 \cdot 10^{-9}$ one of 0.5: gradients may
# be as small as that, so do not add a small number below, and do not round.


# %%
def relative_error(a, b):
    """The largest relative difference between the entries of two arrays.

    a, b: arrays of one shape, with at least one entry
    Returns a number, 0 if the arrays are equal.
    """
    ### BEGIN SOLUTION
    size = np.maximum(np.abs(a), np.abs(b))
    size = np.where(size == 0, 1, size)
    return np.max(np.abs(a - b) / size)
    ### END SOLUTION


# %% [markdown]
# How small should the step be? Here is the gradient of $\sum_i e^{\sin x_i}$, whose exact value we know, for steps from
# 1 down to $10^{-12}$. The second curve looks at one side only, $(f(x + \varepsilon e_i) - f(x)) / \varepsilon$. Guess
# the best step before you run the cell.


# %% alt="Relative error of numerical gradients against the step, both on log scales: the central difference is best, about 1e-10, near a step of 1e-5; the one-sided one, about 5e-8, near 3e-8. To the left rounding takes over, to the right the formula's own error."
def waves(x):
    return np.exp(np.sin(x)).sum()


def one_sided(f, x, eps):
    return np.array([(f(x + move) - f(x)) / eps for move in eps * np.eye(len(x))])


point = np.array([0.3, 1.1, -2.0, 4.0])
exact = np.exp(np.sin(point)) * np.cos(point)
steps = np.logspace(-12, 0, 25)
with using_answers():
    central = np.array(
        [relative_error(exact, numerical_gradient(waves, point, eps)) for eps in steps]
    )
    forward_only = np.array(
        [relative_error(exact, one_sided(waves, point, eps)) for eps in steps]
    )
    step_errors(steps, {"central difference": central, "one-sided difference": forward_only})

# %% [markdown]
# *Figure 3. Error of two finite differences against the size of the step.*
#
# On the right the step is so large that the slope changes on the way: this error falls with $\varepsilon^2$ for the
# central difference, and only with $\varepsilon$ for the one-sided one. On the left the two values of $f$ are so close
# that few digits of their difference are left: rounding (*arrondi*), which grows as $\varepsilon$ shrinks. The best
# central step is near $10^{-5}$. In float32, with 7 digits instead of 16, no step is good: check gradients in float64.
#
# Rules of thumb for float64 and $\varepsilon = 10^{-6}$: a relative error below $10^{-5}$ is fine; above $10^{-3}$
# there is a mistake. Near a kink, such as that of the ReLU at 0, a large error may be innocent.

# %% [markdown]
# ## 4. A perceptron of L layers
#
# A graph of single numbers would be slow. In a network of layers one node is a whole layer, and its gradients are
# matrix products. Our perceptron (*perceptron multicouche*): each layer computes $z = h W + b$, with $h = x$ for the
# first one; after each layer **but the last** comes $\tanh$. `parameters` is a list of pairs, `[(W1, b1), ..., (WL,
# bL)]`.
#
# ### At home: find the slide's mistake (rows and columns)
#
# Lecture 003 stacks examples as **rows**: $X$ is a $|B| \times d$ matrix, $H^{(0)} = X$. Then its Algorithm 2 computes
#
# $$Z^{(l)} = b^{(l)} + W^{(l)} H^{(l-1)}$$
#
# Try it with 3 examples of 3 features, so that no shape can complain. Examples 1 and 2 change, example 0 does not.
# What should happen to row 0 of $Z$?

# %% tags=["compare"]
rng = np.random.default_rng(0)
W, bias = rng.normal(size=(3, 3)), np.zeros(3)
H = rng.normal(size=(3, 3))  # three examples, one per row
H_changed = H.copy()
H_changed[1:] = 0.0
print("W H, row 0:", (bias + W @ H)[0], "->", (bias + W @ H_changed)[0])
print("H W, row 0:", (H @ W + bias)[0], "->", (H_changed @ W + bias)[0])
try:
    W @ rng.normal(size=(4, 3))
except ValueError:
    print("W H with 4 examples: the shapes do not fit")

# %% [markdown]
# <details><summary>Answer</summary>
#
# Nothing should happen: the scores of an example must not depend on the others in its batch. $W H$ mixes the rows, and
# as soon as the batch has another size it fails. The formula is right for *one* example as a **column**, $z = W h + b$.
# With examples as rows it is $Z = H W + b$. The slide mixes both. (Its line 6 also takes the softmax of $H^{(L+1)}$,
# which no line computes; it means $Z^{(L+1)}$.)
#
# </details>
#
# ### Columns in the lectures, rows here
#
# Lecture 002 and Algorithm 3 have one example as a column throughout. This table translates; $\delta$ is the gradient
# with respect to $z$ of layer $l$, $h$ is the layer's **input**. In the last row, $z$ is that of the layer **below**,
# whose $\tanh$ gave this $h$.
#
# | formula | one example, a column (lectures) | a batch, one example per row (here) |
# |---|---|---|
# | forward | $z = W h + b$ | $z = h W + b$ |
# | gradient of the weights | $\delta\, h^\top$ | $h^\top \delta$ |
# | gradient of the bias | $\delta$ | sum of the rows of $\delta$ |
# | gradient sent to the layer below | $W^\top \delta$ | $\delta\, W^\top$ |
# | $\delta$ of the layer below | $g'(z) \odot (W^\top \delta)$ | $(\delta\, W^\top) \odot g'(z)$ |
#
# The sign $\odot$ multiplies entry by entry: NumPy's `*`. If you forget a line, let the shapes remind you: the gradient
# of $W$ (D, H) must have the shape (D, H), and $h$ (B, D) with $\delta$ (B, H) fit together in one way only.
#
# ### What a layer must keep
#
# The table needs $W$, $h$ and $g'(z)$. The lecture keeps the sums $a^{(l)}$ (our $z$) for $g'$. For tanh there is a
# short cut: $\tanh'(z) = 1 - \tanh(z)^2 = 1 - h^2$, and this $h$ is the input of the *next* layer, which is kept
# anyway. So one array per layer is enough: its input.
#
# ### Exercise
#
# $L$ may be 1, 2 or more. The sums $z$ may be large, up to thousands: `np.tanh` copes with them. The same arrays may
# serve in several layers.


# %%
def mlp_forward(x, parameters):
    """The scores of a perceptron with tanh after each layer but the last.

    x: inputs (B, D)
    parameters: list of L pairs (W, b) of shapes (D, H), (H,)
    Returns the scores (B, K) and a list of L arrays: the input of each layer, x first.
    """
    ### BEGIN SOLUTION
    kept = []
    h = x
    for W, b in parameters:
        kept.append(h)
        z = h @ W + b
        h = np.tanh(z)
    return z, kept
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Start with $\delta = G$, since after the last layer there is no activation function. Then, from the last layer to the
# first: the two gradients of the layer, and the $\delta$ of the layer below. If the loss is a mean, $G$ holds the $1/B$
# already: no more division.


# %%
def mlp_backward(G, parameters, kept):
    """The gradients of all parameters.

    G: gradient of the loss with respect to the scores (B, K)
    parameters: list of L pairs (W, b), as in the forward pass
    kept: list of the inputs of the L layers, as mlp_forward returns it
    Returns a list of L pairs (dW, db) in the order of `parameters`, with the same shapes;
        a pair may be a tuple or a list.
    """
    ### BEGIN SOLUTION
    grads = []
    delta = G
    for i in reversed(range(len(parameters))):
        W, _ = parameters[i]
        grads.insert(0, (kept[i].T @ delta, delta.sum(axis=0)))
        delta = (delta @ W.T) * (1 - kept[i] ** 2)  # of the layer below
    return grads
    ### END SOLUTION


# %% [markdown]
# ### At home: is it right?
#
# The check compares your gradients with ours. Now a proof that needs no trust: in a network of four layers the library
# moves *every* parameter a little to both sides and compares the slope (*différence finie*) with your gradient. For
# this your perceptron becomes one function node of the library's graph: forward keeps, backward returns one gradient
# per input.


# %% tags=["readonly"]
def random_layers(widths, seed):
    """Parameters of a perceptron with these widths; notebook 5 explains the scale."""
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(d, h)) / np.sqrt(d), np.zeros(h)) for d, h in pairwise(widths)]


def loss_and_gradient(scores, y):
    """The mean cross-entropy and its gradient with respect to the scores, by our library."""
    scores = nn.Tensor(scores, requires_grad=True)
    loss = nn.functional.cross_entropy(scores, y)
    loss.backward()
    return loss.item(), scores.grad


class Perceptron(nn.Function):
    """mlp_forward and mlp_backward as a function node of x, W1, b1, W2, b2, ..."""

    @staticmethod
    def forward(ctx, x, *arrays):
        ctx.parameters = list(zip(arrays[::2], arrays[1::2], strict=True))
        scores, ctx.kept = mlp_forward(x, ctx.parameters)
        return scores

    @staticmethod
    def backward(ctx, G):
        grads = mlp_backward(G, ctx.parameters, ctx.kept)
        return None, *(array for pair in grads for array in pair)


# %%
rng = np.random.default_rng(1)
test_x, test_y = rng.normal(size=(6, 5)), rng.integers(0, 3, 6)
test_parameters = random_layers([5, 8, 7, 6, 3], seed=2)

with using_answers():
    arrays = [array for pair in test_parameters for array in pair]
    print(nn.gradcheck(lambda *arrays: Perceptron.apply(test_x, *arrays), arrays))

# %% [markdown]
# Spoil `mlp_backward` on purpose, run its cell and the check again, and look what it says: leave out the slope of tanh,
# or sum over the wrong axis. Then repair it.
#
# ### At home: the same with your own tools
#
# Your `numerical_gradient` and your `relative_error` of section 3, on the same network, with the cross-entropy of
# notebook 2 as the loss: `loss_and_gradient` gives it, and $G = (p - y) / B$.


# %%
def loss_with(layer, place):
    """The loss as a function of one array: W (place 0) or b (place 1) of a layer."""

    def loss(array):
        changed = [list(pair) for pair in test_parameters]
        changed[layer][place] = array
        return loss_and_gradient(mlp_forward(test_x, changed)[0], test_y)[0]

    return loss


with using_answers():
    scores, kept = mlp_forward(test_x, test_parameters)
    _, G = loss_and_gradient(scores, test_y)
    grads = mlp_backward(G, test_parameters, kept)
    for layer in range(4):
        for place, name in ((0, "W"), (1, "b")):
            array = test_parameters[layer][place]
            slopes = numerical_gradient(loss_with(layer, place), array)
            error = relative_error(grads[layer][place], slopes)
            print(
                f"{name}{layer + 1}: {array.size:2} derivatives, "
                f"largest relative error {error:.0e}"
            )

# %% [markdown]
# ### The update
#
# Each parameter takes a step against its gradient (*descente de gradient*), with the learning rate η (*taux
# d'apprentissage*):
#
# $$W \leftarrow W - \eta\; h^\top \delta \qquad\qquad b \leftarrow b - \eta \sum_i \delta_i$$
#
# This is lecture 002's update $W - \eta_t\, \delta\, x^\top$, with examples as rows. Note the order on its slide: the
# $\delta$ of the layer below is computed **before** $W$ changes. All gradients belong to the same point.

# %% [markdown]
# ## 5. At home: train it
#
# 1,138 images of digits, all of them in each step. 300 more training images are kept apart for validation.


# %%
def train(parameters, x, y, steps, learning_rate, after_step=None):
    """The parameters after some steps of gradient descent.

    after_step: called with the loss and the parameters after each step
    """
    for _ in range(steps):
        scores, kept = mlp_forward(x, parameters)
        loss, G = loss_and_gradient(scores, y)
        grads = mlp_backward(G, parameters, kept)
        parameters = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(parameters, grads, strict=True)
        ]
        if after_step:
            after_step(loss, parameters)
    return parameters


def accuracy(parameters, x, y):
    return np.mean(mlp_forward(x, parameters)[0].argmax(axis=1) == y)


x, y = data.load("digits").train
train_x, train_y, validation_x, validation_y = x[300:], y[300:], x[:300], y[:300]

with using_answers():
    curve = LiveCurve(120, "digits: 64-32-32-10")
    train(
        random_layers([64, 32, 32, 10], seed=0),
        train_x,
        train_y,
        steps=120,
        learning_rate=0.5,
        after_step=lambda loss, parameters: curve.add(
            loss, accuracy(parameters, validation_x, validation_y)
        ),
    )

# %% [markdown]
# *Figure 4. Three layers learn digits by your gradients. One epoch (époque) is here one step with all training images.*
#
# ### What hidden units draw
#
# Two half moons (*demi-lunes*), a class each, and three networks with one hidden layer. Which width is enough?


# %% tags=["readonly"]
def half_moons(n, noise, seed):
    """Points (n, 2) on two half circles that hold each other, and their classes (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, n)
    x = np.column_stack([np.cos(angle), np.sin(angle)]) * (1 - 2 * y)[:, None] + np.outer(
        y, [1.0, 0.5]
    )
    return 2 * x + rng.normal(0, noise, (n, 2)), y


# %% alt="Two half moons and the boundaries of three networks: one hidden unit gives a straight line (88 % right), three give a bent one and twenty a smooth one (both 100 %)."
points, classes = half_moons(80, noise=0.25, seed=0)


def score_of(parameters):
    """A function from points (N, 2) to the lead of class 1 over class 0 (N,)."""

    def lead(x):
        scores, _ = mlp_forward(x, parameters)
        return scores[:, 1] - scores[:, 0]

    return lead


with using_answers():
    models = {}
    for width in (1, 3, 20):
        trained = train(
            random_layers([2, width, 2], seed=4),
            points,
            classes,
            steps=2000,
            learning_rate=0.5,
        )
        right = accuracy(trained, points, classes)
        models[f"{width} hidden: {right:.0%} right"] = (score_of(trained), points)
    plots.boundaries(models, classes)

# %% [markdown]
# *Figure 5. Decision boundaries (frontières de décision) of three trained networks, with the points that they learnt.*
#
# One tanh unit bends nothing: its boundary is a straight line, as that of a linear model. A few units make a curve, and
# more units more freedom, which may also go into noise. Change the noise and the widths and look again. Is the widest
# network also the best on *new* points? Draw some with another seed and measure.
#
# Depth gives freedom too. Which points need no hidden layer? How small a network separates the spirals? Move *first
# weights* as well: does the same network always get there?

# %%
plots.explore_boundary()

# %% [markdown]
# <details><summary>Answer</summary>
#
# Two blobs need no hidden layer: one line does. For the spirals, 4 tanh units in one layer leave a few points on the
# wrong side; 8 come very close, and 16 do it from every start. Three layers of 4 do it too, but not from every start:
# the smaller and deeper the network, the more it depends on its first weights, above all with ReLU.
#
# </details>

# %% [markdown]
# ## 6. At home: twenty lines
#
# Lecture 004 trains a two-layer network "from scratch in 20 lines of code". No biases, a sigmoid between the
# layers, and as the loss the **sum** of all squared errors:
#
# $$h = \sigma(x W_1) \qquad \hat y = h W_2 \qquad L = \sum_{i,k} (\hat y_{ik} - y_{ik})^2$$
#
# Work out the gradients on paper from the table in section 4, with $G = \partial L / \partial \hat y = 2 (\hat y - y)$
# and $\sigma'(z) = h (1 - h)$. Then write it.
#
# ### Exercise
#
# The lecture writes `w1 -= 1e-4 * grad_w1`, which changes the array *in place*, also for the caller who gave it. Leave
# the given arrays as they are. The losses are those **before** each step. Make all the steps, also if the loss rises.


# %%
def train_two_layer(x, y, W1, W2, steps, learning_rate):
    """Train a two-layer network without biases by gradient descent.

    x: inputs (B, D)
    y: targets (B, K)
    W1, W2: weights to start from (D, H), (H, K)
    steps: number of updates, at least 1
    learning_rate: factor of the gradient in each update; it may be 0
    Returns the new W1, the new W2, and the losses before each update (a list or an array).
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        y_pred = h @ W2
        losses.append(np.sum((y_pred - y) ** 2))
        grad_y = 2 * (y_pred - y)
        grad_W2 = h.T @ grad_y
        grad_W1 = x.T @ (grad_y @ W2.T * h * (1 - h))
        W1 = W1 - learning_rate * grad_W1
        W2 = W2 - learning_rate * grad_W2
    return W1, W2, losses
    ### END SOLUTION


# %% [markdown]
# Check it without the check: a step with learning rate 1 changes W1 by exactly minus its gradient, and a numerical
# gradient needs nothing but the loss.

# %%
rng = np.random.default_rng(3)
small_x, small_y = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
small_W1, small_W2 = rng.normal(size=(3, 5)), rng.normal(size=(5, 2))
with using_answers():
    new_W1, new_W2, _ = train_two_layer(
        small_x, small_y, small_W1, small_W2, steps=1, learning_rate=1.0
    )

    def first_loss(W1):
        return train_two_layer(small_x, small_y, W1, small_W2, steps=1, learning_rate=0.0)[2][
            0
        ]

    print(
        "relative error "
        f"{relative_error(small_W1 - new_W1, numerical_gradient(first_loss, small_W1)):.0e}"
    )

# %% [markdown]
# Now the lecture's own numbers: 64 examples, 1,000 inputs, 100 hidden units, 10 outputs, learning rate 1e-4. Inputs
# **and targets are random**: there is nothing to learn. What will the loss do?

# %%
rng = np.random.default_rng(0)
N, D, H, K = 64, 1000, 100, 10
x, y = rng.normal(size=(N, D)), rng.normal(size=(N, K))
W1, W2 = rng.normal(size=(D, H)), rng.normal(size=(H, K))
with using_answers():
    W1, W2, losses = train_two_layer(x, y, W1, W2, steps=1000, learning_rate=1e-4)
    for step in (0, 10, 100, 500, 999):
        print(f"step {step:4}: loss {losses[step]:8.1f}")
    h = 1 / (1 + np.exp(-(x @ W1)))
    print(f"hidden units that are nearly 0 or 1: {np.mean((h < 0.01) | (h > 0.99)):.0%}")

# %% [markdown]
# Compare with 640, about the loss of a network that always answers 0. The loss falls far below: with 101,000 weights
# for 640 targets the network learns them *by heart* (*surapprentissage*). A falling training loss is no proof
# that anything was understood; only fresh data can tell.
#
# The last line tells of another problem. Sums of 1,000 random terms are large, about $\pm 30$, so most sigmoids
# saturate and pass hardly any gradient to `W1`. If `W1` is not trained at all, the loss still falls to 190 in 1,000
# steps: the second layer does much of the work alone. Notebook 5 starts with smaller weights.

# %% [markdown]
# ## 7. At home: is one hidden layer enough?
#
# Lecture 003 quotes the universal approximation theorem (*théorème d'approximation universelle*, Hornik 1991). On a
# closed and bounded interval, one hidden layer comes as near as you like to **every** continuous function $f$: for
# each $\varepsilon > 0$ there are a width $N$ and weights such that
#
# $$F(x) = \sum_{j=1}^{N} v_j\, g(w_j x + b_j) \qquad\text{with}\qquad |F(x) - f(x)| \le \varepsilon
# \quad\text{everywhere on the interval}$$
#
# ### Find the slide's mistake: bounded, continuous and non decreasing
#
# This is all that the slide asks of the activation function $g$. Find a $g$ of this kind with which no network
# approximates anything: change `g` below until `F` is useless for all weights.


# %%
def g(z):
    return np.tanh(z)


rng = np.random.default_rng(0)
x = np.linspace(-2, 2, 5)[:, None]
for width in (3, 300):
    w, b, v = rng.normal(size=(1, width)), rng.normal(size=width), rng.normal(size=(width, 1))
    F = g(x @ w + b) @ v
    print(f"width {width:3}: F goes from {F.min():6.2f} to {F.max():6.2f}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# `return np.ones_like(z)`. A constant is bounded, continuous and never decreases, and all that $F$ can be is the
# constant $\sum_j v_j$. The theorem needs a $g$ that is *not constant*. (In the slide's formula the bias has also
# lost its index: with one $b$ for all units, their bends could not lie where one wants them.)
#
# </details>
#
# The theorem says that such weights exist. Let us build them.
#
# - $\tanh(s\,(x - e))$ is a step (*marche*): it goes from -1 to 1 at the edge $e$, and the larger the steepness $s$,
#   the faster.
# - With the output weight $\frac{1}{2} J$ it is a step of height $J$.
# - Many steps make a staircase (*escalier*), and a staircase with many small steps follows any continuous curve.
#
# ### Exercise
#
# Write the parameters of a network for `mlp_forward` of section 4, with one input, $N$ hidden units and one output,
# that draws a given staircase. Unit $j$ must compute $\tanh(s\,(x - e_j))$: which weight and which bias is that? The
# bias of the output is what is left to find: far on the left *all* units are at -1, and there the output has to be
# the first level.


# %%
def step_network(edges, levels, steepness):
    """A network with one hidden layer of N tanh units that draws a staircase.

    edges: where the staircase jumps (N,), increasing
    levels: its heights (N + 1,), before the first edge, between two edges, after the last
    steepness: how fast each unit goes from -1 to 1, a number above 0
    Returns the parameters [(W1, b1), (W2, b2)] for mlp_forward, of the shapes
        (1, N), (N,), (N, 1), (1,); the order of the units is free.
    """
    ### BEGIN SOLUTION
    W1 = np.full((1, len(edges)), steepness)
    b1 = -steepness * edges
    W2 = np.diff(levels)[:, None] / 2
    b2 = levels[:1] + W2.sum(axis=0)
    return [(W1, b1), (W2, b2)]
    ### END SOLUTION


# %% [markdown]
# Now a curve to follow. `by_hand` cuts the interval from -2 to 2 into $N + 1$ pieces, takes the value in the middle of
# each piece as its level, and calls your function. The error of a network is its *largest* distance from the curve.


# %% alt="A wavy target and the staircase networks made by hand: four hidden units give four rough steps, 16 follow it in small steps, 64 cannot be told from it."
def target(x):
    return np.sin(3 * x) + x / 2


def by_hand(width, steepness=8):
    """A staircase along the target; the steepness counts in pieces, not in units of x."""
    borders = np.linspace(-2, 2, width + 2)
    middles = (borders[1:] + borders[:-1]) / 2
    return step_network(borders[1:-1], target(middles), steepness * (width + 1) / 4)


x = np.linspace(-2, 2, 401)[:, None]  # (401, 1)


def largest_error(parameters):
    return np.abs(mlp_forward(x, parameters)[0] - target(x)).max()


with using_answers():
    drawn = {width: mlp_forward(x, by_hand(width))[0] for width in (4, 16, 64)}
    approximations(x, target(x), {f"{width} hidden units": y for width, y in drawn.items()})

# %% [markdown]
# *Figure 6. A curve, and networks with one hidden layer whose weights were computed, not learnt.*
#
# How does the error fall if you double the width? Guess, then run.

# %% tags=["compare"]
with using_answers():
    hand_errors = {
        width: largest_error(by_hand(width)) for width in (4, 8, 16, 32, 64, 128, 256)
    }
    for width, error in hand_errors.items():
        print(f"{width:3} hidden units: largest error {error:.3f}")

# %% [markdown]
# It nearly halves, and the wider the network, the nearer: a step is as wide as the interval divided by $N + 1$, and
# the curve cannot leave a level by more than its slope allows on half a step. So *every* error can be reached, and we
# know the width that it takes. In outline, this is the proof of the theorem for one input.
#
# But "this result does not say how to choose the parameters: in practice we have to train", says the lecture. So let
# us train networks of the same widths by your gradients, once from random weights and once from your staircase, and
# compare. The loss is the mean squared error on 81 points, so $G = 2\,(y - t) / B$. It takes some seconds.


# %%
def train_curve(parameters, steps=3000):
    """The parameters after descent on the mean squared error."""
    x = np.linspace(-2, 2, 81)[:, None]
    lr = min(0.05, 0.6 / parameters[0][1].size)  # wide layers need smaller steps
    for _ in range(steps):
        y, kept = mlp_forward(x, parameters)
        grads = mlp_backward(2 * (y - target(x)) / len(x), parameters, kept)
        pairs = zip(parameters, grads, strict=True)
        parameters = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in pairs]
    return parameters


def random_start(width, seed):
    """Random weights, with the bends of the units spread over the interval."""
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, 2, (1, width))
    W2 = rng.normal(0, width**-0.5, (width, 1))
    return [(W1, -W1[0] * rng.uniform(-2, 2, width)), (W2, np.zeros(1))]


with using_answers():
    trained_errors, improved_errors = {}, {}
    for width in (4, 8, 16, 32):
        starts = [random_start(width, seed) for seed in range(3)]
        trained_errors[width] = [largest_error(train_curve(start)) for start in starts]
        improved = train_curve(by_hand(width, steepness=2))
        improved_errors[width] = largest_error(improved)
        words = ", ".join(f"{error:.3f}" for error in trained_errors[width])
        print(f"{width:3} units: from random weights {words}", flush=True)
        print(f"           from the staircase {improved_errors[width]:.3f}", flush=True)

# %% alt="The largest error against the number of hidden units, both on log scales: by hand it halves with each doubling, from 0.9 with 4 units to 0.03 with 256; trained from random weights it stays near 0.5; trained from the staircase it is below 0.1 from 8 units on."
with using_answers("hand_errors", "trained_errors", "improved_errors"):
    errors_by_width(
        {
            "by hand": hand_errors,
            "trained from random weights": trained_errors,
            "trained from the staircase": improved_errors,
        }
    )

# %% [markdown]
# *Figure 7. The largest error against the width. Both axes are logarithmic; each cross is a training from other random
# weights.*
#
# What does the theorem promise here, and what not?
#
# <details><summary>Answer</summary>
#
# It promises good weights for a large width, and nothing about descent. From random weights the same width gives
# another error for each seed, a wider network is not always better, and 3,000 steps are not enough to find what the
# theorem promises. Started from the staircase, descent makes its error 10 times smaller with 8 units, 4 times with 16
# and 2.5 times with 32: such weights exist, and whether training finds them depends on where it starts. With 256 units
# the staircase is better than all of these, without any training: it only takes many units. With $D$ inputs instead of
# one, a "staircase" would need about $N^D$ pieces: this is why nobody builds networks by hand.
#
# </details>

# %% [markdown]
# ## 8. At home: who makes the order?
#
# In section 2 the topological order was given. PyTorch has to find it: it only knows which node came from which.
#
# ### Exercise
#
# A node is *ready* when all its inputs are in the list. Leaves are ready at once. Append what is ready, and go on until
# all nodes are there. There are often several right orders; any will do. Every node of the dictionary must be in the
# list, once, also those that the result does not need.
#
# The textbook's recursive function is short, but Python stops at about 1,000 calls inside each other, and a recurrent
# network over a long text is a chain of thousands of nodes. A recursive answer earns half of the points, also under a
# higher recursion limit (the check puts the limit back). Speed does not count. `graphlib`, in Python's standard
# library, does all this in one call: write it yourself.


# %%
def topological_order(inputs):
    """All nodes of a graph, each after its inputs.

    inputs: dictionary, the names of the inputs of each node (any number of them, and one may
        stand there twice); [] for a leaf; no cycles
    Returns a list of all names.
    """
    ### BEGIN SOLUTION
    order = []
    placed = set()
    while len(order) < len(inputs):
        for name in inputs:
            if name not in placed and all(source in placed for source in inputs[name]):
                order.append(name)
                placed.add(name)
    return order
    ### END SOLUTION


# %% [markdown]
# Everything together: a graph listed from the result to the leaves, your order, forward, backward. It is a staircase of
# 50 steps, $n_i = n_{i-1} + n_{i-1}$, so that $n_{50} = 2^{50}\, n_0$. There are $2^{50}$ paths from the end to $n_0$.

# %% tags=["compare"]
with using_answers():
    steps = range(50, 0, -1)
    staircase = {**{f"n{i}": [f"n{i - 1}", f"n{i - 1}"] for i in steps}, "n0": []}
    functions = {f"n{i}": Add() for i in steps}
    order = topological_order(staircase)
    values = forward(staircase, functions, order, {"n0": 1.0})
    gradient = backward(staircase, functions, order)["n0"]
    print("n50 =", values["n50"], "  its gradient in n0 =", gradient, "  2**50 =", 2**50)

# %% [markdown]
# 50 calls, not a million times a thousand million: gradients that meet in a node are added **before** they go on. That
# one idea is why networks can be trained at all.

# %% [markdown]
# ## 9. What to remember
#
# - A function node computes its result, keeps what its slopes need, and multiplies the gradient that arrives by its
#   local gradients.
# - Forward in topological order, backward in the reverse. Where a value is used several times, its gradients add up.
# - One backward pass costs about as much as a forward pass or two, for any number of parameters.
# - A layer, examples as rows: $dW = h^\top \delta$, $db$ = sum of the rows of $\delta$, and $(\delta W^\top) \odot
#   g'(z)$ for the layer below. A layer must keep its input and what $g'$ needs.
# - Shapes decide between $W$ and $W^\top$, unless the matrix is square: test with different widths, never with squares.
# - Check every gradient that you write: central difference, $\varepsilon$ near $10^{-6}$, float64, relative error.
# - All gradients first, then all updates.
# - One wide hidden layer can come near to any continuous function; the theorem does not say how to find its weights.
#
# Next: *4_descent*, which goes downhill with these gradients in better ways.
