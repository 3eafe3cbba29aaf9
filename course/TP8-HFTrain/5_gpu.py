# %% [markdown]
# # A GPU, used well
#
# *TP8, notebook 5 of 5*
#
# **Aim.** The lecture says it in three words: *GPU computing*. Here you write what a program on a GPU needs, and what
# people get wrong there: choosing the device, moving the data, timing honestly, training with short floats, and not
# filling the memory.
#
# **No GPU?** None is needed. All code runs on a CPU and is the same on a GPU; where the difference matters, a device is
# pretended, or figures of a real one are shown and said to be so.
#
# **Time.** 35 minutes in the session, 25 at home. The session does sections 1 to 5. At home: sections 6 (the largest
# batch, 10 minutes), 7 (loading, 5) and 8 (several processes, 10). Section 9 sums up: read it in any case.
#
# **What is graded.** 4 exercises, 12 points, all in the session. Under each answer stands its check. Run it as often
# as you like: it says what is right, shows a small input on which your code is wrong, and holds hints that you unfold
# one by one. Your work is graded by the same check on other inputs.
#
# **Rules of the game.** Do not change what you are given (a training step changes the parameters and their gradients,
# the optimiser and the scaler, nothing else). A number that you return is a plain one, of Python or NumPy, not a tensor.
#
# Cells that use your answers wait politely until you have written them, so you can run the whole notebook at any
# time.

# %% tags=["readonly"]
import math
import time
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_sequence

from tplib import data
from tplib.gpu import choose_device, largest_batch, synchronize
from tplib.graders import check, using_answers

torch.set_num_threads(1)

# %% [markdown]
# ## 1. Which device?
#
# A GPU (*processeur graphique*) computes thousands of sums at a time, with a memory of its own. PyTorch calls the place
# where a tensor lies its **device** (*périphérique*): `cpu`; `cuda` for NVIDIA (and AMD); `mps` for Apple; `xpu` for
# Intel. A machine may hold several of one kind: `cuda:0`, `cuda:1`. This is how many yours has:


# %%
def devices_here():
    """How many devices of each kind PyTorch finds."""
    return {
        "cuda": torch.cuda.device_count(),
        "mps": int(torch.backends.mps.is_available()),
        "xpu": torch.xpu.device_count(),
    }


print(devices_here())
print(torch.device("cuda"), torch.device("cuda", 0), torch.device("cuda:0"))

# %% [markdown]
# A device is only a name: you can make one that is not there. **Predict**: is `torch.device("cuda")` equal to
# `torch.device("cuda:0")`? And which of both does a tensor on the first GPU say that it is on?

# %% tags=["compare"]
print(torch.device("cuda") == torch.device("cuda:0"))

# %% [markdown]
# They are not equal, and a tensor always says its number. Whoever compares `batch.device == torch.device("cuda")` gets
# `False` for a batch that lies just there. So we keep the number.
#
# Write the choice, for any machine:
#
# - `counts` says how many devices there are of `"cuda"`, `"mps"` and `"xpu"`, in any order; a kind that it does not
#   name has none.
# - `"auto"`, the default: number 0 of the first kind of **cuda, mps, xpu** that has one; the CPU if none has.
# - Anything else is a device that somebody asks for, by kind (`"cuda"`, which means number 0), by kind and number
#   (`"cuda:1"`), or `"cpu"`, which is always there. It is given if it is there. If it is not, raise a `ValueError`:
#   whoever asks for a GPU should not find out next week that the CPU did the work.
# - Returned is a `torch.device`, for a GPU with its number, for the CPU without: `cuda:0`, `cpu`.
#
# ### Exercise


