# %% [markdown]
# # Recurrence: a network that remembers
#
# *TP7, notebook 2 of 4*
#
# **Aim.** A sentence has no fixed length, and what its last word means may depend on its first. A recurrent network
# (*réseau de neurones récurrent*) reads one step after the other and keeps a state, its memory. You write such a
# network and its gradients, measure how fast its memory of the past fades, and build the cell that was invented against
# it: the LSTM.
#
# **Time.** 45 minutes in the session, 100 at home. The session does sections 1 (5 minutes), 2 (10), 3 (15), 4 (5), 5 (5)
# and 6 (5). At home: sections 7 (20), 8 (40), 9 (15) and 10 (25). Section 11 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each one stands its check. Run it as
# often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you
# unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy and plain Python, and your own earlier answers; the ready-made cells and gradients of
# PyTorch and `tplib.nn` are only there to compare with. Do not change the arrays and lists that you are given. Any of
# `B`, `T`, `D` and `H` may be 1.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any time.

# %% tags=["readonly"]
import numpy as np
import torch

from tplib import nn, plots
from tplib.graders import check, using_answers
from tplib.plots.reach import by_distance, losses_by_step, reach_of_cell

np.set_printoptions(precision=4, suppress=True)
torch.set_num_threads(1)


def sigmoid(z):
    """1 / (1 + exp(-z)), also for large z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# **Notation.** `x` is (B, T, D): `B` examples, `T` steps of time (*temps*), `D` numbers at each step. `h` (B, H) is the
# state (*état caché*), `W` (D, H), `U` (H, H), `b` (H,). $t$ counts steps from 1 to $T$ in formulas; in Python
# `x[:, 0]` is $x(1)$.

# %% [markdown]
# ## 1. One step
#
# A layer that you know computes $h = \tanh(x W + b)$. A recurrent layer gets one input more: its own result of the step
# before.
#
# $$h(t) = \tanh\bigl(x(t)\, W + h(t-1)\, U + b\bigr)$$
#
# $W$ says what the new input counts, $U$ what the memory counts. Lecture 003 writes $y$ for this state and puts the two
# matrices on top of each other; it is the same sum.
#
# ### Exercise


# %%
def rnn_cell(x, h, W, U, b):
    """The next state of a recurrent layer.

    x: inputs at this step (B, D)
    h: states before it (B, H)
    W, U, b: (D, H), (H, H), (H,)
    Returns the states after the step (B, H).
    """
    ### BEGIN SOLUTION
    return np.tanh(x @ W + h @ U + b)
    ### END SOLUTION


# %% [markdown]
# ### Find the slide's mistake: rows and columns again
#
# For a mini-batch of $m$ examples lecture 003 writes
#
# $$Y(t) = g\left(\begin{bmatrix} X(t) & Y(t-1) \end{bmatrix} \begin{bmatrix} W_X \\ W_Y \end{bmatrix} + B\right)$$
#
# "where $X(t)$ is a $n_{input} \times m$ matrix and $Y(t)$ is a $n_{neur} \times m$ matrix". Take 3 inputs, 2 units and
# 4 examples. Can these two be put side by side, as the formula does? What shapes does the formula need?

# %%
n_input, n_neur, m = 3, 2, 4
X, Y = np.ones((n_input, m)), np.ones((n_neur, m))
try:
    np.hstack([X, Y])
except ValueError:
    print("as the slide says: the shapes do not fit")
W_X, W_Y = np.ones((n_input, n_neur)), np.ones((n_neur, n_neur))
print("examples as rows: ", (np.hstack([X.T, Y.T]) @ np.vstack([W_X, W_Y])).shape)

# %% [markdown]
# <details><summary>Answer</summary>
#
# The formula has one example per **row**: $X(t)$ is $m \times n_{input}$, $Y(t)$ is $m \times n_{neur}$, and so is the
# result. The sentence under it has one example per **column**, as if the weights stood on the left. Algorithm 2 of the
# same lecture mixes them the other way round: $X$ with rows, but $W H$. Here a row is an example, everywhere:
# $H W$, never $W H$. With as many examples as inputs and units no shape would complain, and examples would be mixed.
#
# </details>

# %% [markdown]
# ## 2. A whole sequence
#
# Now let it run: the state after step 1 goes into step 2, and so on. Drawn step by step, the layer becomes a deep
# network, one layer for each step (to *unroll*, *déplier*). But all these layers have **the same** $W$, $U$ and $b$. So
# the number of parameters does not depend on $T$, and the layer reads sequences of any length.
#
# How many parameters has a layer with `D` inputs and `H` units? Count before you read on: $D H + H^2 + H$.
#
# ### Exercise
#
# Return the state after every step, in the order of time. `h0` is the state before the first step; it is not one of the
# $T$ states. It need not be zero.


# %%
def rnn_forward(x, h0, W, U, b):
    """All states of a recurrent layer.

    x: inputs (B, T, D), T at least 1
    h0: states before the first step (B, H)
    W, U, b: (D, H), (H, H), (H,)
    Returns the states (B, T, H).
    """
    ### BEGIN SOLUTION
    states, h = [], h0
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        states.append(h)
    return np.stack(states, axis=1)
    ### END SOLUTION


# %% [markdown]
# The same loop serves four shapes of task. What differs is which inputs there are, and which states you look at:
#
# | shape | example | input | what you look at |
# |---|---|---|---|
# | one to one | a plain layer | one step | the only state |
# | many to one (*sequence to vector*) | the sentiment of a sentence | all steps | the last state |
# | one to many (*vector to sequence*) | a caption for a picture | at the first step, zeros after it | all states |
# | many to many (*sequence to sequence*) | a tag for each word | all steps | all states |
#
# Which shape will each line print? B = 2, T = 5, D = 3, H = 4.

# %% tags=["compare"]
rng = np.random.default_rng(0)
B, T, D, H = 2, 5, 3, 4
W, U, b = rng.normal(size=(D, H)), rng.normal(size=(H, H)), rng.normal(size=H)
sentence, picture = rng.normal(size=(B, T, D)), np.zeros((B, T, D))
picture[:, 0] = rng.normal(size=(B, D))
h0 = np.zeros((B, H))
with using_answers():
    print("one to one:  ", rnn_forward(sentence[:, :1], h0, W, U, b)[:, 0].shape)
    print("many to one: ", rnn_forward(sentence, h0, W, U, b)[:, -1].shape)
    print("one to many: ", rnn_forward(picture, h0, W, U, b).shape)
    print("many to many:", rnn_forward(sentence, h0, W, U, b).shape)

# %% [markdown]
# An encoder-decoder (*encodeur-décodeur*) joins two of them: many to one, then one to many. It comes in TP8.
#
# One test is worth more than many: **the future must not reach the past**. Change step 4 of the inputs. Which of the
# five states may change?

# %% tags=["compare"]
with using_answers():
    other = sentence.copy()
    other[:, 3] += 1
    change = rnn_forward(other, h0, W, U, b) - rnn_forward(sentence, h0, W, U, b)
    print("largest change of each state:", np.abs(change).max(axis=(0, 2)))

# %% [markdown]
# States 1 to 3 do not move; 4 and 5 do.

# %% [markdown]
# ## 3. Back through time
#
# Unroll, then use back-propagation as in TP6: this is back-propagation through time (*rétropropagation à travers le
# temps*, BPTT). Two things are new.
#
# - $h(t)$ reaches the loss in **two ways**: by itself, if the loss looks at it, and through $h(t+1)$. The two gradients
#   add up.
# - $W$, $U$ and $b$ are used at **every step**. The gradients of all uses add up.
#
# Let $G(t)$ be the gradient of the loss with respect to $h(t)$ by itself, without what comes from later steps. Start
# with nothing from later: $r(T) = 0$. Then for $t = T, \dots, 1$:
#
# $$dh(t) = G(t) + r(t) \qquad \delta(t) = dh(t) \odot \bigl(1 - h(t)^2\bigr) \qquad r(t-1) = \delta(t)\, U^\top$$
#
# $$dx(t) = \delta(t)\, W^\top \qquad dW = \sum_t x(t)^\top \delta(t) \qquad dU = \sum_t h(t-1)^\top \delta(t)$$
#
# $$db = \sum_t \text{rows of } \delta(t)$$
#
# Here $h(0)$ is `h0`, and what is left at the end, $r(0)$, is its gradient.
#
# ### Exercise
#
# If the loss is a mean, `G` holds the division already. Where the loss does not look at a state, its `G` is 0.


# %%
def rnn_backward(G, x, h0, states, W, U):
    """The gradients of a recurrent layer, back through time.

    G: gradient of the loss with respect to each state, by itself (B, T, H)
    x: inputs (B, T, D)
    h0: states before the first step (B, H)
    states: all states, as rnn_forward returns them (B, T, H)
    W, U: (D, H), (H, H)
    Returns five gradients: of x (B, T, D), h0 (B, H), W (D, H), U (H, H), b (H,).
    """
    ### BEGIN SOLUTION
    dx, dh = np.zeros(x.shape), np.zeros(h0.shape)
    dW, dU, db = np.zeros(W.shape), np.zeros(U.shape), np.zeros(len(U))
    for t in reversed(range(x.shape[1])):
        before = states[:, t - 1] if t > 0 else h0
        delta = (G[:, t] + dh) * (1 - states[:, t] ** 2)
        dx[:, t] = delta @ W.T
        dW += x[:, t].T @ delta
        dU += before.T @ delta
        db += delta.sum(axis=0)
        dh = delta @ U.T
    return dx, dh, dW, dU, db
    ### END SOLUTION


# %% [markdown]
# As in TP6, trust nothing: move one entry of `U` a little to both sides, and compare the slope of a loss with your
# gradient. The loss is $\sum_{t} G(t) \odot h(t)$ for a random `G`, so that its gradient is exactly `G`.

# %% tags=["compare"]
with using_answers():
    G = rng.normal(size=(B, T, H))
    states = rnn_forward(sentence, h0, W, U, b)
    dU = rnn_backward(G, sentence, h0, states, W, U)[3]
    move = np.zeros((H, H))
    move[1, 2] = 1e-6
    up, down = (
        np.sum(G * rnn_forward(sentence, h0, W, U + sign * move, b)) for sign in (1, -1)
    )
    print(f"by differences {(up - down) / 2e-6:.6f}, your gradient {dU[1, 2]:.6f}")

# %% [markdown]
# ## 4. How far does the gradient reach?
#
# To learn that the last answer depends on the first word, the gradient of the loss at step $T$ has to come all the way
# back to the first step. At each step it is multiplied by the slope $1 - h^2$, at most 1, and by $U^\top$. Sixty steps
# are sixty such products. If each of them shrinks the gradient to 0.8 of it, what is left after 60? Guess, then compute
# $0.8^{60}$.
#
# ### Exercise
#
# The loss looks at the last state only, and `G` is its gradient there. Walk back and measure: `reach[k]` is the norm of
# the gradient with respect to $h(T-k)$, the root of the sum of the squares of all its numbers, all examples of the batch
# together. So `reach[0]` is the norm of `G`, and `reach[T - 1]` belongs to the first state.


# %%
def gradient_reach(G, states, U):
    """How large the gradient of a loss at the last step is, at each distance from it.

    G: gradient with respect to the last state (B, H)
    states: all states (B, T, H)
    U: (H, H)
    Returns an array of T norms, the distance 0 first.
    """
    ### BEGIN SOLUTION
    reach, dh = [], G
    for t in reversed(range(states.shape[1])):
        reach.append(np.sqrt(np.sum(dh**2)))
        dh = (dh * (1 - states[:, t] ** 2)) @ U.T
    return np.array(reach)
    ### END SOLUTION


# %% [markdown]
# Three layers that differ in the size of `U` only. `U` is a random rotation (*rotation*: it keeps every length) times
# 0.8, 1 and 1.2; the inputs are weak, so that the slopes stay near 1. Which curve falls, which rises?

# %% tags=["compare"]
rng = np.random.default_rng(1)
B, T, D, H = 8, 60, 4, 32
rotation = np.linalg.qr(rng.normal(size=(H, H)))[0]
weak = 0.01 * rng.normal(size=(B, T, D))
G_last = rng.normal(size=(B, H))
with using_answers():
    curves = {}
    for size in (0.8, 1.0, 1.2):
        states = rnn_forward(
            weak, np.zeros((B, H)), rng.normal(size=(D, H)), size * rotation, np.zeros(H)
        )
        curves[f"U = {size} times a rotation"] = gradient_reach(
            G_last, states, size * rotation
        )
    for name, reach in curves.items():
        print(f"{name}: {reach[0]:.1f} at distance 0, {reach[-1]:.1e} at {T - 1}")

# %% alt="Norm of the gradient by the distance to the last step, on a log scale: with U of 0.8 it falls steadily to 3e-5 at distance 59, with 1.0 it stays near 10, with 1.2 it rises to about 400."
with using_answers("curves"):
    by_distance(curves)

# %% [markdown]
# *Figure 1. Norm of the gradient against the distance to the last step. The axis is logarithmic: a straight line is a
# multiplication by the same number at every step.*
#
# With 0.8 the gradient vanishes (*disparition du gradient*): about 0.8 times as large at each step, as you computed. With
# 1.2 it explodes (*explosion du gradient*), though slowly at first: by the last steps the states have grown, tanh is flat
# there, and its slopes hold the gradient down. Further back the states are still small, and the curve gets steeper.
# Lecture 003 says that gradients "tend to either vanish most of the time or explode": here are both. Nothing is wrong
# with the gradient that vanished. It is *right*, and it says that the first step hardly counts.

# %% [markdown]
# ## 5. A cell that remembers: the LSTM
#
# Look for the culprit: between two steps the whole state goes through a product and a tanh. The LSTM (*long short-term
# memory*, Hochreiter and Schmidhuber 1997) has a second state beside $h$, the long-term state (*état à long terme*) $c$,
# that goes through neither. It is only multiplied by a gate (*porte*) between 0 and 1, and added to:
#
# $$c(t) = f \odot c(t-1) + i \odot g \qquad\qquad h(t) = o \odot \tanh\bigl(c(t)\bigr)$$
#
# - the forget gate (*porte d'oubli*) $f$: which part of the old long-term state to keep (1 keeps all);
# - the input gate (*porte d'entrée*) $i$: how much of the candidate $g$ to add;
# - the output gate (*porte de sortie*) $o$: which part of the long-term state to show.
#
# Each of the four has weights of its own. We keep their columns side by side, in PyTorch's order **i, f, g, o**:
#
# $$a = x\, W + h(t-1)\, U + b \quad (B, 4H) \qquad i = \sigma(a_i) \quad f = \sigma(a_f) \quad g = \tanh(a_g) \quad
# o = \sigma(a_o)$$
#
# so $a_i$ is the first block of $H$ columns, $a_f$ the second, and so on. `sigmoid` is defined above.
#
# ### Exercise


# %%
def lstm_cell(x, h, c, W, U, b):
    """The next two states of an LSTM.

    x: inputs at this step (B, D)
    h, c: short-term and long-term state before it (B, H)
    W, U, b: (D, 4H), (H, 4H), (4H,), blocks in the order i, f, g, o
    Returns the new h (B, H) and the new c (B, H).
    """
    ### BEGIN SOLUTION
    a_i, a_f, a_g, a_o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c
    ### END SOLUTION


# %% [markdown]
# From $c(t)$ back to $c(t-1)$ the gradient has two ways. On the direct one it is multiplied by $f$, and by nothing else.
# The other leads through $h$ into the gates of the next step, and adds to it; we leave it aside for a moment. Untrained
# weights give sums near 0. So what is $f$ then, and what does the direct way leave of the gradient after 60 steps? And
# if we start with a bias of 1 in the forget gate? Write the two numbers down, then compare.

# %% tags=["compare"]
for bias in (0, 1):
    f = sigmoid(bias)
    print(f"forget bias {bias}: f is about {f:.2f}, and f**59 is {f**59:.0e}")

# %% alt="Norm of the gradient by distance, on a log scale, for four cells: RNN, GRU and LSTM with forget bias 0 fall to between 1e-14 and 1e-12 at distance 59; the LSTM with forget bias 1 keeps 1e-4."
curves = {
    "RNN": reach_of_cell("RNN"),
    "GRU": reach_of_cell("GRU"),
    "LSTM, forget bias 0": reach_of_cell("LSTM", forget_bias=0.0),
    "LSTM, forget bias 1": reach_of_cell("LSTM", forget_bias=1.0),
}
for name, reach in curves.items():
    print(f"{name:20} {reach[-1] / reach[0]:.0e} of the gradient is left after 59 steps")
by_distance(curves)

# %% [markdown]
# *Figure 2. The gradient of a loss at the last step with respect to the input at each distance, for untrained cells with
# 32 units and PyTorch's usual starting weights. The GRU is a relative of the LSTM (section 9).*
#
# More is left than $f^{59}$, since the way through $h$ adds its share at each step. But a surprise remains: with forget
# bias 0 the LSTM is hardly better than the plain layer. Its gate stands half open, and $0.5^{59}$ is nothing. **What helps is not the gate, but a gate that is open**: with bias 1 about $10^8$ times as much
# is left. This is why many libraries start the forget bias at 1 (Keras does; PyTorch does not). And
# gates can learn to open, where $U$ would have to become a rotation.
#
# Play with it. Which forget bias makes the LSTM's curve nearly flat? Can larger weights save the plain layer? (In the
# GRU the first slider moves the bias of the update gate, which does the same work.)

# %%
plots.explore_reach()

# %% [markdown]
# <details><summary>Answer</summary>
#
# With a bias of 2 about half of the LSTM's gradient is left after 59 steps, and from 3 on it even grows: $f$ is then
# nearly 1, and the way through $h$ adds more than $f$ takes. The plain layer is on a knife's edge: with weights of
# twice the size less than a thousandth is left, with three times the size it grows a little, with four times it
# explodes, more than a thousand times. No single size is safe.
#
# </details>
#
# ## 6. The race that an RNN loses
#
# Does it matter for learning? Hochreiter and Schmidhuber's adding task: each step brings a random number between 0 and
# 1 and a mark, 0 or 1. Two steps are marked, one in the first half of the sequence, one in the second. The answer is the
# sum of the two marked numbers. Who cannot remember can only say 1, the mean: what is the mean squared error of that?
# (The variance of a number between 0 and 1 is 1/12.)


# %% tags=["readonly"]
def adding_task(rng, B, T):
    """Numbers and marks (B, T, 2), and the sum of the two marked numbers (B,)."""
    numbers, marks = rng.uniform(size=(B, T)), np.zeros((B, T))
    marks[np.arange(B), rng.integers(0, T // 2, B)] = 1
    marks[np.arange(B), rng.integers(T // 2, T, B)] = 1
    x, y = np.stack([numbers, marks], axis=-1), (numbers * marks).sum(axis=1)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)


def train(kind, T, steps, H=16, B=32, lr=0.02, seed=0):
    """The losses of a torch.nn layer and a linear one on its last state; new batches."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    layer, out = getattr(torch.nn, kind)(2, H, batch_first=True), torch.nn.Linear(H, 1)
    if kind == "LSTM":
        with torch.no_grad():  # forget bias 1; PyTorch has two biases, which add up
            layer.bias_ih_l0[H : 2 * H], layer.bias_hh_l0[H : 2 * H] = 1.0, 0.0
    parameters = [*layer.parameters(), *out.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=lr)
    losses = []
    for _ in range(steps):
        x, y = adding_task(rng, B, T)
        loss = ((out(layer(x)[0][:, -1])[:, 0] - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)  # section 7
        optimizer.step()
        losses.append(loss.item())
    return np.array(losses)


# %% alt="Loss by step, on a log scale, three seeds each: the three RNNs stay at the level of a model without memory for all 800 steps; the LSTMs drop to about 0.001, one after 400 steps, one after 450, one after 750."
race = {
    kind: [train(kind, T=40, steps=800, seed=seed) for seed in range(3)]
    for kind in ("RNN", "LSTM")
}
for kind, runs in race.items():
    words = ", ".join(f"{losses[-100:].mean():.4f}" for losses in runs)
    print(f"{kind:4} loss of the last 100 steps, three seeds: {words}")
losses_by_step(race, without_memory=1 / 6)

# %% [markdown]
# *Figure 3. The adding task with 40 steps: the loss of three runs of each cell, from other first weights and data.*
#
# The mean squared error without memory is 2/12, the variance of a sum of two such numbers: the dotted line. The plain
# layer never leaves it. The LSTM stays there, too, for some hundred steps, as if nothing could be learnt; then its gates
# have opened far enough, and the loss falls about fifty times within a hundred steps. When this happens depends on the seed:
# one of the three needed nearly twice as long as the others. So do not give up a training, or praise it, after one run.
#
# Want it harder? Set `T=60`, then `T=120`, and look how many steps the LSTM needs.

# %% [markdown]
# ## 7. At home: against explosions
#
# A gradient that explodes is easier to treat: when it is too long, make it shorter. This is gradient clipping
# (*écrêtage du gradient*), and there are two kinds. Clipping **by norm** takes all gradients of the network as one long
# vector. If its norm
#
# $$\|g\| = \sqrt{\textstyle\sum \text{(squares of all entries of all arrays)}}$$
#
# is larger than the limit, every entry is multiplied by limit / norm: the direction stays. If the norm is not larger
# than the limit, nothing changes.
#
# ### Exercise
#
# `grads` may hold one array or many, of any shapes. All gradients may be 0. PyTorch divides by norm + 0.000001; you may
# do so, too.


# %%
def clip_by_norm(grads, limit):
    """Gradients whose common norm is at most the limit.

    grads: list of arrays of any shapes
    limit: a number above 0
    Returns a list of arrays of the same shapes, and the norm before clipping.
    """
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(grad**2) for grad in grads))
    factor = limit / norm if norm > limit else 1.0
    return [factor * grad for grad in grads], norm
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# Clipping **by value** looks at each entry alone: what is below -limit becomes -limit, what is above limit becomes
# limit.


