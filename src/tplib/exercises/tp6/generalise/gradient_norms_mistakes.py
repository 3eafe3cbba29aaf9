"""Mistakes in the norms of the gradients."""

import numpy as np

from tplib.exercises.tp6.generalise.gradient_norms import (
    Array,
    Arrays,
    Numbers,
    backwards,
    deltas,
    forward,
    layer_gradient_norms,
    sigmoid,
    sigmoid_slope,
    softmax,
)


def _norms(deltas: Arrays) -> Numbers:
    return [np.linalg.norm(delta.sum(axis=0)) for delta in deltas]


def _from_scores(hs: Arrays, p: Array, y: Array, weights: Arrays) -> Numbers:
    """The norms of a network whose forward pass has gone wrong."""
    return _norms(backwards((p - np.eye(p.shape[1])[y]) / len(y), hs, weights, sigmoid_slope))


@layer_gradient_norms.mistake(
    "The loss is a mean over the batch. Does your gradient double when the same examples come twice?"
)
def batch_size_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [len(y) * norm for norm in layer_gradient_norms(x, y, weights, biases)]


@layer_gradient_norms.mistake("How often does your code divide by B? `mean` does it too.")
def divided_by_the_batch_size_twice(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta.mean(axis=0)) for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake(
    "The gradient of b is the sum of the rows of delta. Do you add the examples up before you take the norm?"
)
def norm_before_the_sum(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta) for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("First add up the examples, then take the norm. In which order does your code do it?")
def sum_of_the_norms(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta, axis=1).sum() for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("The gradient of b has H numbers. Over which axis of delta (B, H) do you add up?")
def sum_over_the_units(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.linalg.norm(delta.sum(axis=1)) for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("Backpropagation meets the last layer first. In which order is the result asked for?")
def last_layer_first(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, biases)[::-1]


@layer_gradient_norms.mistake(
    "How many layers are there, and how many norms do you return? The last one has biases too."
)
def hidden_layers_only(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, biases)[:-1]


@layer_gradient_norms.mistake(
    "On its way back the gradient passes the sigmoid of each hidden layer. Where is its slope?"
)
def slope_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return _norms(deltas(x, y, weights, biases, np.ones_like))


@layer_gradient_norms.mistake(
    "h is a sigmoid already. With h at hand, what is its slope? How many sigmoids are in yours?"
)
def sigmoid_of_the_activation(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return _norms(deltas(x, y, weights, biases, lambda h: sigmoid_slope(sigmoid(h))))


@layer_gradient_norms.mistake("The slope of the sigmoid is at most 1/4. And the factor that you use?")
def activation_instead_of_its_slope(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return _norms(deltas(x, y, weights, biases, np.copy))


@layer_gradient_norms.mistake("Of which activation function is 1 - h² the slope? The hidden layers have a sigmoid.")
def slope_of_tanh(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return _norms(deltas(x, y, weights, biases, lambda h: 1 - h**2))


@layer_gradient_norms.mistake("Delta of layer l gets the slope at h of the same layer. At which h do you take it?")
def slope_of_the_layer_before(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    return _from_scores([x, *hs[:-1]], p, y, weights)


@layer_gradient_norms.mistake(
    "W is (H_l, H_(l+1)), delta is (B, H_(l+1)). Which of W and its transpose brings it back to (B, H_l)?"
)
def weights_not_transposed(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    return _from_scores(hs, p, y, [W.T for W in weights])


@layer_gradient_norms.mistake("Each step back has the weights of its own layer, and the delta of the layer after it.")
def every_step_from_the_last_layer(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = forward(x, weights, biases)
    last = deltas(x, y, weights, biases)[-1]
    return _norms([*(last @ weights[-1].T * sigmoid_slope(h) for h in hs[1:]), last])


@layer_gradient_norms.mistake("The lecture's sum is for the biases. Where does the input of the layer enter in yours?")
def gradients_of_the_weights(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = forward(x, weights, biases)
    return [np.linalg.norm(h.T @ delta) for h, delta in zip(hs, deltas(x, y, weights, biases), strict=True)]


@layer_gradient_norms.mistake("A norm is a length. Where is the square root?")
def squared(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [norm**2 for norm in layer_gradient_norms(x, y, weights, biases)]


@layer_gradient_norms.mistake("The Euclidean norm of [3, 4] is 5. And in your code?")
def sum_of_absolute_values(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.abs(delta.sum(axis=0)).sum() for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("The Euclidean norm of [3, 4] is 5, not 4. What does yours do with the 3?")
def largest_value(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.abs(delta.sum(axis=0)).max() for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake("The Euclidean norm of [3, 4] is 5. Is there a mean in yours?")
def mean_under_the_root(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return [np.sqrt(np.mean(delta.sum(axis=0) ** 2)) for delta in deltas(x, y, weights, biases)]


@layer_gradient_norms.mistake(
    "What is the gradient of the cross-entropy with respect to the scores? Does yours depend on y?"
)
def label_not_subtracted(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    return _norms(backwards(p / len(y), hs, weights, sigmoid_slope))


@layer_gradient_norms.mistake("`delta[:, y] -= 1` takes 1 from whole columns. How do you reach one number of each row?")
def subtracted_from_whole_columns(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    p[:, y] -= 1
    return _norms(backwards(p / len(y), hs, weights, sigmoid_slope))


@layer_gradient_norms.mistake("How many classes are there, if the last one is not in this batch?")
def classes_of_the_batch_only(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    return _norms(backwards((p - np.eye(y.max() + 1)[y]) / len(y), hs, weights, sigmoid_slope))


@layer_gradient_norms.mistake(
    "p - y is already the gradient with respect to the scores, softmax included. Which factor is too many?"
)
def slope_of_the_output(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, p = forward(x, weights, biases)
    return _norms(backwards((p - np.eye(p.shape[1])[y]) / len(y) * p * (1 - p), hs, weights, sigmoid_slope))


@layer_gradient_norms.mistake(
    "Each example has its own distribution over the classes. Which axis of (B, K) adds up to 1?"
)
def softmax_over_the_batch(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = forward(x, weights, biases)
    return _from_scores(hs, softmax((hs[-1] @ weights[-1] + biases[-1]).T).T, y, weights)


@layer_gradient_norms.mistake("What goes into softmax: the scores, or their sigmoid?")
def sigmoid_before_softmax(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    hs, _ = forward(x, weights, biases)
    return _from_scores(hs, softmax(sigmoid(hs[-1] @ weights[-1] + biases[-1])), y, weights)


@layer_gradient_norms.mistake("Where do the biases of the hidden layers enter on the way forward?")
def biases_of_the_hidden_layers_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, [*(0 * b for b in biases[:-1]), biases[-1]])


@layer_gradient_norms.mistake("Where does the bias of the last layer enter on the way forward?")
def bias_of_the_last_layer_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, [*biases[:-1], 0 * biases[-1]])


@layer_gradient_norms.mistake("Where do the biases enter on the way forward?")
def biases_forgotten(x: Array, y: Array, weights: Arrays, biases: Arrays) -> Numbers:
    return layer_gradient_norms(x, y, weights, [0 * b for b in biases])