# %%
def pick_device(counts, wanted="auto"):
    """The best device of a machine, or the one that is asked for.

    counts: dict from kind to number of devices, such as {"cuda": 2, "mps": 0}
    wanted: "auto", "cpu", a kind ("cuda") or a kind and number ("cuda:1")
    Returns a torch.device; raises ValueError if the wanted one is not there.
    """
    ### BEGIN SOLUTION
    if wanted == "auto":
        for kind in ("cuda", "mps", "xpu"):
            if counts.get(kind, 0) > 0:
                return torch.device(kind, 0)
        return torch.device("cpu")
    asked = torch.device(wanted)
    if asked.type == "cpu":
        return asked
    number = asked.index or 0
    if number >= counts.get(asked.type, 0):
        raise ValueError(f"there is no {wanted} here, only {counts}")
    return torch.device(asked.type, number)
    ### END SOLUTION


# %%
with using_answers():
    for counts in ({"cuda": 8}, {"cuda": 0, "mps": 1}, {}):
        print(f"{str(counts):22} -> {pick_device(counts)}")
    device = pick_device(devices_here())

# %% [markdown]
# `tplib.gpu.choose_device` does the same, tries the device with a first sum (one may be there and not work), and says
# why it chose:

# %%
print(choose_device())

# %% [markdown]
# ## 2. Moving a batch
#
# The model and the data must be on the same device. `module.to(device)` moves a module's parameters **in place**.
# `tensor.to(device)` returns a **new** tensor and leaves the old one: a line `x.to(device)` that uses nothing of what it
# returns does nothing.
#
# To see this without a GPU there is the device `meta`: its tensors have a shape and a dtype, but no values. **Predict**
# the three devices.

# %% tags=["compare"]
x = torch.ones(4, 3)
x.to("meta")
layer = nn.Linear(3, 2)
layer.to("meta")


