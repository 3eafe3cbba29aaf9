"""rnn_cell: one time step of a recurrent layer."""

import numpy as np

from tplib.exercises.tp7.recurrent.common import Array, cell_cases, cell_of, exercise, sigmoid, sizes


@exercise(
    points=1,
    lecture="003, Output of recurrent neurons",
    concepts=(34,),
    draw=lambda draw: cell_of(draw, sizes(draw), 1, 1),
    edges=cell_cases(1, 1),
)
def rnn_cell(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    """h(t) = tanh(x(t) W + h(t-1) U + b)

    shapes: (B, D) @ (D, H) + (B, H) @ (H, H) + (H,) -> (B, H)
    worked: x = [[1]], h = [[0.5]], W = [[2]], U = [[-2]], b = [0]: tanh(2 - 1 + 0) = 0.7616
    """
    return np.tanh(x @ W + h @ U + b)


@rnn_cell.alternative
def one_product(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    """The lecture's [X Y] times the two matrices on top of each other."""
    return np.tanh(np.hstack([x, h]) @ np.vstack([W, U]) + b)


@rnn_cell.alternative
def example_by_example(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.array([np.tanh(W.T @ row + U.T @ before + b) for row, before in zip(x, h, strict=True)])


@rnn_cell.mistake("The activation function takes the whole sum. Is the part of the old state inside your tanh?")
def old_state_outside_the_tanh(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + b) + h @ U


@rnn_cell.mistake(
    "The activation function takes the whole sum. Which part of it is inside your tanh?",
    name="tanh of the input's part only",
)
def tanh_of_the_input_s_part_only(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W) + h @ U + b


@rnn_cell.mistake("Is the bias part of the sum that the activation function takes?")
def bias_after_the_tanh(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + h @ U) + b


@rnn_cell.mistake("Each of the two products has its own activation in your code. How many does the formula have?")
def two_tanh_added(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + b) + np.tanh(h @ U)


@rnn_cell.mistake("Change h: does your result change?")
def state_forgotten(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + b)


@rnn_cell.mistake("What is the new state if x and h are 0?")
def bias_forgotten(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + h @ U)


@rnn_cell.mistake("Can a state of yours be larger than 1?")
def no_activation(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return x @ W + h @ U + b


@rnn_cell.mistake("Which activation function did the text ask for? Can its values be negative?")
def sigmoid_instead_of_tanh(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return sigmoid(x @ W + h @ U + b)


@rnn_cell.mistake("U is square, so both U and its transpose fit. Which one does the formula have?", name="U transposed")
def u_transposed(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + h @ U.T + b)


@rnn_cell.mistake("One row is one example. Does `W @ x` add up the inputs of one example?", name="the slide's columns")
def the_slide_s_columns(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(W @ x + U @ h + b)


@rnn_cell.mistake("The sum has one bias. How often is b added in yours?")
def bias_of_each_product(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + b + h @ U + b)


@rnn_cell.mistake("Which activation function did the text ask for? Can its values be larger than 1?")
def relu_instead_of_tanh(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.maximum(x @ W + h @ U + b, 0)


@rnn_cell.mistake("The old state enters by the product with U. Where else does yours use it?")
def old_state_added_once_more(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + h @ U + b) + h


@rnn_cell.mistake("First the sum, then tanh. How often do you take tanh?")
def tanh_of_each_product(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W) + np.tanh(h @ U) + b
