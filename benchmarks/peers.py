"""The same work in other NumPy libraries with automatic differentiation: mygrad and HIPS autograd, float32.

`peers()` gives their steps by the name of the item, as far as they are installed and have the operation.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

Step = Callable[[], object]
PERCEPTRONS = {
    "MLP step, batch 64, 784-128-64-10": (64, 784, 128, 64, 10),
    "MLP step, batch 10, 784-30-10": (10, 784, 30, 10),
}
ENTROPIES = {"softmax and cross-entropy 64x10": (64, 10), "softmax and cross-entropy 1024x1000": (1024, 1000)}
CONVOLUTIONS = {  # images, filters, padding
    "conv 64x3x32x32 to 32, k3": ((64, 3, 32, 32), (32, 3, 3, 3), 1),
    "conv 32x32x28x28 to 64, k3": ((32, 32, 28, 28), (64, 32, 3, 3), 1),
    "conv 100x1x28x28 to 20, k5": ((100, 1, 28, 28), (20, 1, 5, 5), 0),
    "conv 64x20x12x12 to 40, k5": ((64, 20, 12, 12), (40, 20, 5, 5), 0),
}
POOL = "max-pool 2x2, 64x32x32x32"
NORM = "batch norm 512x256"
ATTENTION = "attention 8x8x128x64"
RATE = np.float32(0.01)


def parameters(*widths: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    arrays: list[np.ndarray] = []
    for n, m in pairwise(widths):
        arrays += [(rng.normal(size=(n, m)) / np.sqrt(n)).astype(np.float32), np.zeros(m, np.float32)]
    return arrays


def batch(rows: int, width: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return rng.random((rows, width), np.float32), rng.integers(0, classes, rows)


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def mygrad_steps() -> dict[str, Step]:
    import mygrad as mg
    from mygrad.nnet.activations import relu
    from mygrad.nnet.layers import batchnorm, conv_nd, max_pool
    from mygrad.nnet.losses import softmax_crossentropy

    mg.turn_memory_guarding_off()  # as its documentation advises for speed

    def operation() -> Step:
        x, y, g = mg.tensor([1.0, 2.0, 3.0]), mg.tensor([1.0, 2.0, 3.0]), np.ones(3)
        return lambda: (x * y).backward(g)

    def perceptron(rows: int, *widths: int) -> Step:
        x, labels = batch(rows, widths[0], widths[-1])
        weights = [mg.tensor(a) for a in parameters(*widths)]

        def step() -> None:
            h = x
            for i in range(0, len(weights), 2):
                h = mg.matmul(h, weights[i]) + weights[i + 1]
                if i + 2 < len(weights):
                    h = relu(h)
            softmax_crossentropy(h, labels).backward()
            for w in weights:
                w.data -= RATE * w.grad

        return step

    def entropy(rows: int, classes: int) -> Step:
        x, labels = mg.tensor(normal(rows, classes)), batch(rows, 1, classes)[1]
        return lambda: softmax_crossentropy(x, labels).backward()

    def forward_and_back(make: Callable, *shapes: tuple[int, ...]) -> Step:
        inputs = [mg.tensor(normal(*shape)) for shape in shapes]
        g = normal(*make(*inputs).shape)
        return lambda: make(*inputs).backward(g)

    def attention(q: object, k: object, v: object) -> object:
        return mg.matmul(mg.nnet.softmax(mg.matmul(q, mg.swapaxes(k, -1, -2)) * np.float32(0.125)), v)

    steps = {name: perceptron(*sizes) for name, sizes in PERCEPTRONS.items()}
    steps |= {name: entropy(*sizes) for name, sizes in ENTROPIES.items()}
    for name, (images, filters, padding) in CONVOLUTIONS.items():

        def conv(x: object, w: object, padding: int = padding) -> object:
            return conv_nd(x, w, stride=1, padding=padding)

        steps[name] = forward_and_back(conv, images, filters)
    steps[POOL] = forward_and_back(lambda x: max_pool(x, (2, 2), 2), (64, 32, 32, 32))
    steps[NORM] = forward_and_back(lambda x, a, b: batchnorm(x, gamma=a, beta=b, eps=1e-5), (512, 256), (256,), (256,))
    steps[ATTENTION] = forward_and_back(attention, *[(8, 8, 128, 64)] * 3)
    return steps | {"one operation, 3 values": operation()}


def autograd_steps() -> dict[str, Step]:
    import autograd.numpy as anp
    from autograd import make_vjp, value_and_grad

    def operation() -> Step:
        x, y, g = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]), np.ones(3)
        return lambda: make_vjp(lambda xy: xy[0] * xy[1])((x, y))[0](g)

    def loss(scores: object, labels: np.ndarray) -> object:
        top = anp.max(scores, axis=1, keepdims=True)
        log_sums = anp.log(anp.sum(anp.exp(scores - top), axis=1)) + top[:, 0]
        return anp.mean(log_sums - scores[np.arange(len(labels)), labels])

    def perceptron(rows: int, *widths: int) -> Step:
        x, labels = batch(rows, widths[0], widths[-1])
        weights = parameters(*widths)

        def forward(weights: list) -> object:
            h = x
            for i in range(0, len(weights), 2):
                h = anp.dot(h, weights[i]) + weights[i + 1]
                if i + 2 < len(weights):
                    h = anp.maximum(h, 0)
            return loss(h, labels)

        gradient = value_and_grad(forward)

        def step() -> None:
            for w, g in zip(weights, gradient(weights)[1], strict=True):
                w -= RATE * g

        return step

    def entropy(rows: int, classes: int) -> Step:
        x, labels = normal(rows, classes), batch(rows, 1, classes)[1]
        gradient = value_and_grad(lambda x: loss(x, labels))
        return lambda: gradient(x)

    def attention() -> Step:
        q, k, v, g = np.random.default_rng(0).normal(size=(4, 8, 8, 128, 64)).astype(np.float32)

        def forward(qkv: tuple) -> object:
            q, k, v = qkv
            scores = anp.matmul(q, anp.swapaxes(k, -1, -2)) * np.float32(0.125)
            z = anp.exp(scores - anp.max(scores, axis=-1, keepdims=True))
            return anp.matmul(z / anp.sum(z, axis=-1, keepdims=True), v)

        return lambda: make_vjp(forward)((q, k, v))[0](g)

    steps = {name: perceptron(*sizes) for name, sizes in PERCEPTRONS.items()}
    steps |= {name: entropy(*sizes) for name, sizes in ENTROPIES.items()}
    return steps | {"one operation, 3 values": operation(), ATTENTION: attention()}


def peers() -> dict[str, dict[str, Step]]:
    """By item, the step of each installed peer."""
    found: dict[str, dict[str, Step]] = {}
    for library, steps in (("mygrad", mygrad_steps), ("autograd", autograd_steps)):
        try:
            own = steps()
        except ModuleNotFoundError:
            continue
        for item, step in own.items():
            found.setdefault(item, {})[library] = step
    return found