class Scaled(nn.Module):
    """A layer, and a tensor that is only an attribute."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2)
        self.factor = torch.tensor(2.0)


print("tensor:", x.device, "  layer:", layer.weight.device)
print("attribute:", Scaled().to("meta").factor.device)

# %% [markdown]
# <details><summary>What to see here</summary>
#
# The tensor stayed, because its copy was thrown away; the layer moved. The attribute stayed as well: a module moves its
# parameters and its *buffers*. A tensor that is to move with it and does not learn is registered:
# `self.register_buffer("factor", torch.tensor(2.0))`.
#
# </details>
#
# A batch (*lot*) is rarely one tensor: a dictionary of tensors, a tuple with its labels, a named tuple with a list in it.
# Move all of it:
#
# - What has a **method `to` of its own** knows best how it is moved: `batch.to(device)`. That is a tensor, but also the
#   packed sequence of TP7, or what a tokeniser of Hugging Face returns.
# - A **dict**, **list**, **tuple** or **named tuple** comes back as a new one of the same kind, with each part moved in
#   the same way, to any depth.
# - **Anything else** (a number, a text, None) stays as it is.
# - The batch that you are given stays as it was.
#
# Mind the order. A packed sequence is a named tuple, too, and one of its parts must stay on the CPU.
#
# ### Exercise


# %%
def to_device(batch, device):
    """The same batch with its tensors on a device.

    batch: a tensor, or any nesting of dict, list, tuple and named tuple of anything
    device: a torch.device
    Returns a batch that is built like the given one.
    """
    ### BEGIN SOLUTION
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(to_device(value, device) for value in batch))
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(value, device) for value in batch)
    return batch
    ### END SOLUTION


# %%
Batch = namedtuple("Batch", "inputs labels")

with using_answers():
    words = pack_sequence([torch.tensor([5, 2, 7]), torch.tensor([4])])
    batch = Batch({"words": words, "source": "film reviews"}, torch.tensor([1, 0]))
    moved = to_device(batch, torch.device("meta"))
    print("labels:", moved.labels.device, "  words:", moved.inputs["words"].data.device)
    print("sizes of the packed words:", moved.inputs["words"].batch_sizes.device)
    print("source:", moved.inputs["source"], "  labels before:", batch.labels.device)

# %% [markdown]
# ## 3. Timing
#
# A GPU works on its own. A call such as `x @ y` only notes what is to be done, in a queue (*file d'attente*), and
# returns at once; the program goes on while the GPU computes. It waits only where it needs a value (`.item()`, `print`)
# or where one asks for it: `torch.cuda.synchronize()`.
#
# Your laptop may have no GPU, but it can do the same with a thread. This one takes work from a queue, and multiplies.


# %% tags=["readonly"]
class ThreadDevice:
    """Works off a queue beside the program, as a GPU does."""

    def __init__(self):
        self.pool, self.waiting = ThreadPoolExecutor(1), []

    def multiply(self, x, y):
        self.waiting.append(self.pool.submit(torch.matmul, x, y))

    def synchronize(self):
        while self.waiting:
            self.waiting.pop().result()


# %% [markdown]
# **Predict** what the two clocks say of one product of two 1500 x 1500 matrices.

# %%
gpu = ThreadDevice()
x = torch.randn(1500, 1500)

gpu.synchronize()
start = time.perf_counter()
gpu.multiply(x, x)
wrong = time.perf_counter() - start

gpu.synchronize()
start = time.perf_counter()
gpu.multiply(x, x)
gpu.synchronize()
right = time.perf_counter() - start

for name, seconds in {"does not wait": wrong, "waits": right}.items():
    rate = 2 * 1500**3 / seconds / 1e9
    print(f"the clock {name:14} {1000 * seconds:8.3f} ms  {rate:12,.0f} GFLOP/s")

# %% [markdown]
# The first number is a wonder: a thread that is a hundred times faster than itself. It tells how long it takes to *ask*. The same
# wonder on a real GPU, an NVIDIA H200 (measured for this course; `docs/benchmarks.md`), for a product of two 8192 x 8192
# matrices:
#
# | | time | 10¹² operations a second |
# |---|---:|---:|
# | first call, the clock does not wait | 80.8 ms | |
# | second call, the clock does not wait | 0.142 ms | 7,750: impossible |
# | first call, the clock waits | 102 ms | |
# | calls after a warm-up, the clock waits | 21.5 ms | 51.2 |
#
# So there are **two** traps. The clock must wait; and the first call also loads libraries and chooses algorithms: here it
# takes five times as long as those that follow.
#
# Write the honest timer. It gets the device's `synchronize` and the `clock` as arguments, so that it works for each
# device (and can be tested without one): use these two, and no others.
#
# - First `warmup` calls of `function` that do not count (there may be none).
# - Then `repeats` calls (1 or more), each timed **by itself**. Before its clock starts the device must be idle: others may
#   have asked it for work. The clock stops when the device has done the work of this call.
# - In all, `function` is called `warmup + repeats` times.
# - Returned is the **median** (*médiane*) of the `repeats` times, in the clock's own unit, as a number. Of an even number
#   of times it is the mean of the middle two, as in `statistics.median`. A median does not mind one call during which
#   the machine did something else.
#
# ### Exercise


# %%
def timed(function, synchronize, clock, repeats=5, warmup=1):
    """How long a call takes on a device that works on its own.

    function: called without arguments; hands its work to the device
    synchronize: called without arguments; returns when the device is idle
    clock: called without arguments; returns the time in seconds
    Returns the median time of a call.
    """
    ### BEGIN SOLUTION
    for _ in range(warmup):
        function()
    times = []
    for _ in range(repeats):
        synchronize()
        start = clock()
        function()
        synchronize()
        times.append(clock() - start)
    times.sort()
    return (times[(repeats - 1) // 2] + times[repeats // 2]) / 2
    ### END SOLUTION


# %%
with using_answers():
    seconds = timed(lambda: gpu.multiply(x, x), gpu.synchronize, time.perf_counter)
    print(f"thread: {1000 * seconds:.1f} ms")
    device = pick_device(devices_here())
    y = x.to(device)
    seconds = timed(lambda: y @ y, lambda: synchronize(device), time.perf_counter)
    print(f"{device}: {1000 * seconds:.1f} ms")

# %% [markdown]
# ### Is the GPU worth it?
#
# **Predict**, before you unfold the answer: which of these is *slower* on the H200 than on one CPU thread, and which gains
# most? A sum of 1,000 numbers; a product of two 64 x 64 matrices; of two 2048 x 2048 matrices; an LSTM step.
#
# <details><summary>Answer, measured on the H200</summary>
#
# | work | CPU, one thread | GPU | times as fast |
# |---|---:|---:|---:|
# | sum of 1,000 numbers | 8.94 µs | 32 µs | 0.28 |
# | product 64 x 64 | 9.35 µs | 51.8 µs | 0.18 |
# | product 512 x 512 | 3.23 ms | 47.1 µs | 69 |
# | product 2048 x 2048 | 184 ms | 413 µs | 450 |
# | LSTM 64 to 128, batch 32 x 50, both passes | 8.85 ms | 1.53 ms | 5.8 |
# | convolution 16 to 32, 32 x 28 x 28, both passes | 5.93 ms | 0.478 ms | 12 |
# | Transformer step, width 128, 16 x 64 | 42.3 ms | 6.16 ms | 6.9 |
#
# It takes some 30 to 50 µs to ask a GPU for anything and to wait for it, so small work is slower there. Large products gain
# hundreds of times. An LSTM gains little: its 50 time steps must wait for one another. That is what the lecture
# means by minibatches being *efficient using GPU*: one product for 64 examples, and not 64 products. One machine, one
# run: other GPUs give other numbers.
#
# </details>
#
# With a GPU, `tplib.gpu.compare_devices` makes this table for your own work.

# %% [markdown]
# ## 4. Short floats
#
# Half the bits are half the memory and, on a GPU that has circuits for them, several times the speed. There are two kinds
# of 16 bits:

# %% tags=["compare"]
for dtype in (torch.float32, torch.bfloat16, torch.float16):
    about = torch.finfo(dtype)
    print(f"{dtype!s:15} largest {about.max:8.2g}   next after 1: {1 + about.eps:.7f}")

# %% [markdown]
# `float16` has little **range** (*étendue*): what is above 65,504 is infinite, what is below 3 · 10⁻⁸ is 0. `bfloat16`
# has the range of `float32`, but only two or three digits. **Predict** the four lines:

# %% tags=["compare"]
gradient = torch.tensor(1e-8)
print("1. float16: ", gradient.half().item())
print("2. scaled:  ", (1024 * gradient).half().item() / 1024)
print("3. bfloat16:", gradient.bfloat16().item())
weight = torch.tensor(1.0)
print("4. bfloat16 weight 1 after 100 steps of 0.001:", end=" ")
short = weight.bfloat16()
for _ in range(100):
    short = short + 0.001
print(short.item(), " and in float32:", round((weight + 100 * 0.001).item(), 4))

# %% [markdown]
# <details><summary>What to see here</summary>
#
# In float16 a gradient of 10⁻⁸ is 0, and what it should teach is lost. Multiplied by 1024 first, and divided afterwards in
# float32, it is there again. bfloat16 does not need that. But in both kinds a *parameter* would never notice small steps:
# line 4 stays at 1.
#
# </details>
#
# This gives the rules of **mixed precision** (*précision mixte*):
#
# 1. Parameters, gradients and optimiser stay **float32**.
# 2. The forward pass **and the loss** run inside of `torch.autocast(device_type, dtype=dtype)`. It makes short copies for
#    the products, and keeps float32 where digits matter, such as in a softmax with its loss. `device_type` is the kind of
#    device on which the data lies (`x.device.type`): autocast for another device does nothing.
# 3. `backward` stands **after** that block. It takes the types of the forward pass by itself.
# 4. With float16 a `torch.amp.GradScaler` multiplies the loss, so that small gradients survive: the backward pass starts
#    from `scaler.scale(loss)`. Then `unscale_` divides the gradients of the optimiser again, **before** they are clipped.
#    Then `scaler.step(optimizer)`, which leaves the step out if a gradient is infinite, and `scaler.update()`, which
#    makes the scale smaller after that, and larger after many good steps.
#
# Write one step:
#
# - Clear the gradients before the backward pass: somebody may have left some.
# - Clip the norm of all gradients together to `max_norm` (`nn.utils.clip_grad_norm_`), with a scaler or without.
# - If a scaler is given, use it as in rule 4, whatever the dtype. If none is given, do without.
# - Return the loss of this batch, unscaled, as a plain number.
#
# ### Exercise


# %%
def mixed_precision_step(model, x, y, optimizer, loss_fn, dtype, scaler=None, max_norm=1.0):
    """Train a model on one batch, in short floats.

    model: an nn.Module with float32 parameters; x, y: the batch, on the same device
    optimizer: of the model's parameters; loss_fn: takes scores and y, returns the mean loss
    dtype: torch.bfloat16 or torch.float16; scaler: a torch.amp.GradScaler, or None
    Returns the loss of the batch, a float.
    """
    ### BEGIN SOLUTION
    optimizer.zero_grad()
    with torch.autocast(x.device.type, dtype=dtype):
        loss = loss_fn(model(x), y)
    if scaler is None:
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
    else:
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        scaler.step(optimizer)
        scaler.update()
    return loss.item()
    ### END SOLUTION


# %% [markdown]
# The digits of TP6, trained in three ways from the same start. **Predict**: does the accuracy suffer? And which of the
# three is the fastest on *your* CPU?


# %%
def network():
    """The same network each time."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))