# %%
def clip_by_value(grads, limit):
    """Gradients none of whose entries is beyond the limit.

    grads: list of arrays of any shapes
    limit: a number above 0
    Returns a list of arrays of the same shapes.
    """
    ### BEGIN SOLUTION
    return [np.clip(grad, -limit, limit) for grad in grads]
    ### END SOLUTION


# %% [markdown]
# Does clipping by value keep the direction? Predict it for the gradient (10, 0.1) and the limit 1.

# %% tags=["compare"]
with using_answers():
    steep = [np.array([10.0, 0.1])]
    print("by norm: ", clip_by_norm(steep, 1.0)[0][0])
    print("by value:", clip_by_value(steep, 1.0)[0])

# %% [markdown]
# By norm the second entry stays 100 times smaller than the first; by value only 10 times: the direction has turned. That
# is not always bad (Adam turns it, too), but whoever says "clipping only shortens the step" means clipping by norm.
# Clip after `backward` and before `step`. And note what clipping cannot do: a gradient that has vanished is not
# brought back by any limit.

# %% [markdown]
# ## 8. At home: your own LSTM learns
#
# The gradients of one LSTM step. What arrives is `dh` and `dc`: the gradients with respect to the **new** states, from
# the loss and from the step after. First, $c(t)$ also acts through $h(t)$; with $c'$ for the new $c$:
#
# $$dc' = dc + dh \odot o \odot \bigl(1 - \tanh(c')^2\bigr)$$
#
# Then each of $c' = f c + i g$ and $h = o \tanh(c')$ is a product, and the gradient of a factor is the gradient of the
# product times the other factor. Last, the slope of each activation:
#
# | block | gradient of the sum $a$ |
# |---|---|
# | $i$ | $dc' \odot g \odot i (1 - i)$ |
# | $f$ | $dc' \odot c(t-1) \odot f (1 - f)$ |
# | $g$ | $dc' \odot i \odot (1 - g^2)$ |
# | $o$ | $dh \odot \tanh(c') \odot o (1 - o)$ |
#
# Side by side they are $da$ (B, 4H), and from there on it is a layer like any other: $dx = da\, W^\top$,
# $dh(t-1) = da\, U^\top$, $dW = x^\top da$, $dU = h(t-1)^\top da$, $db$ = sum of the rows of $da$. And
# $dc(t-1) = dc' \odot f$.
#
# ### Exercise


