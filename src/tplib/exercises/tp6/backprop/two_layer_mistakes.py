"""Mistakes in training a two-layer network."""

from typing import Any

import numpy as np

from tplib.exercises.tp6.backprop.two_layer import train_two_layer

Array = np.ndarray
Trained = tuple[Array, Array, list[float]]


def _gradients(x: Array, y: Array, W1: Array, W2: Array) -> tuple[Array, Array, float]:
    h = 1 / (1 + np.exp(-(x @ W1)))
    error = h @ W2 - y
    dW1 = x.T @ (2 * error @ W2.T * h * (1 - h))
    return dW1, h.T @ (2 * error), (error**2).sum()


def _right(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake(
    "`W1 -= ...` writes into the caller's array. What does a second call with the same W1 start from?"
)
def changes_the_given_weights(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake(
    "The gradient of h goes back through W2. Through the W2 of the forward pass, or a new one?",
    name="updated W2 too early",
)
def updated_w2_too_early(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        W2 = W2 - learning_rate * h.T @ (2 * error)
        W1 = W1 - learning_rate * x.T @ (2 * error @ W2.T * h * (1 - h))
    return W1, W2, losses


@train_two_layer.mistake("Between x W1 and h stands a sigmoid. Where is its slope in the gradient of W1?")
def slope_of_the_sigmoid_forgotten(
    x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float
) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        dW1, dW2 = x.T @ (2 * error @ W2.T), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("h is the value of the sigmoid already. What is its slope, written with h?")
def sigmoid_applied_twice(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        s = 1 / (1 + np.exp(-h))
        dW1, dW2 = x.T @ (2 * error @ W2.T * s * (1 - s)), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("What is the derivative of a square?")
def factor_2_forgotten(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps, learning_rate / 2)


@train_two_layer.mistake("The gradient points to where the loss rises. Do your steps go with it, or against it?")
def climbs(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps, -learning_rate)


@train_two_layer.mistake("The lecture's loss is the sum over all examples and outputs. By what do you divide?")
def mean_instead_of_sum(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss / y.size)
        W1, W2 = W1 - learning_rate / y.size * dW1, W2 - learning_rate / y.size * dW2
    return W1, W2, losses


@train_two_layer.mistake("The weights are right. Is the loss that you return a sum, as in the lecture, or a mean?")
def mean_of_the_losses(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    W1, W2, losses = _right(x, y, W1, W2, steps, learning_rate)
    return W1, W2, [loss / y.size for loss in losses]


@train_two_layer.mistake("The first loss should be that of the given weights. When do you compute it?")
def loss_after_the_step(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, dW2, _loss = _gradients(x, y, W1, W2)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
        losses.append(_gradients(x, y, W1, W2)[2])
    return W1, W2, losses


@train_two_layer.mistake("One loss for each step is asked for. How many do you return?")
def last_loss_only(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Any:
    W1, W2, losses = _right(x, y, W1, W2, steps, learning_rate)
    return W1, W2, losses[-1]


@train_two_layer.mistake("Your W1 never changes. How does the gradient get from h to W1?")
def first_layer_not_trained(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        _, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W2 = W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("Between x W1 and h stands a sigmoid. Of which function is 1 - h^2 the slope?")
def slope_of_tanh(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = h @ W2 - y
        losses.append((error**2).sum())
        dW1, dW2 = x.T @ (2 * error @ W2.T * (1 - h**2)), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("Which activation function stands between the layers here? Can its values be negative?")
def tanh_instead_of_sigmoid(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = np.tanh(x @ W1)
        error = h @ W2 - y
        losses.append((error**2).sum())
        dW1, dW2 = x.T @ (2 * error @ W2.T * (1 - h**2)), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("The outputs are h W2. Can yours be larger than 1?")
def sigmoid_at_the_end_too(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x @ W1)))
        error = 1 / (1 + np.exp(-(h @ W2))) - y
        losses.append((error**2).sum())
        dW1, dW2 = x.T @ (2 * error @ W2.T * h * (1 - h)), h.T @ (2 * error)
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("Your losses are sums, as in the lecture. Is your gradient that of the sum, or of a mean?")
def divided_by_the_batch(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps, learning_rate / len(x))


@train_two_layer.mistake("Is there a factor 1/2 in the lecture's loss?")
def half_of_the_losses(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    W1, W2, losses = _right(x, y, W1, W2, steps, learning_rate)
    return W1, W2, [loss / 2 for loss in losses]


@train_two_layer.mistake("Is the loss the length of the error, or the length squared?")
def roots_of_the_losses(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    W1, W2, losses = _right(x, y, W1, W2, steps, learning_rate)
    return W1, W2, [loss**0.5 for loss in losses]


@train_two_layer.mistake("One loss for each step is asked for. Which one of yours belongs to no step?")
def one_loss_more(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = _right(x, y, W1, W2, steps + 1, learning_rate)[2]
    W1, W2, _ = _right(x, y, W1, W2, steps, learning_rate)
    return W1, W2, losses


@train_two_layer.mistake("`steps` is the number of updates. How many times does your loop run?")
def one_step_less(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps - 1, learning_rate)


@train_two_layer.mistake(
    "1e-4 is the lecture's learning rate. Which one were you given?", name="the lecture's learning rate"
)
def the_lecture_s_learning_rate(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps, 1e-4)


@train_two_layer.mistake("Your W2 never changes. Which gradient is missing?")
def second_layer_not_trained(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        dW1, _, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        W1 = W1 - learning_rate * dW1
    return W1, W2, losses


@train_two_layer.mistake("After a step the weights are other ones. Where does the gradient of the next step come from?")
def one_gradient_for_all_steps(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    dW1, dW2, loss = _gradients(x, y, W1, W2)
    return W1 - steps * learning_rate * dW1, W2 - steps * learning_rate * dW2, [loss] * steps


@train_two_layer.mistake("The loss is a sum over all examples. After how many of them comes an update?")
def one_update_for_each_example(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses = []
    for _ in range(steps):
        losses.append(_gradients(x, y, W1, W2)[2])
        for i in range(len(x)):
            dW1, dW2, _ = _gradients(x[i : i + 1], y[i : i + 1], W1, W2)
            W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("The new W1 comes first. In which order do you return the two?", name="W2 before W1")
def w2_before_w1(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    W1, W2, losses = _right(x, y, W1, W2, steps, learning_rate)
    return W2, W1, losses


@train_two_layer.mistake("`steps` is the number of updates. What does your code do when the loss rises?")
def stops_when_the_loss_rises(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    losses: list[float] = []
    for _ in range(steps):
        dW1, dW2, loss = _gradients(x, y, W1, W2)
        losses.append(loss)
        if len(losses) > 1 and losses[-1] > losses[-2]:
            break
        W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
    return W1, W2, losses


@train_two_layer.mistake("With the learning rate 0 the weights stay. Are there no losses then?")
def nothing_at_learning_rate_0(x: Array, y: Array, W1: Array, W2: Array, steps: int, learning_rate: float) -> Trained:
    return _right(x, y, W1, W2, steps, learning_rate) if learning_rate else (W1, W2, [])
