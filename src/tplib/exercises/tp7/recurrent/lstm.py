"""lstm_cell: one time step of an LSTM."""

from typing import Any

import numpy as np

from tplib.exercises.tp7.recurrent.common import Array, cell_cases, cell_of, exercise, sigmoid, sizes

States = tuple[Array, Array]


@exercise(
    points=2,
    lecture="003, LSTM cell (gates f, i, o, the candidate g)",
    concepts=(36,),
    draw=lambda draw: cell_of(draw, sizes(draw), 4, 2),
    edges=cell_cases(4, 2),
)
def lstm_cell(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    """a = x W + h U + b holds the sums of i, f, g, o; i, f, o by sigmoid, g by tanh;
    c(t) = f c(t-1) + i g, h(t) = o tanh(c(t))

    shapes: a (B, 4H), each of its four blocks (B, H), first block i; h(t) and c(t) (B, H)
    worked: all sums 0: i = f = o = 0.5, g = 0, so c(t) = c(t-1) / 2 and h(t) = tanh(c(t)) / 2
    """
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


@lstm_cell.alternative
def by_slices(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    H = h.shape[1]
    a = np.hstack([x, h]) @ np.vstack([W, U]) + b
    gates = 1 / (1 + np.exp(-a))
    c_new = gates[:, H : 2 * H] * c + gates[:, :H] * np.tanh(a[:, 2 * H : 3 * H])
    return gates[:, 3 * H :] * np.tanh(c_new), c_new


@lstm_cell.alternative
def gate_by_gate(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    H = h.shape[1]
    sums = [x @ W[:, k : k + H] + h @ U[:, k : k + H] + b[k : k + H] for k in range(0, 4 * H, H)]
    i, f, o = (sigmoid(sums[k]) for k in (0, 1, 3))
    c_new = np.add(np.multiply(f, c), np.multiply(i, np.tanh(sums[2])))
    return np.multiply(o, np.tanh(c_new)), c_new


def _gates(x: Array, h: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


@lstm_cell.mistake("Between the long-term state and the output gate stands one more function. Which one?")
def no_tanh_of_c(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    c = f * c + i * g
    return o * c, c


@lstm_cell.mistake("The input gate decides how much of g comes in. Does a gate add, or multiply?")
def candidate_and_gate_added(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    c = f * c + i + g
    return o * np.tanh(c), c


@lstm_cell.mistake("Which gate multiplies the old state, and which the candidate? And which block comes first?")
def input_and_forget_gate_exchanged(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    c = i * c + f * g
    return o * np.tanh(c), c


@lstm_cell.mistake("The blocks stand in the order i, f, g, o. Which one do you take for the candidate?")
def blocks_in_the_order_i_f_o_g(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, o, g = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


@lstm_cell.mistake("The blocks stand in the order i, f, g, o. In which order do you take them?")
def blocks_in_the_order_of_the_name_f_i_o_g(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    f, i, o, g = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


@lstm_cell.mistake("Can your candidate be negative? Which activation function has it?")
def candidate_through_the_sigmoid(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, _, o = _gates(x, h, W, U, b)
    c = f * c + i * sigmoid(np.split(x @ W + h @ U + b, 4, axis=1)[2])
    return o * np.tanh(c), c


@lstm_cell.mistake("A gate opens from 0 to 1. Which values can yours have?")
def gates_through_tanh(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = np.split(np.tanh(x @ W + h @ U + b), 4, axis=1)
    c = f * c + i * g
    return o * np.tanh(c), c


@lstm_cell.mistake("Change c: does your result change?")
def long_term_state_ignored(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    return lstm_cell(x, h, 0 * c, W, U, b)


@lstm_cell.mistake("Change h: does your result change?")
def short_term_state_ignored(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    return lstm_cell(x, 0 * h, c, W, U, b)


@lstm_cell.mistake("What is forgotten: the old state only, or what comes in as well?")
def new_part_forgotten_too(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    c = f * (c + i * g)
    return o * np.tanh(c), c


@lstm_cell.mistake("f = 1 keeps everything. Does your f keep, or does it erase?")
def forget_gate_erases(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    c = (1 - f) * c + i * g
    return o * np.tanh(c), c


@lstm_cell.mistake("Which long-term state does the new h read: the old one, or the new one?")
def output_reads_the_old_state(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = _gates(x, h, W, U, b)
    return o * np.tanh(c), f * c + i * g


@lstm_cell.mistake("What are the sums if x and h are 0?")
def bias_forgotten(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    return lstm_cell(x, h, c, W, U, 0 * b)


@lstm_cell.mistake("Two states come out, h first. What do you return?")
def h_only(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> Any:
    return lstm_cell(x, h, c, W, U, b)[0]


@lstm_cell.mistake("The input gate has a block of its own. Does your result change with it?")
def one_minus_f_for_the_input_gate(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    _, f, g, o = _gates(x, h, W, U, b)
    c = f * c + (1 - f) * g
    return o * np.tanh(c), c


@lstm_cell.mistake("The forget gate has a block of its own. Does your result change with it?")
def one_minus_i_for_the_forget_gate(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, _, g, o = _gates(x, h, W, U, b)
    c = (1 - i) * c + i * g
    return o * np.tanh(c), c


@lstm_cell.mistake("The four blocks are columns of the sums. Along which axis do you split?")
def split_along_the_batch(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    i, f, g, o = (x @ W + h @ U + b).reshape(4, *h.shape)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


@lstm_cell.mistake("A block is H columns that stand side by side. Which columns make yours?")
def every_fourth_column(x: Array, h: Array, c: Array, W: Array, U: Array, b: Array) -> States:
    a = x @ W + h @ U + b
    c = sigmoid(a[:, 1::4]) * c + sigmoid(a[:, ::4]) * np.tanh(a[:, 2::4])
    return sigmoid(a[:, 3::4]) * np.tanh(c), c