def plain_step(model, x, y, optimizer, loss_fn):
    """A training step in float32."""
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def train_digits(dtype, scaler=None, epochs=5):
    """Trains on the digits; returns the test accuracy and the seconds that it took."""
    model, generator = network(), torch.Generator().manual_seed(0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    start = time.perf_counter()
    for _ in range(epochs):
        for rows in torch.randperm(len(train_x), generator=generator).split(64):
            batch = model, train_x[rows], train_y[rows], optimizer, F.cross_entropy
            if dtype == torch.float32:
                plain_step(*batch)
            else:
                mixed_precision_step(*batch, dtype, scaler)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        return (model(test_x).argmax(1) == test_y).double().mean().item(), seconds


digits = data.load("digits")
train_x, train_y = map(torch.from_numpy, (digits.train.x, digits.train.y))
test_x, test_y = map(torch.from_numpy, (digits.test.x, digits.test.y))

with using_answers():
    ways = {
        "float32": (torch.float32, None),
        "bfloat16": (torch.bfloat16, None),
        "float16 with a scaler": (torch.float16, torch.amp.GradScaler("cpu")),
    }
    for name, (dtype, scaler) in ways.items():
        accuracy, seconds = train_digits(dtype, scaler)
        print(f"{name:22} accuracy {100 * accuracy:.1f} %   {seconds:.2f} s")

# %% [markdown]
# <details><summary>What to see here</summary>
#
# The accuracies are within a point or so of each other, which is what another seed would change as well. On the CPU that
# made this page the short floats took about twice as long: the network is tiny, the copies cost more than they save, and
# not every CPU has circuits for short floats. On the H200, a step of a Transformer (width 512, 6 layers, batch 64 x 256) took:
#
# | | time | times as fast | peak memory |
# |---|---:|---:|---:|
# | float32 | 55.8 ms | 1.00 | 3.0 GiB |
# | bfloat16 | 16.2 ms | 3.45 | 1.8 GiB |
# | float16 with a scaler | 15.2 ms | 3.67 | 1.8 GiB |
#
# The memory is not halved: the parameters, their gradients and what Adam remembers stay in float32. Where the device
# has it, take bfloat16: it needs no scaler.
#
# </details>
#
# What does the scaler do when its scale is too large? **Predict** the scale and the weights after one step:

# %%
with using_answers():
    model = network()
    before = model[0].weight.detach().clone()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**40)
    batch = model, train_x[:64], train_y[:64], optimizer, F.cross_entropy
    loss = mixed_precision_step(*batch, torch.float16, scaler)
    power = math.log2(scaler.get_scale())
    print(f"loss {loss:.2f}, scale 2**40 -> 2**{power:.0f}")
    print("weights changed:", not torch.equal(before, model[0].weight))

