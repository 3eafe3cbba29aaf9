"""mlp_backward: the gradients of all layers of a perceptron."""

import numpy as np

from tplib.exercises.tp6.backprop.common import AUTOGRAD, Layers, exercise, layers, single, widths
from tplib.exercises.tp6.backprop.mlp_forward import edge
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

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


def _mlp_backward(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    delta = G
    for i in reversed(range(len(parameters))):
        W, _ = parameters[i]
        grads.append((kept[i].T @ delta, delta.sum(axis=0)))
        delta = delta @ W.T * (1 - kept[i] ** 2)
    return grads[::-1]


def _mlp_backward_inserts(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads: Layers = []
    for i in range(len(parameters) - 1, -1, -1):
        grads.insert(0, (np.dot(kept[i].T, G), np.sum(G, axis=0)))
        if i > 0:
            G = np.dot(G, parameters[i][0].T) * (1 - kept[i] * kept[i])
    return grads


def _mlp_backward_deltas_first(G: Array, parameters: Layers, kept: list[Array]) -> list[list[Array]]:
    deltas = [G]
    for (W, _), h in zip(parameters[:0:-1], kept[:0:-1], strict=True):
        deltas.append((1 - h) * (1 + h) * (W @ deltas[-1].T).T)
    deltas.reverse()
    return [[(delta.T @ h).T, np.ones(len(delta), delta.dtype) @ delta] for delta, h in zip(deltas, kept, strict=True)]


def _mlp_backward_einsum(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    if not parameters:
        return []
    W, _ = parameters[-1]
    last = np.einsum("bd,bk->dk", kept[-1], G), np.einsum("bk->k", G)
    below = np.einsum("bk,dk->bd", G, W) * (1 - kept[-1] ** 2)
    return [*_mlp_backward_einsum(below, parameters[:-1], kept[:-1]), last]


def _mlp_backward_no_slope(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T
    return grads[::-1]


def _mlp_backward_from_the_last(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return _mlp_backward(G, parameters, kept)[::-1]


def _mlp_backward_mean(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW / len(G), db / len(G)) for dW, db in _mlp_backward(G, parameters, kept)]


def _mlp_backward_mean_of_the_bias(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW, db / len(G)) for dW, db in _mlp_backward(G, parameters, kept)]


def _mlp_backward_bias_not_summed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


def _mlp_backward_bias_summed_along_rows(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=1)))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


def _mlp_backward_tanh_twice(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * (1 - np.tanh(h) ** 2)
    return grads[::-1]


def _mlp_backward_activation_as_slope(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * h
    return grads[::-1]


def _mlp_backward_sigmoid(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * h * (1 - h)
    return grads[::-1]


def _mlp_backward_same_gradient(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(h.T @ G, G.sum(axis=0)) for h in kept]


def _mlp_backward_not_transposed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i][0] * (1 - kept[i] ** 2)
    return grads[::-1]


def _mlp_backward_torch_layout(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW.T, db) for dW, db in _mlp_backward(G, parameters, kept)]


def _mlp_backward_own_weights(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    """delta(l-1) with W of the wrong layer: the one below."""
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i - 1][0].T * (1 - kept[i] ** 2)
    return grads[::-1]


mlp_backward = exercise(
    name="mlp_backward",
    points=3,
    lecture="002, Back-propagation: generalization; 003, Algorithm 3 (back propagation)",
    signature="mlp_backward(G, parameters, kept)",
    draw=_draw,
    edges=(
        Case(_edge(3, 3, 3, 3, 3)),
        Case(_edge(2, 2, 4, 3, 1)),
        Case(_edge(4, 2, 3, 2, 3, 2)),
        Case(_edge(4, 3, 2)),
        Case(_edge(0, 3, 2, 2)),
        Case(single(_edge(2, 3, 4, 2)), "dtype"),
    ),
    keeps_dtype=False,
    reference=_mlp_backward,
    misconceptions=(
        Misconception(
            "slope of tanh forgotten",
            _mlp_backward_no_slope,
            "Between the sums z and the activations h stands a tanh. Where is its slope in your product?",
        ),
        Misconception(
            "from the last layer to the first",
            _mlp_backward_from_the_last,
            "You found the gradients from the last layer to the first. In which order does the caller want them?",
        ),
        Misconception(
            "mean over the batch, twice",
            _mlp_backward_mean,
            "If the loss is a mean, G is divided by B already. Is another division needed?",
        ),
        Misconception(
            "mean for the biases",
            _mlp_backward_mean_of_the_bias,
            "A bias acts on every example, and the gradients of all uses add up. Is this a sum or a mean?",
        ),
        Misconception(
            "biases not summed",
            _mlp_backward_bias_not_summed,
            "b has one number per unit and is used by B examples. What happens to its B gradients?",
        ),
        Misconception(
            "biases summed along the rows",
            _mlp_backward_bias_summed_along_rows,
            "b has one number per unit, so its gradient has H numbers. Along which axis of (B, H) must the sum go?",
        ),
        Misconception(
            "tanh applied twice",
            _mlp_backward_tanh_twice,
            "`kept` holds h = tanh(z). What is the slope 1 - tanh(z)^2, written with h?",
        ),
        Misconception(
            "activation in place of its slope",
            _mlp_backward_activation_as_slope,
            "You multiply by h. What is the derivative of tanh, written with h?",
        ),
        Misconception(
            "slope of the sigmoid",
            _mlp_backward_sigmoid,
            "h (1 - h) is the slope of the sigmoid. What is that of tanh?",
        ),
        Misconception(
            "same gradient for every layer",
            _mlp_backward_same_gradient,
            "G belongs to the scores. What must happen to it on the way to the layer below?",
        ),
        Misconception(
            "W not transposed",
            _mlp_backward_not_transposed,
            "delta is (B, H) and W is (D, H). Which product gives (B, D)?",
        ),
        Misconception(
            "gradient of W transposed",
            _mlp_backward_torch_layout,
            "The gradient of W has the shape of W, (D, H). Which of the two factors is transposed?",
        ),
        Misconception(
            "weights of the layer below",
            _mlp_backward_own_weights,
            "From layer l to layer l - 1 the gradient goes back through the weights of which of them?",
        ),
    ),
    alternatives=(_mlp_backward_inserts, _mlp_backward_deltas_first, _mlp_backward_einsum),
    forbidden=AUTOGRAD,
    formula="delta = G; from the last layer to the first: dW = h^T delta, db = sum of the rows of delta, "
    "then delta = (delta W^T) * (1 - h^2), where h is the input of the layer.",
    shapes="h (B, D), delta (B, H): dW = h.T @ delta (D, H), db = delta.sum(axis=0) (H,), delta @ W.T (B, D).",
    worked="L = 2, kept = [x, h1]: dW2 = h1.T @ G, delta1 = G @ W2.T * (1 - h1**2), dW1 = x.T @ delta1.",
)
