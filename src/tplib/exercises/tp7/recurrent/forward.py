"""rnn_forward: the states of a recurrent layer over a whole sequence."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.recurrent.common import SIZES, Array, exercise, sequence, sizes, states_of
from tplib.graders.exercise import Drawn


@exercise(
    points=2,
    lecture="003, Recurrent layer; Output of recurrent neurons (parameter sharing over time)",
    concepts=(34,),
    draw=lambda draw: sequence(draw, sizes(draw)),
    edges=tuple(Drawn(partial(sequence, sized=sized)) for sized in SIZES),
)
def rnn_forward(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    """h(t) = tanh(x(t) W + h(t-1) U + b) for t = 1 ... T, from h(0) = h0, with the same W, U and b at every step

    shapes: x (B, T, D), x[:, t] (B, D); each state (B, H); all of them (B, T, H), without h0
    worked: x = [[[1], [0]]], h0 = [[0]], W = U = [[1]], b = [0]: tanh(1) = 0.7616, then tanh(0.7616) = 0.6420
    """
    return states_of(x, h0, W, U, b)


@rnn_forward.alternative
def inputs_first(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    """All products with the inputs at once, then the loop."""
    sums = x @ W + b  # (B, T, H)
    states = np.empty(sums.shape)
    for t in range(x.shape[1]):
        states[:, t] = np.tanh(sums[:, t] + (states[:, t - 1] if t else h0) @ U)
    return states


@rnn_forward.alternative
def time_first_inside(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    states = [h0]
    for step in np.swapaxes(x, 0, 1):
        states.append(np.tanh(step @ W + states[-1] @ U + b))
    return np.array(states[1:]).transpose(1, 0, 2)


@rnn_forward.mistake("Which state does the second step start from: h0, or what the first step gave?")
def every_step_from_h0(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return np.tanh(x @ W + (h0 @ U)[:, None] + b)


@rnn_forward.mistake("Does the first step of yours look at h0?", name="h0 taken as zero")
def h0_taken_as_zero(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(x, 0 * h0, W, U, b)


@rnn_forward.mistake("One state for each step. How many do you return?")
def last_state_only(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(x, h0, W, U, b)[:, -1]


@rnn_forward.mistake("h0 is the state before the first step. Is it one of the T states?", name="h0 among the states")
def h0_among_the_states(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return np.concatenate([h0[:, None], states_of(x, h0, W, U, b)], axis=1)


@rnn_forward.mistake("h0 is the state before the first step. Where is the state after the last one?")
def states_before_each_step(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return np.concatenate([h0[:, None], states_of(x, h0, W, U, b)[:, :-1]], axis=1)


@rnn_forward.mistake("The batch comes first, (B, T, H). Which axis comes first in yours?")
def time_comes_first(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(x, h0, W, U, b).swapaxes(0, 1)


@rnn_forward.mistake("x[t] is an example, with all of its steps. How do you get step t of all examples?")
def examples_taken_for_steps(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    states, h = [], h0
    for step in x:
        h = np.tanh(step @ W + h @ U + b)
        states.append(h)
    return np.stack(states)


@rnn_forward.mistake("If one array is changed at each step, what does a list hold in which it stands T times?")
def one_array_for_all_states(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    last = states_of(x, h0, W, U, b)[:, -1:]
    return np.repeat(last, x.shape[1], axis=1)


@rnn_forward.mistake("Time runs from t = 1 to T. Which input does your first step read?")
def from_the_last_step_to_the_first(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(x[:, ::-1], h0, W, U, b)[:, ::-1]


@rnn_forward.mistake("Which inputs does step t read: x(t), or always the first one?")
def first_input_at_every_step(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(np.repeat(x[:, :1], x.shape[1], axis=1), h0, W, U, b)


@rnn_forward.mistake("Which index has the first step in Python? What stands there in your result?")
def first_step_left_out(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    states = np.zeros((len(x), x.shape[1], len(b)))
    if x.shape[1] > 1:
        states[:, 1:] = states_of(x[:, 1:], h0, W, U, b)
    return states


@rnn_forward.mistake("h0 has one row for each example. How many of its rows do you use?")
def h0_of_the_first_example_for_all(x: Array, h0: Array, W: Array, U: Array, b: Array) -> Array:
    return states_of(x, np.repeat(h0[:1], len(x), axis=0), W, U, b)
