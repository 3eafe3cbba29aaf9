"""mlp_backward: the gradients of all layers of a perceptron."""

from functools import partial

import numpy as np

from tplib.exercises.tp6.backprop import observers
from tplib.exercises.tp6.backprop.common import AUTOGRAD, SIZES, exercise, layers, widths
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn

Array = np.ndarray
Layers = list[tuple[Array, Array]]


def _tanh_layers(x: Array, parameters: Layers) -> list[Array]:
    """What each layer keeps: its input."""
    kept = [x]
    for W, b in parameters[:-1]:
        kept.append(np.tanh(kept[-1] @ W + b))
    return kept


def _draw(draw: Draw) -> Arguments:
    return _sized(draw, (draw.size(1, 3), *widths(draw)))


def _sized(draw: Draw, sizes: tuple[int, ...], *look: str) -> Arguments:
    B, *rest = sizes
    x, parameters = draw.array(B, rest[0]), layers(draw, rest)
    return draw.array(B, rest[-1]), parameters, _tanh_layers(x, parameters), *look


@exercise(
    points=3,
    lecture="002, Back-propagation: generalization; 003, Algorithm 3 (back propagation)",
    concepts=(16,),
    draw=_draw,
    edges=(
        *(Drawn(partial(_sized, sizes=sizes)) for sizes in SIZES),
        Drawn(lambda draw: _sized(draw, (2, 2, 3, 2), "types"), "types"),
    ),
    aspects={"types": "Right values, but the pairs should stand in a list, and every array be float64 as G is."},
    observe=observers.observe_layer_gradients,
    atol=1e-5,
    forbidden=AUTOGRAD,
)
def mlp_backward(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    """delta = G; from the last layer to the first: dW = h^T delta, db = sum of the rows of delta, then delta = (delta
    W^T) * (1 - h^2), where h is the input of the layer.

    shapes: h (B, D), delta (B, H): dW = h.T @ delta (D, H), db = delta.sum(axis=0) (H,), delta @ W.T (B, D).
    worked: L = 2, kept = [x, h1]: dW2 = h1.T @ G, delta1 = G @ W2.T * (1 - h1**2), dW1 = x.T @ delta1.
    """
    grads = []
    delta = G
    for i in reversed(range(len(parameters))):
        W, _ = parameters[i]
        grads.append((kept[i].T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T * (1 - kept[i] ** 2)
    return grads[::-1]


@mlp_backward.alternative
def inserts(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads: Layers = []
    for i in range(len(parameters) - 1, -1, -1):
        grads.insert(0, (np.dot(kept[i].T, G), np.sum(G, axis=0)))
        if i > 0:
            G = np.dot(G, parameters[i][0].T) * (1 - kept[i] * kept[i])
    return grads


@mlp_backward.alternative
def deltas_first(G: Array, parameters: Layers, kept: list[Array]) -> list[list[Array]]:
    deltas = [G]
    for (W, _), h in zip(parameters[:0:-1], kept[:0:-1], strict=True):
        deltas.append((1 - h) * (1 + h) * (W @ deltas[-1].T).T)
    deltas.reverse()
    return [[(delta.T @ h).T, np.ones(len(delta), delta.dtype) @ delta] for delta, h in zip(deltas, kept, strict=True)]


@mlp_backward.alternative
def einsum(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    if not parameters:
        return []
    W, _ = parameters[-1]
    last = np.einsum("bd,bk->dk", kept[-1], G), np.einsum("bk->k", G)
    below = np.einsum("bk,dk->bd", G, W) * (1 - kept[-1] ** 2)
    return [*einsum(below, parameters[:-1], kept[:-1]), last]
