"""mlp_forward: the scores of a perceptron of L layers, and what each layer keeps."""

from functools import partial

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import SIZES, exercise, layers, widths
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Layers = list[tuple[Array, Array]]
Result = tuple[Array, list[Array]]


def _draw(draw: Draw) -> Arguments:
    sizes = widths(draw)
    return draw.array(draw.size(1, 3), sizes[0]), layers(draw, sizes)


def _sized(draw: Draw, sizes: tuple[int, ...], *look: str) -> Arguments:
    B, *rest = sizes
    return draw.array(B, rest[0]), layers(draw, rest), *look


def _large(draw: Draw) -> Arguments:
    """Sums of the first layer far beyond 710, where exp overflows, in both signs."""
    x = draw.array(1, 1, low=5e3, high=1e4)
    first = draw.array(1, 2, low=0.5, high=1.5), draw.array(2)
    return np.concatenate([x, -x]), [first, *layers(draw, (2, 2))]


@exercise(
    points=2,
    lecture="003, Algorithm 2 (forward propagation); 002, Back-propagation: one training step, forward pass",
    concepts=(6, 16),
    draw=_draw,
    edges=(
        *(Drawn(partial(_sized, sizes=sizes)) for sizes in SIZES),
        Drawn(lambda draw: _sized(draw, (2, 2, 3, 2), "types"), "types"),
        Drawn(lambda draw: _sized(draw, (2, 3, 3, 3), "shared"), "shared"),
        Drawn(_large, "stability"),
    ),
    aspects={
        "types": "Right values, but `kept` should be a list, and every array float64 as the inputs are.",
        "shared": "Right where each layer has its own W. The first and the last layer may hold the same array.",
        "stability": "Right for moderate sums z, but not for large ones: exp(1000) is infinite.",
    },
    observe=observers.observe_forward,
    atol=1e-5,
)
def mlp_forward(x: Array, parameters: Layers) -> Result:
    """z = h W + b for each layer, from h = x on; h = tanh(z) after each but the last; keep the h that goes in.

    shapes: layer l: (B, D) @ (D, H) + (H,) -> (B, H); `kept` holds L arrays: x (B, D), h1 (B, H1), ...
    worked: L = 2: h1 = tanh(x @ W1 + b1), scores = h1 @ W2 + b2, kept = [x, h1].
    """
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        x = np.tanh(x @ W + b)
    W, b = parameters[-1]
    return x @ W + b, [*kept, x]


@mlp_forward.alternative
def by_number(x: Array, parameters: Layers) -> Result:
    L = len(parameters)
    kept, z = [x], x
    for i in range(L):
        W, b = parameters[i]
        z = kept[i] @ W + b
        if i < L - 1:
            kept.append(np.tanh(z))
    return z, kept


@mlp_forward.alternative
def undoes_the_last(x: Array, parameters: Layers) -> Result:
    h, kept, z = x, [], x
    for W, b in parameters:
        kept.append(h)
        z = np.dot(h, W) + b[None, :]
        h = 1 - 2 / (np.exp(2 * z) + 1)
    return z, kept


@mlp_forward.alternative
def einsum(x: Array, parameters: Layers) -> Result:
    kept: tuple[Array, ...] = ()
    for place, (W, b) in enumerate(parameters):
        kept = (*kept, x)
        x = np.einsum("bd,dh->bh", x, W) + b
        if place + 1 < len(parameters):
            x = np.tanh(x)
    return x, list(kept)
