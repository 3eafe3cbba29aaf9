"""Mistakes in the backward pass of a perceptron."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.mlp_backward import mlp_backward

Array = np.ndarray
Layers = list[tuple[Array, Array]]


def _right(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads: Layers = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.insert(0, (h.T @ G, G.sum(axis=0)))
        G = G @ W.T * (1 - h**2)
    return grads


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
    return _right(G, parameters, kept)[::-1]


@mlp_backward.mistake(
    "If the loss is a mean, G is divided by B already. Is another division needed?",
    name="mean over the batch, twice",
)
def mean_over_the_batch_twice(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW / len(G), db / len(G)) for dW, db in _right(G, parameters, kept)]


@mlp_backward.mistake("A bias acts on every example, and the gradients of all uses add up. Is this a sum or a mean?")
def mean_for_the_biases(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW, db / len(G)) for dW, db in _right(G, parameters, kept)]


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
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake(
    "delta is (B, H) and W is (D, H). Which product gives (B, D)?", name="W not transposed, above the first layer"
)
def w_not_transposed_above_the_first_layer(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i][0] * (1 - kept[i] ** 2)
    return grads[::-1]


@mlp_backward.mistake(
    "For a square W both W and its transpose fit. Which of them does the table ask for?",
    name="W not transposed where it is square",
)
def w_not_transposed_where_it_is_square(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ (W if W.shape[0] == W.shape[1] else W.T) * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake(
    "The gradient of W has the shape of W, (D, H). Which of the two factors is transposed?",
    name="gradient of W transposed",
)
def gradient_of_w_transposed(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW.T, db) for dW, db in _right(G, parameters, kept)]


@mlp_backward.mistake("From layer l to layer l - 1 the gradient goes back through the weights of which of them?")
def weights_of_the_layer_below(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    """delta(l-1) with W of the wrong layer: the one below."""
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        if i > 0:
            G = G @ parameters[i - 1][0].T * (1 - kept[i] ** 2)
    return grads[::-1]


@mlp_backward.mistake("The slope of tanh is 1 - h^2. Where is your square?")
def square_forgotten_in_the_slope(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G.sum(axis=0)))
        G = G @ W.T * (1 - h)
    return grads[::-1]


@mlp_backward.mistake("After the last layer there is no tanh. What does delta start with?")
def slope_after_the_last_layer(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    W, b = parameters[-1]
    return _right(G * (1 - np.tanh(kept[-1] @ W + b) ** 2), parameters, kept)


@mlp_backward.mistake("Every layer but the last has a tanh. How many times does your delta pass through a slope?")
def slope_of_the_last_hidden_layer_only(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for i in reversed(range(len(parameters))):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        G = G @ parameters[i][0].T * (1 - kept[i] ** 2 if i == len(parameters) - 1 else 1)
    return grads[::-1]


@mlp_backward.mistake("dW is h^T delta. Which slope does delta hold already?", name="slope in the gradient of W too")
def slope_in_the_gradient_of_w_too(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append(((h * (1 - h**2)).T @ G, G.sum(axis=0)))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake("b has the shape (H,). Which shape has its gradient?")
def biases_as_rows(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW, db[None, :]) for dW, db in _right(G, parameters, kept)]


@mlp_backward.mistake("b is used by all examples of the batch. How many of them count in your gradient of b?")
def biases_by_the_first_example(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for (W, _), h in zip(parameters[::-1], kept[::-1], strict=True):
        grads.append((h.T @ G, G[0]))
        G = G @ W.T * (1 - h**2)
    return grads[::-1]


@mlp_backward.mistake("`parameters` holds L pairs. Which L does your code work for?")
def two_layers_only(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    _, (W2, _) = parameters
    x, h = kept
    delta = G @ W2.T * (1 - h**2)
    return [(x.T @ delta, delta.sum(axis=0)), (h.T @ G, G.sum(axis=0))]


@mlp_backward.mistake("One pair for each layer. Which is the first layer that your loop comes to?")
def last_layer_left_out(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    grads = []
    for i in reversed(range(len(parameters) - 1)):
        grads.append((kept[i].T @ G, G.sum(axis=0)))
        G = G @ parameters[i][0].T * (1 - kept[i] ** 2)
    return grads[::-1]


@mlp_backward.mistake("One pair for each layer. Where does your loop end?")
def first_layer_left_out(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return _right(G, parameters, kept)[1:]


@mlp_backward.mistake("The pairs stand in a list. What do your brackets make?")
def tuple_of_pairs(G: Array, parameters: Layers, kept: list[Array]) -> Any:
    return tuple(_right(G, parameters, kept))


@mlp_backward.mistake("G has 16 digits, float64. How many have your gradients?")
def in_float32(G: Array, parameters: Layers, kept: list[Array]) -> Layers:
    return [(dW.astype(np.float32), db.astype(np.float32)) for dW, db in _right(G, parameters, kept)]