# %% [markdown]
# The gradients were infinite, the step was left out, and the scale is halved. Training starts with one or two such steps
# and nobody notices. Without `scaler.step`, the weights would be nan now.
#
# ## 5. Where the memory goes
#
# A loss tensor hangs on its graph, and the graph keeps what `backward` will need: the outputs of all layers. As long as
# **somebody holds the loss**, that memory (*mémoire*) is not free. `nvidia-smi` shows it growing, until "CUDA out of
# memory". PyTorch lets us count, on any device, how many bytes the graphs hold:


# %% tags=["readonly"]
class HeldByGraphs:
    """Counts the bytes that graphs keep for backward passes, while `with` lasts."""

    def __init__(self):
        self.now = 0
        self.hooks = torch.autograd.graph.saved_tensors_hooks(
            self.keep, lambda kept: kept.tensor
        )

    def keep(self, tensor):
        return Kept(tensor, self)

    def __enter__(self):
        self.hooks.__enter__()
        return self

    def __exit__(self, *error):
        self.hooks.__exit__(*error)


class Kept:
    """A tensor that a graph holds; a view shares the memory of another and costs nothing."""

    def __init__(self, tensor, counter):
        self.size, self.counter = tensor.nbytes if tensor._base is None else 0, counter
        self.tensor = tensor.detach()
        counter.now += self.size

    def __del__(self):
        self.counter.now -= self.size


