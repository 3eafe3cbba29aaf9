# %% [markdown]
# # Convolution: one small set of weights for every place
#
# *TP7, notebook 1 of 4*
#
# **Aim.** An image is a grid, and a text is a row of words. A convolutional network (*réseau convolutif*) looks at
# both through a small window, with the same weights at every place. You write convolution and pooling in NumPy, count
# what they save, and build a network over words in PyTorch that tells you which n-grams it looks for.
#
# **Time.** 55 minutes in the session, 75 at home. The session does sections 1 to 5, without what is marked *at home*:
# nothing in the session needs it. At home: the rest of section 2 (25 minutes), of section 4 (30), and section 6 (20).
# Section 7 sums up: read it in any case.
#
# **What is graded.** {{count}} exercises, {{points}}. Under each one stands its check. Run it
# as often as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that
# you unfold one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** NumPy and plain Python up to section 4, PyTorch in section 5. A library's own convolution or
# pooling is not an answer. Do not change the arrays that you are given. Loops are fine: speed does not count.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any time.

# %% tags=["readonly"]
import re
from collections import Counter

import numpy as np
import torch
from torch import nn

from tplib import data, plots
from tplib.graders import check, using_answers
from tplib.plots.convolution import maps, matrix, measured_fields, shifted_accuracies
from tplib.plots.training import LiveCurve

np.set_printoptions(precision=3, suppress=True)
torch.set_num_threads(1)

# %% [markdown]
# **Notation.** A batch of images is `x` (B, C, H, W): B images, C channels (*canaux*), H rows, W columns. In this
# notebook H is a height, not a number of hidden units. The weights of a convolution are (O, C, kh, kw): O filters,
# each with a kernel of kh rows and kw columns for each channel. A batch of texts is `words` (B, T).

# %% [markdown]
# ## 1. A kernel slides over an image
#
# Lay a small grid of weights, the kernel (*noyau*), on the image. Multiply each weight by the pixel under it and add
# up: one number. Move the kernel by one pixel and do it again. All these numbers together are a feature map (*carte de
# caractéristiques*). This is a convolution (*convolution*). With $z$ for the map and indices that start at 0:
#
# $$z(i, j) = \sum_{u=0}^{k_h - 1} \sum_{v=0}^{k_w - 1} \text{image}(i + u,\, j + v)\; \text{kernel}(u, v)$$
#
# The kernel below has -1 on its left and +1 on its right. Where will the map be above 0, where below, and where 0?
# Guess, then move the window.

# %%
plots.explore_kernel()

# %% [markdown]
# The kernel answers at upright edges: above 0 where it becomes darker towards the right, below 0 where it becomes
# lighter, and 0 where nothing changes from left to right. A kernel is a *detector* of one small thing, at every place.
#
# ### Exercise
#
# The map has one number for each place where the **whole** kernel lies on the image, so it is smaller than the image.
# The kernel stands as it is: `kernel[0, 0]` meets the pixel at the top left of the window. (Mathematicians turn it
# round first. What all libraries of deep learning compute is, strictly, a cross-correlation (*corrélation croisée*);
# the weights are learned, so it does not matter.)