# %%
def lstm_cell_backward(dh, dc, x, h, c, W, U, b):
    """The gradients of one step of an LSTM.

    dh, dc: gradients with respect to the new h and the new c (B, H)
    x, h, c, W, U, b: what lstm_cell was given
    Returns six gradients: of x (B, D), h (B, H), c (B, H), W (D, 4H), U (H, 4H), b (4H,).
    """
    ### BEGIN SOLUTION
    a_i, a_f, a_g, a_o = np.split(x @ W + h @ U + b, 4, axis=1)
    i, f, g, o = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g), sigmoid(a_o)
    tanh_c = np.tanh(f * c + i * g)
    dc = dc + dh * o * (1 - tanh_c**2)
    parts = [
        dc * g * i * (1 - i),
        dc * c * f * (1 - f),
        dc * i * (1 - g**2),
        dh * tanh_c * o * (1 - o),
    ]
    da = np.concatenate(parts, axis=1)
    return da @ W.T, da @ U.T, dc * f, x.T @ da, h.T @ da, da.sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# The proof: the same model, the same first weights, the same batches, the same optimiser; once with `torch.nn.LSTM`, once
# with your two functions and no autograd. The task is the adding task with $T = 8$, the arithmetic float64. How far
# apart will the losses be after 300 steps?