# %% [markdown]
# Three loops over ten batches. **Predict** for each: does the memory grow with each batch?
#
# 1. validation, `losses.append(loss)`;
# 2. the same with `losses.append(loss.item())`;
# 3. the same as 1, under `torch.no_grad()`.


# %% tags=["compare"]
def held_after_each_batch(keep, recording=True):
    """KiB in graphs after each of ten batches of validation."""
    model, losses, held = network(), [], []
    with HeldByGraphs() as graphs, torch.set_grad_enabled(recording):
        for rows in torch.arange(640).split(64):
            loss = F.cross_entropy(model(train_x[rows]), train_y[rows])
            losses.append(keep(loss))
            del loss
            held.append(graphs.now // 1024)
    return held


print("1. loss:        ", held_after_each_batch(lambda loss: loss))
print("2. loss.item(): ", held_after_each_batch(lambda loss: loss.item()))
print("3. no_grad:     ", held_after_each_batch(lambda loss: loss, recording=False))

# %% [markdown]
# <details><summary>What to see here</summary>
#
# The first loop holds the graphs of all batches: on a GPU with large batches that is gigabytes. The second holds nothing
# after each batch, the third never anything. Do both in validation.
#
# In *training*, `backward` frees what it has used, so a kept loss costs less: the nodes of its graph, and itself. But
# `total += loss` makes one long graph of all batches, and a loss is no number yet: the first `print` of it makes the
# program wait for the GPU.
#
# </details>
#
# ## 6. At home: the largest batch that fits
#
# Larger batches use a GPU better, until memory runs out. How large? Try: double until it fails, then halve the interval.
# Two things make this harder than it sounds. What a failed attempt held must be freed: an exception that was caught keeps
# its frames, and they keep their tensors. And other errors must not be taken for a lack of memory.
#
# `tplib.gpu.largest_batch` takes care of both. Here the memory is pretended: 10 MB for the outputs of the layers. How
# many trials will it take to find the largest size up to 100,000? Count, then run.


# %%
def attempt(size):
    """One training step with a batch of this size, in a memory of 10 MB."""
    if size * (64 + 128 + 128 + 10) * 4 > 10e6:
        raise torch.OutOfMemoryError("out of memory")


search = largest_batch(attempt, limit=100_000, device="cpu")
print(search)
print([size for size, fits in search.trials])

# %% [markdown]
# <details><summary>What to see here</summary>
#
# Doubling finds that 4,096 fits and 8,192 does not, in 14 trials; 12 halvings then find 7,575. Take a tenth less than what
# it finds: memory in use is cut into other pieces, and the longest text may be yet to come. So try with a batch of the
# longest texts, and do the whole step: Adam's memory is taken at its first step.
#
# </details>
#
# ## 7. At home: does the GPU wait for its data?
#
# A copy from usual memory to the GPU makes the program wait. From **pinned** memory (*mémoire verrouillée*), which the
# system may not move, the GPU fetches it by itself, while the program goes on: `DataLoader(..., pin_memory=True)` and
# `tensor.to(device, non_blocking=True)`. Measured on the H200:
#
# | what is moved | time |
# |---|---|
# | 256 MiB to the device, from usual memory | 33.2 ms |
# | the same from pinned memory | 4.87 ms; the call returns after 0.023 ms |
# | 40 batches of 64 MiB, usual memory: plain, prefetched | 478 ms, 487 ms |
# | the same, pinned: plain, prefetched | 157 ms, 110 ms |
#
# *Prefetched* means: the next batch is copied while the GPU works on the present one (`tplib.gpu.PrefetchLoader`).
#
# **Questions.** Why does prefetching gain nothing from usual memory? Why is it dangerous to copy *from* the GPU with
# `non_blocking=True` and to read the values at once?
#
# <details><summary>Answers</summary>
#
# From usual memory each copy makes the program wait, so there is no time in which the next one could run beside. And a
# copy that nobody waits for may not have arrived: the values read are whatever was there before. `.item()`, `.cpu()`
# and `print` wait by themselves.
#
# </details>
#
# ## 8. At home: several processes
#
# Several GPUs: one process each, with a copy of the model. Each computes the gradient on **its part** of the batch; then
# they average. Why is that the same as one process with the whole batch? **Predict** the difference, then run.


# %%
def gradient(model, x, y):
    """The gradient of the mean loss, all parameters in one row."""
    model.zero_grad()
    F.cross_entropy(model(x), y).backward()
    return torch.cat([p.grad.flatten() for p in model.parameters()])


model = network().double()
x, y = train_x[:64].double(), train_y[:64]
whole = gradient(model, x, y)
halves = [gradient(model, x[part::2], y[part::2]) for part in (0, 1)]
print(f"largest difference: {(whole - (halves[0] + halves[1]) / 2).abs().max().item():.0e}")
thirds = [gradient(model, x[part], y[part]) for part in (slice(0, 48), slice(48, 64))]
print(f"parts of 48 and 16: {(whole - (thirds[0] + thirds[1]) / 2).abs().max().item():.0e}")

# %% [markdown]
# Equal parts: the mean of the halves' means is the mean of the whole, up to rounding. Unequal parts: it is not. This is
# why a `DistributedSampler` gives each process the same number of examples.
#
# The script `tplib/gpu/parallel.py` trains on the digits in this way; it has a hundred lines, read it. In a terminal:
#
#     python -m tplib.gpu.parallel                            # one process
#     torchrun --nproc-per-node=2 -m tplib.gpu.parallel       # two, on the CPU if there is no GPU
#
# When this page was made, both printed `84 steps: loss 2.3364 -> 0.2190`, and the losses of all steps were equal to 2.4 ·
# 10⁻⁷. `docs/several-gpus.md` has what changes with several GPUs and several machines.
#
# **More to try.** Which batch size and learning rate does one use with 4 processes? Take dropout into the model: are
# the curves still equal, and should they be?

# %% [markdown]
# ## 9. What to remember
#
# - One line chooses the device, and says so; a GPU that was asked for and is not there is an error.
# - `tensor.to` returns a new tensor, `module.to` moves in place, attributes that are no buffers stay.
# - A GPU only notes what it is asked: synchronise before the clock starts and before it stops, warm up, take the
#   median.
# - Small work is slower on a GPU. Large products gain hundreds of times.
# - Parameters in float32, forward pass and loss under autocast, backward outside. float16 needs a scaler, and clipping
#   comes after `unscale_`; bfloat16 does not.
# - Keep numbers (`loss.item()`), not losses; `no_grad` in validation.
# - Several processes with equal parts of each batch take the same steps as one.
#
# Next: *TP9*, bias in embeddings and models.