# %%
def conv2d_single(image, kernel):
    """The map of one kernel on one image with one channel.

    image: (H, W)
    kernel: (kh, kw), at most as large as the image; it need not be square
    Returns the map, an array (H - kh + 1, W - kw + 1).
    """
    ### BEGIN SOLUTION
    kh, kw = kernel.shape
    z = np.empty((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i, j in np.ndindex(z.shape):
        z[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return z
    ### END SOLUTION


# %% [markdown]
# Three kernels made by hand, on a digit of 28 x 28 pixels.

# %% alt="A digit 6 and its maps by three kernels: upright edges mark its left and right rims in opposite colours, level edges its upper and lower ones, blur gives a soft copy."
mnist = data.load("mnist-5k")
digit = mnist.train.x[20].reshape(28, 28).astype(np.float64)
upright = np.array([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]])
by_hand = {"upright edges": upright, "level edges": upright.T, "blur": np.ones((3, 3)) / 9}
with using_answers():
    found = [conv2d_single(digit, kernel) for kernel in by_hand.values()]
    print("image", digit.shape, "-> map", found[0].shape)
    maps([digit, *found], ["image", *by_hand], grey=1)

# %% [markdown]
# *Figure 1. A digit and its maps: violet above 0, orange below 0, white at 0.*
#
# Each edge kernel sees the strokes that run in its own direction, once on each side: one side violet, the other
# orange.
#
# ### A kernel can be learned
#
# Nobody makes kernels by hand today. Suppose that you have images and the maps that you *want*, and no kernel. Start
# from noise and descend on the squared error. What will the nine numbers become?

# %%
with using_answers():
    wanted = torch.tensor(
        np.stack([conv2d_single(x.reshape(28, 28), upright) for x in mnist.train.x[:20]])
    )
    torch.manual_seed(0)
    layer = nn.Conv2d(1, 1, 3, bias=False).double()
    inputs = torch.tensor(mnist.train.x[:20]).double().reshape(-1, 1, 28, 28)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.05)
    for step in range(201):
        loss = ((layer(inputs)[:, 0] - wanted) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(f"step {step:3}: loss {loss.item():.6f}")
    print(layer.weight.detach().numpy()[0, 0])

# %% [markdown]
# The edge kernel came back, from examples alone. In a network there are not even wanted maps: the loss at the end of
# the network says what the kernels should look for.

# %% [markdown]
# ## 2. Many channels, padding, stride
#
# A colour image has three channels, and each layer of a network gives as many channels as it has filters. Three things
# are new:
#
# - **Channels.** A filter (*filtre*) has a kernel for *each* channel. All products are added up, so one filter gives
#   one map, whatever the number of channels. O filters give O maps. Each filter has one bias (*biais*), the same for
#   its whole map.
# - **Padding** (*remplissage*). Zeros around the image, `padding` of them on each of its four sides, in each channel.
#   A kernel of 3 with padding 1 keeps the size. Without padding (the lecture's "valid") the map shrinks.
# - **Stride** (*pas*). The window moves by `stride` pixels from place to place, in both directions. Pixels that are
#   left over at the right and at the bottom have no window of their own.
#
# ### Exercise
#
# How many places has a kernel along one axis? Let `size` pixels have `padding` zeros on both sides. The first window
# begins at the first zero. Only windows that fit entirely count.


# %%
def output_size(size, kernel_size, stride=1, padding=0):
    """The number of places of a kernel along one axis.

    size: number of pixels; with its padding it is at least kernel_size
    kernel_size, stride: whole numbers, at least 1
    padding: number of zeros on each of both sides, a whole number, at least 0
    Returns a whole number.
    """
    ### BEGIN SOLUTION
    return (size + 2 * padding - kernel_size) // stride + 1
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    for case in [(28, 5, 1, 0), (28, 3, 1, 1), (28, 2, 2, 0), (7, 2, 2, 0), (224, 7, 2, 3)]:
        size, kernel, stride, padding = case
        print(
            f"{size:3} pixels, kernel {kernel}, stride {stride}, padding {padding}:"
            f" {output_size(*case)} places"
        )

# %% [markdown]
# ### Exercise
#
# Now all of it. With $s$ for the stride, and $x$ with its border of zeros:
#
# $$z(b, o, i, j) = \text{bias}(o) + \sum_{c, u, v} x(b, c,\, s\,i + u,\, s\,j + v)\; \text{weight}(o, c, u, v)$$


# %%
def conv2d(x, weight, bias, stride=1, padding=0):
    """A layer of filters on a batch of images.

    x: images (B, C, H, W)
    weight: filters (O, C, kh, kw), at most as large as the images with their padding
    bias: (O,)
    stride: step of the window in both directions, a whole number, at least 1
    padding: zeros on each of the four sides, a whole number, at least 0
    Returns the maps (B, O, Ho, Wo); Ho and Wo are the output sizes of H and W.
    """
    ### BEGIN SOLUTION
    B, _, H, W = x.shape
    number, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho, Wo = (H + 2 * padding - kh) // stride + 1, (W + 2 * padding - kw) // stride + 1
    z = np.empty((B, number, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        z[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3])) + bias
    return z
    ### END SOLUTION


# %% tags=["compare"]
rng = np.random.default_rng(0)
x, weight, bias = (
    rng.normal(size=(2, 3, 8, 9)),
    rng.normal(size=(4, 3, 3, 2)),
    rng.normal(size=4),
)
theirs = nn.functional.conv2d(*map(torch.from_numpy, (x, weight, bias)), stride=2, padding=1)
with using_answers():
    mine = conv2d(x, weight, bias, stride=2, padding=1)
    print("shape", mine.shape, "  equal to PyTorch's:", np.allclose(mine, theirs))

# %% [markdown]
# ### Find the slide's mistake: one index, two jobs
#
# Lecture 003, "Parameter sharing", prints
#
# $$S(i, j) = (I \star K)(i, j) = \sum_{l, j} I(i + k,\, j + l)\, K(k, l)$$
#
# Which letter has two meanings? Which letter of the right side is summed nowhere? And the slide on many channels says
# that $V$ and $Z$ "have the same dimensions". When is this true? Use `conv2d` for a counter-example.

# %% tags=["compare"]
with using_answers():
    for padding in (0, 1):
        z = conv2d(np.ones((1, 3, 6, 6)), np.ones((8, 3, 3, 3)), np.zeros(8), padding=padding)
        print(f"padding {padding}: V has shape (3, 6, 6), Z has", z.shape[1:])

# %% [markdown]
# <details><summary>Answer</summary>
#
# $j$ is the column of the result *and* an index of the sum; $k$ is summed nowhere. The sum must run over $k$ and $l$,
# the places in the kernel: $\sum_{k, l} I(i + k, j + l)\, K(k, l)$. And $V$ and $Z$ both have three axes, but the same
# *sizes* only with the right padding, stride 1, and as many filters as channels.
#
# </details>
#
# ### At home: a convolution is a matrix, and a sparse one
#
# A convolution is linear in $x$: so it is a product with some matrix $A$, if one writes image and map as long rows of
# numbers. Which one? Column $n$ of $A$ is what comes out if only pixel $n$ is 1.

# %% alt="The matrix of a convolution, 9 rows and 16 columns: each row has the same four numbers, one place further to the right than in the row above, and all else is 0."
small_kernel = np.array([[1.0, 2.0], [-1.0, -2.0]])
with using_answers():
    ones = np.eye(16).reshape(16, 4, 4)
    A = np.stack([conv2d_single(one, small_kernel).ravel() for one in ones], axis=1)
    print(
        "A has shape",
        A.shape,
        "and",
        np.count_nonzero(A),
        "of",
        A.size,
        "numbers that are not 0",
    )
    matrix(A, "a kernel of 2 x 2 on an image of 4 x 4")

# %% [markdown]
# *Figure 2. The matrix of a convolution. Each row has the same four numbers, moved along.*
#
# A dense layer would learn all 144 numbers. Here most are 0 (**sparse interactions**: a number of the map knows only
# the pixels under its window), and the others are the same four again and again (**parameter sharing**, *partage des
# poids*).
#
# ### At home: backward
#
# For a layer $z = A x$ the gradient goes back with the transpose: $dx = A^\top dz$. In other words, each product
# $x \cdot w$ of the forward pass sends something to both of its sides: $dz \cdot w$ to the pixel, and $dz \cdot x$ to
# the weight. A pixel lies in many windows, a weight is used at every place and for every image: all that arrives adds
# up.
#
# ### Exercise
#
# `grad` is the gradient of the loss for the maps. Nothing is averaged: if the loss is a mean, `grad` holds the
# division. `x` comes without its padding, and `dx` has the shape of `x`. The bias itself is not needed.


# %%
def conv2d_backward(grad, x, weight, stride=1, padding=0):
    """The gradients of conv2d.

    grad: gradient for the maps (B, O, Ho, Wo)
    x, weight, stride, padding: as they were given to conv2d
    Returns the tuple (dx, dweight, dbias), of the shapes of x, weight and bias (O,).
    """
    ### BEGIN SOLUTION
    kh, kw = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    d_padded, d_weight = np.zeros_like(padded), np.zeros_like(weight)
    for i, j in np.ndindex(grad.shape[2:]):
        place = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        g = grad[:, :, i, j]  # (B, O)
        d_weight += np.tensordot(g.T, padded[place], axes=1)
        d_padded[place] += np.tensordot(g, weight, axes=1)
    dx = d_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, d_weight, grad.sum(axis=(0, 2, 3))
    ### END SOLUTION


# %% [markdown]
# A test that needs no library and no small steps. For every $x$ and $y$, a matrix and its transpose obey
#
# $$\langle A x,\, y \rangle = \langle x,\, A^\top y \rangle$$
#
# Draw $x$ and $y$ at random. Left: convolve $x$ (no bias), multiply by $y$, add up. Right: send $y$ back, multiply by
# $x$, add up. One wrong index, and the two differ. For the weights, in which $z$ is linear as well, it works in the
# same way.

# %%
with using_answers():
    for stride, padding in [(1, 0), (2, 1), (3, 2)]:
        z = conv2d(x, weight, np.zeros(4), stride, padding)
        y = rng.normal(size=z.shape)
        dx, dweight, _ = conv2d_backward(y, x, weight, stride, padding)
        print(
            f"stride {stride}, padding {padding}:  <Ax, y> = {np.sum(z * y):.10f}"
            f"   <x, A'y> = {np.sum(x * dx):.10f}   <w, ...> = {np.sum(weight * dweight):.10f}"
        )

# %% [markdown]
# ## 3. What does it cost?
#
# A dense layer (*couche dense*) that makes the same maps from the same image joins every output to every pixel of
# every channel, with a weight of its own, and has a bias for every output. Guess: for an image of 28 x 28 pixels and 8
# filters of 3 x 3, how many times as many parameters has it?
#
# ### Exercise
#
# No padding, stride 1; both layers have biases.


# %%
def count_parameters(in_channels, out_channels, kernel_size, image_size):
    """The number of parameters of a convolution, and of a dense layer in its place.

    in_channels, out_channels: C and O
    kernel_size: the pair (kh, kw)
    image_size: the pair (H, W)
    Returns the pair (of the convolution, of a dense layer with as many outputs as it).
    """
    ### BEGIN SOLUTION
    (kh, kw), (H, W) = kernel_size, image_size
    outputs = out_channels * (H - kh + 1) * (W - kw + 1)
    convolution = out_channels * in_channels * kh * kw + out_channels
    return convolution, in_channels * H * W * outputs + outputs
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    for case in [
        (1, 8, (3, 3), (28, 28)),
        (3, 64, (5, 5), (32, 32)),
        (3, 64, (5, 5), (224, 224)),
    ]:
        convolution, dense = count_parameters(*case)
        print(f"{case!s:30}  convolution {convolution:6,}   dense {dense:19,}")

# %% [markdown]
# The convolution's number does not depend on the size of the image at all. That is parameter sharing: what was learned
# at one place is known at all places.

# %% [markdown]
# ## 4. Pooling: a summary of each window
#
# Lecture 003: a layer of a convolutional network has three stages: convolution, then a **detector** (an activation
# function, mostly ReLU), then **pooling** (*sous-échantillonnage*). Pooling also slides a window, over each channel by
# itself, and keeps one number of what it sees. It has nothing to learn.
#
# ### Exercise
#
# Max pooling keeps the largest number. The window is a square, and if no stride is given (`None`), windows touch:
# the stride is `kernel_size`. There is no padding; only windows that fit count.


# %%
def max_pool2d(x, kernel_size, stride=None):
    """The largest number of each window.

    x: images (B, C, H, W)
    kernel_size: side of the window, a whole number, at least 1
    stride: step of the window, a whole number, at least 1; None stands for kernel_size
    Returns (B, C, Ho, Wo).
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[
            :, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size
        ]
        z[:, :, i, j] = window.max(axis=(2, 3))
    return z
    ### END SOLUTION


# %% [markdown]
# What is it good for? Move the digit to the right by one pixel. How many numbers of the edge map change, and how many
# of the pooled map?

# %%
with using_answers():
    first = np.maximum(conv2d_single(digit, upright), 0)
    moved = np.maximum(conv2d_single(np.roll(digit, 1, axis=1), upright), 0)
    for name, pool in {
        "edge map": 1,
        "pooled by 2": 2,
        "pooled by 4": 4,
        "pooled by 8": 8,
    }.items():
        before, after = (max_pool2d(z[None, None], pool)[0, 0] for z in (first, moved))
        change = np.abs(before - after).sum() / np.abs(before).sum()
        print(f"{name:12} {str(before.shape):9} changes by {change:4.0%} of its size")

# %% [markdown]
# The larger the window, the less the map changes: pooling makes a network nearly **invariant** (*invariant*) to small
# shifts. The price is that it no longer knows *where* exactly. And a window as large as the whole map gives one number
# for each channel, whatever the size of the image: so one network reads images of all sizes, and texts of all lengths.
#
# Now a whole network, against a dense one, on 4,000 digits of MNIST. PyTorch has the layers that you wrote. How many
# numbers reach the last layer?


# %% tags=["readonly"]
def image_tensors(part):
    return torch.from_numpy(part.x).reshape(-1, 1, 28, 28), torch.from_numpy(part.y)


train_images, test_images = image_tensors(mnist.train), image_tensors(mnist.test)


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),  # 28 -> 24 -> 12
        nn.Conv2d(8, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),  # 12 -> 8 -> 4
        nn.Flatten(),
        nn.Linear(16 * 4 * 4, 10),
    )


def dense():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))


def train(model, x, y, epochs, lr, size, seed, after_epoch=None):
    """Adam on the cross-entropy; after_epoch(mean loss) is called after each epoch."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x), generator=generator).split(size):
            loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        if after_epoch:
            after_epoch(total / len(x))


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


# %% [markdown]
# Three seeds each, four epochs. Then the harder question: the same networks, never trained again, on test digits that
# were moved to the right by 1, 2, 3 pixels.

# %% alt="Accuracy against the shift of the test digits: the convolutional network goes from 96 to 69 % at three pixels, the dense one from 92 to 45 %."
shifts = [0, 1, 2, 3]
results = {}
for name, make in {"convolutional network": cnn, "dense network": dense}.items():
    runs = []
    for seed in range(3):
        torch.manual_seed(seed)
        model = make()
        train(model, *train_images, epochs=4, lr=0.003, size=50, seed=seed)
        x_test, y_test = test_images
        runs.append([accuracy(model, torch.roll(x_test, by, dims=3), y_test) for by in shifts])
        if name == "convolutional network" and seed == 0:
            digit_cnn = model
    results[name] = np.array(runs).T  # (shifts, seeds)
    count = sum(p.numel() for p in model.parameters())
    words = "  ".join(
        f"{by}: {100 * row.mean():.1f} %"
        for by, row in zip(shifts, results[name], strict=True)
    )
    print(f"{name:22} {count:6,} parameters   shift {words}")
shifted_accuracies(shifts, results)

# %% [markdown]
# *Figure 3. Test accuracy on digits that were moved to the right: means of three seeds, the bars span them.*
#
# With about an eighth of the parameters the convolutional network makes about half as many mistakes, and it bears a
# shift better. But it is not invariant: a shift of three pixels costs it, too, much of its accuracy. Pooling forgives
# one or two pixels; the last, dense layer still knows where a feature should be. (MNIST's digits are all centred:
# nothing in training says that they could be elsewhere.)
#
# Here are the kernels that the first layer learned, and what they make of the digit.

# %% alt="Eight learned kernels of 5 by 5, in which hardly a form can be seen, and the map of the digit 6 by each: some mark its left rim, others its right one or its strokes."
with torch.no_grad():
    first_layer = digit_cnn[:2](torch.from_numpy(digit).float()[None, None])[0].numpy()
learned = list(digit_cnn[0].weight.detach().numpy()[:, 0])
maps(
    [*learned, *first_layer],
    [f"kernel {o}" for o in range(8)] + [f"map {o}" for o in range(8)],
)

# %% [markdown]
# *Figure 4. Eight learned kernels of 5 x 5, and their maps of the digit after ReLU.*
#
# Nobody told them what to look for. Most have a violet side and an orange one: edge detectors, each with its own
# direction. This is the first layer of nearly every network that was ever trained on images.
#
# ### At home: the gradient of a maximum
#
# ### Exercise
#
# $z$ is one of the pixels of its window, so it moves with this pixel and with no other: the gradient of a window goes
# to the place of its largest number, whole. Two rules:
#
# - **Ties** (*ex æquo*). On the black border of a digit all pixels of a window are equal. PyTorch gives all to the
#   **first** place that holds the largest number, row by row from the top, each row from the left. Do the same. Only
#   numbers that are exactly equal are a tie.
# - **Overlaps.** With a stride below `kernel_size` a pixel may be the largest of several windows. Then their gradients
#   add up.


# %%
def max_pool2d_backward(grad, x, kernel_size, stride=None):
    """The gradient of max_pool2d for its input.

    grad: gradient for the pooled maps (B, C, Ho, Wo)
    x, kernel_size, stride: as they were given to max_pool2d
    Returns dx (B, C, H, W).
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    dx = np.zeros_like(x)
    for b, c, i, j in np.ndindex(grad.shape):
        top, left = i * stride, j * stride
        window = x[b, c, top : top + kernel_size, left : left + kernel_size]
        u, v = np.unravel_index(window.argmax(), window.shape)
        dx[b, c, top + u, left + v] += grad[b, c, i, j]
    return dx
    ### END SOLUTION


# %% tags=["compare"]
with using_answers():
    flat = np.zeros((1, 1, 3, 5))
    flat[0, 0, 1, 2] = 7
    ones = np.ones((1, 1, 1, 3))
    print("windows of 3, stride 1, over", flat[0, 0], sep="\n")
    print("each sends back 1:", max_pool2d_backward(ones, flat, 3, 1)[0, 0], sep="\n")
    print("the same over zeros:", max_pool2d_backward(ones, 0 * flat, 3, 1)[0, 0], sep="\n")

# %% [markdown]
# ### At home: three more summaries
#
# The lecture names an average, an $L^2$ norm, and an average weighted by the distance from the middle.
#
# ### Exercise
#
# **Average pooling.** `padding` zeros stand on all four sides, and they count as pixels, as in PyTorch: every window
# is divided by `kernel_size` squared.


# %%
def avg_pool2d(x, kernel_size, stride=None, padding=0):
    """The mean of each window.

    x: images (B, C, H, W)
    kernel_size, stride: as for max_pool2d
    padding: zeros on each of the four sides, a whole number, at most half of kernel_size
    Returns (B, C, Ho, Wo).
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho, Wo = ((n - kernel_size) // stride + 1 for n in x.shape[2:])
    z = np.empty((*x.shape[:2], Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[
            :, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size
        ]
        z[:, :, i, j] = window.mean(axis=(2, 3))
    return z
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# **Norm pooling.** With $p$ for `norm_type`, any number from 1: $\big(\sum |x|^p\big)^{1/p}$ over the window. With
# $p = 1$ it is the sum of the sizes, and the larger $p$, the nearer it comes to the largest size. (PyTorch leaves the
# bars out, so that $p = 3$ gives nan for a window of negative numbers. Keep them.)


# %%
def lp_pool2d(x, norm_type, kernel_size, stride=None):
    """The p-norm of each window.

    x: images (B, C, H, W)
    norm_type: p, a number, at least 1
    kernel_size, stride: as for max_pool2d
    Returns (B, C, Ho, Wo).
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[
            :, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size
        ]
        z[:, :, i, j] = (np.abs(window) ** norm_type).sum(axis=(2, 3)) ** (1 / norm_type)
    return z
    ### END SOLUTION


# %% [markdown]
# ### Exercise
#
# **Weighted pooling.** The pixel in row $u$ and column $v$ of the window lies at a distance $d$ from its middle $m$:
#
# $$d^2 = (u - m)^2 + (v - m)^2 \quad\text{with}\quad m = \frac{\text{kernel\_size} - 1}{2}$$
#
# $$\text{weight}(u, v) = \frac{e^{-d^2 / (2 \sigma^2)}}{\text{sum of all these over the window}}$$
#
# With an even `kernel_size` the middle lies between pixels. The weights of a window add up to 1, so an image of one
# colour keeps its colour.


# %%
def weighted_pool2d(x, kernel_size, stride=None, sigma=1.0):
    """The mean of each window, weighted by the distance from its middle.

    x: images (B, C, H, W)
    kernel_size, stride: as for max_pool2d
    sigma: how fast the weights fall, a number above 0, in pixels
    Returns (B, C, Ho, Wo).
    """
    ### BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    squares = (np.arange(kernel_size) - (kernel_size - 1) / 2) ** 2
    weights = np.exp(-(squares[:, None] + squares) / (2 * sigma**2))
    weights = weights / weights.sum()
    B, C, H, W = x.shape
    Ho, Wo = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    z = np.empty((B, C, Ho, Wo))
    for i, j in np.ndindex(Ho, Wo):
        window = x[
            :, :, i * stride : i * stride + kernel_size, j * stride : j * stride + kernel_size
        ]
        z[:, :, i, j] = (window * weights).sum(axis=(2, 3))
    return z
    ### END SOLUTION


# %% alt="The digit 6 and four kinds of pooling to small grids: max keeps every dark stroke, average and weighted pooling give greys, the norm lies between."
with using_answers():
    one = digit[None, None]
    pooled = {
        "image": one,
        "max": max_pool2d(one, 4),
        "average": avg_pool2d(one, 4),
        "norm, p = 2": lp_pool2d(one, 2, 4),
        "weighted": weighted_pool2d(one, 4),
    }
    maps([z[0, 0] for z in pooled.values()], list(pooled), grey=5)

# %% [markdown]
# *Figure 5. Four summaries of the same windows of 4 x 4 pixels. Each picture has its own scale of grey.*
#
# The maximum keeps every stroke that touches a window at full strength; the averages keep how much of the window it
# fills. And backward? The average and the weighted average are convolutions with a fixed kernel, one channel at a
# time: each pixel gets its window's gradient times its weight. You have written this already: it is the `dx` of
# `conv2d_backward`. For the norm, $\partial z / \partial x = \operatorname{sign}(x)\, (|x| / z)^{p-1}$: the larger a
# pixel, the larger its share, and in the limit of large $p$ the largest one takes all.

# %% [markdown]
# ## 5. A convolution over words
#
# A text is a grid, too: time in one direction, the numbers of the embeddings (*plongements*) in the other. A kernel
# covers $k$ words and **all** numbers of their embeddings, so it slides in one direction only: `nn.Conv1d`, with the
# numbers of an embedding as channels. A filter of $k = 2$ is a detector of bigrams: it answers to similar words in a
# similar way, which a table of bigrams cannot do. The strongest answer over all places, max pooling **over time**,
# says whether there is such a bigram anywhere in the text.
#
# $$\text{words (B, T)} \to \text{embeddings (B, T, D)} \to \text{transposed (B, D, T)}$$
#
# $$\text{for each } k\text{: one map (B, F, T - k + 1)} \to \text{ReLU} \to \text{largest over time (B, F)}$$
#
# The features of all kernel sizes stand side by side, in the order of `kernel_sizes`, and a linear layer makes scores
# of them.
#
# - `nn.Conv1d` wants its channels **before** time: transpose. If you forget it and T happens to be D, no error is
#   raised.
# - Word 0 is padding. Its embedding starts at zero and stays there: `nn.Embedding(..., padding_idx=0)`. It stands at
#   the end of short texts; apart from that it is read like any other word.
# - A text shorter than the longest kernel would crash. Fill it up with word 0 at its end, until it is as long as the
#   longest kernel.
# - After the linear layer: nothing. No dropout anywhere, no padding in the convolutions.
# - Its parameters are those of one `nn.Embedding`, one `nn.Conv1d` for each of `kernel_sizes`, and one `nn.Linear`,
#   all with their biases, where they have one. Leave the tensor of words as it is.
#
# ### Exercise


# %%
class TextCNN(nn.Module):
    """A convolutional network over the words of a text.

    num_words: number of embeddings, word 0 (padding) included
    embedding_dim: length D of an embedding
    num_filters: number F of filters for each kernel size
    kernel_sizes: list of one or more different whole numbers, such as [1, 2, 3]
    num_classes: number K of scores
    """

    def __init__(self, num_words, embedding_dim, num_filters, kernel_sizes, num_classes):
        super().__init__()
        ### BEGIN SOLUTION
        self.longest = max(kernel_sizes)
        self.embedding = nn.Embedding(num_words, embedding_dim, padding_idx=0)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(embedding_dim, num_filters, k) for k in kernel_sizes
        )
        self.linear = nn.Linear(num_filters * len(kernel_sizes), num_classes)
        ### END SOLUTION

    def forward(self, words):
        """Scores (B, K) of texts: words (B, T), int64, T >= 1."""
        ### BEGIN SOLUTION
        missing = self.longest - words.shape[1]
        if missing > 0:
            words = nn.functional.pad(words, (0, missing))
        e = self.embedding(words).transpose(1, 2)  # (B, D, T)
        strongest = [torch.relu(conv(e)).max(dim=2).values for conv in self.convolutions]
        return self.linear(torch.cat(strongest, dim=1))
        ### END SOLUTION


# %% [markdown]
# The film reviews of TP5 and TP6 again: class 1 is positive. Words that occur once in the training set share number 1.

# %% tags=["readonly"]
snippets = data.load("snippets")


def tokens(text):
    return re.findall(r"[a-z0-9']+", text.lower())


counts = Counter(word for text in snippets.train.texts for word in tokens(text))
vocabulary = ["", "?"] + [word for word, count in counts.most_common() if count > 1]
numbers = {word: i for i, word in enumerate(vocabulary)}


def encode(texts):
    """Texts as one tensor of word numbers (B, T), 0 after the end of a text."""
    rows = [
        torch.tensor([numbers.get(word, 1) for word in tokens(text)] or [1]) for text in texts
    ]
    return nn.utils.rnn.pad_sequence(rows, batch_first=True)


all_words, all_labels = encode(snippets.train.texts), torch.from_numpy(snippets.train.labels)
order = torch.randperm(len(all_words), generator=torch.Generator().manual_seed(0))
held_out, kept = order[:1000], order[1000:]
validation_texts = all_words[held_out], all_labels[held_out]
train_texts = all_words[kept], all_labels[kept]
test_texts = encode(snippets.test.texts), torch.from_numpy(snippets.test.labels)
print(f"{len(vocabulary):,} words, {len(kept):,} training texts")
print(f"the longest has {all_words.shape[1]} words")

# %%
with using_answers():
    torch.manual_seed(0)
    text_model = TextCNN(len(vocabulary), 32, 16, [1, 2, 3], 2)
    curve = LiveCurve(6, "film reviews")

    def add_to_curve(loss):
        curve.add(loss, accuracy(text_model, *validation_texts))

    train(text_model, *train_texts, 6, lr=0.008, size=64, seed=0, after_epoch=add_to_curve)

# %% [markdown]
# *Figure 6. The loss falls towards 0; after the third epoch the validation accuracy rises little more.*

# %%
with using_answers("text_model"):
    print(f"test accuracy: {100 * accuracy(text_model, *test_texts):.1f} %")

# %% [markdown]
# This is *not* better than a linear model on TF-IDF counts (80.6 % in TP5), nor than the mean of n-gram embeddings of
# TP6. 7,000 sentences are few for embeddings that start from nothing, and what decides here is mostly single words.
# What the network does have: each feature is one filter, and one can ask it what it looks for.
#
# For each filter, the n-gram of the *validation* texts to which it answers most, and the difference of its two weights
# in the last layer: above 0 it speaks for "positive". Before you run the cell: what would you expect from a filter of
# $k = 2$ with a large weight?


# %%
def strongest_ngrams(model, words, best=3):
    """For each filter: weight for positive minus negative, k, strongest n-grams."""
    layers = list(model.modules())
    embedding = next(layer for layer in layers if isinstance(layer, nn.Embedding))
    weight = next(layer.weight for layer in layers if isinstance(layer, nn.Linear)).detach()
    convolutions = [layer for layer in layers if isinstance(layer, nn.Conv1d)]
    convolutions.sort(key=lambda layer: layer.kernel_size)
    rows = []
    with torch.no_grad():
        e = embedding(words).transpose(1, 2)
        for n, conv in enumerate(convolutions):
            k = conv.kernel_size[0]
            answers = torch.relu(conv(e))  # (B, F, T - k + 1)
            whole = words.unfold(1, k, 1)  # (B, T - k + 1, k)
            answers = answers * (whole > 0).all(dim=2)[:, None]  # n-grams without padding
            for f in range(answers.shape[1]):
                place = n * answers.shape[1] + f
                found = []
                for flat in answers[:, f].flatten().argsort(descending=True).tolist():
                    b, t = divmod(flat, answers.shape[2])
                    text = " ".join(vocabulary[word] for word in whole[b, t])
                    if text not in found:
                        found.append(text)
                    if len(found) == best:
                        break
                rows.append(((weight[1, place] - weight[0, place]).item(), k, found))
    return sorted(rows)


with using_answers("text_model"):
    rows = strongest_ngrams(text_model, validation_texts[0])
    for difference, k, found in rows[:5] + rows[-5:]:
        print(f"{difference:6.2f}   k = {k}   {' | '.join(found)}")

# %% [markdown]
# The filters at the top speak for "negative", those at the bottom for "positive". Read their n-grams: mostly one
# strong word with anything beside it. So a filter over three words often does the work of a filter over one, and that
# is why this network is no better than a bag of words. Some n-grams make no sense: they are what 7,000 sentences
# learned by heart look like.

# %% [markdown]
# ## 6. At home: how far does a unit see?
#
# A unit of the second layer sees a few units of the first, and each of these sees a few pixels. The pixels that can
# change a unit at all are its receptive field (*champ récepteur*). Edit the stack, and find out: what does a stride do
# to the layers *behind* it? How many layers of 3 with stride 1 see as much as one of 9?

# %%
plots.explore_field()

# %% [markdown]
# ### Exercise
#
# Along one axis, from the first pixel of the field to the last one. A first layer of kernel size $k_1$ sees $k_1$
# pixels. Each further layer adds $k - 1$ *steps* of the layer below, and such a step is as long, in pixels, as the
# product of the strides of **all layers before**:
#
# $$r = 1 + \sum_{l} (k_l - 1) \prod_{m < l} s_m$$
#
# Pooling counts as a layer like any other. Without layers, a pixel sees itself: 1.


# %%
def receptive_field(layers):
    """The number of pixels, along one axis, that one unit of the last layer sees.

    layers: list of pairs (kernel size, stride), the layer next to the image first; may be
        empty
    Returns a whole number.
    """
    ### BEGIN SOLUTION
    field, step = 1, 1
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step *= stride
    return field
    ### END SOLUTION


# %% [markdown]
# Does the formula hold for the digit network, and is it the whole truth? Measure it: take one unit in the middle, go
# backward from it alone, and look at which pixels the gradient is not 0. Three stacks: one of five plain layers with
# random weights (mean over 200 draws), the same with strides of 2, and our network on 200 digits (the unit is one of
# its last maps).


# %% alt="The gradient of one unit by pixel, in three stacks. Five plain layers: a bell over 11 pixels. With strides of 2: 63 pixels, in irregular peaks. The digit network: a bell over 16. Dotted lines mark where the formula says that it ends: there it does."
def measured(make, x, repeat):
    """Mean size of the gradient of one unit, for each column of pixels that it sees."""
    total = 0
    for seed in range(repeat):
        torch.manual_seed(seed)
        given = x.clone().requires_grad_()
        z = make()(given)
        z[:, :, z.shape[2] // 2, z.shape[3] // 2].sum().backward()
        total = total + given.grad.abs().sum(dim=(0, 1)).double()  # (H, W)
    along = total.sum(dim=0).numpy()
    seen = np.flatnonzero(along)
    return along[seen[0] : seen[-1] + 1]


def stack(stride):
    return nn.Sequential(*[nn.Conv2d(1, 1, 3, stride, bias=False) for _ in range(5)])


with using_answers():
    digits = test_images[0][:200]
    gradients = {
        "5 layers, stride 1": measured(lambda: stack(1), torch.ones(1, 1, 15, 15), 200),
        "5 layers, stride 2": measured(lambda: stack(2), torch.ones(1, 1, 95, 95), 200),
        "the digit network": measured(lambda: digit_cnn[:6], digits, 1),
    }
    layers = [[(3, 1)] * 5, [(3, 2)] * 5, [(5, 1), (2, 2), (5, 1), (2, 2)]]
    fields = dict(zip(gradients, map(receptive_field, layers), strict=True))
    for name, along in gradients.items():
        outer = 1 - along[len(along) // 4 : len(along) - len(along) // 4].sum() / along.sum()
        print(
            f"{name:20} formula {fields[name]:3}   measured {len(along):3}"
            f"   outer half: {outer:.0%} of the gradient"
        )
    measured_fields(gradients, fields)

# %% [markdown]
# *Figure 7. Size of the gradient at each pixel, for one unit. Dotted: the receptive field by the formula.*
#
# The measured field ends where the formula says. But inside it the gradient is far from equal: many ways lead from the
# middle to the unit, few from the ends. If all pixels counted alike, the outer half of them would have 50 % of the
# gradient. It has 13 % in the plain stack, 26 % in the digit network, and 38 % with strides of 2, where fewer ways
# meet. What a unit *effectively* sees is smaller than what it *can* see.
#
# **More to try.** Add a third convolution to `cnn` and work out the shapes first. Replace both `MaxPool2d` by a stride
# of 2 in the convolutions: what happens to accuracy and to shifts? Train with digits that are moved at random by up to
# 3 pixels.

# %% [markdown]
# ## 7. What to remember
#
# - A convolution is a sum of products under a window that slides: one filter, one map. All channels are summed.
# - $\lfloor (n + 2p - k) / s \rfloor + 1$ places along an axis; the number of parameters does not depend on the image.
# - A convolution is a sparse matrix with shared numbers. Backward is its transpose: everything that was multiplied
#   gets its share, and shares add up. $\langle Ax, y \rangle = \langle x, A^\top y \rangle$ tests it.
# - Max pooling sends the gradient to the first largest pixel; the other poolings share it out.
# - Pooling makes a network less sensitive to small shifts, not insensitive; pooling over everything takes inputs of
#   any size.
# - The receptive field grows with kernels, and with the strides before them; most of its weight lies in the middle.
# - Over words: (B, D, T), kernels as long as n-grams, the maximum over time. One can read what a filter looks for.
#
# Next: *2_recurrent*, networks that read a sequence word by word and remember.