# %% tags=["readonly"]
def torch_gradients(layer, out, x, y):
    """Loss of the model on a batch, its gradients by PyTorch."""
    loss = ((out(layer(x)[0][:, -1])[:, 0] - y) ** 2).mean()
    loss.backward()
    return loss.item()


def own_gradients(layer, out, x, y):
    """The same by your two functions; the gradients go where PyTorch puts its own."""
    W, U, b = (
        p.detach().numpy().T
        for p in (layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0)
    )
    v, v0 = out.weight.detach().numpy().T, out.bias.detach().numpy()
    x, y = x.numpy(), y.numpy()
    h = c = np.zeros((len(x), len(U)))
    kept = []
    for t in range(x.shape[1]):
        kept.append((x[:, t], h, c))
        h, c = lstm_cell(x[:, t], h, c, W, U, b)
    error = (h @ v + v0)[:, 0] - y
    G = 2 * error[:, None] / len(y)  # (B, 1)
    dh, dc = G @ v.T, np.zeros(c.shape)
    total = [np.zeros(array.shape) for array in (W, U, b)]
    for step in reversed(kept):
        _, dh, dc, *grads = lstm_cell_backward(dh, dc, *step, W, U, b)
        total = [sum_ + grad for sum_, grad in zip(total, grads, strict=True)]
    places = (layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0, out.weight, out.bias)
    for place, grad in zip(places, (*total, h.T @ G, G.sum(axis=0)), strict=True):
        place.grad = torch.tensor(grad.T.copy())
    return np.mean(error**2)


