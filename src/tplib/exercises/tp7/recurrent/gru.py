"""gru_cell: one time step of a GRU."""

from functools import partial

import numpy as np

from tplib.exercises.tp7.recurrent.common import SIZES, Array, cell_of, exercise, sigmoid, sizes
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Drawn


def _draw(draw: Draw, sized: tuple[int, int, int, int] | None = None) -> Arguments:
    x, h, W, U, b = cell_of(draw, sized or sizes(draw), 3, 1)
    return x, h, W, U, b, draw.array(len(b), low=-1, high=1)


@exercise(
    points=2,
    lecture="003, Gated Recurrent Unit (GRU)",
    concepts=(37,),
    draw=_draw,
    edges=tuple(Drawn(partial(_draw, sized=sized)) for sized in SIZES),
    at_home=True,
)
def gru_cell(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    """a = x W + b, s = h U + v, each in three blocks r, z, n; r = sigmoid(a_r + s_r), z = sigmoid(a_z + s_z),
    n = tanh(a_n + r s_n); h(t) = (1 - z) n + z h(t-1)

    shapes: a and s (B, 3H), each block (B, H), first block r; the result (B, H)
    worked: all sums 0: r = z = 0.5, n = 0, so h(t) = h(t-1) / 2
    """
    (a_r, a_z, a_n), (s_r, s_z, s_n) = np.split(x @ W + b, 3, axis=1), np.split(h @ U + v, 3, axis=1)
    r, z = sigmoid(a_r + s_r), sigmoid(a_z + s_z)
    n = np.tanh(a_n + r * s_n)
    return (1 - z) * n + z * h


@gru_cell.alternative
def by_slices(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    H = h.shape[1]
    both = 1 / (1 + np.exp(-(x @ W + h @ U + b + v)[:, : 2 * H]))
    inner = h @ U[:, 2 * H :] + v[2 * H :]
    n = np.tanh(x @ W[:, 2 * H :] + b[2 * H :] + both[:, :H] * inner)
    return n + both[:, H:] * (h - n)


@gru_cell.alternative
def gate_by_gate(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    Wr, Wz, Wn = np.split(W, 3, axis=1)
    Ur, Uz, Un = np.split(U, 3, axis=1)
    br, bz, bn = np.split(b, 3)
    vr, vz, vn = np.split(v, 3)
    r, z = sigmoid(x @ Wr + h @ Ur + br + vr), sigmoid(x @ Wz + h @ Uz + bz + vz)
    return z * h + (1 - z) * np.tanh(x @ Wn + bn + (h @ Un + vn) * r)


def _parts(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> tuple[list[Array], list[Array]]:
    return np.split(x @ W + b, 3, axis=1), np.split(h @ U + v, 3, axis=1)


@gru_cell.mistake("z = 1 should keep the old state. What does your z = 1 give?")
def z_exchanged_with_1_minus_z(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    return z * np.tanh(a[2] + r * s[2]) + (1 - z) * h


@gru_cell.mistake("The blocks stand in the order r, z, n. Which one do you take first?")
def blocks_in_the_order_z_r_n(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    z, r = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    return (1 - z) * np.tanh(a[2] + r * s[2]) + z * h


@gru_cell.mistake("Does r multiply the state, before the product with U, or what the product and v give?")
def reset_before_the_product(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    H = h.shape[1]
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    n = np.tanh(a[2] + (r * h) @ U[:, 2 * H :] + v[2 * H :])
    return (1 - z) * n + z * h


@gru_cell.mistake("r multiplies all of s_n. Is the bias v inside?")
def reset_without_the_bias(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    H = h.shape[1]
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    n = np.tanh(a[2] + r * (h @ U[:, 2 * H :]) + v[2 * H :])
    return (1 - z) * n + z * h


@gru_cell.mistake("What does the reset gate do in your candidate?")
def reset_gate_not_used(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    z = sigmoid(a[1] + s[1])
    return (1 - z) * np.tanh(a[2] + s[2]) + z * h


@gru_cell.mistake("Does r multiply the part of the input in your candidate?")
def reset_gate_over_the_whole_sum(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    return (1 - z) * np.tanh(r * (a[2] + s[2])) + z * h


@gru_cell.mistake("Can your candidate be negative? Which activation function has it?")
def candidate_through_the_sigmoid(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    return (1 - z) * sigmoid(a[2] + r * s[2]) + z * h


@gru_cell.mistake("How much of the new and of the old is in h(t), together?")
def candidate_not_weighted(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[1] + s[1])
    return np.tanh(a[2] + r * s[2]) + z * h


@gru_cell.mistake("Where do you use v?", name="v forgotten")
def v_forgotten(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    return gru_cell(x, h, W, U, b, 0 * v)


@gru_cell.mistake("Where do you use b?", name="b forgotten")
def b_forgotten(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    return gru_cell(x, h, W, U, 0 * b, v)


@gru_cell.mistake("Which bias belongs to the input's sum, and which to the state's?", name="b and v exchanged")
def b_and_v_exchanged(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    return gru_cell(x, h, W, U, v, b)


@gru_cell.mistake("The blocks stand in the order r, z, n. Which one do you take for the candidate?")
def blocks_in_the_order_r_n_z(x: Array, h: Array, W: Array, U: Array, b: Array, v: Array) -> Array:
    a, s = _parts(x, h, W, U, b, v)
    r, z = sigmoid(a[0] + s[0]), sigmoid(a[2] + s[2])
    return (1 - z) * np.tanh(a[1] + r * s[1]) + z * h
