"""Mistakes in the forward pass of a perceptron."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.mlp_forward import mlp_forward

Array = np.ndarray
Layers = list[tuple[Array, Array]]
Result = tuple[Array, list[Array]]


def _right(x: Array, parameters: Layers) -> Result:
    kept = [x]
    for W, b in parameters[:-1]:
        kept.append(np.tanh(kept[-1] @ W + b))
    W, b = parameters[-1]
    return kept[-1] @ W + b, kept


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
    scores, kept = _right(x, parameters)
    return scores, [*kept[1:], scores]


@mlp_forward.mistake("One array per layer, its input. Of which layer are the scores the input?")
def keeps_the_scores_too(x: Array, parameters: Layers) -> Result:
    scores, kept = _right(x, parameters)
    return scores, [*kept, scores]


@mlp_forward.mistake("One array per layer, its input. What is the input of the first layer?")
def input_forgotten(x: Array, parameters: Layers) -> Result:
    scores, kept = _right(x, parameters)
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
    return _right(x, [(W, 0 * b) for W, b in parameters])


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


@mlp_forward.mistake("After each layer but the last: how many layers of yours have no tanh?")
def no_activation_before_the_last_layer(x: Array, parameters: Layers) -> Result:
    kept = []
    for i, (W, b) in enumerate(parameters):
        kept.append(x)
        z = x @ W + b
        x = np.tanh(z) if i < len(parameters) - 2 else z
    return x, kept


@mlp_forward.mistake("After each layer but the last comes tanh. After how many of yours does it?")
def activation_after_the_first_layer_only(x: Array, parameters: Layers) -> Result:
    kept = []
    for i, (W, b) in enumerate(parameters):
        kept.append(x)
        z = x @ W + b
        x = np.tanh(z) if i == 0 and len(parameters) > 1 else z
    return x, kept


@mlp_forward.mistake("The first layer gets x as it is. Where does your first tanh stand?")
def activation_before_the_first_layer(x: Array, parameters: Layers) -> Result:
    return _right(np.tanh(x), parameters)


@mlp_forward.mistake(
    "Which activation function did the text ask for? Can its values be negative?", name="ReLU instead of tanh"
)
def relu_instead_of_tanh(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        x = np.maximum(x @ W + b, 0)
    W, b = parameters[-1]
    return x @ W + b, [*kept, x]


@mlp_forward.mistake("The last layer is the one at the end of the list. By what do you tell it from the others?")
def last_layer_found_by_its_width(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters:
        kept.append(x)
        z = x @ W + b
        x = z if W.shape[1] == parameters[-1][0].shape[1] else np.tanh(z)
    return x, kept


@mlp_forward.mistake("The last layer is the one at the end of the list. May its W be in another place of it, too?")
def last_layer_found_by_its_weights(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters:
        kept.append(x)
        z = x @ W + b
        x = z if W is parameters[-1][0] else np.tanh(z)
    return x, kept


@mlp_forward.mistake("`parameters` holds L pairs. Which L does your code work for?")
def two_layers_only(x: Array, parameters: Layers) -> Result:
    (W1, b1), (W2, b2) = parameters
    h = np.tanh(x @ W1 + b1)
    return h @ W2 + b2, [x, h]


@mlp_forward.mistake("`parameters` holds L pairs. Which of them does your code use?")
def first_and_last_layer_only(x: Array, parameters: Layers) -> Result:
    (W1, b1), (W2, b2) = parameters[0], parameters[-1]
    h = np.tanh(x @ W1 + b1)
    return h @ W2 + b2, [x, h]


@mlp_forward.mistake("x first: in which order does your list hold the inputs of the layers?")
def kept_from_the_last_to_the_first(x: Array, parameters: Layers) -> Result:
    scores, kept = _right(x, parameters)
    return scores, kept[::-1]


@mlp_forward.mistake("The backward pass needs the inputs of the layers, too. What does your function return?")
def scores_only(x: Array, parameters: Layers) -> Any:
    return _right(x, parameters)[0]


@mlp_forward.mistake("The scores come first, then what is kept. In which order do you return them?")
def kept_before_the_scores(x: Array, parameters: Layers) -> Any:
    scores, kept = _right(x, parameters)
    return kept, scores


@mlp_forward.mistake("b has one number for each unit, a column of z. Do you add it along the rows, or down a column?")
def bias_as_a_column(x: Array, parameters: Layers) -> Result:
    kept = []
    for i, (W, b) in enumerate(parameters):
        kept.append(x)
        z = x @ W + b[:, None]
        x = np.tanh(z) if i < len(parameters) - 1 else z
    return x, kept


@mlp_forward.mistake("Scores may be any numbers. Should they be probabilities here, with the sum 1?")
def softmax_of_the_scores(x: Array, parameters: Layers) -> Result:
    scores, kept = _right(x, parameters)
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True), kept


@mlp_forward.mistake("What is exp(1000)? And infinite divided by infinite? NumPy has a tanh that knows.")
def tanh_by_exponentials(x: Array, parameters: Layers) -> Result:
    kept = []
    for W, b in parameters[:-1]:
        kept.append(x)
        up, down = np.exp(x @ W + b), np.exp(-(x @ W + b))
        x = (up - down) / (up + down)
    W, b = parameters[-1]
    return x @ W + b, [*kept, x]


@mlp_forward.mistake("`kept` is a list. What do your brackets make?")
def kept_as_a_tuple(x: Array, parameters: Layers) -> Any:
    scores, kept = _right(x, parameters)
    return scores, tuple(kept)


@mlp_forward.mistake("The inputs have 16 digits, float64. How many have your results?")
def in_float32(x: Array, parameters: Layers) -> Result:
    scores, kept = _right(x, parameters)
    return scores.astype(np.float32), [h.astype(np.float32) for h in kept]