def learn(gradients, steps=300, T=8, H=12):
    """The losses of the model, trained with these gradients."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    layer = torch.nn.LSTM(2, H, batch_first=True).double()
    out = torch.nn.Linear(H, 1).double()
    torch.nn.init.zeros_(layer.bias_hh_l0)  # PyTorch's second bias: not used, not trained
    trained = [p for name, p in layer.named_parameters() if name != "bias_hh_l0"]
    optimizer = torch.optim.Adam([*trained, *out.parameters()], lr=0.03)
    losses = []
    for _ in range(steps):
        x, y = (part.double() for part in adding_task(rng, 32, T))
        optimizer.zero_grad()
        losses.append(gradients(layer, out, x, y))
        optimizer.step()
    return np.array(losses)


# %% tags=["compare"]
with using_answers():
    ours, theirs = learn(own_gradients), learn(torch_gradients)
    for step in (0, 100, 200, 299):
        print(f"step {step:3}: yours {ours[step]:.6f}   torch.nn.LSTM {theirs[step]:.6f}")
    print("largest difference below 1e-6:", np.abs(ours - theirs).max() < 1e-6)

# %% [markdown]
# The same losses, to every digit shown. `torch.nn.LSTM` is what you have just written, and faster.

# %% [markdown]
# ## 9. At home: the GRU
#
# The gated recurrent unit (Cho and others 2014) has one state again, and three blocks instead of four: a reset gate
# (*porte de remise à zéro*) $r$, an update gate (*porte de mise à jour*) $z$ and a candidate $n$. In PyTorch's form, two
# sums are kept apart, that of the input and that of the state, each with its own bias:
#
# $$a = x\, W + b \qquad s = h(t-1)\, U + v \qquad \text{blocks in the order } r, z, n$$
#
# $$r = \sigma(a_r + s_r) \qquad z = \sigma(a_z + s_z) \qquad n = \tanh(a_n + r \odot s_n)$$
#
# $$h(t) = (1 - z) \odot n + z \odot h(t-1)$$
#
# So $z$ does the work of two LSTM gates: what it keeps of the old state, it takes away from the new one. Two traps: some
# texts exchange $z$ and $1 - z$; and in others $r$ multiplies $h(t-1)$ *before* the product with $U$. Here it
# multiplies the whole $s_n$, with its bias.
#
# ### Exercise


# %%
def gru_cell(x, h, W, U, b, v):
    """The next state of a GRU.

    x: inputs at this step (B, D)
    h: states before it (B, H)
    W, U: (D, 3H), (H, 3H), blocks in the order r, z, n
    b, v: biases of the input's and of the state's sum (3H,)
    Returns the states after the step (B, H).
    """
    ### BEGIN SOLUTION
    a_r, a_z, a_n = np.split(x @ W + b, 3, axis=1)
    s_r, s_z, s_n = np.split(h @ U + v, 3, axis=1)
    r, z = sigmoid(a_r + s_r), sigmoid(a_z + s_z)
    n = np.tanh(a_n + r * s_n)
    return (1 - z) * n + z * h
    ### END SOLUTION


# %% [markdown]
# How many parameters has each cell, for 100 inputs and 100 units? Guess the ratios first.

# %% tags=["compare"]
for kind in ("RNN", "LSTM", "GRU"):
    parameters = getattr(nn, kind)(100, 100, rng=np.random.default_rng(0)).parameters()
    print(f"{kind:4} {sum(parameter.data.size for parameter in parameters):6,}")

# %% [markdown]
# 1 : 4 : 3, one for each block. (With two biases for each block, as PyTorch has it.)
#
# Now let the GRU run the race of section 6.

# %% alt="The same with three GRUs: they drop after about 120 steps, long before the LSTMs, and reach 0.001 by step 400."
race["GRU"] = [train("GRU", T=40, steps=400, seed=seed) for seed in range(3)]
words = ", ".join(f"{losses[-100:].mean():.4f}" for losses in race["GRU"])
print(f"GRU  loss of the last 100 of 400 steps, three seeds: {words}")
losses_by_step(race, without_memory=1 / 6)

# %% [markdown]
# *Figure 4. The race again, with the GRU.*
#
# In this race the GRU wins clearly: all three runs are through within 200 steps, though Figure 2 gave its untrained
# gradient no advantage. One task is no proof: on texts the two are often close, and you choose by trying both.

# %% [markdown]
# ## 10. At home: layers on layers
#
# The states of a recurrent layer are a sequence, so another layer can read them: a deep recurrent network (*réseau
# récurrent profond*). Each layer has its own weights, and its own state, which starts from zeros.
#
# ### Exercise
#
# "Last" has two meanings here, and mixing them up is a classic: the **top layer** (the last of the list), and the **last
# step** (of time). Return both: all states of the top layer, and for each layer, the first layer first, its state after
# the last step. (PyTorch's `output, h_n = rnn(x)` returns the same two things.) `layers` holds one layer or more, and
# each may have another width.


# %%
def stack_layers(x, layers):
    """The states of a deep recurrent network.

    x: inputs (B, T, D)
    layers: list of L triples (W, U, b); the D of a layer's W is the H of the layer below
    Returns the states of the top layer (B, T, H), and a list of L arrays: the state of each
        layer after the last step (B, H of that layer).
    """
    ### BEGIN SOLUTION
    last = []
    for W, U, b in layers:
        x = rnn_forward(x, np.zeros((len(x), len(U))), W, U, b)
        last.append(x[:, -1])
    return x, last
    ### END SOLUTION


# %% [markdown]
# One line of Python can ruin a deep network: `[layer] * 3` is a list with **one** layer in it, three times. All three
# share their weights, and the network has the parameters of one. How do you see it?

# %% tags=["compare"]
one = torch.nn.RNN(8, 8)
copies = torch.nn.ModuleList([one] * 3)
three = torch.nn.ModuleList([torch.nn.RNN(8, 8) for _ in range(3)])
print("[layer] * 3:", sum(p.numel() for p in copies.parameters()), "parameters")
print("three layers:", sum(p.numel() for p in three.parameters()), "parameters")

# %% [markdown]
# ## 11. What to remember
#
# - A recurrent layer is a layer that also reads its own last state: $h(t) = \tanh(x(t) W + h(t-1) U + b)$, with the same
#   weights at every step, for sequences of any length.
# - The four shapes of task differ in which inputs there are and which states you look at.
# - Back through time: a state's gradient comes from the loss and from the next step; a weight's gradient is the sum over
#   all steps.
# - Over distance a gradient shrinks or grows like a power. Clipping cures growing; nothing at the optimiser cures
#   shrinking.
# - The LSTM's long-term state is only multiplied by $f$ and added to. An open forget gate carries the gradient far; start
#   its bias at 1.
# - Examples are rows: $x W$, never $W x$.
# - Top layer and last step are two things.
#
# Next: *3_sentiment*, where an LSTM reads film reviews.
