"""mlp_backward: the gradients of all layers of a perceptron."""

import numpy as np

from tplib.exercises.tp6.backprop.common import AUTOGRAD, Layers, exercise, layers, single, widths
from tplib.exercises.tp6.backprop.mlp_forward import edge
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray


def _tanh_layers(x: Array, parameters: Layers) -> list[Array]:
    """What each layer keeps: its input."""
    kept = [x]
    for W, b in parameters[:-1]:
        kept.append(np.tanh(kept[-1] @ W + b))
    return kept


def _draw(draw: Draw) -> Arguments:
    sizes = widths(draw)
    x, parameters = draw.array(draw.size(1, 3), sizes[0]), layers(draw, sizes)
    return draw.array(len(x), sizes[-1]), parameters, _tanh_layers(x, parameters)


def _edge(B: int, *sizes: int) -> Arguments:
    x, parameters = edge(B, *sizes)
    G = np.random.default_rng(5).uniform(-1, 1, (B, sizes[-1]))
    return G, parameters, _tanh_layers(x, parameters)


@exercise(
    points=3,
    lecture="002, Back-propagation: generalization; 003, Algorithm 3 (back propagation)",
    draw=_draw,
    edges=(
        Case(_edge(3, 3, 3, 3, 3)),
        Case(_edge(2, 2, 4, 3, 1)),
        Case(_edge(4, 2, 3, 2, 3, 2)),
        Case(_edge(4, 3, 2)),
        Case(_edge(0, 3, 2, 2)),
        Case(single(_edge(2, 3, 4, 2)), "dtype"),
    ),
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


@mlp_backward.mistake("Between the sums z and the activations h stands a tanh. Where is its slope in your product?")
def slope_of_tanh_forgotten(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T
    return grads[::-1]


@mlp_backward.mistake(
    "You found the gradients from the last layer to the first. In which order does the caller want them?"
)
def from_the_last_layer_to_the_first(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return mlp_backward(G, parameters, kept)[::-1]


@mlp_backward.mistake(
    "If the loss is a mean, G is divided by B already. Is another division needed?",
    name="mean over the batch, twice",
)
def mean_over_the_batch_twice(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW / len(G), db / len(G)) for dW, db in mlp_backward(G, parameters, kept)]


@mlp_backward.mistake("A bias acts on every example, and the gradients of all uses add up. Is this a sum or a mean?")
def mean_for_the_biases(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW, db / len(G)) for dW, db in mlp_backward(G, parameters, kept)]


@mlp_backward.mistake("b has one number per unit and is used by B examples. What happens to its B gradients?")
def biases_not_summed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake(
    "b has one number per unit, so its gradient has H numbers. Along which axis of (B, H) must the sum go?"
)
def biases_summed_along_the_rows(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=1)))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake("`kept` holds h = tanh(z). What is the slope 1 - tanh(z)^2, written with h?")
def tanh_applied_twice(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * (1 - np.tanh(h) ** 2)
    return grads[::-1]


@mlp_backward.mistake("You multiply by h. What is the derivative of tanh, written with h?")
def activation_in_place_of_its_slope(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * h
    return grads[::-1]


@mlp_backward.mistake("h (1 - h) is the slope of the sigmoid. What is that of tanh?")
def slope_of_the_sigmoid(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * h * (1 - h)
    return grads[::-1]


@mlp_backward.mistake("G belongs to the scores. What must happen to it on the way to the layer below?")
def same_gradient_for_every_layer(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(h.T @ G, G.sum(axis=0)) for h in kept]


@mlp_backward.mistake("delta is (B, H) and W is (D, H). Which product gives (B, D)?", name="W not transposed")
def w_not_transposed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i][0] * (1 - kept[i] ** 2)
    return grads[::-1]


@mlp_backward.mistake(
    "The gradient of W has the shape of W, (D, H). Which of the two factors is transposed?",
    name="gradient of W transposed",
)
def gradient_of_w_transposed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW.T, db) for dW, db in mlp_backward(G, parameters, kept)]


@mlp_backward.mistake("From layer l to layer l - 1 the gradient goes back through the weights of which of them?")
def weights_of_the_layer_below(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    """delta(l-1) with W of the wrong layer: the one below."""
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i - 1][0].T * (1 - kept[i] ** 2)
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
