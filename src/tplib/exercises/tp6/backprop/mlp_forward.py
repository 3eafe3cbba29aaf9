"""mlp_forward: the scores of a perceptron of L layers, and what each layer keeps."""

from itertools import pairwise

import numpy as np

from tplib.exercises.tp6.backprop.common import Layers, exercise, layers, single, widths
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Array = np.ndarray
Result = tuple[Array, list[Array]]


def _draw(draw: Draw) -> Arguments:
    sizes = widths(draw)
    return draw.array(draw.size(1, 3), sizes[0]), layers(draw, sizes)


def edge(B: int, *sizes: int) -> Arguments:
    """Inputs (B, D) and the layers of a perceptron with these widths."""
    rng = np.random.default_rng(4)
    parameters = [(rng.uniform(-1, 1, (d, h)), rng.uniform(-1, 1, h)) for d, h in pairwise(sizes)]
    return rng.uniform(-2, 2, (B, sizes[0])), parameters


@exercise(
    points=2,
    lecture="003, Algorithm 2 (forward propagation); 002, Back-propagation: one training step, forward pass",
    draw=_draw,
    edges=(
        Case(edge(3, 3, 3, 3, 3)),
        Case(edge(2, 2, 4, 3, 1)),
        Case(edge(4, 3, 2)),
        Case(edge(0, 3, 2, 2)),
        Case(single(edge(2, 3, 4, 2)), "dtype"),
    ),
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


@mlp_forward.mistake("Scores may be any numbers. Can one of yours be larger than 1?")
def activation_after_the_last_layer(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters:
        kept.append(x)
        x = np.tanh(x @ W + b)
    return x, kept


@mlp_forward.mistake("How many layers are L linear layers without an activation function really worth?")
def no_activation(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters:
        kept.append(x)
        x = x @ W + b
    return x, kept


@mlp_forward.mistake("A layer needs its input to compute its gradient. What is the input of the first layer?")
def keeps_the_outputs(x: Array, parameters: Layers) -> Result:
    scores, kept = mlp_forward(x, parameters)
    return scores, [*kept[1:], scores]


@mlp_forward.mistake("One array per layer, its input. Of which layer are the scores the input?")
def keeps_the_scores_too(x: Array, parameters: Layers) -> Result:
    scores, kept = mlp_forward(x, parameters)
    return scores, [*kept, scores]


@mlp_forward.mistake("One array per layer, its input. What is the input of the first layer?")
def input_forgotten(x: Array, parameters: Layers) -> Result:
    scores, kept = mlp_forward(x, parameters)
    return scores, kept[1:]


@mlp_forward.mistake("What does a layer multiply by its W: the sums z of the layer before, or the activations h?")
def keeps_the_weighted_sums(x: Array, parameters: Layers) -> Result:
    kept, h, z = [], x, x
    for W, b in parameters:
        z = h @ W + b
        kept.append(z)
        h = np.tanh(z)
    return z, kept


@mlp_forward.mistake("What is the output of a layer if its input is 0?")
def biases_forgotten(x: Array, parameters: Layers) -> Result:
    return mlp_forward(x, [(W, 0 * b) for W, b in parameters])


@mlp_forward.mistake("The activation function takes the weighted sum. Is the bias part of it?")
def bias_after_the_activation(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        x = np.tanh(x @ W) + b
    W, b = parameters[-1]
    return x @ W + b, [*kept, x]


@mlp_forward.mistake("Which activation function did the text ask for? Can its values be negative?")
def sigmoid_instead_of_tanh(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        x = 1 / (1 + np.exp(-(x @ W + b)))
    W, b = parameters[-1]
    return x @ W + b, [*kept, x]


@mlp_forward.mistake("What is the input of the second layer: x again, or what the first one gave?")
def every_layer_reads_x(x: Array, parameters: Layers) -> Result:
    kept = []
    h = x
    for i, (W, b) in enumerate(parameters):
        kept.append(h)
        z = x @ W + b
        h = np.tanh(z) if i < len(parameters) - 1 else z
    return h, kept


@mlp_forward.mistake(
    "One row is one example. Does `W @ h` add up the features of one example, or different examples?",
    name="the slide's W H",
)
def the_slide_s_w_h(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        x = np.tanh(b + W @ x)
    W, b = parameters[-1]
    return b + W @ x, [*kept, x]


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
def einsum(x: Array, parameters: Layers) -> tuple[Array, tuple[Array, ...]]:
    kept: tuple[Array, ...] = ()
    for place, (W, b) in enumerate(parameters):
        kept = (*kept, x)
        x = np.einsum("bd,dh->bh", x, W) + b
        if place + 1 < len(parameters):
            x = np.sinh(x) / np.cosh(x)
    return x, kept
